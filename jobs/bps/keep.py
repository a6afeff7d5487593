"""Keeping what a look at BPS read, in one transaction, and saying what it means for the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from connectors.bps import PdrbTable, Release, with_url
from connectors.bps.channels import SOURCE, USED_CHANNELS
from connectors.bps.dynamic.series import REQUIRED
from core.dates import JAKARTA
from core.errors import LkjipError
from jobs.answers import keep_fetch
from jobs.bps.agreement import find_disagreements, summarise
from jobs.bps.cross_check import CrossCheck
from jobs.bps.message import tell
from jobs.bps.statistic.keep import keep_statistics
from jobs.bps.statistic.look import StatisticsLook
from jobs.bps.statistic.wanted import MARK
from jobs.bps.watch import Memory, Reading, Sighting, Target
from jobs.workspace import Workspace
from models.bps.observations import CellRow, TableState, holds_year, is_kept, record_table, values, vintages
from models.bps.polls import finish_poll, last_good_poll, record_release
from models.bps.tables import PollOutcome
from models.bps.tables import Release as ReleaseRow
from models.session import open_session
from models.tables import Fetch

Known = tuple[frozenset[str], frozenset[str]]
"""Measures of the reporting year that were stored: by the dynamic tables, and by any channel that is used."""
_WEIGHT = (PollOutcome.NO_NEWS, PollOutcome.REVISED, PollOutcome.RELEASED)
"""What a look is called that brought several: the last of these."""
TABLES_FOLLOW = timedelta(days=30)
"""How long after its book a table may come and still be that book's."""


@dataclass(frozen=True)
class PollResult:
    """How a poll ended.

    Attributes:
        message: A sentence for the office.
        problems: What else a person should know, in Indonesian.
        announced: Releases to come: channel, title, day (ISO).
        holds_year: Whether figures of the reporting year are stored now.
    """

    outcome: PollOutcome
    message: str
    requests: int
    holds_year: bool = False
    problems: tuple[str, ...] = ()
    announced: tuple[dict[str, str], ...] = ()

    @property
    def news(self) -> bool:
        """Whether there is something new to put into the report."""
        return self.outcome in (PollOutcome.RELEASED, PollOutcome.REVISED)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        rows = {name: value for name, value in asdict(self).items() if name != "holds_year"}
        return {**rows, "outcome": self.outcome.value, "news": self.news}

    def as_text(self) -> str:
        """For people."""
        return "\n".join([self.message, *(f"Perhatian: {problem}" for problem in self.problems)])


def recall(workspace: Workspace, target: Target) -> Memory:
    """What earlier looks at a region left in the database."""
    with open_session(workspace.engine, read_only=True) as session:
        poll = last_good_poll(session, SOURCE, target.domain)
        known = {
            (measure, sector, year): observation.value
            for measure in ("adhb", "adhk", "growth", "share")
            for (sector, year), observation in _newest_values(session, target, measure).items()
        }
        return Memory(dict(poll.marks) if poll else {}, known)


def _newest_values(session: Session, target: Target, measure: str) -> dict[tuple[str, int], Any]:
    """For every category and year the value of the newest dynamic vintage that has it."""
    base_year = target.base_year if measure in ("adhk", "growth") else None
    newest: dict[tuple[str, int], Any] = {}
    for vintage in vintages(session, SOURCE, target.domain, measure, base_year=base_year, channel="dynamic"):
        newest.update(values(session, vintage))
    return newest


def is_new(workspace: Workspace, tables: Iterable[PdrbTable]) -> bool:
    """Whether any of ``tables`` says something that is not stored yet."""
    with open_session(workspace.engine, read_only=True) as session:
        return any(not _is_kept(session, table) for table in tables)


def keep_look(
    workspace: Workspace,
    memory: Memory,
    sighting: Sighting,
    reading: Reading,
    others: CrossCheck,
    statistics: StatisticsLook | None = None,
) -> PollResult:
    """Keep what is new and write the look down, all of it or nothing.

    Without ``statistics`` what earlier looks learnt of them stays.

    A main table that another channel made doubtful is left out; the look's problems say so. A look that
    found nothing new writes its own row and no other.
    """
    now, target = workspace.settings.current_time(), sighting.target
    marks = _marks(sighting, reading, others) | {MARK: memory.marks.get(MARK) or {}}
    if statistics is not None:
        marks[MARK] = statistics.marks
    statistics = statistics or StatisticsLook()
    requests = sighting.requests + reading.requests + others.requests + statistics.requests
    reading = replace(reading, tables=tuple(t for t in reading.tables if t.measure not in others.doubts))
    announced = tuple(_announcement(release) for release in sighting.announced)
    with open_session(workspace.engine, read_only=True) as session:
        fresh = [t for t in (*reading.tables, *others.tables) if not _is_kept(session, t)]
        known = _held(session, target, "dynamic"), _held(session, target, *USED_CHANNELS)
    with open_session(workspace.engine) as session:
        for table in fresh:
            _record(session, workspace, sighting, table, now)
        if fresh:
            _record_release(session, sighting, others.site, now)
        news = keep_statistics(session, statistics, target.year, now)
        outcome = _outcome(target, fresh, known)
        disagreeing = find_disagreements(session, SOURCE, target.domain, target.year)
        problems = (*sighting.problems, *reading.problems, *others.problems, *statistics.problems)
        problems += (*news.problems, *summarise(disagreeing))
        problems += tuple(r for table in fresh if table.channel == "dynamic" for r in table.remarks)
        told = tell(memory, sighting, reading, outcome) if target.pdrb else ""
        message = " ".join(part for part in (told, news.message) if part)
        outcome = max(outcome, news.outcome, key=_WEIGHT.index)
        finish_poll(
            session,
            source=SOURCE,
            domain=target.domain,
            finished_at=now,
            outcome=outcome,
            message=message,
            requests=requests,
            marks=marks,
            announced=announced,
            problems=problems,
        )
        holds = news.holds_year or bool(_held(session, target, *USED_CHANNELS))
    return PollResult(outcome, message, requests, holds, problems, announced)


