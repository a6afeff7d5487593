"""How the text of a value may be read: a doubtful one is asked with both readings, never guessed.

A sign before exactly three digits (``202,955``, ``202.955``) marks thousands or decimals; only the other
values of the same indicator may show which. Other forms are unclear whatever stands beside them:
``203,440*``, ``8 dari 10``, ``(3,14)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from capaian.exact import percent
from core.numbers import format_number, parse_number

_DIGITS = re.compile(r"\d[\d.,]*")
_COMMA_BEFORE_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_POINT_BEFORE_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DECIMAL_COMMA = re.compile(r"[\d.]+,\d+")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?|[1-9]\d{0,2},\d{3}\.\d+")
_BRACKETS = re.compile(r"\(\s*(\d[\d.,]*)\s*%?\s*\).*")
_STAR = re.compile(r"(\d[\d.,]*)\s*%?\s*\*+.*")
_OTHER_NUMBER = re.compile(r"(?<![^\W\d_])\d[\d.,]*")
_PART = re.compile(r"(?:dari|/|:)\s*(\d[\d.,]*).*", re.IGNORECASE)


def refuse_unclear(text: str) -> None:
    """Refuse a value whose form alone leaves open what is meant.

    Raises:
        ValueError: Naming both readings and how to write what is meant, in Indonesian.
    """
    if found := _BRACKETS.fullmatch(text):
        number = found[1]
        raise ValueError(
            f"{text!r} dapat berarti -{number} (kurung akuntansi) atau {number}; tulis salah satunya, "
            "tanpa kurung"
        )
    if found := _STAR.fullmatch(text):
        number = found[1].rstrip(".,")
        raise ValueError(
            f"{text!r} bertanda bintang: angka sementara, atau penunjuk catatan kaki? Tulis {number} tanpa "
            "bintang, dan terangkan tandanya di kolom note"
        )
    for number in _DIGITS.findall(text):
        if _ENGLISH.fullmatch(number):
            clear = number.translate(str.maketrans(",.", ".,"))
            raise ValueError(f"{text!r} memakai koma sebagai pemisah ribuan; tulis {clear}")


def refuse_second_number(text: str, number: str, behind: str) -> None:
    """Refuse a number with another one behind it: ``8 dari 10``, ``80/100``, ``22,7% atau 75%``.

    Args:
        text: The whole value.
        number: Its first number.
        behind: What stands behind that; digits within a unit (``m2``) are no number.

    Raises:
        ValueError: Naming the readings, in Indonesian.
    """
    second = _OTHER_NUMBER.search(behind)
    if second is None:
        return
    found = _PART.fullmatch(behind)
    whole = parse_number(found[1]) if found else None
    if whole:
        share = f"{format_number(percent(parse_number(number), whole), 2, trim=True)}%"
        raise ValueError(f"{text!r} dapat berarti {number} atau {share}; tulis salah satunya saja")
    raise ValueError(
        f"{text!r} memuat dua angka, {number} dan {second[0].rstrip('.,')}; tulis satu angka saja"
    )


def numbers_of(text: str) -> list[str]:
    """The numbers in what a value was written as, without their signs."""
    return _DIGITS.findall(text)


def both_readings(number: str, beside: Iterable[str]) -> tuple[str, str] | None:
    """What a number may mean, as thousands and with decimals; None where it is clear.

    Args:
        number: As written, ``202,955``.
        beside: The other numbers of the same indicator. A decimal comma among them shows what a comma
            means; a decimal point among them makes a point before three digits doubtful.

    Returns:
        ``("202.955", "202,955")``.
    """
    others = list(beside)
    if _COMMA_BEFORE_THREE.fullmatch(number):
        if any(_DECIMAL_COMMA.fullmatch(o) and not _COMMA_BEFORE_THREE.fullmatch(o) for o in others):
            return None
        return number.replace(",", "."), number
    shown = any(_DECIMAL_POINT.fullmatch(o) and not _POINT_BEFORE_THREE.fullmatch(o) for o in others)
    doubtful = shown and _POINT_BEFORE_THREE.fullmatch(number)
    return (number, number.replace(".", ",")) if doubtful else None
