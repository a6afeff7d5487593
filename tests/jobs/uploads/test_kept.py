"""Where sent files lie: under harmless names, for their owner alone, within bounds, and not for long."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import AgencyDataError, BusyError, StorageError
from jobs.file_moves import shown_name
from jobs.uploads import kept as room
from jobs.uploads.kept import (
    FOLDER,
    LASTS,
    Kept,
    Owner,
    Purpose,
    clean_name,
    drop_kept,
    find_kept,
    find_place,
    keep_files,
    list_kept,
)
from jobs.uploads.progress import Step, Upload, save_upload, upload_of
from jobs.uploads.shown import BAD, Shown, make_notes, make_table

NOW = datetime(2026, 5, 4, tzinfo=UTC)
FORM = Owner("siti", "kantor", Purpose.FIGURE)
INBOX = replace(FORM, purpose=Purpose.INBOX)


def keep(home: Path, *names: str, owner: Owner = FORM, at: datetime = NOW, content: bytes = b"1") -> Kept:
    return keep_files(home, owner, [(name, io.BytesIO(content)) for name in names or ("a.csv",)], at)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("lra.xlsx", "lra.xlsx"),
        ("../../lkjip.sqlite", "lkjip.sqlite"),
        ("..", "berkas"),
        ("", "berkas"),
        ("a/", "berkas"),
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


# --- whose they are -------------------------------------------------------------------------------


def test_their_owner_finds_them_again(tmp_path: Path) -> None:
    kept = keep(tmp_path, "surat.pdf", "lampiran.xlsx")
    found = find_kept(tmp_path, FORM, kept.token, NOW + timedelta(hours=23))
    assert found == kept
    assert [(path.name, path.read_bytes()) for path in found.files] == [
        ("surat.pdf", b"1"),
        ("lampiran.xlsx", b"1"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(FORM, user="budi"),
        replace(FORM, office="lain"),
        replace(FORM, purpose=Purpose.WORKBOOK),
        INBOX,
    ],
    ids=str,
)
def test_nobody_else_and_no_other_form_does(tmp_path: Path, other: Owner) -> None:
    kept = keep(tmp_path)
    with pytest.raises(AgencyDataError, match="sudah tidak ada"):
        find_kept(tmp_path, other, kept.token, NOW)
    assert find_place(tmp_path, other, kept.folder.name, NOW) is None


@pytest.mark.parametrize("token", ["", "..", "../../x", "x" * 43, "\udcff", "é" * 43])
def test_no_guess_leads_anywhere(tmp_path: Path, token: str) -> None:
    keep(tmp_path)
    with pytest.raises(AgencyDataError, match="sudah tidak ada"):
        find_kept(tmp_path, FORM, token, NOW)
    assert find_place(tmp_path, FORM, token, NOW) is None


def test_the_token_is_written_nowhere_and_the_folders_name_is_none(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    texts = [str(path) + path.read_text() for path in (tmp_path / FOLDER).rglob("*") if path.is_file()]
    assert kept.token not in " ".join(texts)
    with pytest.raises(AgencyDataError):
        find_kept(tmp_path, FORM, kept.folder.name, NOW)


def test_only_the_program_reads_them(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(mode=0o755)
    keep(tmp_path)
    inside = [tmp_path / FOLDER, *(tmp_path / FOLDER).rglob("*")]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in inside}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    kept = keep(tmp_path, "a.pdf", "a.pdf")
    assert [path.name for path in kept.files] == ["a.pdf", "a-2.pdf"]


def test_what_was_understood_is_found_again(tmp_path: Path) -> None:
    shown = Shown("read", True, False, (("Tahun", "2023"),), (make_table("T", ("a", "b"), [("1", "2")]),))
    kept = keep(tmp_path, owner=INBOX)
    written = save_upload(Upload(kept, Step.SHOWN, shown=shown, why_not=(("bps", "x"),)))
    found = find_place(tmp_path, INBOX, kept.folder.name, NOW)
    assert found is not None
    assert upload_of(found) == replace(written, kept=found)


def test_what_another_version_wrote_of_it_is_not_understood(tmp_path: Path) -> None:
    assert upload_of(replace(keep(tmp_path), said={"step": "lain"})) is None


# --- for how long ---------------------------------------------------------------------------------


def test_after_a_day_they_are_gone(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    assert len(list_kept(tmp_path, FORM, NOW + timedelta(hours=23))) == 1
    with pytest.raises(AgencyDataError):
        find_kept(tmp_path, FORM, kept.token, NOW + LASTS)
    keep(tmp_path, at=NOW + LASTS)
    assert not kept.folder.exists()
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


def test_what_was_taken_in_is_gone(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    drop_kept(kept)
    with pytest.raises(AgencyDataError):
        find_kept(tmp_path, FORM, kept.token, NOW)


def test_what_never_came_whole_or_came_to_an_older_version_is_removed_after_a_day(tmp_path: Path) -> None:
    fresh, old, older = (tmp_path / FOLDER / name for name in ("a" * 64, "b" * 64, "-" * 43))
    for folder in (fresh, old, older):
        folder.mkdir(parents=True)
    for folder in (old, older):
        os.utime(folder, (0, 0))
    room.forget_old(tmp_path, NOW)
    assert list((tmp_path / FOLDER).iterdir()) == [fresh]


def test_other_things_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / FOLDER / "catatan"
    other.mkdir(parents=True)
    os.utime(other, (0, 0))
    assert list_kept(tmp_path, FORM, NOW) == []
    assert other.exists()


# --- bounds ---------------------------------------------------------------------------------------


def test_the_oldest_of_a_persons_forms_make_room_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_UNDECIDED", 2)
    others = [keep(tmp_path, owner=replace(FORM, user="budi")), keep(tmp_path, owner=INBOX)]
    mine = [keep(tmp_path, at=NOW + timedelta(seconds=second)) for second in range(3)]
    assert [kept.folder.exists() for kept in mine] == [False, True, True]
    assert all(kept.folder.exists() for kept in others)


def test_all_files_together_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 10)
    keep(tmp_path, content=bytes(10))
    for purpose in (Purpose.INBOX, Purpose.FIGURE):
        with pytest.raises(BusyError, match="menunggu diputuskan"):
            keep(tmp_path, owner=Owner("budi", "kantor", purpose))
    assert keep(tmp_path, content=bytes(10)).folder.exists()


def test_a_disk_that_refuses_is_told_and_nothing_lies_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room, "save_kept", full)
    with pytest.raises(StorageError, match="cakram penuh"):
        keep(tmp_path)
    assert list((tmp_path / FOLDER).iterdir()) == []


# --- what is shown --------------------------------------------------------------------------------


def test_what_is_shown_is_bounded() -> None:
    table = make_table("x", ("a",), [("y" * 999,)] * 500)
    (notes,) = make_notes("x", BAD, ["z"] * 100)
    assert (len(table.rows), table.more, len(table.rows[0][0])) == (120, 380, 200)
    assert (len(notes.lines), notes.more) == (40, 60)


def test_columns_of_figures_are_told_from_words() -> None:
    table = make_table("x", ("a", "b", "c"), [("Beras", "1.000,5", "2 Januari"), ("Gula", "1 → 2", "3")])
    assert table.amounts == {1}
    assert make_table("x", ("a",), []).amounts == frozenset()
