"""No issue and no mail of a year before a person confirmed it; a copy of the year before is caught."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.health.outbox import read_outbox
from jobs.report.refresh import refresh
from jobs.report.render import present_report
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from jobs.years.confirm import confirm_year, list_years
from jobs.years.opening import open_year
from models.report.issues import list_issues
from models.session import open_session
from office.confirmation import year_state
from tests.jobs.given.days import JANUARY

pytestmark = pytest.mark.usefixtures("unrendered")


def of_2024(workspace: Workspace) -> Workspace:
    return Workspace(workspace.settings.model_copy(update={"year": 2024}))


def edit(path: Path, **changes: str) -> None:
    text = path.read_text(encoding="utf-8")
    for name, value in changes.items():
        before = next(line for line in text.splitlines() if line.startswith(f"{name}: "))
        text = text.replace(before, f"{name}: {value}")
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def copied(office: Path) -> Path:
    """2024 as a copy of 2023 in which only two lines were changed."""
    shutil.copytree(office / "2023", office / "2024")
    edit(office / "2024/year.yaml", year="2024", previous_year="2023")
    return office


def test_an_opened_year_makes_no_issue_and_no_mail_until_it_is_confirmed(at, office):
    open_year(at(JANUARY), 2024)
    with pytest.raises(AgencyDataError, match=r"Tahun 2024 belum dikonfirmasi.*lkjip year confirm 2024"):
        refresh(of_2024(at(JANUARY)))
    with open_session(at(JANUARY).engine, read_only=True) as session:
        assert list_issues(session, "sumenep-dkupp", 2024) == []
        assert read_outbox(session).waiting == 0
    confirm_year(at(JANUARY), 2024, "Siti, Perencana")
    assert refresh(of_2024(at(JANUARY))).issue.number == 1


def test_an_opened_year_can_be_looked_at(at, office):
    open_year(at(JANUARY), 2024)
    assert present_report(of_2024(at(JANUARY))).agency.year.year == 2024


def test_status_says_which_year_is_not_confirmed_whichever_year_is_asked(at, office):
    open_year(at(JANUARY), 2024)
    for workspace in (at(JANUARY), of_2024(at(JANUARY))):
        told = [warning for warning in read_status(workspace).warnings if "belum dikonfirmasi" in warning]
        assert len(told) == 1
        assert told[0].startswith("Tahun 2024 ")
        assert "2024/periksa.md" in told[0]


def test_who_confirmed_and_when_is_kept_and_shown(at, office):
    open_year(at(JANUARY), 2024)
    confirm_year(at(JANUARY), 2024, "Siti, Perencana")
    said = "dikonfirmasi Siti, Perencana, 31 Januari 2024 pukul 09.00 WIB"
    assert [year.as_text() for year in list_years(at(JANUARY))] == [
        "2023  belum terbit; tidak memerlukan konfirmasi",
        f"2024  belum terbit; {said}",
    ]


def test_the_old_year_goes_on_while_the_new_one_waits(at, office):
    open_year(at(JANUARY), 2024)
    assert refresh(at(JANUARY)).issue.number == 1


def test_a_copied_year_is_told_with_what_is_the_same(at, copied):
    state = year_state(copied, 2024)
    assert state.doubts == (
        "target di year.yaml sama kata demi kata dengan tahun 2023",
        "belanja di programs.csv sama kata demi kata dengan tahun 2023",
        "seluruh isi cetak/ sama kata demi kata dengan tahun 2023",
    )
    with pytest.raises(AgencyDataError, match="sama kata demi kata"):
        refresh(of_2024(at(JANUARY)))


def test_quarters_that_were_copied_along_are_told(copied):
    for year in (2023, 2024):
        (copied / f"{year}/triwulan.csv").write_text("indicator,quarter,source\n")
    told = "seluruh isi triwulan.csv sama kata demi kata dengan tahun 2023"
    assert year_state(copied, 2024).doubts[-1] == told


def test_a_copied_year_can_be_confirmed_as_it_is(at, copied):
    confirm_year(at(JANUARY), 2024, "Siti")
    assert refresh(of_2024(at(JANUARY))).issue.number == 1


def test_a_confirmation_that_was_copied_along_says_nothing_of_another_year(at, copied):
    confirm_year(at(JANUARY), 2024, "Siti")
    shutil.copytree(copied / "2024", copied / "2025")
    assert not year_state(copied, 2025).confirmed


def test_a_year_written_anew_needs_no_confirmation(copied):
    shutil.rmtree(copied / "2024/cetak")
    text = (copied / "2024/year.yaml").read_text().replace("pendapatan-umkm: 7%", "pendapatan-umkm: 8%")
    (copied / "2024/year.yaml").write_text(text)
    programs = (copied / "2024/programs.csv").read_text().replace("9.440.925.382", "9.440.925.383")
    (copied / "2024/programs.csv").write_text(programs.replace("17.098.500", "17.098.501"))
    assert year_state(copied, 2024).confirmed


def test_the_first_year_of_an_office_needs_no_confirmation(at, office):
    assert year_state(office, 2023).confirmed
    with pytest.raises(AgencyDataError, match="tidak memerlukan konfirmasi"):
        confirm_year(at(JANUARY), 2023, "Siti")


def test_nobody_confirms_without_a_name(at, office):
    open_year(at(JANUARY), 2024)
    with pytest.raises(AgencyDataError, match="Nama pemeriksa kosong"):
        confirm_year(at(JANUARY), 2024, "  ")


def test_data_with_slips_cannot_be_confirmed(at, office):
    open_year(at(JANUARY), 2024)
    edit(office / "2024/year.yaml", used="pk-lain")
    with pytest.raises(AgencyDataError, match="'pk-lain' tidak ada"):
        confirm_year(at(JANUARY), 2024, "Siti")


def test_a_damaged_confirmation_is_named(at, office):
    (office / "2023/konfirmasi.yaml").write_text("tahun: 2023\n")
    with pytest.raises(AgencyDataError, match=r"2023/konfirmasi\.yaml.*'year' wajib ada"):
        year_state(office, 2023)
