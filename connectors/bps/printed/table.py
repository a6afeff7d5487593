"""Printed tables of PDRB (books, sheets, web pages): from caption, heads and lines to figures.

Whatever a table was printed on, it comes here as text in lines and columns; what it says is
decided here, once, by the words of its caption and of its rows. What cannot be read with
certainty is refused whole.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from connectors.bps import checks, labels
from connectors.bps.printed.numbers import (
    NOTHING,
    Number,
    Style,
    is_nothing,
    read_number,
    settle_styles,
    two_meanings,
)
from connectors.bps.printed.rows import PrintedLine, PrintedRow, group_lines
from connectors.bps.tables import PdrbCell, PdrbTable
from connectors.web.transport import Fetched
from core.errors import ImplausibleFigureError, LkjipError, SourceError

MAX_LINES = 400
"""Lines that a part of a table may have; a table with all sub-categories has about 120."""

_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu pada terbitan aslinya."
_KEPT = frozenset({*labels.CODES, labels.TOTAL, labels.TOTAL_NONMIGAS})
"""What is kept of a printed table; sub-categories only help to tell its lines apart."""
_STATUS = (labels.FINAL, labels.PROVISIONAL, labels.VERY_PROVISIONAL)
_HEAD = re.compile(r"((?:19|20)\d\d)\s*(\*{1,2}|x{1,2})?\s*\)?")
_ANY_HEAD = re.compile(r"(?:19|20)\d\d\s*[^\w\s.,:;/–—-]{0,4}[a-z]{0,2}\s*\)?", re.ASCII)
_LEGEND = re.compile(
    r"(?<![*x])(\*{1,2}|x{1,2})\s*\)?\s*[:=]?\s*(?:data|angka)\s+(sangat\s+)?sementara", re.I
)
_BY_INDUSTRY = re.compile(r"lapangan\s+usaha|industry", re.IGNORECASE)
_MONEY = re.compile(r"\b(triliun|trilyun|miliar|milyar|juta|ribu)\s+(?:rupiah|rp\b)", re.IGNORECASE)
_MONEY_ENGLISH = re.compile(r"\b(trillion|billion|million|thousand)s?\s+(?:rupiah|rp|idr)", re.IGNORECASE)
_INDONESIAN = {"trillion": "triliun", "billion": "miliar", "million": "juta", "thousand": "ribu"}
_PER_CENT = re.compile(r"\bpersen\b|%|\bpercent", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedPart:
    """What one page shows of a table.

    Attributes:
        heads: Over each column of figures: ``2021``, ``2024*``, ``2025**``.
        lines: Below the heads, numbering rows and all, without the notes.
    """

    heads: tuple[str, ...]
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table as print shows it.

    Attributes:
        caption: In one line, Indonesian and English, without its number.
        parts: One for each page; a later one has further rows or further years.
        notes: Lines below the table.
        stub: What stands over the labels: ``Lapangan Usaha/Industry``.
        place: Where in the file it was found, ``halaman 127``, for people.
        number: Of the table as printed, ``4.1``; empty if none.
        continues: Whether its caption says that it continues an earlier one.
    """

    caption: str
    parts: tuple[PrintedPart, ...]
    notes: tuple[str, ...] = ()
    stub: str = ""
    place: str = ""
    number: str = ""
    continues: bool = False


@dataclass(frozen=True)
class PrintedFile:
    """What a file holds that looks like a table of figures by years.

    Attributes:
        title: What its first pages or its sheets say of the whole; it may name the region.
        tables: All of them, PDRB or not.
        remarks: What was left out, in Indonesian.
    """

    title: str
    tables: tuple[PrintedTable, ...]
    remarks: tuple[str, ...] = field(default=())


def measure_of(table: PrintedTable) -> str | None:
    """Which measure of PDRB by lapangan usaha a table shows, None when it is about another thing."""
    caption = table.caption
    if _BY_INDUSTRY.search(table.stub) and not re.search(r"lapangan\s+usaha", caption, re.IGNORECASE):
        caption = f"{caption} (menurut lapangan usaha)"
    measure = labels.measure_of(caption)
    current, constant = (bool(re.search(word, caption, re.I)) for word in ("berlaku", "konstan"))
    # Growth at current prices and shares at constant prices are printed too; they are other things.
    if (measure == "growth" and current and not constant) or (measure == "share" and constant):
        return None
    return measure


