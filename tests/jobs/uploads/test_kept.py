"""Where sent files lie: under harmless names, within bounds, and not for long."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import BusyError, StorageError
from jobs.file_moves import shown_name
from jobs.uploads import kept
from jobs.uploads.kept import Step, Upload, clean_name, find_upload, keep_upload, list_uploads, save_upload
from jobs.uploads.shown import BAD, Shown, make_notes, make_table

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def keep(home: Path, name: str = "a.csv", user: str = "siti", content: bytes = b"1") -> Upload:
    return keep_upload(home, user, "kantor", name, io.BytesIO(content), NOW)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("lra.xlsx", "lra.xlsx"),
        ("../../lkjip.sqlite", "lkjip.sqlite"),
        ("..", "berkas"),
        ("", "berkas"),
        ("/etc/passwd", "passwd"),
        ("C:\\Windows\\x.csv", "x.csv"),
        ("a\x00b.csv", "a�b.csv"),
        ("lap\u202evsc.exe", "lap�vsc.exe"),
        ("\x1b[31mmerah\x07.csv", "�[31mmerah�.csv"),
        ("a\ud800.csv", "a�.csv"),
        (".tersembunyi.csv", "tersembunyi.csv"),
        ("~$lra.xlsx", "lra.xlsx"),
        ("x" * 300 + ".csv", "x" * 146 + ".csv"),
        ("😀" * 80, "😀" * 37),
    ],
)
def test_a_name_becomes_harmless(given: str, name: str) -> None:
    assert clean_name(given) == name
    assert shown_name(Path(name)) == name
    assert len(os.fsencode(name)) <= 150


def test_what_was_understood_is_found_again(tmp_path: Path) -> None:
    shown = Shown("read", True, False, (("Tahun", "2023"),), (make_table("T", ("a", "b"), [("1", "2")]),))
    upload = keep(tmp_path)
    written = Upload(**{**vars(upload), "step": Step.SHOWN, "shown": shown, "why_not": (("bps", "x"),)})
    save_upload(tmp_path, written)
    assert find_upload(tmp_path, upload.token, "siti", "kantor", NOW) == written


def test_a_file_is_found_by_its_sender_and_office_alone(tmp_path: Path) -> None:
    token = keep(tmp_path).token
    assert find_upload(tmp_path, token, "budi", "kantor", NOW) is None
    assert find_upload(tmp_path, token, "siti", "lain", NOW) is None


def test_what_is_older_than_a_day_is_removed_and_no_younger_one(tmp_path: Path) -> None:
    keep(tmp_path)
    later = NOW + timedelta(hours=23)
    assert len(list_uploads(tmp_path, "siti", "kantor", later)) == 1
    assert list_uploads(tmp_path, "siti", "kantor", NOW + timedelta(days=1)) == []
    assert list((tmp_path / "unggahan").iterdir()) == []


def test_what_never_came_whole_is_removed_after_a_day(tmp_path: Path) -> None:
    fresh, old = (tmp_path / "unggahan" / (letter * 43) for letter in "ab")
    for folder in (fresh, old):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    kept.forget_old(tmp_path, NOW)
    assert (fresh.exists(), old.exists()) == (True, False)


def test_other_things_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "unggahan" / "catatan"
    other.mkdir(parents=True)
    os.utime(other, (0, 0))
    assert list_uploads(tmp_path, "siti", "kantor", NOW) == []
    assert other.exists()


def test_all_files_together_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    keep(tmp_path, content=bytes(10))
    with pytest.raises(BusyError, match="menunggu diputuskan"):
        keep(tmp_path, user="budi")


def test_a_disk_that_refuses_is_told_and_nothing_lies_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "save_upload", full)
    with pytest.raises(StorageError, match="cakram penuh"):
        keep(tmp_path)
    assert list((tmp_path / "unggahan").iterdir()) == []


def test_what_is_shown_is_bounded() -> None:
    table = make_table("x", ("a",), [("y" * 999,)] * 500)
    (notes,) = make_notes("x", BAD, ["z"] * 100)
    assert (len(table.rows), table.more, len(table.rows[0][0])) == (120, 380, 200)
    assert (len(notes.lines), notes.more) == (40, 60)


def test_columns_of_figures_are_told_from_words() -> None:
    table = make_table("x", ("a", "b", "c"), [("Beras", "1.000,5", "2 Januari"), ("Gula", "1 → 2", "3")])
    assert table.amounts == {1}
    assert make_table("x", ("a",), []).amounts == frozenset()
