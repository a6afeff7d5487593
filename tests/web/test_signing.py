"""A signed report on the page: looked at beside its issue, kept after a yes, given back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from jobs.users.audit import read_audit
from jobs.users.roles import Role
from models.report.issues import files_of, find_issue
from models.session import open_session
from tests.jobs.given.signed import signed_pdf, small_pdf
from tests.web.given.browsing import OFFICE, PLACE, Browser, hidden, words
from tests.web.given.reading import read_here

ISSUE = f"{PLACE}/2023/terbitan/2"
SEND, KEEP = f"{ISSUE}/tanda-tangan", f"{ISSUE}/tanda-tangan/simpan"


@pytest.fixture
def head(browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Who may approve, before an issue whose PDF is a real one."""
    read_here(monkeypatch)
    own = small_pdf(2, "Realisasi 6,35%", "Penutup")
    with open_session(browser.engine) as session:
        issue = find_issue(session, OFFICE, 2023, 2)
        assert issue is not None
        issue.folder = str(home / "laporan" / OFFICE / "2023" / "terbitan-2")
        session.add(issue)
        for file in files_of(session, issue):
            if file.name == "lkjip.pdf":
                file.sha256, file.size = hashlib.sha256(own).hexdigest(), len(own)
                session.add(file)
    (home / "laporan" / OFFICE / "2023" / "terbitan-2" / "lkjip.pdf").write_bytes(own)
    return browser.become(Role.APPROVE)


def send(head: Browser, content: bytes, name: str = "ttd.pdf") -> str:
    head.open(ISSUE)
    head.send_files(SEND, [("berkas", (name, content))])
    return words(head.shown)


def test_a_copy_of_the_issue_is_kept_after_a_yes_and_given_back(head: Browser) -> None:
    content = signed_pdf(2)
    assert "Halaman dan kata-katanya sama dengan PDF terbitan 2." in send(head, content)
    assert head.send(KEEP, **hidden(head, "simpan")).status_code == 200
    sha256 = hashlib.sha256(content).hexdigest()
    assert f"SHA-256 {sha256}" in words(head.shown)
    assert "diterima 7 April 2024 pukul 09.00 WIB dari uji-setujui" in words(head.open(ISSUE).text)
    given = head.open(f"{ISSUE}/salinan/{sha256}")
    assert given.content == content
    assert given.headers["content-type"] == "application/pdf"
    (entry,) = [e for e in read_audit(head.engine).entries if e.what == "menyimpan salinan bertanda tangan"]
    assert f"terbitan 2 laporan 2023, ttd.pdf, SHA-256 {sha256[:12]}" == entry.about


def test_one_that_differs_is_told_and_not_kept_without_a_word(head: Browser) -> None:
    text = send(head, signed_pdf(1))
    assert "Mungkin bukan salinan terbitan 2 Sampulnya menyebut terbitan 1, bukan 2." in text
    fields = hidden(head, "simpan")
    assert head.send(KEEP, **fields).status_code == 422
    assert "Belum ada yang kembali." in words(head.open(ISSUE).text)
    send(head, signed_pdf(1))
    assert head.send(KEEP, **hidden(head, "simpan"), yakin="ya").status_code == 200
    assert "Disimpan walaupun sampulnya menyebut terbitan 1, bukan 2" in words(head.open(ISSUE).text)


def test_what_was_looked_at_for_one_issue_is_not_kept_for_another(head: Browser) -> None:
    send(head, signed_pdf(2))
    answer = head.send(KEEP.replace("terbitan/2", "terbitan/1"), **hidden(head, "simpan"))
    assert answer.status_code == 422
    assert "Berkas itu diperiksa untuk terbitan lain." in words(head.shown)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("<b>.pdf", b"PK bukan", "Berkas <b>.pdf bukan PDF"),
        ("rusak.pdf", b"%PDF-1.7 rusak", "tidak dapat dibuka sebagai PDF; mungkin rusak atau bersandi"),
    ],
)
def test_what_is_no_pdf_is_refused_without_a_word_of_where_it_lies(
    head: Browser, home: Path, name: str, content: bytes, refusal: str
) -> None:
    text = send(head, content, name)
    assert refusal in text
    assert str(home) not in head.shown
    assert "<b>" not in head.shown
    assert not any((home / "unggahan").iterdir())


def test_who_may_only_fill_in_sees_no_form(browser: Browser) -> None:
    assert "Periksa dulu" not in browser.become(Role.ENTER).open(ISSUE).text
