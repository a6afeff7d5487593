"""Style and script of the page, and how a browser is told that no other script may run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from core.settings import PROJECT

_REMARK = re.compile(r"\s*(//.*|/\*.*\*/\s*)?")
_SCRIPT_TAG = re.compile(rb"<script", re.IGNORECASE)
_LAST = re.compile(rb"<script>(.*?)</script>\s*</body>\s*</html>\s*\Z", re.DOTALL)
_ALLOWED = re.compile(
    rb'\s*<!DOCTYPE html>\s*<html lang="id">\s*<head>\s*<meta charset="utf-8">\s*'
    rb'<meta http-equiv="Content-Security-Policy" '
    rb"content=\"[^\"]*; script-src ('sha256-[A-Za-z0-9+/]{43}=')\">"
)
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
    return _named(screen_script().encode())


def script_within(page: bytes) -> str:
    """The script that a page of a report was made with, as a Content-Security-Policy names it.

    It is the page's only one, stands where the template puts it, at the very end, and is what the page's own
    policy, at its head, lets run: so it came from the template, whatever else the page holds.

    Args:
        page: Bytes that are proved to be those that were stored.

    Returns:
        ``'sha256-…'``; empty where a page has no such script, and none of its scripts may run.
    """
    script, allowed = _LAST.search(page), _ALLOWED.match(page)
    if script is None or allowed is None or len(_SCRIPT_TAG.findall(page)) != 1:
        return ""
    named = _named(script[1])
    return named if allowed[1] == named.encode() else ""


def _named(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
