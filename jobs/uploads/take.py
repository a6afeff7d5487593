"""Taking a sent file in by the reader of its kind, as the flow does with files that were dropped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jobs.report.refresh import was_issued
from jobs.uploads.kinds import KINDS
from jobs.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """What became of a file.

    Attributes:
        outcome: One of :data:`jobs.taken_files.OUTCOMES`.
        said: What was kept, in Indonesian.
        problems: What could not be used; of a refused file why.
        years: Whose report is to be made again: an open year that was issued before.
    """

    outcome: str
    said: str = ""
    problems: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the process that asked."""
        return asdict(self)


def take_in(workspace: Workspace, file: Path, kind: str, month: int) -> Taken:
    """Read a file and keep what it says, whole or not at all."""
    known = KINDS[kind]
    result = known.read(workspace, file, month, dry_run=False)
    if not result.news:
        return Taken(result.outcome, problems=result.problems)
    years = known.years(workspace, result)
    issued = tuple(year for year in years if was_issued(workspace.of_year(year)))
    return Taken(result.outcome, known.tell(result), result.problems, issued)
