"""The targets of the Renstra and of the year's documents, out of their sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from office.files import Location
from office.problems import Problems
from office.workbook.cells import Cell, Column, Kind
from office.workbook.columns import NOT_IN_DOCUMENT, TARGETS
from office.workbook.structure import Structure
from office.workbook.tables import Rows, cell_name, find_headings, read, text_of
from office.workbook.target_sheet import (
    DOCUMENT,
    DOCUMENT_LABELS,
    EXAMPLE_NAME,
    FIRST_HEADING,
    RENSTRA,
    document_heading,
    order_heading,
    renstra_heading,
)

_VALUE = Column("", "Target", kind=Kind.VALUE)
_DESCRIBED = {label: Column(name, label, kind=kind) for label, name, kind in DOCUMENT_LABELS}
_ORDER = Column("", "Urutan", kind=Kind.WHOLE)


@dataclass
class Targets:
    """What the sheet says.

    Attributes:
        renstra: By indicator and year, as written.
        versions: Entries of ``versions`` in ``year.yaml``, those without any target left out.
        used: The id of the document that counts.
        filled: Indicators whose target in the first document is that of the Renstra.
        renstra_cells, version_cells: The cell of each target, and of what describes a document.
    """

    renstra: dict[str, dict[int, str]] = field(default_factory=dict)
    versions: list[dict[str, Any]] = field(default_factory=list)
    used: str = ""
    filled: list[str] = field(default_factory=list)
    renstra_cells: dict[tuple[str, int], str] = field(default_factory=dict)
    version_cells: dict[Location, str] = field(default_factory=dict)


@dataclass
class _Document:
    """A column of the sheet."""

    place: int
    described: dict[str, Any] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    orders: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


def read_targets(rows: Rows, structure: Structure, year: int, office: str, problems: Problems) -> Targets:
    """Read the sheet of targets.

    Args:
        rows: Of the sheet.
        structure: The indicators.
        year: The reporting year, whose Renstra targets fill what the first of several documents leaves open.
        office: Its name, for the source of a document that names none.
        problems: Where what is wrong is noted.
    """
    targets = Targets()
    headings = [text_of(rows[0], place) for place in range(1, len(rows[0]) + 1)] if rows else []
    years = [int(match[1]) for heading in headings if (match := RENSTRA.fullmatch(heading))]
    numbers = [int(match[1]) for heading in headings if (match := DOCUMENT.fullmatch(heading))]
    wanted = [FIRST_HEADING, *map(renstra_heading, years)]
    wanted += [heading(number) for number in numbers for heading in (document_heading, order_heading)]
    places = find_headings(TARGETS, rows, wanted, problems)
    if places is None:
        return targets
    documents = [_Document(places[document_heading(number)]) for number in numbers]
    seen: dict[str, int] = {}
    for row, cells in enumerate(rows[1:], start=2):
        label = text_of(cells, places[FIRST_HEADING])
        if label == EXAMPLE_NAME or not any(text_of(cells, place) for place in places.values()):
            continue
        if label in _DESCRIBED:
            _describe(documents, row, label, cells, places, problems)
            continue
        first = cell_name(TARGETS, row, places[FIRST_HEADING])
        if not label:
            problems.add(first, "baris ini berisi, tetapi indikatornya tidak disebut", "pilih indikatornya")
            continue
        indicator = structure.resolve(label, first, problems)
        if indicator is None:
            continue
        if indicator in seen:
            problems.add(
                first, f"indikator '{label}' sudah ada di baris {seen[indicator]}", "hapus salah satu"
            )
            continue
        seen[indicator] = row
        for each in years:
            place = places[renstra_heading(each)]
            if (value := read(TARGETS, row, place, _VALUE, cells, problems)) is not None:
                targets.renstra.setdefault(indicator, {})[each] = value
                targets.renstra_cells[indicator, each] = cell_name(TARGETS, row, place)
        for document in documents:
            _read_target(document, indicator, row, cells, problems)
    _settle(targets, documents, year, office, problems)
    return targets


def _describe(
    documents: list[_Document],
    row: int,
    label: str,
    cells: Sequence[Cell],
    places: Mapping[str, int],
    problems: Problems,
) -> None:
    """Read one of the rows that describe the documents."""
    column = _DESCRIBED[label]
    own = {places[FIRST_HEADING], *(document.place for document in documents)}
    for place in places.values():
        if place not in own and text_of(cells, place):
            problems.add(
                cell_name(TARGETS, row, place),
                f"'{label}' hanya untuk kolom dokumen",
                "kosongkan sel ini, atau pindahkan isinya",
            )
    for document in documents:
        document.cells[column.field] = cell_name(TARGETS, row, document.place)
        if (value := read(TARGETS, row, document.place, column, cells, problems)) is not None:
            document.described[column.field] = value


def _read_target(document: _Document, indicator: str, row: int, cells: Any, problems: Problems) -> None:
    document.cells[f"target {indicator}"] = cell_name(TARGETS, row, document.place)
    value = read(TARGETS, row, document.place, _VALUE, cells, problems)
    order = read(TARGETS, row, document.place + 1, _ORDER, cells, problems)
    if value == NOT_IN_DOCUMENT:
        document.left_out.add(indicator)
    elif value is not None:
        document.targets[indicator] = value
    if order is not None:
        document.orders[indicator] = order


def _settle(targets: Targets, documents: list[_Document], year: int, office: str, problems: Problems) -> None:
    """Leave out documents that hold nothing, fill the first from the Renstra, find the one that counts."""
    held = [document for document in documents if document.targets]
    first = documents[0] if documents else None
    if first and "name" in first.described and any(document in held for document in documents[1:]):
        targets.filled = _fill_from_renstra(first, targets.renstra, year)
        if first.targets and first not in held:
            held.insert(0, first)
    if not held:
        problems.add(
            cell_name(TARGETS, 1, documents[-1].place if len(documents) < 2 else documents[1].place)
            if documents
            else f"lembar {TARGETS}",
            f"belum ada target {year}: tidak satu dokumen pun berisi target",
            "isi target setiap indikator di kolom Perjanjian Kinerja",
        )
    used = []
    for index, document in enumerate(held):
        entry = _version(document, index, office, problems)
        word = str(document.described.get("used", "")).casefold()
        if word not in ("", "ya", "tidak"):
            problems.add(
                document.cells["used"], f"berisi '{word}'", "tulis ya di satu dokumen saja, atau kosongkan"
            )
        if word == "ya":
            used.append(entry["id"])
        targets.versions.append(entry)
        for name in ("name", "agreed_on", "source", "id"):
            targets.version_cells["versions", index, name] = document.cells.get(name, "")
        targets.version_cells["versions", index] = document.cells.get("name", "")
        for indicator in entry["targets"]:
            targets.version_cells["versions", index, "targets", indicator] = document.cells[
                f"target {indicator}"
            ]
    if len(used) > 1:
        problems.add(held[-1].cells["used"], "beberapa dokumen bertanda ya", "tulis ya di satu dokumen saja")
    targets.used = used[0] if used else targets.versions[-1]["id"] if targets.versions else ""


def _fill_from_renstra(document: _Document, renstra: Mapping[str, Mapping[int, str]], year: int) -> list[str]:
    """The work plan follows the Renstra where its sheet leaves a target open; give the indicators."""
    held = document.targets.keys() | document.left_out
    filled = {
        name: by_year[year] for name, by_year in renstra.items() if year in by_year and name not in held
    }
    document.targets |= filled
    return list(filled)


def _version(document: _Document, index: int, office: str, problems: Problems) -> dict[str, Any]:
    name = document.described.get("name")
    if name is None:
        place = document.cells.get("name", cell_name(TARGETS, 1, document.place))
        problems.add(place, "dokumen ini berisi target, tetapi namanya kosong", "isi Nama dokumen")
    entry = {
        "id": document.described.get("id") or f"dokumen-{index + 1}",
        "name": name or "",
        "source": document.described.get("source") or f"{name} {office}",
    }
    if "agreed_on" in document.described:
        entry["agreed_on"] = document.described["agreed_on"]
    rows = list(document.cells)
    order = sorted(document.targets, key=lambda i: document.orders.get(i, rows.index(f"target {i}") + 1))
    return {**entry, "targets": {indicator: document.targets[indicator] for indicator in order}}
