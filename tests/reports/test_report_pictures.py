"""The pictures of a report: every indicator is in them, with the figures that the tables have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from office.loading import find_agency, load_agency
from reports.charts.columns import YearChart
from reports.charts.picture import Picture
from reports.charts.rows import Bar, Kind, RowChart
from reports.content import IssueInfo, Report, build_report
from reports.measured import MeasuredIndicator
from reports.realisasi import CourseYear
from reports.reported import reported_realisasi
from reports.standing import Standing
from reports.wording import show_percent, show_progress
from tests.given.examples import examples
from tests.reports.given.random_offices import random_offices

OFFICES = (("sumenep-dkupp", 2023), ("jabar-disperindag", 2016), ("jabar-inspektorat", 2016))
SUMENEP = load_agency(find_agency("sumenep-dkupp"), 2023)
ISSUE = IssueInfo(1, date(2024, 1, 31))
offices = random_offices(SUMENEP)
slowly = examples(60, 4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module", params=OFFICES, ids=[name for name, _ in OFFICES])
def report(request: pytest.FixtureRequest) -> Report:
    name, year = request.param
    agency = load_agency(find_agency(name), year)
    return build_report(agency, reported_realisasi(agency), issue=ISSUE)


def charts(report: Report, name: str) -> list[RowChart]:
    pictures = report.book.pictures.get(name, ())
    return [c for p in pictures if isinstance(p, Picture) for c in p.charts if isinstance(c, RowChart)]


def rows(report: Report, name: str) -> Iterator[tuple[str, Bar, list[str]]]:
    """Of each row its name, its last bar, and its figures."""
    for chart in charts(report, name):
        for row in chart.rows:
            bars = [cell for cell in row.cells if isinstance(cell, Bar)]
            yield row.name, bars[-1], [cell for cell in row.cells if isinstance(cell, str)]


def check_capaian(report: Report) -> None:
    listed = report.measured.headline
    found = list(rows(report, "capaian"))
    if all(m.percent is None for m in listed):
        assert not found
        return
    shown = report.tables["capaian"].flat_rows()
    assert [name for name, _, _ in found] == [m.indicator.short_name for m in listed]
    for m, (_, bar, (target, realisasi, level)), cells in zip(listed, found, shown, strict=True):
        assert {target, realisasi} <= set(cells)
        assert level == (cells[5] if m.percent is not None else level)
        assert bar.kind is _kind(m)
        assert bar.percent == (Decimal(100) if m.waiting else m.percent)


def _kind(m: MeasuredIndicator) -> Kind:
    kinds = {Standing.REACHED: Kind.REACHED, Standing.WAITING: Kind.WAITING}
    return kinds.get(m.standing, Kind.MISSED)


def test_capaian_shows_every_indicator_as_its_table_has_it(report: Report) -> None:
    check_capaian(report)


@slowly
@given(st.data())
def test_capaian_of_any_office_is_that_of_its_table(data: st.DataObject) -> None:
    agency = data.draw(offices)
    made = build_report(agency, reported_realisasi(agency), issue=ISSUE)
    check_capaian(made)
    for chart in charts(made, "capaian"):
        assert chart.draw().count("<text") >= len(chart.rows)


def test_progress_shows_every_indicator_with_an_end_target(report: Report) -> None:
    listed = report.measured.with_end_target
    found = list(rows(report, "kemajuan"))
    assert [name for name, _, _ in found] == [m.indicator.short_name for m in listed if found]
    for m, (_, bar, figures) in zip(listed, found, strict=bool(found)):
        assert figures[2] == (
            show_progress(m) if m.progress and m.progress.percent is not None else figures[2]
        )
        assert (bar.kind is Kind.WAITING) == m.waiting


def test_absorption_shows_every_program_and_the_sum(report: Report) -> None:
    found = list(rows(report, "serapan-program"))
    if not report.measured.has_budget:
        assert not found
        return
    table = report.tables["anggaran"]
    shown = [r for kind, r in zip(table.rows, table.flat_rows(), strict=True) if kind.kind != "kegiatan"]
    assert [figures for _, _, figures in found] == [[r[2], r[3], f"{r[4]}%"] for r in shown]
    assert [name for name, _, _ in found[:-1]] == [f"{r[0]}. {r[1]}" for r in shown[:-1]]
    assert {bar.kind for _, bar, _ in found} == {Kind.PLAIN}


def test_money_stands_beside_the_capaian_it_is_behind(report: Report) -> None:
    found = {name: (bar, figures) for name, bar, figures in rows(report, "belanja-capaian")}
    listed = [m for m in report.measured.indicators.values() if m.spending.budget > 0]
    assert set(found) == {m.indicator.short_name for m in listed}
    for m in listed:
        bar, (money, level) = found[m.indicator.short_name]
        assert money.startswith(f"{m.spending.spent:,.0f}".replace(",", "."))
        assert bar.percent == (Decimal(100) if m.waiting else m.percent)
        assert level == (show_percent(m) if m.percent is not None else level)


def test_whoever_cannot_see_is_told_every_figure(report: Report) -> None:
    for name in ("capaian", "kemajuan", "serapan-program", "belanja-capaian"):
        for chart in charts(report, name):
            for row in chart.rows:
                # The sum bears its table's capitals in the picture only.
                told = re.sub(r"^\d+\. ", "", row.name).replace("JUMLAH", "Jumlah")
                assert told in chart.described
                assert all(cell in chart.described for cell in row.cells if isinstance(cell, str))


def test_every_picture_of_rows_says_its_source(report: Report) -> None:
    for name in ("capaian", "kemajuan", "serapan-program", "belanja-capaian"):
        for chart in charts(report, name):
            assert any(note.startswith("Sumber: ") for note in chart.notes)


def test_a_bar_that_is_cut_off_is_told_below_the_picture(report: Report) -> None:
    for picture in report.book.pictures.get("capaian", ()):
        beyond = any(m.percent is not None and m.percent > 150 for m in report.measured.headline)
        told = any(note.startswith("Batang di atas 150%") for chart in picture.charts for note in chart.notes)
        assert told == beyond


def year_charts(report: Report) -> dict[str, YearChart]:
    pictures = report.book.pictures.get("pdrb", ())
    found = [c for p in pictures if isinstance(p, Picture) for c in p.charts if isinstance(c, YearChart)]
    return {chart.identifier.removeprefix("grafik-pdrb-"): chart for chart in found}


def test_the_year_that_waits_for_bps_is_open(waiting_report: Report) -> None:
    chart = year_charts(waiting_report)["pertumbuhan-industri"]
    before, waiting = chart.bars
    assert (before.name, before.text, before.open) == ("2022", "7,89", False)
    assert (waiting.name, waiting.text, waiting.value, waiting.open) == ("2023", "menunggu", None, True)
    assert (before.target, waiting.target) == (Decimal("0.5"), Decimal("6.1"))
    assert chart.described == "2022 7,89 (target 0,5%); 2023 menunggu (target 6,1%)."


def test_a_released_year_bears_the_marks_of_its_figure(filled_report: Report) -> None:
    chart = year_charts(filled_report)["pertumbuhan-industri"]
    assert chart.bars[-1].text == "6,20*†"
    assert chart.bars[-1].hollow
    assert any(note.startswith("* Angka sementara menurut BPS") for note in chart.notes)
    assert any(note.startswith("† Angka ilustrasi") for note in chart.notes)


def test_years_before_come_from_the_source_and_from_the_tables_where_those_have_them() -> None:
    realisasi = reported_realisasi(SUMENEP)
    key = ("pertumbuhan-industri", 2023)
    years = (
        CourseYear(2021, Decimal("3.456"), "sangat sementara"),
        CourseYear(2022, Decimal("9.99"), "tetap"),
    )
    realisasi[key] = replace(realisasi[key], course=years)
    report = build_report(SUMENEP, realisasi, issue=ISSUE)
    texts = {bar.name: bar.text for bar in year_charts(report)["pertumbuhan-industri"].bars}
    assert texts == {"2021": "3,46**", "2022": "7,89", "2023": "menunggu"}
    assert [part["value"] for part in report.as_json()["courses"]["pertumbuhan-industri"]] == ["3,46", "9,99"]


def test_an_office_without_pdrb_has_no_picture_of_it() -> None:
    agency = load_agency(find_agency("jabar-inspektorat"), 2016)
    report = build_report(agency, reported_realisasi(agency), issue=ISSUE)
    assert "pdrb" not in report.book.pictures
    assert not re.search(r"Perkembangan PDRB dari tahun", report.document().body)
