"""The quarterly tables of all regencies on the national domain: a second opinion on annual figures.

BPS makes a new table of them each year (2533 was current prices of 2025, 2775 and 2776 those of
2026), so they are found by title. Rows are regions and columns are categories, or the other way
round. A year is the cell that BPS gives for it, else the sum of exactly four quarters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.bps import checks, labels
from connectors.bps.answers import Answer, Kind
from connectors.bps.client import NATIONAL, BpsClient
from connectors.bps.dynamic.decode import Cell, DynamicTable, Item, decode
from connectors.bps.tables import PdrbCell, PdrbTable
from core.errors import ImplausibleFigureError, SourceError
from core.numbers import format_number

KEYWORDS = ("PDRB Triwulanan", "Produk Domestik Regional Bruto Triwulanan")
"""What the list is asked for; the second only where the first finds nothing."""
MAX_TRIES = 3
"""How many tables of one measure are asked for a year; each costs a request."""

_MEASURES = ("adhb", "adhk")
_QUARTERLY = re.compile(r"\btri\s*wulan(?:an)?\b", re.IGNORECASE)
_ALL_REGENCIES = re.compile(
    r"(?:menurut|di|per|dan)?\s*\bkab(?:upaten|\.)?\s*(?:/|dan|-)\s*kota\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!\s*=\s*100)")
_ANNUAL = re.compile(r"tahunan|tahun|setahun|jumlah|total", re.IGNORECASE)
_QUARTER = re.compile(r"(?:tri\s*wulan|kuartal|tw\.?|q)?\s*-?\s*(iv|iii|ii|i|[1-4])", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ADVICE = "angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program."


@dataclass(frozen=True)
class QuarterlyTable:
    """A quarterly table of all regencies.

    Attributes:
        year: The one that its title names; None when it names none.
    """

    measure: str
    var_id: int
    title: str
    unit: str
    year: int | None


def read_quarterly(client: BpsClient, domain: str, year: int, base_year: int) -> list[PdrbTable]:
    """The annual figures of a region out of the quarterly tables of all regencies.

    One request for the list and, where a table fits, usually one for each measure.

    Args:
        client: Of the WebAPI.
        domain: The region, ``3529``; the tables stand on the national domain.
        year: Whose figures are wanted.
        base_year: Of the constant prices wanted.

    Returns:
        Tables of ``adhb`` and ``adhk``, channel ``quarterly``; none while a quarter is missing or
        no table of the year is there.

    Raises:
        SourceError: No usable answer, another unit or shape.
        ImplausibleFigureError: Figures contradict each other or are not all there.
    """
    found = find_quarterly(client, base_year)
    tables = []
    for measure in _MEASURES:
        fitting = [t for t in found if t.measure == measure and t.year in (None, year)]
        for table in sorted(fitting, key=lambda t: (t.year is None, -t.var_id))[:MAX_TRIES]:
            answer = _ask(client, table, domain, year)
            if answer is not None:
                tables.append(annual_table(answer, table, domain, year, base_year))
                break
    return [checks.check_table(table) for table in tables if table.cells]


def find_quarterly(client: BpsClient, base_year: int) -> tuple[QuarterlyTable, ...]:
    """The quarterly tables of all regencies in current prices and in those of ``base_year``.

    Raises:
        SourceError: No usable answer.
    """
    for keyword in KEYWORDS:
        rows = client.list_all("var", domain=NATIONAL, keyword=keyword)
        found = tuple(table for row in rows if (table := _read_row(row, base_year)))
        if found:
            return found
    return ()


def annual_table(answer: Answer, table: QuarterlyTable, domain: str, year: int, base_year: int) -> PdrbTable:
    """The annual table of a region in an answer, not yet checked; without cells while a year is not over.

    Raises:
        SourceError, ImplausibleFigureError: As :func:`read_quarterly`.
    """
    part = decode(answer.payload)
    if part.var_id != table.var_id:
        raise SourceError(
            f"BPS memberi tabel {part.var_id} padahal yang diminta {table.var_id} (triwulanan).", todo=_ADVICE
        )
    factor = labels.in_miliar(part.unit or table.unit, part.title)
    if factor is None:
        raise SourceError(
            f"Satuan tabel triwulanan {table.var_id} ({part.title!r}) adalah {part.unit!r}, padahal yang "
            "diperlukan Juta atau Miliar Rupiah.",
            todo=_ADVICE,
        )
    if part.unreadable:
        raise ImplausibleFigureError(
            f"Tabel triwulanan {part.title!r} memuat isian yang bukan angka (kunci {part.unreadable[0]}).",
            todo=_ADVICE,
        )
    sums = _annual_sums(part, domain, year)
    status = labels.read_statuses(part.note).get(year, labels.FINAL)
    invented = labels.read_illustrative(part.note)
    return PdrbTable(
        measure=table.measure,
        domain=domain,
        table_id=str(table.var_id),
        title=part.title,
        unit=labels.MILIAR,
        base_year=base_year if table.measure == "adhk" else None,
        last_update=part.last_update,
        note=part.note,
        cells=tuple(
            PdrbCell(
                sector=one.sector,
                label=one.label,
                year=year,
                value=one.value * factor,
                status=status,
                illustrative=year in invented.get(one.sector, ()),
                fetched_index=0,
                original=one.value,
            )
            for one in sums
        ),
        fetched=(answer.fetched,),
        unit_original=part.unit or table.unit,
        remarks=tuple(one.remark for one in sums if one.remark),
        channel="quarterly",
    )


# --- finding ------------------------------------------------------------------------------------


def _read_row(row: Mapping[str, Any], base_year: int) -> QuarterlyTable | None:
    title, var_id = labels.clean(row.get("title") or ""), str(row.get("var_id"))
    if not (
        var_id.isascii() and var_id.isdigit() and _QUARTERLY.search(title) and _ALL_REGENCIES.search(title)
    ):
        return None
    # Without the words that say "quarterly" and "all regencies" it is named as an annual table is.
    annual = _ALL_REGENCIES.sub(" ", _QUARTERLY.sub(" ", title))
    measure, stated = labels.measure_of(annual), labels.base_year_of(title)
    if measure not in _MEASURES or (measure == "adhk" and stated not in (None, base_year)):
        return None
    years = [int(y) for y in _YEAR.findall(title) if int(y) != stated]
    unit = labels.clean(row.get("unit") or "")
    return QuarterlyTable(measure, int(var_id), title, unit, years[-1] if years else None)


def _ask(client: BpsClient, table: QuarterlyTable, domain: str, year: int) -> Answer | None:
    answer = client.ask(
        "list", model="data", domain=NATIONAL, var=table.var_id, th=year - 1900, vervar=domain
    )
    if answer.kind is Kind.TOO_LARGE:
        raise SourceError(
            f"Tabel triwulanan {table.var_id} tahun {year} terlalu besar untuk diberikan BPS sekaligus "
            "(jawabannya null).",
            todo="tidak perlu apa-apa: tabel ini hanya pembanding, angka dari tabel tahunan tetap dipakai.",
        )
    return answer if answer.kind is Kind.OK else None


# --- adding up ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Annual:
    """A category's figure for the year, in the table's own unit."""

    sector: str
    label: str
    value: Decimal
    remark: str


def _annual_sums(part: DynamicTable, domain: str, year: int) -> list[_Annual]:
    by_row = _is_region_in(part.vervar, domain)
    if not by_row and not _is_region_in(part.turvar, domain):
        return []
    parts: dict[Item, dict[Item, Cell]] = {}
    for cell in part.cells:
        region, category = (cell.vervar, cell.turvar) if by_row else (cell.turvar, cell.vervar)
        if _is_region(region, domain) and _holds(cell, year):
            parts.setdefault(category, {})[cell.turth] = cell
    turth = _read_turth(part)
    sums = [_annual(part, category, cells, turth) for category, cells in parts.items()]
    return [one for one in sums if one]


def _is_region_in(items: Iterable[Item], domain: str) -> bool:
    return any(_is_region(item, domain) for item in items)


def _is_region(item: Item, domain: str) -> bool:
    """By its id, or by the code that some tables write before the name: ``3529 Kabupaten Sumenep``."""
    return item.val == domain or item.label.split(" ", 1)[0] == domain


def _holds(cell: Cell, year: int) -> bool:
    said = labels.read_year(cell.year.label)
    by_id = int(cell.year.val) + 1900 if cell.year.val.isdecimal() else None
    if said is None or (by_id is not None and by_id != said[0]):
        raise SourceError(
            f"Tabel triwulanan BPS memuat tahun yang tidak terbaca: {cell.year.label!r}.", todo=_ADVICE
        )
    return said[0] == year


def _read_turth(part: DynamicTable) -> dict[Item, int]:
    """Which part of the year a column is: 1 to 4 for a quarter, 0 for the whole year."""
    read: dict[Item, int] = {}
    for item in part.turth:
        quarter = _QUARTER.fullmatch(item.label)
        if quarter:
            read[item] = _ROMAN.get(quarter[1].lower()) or int(quarter[1])
        elif _ANNUAL.fullmatch(item.label):
            read[item] = 0
    if len(set(read.values())) != len(read):
        raise SourceError(
            f"Tabel triwulanan {part.title!r} memuat triwulan yang sama dua kali: "
            f"{', '.join(item.label for item in part.turth)}.",
            todo=_ADVICE,
        )
    return read


def _annual(
    part: DynamicTable, category: Item, cells: Mapping[Item, Cell], turth: Mapping[Item, int]
) -> _Annual | None:
    values = {turth[item]: cell.value for item, cell in cells.items() if item in turth}
    quarters = [values[number] for number in (1, 2, 3, 4) if number in values]
    total = sum(quarters, Decimal(0)) if len(quarters) == 4 else None
    value = values.get(0, total)
    if value is None:
        return None
    read = labels.read_category(category.label)
    if read is None:
        raise ImplausibleFigureError(
            f"Tabel triwulanan {part.title!r} memuat kategori yang tidak dikenal: {category.label[:80]!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan tulisan kategori itu kepada pembuat program.",
        )
    if not read.code:
        return None
    remark = ""
    if total is not None and abs(total - value) > checks.SUM_TOLERANCE:
        remark = (
            f"{category.label}: jumlah empat triwulan {format_number(total, 2)}, padahal angka tahunannya "
            f"{format_number(value, 2)}."
        )
    return _Annual(read.code, category.label, value, remark)