def keep_failure(
    workspace: Workspace,
    target: Target,
    error: LkjipError,
    requests: int = 0,
    statistics: StatisticsLook | None = None,
) -> PollResult:
    """Write down that a look failed, and keep the other statistics that it read all the same."""
    now = workspace.settings.current_time()
    with open_session(workspace.engine) as session:
        news = keep_statistics(session, statistics, target.year, now) if statistics else None
        message = f"{error} {news.message}" if news and news.message else str(error)
        problems = (*statistics.problems, *news.problems) if statistics and news else ()
        finish_poll(
            session,
            source=SOURCE,
            domain=target.domain,
            finished_at=now,
            outcome=PollOutcome.FAILED,
            message=message,
            requests=requests,
            problems=problems,
        )
    return PollResult(PollOutcome.FAILED, message, requests, bool(news and news.holds_year), problems)


def _marks(sighting: Sighting, reading: Reading, others: CrossCheck) -> dict[str, Any]:
    """What the next look goes by; a choice of tables that gave nothing is not remembered."""
    marks = {**sighting.marks(), "looked": dict(others.looked or {}), "site": others.site}
    if reading.gone:
        del marks["series"]
    return marks


# --- rows ---------------------------------------------------------------------------------------


def _cells(table: PdrbTable) -> list[CellRow]:
    return [
        CellRow(c.sector, c.label, c.year, c.value, c.status, c.illustrative, c.fetched_index)
        for c in table.cells
    ]


def _state(table: PdrbTable) -> TableState:
    identity = SOURCE, table.domain, table.measure, table.channel, table.base_year, str(table.table_id)
    return TableState(*identity, unit=table.unit, last_update=table.last_update)


def _is_kept(session: Session, table: PdrbTable) -> bool:
    return is_kept(session, _state(table), _cells(table))


def keep_answers(session: Session, table: PdrbTable) -> list[Fetch]:
    """Keep the bytes that a table was read from, in its order."""
    return [keep_fetch(session, SOURCE, fetched) for fetched in table.fetched]


def record_pdrb(
    session: Session,
    table: PdrbTable,
    *,
    fetches: Sequence[Fetch],
    released_on: date | None,
    at: datetime,
) -> bool:
    """Keep a table of any channel; whether it was new.

    Args:
        session: Of the caller's transaction.
        table: Checked.
        fetches: By :func:`keep_answers`.
        released_on: BPS's day of the figures, where known.
        at: The present moment.
    """
    _, was_new = record_table(
        session,
        _state(table),
        _cells(table),
        fetches,
        title=table.title,
        released_on=released_on,
        note="\n".join((table.note, *table.remarks)),
        at=at,
    )
    return was_new


def _record(
    session: Session, workspace: Workspace, sighting: Sighting, table: PdrbTable, now: datetime
) -> None:
    released_on = _released_on(sighting, table, workspace.settings.current_day())
    record_pdrb(session, table, fetches=keep_answers(session, table), released_on=released_on, at=now)


def _released_on(sighting: Sighting, table: PdrbTable, today: date) -> date | None:
    """The day of BPS's newest release of PDRB that the figures can come from, else of their last change.

    A later book revises the years before it, so a figure read after it is that book's. A table that
    changed long after every book was revised by itself, on the day it says.
    """
    changed = table.last_update.astimezone(JAKARTA).date() if table.last_update else None
    books = [
        r.released_on for r in sighting.releases if not r.announced and r.about_year >= sighting.target.year
    ]
    newest = max((day for day in books if day <= today), default=None)
    if newest is None or (changed is not None and changed - newest > TABLES_FOLLOW):
        return changed
    return newest


def _record_release(session: Session, sighting: Sighting, site: str, now: datetime) -> None:
    release = sighting.release
    if release is None or release.announced:
        return
    release = with_url(release, site)
    seen = ReleaseRow(
        source=SOURCE, domain=sighting.target.domain, year=sighting.target.year, title=release.title,
        channel=release.channel, released_on=release.released_on, url=release.url, detected_at=now,
    )  # fmt: skip
    record_release(session, seen)


def _announcement(release: Release) -> dict[str, str]:
    return {
        "channel": release.channel,
        "title": release.title,
        "day": release.released_on.isoformat(),
        "about_year": str(release.about_year),
    }


def _held(session: Session, target: Target, *channels: str) -> frozenset[str]:
    """The measures of the reporting year that are stored, of certain channels."""
    return frozenset(
        measure
        for measure in REQUIRED
        if holds_year(session, SOURCE, target.domain, measure, target.year, channels=channels)
    )


def _outcome(target: Target, fresh: Sequence[PdrbTable], known: Known) -> PollOutcome:
    """A release is the first time that a measure of the year has figures; a later change revises them.

    What another channel says counts only while the dynamic table, which wins, is silent.
    """
    new = {
        table.measure
        for table in fresh
        if table.measure in REQUIRED
        and target.year in table.years
        and (table.channel == "dynamic" or (table.channel in USED_CHANNELS and table.measure not in known[0]))
    }
    if not new:
        return PollOutcome.NO_NEWS
    return PollOutcome.REVISED if new <= known[1] else PollOutcome.RELEASED
