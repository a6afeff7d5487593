"""What each function of a chapter prints, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast

from markupsafe import Markup

from core.lists import join_words
from office.book.names import TABLES
from reports import traced
from reports.book.drafts import Draft, Piece
from reports.book.editable import note_mark
from reports.book.numbers import ROMAN
from reports.book.sections import fill_chapter, fill_line
from reports.measured import MeasuredIndicator
from reports.render.environment import environment
from reports.table import Table
from reports.tables.causes import causes_words
from reports.tables.programs import analysis_words
from reports.wording import (
    DAGGER,
    NOT_REAL,
    NOTHING,
    owners_of,
    show_percent,
    show_realisasi,
    write_value,
)

if TYPE_CHECKING:
    from reports.content import Report

_AS_WORDS = frozenset({"ringkasan", "kategori", "pencapaian", "penggunaan-anggaran"})
_AS_POINTS = frozenset({"rata-rata", "harga"})


@dataclass(frozen=True)
class FilledChapter:
    """A chapter as HTML.

    Attributes:
        name: Its id in the document: ``bab-3``, or the chapter's own name where it has no number.
        label: ``BAB III``, or nothing.
        title: HTML.
        body: HTML.
    """

    name: str
    label: str
    title: Markup
    body: Markup


class Macros(Protocol):
    """The macros of a template."""

    def __getattr__(self, name: str) -> Callable[..., str]: ...


@dataclass(frozen=True)
class Filling:
    """Fills the chapters of a report's book."""

    report: Report

    def chapters(self) -> Iterator[FilledChapter]:
        """All chapters in order."""
        for draft in self.report.book.drafts:
            number = self.report.book.chapters.get(draft.name)
            yield FilledChapter(
                f"bab-{number}" if number else draft.name,
                f"BAB {ROMAN[number - 1]}" if number else "",
                fill_line(draft.title, draft, self.fill),
                self._body(draft),
            )

    def _body(self, draft: Draft) -> Markup:
        return fill_chapter(draft, self.fill)

    def fill(self, piece: Piece) -> Markup | None:
        """The HTML of one piece; None where there is nothing to show."""
        made: Markup | str | None = getattr(self, f"_{piece.kind}")(piece)
        return Markup(made) if made else None  # noqa: S704 - from the autoescaped macros

    @cached_property
    def _macros(self) -> Macros:
        return cast(Macros, environment().get_template("report/_macros.html.j2").module)

    @cached_property
    def _shown(self) -> Macros:
        return cast(Macros, environment().get_template("report/_book.html.j2").module)

    def _table(self, piece: Piece) -> str | None:
        table = self.report.tables.get(piece.name)
        return self._macros.render_table(table, self._notes(piece.name)) if table else None

    def _notes(self, table: str) -> Mapping[tuple[int, int], str]:
        """The marks of the office's own words in a table, by row and column."""
        measured = self.report.measured
        if table == "penyebab":
            words = causes_words(measured)
        elif table == "analisis":
            words = analysis_words(measured)
        else:
            return {}
        return {place: note_mark(*noted) for place, noted in words.items()}

    def _chart(self, piece: Piece) -> str | None:
        return "".join(
            self._macros.render_table(picture)
            if isinstance(picture, Table)
            else self._shown.pictured(picture)
            for picture in self.report.book.pictures.get(piece.name, ())
        )

    def _explain(self, piece: Piece) -> str | None:
        sentences = self.report.told.get(piece.name)
        if not sentences or (piece.name in TABLES and piece.name not in self.report.tables):
            return None
        style = "words" if piece.name in _AS_WORDS else "points" if piece.name in _AS_POINTS else "table"
        return self._shown.explained(list(map(self._leading, sentences)), style)

    def _leading(self, sentence: str) -> Markup:
        """A sentence whose figures lead to their cards."""
        pieces = (
            Markup(self._shown.told(figure, words)) if figure else Markup.escape(words)  # noqa: S704 - as above
            for figure, words in traced.parts(sentence)
        )
        return Markup("").join(pieces)

    def _list(self, piece: Piece) -> str | None:
        renstra, year = self.report.agency.renstra, self.report.agency.year
        if piece.name == "landasan-hukum":
            return self._shown.legal_bases(year.legal_bases) if year.legal_bases else None
        chosen = [m for m in renstra.missions if m.number in renstra.chosen_missions]
        listed = renstra.missions if piece.name == "misi" else chosen
        return self._shown.missions(listed, piece.name != "misi") if listed else None

    def _vision(self, _piece: Piece) -> str | None:
        vision = self.report.agency.renstra.vision
        return self._shown.vision(vision) if vision else None

    def _notices(self, _piece: Piece) -> str | None:
        measured = self.report.measured
        provisional = join_words(owners_of(m.realisasi for m in measured.provisional))
        made = self._shown.notices(
            self.report.waiting_notice, self.report.notice, provisional, DAGGER, NOT_REAL
        )
        return made if made.strip() else None

    def _signature(self, piece: Piece) -> str:
        office, year = self.report.agency.office, self.report.agency.year
        words = year.foreword_signed if piece.name == "kata-pengantar" else year.closing_signed
        return self._shown.signature(words, office, year.signatory, self.report.issue, self.report.issued)

    def _ref(self, piece: Piece) -> str | None:
        table = self.report.tables.get(piece.name)
        if table is not None:
            return self._shown.reference(f"Tabel {table.number}", table.anchor)
        pictures = self.report.book.pictures.get(piece.name)
        if not pictures:
            return None
        number = f"Gambar {pictures[0].number.removeprefix('Gambar ')}"
        return self._shown.reference(number, number.lower().replace(" ", "-").replace(".", "-"))

    def _value(self, piece: Piece) -> str | None:
        m = self.report.measured.indicators[piece.name]
        text = _part_of(m)[piece.part]
        if text in ("", NOTHING):
            return None
        traced = piece.part in ("realisasi", "capaian", "kategori")
        return self._shown.figure(m.id, text) if traced else Markup.escape(text)


def _part_of(m: MeasuredIndicator) -> Mapping[str, str]:
    return {
        "realisasi": show_realisasi(m.realisasi),
        "target": write_value(m.target),
        "capaian": show_percent(m),
        "kategori": m.category.name if m.category else "",
        "sumber": m.realisasi.source,
        "realisasi-lalu": show_realisasi(m.previous) if m.previous else "",
        "target-akhir": write_value(m.end_target),
        "nama": m.indicator.name,
    }
