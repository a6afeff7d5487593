"""The office's own Word document, of which the report's Word file takes styles, paper, and heads of pages.

Nothing of it is unpacked onto a disk, and only what is named here is ever read: whatever else stands in the
file (words, macros, links, settings) never reaches a report.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

REFERENCE = "rujukan.docx"
"""Its name in the office's folder, beside the emblem; it may be missing."""
LARGEST = 5_000_000
"""Bytes; it is kept with every issue."""
UNPACKED, PARTS, TAGS, SWELLS = 40_000_000, 500, 100_000, 200
"""What it may become when read: bytes, parts, tags of a part, times its packed size from a megabyte on."""
NARROWEST, LOWEST = 5_670, 8_500
"""Twips between the margins: 10 by 15 centimetres, less holds no table of a report."""
CHAPTER = "JUDUL BAB"
"""Stands in a head or foot for the chapter that the page belongs to."""
EXPECTED = ("Normal", "heading 1", "heading 2", "heading 3", "caption", "header", "footer")
"""Names of the styles that an office is told of where its document lacks them."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = re.compile(r"wordprocessingml\.(?:document|template)\.main\+xml$")
_MACROS = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf"}
_FETCHING = re.compile(
    r"\b(?:INCLUDE\w+|IMPORT|LINK|DDE\w*|DATABASE|MACROBUTTON|AUTOTEXT\w*)\b", re.IGNORECASE
)
_QUOTED = re.compile(r'"[^"]*"')
_FOREIGN = ("object", "control", "altChunk", "subDoc")
_LOOSE = (
    "bookmarkStart",
    "bookmarkEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "proofErr",
)
_AGAIN = "buka di Word, simpan ulang sebagai Dokumen Word (.docx), lalu taruh lagi"


class UnfitReferenceError(Exception):
    """Why a document cannot be the office's reference.

    Attributes:
        message: What is wrong, to follow the file's name.
        todo: What to do about it.
    """

    def __init__(self, message: str, todo: str = _AGAIN) -> None:
        super().__init__(message)
        self.message, self.todo = message, todo


@dataclass(frozen=True)
class Head:
    """What stands above or below every page.

    Attributes:
        root: ``w:hdr`` or ``w:ftr``.
        pictures: By the id that the root calls it: ending with its point, and bytes.
        links: Addresses by id.
    """

    root: etree._Element
    pictures: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reference:
    """What a report takes of an office's document.

    Attributes:
        styles: ``w:styles``; None where it has none.
        theme: ``a:theme``; None where it has none.
        width, height: Of the upright paper, in twips; 0 where it names none.
        margins: Attributes of ``w:pgMar`` by name, in twips.
        heads: ``header`` and ``footer``, those that show something.
        others: Whether first or even pages have heads of their own, which are not taken.
    """

    styles: etree._Element | None
    theme: etree._Element | None
    width: int
    height: int
    margins: Mapping[str, int]
    heads: Mapping[str, Head]
    others: bool = False

    def remarks(self) -> list[str]:
        """What it lacks, in words that follow the file's name; the program's own stands in its place."""
        named = {_name(style) for style in _styles_of(self.styles)}
        missing = [name for name in EXPECTED if name.lower() not in named]
        found = []
        if missing:
            found.append(f"tidak memuat gaya {', '.join(missing)}; gaya bawaan dipakai sebagai gantinya")
        if not self.width:
            found.append("tidak menyebut ukuran kertas; kertas menurut form.yaml")
        if self.others:
            found.append("memuat kepala atau kaki halaman pertama atau genap, yang tidak dipakai")
        foot = self.heads.get("footer")
        if foot is not None and not any(
            "PAGE" in code.split() for head in self.heads.values() for code in _codes(head.root)
        ):
            found.append("mempunyai kaki halaman tanpa nomor halaman (bidang PAGE)")
        return found


@lru_cache(maxsize=4)
def read_reference(content: bytes) -> Reference:
    """Take an office's document apart; what comes back is shared and must not be changed.

    Raises:
        UnfitReferenceError: It is broken, locked, hostile, or nothing a report could be set in.
    """
    if len(content) > LARGEST:
        raise UnfitReferenceError(
            f"besarnya {len(content)} byte, paling besar {LARGEST}", "hapus isi dan gambar yang tidak perlu"
        )
    if content.startswith(_OLE):
        raise UnfitReferenceError("adalah dokumen Word lama (.doc) atau terkunci dengan sandi")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(_Package(archive))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        KeyError,
    ) as cause:
        raise UnfitReferenceError("rusak sehingga tidak terbaca sebagai Word") from cause
    except etree.XMLSyntaxError as cause:
        raise UnfitReferenceError("rusak di dalamnya sehingga tidak terbaca sebagai Word") from cause
    except RuntimeError as cause:  # a password on the archive itself
        raise UnfitReferenceError("terkunci dengan sandi", "simpan tanpa sandi, lalu taruh lagi") from cause


class _Package:
    """The archive, looked at before anything is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        swelling = any(
            entry.file_size > 1_000_000 and entry.file_size > SWELLS * entry.compress_size
            for entry in entries
        )
        if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED or swelling:
            raise UnfitReferenceError("membengkak ketika dibuka jauh melebihi sebuah dokumen Word")
        self._archive, self.names = archive, {entry.filename for entry in entries}
        if len(self.names) != len(entries):
            raise UnfitReferenceError("rusak: dua bagiannya bernama sama")
        if _TYPES not in self.names:
            raise UnfitReferenceError("bukan dokumen Word (.docx)")

    def read(self, name: str) -> bytes:
        return self._archive.read(name)

    def tree(self, name: str) -> etree._Element:
        data = self.read(name)
        if data.count(b"<") > TAGS:
            raise UnfitReferenceError(
                "memuat jauh lebih banyak daripada sebuah dokumen rujukan", "kosongkan isinya"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise UnfitReferenceError("memuat pernyataan XML yang tidak lazim; tidak dibaca")
        return root

    def relations(self, name: str) -> dict[str, etree._Element]:
        """The relations of a part by id."""
        folder, _, file = name.rpartition("/")
        beside = f"{folder}/_rels/{file}.rels"
        return {str(each.get("Id")): each for each in self.tree(beside)} if beside in self.names else {}


def _read(package: _Package) -> Reference:
    kinds = {
        str(each.get("PartName", "")).lstrip("/"): str(each.get("ContentType", ""))
        for each in package.tree(_TYPES).iter("{*}Override")
    }
    programs = any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in package.names)
    if programs or any(_MACROS.search(kind) for kind in kinds.values()):
        raise UnfitReferenceError(
            "memuat makro (program); tidak dibuka", "simpan di Word sebagai Dokumen Word (.docx) tanpa makro"
        )
    main = [name for name, kind in kinds.items() if _MAIN.search(kind) and name in package.names]
    if len(main) != 1:
        raise UnfitReferenceError("bukan dokumen Word (.docx)")
    body = package.tree(main[0]).find(f"{W}body")
    if body is None:
        raise UnfitReferenceError(
            "disimpan dalam bentuk Word yang jarang dipakai (Strict Open XML)",
            "simpan sebagai Dokumen Word biasa",
        )
    parts = _parts(package, main[0])
    section = body.find(f"{W}sectPr")
    width, height, margins = _paper(section)
    heads, others = _heads(package, main[0], section)
    return Reference(parts["styles"], parts["theme"], width, height, margins, heads, others)


