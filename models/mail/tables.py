"""The outboxes: a table for each kind of mail, all with the columns of a mail."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from models.mail.recipients import Recipient, State
from models.tables import Table
from models.types import JsonText, UtcDateTime


class Fault(StrEnum):
    """What an attempt failed by."""

    NONE = ""
    MAIL = "mail"
    SERVER = "server"
    SETTINGS = "settings"


class MailRow(Table):
    """A mail to send, in whichever outbox; :mod:`models.mail.outbox`, :mod:`jobs.mail.send` work with it.

    Attributes:
        message_id: By which a mail that arrives twice is recognised.
        sender: Envelope sender.
        recipients: All addresses.
        standing: How each address stands, see :attr:`everybody`.
        message: The whole mail (RFC 5322), lines ended by CRLF, seven bits.
        attempts: How often it was handed to a mail server that could be used.
        next_attempt_at: Not before this moment.
        claimed_by, claimed_until: Who is sending it now, and until when that claim holds.
        last_error: Why the last attempt did not serve all, in Indonesian; empty when it did.
        fault: Of what kind that was, a :class:`Fault`.
        todo: What to do about it.
        sent_at: When no recipient was left to serve and at least one had been.
        abandoned_at: When no recipient was left to serve and none had been.
        lacking: How many recipients were refused for good and not dropped.
    """

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    subject: str
    sender: str
    recipients: list[str] = Field(sa_type=JsonText)
    standing: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    message: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    last_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = ""
    fault: str = Fault.NONE.value
    todo: str = ""
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str = ""
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    abandoned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lacking: int = 0

    @property
    def everybody(self) -> list[Recipient]:
        """The recipients and how each stands."""
        return [Recipient.read(address, self.standing.get(address, {})) for address in self.recipients]

    @property
    def accepted(self) -> list[str]:
        """The addresses that were served."""
        return [one.address for one in self.everybody if one.state is State.SERVED]

    @property
    def refused(self) -> dict[str, str]:
        """The addresses that were refused for good, with the server's words."""
        return {one.address: one.answer for one in self.everybody if one.state is State.REFUSED}


class OutboxMail(MailRow, table=True):
    """A mail that brings an issue, written in its transaction."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "sent_at", "abandoned_at", "next_attempt_at"),
        Index("ix_outbox_lacking", "lacking"),
    )

    issue_id: int = Field(foreign_key="report_issues.id", index=True)


class DraftMail(MailRow, table=True):
    """A mail to those who may approve, that a draft waits for them."""

    __tablename__ = "draft_outbox"
    __table_args__ = (
        Index("ix_draft_outbox_due", "sent_at", "abandoned_at", "next_attempt_at"),
        Index("ix_draft_outbox_lacking", "lacking"),
    )

    draft_id: int = Field(foreign_key="report_drafts.id", index=True)


class TroubleMail(MailRow, table=True):
    """A mail to the technician.

    Attributes:
        trouble_id: Which trouble it tells of; None for a mail that says that all is alive.
    """

    __tablename__ = "trouble_outbox"
    __table_args__ = (
        Index("ix_trouble_outbox_due", "sent_at", "abandoned_at", "next_attempt_at"),
        Index("ix_trouble_outbox_lacking", "lacking"),
    )

    trouble_id: int | None = Field(default=None, foreign_key="troubles.id", index=True)
