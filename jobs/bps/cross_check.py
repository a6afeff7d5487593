"""The other channels of BPS: a release seen in one is looked for in the others, and they are compared.

None of them is averaged with another. The dynamic tables win; what the others say is kept beside them
under its own channel, and where they disagree a person is told. Whatever they do, refuse, hang or lie, the
dynamic tables are kept, but for one doubt that only another channel can raise: at first contact nothing
stored shows that a whole table is in another unit than it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from connectors.bps import (
    BpsClient,
    CatalogueEntry,
    FoundSeries,
    PdrbTable,
    StaticTable,
    find_simdasi_tables,
    find_static_tables,
    read_quarterly,
    read_simdasi_table,
    read_static_table,
    site_of,
)
from connectors.bps.channels import CHANNELS, USED_CHANNELS
from connectors.bps.checks import compare_tables
from connectors.bps.dynamic.pdrb import read_table
from connectors.bps.dynamic.series import REQUIRED
from connectors.bps.labels import MEASURE_NAMES, TOTAL, measures_of
from connectors.bps.revisions import check_revision
from core.errors import ImplausibleFigureError, NothingFoundError
from core.numbers import format_number
from jobs.bps.watch import NOT_FOUND_ADVICE, QUIET_REQUESTS, Memory, Reading, Sighting, attempt, with_series

WEEKDAY = 0
"""Monday: where BPS gives no catalogue, nothing else says that these channels hold more."""
PUBLISHED_RATES = ("growth", "share")
ANOTHER_UNIT = 10
"""By which factor totals of two channels differ at least when one of them mistakes its unit."""


@dataclass(frozen=True)
class CrossCheck:
    """What the other channels gave.

    Attributes:
        tables: By any channel but the dynamic tables of current and constant prices.
        looked: State of the lists at which each channel was last looked at.
        site: The region's web site, for the links of releases; empty when it is not known.
        problems: What a person should know, in Indonesian.
        doubts: By measure why its main table is not kept before a person has looked.
    """

    tables: tuple[PdrbTable, ...] = ()
    doubts: Mapping[str, ImplausibleFigureError] = field(default_factory=dict)
    looked: Mapping[str, Any] | None = None
    site: str = ""
    problems: tuple[str, ...] = ()
    requests: int = 0


def look_at_others(
    client: BpsClient,
    sighting: Sighting,
    reading: Reading,
    memory: Memory,
    today: date,
    *,
    news: bool,
    accept_revision: bool = False,
) -> CrossCheck:
    """Look at the channels that have a reason to be looked at.

    With news, or when the main tables were refused, all of them; otherwise only those whose entry in BPS's
    lists changed since they were last read, and one published table a day in turn while the requests of a
    quiet look allow it.

    Args:
        client: Of the WebAPI.
        sighting: What the lists show.
        reading: The main tables.
        memory: What earlier looks left.
        today: In Jakarta; decides whose turn it is.
        news: Whether the main tables brought something new.
        accept_revision: Believe the main tables, since a person has looked.

    Raises:
        LkjipError: Every main table was refused or is doubted, and no other channel has the year.
        KeyRefusedError: There is no main table, and every other channel refuses the key.
        NothingFoundError: No channel has PDRB of the region, nor ever had.
    """
    if not sighting.target.pdrb:
        return CrossCheck()
    before, problems = client.requests, list[str]()
    last: Mapping[str, Any] = memory.marks.get("looked") or {}
    state = _state(sighting, last)
    wanted = news or reading.refusal is not None
    due = [c for c in _READERS if wanted or _is_due(c, state, memory, reading, sighting, today)]
    tables, read_whole = list[PdrbTable](), set[str]()
    for channel in due:
        readers = (
            attempt(client, problems, _NAMES[channel], partial(_READERS[channel], client, sighting)) or []
        )
        for read in readers:
            given = attempt(client, problems, _NAMES[channel], read) or []
            tables += [table for table in given if _is_believed(table, memory, problems)]
        if not client.out_of_time:
            read_whole.add(channel)
    usable = any(table.measure in REQUIRED and table.channel in USED_CHANNELS for table in tables)
    if not sighting.main_measures and client.refusal:
        raise client.refusal
    if not (sighting.main_measures or memory.marks or usable):
        raise NothingFoundError(sighting.found.problems[-1], todo=NOT_FOUND_ADVICE)
    spent = sighting.requests + reading.requests + client.requests - before
    if not due and reading.tables and spent < QUIET_REQUESTS:
        tables += _in_turn(client, sighting, problems, today)
    site = str(memory.marks.get("site") or "")
    if news and not site:
        site = (
            attempt(client, problems, "daftar wilayah", lambda: site_of(client, sighting.target.domain)) or ""
        )
    rates = [table for table in tables if table.channel == "dynamic"]
    others = [table for table in tables if table.channel != "dynamic"]
    doubts = {} if accept_revision else _doubts(reading.tables, others, memory)
    others = [table for table in others if table.measure not in doubts]
    compared = [*_agreeing_rates(reading.tables, rates, problems), *others]
    told = [str(doubt) for doubt in doubts.values()]
    if reading.refusal or (doubts and all(table.measure in doubts for table in reading.tables)):
        refusal = reading.refusal or next(iter(doubts.values()))
        if not any(_stands_in(table, sighting, memory) for table in others):
            raise refusal
        told = [str(refusal), *(doubt for doubt in told if doubt != str(refusal))]
    return CrossCheck(
        tables=tuple(compared),
        doubts=doubts,
        # What there was no time for has a reason to be looked at the next time, whatever the lists show then.
        looked={**last, **{channel: state[channel] if channel in read_whole else {} for channel in due}},
        site=site,
        problems=tuple(dict.fromkeys((*told, *problems))),
        requests=client.requests - before,
    )


def _agreeing_rates(
    main: Sequence[PdrbTable], rates: Sequence[PdrbTable], problems: list[str]
) -> list[PdrbTable]:
    """The published rates that the values may have given, with remarks; others are problems."""
    agreeing = []
    for table in rates:
        try:
            agreeing.append(compare_tables([*main, table])[-1])
        except ImplausibleFigureError as error:
            problems.append(
                f"Saluran {_NAMES['rates']} tidak dipakai kali ini, angka tabel nilainya tetap dipakai: "
                f"{error.message}"
            )
    return agreeing


def _doubts(
    main: Sequence[PdrbTable], others: Sequence[PdrbTable], memory: Memory
) -> dict[str, ImplausibleFigureError]:
    """Which main tables, of measures of which nothing is stored, another channel has in another unit."""
    doubts: dict[str, ImplausibleFigureError] = {}
    for table in main:
        for other in others:
            if (
                table.measure == other.measure
                and table.base_year == other.base_year
                and table.measure not in doubts
                and not memory.holds(table.measure)
                and (years := _years_in_another_unit(table, other))
            ):
                doubts[table.measure] = _doubt(table, other, years[-1])
    return doubts


def _years_in_another_unit(table: PdrbTable, other: PdrbTable) -> list[int]:
    pairs = [(year, _total(table, year), _total(other, year)) for year in table.years]
    return [y for y, one, two in pairs if one and two and max(one, two) >= ANOTHER_UNIT * min(one, two)]


def _total(table: PdrbTable, year: int) -> Decimal | None:
    cell = table.find(TOTAL, year)
    return cell.value if cell else None


def _doubt(table: PdrbTable, other: PdrbTable, year: int) -> ImplausibleFigureError:
    ours, theirs = (format_number(_total(t, year) or Decimal(0), 2) for t in (table, other))
    return ImplausibleFigureError(
        f"{MEASURE_NAMES[table.measure]} seluruhnya tahun {year} menurut {CHANNELS[table.channel]} "
        f"({table.title!r}) {ours} {table.unit.lower()}, tetapi menurut {CHANNELS[other.channel]} "
        f"({other.title!r}) {theirs} {other.unit.lower()}. Selisih {ANOTHER_UNIT} kali lipat atau lebih "
        "berarti satuan salah satunya keliru, dan belum ada angka tersimpan yang menunjukkan yang mana; "
        "keduanya tidak dipakai.",
        todo=f"periksa kedua tabel itu di laman BPS; bila {CHANNELS[table.channel]} yang benar, jalankan: "
        "lkjip poll --accept-revision.",
    )


def _stands_in(table: PdrbTable, sighting: Sighting, memory: Memory) -> bool:
    """Whether a table fills an indicator for which nothing of the dynamic tables is stored."""
    return (
        table.measure in REQUIRED
        and table.channel in USED_CHANNELS
        and sighting.target.year in table.years
        and not memory.holds(table.measure, sighting.target.year)
    )


def _is_believed(table: PdrbTable, memory: Memory, problems: list[str]) -> bool:
    """Whether a table's figures can stand beside what is stored; if not, why is a problem."""
    try:
        check_revision(table, memory.known)
    except ImplausibleFigureError as error:
        problems.append(str(error))
        return False
    return True


