"""The office's own workbook, looked at by the process that reads what people send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import BusyError, SourceError
from jobs.uploads.apart import ask_reader
from jobs.workspace import Workspace
from office.problems import DataProblems, Problem

MOST = 300
"""Differences that are told; the others are counted."""


@dataclass(frozen=True)
class Seen:
    """What a workbook would do; nothing was changed.

    Attributes:
        year: Whose data it holds.
        indicators: How many it has.
        new: Whether the office has no such year yet.
        differences: What it would change in the year that is there, the first :data:`MOST`; each has the
            fields of :class:`jobs.office.differences.Difference`.
        count: Of all differences.
        notes: What a person should know, in Indonesian.
        evidence: What would be kept, with whose figure it shows.
        mark: Of the data that this was said of.
    """

    year: int
    indicators: int
    new: bool
    differences: tuple[Mapping[str, str], ...]
    count: int
    notes: tuple[str, ...]
    evidence: tuple[str, ...]
    mark: str


def check_workbook_apart(workspace: Workspace, file: Path) -> Seen:
    """Have a workbook read that is for an office, and say what it would change; nothing is changed.

    Raises:
        DataProblems: Listing every problem with its sheet and cell.
        SourceError: It made its reader end, or take too long.
        BusyError: Too many other files are being read.
        LkjipError: It is no workbook, or the office's data or the database cannot be used.
    """
    try:
        given = ask_reader(workspace, "workbook", file)
    except SourceError as error:
        raise SourceError(
            error.message,
            todo="unduh buku kerja yang baru dari halaman ini, salin isiannya ke sana, lalu kirim lagi; bila "
            "tetap, serahkan berkasnya kepada teknisi.",
        ) from error
    except BusyError as error:
        raise BusyError(error.message, todo="tunggu sebentar, lalu kirim lagi.") from error
    if "problems" in given:
        wrong = DataProblems(given["message"], todo=given["todo"])
        wrong.found = tuple(Problem(**problem) for problem in given["problems"])
        raise wrong
    return Seen(**given)


def look_at_workbook(workspace: Workspace, file: Path) -> dict[str, Any]:
    """What a workbook says, for the process that asked: the fields of :class:`Seen`, or its problems.

    Raises:
        LkjipError: It is no workbook, or the office's data or the database cannot be used.
    """
    # It takes memory that the page, which asks from this module too, is to be spared.
    from jobs.report.workbook import check_office  # noqa: PLC0415

    try:
        checked = check_office(file, workspace.settings, workspace.office_id)
    except DataProblems as error:
        problems = [asdict(problem) for problem in error.found]
        return {"problems": problems, "message": error.message, "todo": error.todo}
    seen = Seen(
        checked.agency.year.year,
        len(checked.agency.indicators),
        checked.new,
        tuple(asdict(difference) for difference in checked.differences[:MOST]),
        len(checked.differences),
        checked.notes,
        checked.evidence,
        checked.mark,
    )
    return asdict(seen)
