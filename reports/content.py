"""The report of one issue: everything its chapters, its ``report.json`` and its mail are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.dates import JAKARTA, format_date, start_of_day
from core.settings import PROJECT
from office.checks import NARRATIVE
from office.schema import Agency
from reports.audit import KINDS, Finding, audit
from reports.budget.appendix import budget_parts
from reports.budget.chart import budget_picture
from reports.budget.evidence import BudgetEvidence
from reports.charts import Picture
from reports.measured import Measured, MeasuredIndicator
from reports.measuring import measure_year
from reports.method import category_rule, rules
from reports.origins import Origin, build_origins
from reports.prices.charts import price_pictures
from reports.prices.evidence import PriceEvidence
from reports.prices.tables import price_parts
from reports.prices.words import of_prices
from reports.realisasi import Realisasi, State
from reports.reported import waiting_by_reason, waits_for_bps
from reports.sentences import Sentences, build_sentences
from reports.table import Table
from reports.tables import build_tables
from reports.tables.appendices import Lampiran, build_appendices, differences, structure
from reports.tables.parts import OwnAppendix, interleaved
from reports.wording import (
    DAGGER,
    NOT_REAL,
    join_words,
    owners_of,
    show_realisasi,
    write_percent,
    write_realisasi,
    write_value,
)

if TYPE_CHECKING:
    from reports.render import Document


@dataclass(frozen=True)
class IssueInfo:
    """What is known of an issue beside its content.

    Attributes:
        issued_on: The moment or the day of issue; it stands on the cover, and becomes the files' date.
        cause: Why it was made, in Indonesian.
        changes: From :func:`reports.changes.compare_reports` against the issue before, where known.
    """

    number: int
    issued_on: date | datetime
    cause: str = ""
    changes: Mapping[str, Any] | None = None

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
    """The report's content; the same inputs and templates give the same content and hash."""

    agency: Agency
    issue: IssueInfo
    measured: Measured
    tables: Mapping[str, Table]
    sentences: Sentences
    findings: tuple[Finding, ...]
    origins: tuple[Origin, ...]
    appendices: tuple[Lampiran, ...] = ()
    price_appendix: OwnAppendix | None = None
    budget_appendix: OwnAppendix | None = None

    @property
    def title(self) -> str:
        """``LKjIP 2023 DKUPP Sumenep``."""
        return f"LKjIP {self.agency.year.year} {self.agency.office.short_title}"

    def indicator_rows(self) -> list[dict[str, Any]]:
        """The indicators as ``lkjip status`` shows them; figures as text, empty while waiting."""
        listed = (self.measured.indicators[placed.indicator] for placed in interleaved(self.agency))
        return [_indicator_row(m) for m in listed]

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``report.json``: no clock, no order that could differ."""
        return {**self._content, "issue": self._issue, "content_hash": self.content_hash}

    def json_text(self) -> str:
        """``report.json`` as written: sorted keys, figures as text."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything but the issue itself."""
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
        agency = self.agency
        words = {
            "narrative": agency.narrative,
            "office": agency.office.model_dump(mode="json"),
            "year": agency.year.model_dump(mode="json", include={"signatory", "structure"}),
        }
        return {
            "agency": agency.office.id,
            "office": agency.office.name,
            "year": agency.year.year,
            "title": self.title,
            "indicators": self.indicator_rows(),
            "tables": {number: _table_data(table) for number, table in self.tables.items()},
            "sentences": {place: list(texts) for place, texts in self.sentences.items()},
            "findings": [asdict(finding) for finding in self.findings],
            "figures": [origin.as_dict() for origin in self.origins],
            "rules": list(rules(self.measured)),
            "narrative": _hash(json.dumps(words, sort_keys=True).encode()),
            "templates": _templates_hash(),
            **({"prices": self.measured.prices.as_dict()} if self.measured.prices else {}),
            **({"budget": self.measured.budget.as_dict()} if self.measured.budget else {}),
        }

    def context(self) -> dict[str, Any]:
        """The names that the chapter templates use."""
        agency = self.agency
        return {
            "report": self,
            "office": agency.office,
            "renstra": agency.renstra,
            "year": agency.year,
            "narrative": dict.fromkeys(NARRATIVE, "") | agency.narrative,
            "tables": self.tables,
            "sentences": self.sentences,
            "appendices": self.appendices,
            "structure": structure(self.measured),
            "price_heading": self._price_heading,
            "price_pictures": self.price_pictures,
            "price_appendix": self.price_appendix,
            "budget_picture": self.budget_picture,
            "budget_appendix": self.budget_appendix,
            "own_appendices": self._own_appendices,
            "last_appendix": self._own_appendices + 1 + agency.has_print,
            "differences": differences(self.findings, self._own_appendices) if agency.has_print else None,
            "kinds": KINDS,
            "finding_count": len(self.findings),
            "origins": self.origins,
            "rules": rules(self.measured),
            "category_rule": category_rule(self.measured.rules.categories),
            "notice": self.notice,
            "waiting_notice": self.waiting_notice,
            "provisional": join_words(owners_of(m.realisasi for m in self.measured.provisional)),
            "issue": self.issue,
            "issued": format_date(self.issue.day),
            "dagger": DAGGER,
            "not_real": NOT_REAL,
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

    @cached_property
    def price_pictures(self) -> tuple[Picture, ...]:
        """The charts of BAB III; none without prices."""
        return price_pictures(self.measured)

    @cached_property
    def budget_picture(self) -> Picture | None:
        """The chart of absorption; None without files of two months."""
        return budget_picture(self.measured, f"3.{len(self.price_pictures) + 1}")

    @property
    def _price_heading(self) -> str:
        """Heading of the section on prices; empty without them."""
        m = of_prices(self.measured)
        return m.indicator.short_name.title() if m and self.measured.prices else ""

    @property
    def _own_appendices(self) -> int:
        """The number of the first of our own lampiran: what differs from the print, where there is one."""
        return len(self.appendices) + 1 + bool(self.price_appendix) + bool(self.budget_appendix)

    def document(self) -> Document:
        """The whole report as one HTML, ready for :func:`reports.render.render_all`.

        Raises:
            RenderError: A template is broken or lacks a narrative file.
        """
        from reports.render import Document, render_chapters  # noqa: PLC0415 - status needs no renderer

        office, year = self.agency.office, self.agency.year
        return Document(
            title=f"Laporan Kinerja Instansi Pemerintah (LKjIP) Tahun {year.year} {office.name}",
            body=render_chapters(self.context()),
            author=office.name,
            date=self.issue.moment,
            subject=f"{self.title}, terbitan {self.issue.number}",
            office=office.short_title,
            provisional=join_words(owners_of(m.realisasi for m in self.measured.provisional)),
        )


def build_report(
    agency: Agency,
    realisasi: Mapping[tuple[str, int], Realisasi],
    *,
    issue: IssueInfo,
    prices: PriceEvidence | None = None,
    budget: BudgetEvidence | None = None,
) -> Report:
    """Compute and compose everything, of what :func:`reports.measured.measure_year` measures."""
    measured = measure_year(agency, realisasi, prices, budget)
    tables = build_tables(measured)
    appendices = build_appendices(measured, tables)
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
        tables=tables,
        sentences=build_sentences(measured),
        findings=audit(measured, tables),
        origins=build_origins(measured),
        appendices=appendices,
        price_appendix=price_appendix,
        budget_appendix=budget_appendix,
    )


