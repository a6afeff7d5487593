"""Which program this is, exactly enough to say whether it would make the same report of the same data."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from core.settings import PROJECT

_MAKES_REPORTS = ("core", "capaian", "office", "connectors", "reports", "jobs", "templates")
"""Folders of the program that decide what a report says and how its files are set."""

_LIBRARIES = (
    "jinja2", "lxml", "markdown-it-py", "matplotlib", "pikepdf", "pydantic", "pypandoc_binary", "python-docx",
    "typst", "XlsxWriter",
)  # fmt: skip
"""What makes a report's files; another version of them may give other bytes."""


@cache
def program_version() -> str:
    """The program's version and twelve digits of a SHA-256 over what makes reports, ``0.1.0+5f…``."""
    known = hashlib.sha256()
    for name in _LIBRARIES:
        known.update(f"{name} {_installed(name)}\n".encode())
    for folder in _MAKES_REPORTS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                known.update(f"{path.relative_to(PROJECT).as_posix()} {content}\n".encode())
    return f"{_installed('lkjip')}+{known.hexdigest()[:12]}"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"
