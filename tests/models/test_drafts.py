"""Drafts in the database: at most one waits, and each is decided on once; the same on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import StorageError
from models.report.draft_tables import DraftState, PartKind, ReportDraft
from models.report.drafts import (
    draft_headings,
    find_draft,
    read_parts,
    record_draft,
    rejected_draft,
    settle,
    take_waiting,
    waiting_draft,
    withdraw,
)
from models.report.issues import record_issue
from models.report.tables import ReportIssue
from models.session import open_session

NOW = datetime(2024, 4, 4, 2, tzinfo=UTC)
OFFICE = ("sumenep-dkupp", 2023)


def draft(content: str, number: int = 1) -> ReportDraft:
    return ReportDraft(
        agency=OFFICE[0], year=OFFICE[1], number=number, attempt=0, content_hash=content, made_at=NOW,
        cause="BPS merilis PDRB.", changes={"first": True}, report={"title": "LKjIP"}, program="1",
    )  # fmt: skip


def keep(session: Session, content: str, **given: int) -> ReportDraft | None:
    return record_draft(session, draft(content, **given), {PartKind.FILE: {"lkjip.pdf": content.encode()}})


def issue(session: Session, content: str, number: int) -> None:
    made = ReportIssue(
        agency=OFFICE[0], year=OFFICE[1], number=number, content_hash=content, issued_at=NOW, cause="x",
        folder="laporan",
    )  # fmt: skip
    record_issue(session, made)


def test_a_draft_keeps_its_parts_and_a_newer_one_takes_its_place(session: Session) -> None:
    keep(session, "a")
    keep(session, "b")
    waiting = waiting_draft(session, *OFFICE)
    assert waiting is not None
    assert read_parts(session, waiting, PartKind.FILE) == {"lkjip.pdf": b"b"}
    assert [(d.name, d.state) for d in draft_headings(session, OFFICE[0])] == [
        ("1-2", "waiting"),
        ("1-1", "replaced"),
    ]
    old = find_draft(session, *OFFICE, 1, 1)
    assert old is not None
    assert old.note == "Digantikan rancangan 1-2 untuk terbitan 1."


def test_the_same_content_is_kept_once(session: Session) -> None:
    assert keep(session, "a") is not None
    assert keep(session, "a") is None
    assert len(draft_headings(session, OFFICE[0])) == 1


def test_a_draft_of_a_number_that_was_issued_meanwhile_is_refused(session: Session) -> None:
    issue(session, "x", 1)
    with pytest.raises(StorageError, match="yang berikutnya nomor 2"):
        keep(session, "a")
    assert keep(session, "a", number=2) is not None


def test_what_was_rejected_is_known_until_the_next_issue(session: Session) -> None:
    made = keep(session, "a")
    assert made is not None
    settle(session, take_waiting(session, made), DraftState.REJECTED, NOW, by="Ani", note="salah")
    assert waiting_draft(session, *OFFICE) is None
    known = rejected_draft(session, *OFFICE, "a")
    assert known is not None
    assert (known.decided_by, known.note) == ("Ani", "salah")
    issue(session, "b", 1)
    assert rejected_draft(session, *OFFICE, "a") is None


def test_what_is_withdrawn_cannot_be_decided_on(session: Session) -> None:
    made = keep(session, "a")
    assert made is not None
    assert withdraw(session, *OFFICE, NOW, "Isi kembali sama.") is made
    assert withdraw(session, *OFFICE, NOW, "Isi kembali sama.") is None
    with pytest.raises(StorageError, match=r"sudah ditarik\. Isi kembali sama\."):
        take_waiting(session, made)


def test_two_sessions_that_decide_at_once_do_not_both_succeed(engine: Engine) -> None:
    with open_session(engine) as session:
        made = keep(session, "a")
    assert made is not None
    ready = Barrier(2, timeout=20)

    def decide(by: str) -> str:
        ready.wait()
        try:
            with open_session(engine) as session:
                settle(session, take_waiting(session, made), DraftState.APPROVED, NOW, by=by)
        except StorageError as error:
            return error.message
        return ""

    with ThreadPoolExecutor() as pool:
        said = sorted(pool.map(decide, ["Ani", "Budi"]))
    assert said[0] == ""
    assert "sudah disetujui oleh" in said[1]


def test_the_database_itself_lets_no_two_drafts_of_a_year_wait(engine: Engine) -> None:
    def add(attempt: int) -> None:
        with open_session(engine) as session:
            made = draft("a")
            made.attempt = attempt
            session.add(made)

    add(1)
    with pytest.raises(StorageError):
        add(2)
