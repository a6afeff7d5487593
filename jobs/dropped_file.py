"""One file that a person dropped: of which kind it may be, who reads it, and what becomes of it."""

from __future__ import annotations

import errno
import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from sqlmodel import Session, col, select

from connectors.web.transport import Fetched
from core.errors import (
    AgencyDataError,
    LkjipError,
    SettingsError,
    SourceError,
    StorageError,
    explain_os_error,
)
from jobs.file_moves import MAX_BYTES, MovedOnError, read_content, shown_name
from jobs.taken_files import FileResult
from jobs.workspace import Workspace
from models.session import open_session
from models.tables import Fetch

logger = logging.getLogger(__name__)

OF_THE_MACHINE = (
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EIO,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.ESTALE,
)
"""What the system says of itself, not of the file; the file waits."""

Result = TypeVar("Result", bound=FileResult)
Took = Callable[[Session, str, str], bool]
"""Says of an office's id and the SHA-256 of some bytes whether that office took them."""


@dataclass(frozen=True)
class DropFolder:
    """A folder into which people drop files of one kind.

    Attributes:
        name: Below ``masuk``, ``arsip`` and ``karantina``.
        oversize_todo: What to do with a file that is too large.
        kept: Last sentence of the note beside a file that was put aside.
        used: First sentence of the note beside a file that was used and has problems.
        holds: Names of folders in it that are known.
    """

    name: str
    oversize_todo: str
    kept: str
    used: str = "Sebagian isi berkas {name} tidak dipakai."
    holds: tuple[str, ...] = ()

    @property
    def inbox(self) -> PurePosixPath:
        """Where files are dropped; under this name a file is known as a source, wherever it lay."""
        return PurePosixPath("masuk") / self.name

    def answer(self, name: str, content: bytes, at: datetime, kind: str = "octet-stream") -> Fetched:
        """A file as an answer of its source, to be kept as a snapshot."""
        return Fetched(
            url_redacted=str(self.inbox / name),
            status=200,
            headers={"content-type": f"application/{kind}"},
            content=content,
            fetched_at=at,
        )


@dataclass(frozen=True)
class FileReader(Generic[Result]):
    """How the files of a folder are read.

    Attributes:
        settle: What becomes of a file of this name and content. What it raises concerns this file alone,
            unless the office's data, the settings or the program are broken.
        plain: A result without content: name, outcome and problems.
        source: Under which its files are kept.
        origin: Under whose name they are kept.
        took: Whether an office itself took some bytes; None where what one office took holds for all.
    """

    settle: Callable[[str, bytes], Result]
    plain: Callable[[str, str, tuple[str, ...]], Result]
    source: str
    origin: DropFolder
    took: Took | None = None


def settle(
    workspace: Workspace, reader: FileReader[Result], name: str, content: bytes, dry_run: bool
) -> Result:
    """What becomes of a file; whatever its reader raises because of it, it is refused and the reason told."""
    try:
        digest = hashlib.sha256(content).hexdigest()
        if not dry_run and was_taken(workspace, reader.source, reader.origin, digest, reader.took):
            return reader.plain(name, "known", ())
        return reader.settle(name, content)
    except (StorageError, AgencyDataError, SettingsError, ImportError):
        raise
    except LkjipError as error:
        return reader.plain(name, "refused", (str(error),))
    except Exception as cause:
        if isinstance(cause, OSError) and cause.errno in OF_THE_MACHINE:
            return reader.plain(name, "delayed", (str(unreadable(name, cause)),))
        return reader.plain(name, "refused", (str(_unforeseen(reader, name, cause)),))


def _unforeseen(reader: FileReader[Result], name: str, cause: Exception) -> SourceError:
    """What a person reads of an error that no reader should raise; the log has the rest."""
    if isinstance(cause, MemoryError):
        return SourceError(
            f"Berkas {name!r} memerlukan memori lebih banyak daripada yang ada di mesin ini.",
            todo=reader.origin.oversize_todo,
        )
    places = "".join(traceback.format_tb(cause.__traceback__))
    logger.error("Berkas %s: %s: %s\n%s", name, type(cause).__name__, cause, places)
    return SourceError(
        f"Berkas {name!r} membuat program keliru ({type(cause).__name__}).",
        todo="laporkan kepada pembuat program beserta berkasnya; bila angkanya diperlukan sekarang, simpan "
        "tabelnya sebagai berkas baru (XLSX atau CSV).",
    )


def was_taken(
    workspace: Workspace, source: str, origin: DropFolder, sha256: str, took: Took | None = None
) -> bool:
    """Whether the same bytes were taken before, under whatever name.

    Args:
        workspace: Whose office and database.
        source: Under which files of that kind are kept.
        origin: Under whose name they are kept.
        sha256: Of the bytes, in hexadecimal.
        took: Whether it was this office that took them; None where that does not matter.
    """
    query = select(Fetch.id).where(
        Fetch.snapshot_sha256 == sha256,
        Fetch.source == source,
        col(Fetch.url).startswith(f"{origin.inbox}/"),
    )
    with open_session(workspace.engine, read_only=True) as session:
        if session.exec(query.limit(1)).first() is None:
            return False
        return took is None or took(session, workspace.agency.office.id, sha256)


def named_content(folder: DropFolder, path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        SourceError: It cannot be read, changed while it was read, or is too large.
    """
    try:
        data = read_content(path, follow=True).data
    except OSError as cause:
        raise unreadable(str(path), cause) from cause
    except MovedOnError as cause:
        raise SourceError(
            f"{str(path)!r} bukan berkas, atau berubah selagi dibaca.", todo="sebut berkas yang utuh."
        ) from cause
    if data is None:
        raise too_large(folder, shown_name(path))
    return data


def too_large(folder: DropFolder, name: str) -> SourceError:
    """What is said of a file beyond :data:`jobs.file_moves.MAX_BYTES`."""
    return SourceError(
        f"Berkas {name!r} lebih besar dari {MAX_BYTES // 2**20} MB.", todo=folder.oversize_todo
    )


def unreadable(name: str, cause: OSError) -> SourceError:
    """What is said of a file that the system does not give."""
    return SourceError(
        f"Berkas {name} tidak dapat dibaca ({explain_os_error(cause)}).",
        todo="periksa nama berkas, hak bacanya dan keadaan cakram.",
    )
