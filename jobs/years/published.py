"""The realisasi of a year as it was published, for the realisasi.csv of the year that is opened after it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from capaian.values import Quantity, Range, Value, parse_value
from core.dates import JAKARTA, format_date
from models.report.issues import latest_issue
from models.report.tables import ReportIssue
from office.schema import Agency, Reported
from reports.reported import reported_realisasi

_COLUMNS = list(Reported.model_fields)


@dataclass(frozen=True)
class Published:
    """The realisasi of a year.

    Attributes:
        rows: For realisasi.csv, by column.
        source: Where they are from, in Indonesian.
        missing: Ids of the indicators without one.
    """

    rows: tuple[Mapping[str, str], ...]
    source: str
    missing: tuple[str, ...]


def published_realisasi(session: Session, agency: Agency) -> Published:
    """What the last issue of a year says of its indicators; before the first, the office's own figures."""
    issue = latest_issue(session, agency.office.id, agency.year.year)
    rows = _of_issue(issue) if issue else _of_office(agency)
    had = {row["indicator"] for row in rows}
    source = f"realisasi.csv tahun {agency.year.year}, karena tahun itu belum pernah terbit"
    return Published(
        tuple(rows),
        _name(issue) if issue else source,
        tuple(name for name in agency.indicators if name not in had),
    )


def behind_published(session: Session, agency: Agency) -> list[str]:
    """Where realisasi.csv does not say of the year before what was published of it since, in Indonesian."""
    before, year = agency.year.previous_year, agency.year.year
    issue = latest_issue(session, agency.office.id, before)
    if issue is None:
        return []
    written = {e.indicator: _written(e.value) for e in agency.reported if e.year == before}
    return [
        f"Realisasi {before} '{row['indicator']}' menurut {row['source']}: {row['value']}, "
        f"target {row['target']}; "
        f"di {year}/realisasi.csv {written.get(row['indicator'], 'belum ada')}; samakan baris itu."
        for row in _of_issue(issue)
        if row["indicator"] in agency.indicators and row["value"] != written.get(row["indicator"])
    ]


def older_rows(agency: Agency) -> list[Mapping[str, str]]:
    """What the office's realisasi.csv says of the years before its own."""
    return [_row(entry) for entry in agency.reported if entry.year < agency.year.year]


def realisasi_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a realisasi.csv."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _name(issue: ReportIssue) -> str:
    day = issue.issued_at.astimezone(JAKARTA).date()
    return f"LKjIP {issue.year} terbitan {issue.number}, {format_date(day)}"


def _of_issue(issue: ReportIssue) -> list[Mapping[str, str]]:
    return [
        {
            "indicator": row["id"],
            "year": str(issue.year),
            "value": _plain(row["realisasi"]),
            "target": _plain(row["target"]),
            "source": _name(issue),
            "note": "Angka ilustrasi, bukan angka sebenarnya." if row["illustrative"] else "",
        }
        for row in issue.report["indicators"]
        if row["realisasi"]
    ]


def _of_office(agency: Agency) -> list[Mapping[str, str]]:
    return [
        _row(entry.model_copy(update={"target": entry.target or _target(agency, entry.indicator)}))
        for entry in (*agency.reported, *_of_quarters(agency))
        if entry.year == agency.year.year
    ]


def _of_quarters(agency: Agency) -> list[Reported]:
    """The year's realisasi that follows from its quarters and is written nowhere else."""
    written = {(entry.indicator, entry.year) for entry in agency.reported}
    return [
        Reported(
            indicator=taken.indicator,
            year=taken.year,
            value=taken.value,
            source=taken.source,
            note=f"Dari triwulannya: {taken.formula}.",
        )
        for key, taken in reported_realisasi(agency).items()
        if taken.of_quarters and taken.value is not None and key not in written
    ]


def _target(agency: Agency, indicator: str) -> Value | None:
    """The target that counted: of the used document, or of the newest before it that has one."""
    ids = [version.id for version in agency.year.versions]
    counted = agency.year.versions[: ids.index(agency.year.used) + 1]
    return next((v.targets[indicator] for v in reversed(counted) if indicator in v.targets), None)


def _row(entry: Reported) -> Mapping[str, str]:
    return {
        "indicator": entry.indicator,
        "year": str(entry.year),
        "value": _written(entry.value),
        "target": _written(entry.target) if entry.target is not None else "",
        "source": entry.source,
        "note": entry.note,
    }


def _plain(shown: str) -> str:
    return _written(parse_value(shown))


def _written(value: Value) -> str:
    """A value without thousands points, which a reader could take for decimals."""
    if isinstance(value, Quantity):
        return f"{_number(value)}{_unit(value.unit)}"
    if isinstance(value, Range):
        return f"{_number(Quantity(value.low))}-{_number(Quantity(value.high))}{_unit(value.unit)}"
    return str(value)


def _number(value: Quantity) -> str:
    return format(value.amount, "f").replace(".", ",")


def _unit(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"
