"""The tables: from the bytes of a source to the mail, nothing of which is ever overwritten.

Only rows that follow a process change after they are written: a poll when it ends, a mail of the
outbox while it is being sent, the circuit of a host. All else is added, never altered.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from models.types import JsonText, UtcDateTime

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


class HostCircuit(Table, table=True):
    """How the last requests to a host ended, so that the next run too leaves one in trouble alone.

    Attributes:
        host: With its port.
        state: As :meth:`connectors.web.circuit.Circuit.as_dict` gives it.
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
