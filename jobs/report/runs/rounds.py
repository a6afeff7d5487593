"""A round over many offices: its batches, what became of each office, and the sentence about all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

ROUND_FLOW, ROUND_DEPLOYMENT = "segarkan-semua-kantor", "semua-kantor"
BATCH_FLOW, BATCH_DEPLOYMENT = "segarkan-kantor", "kelompok-kantor"
ROUND_TABLE, BATCH_TABLE = "semua-kantor", "kelompok-kantor"
"""The keys of the tables among the artifacts of a round and of a batch."""
_NAMED = 5
"""So many offices that failed are named in the sentence."""


class Result(StrEnum):
    """What became of an office's report for a year, in the words of the table."""

    WAITING = "menunggu"
    NEW = "terbitan baru"
    UNCHANGED = "tidak berubah"
    SKIPPED = "dilewati"
    FAILED = "gagal"


@dataclass(frozen=True)
class Outcome:
    """One office and year of a round.

    Attributes:
        year: None where it was not got that far.
        issue: Number of the issue that was made.
        seconds: What it took; of an office with several years each has its share.
        said: Why, where there is something to say.
        link: Where the page shows the office.
    """

    office: str
    year: int | None
    result: Result
    issue: int | None = None
    seconds: float = 0.0
    said: str = ""
    link: str = ""

    def as_row(self) -> dict[str, str]:
        """For the table among the artifacts, from which :meth:`from_row` reads it again."""
        return {
            "Kantor": self.office,
            "Tahun": "" if self.year is None else str(self.year),
            "Hasil": self.result.value,
            "Terbitan": "" if self.issue is None else str(self.issue),
            "Detik": "" if self.result is Result.WAITING else f"{self.seconds:.1f}".replace(".", ","),
            "Keterangan": self.said,
            "Halaman": self.link,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Outcome:
        """What :meth:`as_row` wrote.

        Raises:
            ValueError: It did not write that.
            LookupError: The same.
        """
        return cls(
            office=row["Kantor"],
            year=int(row["Tahun"]) if row["Tahun"] else None,
            result=Result(row["Hasil"]),
            issue=int(row["Terbitan"]) if row["Terbitan"] else None,
            seconds=float((row["Detik"] or "0").replace(",", ".")),
            said=row["Keterangan"],
            link=row["Halaman"],
        )

    def as_text(self) -> str:
        """A line for people."""
        of_year = "" if self.year is None else f" {self.year}"
        number = "" if self.issue is None else f" (terbitan {self.issue})"
        took = f", {self.as_row()['Detik']} detik" if self.seconds else ""
        return f"{self.office}{of_year}: {self.result.value}{number}{took}" + (
            f". {self.said}" if self.said and self.result is not Result.UNCHANGED else ""
        )


def split(offices: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """The offices in batches of at most ``size``, as even as can be: no last batch of one or two."""
    if not offices:
        return []
    number = -(-len(offices) // max(1, size))
    share, more = divmod(len(offices), number)
    ends = [share * n + min(n, more) for n in range(number + 1)]
    return [tuple(offices[start:end]) for start, end in pairwise(ends)]


def left_of(offices: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The offices of which nothing is known yet."""
    known = {outcome.office for outcome in outcomes if outcome.result is not Result.WAITING}
    return tuple(office for office in offices if office not in known)


def sentence(outcomes: Sequence[Outcome]) -> str:
    """All of it in one sentence: ``37 kantor disegarkan, 3 terbitan baru, 1 gagal: dinas-x (sebab)``."""
    failed: dict[str, str] = {}
    for outcome in outcomes:
        if outcome.result is Result.FAILED:
            failed.setdefault(outcome.office, outcome.said)
    offices = {outcome.office for outcome in outcomes}
    skipped = {o.office for o in outcomes if o.result is Result.SKIPPED} - failed.keys()
    new = sum(outcome.result is Result.NEW for outcome in outcomes)
    parts = [f"{len(offices) - len(failed) - len(skipped)} kantor disegarkan", f"{new} terbitan baru"]
    if skipped:
        parts.append(f"{len(skipped)} dilewati")
    if failed:
        named = [f"{office} ({why.rstrip('.')})" if why else office for office, why in failed.items()]
        more = f", dan {len(named) - _NAMED} lain" if len(named) > _NAMED else ""
        parts.append(f"{len(failed)} gagal: {'; '.join(named[:_NAMED])}{more}")
    return f"{', '.join(parts)}."
