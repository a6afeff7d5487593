"""The process that reads a sent file: ``python -m jobs.uploads.reading``, a question in, an answer out.

Whatever a file does to its reader happens here, within bounds of memory and time, and not in the page.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from jobs.uploads.bounds import MEMORY, SECONDS


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Look at a file or take it in, as :mod:`jobs.uploads.apart` asks.

    Returns:
        What :class:`jobs.uploads.recognise.Look`, :class:`jobs.uploads.take.Taken`,
        :func:`jobs.uploads.workbook.look_at_workbook` or :func:`jobs.uploads.signed.look_at_signed` says, or
        ``error`` with ``message`` and ``todo`` where not the file, but the office or the program is at fault.
    """
    from core.errors import LkjipError  # noqa: PLC0415 - only after the bounds are set
    from core.settings import Settings  # noqa: PLC0415
    from jobs.uploads.recognise import look_at  # noqa: PLC0415
    from jobs.uploads.signed import look_at_signed  # noqa: PLC0415
    from jobs.uploads.take import take_in  # noqa: PLC0415
    from jobs.uploads.workbook import look_at_workbook  # noqa: PLC0415
    from jobs.workspace import Workspace  # noqa: PLC0415

    taking = question["do"] == "take"
    workspace = Workspace(Settings(**question["settings"]), read_only=not taking)
    file, kind, month = Path(question["file"]), question["kind"], question["month"]
    try:
        if question["do"] == "signed":
            return look_at_signed(file, Path(question["beside"]), question["number"])
        if question["do"] == "workbook":
            return look_at_workbook(workspace, file)
        if taking:
            return take_in(workspace, file, kind, month).as_dict()
        shared = question.get("shared", False)
        return look_at(workspace, file, question["sha256"], kind, month, shared=shared).as_dict()
    except LkjipError as error:
        return {"error": {"message": error.message, "todo": error.todo}}
    finally:
        if "engine" in workspace.__dict__:
            workspace.engine.dispose()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer one question of standard input on standard output, which no library writes to."""
    _bound()
    question = json.load(sys.stdin)
    out = os.dup(1)
    os.dup2(2, 1)
    given = json.dumps(answer(question))
    with open(out, "w", encoding="utf-8") as file:
        file.write(given)


if __name__ == "__main__":
    main()
