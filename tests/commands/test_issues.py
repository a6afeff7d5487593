"""``lkjip issue``, ``lkjip diff`` and ``lkjip render --issue`` as a technician types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip, expect_sentence
from tests.jobs.given.signed import own_files, signed_pdf, write
from tests.web.given.reading import read_here


@pytest.mark.usefixtures("unrendered")
def test_an_old_issue_is_given_from_its_files_and_the_answer_says_so(lkjip: Lkjip, tmp_path: Path) -> None:
    lkjip("refresh")
    given = lkjip("render", "--issue", "1", "--out", str(tmp_path / "lama"), "--json").json
    assert (given["issue"], given["how"]) == (1, "stored")
    assert all(Path(file).stat().st_size for file in given["files"])


@pytest.mark.usefixtures("unrendered")
def test_two_issues_are_compared_on_the_screen_and_in_a_file(
    lkjip: Lkjip, own_office: Path, tmp_path: Path
) -> None:
    lkjip("refresh")
    expect_sentence(lkjip("diff", "--json"), "Terbitan 1 laporan 2023 adalah yang pertama")
    year = own_office / "2023/year.yaml"
    year.write_text(year.read_text().replace("CHAINUR BASYID", "PENGGANTI"))
    lkjip("refresh")
    assert "LKjIP 2023 DKUPP Sumenep: beda terbitan 1 dan 2" in lkjip("diff").out
    assert lkjip("diff", "--issue", "1", "--against", "2", "--json").json["after"] == 2
    file = tmp_path / "hasil" / "beda.html"
    assert lkjip("diff", "--html", str(file)).out.strip() == str(file)
    assert "beda terbitan 1 dan 2" in file.read_text()
    expect_sentence(lkjip("diff", "--against", "9", "--json"), "Terbitan 9 laporan 2023 tidak ada")


def test_a_signed_copy_is_looked_at_kept_listed_and_given_back(
    lkjip: Lkjip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    monkeypatch.setattr("jobs.report.refresh.make_files", own_files)
    assert lkjip("issue", "list").out.strip() == "Belum ada terbitan."
    lkjip("refresh")
    file = str(write(tmp_path / "ttd.pdf", signed_pdf(2)))
    refused = lkjip("issue", "sign", "1", file, "--json")
    expect_sentence(refused, "mungkin bukan salinan terbitan 1: sampulnya menyebut terbitan 2", "--force")
    assert lkjip("issue", "list", "--json").json[0]["signed_on"] == ""
    kept = lkjip("issue", "sign", "1", file, "--by", "Siti", "--force", "--json").json
    assert (kept["by"], kept["doubts"][:36]) == ("Siti", "sampulnya menyebut terbitan 2, bukan")
    assert lkjip("issue", "list", "--json").json[0]["signed_on"] == "2024-04-05"
    (given,) = lkjip("issue", "signed", "1", "--out", str(tmp_path / "ambil"), "--json").json
    assert Path(given).read_bytes() == signed_pdf(2)


def test_remaking_needs_the_number_of_an_issue(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("render", "--remake", "--json"), "--remake hanya berlaku bersama --issue")


@pytest.mark.usefixtures("unrendered")
def test_an_issue_that_is_not_there_is_not_given(lkjip: Lkjip, tmp_path: Path) -> None:
    lkjip("refresh")
    answer = lkjip("render", "--issue", "9", "--out", str(tmp_path / "ulang"), "--json")
    expect_sentence(answer, "Terbitan 9 laporan 2023 tidak ada; yang ada: 1")
