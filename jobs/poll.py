"""Polling BPS for the office's region: look, read, compare, keep; each step may fail without harm.

The steps are apart so that a flow can show and retry each of them. Nothing is stored before everything
was read and checked.
"""

from __future__ import annotations

from core.errors import LkjipError
from jobs.bps_session import open_client
from jobs.cross_check import look_at_others
from jobs.keep import PollResult, is_new, keep_failure, keep_look, recall
from jobs.watch import Target, look_at_lists, read_main_tables
from jobs.workspace import Workspace


def own_target(workspace: Workspace) -> Target:
    """The office's own region and reporting year, with its pins."""
    bps = workspace.agency.office.bps
    return Target(bps.domain, workspace.agency.year.year, bps.base_year, bps.pins)


def poll_bps(workspace: Workspace, *, accept_revision: bool = False) -> PollResult:
    """Look, read, compare and keep in one go.

    Args:
        workspace: Office, year and database.
        accept_revision: Take figures that moved beyond belief, since a person has looked.

    Raises:
        SourceError: BPS gave nothing usable; nothing was stored but the fact that the poll failed.
        ImplausibleFigureError: BPS's figures contradict each other; likewise.
    """
    target = own_target(workspace)
    memory = recall(workspace, target)
    today = workspace.settings.current_day()
    with open_client(workspace) as client:
        try:
            sighting = look_at_lists(client, target, memory, today)
            reading = read_main_tables(client, sighting, memory, accept_revision=accept_revision)
            others = look_at_others(
                client, sighting, reading, memory, today, news=is_new(workspace, reading.tables)
            )
        except LkjipError as error:
            keep_failure(workspace, target, error, client.requests)
            raise
    return keep_look(workspace, memory, sighting, reading, others)
