"""Realisasi beside a national figure: a ratio only where there is something to divide by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from capaian.values import Quantity
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.table import Cell
from tests.reports.conftest import Filler

INDICATOR = "pertumbuhan-industri"


@pytest.fixture
def against(agency: Agency, filled: Filler):
    """The report when the national growth of industry is this one; ours is 6,2011."""

    def make(national: str) -> Report:
        others = [figure for figure in agency.national if figure.indicator != INDICATOR]
        figure = next(figure for figure in agency.national if figure.indicator == INDICATOR)
        changed = figure.model_copy(update={"value": Quantity(Decimal(national)), "year": 2023})
        office = agency.model_copy(update={"national": [*others, changed]})
        return build_report(office, filled(), issue=IssueInfo(2, date(2024, 4, 4)))

    return make


def cells(report: Report) -> tuple[Cell, ...]:
    name = report.measured.indicators[INDICATOR].indicator.name
    return next(row.cells for row in report.tables["standar"].rows if row.cells[2].text == name)


@pytest.mark.parametrize(("national", "shown"), [("0", "0"), ("-2.5", "-2,5")])
def test_a_national_figure_of_zero_or_below_gives_no_ratio(against, national: str, shown: str) -> None:
    report = against(national)
    assert report.measured.indicators[INDICATOR].against_national is None
    assert cells(report)[-2].text.startswith(shown)
    assert cells(report)[-1].text == "-"
    assert not any(sentence.startswith(cells(report)[2].text) for sentence in report.sentences["standar"])


@pytest.mark.parametrize(
    ("national", "place", "ratio"),
    [
        ("6.2011", "sama dengan", "100,00%*†"),
        ("6.2", "hampir sama dengan", "100,02%*†"),  # both are shown as 6,2
        ("6.1", "lebih tinggi dari", "101,66%*†"),
        ("6.21", "lebih rendah dari", "99,86%*†"),
    ],
)
def test_the_sentence_says_on_which_side_of_the_national_figure_ours_lies(
    against, national: str, place: str, ratio: str
) -> None:
    report = against(national)
    assert cells(report)[-1].text == ratio
    (said,) = [s for s in report.sentences["standar"] if s.startswith(f"{cells(report)[2].text} tahun 2023 ")]
    assert f" {place} angka nasional sebesar " in said
