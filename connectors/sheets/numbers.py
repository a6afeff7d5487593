"""Numbers as people write them in sheets: 12500, ``12.500``, ``Rp 12.500,00``, ``(1.000)``, and the
doubtful ``12,500``, of which only the other cells may show whether the comma marks thousands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from connectors.sheets.reader import Cell
from core.numbers import split_sign

DASHES = frozenset({"-", "--", "---", "–", "—", "−", "nihil"})
"""What stands where there is nothing."""
_PREFIX = re.compile(r"^(?:rp|idr)\s*\.?\s*:?\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[.,]\s*[-–—]+|\s*rupiah)$", re.IGNORECASE)
_GROUP = r"[1-9]\d{0,2}"
_INDONESIAN = re.compile(rf"{_GROUP}(?:\.\d{{3}})+(?:,\d{{1,2}})?|\d+,\d{{1,2}}")
_ENGLISH = re.compile(rf"{_GROUP}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d+\.\d{{1,2}}")
_SPACED = re.compile(rf"{_GROUP}(?: \d{{3}})+(?:,\d{{1,2}})?")
_WHOLE = re.compile(r"\d+")
_ONE_GROUP = re.compile(rf"({_GROUP})[.,](\d{{3}})")
_SCIENTIFIC = re.compile(r"\d+[.,]?\d*[eE]\+?\d+")


@dataclass(frozen=True)
class NotANumber:
    """Something where a number should stand; ``reason`` says why it is none, in Indonesian."""

    reason: str


WORDS = NotANumber("bukan angka; tulis misalnya 12.649.363.995")
_EMPTY = NotANumber("tidak ada angkanya")
_DAY = NotANumber("di tempat angka ada tanggal; ubah format selnya menjadi angka")
_POWER = NotANumber("ditulis dengan pangkat sepuluh sehingga angkanya sudah dibulatkan Excel")
_FORMULAS = {
    "=": NotANumber("rumus tanpa nilai tersimpan; buka di Excel, simpan ulang"),
    "#": NotANumber("rumus yang gagal; betulkan rumusnya di Excel"),
}


@dataclass(frozen=True)
class Signs:
    """What points and commas mean in one table, as its own cells show.

    Attributes:
        english: Commas mark thousands and the point decimals.
        mixed: The table writes in both ways, so one sign before three digits says nothing.
        evidence: What showed that the comma marks thousands, in Indonesian; empty where nothing had to
            be decided.
    """

    english: bool = False
    mixed: bool = False
    evidence: str = ""


def decide_signs(cells: Iterable[Cell], enough: int | None = None) -> Signs:
    """Decide from all numbers of a table how it writes them; Indonesian where nothing shows it.

    Args:
        cells: Of the table.
        enough: So many numbers of the form ``12,500``, and no other with a sign, show without more that
            the comma marks thousands; None where they do not.
    """
    counts = Counter(cell for cell in cells if isinstance(cell, str) and cell)
    texts = {bare: counts[cell] for cell in counts if (bare := _bare(cell)[0])}
    single = [text for text in texts if _ONE_GROUP.fullmatch(text)]
    doubtful = [text for text in single if "," in text]
    sure = [text for text in texts if text not in single]
    english = next((text for text in sure if _ENGLISH.fullmatch(text)), "")
    indonesian = any(_INDONESIAN.fullmatch(text) for text in sure) or len(doubtful) < len(single)
    if english:
        told = f"tanda koma adalah pemisah ribuan, menurut {english!r}" if doubtful else ""
        return Signs(mixed=True) if indonesian else Signs(english=True, evidence=told)
    many = sum(texts[text] for text in doubtful)
    if enough is not None and many >= enough and not indonesian:
        return Signs(
            english=True,
            evidence=f"tanda koma adalah pemisah ribuan: {many} angka ditulis seperti {doubtful[0]!r} dan "
            "tidak satu pun dengan titik ribuan atau koma desimal",
        )
    return Signs()


def read_number(cell: Cell, signs: Signs) -> Decimal | NotANumber | None:
    """The number of a cell; None where it is empty, zero where a dash stands.

    Args:
        cell: As it stands.
        signs: Of its table.
    """
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, date) or cell[:1] in _FORMULAS:
        return _DAY if isinstance(cell, date) else _FORMULAS[cell[0]]
    if not cell or cell.isspace():
        return None
    text, negative = _bare(cell)
    if text in DASHES:
        return Decimal(0)
    value = _read(text, signs) if text else _EMPTY
    if isinstance(value, NotANumber):
        return value
    whole = value.to_integral_value()
    value = whole if whole == value else value
    return -value if negative else value


def looks_like_number(cell: Cell) -> bool:
    """Whether a number, one as text that is not below zero, or the dash of a missing one is in a cell."""
    if isinstance(cell, Decimal):
        return True
    if isinstance(cell, date):
        return False
    text, negative = _bare(cell)
    forms = (_INDONESIAN, _ENGLISH, _SPACED, _WHOLE)
    return text in DASHES or (not negative and any(form.fullmatch(text) for form in forms))


def text_of(cell: Cell) -> str:
    """What stands in a cell as text; numbers with a decimal point, as codes have it."""
    if isinstance(cell, str):
        return cell
    return format(cell, "f") if isinstance(cell, Decimal) else cell.isoformat()


def _bare(text: str) -> tuple[str, bool]:
    """Without currency and marks of sign, and whether it is below zero."""
    bare = _PREFIX.sub("", " ".join(text.replace("\u00a0", " ").split()))
    bare = bare if bare in DASHES else _SUFFIX.sub("", bare).strip()
    if bare in DASHES:
        return bare, False
    bare, negative = split_sign(bare)
    bare = _SUFFIX.sub("", _PREFIX.sub("", bare.strip())).strip()
    if not negative:
        bare, negative = split_sign(bare)
        bare = _PREFIX.sub("", bare.strip())
    if not negative and bare[-1:] == "-" and bare[:-1].strip()[-1:].isdigit():
        bare, negative = bare[:-1].strip(), True
    return bare, negative


def _read(text: str, signs: Signs) -> Decimal | NotANumber:
    if single := _ONE_GROUP.fullmatch(text):
        whole, part = single.groups()
        if signs.mixed or signs.english is not ("," in text):
            return NotANumber(
                f"dapat berarti {whole}{part} atau {whole},{part}; tulis angkanya tanpa tanda pemisah ribuan"
            )
        return Decimal(whole + part)
    if _WHOLE.fullmatch(text) or _SPACED.fullmatch(text) or _INDONESIAN.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return _POWER if _SCIENTIFIC.fullmatch(text) else WORDS
