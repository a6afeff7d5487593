"""Which statistics an office's indicators name, and of which region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from models.bps.polls import last_good_poll
from office.bps import NATIONAL, Statistic
from office.schema import Agency, MeasureKind

MARK = "statistics"
"""Under which the marks of a look keep what was learnt of statistics."""
HOSTS, CHOSEN = "hosts", "chosen"


@dataclass(frozen=True)
class Wanted:
    """The statistic of an indicator.

    Attributes:
        domain: Whose table it is; empty while the region of a site is not yet known.
    """

    indicator: str
    statistic: Statistic
    domain: str


def wants_pdrb(agency: Agency) -> bool:
    """Whether PDRB is looked for: an indicator takes it, or none takes any statistic of BPS at all."""
    kinds = {indicator.measure.kind for indicator in agency.indicators.values()}
    return bool(kinds & {MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE}) or (
        MeasureKind.BPS_STATISTIC not in kinds
    )


def list_wanted(agency: Agency, hosts: Mapping[str, str]) -> list[Wanted]:
    """The statistics that indicators name.

    Args:
        agency: The office.
        hosts: Regions of BPS's sites, as far as earlier looks learnt them.
    """
    own = agency.office.bps.domain
    return [
        Wanted(indicator.id, indicator.bps, _domain(indicator.bps, own, hosts))
        for indicator in agency.indicators.values()
        if indicator.bps is not None
    ]


def wanted_statistics(session: Session, agency: Agency) -> list[Wanted]:
    """As :func:`list_wanted`, with what the last good look learnt."""
    if not any(indicator.bps for indicator in agency.indicators.values()):
        return []
    poll = last_good_poll(session, SOURCE, agency.office.bps.domain)
    return list_wanted(agency, (poll.marks.get(MARK) or {}).get(HOSTS, {}) if poll else {})


def _domain(statistic: Statistic, own: str, hosts: Mapping[str, str]) -> str:
    if statistic.domain or statistic.address is None:
        return statistic.domain or own
    host = statistic.address.host
    return NATIONAL if host in ("www.bps.go.id", "bps.go.id") else hosts.get(host, "")