def _parts(package: _Package, main: str) -> dict[str, etree._Element | None]:
    found: dict[str, etree._Element | None] = {"styles": None, "theme": None}
    for relation in package.relations(main).values():
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        name = _target(main, relation)
        if kind in found and name in package.names:
            found[kind] = package.tree(name)
    styles, theme = found["styles"], found["theme"]
    if styles is not None and styles.tag != f"{W}styles":
        raise UnfitReferenceError("rusak: daftar gayanya tidak terbaca")
    if theme is not None and theme.tag != f"{_A}theme":
        found["theme"] = None
    return found


def _target(part: str, relation: etree._Element) -> str:
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return ""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


# ---- paper


def _paper(section: etree._Element | None) -> tuple[int, int, dict[str, int]]:
    size, around = (section.find(W + tag) if section is not None else None for tag in ("pgSz", "pgMar"))
    if size is None or around is None:
        return 0, 0, {}
    width, height = sorted((_twips(size, "w"), _twips(size, "h")))
    margins = {
        side: _twips(around, side)
        for side in ("top", "right", "bottom", "left", "header", "footer", "gutter")
    }
    if size.get(f"{W}orient") == "landscape":
        # Turned upright, what was at the top comes to stand at the left, where it is bound.
        turned = {"left": "top", "bottom": "left", "right": "bottom", "top": "right"}
        margins = margins | {side: margins[was] for side, was in turned.items()}
    across = width - margins["left"] - margins["right"] - margins["gutter"]
    down = height - abs(margins["top"]) - abs(margins["bottom"])
    if across < NARROWEST or down < LOWEST:
        shown = " x ".join(f"{side / 567:.1f}".replace(".", ",") for side in (across, down))
        raise UnfitReferenceError(
            f"hanya menyisakan {shown} cm di antara tepinya, terlalu sempit untuk tabel laporan",
            "pakai kertas yang lebih besar atau tepi yang lebih kecil, paling sedikit 10 x 15 cm untuk isi",
        )
    return width, height, margins


