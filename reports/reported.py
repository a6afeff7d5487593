"""The office's own realisasi, and the ones that still wait for BPS."""

from __future__ import annotations

from collections.abc import Iterable

from office.schema import Agency, Indicator, MeasureKind
from reports.measured import MeasuredIndicator
from reports.realisasi import Realisasi, State


def waiting_text(agency: Agency) -> str:
    """What stands in a cell that waits, as the report writes it."""
    return f"Menunggu Rilis PDRB oleh BPS {agency.year.year + 1}"


def waiting_words(m: MeasuredIndicator) -> str:
    """Why an indicator waits, within a sentence: ``menunggu rilis PDRB oleh BPS 2024``."""
    reason = m.realisasi.reason
    return reason[:1].lower() + reason[1:].replace("Rilis", "rilis", 1)


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
    kind = indicator.measure.kind
    if indicator.bps is not None:
        spoken = indicator.bps.spoken or indicator.short_name
        return f"Menunggu Rilis {spoken} oleh BPS {agency.year.year + 1}"
    if kind is MeasureKind.REPORTED:
        return "Belum dilaporkan"
    if kind is MeasureKind.PRICE_FLUCTUATION:
        return f"Menunggu harga pasar tahun {agency.year.year}"
    return waiting_text(agency)


def reported_realisasi(agency: Agency) -> dict[tuple[str, int], Realisasi]:
    """Every realisasi that needs no source but the office's own data.

    Returns:
        By indicator and year: what the office reports, and for an indicator that takes a figure of BPS
        the reporting year as waiting, until observations fill it.
    """
    chosen = {
        (entry.indicator, entry.year): Realisasi(
            indicator=entry.indicator,
            year=entry.year,
            state=State.REPORTED,
            value=entry.value,
            source=entry.source,
            notes=(entry.note,) if entry.note else (),
        )
        for entry in agency.reported
    }
    for indicator in agency.indicators.values():
        key = (indicator.id, agency.year.year)
        if key not in chosen:
            chosen[key] = Realisasi(
                indicator=indicator.id,
                year=agency.year.year,
                state=State.WAITING,
                reason=_why_waiting(agency, indicator),
                source=f"{indicator.source_label} Th. {agency.year.year + 1}",
            )
    return chosen