def join_continued(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    """Put tables that say that they continue an earlier one behind it."""
    joined: list[PrintedTable] = []
    for table in tables:
        if joined and table.continues and _belongs(joined[-1], table):
            first = joined[-1]
            joined[-1] = dataclasses.replace(
                first,
                parts=first.parts + table.parts,
                notes=tuple(dict.fromkeys(first.notes + table.notes)),
            )
        else:
            joined.append(table)
    return joined


def _belongs(first: PrintedTable, later: PrintedTable) -> bool:
    if first.number and later.number and first.number != later.number:
        return False
    return not labels.is_pdrb(later.caption) or measure_of(later) == measure_of(first)


def read_printed(
    table: PrintedTable,
    *,
    domain: str,
    table_id: str,
    channel: str,
    base_year: int,
    fetched: tuple[Fetched, ...],
) -> PdrbTable:
    """Read the figures of a printed table and check them.

    Args:
        table: As found; :func:`measure_of` must know it.
        domain: The region's code; the print does not say it.
        table_id: By which the table is known in its channel.
        channel: ``pdf``, ``xlsx`` or ``static``.
        base_year: Of the constant prices wanted.
        fetched: The bytes behind it.

    Raises:
        SourceError: The caption promises another base year or no unit, or it is no table of PDRB.
        ImplausibleFigureError: Rows, years or figures are unclear or contradict each other.
    """
    measure = measure_of(table)
    if measure is None:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) bukan tabel PDRB menurut lapangan usaha.",
            todo="pilih tabel PDRB menurut lapangan usaha.",
        )
    unit, factor = _unit(table, measure)
    _check_base_year(table, measure, base_year)
    empty = PdrbTable(
        measure=measure,
        domain=domain,
        table_id=table_id,
        title=table.caption,
        unit=labels.MILIAR if measure in ("adhb", "adhk") else labels.PERCENT,
        base_year=base_year if measure in ("adhk", "growth") else None,
        last_update=None,
        note="\n".join(table.notes),
        cells=(),
        fetched=fetched,
        unit_original=unit,
        channel=channel,
        remarks=_remarks(table, measure, base_year),
    )
    parts = [_rows(table, part) for part in table.parts]
    heads = [_heads(table, part) for part in table.parts]
    numbers = [number for rows in parts for number in _numbers(rows)]
    readings = {}
    for style in settle_styles(table.caption, numbers):
        cells = [
            cell
            for rows, years in zip(parts, heads, strict=True)
            for cell in _cells(empty, rows, years, style, factor)
        ]
        readings[style] = dataclasses.replace(empty, cells=tuple(cells))
    return _check(table, numbers, list(readings.values()))


def _check(table: PrintedTable, numbers: Sequence[Number], readings: Sequence[PdrbTable]) -> PdrbTable:
    if not readings[0].cells:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) tidak berisi angka.",
            todo="angka yang tersimpan tetap dipakai; tunggu terbitan yang berisi angkanya.",
        )
    if len(readings) == 1:
        return checks.check_table(readings[0])
    passed = []
    for reading in readings:
        try:
            passed.append(checks.check_table(reading))
        except LkjipError:
            continue
    if len(passed) == 1:
        said = "Cara menulis angka dipastikan dari jumlah dan kewajarannya; angkanya sendiri bermakna dua."
        return dataclasses.replace(passed[0], remarks=(*passed[0].remarks, said))
    raise two_meanings(table.caption, next(number for number in numbers if number.is_open))


# --- what the caption says ----------------------------------------------------------------------


def _unit(table: PrintedTable, measure: str) -> tuple[str, Decimal]:
    """The unit as printed and what one of it is in the unit of :class:`PdrbTable`."""
    text = f"{table.caption} {table.stub}"
    said = [match[0] for match in _MONEY.finditer(text)]
    english = [_INDONESIAN[match[1].lower()] + " rupiah" for match in _MONEY_ENGLISH.finditer(text)]
    factors = {labels.in_miliar(unit, "") for unit in (*said, *english)}
    if len(factors) > 1:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) menyebut dua satuan: "
            f"{' dan '.join(dict.fromkeys([*said, *english]))}.",
            todo=_ADVICE,
        )
    factor = factors.pop() if factors else None
    if measure in ("adhb", "adhk"):
        if factor is not None:
            return (said or english)[0], factor
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) tidak menyebut satuannya, padahal yang diperlukan "
            "Juta atau Miliar Rupiah.",
            todo=_ADVICE,
        )
    if factor is not None:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) bersatuan {(said or english)[0]}, padahal yang "
            "diperlukan persen.",
            todo=_ADVICE,
        )
    return "Persen" if _PER_CENT.search(text) else "", Decimal(1)


def _check_base_year(table: PrintedTable, measure: str, wanted: int) -> None:
    stated = labels.base_year_of(table.caption)
    if measure in ("adhk", "growth") and stated is not None and stated != wanted:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) memakai tahun dasar {stated}, padahal yang diperlukan "
            f"{wanted}; angka dengan tahun dasar berbeda tidak dicampur.",
            todo="periksa bps.base_year di office.yaml, atau pakai terbitan dengan tahun dasar itu.",
        )


