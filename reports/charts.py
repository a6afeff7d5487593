"""Charts as SVG: plain, small, readable in black and white, the same bytes for the same figures.

One chart a commodity (its daily means over a year), and one of all of them as an index of monthly
means. They stand in the web page as they are, and in PDF and Word as pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

from core.dates import MONTHS, format_date
from core.numbers import format_number

WIDTH, HEIGHT = 288, 150
"""In pixels of the page; two charts stand beside each other between the margins of the PDF and of Word."""
INDEX_WIDTH, INDEX_HEIGHT = 580, 320
LONGEST_GAP = 7
"""Days without a price over which the line still goes on; over more it breaks, since nobody knows."""
STEPS = tuple(Decimal(step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000))
MOST_LINES = 8
"""Horizontal lines of the index chart."""

_FONT = 'font-family="Libertinus Serif"'
INK, SOFT, LIGHT, LINE_COLOUR = "#1d2328", "#5b6670", "#d5dae0", "#1f4e79"
_COLOURS = ("#1f4e79", "#b03a2e", "#1e7145", "#7d5a00", "#6c3483", "#000000", "#0b7a8f", "#8a4b08")
_DASHES = ("", "7 3", "2 3", "9 3 2 3")
_MARKERS = (
    '<circle cx="{x}" cy="{y}" r="3" fill="{c}"/>',
    '<rect x="{l}" y="{t}" width="6" height="6" fill="#fff" stroke="{c}" stroke-width="1.2"/>',
    '<path d="M{x} {t}l3.5 6h-7z" fill="{c}"/>',
    '<circle cx="{x}" cy="{y}" r="3" fill="#fff" stroke="{c}" stroke-width="1.2"/>',
    '<rect x="{l}" y="{t}" width="6" height="6" fill="{c}"/>',
    '<path d="M{x} {t}l3.5 6h-7z" fill="#fff" stroke="{c}" stroke-width="1.2"/>',
    '<path d="M{l} {t}l6 6m0 -6l-6 6" fill="none" stroke="{c}" stroke-width="1.6"/>',
    '<path d="M{x} {t}v6m-3 -3h6" fill="none" stroke="{c}" stroke-width="1.6"/>',
)


@dataclass(frozen=True)
class Picture:
    """One numbered picture of several charts.

    Attributes:
        number: ``3.1``; empty until the book gives it one.
        charts: As SVG.
    """

    number: str
    caption: str
    charts: tuple[str, ...]


_Across = Callable[[date], float]
_Up = Callable[[Decimal], float]


@dataclass(frozen=True)
class DailyPrices:
    """What a commodity's chart is drawn from.

    Attributes:
        name: With the dagger where prices are illustrative.
        unit: Of the prices, ``kg``.
        points: Days of ``year``, ascending, each with its mean in rupiah.
    """

    name: str
    unit: str
    year: int
    points: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True)
class MonthlyIndex:
    """A line of the index chart: by number of the month, the first month being 100."""

    name: str
    points: tuple[tuple[int, Decimal], ...]


def draw_prices(chart: DailyPrices, identifier: str) -> str:
    """The daily means of a year, between the lowest and the highest price.

    Args:
        chart: What is drawn; with at least one point.
        identifier: Unlike all others on the page.
    """
    left, right, top, bottom = 46, WIDTH - 8, 30, HEIGHT - 22
    lowest = min(chart.points, key=lambda point: point[1])
    highest = max(chart.points, key=lambda point: point[1])
    first, days = date(chart.year, 1, 1), (date(chart.year, 12, 31) - date(chart.year, 1, 1)).days

    def x(day: date) -> float:
        return left + (right - left) * (day - first).days / days

    def y(price: Decimal) -> float:
        if lowest[1] == highest[1]:
            return (top + bottom) / 2
        return bottom - (bottom - top) * float((price - lowest[1]) / (highest[1] - lowest[1]))

    title = f"{chart.name} (Rp/{chart.unit})"
    described = (
        f"Harga rata-rata harian tahun {chart.year}: terendah {format_number(lowest[1])} pada "
        f"{format_date(lowest[0])}, tertinggi {format_number(highest[1])} pada {format_date(highest[0])}."
    )
    starts = [date(chart.year, month, 1) for month in range(1, 13)]
    levels = [lowest] if lowest[1] == highest[1] else [highest, lowest]
    parts = [
        write_words(WIDTH / 2, 15, title, size=11.5, anchor="middle", bold=True),
        *(draw_rule(x(day), top, x(day), bottom) for day in starts),
        *(draw_rule(left, y(price), right, y(price)) for _, price in levels),
        *_month_letters([(x(day) + x(day + timedelta(days=30))) / 2 for day in starts], HEIGHT - 7),
        *(write_words(left - 4, y(price) + 3.5, format_number(price), size=10) for _, price in levels),
        draw_path(_broken(chart.points, x, y), LINE_COLOUR, 1.4),
        *(f'<circle cx="{at(x(day))}" cy="{at(y(price))}" r="2.4" fill="{INK}"/>' for day, price in levels),
    ]
    return make_svg(identifier, WIDTH, HEIGHT, title, described, parts)


def draw_index(lines: Sequence[MonthlyIndex], title: str, identifier: str) -> str:
    """Several commodities as indexes of their monthly means, with a legend from the highest end down.

    Args:
        lines: At least one, each with at least one month.
        title: Of the chart.
        identifier: Unlike all others on the page.
    """
    left, right, top, bottom = 44, INDEX_WIDTH - 190, 34, INDEX_HEIGHT - 26
    values = [value for line in lines for _, value in line.points]
    ticks = _ticks(min(values), max(values))

    def x(month: int) -> float:
        return left + (right - left) * (month - 0.5) / 12

    def y(value: Decimal) -> float:
        return bottom - (bottom - top) * float((value - ticks[0]) / (ticks[-1] - ticks[0]))

    ordered = sorted(enumerate(lines), key=lambda entry: (-entry[1].points[-1][1], entry[0]))
    described = "; ".join(
        f"{line.name}: {format_number(line.points[-1][1], 1)} pada {MONTHS[line.points[-1][0] - 1]}"
        for _, line in ordered
    )
    parts = [
        write_words(INDEX_WIDTH / 2, 18, title, size=12.5, anchor="middle", bold=True),
        *(draw_rule(left, y(tick), right, y(tick), strong=tick == 100) for tick in ticks),
        *(write_words(left - 5, y(tick) + 3.5, format_number(tick), size=10.5) for tick in ticks),
        *_month_letters([x(month) for month in range(1, 13)], INDEX_HEIGHT - 10),
    ]
    for place, (number, line) in enumerate(ordered):
        colour = _COLOURS[number % len(_COLOURS)]
        dash = _DASHES[number % len(_DASHES)]
        points = [(x(month), y(value)) for month, value in line.points]
        parts.append(draw_path(_joined_months(line.points, points), colour, 1.5, dash))
        parts += [_marker(number, colour, *point) for point in points]
        height = top + 8 + place * 19
        parts.append(draw_path(f"M{right + 14} {at(height)}h30", colour, 1.5, dash))
        parts.append(_marker(number, colour, right + 29, height))
        parts.append(write_words(right + 50, height + 3.5, line.name, size=10.5, anchor="start"))
    return make_svg(identifier, INDEX_WIDTH, INDEX_HEIGHT, title, f"Nilai terakhir: {described}.", parts)


def _ticks(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Round values around all others, at most :data:`MOST_LINES` and at least two."""
    for step in STEPS:
        first = (lowest / step).to_integral_value(ROUND_FLOOR)
        last = (highest / step).to_integral_value(ROUND_CEILING)
        if last - first < MOST_LINES:
            break
    last = max(last, first + 1)
    return [step * number for number in range(int(first), int(last) + 1)]


