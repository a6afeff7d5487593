"""A temporary folder that cannot be had, or not be filled, is told as such."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest

from core.errors import StorageError
from core.temporary import temporary_folder


def test_it_is_there_within_the_block_alone() -> None:
    with temporary_folder() as room:
        (room / "isi").write_text("x")
    assert not room.exists()


def test_a_full_disk_names_the_temporary_folder() -> None:
    with pytest.raises(StorageError, match=r"Map sementara .* \(cakram penuh\).*TMPDIR"), temporary_folder():
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")


def test_no_place_at_all_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "tidak-ada")])
    with pytest.raises(StorageError, match="tidak ada tempat yang dapat ditulis"), temporary_folder():
        pass
