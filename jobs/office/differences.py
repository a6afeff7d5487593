"""What a workbook would change in an office's data: each entry, its cell, what it said and will say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from capaian.quarters import ROMAN
from core.dates import format_date
from office.files import Location
from office.quarters import QUARTERS_FILE
from office.schema import Agency
from office.workbook.columns import (
    INDICATOR_COLUMNS,
    INDICATORS,
    OFFICE,
    PROGRAM_COLUMNS,
    PROGRAMS,
    QUARTERLY,
    REALISASI,
    REALISASI_COLUMNS,
    RULES,
    TARGETS,
)
from office.workbook.filling import lines_of
from office.workbook.forms import OFFICE_FORM, RULES_FORM
from office.workbook.reading import Filled

_IDS = ("id", "key", "number", "indicator", "subject", "role", "title")
"""By which of its fields an entry of a list is known again."""
_Path = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One entry that changes.

    Attributes:
        place: Sheet and cell of the workbook; of what is gone from it, the sheet alone.
        subject: Whose entry it is, as people call it; empty where the field says it.
        field: What it is, in the words of the sheet.
        before, after: Empty where there is nothing.
    """

    place: str
    subject: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class _Leaf:
    text: str
    subject: str
    field: str
    sheet: str
    cell: str = ""


def compare_agencies(before: Agency, after: Agency, filled: Filled) -> list[Difference]:
    """What differs between two states of an office's year, in the order of the sheets.

    Args:
        before: As it stands.
        after: As the workbook says it.
        filled: The workbook, for the cells.
    """
    old, new = dict(_leaves(before, None)), dict(_leaves(after, filled))
    found = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        leaf = now or was
        if leaf is None or (was.text if was else "") == (now.text if now else ""):
            continue
        place = now.cell if now and now.cell else f"lembar {leaf.sheet}"
        found.append(
            Difference(place, leaf.subject, leaf.field, was.text if was else "", now.text if now else "")
        )
    found += _of_rules(before, after)
    if not found and before != after:
        found.append(Difference("", "", "Urutan", "urutan sekarang", "urutan di buku kerja"))
    return found


def _leaves(agency: Agency, filled: Filled | None) -> Iterator[tuple[_Path, _Leaf]]:
    names = {name: indicator.name for name, indicator in agency.indicators.items()}
    cells = _Cells(filled)
    yield from _of_form(agency.office, "office.yaml", cells)
    yield from _of_form(agency.year, "year.yaml", cells)
    yield from _of_form(agency.renstra, "renstra.yaml", cells)
    yield from _of_indicators(agency, cells)
    yield from _of_targets(agency, names, cells)
    rows: list[Any] = [*agency.reported, *agency.explained, *agency.national]
    for row in rows:
        standard = getattr(row, "standard", "")
        subject = f"{names.get(row.indicator, row.indicator)}, {row.year}" + (
            f", {standard}" if standard else ""
        )
        wanted = {"indicator": row.indicator, "year": row.year, "standard": standard}
        yield from _of_row(row, (REALISASI, subject), subject, REALISASI, wanted, cells)
    for quarter in agency.quarters:
        subject = f"{names.get(quarter.indicator, quarter.indicator)}, triwulan {ROMAN[quarter.quarter - 1]}"
        wanted = {"indicator": quarter.indicator, "quarter": quarter.quarter}
        yield from _of_row(quarter, (QUARTERLY, subject), subject, QUARTERLY, wanted, cells)
    for program in agency.programs:
        subject = f"{program.key} {program.name}"
        yield from _of_row(program, (PROGRAMS, program.key), subject, PROGRAMS, {"key": program.key}, cells)


def _of_form(model: BaseModel, file: str, cells: _Cells) -> Iterator[tuple[_Path, _Leaf]]:
    """Identity, year and Renstra; targets come apart."""
    for path, place, value in _walk(model, (), ()):
        if path[:1] in (("versions",), ("used",)):
            continue
        sheet = INDICATORS if path[:1] == ("tujuan",) else OFFICE
        label = _label_of(file, path)
        subject = " · ".join(part for part in path[1:-1]) if len(path) > 2 else ""
        yield (file, *path), _Leaf(_text(value), subject, label, sheet, cells.of(file, place))


def _of_indicators(agency: Agency, cells: _Cells) -> Iterator[tuple[_Path, _Leaf]]:
    for index, indicator in enumerate(agency.indicators.values()):
        for path, place, value in _walk(indicator, (), ()):
            if path[0] == "renstra_targets":
                label = f"Target Renstra {path[1]}"
                cell = cells.of("indicators.yaml", (index, "renstra_targets", int(path[1])))
                leaf = _Leaf(_text(value), indicator.name, label, TARGETS, cell)
            else:
                label = _HEADINGS[INDICATORS].get(".".join(path), path[-1])
                cell = cells.of("indicators.yaml", (index, *place))
                leaf = _Leaf(_text(value), indicator.name, label, INDICATORS, cell)
            yield (INDICATORS, indicator.id, *path), leaf


