"""Short ways to read what a test has made, and to put figures side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from connectors.bps import BpsClient
from connectors.bps.checks import compare_tables
from connectors.bps.dynamic.pdrb import read_table
from connectors.bps.labels import MEASURES
from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.table import PrintedFile, PrintedTable, measure_of, read_printed
from connectors.bps.tables import FoundSeries, PdrbTable
from connectors.web.transport import Fetched

FETCHED = Fetched("masuk/bps/uji", 200, {}, b"uji", datetime(2026, 4, 6, tzinfo=UTC))
Figures = dict[tuple[str, int], tuple[Decimal, str]]


def read(table: PrintedTable, base_year: int = 2010, channel: str = "pdf") -> PdrbTable:
    return read_printed(
        table,
        domain="7316",
        table_id="uji",
        channel=channel,
        base_year=base_year,
        fetched=(FETCHED,),
    )


def pdrb_of(file: PrintedFile) -> list[PdrbTable]:
    """Every table of PDRB in a file, read."""
    return [read(table) for table in file.tables if measure_of(table)]


def pdrb_of_pdf(content: bytes) -> list[PdrbTable]:
    return pdrb_of(read_pdf(content, "buku.pdf"))


def read_pdrb(client: BpsClient, found: FoundSeries, years: Iterable[int]) -> list[PdrbTable]:
    """Every dynamic table that was found, checked alone and against the others, as a look at BPS does."""
    wanted = sorted(set(years))
    tables = [read_table(client, found, found.series[m], wanted) for m in MEASURES if m in found.series]
    return compare_tables([table for table in tables if table.cells])


def figures(table: PdrbTable) -> Figures:
    """Value and status by category and year."""
    return {(cell.sector, cell.year): (cell.value, cell.status) for cell in table.cells}