def _indicator_row(m: MeasuredIndicator) -> dict[str, Any]:
    realisasi = m.realisasi
    waiting = realisasi.state is State.WAITING
    return {
        "id": m.id,
        "name": m.indicator.name,
        "year": realisasi.year,
        "state": realisasi.state.value,
        "measure": m.indicator.measure.kind.value,
        "target": write_value(m.target),
        "target_document": m.version.name,
        "realisasi": write_realisasi(realisasi),
        "capaian": "" if m.percent is None else write_percent(m.percent),
        "category": m.category.name if m.category else "",
        "source": realisasi.source,
        "source_url": realisasi.source_url,
        "reason": show_realisasi(realisasi) if realisasi.value is None else "",
        "standing": m.standing.value,
        "not_computable": m.why_not_computable,
        "institution": realisasi.institution,
        "due": realisasi.due if waiting else "",
        "illustrative": realisasi.illustrative,
    }


def _table_data(table: Table) -> dict[str, Any]:
    """Caption, headings and texts; spans are left blank after their first cell."""
    return {
        "caption": table.caption,
        "header": [[cell.text for cell in row.cells] for row in table.header],
        "rows": table.flat_rows(),
        "source": table.source,
        "notes": list(table.notes),
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _templates_hash() -> str:
    """One hash over the report's templates and styles, since they too decide the bytes."""
    folder = PROJECT / "templates"
    files = sorted(p for name in ("report", "style") for p in (folder / name).rglob("*") if p.is_file())
    lines = [f"{path.relative_to(folder).as_posix()} {_hash(path.read_bytes())}" for path in files]
    return _hash("\n".join(lines).encode())
