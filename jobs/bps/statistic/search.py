"""Which statistics a region has at BPS, ready to be pasted into ``indicators.yaml``; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.bps import BpsClient
from connectors.bps.dynamic.decode import DynamicTable, Item
from connectors.bps.dynamic.series import newest_listed_years
from connectors.bps.statistic.find import domain_of, search_tables
from connectors.bps.statistic.read import StatisticTable, read_table
from connectors.bps.statistic.titles import FoundTable
from core.errors import ImplausibleFigureError, KeyRefusedError, SettingsError, SourceError
from core.periods import YEAR, Part, Period, periods_in
from jobs.bps.session import open_client
from jobs.bps.sources import checked_domain
from jobs.workspace import Workspace
from office.bps import NATIONAL, is_address, read_address

MOST_TABLES = 10
"""So many tables are looked into, two requests each; of the others only title and number are told."""
SHOWN = 40
"""Labels of rows that people are shown; ``--json`` has them all."""
_YEARS_WITHOUT_LIST = 2


@dataclass(frozen=True)
class Statistics:
    """A table that an indicator could take.

    Attributes:
        rows, characteristics, periods: Labels as BPS writes them; ``characteristics`` is empty where the
            table has one column only.
        years: The newest that BPS lists.
        entry: A line to paste: the first row, column and part of the year, to be changed.
        problem: Why it could not be looked into, in Indonesian.
    """

    domain: str
    table: int
    title: str
    unit: str = ""
    rows: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    entry: str = ""
    problem: str = ""

    def as_text(self) -> str:
        """For people."""
        lines = [f"tabel {self.table}, {self.title}" + (f" ({self.unit})" if self.unit else "")]
        if self.rows:
            lines.append(f"    baris: {_some(self.rows)}")
        if self.characteristics:
            lines.append(f"    karakteristik: {_some(self.characteristics)}")
        if self.periods:
            lines.append(f"    periode: {', '.join(self.periods)}")
        if self.years:
            lines.append(f"    tahun terbaru: {', '.join(map(str, self.years[::-1]))}")
        if self.entry:
            lines.append(f"    untuk indicators.yaml: {self.entry}")
        return "\n".join([*lines, *([f"    Perhatian: {self.problem}"] if self.problem else [])])


@dataclass(frozen=True)
class FoundStatistics:
    """What BPS has for some words or a web address."""

    wanted: str
    domains: tuple[str, ...]
    tables: tuple[Statistics, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "find": self.wanted,
            "domains": list(self.domains),
            "tables": [
                {name: list(v) if isinstance(v, tuple) else v for name, v in vars(table).items()}
                for table in self.tables
            ],
        }

    def as_text(self) -> str:
        """For people: by region, then how to go on."""
        if not self.tables:
            return (
                f"Tidak ada tabel dinamis yang judulnya memuat {self.wanted!r} pada wilayah "
                f"{', '.join(self.domains)}. Coba kata yang lebih sedikit, atau --domain lain."
            )
        lines = []
        for domain in self.domains:
            tables = [table for table in self.tables if table.domain == domain]
            lines += [f"Wilayah {domain}:", *(table.as_text() for table in tables)] if tables else []
        return "\n".join([*lines, _HOW])


_HOW = (
    "Ganti row, characteristic dan period menurut yang diperlukan. take: value (bawaan), growth, points, "
    "atau share dengan of: baris seluruhnya."
)


def find_statistics(workspace: Workspace, wanted: str, domain: str = "") -> FoundStatistics:
    """Look for tables by words of their title, or for the one whose page a web address is.

    Args:
        workspace: Whose key and limits are used.
        wanted: Words, or the address of a table on a site of BPS.
        domain: Four digits; when left out, the office's own region and its province, and where both have
            none, the nation. The region of an address follows from its host.

    Raises:
        SettingsError: ``wanted`` is empty or no address of a dynamic table, or ``domain`` no code.
        SourceError: BPS cannot be read.
    """
    if not wanted.strip():
        raise SettingsError("--find kosong.", todo='tulis misalnya --find "pengangguran terbuka".')
    bps = workspace.agency.office.bps
    own = bps.domain if bps else checked_domain(domain) or NATIONAL
    with open_client(workspace) as client:
        if is_address(wanted):
            try:
                address = read_address(wanted)
            except ValueError as cause:
                todo = "buka tabelnya di situs BPS dan salin alamatnya."
                raise SettingsError(f"{cause}.", todo=todo) from cause
            region = checked_domain(domain) or domain_of(client, address.host)
            found = [FoundTable(region, address.var_id)]
            regions: Sequence[str] = (region,)
        else:
            regions, found = _search(client, wanted, checked_domain(domain), own)
        office = workspace.agency.office.region
        today = workspace.settings.current_day().year
        tables = [
            _look(client, table, office, today, own) if number < MOST_TABLES else _untouched(table)
            for number, table in enumerate(found)
        ]
    return FoundStatistics(wanted, tuple(regions), tuple(tables))


def _search(
    client: BpsClient, wanted: str, domain: str, own: str
) -> tuple[tuple[str, ...], list[FoundTable]]:
    """The tables of the region and its province; without any, those of the nation."""
    if domain:
        return (domain,), search_tables(client, domain, wanted)
    asked = tuple(dict.fromkeys((own, f"{own[:2]}00", NATIONAL)))
    found: list[FoundTable] = []
    for region in asked:
        if region == NATIONAL and found:
            return asked[:-1], found
        found += search_tables(client, region, wanted)
    return asked, found


def _untouched(table: FoundTable) -> Statistics:
    return Statistics(table.domain, table.var_id, table.title, table.unit)


def _look(client: BpsClient, found: FoundTable, office: str, this_year: int, own: str) -> Statistics:
    try:
        years = newest_listed_years(client, found.domain, found.var_id)
        tried = years[-1:] or tuple(range(this_year - _YEARS_WITHOUT_LIST, this_year))
        table = read_table(client, found, tried)
    except KeyRefusedError:
        raise
    except (SourceError, ImplausibleFigureError) as error:
        return replace(_untouched(found), problem=str(error))
    if not table.parts:
        return replace(_untouched(found), years=years, problem="Tabel belum berisi angka.")
    part = table.parts[-1]
    columns = [item.label for item in part.turvar] if len(part.turvar) > 1 else []
    return Statistics(
        domain=found.domain,
        table=found.var_id,
        title=table.title,
        unit=table.unit,
        rows=tuple(item.label for item in part.vervar),
        characteristics=tuple(columns),
        periods=tuple(item.label for item in part.turth),
        years=years,
        entry=_entry(table, columns, office, own),
    )


def _entry(table: StatisticTable, columns: list[str], office: str, own: str) -> str:
    """What can be pasted: the office's own row where the table has it, what has figures first."""
    part = table.parts[-1]
    period = _annual(part)
    fields = {"table": str(part.var_id)}
    if len(part.vervar) > 1:
        fields["row"] = _own_row(part.vervar, office)
    if columns:
        fields["characteristic"] = next((c for c in columns if c.casefold() in _WHOLES), columns[0])
    fields |= {"period": str(period)} if period != YEAR else {}
    fields |= {"domain": f'"{table.found.domain}"'} if table.found.domain != own else {}
    return f"bps: {{{', '.join(f'{name}: {_quoted(text)}' for name, text in fields.items())}}}"


