"""SIMDASI: the tables of *Kabupaten … Dalam Angka* as BPS keeps them, one answer for each year.

Only path-style addresses work, and an outer ``OK`` may wrap an inner error. Which columns a table
of PDRB has is not known for every region: one figure for the asked year, a column for each measure
and a column for each year are all read (:mod:`connectors.bps.simdasi.cells`), the rest is refused.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.bps import checks, labels
from connectors.bps.answers import Answer, Kind
from connectors.bps.client import BpsClient, snapshots
from connectors.bps.moments import read_moment
from connectors.bps.simdasi.cells import Column, Figure, plain, read_columns, read_figures, shape_error
from connectors.bps.tables import PdrbCell, PdrbTable
from connectors.web.redaction import redact
from core.errors import NothingFoundError, SourceError, passing_error

_SERVICE = ("interoperabilitas", "datasource", "simdasi", "id")
_TABLES_OF_REGION, _TABLE_OF_YEAR = 23, 25
_NO_TABLE = re.compile(r"tabel tidak ditemukan|data tidak (?:ditemukan|tersedia)", re.IGNORECASE)
_NO_REGION = re.compile(r"wilayah tidak ditemukan", re.IGNORECASE)
_NOTES = ("catatan", "keterangan", "note", "sumber", "keterangan_data")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ADVICE = "angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program."
_SEPARATE = (
    "SIMDASI memberi satu jawaban untuk tiap tahun; angka dari tahun yang berbeda dapat berasal dari "
    "rilis yang berbeda."
)


@dataclass(frozen=True)
class SimdasiTable:
    """A table of PDRB by lapangan usaha that SIMDASI has of a region.

    Attributes:
        table_id: ``id_tabel``, opaque.
        title: As BPS writes it, cleaned.
        measure: What the title promises; None when it promises several and the columns decide.
        years: Those that it holds, oldest first.
        last_update: BPS's mark of its last change, aware.
    """

    table_id: str
    title: str
    measure: str | None
    years: tuple[int, ...]
    last_update: datetime | None


def find_simdasi_tables(client: BpsClient, domain: str) -> tuple[SimdasiTable, ...]:
    """The tables of PDRB by lapangan usaha that SIMDASI has of a region; one request.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.

    Raises:
        SourceError: No usable answer, or SIMDASI does not know the region.
    """
    answer = client.ask_path(*_SERVICE, _TABLES_OF_REGION, "wilayah", region_code(domain))
    rows = _open(answer, f"daftar tabel wilayah {domain}").get("data") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise shape_error("data")
    found = (_read_row(row) for row in rows)
    return tuple(table for table in found if table)


def read_simdasi_table(
    client: BpsClient, domain: str, table: SimdasiTable, years: Iterable[int], base_year: int
) -> list[PdrbTable]:
    """Read a table for ``years`` and check it.

    The newest year is asked first. Where its answer has a column for each year, the earlier ones are
    taken from it too, so that all are of one vintage; otherwise each year costs a request.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        table: By :func:`find_simdasi_tables`.
        years: Those wanted; years that SIMDASI does not list are not asked for.
        base_year: Of the constant prices wanted.

    Returns:
        A table for each measure that it holds, channel ``simdasi``; none without a figure.

    Raises:
        SourceError: No usable answer, another table than asked for, another unit or base year.
        ImplausibleFigureError: Its figures cannot be read or contradict each other.
    """
    wanted = sorted(set(years) & set(table.years), reverse=True)
    answers: list[Answer] = []
    parts: dict[str, PdrbTable] = {}
    for year in wanted:
        if any(year in part.years for part in parts.values()):
            continue
        answer = client.ask_path(
            *_SERVICE, _TABLE_OF_YEAR, "tahun", year, "id_tabel", table.table_id,
            "wilayah", region_code(domain),
        )  # fmt: skip
        block = _open(answer, f"tabel {table.title!r} tahun {year}")
        if not block:
            continue
        for part in read_block(block, domain, table, year, base_year, index=len(answers)):
            parts[part.measure] = _joined(parts.get(part.measure), part, wanted)
        answers.append(answer)
    ordered = sorted(parts.values(), key=lambda part: labels.MEASURES.index(part.measure))
    return [
        checks.check_table(dataclasses.replace(part, fetched=snapshots(answers)))
        for part in ordered
        if part.cells
    ]


def read_block(
    block: Mapping[str, Any], domain: str, table: SimdasiTable, year: int, base_year: int, *, index: int = 0
) -> list[PdrbTable]:
    """The tables in the answer for one year, not yet checked.

    Args:
        block: The inner object of the answer: ``judul_tabel``, ``kolom``, ``data`` …
        domain: ``3529``.
        table: Which was asked for.
        year: Which was asked for.
        base_year: Of the constant prices wanted.
        index: Of the answer among those that are read.

    Raises:
        SourceError, ImplausibleFigureError: As :func:`read_simdasi_table`.
    """
    _check_identity(block, domain, table, year)
    title = plain(block.get("judul_tabel") or "") or table.title
    note = _note(block)
    parts: dict[str, PdrbTable] = {}
    for column in read_columns(block.get("kolom"), title, table.measure, year):
        figures = list(read_figures(block.get("data"), column, title))
        if column.measure not in parts:
            parts[column.measure] = _empty_table(domain, table, column, figures, base_year, title, note)
        part = parts[column.measure]
        _check_base_year(part, column)
        parts[column.measure] = dataclasses.replace(
            part, cells=part.cells + _cells(part, column, figures, index)
        )
    return list(parts.values())


def region_code(domain: str) -> str:
    """The seven digits by which SIMDASI knows a region: ``3529000``."""
    return f"{domain}000"


# --- the answer ---------------------------------------------------------------------------------


def _open(answer: Answer, what: str) -> Mapping[str, Any]:
    """The inner object of an answer; empty when SIMDASI says that there is no such thing."""
    if answer.kind is Kind.NOT_AVAILABLE:
        return {}
    if answer.kind is Kind.TOO_LARGE:
        raise passing_error(f"SIMDASI menjawab {what} dengan jawaban kosong (null).")
    data = answer.payload.get("data")
    if not isinstance(data, list) or not data:
        raise shape_error("data")
    said = " ".join(str(part["message"]) for part in data if isinstance(part, dict) and "message" in part)
    if _NO_REGION.search(said):
        raise NothingFoundError(
            f"SIMDASI tidak mengenal wilayah yang diminta ({what}).",
            todo="periksa kode wilayah di office.yaml.",
        )
    inner = data[1] if len(data) > 1 else None
    if inner is None or _NO_TABLE.search(said):
        return {}
    if isinstance(inner, list):
        return {"data": inner}
    if not isinstance(inner, dict):
        raise shape_error("data")
    fine = inner.get("status", 200) in (200, "200", "OK") and inner.get("condition", "OK") in ("OK", None)
    if not fine:
        raise SourceError(
            f"SIMDASI menjawab {what} dengan galat: {redact(said)[:100]!r}.",
            todo=_ADVICE,
        )
    return inner


def _read_row(row: Mapping[str, Any]) -> SimdasiTable | None:
    title = plain(row.get("judul") or "")
    table_id = row.get("id_tabel")
    # A title that leaves the prices open may have a column for each.
    about_pdrb = labels.measures_of(title) or labels.measures_of(f"{title} harga berlaku")
    if not about_pdrb or not isinstance(table_id, str) or not table_id.strip():
        return None
    years = {int(year) for year in _YEAR.findall(str(row.get("ketersediaan_tahun")))}
    return SimdasiTable(
        table_id=table_id.strip(),
        title=title,
        measure=labels.measure_of(title),
        years=tuple(sorted(years)),
        last_update=read_moment(row.get("latest_update")),
    )


def _note(block: Mapping[str, Any]) -> str:
    lines: list[str] = []
    for name in _NOTES:
        told = block.get(name)
        if isinstance(told, dict):
            lines += [f"{sign}: {meaning}" for sign, meaning in told.items()]
        elif told:
            lines.append(str(told))
    return "<br>".join(lines)


# --- the table ----------------------------------------------------------------------------------


def _check_identity(block: Mapping[str, Any], domain: str, table: SimdasiTable, year: int) -> None:
    asked = {"id_tabel": table.table_id, "tahun_data": str(year), "induk": region_code(domain)}
    for name, wanted in asked.items():
        given = block.get(name)
        if given is not None and str(given).strip() != wanted:
            raise SourceError(
                f"SIMDASI memberi {name} {str(given)[:60]!r} padahal yang diminta {wanted!r} "
                f"({table.title!r}).",
                todo=_ADVICE,
            )


def _empty_table(
    domain: str,
    table: SimdasiTable,
    column: Column,
    figures: list[Figure],
    base_year: int,
    title: str,
    note: str,
) -> PdrbTable:
    unit = column.unit or next((figure.unit for figure in figures if figure.unit), "")
    return PdrbTable(
        measure=column.measure,
        domain=domain,
        table_id=table.table_id,
        title=title,
        unit=labels.MILIAR if column.measure in ("adhb", "adhk") else labels.PERCENT,
        base_year=base_year if column.measure in ("adhk", "growth") else None,
        last_update=table.last_update,
        note=note,
        cells=(),
        fetched=(),
        unit_original=unit,
        channel="simdasi",
    )


def _check_base_year(part: PdrbTable, column: Column) -> None:
    stated = labels.base_year_of(column.name) or labels.base_year_of(part.title)
    if part.base_year is not None and stated is not None and stated != part.base_year:
        raise SourceError(
            f"Tabel SIMDASI {part.title!r} memakai tahun dasar {stated}, padahal yang diperlukan "
            f"{part.base_year}; angka dengan tahun dasar berbeda tidak dicampur.",
            todo="periksa bps.base_year di office.yaml.",
        )


def _cells(part: PdrbTable, column: Column, figures: list[Figure], index: int) -> tuple[PdrbCell, ...]:
    invented, year = labels.read_illustrative(part.note), column.year
    status = column.status or labels.read_statuses(part.note).get(year, labels.FINAL)
    return tuple(
        PdrbCell(
            sector=figure.sector,
            label=figure.label,
            year=year,
            value=figure.value * _factor(part, column.unit or figure.unit),
            status=figure.status or status,
            illustrative=year in invented.get(figure.sector, ()),
            fetched_index=index,
            original=figure.value,
        )
        for figure in figures
    )


def _factor(part: PdrbTable, unit: str) -> Decimal:
    if part.unit == labels.PERCENT:
        if labels.in_miliar(unit, "") is None:
            return Decimal(1)
    else:
        # The title speaks only where no unit is given: a unit of another kind contradicts it.
        factor = labels.in_miliar(unit, "" if unit.strip("-– ") else part.title)
        if factor is not None:
            return factor
    raise SourceError(
        f"Satuan tabel SIMDASI {part.title!r} adalah {unit!r}, padahal yang diperlukan "
        f"{'Juta atau Miliar Rupiah' if part.unit == labels.MILIAR else 'Persen'}.",
        todo=_ADVICE,
    )


def _joined(before: PdrbTable | None, part: PdrbTable, wanted: Collection[int]) -> PdrbTable:
    """The wanted years of a part beside those that a newer answer already gave."""
    known = before.years if before else ()
    cells = tuple(cell for cell in part.cells if cell.year in wanted and cell.year not in known)
    if before is None:
        return dataclasses.replace(part, cells=cells)
    remarks = before.remarks or ((_SEPARATE,) if cells else ())
    return dataclasses.replace(before, cells=before.cells + cells, remarks=remarks)
