"""Runs pandoc, the converter that comes with the package ``pypandoc_binary``."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from core.errors import RenderError

LIMIT_SECONDS = 120


def pandoc_path() -> str:
    """The program that came with the Python package, or else the machine's own.

    Asking pypandoc itself would start pandoc once more only to learn its version.

    Raises:
        RenderError: There is none.
    """
    package = find_spec("pypandoc")
    for folder in (package.submodule_search_locations or []) if package else []:
        for name in ("pandoc", "pandoc.exe"):
            if (Path(folder) / "files" / name).is_file():
                return str(Path(folder) / "files" / name)
    found = shutil.which("pandoc")
    if not found:
        raise RenderError(
            "Program pandoc tidak ditemukan, sehingga PDF dan Word tidak bisa dibuat.",
            todo="Pasang ulang lingkungan Python (make setup); paket pypandoc_binary memuat pandoc.",
        )
    return found


def convert(html: str, arguments: Sequence[str], *, moment: datetime, product: str) -> bytes:
    """Convert HTML and give what pandoc wrote.

    Args:
        html: A whole or partial document.
        arguments: Of pandoc, without input and output.
        moment: Becomes the creation date in the file, so that equal inputs give equal bytes.
        product: What is being made, for the message (``Word``).

    Raises:
        RenderError: pandoc is missing, failed, or did not end.
    """
    command = [pandoc_path(), "--from=html", "--sandbox", *arguments, "--output=-"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    try:
        done = subprocess.run(
            command,
            input=html.encode(),
            capture_output=True,
            check=True,
            timeout=LIMIT_SECONDS,
            env=environment,
        )
    except subprocess.CalledProcessError as cause:
        said = cause.stderr.decode(errors="replace").strip().splitlines()
        raise RenderError(
            f"Berkas {product} gagal dibuat: pandoc berhenti dengan pesan “{' '.join(said[-3:])}”.",
            todo="Periksa cetakan di templates/style, lalu ulangi; laporan sebelumnya tidak berubah.",
        ) from cause
    except subprocess.TimeoutExpired as cause:
        raise RenderError(
            f"Berkas {product} tidak selesai dibuat dalam {LIMIT_SECONDS} detik.",
            todo="Periksa beban mesin, lalu ulangi; laporan sebelumnya tidak berubah.",
        ) from cause
    except OSError as cause:
        raise RenderError(
            f"Berkas {product} gagal dibuat: pandoc tidak bisa dijalankan.",
            todo="Pasang ulang lingkungan Python (make setup).",
        ) from cause
    return done.stdout
