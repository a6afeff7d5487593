"""The lines of a sheet in which the days stand, written out or as numbers under a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from connectors.prices.sheets.words import is_aggregate, is_beside_prices, is_day_head, is_head, is_week
from connectors.sheets.days import (
    Month,
    NoDay,
    Said,
    day_of,
    is_numeric_day,
    month_in_titles,
    months_in_titles,
    read_day,
    read_day_number,
    read_month,
    said_month,
)
from connectors.sheets.reader import Cell
from connectors.sheets.view import View, filled

_ABOVE = 3
"""How many rows above the numbers of days the names of months may stand."""


@dataclass(frozen=True)
class DayLine:
    """A row of a view in which days stand.

    Attributes:
        row: Its number.
        days: By column; something that looks like a day and is none stands with its reason.
    """

    row: int
    days: dict[int, date | NoDay]

    @property
    def first(self) -> int:
        """The first column with a day."""
        return min(self.days)


def find_lines(view: View, year: int | None, sheet: str, said: Said | None) -> tuple[View, list[DayLine]]:
    """Find the days of a sheet, and turn it so that they run across.

    Args:
        view: As the sheet stands.
        year: Of days and months that name none.
        sheet: The sheet's name, which may be a month.
        said: The month of which the days are said to be; days of others are no days.

    Returns:
        The view in which days run across, and its lines; none when no days are found.
    """
    turned = view.turn()
    across, down = _written_lines(view, year, said), _written_lines(turned, year, said)
    if not across and not down:
        across, down = _numbered_lines(view, year, sheet), _numbered_lines(turned, year, sheet)
    return (turned, down) if _most(down) > _most(across) else (view, across)


def _most(lines: Iterable[DayLine]) -> int:
    return max((len(line.days) for line in lines), default=0)


def _written_lines(view: View, year: int | None, said: Said | None) -> list[DayLine]:
    lines: list[DayLine] = []
    for number, row in enumerate(view.rows):
        found = {column: day for column, cell in filled(row) if (day := read_day(cell, year)) is not None}
        headed = len(found) == 1 and any(isinstance(cell, str) and is_head(cell) for cell in row)
        if len(found) >= 2 or headed:
            if lines and not view.turned:
                between = (
                    cell for above in view.rows[lines[-1].row + 1 : number] for _, cell in filled(above)
                )
                said = _said_by(between, said)
            lines.append(DayLine(number, _keep_within(view, number, _doubt_turned(row, found), said)))
    return lines


def _doubt_turned(row: Sequence[Cell], found: dict[int, date | NoDay]) -> dict[int, date | NoDay]:
    """Doubt the days of a line that shows that day and month may be exchanged in it.

    Either another day of the line makes sense only as month, day, year (``01/13/2023``). Or an English
    Excel made days of ``01/02/2023`` and left ``13/02/2023`` as text: then the days of Excel lie
    before the 13th, those that stayed text after the 12th, and together they do not run forward. Only
    those of December do (12 January to 12 December, then the 13th); there they stand closer when they
    are turned back.
    """
    turned = next((c for c, day in found.items() if isinstance(day, NoDay) and day.turned), None)
    days = {column: day for column, day in found.items() if isinstance(day, date)}
    early = {column for column, day in days.items() if day.day <= 12}
    if turned is not None:
        doubted = {c for c in early if is_numeric_day(row[c])}
        reason = NoDay(f"hari dan bulannya mungkin tertukar, seperti pada {row[turned]}")
    else:
        excels = {column for column in days if isinstance(row[column], date)}
        if excels != early or excels == set(days):
            return found
        back = {column: _turn(day) if column in excels else day for column, day in days.items()}
        if _runs_forward(days) and not (_runs_forward(back) and _widest_gap(back) < _widest_gap(days)):
            return found
        doubted = {column for column in excels if back[column] != days[column]}
        reason = NoDay("Excel mungkin menukar hari dan bulannya; tulis semua tanggal dengan cara yang sama")
    return {column: reason if column in doubted else day for column, day in found.items()}


def _turn(day: date) -> date:
    """The day with its numbers of day and month exchanged."""
    return date(day.year, day.day, day.month)


def _runs_forward(days: dict[int, date]) -> bool:
    return all(one <= other for one, other in pairwise(days.values()))


def _widest_gap(days: dict[int, date]) -> int:
    return max(((other - one).days for one, other in pairwise(days.values())), default=0)


def _keep_within(
    view: View, number: int, found: dict[int, date | NoDay], said: Said | None
) -> dict[int, date | NoDay]:
    """The days of the month said; others contradict it. Titles among days that run down begin anew."""
    kept: dict[int, date | NoDay] = {}
    for column, cell in enumerate(view.rows[number]):
        if column in found:
            kept[column] = _within(cell, found[column], said)
        elif view.turned:
            said = _said_by((view.rows[row][column] for row in range(number + 1)), said)
    return kept


def _within(cell: Cell, day: date | NoDay, said: Said | None) -> date | NoDay:
    if said is None or isinstance(day, NoDay) or said.month.holds(day):
        return day
    if isinstance(cell, date) and day.day <= 12 and said.month.holds(_turn(day)):
        return NoDay(
            f"{said.by} menyebut {said.month}, jadi Excel rupanya menukar hari dan bulannya; tulis semua "
            "tanggal dengan cara yang sama"
        )
    return NoDay(f"tanggal ini bukan dari {said.month} yang disebut {said.by}; betulkan salah satunya")


def _said_by(cells: Iterable[Cell], before: Said | None) -> Said | None:
    """The month that titles between days name; what was said before where they name none."""
    titles = [cell for cell in cells if isinstance(cell, str) and cell and not is_aggregate(cell)]
    return said_month(titles, "", "") if months_in_titles(titles) else before


# --- numbers under months -----------------------------------------------------------------------


def _numbered_lines(view: View, year: int | None, sheet: str) -> list[DayLine]:
    lines: list[DayLine] = []
    for number, row in enumerate(view.rows):
        if not _is_numbered(view, row):
            continue
        start = lines[-1].row + 1 if lines else 0
        titles = [cell for above in view.rows[start:number] for cell in above if isinstance(cell, str)]
        titled = month_in_titles(titles) or read_month(sheet)
        line = _read_numbered(view, number, titled, year)
        if sum(isinstance(day, date) for day in line.days.values()) >= 2:
            lines.append(line)
    return lines


def _is_numbered(view: View, row: Sequence[Cell]) -> bool:
    """Whether a row holds numbers of days, and beside them only headings and months.

    Turned, the row is a column of the sheet, in which titles and notes stand too; then the heading
    of days must be there.
    """
    numbers = sum(read_day_number(cell) is not None for cell in row)
    others = [cell for _, cell in filled(row) if read_day_number(cell) is None]
    texts = [cell for cell in others if isinstance(cell, str)]
    if numbers < 2 or len(texts) < len(others):
        return False
    if view.turned:
        return any(is_day_head(text) for text in texts)
    return all(is_head(text) or month_in_titles([text]) or read_month(text) for text in texts)


def _read_numbered(view: View, number: int, titled: Month | None, year: int | None) -> DayLine:
    above = _months_above(view, number)
    days: dict[int, date | NoDay] = {}
    places: dict[tuple[Month | None, int], list[int]] = {}
    month, before, last, floor, written = titled, titled, 0, 0, False
    for column, cell in filled(view.rows[number]):
        if isinstance(cell, str) and (named := read_month(cell) or month_in_titles([cell])):
            month = _agreeing(named, month if written and last == 0 else titled)
            last, floor, written = 0, last, True
            continue
        day = read_day_number(cell)
        if day is None:
            continue
        if floor and day > floor:  # The numbers run on as if no month had begun: whose they are is not known.
            month = None
        here, floor = (above.get(column) if above else month), 0
        last, before = (last if here == before else 0), here
        days[column] = day_of(here, day, year) if day > last else _begins_again(day)
        places.setdefault((here, day), []).append(column)
        last = day if day > last else 32
    for (_, day), columns in places.items():
        if len(columns) > 1:
            days.update(dict.fromkeys(columns, _begins_again(day)))
    return DayLine(number, _without_head_numbers(view, number, days) if not (above or written) else days)


def _agreeing(named: Month, before: Month | None) -> Month | None:
    """The month of a heading, unless a title that speaks of the same days names another one."""
    if before is None:
        return named
    if named.month != before.month:
        return None
    return named if named.year else before


def _begins_again(day: int) -> NoDay:
    return NoDay(f"hari {day} terulang tanpa nama bulan yang baru")


def _without_head_numbers(view: View, number: int, days: dict[int, date | NoDay]) -> dict[int, date | NoDay]:
    """Without numbers under a heading that is none of days: ``No`` and averages beside the days."""
    return {
        column: day
        for column, day in days.items()
        if not any(is_beside_prices(view.text(row, column)) for row in range(max(0, number - _ABOVE), number))
    }


def _months_above(view: View, number: int) -> dict[int, Month]:
    """The month over each column: over all columns of a merged cell, else until the next month."""
    for row in range(number - 1, max(-1, number - 1 - _ABOVE), -1):
        months = {column: month for column, cell in filled(view.rows[row]) if (month := read_month(cell))}
        if not months or (
            len(months) == 1 and sum(1 for _ in filled(view.rows[row])) == 1 and _is_title(view, row)
        ):
            continue
        spread: dict[int, Month] = {}
        starts = sorted(months)
        for start, following in zip(starts, [*starts[1:], len(view.rows[row])], strict=True):
            width = view.width_of(row, start)
            end = start + width if width > 1 else following
            spread.update(dict.fromkeys(range(start, min(end, following)), months[start]))
        return spread
    return {}


def _is_title(view: View, row: int) -> bool:
    """Whether the only text of a row stands at the left, as titles do."""
    return next(column for column, _ in filled(view.rows[row])) == 0


def names_weeks(view: View) -> bool:
    """Whether a sheet's headings are weeks."""
    return any(
        sum(is_week(cell) for cell in row) >= 2 for rows in (view.rows, view.turn().rows) for row in rows
    )
