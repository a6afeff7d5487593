"""An office's entries as the cells of its workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from office.explanations import Explanation
from office.rules import RulesFile
from office.schema import Agency, Indicator, MeasureKind, Reported, TargetVersion
from office.standards import StandardFigure
from office.workbook.cells import Column, Kind, Shown, shown, value_text
from office.workbook.columns import (
    INDICATOR_COLUMNS,
    INSTITUTION,
    NOT_IN_DOCUMENT,
    PROGRAM_COLUMNS,
    QUARTER_COLUMNS,
    REALISASI_COLUMNS,
)
from office.workbook.forms import OFFICE_FORM, RULES_FORM, Line, Section

Row = tuple[Shown, ...]


@dataclass(frozen=True)
class Document:
    """A document of targets as the sheet of targets has it.

    Attributes:
        targets: As written, by indicator; what it does not hold and the Renstra does is marked.
        places: Where its order is not that of the rows: the place of each.
    """

    name: str = ""
    agreed_on: Shown = None
    source: str = ""
    id: str = ""
    used: bool = False
    targets: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Contents:
    """What stands in the workbook, sheet by sheet.

    Attributes:
        forms: Of each line of Kantor and Aturan by its label: the rows of its cells.
        targets: Of each indicator by name: its targets of the Renstra by year.
    """

    forms: Mapping[str, Sequence[Row]]
    indicators: Sequence[Row]
    renstra_years: Sequence[int]
    targets: Mapping[str, Mapping[int, str]]
    documents: Sequence[Document]
    realisasi: Sequence[Row]
    programs: Sequence[Row]
    quarters: Sequence[Row] = ()


def contents_of(
    agency: Agency, rules: RulesFile | None, evidence: Mapping[str, str] | None = None
) -> Contents:
    """Everything of an office's year that the workbook holds.

    Args:
        agency: The office; its chapters, prices and print stay outside.
        rules: Its ``rules.yaml`` as written, if it has one.
        evidence: By indicator the name of the file that its figure of the reporting year came with.
    """
    names = _names(agency)
    entries = {
        "office": agency.office.model_dump(),
        "year": _named_year(agency, names),
        "renstra": agency.renstra.model_dump(),
        "rules": rules.model_dump() if rules else {},
    }
    renstra = agency.renstra
    order = list(agency.year.versions[0].targets)
    rows = [*order, *(name for name in agency.indicators if name not in order)]
    in_renstra = {year for indicator in agency.indicators.values() for year in indicator.renstra_targets}
    return Contents(
        forms={line.label: list(_line_rows(line, entries)) for line in lines_of((*OFFICE_FORM, *RULES_FORM))},
        indicators=list(_indicator_rows(agency)),
        renstra_years=sorted(in_renstra | set(range(renstra.first_year, renstra.last_year + 1))),
        targets={names[name]: _renstra_texts(agency.indicators[name]) for name in rows},
        documents=[
            _document(agency, names, version, rows, is_first=not number)
            for number, version in enumerate(agency.year.versions)
        ],
        realisasi=list(_realisasi_rows(agency, names, evidence or {})),
        programs=list(_program_rows(agency)),
        quarters=list(_quarter_rows(agency, names)),
    )


def lines_of(sections: Iterable[Section]) -> list[Line]:
    """The lines of a form, its titles left out."""
    return [line for section in sections for line in section.lines]


def dig(entry: Any, path: str) -> Any:
    """What stands at a dotted path of nested mappings; None where nothing does."""
    for key in path.split(".") if path else ():
        entry = entry.get(key) if isinstance(entry, Mapping) else None
    return entry


def _names(agency: Agency) -> dict[str, str]:
    """How other sheets call each indicator: by its name where no other one bears it, else by its id."""
    counts = Counter(indicator.name.casefold() for indicator in agency.indicators.values())
    return {
        indicator.id: indicator.name if counts[indicator.name.casefold()] == 1 else indicator.id
        for indicator in agency.indicators.values()
    }


def _named_year(agency: Agency, names: Mapping[str, str]) -> dict[str, Any]:
    year = agency.year.model_dump()
    for support in year["supports"]:
        support["indicator"] = names[support["indicator"]]
    for reason in year["reasons"]:
        reason["subject"] = names.get(reason["subject"], reason["subject"])
    return year


def _line_rows(line: Line, entries: Mapping[str, Any]) -> Iterator[Row]:
    found = dig(entries[line.file], line.path)
    if line.keyed:
        found = [{"key": key, "value": value} for key, value in (found or {}).items()]
    for entry in (found or []) if line.many else [found]:
        row = tuple(shown(column, dig(entry, column.field)) for column in line.columns)
        if any(cell is not None for cell in row):
            yield row


def _row(columns: Sequence[Column], entry: Mapping[str, Any]) -> Row:
    return tuple(
        entry.get(column.field) if column.kind is Kind.VALUE else shown(column, dig(entry, column.field))
        for column in columns
    )


def _indicator_rows(agency: Agency) -> Iterator[Row]:
    places = {name: place for place, name in enumerate(agency.indicators, start=1)}
    for tujuan in agency.renstra.tujuan:
        groups = [(tujuan.indicators, {}), *((s.indicators, _sasaran(s)) for s in tujuan.sasaran)]
        above = {"tujuan": tujuan.text, "tujuan_id": tujuan.id}
        for indicators, sasaran in groups:
            for name in indicators:
                entry = _indicator(agency.indicators[name])
                yield _row(INDICATOR_COLUMNS, {**above, **sasaran, **entry, "number": places[name]})
            if sasaran and not indicators:
                yield _row(INDICATOR_COLUMNS, {**above, **sasaran})
        if not tujuan.indicators and not tujuan.sasaran:
            yield _row(INDICATOR_COLUMNS, above)


def _sasaran(sasaran: Any) -> dict[str, Any]:
    return {"sasaran": sasaran.text, "sasaran_id": sasaran.id}


def _indicator(indicator: Indicator) -> dict[str, Any]:
    entry = indicator.model_dump()
    if indicator.institution is not None and indicator.measure.kind is MeasureKind.REPORTED:
        entry["measure"]["kind"] = INSTITUTION
    if indicator.unit_label == indicator.unit:
        entry["unit_label"] = None
    entry["cumulative"] = indicator.cumulative or None
    if indicator.bps is not None:
        entry["bps"]["period"] = str(indicator.bps.period)
    return entry


def _renstra_texts(indicator: Indicator) -> dict[int, str]:
    texts = {year: value_text(value, indicator.unit) for year, value in indicator.renstra_targets.items()}
    return {year: text for year, text in texts.items() if text}


def _document(
    agency: Agency, names: Mapping[str, str], version: TargetVersion, rows: list[str], *, is_first: bool
) -> Document:
    targets = {}
    for name in rows:
        indicator = agency.indicators[name]
        if name in version.targets:
            targets[names[name]] = value_text(version.targets[name], indicator.unit) or ""
        elif is_first and agency.year.year in indicator.renstra_targets:
            targets[names[name]] = NOT_IN_DOCUMENT
    held = list(version.targets)
    in_order = [name for name in rows if name in version.targets] == held
    return Document(
        version.name, version.agreed_on, version.source, version.id, version.id == agency.year.used, targets,
        {} if in_order else {names[name]: place for place, name in enumerate(held, start=1)},
    )  # fmt: skip


def _realisasi_rows(agency: Agency, names: Mapping[str, str], evidence: Mapping[str, str]) -> Iterator[Row]:
    rows: list[Reported | Explanation | StandardFigure]
    rows = [*agency.reported, *agency.explained, *agency.national]
    for figure in rows:
        unit = agency.indicators[figure.indicator].unit
        entry = {**dict(figure), "indicator": names[figure.indicator]}
        entry |= {name: value_text(entry.get(name), unit) for name in ("value", "target")}
        if isinstance(figure, Reported) and figure.year == agency.year.year:
            entry["evidence"] = evidence.get(figure.indicator)
        yield _row(REALISASI_COLUMNS, entry)


def _quarter_rows(agency: Agency, names: Mapping[str, str]) -> Iterator[Row]:
    """A row for an indicator; one for each of its sources and notes, where its quarters have several."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in agency.quarters:
        unit = agency.indicators[row.indicator].unit
        entry = rows.setdefault(
            (row.indicator, row.source, row.note),
            {"indicator": names[row.indicator], "source": row.source, "note": row.note},
        )
        entry[f"target_{row.quarter}"] = value_text(row.target, unit)
        entry[f"realisasi_{row.quarter}"] = value_text(row.realisasi, unit)
    for entry in rows.values():
        yield _row(QUARTER_COLUMNS, entry)


def _program_rows(agency: Agency) -> Iterator[Row]:
    values = [column.field for column in PROGRAM_COLUMNS if column.kind is Kind.VALUE]
    for row in agency.programs:
        entry = dict(row)
        yield _row(PROGRAM_COLUMNS, {**entry, **{name: value_text(entry[name]) for name in values}})
