"""PDFs like BPS's books: which tables are found in them, and that every figure comes out as printed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from connectors.bps.labels import CODES
from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.table import measure_of
from core.errors import SourceError
from tests.connectors.given import make_books as books
from tests.connectors.given.make_books import SetPdf, Table
from tests.connectors.given.reading import figures, pdrb_of, pdrb_of_pdf
from tests.connectors.given.recorded_page import expected

pytestmark = pytest.mark.slow

ENREKANG = Table(books.CURRENT, books.current())


def test_the_page_of_enrekang_gives_all_90_figures_with_their_statuses(pdf: SetPdf) -> None:
    (table,) = pdrb_of_pdf(pdf(books.page(ENREKANG)))
    assert figures(table) == expected()
    assert table.channel == "pdf"
    assert (table.measure, table.unit, table.unit_original) == ("adhb", "Miliar Rupiah", "Miliar Rupiah")


LAYOUTS: dict[str, dict[str, Any]] = {
    "figures beside the first line of a label": {"figures_at": "top"},
    "figures beside the last line of a label": {"figures_at": "bottom"},
    "letters inside the labels": {"own_column": False},
    "English half in a line of its own": {"english_below": True},
    "English half below, figures at the top": {"english_below": True, "figures_at": "top"},
    "Indonesian numbers": {"indonesian": True},
    "no address across the page": {"watermark": "none"},
    "upright grey letters of the address": {"watermark": "stacked"},
    "upright letters of the address like the text": {"watermark": "plain"},
    "called a table, not an appendix": {"marker": ("Tabel", "Table"), "number": "4.1"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_figures_come_out_of_every_layout(pdf: SetPdf, layout: str) -> None:
    (table,) = pdrb_of_pdf(pdf(books.page(replace(ENREKANG, **LAYOUTS[layout]))))
    assert figures(table) == expected()


def test_no_letter_of_the_address_enters_a_label(pdf: SetPdf) -> None:
    (clean,) = pdrb_of_pdf(pdf(books.page(replace(ENREKANG, watermark="none"))))
    for kind in ("turned", "stacked"):
        (marked,) = pdrb_of_pdf(pdf(books.page(replace(ENREKANG, watermark=kind))))
        assert [cell.label for cell in marked.cells] == [cell.label for cell in clean.cells]


def test_juta_rupiah_becomes_miliar_and_the_printed_figure_is_kept(pdf: SetPdf) -> None:
    caption = (books.CURRENT[0].replace("Miliar", "Juta"), books.CURRENT[1].replace("Billion", "Million"))
    values = {code: [value * 1000 for value in row] for code, row in books.current().items()}
    (table,) = pdrb_of_pdf(pdf(books.page(replace(ENREKANG, caption=caption, values=values, places=1))))
    assert figures(table) == expected()
    cell = table.find("C", 2021)
    assert cell is not None
    assert cell.original == Decimal("1078610.0")


@pytest.mark.parametrize(
    ("number", "measure", "values", "base_year"),
    [
        (1, "adhk", books.constant(), 2010),
        (2, "share", books.share(), None),
        (3, "growth", books.growth(), 2010),
    ],
)
def test_constant_prices_shares_and_growth_are_told_apart(
    pdf: SetPdf, number: int, measure: str, values: Any, base_year: int | None
) -> None:
    made = books.four_tables()[number]
    (table,) = pdrb_of_pdf(pdf(books.page(made)))
    assert (table.measure, table.base_year) == (measure, base_year)
    for code in (*CODES, "TOTAL"):
        years = (int(head[:4]) for head in made.heads)
        for year, value in zip(years, values[code], strict=True):
            cell = table.find(code, year)
            assert cell is not None
            assert cell.value == value


def test_rows_that_go_on_on_the_next_page_are_one_table(pdf: SetPdf) -> None:
    (table,) = pdrb_of_pdf(pdf(books.halves(ENREKANG)))
    assert figures(table) == expected()


def test_years_that_stand_on_the_next_page_are_one_table(pdf: SetPdf) -> None:
    (table,) = pdrb_of_pdf(pdf(books.wide(ENREKANG)))
    assert figures(table) == expected()


def test_a_table_that_breaks_off_and_shows_only_its_heads_again_is_one_table(pdf: SetPdf) -> None:
    content = pdf("#set page(height: 15cm)\n" + books.page(replace(ENREKANG, watermark="none")))
    file = read_pdf(content, "buku.pdf")
    (table,) = pdrb_of(file)
    assert [len(found.parts) for found in file.tables] == [2]
    assert figures(table) == expected()


@pytest.mark.parametrize("angle", [90, -90])
def test_a_table_set_across_the_page_is_read(pdf: SetPdf, angle: int) -> None:
    across = f"#set page(width: 25cm, height: 19cm)\n#rotate({angle}deg, reflow: true)[\n"
    body = across + "#set par(justify: false)\n#block(width: 16cm)[" + books.page(ENREKANG) + "]]"
    (table,) = pdrb_of_pdf(pdf(body))
    assert figures(table) == expected()


@pytest.mark.parametrize("mark", ["***", "r", "e)"])
def test_a_year_with_a_mark_that_is_not_known_refuses_the_table(pdf: SetPdf, mark: str) -> None:
    heads = ("2021", "2022", "2023", "2024*", f"2025{mark}")
    with pytest.raises(SourceError, match="bukan tahun"):
        pdrb_of_pdf(pdf(books.page(replace(ENREKANG, heads=heads))))


def test_two_tables_on_one_page_do_not_mix(pdf: SetPdf) -> None:
    body = books.page(ENREKANG) + "\n" + books.page(books.four_tables()[2])
    first, second = pdrb_of_pdf(pdf(f"#set page(height: 50cm)\n{body}"))
    assert figures(first) == expected()
    assert second.measure == "share"
    assert second.title.startswith("Distribusi Persentase")


def test_a_book_gives_its_four_tables_and_none_of_its_decoys(pdf: SetPdf) -> None:
    content = pdf(books.book(14))
    file = read_pdf(content, "buku.pdf")
    assert "Kabupaten Enrekang" in file.title
    assert [table.measure for table in pdrb_of_pdf(content)] == ["adhb", "adhk", "share", "growth"]
    others = [table.caption for table in file.tables if measure_of(table) is None]
    for word in ("Pengeluaran", "Implisit", "Per Kapita", "Triwulanan"):
        assert any(word in caption for caption in others), word


def test_the_first_of_two_provisional_years_is_told_by_its_stars_and_the_notes(pdf: SetPdf) -> None:
    notes = ("Catatan: * Angka sangat sementara",)
    heads = ("2021", "2022", "2023", "2024", "2025*")
    (table,) = pdrb_of_pdf(pdf(books.page(replace(ENREKANG, heads=heads, notes=notes))))
    cell = table.find("C", 2025)
    assert cell is not None
    assert cell.status == "sangat sementara"


def test_every_pdf_of_the_same_source_has_the_same_bytes() -> None:
    body = books.page(ENREKANG)
    assert books.set_pdf(body) == books.set_pdf(body)


# --- what cannot be read ------------------------------------------------------------------------


def locked() -> bytes:
    """A PDF that opens with a password only."""
    body = (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        b"3 0 obj << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >> endobj\n"
    )
    starts = [body.index(f"{number} 0 obj".encode()) for number in (1, 2, 3)]
    entries = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer << /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>\n"
    return body + b"xref\n0 4\n" + entries + trailer + b"startxref\n%d\n" % len(body) + b"%%EOF\n"


def test_a_locked_pdf_is_refused_as_that() -> None:
    with pytest.raises(SourceError, match="terkunci dengan sandi"):
        read_pdf(locked(), "buku.pdf")


def test_a_scan_is_refused_as_that(pdf: SetPdf) -> None:
    with pytest.raises(SourceError, match="hasil pemindaian"):
        read_pdf(pdf("#set page(numbering: none)\n#rect(width: 5cm, height: 5cm)"), "buku.pdf")


def test_the_page_of_a_robot_check_under_the_name_of_a_pdf_is_told_as_that() -> None:
    page = b"<!DOCTYPE html><html><title>Just a moment...</title></html>"
    with pytest.raises(SourceError, match="pemeriksaan robot") as caught:
        read_pdf(page, "buku.pdf")
    assert "unduh lagi lewat peramban" in caught.value.todo


@pytest.mark.parametrize("content", [b"", b"bukan PDF", b"\x00" * 5000])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="bukan PDF"):
        read_pdf(content, "buku.pdf")


@pytest.mark.parametrize("kept", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_pdf_is_refused_or_gives_only_true_figures(pdf: SetPdf, kept: float) -> None:
    whole = pdf(books.page(ENREKANG))
    tables = []
    with suppress(SourceError):
        tables = pdrb_of_pdf(whole[: int(len(whole) * kept)])
    for table in tables:
        assert figures(table).items() <= expected().items()


def test_too_many_pages_are_refused(pdf: SetPdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.bps.printed.pdf.MAX_PAGES", 3)
    with pytest.raises(SourceError, match="paling banyak 3"):
        read_pdf(pdf(books.book(14)), "buku.pdf")
