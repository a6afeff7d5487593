"""Polling BPS for the office's region: look, read, compare, keep; each step may fail without harm.

The steps are apart so that a flow can show and retry each of them. Nothing of PDRB is stored before all of
it was read and checked; the other statistics do not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable

from connectors.bps import BpsClient
from core.errors import KeyRefusedError, LkjipError, OutOfTimeError
from jobs.bps.cross_check import CrossCheck, look_at_others
from jobs.bps.keep import PollResult, is_new, keep_failure, keep_look, recall
from jobs.bps.session import open_client
from jobs.bps.statistic.look import StatisticsLook, look_at_statistics
from jobs.bps.statistic.wanted import wants_pdrb
from jobs.bps.watch import Memory, Reading, Sighting, Target, look_at_lists, read_main_tables
from jobs.workspace import Workspace

Look = tuple[Memory, Sighting, Reading, CrossCheck]
"""What a look found, as :func:`jobs.bps.keep.keep_look` keeps it."""


def own_target(workspace: Workspace) -> Target:
    """The office's own region and reporting year, with its pins."""
    agency = workspace.agency
    bps = agency.office.bps_source
    return Target(bps.domain, agency.year.year, bps.base_year, bps.pins, wants_pdrb(agency))


def poll_bps(workspace: Workspace, *, accept_revision: bool = False, now: bool = False) -> PollResult:
    """Look, read, compare and keep in one go.

    Args:
        workspace: Office, year and database.
        accept_revision: Take figures that moved beyond belief, since a person has looked.
        now: Try once although BPS is left alone after failures: a person asks for it.

    Raises:
        SourceError: BPS gave nothing usable of PDRB; nothing was stored but that the poll failed, and the
            other statistics that it read.
        ImplausibleFigureError: BPS's figures contradict each other; likewise.
    """
    target = own_target(workspace)
    with open_client(workspace, now=now) as client:
        try:
            look = look_at_region(workspace, client, target, accept_revision=accept_revision)
        except LkjipError as error:
            memory = recall(workspace, target)
            left = statistics_left(
                target,
                error,
                lambda: look_at_statistics(workspace, client, memory, accept_revision=accept_revision),
            )
            keep_failure(workspace, target, error, client.requests, left)
            raise
        try:
            statistics = look_at_statistics(workspace, client, look[0], accept_revision=accept_revision)
        except LkjipError as error:
            keep_failure(workspace, target, error, client.requests)
            raise
    return keep_look(workspace, *look, statistics)


def statistics_left(
    target: Target, error: LkjipError, look: Callable[[], StatisticsLook]
) -> StatisticsLook | None:
    """The other statistics of a look whose PDRB could not be had; None where they cannot be had either.

    Args:
        target: Of the look.
        error: Why there is no PDRB.
        look: Looks at them, as :func:`jobs.bps.statistic.look.look_at_statistics`.
    """
    if not target.pdrb or isinstance(error, KeyRefusedError | OutOfTimeError):
        return None
    try:
        return look()
    except LkjipError:  # the first error is the one that is told
        return None


def look_at_region(
    workspace: Workspace, client: BpsClient, target: Target, *, accept_revision: bool = False
) -> Look:
    """The steps of a look up to keeping it.

    Raises:
        SourceError: BPS gave nothing usable.
        ImplausibleFigureError: The figures of its main tables contradict each other, what is stored or, at
            first contact, another channel, and no channel stands in for them.
    """
    memory, today = recall(workspace, target), workspace.settings.current_day()
    sighting = look_at_lists(client, target, memory, today)
    reading = read_main_tables(client, sighting, memory, accept_revision=accept_revision)
    others = look_at_others(
        client,
        sighting,
        reading,
        memory,
        today,
        news=is_new(workspace, reading.tables),
        accept_revision=accept_revision,
    )
    return memory, sighting, reading, others
