"""Word files as LibreOffice leaves them once all tracked changes were accepted or rejected."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_ENDINGS = {"accept": "diterima", "reject": "ditolak"}


def settle_by_libreoffice(content: bytes, folder: Path, *ways: str) -> list[bytes]:
    """The file settled in each way (``accept``, ``reject``), in one start of LibreOffice."""
    python = _python()
    if not shutil.which("soffice") or not python:
        pytest.skip("LibreOffice, or its Python, is not here")
    file = folder / "terlacak.docx"
    file.write_bytes(content)
    script = Path(__file__).with_name("accept_in_libreoffice.py")
    subprocess.run([python, script, folder / "profil", ",".join(ways), file], check=True, timeout=180)
    return [Path(f"{file}.{_ENDINGS[way]}.docx").read_bytes() for way in ways]


def _python() -> str:
    """A Python that knows LibreOffice, or nothing."""
    beside = Path(shutil.which("soffice") or "").resolve().with_name("python")
    for python in (str(beside), "/usr/bin/python3"):
        asked = [python, "-c", "import uno"]
        if Path(python).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return python
    return ""
