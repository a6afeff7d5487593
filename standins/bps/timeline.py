"""What happens at BPS on which day, as data; folded, it says how things stand on a day.

A calendar is a tuple of :class:`Event`: a day and an effect. Effects are small records that know how
they change a :class:`State`; nothing else in the stand-in asks for days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from standins.bps.figures import TOTAL

RELEASE_DAY = date(2024, 4, 4)
"""Illustrative: the day on which a sister regency's book came out."""
ANNOUNCED_FROM = timedelta(days=34)
"""How long before its day the book stands in the list with a date in the future."""
ALWAYS = date.min
"""The day of what was there before the stand-in's time begins."""
LAST = date.max
"""The day of what comes after all else of today."""
PROVISIONAL, VERY_PROVISIONAL, FINAL = "sementara", "sangat sementara", "tetap"


@dataclass(frozen=True)
class Change:
    """By how much a figure of adhb or adhk differs from the edition's, in miliar rupiah."""

    measure: str
    category: str
    year: int
    amount: Decimal


@dataclass(frozen=True)
class Series:
    """The PDRB tables of one base year as they stand.

    Attributes:
        edition: Whose figures: the year of the release.
        changed: The day of ``last_update``.
        statuses: Provisional years and their marks.
        changes: Revisions since the edition, silent ones included.
        declared: Years that are listed but hold no figures yet.
        vanished: Years that were there and are gone.
        unit: Of the values.
        rewritten: Whether the values were written anew when the unit changed.
    """

    base_year: int
    edition: int
    changed: date
    statuses: tuple[tuple[int, str], ...]
    changes: tuple[Change, ...] = ()
    declared: tuple[int, ...] = ()
    vanished: tuple[int, ...] = ()
    unit: str = "Miliar Rupiah"
    rewritten: bool = True


@dataclass(frozen=True)
class Book:
    """A "PDRB … Menurut Lapangan Usaha first-last" in the list of publications.

    Attributes:
        released: ``rl_date``; in the future for a book to come, None when only scheduled.
        scheduled: ``sch_date``.
        uploaded: ``updt_date``; a file is often uploaded before its day (recorded).
    """

    pub_id: str
    first: int
    last: int
    released: date | None
    scheduled: date | None
    uploaded: date | None


class News(NamedTuple):
    """The press release about the growth of a year."""

    brs_id: int
    year: int
    released: date


@dataclass(frozen=True)
class State:
    """How things stand on a day; the last of ``series`` is the living one, the others are frozen."""

    series: tuple[Series, ...] = ()
    books: tuple[Book, ...] = ()
    news: tuple[News, ...] = ()

    def with_series(self, series: Series) -> State:
        """The same with the living series replaced."""
        return replace(self, series=(*self.series[:-1], series))


class Effect(Protocol):
    """What an event does."""

    def apply(self, state: State, day: date) -> State:
        """How things stand after it."""


class Event(NamedTuple):
    """Something that happens on a day."""

    day: date
    effect: Effect


@dataclass(frozen=True)
class Publish:
    """The tables of an edition come, with a new ``last_update``; what was revised before is in them."""

    edition: int
    stamp: date | None = None

    def apply(self, state: State, day: date) -> State:
        """Replace the living tables; years before the two newest count as final."""
        marks = ((self.edition - 2, PROVISIONAL), (self.edition - 1, VERY_PROVISIONAL))
        fresh = Series(2010, self.edition, self.stamp or day, marks)
        if not state.series:
            return replace(state, series=(fresh,))
        old = state.series[-1]
        return state.with_series(
            replace(fresh, base_year=old.base_year, unit=old.unit, rewritten=old.rewritten)
        )


@dataclass(frozen=True)
class Declare:
    """A year is listed, but its ``datacontent`` is still empty."""

    year: int

    def apply(self, state: State, day: date) -> State:
        """List the year; nothing else changes, not even ``last_update``."""
        living = state.series[-1]
        return state.with_series(replace(living, declared=(*living.declared, self.year)))


@dataclass(frozen=True)
class Revise:
    """Figures change.

    Attributes:
        changes: Those of each measure and year must leave the sum of the categories at its total.
        stamped: Whether ``last_update`` says so.
    """

    changes: tuple[Change, ...]
    stamped: bool = True

    def __post_init__(self) -> None:
        sums: dict[tuple[str, int], Decimal] = {}
        for change in self.changes:
            sign = -1 if change.category == TOTAL else 1
            key = (change.measure, change.year)
            sums[key] = sums.get(key, Decimal(0)) + sign * change.amount
        if any(sums.values()):
            raise ValueError(f"the categories would no longer make the total: {sums}")

    def apply(self, state: State, day: date) -> State:
        """Add the changes to those before."""
        living = state.series[-1]
        return state.with_series(
            replace(
                living,
                changes=living.changes + self.changes,
                changed=day if self.stamped else living.changed,
            )
        )


