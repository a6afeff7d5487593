"""Writes what a workbook says as an office's files, and leads a problem of a file back to its cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from office.files import Location, read_csv, read_yaml
from office.problems import Problem, Problems
from office.quarters import QUARTERS_FILE
from office.workbook.columns import INDICATORS, OFFICE, PROGRAMS, QUARTERLY, REALISASI, RULES, TARGETS
from office.workbook.reading import Filled

OPTIONAL = ("rules.yaml", "national.csv", QUARTERS_FILE, "programs.csv")
"""Files that a year has only where the workbook says something for them."""
_HEADER = "# Ditulis oleh lkjip office import dari buku kerja; import berikutnya menulisnya lagi.\n"
_PLACE = re.compile(r"(?:\d{4}/)?([a-z]+\.(?:yaml|csv)) baris (\d+)(?:, kolom \d+)?")
_SAME_FILE = re.compile(r"(?<=\bdi )baris (\d+)")
_COLUMN = re.compile(r"kolom '(\w+)'")
_FIELD = re.compile(r"^(?:kolom )?'[^']*?([\w-]+)'(?=:| berisi | wajib )")
_SHEET_OF = {
    "office.yaml": OFFICE,
    "year.yaml": f"{OFFICE} atau {TARGETS}",
    "renstra.yaml": f"{OFFICE} atau {INDICATORS}",
    "indicators.yaml": INDICATORS,
    "rules.yaml": RULES,
    "realisasi.csv": REALISASI,
    "national.csv": REALISASI,
    QUARTERS_FILE: QUARTERLY,
    "programs.csv": PROGRAMS,
}
_FILE = re.compile(rf"(?:\d{{4}}/)?({'|'.join(map(re.escape, _SHEET_OF))})")
_WORDS = (
    (re.compile(r"\bunit indikator\b|\bunit di (?=lembar)|\bunit: "), "Satuan "),
    (re.compile(r" \(formula\)"), ""),
    (re.compile(r"perbaiki measure"), "perbaiki Sumber angka"),
    (re.compile(r"kind: reported"), "Sumber angka 'kantor sendiri'"),
    (re.compile(r'tulis bps: \{domain: "\d{4}"\} dengan kode wilayah kantor'), "isi Kode wilayah BPS"),
    (re.compile(r"\bbps di (?=lembar)"), "Kode wilayah BPS di "),
    (re.compile(r"quarters: sum, last atau mean"), "Triwulan (jumlah, terakhir atau rata-rata)"),
    (re.compile(r"quarters: last"), "Triwulan 'terakhir'"),
    (re.compile(r"\bquarters\b"), "Triwulan"),
    (re.compile(r"cumulative: true"), "Kumulatif 'ya'"),
    (re.compile(r"kolom 'target' "), "target "),
    (re.compile(r"kolom 'realisasi' "), "realisasi "),
    (re.compile(r"\bfirst_year dan last_year\b"), "tahun pertama dan tahun terakhirnya"),
    (re.compile(r"'budget_initial'"), "'Anggaran PK'"),
    (re.compile(r"'budget_revised'"), "'Anggaran perubahan'"),
    (re.compile(r"'spent'"), "'Realisasi anggaran'"),
    (
        re.compile(r"; apit nilainya dengan tanda kutip|^apit nilainya dengan tanda kutip$"),
        "tulis sebagai teks",
    ),
)
"""What people who see sheets and not files call the things that messages name."""


@dataclass(frozen=True)
class Located:
    """The files of a workbook in a folder, with the cell of every line."""

    filled: Filled
    lines: dict[str, dict[int, list[Location]]]
    rows: dict[str, dict[int, int]]

    def translate(self, problem: Problem) -> Problem:
        """The same problem as people see it who filled the workbook."""
        column = _COLUMN.search(problem.message)
        place = self._cells(problem.place, column[1] if column else "")
        message = _FIELD.sub("", problem.message).lstrip(": ")
        if (at := _PLACE.fullmatch(problem.place)) and at[1] in self.rows:
            message = _SAME_FILE.sub(lambda match: self._cell(at[1], int(match[1]), ""), message)
        return Problem(place, self._words(message), self._words(problem.todo))

    def _words(self, text: str) -> str:
        data = self.filled.mappings
        for known in (*data["indicators.yaml"], *data["year.yaml"]["versions"]):
            text = text.replace(f"'{known['id']}'", f"'{known['name']}'")
        text = _FILE.sub(lambda match: f"lembar {_SHEET_OF[match[1]]}", self._cells(text))
        for pattern, word in _WORDS:
            text = pattern.sub(word, text)
        return text

    def _cells(self, text: str, column: str = "") -> str:
        """A text with the cell in place of each line of a file."""
        found = _PLACE.sub(lambda match: self._cell(match[1], int(match[2]), column), text)
        return _FILE.sub(lambda match: f"lembar {_SHEET_OF[match[1]]}", found)

    def _cell(self, file: str, line: int, column: str) -> str:
        if file in self.rows:
            row = self.rows[file].get(line)
            return (
                self.filled.tables[file][1][row].place(column)
                if row is not None
                else f"lembar {_SHEET_OF[file]}"
            )
        paths = sorted(self.lines.get(file, {}).get(line, ()), key=len, reverse=True)
        known = self.filled.cells
        for path in paths:
            if cell := known.get((file, path)):
                return cell
        for path in paths:
            for length in range(len(path) - 1, 0, -1):
                if cell := known.get((file, path[:length])):
                    return cell
        for path in paths:
            below = (cell for (f, p), cell in known.items() if path and f == file and p[: len(path)] == path)
            if cell := next(below, ""):
                return cell
        return f"lembar {_SHEET_OF[file]}"


def write_files(filled: Filled, folder: Path) -> Located:
    """Write the files of a workbook into an office's folder.

    Args:
        filled: What it says.
        folder: Of the office; files that are there are replaced, those it says nothing for are removed.
    """
    year = folder / str(filled.year)
    year.mkdir(parents=True, exist_ok=True)
    lines: dict[str, dict[int, list[Location]]] = {}
    rows: dict[str, dict[int, int]] = {}
    for name in OPTIONAL:
        (year / name).unlink(missing_ok=True)
    for name, data in filled.mappings.items():
        home = folder if name == "office.yaml" else year
        text = yaml.dump(_plain(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
        (home / name).write_text(_HEADER + text, encoding="utf-8")
        document = read_yaml(home, name, Problems(home))
        lines[name] = {}
        for path, line in document.lines.items() if document else ():
            lines[name].setdefault(line, []).append(path)
    for name, (columns, found) in filled.tables.items():
        text = _csv(columns, [[_text(row.entry.get(column)) for column in columns] for row in found])
        (year / name).write_text(text, encoding="utf-8")
        sheet = read_csv(year, name, Problems(year))
        rows[name] = {line: index for index, (line, _) in enumerate(sheet.rows if sheet else ())}
    return Located(filled, lines, rows)


class _Dumper(yaml.SafeDumper):
    """Every list and mapping on lines of its own, so that a line is one entry; nothing is an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _plain(data: Any) -> Any:
    """Data without names of our own, as YAML writes them."""
    if isinstance(data, dict):
        return {_plain(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.value if isinstance(data, Enum) else data


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
