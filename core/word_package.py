"""The archive that a Word file is, looked at within limits before anything of it is unpacked.

Nothing of it reaches a disk. What a stranger's file may do to whoever reads it is known here alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import olefile
from lxml import etree

from core.numbers import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES, _LARGEST_TYPES = "[Content_Types].xml", 5 * 2**20
_ENTRY = b"PK\x01\x02"
_MAIN = "wordprocessingml.document.main+xml"
_TEMPLATE = "wordprocessingml.template.main+xml"
_MACROS = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_AGAIN = "buka di Word atau LibreOffice, simpan ulang sebagai Dokumen Word (.docx), lalu ulangi"


class UnfitWordError(Exception):
    """Why a file is not taken as a Word file.

    Attributes:
        message: What is wrong, to follow the file's name; without a point at its end.
        todo: What to do about it, likewise.
    """

    def __init__(self, message: str, todo: str = _AGAIN) -> None:
        super().__init__(message)
        self.message, self.todo = message, todo


@dataclass(frozen=True)
class Limits:
    """What a file may become when it is read.

    Attributes:
        parts: How many.
        unpacked: Bytes of all of them together.
        swells: How many times larger a part may become, from ``swells_from`` bytes on.
        read: Bytes of what is read of it.
        tags: In that.
        templates: Whether a template counts as a document.
    """

    parts: int
    unpacked: int
    swells: int
    swells_from: int
    read: int
    tags: int
    templates: bool = False


@contextmanager
def open_word(content: bytes, limits: Limits) -> Iterator[WordPackage]:
    """Look into a Word file.

    Raises:
        UnfitWordError: It is none, locked, broken, hostile or beyond the limits, also where that is found
            while it is read.
    """
    if content.startswith(_OLE):
        raise _old_or_locked(content)
    if content.count(_ENTRY) > limits.parts:
        raise UnfitWordError(f"memuat lebih dari {format_number(limits.parts)} bagian")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield WordPackage(archive, limits)
    except RuntimeError as cause:  # a password on the archive itself
        if isinstance(cause, NotImplementedError):
            raise _broken() from cause
        raise _locked() from cause
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, etree.XMLSyntaxError,
    ) as cause:  # fmt: skip
        raise _broken() from cause


class WordPackage:
    """The parts of a Word file.

    Attributes:
        sizes: Of the parts when unpacked, by name.
        kinds: Types of those that are named with one, by name.
        main: The name of the document itself.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self._read = self._tags = 0
        entries = archive.infolist()
        self.sizes: Mapping[str, int] = {entry.filename: entry.file_size for entry in entries}
        _refuse_swelling(entries, limits)
        if len(self.sizes) != len(entries):
            raise _broken()
        if _TYPES not in self.sizes:
            raise _no_word()
        if self.sizes[_TYPES] > _LARGEST_TYPES:
            raise _broken()
        self.kinds: Mapping[str, str] = {
            str(entry.get("PartName", "")).lstrip("/"): str(entry.get("ContentType", ""))
            for entry in _parse(self.read(_TYPES)).iter("{*}Override")
        }
        programs = any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in self.sizes)
        if programs or any(_MACROS.search(kind) for kind in self.kinds.values()):
            raise UnfitWordError(
                "memuat makro (program); tidak dibuka",
                "simpan di Word sebagai Dokumen Word (.docx) tanpa makro, lalu ulangi",
            )
        wanted = (_MAIN, _TEMPLATE) if limits.templates else (_MAIN,)
        main = [name for name, kind in self.kinds.items() if kind.endswith(wanted) and name in self.sizes]
        if len(main) != 1:
            raise _no_word()
        self.main = main[0]

    def read(self, name: str) -> bytes:
        """A part as it is.

        Raises:
            KeyError: There is none of that name.
        """
        return self._archive.read(name)

    def tree(self, name: str) -> etree._Element:
        """A part of XML.

        Raises:
            UnfitWordError: With what was read before it is longer than any report.
        """
        self._read += self.sizes[name]
        if self._read > self._limits.read:
            raise _too_long()
        data = self.read(name)
        self._tags += data.count(b"<")
        if self._tags > self._limits.tags:
            raise _too_long()
        root = _parse(data)
        if name == self.main and root.tag != f"{W}document":
            raise UnfitWordError(
                "disimpan dalam bentuk Word yang jarang dipakai (Strict Open XML)",
                "simpan di Word sebagai Dokumen Word (.docx) biasa, lalu ulangi",
            )
        return root

    def relations(self, name: str) -> dict[str, etree._Element]:
        """The relations of a part by id."""
        folder, _, file = name.rpartition("/")
        beside = f"{folder}/_rels/{file}.rels"
        return {str(each.get("Id")): each for each in self.tree(beside)} if beside in self.sizes else {}


def target_of(part: str, relation: etree._Element) -> str:
    """The name of the part to which a relation of a part leads; empty where it leads out of the file."""
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return ""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _refuse_swelling(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > limits.swells_from and entry.file_size > limits.swells * entry.compress_size
        for entry in entries
    )
    if total > limits.unpacked or swollen:
        raise UnfitWordError(
            f"membengkak menjadi {format_number(total // 2**20)} MB ketika dibuka; paling banyak "
            f"{limits.unpacked // 2**20} MB, dan tiap bagian paling banyak {limits.swells} kali"
        )


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise UnfitWordError("memuat pernyataan XML yang tidak lazim; tidak dibaca")
    return root


def _old_or_locked(content: bytes) -> UnfitWordError:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            locked = file.exists("EncryptedPackage")
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return _broken()
    if locked:
        return _locked()
    return UnfitWordError(
        "adalah dokumen Word lama (.doc)", "simpan di Word sebagai Dokumen Word (.docx), lalu ulangi"
    )


def _no_word() -> UnfitWordError:
    return UnfitWordError("bukan dokumen Word (.docx)", "pilih berkas yang disimpan sebagai .docx")


def _locked() -> UnfitWordError:
    return UnfitWordError("terkunci dengan sandi", "buka dengan sandinya, simpan tanpa sandi, lalu ulangi")


def _broken() -> UnfitWordError:
    return UnfitWordError("rusak sehingga tidak terbaca sebagai Word", f"salin lagi berkasnya, atau {_AGAIN}")


def _too_long() -> UnfitWordError:
    return UnfitWordError(
        "memuat teks yang jauh lebih banyak daripada yang dapat dipakai",
        "hapus atau pisahkan yang tidak perlu, lalu ulangi",
    )
