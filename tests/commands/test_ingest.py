"""``lkjip ingest bps`` as its users type it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import main
from tests.connectors.given import make_books as books

Answer = tuple[int, str, str]
Lkjip = Callable[..., Answer]


@pytest.fixture
def lkjip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lkjip:
    """The command in an office of its own."""
    monkeypatch.setenv("LKJIP_HOME", str(tmp_path / "kerja"))
    monkeypatch.setenv("LKJIP_TODAY", "2026-04-07")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["lkjip", "ingest", "bps", *words])
        with pytest.raises(SystemExit) as ended:
            main.run()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A page of a book for the office's region (ilustrasi)."""
    caption = (books.CURRENT[0].replace("Enrekang", "Kabupaten Sumenep"), books.CURRENT[1])
    path = tmp_path / "buku.pdf"
    path.write_bytes(books.set_pdf(books.page(books.Table(caption, books.current()))))
    return path


def test_without_files_in_the_folder_it_says_so(lkjip: Lkjip) -> None:
    assert lkjip() == (0, "Tidak ada berkas BPS yang menunggu dibaca.\n", "")


def test_a_dry_run_shows_what_was_understood_and_stores_nothing(lkjip: Lkjip, book: Path) -> None:
    code, out, _ = lkjip(str(book), "--dry-run")
    assert code == 0
    assert "buku.pdf: dibaca, tidak disimpan" in out
    assert "90 angka (Miliar Rupiah; 2021 tetap, 2022 tetap, 2023 tetap, 2024 sementara, 2025 sangat" in out
    _, again, _ = lkjip(str(book), "--json")
    assert json.loads(again)["files"][0]["outcome"] == "taken"


def test_a_file_is_taken_and_the_stored_series_shows_it(
    lkjip: Lkjip, book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = lkjip(str(book), "--json")
    assert code == 0
    assert json.loads(out)["news"] is True
    words = ["lkjip", "series", "--sector", "C", "--measure", "adhb", "--json"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit):
        main.run()
    stored = json.loads(capsys.readouterr().out)
    assert [(row["year"], row["value"], row["status"]) for row in stored["values"]][-2:] == [
        (2024, "1426.43", "sementara"),
        (2025, "1591.29", "sangat sementara"),
    ]


def test_a_refused_file_ends_with_an_error_code_and_its_reason(lkjip: Lkjip, tmp_path: Path) -> None:
    path = tmp_path / "buku.pdf"
    path.write_bytes(b"<!doctype html>")
    code, out, _ = lkjip(str(path))
    assert code == 1
    assert "buku.pdf: tidak dapat dipakai" in out
    assert "pemeriksaan robot" in out


def test_a_file_that_is_not_there_is_named(lkjip: Lkjip) -> None:
    code, _, err = lkjip("tidak-ada.pdf")
    assert code == 1
    assert "tidak-ada.pdf" in err
    assert "tidak ada" in err
