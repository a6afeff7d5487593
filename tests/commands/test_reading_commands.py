"""Commands that only read make nothing: no database, no working folder, no lock."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from standins.bps import BpsStandin
from tests.commands.given.command_line import Lkjip
from tests.connectors.given import make_books as books

READING = [
    ["status"],
    ["trace", "pertumbuhan-industri"],
    ["audit"],
    ["enter", "--list"],
    ["series", "--sector", "C"],
    ["sources", "bps"],
    ["sources", "bps", "--find", "pengangguran terbuka"],
    ["approve"],
    ["render", "--out", "hasil"],
    ["export", "--out", "hasil"],
    ["prices", "status"],
    ["prices", "show", "beras-medium"],
    ["prices", "unknown"],
    ["budget", "status"],
    ["budget", "show"],
    ["budget", "diff"],
    ["ingest", "bps", "--dry-run"],
    ["ingest", "prices", "--dry-run"],
    ["ingest", "budget", "--dry-run"],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_command_that_reads_makes_nothing_and_says_which_database_is_not_there(
    lkjip: Lkjip, tmp_path: Path, words: list[str]
) -> None:
    answer = lkjip(*words)
    database = tmp_path / "kerja" / "lkjip.sqlite"
    assert answer.err.startswith(f"Basis data {database} belum ada")
    assert "lkjip poll" in answer.err
    assert [path.name for path in tmp_path.iterdir() if path.name != "hasil"] == []


def test_the_answer_itself_stays_on_standard_output(lkjip: Lkjip) -> None:
    answer = lkjip("status", "--json")
    assert answer.code == 0
    assert len(answer.json["indicators"]) == 11


@pytest.mark.usefixtures("unrendered")
def test_a_file_of_the_database_without_tables_counts_as_none(lkjip: Lkjip, tmp_path: Path) -> None:
    (tmp_path / "kerja").mkdir()
    (tmp_path / "kerja" / "lkjip.sqlite").touch()
    assert "belum ada" in lkjip("status").err
    assert lkjip("refresh").code == 0
    assert lkjip("status").err == ""


def test_a_command_that_stores_makes_the_database_and_is_silent_about_it(
    lkjip: Lkjip, bps: BpsStandin, tmp_path: Path
) -> None:
    assert lkjip("poll", BPS_URL=bps.url).err == ""
    assert (tmp_path / "kerja" / "lkjip.sqlite").is_file()
    assert lkjip("series", "--sector", "C").err == ""


def test_a_dry_run_reads_what_lies_in_the_folder_and_leaves_it_there(lkjip: Lkjip, tmp_path: Path) -> None:
    inbox = tmp_path / "kerja" / "masuk" / "bps"
    inbox.mkdir(parents=True)
    (inbox / "buku.pdf").write_bytes(books.set_pdf(books.page(books.Table(books.CURRENT, books.current()))))
    assert "buku.pdf" in lkjip("ingest", "bps", "--dry-run").out
    assert [path.name for path in (tmp_path / "kerja").rglob("*") if path.is_file()] == ["buku.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="the message is that of this system's error")
def test_a_database_of_another_user_asks_to_be_read_as_that_user(
    lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", deny)
    answer = lkjip("status")
    assert answer.code == 1
    assert "tidak dapat dibaca (tidak ada izin)" in answer.err
    assert "sudo -u lkjip" in answer.err
