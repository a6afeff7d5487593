"""The circuit of each host between runs, and the name under which the office asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from urllib.parse import urlsplit

from connectors.web.circuit import Circuit
from connectors.web.session import user_agent
from core import dates
from core.errors import StorageError
from jobs.workspace import Workspace
from models.circuits import keep_circuit, read_circuit
from models.session import open_session

logger = logging.getLogger(__name__)

_PORTS = {"http": 80, "https": 443}


def office_agent(workspace: Workspace) -> str:
    """The user agent with the office's name and a contact."""
    office = workspace.agency.office
    contact = workspace.settings.contact or office.contact
    return user_agent(version("lkjip"), f"{office.short_name} {office.region}", contact)


@contextmanager
def lasting_circuit(workspace: Workspace, url: str, *, now: bool = False) -> Iterator[Circuit]:
    """The circuit that the last run left, kept again at the end: a failing server is left alone longer.

    It belongs to the host, so that a slip in an address pauses nothing else.

    Args:
        workspace: In whose database it is kept.
        url: What will be asked; its host and port count.
        now: One request is tried although the host is paused.
    """
    _forget_files(workspace)
    circuit = restore_circuit(workspace, url)
    before = circuit.as_dict()
    if now:
        circuit.try_now()
    try:
        yield circuit
    finally:
        if circuit.as_dict() != before:
            _keep(workspace, url, circuit)


def restore_circuit(workspace: Workspace, url: str) -> Circuit:
    """The circuit of the host of ``url`` as the last run left it; a new one when there was none."""
    try:
        with open_session(workspace.engine, read_only=True) as session:
            state = read_circuit(session, _server(url))
    except (StorageError, ValueError):
        return Circuit()
    return Circuit() if state is None else Circuit.from_dict(state)


def _keep(workspace: Workspace, url: str, circuit: Circuit) -> None:
    try:
        with open_session(workspace.engine) as session:
            keep_circuit(session, _server(url), circuit.as_dict(), dates.now())
    except StorageError as error:
        logger.warning("Keadaan sambungan ke %s tidak dapat disimpan: %s", _server(url), error.message)


def _server(url: str) -> str:
    """Host and port of an address; one that cannot be read is refused before it is asked."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port or _PORTS.get(parts.scheme, 0)}"
    except ValueError:
        return "server"


def _forget_files(workspace: Workspace) -> None:
    """Circuits were files for each source before they stood in the database."""
    with suppress(OSError):
        for file in workspace.settings.home.glob(".sambungan-*"):
            file.unlink(missing_ok=True)
