"""Where figures stand below their years: what is under none of them is never moved to one."""

from __future__ import annotations

import pytest

from connectors.bps.labels import CODES
from connectors.bps.printed.layout import Page, Word, find_tables
from core.errors import ImplausibleFigureError
from tests.connectors.given.reading import read

STEP, LEFT, LETTER = 80.0, 420.0, 5.0
HEADS = ("2021", "2022", "2023", "2024*")
LABELS = dict(
    zip(
        CODES,
        (
            "Pertanian, Kehutanan, dan Perikanan",
            "Pertambangan dan Penggalian",
            "Industri Pengolahan",
            "Pengadaan Listrik dan Gas",
            "Pengadaan Air",
            "Konstruksi",
            "Perdagangan Besar dan Eceran",
            "Transportasi dan Pergudangan",
            "Penyediaan Akomodasi dan Makan Minum",
            "Informasi dan Komunikasi",
            "Jasa Keuangan dan Asuransi",
            "Real Estat",
            "Jasa Perusahaan",
            "Administrasi Pemerintahan, Pertahanan dan Jaminan Sosial Wajib",
            "Jasa Pendidikan",
            "Jasa Kesehatan dan Kegiatan Sosial",
            "Jasa Lainnya",
        ),
        strict=True,
    )
)


def page(head_at: float, figure_at: float, *, filled: int = 4, rest: str = "") -> Page:
    """A page with growth rates (ilustrasi).

    Args:
        head_at: Where a head stands in its column, 0 left, 1 right.
        figure_at: Where a figure stands.
        filled: How many columns have figures.
        rest: What stands in the others.
    """
    words: list[Word] = []

    def put(text: str, x: float, top: float) -> None:
        for word in text.split():
            words.append(Word(word, x, x + LETTER * len(word), top, top + 9))
            x += LETTER * (len(word) + 1)

    def put_in(column: int, text: str, at: float, top: float) -> None:
        put(text, LEFT + column * STEP + at * (STEP - LETTER * len(text)), top)

    put("Tabel 1 Laju Pertumbuhan PDRB Menurut Lapangan Usaha (Persen)", 10, 0)
    put("Lapangan Usaha", 30, 40)
    for column, head in enumerate(HEADS):
        put_in(column, head, head_at, 40)
        put_in(column, f"({column + 2})", head_at, 52)
    for number, label in enumerate((*LABELS.values(), "Produk Domestik Regional Bruto")):
        for column in range(len(HEADS)):
            text = f"{column + 1}.{number:02}" if column < filled else rest
            put_in(column, text, figure_at, 70.0 + 12 * number)
        put(label, 10, 70.0 + 12 * number)
    return Page(tuple(words), 1, "halaman 1")


@pytest.mark.parametrize(("head_at", "figure_at"), [(0.5, 0.5), (0.5, 0.95), (1.0, 1.0), (0.2, 0.6)])
def test_figures_under_the_middle_or_the_end_of_their_year_are_read(head_at: float, figure_at: float) -> None:
    (table,) = find_tables([page(head_at, figure_at)])
    cells = {(cell.sector, cell.year): str(cell.value) for cell in read(table).cells}
    assert [cells["C", year] for year in (2021, 2022, 2023, 2024)] == ["1.02", "2.02", "3.02", "4.02"]


def test_a_last_column_without_figures_stays_empty() -> None:
    (table,) = find_tables([page(0.5, 0.95, filled=3)])
    assert read(table).years == (2021, 2022, 2023)


@pytest.mark.parametrize("rest", ["", "-", "..."])
def test_figures_nearer_to_the_year_after_theirs_refuse_the_table(rest: str) -> None:
    (table,) = find_tables([page(0.0, 0.95, filled=3, rest=rest)])
    with pytest.raises(ImplausibleFigureError, match="tidak berada di bawah tahun mana pun"):
        read(table)


def short_page(*lines: str) -> Page:
    """A table whose head is followed by ``lines``, each a label, or a number below the table."""
    words = []
    rows = [("Tabel 1 Laju Pertumbuhan PDRB Menurut Lapangan Usaha (Persen)", 0), ("Lapangan Usaha", 40)]
    rows += [(line, 52 + 12 * number) for number, line in enumerate(lines)]
    for text, top in rows:
        x = 10.0
        for word in text.split():
            words.append(Word(word, x, x + LETTER * len(word), top, top + 9))
            x += LETTER * (len(word) + 1)
    for column, head in enumerate(HEADS):
        words.append(Word(head, LEFT + column * STEP, LEFT + column * STEP + 20, 40, 49))
        for number, line in enumerate(lines):
            if not line.isdecimal():
                top = 52 + 12 * number
                words.append(Word("1.50", LEFT + column * STEP, LEFT + column * STEP + 20, top, top + 9))
    return Page(tuple(words), 1, "halaman 1")


def labels_of(page: Page) -> list[str]:
    (table,) = find_tables([page])
    return [f"{line.marker} {line.label}".strip() for line in table.parts[0].lines]


def test_a_page_number_right_below_a_table_of_one_row_is_no_row() -> None:
    assert labels_of(short_page("Konstruksi", "37")) == ["Konstruksi"]
    assert labels_of(short_page("Konstruksi", "Real Estat", "37")) == ["Konstruksi", "Real Estat"]


def test_a_number_that_alone_stands_below_a_head_is_no_page_number() -> None:
    assert labels_of(short_page("37")) == ["37"]


def test_a_last_row_of_words_is_no_page_number() -> None:
    assert labels_of(short_page("Konstruksi", "Real Estat")) == ["Konstruksi", "Real Estat"]
