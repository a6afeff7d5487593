"""What shall become of a cell of the office's table: filled, left, or nothing to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from capaian.values import Quantity, parse_value
from core.numbers import format_number
from reports.audit.texts import as_number, same_text, waits
from reports.word.known import KnownFigure
from reports.wording import DAGGER, NOTHING

_WAITING_WORDS = frozenset(
    (
        "masih", "menunggu", "rilis", "release", "data", "angka", "resmi", "dari", "oleh", "hasil", "tahun",
        "th",        "publikasi", "penerbitan", "pengumuman", "terbit", "diumumkan",
    )
)  # fmt: skip
STILL_AWAITED = "angkanya memang belum ada"
_SIGNS = re.compile(rf"[*{DAGGER}\s]*$")


@dataclass(frozen=True)
class Decision:
    """What to do with a cell; one of both is empty, or both are.

    Attributes:
        text: What shall stand there.
        reason: Why it is left, for people.
    """

    text: str = ""
    reason: str = ""


def decide(said: str, figure: KnownFigure | None, institution: str, *, bare: bool) -> Decision:
    """What to do with a cell that says ``said``.

    Args:
        said: The cell's text.
        figure: Of ours at this place; None where no row of ours bears its name.
        institution: Whose release the figure awaits or came with; empty where that is not known.
        bare: Whether the table writes units elsewhere, not behind its figures.
    """
    now = figure.now if figure is not None else None
    if figure is None or now is None:
        why = (
            "nama baris ini dipakai beberapa indikator"
            if figure
            else "baris ini tidak cocok dengan satu indikator"
        )
        return Decision(reason=why if waits(said) else "")
    if waits(now):
        return Decision(reason=_why_still(said, figure))
    if _same(said, now):
        return Decision()
    reason = _why_not(said, figure, now, institution)
    return Decision(reason=reason) if reason else Decision(without_unit(now) if bare else now)


def _why_still(said: str, figure: KnownFigure) -> str:
    """What to tell of a cell whose figure is awaited."""
    if waits(said):
        return STILL_AWAITED
    known = said in ("", NOTHING) or (_is_one_of(said, figure) and as_number(said) is None)
    return "" if known else "angkanya kini menunggu rilis"


def _why_not(said: str, figure: KnownFigure, now: str, institution: str) -> str:
    """Why a cell that says something else than now is left; empty where it may be filled."""
    if now == NOTHING:
        return "angkanya kini tidak dihitung"
    if waits(said):
        other = _foreign_words(said, figure, institution)
        return f"yang ditunggu tampaknya hal lain ({', '.join(other)})" if other else ""
    if not said:
        return "sel ini kosong"
    if _is_one_of(said, figure):
        return ""
    return f"angka lain: bukan angka kini ({now}) atau angka terbitan sebelumnya"


def without_signs(text: str) -> str:
    """A figure without the signs of its status behind it: ``6,20%*`` as ``6,20%``."""
    return _SIGNS.sub("", text)


def without_unit(text: str) -> str:
    """A figure without its unit, its signs behind it: ``6,20%*`` as ``6,20*``; other words stay."""
    end = len(without_signs(text))
    try:
        value = parse_value(text[:end])
    except ValueError:
        return text
    if not isinstance(value, Quantity):
        return text
    places = max(0, -int(value.amount.as_tuple().exponent))
    return format_number(value.amount, places) + text[end:]


def is_bare(said: str, ours: str) -> bool | None:
    """Whether a cell that says our figure says it without its unit; None where that does not show."""
    if as_number(said) is None or not _same(said, ours) or without_unit(ours) == ours:
        return None
    return not re.search(r"[^\W\d_]|%", said)


def _same(said: str, ours: str) -> bool:
    return " ".join(said.split()) == " ".join(ours.split()) or same_text(said, ours)


def _is_one_of(said: str, figure: KnownFigure) -> bool:
    return any(_same(said, old) for old in figure.before)


def _foreign_words(said: str, figure: KnownFigure, institution: str) -> list[str]:
    """Words of a waiting cell by which it may wait for something else than ours did."""
    known = set(_WAITING_WORDS) | _words(institution)
    for old in figure.before:
        if waits(old):
            known |= _words(old)
    return sorted(_words(said) - known)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
