"""Which program made a report: another one where it would give other bytes."""

from __future__ import annotations

import zlib

import pytest

from core.version import program_version


def test_a_zlib_that_packs_otherwise_makes_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    program_version.cache_clear()
    known, pack = program_version(), zlib.compress
    monkeypatch.setattr("core.version.zlib.compress", lambda data, _level: pack(data, 1))
    program_version.cache_clear()
    try:
        assert program_version() != known
    finally:
        monkeypatch.undo()
        program_version.cache_clear()
    assert program_version() == known
