"""Rows of a printed table: which lines of a broken label belong to which line of figures.

A label of BPS's books runs over several lines and its figures stand beside the first, the middle
or the last of them. So the lines between two lines of figures are shared out in the one way in
which every row names a category; where there are two such ways the table is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from connectors.bps import labels
from core.errors import ImplausibleFigureError

Cell = str | Decimal
"""What stands in a cell: text as printed, or a number where the file itself keeps numbers."""

_FARTHEST = 8
"""How many lines a label may have above or below its figures."""
_LETTERS = re.compile(r"[A-U](?:\s*[,-]\s*[A-U])*\s*,?")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-z])")
_MARKER = re.compile(r"(?:[A-U](?:[,-][A-U])*,?|\d{1,2}|[a-z])[.)]?")

_ENGLISH = {
    "A": r"agricultur",
    "B": r"mining",
    "C": r"manufactur",
    "D": r"electricity",
    "E": r"water",
    "F": r"construction",
    "G": r"wholesale",
    "H": r"transport",
    "I": r"accom",
    "J": r"information",
    "K": r"financ",
    "L": r"real\s+estate",
    "M,N": r"bus+iness",
    "O": r"public\s+admin",
    "P": r"education",
    "Q": r"(?:human\s+)?health",
    "R,S,T,U": r"other",
    "TOTAL": r"gross\s+(?:regional\s+)?domestic|grdp",
    "TOTAL_NONMIGAS": r"gross\s+(?:regional\s+)?domestic|grdp|(?:with\s*out|non)\s*(?:oil|-)",
}
"""With which words the English half of a label begins where no ``/`` parts the two."""
_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu pada terbitan aslinya."


@dataclass(frozen=True)
class PrintedLine:
    """One line of print.

    Attributes:
        marker: The letter or number before the label (``A``, ``R,S,T,U``, ``1.``); empty if none.
        label: The words of the label on this line.
        cells: What stands under each year; empty text where nothing does.
        top: Its place from above, in any unit.
        stray: Figures that stand under no year.
    """

    marker: str
    label: str
    cells: tuple[Cell, ...] = ()
    top: float = 0.0
    stray: str = ""

    @property
    def has_cells(self) -> bool:
        """Whether anything stands under a year."""
        return any(cell != "" for cell in self.cells) or bool(self.stray)


@dataclass(frozen=True)
class PrintedRow:
    """A row with the category it names.

    Attributes:
        code: Of the category, ``TOTAL`` or ``TOTAL_NONMIGAS``; empty for a sub-category.
    """

    code: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Shared:
    """One way to share out the lines so far: labels left over, distance, and what the rows are."""

    unused: int
    distance: float
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass
class _Best:
    """The best ways that end alike; the second is there only if it reads the rows otherwise."""

    ways: list[_Shared] = field(default_factory=list)

    def add(self, way: _Shared) -> None:
        alike = next((kept for kept in self.ways if kept.codes == way.codes), None)
        if alike is not None:
            if (way.unused, way.distance) >= (alike.unused, alike.distance):
                return
            self.ways.remove(alike)
        self.ways = sorted([*self.ways, way], key=lambda w: (w.unused, w.distance))[:2]


def split_marker(words: Sequence[str]) -> tuple[str, list[str]]:
    """Part the letter or number that leads a line from its label: ``M,`` ``N`` ``Jasa Perusahaan``."""
    marker = ""
    for index, word in enumerate(words):
        complete = marker and not marker.endswith(",")
        if complete or not _MARKER.fullmatch(word):
            return marker, list(words[index:])
        marker += word
    return marker, []


def read_label(marker: str, text: str) -> labels.Category | None:
    """Tell which category a label names, whose English half may follow without any sign between.

    Args:
        marker: The letter or number before it.
        text: The label in one line.
    """
    if _NUMBER.fullmatch(marker):
        marker += "."
    for name in (text, re.sub(r"(?<=[a-z])-\s+(?=[a-z])", "", text)):
        found = _read(marker, name)
        if found is not None:
            return found
    return None


def _read(marker: str, text: str) -> labels.Category | None:
    found = labels.read_category(f"{marker} {text}".strip())
    if found is not None and found.code:
        return found
    # A total in two languages; the English half of another row says nothing more.
    total = labels.read_category(f"{marker} {text.split('/', 1)[0]}".strip())
    if total is not None and total.code in (labels.TOTAL, labels.TOTAL_NONMIGAS):
        return total
    if found is not None:
        return found
    for code, words in _ENGLISH.items():
        for match in re.finditer(rf"(?<=\s)(?:{words})", text, re.IGNORECASE):
            found = labels.read_category(f"{marker} {text[: match.start()]}".strip())
            if found is not None and found.code == code:
                return found
    return None


def group_lines(caption: str, lines: Sequence[PrintedLine]) -> list[PrintedRow]:
    """Share out the lines of a table among its lines of figures.

    Args:
        caption: Of the table, for messages.
        lines: From below the head to above the notes, in order.

    Returns:
        A row for each line of figures.

    Raises:
        ImplausibleFigureError: A row names no category that is known, or the lines can be shared
            out in two ways that name different ones.
    """
    anchors = [index for index, line in enumerate(lines) if line.has_cells]
    if not anchors:
        return []
    states: dict[int, _Best] = {0: _Best([_Shared(0, 0.0)])}
    for number, anchor in enumerate(anchors):
        before = anchors[number - 1] + 1 if number else 0
        after = anchors[number + 1] if number + 1 < len(anchors) else len(lines)
        if number == 0:
            above = anchor - before
            states = {n: _Best([_Shared(above - n, 0.0)]) for n in range(min(above, _FARTHEST) + 1)}
        states = dict(_extend(lines, anchor, after, states, is_last=after == len(lines)))
        if not states:
            raise _unknown(caption, lines, anchor)
    ways = sorted((way for best in states.values() for way in best.ways), key=_rank)
    least = [way for way in ways if way.unused == ways[0].unused]
    for other in least[1:]:
        if other.codes != least[0].codes:
            raise _two_ways(caption, least[0], other)
    return [
        PrintedRow(code, name, lines[anchor].cells)
        for code, name, anchor in zip(least[0].codes, least[0].names, anchors, strict=True)
    ]


def _rank(way: _Shared) -> tuple[int, float]:
    return way.unused, way.distance


def _extend(
    lines: Sequence[PrintedLine], anchor: int, end: int, states: dict[int, _Best], *, is_last: bool
) -> Iterator[tuple[int, _Best]]:
    """Give the lines up to ``end`` to this row or, by their count, to the next one."""
    gap = end - anchor - 1
    found: dict[int, _Best] = {}
    for above, best in states.items():
        for below in range(min(gap, _FARTHEST) + 1):
            part = lines[anchor - above : anchor + below + 1]
            read = _join(part)
            if read is None:
                continue
            code, name = read
            distance = sum(abs(line.top - lines[anchor].top) for line in part)
            rest = gap - below
            for handed in (0,) if is_last else range(min(rest, _FARTHEST) + 1):
                unused = rest - handed
                for way in best.ways:
                    found.setdefault(handed, _Best()).add(
                        _Shared(
                            way.unused + unused,
                            way.distance + distance,
                            (*way.codes, code),
                            (*way.names, name),
                        )
                    )
    yield from found.items()


def _join(part: Sequence[PrintedLine]) -> tuple[str, str] | None:
    markers = [line.marker for line in part if line.marker]
    if any(not marker.endswith(",") for marker in markers[:-1]):
        return None
    marker = "".join(markers)
    text = " ".join(line.label for line in part if line.label)
    category = read_label(marker, text)
    return None if category is None else (category.code, f"{marker} {text}".strip())


def _unknown(caption: str, lines: Sequence[PrintedLine], anchor: int) -> ImplausibleFigureError:
    near = lines[max(anchor - 1, 0) : anchor + 2]
    own = lines[anchor]
    shown = f"{own.marker} {own.label}".strip() or " ".join(
        f"{line.marker} {line.label}".strip() for line in near
    )
    return ImplausibleFigureError(
        f"Tabel {caption!r} memuat baris yang kategorinya tidak dikenal: {' '.join(shown.split())[:120]!r}.",
        todo=f"{_ADVICE[:-1]}, lalu laporkan tulisan baris itu kepada pembuat program.",
    )


def _two_ways(caption: str, one: _Shared, other: _Shared) -> ImplausibleFigureError:
    name = next(a for a, b, c in zip(one.names, one.codes, other.codes, strict=True) if b != c)
    return ImplausibleFigureError(
        f"Tabel {caption!r}: baris {name!r} dapat dibaca sebagai dua kategori yang berbeda.", todo=_ADVICE
    )
