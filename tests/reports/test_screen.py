"""Which script of a stored page may run: the one that the template put there, of whichever program."""

from __future__ import annotations

import base64
import hashlib

import pytest

from reports.content import Report
from reports.render import render_html
from reports.render.draft import mark_html
from reports.screen import screen_script, script_source, script_within

OLDER = 'document.querySelector(".find").hidden = false;\n'


def named(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def page(waiting_report: Report) -> bytes:
    return render_html(waiting_report.document())


@pytest.fixture(scope="module")
def older(page: bytes) -> bytes:
    """As an older program made it, with a script of its own."""
    text = page.decode().replace(screen_script(), OLDER).replace(script_source(), named(OLDER))
    return text.encode()


def test_it_is_the_script_of_the_program_that_made_the_page(page: bytes, older: bytes) -> None:
    assert script_within(page) == script_source()
    assert script_within(older) == named(OLDER) != script_source()


def test_a_draft_has_the_script_of_its_issue(older: bytes) -> None:
    assert script_within(mark_html(older, "RANCANGAN 2-1")) == named(OLDER)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLDER, f"{OLDER}fetch('https://asing.example');"),
        ("<main", "<script>alert(1)</script><main"),
        ("<main", "<SCRIPT SRC=x></SCRIPT><main"),
        ("</body>", "<p>di belakangnya</p></body>"),
        (f"<script>{OLDER}</script>", ""),
        ('<meta http-equiv="Content-Security-Policy"', '<meta http-equiv="X"'),
        ('<meta charset="utf-8">', '<meta charset="utf-8"><base href="//asing.example">'),
    ],
    ids=["altered", "another", "another in capitals", "not at the end", "none", "no policy", "not first"],
)
def test_whatever_else_a_page_holds_does_not_run(older: bytes, old: str, new: str) -> None:
    text = older.decode()
    assert old in text
    assert script_within(text.replace(old, new, 1).encode()) == ""


def test_a_page_of_somebody_else_runs_nothing() -> None:
    assert script_within(b"<!DOCTYPE html><title>x</title><script>alert(1)</script>") == ""
    assert script_within(b"") == ""
