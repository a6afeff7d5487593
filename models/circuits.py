"""The circuits between runs, one for each host."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.locks import lock_for_writing
from models.tables import HostCircuit


def read_circuit(session: Session, host: str) -> dict[str, Any] | None:
    """The state that was kept last; None when there is none.

    Args:
        session: To read with.
        host: With its port.
    """
    row = session.get(HostCircuit, host)
    return row.state if row is not None else None


def keep_circuit(session: Session, host: str, state: Mapping[str, Any], at: datetime) -> None:
    """Keep the state in place of the one before; of two at once the later one stays.

    Args:
        session: To write with.
        host: With its port.
        state: Of text, whole numbers, booleans and None.
        at: The present moment.
    """
    lock_for_writing(session, f"circuit {host}")
    session.merge(HostCircuit(host=host, state=dict(state), updated_at=at))
    session.flush()
