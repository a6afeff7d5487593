"""When BPS is looked at: weekly, daily in the season of releases and around an announced day.

Prefect starts the flow every morning; this decides whether the morning is one of those. So an
announcement that a look found changes the schedule by itself, without anybody touching a deployment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from connectors.bps.channels import SOURCE
from core.dates import JAKARTA, format_date
from jobs.workspace import Workspace
from models.bps.polls import last_good_poll, last_poll
from models.bps.tables import PollOutcome
from models.session import open_session

WEEKDAY = 0
"""Monday."""
SEASON = (2, 3, 4)
"""February to April: *Dalam Angka* at the end of February, the books of PDRB in April (bps.md, 5)."""
BEFORE, AFTER = timedelta(days=3), timedelta(days=10)
"""Around an announced day: tables follow their book by some days, and days move."""
LONGEST_PAUSE = timedelta(days=7)


@dataclass(frozen=True)
class Turn:
    """Whether BPS is looked at on a day, and why, in Indonesian."""

    due: bool
    reason: str


def decide(
    today: date, *, last_good: date | None, last_failed: bool = False, announced: Sequence[date] = ()
) -> Turn:
    """Whether ``today`` is a day for looking.

    Args:
        today: In Jakarta.
        last_good: Day of the last look that did not fail; None when there never was one.
        last_failed: Whether the last look failed.
        announced: Days for which releases are announced.
    """
    if last_good is None:
        return Turn(True, "BPS belum pernah berhasil diperiksa")
    if last_failed:
        return Turn(True, "pemeriksaan terakhir gagal")
    reason = _by_calendar(today, announced)
    if not reason and today - last_good >= LONGEST_PAUSE:
        reason = f"pemeriksaan terakhir sudah {(today - last_good).days} hari yang lalu"
    if reason:
        return Turn(True, reason)
    return Turn(False, f"bukan hari pemeriksaan; berikutnya {format_date(next_turn(today, announced))}")


def _by_calendar(day: date, announced: Sequence[date]) -> str:
    """Why a day is one for looking, whatever happened before; empty when it is not."""
    near = [a for a in announced if a - BEFORE <= day <= a + AFTER]
    if near:
        return f"rilis diumumkan untuk {format_date(min(near))}"
    if day.month in SEASON:
        return "musim rilis (Februari sampai April), diperiksa setiap hari"
    return "pemeriksaan mingguan setiap Senin" if day.weekday() == WEEKDAY else ""


def turn_today(workspace: Workspace) -> Turn:
    """Whether today is a day for looking at BPS for the office's region, by what earlier looks found."""
    bps = workspace.agency.office.bps
    if bps is None:
        return Turn(False, "kantor ini tidak memakai angka BPS")
    domain = bps.domain
    with open_session(workspace.engine, read_only=True) as session:
        last, good = last_poll(session, SOURCE, domain), last_good_poll(session, SOURCE, domain)
    return decide(
        workspace.settings.current_day(),
        last_good=good.finished_at.astimezone(JAKARTA).date() if good and good.finished_at else None,
        last_failed=last is not None and last.outcome == PollOutcome.FAILED,
        announced=[date.fromisoformat(entry["day"]) for entry in good.announced] if good else [],
    )


def next_turn(today: date, announced: Sequence[date]) -> date:
    """The first day after ``today`` that is due by the calendar alone."""
    day = today + timedelta(days=1)
    while not _by_calendar(day, announced):
        day += timedelta(days=1)
    return day
