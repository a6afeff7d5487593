"""``lkjip approve`` as a technician types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip, expect_sentence


@pytest.fixture
def waiting(lkjip: Lkjip, own_office: Path, unrendered: None) -> Path:
    """An office whose first issue waits; gives its ``year.yaml``."""
    file = own_office / "2023" / "year.yaml"
    file.write_text(
        f"{file.read_text(encoding='utf-8')}approval: {{roles: [Kepala Dinas]}}\n", encoding="utf-8"
    )
    answer = lkjip("refresh", "--json").json
    assert (answer["issue"], answer["draft"]["name"]) == (None, "1-1")
    return file


@pytest.mark.usefixtures("waiting")
def test_what_waits_is_listed_looked_at_and_approved(lkjip: Lkjip, tmp_path: Path) -> None:
    listed = lkjip("approve")
    assert "Rancangan 1-1 untuk terbitan 1 laporan 2023" in listed.out
    assert "lkjip approve 1-1 --out MAP" in listed.out
    lkjip("approve", "1-1", "--out", str(tmp_path / "lihat"))
    assert (tmp_path / "lihat" / "lkjip.pdf").read_bytes().startswith(b"RANCANGAN")
    approved = lkjip("approve", "1-1", "--by", "Ibu Kepala", "--note", "Sudah dicek.", "--json").json
    assert (approved["by"], approved["number"], approved["approved"]) == ("Ibu Kepala", 1, True)
    assert "Tidak ada rancangan" in lkjip("approve").out
    assert lkjip("outbox", "list", "--json").json[-1]["number"] == "L1"
    assert "Disetujui Ibu Kepala, 5 April 2024: Sudah dicek." in lkjip("issue", "list").out
    (kept,) = lkjip("issue", "list", "--json").json
    assert (kept["approved_by"], kept["approved_on"], kept["note"]) == (
        "Ibu Kepala",
        "2024-04-05",
        "Sudah dicek.",
    )


@pytest.mark.usefixtures("waiting")
def test_a_rejection_is_kept_with_its_reason_and_proposed_again_only_when_asked(lkjip: Lkjip) -> None:
    lkjip("approve", "1-1", "--by", "Ibu Kepala", "--reject", "NIP kosong")
    assert "ditolak Ibu Kepala: NIP kosong" in lkjip("refresh").out
    assert lkjip("refresh", "--again", "--json").json["draft"]["name"] == "1-2"


@pytest.mark.usefixtures("waiting")
def test_slips_are_answered_with_what_to_do(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("approve", "--note", "x", "--json"), "Rancangan mana", "lkjip approve")
    expect_sentence(lkjip("approve", "1-1", "--reject", "", "--json"), "tidak ditolak tanpa alasan")
    expect_sentence(lkjip("approve", "1-1", "--note", "x", "--reject", "y", "--json"), "bersama-sama")
    expect_sentence(lkjip("approve", "7-1", "--json"), "Rancangan 7-1 laporan 2023 tidak ada; yang ada: 1-1")
