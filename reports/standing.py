"""Where an indicator stands: reached, missed, waiting, or not computable, which is neither of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.measured import MeasuredIndicator


class Standing(StrEnum):
    """What can be said of an indicator; exactly one of these."""

    REACHED = "reached"
    MISSED = "missed"
    WAITING = "waiting"
    NOT_COMPUTABLE = "not_computable"


WORDS: Mapping[Standing, str] = {
    Standing.REACHED: "tercapai",
    Standing.MISSED: "belum tercapai",
    Standing.WAITING: "menunggu",
    Standing.NOT_COMPUTABLE: "capaian tidak dapat dihitung",
}


@dataclass(frozen=True)
class Tally:
    """Some indicators, each in exactly one of the four groups, in their order."""

    reached: tuple[MeasuredIndicator, ...]
    missed: tuple[MeasuredIndicator, ...]
    waiting: tuple[MeasuredIndicator, ...]
    not_computable: tuple[MeasuredIndicator, ...]

    @property
    def judged(self) -> tuple[MeasuredIndicator, ...]:
        """Those whose capaian is known."""
        return (*self.reached, *self.missed)


def tally(members: Iterable[MeasuredIndicator]) -> Tally:
    """Put indicators into their groups."""
    groups: dict[Standing, list[MeasuredIndicator]] = {standing: [] for standing in Standing}
    for m in members:
        groups[m.standing].append(m)
    return Tally(
        reached=tuple(groups[Standing.REACHED]),
        missed=tuple(groups[Standing.MISSED]),
        waiting=tuple(groups[Standing.WAITING]),
        not_computable=tuple(groups[Standing.NOT_COMPUTABLE]),
    )
