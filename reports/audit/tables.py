"""Tables of the print beside ours, cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.audit.findings import Finding, Kind
from reports.audit.texts import as_number, same_text, waits
from reports.explain import explain_cell, release_of
from reports.measured import Measured
from reports.printed import pair_rows
from reports.table import Cell, Table, call_table, grid
from reports.wording import NOTHING


def compare_table(measured: Measured, table: Table, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """The differences of one table, rows paired by the names in them.

    Args:
        measured: The year, measured.
        table: Ours, of which the print has its own.
        tables: All of ours, by name.
    """
    printed = measured.agency.printed[table.name]
    cells = grid(table.rows, len(table.widths), table.label)
    priced = measured.priced.id if measured.priced else ""
    columns = _common_columns(printed.header, table.headings())
    yield from _columns_of_one(table, printed.header, columns)
    header = [printed.header[column] for column in columns]
    own_rows = table.flat_rows()
    counted = Counter(text for row in own_rows for text in set(row))
    goals = {m.goal.text for m in measured.indicators.values()}
    # Rows meet by name: a number that only counts them says nothing, a sasaran in several rows names none.
    same = _Alike(
        frozenset(place for place, ours in enumerate(columns.values()) if _counts_rows(table, ours)),
        frozenset(text for text, count in counted.items() if count > 1 and text in goals),
    )
    for theirs_at, ours_at in pair_rows(printed.rows, own_rows, columns):
        if ours_at is None or theirs_at is None:
            yield _row_of_one(table, printed.rows, own_rows, theirs_at, ours_at)
            continue
        theirs, ours = printed.rows[theirs_at], own_rows[ours_at]
        shared = [cells[ours_at][column] for column in columns.values()]
        by_price = _cells_by_price(shared, header, priced) if priced else {}
        rows = [theirs[column] for column in columns], [ours[column] for column in columns.values()]
        place = f"{table.label}, baris {ours_at + 1}"
        yield from _compare_row(
            measured, table, header, rows, place, by_price, same, call_table(tables, "capaian")
        )


@dataclass(frozen=True)
class _Alike:
    """What tells rows of a table not apart: columns that only count them, and texts that several have."""

    columns: frozenset[int]
    texts: frozenset[str]


def _counts_rows(table: Table, column: int) -> bool:
    """Whether a column of ours holds nothing but 1, 2, 3 and so on down the table."""
    texts = [row[column].rstrip(".") for row in table.flat_rows()]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _row_of_one(
    table: Table,
    printed: Sequence[Sequence[str]],
    own: Sequence[Sequence[str]],
    theirs: int | None,
    ours: int | None,
) -> Finding:
    """A row that only the print or only this report has."""
    if theirs is not None:
        place, words = f"{table.label}, baris {theirs + 1}", " | ".join(printed[theirs])
        return Finding(place, words, "", "isi", "Baris ini hanya ada di cetakan.")
    row = own[ours or 0]
    words = " | ".join(text for text in row if text)
    place = f"{table.label}, baris {(ours or 0) + 1}"
    return Finding(place, "", words, "isi", "Baris ini ditambahkan; cetakan tidak memuatnya.")


def _common_columns(printed: Sequence[str], own: Sequence[str]) -> dict[int, int]:
    """Ours for each printed column: by their order, or by headings where one has more than the other."""
    if len(printed) == len(own):
        return dict(enumerate(range(len(own))))
    matcher = SequenceMatcher(
        None, [_heading(h) for h in printed], [_heading(h) for h in own], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _heading(text: str) -> str:
    """The lowest part of a heading, letters, digits and the sign of per cent alone."""
    return re.sub(r"[^\w%]", "", text.rpartition(" / ")[2]).casefold()


def _columns_of_one(table: Table, printed: Sequence[str], columns: Mapping[int, int]) -> Iterator[Finding]:
    """Columns that only the print or only this report has, each told once."""
    for column, heading in enumerate(printed):
        if column not in columns:
            place = f'{table.label}, kolom "{heading}"'
            yield Finding(place, heading, "", "isi", "Kolom ini hanya ada di cetakan.")
    for column, heading in enumerate(table.headings()):
        if column not in columns.values():
            place = f'{table.label}, kolom "{heading}"'
            yield Finding(place, "", heading, "isi", "Kolom ini ditambahkan; cetakan tidak memuatnya.")


def _cells_by_price(cells: list[Cell | None], header: list[str], indicator: str) -> dict[int, str]:
    """The columns of a row that follow from market prices, each with the remark of its cell."""
    found = {
        column: cell.note
        for column, cell in enumerate(cells)
        if cell is not None and cell.figure == indicator
    }
    # These two say of table ``capaian``'s figure how good it is and whose.
    words = [column for column, name in enumerate(header) if name in ("Kategori", "Sumber Data")]
    return found | dict.fromkeys(words, "") if found else {}


def _compare_row(
    measured: Measured,
    table: Table,
    header: list[str],
    rows: tuple[list[str], list[str]],
    place: str,
    by_price: Mapping[int, str],
    alike: _Alike,
    capaian: str,
) -> Iterator[Finding]:
    theirs, ours = rows
    was_waiting = any(waits(text) for text in theirs)
    for column, (printed, own) in enumerate(zip(theirs, ours, strict=True)):
        if column in alike.columns or same_text(printed, own):
            continue
        label = header[column] or f"kolom {column + 1}"
        kind = "harga" if column in by_price else _kind(printed, own, was_waiting)
        explanation = (
            _about_waiting(printed, own, release_of(measured, ours), capaian)
            if kind == "menunggu"
            else by_price.get(column)
            or explain_cell(measured, table.name, ours, label, printed)
            or _plain(kind)
        )
        name = next((text for text in ours[1:] if text and text not in alike.texts), "")
        where = f'{place} ({_short(name)}), kolom "{label}"' if name else f'{place}, kolom "{label}"'
        yield Finding(where, printed, own, kind, explanation)


def _kind(printed: str, own: str, was_waiting: bool) -> Kind:
    numbers = as_number(printed) is not None, as_number(own) is not None
    if all(numbers):
        return "hitung"
    follows_release = was_waiting and not own.startswith(printed.strip(NOTHING) or NOTHING)
    if waits(printed) or waits(own) or follows_release:
        return "menunggu"
    return "isi" if any(numbers) or not printed or not own else "tulisan"


def _about_waiting(printed: str, own: str, institution: str, capaian: str) -> str:
    if waits(own):
        return (
            f"Angka cetakan tidak dipakai: {capaian} cetakan menyatakan rilis {institution} masih ditunggu."
        )
    if waits(printed):
        return f"Terisi setelah {institution} merilis."
    return f"Mengikuti rilis {institution}; cetakan belum memuatnya."


def _plain(kind: Kind) -> str:
    return {
        "hitung": "Dihitung kembali dari data.",
        "harga": "Mengikuti harga harian; angka cetakan berasal dari data lain.",
        "isi": "Menurut data instansi.",
        "menunggu": "",
        "tulisan": "Berbeda penulisan; laporan ini memakai satu tulisan dari data instansi di semua tabel.",
    }[kind]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
