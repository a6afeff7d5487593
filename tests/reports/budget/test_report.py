"""The report with a budget export behind it: whose figures count, what is marked, what is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from office.schema import Agency
from reports.content import Report, build_report
from tests.reports.conftest import Filler
from tests.reports.given.year_of_budget import budget_evidence


def with_figure(agency: Agency, key: str, spent: int) -> object:
    evidence = budget_evidence(agency)
    figure = replace(evidence.figures[key], spent=Decimal(spent))
    return replace(evidence, figures={**evidence.figures, key: figure})


def build(agency: Agency, filled: Filler, like: Report, budget: object) -> Report:
    return build_report(agency, filled(), issue=like.issue, budget=budget)  # type: ignore[arg-type]


def test_the_same_figures_from_a_file_change_no_table_but_their_source(
    budget_report: Report, filled_report: Report
) -> None:
    for number in ("program", "perubahan-program", "anggaran", "efisiensi", "efisiensi-program"):
        assert budget_report.tables[number].flat_rows() == filled_report.tables[number].flat_rows()
    assert budget_report.sentences["penggunaan-anggaran"] == filled_report.sentences["penggunaan-anggaran"]


def test_a_figure_of_the_file_counts_and_its_sentences_follow(
    agency: Agency, filled: Filler, budget_report: Report
) -> None:
    report = build(agency, filled, budget_report, with_figure(agency, "9.1", 10_000_000))
    row = next(row for row in report.tables["anggaran"].flat_rows() if row[3] == "10.000.000")
    assert row[4] == "65,44"
    assert "Terdapat 3 kegiatan yang berada di bawah 70%" in " ".join(report.sentences["anggaran"])
    (difference,) = report.measured.budget_differences
    assert (difference.key, difference.office, difference.file) == ("9.1", 13_579_750, 10_000_000)
    assert "1 angka berkas itu berbeda dari data kantor" in " ".join(report.sentences["anggaran"])


def test_a_file_of_a_running_year_says_nothing(
    agency: Agency, filled: Filler, filled_report: Report, budget_report: Report
) -> None:
    evidence = budget_evidence(agency)
    running = replace(evidence, source=replace(evidence.source, month=11))
    report = build(agency, filled, filled_report, running)
    assert report.content_hash == filled_report.content_hash
    assert budget_report.content_hash != filled_report.content_hash


def test_an_illustration_is_marked_beside_every_amount(
    agency: Agency, filled: Filler, budget_report: Report
) -> None:
    report = build(agency, filled, budget_report, budget_evidence(agency, illustrative=True))
    for number, columns in (
        ("anggaran", (2, 3, 4)),
        ("efisiensi-program", (5, 6, 7)),
        ("perubahan-program", (4,)),
    ):
        for row in report.tables[number].flat_rows():
            assert all(row[column].endswith("†") for column in columns), (number, row)
    assert report.notice.startswith("PERAGAAN.")
    assert "angka anggaran ini ilustrasi" in report.sentences["penggunaan-anggaran"][0]


def test_the_chart_of_months_follows_that_of_programs_and_needs_two_months(
    agency: Agency, filled: Filler, budget_report: Report
) -> None:
    (picture,) = budget_report.book.pictures["serapan"]
    numbers = [each.number for each in budget_report.book.pictures["serapan-program"]]
    assert numbers < [picture.number]
    evidence = budget_evidence(agency)
    lone = build(agency, filled, budget_report, replace(evidence, months=evidence.months[-1:]))
    assert "serapan" not in lone.book.pictures


def test_the_day_of_taking_in_is_no_content(agency: Agency, filled: Filler, budget_report: Report) -> None:
    evidence = budget_evidence(agency)
    later = replace(evidence, source=replace(evidence.source, vintage=2))
    assert build(agency, filled, budget_report, later).content_hash == budget_report.content_hash


def test_trace_names_the_file_and_the_row(budget_report: Report) -> None:
    steps = " ".join(next(o for o in budget_report.origins if o.figure == "fluktuasi-bapokti").steps)
    assert "Berkas realisasi-2023-12.xlsx (abababababab)" in steps
