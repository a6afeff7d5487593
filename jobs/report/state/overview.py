"""How the indicators of a year stand, as its last issue says it, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from core.dates import JAKARTA, MONTHS, format_time
from core.errors import AgencyDataError
from jobs.report.entries.figures import entered_realisasi
from jobs.report.realisasi import select_realisasi
from jobs.report.state.facts import YearFacts
from jobs.workspace import Workspace
from models.report.entries import list_entries
from models.report.issues import IssueHeading, latest_issue
from models.report.realisasi import list_realisasi
from models.report.tables import EnteredFigure, RealisasiRecord
from models.session import open_session
from models.snapshots import first_fetches
from office.confirmation import year_state
from office.layout import years_of
from reports.data import indicator_rows
from reports.measuring import measure_year
from reports.origins import build_origins

Json = Mapping[str, Any]
WAITING = "waiting"
_ROW = dict.fromkeys(
    ("target_document", "reason", "institution", "due", "not_computable", "standing", "status"), ""
)
_FIGURE = {"steps": (), "notes": (), "inputs": (), "released": "", "source": "", "source_url": ""}
_INPUT = {"snapshot": "", "url": "", "status": "", "released_on": "", "illustrative": False}
"""What an issue of an older program may not say."""


@dataclass(frozen=True)
class IndicatorState:
    """An indicator as it stands.

    Attributes:
        row: As ``report.json`` has it.
        since: From when on it waits, or has its realisasi; None before the first issue.
        released_on: The day of release that its source says.
    """

    row: Json
    since: datetime | None
    released_on: date | None

    @property
    def waiting(self) -> bool:
        """Whether there is no realisasi yet."""
        return bool(self.row["state"] == WAITING)

    def is_late(self, today: date) -> bool:
        """Whether the month is over in which its figure was due."""
        month, _, year = str(self.row["due"] if self.waiting else "").partition(" ")
        if month not in MONTHS or not year.isdecimal():
            return False
        return (today.year, today.month) > (int(year), MONTHS.index(month) + 1)


@dataclass(frozen=True)
class Awaited:
    """Indicators that wait for the same, since the same moment.

    Attributes:
        whom: The institution; empty where it is the office itself.
        reason: In the words of the report.
        due: When it should come, ``April 2024``; empty where nobody knows.
    """

    whom: str
    reason: str
    since: datetime | None
    due: str
    indicators: tuple[IndicatorState, ...]


@dataclass(frozen=True)
class YearOverview:
    """A year of an office.

    Attributes:
        state: How far it is confirmed, in Indonesian; empty where nothing needs to be said.
        issue: The last one; None before the first, when the indicators are those of the present data.
        trouble: Why the year's data cannot be read, in Indonesian; then the indicators are those of the
            last issue, or none before the first.
        later: What came since the issue and does not stand in it yet, in Indonesian.
        enterable: Ids of the indicators whose figure a person may enter.
    """

    year: int
    state: str
    issue: IssueHeading | None
    indicators: tuple[IndicatorState, ...]
    trouble: str = ""
    later: tuple[str, ...] = ()
    enterable: frozenset[str] = frozenset()

    @property
    def awaited(self) -> list[Awaited]:
        """What waits, put together by whom and since when; others before the office itself."""
        groups: dict[tuple[str, str, datetime | None, str], list[IndicatorState]] = {}
        for state in self.indicators:
            if state.waiting:
                row = state.row
                key = (row["institution"], row["reason"], state.since, row["due"])
                groups.setdefault(key, []).append(state)
        found = [Awaited(*key, indicators=tuple(members)) for key, members in groups.items()]
        return sorted(found, key=lambda group: not group.whom)


@dataclass(frozen=True)
class FigureOrigin:
    """Where an indicator's figures come from, down to the bytes.

    Attributes:
        figure: As ``figures`` of ``report.json`` has it.
        history: What it took from when on, newest first.
        fetches: When the bytes of each snapshot came, and how many they are.
        entries: What people entered for it, newest first; the first holds.
        enterable: Whether a person may enter its figure.
    """

    issue: IssueHeading | None
    indicator: IndicatorState
    figure: Json
    history: tuple[RealisasiRecord, ...]
    fetches: Mapping[str, tuple[datetime, int]]
    entries: tuple[EnteredFigure, ...]
    enterable: bool

    @property
    def entry(self) -> EnteredFigure | None:
        """Who entered the figure, where a person did."""
        evidence = self.figure.get("evidence", {}).get("snapshot", "")
        return next((e for e in self.entries if e.evidence_sha256 == evidence), None)


@dataclass(frozen=True)
class _Content:
    issue: IssueHeading | None
    rows: Sequence[Json]
    figures: Sequence[Json]


def read_year(workspace: Workspace, facts: YearFacts) -> YearOverview:
    """How the workspace's year stands.

    Args:
        workspace: Office and year.
        facts: Of its data as they are now.
    """
    year, folder = workspace.year, workspace.agency_folder
    confirmed = year_state(folder, year)
    state = "" if confirmed.confirmed else confirmed.as_text()
    with open_session(workspace.engine, read_only=True) as session:
        try:
            content = _content(session, workspace)
        except AgencyDataError as error:
            return YearOverview(year, state, None, (), error.message)
        records = list_realisasi(session, workspace.office_id, year)
        entries = list_entries(session, workspace.office_id, year)
    shown = tuple(_state_of(row, records) for row in content.rows)
    later = tuple(_later(content, entries))
    return YearOverview(year, state, content.issue, shown, facts.trouble, later, facts.enterable)


def read_origin(workspace: Workspace, facts: YearFacts, indicator: str) -> FigureOrigin | None:
    """Where the figures of an indicator come from; None where the year has no such indicator.

    Args:
        workspace: Office and year.
        facts: Of its data as they are now.
        indicator: Its id.

    Raises:
        AgencyDataError: Before the first issue: the year's data cannot be read.
    """
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        if year not in years_of(workspace.agency_folder) and not latest_issue(session, office, year):
            return None
        content = _content(session, workspace)
        row = next((row for row in content.rows if row["id"] == indicator), None)
        figure = next((figure for figure in content.figures if figure["id"] == indicator), None)
        if row is None or figure is None:
            return None
        records = list_realisasi(session, office, year, indicator)
        hashes = {entry["snapshot"] for entry in figure["inputs"] if entry["snapshot"]}
        fetches = first_fetches(session, hashes)
        entries = [entry for entry in list_entries(session, office, year) if entry.indicator == indicator]
    state = _state_of(row, records)
    return FigureOrigin(
        content.issue,
        state,
        figure,
        tuple(reversed(records)),
        fetches,
        tuple(reversed(entries)),
        indicator in facts.enterable,
    )


def _content(session: Session, workspace: Workspace) -> _Content:
    """What the last issue says; before the first, what the present data say.

    Prices are measured when an issue is made: here they would take longer than the whole page may.
    """
    latest = latest_issue(session, workspace.office_id, workspace.year)
    if latest is not None:
        heading = IssueHeading(latest.year, latest.number, latest.issued_at, latest.cause)
        rows = [_ROW | _waiting_of(row) | row for row in latest.report["indicators"]]
        return _Content(heading, rows, [_whole(figure) for figure in latest.report["figures"]])
    agency = workspace.agency
    realisasi = select_realisasi(session, agency, None, entered_realisasi(session, workspace))
    measured = measure_year(agency, realisasi)
    rows = indicator_rows(measured)
    return _Content(None, rows, [origin.as_dict() for origin in build_origins(measured)])


def _waiting_of(row: Json) -> dict[str, str]:
    return {"standing": WAITING} if row["state"] == WAITING else {}


def _whole(figure: Mapping[str, Any]) -> Json:
    inputs = [_INPUT | entry for entry in figure.get("inputs", ())]
    return {**_FIGURE, **figure, "inputs": inputs}


def _state_of(row: Json, records: Sequence[RealisasiRecord]) -> IndicatorState:
    """With the moment from which on its state, and as long as it has a realisasi that too, is what it is."""
    own = [record for record in records if record.indicator == row["id"]]
    since = None
    for record in reversed(own):
        if (record.state == WAITING) != (row["state"] == WAITING):
            break
        if row["state"] != WAITING and record.value != own[-1].value:
            break
        since = record.created_at
    return IndicatorState(row, since, own[-1].released_on if own else None)


def _later(content: _Content, entries: Sequence[EnteredFigure]) -> list[str]:
    if content.issue is None:
        return []
    names = {row["id"]: row["name"] for row in content.rows}
    newest = {entry.indicator: entry for entry in entries}
    return [
        f"{names.get(entry.indicator, entry.indicator)}: {entry.value} menurut {entry.source}, dimasukkan "
        f"{format_time(entry.entered_at.astimezone(JAKARTA))}"
        for entry in newest.values()
        if entry.entered_at > content.issue.issued_at
    ]
