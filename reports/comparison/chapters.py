"""Two issues' chapters in the office's own words, as they are written: what no ``report.json`` holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.comparison.words import ChangedPassage, compare_sentences

_BLANK = re.compile(r"\n\s*\n")
_SHOWN = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_NAMED = re.compile(r'\w+\(\s*"([^"]*)".*\)', re.DOTALL)
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def compare_chapters(before: Mapping[str, str], after: Mapping[str, str]) -> list[ChangedPassage]:
    """The paragraphs that differ, a passage for each chapter, in the order of names.

    A chapter that only one issue has of its own is told in full: in the other stood the program's.

    Args:
        before: Markdown of the office's own chapters of the older issue, by name.
        after: The same of the newer one.
    """
    found = []
    for name in sorted({*before, *after}):
        then, now = before.get(name, ""), after.get(name, "")
        sentences = compare_sentences(_paragraphs(then), _paragraphs(now))
        if sentences:
            found.append(ChangedPassage(f"buku.{name}", f"Bab {_title(now or then, name)}", sentences))
    return found


def _paragraphs(text: str) -> list[str]:
    """As a reader knows them: what is put in bears its name in square brackets."""
    shown = _SHOWN.sub(lambda found: f"[{_named(found[1])}]", _REMARK.sub("", text))
    return [" ".join(paragraph.split()) for paragraph in _BLANK.split(shown) if paragraph.strip()]


def _named(expression: str) -> str:
    call = _NAMED.fullmatch(expression)
    return call[1] if call else expression


def _title(text: str, name: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return heading.removeprefix("#").strip() if heading.startswith("# ") else name.replace("-", " ")