_WHOLES = ("jumlah", "total", "laki-laki + perempuan", "perkotaan + perdesaan")


def _own_row(rows: Sequence[Item], office: str) -> str:
    """The office's region where it is one of the rows, else the first."""
    name = office.casefold().removeprefix("kabupaten ")
    own = (row.label for row in rows if row.label.casefold().removeprefix("kabupaten ") == name)
    return next(own, rows[0].label)


def _annual(part: DynamicTable) -> Period:
    """By which part a year is judged: itself, its last month or quarter, or what is filled."""
    filled = {cell.turth for cell in part.cells}
    named = {period for item in part.turth if item in filled for period in periods_in(item.label)}
    listed = {period for item in part.turth for period in periods_in(item.label)}
    for wanted in (YEAR, Period(Part.MONTH, 12), Period(Part.QUARTER, 4)):
        if wanted in (named if wanted == YEAR else listed):
            return wanted
    return min(named, key=str, default=YEAR)


def _quoted(text: str) -> str:
    plain = text.startswith('"') or (text and not set(text) & set(",:{}[]#&*!|>'\"%@`"))
    return text if plain else '"' + text.replace('"', "'") + '"'


def _some(labels: Sequence[str]) -> str:
    more = f" dan {len(labels) - SHOWN} lagi" if len(labels) > SHOWN else ""
    return ", ".join(labels[:SHOWN]) + more
