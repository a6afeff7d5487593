"""``lkjip serve`` from its beginning to its end."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from core.errors import StorageError, explain_os_error
from core.settings import Settings
from jobs.health.runs import end_runs
from jobs.health.serving.configuration import configuration
from jobs.health.serving.parts import Part, parts_of
from jobs.health.serving.supervised import Supervised
from jobs.health.serving.surroundings import Prepared, require_free_port, variables
from jobs.remains import clear_remains


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run everything that an office's small server runs, until SIGTERM, SIGINT or SIGHUP.

    Args:
        settings: Of the office; Prefect's server listens where they say that it is.
        say: Told what happens, a line each.

    Raises:
        ScheduleError: The server cannot listen there.
        StorageError: A database or the working folder cannot be used.
        SettingsError: A setting is unusable.
    """
    require_free_port(settings)
    clear_remains(settings)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as apart:
        prepared = apart.submit(_prepare, settings).result()
    say(f"Basis data LKjIP: siap ({prepared.own}).")
    say(f"Basis data Prefect: {prepared.prefect}.")
    if prepared.warning:
        say(f"Peringatan: {prepared.warning}")
    os.environ.update(variables(settings, prepared.prefect_url))
    parts, logs = parts_of(settings), settings.home / "log"
    file = _write(configuration(parts, settings.home / ".serve", logs), settings.home / ".serve", logs)
    Supervised(
        file,
        parts,
        say,
        logs=logs,
        ready=lambda applied: _tell_addresses(parts, logs, say, applied=applied),
        let_runs_end=lambda: end_runs(settings.prefect_api_url, say),
    ).keep_running()
    say("Semuanya sudah berhenti.")


def _prepare(settings: Settings) -> Prepared:
    from jobs.health.serving.preparing import prepare  # noqa: PLC0415 - see there

    return prepare(settings)


def _write(text: str, folder: Path, logs: Path) -> Path:
    try:
        for path in (folder, logs):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "supervisord.conf"
        file.write_text(text, encoding="utf-8")
    except OSError as cause:
        raise StorageError(
            f"{cause.filename or folder} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_HOME dan ruang kosong cakram.",
        ) from cause
    return file


def _tell_addresses(
    parts: tuple[Part, ...], logs: Path, say: Callable[[str], None], *, applied: bool
) -> None:
    say("Semuanya berjalan." if applied else "Berjalan, tetapi dengan jadwal yang lama, bila ada.")
    for part in parts:
        if part.address:
            say(f"  {part.title}: {part.address}")
    say(f"  Catatan: {logs}")
