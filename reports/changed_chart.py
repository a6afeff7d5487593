"""The picture of the changed indicators in a mail: before, now, and the capaian as a bar.

It is drawn for a phone: narrow, in large letters, with a white ground of its own so that it reads in a
dark mail program too. It judges nothing; what it shows stands in the mail's table as well.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.numbers import parse_number
from reports.changes import NOT_COMPUTABLE, WAITING
from reports.charts.canvas import INK, LIGHT, LINE_COLOUR, PAPER, SOFT, Canvas
from reports.charts.letters import breadth, wrap
from reports.render.pictures import POINTS_PER_PIXEL, LiftedPicture, draw_png
from reports.wording import DAGGER

WIDTH = 400
"""In pixels of the picture; a phone shows nearly as many."""
MOST_ROWS = 6
"""More would push the table out of sight, and make the mail large; the table has them all."""
MOST_LINES = 3
"""Of a name: the longest of an indicator of PDRB has three."""
FARTHEST = Decimal(150)
"""Per cent at the right end; a longer bar is cut off there, and its figure says it."""
SCALE = 0.8
"""Of the drawing's own size: twice the pixels that a phone shows, and not more."""
COLOURS = 16
"""A few inks and the shades at the edges of letters; more make the mail larger and are not seen."""
_LEFT, _END, _TOP = 10, 310, 30
_NAME, _FIGURE, _LINE, _BAR = 13.0, 12.5, 16, 12
_TITLE = "Indikator yang berubah"
_ROOM = WIDTH - 2 * _LEFT
_BOLD = 1.14
"""How much wider bold letters are."""
Json = Mapping[str, Any]


def draw_changes(indicators: Sequence[Json], provisional: Mapping[str, str]) -> tuple[bytes, str] | None:
    """The picture as PNG and what it shows in words.

    Args:
        indicators: Changed ones, the most important first, as :func:`reports.changes.compare_reports` gives
            them.
        provisional: What is said behind a provisional figure, by indicator.

    Returns:
        None where none of them has a capaian, neither now nor before.

    Raises:
        RenderError: Typst did not accept the drawing.
    """
    shown = indicators[:MOST_ROWS]
    if not any(percent_of(row[key]) is not None for row in shown for key in ("capaian", "capaian_before")):
        return None
    svg, words, height = _draw(shown, len(indicators) - len(shown), provisional)
    scale = POINTS_PER_PIXEL * SCALE
    (png,) = draw_png([LiftedPicture("perubahan", svg, WIDTH * scale, height * scale, words)])
    return _with_few_colours(png), words


