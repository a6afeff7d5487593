"""How a year's report stands, for a screen that only shows tables: indicators, sources and their ages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.dates import JAKARTA, format_date, format_time
from jobs.health.around import read_surroundings
from jobs.report.state.facts import read_facts
from jobs.report.state.overview import IndicatorState, read_year
from jobs.workspace import Workspace

WORDS = {
    "reached": "tercapai",
    "missed": "belum tercapai",
    "waiting": "menunggu",
    "not_computable": "tidak dapat dihitung",
}


@dataclass(frozen=True)
class YearStanding:
    """A year as it stands.

    Attributes:
        counts: How many indicators stand how, in one sentence.
        rows: A row for each indicator.
        sources: What each source gave last, a line each.
    """

    counts: str
    rows: tuple[Mapping[str, str], ...]
    sources: tuple[str, ...]


def year_standing(workspace: Workspace) -> YearStanding:
    """How the workspace's year stands now.

    Raises:
        StorageError: The database cannot be used.
    """
    facts, today = read_facts(workspace), workspace.settings.current_day()
    year = read_year(workspace, facts)
    around = read_surroundings(workspace, [facts.sources] if facts.sources else [])
    words = [WORDS.get(shown.row["standing"], "lihat asal-usulnya") for shown in year.indicators]
    counted = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    now = workspace.settings.current_time()
    return YearStanding(
        f"{len(words)} indikator: {counted}." if words else year.trouble or "Belum ada indikator.",
        tuple(
            _row(shown, word, late=shown.is_late(today))
            for shown, word in zip(year.indicators, words, strict=True)
        ),
        tuple(
            f"{source.name}: {_age(source.at, now)}{f'; {source.problem}' if source.problem else ''}"
            for source in around.sources
        ),
    )


def _row(shown: IndicatorState, word: str, *, late: bool) -> Mapping[str, str]:
    row: Mapping[str, Any] = shown.row
    waits = f"{word} {row['institution']}".strip() if shown.waiting else word
    return {
        "Indikator": str(row["name"]),
        "Keadaan": f"{waits}, terlambat" if late else waits,
        "Target": str(row["target"] or "-"),
        "Realisasi": str(row["realisasi"] or "-"),
        "Capaian": str(row["capaian"] or "-"),
        "Sejak": format_date(shown.since.astimezone(JAKARTA).date()) if shown.since else "-",
    }


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "belum pernah"
    days = (now.astimezone(JAKARTA).date() - at.astimezone(JAKARTA).date()).days
    return f"{format_time(at)} ({'hari ini' if days < 1 else f'{days} hari lalu'})"
