"""The real page of Enrekang's book, as recorded: every figure and every status."""

from __future__ import annotations

import pytest

from connectors.bps.labels import CODES
from connectors.bps.printed.layout import find_tables
from connectors.bps.printed.regions import fits_region
from connectors.bps.printed.table import PrintedTable, measure_of
from core.errors import LkjipError
from tests.connectors.given.reading import figures, read
from tests.connectors.given.recorded_page import TEXT, expected, page_of


@pytest.fixture(scope="module")
def text() -> str:
    return TEXT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def table(text: str) -> PrintedTable:
    tables = find_tables([page_of(text)])
    assert len(tables) == 1
    return tables[0]


def test_all_90_figures_and_their_statuses_are_those_of_the_page(table: PrintedTable) -> None:
    assert len(expected()) == 18 * 5
    assert figures(read(table)) == expected()


def test_the_caption_is_read_without_its_number(table: PrintedTable) -> None:
    assert table.caption.startswith(
        "Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Berlaku Menurut Lapangan Usaha "
        "(Miliar Rupiah), 2021-2025 Gross Regional Domestic Product of Enrekang"
    )
    assert table.number == "1"
    assert measure_of(table) == "adhb"


def test_labels_of_several_lines_are_put_together(table: PrintedTable) -> None:
    labels = {cell.sector: cell.label for cell in read(table).cells}
    assert set(labels) == {*CODES, "TOTAL"}
    assert labels["E"] == (
        "E Pengadaan Air, Pengelolaan Sampah, Limbah dan Daur Ulang/Water supply, Sewerage, Waste "
        "Management &Remediation Activities"
    )


def test_the_notes_below_are_kept(table: PrintedTable) -> None:
    assert table.notes == (
        "Catatan/ Notes: * Angka Sementara/Preliminary Figures",
        "** Angka Sangat Sementara/Very Preliminary Figures",
    )


def test_it_is_a_table_of_enrekang_and_of_no_other_region(table: PrintedTable) -> None:
    assert fits_region(table.caption, "", "Kabupaten Enrekang")
    assert not fits_region(table.caption, "", "Kabupaten Sumenep")


@pytest.mark.parametrize(
    ("printed", "altered"),
    [
        ("1,078.61", "1,087.61"),
        ("8.18", "81.8"),
        ("11,341.40", "11,341.50"),
        ("59.75", "-"),
        ("2025**", "2024"),
        ("Industri Pengolahan", "Industri Pengolahan Lain"),
        ("   B  ", "   C  "),
        ("2.71", "2.7l"),
        ("298.98", "298.98 7"),
    ],
)
def test_a_slip_anywhere_on_the_page_refuses_the_table(text: str, printed: str, altered: str) -> None:
    assert printed in text
    tables = find_tables([page_of(text.replace(printed, altered, 1))])
    with pytest.raises(LkjipError):
        read(tables[0])
