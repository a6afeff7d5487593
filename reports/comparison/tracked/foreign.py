"""What a Word file's text points to in other parts of it: pictures and addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
FIRST_DRAWING = 10_000
"""Numbers of adopted drawings stand far above those of the file's own."""


@dataclass
class Foreign:
    """Where the text of a file points to; and, of the old file, what the new one takes over of it.

    Attributes:
        contents: The parts by name.
        relations: ``document.xml.rels``, parsed.
        into: Of the new file, where this is the old one.
        taken: Parts that were taken over, by their name in the new file.
    """

    contents: Mapping[str, bytes]
    relations: etree._Element
    into: Foreign | None = None
    taken: dict[str, bytes] = field(default_factory=dict)
    _drawings: int = FIRST_DRAWING

    def fingerprint(self, element: etree._Element) -> str:
        """By which the same picture is known in both files; of anything else its name and words."""
        known = hashlib.sha256(etree.QName(element).localname.encode())
        for name in _pointers(element):
            relation = self._relation(name)
            known.update(self._part(relation) if relation is not None else b"")
        known.update("".join(element.itertext()).encode())
        return known.hexdigest()

    def adopt(self, run: etree._Element) -> None:
        """Let a copied run of the old file point into the new one; a picture that it lacks is brought along.

        Raises:
            ValueError: The file points to nothing.
        """
        for child in run.iter(etree.Element):
            for name, value in child.attrib.items():
                if str(name).startswith(_RELATION):
                    child.set(name, self._adopted(str(value)))
            if child.tag == f"{_DRAWING}docPr":
                self._drawings += 1
            if child.tag in (f"{_DRAWING}docPr", f"{_PICTURE}cNvPr"):
                child.set("id", str(self._drawings))

    def _adopted(self, name: str) -> str:
        relation = self._relation(name)
        if relation is None or self.into is None:
            raise ValueError(f"{name} tidak menunjuk apa pun")
        for known in self.into.relations:
            if known.get("Type") == relation.get("Type") and self._same(relation, known):
                return str(known.get("Id"))
        made = etree.SubElement(self.into.relations, relation.tag, dict(relation.attrib))
        number = len(self.into.relations)
        made.set("Id", f"rIdLama{number}")
        if relation.get("TargetMode") != "External":
            target = f"media/lama{number}{PurePosixPath(relation.get('Target', '')).suffix}"
            made.set("Target", target)
            self.taken[f"word/{target}"] = self._part(relation)
        return f"rIdLama{number}"

    def _same(self, mine: etree._Element, other: etree._Element) -> bool:
        if "External" in (mine.get("TargetMode"), other.get("TargetMode")):
            return bool(mine.get("Target") == other.get("Target"))
        there = f"word/{other.get('Target')}"
        assert self.into is not None  # noqa: S101 - asked for only by _adopted
        return bool(self._part(mine) == self.taken.get(there, self.into.contents.get(there)))

    def _relation(self, name: str) -> etree._Element | None:
        return next((entry for entry in self.relations if entry.get("Id") == name), None)

    def _part(self, relation: etree._Element) -> bytes:
        target = str(relation.get("Target", ""))
        if relation.get("TargetMode") == "External":
            return target.encode()
        return self.contents[f"word/{target}"]


def _pointers(element: etree._Element) -> list[str]:
    return [
        str(value)
        for child in element.iter(etree.Element)
        for name, value in child.attrib.items()
        if str(name).startswith(_RELATION)
    ]
