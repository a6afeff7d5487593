"""Numbers as Indonesians write them: ``12.649.363.995``, ``5,35``, ``(1.000)`` for minus.

Everything is exact :class:`~decimal.Decimal`; rounding is half up and happens only here, for
display (DESIGN.md, "Measuring").
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

_MINUS = "-−–"
_PLAIN = re.compile(r"\+?\d+(\.\d+)?")
_INDONESIAN = re.compile(r"\+?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?")
_ZERO_AND_THREE = re.compile(r"\+?0\.(\d{3})")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round half away from zero to ``places`` decimals (0,5 becomes 1; -0,5 becomes -1)."""
    with localcontext() as context:
        context.prec = max(context.prec, len(value.as_tuple().digits) + abs(value.adjusted()) + places + 5)
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def format_number(value: Decimal | int, places: int = 0, *, trim: bool = False) -> str:
    """Write ``value`` with thousands points and a decimal comma.

    Args:
        value: The number.
        places: Decimals kept, rounding half up.
        trim: Leave out trailing zeros after the comma (``232,00`` becomes ``232``).

    Returns:
        For example ``12.649.363.995`` or ``-1,13``.
    """
    rounded = round_half_up(Decimal(value), places)
    text = f"{rounded:,.{places}f}".translate(str.maketrans(",.", ".,"))
    if trim and "," in text:
        text = text.rstrip("0").rstrip(",")
    return text


def format_exact(value: Decimal) -> str:
    """Write ``value`` with all its decimals, two at least: a formula must come out with what it shows."""
    return format_number(value, max(2, -int(value.as_tuple().exponent)))


def format_percent(value: Decimal | int, places: int = 2, *, trim: bool = False) -> str:
    """Write ``value`` (already in per cent) with its sign, ``5,35%``."""
    return f"{format_number(value, places, trim=trim)}%"


def format_rupiah(value: Decimal | int) -> str:
    """Write an amount in rupiah, ``Rp 12.649.363.995``."""
    return f"Rp {format_number(value)}"


def split_sign(text: str) -> tuple[str, bool]:
    """A number without its sign, and whether it is below zero: ``-5``, ``−5``, ``(5)``.

    Brackets count in pairs only, and a number has one sign: ``(5`` and ``(-5)`` keep what is too much.
    """
    bare = text.strip()
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1].strip(), True
    return (bare[1:], True) if len(bare) > 1 and bare[0] in _MINUS else (bare, False)


def parse_number(text: str) -> Decimal:
    """Read a number as Indonesians write it: ``12.649.363.995,00``, ``Rp 1.000``, ``(1.000)``.

    A point followed by exactly three digits is a thousands point; a single point followed by
    another number of digits is a decimal point (the report itself writes ``5.1%``). ``0.500`` is neither:
    no thousands begin with zero, and who leaves zeros behind a point may have meant thousands.

    Raises:
        ValueError: The text is not a number in either way of writing, or may be one in both.
    """
    cleaned, negative = split_sign(text.strip().removesuffix("%"))
    cleaned = re.sub(r"^Rp\.?\s*", "", cleaned, flags=re.IGNORECASE).replace("\u00a0", "").rstrip()
    if not negative:
        cleaned, negative = split_sign(cleaned)
    if _INDONESIAN.fullmatch(cleaned):
        value = Decimal(cleaned.replace(".", "").replace(",", "."))
    elif found := _ZERO_AND_THREE.fullmatch(cleaned):
        decimals, whole = f"0,{found[1]}", found[1].lstrip("0") or "0"
        raise ValueError(f"{text!r} dapat berarti {decimals} atau {whole}; tulis {decimals} atau {whole}")
    elif _PLAIN.fullmatch(cleaned):
        value = Decimal(cleaned)
    else:
        raise ValueError(f"bukan angka: {text!r}")
    return -value if negative else value
