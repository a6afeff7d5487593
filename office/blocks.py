"""A YAML file as the blocks of its top-level keys, so that one changes and the rest stays as it is."""

from __future__ import annotations

import re

_KEY = re.compile(r"(\w+)\s*:")


def top_blocks(text: str) -> list[tuple[str, str]]:
    """Split the text of a mapping: each top-level key with its lines and the comment above it, in order.

    What stands before the first key or after the last one has the empty name. The blocks put together
    again are the text.
    """
    blocks: list[tuple[str, str]] = []
    comment = ""
    for line in text.splitlines(keepends=True):
        if line.startswith("#"):
            comment += line
            continue
        if match := _KEY.match(line):
            blocks.append((match[1], comment + line))
        elif blocks:
            key, block = blocks[-1]
            blocks[-1] = (key, block + comment + line)
        else:
            blocks.append(("", comment + line))
        comment = ""
    return [*blocks, ("", comment)] if comment else blocks