def _state(sighting: Sighting, last: Mapping[str, Any]) -> dict[str, Any]:
    """For each channel what the lists show of it: what is out, and the channel's own tables.

    A list that could not be read shows what it showed ``last``: its silence is no change.
    """
    about = [e for e in sighting.catalogue if measures_of(e.title)]
    rates = {str(s.var_id) for m, s in sighting.found.series.items() if m in PUBLISHED_RATES}
    out = sorted(r.identity for r in sighting.releases if not r.announced)
    own = {channel: [e for e in about if e.channel == channel] for channel in _READERS}
    own["rates"] = [e for e in about if e.channel == "dynamic" and e.table_id in rates]
    state = {}
    for channel, entries in own.items():
        before = last.get(channel) or {"releases": [], "tables": []}
        tables = list(map(_brief, entries)) if sighting.catalogue else before["tables"]
        state[channel] = {"releases": sorted({*out, *before["releases"]}), "tables": tables}
    return state


def _brief(entry: CatalogueEntry) -> list[str]:
    stamp = entry.last_update.isoformat() if entry.last_update else ""
    return [entry.identity, str(entry.newest_year or ""), stamp]


def _is_due(
    channel: str, state: Mapping[str, Any], memory: Memory, reading: Reading, sighting: Sighting, today: date
) -> bool:
    """Whether the lists show more of a channel than when it was last read.

    Where a region has no main table, these channels are all there is: they are read at the first look,
    and where no catalogue tells of them weekly.
    """
    if not sighting.main_measures and (
        not memory.marks or (not sighting.catalogue and today.weekday() == WEEKDAY)
    ):
        return True
    last, now = (memory.marks.get("looked") or {}).get(channel), state[channel]
    if last is not None:
        return bool(now != last)
    # Never read yet: only a sign that the year is out somewhere is a reason.
    return bool(sighting.release and not sighting.release.announced and not reading.tables)


