"""From observations to realisasi: what an indicator takes from PDRB, or why it waits.

Growth and share are computed inside one vintage (DESIGN.md, "Measuring"); a rate that BPS itself
publishes is compared with ours and never used in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session

from capaian.growth import agrees as agrees_with
from capaian.growth import growth, share
from capaian.values import Quantity
from connectors.bps.channels import CHANNELS, SOURCE, USED_CHANNELS
from core.dates import format_date
from core.numbers import format_exact, format_percent, round_half_up
from jobs.bps.agreement import Disagreement, find_disagreements
from jobs.bps.states import ILLUSTRATION, Series, not_computable, revision_note
from models.bps.observations import values, vintages
from models.bps.polls import latest_release
from models.bps.tables import Observation
from office.schema import Agency, Indicator, MeasureKind
from reports.realisasi import CourseYear, Realisasi, State

FINAL = "tetap"
TOTAL = "TOTAL"
_SYMBOLS = {"adhb": "ADHB", "adhk": "ADHK"}


def realisasi_of_pdrb(session: Session, agency: Agency) -> dict[tuple[str, int], Realisasi]:
    """What the indicators that are measured from PDRB take, by indicator and reporting year.

    Returns:
        Those that the latest vintage fills; none where BPS has not released what is needed.
    """
    if agency.office.bps is None:
        return {}
    disagreeing = find_disagreements(session, SOURCE, agency.office.bps.domain, agency.year.year)
    chosen = {}
    for indicator in agency.indicators.values():
        measured = _MEASURED.get(indicator.measure.kind)
        taken = measured(session, agency, indicator, disagreeing) if measured else None
        if taken is not None:
            chosen[indicator.id, agency.year.year] = taken
    return chosen


def _series(session: Session, agency: Agency, measure: str, *years: int) -> Series | None:
    """The latest state that speaks of all ``years``, of the channel that wins among those that do."""
    bps = agency.office.bps_source
    base_year = bps.base_year if measure in ("adhk", "growth") else None
    for channel in USED_CHANNELS:
        states: list[Series] = []
        for vintage in vintages(session, SOURCE, bps.domain, measure, base_year=base_year, channel=channel):
            observations = values(session, vintage)
            if set(years) <= {year for _, year in observations}:
                states.append(Series(vintage, observations, session, tuple(reversed(states))))
        if states:
            return states[-1]
    return None


Rate = Callable[[Decimal, Decimal], Decimal | None]


def _growth(
    session: Session, agency: Agency, indicator: Indicator, disagreeing: Sequence[Disagreement]
) -> Realisasi | None:
    """(ADHK_n - ADHK_n-1) / ADHK_n-1 x 100 of one category, from one vintage (table ``iku``)."""
    year, sector = agency.year.year, indicator.measure.sector
    series = _series(session, agency, "adhk", year - 1, year)
    places = [(sector, year), (sector, year - 1)]
    return _computed(session, agency, indicator, "growth", series, places, disagreeing)


def _share(
    session: Session, agency: Agency, indicator: Indicator, disagreeing: Sequence[Disagreement]
) -> Realisasi | None:
    """ADHB of one category / ADHB of all x 100, from one vintage (DESIGN.md, "Measuring")."""
    year, sector = agency.year.year, indicator.measure.sector
    series = _series(session, agency, "adhb", year)
    places = [(sector, year), (TOTAL, year)]
    return _computed(session, agency, indicator, "share", series, places, disagreeing)


_MEASURED = {MeasureKind.PDRB_GROWTH: _growth, MeasureKind.PDRB_SHARE: _share}
_RATES: Mapping[str, Rate] = {"growth": growth, "share": share}


YEARS_BACK = 5
"""So many years before the reporting year belong to the course of an indicator."""


def course_of_pdrb(session: Session, agency: Agency, indicator: Indicator) -> tuple[CourseYear, ...]:
    """The same rate of the years before the reporting year, each of the newest state of one table.

    A year that the table which fills the indicator does not have is taken of the channel after it.

    Returns:
        Oldest first; none where the indicator is not taken of PDRB, and no year of which nothing can be
        computed.
    """
    kind, year, sector = indicator.measure.kind, agency.year.year, indicator.measure.sector
    if agency.office.bps is None or kind not in _MEASURED:
        return ()
    growing = kind is MeasureKind.PDRB_GROWTH
    states = _newest_states(session, agency, "adhk" if growing else "adhb")
    found = []
    for other in range(year - YEARS_BACK, year):
        places = [(sector, other), (sector, other - 1) if growing else (TOTAL, other)]
        rates = ((_rate_of("growth" if growing else "share", series, places), series) for series in states)
        rate, series = next(((rate, series) for rate, series in rates if rate is not None), (None, None))
        if rate is not None and series is not None:
            used = [series.observations[place] for place in places]
            # The longer word is that of the figure that may be revised more.
            status = max({o.status for o in used} - {FINAL}, key=len, default="")
            found.append(CourseYear(other, rate, status, any(o.illustrative for o in used)))
    return tuple(found)


def _newest_states(session: Session, agency: Agency, measure: str) -> list[Series]:
    """The newest state of each channel, in their order."""
    bps, found = agency.office.bps_source, []
    base_year = bps.base_year if measure == "adhk" else None
    for channel in USED_CHANNELS:
        known = vintages(session, SOURCE, bps.domain, measure, base_year=base_year, channel=channel)
        if known:
            found.append(Series(known[-1], values(session, known[-1]), session))
    return found


def _rate_of(published_measure: str, series: Series, places: Sequence[tuple[str, int]]) -> Decimal | None:
    used = [series.find(*place) for place in places]
    if used[0] is None or used[1] is None:
        return None
    return _RATES[published_measure](used[0].value, used[1].value)


def _symbol(measure: str, observation: Observation) -> str:
    return f"{_SYMBOLS[measure]} {observation.sector} {observation.year}"


def _formula(published_measure: str, part: Observation, base: Observation) -> str:
    over = format_exact(base.value)
    if published_measure == "growth":
        return f"({format_exact(part.value)} - {over}) / {over} x 100"
    return f"{format_exact(part.value)} / {over} x 100"


def _computed(
    session: Session,
    agency: Agency,
    indicator: Indicator,
    published_measure: str,
    newest: Series | None,
    places: list[tuple[str, int]],
    disagreeing: Sequence[Disagreement],
) -> Realisasi | None:
    rate = _rate_of(published_measure, newest, places) if newest else None
    if newest is None or rate is None:
        return _without_rate(session, agency, indicator, published_measure, newest, places)
    series, before = newest.since_when(places)
    used, measure = [series.observations[place] for place in places], series.vintage.measure
    inputs = tuple(series.as_input(observation, _symbol(measure, observation)) for observation in used)
    published = _series(session, agency, published_measure, agency.year.year)
    printed = published.find(indicator.measure.sector, agency.year.year) if published else None
    agrees = printed is not None and agrees_with(rate, printed.value)
    notes = [_compare(rate, printed, agrees)] if printed else []
    # A rate that BPS published and that ours equals is BPS's figure, whatever it was computed from.
    illustrative = any(i.illustrative for i in inputs) and not (
        agrees and printed is not None and not printed.illustrative
    )
    if illustrative:
        notes.append(ILLUSTRATION)
    notes += revision_note(rate, _rate_of(published_measure, before, places) if before else None, before)
    notes += _channel_notes(series, places, disagreeing)
    released = series.vintage.released_on
    # The page of the release for people; the address of the WebAPI, without its key, opens for nobody.
    release = latest_release(session, SOURCE, agency.office.bps_source.domain, agency.year.year)
    return Realisasi(
        indicator=indicator.id,
        year=agency.year.year,
        state=State.FINAL if all(o.status == FINAL for o in used) else State.PROVISIONAL,
        value=Quantity(rate, "%"),
        source=_source(series, agency.year.year),
        source_url=release.url if release and release.url else inputs[0].url,
        released_on=released,
        formula=_formula(published_measure, used[0], used[1]),
        inputs=inputs,
        notes=tuple(notes),
        illustrative=illustrative,
        institution="BPS",
    )


def _without_rate(
    session: Session,
    agency: Agency,
    indicator: Indicator,
    published_measure: str,
    newest: Series | None,
    places: Sequence[tuple[str, int]],
) -> Realisasi | None:
    """What an indicator takes of which nothing can be computed; None while its own figure is not there."""
    year, growing = agency.year.year, published_measure == "growth"
    series = newest or _series(session, agency, "adhk" if growing else "adhb", year)
    if series is None or series.find(*places[0]) is None:
        return None
    other = f"tahun {year - 1}" if growing else f"seluruh PDRB {year}"
    base = series.find(*places[1])
    return not_computable(indicator.id, year, series, other, base, _source(series, year))


def _source(series: Series, year: int) -> str:
    """For the column "Sumber Data": who, by which way if not the WebAPI's tables, and when."""
    released = series.vintage.released_on
    who = "BPS" if series.vintage.channel == "dynamic" else f"BPS ({CHANNELS[series.vintage.channel]})"
    return f"{who}, {format_date(released)}" if released else f"{who} Th. {year + 1}"


def _channel_notes(
    series: Series, places: Sequence[tuple[str, int]], disagreeing: Sequence[Disagreement]
) -> list[str]:
    """By which way a figure came when not by the WebAPI's tables, and which channels say otherwise."""
    notes = []
    channel, measure = series.vintage.channel, series.vintage.measure
    if channel != "dynamic":
        notes.append(
            f"Angka dari {CHANNELS[channel]} ({series.vintage.title}); "
            "tabel dinamis WebAPI BPS belum memuatnya."
        )
    notes += [d.as_text() for d in disagreeing if d.measure == measure and (d.sector, d.year) in places]
    return notes


def _compare(rate: Decimal, printed: Observation, agrees: bool) -> str:
    shown = format_percent(printed.value, 2)
    if printed.illustrative:
        return f"Laju dalam tabel pembanding, {shown}, juga angka ilustrasi."
    if agrees:
        return f"Sama dengan angka yang diterbitkan BPS, {shown}."
    return (
        f"Berbeda dengan angka yang diterbitkan BPS, {shown}: hasil hitung "
        f"{format_percent(round_half_up(rate, 4), 4)}; mohon diperiksa."
    )
