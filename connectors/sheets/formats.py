"""How Excel shows the cells of an XLSX: in per cent, or indented. No cell's content says that."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from connectors.sheets.extents import XlsxSheet, see_bearable
from connectors.sheets.workbook_parts import sheet_parts

Place = tuple[int, int]
"""Row and column, from 0."""
_PER_CENT = frozenset({9, 10})
"""The numbers of Excel's own formats 0% and 0.00% ([ECMA-376] 18.8.30)."""
_STYLES = "xl/styles.xml"


@dataclass(frozen=True)
class Formats:
    """What the formats of a sheet's cells say.

    Attributes:
        percents: Cells whose number is shown times 100.
        indents: By how many steps a text is indented, where it is.
    """

    percents: frozenset[Place] = frozenset()
    indents: Mapping[Place, int] = field(default_factory=dict)


def read_formats(content: bytes, sheet: str) -> Formats:
    """Read the formats of a sheet.

    Args:
        content: An XLSX within the limits, as :func:`connectors.sheets.reader.open_grids` takes it.
        sheet: Its name.

    Raises:
        ValueError: A part is not what its name says.
        SyntaxError: It is no XML.
        KeyError: It is not there.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _STYLES not in archive.namelist():
            return Formats()
        styles = _Styles()
        _parse(archive.read(_STYLES), styles)
        percents, indents = styles.percents, styles.indents
        if not percents and not indents:
            return Formats()
        indexes = {part: archive.read(part) for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")}
        cells = archive.read(dict(sheet_parts(indexes))[sheet])
    shown: set[Place] = set()
    indented: dict[Place, int] = {}

    def see(row: int, column: int, attributes: Mapping[str, str]) -> None:
        style = attributes.get("s", "0")
        if style in percents:
            shown.add((row - 1, column - 1))
        if style in indents:
            indented[row - 1, column - 1] = indents[style]

    _parse(cells, XlsxSheet(see))
    return Formats(frozenset(shown), indented)


def _parse(content: bytes, target: object) -> None:
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    parser.feed(content)
    parser.close()


class _Styles:
    """Takes the elements of the styles as lxml finds them."""

    def __init__(self) -> None:
        self.indents: dict[str, int] = {}
        self._codes: dict[int, str] = {}
        self._numbers: list[int] = []
        self._is_inside = False
        self._elements = 0

    @property
    def percents(self) -> frozenset[str]:
        """The styles of cells that are shown in per cent, by what cells call them."""
        return frozenset(
            str(style)
            for style, number in enumerate(self._numbers)
            if number in _PER_CENT or "%" in self._codes.get(number, "")
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        see_bearable(self._elements)
        name = tag.rpartition("}")[2]
        if name == "cellXfs":
            self._is_inside = True
        elif name == "numFmt":
            self._codes[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif name == "xf" and self._is_inside:
            self._numbers.append(int(attributes.get("numFmtId", 0)))
        elif name == "alignment" and self._is_inside and (indent := int(attributes.get("indent", 0))):
            self.indents[str(len(self._numbers) - 1)] = indent

    def end(self, tag: str) -> None:
        if tag.endswith("}cellXfs"):
            self._is_inside = False

    def close(self) -> None:
        return
