"""Why indicators changed, told apart: one issue may bring a release of BPS, another's figure and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from reports.changes import FROM_BPS, FROM_PRICES, NOT_COMPUTABLE, STATISTIC, WAITING

Json = Mapping[str, Any]


class Weight(IntEnum):
    """What a reader looks for first, from the top."""

    RELEASED = 0
    CAME = 1
    LOST = 2
    REVISED = 3
    CHANGED = 4
    PRICES = 5
    ADDED = 6
    OWN = 7


@dataclass(frozen=True)
class Happening:
    """One reason for which indicators changed.

    Attributes:
        what: ``BPS merilis PDRB``.
        effect: ``4 indikator terisi``.
        indicators: The changed indicators, as :func:`reports.changes.compare_reports` gives them.
    """

    what: str
    effect: str
    indicators: tuple[Json, ...]

    @property
    def said(self) -> str:
        """Both: ``BPS merilis PDRB: 4 indikator terisi``."""
        return f"{self.what}: {self.effect}"


def tell_apart(indicators: Sequence[Json]) -> tuple[Happening, ...]:
    """Changed indicators by the reason of their change, the most important reason first.

    Args:
        indicators: ``indicators`` of :func:`reports.changes.compare_reports`.

    Returns:
        Each indicator once, in the order given among those of the same reason; none for none.
    """
    groups: dict[tuple[Weight, str], list[Json]] = {}
    for row in indicators:
        groups.setdefault(_reason(row), []).append(row)
    ordered = sorted(groups.items(), key=lambda entry: entry[0][0])
    return tuple(Happening(what, _effect(weight, rows), tuple(rows)) for (weight, what), rows in ordered)


def _reason(row: Json) -> tuple[Weight, str]:
    if not row["before_state"]:
        return Weight.ADDED, "Indikator baru"
    if row["state"] == WAITING:
        same = row["before_state"] == WAITING
        return (Weight.OWN, "Yang ditunggu berubah") if same else (Weight.LOST, "Angkanya tidak ada lagi")
    if row["measure"] == FROM_PRICES and row["state"] == "final":
        first = row["before_state"] != "final"
        return Weight.PRICES, "Dihitung dari harga harian" if first else "Harga harian diperbarui"
    if row["institution"] == "BPS":
        return _by_bps(row)
    return _by_others(row, str(row["institution"]))


def _by_bps(row: Json) -> tuple[Weight, str]:
    subject = "statistik" if row["measure"] == STATISTIC else "PDRB"
    if _is_filled(row):
        return Weight.RELEASED, f"BPS merilis {subject}"
    if row["before_state"] in FROM_BPS and row["state"] in FROM_BPS:
        return Weight.REVISED, f"BPS merevisi {subject}"
    return Weight.CHANGED, "Angka BPS berubah"


def _by_others(row: Json, institution: str) -> tuple[Weight, str]:
    if not institution:
        return Weight.OWN, "Angka kantor masuk" if _is_filled(row) else "Data kantor berubah"
    if _is_filled(row):
        return Weight.CAME, f"Angka {institution} masuk"
    return Weight.CHANGED, f"Angka {institution} berubah"


def _is_filled(row: Json) -> bool:
    without = WAITING, NOT_COMPUTABLE
    return row["before_state"] in without and row["state"] not in without


def _effect(weight: Weight, rows: Sequence[Json]) -> str:
    count = f"{len(rows)} indikator"
    if weight is Weight.LOST:
        return f"{count} kembali menunggu"
    if weight is Weight.ADDED:
        return f"{count} ditambahkan"
    if weight in (Weight.RELEASED, Weight.CAME) or all(map(_is_filled, rows)):
        return f"{count} terisi"
    return f"{count} berubah" if weight is Weight.REVISED else count
