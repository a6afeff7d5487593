"""The report of one issue: everything its chapters, its ``report.json`` and its mail are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.dates import JAKARTA, format_date, start_of_day
from core.lists import join_words
from office.schema import Agency
from reports import annex, traced
from reports.audit import Finding, audit
from reports.book.book import Book, compose_book
from reports.budget.appendix import budget_parts
from reports.budget.evidence import BudgetEvidence
from reports.cards import build_cards
from reports.data import SCHEMA, content_of, courses_of, indicator_rows
from reports.history import PastIssue, followed, history_table
from reports.measured import Measured
from reports.measuring import measure_year
from reports.method import left_out, rules
from reports.origins import Origin, build_origins
from reports.pictures import build_pictures
from reports.prices.evidence import PriceEvidence
from reports.prices.tables import price_parts
from reports.realisasi import Realisasi
from reports.reported import waiting_by_reason, waits_for_bps
from reports.sentences import Sentences, tell_sentences
from reports.table import Table
from reports.tables import build_tables
from reports.tables.appendices import Lampiran, build_appendices
from reports.tables.parts import OwnAppendix
from reports.wording import (
    DAGGER,
    NOT_REAL,
    owners_of,
)

if TYPE_CHECKING:
    from reports.render import Document


@dataclass(frozen=True)
class IssueInfo:
    """What is known of an issue beside its content.

    Attributes:
        issued_on: The moment or the day of issue; it stands on the cover, and becomes the files' date.
        cause: Why it was made, in Indonesian.
        history: The issues of the year so far, this one last; empty where none is told.
    """

    number: int
    issued_on: date | datetime
    cause: str = ""
    history: tuple[PastIssue, ...] = ()

    @property
    def moment(self) -> datetime:
        """The moment of issue; a bare day counts from nine in the morning in Jakarta."""
        if isinstance(self.issued_on, datetime):
            return self.issued_on
        return start_of_day(self.issued_on) + timedelta(hours=9)

    @property
    def day(self) -> date:
        """The day of issue in Jakarta."""
        return self.moment.astimezone(JAKARTA).date()


@dataclass(frozen=True)
class Report:
    """The report's content; the same inputs and templates give the same content and hash.

    Attributes:
        told: The sentences made from data, the figures in them marked for the page.
    """

    agency: Agency
    issue: IssueInfo
    measured: Measured
    book: Book
    told: traced.Told
    origins: tuple[Origin, ...]
    appendices: tuple[Lampiran, ...] = ()
    price_appendix: OwnAppendix | None = None
    budget_appendix: OwnAppendix | None = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What differs from the printed report; who asks only how the year stands need not wait for it."""
        return tuple(audit(self.measured, self.book.tables))

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables that the chapters show, by name and in their order."""
        return self.book.tables

    @cached_property
    def sentences(self) -> Sentences:
        """All sentences made from data, by the names under which chapters show them."""
        return traced.plainly(self.told)

    @property
    def issued(self) -> str:
        """The day of issue in words."""
        return format_date(self.issue.day)

    @property
    def title(self) -> str:
        """``LKjIP 2023 DKUPP Sumenep``."""
        return f"LKjIP {self.agency.year.year} {self.agency.office.short_title}"

    def indicator_rows(self) -> list[dict[str, Any]]:
        """The indicators as ``lkjip status`` shows them; figures as text, empty while waiting."""
        return indicator_rows(self.measured)

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``report.json``: no clock, no order that could differ."""
        beside = {"schema": SCHEMA, "issue": self._issue, "content_hash": self.content_hash}
        return {**self._content, **courses_of(self.measured), **beside}

    def json_text(self) -> str:
        """``report.json`` as written: sorted keys, figures as text."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything but the issue itself and the name of the schema."""
        text = json.dumps(self._content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def _issue(self) -> dict[str, Any]:
        return {
            "number": self.issue.number,
            "issued_on": self.issue.day.isoformat(),
            "cause": self.issue.cause,
        }

    @cached_property
    def _content(self) -> dict[str, Any]:
        return content_of(self)

    @property
    def rules(self) -> tuple[str, ...]:
        """How this report measures, and what it leaves out."""
        return (*rules(self.measured, self.tables), *left_out(self.tables, self.book.hidden))

    def context(self) -> dict[str, Any]:
        """The names that the templates around the book use."""
        from reports.book.filling import Filling  # noqa: PLC0415 - status needs no renderer

        agency = self.agency
        return {
            "office": agency.office,
            "renstra": agency.renstra,
            "year": agency.year,
            "chapters": list(Filling(self).chapters()),
            "appendices": self.appendices,
            "price_appendix": self.price_appendix,
            "budget_appendix": self.budget_appendix,
            "own_appendices": self._own_appendices,
            "differing": annex.Counted.of(self.findings) if agency.has_print else None,
            "annex": annex.HTML,
            "history": self._history,
            "followed": followed(self.issue.history),
            "origins": self.origins,
            "rules": self.rules,
            "notice": self.notice,
            "issue": self.issue,
            "issued": self.issued,
        }

    @property
    def notice(self) -> str:
        """What the cover must say; empty unless a figure is illustrative."""
        if not self.measured.invented:
            return ""
        count = len(self.measured.illustrative)
        prices = self.measured.prices is not None and self.measured.prices.illustrative
        what = (
            f"{count} indikator dengan angka ilustrasi"
            if count
            else "harga ilustrasi"
            if prices
            else "realisasi anggaran ilustrasi"
        )
        return (
            f"PERAGAAN. Laporan ini memuat {what} (bertanda {DAGGER}), {NOT_REAL}. "
            "Tidak untuk ditandatangani."
        )

    @property
    def waiting_notice(self) -> tuple[str, str]:
        """Title and text of what BAB III says of waiting indicators; empty where none waits."""
        groups = waiting_by_reason(self.measured.waiting)
        if not groups:
            return "", ""
        if all(waits_for_bps(m, self.agency) for m in self.measured.waiting):
            return "Menunggu rilis BPS.", (
                f"{len(self.measured.waiting)} indikator laporan ini masih menunggu rilis PDRB oleh BPS; "
                "laporan disusun kembali setelah rilis itu terbit."
            )
        parts = [f"{len(members)} indikator laporan ini masih {reason}" for reason, members in groups]
        return "Masih menunggu.", f"{'; '.join(parts)}; laporan disusun kembali setelah datanya ada."

    @property
    def _own_appendices(self) -> int:
        """The number of the first of the lampiran that tell of the figures."""
        return len(self.appendices) + 1 + bool(self.price_appendix) + bool(self.budget_appendix)

    @property
    def _history(self) -> Table | None:
        """The table of issues so far, in the last of our own lampiran; None where none is told."""
        number = f"Lampiran {self._own_appendices + 1}.1"
        return history_table(self.issue.history, number) if self.issue.history else None

    def issued_as(self, issue: IssueInfo) -> Report:
        """The same report as another issue; the content, which tells of no issue, is not made again."""
        made = replace(self, issue=issue)
        for name in ("_content", "content_hash"):
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made

    def document(self) -> Document:
        """The whole report as one HTML, ready for :func:`reports.render.render_all`.

        Raises:
            RenderError: A chapter or a template is broken.
        """
        from reports.book.editable import without_marks  # noqa: PLC0415 - as below
        from reports.render import Document, render_report  # noqa: PLC0415 - status needs no renderer

        office, year = self.agency.office, self.agency.year
        marked = render_report(self.context())
        return Document(
            title=f"Laporan Kinerja Instansi Pemerintah (LKjIP) Tahun {year.year} {office.name}",
            body=without_marks(marked),
            marked=marked,
            identity=f"{office.id}/{year.year}/{self.issue.number}",
            author=office.name,
            date=self.issue.moment,
            subject=f"{self.title}, terbitan {self.issue.number}",
            office=office.short_title,
            provisional=join_words(owners_of(m.realisasi for m in self.measured.provisional)),
            form=self.agency.form,
            emblem=self.agency.emblem,
            fonts=self.agency.fonts,
            reference=self.agency.reference,
            letterhead=tuple(office.letterhead),
            region=office.region,
            cards=build_cards(self.measured, self.origins),
        )


def build_report(
    agency: Agency,
    realisasi: Mapping[tuple[str, int], Realisasi],
    *,
    issue: IssueInfo,
    prices: PriceEvidence | None = None,
    budget: BudgetEvidence | None = None,
) -> Report:
    """Compute and compose everything, of what :func:`reports.measured.measure_year` measures.

    Raises:
        RenderError: A chapter cannot be composed; the message names its file and line.
    """
    measured = measure_year(agency, realisasi, prices, budget)
    made = build_tables(measured)
    book = compose_book(measured.agency, made, build_pictures(measured), _others(measured))
    appendices = build_appendices(measured, made)
    next_number = len(appendices) + 1
    price_appendix = budget_appendix = None
    if measured.prices:
        price_appendix = OwnAppendix.of(next_number, price_parts(measured.prices))
        next_number += 1
    if measured.budget:
        budget_appendix = OwnAppendix.of(next_number, budget_parts(measured, measured.budget))
    return Report(
        agency=measured.agency,
        issue=issue,
        measured=measured,
        book=book,
        told=tell_sentences(measured, book.tables),
        origins=build_origins(measured),
        appendices=appendices,
        price_appendix=price_appendix,
        budget_appendix=budget_appendix,
    )


def _others(measured: Measured) -> set[str]:
    """Names of lists and sentences that have something to show."""
    renstra = measured.agency.renstra
    known = {
        "visi": renstra.vision,
        "misi": renstra.missions,
        "misi-dipilih": renstra.chosen_missions,
        "landasan-hukum": measured.agency.year.legal_bases,
        "ringkasan": True,
        "rata-rata": measured.goals or measured.objectives,
        "pencapaian": measured.objectives,
        "penggunaan-anggaran": measured.has_budget,
        "harga": measured.prices,
    }
    return {name for name, shown in known.items() if shown}
