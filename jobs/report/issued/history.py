"""What was issued of a year so far, for the report that tells it, and kept with each issue that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from core.dates import JAKARTA
from core.errors import StorageError
from models.report.drafts import DraftHeading, approvals
from models.report.issues import read_history
from models.report.signed import signed_days
from reports.content import IssueInfo
from reports.history import PastIssue

HISTORY = "riwayat.json"
"""Its name among what is kept with an issue."""
_AS_JSON = TypeAdapter(tuple[PastIssue, ...])


def past_issues(session: Session, office: str, year: int) -> tuple[PastIssue, ...]:
    """Every issue of a year that was recorded, oldest first."""
    signed, approved = signed_days(session, office, year), approvals(session, office, year)
    return tuple(
        _with_approval(
            PastIssue(
                number,
                issued_at.astimezone(JAKARTA).date(),
                cause,
                # An older program kept no such line, or none at all.
                str(changes.get("summary", "")) if isinstance(changes, Mapping) else "",
                signed[number].astimezone(JAKARTA).date() if number in signed else None,
            ),
            approved.get(number),
        )
        for number, issued_at, cause, changes in read_history(session, office, year)
    )


def _with_approval(past: PastIssue, draft: DraftHeading | None) -> PastIssue:
    if draft is None:
        return past
    day = draft.decided_at.astimezone(JAKARTA).date() if draft.decided_at else None
    return replace(past, approved_by=draft.decided_by, approved_on=day, note=draft.note)


def itself(info: IssueInfo, changed: str) -> PastIssue:
    """The issue that is being made, as the last line of its own history."""
    return PastIssue(info.number, info.day, info.cause, changed)


def write_history(history: tuple[PastIssue, ...]) -> bytes:
    """As it is kept with an issue."""
    return _AS_JSON.dump_json(history)


def read_kept_history(ingredients: Mapping[str, bytes], number: int) -> tuple[PastIssue, ...]:
    """The history that was kept with an issue; none of one from before it was kept.

    Raises:
        StorageError: This program cannot read it.
    """
    if HISTORY not in ingredients:
        return ()
    try:
        return _AS_JSON.validate_json(ingredients[HISTORY])
    except ValidationError as cause:
        raise StorageError(
            f"Riwayat terbitan {number} tidak dapat dibaca program ini.",
            todo="pakai berkas terbitan yang tersimpan.",
        ) from cause
