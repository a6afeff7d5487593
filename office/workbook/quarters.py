"""The rows of ``triwulan.csv`` out of the sheet of quarters, where one row holds all four."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capaian.quarters import QUARTERS
from office.problems import Problems
from office.workbook.structure import Structure
from office.workbook.tables import Found

_FIGURES = ("target", "realisasi")


def quarters_of(rows: Sequence[Found], structure: Structure, problems: Problems) -> list[Found]:
    """A row for each quarter of which the sheet says something.

    Args:
        rows: Of the sheet.
        structure: The indicators.
        problems: Where what is wrong is noted.
    """
    found: list[Found] = []
    first: dict[tuple[str, int], Found] = {}
    for row in rows:
        name = row.entry.get("indicator")
        indicator = structure.resolve(name, row.place("indicator"), problems) if name else None
        if indicator is None:
            continue
        for quarter in _split(row, indicator):
            key = (indicator, quarter.entry["quarter"])
            if key in first:
                problems.add(
                    quarter.place(),
                    f"triwulan ini sudah diisi di {first[key].place()}",
                    "hapus salah satu",
                )
            first.setdefault(key, quarter)
            found.append(quarter)
        if not any(field.startswith(_FIGURES) for field in row.entry):
            problems.add(row.place("target_1"), f"'{name}' tanpa angka triwulan", "isi, atau hapus barisnya")
    return found


def _split(row: Found, indicator: str) -> Iterator[Found]:
    """The quarters of a row, each with its own cells; without a field, its place is its first cell."""
    common = {field: row.entry[field] for field in ("source", "note") if field in row.entry}
    for number in QUARTERS:
        figures = {
            field: row.entry[f"{field}_{number}"] for field in _FIGURES if f"{field}_{number}" in row.entry
        }
        if figures:
            places = {field: row.places[f"{field}_{number}"] for field in figures}
            after = {field: row.places[field] for field in ("source", "note")}
            entry = {"indicator": indicator, "quarter": number, **figures, **common}
            yield Found(row.sheet, row.row, entry, {**places, **after})
