"""What stands around an office's report: sources, announced releases, open troubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.health.latest import Announced, LastGiven, YearSources, read_latest
from jobs.health.plain import PlainTrouble, plain_troubles
from jobs.workspace import Workspace
from models.session import open_session


@dataclass(frozen=True)
class Surroundings:
    """What each source gave last, what is announced, and what is wrong."""

    sources: tuple[LastGiven, ...]
    announced: tuple[Announced, ...]
    troubles: tuple[PlainTrouble, ...]


def read_surroundings(workspace: Workspace, years: Sequence[YearSources]) -> Surroundings:
    """How things stand around an office's report.

    Args:
        workspace: Of the office; its year does not matter.
        years: Where the figures of each open year come from whose data can be read.
    """
    with open_session(workspace.engine, read_only=True) as session:
        sources, announced = read_latest(
            session, workspace.office_id, years, workspace.settings.current_day()
        )
        troubles = plain_troubles(session, workspace.office_id)
    return Surroundings(tuple(sources), tuple(announced), tuple(troubles))
