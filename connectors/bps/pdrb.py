"""Reading PDRB tables: bytes to figures, with everything checked before anything is given."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Sequence
from decimal import Decimal

from connectors.bps import checks, labels
from connectors.bps.answers import Answer
from connectors.bps.client import BpsClient, snapshots
from connectors.bps.decode import Cell, DynamicTable, Item, decode
from connectors.bps.tables import FoundSeries, PdrbCell, PdrbTable, Series
from core.errors import ImplausibleFigureError, SourceError

logger = logging.getLogger(__name__)

_ANNUAL = ("tahunan", "tahun", "setahun", "jumlah", "total", "tidak ada")
_TURVAR = {"adhb": ("berlaku", "adhb"), "adhk": ("konstan", "adhk"), "growth": ("c-to-c", "kumulatif")}


def available_years(client: BpsClient, found: FoundSeries, measure: str = "adhk") -> tuple[int, ...]:
    """The years that BPS lists for a table, oldest first; listed is not yet filled.

    Raises:
        SourceError: No usable answer.
    """
    series = found.series[measure]
    rows = client.list_all("th", domain=found.domain, var=series.var_id)
    years = (labels.read_year(labels.clean(row.get("th", ""))) for row in rows)
    return tuple(sorted({year[0] for year in years if year}))


def read_pdrb(client: BpsClient, found: FoundSeries, years: Iterable[int]) -> list[PdrbTable]:
    """Read every found table for ``years`` and check them, alone and against each other.

    Args:
        client: Of the WebAPI.
        found: By :func:`connectors.bps.series.find_series`.
        years: Those wanted; years that BPS does not hold are simply not in the tables.

    Returns:
        A table for each measure, in the order adhb, adhk, growth, share; tables without a single
        figure are left out.

    Raises:
        SourceError: No usable answer.
        ImplausibleFigureError: Figures contradict each other; nothing is given then.
    """
    wanted = sorted(set(years))
    tables = [
        read_table(client, found, found.series[m], wanted) for m in labels.MEASURES if m in found.series
    ]
    return checks.compare_tables([table for table in tables if table.cells])


def read_table(client: BpsClient, found: FoundSeries, series: Series, years: Sequence[int]) -> PdrbTable:
    """Read one table. A table that changes while it is read is read again once.

    Raises:
        SourceError: No usable answer, or the table keeps changing.
        ImplausibleFigureError: Its figures contradict each other.
    """
    for _ in range(2):
        answers = client.data(found.domain, series.var_id, years)
        decoded = [decode(answer.payload) for answer in answers]
        if len({(t.last_update, t.unit, t.title, t.note) for t in decoded}) <= 1:
            return build_table(found, series, answers, decoded)
    raise SourceError(
        f"Tabel {series.var_id} di BPS berubah selagi dibaca, dua kali berturut-turut.",
        todo="tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut.",
        retryable=True,
    )


def build_table(
    found: FoundSeries, series: Series, answers: Sequence[Answer], decoded: Sequence[DynamicTable]
) -> PdrbTable:
    """Make the table of a measure from decoded answers and check it.

    Raises:
        SourceError, ImplausibleFigureError: As :func:`read_table`.
    """
    newest = decoded[-1] if decoded else None
    table = PdrbTable(
        measure=series.measure,
        domain=found.domain,
        table_id=str(series.var_id),
        title=newest.title if newest else series.title,
        unit=labels.MILIAR if series.measure in ("adhb", "adhk") else labels.PERCENT,
        base_year=found.base_year if series.measure in ("adhk", "growth") else None,
        last_update=newest.last_update if newest else None,
        note=newest.note if newest else "",
        cells=(),
        fetched=snapshots(answers),
        unit_original=newest.unit if newest else series.unit,
    )
    if newest is None:
        return table
    _check_base_year(table, found.base_year)
    cells: list[PdrbCell] = []
    for index, part in enumerate(decoded):
        if part.unmatched:
            logger.warning("Tabel %s: %d kunci tidak dikenal.", series.var_id, len(part.unmatched))
        cells += _read_cells(table, part, index)
    return checks.check_table(dataclasses.replace(table, cells=tuple(cells)))


def _check_base_year(table: PdrbTable, wanted: int) -> None:
    stated = labels.base_year_of(table.title)
    if table.base_year is not None and stated is not None and stated != wanted:
        raise SourceError(
            f"Tabel {table.table_id} ({table.title!r}) memakai tahun dasar {stated}, padahal yang diperlukan "
            f"{wanted}; angka dengan tahun dasar berbeda tidak dicampur.",
            todo="periksa bps.pins dan bps.base_year di office.yaml.",
        )


def _read_cells(table: PdrbTable, part: DynamicTable, index: int) -> list[PdrbCell]:
    if str(part.var_id) != table.table_id:
        raise SourceError(
            f"BPS memberi tabel {part.var_id} padahal yang diminta {table.table_id}.",
            todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
        )
    if part.unreadable:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS memuat isian yang bukan angka (kunci {part.unreadable[0]}).",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
    factor = _factor(table)
    codes = {item: _code(table, item) for item in part.vervar}
    turvar, annual = _pick_turvar(table, part.turvar), _pick_annual(table, part.turth)
    statuses, invented = labels.read_statuses(part.note), labels.read_illustrative(part.note)
    cells = []
    for cell in part.cells:
        code = codes[cell.vervar]
        if not code or cell.turvar != turvar or cell.turth != annual:
            continue
        year, status = _year(table, cell)
        cells.append(
            PdrbCell(
                sector=code,
                label=cell.vervar.label,
                year=year,
                value=cell.value * factor,
                status=statuses.get(year, status),
                illustrative=year in invented.get(code, ()),
                fetched_index=index,
                original=cell.value,
            )
        )
    return cells


def _factor(table: PdrbTable) -> Decimal:
    if table.unit == labels.PERCENT:
        if labels.in_miliar(table.unit_original, "") is None:
            return Decimal(1)
    else:
        factor = labels.in_miliar(table.unit_original, table.title)
        if factor is not None:
            return factor
    raise SourceError(
        f"Satuan tabel {table.table_id} ({table.title!r}) adalah {table.unit_original!r}, padahal yang "
        f"diperlukan {'Juta atau Miliar Rupiah' if table.unit == labels.MILIAR else 'Persen'}.",
        todo="periksa bps.pins di office.yaml; angka yang tersimpan tetap dipakai.",
    )


def _code(table: PdrbTable, item: Item) -> str:
    category = labels.read_category(item.label)
    if category is None:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS memuat kategori yang tidak dikenal: {item.label!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan tulisan kategori itu kepada pembuat program.",
        )
    return category.code


def _pick_annual(table: PdrbTable, parts: Sequence[Item]) -> Item:
    for name in _ANNUAL:
        for part in parts:
            if part.label.lower() == name:
                return part
    raise SourceError(
        f"Tabel {table.table_id} ({table.title!r}) tidak memuat angka tahunan, hanya "
        f"{', '.join(part.label for part in parts)}.",
        todo="periksa bps.pins di office.yaml; yang diperlukan tabel tahunan.",
    )


def _pick_turvar(table: PdrbTable, columns: Sequence[Item]) -> Item:
    if len(columns) == 1:
        return columns[0]
    words = _TURVAR.get(table.measure, ())
    fitting = [c for c in columns if any(word in c.label.lower() for word in words)]
    if len(fitting) == 1:
        return fitting[0]
    raise SourceError(
        f"Tabel {table.table_id} ({table.title!r}) mempunyai beberapa kolom "
        f"({', '.join(column.label for column in columns)}) dan tidak jelas mana yang diperlukan.",
        todo="pilih tabel lain dengan bps.pins di office.yaml.",
    )


def _year(table: PdrbTable, cell: Cell) -> tuple[int, str]:
    year = labels.read_year(cell.year.label)
    if year is None:
        raise SourceError(
            f"Tabel {table.table_id} ({table.title!r}) memuat tahun yang tidak terbaca: {cell.year.label!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan kepada pembuat program.",
        )
    if cell.year.val.isdecimal() and int(cell.year.val) + 1900 != year[0]:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS menamai tahun {int(cell.year.val) + 1900} sebagai {year[0]}.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
    return year
