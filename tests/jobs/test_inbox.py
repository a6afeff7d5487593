"""Dropped files on a real folder: no name, kind, date, content or reader of one stops another."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import AgencyDataError, SourceError, StorageError
from jobs import file_moves
from jobs.bps.downloads import read_downloads
from jobs.budget.files import read_budget_files
from jobs.dropped_file import DropFolder, FileReader
from jobs.inbox import read_folders
from jobs.prices.files import read_price_files
from jobs.taken_files import FileResult, TakenFiles, outcome_line
from jobs.workspace import Workspace

SUBJECTS = {"harga": read_price_files, "anggaran": read_budget_files, "bps": read_downloads}
FOLDER = DropFolder("coba", oversize_todo="simpan sebagian saja.", kept="Tidak ada yang berubah.")
NOON = 1_706_700_000.0
OLD = NOON - 3600
PRICES = b"Pasar : Anom\nKomoditas;02/01/2023\nBeras Premium (kg);13.000\n"
Drop = Callable[..., Path]


@dataclass(frozen=True)
class Read(FileResult):
    """What the reader of these tests makes of a file."""

    problems: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        return self.outcome == "taken"

    def as_lines(self) -> list[str]:
        return [outcome_line(self)]


class ReadFiles(TakenFiles[Read]):
    NONE, TAKEN, NOTHING_NEW = "Tidak ada.", "Diambil dari", "Tidak ada yang baru."


@dataclass
class Shop:
    """A reader that takes every file; what it does with a certain content may be told otherwise."""

    workspace: Workspace
    does: dict[bytes, Callable[[], object]] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    on_pause: Callable[[], object] = lambda: None

    def read(self) -> ReadFiles:
        reader = FileReader(
            settle=self._settle,
            plain=lambda name, outcome, problems: Read(name, outcome, problems=problems),
            source="coba",
            origin=FOLDER,
        )
        taken = read_folders(self.workspace, [FOLDER], reader, clock=lambda: NOON, pause=self._pause)
        return ReadFiles(*taken)

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.on_pause()

    def _settle(self, name: str, content: bytes) -> Read:
        for key, do in self.does.items():
            if content.startswith(key):
                do()
        if content.startswith(b"buruk"):
            raise SourceError("Isinya buruk.", todo="perbaiki.")
        return Read(name, "taken")


@pytest.fixture
def shop(workspace: Workspace) -> Shop:
    return Shop(workspace)


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    """Puts a file into a folder as if it had been there for a while."""

    def put(name: str | bytes, content: bytes = b"baik", folder: str = "coba", at: float = OLD) -> Path:
        inbox = workspace.settings.home / "masuk" / folder
        inbox.mkdir(parents=True, exist_ok=True)
        path = inbox / os.fsdecode(name)
        path.write_bytes(content)
        os.utime(path, (at, at))
        return path

    return put


def outcomes(result: TakenFiles) -> list[str]:
    return [file.outcome for file in result.files]


def lying(workspace: Workspace, *where: str) -> dict[str, bytes]:
    folder = workspace.settings.home.joinpath(*where)
    if not folder.exists():
        return {}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


# --- names --------------------------------------------------------------------------------------

STRANGE = {
    "not UTF-8": b"a harga \xff\xfe pasar.csv",
    "a line break and a bell": b"a harga\n\x07 pasar.csv",
    "as long as the system allows": b"a" * 251 + b".csv",
    "long in letters of three bytes": "a漢".encode() * 62 + b".csv",
}


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_strange_name_stops_no_file_after_it(workspace: Workspace, drop: Drop, subject: str, name: bytes):
    drop(name, b"\xff\xd8 foto", subject)
    drop("z.jpg", b"\xff\xd8 foto lain", subject)
    result = SUBJECTS[subject](workspace)
    assert outcomes(result) == ["refused", "refused"]
    assert lying(workspace, "masuk", subject) == {}
    aside = lying(workspace, "karantina", subject)
    assert len(aside) == 4, "each with its note"
    assert b"\xff\xd8 foto" in aside.values()
    for shown in (result.as_text(), json.dumps(result.as_dict(), ensure_ascii=False), *aside):
        shown.encode("utf-8")
        assert "\x07" not in shown


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_good_file_with_a_strange_name_is_taken(workspace: Workspace, drop: Drop, name: bytes):
    drop(name, PRICES, "harga")
    (file,) = read_price_files(workspace).files
    assert (file.outcome, file.stored.new) == ("taken", 1)
    (archived,) = lying(workspace, "arsip", "harga")
    assert archived.endswith(".csv")
    assert file.moved_to == f"arsip/harga/{archived}"


# --- sizes --------------------------------------------------------------------------------------


def test_three_files_that_are_too_large_lie_beside_each_other(workspace: Workspace, drop: Drop):
    for extra in (1, 2, 3):
        path = drop("besar.xlsx", b"", "harga")
        os.truncate(path, file_moves.MAX_BYTES + extra)
        os.utime(path, (OLD, OLD))
        (file,) = read_price_files(workspace).files
        assert file.outcome == "refused"
        assert "lebih besar dari 100 MB" in file.problems[0]
    aside = workspace.settings.home / "karantina" / "harga"
    sizes = {path.name: path.stat().st_size - file_moves.MAX_BYTES for path in aside.glob("*.xlsx")}
    assert sizes == {"besar.xlsx": 1, "besar (2).xlsx": 2, "besar (3).xlsx": 3}
    assert {path.name for path in aside.glob("*.txt")} == {f"{name}.txt" for name in sizes}


# --- dates --------------------------------------------------------------------------------------


def test_a_file_dated_in_the_future_is_taken_when_it_stands_still_and_that_is_told(shop: Shop, drop: Drop):
    drop("a.csv", at=NOON + 10 * 365 * 86400)
    drop("b.csv")
    result = shop.read()
    assert outcomes(result) == ["taken", "taken"]
    assert shop.pauses == [2.0], "one wait for the whole folder"
    (remark,) = result.remarks
    assert "'a.csv' bertanggal 28 Januari 2034 pukul 18.20 WIB" in remark
    assert "jam mesin ini 31 Januari 2024 pukul 18.20 WIB" in remark
    assert "cocokkan jam komputer" in remark
    assert remark in result.as_text()
    assert remark in result.warnings


def test_a_date_that_no_calendar_has_holds_nothing_up(shop: Shop, drop: Drop):
    path = drop("a.csv")
    os.utime(path, (2**55, 2**55))
    if path.stat().st_mtime < 2**40:
        pytest.skip("this file system has no such date")
    assert outcomes(shop.read()) == ["taken"]


def test_a_file_dated_in_the_future_that_still_changes_waits(shop: Shop, drop: Drop):
    drop("a.csv", at=NOON + 86400)
    shop.on_pause = lambda: drop("a.csv", b"lebih banyak", at=NOON + 86400)
    result = shop.read()
    assert (outcomes(result), result.remarks) == (["waiting"], ())
    shop.on_pause = lambda: None
    assert outcomes(shop.read()) == ["taken"]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_file_that_changed_just_now_waits_without_holding_the_run(shop: Shop, drop: Drop, seconds: int):
    drop("a.csv", at=NOON + seconds)
    assert outcomes(shop.read()) == ["waiting"]
    assert shop.pauses == []


# --- what is no file ----------------------------------------------------------------------------


def test_links_folders_pipes_and_sockets_are_left_and_told_once(
    workspace: Workspace, shop: Shop, drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    secret = tmp_path / "rahasia.csv"
    secret.write_bytes(PRICES)
    inbox = drop("z.csv").parent
    (inbox / "tautan.csv").symlink_to(secret)
    (inbox / "dalam").mkdir()
    os.mkfifo(inbox / "pipa.csv")
    monkeypatch.chdir(inbox)  # the name of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("soket.csv")
        result = shop.read()
    assert outcomes(result) == ["taken"]
    assert result.remarks == (
        "Bukan berkas, jadi dilewati di masuk/coba: map 'dalam', pipa 'pipa.csv', soket 'soket.csv', tautan "
        "'tautan.csv'. Yang perlu dilakukan: taruh berkasnya sendiri langsung di map itu.",
    )
    assert secret.read_bytes() == PRICES
    assert (inbox / "tautan.csv").is_symlink()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_tells_of_a_link(workspace: Workspace, drop: Drop, subject: str):
    inbox = drop(".apa", folder=subject).parent
    (inbox / "buku.pdf").symlink_to("/etc/hostname")
    result = SUBJECTS[subject](workspace)
    assert result.files == ()
    assert f"masuk/{subject}: tautan 'buku.pdf'" in result.full_message
    assert result.told
    assert result.as_dict()["remarks"] == list(result.remarks)


def test_the_folder_for_attachments_is_known(workspace: Workspace):
    read_budget_files(workspace)
    assert read_budget_files(workspace).remarks == ()


# --- where files go -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"baik", b"buruk"])
def test_no_planted_link_is_written_through(
    workspace: Workspace, shop: Shop, drop: Drop, tmp_path: Path, content: bytes
):
    victim = tmp_path / "korban"
    victim.write_bytes(b"utuh")
    for folder in ("karantina", "arsip"):
        place = workspace.settings.home / folder / "coba"
        place.mkdir(parents=True)
        for name in ("a.csv", f"{hashlib.sha256(content).hexdigest()[:12]}-a.csv"):
            (place / name).symlink_to(victim)
            (place / f"{name}.txt").symlink_to(victim)
    drop("a.csv", content)
    (file,) = shop.read().files
    assert victim.read_bytes() == b"utuh"
    assert (workspace.settings.home / file.moved_to).read_bytes() == content
    assert not (workspace.settings.home / file.moved_to).is_symlink()
    assert (workspace.settings.home / "karantina/coba/a.csv").is_symlink()


def test_what_lies_in_the_archive_is_never_replaced(workspace: Workspace, shop: Shop, drop: Drop):
    drop("a.csv")
    (name,) = (Path(file.moved_to).name for file in shop.read().files)
    archived = workspace.settings.home / "arsip" / "coba" / name
    archived.write_bytes(b"milik orang lain")
    drop("a.csv")
    (file,) = shop.read().files
    assert archived.read_bytes() == b"milik orang lain"
    assert (workspace.settings.home / file.moved_to).read_bytes() == b"baik"


def test_a_file_named_as_the_note_of_another_keeps_its_content(workspace: Workspace, shop: Shop, drop: Drop):
    for name, content in (("a.csv.txt", b"buruk 1"), ("a.csv", b"buruk 2"), ("a.csv", b"buruk 2")):
        drop(name, content)
        assert outcomes(shop.read()) == ["refused"]
    aside = lying(workspace, "karantina", "coba")
    assert sorted(aside) == ["a (2).csv", "a (2).csv.txt", "a.csv.txt", "a.csv.txt.txt"]
    assert (aside["a.csv.txt"], aside["a (2).csv"]) == (b"buruk 1", b"buruk 2")


@pytest.mark.parametrize("mode", [0o2750, 0o700])
def test_a_note_is_as_readable_as_the_folder_it_lies_in(
    workspace: Workspace, shop: Shop, drop: Drop, mode: int
):
    aside = workspace.settings.home / "karantina" / "coba"
    aside.mkdir(parents=True)
    aside.chmod(mode)
    before = os.umask(0o077)
    try:
        drop("a.csv", b"buruk")
        shop.read()
    finally:
        os.umask(before)
    assert (aside / "a.csv.txt").stat().st_mode & 0o777 == 0o600 | (mode & 0o044)


def test_the_same_refused_file_again_lies_there_once(workspace: Workspace, shop: Shop, drop: Drop):
    for _ in range(3):
        drop("a.csv", b"buruk")
        (file,) = shop.read().files
        assert file.moved_to == "karantina/coba/a.csv"
    assert sorted(lying(workspace, "karantina", "coba")) == ["a.csv", "a.csv.txt"]


@pytest.mark.parametrize("call", ["replace", "fchmod", "unlink"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_run_that_was_killed_while_it_moved_a_file_leaves_nothing_behind(
    workspace: Workspace, shop: Shop, drop: Drop, monkeypatch: pytest.MonkeyPatch, call: str, times: int
):
    for _ in range(times):  # put aside before, the second time it only loses its place in the inbox
        drop("a.csv", b"buruk")
        drop("b.csv")
        with monkeypatch.context() as patch:
            kill(patch, call)
            with suppress(Killed):
                shop.read()
        shop.read()
    home = workspace.settings.home
    assert lying(workspace, "masuk", "coba") == {}
    assert sorted(path.name for path in (home / "karantina" / "coba").iterdir()) == ["a.csv", "a.csv.txt"]
    assert lying(workspace, "karantina", "coba")["a.csv.txt"].startswith(b"Berkas a.csv tidak dipakai.")
    (archived,) = (home / "arsip" / "coba").iterdir()
    assert archived.read_bytes() == b"baik"


class Killed(BaseException):
    """In the place of a kill, after which nothing more is done: not even what stands in ``finally``."""


def kill(patch: pytest.MonkeyPatch, call: str) -> None:
    """From that call on, the system changes nothing any more for this program."""

    def never(*_: object, **__: object) -> None:
        for name in ("replace", "unlink", "fchmod"):
            patch.setattr(os, name, never)
        patch.setattr(Path, "unlink", never)
        raise Killed

    patch.setattr(os, call, never)
    if call == "unlink":
        patch.setattr(Path, "unlink", never)


def test_a_disk_that_is_full_keeps_each_file_where_it_is_and_is_told(
    workspace: Workspace, shop: Shop, drop: Drop, monkeypatch: pytest.MonkeyPatch
):
    drop("a.csv", b"buruk")
    drop("b.csv")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        result = shop.read()
    assert outcomes(result) == ["refused", "taken"]
    assert all("cakram penuh" in file.stuck and not file.moved_to for file in result.files)
    assert "gangguan: a.csv, b.csv." in result.message
    assert sorted(lying(workspace, "masuk", "coba")) == ["a.csv", "b.csv"]
    assert lying(workspace, "karantina", "coba") == lying(workspace, "arsip", "coba") == {}, (
        "nothing half done"
    )
    assert all(file.moved_to for file in shop.read().files)


def test_a_quarantine_that_cannot_be_used_stops_no_good_file(workspace: Workspace, shop: Shop, drop: Drop):
    drop("a.csv", b"buruk")
    drop("b.csv")
    (workspace.settings.home / "karantina").write_bytes(b"")
    refused, taken = shop.read().files
    assert "karantina" in refused.stuck
    assert taken.moved_to


# --- what happens while a file is read ----------------------------------------------------------


def test_a_file_that_vanishes_before_its_turn_is_gone(shop: Shop, drop: Drop):
    drop("a.csv", b"dulu")
    second = drop("b.csv")
    drop("c.csv")
    shop.does[b"dulu"] = second.unlink
    assert outcomes(shop.read()) == ["taken", "gone", "taken"]


def test_a_file_that_vanishes_while_it_is_read_is_told(shop: Shop, drop: Drop):
    path = drop("a.csv", b"dulu")
    drop("b.csv")
    shop.does[b"dulu"] = path.unlink
    first, second = shop.read().files
    assert (first.outcome, first.moved_to) == ("taken", "")
    assert "sudah tidak ada" in first.stuck
    assert second.moved_to


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(workspace: Workspace, shop: Shop, drop: Drop):
    drop("a.csv", b"dulu")
    shop.does[b"dulu"] = lambda: drop("a.csv", b"kini")
    (file,) = shop.read().files
    assert "berganti isi" in file.stuck
    assert lying(workspace, "masuk", "coba") == {"a.csv": b"kini"}
    assert outcomes(shop.read()) == ["taken"]
    assert list(lying(workspace, "arsip", "coba").values()) == [b"kini"]


@pytest.mark.parametrize(("number", "outcome"), [(errno.EACCES, "refused"), (errno.EIO, "delayed")])
def test_a_file_that_the_system_does_not_give_stops_no_other(
    shop: Shop, drop: Drop, monkeypatch: pytest.MonkeyPatch, number: int, outcome: str
):
    path = drop("a.csv")
    drop("b.csv")
    opened = os.open

    def refusing(name: object, *rest: int) -> int:
        if name == path:
            raise OSError(number, "no")
        return opened(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    result = shop.read()
    assert outcomes(result) == [outcome, "taken"]
    assert "tidak dapat dibaca" in result.files[0].problems[0]
    assert path.exists() is (outcome == "delayed")
    assert ("gangguan: a.csv." in result.message) is (outcome == "delayed")


UNFORESEEN = {
    "a slip of the program": (RuntimeError("x"), "membuat program keliru (RuntimeError)"),
    "too deep": (RecursionError(), "membuat program keliru (RecursionError)"),
    "too much memory": (MemoryError(), "memerlukan memori lebih banyak"),
    "an error of its format": (OSError("bukan gzip"), "membuat program keliru (OSError)"),
}


@pytest.mark.parametrize("error", UNFORESEEN)
def test_a_reader_that_fails_at_one_file_goes_on_with_the_others(
    workspace: Workspace, shop: Shop, drop: Drop, error: str
):
    raised, says = UNFORESEEN[error]

    def fail() -> None:
        raise raised

    shop.does[b"racun"] = fail
    drop("a.csv", b"racun")
    drop("b.csv")
    result = shop.read()
    assert outcomes(result) == ["refused", "taken"]
    note = lying(workspace, "karantina", "coba")["a.csv.txt"].decode()
    assert says in note
    assert "Yang perlu dilakukan" in note
    assert any(says in warning for warning in result.warnings)


def test_a_reader_that_finds_the_disk_full_blames_no_file(workspace: Workspace, shop: Shop, drop: Drop):
    def fail() -> None:
        raise OSError(errno.ENOSPC, "no space")

    shop.does[b"racun"] = fail
    drop("a.csv", b"racun")
    drop("b.csv")
    assert outcomes(shop.read()) == ["delayed", "taken"]
    assert list(lying(workspace, "masuk", "coba")) == ["a.csv"]


def test_a_file_that_the_database_does_not_take_stops_no_other(workspace: Workspace, shop: Shop, drop: Drop):
    def fail() -> None:
        raise StorageError("Isinya tidak dapat disimpan.")

    shop.does[b"racun"] = fail
    for name in ("a.csv", "b.csv"):
        drop(name, b"racun " + name.encode())
    drop("c.csv")
    result = shop.read()
    assert outcomes(result) == ["delayed", "delayed", "taken"]
    assert any("Isinya tidak dapat disimpan" in warning for warning in result.warnings)
    assert list(lying(workspace, "masuk", "coba")) == ["a.csv", "b.csv"]


def test_a_database_that_is_gone_is_asked_once_more_and_ends_the_run(
    shop: Shop, drop: Drop, monkeypatch: pytest.MonkeyPatch
):
    from jobs import dropped_file, inbox

    asked = []

    def gone(*_: object, **__: object) -> None:
        asked.append(1)
        raise StorageError("Basis data tidak dapat dihubungi.")

    for name in ("a.csv", "b.csv", "c.csv"):
        drop(name)
    for module in (inbox, dropped_file):
        monkeypatch.setattr(module, "open_session", gone)
    with pytest.raises(StorageError, match="tidak dapat dihubungi"):
        shop.read()
    assert len(asked) == 3


def test_a_slip_in_the_offices_data_is_no_fault_of_the_file(workspace: Workspace, shop: Shop, drop: Drop):
    def fail() -> None:
        raise AgencyDataError("office.yaml, baris 3: keliru.")

    shop.does[b"baik"] = fail
    path = drop("a.csv")
    with pytest.raises(AgencyDataError):
        shop.read()
    assert path.exists()


def test_a_named_file_at_which_the_reader_fails_stops_no_other(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from jobs.prices import files

    read = files.read_sheet_file
    (tmp_path / "a.csv").write_bytes(b"racun")
    (tmp_path / "b.csv").write_bytes(PRICES)

    def failing(content: bytes, name: str) -> object:
        if content == b"racun":
            raise MemoryError
        return read(content, name)

    monkeypatch.setattr(files, "read_sheet_file", failing)
    result = read_price_files(workspace, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert outcomes(result) == ["refused", "taken"]


def test_a_pipe_in_place_of_the_lock_holds_no_run(workspace: Workspace, shop: Shop, drop: Drop):
    drop("a.csv")
    os.mkfifo(workspace.settings.home / "masuk" / ".coba.lock")
    with pytest.raises(StorageError, match="lock"):
        shop.read()
