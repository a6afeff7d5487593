"""The table's own checks, and what templates can do with text and numbers."""

from decimal import Decimal

import pytest

from reports.render import environment
from reports.render.headings import anchored, contents
from reports.table import Cell, Row, Table


def table(rows, widths=(50, 50), header=()):
    return Table("Judul", header, rows, widths, number="9.9")


def shown(source: str, **names) -> str:
    return environment().from_string(source).render(names)


def test_a_row_that_lacks_a_cell_is_named():
    with pytest.raises(ValueError, match=r"Tabel 9\.9, isi baris 2: sel kurang"):
        table((Row((Cell("a"), Cell("b"))), Row((Cell("c"),))))


def test_a_row_with_too_many_cells_is_named():
    with pytest.raises(ValueError, match="baris 1: sel terlalu banyak"):
        table((Row((Cell("a"), Cell("b", colspan=2))),))


def test_a_row_span_covers_the_cell_below():
    made = table((Row((Cell("a", rowspan=2), Cell("b"))), Row((Cell("c"),))))
    assert made.flat_rows() == [["a", "b"], ["", "c"]]


def test_widths_that_are_not_the_whole_are_refused():
    with pytest.raises(ValueError, match="bukan 100"):
        table((Row((Cell("a"), Cell("b"))),), widths=(50, 49))


def test_caption_of_several_lines_and_source_are_written():
    made = Table("Satu\nDua", (), (Row((Cell("a"),)),), (100,), number="3.2", source="BPS")
    html = shown('{% import "report/_macros.html.j2" as m %}{{ m.render_table(t) }}', t=made)
    assert '<figure class="table" id="tabel-3-2">' in html
    assert "Tabel 3.2</span><br>Satu<br>Dua</figcaption>" in html
    assert '<p class="source">Sumber : BPS</p>' in html


def test_a_number_that_names_its_kind_is_no_table():
    made = Table("Bagan", (), (Row((Cell("a"),)),), (100,), number="Gambar 1.1")
    html = shown('{% import "report/_macros.html.j2" as m %}{{ m.render_table(t) }}', t=made)
    assert 'id="gambar-1-1"' in html
    assert "Tabel" not in html


def test_notes_of_cells_are_numbered_under_the_table():
    row = Row((Cell("1", note="Pertama"), Cell("2", note="Kedua"), Cell("3", note="Pertama")))
    html = shown(
        '{% import "report/_macros.html.j2" as m %}{{ m.render_table(t) }}', t=table((row,), (30, 30, 40))
    )
    assert html.count("<sup>1)</sup>") == 3
    assert html.count('class="note"') == 2


def test_text_of_a_cell_is_escaped():
    html = shown(
        '{% import "report/_macros.html.j2" as m %}{{ m.render_table(t) }}',
        t=table((Row((Cell("<b>"), Cell("&"))),)),
    )
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_markdown_shows_html_and_does_not_obey_it():
    assert (
        shown("{{ t | markdown }}", t="*miring* <img src=x>") == "<p><em>miring</em> &lt;img src=x&gt;</p>\n"
    )


def test_filters_write_as_indonesians_do():
    assert shown("{{ n | angka(2) }} {{ n | persen }} {{ n | rupiah }}", n=Decimal("12345.675")) == (
        "12.345,68 12.345,68% Rp 12.346"
    )


def test_headings_get_ids_that_differ():
    body = anchored("<h1>BAB I<br>Judul</h1><h2>Sama</h2><h2>Sama</h2>")
    assert [(e.level, e.text) for e in contents(body)] == [(1, "BAB I Judul"), (2, "Sama"), (2, "Sama")]
    assert len({e.anchor for e in contents(body)}) == 3


def test_a_link_without_target_becomes_text():
    assert anchored('<a class="trace" href="#asal-x">7%</a>') == "7%"
    assert "href" in anchored('<p id="asal-x"></p><a class="trace" href="#asal-x">7%</a>')


def table_of(headings: tuple[str, ...], *rows: Row) -> Table:
    head = Row(tuple(Cell(text, bold=True) for text in headings), header=True)
    share = 100 // len(headings)
    widths = (*([share] * (len(headings) - 1)), 100 - share * (len(headings) - 1))
    return Table("Uji", (head,), rows, widths)


@pytest.mark.parametrize(
    ("headings", "kept"),
    [
        (("No.", "Program/Kegiatan", "Anggaran"), 1),
        (("NO", "TUJUAN", "", "SASARAN", "INDIKATOR KINERJA", "TARGET"), 4),
        (("No.", "Program/ kegiatan", "Indikator Kinerja", "Target"), 1),
        (("Sampai akhir", "Anggaran"), 0),
        (("No.",), 0),
    ],
)
def test_a_row_is_known_by_its_indicator_or_the_first_name(headings: tuple[str, ...], kept: int) -> None:
    assert table_of(headings).kept == kept


def test_cells_of_the_kept_column_are_found_beside_spans() -> None:
    table = table_of(
        ("No.", "Nama", "Nilai"),
        Row((Cell("1", rowspan=2), Cell("a"), Cell("5"))),
        Row((Cell("b"), Cell("6"))),
        Row((Cell("JUMLAH", colspan=2), Cell("11"))),
        Row((Cell("Kelompok", colspan=3),)),
    )
    assert table.kept_header == {(0, 1)}
    assert table.kept_rows == {(0, 1), (1, 0), (2, 0)}


def test_a_column_that_is_mostly_blank_tells_rows_apart_for_nobody() -> None:
    rows = [Row((Cell("1"), Cell("Sasaran"), Cell("Indikator"), Cell("Program A")))]
    rows += [Row((Cell(), Cell(), Cell(), Cell(f"Kegiatan {number}"))) for number in range(3)]
    assert table_of(("No.", "Sasaran", "Indikator Kinerja", "Program/ Kegiatan"), *rows).kept == 3


def test_what_a_span_covers_is_not_blank() -> None:
    rows = (
        Row((Cell("1", rowspan=3), Cell("Inflasi", rowspan=3), Cell("Target"))),
        Row((Cell("Realisasi"),)),
        Row((Cell("Capaian"),)),
    )
    assert table_of(("No.", "Indikator Kinerja", "Uraian"), *rows).kept == 1
