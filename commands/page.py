"""``lkjip page``: the page of the office's people, served on this machine."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from core.errors import SettingsError, explain_os_error
from core.settings import Settings, load_settings

HOST = "127.0.0.1"
"""Others reach the page through a proxy, which has the certificate."""
APP = "web.app:create_app"
GRACE = 5
"""Seconds that answers under way have when the page is told to end."""


def page() -> None:
    """Sajikan halaman LKjIP di komputer ini, sampai dihentikan."""
    import uvicorn  # noqa: PLC0415

    settings = load_settings()
    listening = _listen(settings)
    config = uvicorn.Config(
        APP,
        factory=True,
        proxy_headers=bool(settings.page_url),  # without a proxy anybody could claim any address
        forwarded_allow_ips=HOST,
        access_log=False,  # the way to a first password stands in its addresses
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
    )
    config.load()  # what is wrong with settings or database is told before anything is promised
    signal.signal(signal.SIGTERM, _end)  # which uvicorn raises again once it has ended
    print(f"Halaman LKjIP: {settings.page_address}", flush=True)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(settings: Settings) -> socket.socket:
    """A socket that is bound, so that a port in use is told in our words."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, settings.page_port))
        listening.listen()  # who asks from now on waits for the page and is not turned away
    except OSError as cause:
        listening.close()
        raise SettingsError(
            f"Porta {settings.page_port} tidak dapat dipakai ({explain_os_error(cause)}).",
            todo="hentikan program lain yang memakainya, atau pilih porta lain dengan LKJIP_PAGE_PORT.",
        ) from cause
    return listening


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
