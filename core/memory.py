"""How often Python looks for objects that only hold each other."""

from __future__ import annotations

import gc

_OBJECTS = 100_000
"""New ones before it looks again; 100.000 small objects are some 10 MiB."""


def collect_rarely() -> None:
    """Let a process that ends by itself look through its memory a few times instead of some hundred times.

    A look goes through all that the libraries hold, which took half a second of a report's five. A process
    that stays, like the page, keeps Python's own measure: its looks are short, and its visitors wait for
    none.
    """
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
