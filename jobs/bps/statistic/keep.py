"""Keeping the statistics that a look read, and saying what that means for the office's indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from core.dates import JAKARTA
from jobs.answers import keep_fetch
from jobs.bps.statistic.look import StatisticsLook, TableReading
from jobs.bps.statistic.realisasi import take_statistics
from jobs.bps.statistic.wanted import Wanted
from models.bps.observations import CellRow, is_kept, record_table
from models.bps.tables import PollOutcome
from reports.wording import join_words


@dataclass(frozen=True)
class StatisticsNews:
    """What a look changed for the indicators.

    Attributes:
        message: In Indonesian; empty where the office names no statistic.
        holds_year: Whether any indicator has its figure of the year now.
    """

    outcome: PollOutcome
    message: str
    holds_year: bool


def keep_statistics(session: Session, look: StatisticsLook, year: int, at: datetime) -> StatisticsNews:
    """Keep the tables that say something new; a figure that an indicator lacked is a release.

    Args:
        session: Of the look's transaction.
        look: What was read.
        year: The reporting year.
        at: The present moment.
    """
    before = take_statistics(session, look.wanted, year)
    for reading in look.readings:
        if not is_kept(session, **_state(reading)):
            _record(session, reading, at)
    after = take_statistics(session, look.wanted, year)
    released = [w for w in look.wanted if (w.indicator, year) in after and (w.indicator, year) not in before]
    revised = [
        w
        for w in look.wanted
        if (old := before.get((w.indicator, year))) and after[w.indicator, year].value != old.value
    ]
    waiting = [w for w in look.wanted if (w.indicator, year) not in after]
    return StatisticsNews(
        PollOutcome.RELEASED if released else PollOutcome.REVISED if revised else PollOutcome.NO_NEWS,
        _tell(look, year, released, revised, waiting),
        bool(after),
    )


def _tell(
    look: StatisticsLook,
    year: int,
    released: Sequence[Wanted],
    revised: Sequence[Wanted],
    waiting: Sequence[Wanted],
) -> str:
    sentences = []
    if released:
        sentences.append(f"BPS merilis {_names(look, released)} {year}.")
    if revised:
        sentences.append(f"{_names(look, revised)} {year}: angka direvisi BPS.")
    if waiting:
        sentences.append(f"BPS belum merilis {_names(look, waiting)} {year}.")
    if look.wanted and not sentences:
        sentences.append(f"{_names(look, look.wanted)} {year} tidak berubah sejak pemeriksaan terakhir.")
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)


def _names(look: StatisticsLook, wanted: Sequence[Wanted]) -> str:
    """What the statistics are called; those that only a number names, by the title of their table."""
    titles = {reading.series: reading.table.title for reading in look.readings}
    names = (w.statistic.spoken or titles.get(w.statistic.series, w.indicator) for w in wanted)
    return join_words(list(dict.fromkeys(names)))


def _state(reading: TableReading) -> dict[str, Any]:
    table = reading.table
    return {
        "source": SOURCE,
        "domain": table.found.domain,
        "measure": reading.series,
        "table_id": str(table.found.var_id),
        "unit": table.unit,
        "base_year": None,
        "last_update": table.last_update,
        "cells": [
            CellRow(c.place, c.label, c.year, c.value, c.status, c.illustrative, c.fetched_index)
            for c in reading.cells
        ],
    }


def _record(session: Session, reading: TableReading, at: datetime) -> None:
    table = reading.table
    changed = table.last_update
    record_table(
        session,
        **_state(reading),
        title=table.title,
        # No list of BPS says on which day a statistic came: the table's own mark is the nearest.
        released_on=changed.astimezone(JAKARTA).date() if changed else None,
        note=table.note,
        fetches=[keep_fetch(session, SOURCE, fetched) for fetched in table.fetched],
        at=at,
    )
