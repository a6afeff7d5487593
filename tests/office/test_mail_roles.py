"""Who of a year's recipients gets which mails."""

from __future__ import annotations

from pathlib import Path

from office.loading import load_agency
from office.schema import Agency
from tests.office.conftest import Damage

HEAD, INSPECTOR, PLANNER = (
    "kepala@dkupp-sumenep.example",
    "sakip@inspektorat-sumenep.example",
    "perencana@dkupp-sumenep.example",
)


def test_an_office_that_says_nothing_mails_issues_to_all_and_troubles_to_none(agency: Agency) -> None:
    assert agency.year.readers == [HEAD, INSPECTOR, PLANNER]
    assert agency.year.told_of_failures == []


def test_roles_choose_who_gets_an_issue_and_who_is_told_of_troubles(office: Path) -> None:
    path = office / "2023" / "year.yaml"
    said = "mail:\n  release: [Kepala Dinas, Inspektorat]\n  failure: [Perencana]\n"
    path.write_text(path.read_text(encoding="utf-8") + said, encoding="utf-8")
    year = load_agency(office, 2023).year
    assert year.readers == [HEAD, INSPECTOR]
    assert year.told_of_failures == [PLANNER]


def test_a_role_that_no_recipient_has_is_named_with_those_there_are(damage: Damage) -> None:
    said = damage("2023/year.yaml", "recipients:\n", "mail: {failure: [Sekretaris]}\nrecipients:\n")
    assert "tidak ada penerima surel dengan peran 'Sekretaris'" in said
    assert "Kepala Dinas, Inspektorat, Perencana" in said
