"""What became of dropped files, and how people are told."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

MOST_NAMES = 5
"""So many names of files stand in a sentence."""

OUTCOMES = {
    "taken": "diambil",
    "known": "sudah pernah diambil, tidak ada yang berubah",
    "unchanged": "angkanya sudah tersimpan",
    "read": "dibaca, tidak disimpan",
    "refused": "tidak dapat dipakai",
    "waiting": "masih disalin, ditunggu",
    "gone": "sudah tidak ada ketika akan dibaca",
    "delayed": "belum dapat dibaca, dicoba lagi pada giliran berikut",
}
"""What can become of a file, and how people are told."""


@dataclass(frozen=True)
class FileResult(ABC):
    """What became of one file; each kind of files has more to say.

    Attributes:
        outcome: One of :data:`OUTCOMES`.
        moved_to: Where it lies now; empty while it was not moved.
        stuck: Why it was not moved although it was read.
    """

    name: str
    outcome: str
    moved_to: str = field(default="", kw_only=True)
    stuck: str = field(default="", kw_only=True)

    @property
    @abstractmethod
    def problems(self) -> tuple[str, ...]:
        """For the note beside the file: what could not be used, in Indonesian; of a refused file why."""

    @property
    @abstractmethod
    def news(self) -> bool:
        """Whether it brought figures that were not known."""

    @abstractmethod
    def as_lines(self) -> list[str]:
        """For people: what was understood of it, and what was not."""


Result = TypeVar("Result", bound=FileResult)


@dataclass(frozen=True)
class TakenFiles(Generic[Result]):
    """What became of every file of a folder; each kind of files has words of its own.

    Attributes:
        NONE: Said when no file was there.
        TAKEN: What was taken; the names of the files follow.
        NOTHING_NEW: Said when all were read and brought nothing.
        remarks: What people should know of the folder, in Indonesian.
    """

    NONE: ClassVar[str]
    TAKEN: ClassVar[str]
    NOTHING_NEW: ClassVar[str]

    files: tuple[Result, ...]
    remarks: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        """Whether there is something new to put into the report."""
        return any(file.news for file in self.files)

    @property
    def refused(self) -> tuple[Result, ...]:
        """Files that could not be used."""
        return tuple(file for file in self.files if file.outcome == "refused")

    @property
    def held_up(self) -> tuple[Result, ...]:
        """Files that still lie where they were dropped although a person or the program must do something."""
        return tuple(file for file in self.files if file.outcome == "delayed" or file.stuck)

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.files or self.remarks)

    @property
    def message(self) -> str:
        """One sentence for the office."""
        if not self.files:
            return self.NONE
        taken = [file.name for file in self.files if file.news]
        parts = [f"{self.TAKEN} {listed_names(taken)}."] if taken else []
        if self.refused:
            names = listed_names([file.name for file in self.refused])
            parts.append(f"Berkas yang tidak dapat dipakai: {names}.")
        if self.held_up:
            names = listed_names([file.name for file in self.held_up])
            parts.append(f"Berkas yang masih di map masuk karena gangguan: {names}.")
        return " ".join(parts) or self.NOTHING_NEW

    @property
    def full_message(self) -> str:
        """The sentence with what is odd about the folder."""
        return " ".join((self.message, *self.remarks))

    @property
    def warnings(self) -> list[str]:
        """What a person must look at, one line for each file or matter."""
        files = (*self.refused, *(file for file in self.held_up if file.outcome != "refused"))
        return [*self.remarks, *(f"{file.name}: {' '.join(_reasons(file))}" for file in files)]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "news": self.news,
            "message": self.message,
            "remarks": list(self.remarks),
            "files": [{**asdict(file), "news": file.news} for file in self.files],
        }

    def as_text(self) -> str:
        """For people: each file with what was understood of it, and what was not."""
        lines = [line for file in self.files for line in file.as_lines()]
        return "\n".join([self.message, *self.remarks, *lines])


def outcome_line(file: FileResult) -> str:
    """One line for people: what became of a file, and where it is."""
    where = f"; kini di {file.moved_to}" if file.moved_to else ""
    return f"{file.name}: {OUTCOMES[file.outcome]}{where}" + (f"; {file.stuck}" if file.stuck else "")


def _reasons(file: FileResult) -> tuple[str, ...]:
    return (*file.problems, file.stuck) if file.stuck else file.problems


def listed_names(names: list[str]) -> str:
    """Names of files in a sentence; of many only the first, the last and how many."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{names[0]} sampai {names[-1]} ({len(names)} berkas)"
