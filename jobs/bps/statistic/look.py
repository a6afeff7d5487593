"""Looking at BPS for the statistics that an office's indicators name, within the look for its region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from connectors.bps import BpsClient
from connectors.bps.channels import SOURCE
from connectors.bps.revisions import check_statistic
from connectors.bps.statistic.find import domain_of, find_table
from connectors.bps.statistic.read import StatisticCell, StatisticTable, read_table, take_cells
from connectors.bps.statistic.titles import FoundTable
from core.errors import ImplausibleFigureError, KeyRefusedError, LkjipError, SourceError
from jobs.bps.chosen import CHOICE_LASTS
from jobs.bps.statistic.wanted import CHOSEN, HOSTS, MARK, Wanted, list_wanted, wants_pdrb
from jobs.bps.watch import Memory
from jobs.workspace import Workspace
from models.bps.observations import values, vintages
from models.session import open_session

Known = Mapping[tuple[str, int], Decimal]


@dataclass(frozen=True)
class TableReading:
    """A table with the figures that indicators need of it.

    Attributes:
        series: The name under which its states are kept.
        cells: Each place and year once.
    """

    series: str
    table: StatisticTable
    cells: tuple[StatisticCell, ...]


@dataclass(frozen=True)
class StatisticsLook:
    """What was read of the statistics.

    Attributes:
        wanted: What the indicators name, with the regions that are known now.
        marks: What the next look goes by: regions of sites, and the tables that were chosen.
        problems: What a person should know, in Indonesian, each with its indicator.
        refused: Those indicators.
    """

    wanted: tuple[Wanted, ...] = ()
    readings: tuple[TableReading, ...] = ()
    marks: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    requests: int = 0


def look_at_statistics(
    workspace: Workspace, client: BpsClient, memory: Memory, *, accept_revision: bool = False
) -> StatisticsLook:
    """Find and read every table that an indicator names.

    What one indicator cannot have stops no other; it becomes a problem.

    Args:
        workspace: Office, year and database.
        client: Of the WebAPI.
        memory: What earlier looks left.
        accept_revision: Take figures that moved beyond belief, since a person has looked.

    Raises:
        KeyRefusedError: BPS refuses the key.
        SourceError, ImplausibleFigureError: No table could be read, and the office takes nothing else of BPS.
    """
    marks = memory.marks.get(MARK) or {}
    look = _Look(workspace, client, dict(marks.get(HOSTS) or {}), dict(marks.get(CHOSEN) or {}))
    before = client.requests
    wanted = look.with_regions(list_wanted(workspace.agency, look.hosts))
    readings = [reading for _, group in _by_table(wanted) for reading in look.read(group, accept_revision)]
    if look.errors and not readings and not wants_pdrb(workspace.agency):
        raise next(iter(look.errors.values()))
    return StatisticsLook(
        wanted=tuple(wanted),
        readings=tuple(readings),
        marks={HOSTS: look.hosts, CHOSEN: look.chosen},
        problems=tuple(f"Indikator {indicator}: {error}" for indicator, error in look.errors.items()),
        refused=frozenset(look.errors),
        requests=client.requests - before,
    )


def _by_table(wanted: Iterable[Wanted]) -> Iterator[tuple[tuple[str, str], list[Wanted]]]:
    def table(entry: Wanted) -> tuple[str, str]:
        return entry.domain, entry.statistic.series

    for key, group in groupby(sorted((w for w in wanted if w.domain), key=table), key=table):
        yield key, list(group)


class _Look:
    """One look: what it learns of sites and tables, and what went wrong."""

    def __init__(
        self, workspace: Workspace, client: BpsClient, hosts: dict[str, str], chosen: dict[str, Any]
    ) -> None:
        self._agency, self._today = workspace.agency, workspace.settings.current_day()
        self._workspace, self._client = workspace, client
        self.hosts, self.chosen = hosts, chosen
        self.errors: dict[str, LkjipError] = {}

    def with_regions(self, wanted: list[Wanted]) -> list[Wanted]:
        """The same with the region of every site that an address names."""
        for entry in wanted:
            address = entry.statistic.address
            if entry.domain or address is None or address.host in self.hosts:
                continue
            try:
                self.hosts[address.host] = domain_of(self._client, address.host)
            except SourceError as error:
                self._note([entry], error)
        return list_wanted(self._agency, self.hosts)

    def read(self, group: list[Wanted], accept_revision: bool) -> list[TableReading]:
        """The table that a group of indicators names; none when it cannot be read or holds nothing."""
        year = self._agency.year.year
        try:
            table = read_table(self._client, self._find(group[0]), [year - 1, year])
        except (SourceError, ImplausibleFigureError) as error:
            self._note(group, error)
            return []
        known = {} if accept_revision else self._known(group[0], table)
        cells: dict[tuple[str, int], StatisticCell] = {}
        for entry in group:
            try:
                taken = take_cells(table, entry.statistic)
                for cell in taken:
                    check_statistic(cell, table.title, table.unit, known.get((cell.place, cell.year)))
            except (SourceError, ImplausibleFigureError) as error:
                self._note([entry], error)
                continue
            cells.update({(cell.place, cell.year): cell for cell in taken})
        return [TableReading(group[0].statistic.series, table, tuple(cells.values()))] if cells else []

    def _note(self, group: list[Wanted], error: LkjipError) -> None:
        if isinstance(error, KeyRefusedError):
            raise error
        self.errors |= {entry.indicator: error for entry in group}

    def _find(self, entry: Wanted) -> FoundTable:
        """The number of a table: the office's, that of an earlier look, or by its title."""
        if entry.statistic.var_id is not None:
            return FoundTable(entry.domain, entry.statistic.var_id)
        key = f"{entry.domain}/{entry.statistic.series}"
        mark = self.chosen.get(key)
        if mark and self._today - date.fromisoformat(mark["on"]) < CHOICE_LASTS:
            return FoundTable(entry.domain, mark["var_id"], mark["title"], mark["unit"])
        found = find_table(
            self._client,
            entry.domain,
            entry.statistic.table,
            region=self._agency.office.region,
            year=self._agency.year.year,
        )
        self.chosen[key] = {
            "var_id": found.var_id,
            "title": found.title,
            "unit": found.unit,
            "on": self._today.isoformat(),
        }
        return found

    def _known(self, entry: Wanted, table: StatisticTable) -> Known:
        """The kept figures in the table's unit, by place and year."""
        newest: dict[tuple[str, int], Decimal] = {}
        with open_session(self._workspace.engine, read_only=True) as session:
            for vintage in vintages(session, SOURCE, entry.domain, entry.statistic.series):
                if vintage.unit == table.unit:
                    newest.update({place: o.value for place, o in values(session, vintage).items()})
        return newest
