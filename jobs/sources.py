"""Which tables of PDRB a region has at BPS, and why each was chosen; nothing is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from connectors.bps import BpsClient, FoundSeries, Series, available_years, find_series, read_pdrb
from core.errors import ImplausibleFigureError, NothingFoundError
from jobs.bps_session import open_client
from jobs.workspace import Workspace

WORDS = {
    "adhb": "harga berlaku",
    "adhk": "harga konstan",
    "growth": "laju pertumbuhan",
    "share": "distribusi",
}


@dataclass(frozen=True)
class SectorSeries:
    """A category of a table that was found, with the years BPS lists for it."""

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


def inspect_bps(workspace: Workspace, domain: str = "") -> Sources:
    """Look at BPS for the PDRB tables of a region.

    Args:
        workspace: Whose key and limits are used; its pins count for its own region only.
        domain: Four digits; the office's own when left out.

    Raises:
        SourceError: BPS cannot be read at all. That no table fits is an answer, not an error.
    """
    own = workspace.agency.office.bps
    wanted = domain or own.domain
    with open_client(workspace) as client:
        try:
            found = find_series(client, wanted, own.pins if wanted == own.domain else {}, own.base_year)
        except NothingFoundError as error:
            return Sources(wanted, (), (str(error),))
        rows: list[SectorSeries] = []
        problems = list(found.problems)
        for series in found.series.values():
            rows += _sectors(client, found, series, problems)
    return Sources(wanted, tuple(rows), tuple(problems))


def _sectors(
    client: BpsClient, found: FoundSeries, series: Series, problems: list[str]
) -> list[SectorSeries]:
    """The categories of one table, read in its newest year that has figures."""
    years = available_years(client, found, series.measure)
    only = FoundSeries(found.domain, found.base_year, {series.measure: series})
    try:
        tables = read_pdrb(client, only, years[-2:]) if years else []
    except ImplausibleFigureError as error:
        problems.append(str(error))
        tables = []
    if not tables:
        problems.append(f"Tabel {series.var_id} ({series.title}) belum berisi angka yang dapat dipakai.")
    return [
        SectorSeries(
            sector, series.measure, table.unit_original, series.var_id, table.title, years, series.reason
        )
        for table in tables
        for sector in dict.fromkeys(cell.sector for cell in table.cells)
    ]
