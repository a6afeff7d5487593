"""How heavy the mail of an issue may be: what does not fit stays away, in order, and its place is told."""

from __future__ import annotations

import email
import random
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from jobs.bps.poll import poll_bps
from jobs.mail.send import send_outbox
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from standins.mail import HOST, FolderKeeper, listening
from tests.jobs.conftest import At
from tests.jobs.given.days import JANUARY, RELEASE_DAY

PDF, WORD, TRACKED, ANNEX = (
    "LKjIP-2023-DKUPP-terbitan-2.pdf",
    "LKjIP-2023-DKUPP-terbitan-2.docx",
    "LKjIP-2023-DKUPP-terbitan-2-perubahan.docx",
    "LKjIP-2023-DKUPP-terbitan-2-lampiran-perbedaan.pdf",
)
HEAVY = {"lkjip.pdf": 300_000, "lkjip.docx": 200_000, "lampiran-perbedaan.pdf": 100_000}
TRACKED_BYTES = 250_000
FINE = 3.0
"""MB that take all of them: 850 kB, a third more in a mail."""


def noise(name: str, size: int) -> bytes:
    return random.Random(name).randbytes(size)


def made(report: Any) -> dict[str, bytes]:
    files = {name: noise(f"{name}{report.content_hash}", size) for name, size in HEAVY.items()}
    return {**files, "lkjip.html": b"<p>", "lampiran-perbedaan.html": b"<p>", "report.json": b"{}"}


@pytest.fixture
def second_issue(at: At, monkeypatch: pytest.MonkeyPatch, unrendered: None) -> Any:
    """``second_issue(megabytes, page)``: the workspace of an office whose second issue waits to be sent."""
    monkeypatch.setattr("jobs.report.refresh.make_files", made)
    tracked = {"lkjip-perubahan.docx": noise("perubahan", TRACKED_BYTES)}
    monkeypatch.setattr("jobs.report.refresh.changed_since", lambda *a: tracked if a[2] else {})

    def issued(megabytes: float, page: str = "") -> Workspace:
        changed = {"mail_megabytes": megabytes, "page_url": page}
        refresh(Workspace(at(JANUARY).settings.model_copy(update=changed)))
        workspace = Workspace(at(RELEASE_DAY).settings.model_copy(update=changed))
        poll_bps(workspace)
        refresh(workspace)
        return workspace

    return issued


def sent_to(folder: Path, workspace: Workspace, most: int) -> list[EmailMessage]:
    """The mails that a server takes which refuses heavier ones."""
    with listening(FolderKeeper(folder), data_size_limit=most) as port:
        url = SecretStr(f"smtp://{HOST}:{port}")
        send_outbox(Workspace(workspace.settings.model_copy(update={"smtp_url": url})))
    raw = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    return [email.message_from_bytes(each, policy=default) for each in raw]


def names(mail: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in mail.iter_attachments()]


def said(mail: EmailMessage) -> list[str]:
    bodies = (mail.get_body((kind,)) for kind in ("plain", "html"))
    return [" ".join(body.get_content().split()) for body in bodies if body is not None]


@pytest.mark.parametrize(
    ("megabytes", "kept"),
    [(FINE, [PDF, WORD, TRACKED, ANNEX]), (1.1, [PDF, WORD, TRACKED]), (0.9, [PDF, WORD]), (0.5, [PDF])],
)
def test_a_server_that_takes_no_heavier_mail_gets_what_fits_in_order(
    second_issue: Any, tmp_path: Path, megabytes: float, kept: list[str]
) -> None:
    workspace = second_issue(megabytes)
    mail = sent_to(tmp_path / "surel", workspace, int(megabytes * 1_000_000))[-1]
    assert names(mail) == kept
    left = [name for name in (PDF, WORD, TRACKED, ANNEX) if name not in kept]
    for body in said(mail):
        if left:
            assert "lkjip render --issue 2 --year 2023 --out MAP" in body
            heading, _, told = body.lower().partition("tidak terlampir")
            assert [name for name in left if name.lower() not in told] == []
            assert [name for name in left if name.lower() in heading] == []
        else:
            assert "idak terlampir" not in body
            assert "lkjip render" not in body


def test_a_mail_too_heavy_for_any_file_still_goes_out(second_issue: Any, tmp_path: Path) -> None:
    mail = sent_to(tmp_path / "surel", second_issue(0.1), 100_000)[-1]
    assert names(mail) == []
    assert "TIDAK TERLAMPIR, supaya surel ini tidak lebih dari 0,1 MB" in said(mail)[0]


def test_where_the_page_runs_the_annex_is_linked_and_what_is_left_out_is_there(
    second_issue: Any, tmp_path: Path
) -> None:
    page = "https://lkjip.kantor.example"
    workspace = second_issue(0.9, page)
    mail = sent_to(tmp_path / "surel", workspace, 900_000)[-1]
    assert names(mail) == [PDF, WORD]
    issue = f"{page}/kantor/sumenep-dkupp/2023/terbitan/2"
    for body in said(mail):
        assert f"{issue}/lampiran-perbedaan.html" in body
        assert TRACKED in body
        assert ANNEX not in body
        assert "lkjip render" not in body
    assert f"Ambil di halaman LKjIP: {issue} " in said(mail)[0]


def test_the_annex_goes_with_the_mail_where_only_this_machine_has_the_page(
    second_issue: Any, tmp_path: Path
) -> None:
    mail = sent_to(tmp_path / "surel", second_issue(FINE), 3_000_000)[-1]
    assert "daftarnya ada di berkas lampiran-perbedaan.pdf" in said(mail)[0]
