"""Tables without ruling lines: words with their places become captions, heads, lines and notes.

A head is a line that ends in years; what stands below it belongs to the year over which it is
centred. Distances are measured in heights of the page's usual letters, so that a page of a book
and its text in fixed columns are read alike.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from connectors.bps.printed.captions import MAX_LINES, Caption, cut_caption, starts_caption, starts_notes
from connectors.bps.printed.numbers import looks_like_number
from connectors.bps.printed.rows import PrintedLine, split_marker
from connectors.bps.printed.table import (
    PrintedPart,
    PrintedTable,
    join_continued,
    looks_like_head,
    measure_of,
)

SAME_LINE = 0.38
"""Heights by which the middles of two words of a line may differ."""
CAPTION_GAP, FIRST_GAP = 1.9, 6.0
"""Heights of white between two lines of a caption, and between the caption and the head."""
END_GAP = 4.5
"""Heights of white after which a table has ended."""
WORD_GAP = 0.75
"""Heights between two words of one label or of one number parted by spaces."""

_STARS = re.compile(r"\*{1,2}\)?|\)")
_NUMBERING = re.compile(r"\(\d{1,2}\)")
_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,7}")


@dataclass(frozen=True)
class Word:
    """A word and its box; ``top`` grows downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way between left and right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Page:
    """The words of a page, its number in the file and what people call its place."""

    words: tuple[Word, ...]
    number: int
    place: str


@dataclass(frozen=True)
class _Line:
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return median(word.middle for word in self.words)


@dataclass(frozen=True)
class _Head:
    """The line with the years: what stands over the labels, and where each year is."""

    index: int
    stub: str
    years: tuple[str, ...]
    centres: tuple[float, ...]
    starts: tuple[float, ...]

    @property
    def half(self) -> float:
        """Half the way between the two nearest columns."""
        return min(b - a for a, b in pairwise(self.centres)) / 2

    @property
    def left(self) -> float:
        """Where the labels end and the figures begin."""
        return self.centres[0] - self.half

    def column(self, word: Word) -> int | None:
        """Over which year's column a word is centred: -1 left of all, None right of all."""
        if word.centre < self.left:
            return -1
        if word.centre > self.centres[-1] + self.half:
            return None
        return min(range(len(self.centres)), key=lambda i: abs(self.centres[i] - word.centre))


def find_tables(pages: Iterable[Page]) -> list[PrintedTable]:
    """Find every table of figures by years; one that goes on over several pages is put together.

    Args:
        pages: In the order of the file.
    """
    tables: list[PrintedTable] = []
    number = 0
    for page in pages:
        found = _tables_of(page)
        if found and tables and page.number == number + 1 and _runs_on(tables[-1], found[0]):
            found[0] = dataclasses.replace(found[0], caption="", continues=True)
        if found:
            number = page.number
        tables += found
    return join_continued(tables)


def _runs_on(before: PrintedTable, table: PrintedTable) -> bool:
    """Whether a table goes on that broke off at the end of the page before.

    Its heads come again, without a caption of their own; a running title of the book is none.
    """
    same = before.parts[-1].heads == table.parts[0].heads
    return same and not before.notes and not table.number and measure_of(table) is None


def _tables_of(page: Page) -> list[PrintedTable]:
    if not page.words:
        return []
    height = median(word.bottom - word.top for word in page.words) or 1.0
    lines = _lines(page.words, height)
    heads = [head for index, line in enumerate(lines) if (head := _read_head(index, line, height))]
    tables = []
    floor = 0
    for head, later in zip_longest(heads, heads[1:]):
        start, caption = _caption(lines, head.index, floor, height)
        limit = _caption(lines, later.index, head.index + 1, height)[0] if later else len(lines)
        end, after = _end(lines, head, limit, height)
        body = lines[head.index + 1 : end]
        astray = _astray(body, head)
        part = PrintedPart(head.years, tuple(_read_line(line, head, height, astray) for line in body))
        notes = _notes(lines[end:after])
        tables.append(
            PrintedTable(
                caption.text,
                (part,),
                notes,
                _stub(lines, start, head),
                page.place,
                caption.number,
                caption.continues,
            )
        )
        floor = after
    return tables


def _lines(words: Sequence[Word], height: float) -> list[_Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        if lines and word.middle - lines[-1][0].middle <= SAME_LINE * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_Line(tuple(sorted(line, key=lambda w: w.x0))) for line in lines]


