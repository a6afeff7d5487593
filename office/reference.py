"""The office's own Word document, of which the report's Word file takes styles, paper, and heads of pages.

Nothing of it is unpacked onto a disk, and only what is named here is ever read: whatever else stands in the
file (words, macros, links, settings) never reaches a report.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from core.word_package import Limits, UnfitWordError, W, WordPackage, open_word, target_of

REFERENCE = "rujukan.docx"
"""Its name in the office's folder, beside the emblem; it may be missing."""
LARGEST = 5_000_000
"""Bytes; it is kept with every issue."""
LIMITS = Limits(
    parts=500,
    unpacked=40_000_000,
    swells=200,
    swells_from=1_000_000,
    read=40_000_000,
    tags=100_000,
    templates=True,
)
NARROWEST, LOWEST = 5_670, 8_500
"""Twips between the margins: 10 by 15 centimetres, less holds no table of a report."""
CHAPTER = "JUDUL BAB"
"""Stands in a head or foot for the chapter that the page belongs to."""
EXPECTED = ("Normal", "heading 1", "heading 2", "heading 3", "caption", "header", "footer")
"""Names of the styles that an office is told of where its document lacks them."""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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
        UnfitWordError: It is broken, locked, hostile, or nothing a report could be set in.
    """
    if len(content) > LARGEST:
        raise UnfitWordError(
            f"besarnya {len(content)} byte, paling besar {LARGEST}", "hapus isi dan gambar yang tidak perlu"
        )
    with open_word(content, LIMITS) as package:
        return _read(package)


def _read(package: WordPackage) -> Reference:
    body = package.tree(package.main).find(f"{W}body")
    if body is None:
        raise UnfitWordError("rusak sehingga tidak terbaca sebagai Word")
    parts = _parts(package, package.main)
    section = body.find(f"{W}sectPr")
    width, height, margins = _paper(section)
    heads, others = _heads(package, package.main, section)
    return Reference(parts["styles"], parts["theme"], width, height, margins, heads, others)


def _parts(package: WordPackage, main: str) -> dict[str, etree._Element | None]:
    found: dict[str, etree._Element | None] = {"styles": None, "theme": None}
    for relation in package.relations(main).values():
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        name = target_of(main, relation)
        if kind in found and name in package.sizes:
            found[kind] = package.tree(name)
    styles, theme = found["styles"], found["theme"]
    if styles is not None and styles.tag != f"{W}styles":
        raise UnfitWordError("rusak: daftar gayanya tidak terbaca")
    if theme is not None and theme.tag != f"{_A}theme":
        found["theme"] = None
    return found


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
        raise UnfitWordError(
            f"hanya menyisakan {shown} cm di antara tepinya, terlalu sempit untuk tabel laporan",
            "pakai kertas yang lebih besar atau tepi yang lebih kecil, paling sedikit 10 x 15 cm untuk isi",
        )
    return width, height, margins


def _twips(found: etree._Element, name: str) -> int:
    length = round(float(found.get(W + name, "0")))
    if abs(length) > 31_680:  # the most that Word knows, 22 inches
        raise UnfitWordError("menyebut ukuran kertas yang tidak mungkin")
    return length


# ---- heads of pages


def _heads(package: WordPackage, main: str, section: etree._Element | None) -> tuple[dict[str, Head], bool]:
    relations, heads, others = package.relations(main), dict[str, Head](), False
    for kind in ("header", "footer"):
        for reference in section.findall(f"{W}{kind}Reference") if section is not None else ():
            relation = relations.get(str(reference.get(f"{R}id")))
            name = target_of(main, relation) if relation is not None else ""
            if name not in package.sizes:
                continue
            head = _head(package, name)
            if head is None:
                continue
            if reference.get(f"{W}type", "default") == "default":
                heads[kind] = head
            else:
                others = True
    return heads, others


def _head(package: WordPackage, name: str) -> Head | None:
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
            raise UnfitWordError(f"rusak: {where} menunjuk bagian yang tidak ada")
        kind, target = str(relation.get("Type", "")).rpartition("/")[2], target_of(name, relation)
        ending = posixpath.splitext(target)[1].lower()
        address = str(relation.get("Target", ""))
        if kind == "hyperlink" and not target and address.startswith(("http://", "https://", "mailto:")):
            links[identifier] = address
        elif kind == "image" and target in package.sizes and ending in _PICTURES:
            pictures[identifier] = (ending, package.read(target))
        else:
            raise UnfitWordError(
                f"mempunyai {where} dengan sesuatu yang diambil dari luar atau bukan gambar ({kind})",
                "tanamkan gambarnya sebagai PNG atau JPEG, dan hapus objek lain",
            )
    shown = "".join(root.itertext(f"{W}t")).strip() or pictures or any(True for _ in _codes(root))
    return Head(root, pictures, links) if shown else None


def _refuse_foreign(root: etree._Element, where: str) -> None:
    if any(_FETCHING.search(_QUOTED.sub("", code)) for code in _codes(root)) or any(
        next(root.iter(W + tag), None) is not None for tag in _FOREIGN
    ):
        raise UnfitWordError(
            f"mempunyai {where} yang mengambil atau menjalankan sesuatu", "hapus objek atau bidang itu"
        )
    if next(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None:
        raise UnfitWordError(
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
