"""A Word file of the office: its parts of text, read within limits; all other parts stay as they are."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import olefile
from lxml import etree

from core.errors import SourceError
from core.numbers import format_number

MAX_BYTES = 100 * 2**20
"""Size of a file; a report with photographs has some tens of megabytes."""
MAX_UNPACKED = 300 * 2**20
"""Size of its parts together when unpacked."""
MAX_RATIO = 200
"""How many times larger a part may become when unpacked, from 10 megabytes on."""
MAX_PARTS = 5_000
MAX_TEXT = 40 * 2**20
"""Size of the parts of text together; 70 pages with 700 rows of tables have two megabytes."""
MAX_TAGS = 2_000_000
"""Of the parts of text together."""
SAVE_AGAIN = "buka berkasnya di Word atau LibreOffice, simpan ulang sebagai .docx, lalu ulangi."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"
_ENTRY = b"PK\x01\x02"
_MAIN = "wordprocessingml.document.main+xml"
_MACROS = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_STORIES = re.compile(r"wordprocessingml\.(?:header|footer|footnotes|endnotes)\+xml$")
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class WordFile:
    """A Word file that was looked at.

    Attributes:
        content: As it came.
        name: Of the file, for messages.
        stories: The parts that hold text, by name: the document first, then headers, footers and notes.
        signed: Whether it bears a digital signature, which no changed copy keeps.
    """

    content: bytes
    name: str
    stories: Mapping[str, etree._Element]
    signed: bool = False

    def with_stories(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with some parts replaced; every other part keeps its bytes, place and date."""
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(made, "w") as new:
            new.comment = old.comment
            for part in old.infolist():
                data = changed[part.filename] if part.filename in changed else old.read(part)
                kept = zipfile.ZipInfo(part.filename, part.date_time)
                kept.compress_type = part.compress_type
                kept.external_attr, kept.create_system = part.external_attr, part.create_system
                kept.comment = part.comment
                new.writestr(kept, data, part.compress_type)
        return made.getvalue()


