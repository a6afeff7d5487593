"""The office's own realisasi, and those that still wait, each for its own institution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from capaian.quarters import Quarters, quarter_names, year_of_quarters
from core.lists import join_words
from office.schema import Agency, Indicator, MeasureKind, Reported
from reports.measured import MeasuredIndicator
from reports.realisasi import Realisasi, State

BPS = "BPS"
FROM_BPS = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE, MeasureKind.BPS_STATISTIC)


def waiting_text(agency: Agency) -> str:
    """What stands in a cell that waits, as the report writes it."""
    return f"Menunggu Rilis PDRB oleh BPS {agency.year.year + 1}"


def waiting_words(m: MeasuredIndicator) -> str:
    """Why an indicator waits, within a sentence: ``menunggu rilis PDRB oleh BPS 2024``."""
    reason = m.realisasi.reason
    return reason[:1].lower() + reason[1:].replace("Rilis", "rilis", 1)


def waiting_for(m: MeasuredIndicator) -> str:
    """Whom an indicator waits for, in few words: ``menunggu BPS``, ``menunggu Kemendagri, April 2024``."""
    taken = m.realisasi
    if not taken.institution:
        return waiting_words(m)
    return f"menunggu {taken.institution}" + (f", {taken.due}" if taken.due else "")


def waits_for_bps(m: MeasuredIndicator, agency: Agency) -> bool:
    """Whether an indicator waits for BPS's release, and for nothing else."""
    return m.waiting and m.realisasi.reason == waiting_text(agency)


def waiting_by_reason(
    indicators: Iterable[MeasuredIndicator],
) -> list[tuple[str, list[MeasuredIndicator]]]:
    """Those that wait, put together by what they wait for (see :func:`waiting_words`)."""
    found: dict[str, list[MeasuredIndicator]] = {}
    for m in indicators:
        if m.waiting:
            found.setdefault(waiting_words(m), []).append(m)
    return list(found.items())


def _why_waiting(agency: Agency, indicator: Indicator) -> str:
    kind, institution = indicator.measure.kind, indicator.institution
    if institution:
        return institution.waiting or f"Menunggu {institution.name}"
    if indicator.bps is not None:
        spoken = indicator.bps.spoken or indicator.short_name
        return f"Menunggu Rilis {spoken} oleh BPS {agency.year.year + 1}"
    if kind is MeasureKind.REPORTED:
        return "Belum dilaporkan"
    if kind is MeasureKind.PRICE_FLUCTUATION:
        return f"Menunggu harga pasar tahun {agency.year.year}"
    return waiting_text(agency)


def _publisher(indicator: Indicator) -> str:
    """Who publishes an indicator's realisasi; empty where the office does."""
    if indicator.institution:
        return indicator.institution.name
    return BPS if indicator.measure.kind in FROM_BPS else ""


def reported_realisasi(agency: Agency) -> dict[tuple[str, int], Realisasi]:
    """Every realisasi that needs no source but the office's own data.

    Returns:
        By indicator and year: what the office reports, and the reporting year of the others as waiting,
        until their source fills it.
        By indicator and year: what the office reports, and for an indicator that takes a figure of BPS
        the reporting year as waiting, until observations fill it.
    """
    chosen = {(entry.indicator, entry.year): as_reported(agency, entry) for entry in agency.reported}
    for indicator in agency.indicators.values():
        key = (indicator.id, agency.year.year)
        if indicator.quarters is not None:
            chosen[key] = _of_quarters(agency, indicator, indicator.quarters, chosen.get(key))
        elif key not in chosen:
            chosen[key] = _waiting(agency, indicator, _why_waiting(agency, indicator))
    return chosen


def _waiting(agency: Agency, indicator: Indicator, reason: str) -> Realisasi:
    institution = indicator.institution
    return Realisasi(
        indicator=indicator.id,
        year=agency.year.year,
        state=State.WAITING,
        reason=reason,
        source=f"{indicator.source_label} Th. {agency.year.year + 1}",
        institution=_publisher(indicator),
        due=f"{institution.due} {agency.year.year + 1}" if institution and institution.due else "",
    )


def _of_quarters(agency: Agency, indicator: Indicator, way: Quarters, own: Realisasi | None) -> Realisasi:
    """The year's realisasi out of its quarters.

    Args:
        agency: The office's data.
        indicator: Whose realisasi it is.
        way: How the year follows.
        own: What the office reports of the whole year as well; the same figure, or loading had refused it.
    """
    rows = agency.quarters_of(indicator.id)
    given = {n: row.realisasi for n, row in rows.items() if row.realisasi is not None}
    found = year_of_quarters(way, given)
    if found.value is None:
        return _waiting(agency, indicator, f"Menunggu realisasi {quarter_names(found.missing)}")
    taken = [rows[n] for n in ([found.last] if found.last else sorted(given))]
    gap = [f"{quarter_names(found.missing)} belum terisi."] if found.missing else []
    notes = [f"{row.name}: {row.note}" for row in taken if row.note]
    base = own or Realisasi(
        indicator=indicator.id,
        year=agency.year.year,
        state=State.REPORTED,
        source=join_words(list(dict.fromkeys(row.source for row in taken))),
        institution=_publisher(indicator),
    )
    return replace(
        base,
        value=found.value,
        formula=found.formula,
        notes=(*base.notes, *gap, *notes),
        of_quarters=True,
    )


def as_reported(agency: Agency, entry: Reported) -> Realisasi:
    """A figure as the office has it, its own or that of the institution that publishes the indicator."""
    indicator = agency.indicators[entry.indicator]
    provisional = "sementara" in entry.status
    return Realisasi(
        indicator=entry.indicator,
        year=entry.year,
        state=State.PROVISIONAL if provisional else State.REPORTED,
        value=entry.value,
        source=entry.source,
        notes=(entry.note,) if entry.note else (),
        institution=_publisher(indicator) or (agency.office.short_name if provisional else ""),
        status=entry.status,
        stated=entry.capaian,
    )
