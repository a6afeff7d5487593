"""Addresses of the page in mails: where people can reach it, and only there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from core.settings import load_settings
from jobs.health.notices import compose_opened, correspondence, state_page
from jobs.report.links import page_links
from jobs.workspace import Workspace
from models.health.troubles import Trouble

PAGE = "https://lkjip.kantor.example/"
NOON = datetime(2024, 4, 7, 5, tzinfo=UTC)


def office(home: Path, page: str) -> Workspace:
    return Workspace(load_settings(home=home, agency="sumenep-dkupp", year=2023, page_url=page))


def test_an_issue_and_the_figures_that_a_person_enters_have_their_address(tmp_path: Path) -> None:
    links = page_links(office(tmp_path, PAGE), 3)
    assert links is not None
    assert links.issue == "https://lkjip.kantor.example/kantor/sumenep-dkupp/2023/terbitan/3"
    assert links.enter["sakip"] == "https://lkjip.kantor.example/kantor/sumenep-dkupp/2023/angka/sakip"
    assert "pertumbuhan-industri" not in links.enter, "its figure is found by the program"


def test_an_issue_leads_to_its_differences_from_the_one_before(tmp_path: Path) -> None:
    first, third = (page_links(office(tmp_path, PAGE), number) for number in (1, 3))
    assert first is not None
    assert third is not None
    assert first.differences == ""
    assert third.differences == ("https://lkjip.kantor.example/kantor/sumenep-dkupp/2023/beda?dari=2&ke=3")


def test_a_page_of_this_machine_alone_is_no_address_for_a_mail(tmp_path: Path) -> None:
    assert page_links(office(tmp_path, ""), 3) is None
    assert state_page(office(tmp_path, "").settings) == ""


def test_the_technician_s_mail_names_the_state_page(tmp_path: Path) -> None:
    trouble = Trouble(key="x", title="Macet", detail="Itu.", todo="", opened_at=NOON, seen_at=NOON)
    for page, named in ((PAGE, True), ("", False)):
        text = compose_opened(correspondence(office(tmp_path, page)), trouble).get_content()
        address = "Di halaman LKjIP: https://lkjip.kantor.example/kantor/sumenep-dkupp"
        assert (address in text) == named
