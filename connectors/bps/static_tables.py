"""Static tables of the WebAPI: sheets that an office of BPS once uploaded, as HTML inside JSON."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connectors.bps import labels
from connectors.bps.answers import Answer, Kind
from connectors.bps.client import BpsClient
from connectors.bps.printed.html_tables import tables_of_html
from connectors.bps.printed.table import PrintedTable, measure_of, read_printed
from connectors.bps.tables import PdrbTable
from core.dates import JAKARTA
from core.errors import NothingFoundError, SourceError

KEYWORDS = ("PDRB", "Produk Domestik Regional Bruto")


@dataclass(frozen=True)
class StaticTable:
    """A static table of PDRB by lapangan usaha.

    Attributes:
        title: As BPS writes it, cleaned.
        updated_on: BPS's day of its last change; None when absent or unreadable.
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``, by its title.
    """

    table_id: str
    title: str
    updated_on: date | None
    measure: str


def find_static_tables(client: BpsClient, domain: str) -> tuple[StaticTable, ...]:
    """Find the static tables of PDRB by lapangan usaha of a region, the newest first.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.

    Raises:
        SourceError: No usable answer.
    """
    found: dict[str, StaticTable] = {}
    for keyword in KEYWORDS:
        rows = client.list_all("statictable", domain=domain, keyword=keyword)
        for row in rows:
            table = _read_row(row)
            if table is not None:
                found.setdefault(table.table_id, table)
        if any(keyword.lower() not in labels.clean(row.get("title", "")).lower() for row in rows):
            break  # The keyword was ignored, so this is the whole list already.
    return tuple(sorted(found.values(), key=lambda t: (t.updated_on or date.min, t.table_id), reverse=True))


def _read_row(row: Mapping[str, Any]) -> StaticTable | None:
    table_id, title = str(row.get("table_id", "")), labels.clean(row.get("title", ""))
    measure = measure_of(PrintedTable(title, ()))
    if not table_id.isdecimal() or measure is None:
        return None
    return StaticTable(table_id, title, _day(row.get("updt_date")), measure)


def read_static_table(client: BpsClient, domain: str, table: StaticTable, base_year: int) -> PdrbTable:
    """Read a static table.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        table: By :func:`find_static_tables`.
        base_year: Of the constant prices wanted.

    Raises:
        NothingFoundError: BPS does not have it any more.
        SourceError: No usable answer, or it holds no such table, or several.
        ImplausibleFigureError: Its figures are unclear or contradict each other.
    """
    answer = client.ask("view", model="statictable", domain=domain, lang="ind", id=table.table_id)
    if answer.kind is not Kind.OK:
        raise NothingFoundError(
            f"Tabel statis {table.table_id} ({table.title!r}) tidak ada lagi di BPS.",
            todo="angka yang tersimpan tetap dipakai.",
        )
    data = answer.payload.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("table"), str):
        raise SourceError(
            f"Tabel statis {table.table_id} dari BPS tidak berbentuk seperti biasanya.",
            todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
        )
    return _read(answer, data, domain, table, base_year)


def _read(
    answer: Answer, data: Mapping[str, Any], domain: str, table: StaticTable, base_year: int
) -> PdrbTable:
    place = f"tabel statis {table.table_id}"
    title = labels.clean(data.get("title", "")) or table.title
    shown = tables_of_html(_unescape(data["table"]), place)
    entitled = [_entitle(printed, title) for printed in shown]
    wanted = [printed for printed in entitled if measure_of(printed) == table.measure]
    if len(wanted) != 1:
        raise SourceError(
            f"Tabel statis {table.table_id} ({title!r}) memuat {len(wanted)} tabel "
            f"{labels.MEASURE_NAMES[table.measure]}, padahal yang diperlukan satu.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
    read = read_printed(
        wanted[0],
        domain=domain,
        table_id=table.table_id,
        channel="static",
        base_year=base_year,
        fetched=(answer.fetched,),
    )
    day = _day(data.get("updt_date")) or table.updated_on
    moment = datetime(day.year, day.month, day.day, tzinfo=JAKARTA) if day else None
    return dataclasses.replace(read, title=title, last_update=moment)


def _unescape(text: str) -> str:
    """HTML that was escaped once or, in some answers, twice."""
    for _ in range(2):
        if "<td" in text.lower():
            break
        text = html.unescape(text)
    return text


def _entitle(printed: PrintedTable, title: str) -> PrintedTable:
    """The title in the list counts where the sheet has no caption of its own that speaks of PDRB."""
    if labels.is_pdrb(printed.caption):
        return printed
    return dataclasses.replace(printed, caption=f"{title} {printed.caption}".strip())


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
