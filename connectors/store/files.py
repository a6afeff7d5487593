"""Putting files into a store and reading them again, by names with slashes, over ``fsspec``.

A name is there whole or not at all. Nothing is kept in memory between two questions: another machine may have
changed the store in between.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import LkjipError, StorageError, explain_os_error

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_UNFINISHED = ".sementara"
_NO_BUCKET = "bucket does not exist"
"""What S3 says, in every answer to a question about what should be in it."""


@dataclass(frozen=True)
class Entry:
    """A file of a store as its list tells it.

    Attributes:
        mark: What tells one state of the file from another; its content's where the store knows that.
    """

    size: int
    mark: str


class Store:
    """One place with files that many machines share.

    Attributes:
        place: Its address without anything secret, as it is shown and written down.
        folder: Where it is seen on this machine; None for one that is only asked over the network.
    """

    def __init__(self, place: str, files: AbstractFileSystem, root: str, folder: Path | None = None) -> None:
        self.place, self.folder = place, folder
        self._files, self._root = files, root

    def __repr__(self) -> str:
        return f"Store({self.place!r})"

    def address_of(self, name: str) -> str:
        """Where a file or folder is, for people and records."""
        return f"{self.place}/{name}"

    def put(self, name: str, content: bytes) -> None:
        """Write a file; a reader finds what was there before or all of this.

        Raises:
            StorageError: The store cannot be reached or does not take it.
        """
        with self._explained(name, "ditulis"):
            if self.folder is None:
                self._files.pipe_file(self._path(name), content)
                return
            folder, _, last = self._path(name).rpartition("/")
            beside = f"{folder}/.{last}.{uuid.uuid4().hex}{_UNFINISHED}"
            self._files.pipe_file(beside, content)
            Path(beside).replace(self._path(name))

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none.

        Raises:
            StorageError: The store cannot be reached or does not give it.
        """
        with self._explained(name, "dibaca"):
            try:
                content: bytes = self._files.cat_file(self._path(name))
            except FileNotFoundError as cause:
                self._require_store(cause)
                return None
            return content

    def entry(self, name: str) -> Entry | None:
        """What the store says of a file; None where there is none.

        Raises:
            StorageError: The store cannot be reached.
        """
        with self._explained(name, "diperiksa"):
            try:
                told = self._files.info(self._path(name))
            except FileNotFoundError as cause:
                self._require_store(cause)
                return None
            return _entry(told) if told["type"] == "file" else None

    def find(self, folder: str) -> dict[str, Entry]:
        """Every file below a folder, by its name from there on; no folder has none, and no link is followed.

        Raises:
            StorageError: The store cannot be reached.
        """
        start = self._path(folder).rstrip("/")
        with self._explained(folder, "dibaca"):
            try:
                found = self._files.find(start, detail=True)
            except FileNotFoundError as cause:
                self._require_store(cause)
                return {}
        files = {path: told for path, told in found.items() if path != start and not told.get("islink")}
        named = {path.removeprefix(f"{start}/"): _entry(told) for path, told in files.items()}
        return {name: named[name] for name in sorted(named) if self._is_ours(name)}

    def copy(self, name: str, other: str) -> None:
        """Let a file be there under another name too.

        Raises:
            StorageError: It is not there, or the store cannot be reached or does not take it.
        """
        with self._explained(other, "ditulis"):
            self._files.cp_file(self._path(name), self._path(other))

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is none the less gone.

        Raises:
            StorageError: The store cannot be reached or does not allow it.
        """
        with self._explained(name, "dihapus"):
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError as cause:
                self._require_store(cause)

    def _is_ours(self, name: str) -> bool:
        """Whether a name can be one of a file: none leads out of its folder, none is unfinished."""
        if self.folder is not None and name.endswith(_UNFINISHED):
            return False
        return not {"", ".", ".."}.intersection(name.split("/"))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @staticmethod
    def _require_store(cause: FileNotFoundError) -> None:
        """A store that is itself not there is no store without files."""
        if _NO_BUCKET in str(cause) or _NO_BUCKET in str(cause.__cause__):
            raise cause

    @contextmanager
    def _explained(self, name: str, done: str) -> Iterator[None]:
        """What the store or the network says, in Indonesian; the words of others are left out of it."""
        try:
            yield
        except LkjipError:
            raise
        except FileNotFoundError as cause:
            raise StorageError(
                f"{self.address_of(name)} tidak dapat {done} (tidak ada).",
                todo="buat embernya (bucket) bila belum ada, atau perbaiki LKJIP_STORE.",
            ) from cause
        except PermissionError as cause:
            raise StorageError(
                f"{self.address_of(name)} tidak dapat {done} (tidak ada izin).",
                todo="periksa LKJIP_STORE_KEY, LKJIP_STORE_SECRET dan hak kunci itu atas LKJIP_STORE.",
            ) from cause
        except Exception as cause:
            why = explain_os_error(cause) if isinstance(cause, OSError) else type(cause).__name__
            raise StorageError(
                f"{self.address_of(name)} tidak dapat {done} ({why}).",
                todo="periksa LKJIP_STORE, LKJIP_STORE_ENDPOINT, jaringan dan server penyimpanannya "
                "(lkjip doctor), lalu jalankan lagi.",
            ) from cause


def _entry(told: dict[str, Any]) -> Entry:
    """Times differ between a server's list and its answer on one object; its mark of the content does not."""
    size = int(told.get("size") or 0)
    return Entry(size, str(told.get("ETag") or f"{told.get('ino', '')}|{told.get('mtime', '')}"))
