"""The session with a source of prices: the office's name, one request a second, the circuit between runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from connectors.prices.siskaperbapo.client import ACCEPT, SiskaperbapoClient
from connectors.prices.sp2kp.client import Sp2kpClient
from connectors.web.session import PoliteSession
from jobs.circuits import lasting_circuit, office_agent
from jobs.rates import pace_of, rate_of
from jobs.workspace import Workspace


@contextmanager
def open_siskaperbapo(
    workspace: Workspace, *, now: bool = False
) -> Iterator[tuple[SiskaperbapoClient, PoliteSession]]:
    """The client for Siskaperbapo, and its session to count what was sent.

    Args:
        workspace: Whose settings and office these are.
        now: One request is tried although the site is left alone for a while.

    Raises:
        SettingsError: ``LKJIP_SISKAPERBAPO_URL`` is empty.
    """
    url = workspace.settings.filled("siskaperbapo_url")
    with _open_session(workspace, "siskaperbapo", url, accept=ACCEPT, cookies=True, now=now) as session:
        yield SiskaperbapoClient(url, session), session


@contextmanager
def open_sp2kp(workspace: Workspace) -> Iterator[Sp2kpClient]:
    """The client for SP2KP.

    Raises:
        SettingsError: ``LKJIP_SP2KP_URL`` is empty.
    """
    url = workspace.settings.filled("sp2kp_url")
    with _open_session(workspace, "sp2kp", url, accept="application/json") as session:
        yield Sp2kpClient(url, session)


@contextmanager
def _open_session(
    workspace: Workspace, source: str, url: str, *, accept: str, cookies: bool = False, now: bool = False
) -> Iterator[PoliteSession]:
    with lasting_circuit(workspace, url, now=now) as circuit:
        session = PoliteSession(
            office_agent(workspace),
            requests_per_second=rate_of(workspace.settings, source),
            pace=pace_of(workspace, source),
            accept=accept,
            cookies=cookies,
            circuit=circuit,
        )
        try:
            yield session
        finally:
            session.close()