def read_word(content: bytes, name: str) -> WordFile:
    """Look at a Word file.

    Args:
        content: The file.
        name: Of the file, for messages.

    Raises:
        SourceError: It is none, too large, locked, broken, or holds macros.
    """
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    if content.startswith(_OLE):
        raise _old_or_locked(content, name)
    if content.count(_ENTRY) > MAX_PARTS:
        raise _refused(name, f"memuat lebih dari {format_number(MAX_PARTS)} bagian.", SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look(archive, content, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as cause:
        raise _broken(name) from cause
    except (etree.XMLSyntaxError, KeyError) as cause:
        raise _broken(name) from cause
    except RuntimeError:  # a password on the archive itself
        raise _locked(name) from None


def read_part(word: WordFile, part: str) -> etree._Element | None:
    """A part of a file that was looked at, beside its parts of text; None where there is none such.

    Raises:
        SourceError: It is broken, or larger than any text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(word.content)) as archive:
            if part not in archive.namelist():
                return None
            if archive.getinfo(part).file_size > MAX_TEXT:
                raise _too_long(word.name)
            data = archive.read(part)
            if data.count(b"<") > MAX_TAGS:
                raise _too_long(word.name)
            return _parse(data, word.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, etree.XMLSyntaxError) as cause:
        raise _broken(word.name) from cause


def _look(archive: zipfile.ZipFile, content: bytes, name: str) -> WordFile:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED or any(_is_bomb(part) for part in parts):
        raise _refused(
            name,
            f"membengkak menjadi {format_number(total // 2**20)} MB ketika dibuka; paling banyak "
            f"{MAX_UNPACKED // 2**20} MB, dan tiap bagian paling banyak {MAX_RATIO} kali.",
            SAVE_AGAIN,
        )
    if len(set(names)) != len(names):
        raise _broken(name)
    if _TYPES not in names:
        raise _no_word(name)
    sizes = {part.filename: part.file_size for part in parts}
    types = _types(archive, sizes, name)
    if any(_MACROS.search(kind) for kind in types.values()) or any(
        part.rpartition("/")[2].lower() == "vbaproject.bin" for part in names
    ):
        raise _refused(
            name,
            "memuat makro (program); tidak dibuka.",
            "simpan di Word sebagai Dokumen Word (.docx) tanpa makro, lalu ulangi.",
        )
    main = [part for part, kind in types.items() if kind.endswith(_MAIN) and part in sizes]
    if len(main) != 1:
        raise _no_word(name)
    stories = [*main, *(part for part, kind in types.items() if _STORIES.search(kind) and part in sizes)]
    if sum(sizes[part] for part in stories) > MAX_TEXT:
        raise _too_long(name)
    trees: dict[str, etree._Element] = {}
    tags = 0
    for part in stories:
        data = archive.read(part)
        tags += data.count(b"<")
        if tags > MAX_TAGS:
            raise _too_long(name)
        trees[part] = _parse(data, name)
    _see_transitional(trees[main[0]], name)
    return WordFile(content, name, trees, signed=any(part.startswith("_xmlsignatures/") for part in names))


def _types(archive: zipfile.ZipFile, sizes: Mapping[str, int], name: str) -> dict[str, str]:
    """The type of each part that is named with one, by its name."""
    if sizes[_TYPES] > 5 * 2**20:
        raise _broken(name)
    root = _parse(archive.read(_TYPES), name)
    return {
        str(entry.get("PartName", "")).lstrip("/"): str(entry.get("ContentType", ""))
        for entry in root.iter("{*}Override")
    }


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise _refused(name, "memuat pernyataan XML yang tidak lazim; tidak dibaca.", SAVE_AGAIN)
    return root


def _see_transitional(root: etree._Element, name: str) -> None:
    if root.tag != f"{{{_TRANSITIONAL}}}document":
        raise _refused(
            name,
            "disimpan dalam bentuk Word yang jarang dipakai (Strict Open XML).",
            "simpan di Word sebagai Dokumen Word (.docx) biasa, lalu ulangi.",
        )


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 10 * 2**20 and part.file_size > MAX_RATIO * part.compress_size


def _old_or_locked(content: bytes, name: str) -> SourceError:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            locked = file.exists("EncryptedPackage")
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return _broken(name)
    if locked:
        return _locked(name)
    return _refused(
        name, "adalah dokumen Word lama (.doc).", "simpan di Word sebagai Dokumen Word (.docx), lalu ulangi."
    )


def _no_word(name: str) -> SourceError:
    return _refused(name, "bukan dokumen Word (.docx).", "pilih berkas laporan yang disimpan sebagai .docx.")


def _locked(name: str) -> SourceError:
    return _refused(name, "terkunci dengan sandi.", "buka dengan sandinya, simpan tanpa sandi, lalu ulangi.")


def _broken(name: str) -> SourceError:
    return _refused(
        name, "rusak sehingga tidak terbaca sebagai Word.", f"salin lagi berkasnya, atau {SAVE_AGAIN}"
    )


def _too_long(name: str) -> SourceError:
    return _refused(
        name,
        "memuat teks yang jauh lebih banyak daripada sebuah laporan.",
        "pisahkan lampirannya, lalu ulangi.",
    )


def too_large(name: str, size: int) -> SourceError:
    """The error of a file of ``size`` bytes, above :data:`MAX_BYTES`."""
    return _refused(
        name,
        f"terlalu besar ({format_number(size // 2**20)} MB); paling banyak {MAX_BYTES // 2**20} MB.",
        "perkecil gambarnya di Word (Kompres Gambar), simpan, lalu ulangi.",
    )


def _refused(name: str, what: str, todo: str) -> SourceError:
    return SourceError(f"Berkas {name!r} {what}", todo=todo)
