"""Polling BPS: look for the year's tables, read them, keep them; each step may fail without harm.

The steps are apart so that a flow can show and retry each of them. Nothing is stored before
everything was read and checked.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from connectors.bps import (
    BpsClient,
    FoundSeries,
    PdrbTable,
    Release,
    available_years,
    find_release,
    find_series,
    read_pdrb,
)
from connectors.http import PoliteSession, user_agent
from core.dates import JAKARTA, format_date
from core.errors import LkjipError
from jobs.select import SOURCE
from jobs.workspace import Workspace
from models.observations import CellRow, holds_year, record_table
from models.polls import finish_poll, record_release
from models.session import open_session
from models.snapshots import keep_snapshot
from models.tables import PollOutcome

VERSION = "0.1"


@dataclass(frozen=True)
class Sighting:
    """What the lists of BPS show for the reporting year.

    Attributes:
        found: The tables of PDRB of the domain.
        years: The years that the constant-price table holds.
        release: The publication or press release about the year, or its announcement.
        released: Whether the tables hold the reporting year.
        requests: How many requests it took.
    """

    found: FoundSeries
    years: tuple[int, ...]
    release: Release | None
    released: bool
    requests: int


@dataclass(frozen=True)
class PollResult:
    """How a poll ended: whether it brought news, and a sentence for the office."""

    outcome: PollOutcome
    message: str
    requests: int

    @property
    def news(self) -> bool:
        """Whether there is something new to put into the report."""
        return self.outcome in (PollOutcome.RELEASED, PollOutcome.REVISED)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**asdict(self), "outcome": self.outcome.value, "news": self.news}


def poll_bps(workspace: Workspace) -> PollResult:
    """Look, read and keep in one go.

    Raises:
        SourceError: BPS gave nothing usable; nothing was stored but the fact that the poll failed.
        ImplausibleFigureError: BPS's figures contradict each other; likewise.
    """
    try:
        sighting = look_for_release(workspace)
        tables = read_tables(workspace, sighting)
    except LkjipError as error:
        record_failure(workspace, error)
        raise
    return keep_tables(workspace, sighting, tables)


def open_client(workspace: Workspace) -> BpsClient:
    """The client for BPS under the office's name, within the limits of the settings."""
    settings, office = workspace.settings, workspace.agency.office
    key = settings.bps_key.get_secret_value()
    session = PoliteSession(
        user_agent(VERSION, f"{office.short_name} {office.region}", settings.contact or office.contact),
        secret=key,
        requests_per_second=settings.bps_requests_per_second,
        backoff=min(2.0, 2.0 / settings.bps_requests_per_second),
    )
    return BpsClient(settings.bps_url, key, session)


def look_for_release(workspace: Workspace) -> Sighting:
    """Look in the lists of BPS for the tables, their years, and the release of the year.

    Raises:
        SourceError: No usable answer, or no table of PDRB; the message says which there are.
    """
    agency, client = workspace.agency, open_client(workspace)
    bps = agency.office.bps
    found = find_series(client, bps.domain, bps.pins, bps.base_year)
    years = available_years(client, found)
    release = find_release(client, bps.domain, agency.year.year, today=workspace.settings.current_day())
    return Sighting(found, years, release, agency.year.year in years, client.requests)


def read_tables(workspace: Workspace, sighting: Sighting) -> list[PdrbTable]:
    """Read the reporting year and the one before; nothing while the year is not listed.

    A table that lists the year without figures counts as not released.

    Raises:
        SourceError: No usable answer.
        ImplausibleFigureError: Figures contradict each other.
    """
    if not sighting.released:
        return []
    year = workspace.agency.year.year
    tables = read_pdrb(open_client(workspace), sighting.found, [year - 1, year])
    return tables if any(year in table.years for table in tables) else []