def _remarks(table: PrintedTable, measure: str, base_year: int) -> tuple[str, ...]:
    if measure in ("adhk", "growth") and labels.base_year_of(table.caption) is None:
        return (f"Judul tabel tidak menyebut tahun dasar; dianggap {base_year}.",)
    return ()


# --- heads --------------------------------------------------------------------------------------


def looks_like_head(text: str) -> bool:
    """Whether a text is a year with any marks behind it, those that :func:`read_head` refuses too."""
    return bool(_ANY_HEAD.fullmatch(text.strip()))


def read_head(text: str) -> tuple[int, str] | None:
    """A head of a column: the year and its mark, ``2024*)`` and ``2024x`` as well as ``2024*``.

    Returns:
        Year and mark (``*``, ``**`` or nothing), None when it is no year.
    """
    match = _HEAD.fullmatch(text.strip())
    return (int(match[1]), (match[2] or "").replace("x", "*")) if match else None


def _heads(table: PrintedTable, part: PrintedPart) -> list[tuple[int, str]]:
    """Year and status of each column: by its stars as the notes explain them, then by the notes."""
    by_mark = dict(zip(("", "*", "**"), _STATUS, strict=True))
    for line in table.notes:
        for match in _LEGEND.finditer(line):
            by_mark[match[1].replace("x", "*")] = _STATUS[2 if match[2] else 1]
    by_year = labels.read_statuses("\n".join(table.notes))
    years = []
    for text in part.heads:
        head = read_head(text)
        if head is None:
            raise SourceError(
                f"Tabel {table.caption!r} ({table.place}) memuat kepala kolom yang bukan tahun: {text!r}.",
                todo=_ADVICE,
            )
        years.append((head[0], by_year.get(head[0], by_mark[head[1]])))
    for (year, _), (other, _) in pairwise(sorted(years)):
        if year == other:
            raise ImplausibleFigureError(
                f"Tabel {table.caption!r} ({table.place}) memuat dua kolom untuk tahun {year}.", todo=_ADVICE
            )
    return years


# --- rows and cells -----------------------------------------------------------------------------


def _rows(table: PrintedTable, part: PrintedPart) -> list[PrintedRow]:
    lines = [line for line in part.lines if not _is_numbering(line)]
    if len(lines) > MAX_LINES:
        raise SourceError(
            f"Tabel {table.caption!r} ({table.place}) mempunyai {len(lines)} baris; yang dibaca paling "
            f"banyak {MAX_LINES}.",
            todo=_ADVICE,
        )
    for line in lines:
        if line.stray:
            raise ImplausibleFigureError(
                f"Tabel {table.caption!r} ({table.place}) memuat angka {line.stray!r} pada baris "
                f"{line.label!r} yang tidak berada di bawah tahun mana pun.",
                todo=_ADVICE,
            )
    return group_lines(table.caption, lines)


def _is_numbering(line: PrintedLine) -> bool:
    """``(1) (2) (3)`` below the heads."""
    cells = [str(cell).strip() for cell in line.cells]
    if len(cells) < 2 or re.search(r"[A-Za-z]", line.label + line.marker):
        return False
    if all(re.fullmatch(r"\(\d{1,2}\)", cell) for cell in cells):
        return True
    plain = [int(cell) for cell in cells if re.fullmatch(r"\d{1,2}", cell)]
    return len(plain) == len(cells) and plain[0] <= 3 and all(b == a + 1 for a, b in pairwise(plain))


def _numbers(rows: Sequence[PrintedRow]) -> list[Number]:
    return [
        read_number(row.label, cell)
        for row in rows
        for cell in row.cells
        if isinstance(cell, str) and not is_nothing(cell)
    ]


def _cells(
    table: PdrbTable,
    rows: Sequence[PrintedRow],
    years: Sequence[tuple[int, str]],
    style: Style,
    factor: Decimal,
) -> list[PdrbCell]:
    invented = labels.read_illustrative(table.note)
    cells = []
    for row in rows:
        if row.code not in _KEPT:
            continue
        for (year, status), cell in zip(years, row.cells, strict=True):
            if isinstance(cell, str):
                if cell.strip().lower() in NOTHING:
                    continue
                value = read_number(row.label, cell).readings[style]
            else:
                value = cell
            cells.append(
                PdrbCell(
                    sector=row.code,
                    label=row.label,
                    year=year,
                    value=value * factor,
                    status=status,
                    illustrative=year in invented.get(row.code, ()),
                    fetched_index=0,
                    original=value,
                )
            )
    return cells
