"""The outboxes: a table for each kind of mail, all with the columns of a mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from models.tables import Table
from models.types import JsonText, UtcDateTime


class MailRow(Table):
    """A mail to send, in whichever outbox; :mod:`models.mail.outbox`, :mod:`jobs.mail.send` work with it.

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


class TroubleMail(MailRow, table=True):
    """A mail to the technician.

    Attributes:
        trouble_id: Which trouble it tells of; None for a mail that says that all is alive.
    """

    __tablename__ = "trouble_outbox"
    __table_args__ = (Index("ix_trouble_outbox_due", "sent_at", "abandoned_at", "next_attempt_at"),)

    trouble_id: int | None = Field(default=None, foreign_key="troubles.id", index=True)