def keep_tables(workspace: Workspace, sighting: Sighting, tables: list[PdrbTable]) -> PollResult:
    """Keep what was read, in one transaction, and say what it means for the report."""
    now = workspace.settings.current_time()
    domain, year = sighting.found.domain, workspace.agency.year.year
    with open_session(workspace.engine) as session:
        known = holds_year(session, SOURCE, domain, "adhk", year)
        changed = [table for table in tables if _keep(session, workspace, sighting, table)]
        released = sighting.release if sighting.release and not sighting.release.announced else None
        if changed and released:
            record_release(
                session,
                source=SOURCE,
                domain=domain,
                year=year,
                title=released.title,
                channel=released.channel,
                released_on=released.released_on,
                url=released.url,
                detected_at=now,
            )
        outcome = PollOutcome.NO_NEWS
        if changed:
            outcome = PollOutcome.REVISED if known else PollOutcome.RELEASED
        requests = sighting.requests + sum(len(table.fetched) for table in tables)
        message = _message(workspace, sighting, tables, outcome)
        finish_poll(
            session, source=SOURCE, domain=domain, finished_at=now, outcome=outcome, message=message,
            requests=requests,
        )  # fmt: skip
    return PollResult(outcome, message, requests)


def record_failure(workspace: Workspace, error: LkjipError) -> None:
    """Write down that a poll failed, and nothing else."""
    now = workspace.settings.current_time()
    with open_session(workspace.engine) as session:
        finish_poll(
            session,
            source=SOURCE,
            domain=workspace.agency.office.bps.domain,
            finished_at=now,
            outcome=PollOutcome.FAILED,
            message=str(error),
            requests=0,
        )


def _keep(session: Session, workspace: Workspace, sighting: Sighting, table: PdrbTable) -> bool:
    """Keep a table with its answers if it says anything new; otherwise keep nothing of it."""
    savepoint = session.begin_nested()
    is_new = _record(session, workspace, sighting, table)
    if is_new:
        savepoint.commit()
    else:
        savepoint.rollback()
    return is_new


def _record(session: Session, workspace: Workspace, sighting: Sighting, table: PdrbTable) -> bool:
    fetches = [
        keep_snapshot(
            session,
            source=SOURCE,
            url=fetched.url_redacted,
            status=fetched.status,
            headers=fetched.headers,
            content=fetched.content,
            fetched_at=fetched.fetched_at,
        )
        for fetched in table.fetched
    ]
    _, is_new = record_table(
        session,
        source=SOURCE,
        domain=table.domain,
        measure=table.measure,
        table_id=table.table_id,
        channel=table.channel,
        title=table.title,
        unit=table.unit,
        base_year=table.base_year,
        last_update=table.last_update,
        released_on=_released_on(sighting, table),
        note="\n".join((table.note, *table.remarks)),
        cells=[
            CellRow(c.sector, c.label, c.year, c.value, c.status, c.illustrative, c.fetched_index)
            for c in table.cells
        ],
        fetches=fetches,
        at=workspace.settings.current_time(),
    )
    return is_new


def _released_on(sighting: Sighting, table: PdrbTable) -> date | None:
    """The day of the publication; without one the day on which the table last changed."""
    if sighting.release and not sighting.release.announced:
        return sighting.release.released_on
    return table.last_update.astimezone(JAKARTA).date() if table.last_update else None


def _message(workspace: Workspace, sighting: Sighting, tables: list[PdrbTable], outcome: PollOutcome) -> str:
    year, release = workspace.agency.year.year, sighting.release
    if outcome is PollOutcome.RELEASED:
        when = f" pada {format_date(release.released_on)}" if release and not release.announced else ""
        return f"BPS merilis PDRB {year}{when}."
    if outcome is PollOutcome.REVISED:
        return f"Angka PDRB {year} direvisi BPS."
    if tables:
        return f"PDRB {year} di BPS tidak berubah sejak pemeriksaan terakhir."
    newest = f" Tahun terakhir yang tersedia: {max(sighting.years)}." if sighting.years else ""
    if year in sighting.years:
        newest = " Tabelnya sudah menyebut tahun itu, tetapi belum berisi angka."
    if release is None:
        return f"BPS belum merilis PDRB {year}.{newest}"
    when = format_date(release.released_on)
    if release.announced:
        return f"BPS belum merilis PDRB {year}.{newest} Rilis diumumkan untuk {when}."
    return f"BPS sudah menerbitkan {release.title!r} pada {when}, tetapi tabelnya menyusul.{newest}"
