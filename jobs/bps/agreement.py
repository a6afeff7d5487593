"""Whether the channels of BPS say the same: they are compared, never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from connectors.bps.channels import CHANNELS
from core.numbers import format_number
from models.bps.observations import values, vintages
from models.bps.tables import Observation, Vintage

TOLERANCE = {
    "adhb": Decimal("0.05"),
    "adhk": Decimal("0.05"),
    "growth": Decimal("0.01"),
    "share": Decimal("0.01"),
}
"""By how much two channels may differ from rounding alone: miliar rupiah (as sums of rounded categories
do, see :mod:`connectors.bps.checks`) or percentage points."""
SHOWN = 5


@dataclass(frozen=True)
class Disagreement:
    """Two channels that give different figures for the same thing.

    Attributes:
        used: What the channel that wins says.
        other: What the other one says.
    """

    measure: str
    sector: str
    label: str
    year: int
    unit: str
    used_channel: str
    used: Decimal
    other_channel: str
    other: Decimal
    other_title: str

    def as_text(self) -> str:
        """For people."""
        used = format_number(self.used, 2)
        return (
            f"{self.label} {self.year}: {CHANNELS[self.used_channel]} menyebut {used}, "
            f"{CHANNELS[self.other_channel]} ({self.other_title}) {format_number(self.other, 2)} "
            f"{self.unit.lower()}; dipakai yang pertama, mohon diperiksa."
        )


def find_disagreements(session: Session, source: str, domain: str, year: int) -> list[Disagreement]:
    """Compare the newest state of every channel with that of the channel that wins.

    Args:
        session: To read with.
        source: ``bps``.
        domain: ``3529``.
        year: The reporting year; the one before is compared too.

    Returns:
        A row for each category, year and channel that differs by more than :data:`TOLERANCE`.
    """
    found = []
    for measure, tolerance in TOLERANCE.items():
        states = _newest_by_channel(session, source, domain, measure, year)
        if len(states) < 2:
            continue
        winner, *others = (channel for channel in CHANNELS if channel in states)
        for other in others:
            found += _compare(measure, tolerance, winner, states[winner], other, states[other], year)
    return found


def summarise(found: list[Disagreement]) -> list[str]:
    """A few lines for people: the first ones in full, then how many more there are."""
    lines = [entry.as_text() for entry in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"Masih ada {len(found) - SHOWN} perbedaan lain antarsaluran BPS.")
    return lines


State = tuple[Vintage, Mapping[tuple[str, int], Observation]]


def _newest_by_channel(
    session: Session, source: str, domain: str, measure: str, year: int
) -> dict[str, State]:
    states: dict[str, State] = {}
    for vintage in reversed(vintages(session, source, domain, measure)):
        if vintage.channel in states:
            continue
        held = values(session, vintage)
        if any(y == year for _, y in held):
            states[vintage.channel] = (vintage, held)
    return states


def _compare(
    measure: str, tolerance: Decimal, winner: str, used: State, other: str, theirs: State, year: int
) -> list[Disagreement]:
    if used[0].base_year != theirs[0].base_year:
        return []
    return [
        Disagreement(
            measure=measure,
            sector=place[0],
            label=ours.label,
            year=place[1],
            unit=used[0].unit,
            used_channel=winner,
            used=ours.value,
            other_channel=other,
            other=theirs[1][place].value,
            other_title=theirs[0].title,
        )
        for place, ours in sorted(used[1].items())
        if place in theirs[1]
        and place[1] in (year - 1, year)
        and abs(ours.value - theirs[1][place].value) > tolerance
    ]
