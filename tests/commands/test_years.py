"""``lkjip year``, ``lkjip office upgrade`` and ``lkjip render --issue`` as a technician types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip, expect_sentence


def test_a_year_is_opened_listed_and_confirmed(lkjip: Lkjip, own_office: Path) -> None:
    opened = lkjip("year", "open", "2024")
    assert opened.code == 0
    assert f"Tahun 2024 dibuka dari 2023 di {own_office / '2024'}." in opened.out
    listed = lkjip("year", "list", "--json").json
    assert [(year["year"], year["confirmed"]) for year in listed] == [(2023, True), (2024, False)]
    expect_sentence(
        lkjip("refresh", "--year", "2024", "--json"), "Tahun 2024 belum dikonfirmasi", "periksa.md"
    )
    assert "dikonfirmasi Siti, 5 April 2024" in lkjip("year", "confirm", "2024", "--by", "Siti").out
    assert [year["by"] for year in lkjip("year", "list", "--json").json] == ["", "Siti"]


@pytest.mark.usefixtures("own_office")
def test_what_opening_found_is_there_for_a_program(lkjip: Lkjip) -> None:
    opened = lkjip("year", "open", "2024", "--json").json
    assert (opened["year"], opened["before"]) == (2024, 2023)
    assert len(opened["targets_from_renstra"]) == 6
    assert len(opened["realisasi_missing"]) == 4


def test_a_confirmation_without_a_name_is_a_slip(lkjip: Lkjip) -> None:
    answer = lkjip("year", "confirm", "2024")
    assert answer.code == 2
    assert "--by wajib diisi" in answer.err


def test_the_example_is_not_opened(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("year", "open", "2024", "--json"), "contoh milik program")


def test_an_office_of_the_old_layout_is_refused_and_upgraded(lkjip: Lkjip, own_office: Path) -> None:
    (own_office / "2023/renstra.yaml").rename(own_office / "renstra.yaml")
    expect_sentence(lkjip("audit", "--json"), "masih bersusunan lama", "lkjip office upgrade")
    assert lkjip("office", "upgrade", "--json").json["moves"] == ["renstra.yaml -> 2023/renstra.yaml"]
    assert lkjip("audit").code == 0
    assert "tidak ada yang dipindahkan" in lkjip("office", "upgrade").out


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


def test_remaking_needs_the_number_of_an_issue(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("render", "--remake", "--json"), "--remake hanya berlaku bersama --issue")


@pytest.mark.usefixtures("unrendered")
def test_an_issue_that_is_not_there_is_not_given(lkjip: Lkjip, tmp_path: Path) -> None:
    lkjip("refresh")
    answer = lkjip("render", "--issue", "9", "--out", str(tmp_path / "ulang"), "--json")
    expect_sentence(answer, "Terbitan 9 laporan 2023 tidak ada; yang ada: 1")
