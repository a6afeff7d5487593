"""Snapshots: the bytes of an answer, kept once, from which everything after can be made again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, text
from sqlmodel import Session, col, select

from core.errors import StorageError
from models.tables import Fetch, Snapshot
from models.types import UtcDateTime

_ADD = text(
    "INSERT INTO snapshots (sha256, content, size, created_at) VALUES (:sha256, :content, :size, :created_at)"
    " ON CONFLICT (sha256) DO NOTHING"
).bindparams(bindparam("created_at", type_=UtcDateTime))
"""As text: SQLAlchemy puts a statement with ON CONFLICT together anew each time, which costs more than to
run it."""


def keep_snapshot(
    session: Session,
    *,
    source: str,
    url: str,
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    fetched_at: datetime,
) -> Fetch:
    """Keep an answer; bytes that are already there are not stored again.

    Args:
        session: Of the caller's transaction.
        source: ``bps``.
        url: Without the key.
        status: Of HTTP.
        headers: Of the answer.
        content: The bytes, secrets removed.
        fetched_at: When it came.

    Returns:
        The fetch, with its id.
    """
    sha256 = keep_bytes(session, content, fetched_at)
    lowered = {name.lower(): value for name, value in headers.items()}
    fetch = Fetch(
        snapshot_sha256=sha256,
        source=source,
        url=url,
        status=status,
        headers=dict(headers),
        content_type=lowered.get("content-type", ""),
        fetched_at=fetched_at,
    )
    session.add(fetch)
    session.flush()
    return fetch


def keep_bytes(session: Session, content: bytes, at: datetime) -> str:
    """Keep bytes that no source sent; those that are there already are not stored again.

    Args:
        session: Of the caller's transaction.
        content: The bytes.
        at: The present moment.

    Returns:
        Their SHA-256, by which :func:`read_snapshot` finds them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    row = {"sha256": sha256, "content": zlib.compress(content), "size": len(content), "created_at": at}
    session.connection().execute(_ADD, row)
    return sha256


def read_snapshot(session: Session, sha256: str) -> bytes:
    """The bytes of a snapshot, proved to be those that came.

    Raises:
        StorageError: There is none of that name, or its bytes were altered.
    """
    snapshot = session.get(Snapshot, sha256)
    if snapshot is None:
        raise StorageError(
            f"Snapshot {sha256[:12]}… tidak ada di basis data.",
            todo="periksa apakah LKJIP_DATABASE_URL menunjuk basis data yang benar.",
        )
    try:
        content = zlib.decompress(snapshot.content)
    except zlib.error as cause:
        raise _altered(sha256) from cause
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _altered(sha256)
    return content


def check_snapshots(session: Session) -> tuple[int, list[str]]:
    """How many snapshots there are, and the SHA-256 of those whose bytes were altered."""
    names = session.exec(select(Snapshot.sha256).order_by(col(Snapshot.sha256))).all()
    broken = []
    for sha256 in names:
        try:
            read_snapshot(session, sha256)
        except StorageError:
            broken.append(sha256)
        session.expunge_all()  # each may be large
    return len(names), broken


def first_fetches(session: Session, snapshots: Collection[str]) -> dict[str, tuple[datetime, int]]:
    """When the bytes of some snapshots first came from a source, and how many they are, by SHA-256."""
    query = (
        select(col(Fetch.snapshot_sha256), func.min(col(Fetch.fetched_at)), func.min(col(Snapshot.size)))
        .join(Snapshot, col(Snapshot.sha256) == col(Fetch.snapshot_sha256))
        .where(col(Fetch.snapshot_sha256).in_(snapshots))
        .group_by(col(Fetch.snapshot_sha256))
    )
    return {sha256: (at, size) for sha256, at, size in session.exec(query)}


def _altered(sha256: str) -> StorageError:
    return StorageError(
        f"Isi snapshot {sha256[:12]}… tidak lagi sama dengan yang diterima dari sumbernya.",
        todo="pulihkan basis data dari cadangan; isi snapshot tidak pernah diubah oleh program.",
    )
