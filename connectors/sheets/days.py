"""Days as office sheets write them: ``2 Januari 2023``, ``02/01/2023``, ``2-Jan-23``, or a day of Excel.

Numbers between signs are day, month, year, always; what is no day in that order is not turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from connectors.sheets.months import ANY, LONG, month_number
from connectors.sheets.reader import Cell
from core.dates import MONTHS

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years that are believed; a price that is formatted as a day lies far outside."""

_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min)\.?,?\s+)?"
_CLOCK = r"(?:[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
    re.IGNORECASE,
)
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_WORDS = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})[\s/.-]*({ANY})\.?(?:[\s/.,-]*(\d{{4}}|'?\d{{2}}))?{_CLOCK}", re.IGNORECASE
)
_WITHOUT_YEAR = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})", re.IGNORECASE)
_MONTH = re.compile(
    rf"(?:bulan|bln|periode)?\s*:?\s*({ANY})\.?(?:[\s/.,-]*(?:tahun|thn|th)?[\s.]*(20\d\d|'?\d{{2}}))?",
    re.IGNORECASE,
)
_MONTH_IN_TITLE = re.compile(
    rf"(?<!\d )(?<!\d)\b({LONG})\b(?:[\s,]*(?:tahun|thn)?\s*(20\d\d))?", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:s\s*[./]?\s*d\b|sampai\b|hingga\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.])(20\d\d)(?![\d/])")
_STATED_YEAR = re.compile(r"\b(?:tahun|thn|ta)\.?\s*:?\s*(20\d\d)\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"(?:(?:tgl|tanggal)\.?\s*)?(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class NoDay:
    """Something that looks like a day and is none.

    Attributes:
        reason: Why, in Indonesian.
        turned: Whether it would be a day as month, day, year.
    """

    reason: str
    turned: bool = False


@dataclass(frozen=True)
class Month:
    """A month that a heading names; the year may stand elsewhere."""

    month: int
    year: int | None

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.year or ''}".strip()

    def holds(self, day: date) -> bool:
        """Whether a day lies in it; where no year is said, of any year."""
        return day.month == self.month and self.year in (None, day.year)


@dataclass(frozen=True)
class Said:
    """The month that something outside a table says its days are of.

    Attributes:
        by: What says so, in Indonesian: ``judulnya``.
    """

    month: Month
    by: str


def read_day(cell: Cell, year: int | None) -> date | NoDay | None:
    """The day that a heading names.

    Args:
        cell: The heading.
        year: Of days that name none; None when the sheet does not say it.

    Returns:
        None when the cell does not even look like a day.
    """
    if isinstance(cell, date):
        return cell if FIRST_YEAR <= cell.year <= LAST_YEAR else None
    if isinstance(cell, Decimal):
        return None
    text = " ".join(cell.split())
    if match := _WORDS.fullmatch(text):
        return _day(match[3] or year, month_number(match[2]), match[1])
    for pattern in (_ISO, _NUMBERS, _WITHOUT_YEAR):
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            return _day(parts.get("year") or year, parts["month"], parts["day"])
    return None


def _day(year: str | int | None, month: str | int, day: str | int) -> date | NoDay:
    if year is None:
        return NoDay("tanggal ini tidak menyebut tahun, dan lembarnya juga tidak")
    number = int(str(year).lstrip("'"))
    number += 2000 if number < 100 else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return NoDay(f"tahun {number} tidak masuk akal")
    try:
        return date(number, int(month), int(day))
    except ValueError:
        turned = int(day) <= 12 < int(month) <= 31
        return NoDay("tanggal ini tidak ada; urutannya hari, bulan, tahun", turned)


def is_numeric_day(cell: Cell) -> bool:
    """Whether a text writes a day with the number of its month, after the day."""
    text = " ".join(cell.split()) if isinstance(cell, str) else ""
    return bool(_NUMBERS.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text))


def read_month(cell: Cell) -> Month | None:
    """The month that a heading names, and nothing else with it: ``Januari 2023``, ``BULAN MARET``."""
    if not isinstance(cell, str):
        return None
    match = _MONTH.fullmatch(" ".join(cell.split()))
    if match is None:
        return None
    year = int(match[2].lstrip("'")) if match[2] else None
    return Month(month_number(match[1]), year + 2000 if year is not None and year < 100 else year)


def months_in_titles(titles: Iterable[str]) -> frozenset[Month]:
    """The months that titles speak of; months of written days are none."""
    found = {
        Month(month_number(match[1]), int(match[2]) if match[2] else None)
        for title in titles
        for match in _MONTH_IN_TITLE.finditer(title)
    }
    dated = {month.month for month in found if month.year is not None}
    return frozenset(month for month in found if month.year is not None or month.month not in dated)


def month_in_titles(titles: Iterable[str]) -> Month | None:
    """The one month that titles speak of, as ``HARGA BAHAN POKOK BULAN JANUARI 2023`` does."""
    found = months_in_titles(titles)
    return next(iter(found)) if len(found) == 1 else None


def said_month(titles: Iterable[str], sheet: str, file: str) -> Said | None:
    """The month that all days of a sheet are said to be of; the titles count before the names.

    Args:
        titles: Above the table.
        sheet: Name of the sheet.
        file: Name of the file, without its ending.

    Returns:
        None where nothing names a month, or the first that does names several or only the last one.
    """
    named = [" ".join(re.sub(r"[_-]+", " ", name).split()) for name in (sheet, file)]
    for texts, by in (
        (list(titles), "judulnya"), (named[:1], "nama lembarnya"), (named[1:], "nama berkasnya"),
    ):  # fmt: skip
        found = months_in_titles(texts) or {month for text in texts if (month := read_month(text))}
        if found:
            alone = len(found) == 1 and not any(_UP_TO.search(text) for text in texts)
            return Said(next(iter(found)), by) if alone else None
    return None


def year_in_titles(titles: Iterable[str]) -> int | None:
    """The one year that titles speak of; ``TAHUN 2023`` before any other mention."""
    listed = list(titles)
    for pattern in (_STATED_YEAR, _YEAR):
        years = {int(match) for title in listed for match in pattern.findall(title)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def read_day_number(cell: Cell) -> int | None:
    """The number of a day within a month: 7, ``07`` or ``Tgl 7``."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() and 1 <= cell <= 31 else None
    if not isinstance(cell, str):
        return None
    match = _DAY_NUMBER.fullmatch(cell.strip())
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def day_of(month: Month | None, number: int, year: int | None) -> date | NoDay:
    """The day of a number under a month; ``year`` counts where the month names none."""
    if month is None:
        return NoDay("hari ini tidak berada di bawah nama bulan")
    return _day(month.year or year, month.month, number)
