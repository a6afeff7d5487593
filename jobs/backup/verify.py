"""``lkjip verify``: everything stored against its hash; what is gone is made again."""

from __future__ import annotations

import email
import email.policy
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import LkjipError, StorageError, explain_os_error
from core.numbers import format_number
from jobs.report.remake import remade_files
from jobs.workspace import Workspace
from models.mail.outbox import mails_of_issue
from models.report.issues import every_issue, files_of
from models.report.tables import ReportIssue
from models.session import open_session
from models.snapshots import check_snapshots
from models.tables import identity


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was stored.

    Attributes:
        place: ``sumenep-dkupp 2023 terbitan 2: lkjip.pdf``.
        what: What is wrong with it.
        mended: How it was mended; empty where it is not.
        todo: What a person can do, where it is not.
    """

    place: str
    what: str
    mended: str = ""
    todo: str = ""

    def as_text(self) -> str:
        """One line."""
        return f"{self.place}: {self.what}. {self.mended or f'Yang perlu dilakukan: {self.todo}'}."


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what was found."""

    snapshots: int
    issues: int
    files: int
    faults: tuple[Fault, ...]

    @property
    def lost(self) -> list[Fault]:
        """Faults that were not mended."""
        return [fault for fault in self.faults if not fault.mended]

    def as_text(self) -> str:
        """For people."""
        looked = (
            f"Diperiksa {format_number(self.snapshots)} jawaban sumber, {format_number(self.issues)} "
            f"terbitan dan {format_number(self.files)} berkasnya"
        )
        if not self.faults:
            return f"{looked}; semuanya seperti ketika disimpan."
        mended = len(self.faults) - len(self.lost)
        counted = f"{looked}; {len(self.faults)} tidak seperti ketika disimpan, {mended} dipulihkan."
        return "\n".join([counted, *(f"  {fault.as_text()}" for fault in self.faults)])

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "snapshots": self.snapshots,
            "issues": self.issues,
            "files": self.files,
            "faults": [vars(fault) for fault in self.faults],
        }


def verify_stored(workspace: Workspace, *, mend: bool = True) -> Verified:
    """Check every snapshot and every issue of every office in the database.

    A file that is gone is made again by the program that made it, or taken from the mail that carried
    it; one that was altered is laid aside in ``karantina/terbitan`` first. Nothing is taken unless its
    hash is the one that was recorded.

    Args:
        workspace: Of any office.
        mend: Whether what is gone is put back; else it is only told.

    Raises:
        StorageError: The database cannot be read, or a file cannot be written.
    """
    with open_session(workspace.engine, read_only=True) as session:
        counted, broken = check_snapshots(session)
        issues = every_issue(session)
    faults = [
        Fault(
            f"jawaban sumber {sha256[:12]}…",
            "isinya bukan yang diterima dari sumbernya",
            todo="pulihkan basis data dari cadangan",
        )
        for sha256 in broken
    ]
    files = 0
    for issue in issues:
        found = _check_issue(workspace.engine, issue, workspace.all_reports.parent, mend=mend)
        files += found[0]
        faults += found[1]
    return Verified(counted, len(issues), files, tuple(faults))


def _check_issue(engine: Engine, issue: ReportIssue, home: Path, *, mend: bool) -> tuple[int, list[Fault]]:
    with open_session(engine, read_only=True) as session:
        stored = {file.name: file.sha256 for file in files_of(session, issue)}
        folder = Path(issue.folder)
        wrong = {
            name: what for name, sha256 in stored.items() if (what := _what_is_wrong(folder / name, sha256))
        }
        if not wrong:
            return len(stored), []
        sources = _sources(session, issue, {name: stored[name] for name in wrong}) if mend else {}
    faults = []
    for name, what in wrong.items():
        place = f"{issue.agency} {issue.year} terbitan {issue.number}: {name}"
        if name in sources:
            content, whence = sources[name]
            _put_back(folder / name, content, home / "karantina" / "terbitan" / _aside(issue))
            faults.append(Fault(place, what, mended=f"Dipulihkan: {whence}"))
        else:
            faults.append(
                Fault(
                    place,
                    what,
                    todo="pulihkan dari cadangan" if mend else "jalankan lkjip verify tanpa --look",
                )
            )
    return len(stored), faults


def _aside(issue: ReportIssue) -> str:
    return f"{issue.agency}-{issue.year}-{issue.number}"


def _what_is_wrong(path: Path, sha256: str) -> str:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return "berkasnya tidak ada"
    except OSError as cause:
        return f"berkasnya tidak dapat dibaca ({explain_os_error(cause)})"
    return "" if same else "isinya berubah sejak diterbitkan"


def _sources(session: Session, issue: ReportIssue, wanted: Mapping[str, str]) -> dict[str, tuple[bytes, str]]:
    """Bytes with the recorded hash for as many of the wanted files as can be had, and where they are from."""
    try:
        made = [
            ("disusun ulang byte demi byte", content) for content in remade_files(session, issue).values()
        ]
    except LkjipError:  # another program made it, or what was kept is damaged: the mail may have it
        made = []
    made += [("diambil dari surelnya", content) for content in _attached(session, issue)]
    by_hash = {hashlib.sha256(content).hexdigest(): (content, whence) for whence, content in reversed(made)}
    return {name: by_hash[sha256] for name, sha256 in wanted.items() if sha256 in by_hash}


def _attached(session: Session, issue: ReportIssue) -> Iterator[bytes]:
    for raw in mails_of_issue(session, identity(issue.id)):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        for part in message.iter_attachments():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content


def _put_back(path: Path, content: bytes, aside: Path) -> None:
    """Write a file of an issue again; what stands in its place is kept aside."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.replace(_free(aside / path.name))
        beside = path.with_name(f".{path.name}.sementara")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as cause:
        raise StorageError(
            f"{path} tidak dapat dipulihkan ({explain_os_error(cause)}).",
            todo="periksa hak tulis dan ruang kosong cakram, lalu jalankan lagi.",
        ) from cause


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
