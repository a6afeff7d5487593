"""Signed copies of issues, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from models.report.issues import read_history, record_issue
from models.report.signed import issues_of_copies, record_signed, signed_copies, signed_days
from models.report.tables import ReportIssue, SignedCopy
from models.session import open_session

NOON = datetime(2024, 3, 1, 5, tzinfo=UTC)
LATER = datetime(2024, 3, 2, 5, tzinfo=UTC)


def copy(at: datetime) -> SignedCopy:
    return SignedCopy(issue_id=0, name="ttd.pdf", sha256="", size=0, received_by="Siti", received_at=at)


def test_copies_are_kept_once_and_the_first_tells_the_day(engine: Engine) -> None:
    with open_session(engine) as session:
        made = ReportIssue(
            agency="a",
            year=2023,
            number=1,
            content_hash="x",
            issued_at=NOON,
            cause="Uji.",
            folder="/x",
            changes={"summary": "berubah"},
        )
        issue = record_issue(session, made)
        assert record_signed(session, issue, copy(NOON), b"%PDF-1")
        assert record_signed(session, issue, copy(LATER), b"%PDF-2")
        assert not record_signed(session, issue, copy(LATER), b"%PDF-1")
    with open_session(engine, read_only=True) as session:
        kept = signed_copies(session, issue)
        assert [(row.size, row.received_at) for row in kept] == [(6, NOON), (6, LATER)]
        assert signed_days(session, "a", 2023) == {1: NOON}
        assert signed_days(session, "a", 2024) == {}
        assert read_history(session, "a", 2023) == [(1, NOON, "Uji.", {"summary": "berubah"})]
        assert list(issues_of_copies(session, [kept[0].sha256, "0"])) == [kept[0].sha256]
