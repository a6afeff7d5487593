"""What each source gave last and when, and the releases that are announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from connectors.bps.channels import SOURCE
from core.dates import MONTHS, format_date, format_time
from core.numbers import format_rupiah
from jobs.prices.sources import SOURCE_NAMES
from jobs.prices.year import price_regions
from jobs.workspace import Workspace
from models.bps.polls import last_good_poll, last_poll
from models.bps.tables import Poll, PollOutcome
from models.budget.tables import BudgetStatement
from models.prices.tables import PriceDay
from models.report.entries import list_entries


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
class Announced:
    """A release that is to come, as its publisher says."""

    day: date
    title: str


def read_latest(
    session: Session, workspaces: Sequence[Workspace], today: date
) -> tuple[list[LastGiven], list[Announced]]:
    """What each source gave last, and what is announced from today on.

    Args:
        session: For reading.
        workspaces: Of one office, one for each year; their data can be read.
        today: In Jakarta.
    """
    given: list[LastGiven] = []
    announced: list[Announced] = []
    bps = workspaces[0].agency.office.bps if workspaces else None
    if bps is not None:
        good, last = last_good_poll(session, SOURCE, bps.domain), last_poll(session, SOURCE, bps.domain)
        given.append(_of_bps(good, last))
        announced = [
            Announced(date.fromisoformat(entry["day"]), entry["title"])
            for entry in sorted(good.announced if good else [], key=lambda entry: str(entry["day"]))
            if date.fromisoformat(entry["day"]) >= today
        ]
    for workspace in workspaces:
        given += _of_prices(session, workspace)
        given.append(_of_budget(session, workspace.office_id, workspace.year))
        given += _of_people(session, workspace)
    return given, announced


def _of_bps(good: Poll | None, last: Poll | None) -> LastGiven:
    failed = last is not None and last.outcome == PollOutcome.FAILED and last.finished_at is not None
    problem = ""
    if last is not None and last.finished_at is not None and failed:
        problem = f"Pemeriksaan terakhir, {format_time(last.finished_at)}, gagal: {last.message}"
    if good is None:
        return LastGiven("BPS", None, problem=problem)
    return LastGiven("BPS", good.finished_at, good.message, problem)


def _of_prices(session: Session, workspace: Workspace) -> Iterator[LastGiven]:
    agency, year = workspace.agency, workspace.year
    if agency.prices is None:
        return
    first, last = date(year, 1, 1), date(year, 12, 31)
    for source, region in price_regions(agency, agency.prices):
        query = select(func.max(col(PriceDay.read_at)), func.max(col(PriceDay.day))).where(
            PriceDay.source == source,
            PriceDay.region == region,
            col(PriceDay.day) >= first,
            col(PriceDay.day) <= last,
            col(PriceDay.observed) > 0,
        )
        read_at, day = session.exec(query).one()
        what = f"harga sampai {format_date(day)}" if day else ""
        name = SOURCE_NAMES[source]
        yield LastGiven(f"{name[:1].upper()}{name[1:]} {year}", read_at, what)


def _of_budget(session: Session, office: str, year: int) -> LastGiven:
    query = select(BudgetStatement).where(BudgetStatement.agency == office, BudgetStatement.year == year)
    newest = session.exec(query.order_by(col(BudgetStatement.id).desc()).limit(1)).first()
    if newest is None:
        return LastGiven(f"Berkas anggaran {year}", None)
    spent, budget = format_rupiah(newest.spent), format_rupiah(newest.budget)
    what = f"realisasi sampai {MONTHS[newest.month - 1]}: {spent} dari {budget}"
    return LastGiven(f"Berkas anggaran {year}", newest.taken_at, what)


def _of_people(session: Session, workspace: Workspace) -> Iterator[LastGiven]:
    entries = list_entries(session, workspace.office_id, workspace.year)
    if not entries:
        return
    newest, indicators = entries[-1], workspace.agency.indicators
    known = indicators.get(newest.indicator)
    name = known.short_name if known else newest.indicator
    what = f"{name}: {newest.value} menurut {newest.source}, oleh {newest.entered_by}"
    yield LastGiven(f"Angka yang dimasukkan {workspace.year}", newest.entered_at, what)
