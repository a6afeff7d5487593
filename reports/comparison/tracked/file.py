"""Puts what the old Word file says otherwise into the new one, as tracked changes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from io import BytesIO

from lxml import etree

from core.errors import RenderError
from reports.comparison.tracked.blocks import Block, Paragraph, Row, blocks_of
from reports.comparison.tracked.foreign import TYPES, Foreign
from reports.comparison.tracked.marks import Marks
from reports.comparison.tracked.pairing import pair, share
from reports.comparison.tracked.paragraphs import deleted_paragraph, revise
from reports.render.word_controls import remove_controls
from reports.render.word_elements import W, written

AUTHOR = "LKjIP"
_BODY, _RELATIONS, _KINDS = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".jpeg", ".jpg")


def track_changes(before: bytes, after: bytes, moment: datetime) -> bytes:
    """The newer of two Word files of a report, with what the older one says otherwise as tracked changes.

    Args:
        before: The Word file of the issue before, as this program or an older one made it.
        after: That of the new issue.
        moment: Of the new issue; the date of each change.

    Returns:
        A Word file; the same two files give the same bytes.

    Raises:
        RenderError: One of them is not what the program makes.
    """
    try:
        old, new = _parts(before), _parts(after)
        trees = etree.fromstring(old[_BODY]), etree.fromstring(new[_BODY])
        here = Foreign(new, etree.fromstring(new[_RELATIONS]))
        there = Foreign(old, etree.fromstring(old[_RELATIONS]), into=here)
        bodies = [tree.find(f"{W}body") for tree in trees]
        if bodies[0] is None or bodies[1] is None:
            raise ValueError("word/document.xml tidak memuat isi")
        for body in bodies:
            remove_controls(body)
        _Tracker(Marks(AUTHOR, moment), there).body(blocks_of(bodies[0], there), blocks_of(bodies[1], here))
        changed = {_BODY: written(trees[1]), _RELATIONS: written(here.relations)}
        changed[_KINDS] = _kinds(old[_KINDS], new[_KINDS], there.taken)
        return _package({**new, **changed, **there.taken})
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError) as cause:
        raise RenderError(
            f"Berkas Word dengan perubahan terlacak gagal disusun: {cause}.",
            todo="periksa berkas Word terbitan sebelumnya dengan lkjip verify, lalu ulangi.",
        ) from cause


class _Tracker:
    """Marks the changes; ``parts`` are those of the old file."""

    def __init__(self, marks: Marks, parts: Foreign) -> None:
        self._marks, self._parts = marks, parts

    def body(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        waiting: list[Block] = []

        def alike(i: int, j: int) -> float:
            if old[i].form != new[j].form:
                return 0.0
            return share(old[i].words, new[j].words)

        last: Block | None = None
        pairs = list(pair(_keys(old), _keys(new), alike))
        came = {now for was, now in pairs if was is None}
        for was, now in pairs:
            if now is None:
                waiting += [old[was]] if was is not None else []
                continue
            for gone in waiting:
                for element in self._deleted(gone):
                    new[now].first.addprevious(element)
            waiting, last = [], new[now]
            self._block(old[was] if was is not None else None, last, before_new=now + 1 in came)
        if last is not None:
            for element in reversed([element for gone in waiting for element in self._deleted(gone)]):
                last.last.addnext(element)

    def _block(self, old: Block | None, new: Block, *, before_new: bool) -> None:
        if new.kind == "contents":
            return
        for place, paragraph in enumerate(new.paragraphs):
            was = old.paragraphs[place] if old and place < len(old.paragraphs) else None
            self._revise(was, paragraph, before_new=before_new and old is not None and new.table is None)
            if old is None:
                self._marks.end_of(paragraph.element, "ins")
        if new.table is not None:
            self._table(old.rows if old else (), new.rows, new.table)

    def _table(self, old: Sequence[Row], new: Sequence[Row], table: etree._Element) -> None:
        def alike(i: int, j: int) -> float:
            return share(old[i].words, new[j].words) if old[i].shape == new[j].shape else 0.0

        at: etree._Element | None = None
        for was, now in pair(_keys(old), _keys(new), alike):
            if now is None and was is not None:
                gone = self._deleted_row(old[was])
                if at is not None:
                    at.addnext(gone)
                elif (first := table.find(f"{W}tr")) is not None:
                    first.addprevious(gone)
                else:
                    table.append(gone)
                at = gone
            elif now is not None:
                at = new[now].element
                self._row(old[was] if was is not None else None, new[now])

    def _row(self, old: Row | None, new: Row) -> None:
        for place, cell in enumerate(new.cells):
            for number, paragraph in enumerate(cell):
                self._revise(old.cells[place][number] if old else None, paragraph)
        if old is None:
            self._marks.row(new.element, "ins")

    def _revise(self, old: Paragraph | None, new: Paragraph, *, before_new: bool = False) -> None:
        if old is None or old.text != new.text:
            words = old.atoms if old else ()
            revise(new.element, words, new.atoms, self._marks, self._parts, before_new=before_new)

    def _deleted(self, block: Block) -> list[etree._Element]:
        if block.kind == "contents":
            return []
        made = [deleted_paragraph(each.element, self._marks, self._parts) for each in block.paragraphs]
        if block.table is not None:
            table = deepcopy(block.table)
            for row in table.findall(f"{W}tr"):
                table.remove(row)
            table.extend(self._deleted_row(row) for row in block.rows)
            made.append(table)
        return made

    def _deleted_row(self, row: Row) -> etree._Element:
        made = deepcopy(row.element)
        for paragraph in list(made.iter(f"{W}p")):
            parent = paragraph.getparent()
            if parent is not None:
                parent.replace(paragraph, deleted_paragraph(paragraph, self._marks, self._parts, end=False))
        self._marks.row(made, "del")
        return made


def _keys(things: Sequence[Block] | Sequence[Row]) -> tuple[list[object], list[object]]:
    return [thing.key for thing in things], [thing.name for thing in things]


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _kinds(old: bytes, new: bytes, taken: Mapping[str, bytes]) -> bytes:
    """``[Content_Types].xml`` with the kinds of the parts that were taken over."""
    root = etree.fromstring(new)
    known = {entry.get("Extension") for entry in root.findall(f"{TYPES}Default")}
    for entry in etree.fromstring(old).findall(f"{TYPES}Default"):
        ending = entry.get("Extension")
        if ending not in known and any(name.endswith(f".{ending}") for name in taken):
            root.insert(0, entry)
    return written(root)


def _package(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts.items():
            how = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data, how, 6)
    return buffer.getvalue()
