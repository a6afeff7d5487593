"""Prices as office sheets write them: 12500, ``12.500``, ``Rp 12.500,00``, and the doubtful ``12,500``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from connectors.spreadsheets import Cell

ENOUGH = 20
"""Prices of the form ``12,500``, and no other, that show without more that the comma marks thousands:
rupiah are not counted in thousandths."""

_DASHES = frozenset({"", "-", "--", "---", "–", "—", "−"})
_PREFIX = re.compile(r"^rp\s*\.?\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[.,]\s*-+|[.,]\s*[–—])$")
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?")
_COMMAED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_ONE_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


@dataclass(frozen=True)
class NoPrice:
    """Something that is no price; ``reason`` says why, in Indonesian."""

    reason: str


@dataclass(frozen=True)
class Signs:
    """What points and commas mean in one sheet.

    Attributes:
        comma_thousands: The sheet shows that the comma marks thousands.
        mixed: The sheet writes in both ways, so a single sign before three digits says nothing.
        evidence: What showed it, in Indonesian; empty where nothing had to be decided.
    """

    comma_thousands: bool = False
    mixed: bool = False
    evidence: str = ""


def decide_signs(cells: Iterable[Cell]) -> Signs:
    """Decide from all prices of a sheet what the comma in ``12,500`` means, where they show it."""
    texts = [_bare(cell) for cell in cells if isinstance(cell, str) and cell.strip() not in _DASHES]
    doubtful = [text for text in texts if _ONE_COMMA.fullmatch(text)]
    english = next((t for t in texts if _COMMAED.fullmatch(t) and not _ONE_COMMA.fullmatch(t)), "")
    indonesian = next((t for t in texts if _POINTED.fullmatch(t) or _DECIMAL_COMMA.fullmatch(t)), "")
    if english and indonesian:
        return Signs(mixed=True)
    if english:
        return Signs(comma_thousands=True, evidence=f"tanda koma adalah pemisah ribuan, menurut {english!r}")
    if not indonesian and len(doubtful) >= ENOUGH:
        return Signs(
            comma_thousands=True,
            evidence=f"tanda koma adalah pemisah ribuan: {len(doubtful)} harga ditulis seperti "
            f"{doubtful[0]!r} dan tidak satu pun dengan titik ribuan atau koma desimal",
        )
    return Signs()


def read_price(cell: Cell, signs: Signs) -> Decimal | NoPrice | None:
    """The price of a cell, in rupiah.

    Args:
        cell: As it stands.
        signs: Of its sheet.

    Returns:
        None where nothing, a dash or a zero stands, which is no observation.
    """
    if isinstance(cell, Decimal):
        return _positive(cell)
    if isinstance(cell, date):
        return NoPrice("di tempat harga ada tanggal; ubah format selnya menjadi angka")
    if cell.strip() in _DASHES:
        return None
    text = _bare(cell)
    if text in _DASHES:
        return None
    if cell.startswith("="):
        return NoPrice("rumus tanpa nilai tersimpan; buka di Excel, simpan ulang")
    return _read_text(text, signs)


def looks_like_price(cell: Cell) -> bool:
    """Whether a number, a price as text, or the dash of a missing one stands in a cell."""
    if isinstance(cell, Decimal):
        return True
    if isinstance(cell, date) or not cell.strip():
        return False
    text = _bare(cell)
    forms = (_POINTED, _COMMAED, _SPACED, _PLAIN)
    return text in _DASHES or any(form.fullmatch(text) for form in forms)


def _bare(text: str) -> str:
    """Without the currency before it and the dash after it."""
    bare = _PREFIX.sub("", " ".join(text.replace("\u00a0", " ").split()))
    return _SUFFIX.sub("", bare).strip()


def _read_text(text: str, signs: Signs) -> Decimal | NoPrice | None:
    doubtful = _ONE_COMMA.fullmatch(text) and not signs.comma_thousands
    if doubtful or (_ONE_POINT.fullmatch(text) and (signs.comma_thousands or signs.mixed)):
        thousands, units = re.sub(r"[.,]", "", text), re.sub(r"[.,]", ",", text)
        return NoPrice(f"dapat berarti {thousands} atau {units}; tulis angkanya tanpa tanda pemisah ribuan")
    if _POINTED.fullmatch(text):
        return _positive(Decimal(text.replace(".", "").replace(",", ".")))
    if _COMMAED.fullmatch(text):
        return _positive(Decimal(text.replace(",", "")))
    if _SPACED.fullmatch(text):
        return _positive(Decimal(text.replace(" ", "")))
    if _PLAIN.fullmatch(text):
        return _positive(Decimal(text.replace(",", ".")))
    return NoPrice("bukan harga; tulis angka saja, atau tanda '-' bila tidak ada harga")


def _positive(value: Decimal) -> Decimal | NoPrice | None:
    if value < 0:
        return NoPrice("harga di bawah nol")
    return value or None