def _with_few_colours(png: bytes) -> bytes:
    """The same picture in a third of the bytes."""
    from PIL import Image  # noqa: PLC0415 - only drawing needs it

    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as full:
        few = full.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def percent_of(text: str) -> Decimal | None:
    """The capaian that ``245,05%`` shows; None where there is none."""
    try:
        return parse_number(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class _Row:
    """An indicator in the picture, from ``top`` down."""

    name: tuple[str, ...]
    figures: str
    level: str
    now: Decimal | None
    before: Decimal | None
    told: str

    @property
    def height(self) -> int:
        """Its name, its figures, its bar, and the room below."""
        return _LINE * (len(self.name) + 1) + _BAR + 19

    @classmethod
    def of(cls, row: Json, how: str) -> _Row:
        sign = DAGGER if row["illustrative"] else ""
        then = DAGGER if row.get("illustrative_before") else ""
        before, now = (
            _short(row["before"], row["before_state"], then),
            _short(row["after"], row["state"], sign),
        )
        now += f" ({how})" if how and row["state"] != WAITING else ""
        target, level = row["target"], _level(row, sign)
        return cls(
            name=name_lines(str(row["name"])),
            figures=f"Sebelum: {before}. Kini: {now}. Target: {target}.",
            level=level,
            now=percent_of(row["capaian"]),
            before=percent_of(row["capaian_before"]),
            told=f"{row['name']}: sebelum {before}, kini {now}, target {target}, capaian {level}",
        )

    def draw(self, canvas: Canvas, top: float) -> None:
        """Put it on the sheet."""
        for line in self.name:
            top += _LINE
            canvas.write(_LEFT, top, line, size=_NAME, bold=True)
        top += _LINE
        canvas.write(_LEFT, top, self.figures, size=_fitting(self.figures, _FIGURE, _ROOM))
        self._bar(canvas, top + 7)
        size = _fitting(self.level, _FIGURE, WIDTH - _LEFT - _END - 10)
        canvas.write(WIDTH - _LEFT, top + 17, self.level, size=size, anchor="end", bold=True)

    def _bar(self, canvas: Canvas, top: float) -> None:
        middle = top + _BAR / 2
        canvas.box(_LEFT, top, _END - _LEFT, _BAR, facecolor=LIGHT, linewidth=0)
        if self.now is not None and self.now > 0:
            canvas.box(
                _LEFT, top, max(_across(self.now) - _LEFT, 1), _BAR, facecolor=LINE_COLOUR, linewidth=0
            )
        hundred = _across(Decimal(100))
        # White around it, so that it is seen within a dark bar.
        canvas.box(hundred - 2, top - 2, 4, _BAR + 4, facecolor=PAPER, linewidth=0)
        canvas.box(hundred - 1, top - 2, 2, _BAR + 4, facecolor=SOFT, linewidth=0)
        if self.before is not None:
            canvas.box(
                _across(self.before) - 4, middle - 4, 8, 8, facecolor=PAPER, edgecolor=INK, linewidth=1.2
            )


def _draw(shown: Sequence[Json], more: int, provisional: Mapping[str, str]) -> tuple[str, str, int]:
    rows = [_Row.of(row, provisional.get(row["id"], "")) for row in shown]
    lines = [f"Batang: capaian kini, dipotong di {FARTHEST}%. Garis tegak: 100%."]
    if any(row.before is not None for row in rows):
        lines.append("Kotak: capaian sebelumnya.")
    told = [row.told for row in rows]
    if more:
        lines.append(f"{more} indikator lain ada dalam tabel.")
        told.append(f"{more} indikator lain ada dalam tabel")
    top = _TOP
    height = top + sum(row.height for row in rows) + 14 + 15 * len(lines)
    canvas = Canvas("perubahan", WIDTH, height)
    canvas.write(_LEFT, 20, _TITLE, size=14, bold=True)
    for row in rows:
        row.draw(canvas, top)
        top += row.height
    for place, line in enumerate(lines):
        canvas.write(_LEFT, top + 16 + place * 15, line, size=11)
    described = f"{'; '.join(told)}."
    return canvas.svg(_TITLE, described), f"{_TITLE}. {described}", height


def _short(text: str, state: str, sign: str) -> str:
    """A figure, or in a word why there is none."""
    if state == WAITING:
        return "menunggu"
    return f"{text}{sign}" if text else "belum ada"


def _level(row: Json, sign: str) -> str:
    if row["state"] == WAITING:
        return "menunggu"
    if row["state"] == NOT_COMPUTABLE or not row["capaian"]:
        return "tidak terhitung"
    return f"{row['capaian']}{sign}"


def _across(percent: Decimal) -> float:
    return _LEFT + (_END - _LEFT) * float(min(max(percent, Decimal(0)), FARTHEST) / FARTHEST)


def _fitting(text: str, size: float, room: float) -> float:
    """The size at which a line finds room, at most ``size``."""
    return min(size, size * room / breadth(text, size))


def name_lines(name: str) -> tuple[str, ...]:
    """A name in as many lines as it may have; what finds no room is cut off, and stands in the table."""
    lines = wrap(name, _ROOM, _NAME * _BOLD)
    last = MOST_LINES - 1
    rest = " ".join(lines[last:])
    return tuple(_cut(line) for line in (*lines[:last], *([rest] if rest else [])))


def _cut(line: str) -> str:
    if breadth(line, _NAME * _BOLD) <= _ROOM:
        return line
    while line and breadth(f"{line}…", _NAME * _BOLD) > _ROOM:
        line = line[:-1]
    return f"{line.rstrip()}…"
