"""A chapter with other passages: every other line keeps its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from office.book.passages import Passage


@dataclass(frozen=True)
class Rewritten:
    """A passage as it is to be.

    Attributes:
        passage: As it is.
        paragraphs: Markdown of what stands in its place, without its prefix; none where it goes.
    """

    passage: Passage
    paragraphs: tuple[str, ...]


def written_lines(rewritten: Rewritten) -> list[str]:
    """The lines that stand in the place of a passage; a paragraph of several lines stays one paragraph."""
    prefix = rewritten.passage.prefix
    lines: list[str] = []
    for number, paragraph in enumerate(rewritten.paragraphs):
        if number and not prefix:
            lines.append("")
        lines += f"{prefix}{paragraph}".split("\n")
    return lines


def rewrite(raw: str, changes: Sequence[Rewritten]) -> str:
    """The text of a chapter's file with other passages.

    Args:
        raw: As the file has it; passages count its lines from its title.
        changes: Of different passages.

    Raises:
        ValueError: A passage does not stand there.
    """
    lines = raw.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    title = next((n for n, line in enumerate(lines) if line.lstrip("\ufeff").strip()), 0)
    for change in sorted(changes, key=lambda each: each.passage.first, reverse=True):
        first, last = title + change.passage.first - 1, title + change.passage.last - 1
        present = "\n".join(line.removesuffix("\r") for line in lines[first : last + 1])
        if present.rstrip() != f"{change.passage.prefix}{change.passage.text}".rstrip():
            raise ValueError(f"baris {first + 1}")
        new = [f"{line}{ending}" for line in written_lines(change)]
        after = last + 1
        if (
            not new
            and first
            and not lines[first - 1].strip()
            and after < len(lines)
            and not lines[after].strip()
        ):
            after += 1  # the empty line that parted it from the next
        lines[first:after] = new
    return "\n".join(lines)
