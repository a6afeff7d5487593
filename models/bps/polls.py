"""Looks at a source: when, how they ended, and the releases they saw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.bps.tables import Poll, PollOutcome, Release
from models.locks import lock_for_writing
from models.types import canonical_json

GOOD = (PollOutcome.NO_NEWS, PollOutcome.RELEASED, PollOutcome.REVISED)
"""How a look ends that could see something."""


def finish_poll(
    session: Session,
    *,
    source: str,
    domain: str,
    finished_at: datetime,
    outcome: PollOutcome | str,
    message: str,
    requests: int,
    marks: Mapping[str, Any] | None = None,
    announced: Sequence[Mapping[str, Any]] = (),
    problems: Sequence[str] = (),
) -> Poll:
    """Write down how a look ended.

    Args:
        session: Of the caller's transaction, the one that keeps what was found.
        source: ``bps``.
        domain: ``3529``.
        finished_at: The present moment.
        outcome: One of :class:`PollOutcome`.
        message: For the office, in Indonesian.
        requests: How many requests it took.
        marks: What each channel showed, for the next look.
        announced: Releases to come.
        problems: What a person should know, in Indonesian.
    """
    ended = Poll(
        source=source,
        domain=domain,
        started_at=finished_at,
        finished_at=finished_at,
        outcome=PollOutcome(outcome).value,
        message=message,
        requests=requests,
        marks=json.loads(canonical_json(dict(marks or {}))),
        announced=json.loads(canonical_json(list(announced))),
        problems=list(problems),
    )
    session.add(ended)
    session.flush()
    return ended


def last_poll(session: Session, source: str, domain: str) -> Poll | None:
    """The last look at a source, however it ended, or None."""
    query = select(Poll).where(Poll.source == source, Poll.domain == domain)
    return session.exec(query.order_by(col(Poll.id).desc()).limit(1)).first()


def first_poll(session: Session, source: str, domain: str) -> Poll | None:
    """The first look at a source, however it ended, or None."""
    query = select(Poll).where(Poll.source == source, Poll.domain == domain)
    return session.exec(query.order_by(col(Poll.id)).limit(1)).first()


def last_good_poll(session: Session, source: str, domain: str) -> Poll | None:
    """The last look at a source that did not fail, or None."""
    query = select(Poll).where(
        Poll.source == source, Poll.domain == domain, col(Poll.outcome).in_([o.value for o in GOOD])
    )
    return session.exec(query.order_by(col(Poll.id).desc()).limit(1)).first()


def record_release(session: Session, release: Release) -> tuple[Release, bool]:
    """Write down a release when it is seen for the first time, or with another date.

    Returns:
        The release, and whether it is new.
    """
    lock_for_writing(session, f"release/{release.source}/{release.domain}/{release.year}")
    query = select(Release).where(
        Release.source == release.source,
        Release.domain == release.domain,
        Release.year == release.year,
        Release.channel == release.channel,
        Release.url == release.url,
        Release.released_on == release.released_on,
    )
    known = session.exec(query.limit(1)).first()
    if known is not None:
        return known, False
    session.add(release)
    session.flush()
    return release, True


def latest_release(session: Session, source: str, domain: str, year: int) -> Release | None:
    """The release about a year that was seen last, or None."""
    query = select(Release).where(Release.source == source, Release.domain == domain, Release.year == year)
    return session.exec(query.order_by(col(Release.id).desc()).limit(1)).first()