def _in_turn(client: BpsClient, sighting: Sighting, problems: list[str], today: date) -> list[PdrbTable]:
    """One of the published rate tables, another one each day: its figures may change without a word too."""
    measures = [m for m in PUBLISHED_RATES if m in sighting.found.series]
    if not measures:
        return []
    measure = measures[today.toordinal() % len(measures)]
    found = with_series(sighting.found, [measure])
    return attempt(client, problems, _NAMES["rates"], lambda: _read_rates(client, sighting, found)) or []


Reader = Callable[[], list[PdrbTable]]


def _rates(client: BpsClient, sighting: Sighting) -> list[Reader]:
    measures = [m for m in PUBLISHED_RATES if m in sighting.found.series]
    return [partial(_read_rates, client, sighting, with_series(sighting.found, [m])) for m in measures]


def _read_rates(client: BpsClient, sighting: Sighting, found: FoundSeries) -> list[PdrbTable]:
    tables = [read_table(client, found, series, sighting.target.years) for series in found.series.values()]
    return [table for table in tables if table.cells]


def _static(client: BpsClient, sighting: Sighting) -> list[Reader]:
    target = sighting.target

    def read(table: StaticTable) -> list[PdrbTable]:
        return [read_static_table(client, target.domain, table, target.base_year)]

    return [partial(read, table) for table in find_static_tables(client, target.domain)]


def _simdasi(client: BpsClient, sighting: Sighting) -> list[Reader]:
    target = sighting.target
    return [
        partial(read_simdasi_table, client, target.domain, table, target.years, target.base_year)
        for table in find_simdasi_tables(client, target.domain)
    ]


def _quarterly(client: BpsClient, sighting: Sighting) -> list[Reader]:
    target = sighting.target
    return [partial(read_quarterly, client, target.domain, target.year, target.base_year)]


_NAMES = {**CHANNELS, "rates": "tabel laju dan distribusi"}
_READERS: Mapping[str, Callable[[BpsClient, Sighting], list[Reader]]] = {
    "rates": _rates,
    "static": _static,
    "simdasi": _simdasi,
    "quarterly": _quarterly,
}
"""How each is read. It is looked at on news, and when the catalogue shows other tables of it than last time;
of a channel that stands in no catalogue only the releases tell."""
