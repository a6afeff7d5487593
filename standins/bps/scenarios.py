"""Calendars by name: what a release of BPS can look like, from the plain one to the worst.

All start from the story of the demonstration (``release_2024``): PDRB 2022 is out, that of 2023 comes
on 4 April 2024. Days and revised figures are illustrative.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from standins.bps.timeline import (
    ANNOUNCED_FROM,
    FINAL,
    PROVISIONAL,
    RELEASE_DAY,
    Change,
    Declare,
    Event,
    ListNews,
    Mark,
    News,
    Publish,
    Rebase,
    Rescale,
    Restore,
    Revise,
    Vanish,
    book,
    release_2024,
)

DECLARED_DAY = date(2024, 3, 18)
REVISION_DAY = date(2024, 5, 6)
RESTORED_DAY = date(2024, 5, 20)
POSTPONED_ON, POSTPONED_TO = date(2024, 3, 28), date(2024, 4, 18)
RELEASE_2025 = date(2025, 4, 11)
REBASED_DAY = date(2025, 10, 1)


def _moved(year: int, amounts: dict[str, str], *measures: str) -> tuple[Change, ...]:
    return tuple(Change(m, code, year, Decimal(amount)) for m in measures for code, amount in amounts.items())


_PLAIN = release_2024()
_NEXT = (
    *_PLAIN,
    Event(RELEASE_2025 - ANNOUNCED_FROM, book(2024, RELEASE_2025)),
    Event(date(2025, 3, 20), Declare(2024)),
    Event(RELEASE_2025, Publish(2025)),
    Event(RELEASE_2025, ListNews(News(203, 2024, RELEASE_2025))),
)
_OF_THE_OFFICE = _moved(2023, {"C": "1.50", "A": "-1.50"}, "adhb", "adhk")

SCENARIOS: dict[str, tuple[Event, ...]] = {
    "release_2024": _PLAIN,
    # 2023 stands in the list of years from 18 March on, its datacontent is empty until the release.
    "declared_first": (*_PLAIN, Event(DECLARED_DAY, Declare(2023))),
    # The book is only scheduled (sch_date, no rl_date) until it is out.
    "scheduled_only": (
        *(e for e in _PLAIN if e.day != RELEASE_DAY - ANNOUNCED_FROM),
        Event(RELEASE_DAY - ANNOUNCED_FROM, book(2023, None, scheduled=RELEASE_DAY)),
        Event(RELEASE_DAY, book(2023, RELEASE_DAY)),
    ),
    # Announced for 4 April, moved on 28 March to 18 April; tables and press release follow the book.
    "postponed": (
        *release_2024(POSTPONED_TO)[:3],
        Event(RELEASE_DAY - ANNOUNCED_FROM, book(2023, RELEASE_DAY)),
        Event(POSTPONED_ON, book(2023, POSTPONED_TO)),
        *release_2024(POSTPONED_TO)[4:],
    ),
    # The book is out on 4 April, the tables follow two weeks later.
    "late_tables": (
        *(e for e in _PLAIN if not (e.day == RELEASE_DAY and isinstance(e.effect, Publish))),
        Event(POSTPONED_TO, Publish(2024)),
    ),
    # April 2025: 2024 is there, categories of 2022 and 2023 are revised, all marks move on.
    "release_2025": _NEXT,
    # Categories of 2023 that the office uses change; last_update does not say so.
    "silent_revision": (*_PLAIN, Event(REVISION_DAY, Revise(_OF_THE_OFFICE, stamped=False))),
    "stamped_revision": (*_PLAIN, Event(REVISION_DAY, Revise(_OF_THE_OFFICE))),
    # Only the growth of C in 2023 changes: its share, which is a published figure, stays as it is.
    "growth_revision": (
        *_PLAIN,
        Event(REVISION_DAY, Revise(_moved(2023, {"C": "1.50", "A": "-1.50"}, "adhk"))),
    ),
    # Only O and Q change, so nothing that the office reports.
    "side_revision": (
        *_PLAIN,
        Event(REVISION_DAY, Revise(_moved(2023, {"O": "-0.80", "Q": "0.80"}, "adhb", "adhk"))),
    ),
    # 2022 changes, 2023 stays: the growth of 2023 is another one.
    "base_revision": (
        *_PLAIN,
        Event(REVISION_DAY, Revise(_moved(2022, {"C": "-4.00", "G": "4.00"}, "adhk"))),
    ),
    # 2023 moves from sangat sementara to sementara to tetap, no figure changes.
    "statuses": (
        *_PLAIN,
        Event(REVISION_DAY, Mark(2023, PROVISIONAL)),
        Event(RESTORED_DAY, Mark(2023, FINAL)),
    ),
    # Tables of base year 2020 with new numbers appear beside the old ones, which are frozen.
    "rebased": (*_NEXT, Event(REBASED_DAY, Rebase(2020))),
    # 2023 is gone for two weeks.
    "vanished_year": (*_PLAIN, Event(REVISION_DAY, Vanish(2023)), Event(RESTORED_DAY, Restore(2023))),
    # Miliar becomes Juta Rupiah: with the values written anew, and with the old values left.
    "unit_rewritten": (*_PLAIN, Event(REVISION_DAY, Rescale("Juta Rupiah", rewritten=True))),
    "unit_slip": (*_PLAIN, Event(REVISION_DAY, Rescale("Juta Rupiah", rewritten=False))),
}
