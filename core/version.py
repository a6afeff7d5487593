"""Which program this is, exactly enough to say whether it would make the same report of the same data."""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from core.settings import PROJECT

_MAKES_REPORTS = ("core", "capaian", "office", "connectors", "reports", "jobs", "templates")
"""Folders of the program that decide what a report says and how its files are set."""

_LIBRARIES = ("jinja2", "lxml", "markdown-it-py", "pydantic", "pypandoc_binary", "python-docx", "typst")
"""What sets the pages; another version of them may give other bytes."""


@cache
def program_version() -> str:
    """The program's version and twelve digits of a SHA-256 over what makes reports, ``0.1.0+5f…``."""
    known, listed = hashlib.sha256(), b""
    for name in _LIBRARIES:
        known.update(f"{name} {_installed(name)}\n".encode())
    for folder in _MAKES_REPORTS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                listed += f"{path.relative_to(PROJECT).as_posix()} {content}\n".encode()
    known.update(listed)
    # PDFs are packed by the zlib of the system, of which there are kinds that give other bytes.
    known.update(zlib.compress(listed, 9))
    return f"{_installed('lkjip')}+{known.hexdigest()[:12]}"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"
