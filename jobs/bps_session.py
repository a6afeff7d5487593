"""The one session with BPS that a look uses: the office's name, its limits, and the circuit between runs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from connectors.bps import BpsClient
from connectors.circuit import Circuit
from connectors.http import PoliteSession, user_agent
from jobs.workspace import Workspace, make_folder

logger = logging.getLogger(__name__)


@contextmanager
def open_client(workspace: Workspace, *, concurrency: int = 1) -> Iterator[BpsClient]:
    """The client for BPS under the office's name, within the limits of the settings.

    The circuit is the one that the last run left: a server that failed again and again is left alone
    by the next run too.

    Args:
        workspace: Whose settings and office these are.
        concurrency: How many requests may be under way at once; more than one only for many regions.
    """
    settings, office = workspace.settings, workspace.agency.office
    key = settings.bps_key.get_secret_value()
    circuit = restore_circuit(workspace)
    before = circuit.as_dict()
    session = PoliteSession(
        user_agent(
            version("lkjip"), f"{office.short_name} {office.region}", settings.contact or office.contact
        ),
        secret=key,
        requests_per_second=settings.bps_requests_per_second,
        backoff=min(2.0, 2.0 / settings.bps_requests_per_second),
        concurrency=concurrency,
        circuit=circuit,
    )
    try:
        yield BpsClient(settings.bps_url, key, session)
    finally:
        session.close()
        if circuit.as_dict() != before:
            _keep_circuit(workspace, circuit)


def restore_circuit(workspace: Workspace) -> Circuit:
    """The circuit as the last run left it; a new one when there was none."""
    try:
        state = json.loads(_file(workspace).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Circuit()
    return Circuit.from_dict(state if isinstance(state, dict) else {})


def _file(workspace: Workspace) -> Path:
    return workspace.settings.home / ".sambungan-bps.json"


def _keep_circuit(workspace: Workspace, circuit: Circuit) -> None:
    path = _file(workspace)
    try:
        make_folder(path.parent)
        beside = path.with_suffix(".baru")
        beside.write_text(json.dumps(circuit.as_dict()), encoding="utf-8")
        beside.replace(path)
    except OSError as cause:
        logger.warning("Keadaan sambungan ke BPS tidak dapat disimpan di %s: %s", path, cause.strerror)
