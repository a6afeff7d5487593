"""What a look at one thing found: fine, something to look at, or broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from core.errors import LkjipError


class Verdict(StrEnum):
    """How a thing is; only what is broken makes the whole fail."""

    FINE = "fine"
    WARNING = "warning"
    BROKEN = "broken"


_WORDS = {Verdict.FINE: "baik  ", Verdict.WARNING: "awas  ", Verdict.BROKEN: "RUSAK "}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        subject: What, in Indonesian.
        said: What was seen.
        todo: What to do; empty where nothing is.
    """

    subject: str
    verdict: Verdict
    said: str
    todo: str = ""

    def as_dict(self) -> dict[str, str]:
        """For ``--json``."""
        return {
            "subject": self.subject,
            "verdict": self.verdict.value,
            "said": self.said,
            "todo": self.todo,
        }

    def as_text(self) -> str:
        """For people."""
        todo = f"\n        yang perlu dilakukan: {self.todo}" if self.todo else ""
        return f"{_WORDS[self.verdict]} {self.subject}: {self.said}{todo}"

    def printable(self) -> Check:
        """The same without control characters, which names of files and words of servers may hold."""
        said, todo = (
            " ".join("".join(c if c.isprintable() else " " for c in text).split())
            for text in (self.said, self.todo)
        )
        return replace(self, said=said, todo=todo)


@dataclass(frozen=True)
class Examination:
    """All that was looked at."""

    checks: Sequence[Check]

    @property
    def broken(self) -> bool:
        """Whether something is that keeps the program from its work."""
        return any(check.verdict is Verdict.BROKEN for check in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"fine": not self.broken, "checks": [check.as_dict() for check in self.checks]}

    def as_text(self) -> str:
        """For people."""
        counted = [sum(check.verdict is verdict for check in self.checks) for verdict in Verdict]
        lines = [check.as_text() for check in self.checks]
        return "\n".join([*lines, "", "{} baik, {} perlu dilihat, {} rusak.".format(*counted)])


def fine(subject: str, said: str) -> Check:
    """Nothing is to be done."""
    return Check(subject, Verdict.FINE, said)


def warning(subject: str, said: str, todo: str) -> Check:
    """It works, but somebody should look at it."""
    return Check(subject, Verdict.WARNING, said, todo)


def broken(subject: str, said: str, todo: str) -> Check:
    """Something does not work."""
    return Check(subject, Verdict.BROKEN, said, todo)


def broken_by(subject: str, error: LkjipError) -> Check:
    """Something does not work, as an error of ours says it."""
    return broken(subject, error.message, error.todo or "perbaiki yang disebut, lalu ulangi lkjip doctor.")
