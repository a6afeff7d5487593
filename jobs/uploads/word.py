"""What was changed in the Word file of an issue: passages as they were and would be, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import LkjipError, StorageError
from core.numbers import format_number
from jobs.data_changes import refuse_outside
from jobs.dropped_file import DropFolder
from jobs.report.word.take import Taken, look_at_word, save_taken
from jobs.taken_files import FileResult
from jobs.uploads.shown import PLAIN, WAIT, Shown, make_notes, make_table, refused
from jobs.workspace import Workspace

SOURCE = "word"
FOLDER = DropFolder(
    SOURCE,
    oversize_todo="Perkecil gambarnya di Word, lalu kirim lagi.",
    kept="Naskah yang tersimpan tidak berubah.",
)
"""Where a file lies that could not be used; none is ever dropped there."""
_BODY = "word/document.xml"
_AROUND, _LONGEST = 6, 2000
"""Words that are shown around a change, and letters of a cell that shows one."""
_WORDS = (
    ("dengan --issue", "kepada teknisi"),
    ("pilih kantornya dengan --agency", "kirim di halaman kantor"),
)
"""What people who see a page and no terminal read in place of options."""


@dataclass(frozen=True)
class WordResult(FileResult):
    """What a Word file brought.

    Attributes:
        taken: What was found in it; None of one that cannot be used.
        reasons: Why it cannot be used.
    """

    taken: Taken | None = None
    reasons: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """See :class:`jobs.taken_files.FileResult`."""
        return self.reasons or tuple(_refusals(self.taken))

    @property
    def news(self) -> bool:
        """Whether something was written."""
        return self.outcome == "taken"

    def as_lines(self) -> list[str]:
        """For people."""
        return self.taken.as_text().splitlines() if self.taken else list(self.reasons)


NOT_SHARED = (
    "Data kantor ini dibagi dengan komputer lain (LKJIP_STORE), jadi naskah dari Word tidak diambil di "
    "halaman; serahkan berkasnya kepada teknisi, yang mengambilnya dengan lkjip word take."
)
"""The reading process has no key of the store: it would neither find the issue's file nor share a change."""


def is_word(content: bytes) -> bool:
    """Whether it is a Word file; only the names of its parts are looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _BODY in archive.namelist()
    except Exception:  # whatever ails it, a reader says it better
        return False


def read_word_file(workspace: Workspace, file: Path, _month: int, *, dry_run: bool) -> WordResult:
    """Read one file; what it changes is written only where this is no dry run.

    Raises:
        StorageError: The issue's own file, the database or the office's folder cannot be used.
    """
    try:
        refuse_outside(workspace.agency_folder, workspace.settings.offices_folder)
        taken = look_at_word(workspace, file)
        if not taken.differences:
            same = taken.complete
            reasons = () if same else ("Tidak ada perubahan yang dapat diambil.", *_refusals(taken))
            return WordResult(file.name, "unchanged" if same else "refused", taken=taken, reasons=reasons)
        if not dry_run:
            save_taken(workspace, taken)
        return WordResult(file.name, "read" if dry_run else "taken", taken=taken)
    except StorageError:
        raise
    except LkjipError as error:
        return WordResult(file.name, "refused", reasons=(_on_a_page(str(error)),))


def holds_word(result: WordResult) -> bool:
    """Whether it is from an issue of this office."""
    return result.taken is not None


def show_word_file(workspace: Workspace, result: WordResult) -> Shown:
    """For the page, after a dry run."""
    taken = result.taken
    if taken is None or result.outcome == "refused":
        return refused(result.reasons)
    places = [f"{each.where} ({each.file} baris {each.line})" for each in taken.differences]
    rows = [
        (place, *narrowed(" ".join(each.before), " ".join(filter(None, each.after))))
        for place, each in zip(places, taken.differences, strict=True)
    ]
    told = [f"{each.where}: {note}." for each in taken.differences for note in each.notes]
    copied = [f"{name}: naskah baku, disalin menjadi milik kantor." for name in taken.copied]
    comments = [f"{comment.author}: {comment.text}" for comment in taken.comments]
    return Shown(
        outcome=result.outcome,
        takable=bool(taken.differences),
        facts=(
            ("Kantor", workspace.agency.office.name),
            ("Asal", f"terbitan {taken.issue} laporan {taken.year}"),
            ("Alinea dan sel yang berubah", format_number(len(taken.differences))),
        ),
        tables=(make_table("Yang akan ditulis", ("Tempat", "Sekarang", "Menjadi"), rows, _LONGEST),),
        notes=(
            *make_notes("Tidak diambil; yang lain tetap diambil", WAIT, _refusals(taken)),
            *make_notes("Periksa", WAIT, told),
            *make_notes("Catatan", PLAIN, [*copied, *(f"Sudah sama: {at}." for at in taken.same)]),
            *make_notes("Komentar di Word, tidak diambil", PLAIN, comments),
        ),
    )


def narrowed(before: str, after: str) -> tuple[str, str]:
    """What two texts have otherwise, with some words around it: it must not hide in a long paragraph."""
    old, new = before.split(), after.split()
    if not old or not new:
        return before or "–", after or "(dihapus)"
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)

    def cut(words: list[str]) -> str:
        shown = " ".join(words[first : len(words) - last])
        return f"{'… ' if first else ''}{shown}{' …' if last else ''}"

    return cut(old), cut(new)


def tell_word(result: WordResult) -> str:
    """One sentence on what was written."""
    count = len(result.taken.differences) if result.taken else 0
    return f"{format_number(count)} alinea atau sel ditulis ke data kantor."


def years_of_word(_workspace: Workspace, result: WordResult) -> tuple[int, ...]:
    """The year of the issue that it is from."""
    return (result.taken.year,) if result.taken else ()


def _refusals(taken: Taken | None) -> Iterator[str]:
    """What is not taken, with its place and the right way."""
    if taken is None:
        return
    for left in taken.unwritten:
        yield f"{left.where}: {left.reason}; {left.todo}"
    for bad in taken.rejected:
        yield f"{bad.where}: {bad.turned}. {bad.todo[:1].upper()}{bad.todo[1:]}"


def _on_a_page(text: str) -> str:
    for words, instead in _WORDS:
        text = text.replace(words, instead)
    return text
