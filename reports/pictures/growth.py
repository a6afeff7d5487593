"""The picture of PDRB over the years: each indicator that is taken of it, and the year that still waits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from capaian.values import Bound, Quantity, Range, Value
from core.numbers import format_number
from office.schema import MeasureKind
from reports import traced
from reports.charts.columns import Upright, YearChart
from reports.charts.picture import Picture
from reports.measured import Measured, MeasuredIndicator
from reports.pictures.notes import notes_of
from reports.realisasi import CourseYear
from reports.wording import DAGGER, marks, write_realisasi, write_value

TAKEN = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE)
LEAST_YEARS = 2
"""A single year is no course."""
MOST_YEARS = 6
ON_A_PAGE = 8
_STARS = {"sementara": "*", "sangat sementara": "**"}


def growth_pictures(measured: Measured) -> tuple[Picture, ...]:
    """A small chart of each indicator taken of PDRB; none where only one year is known or waited for."""
    members = [m for m in measured.indicators.values() if m.indicator.measure.kind in TAKEN]
    drawn = [(chart, m) for m in members if (chart := _chart(m)) is not None]
    year = measured.agency.year.year
    pictures = []
    for start in range(0, len(drawn), ON_A_PAGE):
        more = " (lanjutan)" if start else ""
        caption = f"Pertumbuhan dan Kontribusi PDRB sampai Tahun {year}{more}"
        shown = drawn[start : start + ON_A_PAGE]
        traces = tuple(trace for _, m in shown for trace in _traces(m))
        pictures.append(Picture("", caption, tuple(chart for chart, _ in shown), traces))
    return tuple(pictures)


def _traces(m: MeasuredIndicator) -> Iterator[tuple[str, str]]:
    """The cards of its years: that of the reporting year, and those of what is known of the others."""
    name = m.indicator.short_name
    yield m.id, f"{name} {m.realisasi.year}"
    if m.realisasi.course:
        yield traced.of_course(m), f"{name}, tahun ke tahun"
    if any(
        taken.value is not None for taken in (*(each.realisasi for each in m.earlier), m.previous) if taken
    ):
        yield traced.of_earlier(m), f"{name}, tahun sebelumnya"


def _chart(m: MeasuredIndicator) -> YearChart | None:
    known = _known(m)
    years = sorted({*known, m.realisasi.year})[-MOST_YEARS:]
    bars = [_bar(m, year, known.get(year)) for year in years]
    if len(bars) < LEAST_YEARS or not any(bar.value is not None for bar in bars):
        return None
    described = "; ".join(
        f"{bar.name} {bar.text}"
        + (f" (target {write_value(_value_of(m, int(bar.name)))})" if bar.target is not None else "")
        for bar in bars
    )
    lines = ["Garis tebal: target."] if any(bar.target is not None for bar in bars) else []
    texts = [bar.text for bar in bars]
    notes = (*lines, *notes_of([m], texts))
    title = f"{m.indicator.short_name} (%)"
    return YearChart(f"grafik-pdrb-{m.id}", title, f"{described}.", tuple(bars), notes)


def _known(m: MeasuredIndicator) -> dict[int, Upright]:
    """The years with a figure: those of the source, and before them those that the report's tables show."""
    found = {
        part.year: Upright(
            str(part.year),
            part.value,
            format_number(part.value, 2) + _signs(part),
            hollow=part.illustrative,
            target=_target(m, part.year),
        )
        for part in m.realisasi.course
    }
    for taken in (*(each.realisasi for each in m.earlier), m.previous, m.realisasi):
        if taken is not None and isinstance(taken.value, Quantity):
            text = write_realisasi(taken).removesuffix("%") + marks(taken)
            found[taken.year] = Upright(
                str(taken.year),
                taken.value.amount,
                text,
                hollow=taken.illustrative,
                target=_target(m, taken.year),
            )
    return found


def _signs(part: CourseYear) -> str:
    """The signs behind the figure, as behind every other."""
    return _STARS.get(part.status, "") + (DAGGER if part.illustrative else "")


def _bar(m: MeasuredIndicator, year: int, known: Upright | None) -> Upright:
    if known is not None:
        return known
    text = "menunggu" if m.waiting else ""
    return Upright(str(year), None, text, open=m.waiting, target=_target(m, year))


def _value_of(m: MeasuredIndicator, year: int) -> Value | None:
    if year == m.realisasi.year:
        return m.target
    if m.previous is not None and year == m.previous.year:
        return m.previous_target
    return next((each.target for each in m.earlier if each.year == year), None)


def _target(m: MeasuredIndicator, year: int) -> Decimal | None:
    """The height of a year's target: of a range its lower end, of one that names no number none."""
    target = _value_of(m, year)
    if isinstance(target, Bound):
        target = target.figure
    if isinstance(target, Range):
        return target.low
    return target.amount if isinstance(target, Quantity) else None
