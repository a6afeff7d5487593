"""From observations to realisasi: what each PDRB indicator takes, or why it waits.

Growth and share are computed inside one vintage (DESIGN.md, "Measuring"); a rate that BPS itself
publishes is compared with ours and never used in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from capaian.growth import agrees as agrees_with
from capaian.growth import growth, share
from capaian.values import Quantity
from core.dates import format_date
from core.numbers import format_exact, format_percent, round_half_up
from models.observations import values, vintages
from models.polls import latest_release
from models.tables import Fetch, Observation, Vintage
from reports.agency.schema import Agency, Indicator, MeasureKind
from reports.realisasi import Input, Realisasi, State
from reports.reported import reported_realisasi

SOURCE = "bps"
FINAL = "tetap"
TOTAL = "TOTAL"
_SYMBOLS = {"adhb": "ADHB", "adhk": "ADHK"}


@dataclass(frozen=True)
class Series:
    """One vintage of one table with its observations by category and year."""

    vintage: Vintage
    observations: Mapping[tuple[str, int], Observation]
    session: Session

    def find(self, sector: str, year: int) -> Observation | None:
        """The observation of a category and year, or None."""
        return self.observations.get((sector, year))

    def as_input(self, observation: Observation) -> Input:
        """The observation with everything that leads back to the bytes."""
        fetch = self.session.get(Fetch, observation.fetch_id)
        return Input(
            name=f"{self.vintage.title}: {observation.label} {observation.year}",
            symbol=f"{_SYMBOLS[self.vintage.measure]} {observation.sector} {observation.year}",
            value=observation.value,
            unit=self.vintage.unit,
            status=observation.status,
            vintage=str(self.vintage.id),
            released_on=self.vintage.released_on,
            snapshot=fetch.snapshot_sha256 if fetch else "",
            url=fetch.url if fetch else "",
            illustrative=observation.illustrative,
        )


def select_realisasi(session: Session, agency: Agency) -> dict[tuple[str, int], Realisasi]:
    """The realisasi of every indicator, by indicator and year.

    Args:
        session: Where the observations are.
        agency: The office with its own reported values.

    Returns:
        Reported values as the office has them, PDRB indicators of the reporting year from the
        latest vintage, waiting where BPS has not released what they need.
    """
    chosen = reported_realisasi(agency)
    for indicator in agency.indicators.values():
        key = (indicator.id, agency.year.year)
        if indicator.measure.kind is MeasureKind.PDRB_GROWTH:
            chosen[key] = _growth(session, agency, indicator) or chosen[key]
        elif indicator.measure.kind is MeasureKind.PDRB_SHARE:
            chosen[key] = _share(session, agency, indicator) or chosen[key]
    return chosen


def _series(session: Session, agency: Agency, measure: str, *years: int) -> Series | None:
    """The latest vintage that speaks of all ``years``: that of another reporting year may not."""
    bps = agency.office.bps
    base_year = bps.base_year if measure in ("adhk", "growth") else None
    for vintage in reversed(vintages(session, SOURCE, bps.domain, measure, base_year=base_year)):
        observations = values(session, vintage)
        if set(years) <= {year for _, year in observations}:
            return Series(vintage, observations, session)
    return None


def _growth(session: Session, agency: Agency, indicator: Indicator) -> Realisasi | None:
    """(ADHK_n - ADHK_n-1) / ADHK_n-1 x 100 of one category, from one vintage (table 2.2)."""
    year = agency.year.year
    series = _series(session, agency, "adhk", year - 1, year)
    if series is None:
        return None
    now, before = (series.find(indicator.measure.sector, y) for y in (year, year - 1))
    if now is None or before is None:
        return None
    rate = growth(now.value, before.value)
    if rate is None:
        return None
    base = format_exact(before.value)
    formula = f"({format_exact(now.value)} - {base}) / {base} x 100"
    return _computed(session, agency, indicator, "growth", rate, formula, series, (now, before))


def _share(session: Session, agency: Agency, indicator: Indicator) -> Realisasi | None:
    """ADHB of one category / ADHB of all x 100, from one vintage (DESIGN.md, "Measuring")."""
    year = agency.year.year
    series = _series(session, agency, "adhb", year)
    if series is None:
        return None
    part, total = series.find(indicator.measure.sector, year), series.find(TOTAL, year)
    if part is None or total is None:
        return None
    rate = share(part.value, total.value)
    if rate is None:
        return None
    formula = f"{format_exact(part.value)} / {format_exact(total.value)} x 100"
    return _computed(session, agency, indicator, "share", rate, formula, series, (part, total))


def _computed(
    session: Session,
    agency: Agency,
    indicator: Indicator,
    published_measure: str,
    rate: Decimal,
    formula: str,
    series: Series,
    used: tuple[Observation, Observation],
) -> Realisasi:
    inputs = tuple(series.as_input(observation) for observation in used)
    published = _series(session, agency, published_measure, agency.year.year)
    printed = published.find(indicator.measure.sector, agency.year.year) if published else None
    agrees = printed is not None and agrees_with(rate, printed.value)
    notes = [_compare(rate, printed, agrees)] if printed else []
    # A rate that BPS published and that ours equals is BPS's figure, whatever it was computed from.
    illustrative = any(i.illustrative for i in inputs) and not (
        agrees and printed is not None and not printed.illustrative
    )
    if illustrative:
        notes.append("Angka ilustrasi: bukan rilis BPS.")
    released = series.vintage.released_on
    # The page of the release for people; the address of the WebAPI, without its key, opens for nobody.
    release = latest_release(session, SOURCE, agency.office.bps.domain, agency.year.year)
    return Realisasi(
        indicator=indicator.id,
        year=agency.year.year,
        state=State.FINAL if all(o.status == FINAL for o in used) else State.PROVISIONAL,
        value=Quantity(rate, "%"),
        source=f"BPS, {format_date(released)}" if released else f"BPS Th. {agency.year.year + 1}",
        source_url=release.url if release and release.url else inputs[0].url,
        released_on=released,
        formula=formula,
        inputs=inputs,
        notes=tuple(notes),
        illustrative=illustrative,
    )


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
