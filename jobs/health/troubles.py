"""From what was found to be wrong to the mails about it: one when it begins, one when it is over.

Whoever looks says what it found and which part it looked at. What is found and was not known opens a
trouble; what was known in that part and is no longer found closes one. So hooks of flows and
``lkjip watch`` may look at the same thing and there is still one trouble and one mail.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from jobs.health.notices import (
    Correspondence,
    compose_closed,
    compose_opened,
    correspondence,
    without_secrets,
)
from jobs.mail.send import Limits, SendResult, send_due
from jobs.workspace import Workspace
from models.health.troubles import Trouble, close_trouble, drop_untold, open_trouble, open_troubles, was_told
from models.mail.outbox import put
from models.mail.tables import TroubleMail
from models.session import open_session
from models.tables import identity


@dataclass(frozen=True)
class Finding:
    """Something that is wrong now.

    Attributes:
        key: What it is about, in parts from the whole to the single: ``prefect/pekerja/lkjip``.
        title: In a few words, in Indonesian.
        detail: What was seen.
        todo: What to do.
    """

    key: str
    title: str
    detail: str
    todo: str = ""

    def as_text(self) -> str:
        """For people."""
        return f"{self.title}. {self.detail}" + (f" Yang perlu dilakukan: {self.todo}" if self.todo else "")


@dataclass(frozen=True)
class Reported:
    """What became of what was found: titles of the troubles that began and of those that are over."""

    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def known_keys(workspace: Workspace) -> frozenset[str]:
    """The keys of the troubles that are open now.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        return frozenset(trouble.key for trouble in open_troubles(session))


def report_findings(
    workspace: Workspace,
    findings: Sequence[Finding],
    looked_at: Sequence[str],
    *,
    known: Collection[str] | None = None,
) -> Reported:
    """Open a trouble for each new finding and close those that are gone, and queue their mails.

    Args:
        workspace: Whose database and technician.
        findings: What is wrong now.
        looked_at: The beginnings of keys that were looked at; a trouble elsewhere stays as it is.
        known: The :func:`known_keys` from before the look, if it took long: one that was opened
            meanwhile may not have been seen and stays.

    Raises:
        StorageError: The database cannot be used.
    """
    settings = workspace.settings
    now = settings.current_time()
    found = {finding.key: finding for finding in findings}
    before = known_keys(workspace) if known is None else known
    gone = sorted(key for key in before if key not in found and key.startswith(tuple(looked_at)))
    if not found and not gone:
        return Reported()
    to = correspondence(workspace).of_troubles()
    opened, closed = [], []
    with open_session(workspace.engine) as session:
        for finding in found.values():
            trouble, new = open_trouble(
                session,
                key=finding.key,
                title=finding.title,
                detail=without_secrets(settings, finding.detail),
                todo=finding.todo,
                at=now,
            )
            if new:
                opened.append(trouble.title)
                _tell_opened(session, to, trouble)
        for key in gone:
            ended = close_trouble(session, key, now)
            if ended is not None:
                closed.append(ended.title)
                _tell_closed(session, to, ended, now)
    return Reported(tuple(opened), tuple(closed))


def send_troubles(workspace: Workspace) -> SendResult:
    """Send the mails to the technician that wait.

    Raises:
        SettingsError: No usable mail server is set.
        StorageError: The database cannot be used.
    """
    settings = workspace.settings
    now = settings.current_time()
    return send_due(
        workspace.engine, settings.smtp_url, now, early=True, box=TroubleMail, limits=Limits.of(settings)
    )


def _tell_opened(session: Session, to: Correspondence, trouble: Trouble) -> None:
    if to.recipients:
        put(
            session,
            TroubleMail,
            compose_opened(to, trouble),
            to.recipients,
            trouble.opened_at,
            trouble_id=identity(trouble.id),
        )


def _tell_closed(session: Session, to: Correspondence, trouble: Trouble, now: datetime) -> None:
    """Also replaces the mail that it began where that one has not gone out yet: one says both."""
    drop_untold(session, trouble)
    told = was_told(session, trouble)
    if to.recipients:
        message = compose_closed(to, trouble, told=told)
        put(session, TroubleMail, message, to.recipients, now, trouble_id=identity(trouble.id))
