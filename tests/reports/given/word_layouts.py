"""Word files as offices keep them, made of one of ours; and what their tracked changes come to."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

from docx import Document
from docx.table import Table
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_VML = "urn:schemas-microsoft-com:vml"
_BOX = (
    f'<mc:AlternateContent xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:v="{_VML}"'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="5500000" cy="2500000"/><wp:docPr id="{id}" name="Kotak {id}"/>'
    f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="5500000" cy="2500000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
    "<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></mc:Choice>"
    '<mc:Fallback><w:pict><v:shape style="width:433pt"><v:textbox><w:txbxContent/></v:textbox></v:shape>'
    "</w:pict></mc:Fallback></mc:AlternateContent>"
)
Xml = etree._Element
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"


def story_of(docx: bytes, part: str = DOCUMENT) -> Xml:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(part))


def with_parts(docx: bytes, parts: dict[str, bytes]) -> bytes:
    """A Word file with some parts replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return made.getvalue()


def _remade(docx: bytes, change: Callable[[Xml], None], part: str = DOCUMENT) -> bytes:
    root = story_of(docx, part)
    change(root)
    return with_parts(
        docx, {part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}
    )


def element(tag: str, *children: Xml, text: str | None = None, **attributes: object) -> Xml:
    made = etree.Element(W + tag, {W + name: str(value) for name, value in attributes.items()})
    made.extend(children)
    made.text = text
    return made


def without_appendices(docx: bytes) -> bytes:
    """Our report up to its last chapter: what follows there, no office has in a report of its own."""

    def change(root: Xml) -> None:
        body = root[0]
        marks = [
            p for p in body.iterchildren(f"{W}p") if "".join(p.itertext(f"{W}t")).startswith("LAMPIRAN 1")
        ]
        for block in [marks[-1], *marks[-1].itersiblings()]:
            if block.tag != f"{W}sectPr":
                body.remove(block)

    return _remade(docx, change)


# ---- layouts


def split_runs(docx: bytes, seed: int = 7) -> bytes:
    """Words cut anywhere into runs, with marks of spelling and bookmarks between, as Word leaves them."""
    chance = random.Random(seed)

    def change(root: Xml) -> None:
        for number, run in enumerate(list(root.iter(f"{W}r"))):
            texts = run.findall(f"{W}t")
            if len(texts) != 1 or len(run) > 2 or len(texts[0].text or "") < 4:
                continue
            for piece in reversed(_cut(run, chance)):
                run.addnext(piece)
                piece.addprevious(element("proofErr", type="spellStart"))
            run.addnext(element("bookmarkStart", id=50_000 + number, name=f"tanda{number}"))
            run.addnext(element("bookmarkEnd", id=50_000 + number))

    return _remade(docx, change)


