"""Tables of Word as people see them: columns and rows, with merged cells laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reports.word.lines import OBJECT, SOFT_HYPHEN, Line, Story, W

_MAX_SPAN = 100
"""Columns of one cell; Word's tables have at most 63."""


@dataclass(frozen=True)
class GridCell:
    """A cell.

    Attributes:
        column: Its first one.
        span: How many it covers.
        text: What it says without marks of notes; paragraphs as lines.
        lines: Its paragraphs.
    """

    element: etree._Element
    row: int
    column: int
    span: int
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class WordTable:
    """A table of Word.

    Attributes:
        caption: The lines above it that may be its caption, the nearest first.
        rows: The cell at each place of the grid, by row and column; one that is merged stands at several.
        columns: Of the widest row.
    """

    element: etree._Element
    caption: tuple[str, ...]
    rows: tuple[dict[int, GridCell], ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max((max(row, default=-1) + 1 for row in self.rows), default=0)

    def own_cells(self) -> Iterator[GridCell]:
        """Each cell once, from the top."""
        for number, row in enumerate(self.rows):
            for column, cell in row.items():
                if (cell.row, cell.column) == (number, column):
                    yield cell

    def headings(self, first: int, height: int) -> list[tuple[str, ...]]:
        """The headings of each column from above, of a head of ``height`` rows."""
        found = []
        for column in range(self.columns):
            cells = [row[column] for row in self.rows[first : first + height] if column in row]
            texts = dict.fromkeys((id(cell), " ".join(cell.text.split())) for cell in cells)
            found.append(tuple(text for _, text in texts if text))
        return found


def plain(line: Line) -> str:
    """The text of a paragraph without marks of notes and pictures."""
    raised = line.raised
    return "".join(
        sign
        for place, sign in enumerate(line.text)
        if place not in raised and sign not in (OBJECT, SOFT_HYPHEN)
    )


def tables_of(story: Story) -> Iterator[WordTable]:
    """Every table of a part, those in text boxes and in cells of others with them."""
    for element in story.root.iter(f"{W}tbl"):
        yield WordTable(element, _captions(element, story), _rows(element, story))


def _rows(table: etree._Element, story: Story) -> tuple[dict[int, GridCell], ...]:
    rows: list[dict[int, GridCell]] = []
    for number, row in enumerate(_inside(table, "tr")):
        laid: dict[int, GridCell] = {}
        column = _number(row.find(f"{W}trPr/{W}gridBefore"))
        for element in _inside(row, "tc"):
            settings = element.find(f"{W}tcPr")
            span = max(1, _number(settings.find(f"{W}gridSpan") if settings is not None else None))
            above = rows[-1].get(column) if rows else None
            beside = laid.get(column - 1)
            if _continues(settings, "vMerge") and above is not None:
                cell = above
            elif _continues(settings, "hMerge") and beside is not None:
                cell = beside
            else:
                lines = tuple(story.line(paragraph) for paragraph in _inside(element, "p"))
                text = "\n".join(filter(None, (plain(line).strip() for line in lines)))
                cell = GridCell(element, number, column, span, text, lines)
            for place in range(column, column + span):
                laid[place] = cell
            column += span
        rows.append(laid)
    return tuple(rows)


def _continues(settings: etree._Element | None, kind: str) -> bool:
    merge = settings.find(W + kind) if settings is not None else None
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _number(setting: etree._Element | None) -> int:
    said = setting.get(f"{W}val", "") if setting is not None else ""
    return min(int(said), _MAX_SPAN) if said.isdecimal() and len(said) < 6 else 0


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows, cells or paragraphs of something, those in content controls with them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _inside(content, name)
        elif child.tag == f"{W}customXml":
            yield from _inside(child, name)


def _captions(table: etree._Element, story: Story) -> tuple[str, ...]:
    """Up to two lines with text above; none from beyond another table."""
    found: list[str] = []
    for looked, sibling in enumerate(table.itersiblings(preceding=True)):
        if sibling.tag == f"{W}tbl" or len(found) == 2 or looked > 5:
            break
        if sibling.tag == f"{W}p":
            text = " ".join(plain(story.line(sibling)).split())
            if text:
                found.append(text)
    return tuple(found)
