"""The files of an office's folder out of its filled workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from office.files import Location
from office.problems import Problems
from office.quarters import QUARTERS_FILE, QuarterRow
from office.schema import Level, ProgramRow, Reported
from office.standards import StandardFigure
from office.workbook.columns import (
    INDICATOR_COLUMNS,
    INDICATORS,
    OFFICE,
    PROGRAM_COLUMNS,
    PROGRAMS,
    QUARTER_COLUMNS,
    QUARTERLY,
    REALISASI,
    REALISASI_COLUMNS,
    RULES,
    SHEETS,
    TARGETS,
)
from office.workbook.drawing import example_rows
from office.workbook.filling import lines_of
from office.workbook.forms import OFFICE_FORM, RULES_FORM, Line
from office.workbook.quarters import quarters_of
from office.workbook.structure import Structure, read_structure
from office.workbook.tables import Found, Rows, read_form, read_table
from office.workbook.targets import Targets, read_targets

TITLE = "LAPORAN KINERJA INSTANSI PEMERINTAH"
_FORM_FILES = {"office": "office.yaml", "year": "year.yaml", "renstra": "renstra.yaml", "rules": "rules.yaml"}
_DEPTHS = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)


@dataclass
class Filled:
    """What a workbook says.

    Attributes:
        year: The reporting year.
        mappings: Data of the YAML files by name, without the year's folder.
        tables: Of the CSV files by name: the columns, and each row with where it stands.
        cells: The cell of each entry, by file and path.
        notes: What was derived and a person should know, in Indonesian.
    """

    year: int = 0
    mappings: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, tuple[tuple[str, ...], list[Found]]] = field(default_factory=dict)
    cells: dict[tuple[str, Location], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def office_id(self) -> str:
        """The office's id as written; empty where it is left out."""
        return str(self.mappings["office.yaml"].get("id", ""))


def read_workbook(sheets: Mapping[str, Rows], problems: Problems) -> Filled:
    """Read every sheet; what is wrong is noted with its cell.

    Args:
        sheets: By name, each from A1 on; a cell shown in per cent as text.
        problems: Where what is wrong is noted; with any of them the result is not to be used.
    """
    filled = Filled()
    for sheet in SHEETS:
        if sheet not in sheets:
            problems.add(
                f"lembar {sheet}", "lembar ini tidak ada", "kembalikan lembarnya; namanya jangan diubah"
            )
    problems.raise_found()
    examples = dict(example_rows())
    forms = {
        **read_form(OFFICE, sheets[OFFICE], OFFICE_FORM, problems),
        **read_form(RULES, sheets[RULES], RULES_FORM, problems),
    }
    rows = {
        sheet: read_table(sheet, sheets[sheet], columns, examples[sheet], problems) if sheet in sheets else []
        for sheet, columns in (
            (INDICATORS, INDICATOR_COLUMNS), (REALISASI, REALISASI_COLUMNS),
            (QUARTERLY, QUARTER_COLUMNS), (PROGRAMS, PROGRAM_COLUMNS),
        )
    }  # fmt: skip
    for line in lines_of((*OFFICE_FORM, *RULES_FORM)):
        _take_line(filled, line, forms[line.label])
    office, fixed, renstra = (
        filled.mappings.setdefault(_FORM_FILES[f], {}) for f in ("office", "year", "renstra")
    )
    filled.year = fixed.get("year", 0)
    structure = read_structure(rows[INDICATORS], office.get("short_name", ""), problems)
    if not structure.indicators:
        problems.add(f"lembar {INDICATORS}", "belum ada indikator", "tulis tujuan, sasaran dan indikatornya")
    targets = read_targets(sheets[TARGETS], structure, filled.year, office.get("name", ""), problems)
    _take_structure(filled, structure, targets)
    _resolve_words(fixed, filled, structure, problems)
    _take_rows(filled, rows, structure, problems)
    _derive(office, fixed, renstra)
    if targets.filled:
        filled.notes.append(
            f"{len(targets.filled)} target {targets.versions[0]['name']} kosong, diambil dari Renstra; beri "
            "tanda - bila dokumen itu tidak memuatnya."
        )
    return filled


def _take_line(filled: Filled, line: Line, found: list[Found]) -> None:
    """Put a line's entries at their path, and remember their cells."""
    if not found:
        return
    file, path = _FORM_FILES[line.file], tuple(line.path.split("."))
    entries = [_entry(line, row) for row in found]
    value: Any = entries[0]
    if line.keyed:
        value = {row.entry.get("key", ""): row.entry.get("value", "") for row in found}
    elif line.many:
        value = entries
    if value is None:
        return  # what is wrong with it was noted
    outer = filled.mappings.setdefault(file, {})
    for key in path[:-1]:
        outer = outer.setdefault(key, {})
    outer[path[-1]] = value
    for index, row in enumerate(found):
        at: Location = path
        if line.keyed:
            at = (*path, row.entry.get("key", ""))
        elif line.many:
            at = (*path, index)
        filled.cells[file, at] = row.place()
        for column in line.columns if not line.keyed else ():
            if column.field:
                filled.cells[file, (*at, column.field)] = row.place(column.field)


