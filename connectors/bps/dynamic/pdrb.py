"""Reading PDRB tables: bytes to figures, with everything checked before anything is given."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from decimal import Decimal

from connectors.bps import checks, labels
from connectors.bps.answers import Answer
from connectors.bps.client import BpsClient, snapshots
from connectors.bps.dynamic.decode import Cell, DynamicTable, Item, decode
from connectors.bps.dynamic.rows import Rows, read_rows
from connectors.bps.labels.industries import category_of
from connectors.bps.tables import FoundSeries, PdrbCell, PdrbTable, Series
from core.errors import ImplausibleFigureError, SourceError, passing_error

logger = logging.getLogger(__name__)

_ANNUAL = ("tahunan", "tahun", "setahun", "jumlah", "total", "tidak ada")
_TURVAR = {"adhb": ("berlaku", "adhb"), "adhk": ("konstan", "adhk"), "growth": ("c-to-c", "kumulatif")}
_NO_UNIT = ("", "-", "tidak ada", "tidak ada satuan")
_SHOWN = 8


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
    raise passing_error(f"Tabel {series.var_id} di BPS berubah selagi dibaca, dua kali berturut-turut.")


def read_sectors(
    client: BpsClient, found: FoundSeries, series: Series, years: Sequence[int]
) -> tuple[str, ...]:
    """The categories and sub-categories that a table's rows name, whatever its figures are worth.

    Raises:
        SourceError: No usable answer.
        ImplausibleFigureError: A row names no category that is known.
    """
    decoded = [decode(answer.payload) for answer in client.data(found.domain, series.var_id, years)]
    codes = read_rows(series.title, decoded).codes.values()
    return tuple(dict.fromkeys(code for code in codes if code))


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
    rows = read_rows(table.title, decoded)
    remarks = [*_doubts(table, series, rows), *rows.remarks]
    cells: list[PdrbCell] = []
    for index, part in enumerate(decoded):
        if part.unmatched:
            logger.warning("Tabel %s: %d kunci tidak dikenal.", series.var_id, len(part.unmatched))
        cells += _read_cells(table, part, index, rows)
    made = dataclasses.replace(table, cells=tuple(cells), remarks=tuple(remarks))
    return checks.check_table(checks.keep_proved(made, rows.by_context))


def _check_base_year(table: PdrbTable, wanted: int) -> None:
    stated = labels.base_years_of(table.title)
    if not stated and table.base_year is not None:
        # A note may tell of the change from one base year to another.
        stated = tuple(y for line in labels.note_lines(table.note) for y in labels.base_years_of(line))
        stated = () if wanted in stated else stated
    other = next((year for year in stated if year != wanted), None)
    if other is not None:
        raise SourceError(
            f"Tabel {table.table_id} ({table.title!r}) memakai tahun dasar {other}, padahal yang diperlukan "
            f"{wanted}; angka dengan tahun dasar berbeda tidak dicampur.",
            todo="periksa bps.pins dan bps.base_year di office.yaml.",
        )


def _doubts(table: PdrbTable, series: Series, rows: Rows) -> list[str]:
    """What speaks against a table; a remark when the operator chose it knowingly, else a refusal."""
    doubts = []
    if series.measure not in labels.measures_of(table.title):
        doubts.append(
            f"Judul tabel {table.table_id} ({table.title!r}) tidak menyebut "
            f"{labels.MEASURE_NAMES[series.measure]} menurut lapangan usaha."
        )
    if labels.is_without_migas(table.title):
        doubts.append(f"Judul tabel {table.table_id} ({table.title!r}) menyebut PDRB tanpa migas.")
    if rows.exchanged:
        doubts.append(
            f"Nomor baris {', '.join(map(repr, rows.exchanged))} pada tabel {table.table_id} "
            f"({table.title!r}) tidak menurut urutan BPS; mungkin tulisannya tertukar."
        )
    if doubts and not series.pinned:
        raise ImplausibleFigureError(
            " ".join(doubts),
            todo="angka yang tersimpan tetap dipakai; bandingkan dengan laman BPS, dan bila tabelnya benar, "
            "isikan nomornya pada bps.pins di office.yaml.",
        )
    return doubts


def _read_cells(table: PdrbTable, part: DynamicTable, index: int, rows: Rows) -> list[PdrbCell]:
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
    turvar, annual = _pick_turvar(table, part.turvar), _pick_annual(table, part.turth)
    statuses, invented = labels.read_statuses(part.note), labels.read_illustrative(part.note)
    cells = []
    for cell in part.cells:
        code = rows.codes[cell.vervar]
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
                illustrative=year in invented.get(code, invented.get(category_of(code), ())),
                fetched_index=index,
                original=cell.value,
            )
        )
    return cells


def _factor(table: PdrbTable) -> Decimal:
    if table.unit == labels.PERCENT:
        if labels.is_percent(table.unit_original) or table.unit_original.lower() in _NO_UNIT:
            return Decimal(1)
    else:
        factor = labels.in_miliar(table.unit_original, table.title)
        if factor is not None:
            return factor
    raise SourceError(
        f"Satuan tabel {table.table_id} ({table.title!r}) adalah {table.unit_original!r}, padahal yang "
        f"diperlukan {'Juta atau Miliar Rupiah' if table.unit == labels.MILIAR else 'Persen'}; satuan dan "
        "judul tidak boleh bertentangan.",
        todo="periksa bps.pins di office.yaml; angka yang tersimpan tetap dipakai.",
    )


def _pick_annual(table: PdrbTable, parts: Sequence[Item]) -> Item:
    for name in _ANNUAL:
        fitting = [part for part in parts if part.label.lower() == name]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            break
    raise SourceError(
        f"Tabel {table.table_id} ({table.title!r}) tidak memuat satu kolom tahunan, melainkan "
        f"{', '.join(part.label for part in parts[:_SHOWN])}.",
        todo="periksa bps.pins di office.yaml; yang diperlukan tabel tahunan.",
    )


def _pick_turvar(table: PdrbTable, columns: Sequence[Item]) -> Item:
    """The column of the table's measure: the only one there is, or the one whose label names it."""
    fitting = [c for c in columns if any(word in c.label.lower() for word in _TURVAR.get(table.measure, ()))]
    if len(fitting) == 1:
        return fitting[0]
    elsewhere = {word for measure in _TURVAR if measure != table.measure for word in _TURVAR[measure]}
    if len(columns) == 1 and len(labels.measures_of(table.title)) < 2:
        label = columns[0].label.lower()
        if table.unit == labels.PERCENT or not any(word in label for word in elsewhere):
            return columns[0]
    raise SourceError(
        f"Tabel {table.table_id} ({table.title!r}) mempunyai kolom "
        f"{', '.join(column.label for column in columns[:_SHOWN])} dan tidak jelas mana yang diperlukan.",
        todo="pilih tabel lain dengan bps.pins di office.yaml.",
    )


def _year(table: PdrbTable, cell: Cell) -> tuple[int, str]:
    year = labels.read_year(cell.year.label)
    if year is None:
        raise SourceError(
            f"Tabel {table.table_id} ({table.title!r}) memuat tahun yang tidak terbaca: {cell.year.label!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan kepada pembuat program.",
        )
    if int(cell.year.val) + 1900 != year[0]:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS menamai tahun {int(cell.year.val) + 1900} sebagai {year[0]}.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
    return year
