"""``lkjip verify``: everything stored against its hash; what is gone is made again."""

from __future__ import annotations

import email
import email.policy
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from core.errors import LkjipError, StorageError, explain_os_error
from core.numbers import format_number
from jobs.report.keeping import folder_here, name_in_store, put_in_store
from jobs.report.remake import remade_files
from jobs.workspace import Workspace
from models.mail.outbox import mails_of_issue
from models.report.draft_tables import PartKind
from models.report.drafts import approved_draft, read_parts
from models.report.issues import every_issue, files_of
from models.report.signed import issues_of_copies
from models.report.tables import IssueFile, ReportIssue
from models.session import open_session
from models.snapshots import check_snapshots
from models.tables import identity

ALTERED = "isinya berubah sejak diterbitkan"


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
    hash is the one that was recorded. With a store, what this machine alone has is brought there.

    Args:
        workspace: Of any office.
        mend: Whether what is gone is put back; else it is only told.

    Raises:
        StorageError: The database or the store cannot be read, or a file cannot be written.
    """
    with open_session(workspace.engine, read_only=True) as session:
        counted, broken = check_snapshots(session)
        issues = every_issue(session)
        signed = issues_of_copies(session, broken) if broken else {}
        faults = [_altered(sha256, signed.get(sha256)) for sha256 in broken]
    files = 0
    for issue in issues:
        found = _check_issue(workspace, issue, mend=mend)
        files += found[0]
        faults += found[1]
    return Verified(counted, len(issues), files, tuple(faults))


def _altered(sha256: str, issue: ReportIssue | None) -> Fault:
    """Bytes in the database that are not those that came; ``issue`` is the one they are a signed copy of."""
    place = f"jawaban sumber {sha256[:12]}…"
    if issue is not None:
        of_issue = f"{issue.agency} {issue.year} terbitan {issue.number}"
        place = f"{of_issue}: salinan bertanda tangan {sha256[:12]}…"
    what = "isinya bukan yang diterima" + (" dari sumbernya" if issue is None else "")
    return Fault(place, what, todo="pulihkan basis data dari cadangan")


def _check_issue(workspace: Workspace, issue: ReportIssue, *, mend: bool) -> tuple[int, list[Fault]]:
    with open_session(workspace.engine, read_only=True) as session:
        stored = {file.name: file for file in files_of(session, issue)}
        wrong = {name: what for name, file in stored.items() if (what := _fault_of(workspace, issue, file))}
        if not wrong:
            return len(stored), []
        wanted = {name: stored[name].sha256 for name in wrong}
        sources = _sources(session, workspace, issue, wanted) if mend else {}
    faults = []
    for name, what in wrong.items():
        place = f"{issue.agency} {issue.year} terbitan {issue.number}: {name}"
        if name in sources:
            content, whence = sources[name]
            _mend(workspace, issue, stored[name], content)
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


def _fault_of(workspace: Workspace, issue: ReportIssue, file: IssueFile) -> str:
    """What is wrong with a file where every machine looks for it; empty for nothing."""
    if workspace.store is None:
        return _what_is_wrong(folder_here(workspace, issue) / file.name, file.sha256)
    content = workspace.store.read(name_in_store(issue, file))
    if content is None:
        return "berkasnya tidak ada di penyimpanan bersama"
    return "" if hashlib.sha256(content).hexdigest() == file.sha256 else ALTERED


def _mend(workspace: Workspace, issue: ReportIssue, file: IssueFile, content: bytes) -> None:
    if workspace.store is not None:
        put_in_store(workspace.store, issue, file, content)
        return
    aside = workspace.settings.home / "karantina" / "terbitan"
    aside /= f"{issue.agency}-{issue.year}-{issue.number}"
    _put_back(folder_here(workspace, issue) / file.name, content, aside)


def _what_is_wrong(path: Path, sha256: str) -> str:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return "berkasnya tidak ada"
    except OSError as cause:
        return f"berkasnya tidak dapat dibaca ({explain_os_error(cause)})"
    return "" if same else ALTERED


def _sources(
    session: Session, workspace: Workspace, issue: ReportIssue, wanted: Mapping[str, str]
) -> dict[str, tuple[bytes, str]]:
    """Bytes with the recorded hash for as many of the wanted files as can be had, and where they are from."""
    ways: list[tuple[str, Callable[[], Iterable[bytes]]]] = [
        ("disalin dari map kerja komputer ini", lambda: _copies(workspace, issue)),
        ("disalin dari rancangan yang disetujui", lambda: _drafted(session, issue)),
        ("disusun ulang byte demi byte", lambda: _remade(session, issue, workspace)),
        ("diambil dari surelnya", lambda: _attached(session, issue)),
    ]
    by_hash: dict[str, tuple[bytes, str]] = {}
    for whence, find in ways:
        if all(sha256 in by_hash for sha256 in wanted.values()):
            break  # to make an issue again takes seconds
        for content in find():
            by_hash.setdefault(hashlib.sha256(content).hexdigest(), (content, whence))
    return {name: by_hash[sha256] for name, sha256 in wanted.items() if sha256 in by_hash}


def _copies(workspace: Workspace, issue: ReportIssue) -> list[bytes]:
    """With a store: what this machine has of the issue, from before there was one or out of a backup."""
    folder = folder_here(workspace, issue)
    if workspace.store is None or not folder.is_dir():
        return []
    with suppress(OSError):  # what cannot be read is made again instead
        return [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    return []


def _drafted(session: Session, issue: ReportIssue) -> list[bytes]:
    draft = approved_draft(session, issue.agency, issue.year, issue.number)
    with suppress(LkjipError):  # what was altered there is made again instead
        return list(read_parts(session, draft, PartKind.FILE).values()) if draft else []
    return []


def _remade(session: Session, issue: ReportIssue, workspace: Workspace) -> list[bytes]:
    try:
        return list(remade_files(session, issue, workspace).values())
    except LkjipError:  # another program made it, or what was kept is damaged: the mail may have it
        return []


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
