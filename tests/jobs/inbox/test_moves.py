"""Where dropped files go: into the archive, into quarantine with a note, and whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

import pytest

from jobs.workspace import Workspace
from tests.jobs.given.dropping import Drop
from tests.jobs.given.shop import Shop, lying, outcomes


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