def _entry(line: Line, row: Found) -> Any:
    return row.entry.get("") if len(line.columns) == 1 and not line.columns[0].field else dict(row.entry)


def _take_structure(filled: Filled, structure: Structure, targets: Targets) -> None:
    file = "indicators.yaml"
    for index, indicator in enumerate(structure.indicators):
        row = structure.rows[indicator["id"]]
        if in_renstra := targets.renstra.get(indicator["id"]):
            indicator["renstra_targets"] = in_renstra
        filled.cells[file, (index,)] = row.place("name")
        for name in row.places:
            filled.cells[file, (index, *name.split("."))] = row.place(name)
        for year in in_renstra or ():
            cell = targets.renstra_cells[indicator["id"], year]
            filled.cells[file, (index, "renstra_targets", year)] = cell
    filled.mappings[file] = structure.indicators
    filled.mappings["renstra.yaml"]["tujuan"] = structure.tujuan
    filled.cells |= {("renstra.yaml", path): cell for path, cell in structure.tujuan_cells.items()}
    filled.mappings["year.yaml"] |= {"versions": targets.versions, "used": targets.used}
    filled.cells |= {("year.yaml", path): cell for path, cell in targets.version_cells.items() if cell}


def _resolve_words(fixed: dict[str, Any], filled: Filled, structure: Structure, problems: Problems) -> None:
    """Supports and reasons call indicators by name; a reason may be about a program by its number."""
    for index, support in enumerate(fixed.get("supports", ())):
        place = filled.cells["year.yaml", ("supports", index)]
        support["indicator"] = structure.resolve(support.get("indicator", ""), place, problems)
    for index, reason in enumerate(fixed.get("reasons", ())):
        subject = reason.get("subject", "")
        if not subject.replace(".", "").isdecimal():
            place = filled.cells["year.yaml", ("reasons", index, "subject")]
            reason["subject"] = structure.resolve(subject, place, problems)


def _take_rows(
    filled: Filled, rows: Mapping[str, list[Found]], structure: Structure, problems: Problems
) -> None:
    reported, national = list[Found](), list[Found]()
    for row in rows[REALISASI]:
        name = row.entry.get("indicator")
        indicator = structure.resolve(name, row.place("indicator"), problems) if name else None
        found = Found(row.sheet, row.row, {**row.entry, "indicator": indicator}, row.places)
        if not row.entry.get("standard"):
            reported.append(found)
            continue
        for needless in sorted(set(row.entry) - set(StandardFigure.model_fields)):
            problems.add(row.place(needless), "tidak dipakai pada angka pembanding", "kosongkan sel ini")
        national.append(found)
    programs = []
    counts = [0, 0, 0]
    for row in rows[PROGRAMS]:
        programs.append(_numbered(row, counts))
    filled.tables["realisasi.csv"] = (tuple(Reported.model_fields), reported)
    if national:
        filled.tables["national.csv"] = (tuple(StandardFigure.model_fields), national)
    if quarters := quarters_of(rows[QUARTERLY], structure, problems):
        filled.tables[QUARTERS_FILE] = (tuple(QuarterRow.model_fields), quarters)
    if programs:
        filled.tables["programs.csv"] = (tuple(ProgramRow.model_fields), programs)


def _numbered(row: Found, counts: list[int]) -> Found:
    """Give a row of programs its number or its level, whichever it lacks; ``counts`` is where one stands."""
    entry = dict(row.entry)
    if "key" in entry:
        parts = [int(part) for part in entry["key"].split(".") if part.isdecimal()][:3]
        counts[:] = [*parts, 0, 0, 0][:3]
        entry.setdefault("level", _DEPTHS[min(entry["key"].count("."), 2)])
    elif "level" in entry:
        depth = _DEPTHS.index(entry["level"])
        counts[:] = [*counts[:depth], counts[depth] + 1, 0, 0][:3]
        entry["key"] = ".".join(map(str, counts[: depth + 1]))
    return Found(row.sheet, row.row, entry, row.places)


def _derive(office: dict[str, Any], fixed: dict[str, Any], renstra: dict[str, Any]) -> None:
    """What follows from the rest, where the sheet leaves it open."""
    year = fixed.get("year", 0)
    fixed.setdefault("document_year", year + 1)
    fixed.setdefault("previous_year", year - 1)
    fixed.setdefault("report_title", TITLE)
    fixed.setdefault("renstra_year_ordinal", year - renstra.get("first_year", year) + 1)
    for name in ("foreword_signed", "closing_signed"):
        fixed.setdefault(name, f"{office.get('town', '')}, Januari {fixed['document_year']}")
    if "roles" not in fixed.get("approval", {"roles": ()}):
        del fixed["approval"]  # after how many days nobody is reminded says nothing
