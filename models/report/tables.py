"""What a report was made of and what came out: entered figures, realisasi, issues and their files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.tables import Table
from models.types import JsonText, UtcDateTime


class RealisasiRecord(Table, table=True):
    """What an indicator took as its realisasi from a moment on, or why it waited.

    Attributes:
        value: As the report writes it; None while waiting.
        inputs: The figures it was computed from, each back to its snapshot.
    """

    __tablename__ = "realisasi"

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    indicator: str
    year: int
    state: str
    value: str | None = None
    reason: str = ""
    formula: str = ""
    inputs: list[Any] = Field(default_factory=list, sa_type=JsonText)
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    source: str = ""
    source_url: str = ""
    released_on: date | None = None
    illustrative: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)

    __table_args__ = (Index("ix_realisasi_indicator", "agency", "year", "indicator", "id"),)


class EnteredFigure(Table, table=True):
    """A figure that a person entered, with its evidence; a later one of the same indicator and year is newer.

    Attributes:
        value: As the person wrote it, so that it is read by the rules of realisasi.csv each time.
        status: Whether its source may still revise it, as in realisasi.csv.
        evidence_name: Of the file, without its folder; the bytes are a snapshot.
    """

    __tablename__ = "entered_figures"

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    indicator: str
    year: int
    value: str
    source: str
    status: str = ""
    note: str = ""
    evidence_name: str
    evidence_size: int
    evidence_sha256: str = Field(foreign_key="snapshots.sha256")
    entered_by: str
    entered_at: datetime = Field(sa_type=UtcDateTime)

    __table_args__ = (Index("ix_entered_figures_indicator", "agency", "year", "indicator", "id"),)


class ReportIssue(Table, table=True):
    """One issue of an office's report for a year.

    Attributes:
        number: From 1 without gaps.
        content_hash: Of the content; an issue never equals the one right before it. It may equal
            an older one: a slip that was corrected leads back to what was there before.
        cause: Why it was made, in Indonesian.
        report: The content as in ``report.json``: what the next issue is compared with, even when
            the files are gone.
        folder: Where its files are.
        program: The version of the program that made it, as :func:`core.version.program_version` gives it.
        data_hash: SHA-256 over the names and hashes of what it was made of (:class:`IssueData`).
    """

    __tablename__ = "report_issues"

    __table_args__ = (UniqueConstraint("agency", "year", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    year: int
    number: int
    content_hash: str = Field(max_length=64)
    issued_at: datetime = Field(sa_type=UtcDateTime)
    cause: str
    inputs: Any = Field(default_factory=list, sa_type=JsonText)
    changes: Any = Field(default_factory=list, sa_type=JsonText)
    report: Any = Field(default_factory=dict, sa_type=JsonText)
    folder: str
    program: str = ""
    data_hash: str = Field(default="", max_length=64)

    __table_args__ = (UniqueConstraint("agency", "year", "number"),)


class IssueData(Table, table=True):
    """A file that an issue was made of: of the office's data, or its figures; the bytes are a snapshot."""

    __tablename__ = "issue_data"

    issue_id: int = Field(primary_key=True, foreign_key="report_issues.id")
    name: str = Field(primary_key=True)
    snapshot_sha256: str = Field(foreign_key="snapshots.sha256")


class IssueFile(Table, table=True):
    """A file of an issue, so that a later change of it can be seen."""

    __tablename__ = "issue_files"

    issue_id: int = Field(primary_key=True, foreign_key="report_issues.id")
    name: str = Field(primary_key=True)
    sha256: str = Field(max_length=64)
    size: int


class SignedCopy(Table, table=True):
    """A signed copy of an issue that came back; the bytes are a snapshot.

    Attributes:
        name: Of the file, without its folder.
        doubts: In what it differs from the issue's own PDF, in Indonesian, where a person took it all the
            same; empty where it does in nothing.
    """

    __tablename__ = "signed_copies"

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="report_issues.id")
    name: str
    sha256: str = Field(foreign_key="snapshots.sha256")
    size: int
    received_by: str
    received_at: datetime = Field(sa_type=UtcDateTime)
    doubts: str = ""

    __table_args__ = (UniqueConstraint("issue_id", "sha256"),)
