"""The pictures of market prices in BAB III, with their captions."""

from __future__ import annotations

from collections.abc import Sequence

from capaian.exact import percent
from capaian.prices.results import CommodityYear
from reports import traced
from reports.charts.lines import DailyPrices, IndexChart, MonthlyIndex
from reports.charts.picture import Picture
from reports.measured import Measured
from reports.prices.evidence import PriceEvidence
from reports.wording import DAGGER

ON_A_PAGE = 8
"""So many small charts make one picture, which stays on one page."""


def index_picture(measured: Measured) -> Picture | None:
    """The index of all charted commodities; None without prices."""
    prices, listed = measured.prices, _charted(measured)
    if prices is None or not listed:
        return None
    year = prices.fluctuation.year
    lines = tuple(_index(prices, c) for c in listed)
    index = IndexChart("grafik-indeks", f"Indeks harga bulanan {year}", lines)
    remarks = _remarks("rata-rata bulan pertama yang ada = 100", listed)
    caption = f"Indeks Harga Bulanan Komoditas Pilihan Tahun {year}\n{remarks}"
    return Picture("", caption, (index,), _traces(prices, listed))


def daily_pictures(measured: Measured) -> tuple[Picture, ...]:
    """A small chart of each charted commodity, so many to a picture as fit on a page; none without prices."""
    prices, listed = measured.prices, _charted(measured)
    if prices is None:
        return ()
    year = prices.fluctuation.year
    pictures = []
    for start in range(0, len(listed), ON_A_PAGE):
        more = " (lanjutan)" if start else ""
        group = listed[start : start + ON_A_PAGE]
        remarks = _remarks("skala tegak tiap grafik dari harga terendah sampai tertinggi", group)
        caption = f"Harga Rata-rata Harian Komoditas Pilihan Tahun {year}{more}\n{remarks}"
        drawn = tuple(_daily(prices, c, year) for c in group)
        pictures.append(Picture("", caption, drawn, _traces(prices, group)))
    return tuple(pictures)


def _remarks(how: str, shown: Sequence[CommodityYear]) -> str:
    """How a picture is read, and what the dagger behind its names means."""
    told = [how, *([f"{DAGGER}\u00a0ilustrasi"] if any(c.illustrative for c in shown) else [])]
    return f"({'; '.join(told)})"


def _charted(measured: Measured) -> list[CommodityYear]:
    """The commodities that the office wants to see, as far as they have prices, in its order."""
    prices, office = measured.prices, measured.agency.prices
    if prices is None or office is None:
        return []
    commodities = office.charted
    found = {c.commodity: c for c in prices.fluctuation.commodities}
    return [found[name] for name in commodities if name in found and found[name].daily]


def _index(prices: PriceEvidence, c: CommodityYear) -> MonthlyIndex:
    months: Sequence[int] = sorted(c.monthly)
    first = c.monthly[months[0]]
    return MonthlyIndex(_name(prices, c), tuple((m, percent(c.monthly[m], first)) for m in months))


def _daily(prices: PriceEvidence, c: CommodityYear, year: int) -> DailyPrices:
    words = prices.words.get(c.commodity)
    unit = words.unit if words else ""
    return DailyPrices(f"grafik-{c.commodity}", _name(prices, c), unit, year, tuple(c.daily))


def _traces(prices: PriceEvidence, listed: Sequence[CommodityYear]) -> tuple[tuple[str, str], ...]:
    return tuple((traced.of_commodity(c.commodity), prices.call(c.commodity)) for c in listed)


def _name(prices: PriceEvidence, c: CommodityYear) -> str:
    return prices.call(c.commodity) + (DAGGER if c.illustrative else "")