def _read_head(index: int, line: _Line, height: float) -> _Head | None:
    """A line that ends in two or more years, with stars beside or a little above them."""
    words = list(line.words)
    first = next((i for i, word in enumerate(words) if looks_like_head(word.text)), None)
    if first is None:
        return None
    years: list[Word] = []
    for word in words[first:]:
        if looks_like_head(word.text):
            years.append(word)
        elif years and _STARS.fullmatch(word.text) and word.x0 - years[-1].x1 < height:
            last = years[-1]
            years[-1] = Word(last.text + word.text, last.x0, last.x1, last.top, last.bottom)
        else:
            return None
    if len(years) < 2:
        return None
    stub = " ".join(word.text for word in words[:first])
    return _Head(
        index,
        stub,
        tuple(word.text for word in years),
        tuple(word.centre for word in years),
        tuple(word.x0 for word in years),
    )


def _caption(lines: Sequence[_Line], head: int, floor: int, height: float) -> tuple[int, Caption]:
    """The caption over a head and the index of its first line; not above ``floor``."""
    start, limit = head, FIRST_GAP
    while start > floor and head - start < MAX_LINES:
        above = lines[start - 1]
        gap = (lines[start].top - above.bottom) / height
        if gap > limit or starts_notes(above.text) or _figures(above) >= 2:
            break
        limit = limit if limit == FIRST_GAP and not _is_caption_text(above) else CAPTION_GAP
        start -= 1
    return start, cut_caption([line.text for line in lines[start:head]])


def _is_caption_text(line: _Line) -> bool:
    return len(line.text) > 30 or starts_caption(line.text)


def _figures(line: _Line) -> int:
    return sum(1 for word in line.words if re.search(r"\d[.,]\d", word.text) and looks_like_number(word.text))


def _stub(lines: Sequence[_Line], start: int, head: _Head) -> str:
    """What stands over the labels, on the line of the years or right around it."""
    near = [
        line.text for line in lines[max(start, head.index - 2) : head.index] if not _is_caption_text(line)
    ]
    below = [
        line.text
        for line in lines[head.index + 1 : head.index + 2]
        if re.fullmatch(r"[A-Za-z/ ]+", line.text)
    ]
    return " ".join([*near, head.stub, *below]).strip()


def _end(lines: Sequence[_Line], head: _Head, limit: int, height: float) -> tuple[int, int]:
    """The index after the last line of a table, and the one after its notes."""
    end = head.index + 1
    while end < limit:
        line = lines[end]
        gap = (line.top - lines[end - 1].bottom) / height
        if starts_notes(line.text) or starts_caption(line.text) or (gap > END_GAP and end > head.index + 2):
            break
        end += 1
    else:
        # A page number below a table without notes.
        if end > head.index + 2 and _PAGE_NUMBER.fullmatch(lines[end - 1].text):
            return end - 1, end
        return end, end
    after = end
    while after < limit and not starts_caption(lines[after].text):
        if after > end and (lines[after].top - lines[after - 1].bottom) / height > END_GAP / 2:
            break
        after += 1
    return end, after


def _notes(lines: Sequence[_Line]) -> tuple[str, ...]:
    if not lines or not starts_notes(lines[0].text):
        return ()
    return tuple(line.text for line in lines)


def _astray(lines: Sequence[_Line], head: _Head) -> set[int]:
    """Columns whose figures all end left of their year.

    Figures stand under the middle or the end of a year, so these may belong to the year before; where
    the last column is empty nothing else would show that.
    """
    ends: dict[int, float] = {}
    for word in (word for line in lines for word in line.words if looks_like_number(word.text)):
        place = head.column(word)
        if place is not None and place >= 0 and not _NUMBERING.fullmatch(word.text):
            ends[place] = max(ends.get(place, word.x1), word.x1)
    return {place for place, end in ends.items() if end < head.starts[place]}


def _read_line(line: _Line, head: _Head, height: float, astray: set[int]) -> PrintedLine:
    label: list[str] = []
    cells: list[list[Word]] = [[] for _ in head.centres]
    stray: list[str] = []
    before: Word | None = None
    for word in line.words:
        place = head.column(word)
        is_figure = looks_like_number(word.text) or bool(_NUMBERING.fullmatch(word.text))
        runs_on = before is not None and word.x0 - before.x1 < WORD_GAP * height
        if place == -1 or (not is_figure and (runs_on or word.x0 < head.left)):
            label.append(word.text)
            before = word
        elif place is None or place in astray:
            if is_figure or re.search(r"\d", word.text):
                stray.append(word.text)
        else:
            cells[place].append(word)
            before = None
    marker, rest = split_marker(label)
    return PrintedLine(
        marker,
        " ".join(rest),
        tuple(_cell(words, height) for words in cells),
        line.middle / height,
        " ".join(stray),
    )


def _cell(words: Sequence[Word], height: float) -> str:
    """The text of a cell; words that stand apart are two figures, which no number is."""
    text = ""
    for index, word in enumerate(words):
        near = index and word.x0 - words[index - 1].x1 < WORD_GAP * height
        text += word.text if not index else f" {word.text}" if near else f" | {word.text}"
    return text
