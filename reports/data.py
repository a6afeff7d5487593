"""The report as plain data: what ``report.json`` says, and what the content's hash is taken over."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.numbers import format_number
from core.settings import PROJECT
from office.schema import Agency
from reports.cautions import how_provisional
from reports.measured import Measured, MeasuredIndicator
from reports.realisasi import State
from reports.table import Table
from reports.tables.parts import interleaved
from reports.wording import show_realisasi, write_percent, write_realisasi, write_value

if TYPE_CHECKING:
    from reports.content import Report

SCHEMA = "lkjip-report-1"
"""What ``report.json`` follows (docs/report.schema.json); a new number where a key goes or changes."""


def content_of(report: Report) -> dict[str, Any]:
    """All that makes an issue another one: everything but the issue itself and the name of the schema."""
    agency, measured = report.agency, report.measured
    words = {
        "chapters": [chapter.model_dump(include={"name", "text"}) for chapter in agency.chapters],
        "office": agency.office.model_dump(mode="json"),
        "year": agency.year.model_dump(mode="json", include={"signatory", "structure"}),
    }
    return {
        "agency": agency.office.id,
        "office": agency.office.name,
        "year": agency.year.year,
        "title": report.title,
        "indicators": report.indicator_rows(),
        "tables": {name: _table_data(table) for name, table in report.tables.items()},
        "sentences": {place: list(texts) for place, texts in report.sentences.items()},
        "findings": [asdict(finding) for finding in report.findings],
        "figures": [origin.as_dict() for origin in report.origins],
        "rules": list(report.rules),
        "narrative": _hash(json.dumps(words, sort_keys=True).encode()),
        "form": _form_hash(agency),
        "templates": _templates_hash(),
        **({"prices": measured.prices.as_dict()} if measured.prices else {}),
        **({"budget": measured.budget.as_dict()} if measured.budget else {}),
    }


def courses_of(measured: Measured) -> dict[str, Any]:
    """The years before in the pictures of PDRB; none of them alone is news, so no content of an issue."""
    found = {
        m.id: [
            {
                "year": part.year,
                "value": format_number(part.value, 2),
                "status": part.status,
                "illustrative": part.illustrative,
            }
            for part in m.realisasi.course
        ]
        for m in measured.indicators.values()
        if m.realisasi.course
    }
    return {"courses": found} if found else {}


def indicator_rows(measured: Measured) -> list[dict[str, Any]]:
    """The indicators in the order of the report's tables."""
    return [indicator_row(measured.indicators[placed.indicator]) for placed in interleaved(measured.agency)]


def indicator_row(m: MeasuredIndicator) -> dict[str, Any]:
    """An indicator as ``report.json`` has it; figures as text, empty while waiting."""
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
        **({"status": how_provisional([m])} if realisasi.state is State.PROVISIONAL else {}),
        **({"cumulative": m.cumulated.formula} if m.cumulated and m.cumulated.formula else {}),
    }


def _table_data(table: Table) -> dict[str, Any]:
    """Number, caption, headings and texts; spans are left blank after their first cell."""
    return {
        "number": table.number,
        "caption": table.caption,
        "header": [[cell.text for cell in row.cells] for row in table.header],
        "columns": table.columns(),
        "rows": table.flat_rows(),
        "source": table.source,
        "notes": list(table.notes),
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _form_hash(agency: Agency) -> str:
    """One hash over how the office wants its report to look: another emblem is another issue."""
    files = [each for each in (agency.emblem, *agency.fonts, agency.reference) if each is not None]
    lines = [agency.form.model_dump_json(), *(f"{file.name} {_hash(file.content)}" for file in files)]
    return _hash("\n".join(lines).encode())


def _templates_hash() -> str:
    """One hash over the report's templates, standard chapters and styles, since they too decide the bytes."""
    folder = PROJECT / "templates"
    files = sorted(
        p for name in ("book", "report", "style") for p in (folder / name).rglob("*") if p.is_file()
    )
    lines = [f"{path.relative_to(folder).as_posix()} {_hash(path.read_bytes())}" for path in files]
    return _hash("\n".join(lines).encode())
