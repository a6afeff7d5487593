"""The workspace of a command, and the options that commands share."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from core.errors import SettingsError
from core.printable import printable
from core.settings import load_settings

AsJson = Annotated[bool, typer.Option("--json", help="Tampilkan sebagai JSON.")]
Agency = Annotated[str | None, typer.Option("--agency", help="Instansi; bawaan LKJIP_AGENCY.")]
Year = Annotated[
    int | None,
    typer.Option("--year", help="Tahun anggaran; bawaan LKJIP_YEAR, atau tahun yang jatuh tempo laporannya."),
]
Out = Annotated[Path, typer.Option("--out", help="Map hasil.")]
Now = Annotated[bool, typer.Option("--now", help="Coba sekali walaupun sambungan sedang dijeda.")]


def open_workspace(agency: str | None, year: int | None = None, *, read_only: bool = False) -> Any:
    """The workspace of the settings.

    Args:
        agency: Another office than theirs.
        year: Another year than theirs.
        read_only: The command makes nothing; where there is no database yet, standard error says so.
    """
    from jobs.workspace import Workspace  # noqa: PLC0415 - keeps `lkjip --help` instant

    given = {"agency": agency, "year": year}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    workspace = Workspace(settings, read_only=read_only)
    if workspace.database_missing:
        print(workspace.database_missing, file=sys.stderr)
    return workspace


def renew_offices() -> None:
    """With a store, renew this machine's copies of the offices' data; standard error tells which were not."""
    with suppress(SettingsError):  # the command itself tells of it
        settings = load_settings()
        if settings.store:
            from jobs.store.offices import bring_offices  # noqa: PLC0415

            for told in bring_offices(settings):
                print(printable(told), file=sys.stderr)


def user_name() -> str:
    """Who types: behind deployments/lkjip.sh the process is the service's, and sudo knows the person."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError) as cause:
        raise SettingsError(
            "Nama pengguna komputer ini tidak diketahui.",
            todo="sebut siapa yang memasukkan dengan --by NAMA.",
        ) from cause