def _of_targets(agency: Agency, names: Mapping[str, str], cells: _Cells) -> Iterator[tuple[_Path, _Leaf]]:
    words = {"id": "Id dokumen", "name": "Nama dokumen", "agreed_on": "Tanggal", "source": "Sumber"}
    for index, version in enumerate(agency.year.versions):
        for field, label in words.items():
            cell = cells.of("year.yaml", ("versions", index, field))
            leaf = _Leaf(_text(getattr(version, field)), version.name, label, TARGETS, cell)
            yield (TARGETS, version.id, field), leaf
        for name, value in version.targets.items():
            cell = cells.of("year.yaml", ("versions", index, "targets", name))
            leaf = _Leaf(_text(value), names.get(name, name), f"Target {version.name}", TARGETS, cell)
            yield (TARGETS, version.id, "targets", name), leaf
    yield (TARGETS, "used"), _Leaf(agency.year.used, "", "Dokumen yang dipakai", TARGETS)


def _of_row(
    row: BaseModel, key: _Path, subject: str, sheet: str, wanted: Mapping[str, Any], cells: _Cells
) -> Iterator[tuple[_Path, _Leaf]]:
    for field in type(row).model_fields:
        if field not in wanted:
            label = _HEADINGS[sheet].get(field, _OTHER_WORDS.get(field, field))
            leaf = _Leaf(
                _text(getattr(row, field)), subject, label, sheet, cells.of_row(sheet, wanted, field)
            )
            yield (*key, field), leaf


def _of_rules(before: Agency, after: Agency) -> Iterator[Difference]:
    """Which rules of measuring differ; each is a matter of several cells."""
    for field in type(before.rules).__dataclass_fields__:
        if getattr(before.rules, field) != getattr(after.rules, field):
            label = _LABELS.get(("rules.yaml", field), field)
            yield Difference(f"lembar {RULES}", "", label, "seperti sekarang", "seperti di buku kerja")


def _walk(value: Any, path: _Path, place: Location) -> Iterator[tuple[_Path, Location, Any]]:
    """Every entry below: by what it is known, where it stands in its file, and what it says."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*path, name), (*place, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*path, str(key)), (*place, key))
    elif isinstance(value, list) and any(isinstance(item, (BaseModel, list)) for item in value):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, _known_as(item, index)), (*place, index))
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        for index, item in enumerate(value):
            yield (*path, item), (*place, index), item
    else:
        yield path, place, value


def _known_as(item: Any, index: int) -> str:
    if isinstance(item, BaseModel):
        own = [str(getattr(item, name)) for name in _IDS if name in type(item).model_fields]
        if own:
            return own[0]
    return str(index + 1)


class _Cells:
    """The cells of a workbook by what stands in them."""

    def __init__(self, filled: Filled | None) -> None:
        self._cells = filled.cells if filled else {}
        self._rows: dict[str, list[Any]] = {REALISASI: [], QUARTERLY: [], PROGRAMS: []}
        sheets = {
            "realisasi.csv": REALISASI,
            "national.csv": REALISASI,
            QUARTERS_FILE: QUARTERLY,
            "programs.csv": PROGRAMS,
        }
        for name, (_, rows) in (filled.tables if filled else {}).items():
            self._rows[sheets[name]].extend(rows)

    def of(self, file: str, place: Location) -> str:
        """The cell of an entry, or of the nearest above it."""
        for length in range(len(place), 0, -1):
            if cell := self._cells.get((file, place[:length])):
                return cell
        return ""

    def of_row(self, sheet: str, wanted: Mapping[str, Any], field: str) -> str:
        """The cell of a field in the row with such entries."""
        for row in self._rows[sheet]:
            if all(_same(row.entry.get(name), value) for name, value in wanted.items()):
                return str(row.place(field))
        return ""


def _same(written: Any, wanted: Any) -> bool:
    return str(written if written is not None else "") == str(wanted if wanted is not None else "")


def _label_of(file: str, path: Sequence[str]) -> str:
    """The label of the longest path that the form knows."""
    plain = [part for part in path if part.isidentifier()]
    for length in range(len(plain), 0, -1):
        if label := _LABELS.get((file, ".".join(plain[:length]))):
            return label
    return _OTHER_WORDS.get(path[0], path[0])


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Enum):
        return _CHOICES.get(value, str(value.value))
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


_LABELS = {(f"{line.file}.yaml", line.path): line.label for line in lines_of((*OFFICE_FORM, *RULES_FORM))}
_HEADINGS = {
    INDICATORS: {column.field: column.heading for column in INDICATOR_COLUMNS},
    REALISASI: {column.field: column.heading for column in REALISASI_COLUMNS},
    QUARTERLY: {"target": "target", "realisasi": "realisasi"},
    PROGRAMS: {column.field: column.heading for column in PROGRAM_COLUMNS},
}
_CHOICES = {
    meant: word
    for column in (*INDICATOR_COLUMNS, *PROGRAM_COLUMNS)
    for word, meant in column.choices.items()
    if isinstance(meant, Enum)
}
_OTHER_WORDS = {"tujuan": "Tujuan dan sasaran"}