def _cut(run: Xml, chance: random.Random) -> list[Xml]:
    text = run.find(f"{W}t")
    assert text is not None
    said = text.text or ""
    places = sorted(chance.sample(range(1, len(said)), min(len(said) - 1, 1 + len(said) // 9)))
    pieces = []
    for start, end in pairwise([*places, len(said)]):
        made = deepcopy(run)
        made.set(f"{W}rsidR", f"{chance.randrange(2**32):08X}")
        piece = made.find(f"{W}t")
        assert piece is not None
        piece.text = said[start:end]
        piece.set(_SPACE, "preserve")
        pieces.append(made)
    text.text = said[: places[0]]
    text.set(_SPACE, "preserve")
    return pieces


def merged_cells(docx: bytes) -> bytes:
    """A title over all columns above each head; names and budgets that repeat below are one cell."""

    def change(root: Xml) -> None:
        for table in root.iter(f"{W}tbl"):
            width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            _merge_down(table, width)
            first = table.find(f"{W}tr")
            if first is not None:
                first.addprevious(element("tr", _wide_cell("Sebagaimana rincian berikut", width)))

    return _remade(docx, change)


def _merge_down(table: Xml, width: int) -> None:
    above: list[tuple[str, Xml]] = []
    for row in table.findall(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        texts = ["".join(cell.itertext(f"{W}t")) for cell in cells]
        plain = len(cells) == width and not any(c.find(f"{W}tcPr/{W}gridSpan") is not None for c in cells)
        if plain and above:
            for (text, cell), said, below in zip(above, texts, cells, strict=True):
                waits = said.startswith("Menunggu") or len(said) < 8
                if said == text and not waits and below.find(f"{W}tcPr/{W}vMerge") is None:
                    settings = cell.find(f"{W}tcPr")
                    assert settings is not None
                    if settings.find(f"{W}vMerge") is None:
                        settings.insert(1, element("vMerge", val="restart"))
                    below_settings = below.find(f"{W}tcPr")
                    assert below_settings is not None
                    below_settings.insert(1, element("vMerge"))
                    for run in list(below.iter(f"{W}r")):
                        run.getparent().remove(run)
        above = list(zip(texts, cells, strict=True)) if plain else []


def _wide_cell(text: str, width: int) -> Xml:
    run = element("r", element("t", text=text))
    return element("tc", element("tcPr", element("gridSpan", val=width)), element("p", run))


def shuffled_tables(docx: bytes, seed: int = 3) -> bytes:
    """The captioned tables in another order, each with its caption."""

    def change(root: Xml) -> None:
        tables = [t for t in root.iter(f"{W}tbl") if _is_caption(t.getprevious())]
        places = [(table, element("p")) for table in tables]
        blocks = []
        for table, mark in places:
            caption = table.getprevious()
            caption.addprevious(mark)
            blocks.append((caption, table))
        random.Random(seed).shuffle(blocks)
        for (_, mark), (caption, table) in zip(places, blocks, strict=True):
            mark.addnext(table)
            mark.addnext(caption)
            mark.getparent().remove(mark)

    return _remade(docx, change)


def _is_caption(paragraph: Xml | None) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return style is not None and style.get(f"{W}val") == "Caption"


def footnotes(docx: bytes, sentences: list[str], *, every: int = 1) -> bytes:
    """Signs of footnotes within what waits, in cells and text; one note says what an earlier issue said."""
    notes = story_of(docx, FOOTNOTES)
    number = 100

    def change(root: Xml) -> None:
        nonlocal number
        for run in list(root.iter(f"{W}r")):
            text = run.find(f"{W}t")
            if text is None or "enunggu" not in (text.text or ""):
                continue
            number += 1
            if number % every:
                continue
            said = text.text or ""
            rest = deepcopy(run)
            place = said.index("enunggu") + len("enunggu") + (number % 5)
            text.text, rest.find(f"{W}t").text = said[:place], said[place:]  # type: ignore[union-attr]
            for half in (text, rest.find(f"{W}t")):
                half.set(_SPACE, "preserve")  # type: ignore[union-attr]
            run.addnext(rest)
            raised = element("rPr", element("vertAlign", val="superscript"))
            run.addnext(element("r", raised, element("footnoteReference", id=number)))
            words = sentences[number % len(sentences)]
            raised = element("rPr", element("vertAlign", val="superscript"))
            sign = element("r", raised, element("footnoteRef"))
            notes.append(
                element("footnote", element("p", sign, element("r", element("t", text=words))), id=number)
            )

    made = _remade(docx, change)
    return with_parts(
        made, {FOOTNOTES: etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)}
    )


def text_boxes(docx: bytes) -> bytes:
    """Tables and sentences that wait stand in text boxes, drawn in both ways that Word writes."""

    def change(root: Xml) -> None:
        number = 900
        for block in [b for b in root.iter(f"{W}tbl", f"{W}p") if _waits_itself(b)]:
            number += 1
            box = etree.fromstring(_BOX.replace("{id}", str(number)))
            before = block.getprevious()
            inside = [block]
            if block.tag == f"{W}tbl":
                inside = [before, block] if _is_caption(before) else [block]
            place = element("p", element("r", box))
            inside[0].addprevious(place)
            for content in box.iter(f"{W}txbxContent"):
                content.extend(deepcopy(part) for part in inside)
                if block.tag == f"{W}tbl":
                    content.append(element("p"))
            for part in inside:
                part.getparent().remove(part)

    return _remade(docx, change)


def _waits_itself(block: Xml) -> bool:
    if block.getparent().tag != f"{W}body" or block.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    if next(block.iter(f"{W}footnoteReference"), None) is not None:
        return False  # Word knows no notes in text boxes
    return "enunggu" in "".join(block.itertext(f"{W}t"))


# ---- what is read


def paragraphs(docx: bytes, part: str = DOCUMENT) -> list[str]:
    """The text of every paragraph, with a sign for each thing that is no letter."""
    return [said(paragraph) for paragraph in story_of(docx, part).iter(f"{W}p")]


def said(paragraph: Xml) -> str:
    """The text of one paragraph; that of a text box on it is that of its own paragraphs."""
    return "".join(_signs(paragraph))


def _signs(parent: Xml) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{W}p" or child.tag == f"{{{_MC}}}AlternateContent":
            yield from ["□"] if child.tag != f"{W}p" else []
        elif child.tag in (f"{W}t", f"{W}instrText"):
            yield child.text or ""
        elif child.tag in (f"{W}footnoteReference", f"{W}fldChar", f"{W}drawing", f"{W}footnoteRef"):
            yield "□"
        elif child.tag in (f"{W}tab", f"{W}br"):
            yield "\t" if child.tag == f"{W}tab" else "\n"
        elif child.tag not in (f"{W}pPr", f"{W}rPr"):
            yield from _signs(child)


Texts = list[list[str]]


def tables(docx: bytes) -> list[Texts]:
    """The texts of all tables, with python-docx, a merged cell at each of its places."""
    document = Document(io.BytesIO(docx))
    return [_texts(table, document) for table in document.element.body.iter(f"{W}tbl")]


def changed_tables(before: bytes, after: bytes) -> list[tuple[Texts, Texts]]:
    """The texts of the tables of which anything differs, before and after."""
    documents = Document(io.BytesIO(before)), Document(io.BytesIO(after))
    pairs = zip(*(document.element.body.iter(f"{W}tbl") for document in documents), strict=True)
    return [
        (_texts(old, documents[0]), _texts(new, documents[1]))
        for old, new in pairs
        if "".join(old.itertext()) != "".join(new.itertext())
    ]


def _texts(table: Any, document: Any) -> Texts:
    return [[cell.text for cell in row.cells] for row in Table(table, document).rows]


# ---- tracked changes


def settled(docx: bytes, *, accepted: bool, parts: tuple[str, ...] = (DOCUMENT, FOOTNOTES)) -> bytes:
    """The file with all tracked changes accepted or rejected."""
    made = docx
    for part in parts:
        made = _remade(made, lambda root: settle(root, accepted=accepted), part)
    return made


def settle(root: Xml, *, accepted: bool) -> None:
    """Accept or reject all tracked changes below an element."""
    kept, gone = ("ins", "del") if accepted else ("del", "ins")
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            _join(paragraph)
    for change in list(root.iter(W + gone)):
        _drop(change)
    for change in list(root.iter(W + kept)):
        parent: Any = change.getparent()
        for child in list(change):
            change.addprevious(child)
        parent.remove(change)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _drop(change: Xml) -> None:
    parent = change.getparent()
    if parent is not None:
        parent.remove(change)


def _join(paragraph: Xml) -> None:
    """What stands in a paragraph becomes the beginning of the next."""
    following = paragraph.getnext()
    assert following is not None
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for child in reversed([c for c in paragraph if c.tag != f"{W}pPr"]):
        following.insert(place, child)
    _drop(paragraph)
