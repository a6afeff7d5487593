"""Which kind a file is: the readers say it, for each knows its own best."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from jobs.dropped_file import was_taken
from jobs.uploads.kinds import KINDS
from jobs.uploads.shown import Shown, refused
from jobs.uploads.word import NOT_SHARED, is_word
from jobs.workspace import Workspace
from office.workbook.columns import SHEETS

_FEWEST_SHEETS = 4
"""So many sheets by the names of ours make a workbook that ``lkjip`` gave out."""
_LIST = 1 << 18
"""Bytes of the list of sheets that are read."""
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^<>]{0,300}?\bname="([^"<>]{1,100})"')


@dataclass(frozen=True)
class Look:
    """What a file was understood to be.

    Attributes:
        kind: Its kind; empty where none fits, or several do.
        sure: Whether only one reader finds what it looks for.
        workbook: Whether it is the office's own workbook, which has a page of its own.
        known: Whether the same bytes were taken before.
        shown: What was understood; of one without a kind only where it can be none at all.
        why_not: By kind, why it is no such file.
        fits: The kinds that could be meant, where several could.
    """

    kind: str = ""
    sure: bool = False
    workbook: bool = False
    known: bool = False
    shown: Shown | None = None
    why_not: tuple[tuple[str, str], ...] = ()
    fits: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the process that asked."""
        return asdict(self)


def look_at(
    workspace: Workspace, file: Path, sha256: str, kind: str = "", month: int = 0, *, shared: bool = False
) -> Look:
    """Read a file without storing anything.

    Args:
        workspace: The office.
        file: What was sent.
        sha256: Of its bytes.
        kind: What a person says it is; empty lets the readers find out.
        month: What a person says of the month of a budget; 0 leaves it to the file.
        shared: Whether the office's data are shared with other machines.
    """
    content = file.read_bytes()
    if kind == "word" or (not kind and is_word(content)):
        if shared:
            return Look(kind="word", shown=refused([NOT_SHARED]))
        seen = KINDS["word"].read(workspace, file, month, dry_run=True)
        return replace(_as(workspace, sha256, "word", seen), sure=not kind)
    if kind:
        return _as(workspace, sha256, kind, KINDS[kind].read(workspace, file, month, dry_run=True))
    return _guess(workspace, file, content, sha256, month)


def _guess(workspace: Workspace, file: Path, content: bytes, sha256: str, month: int) -> Look:
    """Find out which kind it is, by the readers."""
    pdf = b"%PDF" in content[:1024]
    if not pdf and _is_workbook(content):
        return Look(workbook=True)
    tried = ("bps",) if pdf else tuple(name for name in KINDS if name != "word")
    results = {name: KINDS[name].read(workspace, file, month, dry_run=True) for name in tried}
    fits = tuple(name for name, result in results.items() if KINDS[name].holds(result))
    if len(fits) == 1:
        return replace(_as(workspace, sha256, fits[0], results[fits[0]]), sure=True)
    reasons = {n: KINDS[n].show(workspace, result).reasons for n, result in results.items() if n not in fits}
    if not fits and (pdf or reasons["anggaran"] == reasons["harga"]):
        # No reader of sheets can open it: to ask for its kind would lead nowhere.
        return Look(kind="bps" if pdf else "", shown=refused(reasons[tried[0]]))
    return Look(why_not=tuple((name, " ".join(said)) for name, said in reasons.items()), fits=fits)


def _as(workspace: Workspace, sha256: str, kind: str, result: Any) -> Look:
    own = KINDS[kind]
    known = was_taken(workspace, own.source, own.folder, sha256, own.took)
    return Look(kind=kind, known=known, shown=own.show(workspace, result))


def _is_workbook(content: bytes) -> bool:
    """Whether it has the sheets of the workbook that the office fills; only their list is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("xl/workbook.xml") as part:
            listed = part.read(_LIST)
    except Exception:  # whatever ails it, a reader says it better
        return False
    names = {html.unescape(name.decode("utf-8", "replace")) for name in _SHEET.findall(listed)}
    return len(names & set(SHEETS)) >= _FEWEST_SHEETS
