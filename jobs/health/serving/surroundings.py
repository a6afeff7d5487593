"""What Prefect's server and worker are told through their environment, and whether they can start here."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from core.errors import ScheduleError
from core.loopback import is_loopback
from core.settings import Settings, variable_of
from jobs.health.deploy import QUIET

EVENT_DAYS = 7
"""Events are most of what the database grows by (some 80 KB a run on SQLite); nobody looks at old ones."""


@dataclass(frozen=True)
class Prepared:
    """The databases as they stand.

    Attributes:
        own: Which database holds figures and reports; its tables are those of this program.
        prefect: Which one Prefect's server keeps its rows in.
        prefect_url: The url of that, as the server wants it; may hold a password.
        warning: What is not good for real use; empty when all is well.
    """

    own: str
    prefect: str
    prefect_url: str
    warning: str = ""


def variables(settings: Settings, database_url: str) -> dict[str, str]:
    """The environment of all parts beyond what this process has.

    The office's own settings are not among it: every run reads them anew.

    Args:
        settings: Where the server listens, and how long it keeps what is over.
        database_url: Where it keeps its rows, as SQLAlchemy and asyncio want it.
    """
    home = settings.home / ".prefect"
    days = settings.prefect_keep_days
    return {
        **QUIET,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": settings.prefect_api_url,
        # The pages ask port 4200 otherwise, whatever the server's port is.
        "PREFECT_SERVER_UI_API_URL": settings.prefect_api_url,
        # The pages are written out at the first start; their own place may belong to root.
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database_url,
        # Runs with their logs and artifacts, and events: without this the database grows for good.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(days * 86_400),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{min(days, EVENT_DAYS)}D",
    }


def pages(settings: Settings) -> SplitResult:
    """The address of the pages of Prefect's server."""
    return urlsplit(settings.prefect_api_url.rstrip("/").removesuffix("/api"))


def require_free_port(settings: Settings) -> None:
    """Make sure that Prefect's server can listen where the settings say.

    Raises:
        ScheduleError: That is another machine, or something listens there already.
    """
    name, url = variable_of("prefect_api_url"), settings.prefect_api_url
    host, port = pages(settings).hostname or "", pages(settings).port
    if not is_loopback(host) or port is None:
        raise ScheduleError(
            f"lkjip serve menjalankan server Prefect di komputer ini, sedangkan {name} adalah {url}.",
            todo=f"kosongkan {name} atau tulis seperti http://127.0.0.1:4200/api; bila servernya di komputer "
            "lain, jalankan di sini hanya lkjip worker.",
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as cause:
            why = "sudah dipakai" if cause.errno == errno.EADDRINUSE else "tidak dapat dipakai"
            raise ScheduleError(
                f"Porta {port} di {host} {why}, jadi server Prefect tidak dapat dimulai.",
                todo="hentikan lkjip serve atau server Prefect lain yang berjalan (systemctl stop lkjip), "
                f"atau pilih porta lain dengan {name}.",
            ) from cause
