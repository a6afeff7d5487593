"""Passages changed in Word, as changes of the office's chapters, and of its words on what it reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from office.book.chapters import FOLDER, STANDARD, Chapter
from office.book.passages import Passage, passages_of
from office.book.rewriting import Rewritten, rewrite, written_lines
from office.cells import find_cell, with_cell
from office.schema import Agency
from reports.render.word_controls import NOTE_TAG, figure_tag
from reports.word.taken.comparing import Changed
from reports.word.taken.markdown import CannotWriteError, keeps_manner, to_markdown
from reports.word.taken.reading import plain
from reports.wording import NOTHING


@dataclass(frozen=True)
class Difference:
    """One passage or cell as it would be.

    Attributes:
        file: Within the office's data, ``2023/buku/pendahuluan.md``.
        line: Of its first line, from 1.
        where: Where in Word.
        before: Its lines as they are.
        after: Its lines as they would be.
        notes: What a person should know of it.
    """

    file: str
    line: int
    where: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unwritten:
    """A change that is not written: the office's data say something else by now, or cannot say it.

    Attributes:
        conflict: Whether both sides changed.
    """

    where: str
    words: str
    reason: str
    todo: str
    conflict: bool = False


@dataclass
class Changes:
    """What would be written.

    Attributes:
        files: By name, as bytes.
        copied: Standard chapters that become the office's own.
        same: Places where the office's data say already what Word says.
    """

    files: dict[str, bytes]
    differences: list[Difference]
    unwritten: list[Unwritten]
    copied: list[str]
    same: list[str]


def expressions_of(agency: Agency) -> dict[str, str]:
    """By the tag of a figure what shows it, of all chapters."""
    return {
        figure_tag(expression): expression
        for chapter in agency.chapters
        for passage in passages_of(chapter.text)
        for expression in passage.expressions
    }


def changes_of(agency: Agency, present: Mapping[str, bytes], changed: Sequence[Changed]) -> Changes:
    """What the office's data would say.

    Args:
        agency: The office as it is.
        present: The bytes of its data, by name, from :func:`office.copies.copy_data`.
        changed: From Word.
    """
    made = Changes({}, [], [], [], [])
    writer = _Writer(agency, present, made)
    for each in changed:
        if each.tag.startswith(NOTE_TAG):
            writer.note(each)
        else:
            writer.passage(each)
    writer.finish()
    return made


class _Writer:
    def __init__(self, agency: Agency, present: Mapping[str, bytes], made: Changes) -> None:
        self._agency, self._present, self._made = agency, present, made
        self._expressions = expressions_of(agency)
        self._chapters: dict[str, tuple[Chapter, list[Rewritten]]] = {}

    def passage(self, changed: Changed) -> None:
        """Note a changed passage of a chapter."""
        _, name, lines, mark = changed.tag.split(":")[:4]
        where, words = str(changed.place), " ".join(map(plain, changed.after))
        for chapter in (c for c in self._agency.chapters if c.name[:24] == name):
            found = _find(passages_of(chapter.text), mark, int(lines.split("-")[0]))
            if self._is_there(chapter, found, changed):
                self._made.same.append(where)
                return
            if found is None:
                continue
            try:
                self._rewrite(chapter, found, changed)
            except CannotWriteError as reason:
                self._made.unwritten.append(
                    Unwritten(where, words, str(reason), "ubah di Word, lalu ambil lagi.")
                )
            return
        self._made.unwritten.append(
            Unwritten(
                where,
                words,
                "alinea ini sudah diubah di naskah kantor sejak terbitan itu",
                "mulai dari Word terbitan yang terbaru, atau tulis langsung di naskah babnya.",
                conflict=True,
            )
        )

    def _rewrite(self, chapter: Chapter, passage: Passage, changed: Changed) -> None:
        if len(changed.after) > 1 and passage.lettered:
            raise CannotWriteError("butir berhuruf baru harus ditulis di naskah babnya")
        notes: list[str] = []
        paragraphs = []
        for number, words in enumerate(changed.after):
            prefix = passage.prefix if passage.prefix and (number == 0 or not passage.lettered) else ""
            markdown = to_markdown(words, self._expressions, prefix)
            if not keeps_manner(markdown, words, self._expressions, prefix):
                notes.append("huruf tebal atau miring di dalamnya tidak dapat disimpan")
            paragraphs.append(markdown)
        typed = _typed_figures(changed)
        if typed:
            notes.append(
                f"angka yang diketik ({', '.join(typed)}) tidak mengikuti data; periksa lagi di terbitan "
                "berikutnya"
            )
        if not paragraphs:
            notes.append("alinea ini dihapus")
        rewritten = Rewritten(passage, tuple(paragraphs))
        self._chapters.setdefault(chapter.name, (chapter, []))[1].append(rewritten)
        self._made.differences.append(
            Difference(
                self._file(chapter),
                passage.first,
                str(changed.place),
                tuple(f"{passage.prefix}{passage.text}".split("\n")),
                tuple(written_lines(rewritten)),
                tuple(notes),
            )
        )

    def _is_there(self, chapter: Chapter, found: Passage | None, changed: Changed) -> bool:
        """Whether the chapter says already what Word says, where the passage is or was."""
        if not changed.after:
            return found is None
        try:
            wanted = [to_markdown(words, self._expressions) for words in changed.after]
        except CannotWriteError:
            return False
        passages = passages_of(chapter.text)
        texts = [passage.text for passage in passages]
        starts = range(len(texts)) if found is None else [passages.index(found)]
        return any(texts[start : start + len(wanted)] == wanted for start in starts)

    def _file(self, chapter: Chapter) -> str:
        return f"{self._agency.year.year}/{FOLDER}/{chapter.name}.md"

    def note(self, changed: Changed) -> None:
        """Note changed words on an indicator or a program."""
        _, at, subject = changed.tag.split(":", 2)
        file, _, column = at.partition(".")
        where, year = str(changed.place), self._agency.year.year
        name = f"{year}/{file}.csv"
        row = {"key": subject} if file == "programs" else {"indicator": subject, "year": str(year)}
        words = " ".join(map(plain, changed.after))
        words = "" if words == NOTHING else words
        text = self._made.files.get(name, self._present.get(name, b"")).decode("utf-8")
        found = find_cell(text, row, column)
        before = "" if changed.before == NOTHING else changed.before
        if found is None:
            reason, todo = f"{name} tidak memuat kolom {column} untuk {subject}", "tulis di buku kerja isian."
            self._made.unwritten.append(Unwritten(where, words, reason, todo))
        elif " ".join(found[1].split()) == words:
            self._made.same.append(where)
        elif " ".join(found[1].split()) != before:
            reason = f"{name} baris {found[0]} sudah diubah sejak terbitan itu (kini “{found[1]}”)"
            todo = "mulai dari Word terbitan yang terbaru, atau tulis di buku kerja isian."
            self._made.unwritten.append(Unwritten(where, words, reason, todo, conflict=True))
        else:
            self._made.files[name] = with_cell(text, row, column, words).encode()
            self._made.differences.append(Difference(name, found[0], where, (found[1],), (words,)))

    def finish(self) -> None:
        """Write the chapters."""
        for chapter, rewritten in self._chapters.values():
            name = self._file(chapter)
            if not chapter.own:
                self._made.copied.append(name)
            content = self._present[name] if chapter.own else (STANDARD / f"{chapter.name}.md").read_bytes()
            self._made.files[name] = rewrite(content.decode("utf-8"), rewritten).encode()


def _find(passages: Sequence[Passage], mark: str, line: int) -> Passage | None:
    """The passage with that text: the only one, or of several the one at its line."""
    alike = [passage for passage in passages if passage.mark == mark]
    if len(alike) > 1:
        alike = [passage for passage in alike if passage.first == line]
    return alike[0] if len(alike) == 1 else None


def _typed_figures(changed: Changed) -> list[str]:
    """Figures that a person typed, beside those that were there."""
    figures = [
        word.strip(".,;:()“”\"'")
        for words in changed.after
        for segment in words
        if not segment.figure
        for word in segment.text.split()
        if any(sign.isdigit() for sign in word)
    ]
    return [figure for figure in dict.fromkeys(figures) if figure not in changed.before]
