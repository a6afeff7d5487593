"""What the words of a printed table mean: measure, unit, base year, years, statuses, rows, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.bps.printed.captions import cut_caption, starts_notes
from connectors.bps.printed.rows import PrintedLine
from connectors.bps.printed.table import PrintedPart, PrintedTable, measure_of, read_head
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from core.numbers import format_number
from tests.connectors.given import make_books as books
from tests.connectors.given.reading import figures, read
from tests.connectors.given.recorded_page import expected

CAPTION = "PDRB Kabupaten Enrekang Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Miliar Rupiah), 2021-2025"
GROWTH = "Laju Pertumbuhan PDRB Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha (Persen), 2022-2025"


def table(
    caption: str = CAPTION,
    values: books.Values | None = None,
    heads: Sequence[str] = books.HEADS,
    notes: Sequence[str] = books.NOTES,
    *,
    places: int = 2,
    english: bool = True,
) -> PrintedTable:
    """A table with a line for each row, its figures as text."""
    lines = []
    for code, row in (values or books.current()).items():
        texts = [format_number(value, places) for value in row]
        if english:
            texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
        marker = "" if code == "TOTAL" else code
        lines.append(PrintedLine(marker, books.LABELS[code], tuple(texts), float(len(lines))))
    return PrintedTable(caption, (PrintedPart(tuple(heads), tuple(lines)),), tuple(notes), place="halaman 7")


def with_cell(made: PrintedTable, code: str, text: str, column: int = 0) -> PrintedTable:
    """The same table with another text in one cell."""
    (part,) = made.parts
    lines = [
        replace(line, cells=(*line.cells[:column], text, *line.cells[column + 1 :]))
        if line.marker == ("" if code == "TOTAL" else code)
        else line
        for line in part.lines
    ]
    return replace(made, parts=(replace(part, lines=tuple(lines)),))


# --- captions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "measure"),
    [
        (CAPTION, "adhb"),
        (CAPTION + " Gross Regional Domestic Product by Industry (billion rupiahs)", "adhb"),
        ("PDRB ADHK 2010 Menurut Lapangan Usaha", "adhk"),
        (books.GROWTH[0] + " " + books.GROWTH[1], "growth"),
        (books.SHARE[0] + " " + books.SHARE[1], "share"),
        ("Laju Pertumbuhan PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha", None),
        ("Distribusi Persentase PDRB Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha", None),
        *((decoy, None) for decoy in books.DECOYS),
        ("Jumlah Penduduk Menurut Lapangan Usaha", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_caption_says_which_measure_a_table_shows(caption: str, measure: str | None) -> None:
    assert measure_of(table(caption)) == measure


def test_the_head_over_the_labels_may_say_that_it_is_by_industry() -> None:
    made = table("PDRB Kabupaten Enrekang Atas Dasar Harga Berlaku (Miliar Rupiah), 2021-2025")
    assert measure_of(made) is None
    assert measure_of(replace(made, stub="Lapangan Usaha/Industry")) == "adhb"


@pytest.mark.parametrize(
    ("lines", "text", "number", "continues"),
    [
        (["Tabel 4.1. PDRB Menurut", "Lapangan Usaha"], "PDRB Menurut Lapangan Usaha", "4.1", False),
        (["Tabel/Table 3 PDRB Menurut"], "PDRB Menurut", "3", False),
        (["Lampiran PDRB Menurut", "1", "Appendix Lapangan"], "PDRB Menurut Lapangan", "1", False),
        (["Lampiran PDRB (Miliar", "1 Rupiah), 2021"], "PDRB (Miliar Rupiah), 2021", "1", False),
        (["Lanjutan Tabel 4.1/Continued Table 4.1"], "", "4.1", True),
        (["Lanjutan Lampiran 2"], "", "2", True),
        (["tahun 2022 triwulan", "PDRB Menurut Lapangan Usaha"], "PDRB Menurut Lapangan Usaha", "", False),
        (["Tabel 1. Penduduk", "prosa", "Tabel 2. PDRB", "2010 Menurut"], "PDRB 2010 Menurut", "2", False),
    ],
)  # fmt: skip
def test_a_caption_is_cut_out_of_the_lines_above(
    lines: list[str], text: str, number: str, continues: bool
) -> None:
    caption = cut_caption(lines)
    assert (caption.text, caption.number, caption.continues) == (text, number, continues)


@pytest.mark.parametrize(
    ("line", "is_note"),
    [
        ("Catatan/ Notes: * Angka Sementara/Preliminary Figures", True),
        ("** Angka Sangat Sementara", True),
        ("*) Angka sementara", True),
        ("Sumber/Source: BPS Kabupaten Enrekang", True),
        ("Keterangan:", True),
        ("xx Angka sangat sementara", True),
        ("Ilustrasi: A-U 2019-2023", True),
        ("R,S,T,U Jasa lainnya", False),
        ("Real Estat", False),
        ("Product", False),
    ],
)
def test_notes_are_told_from_rows(line: str, is_note: bool) -> None:
    assert starts_notes(line) is is_note


# --- units and base year ------------------------------------------------------------------------


def test_without_a_unit_the_table_is_refused() -> None:
    with pytest.raises(SourceError, match="tidak menyebut satuannya"):
        read(table(CAPTION.replace(" (Miliar Rupiah)", "")))


def test_an_english_unit_alone_is_understood() -> None:
    made = read(table(CAPTION.replace("(Miliar Rupiah)", "(Billion Rupiahs)")))
    assert figures(made) == expected()


def test_two_units_that_differ_refute_each_other() -> None:
    with pytest.raises(SourceError, match="dua satuan"):
        read(table(CAPTION + " by Industry (million rupiahs)"))


def test_growth_in_rupiah_is_refused() -> None:
    with pytest.raises(SourceError, match="diperlukan persen"):
        read(table(GROWTH.replace("Persen", "Juta Rupiah"), books.growth(), books.HEADS[1:]))


def test_another_base_year_is_never_mixed() -> None:
    caption = CAPTION.replace("Berlaku", "Konstan 2000")
    with pytest.raises(SourceError, match="tahun dasar 2000"):
        read(table(caption, books.constant()))
    assert read(table(caption, books.constant()), base_year=2000).base_year == 2000


def test_a_base_year_that_is_not_stated_is_remarked() -> None:
    made = read(table(CAPTION.replace("Berlaku", "Konstan"), books.constant()))
    assert made.remarks == ("Judul tabel tidak menyebut tahun dasar; dianggap 2010.",)


# --- years and statuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("2021", (2021, "")),
        ("2024*", (2024, "*")),
        ("2025**", (2025, "**")),
        ("2024 *)", (2024, "*")),
        ("2025xx", (2025, "**")),
        ("2024r", None),
        ("2024***", None),
        ("Rata-rata", None),
        ("２０２４", None),
    ],
)
def test_heads_of_columns(text: str, head: tuple[int, str] | None) -> None:
    assert read_head(text) == head


def test_a_year_named_in_the_notes_counts_more_than_its_star() -> None:
    made = read(table(notes=("Data 2023: Angka sementara", "Data 2024: Angka sangat sementara")))
    statuses = {cell.year: cell.status for cell in made.cells}
    assert statuses == {
        2021: "tetap",
        2022: "tetap",
        2023: "sementara",
        2024: "sangat sementara",
        2025: "sangat sementara",
    }


def test_marks_of_letters_are_read_as_stars() -> None:
    made = read(table(heads=("2021", "2022", "2023", "2024x", "2025xx"), notes=("x Angka sementara",)))
    assert figures(made) == expected()


def test_two_columns_of_one_year_are_refused() -> None:
    with pytest.raises(ImplausibleFigureError, match="dua kolom untuk tahun 2021"):
        read(table(heads=("2021", "2022", "2023", "2024*", "2021")))


def test_a_column_that_is_no_year_is_refused() -> None:
    with pytest.raises(SourceError, match="bukan tahun"):
        read(table(heads=("2021", "2022", "2023", "2024*", "Rata-rata")))


# --- rows ---------------------------------------------------------------------------------------


def test_sub_categories_are_left_out() -> None:
    made = table()
    (part,) = made.parts
    sub = PrintedLine("1", "Pertanian, Peternakan, Perburuan dan Jasa Pertanian", ("1.00",) * 5, 0.5)
    unnumbered = PrintedLine("", "Perikanan", ("2.00",) * 5, 0.6)
    lines = (part.lines[0], sub, unnumbered, *part.lines[1:])
    assert figures(read(replace(made, parts=(replace(part, lines=lines),)))) == expected()


def test_the_total_without_migas_is_another_row() -> None:
    made = table()
    (part,) = made.parts
    less = tuple(f"{value - 100:,}" for value in books.current()["TOTAL"])
    without = PrintedLine("", "PDRB Tanpa Migas/GRDP Without Oil and Gas", less, 99.0)
    read_table = read(replace(made, parts=(replace(part, lines=(*part.lines, without)),)))
    assert {cell.sector for cell in read_table.cells} >= {"TOTAL", "TOTAL_NONMIGAS"}
    assert read_table.find("TOTAL", 2021).value == Decimal("8204.11")


def test_a_row_that_no_rule_knows_is_named() -> None:
    made = table()
    (part,) = made.parts
    odd = PrintedLine("", "Pariwisata Halal", ("1.00",) * 5, 3.5)
    with pytest.raises(ImplausibleFigureError, match="Pariwisata Halal"):
        read(replace(made, parts=(replace(part, lines=(*part.lines[:4], odd, *part.lines[4:])),)))


def test_a_figure_that_stands_under_no_year_is_refused() -> None:
    made = table()
    (part,) = made.parts
    lines = (replace(part.lines[0], stray="5.35"), *part.lines[1:])
    with pytest.raises(ImplausibleFigureError, match="tidak berada di bawah tahun"):
        read(replace(made, parts=(replace(part, lines=lines),)))


def test_a_category_left_out_is_refused() -> None:
    made = table()
    (part,) = made.parts
    with pytest.raises(ImplausibleFigureError, match="belum lengkap"):
        read(replace(made, parts=(replace(part, lines=part.lines[1:]),)))


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", ["", "-", "–", "...", "…", "NA"])
def test_a_year_without_figures_is_left_out_and_never_zero(nothing: str) -> None:
    made = table()
    for code in books.LABELS:
        made = with_cell(made, code, nothing, 4)
    assert read(made).years == (2021, 2022, 2023, 2024)


@pytest.mark.parametrize("text", ["-1.13", "–1.13", "(1.13)", "−1.13"])
def test_a_minus_is_written_in_several_ways(text: str) -> None:
    made = with_cell(table(GROWTH, books.growth(), books.HEADS[1:]), "C", text)
    assert read(made).find("C", 2022).value == Decimal("-1.13")


def test_numbers_in_both_styles_refute_each_other() -> None:
    with pytest.raises(ImplausibleFigureError, match="dua cara") as caught:
        read(with_cell(table(), "C", "1.078,61"))
    assert "'1.078,61' pada baris 'C Industri Pengolahan" in str(caught.value)


def test_a_number_with_two_meanings_in_a_table_of_two_decimals_is_refused() -> None:
    with pytest.raises(ImplausibleFigureError, match=r"'1\.078' pada baris 'C Industri") as caught:
        read(with_cell(table(), "C", "1.078"))
    assert "dapat berarti 1,078 atau 1078" in str(caught.value)
    assert CAPTION in str(caught.value)


def whole() -> dict[str, list[Decimal]]:
    """Whole numbers below a million, so that no number alone says what its point means."""
    made = {code: [Decimal(int(v)) for v in row] for code, row in books.current().items()}
    made["TOTAL"] = [sum((made[c][i] for c in made if c != "TOTAL"), Decimal(0)) for i in range(5)]
    return made


def test_where_only_sums_can_tell_they_tell_and_it_is_remarked() -> None:
    made = read(table(values=whole(), places=0, english=False))
    assert made.find("C", 2021).value == Decimal(1078)
    assert made.find("D", 2021).value == Decimal(8)
    assert "dipastikan dari jumlah" in made.remarks[-1]


def test_where_nothing_tells_the_table_is_refused() -> None:
    values = {code: [Decimal(f"{5 + n}.125") for n in range(5)] for code in books.LABELS}
    values["TOTAL"] = [17 * value for value in values["A"]]
    with pytest.raises(ImplausibleFigureError, match="tidak ada yang memastikannya"):
        read(table(values=values, places=3))


def test_a_number_below_one_settles_the_style() -> None:
    values = {code: [Decimal(f"{5 + n}.125") for n in range(4)] for code in books.LABELS}
    values["D"] = [Decimal("0.125")] * 4
    made = read(table(GROWTH, values, books.HEADS[1:], places=3))
    assert made.find("C", 2022).value == Decimal("5.125")


@pytest.mark.parametrize(
    "text", ["1,07", "12,34.5", "1..5", "5,35%", "1.078,61.2", "lima", "1 2", "٣", "1e5"]
)
def test_a_text_that_is_no_number_refuses_the_table(text: str) -> None:
    with pytest.raises(LkjipError):
        read(with_cell(table(), "C", text))


def test_groups_parted_by_spaces_are_read() -> None:
    assert figures(read(with_cell(table(), "C", "1 078.61"))) == expected()
