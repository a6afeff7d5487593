"""Files with bytes changed at random: an error of the project, or only figures that were printed."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.checks import SUM_TOLERANCE
from connectors.bps.labels import CODES
from connectors.bps.printed.html_tables import read_html
from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.table import PrintedFile
from connectors.bps.printed.xlsx import read_xlsx
from connectors.bps.tables import PdrbTable
from core.errors import LkjipError
from standins.bps import static_pdrb
from standins.bps.catalogue import RELEASE_DAY, Timeline
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.connectors.given.reading import pdrb_of
from tests.connectors.given.recorded_page import expected
from tests.fuzz.sheets import break_bytes
from tests.given.examples import examples

PDF = books.set_pdf(books.page(books.Table(books.CURRENT, books.current())))
XLSX = sheets.workbook()
HTML = static_pdrb.sheet("adhk", static_pdrb._TITLES["adhk"][1], Timeline(RELEASE_DAY, RELEASE_DAY)).encode()
(SHEET,) = pdrb_of(read_html(HTML, "pdrb.xls"))
SEEDS = st.integers(0, 2**32)


def read_damaged(
    read: Callable[[bytes, str], PrintedFile], content: bytes, name: str, seed: int
) -> list[PdrbTable]:
    """What is still read of a file; none where it is refused in our own words."""
    with suppress(LkjipError):
        return pdrb_of(read(break_bytes(content, random.Random(seed)), name))
    return []


def values(table: PdrbTable) -> dict[tuple[str, int], Decimal]:
    return {(cell.sector, cell.year): cell.value for cell in table.cells}


PRINTED = {key: value for key, (value, _) in expected().items()}


@examples(60)
@given(SEEDS)
def test_a_damaged_pdf_gives_only_what_was_printed(seed: int) -> None:
    tables = read_damaged(read_pdf, PDF, "buku.pdf", seed)
    assert all(values(table).items() <= PRINTED.items() for table in tables)


@examples(100)
@given(SEEDS)
def test_a_damaged_workbook_gives_only_what_stood_in_it(seed: int) -> None:
    tables = read_damaged(read_xlsx, XLSX, "pdrb.xlsx", seed)
    assert all(values(table).items() <= PRINTED.items() for table in tables)


@examples(100)
@given(SEEDS)
def test_a_damaged_page_changes_no_category_by_more_than_its_sum_allows(seed: int) -> None:
    tables = read_damaged(read_html, HTML, "pdrb.xls", seed)
    whole = values(SHEET)
    for table in tables:
        for (sector, year), value in values(table).items():
            if sector in CODES and (sector, year) in whole:
                assert abs(value - whole[sector, year]) <= 2 * SUM_TOLERANCE
