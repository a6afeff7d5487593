"""Looking at BPS for one region and year: its lists first, then its tables, then the other channels.

A look without news costs at most :data:`QUIET_REQUESTS` requests: the table catalogue, the two lists of
releases, the tables of current and constant prices, and one more thing, in turn. The catalogue and the
lists only ever tell where to look; whether there is news is decided by the figures, since BPS has changed
figures without a word (bps.md, section 6).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from connectors.bps import (
    BpsClient,
    CatalogueEntry,
    FoundSeries,
    PdrbTable,
    Release,
    first_about,
    read_catalogue,
    read_releases,
)
from connectors.bps.checks import check_prices
from connectors.bps.dynamic.pdrb import read_table
from connectors.bps.dynamic.series import REQUIRED, newest_listed_years, search_series
from connectors.bps.revisions import check_revision
from core.errors import (
    ImplausibleFigureError,
    KeyRefusedError,
    LkjipError,
    NothingFoundError,
    OutOfTimeError,
    SourceError,
)
from jobs.bps.chosen import as_variables, choice_marks, day_of_choice, must_choose_again, remembered

logger = logging.getLogger(__name__)

QUIET_REQUESTS = 6
"""Requests that a look without news may cost; what is optional is left out beyond that."""
NOT_FOUND_ADVICE = (
    "periksa kode wilayah; bila tabelnya ada dengan judul lain, isikan nomornya pada bps.pins di office.yaml."
)

SIDE_SHARE = 1 / 3
"""Of the time that a look has left, what each of BPS's lists may take: they only tell where to look."""

Known = Mapping[tuple[str, str, int], Decimal]
"""Stored values by measure, category and year, in the table's unit."""
T = TypeVar("T")


@dataclass(frozen=True)
class Target:
    """Which region and year are looked for.

    Attributes:
        domain: Of BPS, ``3529``.
        year: The reporting year; the one before is read with it.
        base_year: Of constant prices.
        pins: Tables that the operator chose, by measure.
        pdrb: Whether PDRB is looked for; not where the office takes only other statistics of BPS.
    """

    domain: str
    year: int
    base_year: int = 2010
    pins: Mapping[str, int] = field(default_factory=dict)
    pdrb: bool = True

    @property
    def years(self) -> list[int]:
        """The years that are read: growth needs the one before."""
        return [self.year - 1, self.year]


@dataclass(frozen=True)
class Memory:
    """What earlier looks left.

    Attributes:
        marks: Of the last good look, see :class:`models.tables.Poll`.
        known: The stored values of the WebAPI's dynamic tables.
    """

    marks: Mapping[str, Any] = field(default_factory=dict)
    known: Known = field(default_factory=dict)

    def holds(self, measure: str, year: int | None = None) -> bool:
        """Whether values of a measure are stored, of one year or of any."""
        return any(m == measure and year in (None, y) for m, _, y in self.known)


@dataclass(frozen=True)
class Sighting:
    """What the lists of BPS show.

    Attributes:
        found: The tables of PDRB.
        catalogue: BPS's own list of its tables; empty where it has none.
        releases: Publications and press releases about PDRB, announced ones included.
        problems: What a person should know, in Indonesian.
        requests: How many requests it took.
        chosen_on: When the tables were chosen.
    """

    target: Target
    found: FoundSeries
    catalogue: tuple[CatalogueEntry, ...]
    releases: tuple[Release, ...]
    problems: tuple[str, ...]
    requests: int
    chosen_on: date | None = None

    @property
    def release(self) -> Release | None:
        """The earliest release about the year that is out, else its first announcement."""
        return first_about(self.releases, self.target.year)

    @property
    def main_measures(self) -> list[str]:
        """Which prices have a dynamic table, constant ones first: two indicators need them."""
        return [measure for measure in sorted(REQUIRED, reverse=True) if measure in self.found.series]

    @property
    def announced(self) -> tuple[Release, ...]:
        """Releases to come, whichever year they are about."""
        return tuple(r for r in self.releases if r.announced)

    def marks(self) -> dict[str, Any]:
        """What the next look compares with."""
        return {
            **choice_marks(self.found, self.catalogue, self.chosen_on),
            "releases": {f"{r.channel}/{r.identity}": r.mark for r in self.releases},
        }


@dataclass(frozen=True)
class Reading:
    """What was read.

    Attributes:
        tables: The dynamic tables of the region that hold the reporting year.
        listed: Years that the table of constant prices names, filled or not; empty when not asked.
        newest: The newest year with figures that was seen, or None.
        gone: Whether a table has no figure at all any more, so that another must be looked for.
        refusal: Why the figures of every main table were refused; there are no tables then, and another
            channel may stand in for them.
        problems: What a person should know, in Indonesian.
        requests: How many requests it took.
    """

    tables: tuple[PdrbTable, ...]
    refusal: LkjipError | None = None
    listed: tuple[int, ...] = ()
    newest: int | None = None
    gone: bool = False
    problems: tuple[str, ...] = ()
    requests: int = 0


