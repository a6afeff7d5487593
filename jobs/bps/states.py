"""The states that a table of BPS ever had, as a realisasi takes figures of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from core.dates import format_date
from core.numbers import format_number, format_percent
from models.bps.tables import Observation, Vintage
from models.tables import Fetch
from reports.realisasi import REVISED, Input, Realisasi, State

ILLUSTRATION = "Angka ilustrasi: bukan rilis BPS."
"""The note of a realisasi that rests on a figure of a stand-in."""
Write = Callable[[Decimal, int], str]
"""A figure with so many decimals, as people read it."""


@dataclass(frozen=True)
class Series:
    """One state of one table with its observations, and the states it had before.

    Attributes:
        observations: By category (of another statistic: by place) and year.
        earlier: Older states of the same channel that speak of the same years, newest first.
    """

    vintage: Vintage
    observations: Mapping[tuple[str, int], Observation]
    session: Session
    earlier: tuple[Series, ...] = ()

    def find(self, sector: str, year: int) -> Observation | None:
        """The observation of a category and year, or None."""
        return self.observations.get((sector, year))

    def says(self, places: Sequence[tuple[str, int]]) -> list[tuple[Decimal, str, bool] | None]:
        """What stands in ``places``: value, status, and whether it is illustrative."""
        found = (self.observations.get(place) for place in places)
        return [(o.value, o.status, o.illustrative) if o else None for o in found]

    def since_when(self, places: Sequence[tuple[str, int]]) -> tuple[Series, Series | None]:
        """The oldest state that says of ``places`` what this one says, and the state before it.

        A revision of other figures makes a new vintage; for these figures it changed nothing, so they
        still come from the release that gave them first.
        """
        oldest = self
        for older in self.earlier:
            if older.says(places) != self.says(places):
                return oldest, older
            oldest = older
        return oldest, None

    def as_input(self, observation: Observation, symbol: str) -> Input:
        """The observation with everything that leads back to the bytes.

        Args:
            observation: Of this state.
            symbol: Its place in the formula, ``ADHK C 2023``.
        """
        fetch = self.session.get(Fetch, observation.fetch_id)
        return Input(
            name=f"{self.vintage.title}: {observation.label} {observation.year}",
            symbol=symbol,
            value=observation.value,
            unit=self.vintage.unit,
            status=observation.status,
            vintage=str(self.vintage.id),
            released_on=self.vintage.released_on,
            snapshot=fetch.snapshot_sha256 if fetch else "",
            url=fetch.url if fetch else "",
            illustrative=observation.illustrative,
            fetched_at=fetch.fetched_at if fetch else None,
        )


def not_computable(
    indicator: str, year: int, series: Series, other: str, base: Observation | None, source: str
) -> Realisasi:
    """The realisasi of an indicator whose figure is there, and of which nothing can be computed.

    Args:
        indicator: Its id.
        year: The reporting year.
        series: The state that has its figure.
        other: What it is computed with, ``tahun 2022``.
        base: That figure; None where BPS does not have it.
        source: For the column "Sumber Data".
    """
    why = "tidak ada di BPS" if base is None else "nol atau di bawah nol"
    return Realisasi(
        indicator=indicator,
        year=year,
        state=State.NOT_COMPUTABLE,
        reason=f"Angka {other} {why}.",
        source=source,
        released_on=series.vintage.released_on,
        institution="BPS",
    )


def revision_note(
    now: Decimal, earlier: Decimal | None, before: Series | None, write: Write = format_percent
) -> list[str]:
    """That BPS revised a figure, and what it was.

    Args:
        now: The figure in use.
        earlier: What it was in the state before; None where it could not be computed of it.
        before: That state; None where there was none.
        write: How the figure is written.
    """
    if earlier is None or before is None or earlier == now:
        return []
    # Two equal figures would not show what was revised.
    places = 4 if write(earlier, 2) == write(now, 2) else 2
    released = before.vintage.released_on
    when = f" (rilis {format_date(released)})" if released else ""
    return [f"{REVISED} BPS: sebelumnya {write(earlier, places)}{when}, kini {write(now, places)}."]


def plain_number(value: Decimal, places: int) -> str:
    """A figure without a unit, for :func:`revision_note`."""
    return format_number(value, places)
