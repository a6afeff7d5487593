"""The present figures in a copy of the office's own Word report, as tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from connectors.word.package import WordFile
from core.dates import format_date
from core.errors import StorageError
from jobs.report.figures import present_figures
from jobs.report.render import report_of, write_files
from jobs.report.word.files import read_file
from jobs.workspace import Workspace
from models.report.issues import list_issues
from models.session import open_session
from reports.content import Report
from reports.word.fill import AUTHOR, Filled, Left, Place, Result, fill
from reports.wording import legends, owners_of

SUFFIX = "-terisi"
_SIGNED = "Berkas asli bertanda tangan elektronik; tanda tangan itu tidak berlaku untuk salinan yang diubah."


@dataclass(frozen=True)
class FilledWord:
    """What was done.

    Attributes:
        file: The office's.
        out: The copy; None where nothing was to be filled, so that none was written.
        dated: The day that the changes bear, in words.
        notes: What the person must know beside.
    """

    file: Path
    out: Path | None
    dated: str
    filled: Sequence[Filled]
    left: Sequence[Left]
    notes: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "file": str(self.file),
            "out": str(self.out) if self.out else None,
            "filled": [
                {**asdict(entry.place), "before": entry.before, "after": entry.after} for entry in self.filled
            ],
            "left": [
                {**asdict(entry.place), "text": entry.text, "reason": entry.reason} for entry in self.left
            ],
            "notes": list(self.notes),
        }

    def as_text(self) -> str:
        """For people: what was filled, then what was left and why."""
        lines = [
            f"{self.out}: {len(self.filled)} perubahan terlacak dari {AUTHOR}, {self.dated}. Periksa di Word "
            "dengan Tinjau, lalu Terima atau Tolak."
            if self.out
            else "Tidak ada yang diisi; salinan tidak dibuat."
        ]
        if self.filled:
            lines += ["", f"Diisi ({len(self.filled)}):"]
            lines += _grouped(
                [(e.place, f'"{_short(e.before)}" menjadi "{_short(e.after)}"') for e in self.filled]
            )
        if self.left:
            lines += ["", f"Dibiarkan, periksa sendiri ({len(self.left)}):"]
            lines += _grouped([(e.place, f'"{e.text}" ({e.reason})') for e in self.left])
        return "\n".join([*lines, *([""] if self.notes else []), *self.notes])


def _grouped(entries: Sequence[tuple[Place, str]]) -> list[str]:
    """The entries below their tables and rows, each with its column."""
    lines = []
    for (in_table, table), of_table in groupby(
        entries, key=lambda entry: (entry[0].row != "", entry[0].table)
    ):
        lines.append(f"  {f'Tabel {table}' if table else 'Tabel tanpa judul' if in_table else 'Teks'}")
        for row, members in groupby(of_table, key=lambda entry: entry[0].row):
            lines += [f"    Baris {row}"] if row else []
            for place, said in members:
                column = f"{place.column}: " if place.column else ""
                lines.append(f"      {column}{said}" if row else f"    {said}")
    return lines


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def fill_word(
    workspace: Workspace, file: Path, out: Path | None = None, *, force: bool = False
) -> FilledWord:
    """Write a copy of a Word file with the present figures in it, as tracked changes.

    Args:
        workspace: Office and year.
        file: The office's; never changed.
        out: The copy; beside the file where it is left out.
        force: Whether a file that is there already may be replaced.

    Raises:
        SourceError: It is no Word file that can be read; :func:`connectors.word.package.read_word` says why.
        StorageError: The copy is there already, or cannot be written.
    """
    target = out or file.with_name(f"{file.stem}{SUFFIX}.docx")
    _see_free(file, target, force=force)
    word = read_file(file)
    with open_session(workspace.engine, read_only=True) as session:
        report = report_of(session, workspace, present_figures(session, workspace))
        kept = [issue.report for issue in list_issues(session, workspace.office_id, workspace.year)]
    result = fill(word.stories, report, kept, report.issue.moment)
    if result.parts:
        write_files(workspace, {target.name: word.with_stories(result.parts)}, target.parent)
    written = target if result.parts else None
    dated = format_date(report.issue.day)
    return FilledWord(file, written, dated, result.filled, result.left, _notes(word, report, result))


def _notes(word: WordFile, report: Report, result: Result) -> list[str]:
    owners = owners_of(m.realisasi for m in report.measured.indicators.values())
    explained = legends([entry.after for entry in result.filled if entry.place.row], owners)
    notes = [f"Tambahkan keterangan tanda di bawah tabelnya: {' '.join(explained)}"] if explained else []
    return [*notes, *([_SIGNED] if word.signed and result.parts else [])]


def _see_free(file: Path, target: Path, *, force: bool) -> None:
    if target.resolve() == file.resolve() or (target.exists() and file.exists() and target.samefile(file)):
        raise StorageError(
            f"Salinan tidak boleh menimpa berkas {file} sendiri.", todo="pilih nama lain dengan --out."
        )
    if target.is_dir():
        raise StorageError(f"{target} adalah map.", todo="sebut nama berkasnya juga di --out.")
    if target.exists() and not force:
        raise StorageError(
            f"Berkas {target} sudah ada.", todo="pilih nama lain dengan --out, atau ganti dengan --force."
        )
