"""``lkjip year`` and ``lkjip office upgrade`` as a technician types them."""

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
