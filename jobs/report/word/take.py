"""Taking back what a person changed in the Word file of an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from connectors.word.package import WordFile, read_part, read_word
from core.errors import SourceError, StorageError
from jobs.data_changes import data_mark
from jobs.report.figures import present_figures
from jobs.report.keeping import WORD, read_proved
from jobs.report.remake import unknown_issue
from jobs.report.word.files import read_file
from jobs.report.word.passages import Changes, Difference, Unwritten, changes_of, expressions_of
from jobs.report.word.ways import right_way
from jobs.workspace import Workspace
from jobs.years.saving import save_files
from models.report.issues import files_of, find_issue, list_issues
from models.session import open_session
from office.copies import copy_data, load_copy
from reports.content import IssueInfo, build_report
from reports.word.taken.comments import Comment, read_comments
from reports.word.taken.comparing import Comparison, compare_units
from reports.word.taken.identity import Identity, read_identity
from reports.word.taken.reading import read_units

_MOST_REFUSED = 200
"""Of a file with more it is not believed that it is from that issue."""


@dataclass(frozen=True)
class Rejected:
    """Something that was changed in Word and is not taken, with the right way to change it."""

    where: str
    before: str
    after: str
    todo: str

    @property
    def turned(self) -> str:
        """What it was and what it is, for people."""
        before, after = _short(self.before), _short(self.after)
        if not before:
            return f"“{after}” ditambahkan"
        return f"“{before}” menjadi “{after}”" if after else f"“{before}” dihapus"


@dataclass(frozen=True)
class Taken:
    """What a Word file brings; nothing is written before :func:`save_taken`.

    Attributes:
        file: The file.
        issue: The number of the issue that it is from.
        differences: What would be written, by file and line.
        copied: Standard chapters that become the office's own by it.
        same: Places where the data say already what Word says.
        unwritten: Changes that the data do not take.
        rejected: Changes outside of what may be changed.
        comments: Of Word; none is taken.
        content: The files as they would be, by name.
        mark: Of the data that this was said of.
        saved: Whether it is written.
    """

    file: str
    year: int
    issue: int
    differences: tuple[Difference, ...]
    copied: tuple[str, ...]
    same: tuple[str, ...]
    unwritten: tuple[Unwritten, ...]
    rejected: tuple[Rejected, ...]
    comments: tuple[Comment, ...]
    content: Mapping[str, bytes]
    mark: str
    saved: bool = False

    @property
    def complete(self) -> bool:
        """Whether all that was changed is taken."""
        return not self.unwritten and not self.rejected

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "file": self.file,
            "year": self.year,
            "issue": self.issue,
            "saved": self.saved,
            "changes": [asdict(each) for each in self.differences],
            "copied": list(self.copied),
            "same": list(self.same),
            "not_written": [asdict(each) for each in self.unwritten],
            "refused": [asdict(each) for each in self.rejected],
            "comments": [asdict(each) for each in self.comments],
        }

    def as_text(self) -> str:
        """For people: what changes, then what is not taken and why."""
        lines = [f"{self.file}: Word terbitan {self.issue} laporan {self.year}."]
        if not (self.differences or self.unwritten or self.rejected or self.same):
            lines.append("Tidak ada yang berubah.")
        if self.differences:
            done = "Disimpan" if self.saved else "Akan diambil"
            lines += ["", f"{done} ({len(self.differences)}):"]
            for each in self.differences:
                lines += _told(each, copied=each.file in self.copied)
        if self.same:
            lines += ["", f"Sudah sama di data kantor ({len(self.same)}):", *(f"  {at}" for at in self.same)]
        if self.unwritten:
            lines += ["", f"Tidak diambil, perlu diputuskan orang ({len(self.unwritten)}):"]
            for left in self.unwritten:
                lines += [f"  {left.where}: {left.reason}", f"    di Word: {left.words or '(kosong)'}"]
                lines += [f"    {left.todo}"]
        if self.rejected:
            lines += ["", f"Ditolak, bukan bagian yang boleh diubah di Word ({len(self.rejected)}):"]
            for bad in self.rejected:
                lines += [f"  {bad.where}: {bad.turned}", f"    {bad.todo}"]
        if self.comments:
            lines += ["", f"Komentar di Word, tidak diambil ({len(self.comments)}):"]
            lines += [f"  {comment.author}: {comment.text}" for comment in self.comments]
        if self.differences and self.saved:
            lines += ["", "Terbitan berikutnya (lkjip refresh, atau jadwalnya) memuatnya."]
        elif self.differences:
            lines += ["", "Belum ada yang ditulis; simpan dengan menambah --yes."]
        return "\n".join(lines)


def _told(difference: Difference, *, copied: bool) -> list[str]:
    beside = " (naskah baku, disalin menjadi milik kantor)" if copied else ""
    lines = [f"  {difference.file} baris {difference.line}{beside}: {difference.where}"]
    lines += [f"    - {line}" for line in difference.before]
    lines += [f"    + {line}" for line in difference.after]
    return [*lines, *(f"    Perhatian: {note}." for note in difference.notes)]


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def look_at_word(workspace: Workspace, file: Path, number: int | None = None) -> Taken:
    """What a Word file of an issue says otherwise; nothing is written.

    Args:
        workspace: The office; of which year is for the file to say.
        file: The changed Word file.
        number: Of the issue, for a file that no longer says it.

    Raises:
        SourceError: It is no Word file that can be read, or not of an issue of this office.
        StorageError: There is no such issue, or its own Word file is lost.
        AgencyDataError: The office's data cannot be read, or could not be with the changes.
        RenderError: The report could not be composed with the changes.
    """
    word = read_file(file)
    identity = _identity(word, workspace, number)
    space = workspace.of_year(identity.year)
    mark = data_mark(space.agency_folder, space.year)  # first: what changes meanwhile is not overwritten
    agency, present = space.agency, copy_data(space.agency_folder, space.year)
    with open_session(space.engine, read_only=True) as session:
        base = read_word(_own_word(session, space, identity.number), WORD)
        found = compare_units(_units(base), _units(word))
        _see_alike(found, word.name, identity)
        changes = changes_of(agency, present, found.changed)
        if changes.files:
            _compose(session, space, {**present, **changes.files})
    return _taken(space, word, identity, found, changes, mark)


def save_taken(workspace: Workspace, taken: Taken) -> Taken:
    """Write what was looked at.

    Raises:
        AgencyDataError: The data were changed since, the year is closed, or the office is an example.
        StorageError: It cannot be written, or not be shared.
    """
    if taken.content:
        save_files(workspace.of_year(taken.year), taken.content, taken.mark)
    return replace(taken, saved=True)


def _units(word: WordFile) -> Sequence[Any]:
    return read_units(next(iter(word.stories.values())))


def _identity(word: WordFile, workspace: Workspace, number: int | None) -> Identity:
    told = read_identity(read_part(word, "docProps/custom.xml"))
    office = workspace.office_id
    if told is not None and told.office != office:
        raise SourceError(
            f"Berkas {word.name!r} adalah laporan kantor {told.office}, bukan {office}.",
            todo=f"pilih kantornya dengan --agency {told.office}.",
        )
    if number is not None:
        return Identity(office, told.year if told else workspace.year, number)
    if told is None or not told.number:
        raise SourceError(
            f"Berkas {word.name!r} tidak menyebut terbitan asalnya.",
            todo="mulai dari lkjip.docx sebuah terbitan; bila berkas ini memang dari sana, sebut nomornya "
            "dengan --issue.",
        )
    return told


def _own_word(session: Session, workspace: Workspace, number: int) -> bytes:
    """The Word file of the issue as it was sent out."""
    issue = find_issue(session, workspace.office_id, workspace.year, number)
    if issue is None:
        known = [each.number for each in list_issues(session, workspace.office_id, workspace.year)]
        raise unknown_issue(number, known, workspace.year)
    recorded = next((each for each in files_of(session, issue) if each.name == WORD), None)
    if recorded is None:
        raise StorageError(
            f"Terbitan {number} tidak mencatat berkas Word.", todo="mulai dari terbitan yang lebih baru."
        )
    return read_proved(workspace, issue, recorded)


def _see_alike(found: Comparison, name: str, identity: Identity) -> None:
    """Refuse a file that has next to nothing in common with its issue: it must be another document."""
    if len(found.refused) > _MOST_REFUSED:
        raise SourceError(
            f"Berkas {name!r} berbeda dengan Word terbitan {identity.number} di {len(found.refused)} tempat "
            "yang tidak boleh diubah; mungkin bukan dari terbitan itu.",
            todo="periksa nomor terbitannya, atau mulai lagi dari lkjip.docx terbitan itu.",
        )


def _compose(session: Session, workspace: Workspace, files: Mapping[str, bytes]) -> None:
    """Compose the report with the changes, in memory.

    Raises:
        AgencyDataError: The office's data cannot be read with them.
        RenderError: A chapter cannot be composed with them.
    """
    agency = load_copy(files, workspace.office_id, workspace.year)
    figures = present_figures(session, workspace)
    issue = IssueInfo(number=1, issued_on=workspace.settings.current_time(), cause="Diperiksa.")
    report = build_report(
        agency, figures.realisasi, issue=issue, prices=figures.reported_prices, budget=figures.budget
    )
    report.document()


def _taken(
    workspace: Workspace,
    word: WordFile,
    identity: Identity,
    found: Comparison,
    changes: Changes,
    mark: str,
) -> Taken:
    expressions = expressions_of(workspace.agency)
    rejected = tuple(
        Rejected(str(each.place), each.before, each.after, right_way(each, workspace.agency, expressions))
        for each in found.refused
    )
    return Taken(
        file=word.name,
        year=identity.year,
        issue=identity.number,
        differences=tuple(changes.differences),
        copied=tuple(changes.copied),
        same=tuple(changes.same),
        unwritten=tuple(changes.unwritten),
        rejected=rejected,
        comments=tuple(read_comments(read_part(word, "word/comments.xml"))),
        content=changes.files,
        mark=mark,
    )
