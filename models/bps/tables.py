"""What a look at BPS leaves behind: itself, releases, states of tables, and their figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.tables import Table
from models.types import DecimalText, JsonText, UtcDateTime


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
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``; of any other table ``statistic/`` and the
            words or the number by which offices name it.
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
        sector: Code of the category, ``C``, ``R,S,T,U``, ``TOTAL``; of any other table row, column and part
            of the year in the office's words (:meth:`office.bps.Statistic.place`).
        label: The same as the source writes it.
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
