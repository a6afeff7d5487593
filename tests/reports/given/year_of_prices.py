"""A year of illustrative prices for the commodities of the real office, with every kind of trouble.

The markets and the prices are invented; only the ids of the commodities are the office's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from capaian.prices.results import Fluctuation
from capaian.prices.rules import Bounds, Rules
from capaian.values import Quantity
from core.numbers import format_number
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.prices.evidence import CommodityWords, PriceEvidence, SourceUse, UnknownName
from reports.realisasi import Input, Realisasi, State
from reports.reported import reported_realisasi
from tests.capaian.given.price_series import MarketSeries, measure_fluctuation

INDICATOR = "fluktuasi-bapokti"
MARKETS = ("Pasar Peraga A", "Pasar Peraga B", "Pasar Peraga C")
YEAR = 2023


@dataclass(frozen=True)
class Course:
    """How a commodity's price runs: up and down once a year by ``swing`` per cent from its base."""

    name: str
    unit: str
    law: str
    base: int
    swing: int


FOOD, IMPORTANT = "kebutuhan_pokok", "barang_penting"
COURSES: Mapping[str, Course] = {
    "beras-premium": Course("Beras Premium", "kg", FOOD, 13500, 9),
    "beras-medium": Course("Beras Medium", "kg", FOOD, 11500, 8),
    "kedelai-impor": Course("Kedelai Impor", "kg", FOOD, 13000, 4),
    "kedelai-lokal": Course("Kedelai Lokal", "kg", FOOD, 11000, 5),
    "cabe-merah-keriting": Course("Cabe Merah Keriting", "kg", FOOD, 36000, 45),
    "cabe-merah-besar": Course("Cabe Merah Besar", "kg", FOOD, 38000, 40),
    "cabe-rawit-merah": Course("Cabe Rawit Merah", "kg", FOOD, 48000, 60),
    "bawang-merah": Course("Bawang Merah", "kg", FOOD, 30000, 30),
    "gula-kristal-putih": Course("Gula Kristal Putih", "kg", FOOD, 14000, 6),
    "minyak-goreng-curah": Course("Minyak Goreng Curah", "kg", FOOD, 15000, 5),
    "minyak-goreng-kemasan-premium": Course("Minyak Goreng Kemasan Premium", "liter", FOOD, 20000, 4),
    "minyak-goreng-kemasan-sederhana": Course("Minyak Goreng Kemasan Sederhana", "liter", FOOD, 17000, 4),
    "minyakita": Course("Minyakita", "liter", FOOD, 14500, 3),
    "tepung-terigu": Course("Tepung Terigu", "kg", FOOD, 12000, 3),
    "daging-sapi": Course("Daging Sapi", "kg", FOOD, 116000, 4),
    "daging-ayam-ras": Course("Daging Ayam Ras", "kg", FOOD, 34000, 12),
    "telur-ayam-ras": Course("Telur Ayam Ras", "kg", FOOD, 28000, 10),
    "ikan-bandeng": Course("Ikan Bandeng", "kg", FOOD, 32000, 6),
    "ikan-kembung": Course("Ikan Kembung", "kg", FOOD, 36000, 8),
    "ikan-tongkol": Course("Ikan Tongkol", "kg", FOOD, 33000, 9),
    "elpiji-3-kg": Course("Gas Elpiji 3 Kg", "tabung", IMPORTANT, 18000, 0),
}
NEVER_SEEN, SELDOM_SEEN, SLIPPED, LEAPT = "kedelai-lokal", "ikan-bandeng", "beras-medium", "bawang-merah"


