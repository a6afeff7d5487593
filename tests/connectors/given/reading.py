"""Short ways to read what a test has made, and to put figures side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.table import PrintedFile, PrintedTable, measure_of, read_printed
from connectors.bps.tables import PdrbTable
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


def figures(table: PdrbTable) -> Figures:
    """Value and status by category and year."""
    return {(cell.sector, cell.year): (cell.value, cell.status) for cell in table.cells}