def look_at_lists(client: BpsClient, target: Target, memory: Memory, today: date) -> Sighting:
    """Look at the catalogue and the releases, and settle which tables of PDRB to read.

    The tables chosen by an earlier look are kept while the catalogue does not show others. A list that
    cannot be read stops nothing: it becomes a problem. So does a table that a region never had: it may
    have static tables instead, which :func:`jobs.bps.cross_check.look_at_others` reads.

    Raises:
        SourceError: No usable answer, or a table whose figures are stored is gone.
        OutOfTimeError: Which tables there are was not learnt in the time of the look.
    """
    if not target.pdrb:
        return Sighting(target, FoundSeries(target.domain, target.base_year, {}), (), (), (), 0)
    before, problems = client.requests, list[str]()
    with client.at_most(SIDE_SHARE):
        catalogue = (
            attempt(client, problems, "katalog tabel", lambda: read_catalogue(client, target.domain)) or ()
        )
    found = remembered(memory.marks, target.domain, target.base_year, target.pins)
    chosen_on = day_of_choice(memory.marks)
    if found is None or must_choose_again(catalogue, memory.marks, found, today):
        chosen_on = today
        try:
            found = search_series(
                client, target.domain, target.pins, target.base_year, shown=as_variables(catalogue)
            )
        except OutOfTimeError as error:
            raise unread("Daftar tabel PDRB", error) from None
        if any(measure not in found.series and memory.holds(measure) for measure in REQUIRED):
            raise NothingFoundError(found.problems[-1], todo=NOT_FOUND_ADVICE)
    with client.at_most(SIDE_SHARE):
        releases = attempt(
            client,
            problems,
            "daftar publikasi dan berita resmi",
            lambda: read_releases(client, target.domain, released_in=today.year, today=today),
        )
    return Sighting(
        target=target,
        found=found,
        catalogue=catalogue,
        releases=releases or (),
        problems=(*found.problems, *problems),
        requests=client.requests - before,
        chosen_on=chosen_on,
    )


def read_main_tables(
    client: BpsClient, sighting: Sighting, memory: Memory, *, accept_revision: bool = False
) -> Reading:
    """Read current and constant prices of the reporting year and the one before, and check them.

    Args:
        client: Of the WebAPI.
        sighting: Which tables.
        memory: What is stored; figures that differ from it beyond belief are refused.
        accept_revision: Take them all the same, since a person has looked.

    Raises:
        SourceError: No usable answer, which may pass, or BPS refuses the key.
        OutOfTimeError: The time of the look ended before any table was read; where one was, what the
            time did not suffice for is a problem.
    """
    before, target = client.requests, sighting.target
    tables, problems = list[PdrbTable](), list[str]()
    errors = list[SourceError | ImplausibleFigureError]()
    seen: set[int] = set()
    gone = False
    for measure in sighting.main_measures:
        if seen and not tables and sighting.requests + client.requests - before >= QUIET_REQUESTS:
            break  # A costly first look; current prices have their turn in the next one.
        try:
            table = read_table(client, sighting.found, sighting.found.series[measure], target.years)
            if not accept_revision:
                check_revision(table, memory.known)
        except (SourceError, ImplausibleFigureError) as error:
            if isinstance(error, KeyRefusedError) or (isinstance(error, SourceError) and error.retryable):
                raise
            title = repr(sighting.found.series[measure].title)
            errors.append(unread(f"Tabel {title}", error) if isinstance(error, OutOfTimeError) else error)
            continue
        seen.update(table.years)
        gone = gone or not table.cells
        if target.year in table.years:
            tables.append(table)
        elif memory.holds(measure, target.year):
            problems.append(
                f"Tahun {target.year} tidak lagi ada pada {table.title!r} di BPS; angka yang tersimpan "
                "tetap dipakai."
            )
    refusal: LkjipError | None = _contradiction(tables)
    if errors and len(errors) == len(sighting.main_measures):
        late = [error.message for error in errors if isinstance(error, OutOfTimeError)]
        if len(late) == len(errors):  # nor is there time for other channels
            raise OutOfTimeError(" ".join(late), todo=errors[0].todo)
        refusal = errors[0]
    if refusal is not None:
        tables = []
    problems += [str(error) for error in errors if error is not refusal]
    listed: tuple[int, ...] = ()
    spent = sighting.requests + client.requests - before
    if sighting.main_measures and not (tables or errors or refusal) and (spent < QUIET_REQUESTS or not seen):
        first = sighting.found.series[sighting.main_measures[0]]
        try:
            listed = newest_listed_years(client, target.domain, first.var_id)
        except OutOfTimeError as error:
            problems.append(str(unread(f"Daftar tahun tabel {first.title!r}", error)))
    return Reading(
        tables=tuple(tables),
        refusal=refusal,
        listed=listed,
        newest=max([*seen, *(year for year in listed if year < target.year)], default=None),
        gone=gone,
        problems=tuple(problems),
        requests=client.requests - before,
    )


def _contradiction(tables: Sequence[PdrbTable]) -> ImplausibleFigureError | None:
    try:
        check_prices(tables)
    except ImplausibleFigureError as error:
        return error
    return None


def attempt(client: BpsClient, problems: list[str], name: str, read: Callable[[], T]) -> T | None:
    """Read a side channel, which stops nothing: whatever it does becomes a problem and gives None.

    That it refuses the key too: whether the key is good, the main tables tell.
    """
    try:
        with client.aside():
            return read()
    except NothingFoundError:
        return None  # a region need not have every channel
    except (SourceError, ImplausibleFigureError) as error:
        problems.append(f"Saluran {name} tidak terbaca kali ini: {error.message}")
    except Exception as error:  # an answer that nobody foresaw must not cost the main tables
        places = "".join(traceback.format_tb(error.__traceback__))  # its words may hold what BPS sent
        logger.error("Saluran %s: %s\n%s", name, type(error).__name__, places)
        problems.append(
            f"Saluran {name} tidak terbaca kali ini: jawabannya membuat program keliru "
            f"({type(error).__name__}); laporkan kepada pembuat program."
        )
    return None


def unread(what: str, error: OutOfTimeError) -> OutOfTimeError:
    """The same error, saying what was not read."""
    return OutOfTimeError(f"{what} tidak terbaca kali ini: {error.message}", todo=error.todo)


def with_series(found: FoundSeries, measures: Sequence[str]) -> FoundSeries:
    """The same region with only some of its tables."""
    return replace(found, series={m: s for m, s in found.series.items() if m in measures})
