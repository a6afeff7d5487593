"""Whether the sources still speak: how long ago each gave a good answer, and how long it may stay away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from connectors.bps.channels import SOURCE
from core.dates import JAKARTA, format_time
from jobs.bps.schedule import next_turn
from jobs.health.troubles import Finding
from jobs.prices.sources import SISKAPERBAPO, SOURCE_NAMES
from jobs.prices.year import price_regions
from jobs.workspace import Workspace
from models.bps.polls import first_poll, last_good_poll
from models.prices.readings import last_read

SCOPE = "sumber/"
GRACE = timedelta(days=1)
"""A look that is due in the morning may be made up for on the next day."""
AFTER_YEAR = timedelta(days=14)
"""Prices of a year are read so long after its end; then nothing of the site is needed any more."""


@dataclass(frozen=True)
class SourceAge:
    """How a source stands.

    Attributes:
        key: As in :class:`jobs.health.troubles.Finding`.
        name: For people.
        good_at: When it last gave a good answer; None when it never did.
        since: From when its silence counts: the last good answer, or the first look; None when nobody
            ever looked.
        silent_after: So long it may stay silent.
        due_on: The day by which the schedule wanted the next good look; None where it says none.
    """

    key: str
    name: str
    good_at: datetime | None
    since: datetime | None
    silent_after: timedelta
    due_on: date | None = None

    def is_silent(self, now: datetime) -> bool:
        """Whether it was silent for longer than it may be."""
        return self.since is not None and now - self.since > self.silent_after

    def is_overdue(self, now: datetime) -> bool:
        """Whether the last good look is older than the schedule allows."""
        return self.due_on is not None and now.astimezone(JAKARTA).date() > self.due_on + GRACE

    def as_text(self, now: datetime) -> str:
        """How old the last good answer is."""
        if self.since is None:
            return f"{self.name}: belum pernah diperiksa."
        if self.good_at is None:
            return f"{self.name}: belum pernah memberi jawaban yang baik sejak {format_time(self.since)}."
        days = (now - self.good_at).days
        old = f", {days} hari lalu" if days > 0 else ""
        return f"{self.name}: jawaban baik terakhir {format_time(self.good_at)}{old}."


def read_sources(session: Session, workspace: Workspace) -> list[SourceAge]:
    """The sources that the office asks by itself."""
    settings, agency = workspace.settings, workspace.agency
    today, year = settings.current_day(), agency.year.year
    ages = [_bps(session, agency.office.bps.domain, settings.bps_silent_days)] if agency.office.bps else []
    if agency.prices is not None and date(year, 1, 1) <= today <= date(year, 12, 31) + AFTER_YEAR:
        for source, region in price_regions(agency, agency.prices):
            if source == SISKAPERBAPO:
                read_at = last_read(session, source, region)
                ages.append(
                    SourceAge(
                        f"{SCOPE}{source}/{region}",
                        SOURCE_NAMES[source],
                        read_at,
                        read_at,
                        timedelta(days=settings.prices_silent_days),
                        read_at.astimezone(JAKARTA).date() + GRACE if read_at else None,
                    )
                )
    return ages


def _bps(session: Session, domain: str, silent_days: int) -> SourceAge:
    good, first = last_good_poll(session, SOURCE, domain), first_poll(session, SOURCE, domain)
    good_at = good.finished_at if good else None
    announced = [date.fromisoformat(entry["day"]) for entry in good.announced] if good else []
    return SourceAge(
        f"{SCOPE}bps/{domain}",
        "BPS",
        good_at,
        good_at or (first.started_at if first else None),
        timedelta(days=silent_days),
        next_turn(good_at.astimezone(JAKARTA).date(), announced) if good_at else None,
    )


def silent(ages: list[SourceAge], now: datetime) -> list[Finding]:
    """A finding for each source that was silent for too long."""
    return [
        Finding(
            age.key,
            f"{age.name} tidak memberi kabar",
            f"{age.as_text(now)} Batasnya {age.silent_after.days} hari; angka terakhir tetap dipakai.",
            "lihat sebabnya dengan lkjip status; coba sekali dengan lkjip poll --now atau "
            "lkjip prices pull; periksa jaringan, alamat dan kunci.",
        )
        for age in ages
        if age.is_silent(now)
    ]


def overdue(ages: list[SourceAge], now: datetime) -> list[str]:
    """What ``lkjip status`` warns of: looks that the schedule wanted and that were not made."""
    return [
        f"{age.as_text(now)} Menurut jadwal seharusnya sudah diperiksa lagi."
        for age in ages
        if age.is_overdue(now)
    ]
