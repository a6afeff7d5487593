"""What is said of a price in doubt, in Indonesian with its figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from capaian.exact import percent
from capaian.prices.rules import Bounds
from core.dates import format_date
from core.numbers import format_number, format_percent


def rupiah(price: Decimal) -> str:
    """A price as it is said in a sentence, ``12.508`` or ``12,51``."""
    return format_number(price, 2, trim=True)


def span(bounds: Bounds) -> str:
    """Bounds as they are said in a sentence, ``8.000 sampai 20.000``."""
    return f"{rupiah(bounds.lowest)} sampai {rupiah(bounds.highest)}"


def outside(price: Decimal, bounds: Bounds) -> str:
    """Why a price is :attr:`~capaian.prices.rules.Doubt.RANGE`."""
    side = "bawah" if price < bounds.lowest else "atas"
    return f"{rupiah(price)} di {side} kisaran yang dipercaya, {span(bounds)}"


def slip(price: Decimal, reference: Decimal, day: date | None) -> str:
    """Why a price is a slip beside another one.

    Args:
        price: The price.
        reference: The last believed price, or the median.
        day: Of the believed price; None for the median.
    """
    times = "seperseribu dari" if price < reference else "seribu kali"
    whose = f"harga terakhir yang dipercaya ({format_date(day)})" if day else "harga tengah deret ini"
    return f"{rupiah(price)} adalah sekitar {times} {rupiah(reference)}, {whose}"


def slip_by_bounds(price: Decimal, corrected: Decimal, bounds: Bounds) -> str:
    """Why a price is a slip by its bounds alone; ``corrected`` is the price that they would believe."""
    which = "seribu kalinya" if corrected > price else "seperseribunya"
    return (
        f"{rupiah(price)} di luar kisaran {span(bounds)}, sedangkan {which}, {rupiah(corrected)}, di dalamnya"
    )


def jump(price: Decimal, believed: Decimal, day: date, limit: Decimal, ending: str) -> str:
    """Why a price is a jump.

    Args:
        price: The first price of the new level.
        believed: The last believed price.
        day: Of the believed price.
        limit: ``jump_percent`` of the rules.
        ending: What became of the new level.
    """
    change = percent(price - believed, believed)
    verb = "naik" if change > 0 else "turun"
    return (
        f"{rupiah(price)} {verb} {format_percent(abs(change))} dari {rupiah(believed)}, harga terakhir yang "
        f"dipercaya ({format_date(day)}); batasnya {format_percent(limit, trim=True)}; {ending}"
    )


def repeated(price: Decimal, days: int, first: date, last: date) -> str:
    """Why a price counts as repeated."""
    return (
        f"{rupiah(price)} sama persis pada {days} hari pengamatan berturut-turut, {format_date(first)} "
        f"sampai {format_date(last)}: mungkin harga lama yang diulang, mungkin harganya memang tetap"
    )
