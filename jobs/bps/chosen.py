"""The tables of PDRB that an earlier look chose: what is kept of them, and when others must be looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from connectors.bps import CatalogueEntry, FoundSeries, Series
from connectors.bps.dynamic.series import REQUIRED
from connectors.bps.labels import measures_of

CHOICE_LASTS, SEARCHED_AFTER = timedelta(days=28), timedelta(days=7)
"""How long a choice of tables is kept where BPS gives no catalogue, and how long one that lacks a table."""

Marks = Mapping[str, Any]
"""Of the last good look, see :class:`models.tables.Poll`."""


def choice_marks(
    found: FoundSeries, catalogue: Sequence[CatalogueEntry], chosen_on: date | None
) -> dict[str, Any]:
    """What the next look compares with: the chosen tables, and the catalogue that they were chosen by."""
    return {
        "series": {
            "base_year": found.base_year,
            "chosen": {m: _series_mark(s) for m, s in found.series.items()},
            "problems": list(found.problems),
            "chosen_on": chosen_on.isoformat() if chosen_on else "",
        },
        "catalogue": {entry.identity: _catalogue_mark(entry) for entry in catalogue},
    }


def _series_mark(series: Series) -> dict[str, Any]:
    return {
        "var_id": series.var_id,
        "title": series.title,
        "unit": series.unit,
        "reason": series.reason,
        "pinned": series.pinned,
    }


def remembered(marks: Marks, domain: str, base_year: int, pins: Mapping[str, int]) -> FoundSeries | None:
    """The choice of the last good look, unless the office's data ask for another one.

    Args:
        marks: Of that look.
        domain: Of BPS.
        base_year: Of constant prices, as the office has it now.
        pins: Tables that the operator chose, by measure.
    """
    kept = marks.get("series") or {}
    chosen = {m: Series(measure=m, **mark) for m, mark in kept.get("chosen", {}).items()}
    if kept.get("base_year") != base_year:
        return None
    pinned = {m: s.var_id for m, s in chosen.items() if s.pinned}
    if pinned != dict(pins):
        return None
    return FoundSeries(domain, base_year, chosen, tuple(kept.get("problems", ())))


def day_of_choice(marks: Marks) -> date | None:
    """When the remembered tables were chosen."""
    day = (marks.get("series") or {}).get("chosen_on")
    return date.fromisoformat(day) if day else None


def must_choose_again(
    catalogue: Sequence[CatalogueEntry], marks: Marks, found: FoundSeries, today: date
) -> bool:
    """Whether the catalogue's dynamic tables of PDRB are others, or called otherwise, than last time.

    Without a catalogue nothing tells, so the choice is made again from time to time, sooner where a
    table was not found.
    """
    if not catalogue:
        chosen_on = day_of_choice(marks)
        lasts = CHOICE_LASTS if all(measure in found.series for measure in REQUIRED) else SEARCHED_AFTER
        return chosen_on is None or today - chosen_on >= lasts
    last: Mapping[str, Any] = marks.get("catalogue") or {}
    now = {e.identity: e.title for e in catalogue if e.channel == "dynamic"}
    then = {identity: mark["title"] for identity, mark in last.items() if mark["channel"] == "dynamic"}
    return _pdrb_titles(now) != _pdrb_titles(then)


def _pdrb_titles(titles: Mapping[str, str]) -> dict[str, str]:
    return {identity: title for identity, title in titles.items() if measures_of(title)}


def _catalogue_mark(entry: CatalogueEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "channel": entry.channel,
        "newest_year": entry.newest_year,
        "last_update": entry.last_update.isoformat() if entry.last_update else "",
    }


def as_variables(catalogue: Sequence[CatalogueEntry]) -> list[dict[str, Any]]:
    """The dynamic tables of the catalogue as the list of variables would show them, without units."""
    return [
        {"var_id": entry.table_id, "title": entry.title, "unit": ""}
        for entry in catalogue
        if entry.channel == "dynamic"
    ]
