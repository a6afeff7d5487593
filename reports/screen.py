"""Style and script of the page, and how a browser is told that no other script may run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from core.settings import PROJECT

_REMARK = re.compile(r"\s*(//.*|/\*.*\*/\s*)?")
NO_SOURCE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
)
"""What a report may load: nothing; its style and its pictures stand in it."""


def _without_remarks(text: str) -> str:
    """Style or script as it goes out with every report: without remarks on lines of their own and indents."""
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if not _REMARK.fullmatch(line))


@cache
def screen_style() -> str:
    """The style sheet as it stands in every page, without the spaces that are for its writers."""
    text = _without_remarks((PROJECT / "templates" / "style" / "screen.css").read_text(encoding="utf-8"))
    for written, meant in (("; }", "}"), (" { ", "{"), ("; ", ";")):
        text = text.replace(written, meant)
    return text


@cache
def screen_script() -> str:
    """The script as it stands in every page, between its tags."""
    return _without_remarks((PROJECT / "templates" / "style" / "screen.js").read_text(encoding="utf-8"))


@cache
def script_source() -> str:
    """The script by its hash, as a Content-Security-Policy names it: ``'sha256-…'``."""
    digest = hashlib.sha256(screen_script().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
