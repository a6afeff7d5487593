"""Files that are sent to the page: who may send some, how much, and that nothing of them stays behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from jobs.users.roles import Role
from tests.web.conftest import MakePage
from tests.web.given.browsing import Browser, Clock
from web import forms
from web.access import LEAST
from web.forms import LARGEST_UPLOAD, MOST_FILES

HERE = "/uji/berkas"


@pytest.fixture
def sender(make_page: MakePage, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Somebody who may fill in, on a page with an address that takes files."""
    monkeypatch.setattr("web.access.LEAST", {**LEAST, ("POST", HERE): Role.ENTER})
    monkeypatch.setattr("web.access.WITH_FILES", frozenset({HERE}))
    monkeypatch.setattr("web.app._check_table", lambda _app: None)
    app: FastAPI = make_page()
    app.post(HERE)(_tell)
    return Browser(app, clock).become(Role.ENTER)


def _tell(request: Request) -> Response:
    """What arrived."""
    files = [(name, f.filename, f.file.read()) for name, found in request.state.files.items() for f in found]
    return PlainTextResponse(repr(files))


def test_files_arrive_under_the_name_of_their_field(sender: Browser) -> None:
    sender.open("/kantor/tidak-ada")
    answer = sender.send_files(HERE, [("berkas", ("a.csv", b"1")), ("berkas", ("b.csv", b"2"))])
    assert answer.text == repr([("berkas", "a.csv", b"1"), ("berkas", "b.csv", b"2")])


def test_a_form_with_files_needs_its_mark_too(sender: Browser) -> None:
    sender.shown = ""
    assert sender.send_files(HERE, [("berkas", ("a.csv", b"1"))]).status_code == 403


def test_nobody_sends_files_whose_role_does_not_reach(sender: Browser) -> None:
    reader = Browser(sender.app, sender.clock).become(Role.READ)
    reader.open("/kantor/tidak-ada")
    refused = reader.send_files(HERE, [("berkas", ("a.csv", b"1"))])
    assert (refused.status_code, "hanya untuk peran isi" in refused.text) == (403, True)


def test_more_than_fits_is_refused(sender: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100_000)
    sender.open("/kantor/tidak-ada")
    assert sender.send_files(HERE, [("berkas", ("a.csv", bytes(200_000)))]).status_code == 413
    assert LARGEST_UPLOAD > 100_000


@pytest.mark.parametrize("files", [[("berkas", ("a", b"1"))] * (MOST_FILES + 1)], ids=["many"])
def test_too_many_files_are_refused(sender: Browser, files: list[tuple[str, tuple[str, bytes]]]) -> None:
    sender.open("/kantor/tidak-ada")
    assert sender.send_files(HERE, files).status_code == 400


def test_a_broken_form_with_files_is_refused(sender: Browser) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", b"\xff" * 50):
        assert sender.client.post(HERE, content=body, headers=kind).status_code in (400, 403)


def test_no_bytes_of_a_file_stay_behind(
    sender: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sender.open("/kantor/tidak-ada")
    assert sender.send_files(HERE, [("berkas", ("a.csv", bytes(3_000_000)))]).status_code == 200
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
