"""What each source gave last and when, and the releases that are announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from core.dates import MONTHS, format_date, format_time
from core.numbers import format_rupiah
from jobs.prices.sources import SOURCE_NAMES
from jobs.prices.year import price_regions
from models.bps.polls import last_good_poll, last_poll
from models.bps.tables import Poll, PollOutcome
from models.budget.statements import newest_of_years as budget_of_years
from models.budget.tables import BudgetStatement
from models.prices.days import last_days
from models.report.entries import newest_of_years as entries_of_years
from models.report.tables import EnteredFigure
from office.schema import Agency

_Region = tuple[str, str]
_LastPrices = Mapping[int, tuple[datetime, date]]


@dataclass(frozen=True)
class LastGiven:
    """What a source gave last.

    Attributes:
        at: When; None when it never gave anything.
        what: In Indonesian; empty when it never gave anything.
        problem: What went wrong since, in Indonesian.
    """

    name: str
    at: datetime | None
    what: str = ""
    problem: str = ""


@dataclass(frozen=True)
class YearSources:
    """Where the figures of an office's year come from.

    Attributes:
        bps_domain: Of the office; empty where it takes nothing from BPS.
        prices: The sources of its prices, each with its name of the office's region.
        names: The short name of each indicator by its id.
    """

    year: int
    bps_domain: str
    prices: tuple[tuple[str, str], ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Announced:
    """A release that is to come, as its publisher says."""

    day: date
    title: str


def sources_of(agency: Agency) -> YearSources:
    """Where the figures of a year come from, as its data say."""
    return YearSources(
        agency.year.year,
        agency.office.bps.domain if agency.office.bps else "",
        tuple(price_regions(agency, agency.prices)) if agency.prices else (),
        {name: indicator.short_name for name, indicator in agency.indicators.items()},
    )


def read_latest(
    session: Session, office: str, years: Sequence[YearSources], today: date
) -> tuple[list[LastGiven], list[Announced]]:
    """What each source gave last, and what is announced from today on.

    Args:
        session: For reading.
        office: Its id.
        years: Of the office.
        today: In Jakarta.
    """
    given: list[LastGiven] = []
    announced: list[Announced] = []
    domain = years[0].bps_domain if years else ""
    if domain:
        good, last = last_good_poll(session, SOURCE, domain), last_poll(session, SOURCE, domain)
        given.append(_of_bps(good, last))
        announced = [
            Announced(date.fromisoformat(entry["day"]), entry["title"])
            for entry in sorted(good.announced if good else [], key=lambda entry: str(entry["day"]))
            if date.fromisoformat(entry["day"]) >= today
        ]
    prices, budgets = _last_prices(session, years), budget_of_years(session, office)
    entered = entries_of_years(session, office)
    for sources in years:
        given += _of_prices(prices, sources)
        given.append(_of_budget(budgets.get(sources.year), sources.year))
        given += _of_people(entered.get(sources.year), sources)
    return given, announced


def _of_bps(good: Poll | None, last: Poll | None) -> LastGiven:
    failed = last is not None and last.outcome == PollOutcome.FAILED and last.finished_at is not None
    problem = ""
    if last is not None and last.finished_at is not None and failed:
        problem = f"Pemeriksaan terakhir, {format_time(last.finished_at)}, gagal: {last.message}"
    if good is None:
        return LastGiven("BPS", None, problem=problem)
    return LastGiven("BPS", good.finished_at, good.message, problem)


def _last_prices(session: Session, years: Sequence[YearSources]) -> dict[_Region, _LastPrices]:
    """Of each source and region that some year takes prices from, when a day of a year was read last."""
    regions = {pair for sources in years for pair in sources.prices}
    return {(source, region): last_days(session, source, region) for source, region in regions}


def _of_prices(prices: Mapping[_Region, _LastPrices], sources: YearSources) -> Iterator[LastGiven]:
    for source, region in sources.prices:
        read_at, day = prices[source, region].get(sources.year, (None, None))
        what = f"harga sampai {format_date(day)}" if day else ""
        name = SOURCE_NAMES[source]
        yield LastGiven(f"{name[:1].upper()}{name[1:]} {sources.year}", read_at, what)


def _of_budget(newest: BudgetStatement | None, year: int) -> LastGiven:
    if newest is None:
        return LastGiven(f"Berkas anggaran {year}", None)
    spent, budget = format_rupiah(newest.spent), format_rupiah(newest.budget)
    what = f"realisasi sampai {MONTHS[newest.month - 1]}: {spent} dari {budget}"
    return LastGiven(f"Berkas anggaran {year}", newest.taken_at, what)


def _of_people(newest: EnteredFigure | None, sources: YearSources) -> Iterator[LastGiven]:
    if newest is None:
        return
    name = sources.names.get(newest.indicator, newest.indicator)
    what = f"{name}: {newest.value} menurut {newest.source}, oleh {newest.entered_by}"
    yield LastGiven(f"Angka yang dimasukkan {sources.year}", newest.entered_at, what)
