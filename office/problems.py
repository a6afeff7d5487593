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


class DataProblems(AgencyDataError):
    """Everything that is wrong in an office's data, with each problem apart for who puts them otherwise."""

    found: tuple[Problem, ...] = ()


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
            DataProblems: With each problem on its own line when there is more than one.
        """
        if not self.found:
            return
        error = self._error()
        error.found = tuple(self.found)
        raise error from self.cause

    def _error(self) -> DataProblems:
        if len(self.found) == 1:
            only = self.found[0]
            return DataProblems(f"{only}.", todo=only.todo)
        lines = [
            f"{number}. {problem}; {problem.todo}" for number, problem in enumerate(self.found[:LISTED], 1)
        ]
        if len(self.found) > LISTED:
            lines.append(f"... dan {len(self.found) - LISTED} kesalahan lain.")
        return DataProblems(
            f"Data instansi {self.folder.name} memuat {len(self.found)} kesalahan:\n"
            + "\n".join(lines)
            + "\n",
            todo="perbaiki baris-baris yang disebut, lalu jalankan lagi.",
        )
