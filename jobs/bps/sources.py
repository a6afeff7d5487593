"""Which tables of PDRB a region has at BPS, and why each was chosen; nothing is stored."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from connectors.bps import BpsClient, FoundSeries, PdrbTable, Series
from connectors.bps.checks import compare_tables
from connectors.bps.dynamic.pdrb import read_sectors, read_table
from connectors.bps.dynamic.series import listed_years, search_series
from core.errors import ImplausibleFigureError, SettingsError, SourceError
from jobs.bps.session import open_client
from jobs.workspace import Workspace
from office.identity import BpsSource

WORDS = {
    "adhb": "harga berlaku",
    "adhk": "harga konstan",
    "growth": "laju pertumbuhan",
    "share": "distribusi",
}

_NEWEST = 2
"""Years of a table that are read, so that its growth can be compared: one request."""
_WITHOUT_LIST = 4


@dataclass(frozen=True)
class SectorSeries:
    """A category or sub-category of a table that was found, with its years, listed or filled."""

    sector: str
    measure: str
    unit: str
    var: int
    title: str
    years: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Sources:
    """What was found for a region, and what a person should know of it."""

    domain: str
    series: tuple[SectorSeries, ...]
    problems: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        rows = [{**asdict(row), "years": list(row.years)} for row in self.series]
        return {"series": rows, "problems": list(self.problems)}

    def as_text(self) -> str:
        """For people: a table of BPS at a time."""
        lines = []
        for measure, words in WORDS.items():
            rows = [row for row in self.series if row.measure == measure]
            if not rows:
                lines.append(f"{words}: tidak ditemukan")
                continue
            first = rows[0]
            years = f"{first.years[0]}-{first.years[-1]}" if first.years else "belum ada tahun"
            lines += [
                f"{words}: tabel {first.var}, {first.title} ({first.unit})",
                f"    dipilih karena: {first.reason}",
                f"    tahun: {years}; kategori: {' '.join(row.sector for row in rows)}",
            ]
        return "\n".join([*lines, *(f"Perhatian: {problem}" for problem in self.problems)])


def checked_domain(domain: str) -> str:
    """The code of one region as a person wrote it; empty when left out.

    Raises:
        SettingsError: It is not four digits.
    """
    if domain and not re.fullmatch(r"[0-9]{4}", domain):
        raise SettingsError(
            f"Wilayah {domain!r} tidak dikenal.",
            todo="tulis kode BPS empat angka, misalnya 3529; tanpa --domain dipakai wilayah instansi.",
        )
    return domain


def inspect_bps(workspace: Workspace, domain: str = "") -> Sources:
    """Look at BPS for the PDRB tables of a region.

    Args:
        workspace: Whose key and limits are used; its pins count for its own region only.
        domain: Four digits; the office's own when left out.

    Raises:
        SettingsError: ``domain`` is no code of a region.
        SourceError: BPS cannot be read at all. That no table fits, that a table cannot be used or that
            tables contradict each other is an answer, not an error.
    """
    asked, office = checked_domain(domain), workspace.agency.office
    own = BpsSource(domain=asked) if asked and office.bps is None else office.bps_source
    wanted = asked or own.domain
    this_year = workspace.settings.current_day().year
    with open_client(workspace) as client:
        found = search_series(client, wanted, own.pins if wanted == own.domain else {}, own.base_year)
        problems = list(found.problems)
        seen = [_look(client, found, series, this_year, problems) for series in found.series.values()]
    problems += _contradictions([look.table for look in seen if look.table is not None])
    rows = [row for look in seen for row in look.rows()]
    return Sources(wanted, tuple(rows), tuple(dict.fromkeys(problems)))


@dataclass(frozen=True)
class _Look:
    """What one table of BPS shows.

    Attributes:
        years: Listed or with figures.
        sectors: That its rows name.
        table: In its newest years; None when its figures cannot be used.
    """

    series: Series
    years: tuple[int, ...]
    sectors: tuple[str, ...]
    table: PdrbTable | None

    def rows(self) -> list[SectorSeries]:
        """A row for each sector."""
        found = self.series
        unit, title = (
            (self.table.unit_original, self.table.title) if self.table else (found.unit, found.title)
        )
        return [
            SectorSeries(sector, found.measure, unit, found.var_id, title, self.years, found.reason)
            for sector in self.sectors
        ]


def _look(
    client: BpsClient, found: FoundSeries, series: Series, this_year: int, problems: list[str]
) -> _Look:
    """Look at a table in its newest years."""
    try:
        years = listed_years(client, found.domain, series.var_id)
    except SourceError as error:
        problems.append(str(error))
        years = ()
    # Without a list of years the last ones are tried: a release comes in the year after.
    tried = years[-_NEWEST:] if years else tuple(range(this_year - _WITHOUT_LIST, this_year))
    try:
        table = read_table(client, found, series, tried)
    except SourceError as error:
        problems.append(str(error))
        return _Look(series, years, (), None)
    except ImplausibleFigureError as error:
        problems.append(str(error))
        return _Look(series, years, _sectors(client, found, series, tried), None)
    if not table.cells:
        problems.append(f"Tabel {series.var_id} ({series.title}) belum berisi angka.")
    sectors = tuple(dict.fromkeys(cell.sector for cell in table.cells))
    return _Look(series, tuple(sorted({*years, *table.years})), sectors, table if sectors else None)


def _sectors(
    client: BpsClient, found: FoundSeries, series: Series, years: tuple[int, ...]
) -> tuple[str, ...]:
    """The categories of a table whose figures cannot be used; its problem is already said."""
    try:
        return read_sectors(client, found, series, years)
    except (SourceError, ImplausibleFigureError):
        return ()


def _contradictions(tables: list[PdrbTable]) -> list[str]:
    """What the tables say against each other and what is odd in each."""
    try:
        compared = compare_tables(tables)
    except ImplausibleFigureError as error:
        return [str(error)]
    return [remark for table in compared for remark in table.remarks]
