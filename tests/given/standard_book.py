"""The standard book, for an office that wrote no chapter of its own."""

from __future__ import annotations

from office.book.chapters import ORDER, STANDARD, Chapter


def standard_chapters() -> list[Chapter]:
    """Its chapters in order."""
    return [
        Chapter(name=name, text=(STANDARD / f"{name}.md").read_text(encoding="utf-8"), own=False, place=name)
        for name in ORDER
    ]
