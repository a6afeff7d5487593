"""Until when indicators wait, where an announcement of BPS says it and not the office's data."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from core.dates import format_date
from models.bps.polls import last_good_poll
from office.schema import Agency, MeasureKind

_OF_PDRB = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE)


def expected_days(session: Session, agency: Agency) -> dict[str, str]:
    """By indicator that takes PDRB: for when BPS announced its release, as the last good look found it.

    Args:
        session: To read with.
        agency: Office and year.

    Returns:
        ``4 April 2024, menurut pengumuman BPS``; nothing where nothing of the year was announced.
    """
    source = agency.office.bps
    good = last_good_poll(session, SOURCE, source.domain) if source else None
    days = [
        date.fromisoformat(entry["day"])
        for entry in (good.announced if good else ())
        if entry.get("about_year") == str(agency.year.year)
    ]
    if not days:
        return {}
    said = f"{format_date(min(days))}, menurut pengumuman BPS"
    return {name: said for name, each in agency.indicators.items() if each.measure.kind in _OF_PDRB}
