"""The realisasi of the indicator that is measured from prices, once its year is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from capaian.prices.results import CommodityYear, Fluctuation
from capaian.prices.rules import Method
from capaian.values import Quantity
from core.lists import join_words
from core.numbers import format_number, format_percent, round_half_up
from office.schema import Agency
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Input, Realisasi, State
from reports.wording import write_value

_MEASURES = {
    Method.VARIATION: "koefisien variasi",
    Method.MONTHLY_CHANGE: "perubahan bulanan",
    Method.PEAK_MONTH: "selisih bulan tertinggi",
    Method.DISPARITY: "disparitas pasar",
}


def realisasi_of_prices(agency: Agency, prices: PriceEvidence, standing: Realisasi) -> Realisasi:
    """What the indicator takes: the computed value of a complete year, else what stands, with the reason.

    Args:
        agency: The office.
        prices: Of the reporting year.
        standing: What the office reported, or that the indicator waits.
    """
    least = agency.prices.least_measured if agency.prices else 1
    if not prices.complete:
        # Without figures: they would change each day, and each change would be an issue and a mail.
        note = (
            f"Harga pasar tahun {agency.year.year} belum setahun penuh; nilai berjalan tidak dimasukkan "
            "ke laporan (lihat lkjip status)."
        )
        return replace(standing, notes=(*standing.notes, note))
    if prices.fluctuation.value is None or not prices.suffices(least):
        note = (
            f"Dari harga pasar tahun {agency.year.year} baru {len(prices.fluctuation.measured)} komoditas "
            f"dapat diukur; indikator ini memerlukan sedikitnya {least}, sehingga tidak dihitung."
        )
        return replace(standing, notes=(*standing.notes, note))
    return Realisasi(
        indicator=standing.indicator,
        year=standing.year,
        state=State.FINAL,
        value=Quantity(prices.fluctuation.value, "%"),
        source=f"{_sources(prices)}, {agency.year.year}",
        formula=_formula(prices.fluctuation),
        inputs=tuple(_input(prices, c) for c in prices.fluctuation.measured),
        notes=tuple(_notes(prices)),
        illustrative=prices.fluctuation.illustrative,
    )


def _sources(prices: PriceEvidence) -> str:
    names = join_words([source.name for source in prices.sources])
    return names[:1].upper() + names[1:]


def _formula(fluctuation: Fluctuation) -> str:
    values = [c.value for c in fluctuation.measured if c.value is not None]
    total = format_number(sum(values, Decimal(0)), 2)
    return f"jumlah {_MEASURES[fluctuation.rules.method]} {total} / {len(values)} komoditas"


def _input(prices: PriceEvidence, c: CommodityYear) -> Input:
    return Input(
        name=prices.call(c.commodity),
        symbol=prices.call(c.commodity),
        value=round_half_up(c.value or Decimal(0), 4),
        unit="%",
        status="",
        vintage="",
        released_on=None,
        snapshot="",
        url="",
        illustrative=c.illustrative,
    )


def _notes(prices: PriceEvidence) -> list[str]:
    fluctuation = prices.fluctuation
    counts = (
        f"Dihitung dari {format_number(fluctuation.observations)} harga di {len(fluctuation.markets)} pasar; "
        f"{len(fluctuation.measured)} dari {len(fluctuation.commodities)} komoditas dapat diukur."
    )
    return [counts, *_left_out(fluctuation.commodities), *_beside(prices), *_invented(fluctuation)]


def _left_out(commodities: Sequence[CommodityYear]) -> list[str]:
    count = sum(c.left_out for c in commodities)
    return [f"{format_number(count)} harga yang meragukan tidak dihitung, menurut aturan kantor."] * bool(
        count
    )


def _beside(prices: PriceEvidence) -> list[str]:
    """The office's own figure, which comes from other data."""
    reported = prices.reported
    if reported is None or reported.value is None:
        return []
    value = reported.value
    if isinstance(value, Quantity) and value.unit == "%":
        shown = format_percent(value.amount)
    else:
        shown = write_value(value)
    return [
        f"Nilai yang dilaporkan kantor {shown} ({reported.source}) berasal dari data lain yang tidak "
        "dirinci; keduanya tidak dapat disamakan."
    ]


def _invented(fluctuation: Fluctuation) -> list[str]:
    return ["Angka ilustrasi: dihitung dari harga peraga, bukan harga pasar."] * fluctuation.illustrative