def price_of(course: Course, day: int, market: int) -> Decimal:
    """The price on a day of the year: a triangle over the year, a step of 100 a market, a small ripple."""
    late = 47 * list(COURSES.values()).index(course)  # each has its dear season at another time
    triangle = abs((day + late) % 364 - 182) - 91
    ripple = (day * 7 + market * 3) % 5 - 2 if course.swing else 0
    moved = course.base * (10_000 + course.swing * triangle * 100 // 91 + ripple * 15) // 10_000
    return Decimal(moved // 50 * 50 + 100 * market)


def market_series(*, illustrative: bool) -> Iterator[MarketSeries]:
    """The series of every market; seen on working days only."""
    for identifier, course in COURSES.items():
        for place, market in enumerate(MARKETS):
            days = [date(YEAR, 1, 2) + timedelta(days=n) for n in range(364)]
            days = [day for day in days if day.weekday() < 5]
            if identifier == SELDOM_SEEN:
                days = days[:40]
            prices = {day: price_of(course, day.timetuple().tm_yday, place) for day in days}
            if identifier == SLIPPED and place == 0:
                prices[date(YEAR, 3, 14)] /= 1000
            if identifier == LEAPT and place == 1:
                prices[date(YEAR, 5, 9)] *= 2
            if identifier != NEVER_SEEN:
                yield MarketSeries(
                    identifier, market, tuple(prices), tuple(prices.values()), illustrative=illustrative
                )


def evidence(
    agency: Agency, *, illustrative: bool = True, rules: Rules | None = None, complete: bool = True
) -> PriceEvidence:
    """What a job would gather of this year for an office."""
    assert agency.prices is not None
    series = list(market_series(illustrative=illustrative))
    bounds = {name: Bounds(Decimal(c.base) / 4, Decimal(c.base) * 4) for name, c in COURSES.items()}
    fluctuation = measure_fluctuation(series, YEAR, rules or agency.prices.rules, bounds)
    return PriceEvidence(
        fluctuation=fluctuation,
        words={name: CommodityWords(c.name, c.unit, c.name, c.law) for name, c in COURSES.items()},
        sources=(
            SourceUse(
                "Siskaperbapo Jawa Timur", MARKETS[:2], fluctuation.observations * 2 // 3,
                date(YEAR, 1, 2), date(YEAR, 12, 29), illustrative,
            ),
            SourceUse(
                "lembar harga kantor", MARKETS[2:], fluctuation.observations // 3,
                date(YEAR, 1, 2), date(YEAR, 12, 29), illustrative,
            ),
        ),
        unknown=(
            UnknownName(
                "Siskaperbapo Jawa Timur", "IKAN LAYANG BENGGOL", "kg",
                "nama ini tidak ada dalam daftar komoditas", 251,
            ),
        ),
        reported=reported_realisasi(agency)[INDICATOR, YEAR],
        complete=complete,
        fingerprint=hashlib.sha256(repr(series).encode()).hexdigest(),
    )  # fmt: skip


def computed(fluctuation: Fluctuation) -> Realisasi:
    """The realisasi that follows from a measured year."""
    assert fluctuation.value is not None
    measured = fluctuation.measured
    total = sum((c.value for c in measured if c.value is not None), Decimal(0))
    return Realisasi(
        indicator=INDICATOR,
        year=YEAR,
        state=State.FINAL,
        value=Quantity(fluctuation.value),
        source="Siskaperbapo Jawa Timur dan lembar harga kantor, 2023",
        formula=f"jumlah koefisien variasi {format_number(total, 2)} / {len(measured)} komoditas",
        inputs=tuple(
            Input(
                name=COURSES[c.commodity].name, symbol="KV", value=round(c.value or Decimal(0), 4), unit="%",
                status="", vintage="", released_on=None, snapshot="", url="", illustrative=c.illustrative,
            )
            for c in measured
        ),
        notes=("Angka ilustrasi: dihitung dari harga peraga, bukan harga pasar.",),
        illustrative=fluctuation.illustrative,
    )  # fmt: skip


def report_with(agency: Agency, prices: PriceEvidence, number: int = 2) -> Report:
    """The report of January 2024 with these prices, the indicator computed from them if they suffice."""
    assert agency.prices is not None
    realisasi = reported_realisasi(agency)
    if prices.complete and prices.suffices(agency.prices.least_measured):
        realisasi[INDICATOR, YEAR] = computed(prices.fluctuation)
    issue = IssueInfo(number, date(2024, 1, 31), "Harga harian 2023 lengkap.")
    return build_report(agency, realisasi, issue=issue, prices=prices)


def without_measured(prices: PriceEvidence, count: int) -> PriceEvidence:
    """The same year with so many measured commodities, as if the others had too few prices."""
    kept = {c.commodity for c in prices.fluctuation.measured[:count]}
    commodities = tuple(
        c
        if c.commodity in kept
        else replace(c, value=None, stable=None, reason="hanya 12 hari pengamatan, sedikitnya 100 diperlukan")
        for c in prices.fluctuation.commodities
    )
    return replace(prices, fluctuation=replace(prices.fluctuation, commodities=commodities))
