"""Without ``LKJIP_YEAR`` every open year of the office is served, and each file goes to its year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.budget.files import read_budget_files
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from jobs.years.confirm import close_year, list_years
from jobs.years.opening import open_year
from office.confirmation import reporting_year
from standins.budget.faulty import plain
from tests.jobs.given.days import JANUARY, RELEASE_DAY


@pytest.fixture
def two_years(at, office: Path) -> Path:
    open_year(at(JANUARY), 2024)
    return office


def sheet_of(tmp_path: Path, old: str, new: str) -> Path:
    """An export of the year's end in which the words of the heading are others."""

    def change(sheet) -> None:
        for row in sheet.iter_rows(max_row=6):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(old, new)

    path = tmp_path / "anggaran.xlsx"
    path.write_bytes(plain(change))
    return path


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2024, 2, 1), 2023), (date(2025, 1, 2), 2024), (date(2023, 6, 1), 2023), (date(2026, 1, 1), 2024)],
)
def test_the_report_that_is_due_is_that_of_the_newest_year_that_is_over(today: date, expected: int):
    assert reporting_year([2023, 2024], today) == expected


def test_every_open_year_is_served_and_a_set_year_restricts(at, two_years):
    workspace = at(JANUARY)
    assert (workspace.years, workspace.year) == ((2023, 2024), 2023)
    assert workspace.of_year(2024).years == (2024,)


def test_status_shows_every_open_year(at, two_years):
    status = read_status(at(RELEASE_DAY))
    assert {row["year"] for row in status.as_rows()} == {2023, 2024}
    assert "Tahun 2023\n" in status.as_text()
    assert "Tahun 2024\n" in status.as_text()
    asked = read_status(at(RELEASE_DAY).of_year(2024))
    assert {row["year"] for row in asked.as_rows()} == {2024}


def test_slips_in_one_year_are_told_beside_the_other(at, two_years):
    (two_years / "2024/year.yaml").write_text("year: [")
    text = read_status(at(JANUARY)).as_text()
    assert "Tahun 2024\nTidak terbaca: 2024/year.yaml" in text
    assert "pertumbuhan-industri" in text


def test_a_budget_goes_to_the_year_that_it_speaks_of(at, two_years, tmp_path):
    path = sheet_of(tmp_path, "2023", "2024")
    [file] = read_budget_files(at(date(2025, 1, 10)), [path]).files
    assert (file.outcome, file.year, file.month) == ("taken", 2024, 12)


def test_a_budget_that_names_no_year_is_asked_while_several_are_open(at, two_years, tmp_path):
    path = sheet_of(tmp_path, "2023", "")
    [file] = read_budget_files(at(date(2025, 1, 10)), [path]).files
    assert file.outcome == "refused"
    assert "beberapa tahun terbuka: 2023, 2024" in file.problems[0]


def test_a_closed_year_is_served_no_more_and_stays_where_it_is(at, two_years):
    close_year(at(JANUARY), 2023)
    assert at(JANUARY).years == (2024,)
    first, _ = list_years(at(JANUARY))
    assert first.as_text().endswith("ditutup 31 Januari 2024 pukul 09.00 WIB")
    assert at(JANUARY).of_year(2023).agency.year.year == 2023


def test_a_year_that_is_not_open_cannot_be_closed(at, two_years):
    with pytest.raises(AgencyDataError, match=r"Tahun 2022 tidak terbuka.*2023, 2024"):
        close_year(at(JANUARY), 2022)


def test_an_office_that_closed_everything_is_told_to_open_a_year(at, office):
    close_year(at(JANUARY), 2023)
    with pytest.raises(AgencyDataError, match="tidak mempunyai tahun yang terbuka"):
        assert Workspace(at(JANUARY).settings).years
