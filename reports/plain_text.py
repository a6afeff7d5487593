"""Text for mails without HTML: lines of a terminal's width, indented so that lists stay lists."""

from __future__ import annotations

import re
from textwrap import wrap

WIDTH = 78
"""Letters in a line: what RFC 5322 recommends, and what a terminal shows."""
_START = re.compile(r"\s*(?:- |\d+\. |[A-Z][\w ]{2,10} *: )?")
"""What a line begins with; what goes on below it begins behind that."""
_RULE = re.compile(r"^=+$")


def wrap_text(text: str) -> str:
    """Break the lines of ``text`` that are longer than :data:`WIDTH`, at blanks only: an address stays whole.

    What goes on begins under the first word behind ``- ``, ``1. `` or ``Sumber : ``. A line of ``=`` alone is
    as long as the longest line of the paragraph above it.
    """
    lines: list[str] = []
    above = 0
    for line in text.splitlines():
        broken = [line]
        if _RULE.match(line):
            broken = ["=" * min(above, WIDTH)]
        elif len(line) > WIDTH:
            broken = _break(line)
        above = max(map(len, broken))
        lines += broken
    return "\n".join(lines) + "\n"


def _break(line: str) -> list[str]:
    start = _START.match(line)
    first = start[0] if start else ""
    return wrap(
        line[len(first) :],
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
