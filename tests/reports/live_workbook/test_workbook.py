"""The workbook of the measurement as it is written; what its formulas compute is tried beside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from capaian.measure import Direction, Formula
from capaian.quarters import Quarters
from capaian.values import Bound, Grade, Quantity, Range, Relation
from office.quarters import QuarterRow
from office.schema import Agency
from reports.content import Report
from reports.live_workbook import make_workbook
from reports.live_workbook.formulas import Cells, Way, text, way_of
from reports.live_workbook.indicators import CATEGORY, HEAD, MARK, NAME, REALISASI
from reports.live_workbook.sheets import INPUT
from reports.measuring import measure_year
from reports.reported import reported_realisasi
from tests.reports.conftest import Filler
from tests.reports.live_workbook.given.pdrb import FETCHED, of_pdrb

CELLS = Cells("T", "H", "R", "A", "Z1", "Z0", "W", "S", "A, B")


def bytes_of(report: Report) -> bytes:
    return make_workbook(report.measured, report.title, report.issue.number, report.issue.moment)


def opened(content: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


@pytest.fixture(scope="module")
def book(priced_report: Report) -> Workbook:
    return opened(bytes_of(priced_report))


def cells_of(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def row_of(book: Workbook, sheet: str, name: str, column: int = NAME) -> tuple[Cell, ...]:
    return next(row for row in book[sheet].iter_rows() if row[column].value == name)


def test_the_sheets_are_those_that_the_office_needs(book: Workbook) -> None:
    assert book.sheetnames == [
        "Pengukuran", "Rata-rata", "Anggaran", "Efisiensi", "Skala", "Asal", "Petunjuk",
    ]  # fmt: skip
    named = [row[0].value for row in book["Petunjuk"].iter_rows() if row[0].hyperlink]
    assert named == book.sheetnames[:-1]


def test_only_cells_that_may_be_changed_are_yellow(book: Workbook) -> None:
    yellow = [cell for cell in cells_of(book) if cell.fill.fgColor.rgb == f"FF{INPUT[1:]}"]
    assert len(yellow) > 50
    assert not [cell for cell in yellow if cell.data_type == "f"]


def test_nothing_is_protected(book: Workbook) -> None:
    assert not any(sheet.protection.sheet for sheet in book)


def test_every_sheet_is_printed_on_a4_as_wide_as_a_page_with_its_heads_repeated(book: Workbook) -> None:
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # As wide as one page, which is what a file says by not saying it; as many pages as it takes.
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            9, None, 0,
        )  # fmt: skip
        if sheet.title != "Petunjuk":
            assert sheet.print_title_rows
            assert sheet.freeze_panes


def test_an_invented_figure_is_marked_in_a_column_and_told_on_the_first_sheet(
    book: Workbook, priced_report: Report
) -> None:
    (priced,) = priced_report.measured.illustrative
    marks = {row[NAME].value: row[MARK].value for row in book["Pengukuran"].iter_rows(min_row=HEAD + 2)}
    assert [name for name, mark in marks.items() if mark == "†"] == [priced.indicator.name]
    assert str(book["Pengukuran"]["A3"].value).startswith("PERAGAAN: † angka ilustrasi")


def test_an_average_bears_the_signs_of_what_it_is_taken_of(filled_report: Report) -> None:
    sheet = opened(bytes_of(filled_report))["Rata-rata"]
    marks = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=5)}
    assert marks["Persentase pertumbuhan sektor PDRB Industri pengolahan"] == "*†"
    assert marks["Rata-rata capaian indikator sasaran"] == "*†"
    assert marks["Rata-rata capaian indikator tujuan"] == "*"


@pytest.mark.parametrize(("sheet", "column"), [("Efisiensi", "H"), ("Anggaran", "L")])
def test_an_efficiency_just_below_its_bound_never_looks_like_it(
    filled_report: Report, sheet: str, column: str
) -> None:
    looks = opened(bytes_of(filled_report))[sheet].conditional_formatting
    rules = [rule for look in looks if str(look.sqref).startswith(column) for rule in look.rules]
    first = f"{column}5"
    assert [rule.formula for rule in rules] == [
        [f"AND(ISNUMBER({first}),{first}<1,ROUND({first},2)>=1,ROUND({first},3){third}1)"]
        for third in ("<", ">=")
    ]


def test_a_row_of_capitals_is_as_high_as_its_lines(filled_report: Report) -> None:
    book = opened(bytes_of(filled_report))
    place = row_of(book, "Anggaran", "PROGRAM PENGAWASAN DAN PEMERIKSAAN KOPERASI", 1)[0].row
    assert (book["Anggaran"].row_dimensions[place].height or 0) > 25, (
        "as broad as the column in small letters"
    )


def test_a_provisional_figure_is_marked_and_its_owner_named(filled_report: Report) -> None:
    book = opened(bytes_of(filled_report))
    marks = [row[MARK].value for row in book["Pengukuran"].iter_rows(min_row=HEAD + 2)]
    assert [mark for mark in marks if mark] == ["*", "*†", "*", "*†"]
    notes = [book["Pengukuran"][f"A{row}"].value for row in (3, 4)]
    assert "* angka sementara, ** angka sangat sementara menurut BPS." in notes


def test_no_text_of_an_office_becomes_a_formula(agency: Agency) -> None:
    evil = '=HYPERLINK("http://x.example","klik")'
    indicators = {
        name: each.model_copy(update={"name": evil}) if name == "sakip" else each
        for name, each in agency.indicators.items()
    }
    changed = agency.model_copy(update={"indicators": indicators})
    measured = measure_year(changed, reported_realisasi(changed))
    row = row_of(opened(make_workbook(measured, "LKjIP", 1, FETCHED)), "Pengukuran", evil)
    assert row[NAME].data_type == "s"


def test_growth_and_share_stand_as_formulas_over_the_values_of_bps(agency: Agency, filled: Filler) -> None:
    measured = measure_year(agency, {**filled(), **of_pdrb()})
    made = make_workbook(measured, "LKjIP", 1, FETCHED)
    shown = row_of(opened(made), "Pengukuran", agency.indicators["pertumbuhan-industri"].name)[REALISASI]
    assert shown.value == (
        "=IF(AND(ISNUMBER(Rincian!$D$7),ISNUMBER(Rincian!$D$8)),"
        'ROUND((Rincian!$D$7-Rincian!$D$8)/Rincian!$D$8*100,10),"")'
    )
    kept = opened(made, values=True)
    assert kept["Pengukuran"][shown.coordinate].value == pytest.approx(5.1998655529)
    assert [kept["Rincian"][f"D{row}"].value for row in (5, 6, 7, 8)] == [1400, 25000, 1690.12, 1606.58]


def test_an_input_of_bps_is_told_with_release_day_of_fetching_and_hash(
    agency: Agency, filled: Filler
) -> None:
    measured = measure_year(agency, {**filled(), **of_pdrb()})
    book = opened(make_workbook(measured, "LKjIP", 1, FETCHED))
    told = [cell.value for cell in row_of(book, "Asal", "ADHK 2022", 1)]
    assert told[2:10] == [
        1606.58, "Miliar Rupiah", "", "tetap", "", "4 April 2024", "4 April 2024", "cd" * 32,
    ]  # fmt: skip


def test_the_year_of_quarters_is_their_sum_and_waits_for_the_last(agency: Agency) -> None:
    name = "pendapatan-umkm"
    quarters = [
        QuarterRow(indicator=name, quarter=n, realisasi=Quantity(Decimal(n)), source="Dinas")
        for n in (1, 2, 3)
    ]
    changed = agency.model_copy(
        update={
            "quarters": quarters,
            "reported": [row for row in agency.reported if (row.indicator, row.year) != (name, 2023)],
            "indicators": {
                **agency.indicators,
                name: agency.indicators[name].model_copy(update={"quarters": Quarters.SUM}),
            },
        }
    )
    book = opened(make_workbook(measure_year(changed, reported_realisasi(changed)), "LKjIP", 1, FETCHED))
    cell = row_of(book, "Pengukuran", agency.indicators[name].name)[REALISASI]
    assert cell.value == '=IF(COUNT(Rincian!$D$5:$D$8)=4,ROUND(SUM(Rincian!$D$5:$D$8),10),"")'
    assert [book["Rincian"][f"D{row}"].value for row in (5, 6, 7, 8)] == [1, 2, 3, None]


def test_a_program_is_the_sum_of_its_kegiatan_only_where_it_is_that(agency: Agency) -> None:
    programs = [
        row.model_copy(update={"spent": row.spent + 5}) if row.key == "2" and row.spent else row
        for row in agency.programs
    ]
    changed = agency.model_copy(update={"programs": programs})
    book = opened(make_workbook(measure_year(changed, reported_realisasi(changed)), "LKjIP", 1, FETCHED))
    first, second = (row_of(book, "Anggaran", key, 0) for key in ("1", "2"))
    assert (first[3].value, first[4].value) == ("=SUM(D6:D12)", "=SUM(E6:E12)")
    assert second[4].value == 179851404
    assert second[-1].value == "Realisasi bukan jumlah kegiatannya (selisih Rp 5)."


@pytest.mark.parametrize(
    ("target", "direction", "formula", "expected"),
    [
        (Quantity(Decimal(7)), Direction.HIGHER, None, "ROUND(R/T*100,10)"),
        (Quantity(Decimal(7)), Direction.LOWER, None, "ROUND(T/R*100,10)"),
        (Quantity(Decimal(7)), Direction.LOWER, Formula.LOWER_BY_DISTANCE, "ROUND((2*T-R)/T*100,10)"),
        (Range(Decimal(5), Decimal(6)), Direction.HIGHER, Formula.RANGE, "IF(AND(T<=R,R<=H),100,"),
        (Grade("A"), Direction.HIGHER, None, "MATCH(R,S,0)"),
        (Bound(Relation.BELOW, name="inflasi"), Direction.LOWER, None, "IF(R<T,100,"),
    ],
)
def test_each_kind_of_target_has_its_formula(
    target: Quantity | Range | Grade | Bound, direction: Direction, formula: Formula | None, expected: str
) -> None:
    assert expected in _answer(way_of(target, direction, formula, CELLS))


def _answer(way: Way) -> str:
    assert way.answer is not None
    return way.answer


def test_an_office_with_a_single_category_has_nothing_to_look_up(agency: Agency) -> None:
    categories = replace(agency.rules.categories, rows=agency.rules.categories.rows[-1:])
    alone = agency.model_copy(update={"rules": replace(agency.rules, categories=categories)})
    book = opened(make_workbook(measure_year(alone, reported_realisasi(alone)), "LKjIP", 1, FETCHED))
    first = book["Pengukuran"].cell(HEAD + 2, CATEGORY + 1).value
    assert first == f'=IF(ISNUMBER(L{HEAD + 2}),Skala!$A$5:$A$5,"")'


def test_a_capaian_that_the_office_states_is_written_and_not_computed() -> None:
    assert way_of(Quantity(Decimal(7)), Direction.HIGHER, Formula.STATED, CELLS).answer is None


def test_a_long_text_within_a_formula_stands_in_pieces_that_excel_takes() -> None:
    words = 'Alasan "panjang". ' * 30
    pieces = text(words).split('"&"')
    assert max(map(len, pieces)) <= 255
    assert text('a"b') == '"a""b"'


def test_properties_and_archive_bear_the_issue_and_no_clock(priced_report: Report) -> None:
    content = bytes_of(priced_report)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert priced_report.issue.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") in core
    assert opened(content).properties.title == "Pengukuran LKjIP 2023 DKUPP Sumenep"
