"""The audit names every difference from the print and nothing that is only written otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from connectors.prices.commodities import name_key
from office.printed import PrintedTable
from office.schema import Agency
from reports.audit import Finding, same_text
from reports.content import IssueInfo, Report, build_report
from reports.reported import reported_realisasi


@pytest.mark.parametrize(
    ("printed", "ours"),
    [
        ("5.1%", "5,1%"), ("100 %", "100%"), ("232%", "232,00%"), ("12Laporan", "12 laporan"),
        ("1500 Unit", "1.500 Unit"), ("6.5 %", "6,5%"), ("1.", "1"), ("82,39", "82,39%"),
        ("Kabupaten/ Kota", "Kabupaten/Kota"), ("5,20%", "5,20%*†"),
        ("Menunggu Rilis resmi BPS 2024", "Menunggu Rilis PDRB oleh BPS 2024"),
    ],
)  # fmt: skip
def test_other_ways_of_writing_are_no_difference(printed: str, ours: str) -> None:
    assert same_text(printed, ours)


@pytest.mark.parametrize(
    ("printed", "ours"),
    [
        ("288,5%", "2.885%"),
        ("126,49%", "126,50%"),
        ("-", "5,20%"),
        ("65 unit", "17 unit"),
        ("11,70", "126,50%"),
    ],
)
def test_other_figures_are_a_difference(printed: str, ours: str) -> None:
    assert not same_text(printed, ours)


def test_wrong_figures_of_the_print_are_found_with_the_formula(waiting_report: Report) -> None:
    found = {(f.printed, f.ours): f.explanation for f in waiting_report.findings if f.kind == "hitung"}
    assert found == {
        ("288,5%", "2.885%"): "5,77 / 0,2 x 100 = 2.885%.",
        ("157,8%", "1.578%"): "7,89 / 0,5 x 100 = 1.578%.",
        ("82,39", "121,37"): "14,2 / 11,70 x 100 = 121,37%; makin kecil makin baik.",
        ("90%", "112,50%"): "90 / 80 x 100 = 112,50%; cetakan menulis realisasi di kolom capaian.",
        ("11,70", "126,50%"): "14,8 / 11,70 x 100 = 126,50%; cetakan menulis realisasi di kolom capaian.",
        ("62,85%", "62,86%"): "4,4 / 7 x 100 = 62,86%.",
        ("126,49%", "126,50%"): "14,8 / 11,70 x 100 = 126,50%.",
        ("27.910.420.344", "27.077.526.494"): (
            "Anggaran setelah perubahan: jumlah tiga belas program pada tabel 3.8."
        ),
        ("25.901.226.039", "22.998.136.965"): "Realisasi anggaran: jumlah tiga belas program pada tabel 3.8.",
        ("92,80%", "84,93%"): "Rp 22.998.136.965 / Rp 27.077.526.494 x 100",
    }


def test_growths_that_table_3_5_prints_though_3_2_waits_are_found(waiting_report: Report) -> None:
    printed = [f.printed for f in waiting_report.findings if f.kind == "menunggu"]
    assert printed == ["5,20%", "4,86%"]


def test_every_printed_column_is_known_by_its_heading(agency: Agency, waiting_report: Report) -> None:
    for number, table in waiting_report.tables.items():
        if number in agency.printed:
            printed = [text.rpartition(" / ")[2] for text in agency.printed[number].header]
            unknown = Counter(map(name_key, printed)) - Counter(map(name_key, table.headings()))
            assert not unknown, number


def test_a_column_that_the_print_lacks_is_told_once_and_moves_no_other(
    agency: Agency, waiting_report: Report
) -> None:
    printed = agency.printed["anggaran"]
    lacking = PrintedTable(
        name="anggaran", header=_without(3, printed.header), rows=[_without(3, row) for row in printed.rows]
    )
    before = [f for f in waiting_report.findings if f.place.startswith("Tabel 3.8")]
    added, *others = _findings(agency, lacking)
    assert (added.place, added.printed, added.ours, added.kind, added.explanation) == (
        'Tabel 3.8, kolom "Realisasi (Rp)"',
        "",
        "Realisasi (Rp)",
        "isi",
        "Kolom ini ditambahkan; cetakan tidak memuatnya.",
    )
    assert others == before


def test_a_column_that_only_the_print_has_is_told_once(agency: Agency, waiting_report: Report) -> None:
    printed = agency.printed["anggaran"]
    longer = PrintedTable(
        name="anggaran",
        header=[*printed.header[:4], "Keterangan", *printed.header[4:]],
        rows=[[*row[:4], "1", *row[4:]] for row in printed.rows],
    )
    before = [f for f in waiting_report.findings if f.place.startswith("Tabel 3.8")]
    gone, *others = _findings(agency, longer)
    assert (gone.place, gone.printed, gone.ours) == ('Tabel 3.8, kolom "Keterangan"', "Keterangan", "")
    assert gone.explanation == "Kolom ini hanya ada di cetakan."
    assert others == before


def test_a_row_that_the_print_lacks_is_told_once_and_moves_no_other(
    agency: Agency, waiting_report: Report
) -> None:
    printed = agency.printed["anggaran"]
    lacking = printed.model_copy(update={"rows": printed.rows[:3] + printed.rows[4:]})
    before = [f for f in waiting_report.findings if f.place.startswith("Tabel 3.8")]
    found = _findings(agency, lacking)
    [added] = [f for f in found if printed.rows[3][1] in f.ours]
    assert added.explanation == "Baris ini ditambahkan; cetakan tidak memuatnya."
    assert [f for f in found if f != added] == before


def test_rows_in_another_order_are_compared_by_the_name_of_the_program(
    agency: Agency, waiting_report: Report
) -> None:
    printed = agency.printed["anggaran"]
    turned = printed.model_copy(update={"rows": printed.rows[::-1]})
    before = [f for f in waiting_report.findings if f.place.startswith("Tabel 3.8")]
    assert sorted(_findings(agency, turned), key=str) == sorted(before, key=str)


def _without(column: int, cells: list[str]) -> list[str]:
    return cells[:column] + cells[column + 1 :]


def _findings(agency: Agency, printed: PrintedTable) -> list[Finding]:
    """What the audit finds in table 3.8 if it had been printed so."""
    office = agency.model_copy(update={"printed": {**agency.printed, "anggaran": printed}})
    report = build_report(office, reported_realisasi(office), issue=IssueInfo(1, date(2024, 1, 31)))
    return [finding for finding in report.findings if finding.place.startswith("Tabel 3.8")]


def test_the_print_s_contradicting_words_are_listed(waiting_report: Report) -> None:
    remarks = {remark.remark for remark in waiting_report.agency.remarks}
    assert remarks <= {f.explanation for f in waiting_report.findings}


def test_every_finding_says_where_and_why(waiting_report: Report, filled_report: Report) -> None:
    for finding in (*waiting_report.findings, *filled_report.findings):
        assert finding.place
        assert finding.explanation
        assert finding.printed != finding.ours
