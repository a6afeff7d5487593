"""Temporary folders of programs that were killed go; nothing else does."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from core.settings import Settings, load_settings
from jobs.remains import OLD_SECONDS, clear_remains

NOW = 1_800_000_000.0


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))
    return load_settings(home=tmp_path / "kerja")


def made(folder: Path, age: float) -> Path:
    folder.mkdir(parents=True)
    (folder / "isi").write_text("x")
    os.utime(folder, (NOW - age, NOW - age))
    return folder


LEFT = [
    "sementara/lkjip-ab12",
    "kerja/.pemulihan-ab12",
    "kerja/laporan/kantor/2023/terbitan-3.sementara",
    "kerja/kantor/.import-ab12",
]


@pytest.mark.parametrize("place", LEFT)
def test_what_a_killed_program_left_goes_after_a_day(settings: Settings, tmp_path: Path, place: str) -> None:
    old = made(tmp_path / place, OLD_SECONDS + 1)
    assert clear_remains(settings, NOW) == [old]
    assert not old.exists()


@pytest.mark.parametrize("place", LEFT)
def test_what_may_be_under_way_stays(settings: Settings, tmp_path: Path, place: str) -> None:
    young = made(tmp_path / place, OLD_SECONDS - 1)
    assert clear_remains(settings, NOW) == []
    assert young.exists()


def test_nothing_else_is_touched_and_no_link_is_followed(settings: Settings, tmp_path: Path) -> None:
    others = [
        made(tmp_path / place, 9 * OLD_SECONDS)
        for place in ("sementara/lain", "kerja/kantor/dinas", "kerja/laporan/kantor/2023/terbitan-3")
    ]
    (tmp_path / "sementara" / "lkjip-tautan").symlink_to(others[0])
    (tmp_path / "sementara" / "lkjip-berkas").write_text("x")
    assert clear_remains(settings, NOW) == []
    assert all((other / "isi").exists() for other in others)
