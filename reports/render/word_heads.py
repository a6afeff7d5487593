"""Heads and feet of pages in Word: the office's own or ours, one for each chapter that a head names.

A field that finds the chapter (``STYLEREF``) is computed by Word alone, and shows a heading of two lines in
two: a section for each chapter, whose head says it in plain words, is right in LibreOffice as well.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from office.form import Form
from office.reference import CHAPTER, Head, R, Reference
from reports.render.word_elements import W, element, written
from reports.render.word_form import Sheet, sheet_of

OFFICE = "NAMA KANTOR"
"""Stands in a head or foot for the office's short name."""
KINDS = ("header", "footer")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_KINDS_OF_PICTURES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp",
    "emf": "image/x-emf", "wmf": "image/x-wmf",
}  # fmt: skip


@dataclass
class Heads:
    """The heads and feet of one file.

    Attributes:
        parts: The file's parts by name, as pandoc made them; what stood above and below its pages is
            taken out.
        office: Short name of the office.
        sheet: The paper.
        styles: ``w:styles`` of the file.
        reference: The office's document, where it has one.
        renamed: New ids of its styles by their old ones.
    """

    parts: MutableMapping[str, bytes]
    office: str
    sheet: Sheet
    styles: etree._Element
    reference: Reference | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    _made: dict[tuple[str, bytes], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        theirs = self.reference.heads if self.reference else {}
        self._templates: dict[str, tuple[Head, float]] = {}
        for kind in KINDS:
            if kind in theirs:
                self._templates[kind] = (self._renamed(theirs[kind]), 1.0)
            elif f"word/{kind}1.xml" in self.parts:
                drawn_for = sheet_of(Form()).text
                ours = Head(etree.fromstring(self.parts[f"word/{kind}1.xml"]))
                _clear_tabs(ours.root, self.styles)
                self._templates[kind] = (ours, self.sheet.text / drawn_for)
        self._relations = etree.fromstring(self.parts[_RELATIONS])
        self._types = etree.fromstring(self.parts[_TYPES])
        self._take_out()

    @property
    def name_chapters(self) -> bool:
        """Whether they say the chapter, so that each chapter needs its own."""
        return any(CHAPTER in "".join(head.root.itertext(f"{W}t")) for head, _ in self._templates.values())

    def refer(self, section: etree._Element, chapter: str, *, turned: bool, opens: bool) -> None:
        """Let a section show them.

        Args:
            section: Its properties.
            chapter: That its pages belong to; empty for none.
            turned: Whether its pages lie on their side.
            opens: Whether the chapter begins on its first page, whose heading says it already.
        """
        for reference in section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference"):
            section.remove(reference)
        opens = opens and self.name_chapters
        place = 0
        for kind in KINDS:
            if kind not in self._templates:
                continue
            shown = {"default": chapter, "first": ""} if opens else {"default": chapter}
            for when, words in shown.items():
                made = element(f"{kind}Reference", type=when)
                made.set(f"{R}id", self._part(kind, words, turned))
                section.insert(place, made)
                place += 1
        if opens:
            title = element("titlePg")
            before = [child for child in section if child.tag in {W + tag for tag in _BEFORE_TITLE}]
            section.insert(section.index(before[-1]) + 1, title)

    def finish(self) -> None:
        """Write down among the parts what was made."""
        self.parts[_RELATIONS] = written(self._relations)
        self.parts[_TYPES] = written(self._types)

    def _renamed(self, head: Head) -> Head:
        root = deepcopy(head.root)
        for used in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
            used.set(f"{W}val", self.renamed.get(used.get(f"{W}val", ""), used.get(f"{W}val", "")))
        for numbered in list(root.iter(f"{W}numPr")):
            settings = numbered.getparent()
            if settings is not None:
                settings.remove(numbered)
        return Head(root, head.pictures, head.links)

    def _take_out(self) -> None:
        for relation in list(self._relations):
            if str(relation.get("Type", "")).rpartition("/")[2] in KINDS:
                self.parts.pop(f"word/{relation.get('Target')}", None)
                self._relations.remove(relation)
        for entry in list(self._types):
            if str(entry.get("ContentType", "")) in {f"{_TYPE}.{kind}+xml" for kind in KINDS}:
                self._types.remove(entry)

    def _part(self, kind: str, chapter: str, turned: bool) -> str:
        """The id of a part that says the words, made at the first asking."""
        head, ratio = self._templates[kind]
        root = deepcopy(head.root)
        fill_words(root, {OFFICE: self.office, CHAPTER: chapter})
        fit_tabs(root, ratio * (self.sheet.turned / self.sheet.text if turned else 1))
        content = written(root)
        known = self._made.get((kind, content))
        if known is not None:
            return known
        number = 1 + sum(1 for made, _ in self._made if made == kind)
        name, identifier = f"{kind}{number}.xml", f"rId{kind.capitalize()}{number}"
        self._made[kind, content] = identifier
        self.parts[f"word/{name}"] = content
        self._relate(self._relations, identifier, kind, name)
        override = etree.SubElement(self._types, f"{{{_PACKAGE}/content-types}}Override")
        override.set("PartName", f"/word/{name}")
        override.set("ContentType", f"{_TYPE}.{kind}+xml")
        self._bring(kind, name, head)
        return identifier

    def _bring(self, kind: str, name: str, head: Head) -> None:
        """The pictures and addresses that a head of the office's points to."""
        if not head.pictures and not head.links:
            return
        relations = etree.Element(
            f"{{{_PACKAGE}/relationships}}Relationships", nsmap={None: f"{_PACKAGE}/relationships"}
        )
        for number, (identifier, (ending, content)) in enumerate(sorted(head.pictures.items()), start=1):
            target = f"media/{kind}{number}{ending}"
            self.parts[f"word/{target}"] = content
            self._relate(relations, identifier, "image", target)
            self._know(ending.lstrip("."))
        for identifier, address in sorted(head.links.items()):
            self._relate(relations, identifier, "hyperlink", address).set("TargetMode", "External")
        self.parts[f"word/_rels/{name}.rels"] = written(relations)

    def _know(self, ending: str) -> None:
        kind = f"{{{_PACKAGE}/content-types}}Default"
        if all(str(entry.get("Extension", "")).lower() != ending for entry in self._types.findall(kind)):
            told = {"Extension": ending, "ContentType": _KINDS_OF_PICTURES[ending]}
            self._types.insert(0, etree.Element(kind, told))

    @staticmethod
    def _relate(relations: etree._Element, identifier: str, kind: str, target: str) -> etree._Element:
        made = etree.SubElement(relations, f"{{{_PACKAGE}/relationships}}Relationship")
        for key, value in (("Id", identifier), ("Type", f"{_RELATION}/{kind}"), ("Target", target)):
            made.set(key, value)
        return made


def fill_words(root: etree._Element, words: Mapping[str, str]) -> None:
    """Put words in the place of others, also where Word split those over several runs."""
    for paragraph in root.iter(f"{W}p"):
        for old, new in words.items():
            texts = list(paragraph.iter(f"{W}t"))
            whole = "".join(text.text or "" for text in texts)
            while (at := whole.find(old)) >= 0:
                _replace(texts, at, at + len(old), new)
                # Behind what was put in: a name that holds the mark must not be put into itself.
                shown = "".join(text.text or "" for text in texts)
                whole = "\0" * (at + len(new)) + shown[at + len(new) :]


def _replace(texts: list[etree._Element], start: int, end: int, new: str) -> None:
    place = 0
    for text in texts:
        said = text.text or ""
        left, right = max(start - place, 0), min(end - place, len(said))
        if left < right:
            text.text = said[:left] + (new if place + left == start else "") + said[right:]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        place += len(said)


def _clear_tabs(root: etree._Element, styles: etree._Element) -> None:
    """Let a head of ours have its own tabs alone, whatever those of the office's style for heads."""
    found = {str(style.get(f"{W}styleId")): style for style in styles.findall(f"{W}style")}
    for tabs in root.iter(f"{W}tabs"):
        named = tabs.getparent().find(f"{W}pStyle")
        style = found.get(named.get(f"{W}val")) if named is not None else None
        for tab in style.findall(f"{W}pPr/{W}tabs/{W}tab") if style is not None else ():
            tabs.insert(0, element("tab", val="clear", pos=tab.get(f"{W}pos")))


def fit_tabs(root: etree._Element, ratio: float) -> None:
    """Let tabs stand where they stood on a line of another length."""
    if ratio == 1:
        return
    for tab in root.iter(f"{W}tab"):
        if tab.get(f"{W}pos") is not None and tab.get(f"{W}val") != "clear":
            tab.set(f"{W}pos", str(round(int(tab.get(f"{W}pos", "0")) * ratio)))


_BEFORE_TITLE = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
    "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
)  # fmt: skip
