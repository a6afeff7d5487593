"""The explanation of table ``tahun-tahun``: how far each indicator came over the years that are known."""

from __future__ import annotations

from reports.measured import Measured
from reports.narrative.comparison import movement
from reports.narrative.facts import LOWER_IS_BETTER, apart, is_lower, say

PATTERNS = (
    "realisasi {subject} dari tahun {first} sampai tahun {year} {movement}",
    "sejak tahun {first} sampai tahun {year}, realisasi {subject} {movement}",
    "dibandingkan dengan tahun {first}, realisasi {subject} pada tahun {year} {movement}",
)


def course(measured: Measured) -> list[str]:
    """How each indicator came from the first year that is known to the reporting year, where both are."""
    listed = [
        (place, m, min(known, key=lambda result: result.year))
        for place, m in enumerate(measured.headline)
        if (known := [each for each in m.earlier if each.realisasi.value is not None])
        and m.realisasi.value is not None
    ]
    patterns = apart([place for place, _, _ in listed], len(PATTERNS))
    return [
        say(
            PATTERNS,
            pattern,
            m,
            first=str(first.year),
            year=str(m.realisasi.year),
            movement=movement(first.realisasi, m.realisasi)
            + (f" ({LOWER_IS_BETTER})" if is_lower(m) else ""),
        )
        for (_, m, first), pattern in zip(listed, patterns, strict=True)
    ]
