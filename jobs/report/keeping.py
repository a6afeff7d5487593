"""Where the files of issues are kept: in the working folder, or in the store that many machines share.

In the working folder an issue is a folder, moved to its place whole. In the store a file bears the hash of
its content in its name, so nothing is ever written over: two machines that make the same issue at once write
beside each other, and the database says whose it is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.store.files import Store
from core.errors import StorageError, explain_os_error
from jobs.workspace import Workspace, make_folder
from models.report.tables import IssueFile, ReportIssue

FOLDER = "laporan"
WORD = "lkjip.docx"
CHANGED_WORD = "lkjip-perubahan.docx"
"""The Word file with tracked changes against the issue before; the first issue has none."""
GONE, SHORTENED = "berkasnya tidak ada", "ukurannya bukan yang dicatat"


@dataclass(frozen=True)
class Kept:
    """Files of an issue that are written, and seen once :meth:`show` was called.

    Attributes:
        place: For people and for the record.
        folder: Where they will be; None for files in the store.
        beside: Where they are until then; likewise.
    """

    place: str
    folder: Path | None = None
    beside: Path | None = None

    def show(self) -> None:
        """Put them in their place; a folder that a run before left there without recording it goes.

        Raises:
            StorageError: The system refuses.
        """
        if self.folder is None or self.beside is None:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.beside.rename(self.folder)
        except OSError as cause:
            raise _unwritable(self.folder, cause) from cause


def keep_files(workspace: Workspace, number: int, files: Mapping[str, bytes]) -> Kept:
    """Write the files of an issue where nobody takes them for one yet.

    Args:
        workspace: Office and year.
        number: Of the issue.
        files: By name.

    Raises:
        StorageError: One of them cannot be written.
    """
    store = workspace.store
    if store is None:
        return _beside(workspace.reports_folder / f"terbitan-{number}", files)
    folder = folder_in_store(workspace.agency.office.id, workspace.year, number)
    for name, content in files.items():
        store.put(f"{folder}/{_name_in_store(name, hashlib.sha256(content).hexdigest())}", content)
    return Kept(store.address_of(folder))


def _beside(folder: Path, files: Mapping[str, bytes]) -> Kept:
    beside = folder.with_name(f"{folder.name}.sementara")
    for left in (beside, *folder.parent.glob("terbitan-*.sementara")):  # of one that was killed
        shutil.rmtree(left, ignore_errors=True)
    make_folder(beside)
    try:
        for name, content in files.items():
            (beside / name).write_bytes(content)
    except OSError as cause:
        raise _unwritable(folder, cause) from cause
    return Kept(str(folder), folder, beside)


def folder_in_store(office: str, year: int, number: int) -> str:
    """The name of an issue's folder in the store."""
    return f"{FOLDER}/{office}/{year}/terbitan-{number}"


def name_in_store(issue: ReportIssue, file: IssueFile) -> str:
    """The name of a file of an issue in the store."""
    folder = folder_in_store(issue.agency, issue.year, issue.number)
    return f"{folder}/{_name_in_store(file.name, file.sha256)}"


def _name_in_store(name: str, sha256: str) -> str:
    return f"{sha256}-{name}"


def folder_here(workspace: Workspace, issue: ReportIssue) -> Path:
    """Where the files of an issue are on this machine, if they are: where they were written, or moved to."""
    written = Path(issue.folder)
    moved = workspace.all_reports / issue.agency / str(issue.year) / f"terbitan-{issue.number}"
    return written if written.is_absolute() and (written.is_dir() or not moved.is_dir()) else moved


def read_kept(workspace: Workspace, issue: ReportIssue, file: IssueFile) -> bytes:
    """The content of a file of an issue, whoever made it; whether it is what was recorded is not looked at.

    One of before the store was set up is read where it is until ``lkjip verify`` brings it there.

    Raises:
        StorageError: It is not there, or cannot be read.
    """
    path = folder_here(workspace, issue) / file.name
    store = workspace.store
    if store is not None:
        content = store.read(name_in_store(issue, file))
        if content is not None:
            return content
        if not path.exists():
            raise StorageError(
                f"{store.address_of(name_in_store(issue, file))} tidak ada.",
                todo="jalankan lkjip verify, atau pulihkan dari cadangan.",
            )
    try:
        return path.read_bytes()
    except OSError as cause:
        raise StorageError(
            f"Berkas {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa map laporan di LKJIP_HOME, atau pulihkan dari cadangan.",
        ) from cause


def read_proved(workspace: Workspace, issue: ReportIssue, file: IssueFile) -> bytes:
    """The same, proved to be what was recorded.

    Raises:
        StorageError: It cannot be read, or was altered since.
    """
    content = read_kept(workspace, issue, file)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise StorageError(
            f"Berkas {file.name} terbitan {issue.number} laporan {issue.year} tidak lagi sama dengan yang "
            "dicatat.",
            todo="jalankan lkjip verify, atau pulihkan dari cadangan; program tidak pernah mengubah berkas "
            "terbitan.",
        )
    return content


def what_lacks(workspace: Workspace, issue: ReportIssue, files: Iterable[IssueFile]) -> dict[str, str]:
    """What is wrong with files of an issue as far as their names and sizes tell, by name.

    Raises:
        StorageError: The store or the folder cannot be read.
    """
    sizes = _sizes(workspace, issue)
    told = {}
    for file in files:
        size = sizes.get(_name_in_store(file.name, file.sha256), sizes.get(file.name))
        if size != file.size:
            told[file.name] = GONE if size is None else SHORTENED
    return told


def _sizes(workspace: Workspace, issue: ReportIssue) -> dict[str, int]:
    """How large each file is, by its name here or in the store."""
    sizes = {}
    folder = folder_here(workspace, issue)
    try:
        if folder.is_dir():
            sizes = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa hak baca atas LKJIP_HOME.",
        ) from cause
    if workspace.store is not None:
        found = workspace.store.find(folder_in_store(issue.agency, issue.year, issue.number))
        sizes.update({name: entry.size for name, entry in found.items()})
    return sizes


def _unwritable(folder: Path, cause: OSError) -> StorageError:
    return StorageError(
        f"Terbitan tidak dapat disimpan di {folder} ({explain_os_error(cause)}).",
        todo="periksa LKJIP_HOME, hak tulis dan ruang kosong cakram, lalu jalankan lagi.",
    )


def put_in_store(store: Store, issue: ReportIssue, file: IssueFile, content: bytes) -> None:
    """Write a file of an issue into the store; a different one under its name is laid aside first.

    Raises:
        StorageError: The store cannot be reached or does not take it.
    """
    name = name_in_store(issue, file)
    found = store.read(name)
    if found is not None and found != content:
        aside = f"karantina/terbitan/{issue.agency}-{issue.year}-{issue.number}"
        store.put(f"{aside}/{_name_in_store(file.name, hashlib.sha256(found).hexdigest())}", found)
    store.put(name, content)
