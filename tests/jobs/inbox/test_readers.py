"""What happens while a dropped file is read: neither it, its reader nor the database stops another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.errors import AgencyDataError, StorageError
from jobs.prices.files import read_price_files
from jobs.workspace import Workspace
from tests.jobs.given.dropping import Drop
from tests.jobs.given.shop import PRICES, Shop, lying, outcomes


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
