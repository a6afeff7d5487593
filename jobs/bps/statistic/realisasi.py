"""From the kept states of a table to what an indicator takes: value, growth, share or change in points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from capaian.growth import difference, growth, share
from capaian.values import Quantity
from connectors.bps.channels import SOURCE
from connectors.bps.labels import FINAL, is_percent
from core.dates import format_date
from core.numbers import format_exact
from jobs.bps.states import ILLUSTRATION, Series, not_computable, plain_number, revision_note
from jobs.bps.statistic.wanted import Wanted, wanted_statistics
from jobs.workspace import Workspace
from models.bps.observations import values, vintages
from models.bps.tables import Observation
from models.session import open_session
from office.bps import Statistic, Take
from office.schema import Agency
from reports.realisasi import Realisasi, State

_WITHOUT_UNIT = ("", "-", "tidak ada", "tidak ada satuan", "indeks", "poin")
_POINTS = ("poin", "poin persen", "persen poin", "%")
"""How offices write percentage points, the one first that is used where the target says none."""


@dataclass(frozen=True)
class _Way:
    """How a figure is computed of the inputs.

    Attributes:
        compute: From the figures in the order of :func:`_places`.
        formula: The same with the numbers put in; empty where a value is taken as it is.
    """

    compute: Callable[..., Decimal | None]
    formula: Callable[..., str]


_WAYS: Mapping[Take, _Way] = {
    Take.VALUE: _Way(lambda now: now, lambda _now: ""),
    Take.GROWTH: _Way(growth, lambda now, before: f"({now} - {before}) / {before} x 100"),
    Take.SHARE: _Way(share, lambda part, whole: f"{part} / {whole} x 100"),
    Take.POINTS: _Way(difference, lambda now, before: f"{now} - {before}"),
}
_Place = tuple[str, int]


def realisasi_of_statistics(session: Session, agency: Agency) -> dict[tuple[str, int], Realisasi]:
    """What the indicators that name a statistic of BPS take, by indicator and reporting year.

    Returns:
        Those whose figures are kept; none where BPS has not released what is needed.
    """
    return take_statistics(session, wanted_statistics(session, agency), agency.year.year)


def holds_statistics(workspace: Workspace) -> bool:
    """Whether any indicator that names a statistic of BPS has its figure of the reporting year."""
    with open_session(workspace.engine, read_only=True) as session:
        taken = realisasi_of_statistics(session, workspace.agency)
    return any(realisasi.value is not None for realisasi in taken.values())


def take_statistics(
    session: Session, wanted: Iterable[Wanted], year: int
) -> dict[tuple[str, int], Realisasi]:
    """As :func:`realisasi_of_statistics`, for what is named."""
    taken = (_taken(session, entry, year) for entry in wanted)
    return {(realisasi.indicator, realisasi.year): realisasi for realisasi in taken if realisasi}


def _taken(session: Session, wanted: Wanted, year: int) -> Realisasi | None:
    statistic = wanted.statistic
    places = _places(statistic, year)
    newest = _newest(session, wanted, places)
    value = _compute(statistic.take, newest, places) if newest else None
    if newest is None or value is None:
        return _without_value(session, wanted, places)
    series, before = newest.since_when(places)
    used = [series.observations[place] for place in places]
    inputs = tuple(series.as_input(o, f"{o.label} {o.year}") for o in used)
    illustrative = any(entry.illustrative for entry in inputs)
    notes = [f"{series.vintage.title}; {used[0].label}."]
    notes += [ILLUSTRATION] if illustrative else []
    earlier = _compute(statistic.take, before, places) if before else None
    notes += revision_note(value, earlier, before, plain_number)
    released = series.vintage.released_on
    return Realisasi(
        indicator=wanted.indicator,
        year=year,
        state=State.FINAL if all(o.status == FINAL for o in used) else State.PROVISIONAL,
        value=Quantity(value, unit_of(statistic.take, series.vintage.unit, wanted.unit)),
        source=_source(series, year),
        source_url=statistic.table if statistic.address else inputs[0].url,
        released_on=released,
        formula=_WAYS[statistic.take].formula(*(_in_formula(o.value) for o in used)),
        inputs=inputs,
        notes=tuple(notes),
        illustrative=illustrative,
        institution="BPS",
    )


def _without_value(session: Session, wanted: Wanted, places: Sequence[_Place]) -> Realisasi | None:
    """What an indicator takes of which nothing can be computed; None while its own figure is not there."""
    own = _newest(session, wanted, places[:1])
    if own is None:
        return None
    statistic, year = wanted.statistic, places[0][1]
    other = f"baris {statistic.of!r} {year}" if statistic.of else f"tahun {year - 1}"
    return not_computable(wanted.indicator, year, own, other, own.find(*places[-1]), _source(own, year))


def _source(series: Series, year: int) -> str:
    released = series.vintage.released_on
    return f"BPS, {format_date(released)}" if released else f"BPS Th. {year + 1}"


def _in_formula(value: Decimal) -> str:
    """A figure as it stands behind a sign of calculation."""
    return f"({format_exact(value)})" if value < 0 else format_exact(value)


def _places(statistic: Statistic, year: int) -> list[_Place]:
    """Where the figures stand that are needed: the one that is asked for first."""
    own = statistic.place(statistic.row)
    if statistic.take is Take.VALUE:
        return [(own, year)]
    return [(own, year), (statistic.place(statistic.of), year) if statistic.of else (own, year - 1)]


def _newest(session: Session, wanted: Wanted, places: Sequence[_Place]) -> Series | None:
    """The latest state that has every figure that is needed, with those before it."""
    states: list[Series] = []
    for vintage in vintages(session, SOURCE, wanted.domain, wanted.statistic.series):
        observations = values(session, vintage)
        if all(place in observations for place in places):
            states.append(Series(vintage, observations, session, tuple(reversed(states))))
    return states[-1] if states else None


def _compute(take: Take, series: Series, places: Sequence[_Place]) -> Decimal | None:
    found: list[Observation | None] = [series.find(*place) for place in places]
    figures = [observation.value for observation in found if observation]
    return _WAYS[take].compute(*figures) if len(figures) == len(places) else None


def unit_of(take: Take, unit: str, asked: str) -> str:
    """The unit of what is taken.

    Args:
        take: Growth and share are per cent.
        unit: Of the table; *Persen* is ``%``.
        asked: Of the indicator's target: a table without a unit (an index) takes it, and so do percentage
            points, which offices write in several ways. No other unit is ever changed.
    """
    if take in (Take.GROWTH, Take.SHARE):
        return "%"
    if is_percent(unit):
        if take is not Take.POINTS:
            return "%"
        return asked if asked.casefold() in _POINTS else _POINTS[0]
    if unit.casefold() in _WITHOUT_UNIT:
        return "" if asked == "%" else asked
    return unit
