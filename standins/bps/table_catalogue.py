"""The catalogue of tables (``model=tablestatistic``): dynamic, static and SIMDASI tables in one list.

Alone among the lists it honours ``perpage``. What it says of a dynamic table is what the table
itself says on that day.
"""

from __future__ import annotations

import base64
from typing import Any

from standins.bps import catalogue, simdasi
from standins.bps.catalogue import DOMAIN, Row, Timeline, Variable
from standins.bps.faults import Asked, page_of
from standins.serving import Reply

_SUBCATEGORY = {531: (515, "Ekonomi"), 519: (514, "Statistik Demografi dan Sosial")}


def list_tables(asked: Asked, timeline: Timeline, site: str) -> Reply:
    """``list/model/tablestatistic``, by ``subject`` where one is asked."""
    subject = asked.params.get("subject", "")
    rows = [
        row
        for row in table_rows(asked.params["domain"], timeline, site)
        if not subject or str(row["id_subject"]) == subject
    ]
    return _paged(asked, rows)


def table_rows(domain: str, timeline: Timeline, site: str) -> list[Row]:
    """Every table of a region, as the catalogue names it."""
    rows = [_dynamic_row(variable) for variable in catalogue.variables(domain, timeline)]
    rows += [_static_row(row) for row in catalogue.static_tables(domain, site)]
    return rows + ([_simdasi_row(row) for row in simdasi.list_rows(timeline)] if domain == DOMAIN else [])


def _dynamic_row(variable: Variable) -> Row:
    subject, name = variable.subject
    years = variable.years
    return _row(
        f"{variable.var_id}#2",
        variable.title,
        (subject, name),
        (str(min(years)), str(max(years))) if years else (None, None),
        variable.last_update,
    )


def _static_row(table: Row) -> Row:
    period = str(table["updt_date"])[:4]
    subject = int(table["subj_id"]), str(table["subj"])
    return _row(f"{table['table_id']}#1", str(table["title"]), subject, (period, period), table["updt_date"])


def _simdasi_row(table: Row) -> Row:
    years = [str(year) for year in table["ketersediaan_tahun"]]
    subject = (531, "Neraca Ekonomi") if table["mms_id"] == 531 else (516, "Lingkungan Hidup")
    return _row(
        f"{table['id_tabel']}#3#{simdasi.REGION}",
        str(table["judul"]),
        subject,
        (years[0], years[-1]),
        table["latest_update"],
    )


def _row(
    identity: str,
    title: str,
    subject: tuple[int, str],
    period: tuple[str | None, str | None],
    last_update: Any,
) -> Row:
    subcat, subcat_name = _SUBCATEGORY.get(subject[0], (516, "Lingkungan Hidup dan Multi-domain"))
    return {
        "id": base64.b64encode(identity.encode()).decode(),
        "title": title,
        "id_subject": subject[0],
        "subject": subject[1],
        "id_subcat": subcat,
        "subcat": subcat_name,
        "tablesource": identity.split("#")[1],
        "oldest_period": period[0],
        "latest_period": period[1],
        "last_update": last_update,
    }


def _paged(asked: Asked, rows: list[Row]) -> Reply:
    return page_of(rows, _positive(asked, "page", 1), _positive(asked, "perpage", 10))


def _positive(asked: Asked, name: str, otherwise: int) -> int:
    text = asked.params.get(name, "")
    return int(text) if text.isdecimal() and int(text) > 0 else otherwise
