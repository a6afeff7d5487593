"""Collects everything that is wrong in an office's folder, so that a person mends it in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import AgencyDataError

LISTED = 25
"""How many problems a message lists; one damaged file can cause hundreds."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where, what was found and expected, what to do."""

    place: str
    message: str
    todo: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass
class Problems:
    """The problems of one folder, in the order of finding."""

    folder: Path
    found: list[Problem] = field(default_factory=list)
    cause: Exception | None = None

    def add(self, place: str, message: str, todo: str, cause: Exception | None = None) -> None:
        """Note a problem; the first technical cause is kept for the technician."""
        self.found.append(Problem(place, message, todo))
        self.cause = self.cause or cause

    def raise_found(self) -> None:
        """Raise everything found as one error.

        Raises:
            AgencyDataError: With each problem on its own line when there is more than one.
        """
        if not self.found:
            return
        if len(self.found) == 1:
            only = self.found[0]
            raise AgencyDataError(f"{only}.", todo=only.todo) from self.cause
        lines = [
            f"{number}. {problem}; {problem.todo}" for number, problem in enumerate(self.found[:LISTED], 1)
        ]
        if len(self.found) > LISTED:
            lines.append(f"... dan {len(self.found) - LISTED} kesalahan lain.")
        raise AgencyDataError(
            f"Data instansi {self.folder.name} memuat {len(self.found)} kesalahan:\n"
            + "\n".join(lines)
            + "\n",
            todo="perbaiki baris-baris yang disebut, lalu jalankan lagi.",
        ) from self.cause