def _broken(points: Sequence[tuple[date, Decimal]], x: _Across, y: _Up) -> str:
    """The line through the days, broken where prices lack for longer; a lone day becomes a dot."""
    texts: list[str] = []
    before: date | None = None
    for day, price in points:
        begins = before is None or (day - before).days > LONGEST_GAP
        texts.append(f"{'M' if begins else 'L'}{at(x(day))} {at(y(price))}{'h0' if begins else ''}")
        before = day
    return "".join(texts)


def _joined_months(points: Sequence[tuple[int, Decimal]], places: Sequence[tuple[float, float]]) -> str:
    texts: list[str] = []
    before = 0
    for (month, _), (across, up) in zip(points, places, strict=True):
        texts.append(f"{'L' if texts and month == before + 1 else 'M'}{at(across)} {at(up)}")
        before = month
    return "".join(texts)


def _month_letters(places: Sequence[float], height: float) -> Iterator[str]:
    for month, place in zip(MONTHS, places, strict=True):
        yield write_words(place, height, month[0], size=10, anchor="middle")


def _marker(number: int, colour: str, x: float, y: float) -> str:
    shape = _MARKERS[number % len(_MARKERS)]
    return shape.format(x=at(x), y=at(y), l=at(x - 3), t=at(y - 3), c=colour)


def draw_path(steps: str, colour: str, width: float, dash: str = "") -> str:
    """A line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def draw_rule(x1: float, y1: float, x2: float, y2: float, *, strong: bool = False) -> str:
    """A thin straight line of the grid."""
    colour = SOFT if strong else LIGHT
    return (
        f'<path d="M{at(x1)} {at(y1)}L{at(x2)} {at(y2)}" fill="none" stroke="{colour}" stroke-width="0.7"/>'
    )


def write_words(
    x: float, y: float, text: str, *, size: float, anchor: str = "end", bold: bool = False
) -> str:
    """Words at a place; ``anchor`` is ``start``, ``middle`` or ``end`` of them."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{at(x)}" y="{at(y)}" {_FONT} font-size="{size}" text-anchor="{anchor}" '
        f'fill="{INK}"{weight}>{escape(text)}</text>'
    )


def make_svg(
    identifier: str, width: int, height: int, title: str, described: str, parts: Sequence[str]
) -> str:
    """The whole picture with its title and description for those who cannot see it."""
    names = f"{identifier}-judul {identifier}-uraian"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{names}">'
        f'<title id="{identifier}-judul">{escape(title)}</title>'
        f'<desc id="{identifier}-uraian">{escape(described)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def at(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
