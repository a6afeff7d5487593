"""A planner who fills the blank workbook cell by cell, as she would with the printed report beside her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from capaian.measure import Direction
from capaian.values import Quantity, Value
from office.schema import Agency

CELLS = Mapping[str, Any]


class Planner:
    """Types into the sheets by their headings and labels; never an id, and numbers as numbers."""

    def __init__(self, file: Path) -> None:
        self.file, self.book = file, load_workbook(file)

    def row(self, sheet: str, number: int, cells: CELLS) -> None:
        """Fill a row of a table."""
        places = {cell.value: cell.column for cell in self.book[sheet][1]}
        for heading, value in cells.items():
            if value is None or value == "":
                continue
            cell = self.book[sheet].cell(number, places[heading])
            if isinstance(value, Quantity) and "," in value.written and value.written.endswith("0"):
                cell.value = value.written  # Excel would drop the zero
            elif isinstance(value, Quantity):
                in_percent = value.unit == "%"
                number_ = value.amount / 100 if in_percent else value.amount
                cell.value = int(number_) if number_ == int(number_) else float(number_)
                cell.number_format = "0.00%" if in_percent else "General"
            else:
                cell.value = int(value) if isinstance(value, Decimal) else value

    def line(self, sheet: str, label: str, *values: Any) -> None:
        """Fill the next free line of a label; insert nothing, add below where none is free."""
        cells = self.book[sheet]
        rows = [n for n in range(2, cells.max_row + 1) if cells.cell(n, 1).value == label]
        free = [n for n in rows if cells.cell(n, 2).value is None]
        row = free[0] if free else cells.max_row + 1
        cells.cell(row, 1).value = label
        for place, value in enumerate(values, start=2):
            cells.cell(row, place).value = value

    def save(self) -> None:
        self.book.save(self.file)


def answers_of(agency: Agency) -> str:
    """A file of answers to what ``lkjip init`` asks."""
    office, year = agency.office, agency.year
    recipients = [f"penerima: {each.role} <{each.address}>" for each in year.recipients]
    return "\n".join(
        [
            f"nama: {office.name}",
            f"nama_pendek: {office.short_name}",
            "tingkat: provinsi",
            f"wilayah: {office.region.removeprefix('Provinsi ')}",
            f"kota: {office.town}",
            f"surel: {office.contact}",
            f"penanda_tangan: {year.signatory.name}",
            f"jabatan: {' '.join(year.signatory.position)}",
            *recipients,
            f"tahun: {year.year}",
            f"renstra_pertama: {agency.renstra.first_year}",
            f"renstra_terakhir: {agency.renstra.last_year}",
            "id: dinas-baru",
        ]
    )


def fill(file: Path, agency: Agency) -> None:
    """Write an office's year into its blank workbook."""
    planner = Planner(file)
    planner.line("Kantor", "Tahun Renstra ke-", agency.year.renstra_year_ordinal)
    for number, cells in enumerate(_indicators(agency), start=3):
        planner.row("Tujuan-Sasaran-Indikator", number, cells)
    for number, cells in enumerate(_targets(agency), start=8):
        planner.row("Target", number, cells)
    for number, figure in enumerate(agency.reported, start=3):
        planner.row(
            "Realisasi",
            number,
            {
                "Indikator": agency.indicators[figure.indicator].name,
                "Tahun": figure.year,
                "Realisasi": _typed(figure.value),
                "Target tahun itu": _typed(figure.target),
                "Sumber": figure.source,
                "Capaian dinyatakan (%)": figure.capaian,
                "Status": figure.status,
            },
        )
    for number, row in enumerate(agency.programs, start=3):
        cells = {
            "Tingkat": row.level.value.replace("_", " "),
            "Nama": row.name,
            "Anggaran PK": row.budget_initial,
            "Realisasi anggaran": row.spent,
        }
        planner.row("Program", number, cells)
    planner.line("Aturan", "Kategori", "Sangat baik", None, 100)
    planner.line("Aturan", "Kategori", "Baik", 80)
    planner.line("Aturan", "Kategori", "Sedang", 55)
    planner.line("Aturan", "Kategori", "Kurang")
    planner.line("Aturan", "Arti efisiensi", "100 - serapan")
    planner.line("Aturan", "Rata-rata atas", "yang dapat dihitung")
    planner.save()


def _typed(value: Value | None) -> Any:
    return value if value is None or isinstance(value, Quantity) else str(value)


def _indicators(agency: Agency) -> Iterator[CELLS]:
    for tujuan in agency.renstra.tujuan:
        for sasaran in tujuan.sasaran:
            for name in sasaran.indicators:
                indicator = agency.indicators[name]
                institution = indicator.institution
                yield {
                    "Tujuan": tujuan.text,
                    "Sasaran": sasaran.text,
                    "Indikator": indicator.name,
                    "Nama pendek": indicator.short_name,
                    "Satuan": indicator.unit,
                    "Arah": "makin rendah makin baik" if indicator.direction is Direction.LOWER else None,
                    "Rumus": {"stated": "dinyatakan"}.get(indicator.formula, indicator.formula)
                    if indicator.formula
                    else None,
                    "Sumber angka": "lembaga lain" if institution else None,
                    "Lembaga": institution.name if institution else None,
                    "Sumber data di tabel": indicator.source_label,
                    "Program": "; ".join(map(str, indicator.programs)),
                }


def _targets(agency: Agency) -> Iterator[CELLS]:
    plan, agreement = agency.year.versions
    order = list(agreement.targets)
    for name, indicator in agency.indicators.items():
        in_renstra = {f"Renstra {year}": _typed(v) for year, v in indicator.renstra_targets.items()}
        yield {
            "Indikator": indicator.name,
            **in_renstra,
            "Dokumen 1": _typed(plan.targets[name]) if name in plan.targets else "-",
            "Dokumen 2": _typed(agreement.targets.get(name)),
            "Urutan 2": order.index(name) + 1 if name in order else None,
        }
