"""Amounts and percentages as budget exports write them: ``12.649.363.995,00``, ``Rp 1.000``, ``(1.000)``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from connectors.spreadsheets import Cell

ZERO = Decimal(0)
_DASHES = frozenset({"-", "--", "---", "–", "—", "−", "0,-", "nihil"})
_PREFIX = re.compile(r"^(?:rp|idr)\s*\.?\s*:?\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[.,]\s*[-–—]+|\s*rupiah)$", re.IGNORECASE)
_INDONESIAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+\.\d{1,2}")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d{1,2})?")
_WHOLE = re.compile(r"\d+")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")
_PERCENT = re.compile(r"(-?\d{1,6})(?:[.,](\d+))?\s*%?")
_FORMULAS = {
    "=": "rumus tanpa nilai tersimpan; buka di Excel, simpan ulang",
    "#": "rumus yang gagal; betulkan rumusnya di Excel",
}
_SCIENTIFIC = re.compile(r"\d+[.,]?\d*[eE]\+?\d+")
_NEARLY = Decimal("0.000001")


@dataclass(frozen=True)
class NotAnAmount:
    """Something where an amount should stand; ``reason`` says why it is none, in Indonesian."""

    reason: str


@dataclass(frozen=True)
class Signs:
    """What points and commas mean in one table, as its own cells show.

    Attributes:
        english: Commas mark thousands and the point decimals.
        mixed: The table writes in both ways, so one sign before three digits says nothing.
    """

    english: bool = False
    mixed: bool = False


def decide_signs(cells: Iterable[Cell]) -> Signs:
    """Decide from all amounts of a table how it writes numbers; Indonesian where nothing shows it."""
    indonesian = english = False
    for cell in cells:
        if isinstance(cell, str) and cell:
            text = _bare(cell)[0]
            if _ONE_GROUP.fullmatch(text):
                continue
            indonesian = indonesian or bool(_INDONESIAN.fullmatch(text))
            english = english or bool(_ENGLISH.fullmatch(text))
            if indonesian and english:
                return Signs(mixed=True)
    return Signs(english=english)


def read_amount(cell: Cell, signs: Signs) -> Decimal | NotAnAmount | None:
    """The amount of a cell, in rupiah; None where it is empty, zero where a dash stands.

    Args:
        cell: As it stands.
        signs: Of its table.
    """
    if isinstance(cell, Decimal):
        return _rounded(cell)
    if isinstance(cell, date):
        return NotAnAmount("di tempat angka ada tanggal; ubah format selnya menjadi angka")
    return _read_text(cell, signs) if cell and not cell.isspace() else None


def read_percent(cell: Cell) -> Decimal | None:
    """A percentage with the decimals that were written; None where there is none to check."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, date):
        return None
    found = _PERCENT.fullmatch(cell.strip())
    return Decimal(f"{found[1]}.{found[2]}" if found[2] else found[1]) if found else None


def _read_text(cell: str, signs: Signs) -> Decimal | NotAnAmount:
    if cell[0] in _FORMULAS:
        return NotAnAmount(_FORMULAS[cell[0]])
    text, negative = _bare(cell)
    if text in _DASHES or not text:
        return ZERO if text in _DASHES else NotAnAmount("tidak ada angkanya")
    value = _read(text, signs)
    if isinstance(value, NotAnAmount):
        return value
    whole = value.to_integral_value()
    value = whole if whole == value else value
    return -value if negative else value


def _bare(text: str) -> tuple[str, bool]:
    """Without currency and marks of sign, and whether it is below zero."""
    bare = " ".join(text.replace("\u00a0", " ").split())
    bare = _PREFIX.sub("", bare)
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    bare = _PREFIX.sub("", bare)
    bare = _SUFFIX.sub("", bare).strip() if bare not in _DASHES else bare
    if len(bare) > 1 and bare[0] in "-−–" and bare not in _DASHES:
        bare, negative = bare[1:].strip(), not negative
    elif len(bare) > 1 and bare[-1] == "-" and bare[:-1].strip()[-1:].isdigit():
        bare, negative = bare[:-1].strip(), not negative
    return _PREFIX.sub("", bare), negative


def _read(text: str, signs: Signs) -> Decimal | NotAnAmount:
    if _ONE_GROUP.fullmatch(text):
        return _one_group(text, signs)
    if _WHOLE.fullmatch(text) or _SPACED.fullmatch(text) or _INDONESIAN.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _SCIENTIFIC.fullmatch(text):
        return NotAnAmount("ditulis dengan pangkat sepuluh sehingga angkanya sudah dibulatkan Excel")
    return NotAnAmount("bukan angka; tulis misalnya 12.649.363.995")


def _one_group(text: str, signs: Signs) -> Decimal | NotAnAmount:
    """``12.500`` and ``12,500``: thousands where the table shows it, and the point where nothing does."""
    if signs.mixed or (("," in text) and not signs.english) or (("." in text) and signs.english):
        whole, part = re.split(r"[.,]", text)
        return NotAnAmount(f"dapat berarti {whole}{part} atau {whole},{part}; tulis tanpa tanda ribuan")
    return Decimal(re.sub(r"[.,]", "", text))


def _rounded(number: Decimal) -> Decimal | NotAnAmount:
    """A number of Excel in sen: what binary fractions leave behind is no amount."""
    if number == number.to_integral_value():
        return number.to_integral_value()
    in_sen = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if abs(number - in_sen) <= _NEARLY:
        return in_sen
    return NotAnAmount(f"{number} lebih halus daripada sen; bulatkan ke rupiah")
