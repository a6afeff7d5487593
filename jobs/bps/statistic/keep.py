"""Keeping the statistics that a look read, and saying what that means for the office's indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from core.dates import JAKARTA
from core.lists import join_words
from jobs.answers import keep_fetch
from jobs.bps.statistic.look import StatisticsLook, TableReading
from jobs.bps.statistic.realisasi import take_statistics
from jobs.bps.statistic.wanted import Wanted
from models.bps.observations import CellRow, TableState, is_kept, record_table
from models.bps.tables import PollOutcome
from reports.realisasi import Realisasi


@dataclass(frozen=True)
class StatisticsNews:
    """What a look changed for the indicators.

    Attributes:
        message: In Indonesian; empty where the office names no statistic.
        holds_year: Whether any indicator has its figure of the year now.
        problems: Indicators whose figure is there and of which nothing can be computed.
    """

    outcome: PollOutcome
    message: str
    holds_year: bool
    problems: tuple[str, ...]


class _Fate(Enum):
    """What became of an indicator's figure of the year, and the sentence that says so."""

    RELEASED = "BPS merilis {names} {year}."
    REVISED = "{names} {year}: angka direvisi BPS."
    WAITING = "BPS belum merilis {names} {year}."
    UNCHANGED = "{names} {year} tidak berubah sejak pemeriksaan terakhir."
    REFUSED = "{names} {year} di BPS tidak dapat dipakai; sebabnya disebut tersendiri."


_NEWS = {_Fate.RELEASED: PollOutcome.RELEASED, _Fate.REVISED: PollOutcome.REVISED}


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
        if not is_kept(session, _state(reading), _cells(reading)):
            _record(session, reading, at)
    after = take_statistics(session, look.wanted, year)
    fates: dict[_Fate, list[Wanted]] = {fate: [] for fate in _Fate}
    problems = []
    for wanted in look.wanted:
        was, now = (taken.get((wanted.indicator, year)) for taken in (before, after))
        if now is not None and now.value is None:
            problems.append(_not_computable(wanted, now))
            fates[_Fate.REFUSED].append(wanted)
        else:
            fates[_fate(was, now, wanted.indicator in look.refused)].append(wanted)
    outcome = next((news for fate, news in _NEWS.items() if fates[fate]), PollOutcome.NO_NEWS)
    return StatisticsNews(outcome, _tell(look, year, fates), _has_value(after), tuple(problems))


def _fate(before: Realisasi | None, after: Realisasi | None, refused: bool) -> _Fate:
    if after is None:
        return _Fate.REFUSED if refused else _Fate.WAITING
    if before is None or before.value is None:
        return _Fate.RELEASED
    same = (before.value, before.state) == (after.value, after.state)
    return _Fate.UNCHANGED if same else _Fate.REVISED


def _has_value(taken: Mapping[tuple[str, int], Realisasi]) -> bool:
    return any(realisasi.value is not None for realisasi in taken.values())


def _not_computable(wanted: Wanted, taken: Realisasi) -> str:
    why = taken.reason[:1].lower() + taken.reason[1:]
    return (
        f"Indikator {wanted.indicator}: angka {taken.year} sudah ada di BPS, tetapi "
        f"{wanted.statistic.take.value} tidak dapat dihitung karena {why}"
    )


def _tell(look: StatisticsLook, year: int, fates: Mapping[_Fate, Sequence[Wanted]]) -> str:
    """A sentence for each fate; what stayed as it was is told only where nothing else is."""
    told = [fate for fate, wanted in fates.items() if wanted]
    told = [fate for fate in told if fate is not _Fate.UNCHANGED or told == [fate]]
    sentences = [fate.value.format(names=_names(look, fates[fate]), year=year) for fate in told]
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)


def _names(look: StatisticsLook, wanted: Sequence[Wanted]) -> str:
    """What the statistics are called; those that only a number names, by the title of their table."""
    titles = {reading.series: reading.table.title for reading in look.readings}
    names = (w.statistic.spoken or titles.get(w.statistic.series, w.indicator) for w in wanted)
    return join_words(list(dict.fromkeys(names)))


def _state(reading: TableReading) -> TableState:
    table = reading.table
    return TableState(
        source=SOURCE,
        domain=table.found.domain,
        measure=reading.series,
        channel="dynamic",
        base_year=None,
        table_id=str(table.found.var_id),
        unit=table.unit,
        last_update=table.last_update,
    )


def _cells(reading: TableReading) -> list[CellRow]:
    return [
        CellRow(c.place, c.label, c.year, c.value, c.status, c.illustrative, c.fetched_index)
        for c in reading.cells
    ]


def _record(session: Session, reading: TableReading, at: datetime) -> None:
    table = reading.table
    changed = table.last_update
    record_table(
        session,
        _state(reading),
        _cells(reading),
        [keep_fetch(session, SOURCE, fetched) for fetched in table.fetched],
        title=table.title,
        # No list of BPS says on which day a statistic came: the table's own mark is the nearest.
        released_on=changed.astimezone(JAKARTA).date() if changed else None,
        note=table.note,
        at=at,
    )
