"""Words from outside as a terminal may show them: no letter that moves the cursor or changes a colour."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control letters but the new line and the tab, and those that turn the direction of writing."""


def printable(text: str) -> str:
    """The text with each control letter as a sign that it was there."""
    return _CONTROL.sub("\ufffd", text)
