"""Drafts of issues that wait for a person's approval, and what each is made of."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from models.tables import Table
from models.types import JsonText, UtcDateTime


class DraftState(StrEnum):
    """How a draft stands; only a waiting one can be decided on, and none waits again."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class PartKind(StrEnum):
    """What a part of a draft is for."""

    DATA = "data"
    """What it was made of, as an issue keeps it."""
    FILE = "file"
    """A file of the issue that it becomes, to the byte."""
    MARKED = "marked"
    """A file that people may see before: with the draft's mark."""


class ReportDraft(Table, table=True):
    """A draft of the next issue of an office's report for a year.

    Attributes:
        number: Of the issue that it becomes; it is printed into its files.
        attempt: From 1 without gaps among the drafts of that number.
        content_hash: Of the content, as that of an issue.
        made_at: When; the issue that it becomes bears this moment, which is printed into its files.
        cause, changes, report, program: As those of :class:`models.report.tables.ReportIssue`.
        state: A :class:`DraftState`.
        decided_at: When it stopped waiting; None while it waits.
        decided_by: Who decided; empty where the program did.
        note: The words for the mail, the reason of a rejection, or why it was replaced or withdrawn.
    """

    __tablename__ = "report_drafts"
    __table_args__ = (
        UniqueConstraint("agency", "year", "number", "attempt"),
        Index(
            "ix_report_drafts_waiting",
            "agency",
            "year",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    year: int
    number: int
    attempt: int
    content_hash: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)
    cause: str
    changes: Any = Field(default_factory=dict, sa_type=JsonText)
    report: Any = Field(default_factory=dict, sa_type=JsonText)
    program: str
    state: str = DraftState.WAITING.value
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """By which people name it among those of its year: ``2-1``."""
        return f"{self.number}-{self.attempt}"

    @property
    def waits(self) -> bool:
        """Whether it can still be approved or rejected."""
        return self.state == DraftState.WAITING


class DraftPart(Table, table=True):
    """A file that belongs to a draft; the bytes are a snapshot.

    Attributes:
        kind: A :class:`PartKind`.
    """

    __tablename__ = "draft_parts"

    draft_id: int = Field(primary_key=True, foreign_key="report_drafts.id")
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    snapshot_sha256: str = Field(foreign_key="snapshots.sha256")