@dataclass(frozen=True)
class Mark:
    """A year's mark changes (sangat sementara, sementara, tetap) without a figure changing."""

    year: int
    status: str

    def apply(self, state: State, day: date) -> State:
        """Replace the year's mark; a final year has none."""
        living = state.series[-1]
        others = [(year, status) for year, status in living.statuses if year != self.year]
        mine = [] if self.status == FINAL else [(self.year, self.status)]
        return state.with_series(replace(living, statuses=tuple(sorted(others + mine)), changed=day))


@dataclass(frozen=True)
class Vanish:
    """A year that was there is gone."""

    year: int

    def apply(self, state: State, day: date) -> State:
        """Take the year out."""
        living = state.series[-1]
        return state.with_series(replace(living, vanished=(*living.vanished, self.year)))


@dataclass(frozen=True)
class Restore:
    """A year that was gone is there again."""

    year: int

    def apply(self, state: State, day: date) -> State:
        """Put the year back."""
        living = state.series[-1]
        left = tuple(year for year in living.vanished if year != self.year)
        return state.with_series(replace(living, vanished=left))


@dataclass(frozen=True)
class Rescale:
    """The tables take another unit, the values written anew or, wrongly, left as they were."""

    unit: str
    rewritten: bool

    def apply(self, state: State, day: date) -> State:
        """Change the unit."""
        changed = replace(state.series[-1], unit=self.unit, rewritten=self.rewritten, changed=day)
        return state.with_series(changed)


@dataclass(frozen=True)
class Rebase:
    """New tables with a new base year and new numbers appear; the old ones are frozen."""

    base_year: int

    def apply(self, state: State, day: date) -> State:
        """Begin a series."""
        begun = replace(state.series[-1], base_year=self.base_year, changed=day)
        return replace(state, series=(*state.series, begun))


@dataclass(frozen=True)
class ListBook:
    """A book comes into the list; one with the same number replaces it (a day was moved)."""

    book: Book

    def apply(self, state: State, day: date) -> State:
        """List the book."""
        others = tuple(book for book in state.books if book.pub_id != self.book.pub_id)
        return replace(state, books=(*others, self.book))


@dataclass(frozen=True)
class ListNews:
    """A press release comes into the list."""

    news: News

    def apply(self, state: State, day: date) -> State:
        """List it."""
        return replace(state, news=(*state.news, self.news))


def fold(events: Sequence[Event], today: date) -> State:
    """How things stand on ``today`` after all that happened up to then."""
    state = State()
    happened = (e for e in events if e.day <= today or e.day == LAST)
    for event in sorted(happened, key=lambda e: e.day):
        state = event.effect.apply(state, event.day)
    return state


def book(last: int, released: date | None, *, scheduled: date | None = None) -> ListBook:
    """The book of the five years up to ``last``, uploaded a week before its day."""
    day = released or scheduled
    uploaded = day - timedelta(days=7) if day else None
    return ListBook(Book(f"{last + 1:024d}", last - 4, last, released, scheduled or day, uploaded))


def release_2024(release_day: date = RELEASE_DAY) -> tuple[Event, ...]:
    """The story of the demonstration: PDRB 2022 is out, that of 2023 comes on ``release_day``."""
    return (
        Event(ALWAYS, Publish(2023, stamp=date(2023, 4, 5))),
        Event(ALWAYS, book(2022, date(2023, 4, 5))),
        Event(ALWAYS, ListNews(News(201, 2022, date(2023, 4, 5)))),
        Event(release_day - ANNOUNCED_FROM, book(2023, release_day)),
        Event(release_day, Publish(2024)),
        Event(release_day, ListNews(News(202, 2023, release_day))),
    )


@dataclass(frozen=True)
class Size:
    """How much the stand-in holds.

    Attributes:
        regencies: How many regencies have PDRB tables; 0 for 3529 alone.
        filler: How many tables besides fill the pages of ``list/model/var``.
    """

    regencies: int = 0
    filler: int = 34


@dataclass(frozen=True)
class Timeline:
    """The stand-in's day and what has happened by then.

    Attributes:
        events: The calendar; None for :func:`release_2024` around ``release_day``.
    """

    today: date
    release_day: date = RELEASE_DAY
    events: tuple[Event, ...] | None = None
    size: Size = field(default_factory=Size)

    @cached_property
    def calendar(self) -> tuple[Event, ...]:
        """What happens when."""
        return release_2024(self.release_day) if self.events is None else self.events

    @cached_property
    def state(self) -> State:
        """How things stand."""
        return fold(self.calendar, self.today)

    @property
    def series(self) -> Series:
        """The PDRB tables of base year 2010."""
        return self.state.series[0]

    @property
    def released(self) -> bool:
        """Whether the tables of 2023 are out."""
        return self.series.edition >= 2024

    @property
    def announced(self) -> bool:
        """Whether the book about 2023 stands in the list, perhaps with a future date."""
        return any(book.last == 2023 for book in self.state.books)

    def next_release(self) -> date:
        """The day of the next new edition; today when none is to come."""
        days = [e.day for e in self.calendar if isinstance(e.effect, Publish) and e.day > self.today]
        return min(days, default=self.today)
