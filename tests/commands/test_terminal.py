"""What comes from outside commands no terminal, and a full disk says so."""

from __future__ import annotations

import errno

import pytest

from commands import output
from core.printable import printable


@pytest.mark.parametrize("letter", ["\x1b[2J", "\r", "\x07", "\x9b31m", "\u202e"])
def test_letters_that_command_a_terminal_are_shown_as_a_sign(letter: str) -> None:
    assert printable(f"a{letter}b").startswith("a\ufffd")


def test_new_lines_tabs_and_all_letters_of_words_stay() -> None:
    assert printable("satu\n\tdua … “é” 5,35%*†") == "satu\n\tdua … “é” 5,35%*†"


def test_an_answer_is_printed_without_them(capsys: pytest.CaptureFixture[str]) -> None:
    output.show("berkas \x1b]0;judul\x07.xlsx", as_json=False)
    output.show({"berkas": "\x9b2J"}, as_json=True)
    assert not {"\x1b", "\x07", "\x9b"} & set(capsys.readouterr().out)


def test_a_full_disk_is_told_with_what_to_do(lkjip, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")

    monkeypatch.setattr("jobs.report.render.make_files", full)
    answer = lkjip("render")
    assert answer.code == 1
    assert "Berkas /tmp/x tidak dapat dibaca atau ditulis (cakram penuh)" in answer.err
    assert "TMPDIR" in answer.err
