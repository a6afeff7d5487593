"""Printing an answer: Indonesian text for people, JSON for programs."""

from __future__ import annotations

import json
from typing import Any, Protocol

from core.printable import printable


class Answer(Protocol):
    """What a job found, in both forms."""

    def as_dict(self) -> Any:
        """For programs."""

    def as_text(self) -> str:
        """For people."""


def tell(found: Answer, as_json: bool) -> None:
    """Print what a job found."""
    show(found.as_dict() if as_json else found.as_text(), as_json)


def show(answer: Any, as_json: bool) -> None:
    """Print ``answer``; as JSON with keys in their order, non-ASCII letters as they are.

    Names of files and words of servers may hold anything: none of it commands the terminal.
    """
    text = json.dumps(answer, ensure_ascii=False, indent=2) if as_json else str(answer)
    print(printable(text))