def _twips(found: etree._Element, name: str) -> int:
    length = round(float(found.get(W + name, "0")))
    if abs(length) > 31_680:  # the most that Word knows, 22 inches
        raise UnfitReferenceError("menyebut ukuran kertas yang tidak mungkin")
    return length


# ---- heads of pages


def _heads(package: _Package, main: str, section: etree._Element | None) -> tuple[dict[str, Head], bool]:
    relations, heads, others = package.relations(main), dict[str, Head](), False
    for kind in ("header", "footer"):
        for reference in section.findall(f"{W}{kind}Reference") if section is not None else ():
            relation = relations.get(str(reference.get(f"{R}id")))
            name = _target(main, relation) if relation is not None else ""
            if name not in package.names:
                continue
            head = _head(package, name)
            if head is None:
                continue
            if reference.get(f"{W}type", "default") == "default":
                heads[kind] = head
            else:
                others = True
    return heads, others


def _head(package: _Package, name: str) -> Head | None:
    """What a part shows; nothing where it is empty."""
    root = package.tree(name)
    where = "kepala halaman" if root.tag == f"{W}hdr" else "kaki halaman"
    _refuse_foreign(root, where)
    for tag in _LOOSE:
        for element in list(root.iter(W + tag)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    pictures, links = dict[str, tuple[str, bytes]](), dict[str, str]()
    relations = package.relations(name)
    used = {
        str(value)
        for element in root.iter(etree.Element)
        for key, value in element.attrib.items()
        if str(key).startswith(R)
    }
    for identifier in sorted(used):
        relation = relations.get(identifier)
        if relation is None:
            raise UnfitReferenceError(f"rusak: {where} menunjuk bagian yang tidak ada")
        kind, target = str(relation.get("Type", "")).rpartition("/")[2], _target(name, relation)
        ending = posixpath.splitext(target)[1].lower()
        address = str(relation.get("Target", ""))
        if kind == "hyperlink" and not target and address.startswith(("http://", "https://", "mailto:")):
            links[identifier] = address
        elif kind == "image" and target in package.names and ending in _PICTURES:
            pictures[identifier] = (ending, package.read(target))
        else:
            raise UnfitReferenceError(
                f"mempunyai {where} dengan sesuatu yang diambil dari luar atau bukan gambar ({kind})",
                "tanamkan gambarnya sebagai PNG atau JPEG, dan hapus objek lain",
            )
    shown = "".join(root.itertext(f"{W}t")).strip() or pictures or any(True for _ in _codes(root))
    return Head(root, pictures, links) if shown else None


def _refuse_foreign(root: etree._Element, where: str) -> None:
    if any(_FETCHING.search(_QUOTED.sub("", code)) for code in _codes(root)) or any(
        next(root.iter(W + tag), None) is not None for tag in _FOREIGN
    ):
        raise UnfitReferenceError(
            f"mempunyai {where} yang mengambil atau menjalankan sesuatu", "hapus objek atau bidang itu"
        )
    if next(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None:
        raise UnfitReferenceError(
            f"mempunyai {where} dengan perubahan terlacak", "terima atau tolak perubahannya di Word"
        )


def _codes(root: etree._Element) -> Iterator[str]:
    """The codes of fields; one that is split over runs is put together."""
    for simple in root.iter(f"{W}fldSimple"):
        yield str(simple.get(f"{W}instr", ""))
    for paragraph in root.iter(f"{W}p"):
        code = "".join(paragraph.itertext(f"{W}instrText"))
        if code:
            yield code


# ---- styles


def _styles_of(styles: etree._Element | None) -> list[etree._Element]:
    return styles.findall(f"{W}style") if styles is not None else []


def _name(style: etree._Element) -> str:
    found = style.find(f"{W}name")
    return str(found.get(f"{W}val", "")).lower() if found is not None else ""
