"""The circuit of each source between runs, and the name under which the office asks."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from connectors.circuit import Circuit
from connectors.http import user_agent
from jobs.workspace import Workspace, make_folder

logger = logging.getLogger(__name__)


def office_agent(workspace: Workspace) -> str:
    """The user agent with the office's name and a contact."""
    office = workspace.agency.office
    contact = workspace.settings.contact or office.contact
    return user_agent(version("lkjip"), f"{office.short_name} {office.region}", contact)


@contextmanager
def lasting_circuit(workspace: Workspace, source: str) -> Iterator[Circuit]:
    """The circuit that the last run left, kept again at the end: a failing server is left alone longer.

    Args:
        workspace: In whose folder it is kept.
        source: ``bps``, ``siskaperbapo``, ``sp2kp``: each has its own.
    """
    circuit = restore_circuit(workspace, source)
    before = circuit.as_dict()
    try:
        yield circuit
    finally:
        if circuit.as_dict() != before:
            _keep(workspace, source, circuit)


def restore_circuit(workspace: Workspace, source: str) -> Circuit:
    """The circuit as the last run left it; a new one when there was none."""
    try:
        state = json.loads(_file(workspace, source).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Circuit()
    return Circuit.from_dict(state if isinstance(state, dict) else {})


def _file(workspace: Workspace, source: str) -> Path:
    return workspace.settings.home / f".sambungan-{source}.json"


def _keep(workspace: Workspace, source: str, circuit: Circuit) -> None:
    path = _file(workspace, source)
    try:
        make_folder(path.parent)
        beside = path.with_suffix(".baru")
        beside.write_text(json.dumps(circuit.as_dict()), encoding="utf-8")
        beside.replace(path)
    except OSError as cause:
        logger.warning("Keadaan sambungan ke %s tidak dapat disimpan di %s: %s", source, path, cause.strerror)
