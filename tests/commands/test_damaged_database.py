"""A damaged file of the database is told as such, and what to do; nothing is written over what is left."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.given.command_line import Lkjip

COMMANDS = ("status", "refresh", "poll")


def noise_in_the_middle(whole: bytes) -> bytes:
    middle = len(whole) // 3
    return whole[:middle] + random.Random(1).randbytes(middle) + whole[2 * middle :]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "noise in the middle": (noise_in_the_middle, "rusak."),
    "cut in the middle": (lambda whole: whole[: len(whole) // 2], "rusak."),
    "a text": (lambda whole: b"ini surat, bukan basis data\n" * 999, "bukan basis data SQLite."),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    home = tmp_path / "kerja"
    home.mkdir()
    return home / "lkjip.sqlite"


@pytest.mark.usefixtures("unrendered")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_told_with_where_it_is_and_what_to_do(
    lkjip: Lkjip, file: Path, empty_database: Path, damage: str
) -> None:
    change, words = DAMAGES[damage]
    file.write_bytes(change(empty_database.read_bytes()))
    for command in COMMANDS:
        answer = lkjip(command)
        assert answer.code == 1
        assert answer.err.startswith(f"Galat: Basis data {file} {words} Yang perlu dilakukan: pulihkan")


@pytest.mark.usefixtures("unrendered")
@pytest.mark.parametrize("left", ["kosong", "tidak ada"])
def test_issues_whose_database_is_gone_are_not_written_over(lkjip: Lkjip, file: Path, left: str) -> None:
    assert lkjip("refresh").code == 0
    issue = file.parent / "laporan" / "sumenep-dkupp" / "2023" / "terbitan-1"
    (issue / "lkjip.pdf").write_bytes(b"yang sudah dikirim")
    for part in file.parent.glob("lkjip.sqlite*"):
        part.unlink()
    if left == "kosong":
        file.touch()
    for command in COMMANDS:
        answer = lkjip(command)
        assert answer.code == 1
        assert f"Basis data {file} {left}, padahal {file.parent / 'laporan'} memuat terbitan." in answer.err
        assert "lkjip restore" in answer.err
    assert (issue / "lkjip.pdf").read_bytes() == b"yang sudah dikirim"
