"""What the program writes is for its user alone; the folders into which people put files are for a group."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.mark.usefixtures("unrendered")
def test_files_and_folders_are_for_their_user_alone(lkjip: Lkjip, tmp_path: Path) -> None:
    lkjip("refresh")
    home = tmp_path / "kerja"
    assert mode(home) == 0o700
    assert mode(home / "lkjip.sqlite") == 0o600
    inside = [path for path in home.rglob("*") if not path.is_relative_to(home / "kantor")]
    assert {mode(path) for path in inside if path.is_dir()} == {0o700}
    assert {mode(path) for path in inside if path.is_file()} == {0o600}


def test_a_group_may_put_files_into_the_inbox(lkjip: Lkjip, tmp_path: Path) -> None:
    lkjip("ingest", "budget")
    home = tmp_path / "kerja"
    assert mode(home / "masuk" / "anggaran") == 0o2770
    assert mode(home / "masuk") & 0o070 == 0o010, "passed through, not listed"


def test_a_mask_that_somebody_chose_is_kept(lkjip: Lkjip, tmp_path: Path) -> None:
    os.umask(0o007)
    lkjip("ingest", "budget")
    assert mode(tmp_path / "kerja" / "masuk" / ".anggaran.lock") == 0o660


def test_an_inbox_that_is_there_keeps_its_rights(lkjip: Lkjip, tmp_path: Path) -> None:
    inbox = tmp_path / "kerja" / "masuk" / "anggaran"
    inbox.mkdir(parents=True)
    inbox.chmod(0o3730)
    lkjip("ingest", "budget")
    assert mode(inbox) == 0o3730
