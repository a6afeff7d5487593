"""What an office holds of BPS after a poll, and how a poll fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from core.errors import LkjipError
from jobs.bps.keep import PollResult
from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from models.bps.tables import Observation, Poll, Vintage
from models.session import open_session
from reports.realisasi import Realisasi, State


def figures(workspace: Workspace) -> list[tuple[int | None, str]]:
    """Every observation that is stored."""
    with open_session(workspace.engine, read_only=True) as session:
        return [
            (row.id, str(row.value)) for row in session.exec(select(Observation).order_by(Observation.id))
        ]


def channels(workspace: Workspace) -> set[str]:
    """From which the stored figures of the prices are."""
    with open_session(workspace.engine, read_only=True) as session:
        rows = session.exec(select(Vintage).where(Vintage.measure.in_(["adhb", "adhk"]))).all()
        return {row.channel for row in rows}


def realisasi(workspace: Workspace) -> dict[str, Realisasi]:
    """The four indicators of PDRB as the report would take them."""
    with open_session(workspace.engine, read_only=True) as session:
        return {
            name: taken
            for (name, year), taken in select_realisasi(session, workspace.agency).items()
            if year == 2023 and name.startswith(("kontribusi-", "pertumbuhan-")) and "umkm" not in name
        }


def indicators(workspace: Workspace) -> dict[str, tuple[State, str]]:
    """Their states and exact values."""
    return {name: (taken.state, repr(taken.value)) for name, taken in realisasi(workspace).items()}


def outcomes(workspace: Workspace) -> list[tuple[str, str]]:
    with open_session(workspace.engine, read_only=True) as session:
        return [(poll.outcome, poll.message) for poll in session.exec(select(Poll).order_by(Poll.id))]


def all_wait(workspace: Workspace) -> bool:
    return {state for state, _ in indicators(workspace).values()} == {State.WAITING}


def fails(
    polled: Callable[..., PollResult], workspace: Workspace, row: tuple[str, type[LkjipError], str, str]
) -> str:
    """Poll, see the row's error, and give its whole text."""
    fault, kind, says, todo = row
    with pytest.raises(LkjipError) as caught:
        polled(workspace, fault)
    assert type(caught.value) is kind
    assert says in caught.value.message
    assert todo in caught.value.todo
    return str(caught.value)
