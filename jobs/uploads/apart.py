"""Having a sent file read by a process of its own, a few at a time and not for ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from core.errors import BusyError, LkjipError, SourceError
from core.settings import PROJECT
from jobs.uploads.bounds import SECONDS
from jobs.workspace import Workspace

PROGRAM = (sys.executable, "-m", "jobs.uploads.reading")
_AT_ONCE, _WAITING = BoundedSemaphore(2), BoundedSemaphore(6)
"""Readers at work, and requests that may wait for them or be served by them."""
_PATIENCE = 30
"""Seconds that a request waits for its turn."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "PYTHONPATH", "LKJIP_LOOPBACK_ONLY")
"""What a reader sees of the environment: it handles what strangers wrote, and needs no key or password."""
_NEEDED = ("home", "database_url", "offices", "year", "today")


def ask_reader(
    workspace: Workspace,
    do: str,
    file: Path,
    sha256: str = "",
    kind: str = "",
    month: int = 0,
    *,
    beside: Path | None = None,
    number: int = 0,
) -> Mapping[str, Any]:
    """What the reading process answers; see :func:`jobs.uploads.reading.answer`.

    Args:
        workspace: The office.
        do: ``look`` or ``take``; ``workbook`` to look at the office's own; ``signed`` at a signed report.
        file: What was sent.
        sha256: Of its bytes; of the workbook it does not matter.
        kind: Of the file; empty to find out.
        month: What a person says of the month of a budget; 0 leaves it to the file.
        beside: The issue's own PDF, for a signed report.
        number: Of that issue.

    Raises:
        SourceError: The file made its reader end, or take too long.
        BusyError: Too many other files are being read.
        LkjipError: The office's data or the database are at fault.
    """
    settings = {name: getattr(workspace.settings, name) for name in _NEEDED}
    question = {
        "do": do,
        "settings": {**settings, "agency": str(workspace.agency_folder)},
        "file": str(file),
        "sha256": sha256,
        "kind": kind,
        "month": month,
        "beside": str(beside or ""),
        "number": number,
        "shared": bool(workspace.settings.store),
    }
    with _turn():
        given = _run(json.dumps(question, default=str), file.name)
    if "error" in given:
        raise LkjipError(given["error"]["message"], todo=given["error"]["todo"])
    return given


def _run(question: str, name: str) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if key in _PASSED_ON}
    try:
        done = subprocess.run(
            PROGRAM,
            input=question.encode(),
            stdout=subprocess.PIPE,
            timeout=SECONDS,
            cwd=PROJECT,
            env=environment,
            check=False,
        )
        given = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"Berkas {name!r} terlalu lama dibaca (lebih dari {SECONDS} detik), jadi dihentikan.",
            todo="kirim bagian yang diperlukan saja (halaman tabelnya), atau taruh berkasnya di map masuk.",
        ) from None
    except ValueError as cause:
        raise SourceError(
            f"Berkas {name!r} membuat pembacanya berhenti (kode {done.returncode}).",
            todo="buka berkasnya, simpan tabelnya sebagai berkas baru (XLSX atau CSV), lalu kirim itu; bila "
            "tetap, serahkan berkasnya kepada teknisi.",
        ) from cause
    if not isinstance(given, dict):
        raise TypeError("the reader gives an object")
    return given


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for a turn, but not with many others: each holds a thread of the page.

    Raises:
        BusyError: Too many wait, or it takes too long.
    """
    busy = BusyError(
        "Berkas-berkas lain sedang dibaca.", todo="tunggu sebentar, lalu tekan Baca di halaman berkas itu."
    )
    if not _WAITING.acquire(blocking=False):
        raise busy
    try:
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise busy
        try:
            yield
        finally:
            _AT_ONCE.release()
    finally:
        _WAITING.release()
