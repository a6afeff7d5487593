"""The tables: from the bytes of a source to the mail, nothing of which is ever overwritten.

Only rows that follow a process change after they are written: a poll when it ends, a mail of the
outbox while it is being sent, the circuit of a host. All else is added, never altered.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import DecimalText, JsonText, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a later migration can find them on both databases."""


class Table(SQLModel):
    """What all tables share: one catalogue with fixed names for constraints."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Snapshot(Table, table=True):
    """The bytes of an answer, once for each content.

    Attributes:
        sha256: Of the bytes as they came (secrets already removed), in hexadecimal.
        content: The bytes, compressed with zlib.
        size: Length of the bytes before compressing.
    """

    __tablename__ = "snapshots"

    sha256: str = Field(primary_key=True, min_length=64, max_length=64)
    content: bytes
    size: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class Fetch(Table, table=True):
    """One answer of a source: when, from where, and which bytes.

    Attributes:
        url: Without the key.
        headers: Of the answer.
    """

    __tablename__ = "fetches"

    id: int | None = Field(default=None, primary_key=True)
    snapshot_sha256: str = Field(foreign_key="snapshots.sha256", index=True)
    source: str
    url: str
    status: int
    headers: dict[str, Any] = Field(sa_type=JsonText)
    content_type: str
    fetched_at: datetime = Field(sa_type=UtcDateTime)


class PollOutcome(StrEnum):
    """How a look at a source ended."""

    NO_NEWS = "no_news"
    RELEASED = "released"
    REVISED = "revised"
    FAILED = "failed"


class Poll(Table, table=True):
    """One look at a source; ``outcome`` is empty while it runs or when it was killed.

    Attributes:
        outcome: One of :class:`PollOutcome`.
        message: For the office, in Indonesian.
        requests: How many requests it took.
        marks: What each channel showed, by channel and identity, so that the next look sees what changed.
        announced: Releases to come: channel, title and day of each.
        problems: What a person should know, in Indonesian: channels that failed or disagree.
    """

    __tablename__ = "polls"
    __table_args__ = (Index("ix_polls_latest", "source", "domain", "started_at"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    domain: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = ""
    message: str = ""
    requests: int = 0
    marks: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    announced: list[Any] = Field(default_factory=list, sa_type=JsonText)
    problems: list[Any] = Field(default_factory=list, sa_type=JsonText)


class Release(Table, table=True):
    """A publication or press release about a year, when it was first seen.

    Attributes:
        channel: ``publication``, ``pressrelease`` or ``table``.
        released_on: The source's own date; None when it says none.
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("source", "domain", "year", "channel", "url", "released_on"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    domain: str
    year: int
    title: str
    channel: str
    released_on: date | None = None
    url: str
    detected_at: datetime = Field(sa_type=UtcDateTime)
    poll_id: int | None = Field(default=None, foreign_key="polls.id")


class Vintage(Table, table=True):
    """One state of one table of a source; a revision is a new row.

    Attributes:
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``.
        base_year: Base of constant prices; None where there is none.
        table_id: The table's id in its channel.
        channel: By which way of the source it came: ``dynamic`` (WebAPI), ``static``, ``simdasi``,
            ``quarterly``, ``pdf``, ``xlsx``.
        last_update: The source's own mark of its last change.
        content_hash: SHA-256 over the canonical cells, the table's id, unit and base year.
    """

    __tablename__ = "vintages"
    __table_args__ = (Index("ix_vintages_series", "source", "domain", "measure", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    domain: str
    measure: str
    table_id: str
    channel: str = "dynamic"
    title: str
    unit: str
    base_year: int | None = None
    last_update: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_on: date | None = None
    content_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    note: str = ""


class Observation(Table, table=True):
    """One value of one category in one year, exact.

    Attributes:
        sector: Code of the category, ``C``, ``R,S,T,U``, ``TOTAL``.
        label: The category as the source writes it.
        value: In the unit of the vintage.
        status: The source's word: ``tetap``, ``sementara``, ``sangat sementara``.
    """

    __tablename__ = "observations"
    __table_args__ = (UniqueConstraint("vintage_id", "sector", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    vintage_id: int = Field(foreign_key="vintages.id")
    fetch_id: int = Field(foreign_key="fetches.id", index=True)
    sector: str
    label: str
    year: int
    value: Decimal = Field(sa_type=DecimalText)
    status: str
    illustrative: bool = False


class RealisasiRecord(Table, table=True):
    """What an indicator took as its realisasi from a moment on, or why it waited.

    Attributes:
        value: As the report writes it; None while waiting.
        inputs: The figures it was computed from, each back to its snapshot.
    """

    __tablename__ = "realisasi"
    __table_args__ = (Index("ix_realisasi_indicator", "agency", "year", "indicator", "id"),)

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


class IssueFile(Table, table=True):
    """A file of an issue, so that a later change of it can be seen."""

    __tablename__ = "issue_files"

    issue_id: int = Field(primary_key=True, foreign_key="report_issues.id")
    name: str = Field(primary_key=True)
    sha256: str = Field(max_length=64)
    size: int


class MailRow(Table):
    """A mail to send, in whichever outbox: what :mod:`models.outbox` and :mod:`jobs.send` work with.

    Attributes:
        message_id: By which a mail that arrives twice is recognised.
        sender: Envelope sender.
        recipients: All addresses.
        accepted: Addresses the mail server took over.
        refused: Addresses it refused for good, with the reason.
        message: The whole mail (RFC 5322), lines ended by CRLF, seven bits.
        attempts: How often it was handed to a mail server that could be used.
        next_attempt_at: Not before this moment.
        claimed_by, claimed_until: Who is sending it now, and until when that claim holds.
        sent_at: When no recipient was left to serve and at least one had been.
        abandoned_at: When it became sure that it can reach nobody.
    """

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    subject: str
    sender: str
    recipients: list[str] = Field(sa_type=JsonText)
    accepted: list[str] = Field(default_factory=list, sa_type=JsonText)
    refused: dict[str, str] = Field(default_factory=dict, sa_type=JsonText)
    message: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    last_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = ""
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str = ""
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    abandoned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutboxMail(MailRow, table=True):
    """A mail that brings an issue, written in its transaction."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "sent_at", "abandoned_at", "next_attempt_at"),)

    issue_id: int = Field(foreign_key="report_issues.id", index=True)


class HostCircuit(Table, table=True):
    """How the last requests to a host ended, so that the next run too leaves one in trouble alone.

    Attributes:
        host: With its port.
        state: As :meth:`connectors.circuit.Circuit.as_dict` gives it.
    """

    __tablename__ = "circuits"

    host: str = Field(primary_key=True)
    state: dict[str, Any] = Field(sa_type=JsonText)
    updated_at: datetime = Field(sa_type=UtcDateTime)


def identity(number: int | None) -> int:
    """The id of a row that was flushed, hence has one."""
    if number is None:
        raise LookupError("the row was not flushed yet")
    return number
