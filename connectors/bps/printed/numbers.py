"""Numbers as printed: ``1,078.61`` in BPS's books, ``1.078,61`` on its pages, never a mixture.

The way of writing is settled for a table as a whole, from all its numbers:

1. A number that can be read in one way only (``8.18``, ``1.078.612``, ``0.125``) settles it.
2. Two numbers that settle it differently refute each other: the table is refused.
3. Where all settled numbers have the same count of decimals, a number that could be read in both
   ways (``1.078``) must have that count too; otherwise it is refused.
4. Where no number settles it, both readings are given, and the checks of the table (sums, what rates
   can be) must leave exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from core.errors import ImplausibleFigureError
from core.numbers import split_sign

NOTHING = frozenset({"", "-", "–", "—", "−", "..", "...", "…", "na", "n/a"})
"""What stands in a cell without a figure; none of it means zero."""

_LARGEST = 24
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu pada terbitan aslinya."


class Style(Enum):
    """A way of writing numbers: which sign parts thousands and which decimals."""

    ENGLISH = "1,078.61"
    INDONESIAN = "1.078,61"


_PATTERNS = (
    (Style.ENGLISH, re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(\d+))?"), ",", "."),
    (Style.INDONESIAN, re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?"), ".", ","),
)
"""By style: a whole number, and the signs that part thousands and decimals in it."""


@dataclass(frozen=True)
class Number:
    """A number in a cell, in each way in which it can be read.

    Attributes:
        row: The label of its row, for messages.
        text: As printed.
        readings: Value by style.
        places: Count of decimals by style.
    """

    row: str
    text: str
    readings: dict[Style, Decimal]
    places: dict[Style, int]

    @property
    def is_open(self) -> bool:
        """Whether the two ways of reading it give two values."""
        return len(set(self.readings.values())) > 1


def is_nothing(text: str) -> bool:
    """Whether a cell says that it has no figure."""
    return text.strip().lower() in NOTHING


def looks_like_number(text: str) -> bool:
    """Whether a text can be read as a number in any way, or says that there is none."""
    return is_nothing(text) or bool(read_number("", text).readings)


def read_number(row: str, text: str) -> Number:
    """Read a text in every way; one that is no number has no reading.

    A minus is written ``-1.13``, ``–1,13`` or ``(1,13)``; a space between groups of three digits
    parts thousands.
    """
    plain, negative = split_sign(text)
    plain = plain.strip()
    plain = _SPACES.sub("", plain) if re.match(r"\d{1,3}\s", plain) else plain
    readings: dict[Style, Decimal] = {}
    places: dict[Style, int] = {}
    for style, pattern, thousands, point in _PATTERNS:
        match = pattern.fullmatch(plain) if plain.isascii() and len(plain) <= _LARGEST else None
        if match:
            value = Decimal(plain.replace(thousands, "").replace(point, "."))
            readings[style] = -value if negative else value
            places[style] = len(match[1] or "")
    return Number(row, text, readings, places)


def settle_styles(caption: str, numbers: Iterable[Number]) -> tuple[Style, ...]:
    """Settle how the numbers of a table are written, by the rule at the head of this module.

    Args:
        caption: Of the table, for messages.
        numbers: All of its numbers.

    Returns:
        The style; both when nothing settles it and it makes a difference.

    Raises:
        ImplausibleFigureError: A text is no number, or the numbers contradict each other.
    """
    held = list(numbers)
    for number in held:
        if not number.readings:
            raise ImplausibleFigureError(
                f"Tabel {caption!r} memuat isian yang bukan angka pada baris {number.row!r}: "
                f"{number.text!r}.",
                todo=_ADVICE,
            )
    settled = {style: [n for n in held if list(n.readings) == [style]] for style in Style}
    if all(settled.values()):
        one, other = settled[Style.ENGLISH][0], settled[Style.INDONESIAN][0]
        raise ImplausibleFigureError(
            f"Tabel {caption!r} menulis angka dengan dua cara: {one.text!r} pada baris {one.row!r} dan "
            f"{other.text!r} pada baris {other.row!r}.",
            todo=_ADVICE,
        )
    for style, deciding in settled.items():
        if deciding:
            _check_places(caption, style, deciding, held)
            return (style,)
    return tuple(Style) if any(number.is_open for number in held) else (Style.ENGLISH,)


def _check_places(caption: str, style: Style, settled: Sequence[Number], held: Sequence[Number]) -> None:
    places = {number.places[style] for number in settled}
    if len(places) > 1:
        return
    for number in held:
        if number.is_open and number.places[style] not in places:
            raise two_meanings(caption, number)


def two_meanings(caption: str, number: Number) -> ImplausibleFigureError:
    """The refusal of a number that can be read in two ways."""
    english, indonesian = (f"{number.readings[style]:f}".replace(".", ",") for style in Style)
    return ImplausibleFigureError(
        f"Tabel {caption!r}: angka {number.text!r} pada baris {number.row!r} dapat berarti {english} atau "
        f"{indonesian}, dan tidak ada yang memastikannya.",
        todo=_ADVICE,
    )
