"""Which statistics an office's indicators name, and of which region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from capaian.values import Bound, Quantity, Range
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
        unit: Of the indicator's target; a table without a unit takes it.
    """

    indicator: str
    statistic: Statistic
    domain: str
    unit: str = ""


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
    named = [indicator for indicator in agency.indicators.values() if indicator.bps is not None]
    own = agency.office.bps_source.domain if named else ""
    return [
        Wanted(
            indicator.id,
            indicator.bps,
            _domain(indicator.bps, own, hosts),
            _unit_of_target(agency, indicator.id),
        )
        for indicator in agency.indicators.values()
        if indicator.bps is not None
    ]


def wanted_statistics(session: Session, agency: Agency) -> list[Wanted]:
    """As :func:`list_wanted`, with what the last good look learnt."""
    if not any(indicator.bps for indicator in agency.indicators.values()):
        return []
    poll = last_good_poll(session, SOURCE, agency.office.bps_source.domain)
    return list_wanted(agency, (poll.marks.get(MARK) or {}).get(HOSTS, {}) if poll else {})


def _unit_of_target(agency: Agency, indicator: str) -> str:
    """The unit in which the newest document states the target; empty for a grade."""
    targets = (v.targets[indicator] for v in reversed(agency.year.versions) if indicator in v.targets)
    target = next(targets, None)
    if isinstance(target, Bound):
        target = target.figure
    return target.unit if isinstance(target, Quantity | Range) else ""


def _domain(statistic: Statistic, own: str, hosts: Mapping[str, str]) -> str:
    if statistic.domain or statistic.address is None:
        return statistic.domain or own
    host = statistic.address.host
    return NATIONAL if host in ("www.bps.go.id", "bps.go.id") else hosts.get(host, "")
