"""``lkjip enter``: a figure of another institution by hand, with the file that shows it."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip, expect_sentence

OFFICE = ["--agency", "jabar-inspektorat"]
SCORE = ["enter", "eppd", "3,10", "--source", "Kemendagri", "--evidence", "eppd.pdf", *OFFICE]


@pytest.fixture(autouse=True)
def evidence(tmp_path: Path) -> Path:
    file = tmp_path / "eppd.pdf"
    file.write_bytes(b"%PDF-1.4\n% 3,10\n%%EOF\n")
    return file


@pytest.mark.usefixtures("unrendered")
def test_the_score_of_kemendagri_goes_from_the_command_into_status_report_and_trace(lkjip: Lkjip) -> None:
    assert "menunggu Kemendagri, April 2017" in lkjip("status", *OFFICE).out
    assert lkjip("refresh", *OFFICE).code == 0
    entered = lkjip(*SCORE, "--year", "2016", "--by", "Budi", "--json").json
    assert (entered["value"], entered["entered_by"], entered["new"]) == ("3,10", "Budi", True)
    rows = {row["id"]: row for row in lkjip("status", *OFFICE, "--json").json["indicators"]}
    assert (rows["eppd"]["realisasi"], rows["eppd"]["source"]) == ("3.1", "Kemendagri")
    [changed] = lkjip("refresh", *OFFICE, "--json").json["changes"]["indicators"]
    assert (changed["before_state"], changed["after"]) == ("waiting", "3,10 poin")
    traced = lkjip("trace", "eppd", *OFFICE).out
    assert "eppd.pdf" in traced
    assert entered["snapshot"] in traced


def test_who_enters_is_the_user_of_the_computer_where_nobody_is_named(
    lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    lkjip(*SCORE)
    [listed] = lkjip("enter", "--list", *OFFICE, "--json").json
    assert listed["entered_by"] == getpass.getuser()
    assert "eppd 2016: 3,10 [Kemendagri; dipakai]" in lkjip("enter", "--list", "eppd", *OFFICE).out


def test_the_person_behind_sudo_is_who_enters(lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "perencana")
    assert lkjip(*SCORE, "--json").json["entered_by"] == "perencana"


def test_a_negative_figure_stands_behind_two_dashes(lkjip: Lkjip) -> None:
    words = ["enter", "--source", "LHP", "--evidence", "eppd.pdf", *OFFICE, "--json", "--"]
    assert lkjip(*words, "temuan-spi", "-3,14").json["value"] == "-3,14"


@pytest.mark.parametrize("missing", ["eppd", "3,10", "--source", "--evidence"])
def test_what_is_missing_is_asked_for(lkjip: Lkjip, missing: str) -> None:
    place = SCORE.index(missing)
    words = SCORE[:place] + SCORE[place + (2 if missing.startswith("--") else 1) :]
    expect_sentence(lkjip(*words, "--json"), "wajib diisi", "lkjip enter --list")


def test_a_value_that_may_be_read_in_two_ways_is_asked(lkjip: Lkjip) -> None:
    words = [word.replace("3,10", "8 dari 10") for word in SCORE]
    expect_sentence(lkjip(*words, "--json"), "dapat berarti 8 atau 80%")


def test_an_evidence_that_is_not_there_is_named(lkjip: Lkjip, evidence: Path) -> None:
    evidence.unlink()
    expect_sentence(lkjip(*SCORE, "--json"), "Bukti eppd.pdf tidak dapat dibaca (tidak ada)")
