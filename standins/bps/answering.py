"""From a question to an answer, as the WebAPI gives it; no HTTP here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from standins.bps import catalogue, pages, quarterly, simdasi, static_pdrb, table_catalogue
from standins.bps.catalogue import Row, Timeline, Variable
from standins.bps.faults import Asked, json_reply, page_of
from standins.bps.timeline import Size
from standins.serving import Reply

PER_PAGE = 10


def answer(asked: Asked, path: str, timeline: Timeline, site: str) -> Reply:
    """Answer ``list``, ``view``, ``domain`` or ``interoperabilitas``."""
    if path == "interoperabilitas":
        return simdasi.answer_simdasi(asked, timeline)
    if path == "domain":
        kind, province = asked.params.get("type", "all"), asked.params.get("prov", "")
        if kind == "kabbyprov" and not province:
            return json_reply(pages.missing_parameter("prov"))
        rows = catalogue.domains(site, kind, province, timeline.size.regencies)
        return json_reply(
            {
                "status": "OK",
                "data-availability": "available",
                "data": [{"page": 1, "pages": 1, "total": len(rows)}, rows],
            }
        )
    needs = ("model", "domain") if path == "list" else ("model", "domain", "id")
    for name in needs:
        if not asked.params.get(name):
            return json_reply(pages.missing_parameter(name))
    table = _LISTS if path == "list" else _VIEWS
    build = table.get(asked.model)
    return build(asked, timeline, site) if build else json_reply(pages.LIST_NOT_AVAILABLE)


def _paged(asked: Asked, rows: Sequence[Any], row_of: Callable[[Any], Row] = dict) -> Reply:
    """A list; ``perpage`` is ignored as BPS ignores it."""
    text = asked.params.get("page", "1")
    page = int(text) if text.isdecimal() and int(text) > 0 else 1
    return page_of(rows, page, PER_PAGE, row_of)


def _matching(asked: Asked, rows: Sequence[Row]) -> list[Row]:
    """Rows by ``keyword``, ``year`` and ``month``."""
    keyword = asked.params.get("keyword", "").lower()
    year, month = asked.params.get("year", ""), asked.params.get("month", "")
    if not (keyword or year or month):
        return list(rows)
    return [
        row
        for row in rows
        if keyword in str(row["title"]).lower()
        and (not year or _day(row)[:4] == year)
        and (not month or _day(row)[5:7] == month.zfill(2))
    ]


def _day(row: Row) -> str:
    """The day by which a row is filtered; a book that is only scheduled has no ``rl_date``."""
    return str(next((row[n] for n in ("rl_date", "sch_date", "updt_date") if row.get(n)), ""))


def _variable(asked: Asked, timeline: Timeline) -> Variable | None:
    return catalogue.find_variable(asked.params["domain"], asked.params.get("var", ""), timeline)


def _list_var(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    """Only the rows of the page asked for are made: a region may have thousands of tables."""
    keyword, subject = asked.params.get("keyword", "").lower(), asked.params.get("subject", "")
    year = asked.params.get("year", "")
    found = catalogue.variables(asked.params["domain"], timeline)
    if keyword or subject or year:
        found = [
            v
            for v in found
            if (not keyword or keyword in v.title.lower())
            and (not subject or str(catalogue.subject_of(v)[0]) == subject)
            and (not year or year in map(str, v.years))
        ]
    return _paged(asked, found, catalogue.variable_row)


def _list_th(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    variable = _variable(asked, timeline)
    if variable is not None:
        years: Sequence[int] = variable.years
    else:
        tables = catalogue.variables(asked.params["domain"], timeline)
        years = sorted({y for v in tables for y in v.years}, reverse=True)
    return _paged(asked, [{"th_id": year - 1900, "th": str(year)} for year in years])


def _list_vervar(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    variable = _variable(asked, timeline)
    if variable is None:
        return json_reply(pages.LIST_NOT_AVAILABLE)
    return _paged(
        asked,
        [
            {
                "kode_ver_id": code,
                "vervar": label,
                "item_ver_id": number,
                "group_ver_id": 1,
                "name_group_ver_id": variable.vertical_name,
            }
            for number, (code, label) in enumerate(variable.vervar, start=1)
        ],
    )


def _list_turvar(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    variable = _variable(asked, timeline)
    columns = variable.turvar if variable else (("0", "Tidak ada"),)
    return _paged(
        asked,
        [
            {"turvar_id": int(code), "turvar": label, "group_turvar_id": 0, "name_group_turvar": "Tidak ada"}
            for code, label in columns
        ],
    )


def _list_turth(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    variable = _variable(asked, timeline)
    parts = variable.turth if variable else ((0, "Tahun"),)
    return _paged(
        asked,
        [
            {"turth_id": code, "turth": label, "group_turth_id": 0, "name_group_turth": "Tahunan"}
            for code, label in parts
        ],
    )


def _list_data(asked: Asked, timeline: Timeline, _site: str) -> Reply:
    years = _wanted_years(asked.params.get("th", ""))
    if years is None:
        return json_reply(pages.TH_REQUIRED)
    limit = 3 if asked.params["domain"] == "0000" else 2
    if len(years) > limit:
        return json_reply(pages.too_many_years(limit, len(years)))
    variable = _variable(asked, timeline)
    there = [year for year in years if variable and year in variable.years]
    if variable is None or not there:
        return json_reply(pages.LIST_NOT_AVAILABLE)
    return json_reply(_data(quarterly.only_rows(variable, asked.params.get("vervar", "")), sorted(there)))


def _wanted_years(text: str) -> list[int] | None:
    """``123``, ``122;123`` or ``122:123``."""
    try:
        if ":" in text:
            first, last = (int(part) for part in text.split(":"))
            return [year + 1900 for year in range(first, last + 1)][:200] or None
        return [int(part) + 1900 for part in text.split(";")]
    except ValueError:
        return None


def _data(variable: Variable, years: Sequence[int]) -> dict[str, Any]:
    content: dict[str, int | float] = {}
    for (row, column, year, part), value in sorted(variable.cells.items(), key=lambda c: str(c[0])[::-1]):
        if year in years:
            number = int(value) if value == value.to_integral_value() else float(value)
            content[f"{row}{variable.var_id}{column}{year - 1900}{part}"] = number
    return {
        "status": "OK",
        "data-availability": "available",
        "last_update": variable.last_update,
        "subject": [{"val": variable.subject[0], "label": variable.subject[1]}],
        "var": [
            {
                "val": variable.var_id,
                "label": variable.title,
                "unit": variable.unit,
                "subj": "Produk Domestik Regional Bruto (Lapangan Usaha)",
                "def": "",
                "decimal": 2,
                "note": variable.note,
            }
        ],
        "turvar": [{"val": code, "label": label} for code, label in variable.turvar],
        "labelvervar": f"{variable.vertical_name} ",
        "vervar": [{"val": code, "label": label} for code, label in variable.vervar],
        "tahun": [{"val": year - 1900, "label": str(year)} for year in years],
        "turtahun": [{"val": code, "label": label} for code, label in variable.turth],
        "datacontent": content,
        "related": _related(variable),
    }


def _related(variable: Variable) -> Any:
    """``[]``, or an object with "1", "2", … as some tables have it."""
    if variable.subject[0] != 531:
        return []
    row = {
        "id": "OTEwMSMy",
        "title": "Tabel terkait (ilustrasi)",
        "tablesource": 2,
        "last_update": "2023-04-05",
    }
    return {"1": {**row, "link": "/2/OTEwMSMy/tabel-terkait.html"}}


def _list_publication(asked: Asked, timeline: Timeline, site: str) -> Reply:
    return _paged(asked, _matching(asked, catalogue.publications(asked.params["domain"], timeline, site)))


def _list_pressrelease(asked: Asked, timeline: Timeline, site: str) -> Reply:
    return _paged(asked, _matching(asked, catalogue.press_releases(asked.params["domain"], timeline, site)))


def _static_tables(asked: Asked, timeline: Timeline, site: str) -> list[Row]:
    domain = asked.params["domain"]
    if timeline.size.filler > Size().filler:
        return catalogue.static_tables(domain, site, timeline.size.filler)
    return catalogue.static_tables(domain, site) + static_pdrb.static_rows(domain, timeline, site)


def _list_statictable(asked: Asked, timeline: Timeline, site: str) -> Reply:
    return _paged(asked, _matching(asked, _static_tables(asked, timeline, site)))


def _fixed(rows: Sequence[Row]) -> Callable[[Asked, Timeline, str], Reply]:
    return lambda asked, _timeline, _site: _paged(asked, rows)


def _view(field: str, rows: Sequence[Row], asked: Asked, site: str, **more: Any) -> Reply:
    row = next((row for row in rows if str(row[field]) == asked.params["id"]), None)
    if row is None:
        return json_reply(pages.NOT_AVAILABLE)
    return json_reply(
        {
            "status": "OK",
            "request": {
                "domain": site,
                "model": asked.model,
                "lang": asked.params.get("lang", "ind"),
                "id": asked.params["id"],
            },
            "data-availability": "available",
            "data": {**row, **more},
        }
    )


def _view_publication(asked: Asked, timeline: Timeline, site: str) -> Reply:
    rows = catalogue.publications(asked.params["domain"], timeline, site)
    more = {"kat_no": "-", "pub_no": "-", "periode": "Tahunan", "bahasa": "Indonesia", "revisi": 0}
    return _view("pub_id", rows, asked, site, **more, related=[])


def _view_pressrelease(asked: Asked, timeline: Timeline, site: str) -> Reply:
    rows = catalogue.press_releases(asked.params["domain"], timeline, site)
    return _view("brs_id", rows, asked, site, hit=0)


def _view_statictable(asked: Asked, timeline: Timeline, site: str) -> Reply:
    rows = _static_tables(asked, timeline, site)
    table = static_pdrb.static_html(asked.params["id"], timeline) or catalogue.STATIC_HTML
    return _view("table_id", rows, asked, site, sub_id=153, table=table, cr_date="2010-01-01")


_LISTS: dict[str, Callable[[Asked, Timeline, str], Reply]] = {
    "subcat": _fixed(catalogue.SUBJECT_CATEGORIES),
    "subject": _fixed(catalogue.SUBJECTS),
    "unit": _fixed(catalogue.UNITS),
    "var": _list_var,
    "th": _list_th,
    "vervar": _list_vervar,
    "turvar": _list_turvar,
    "turth": _list_turth,
    "data": _list_data,
    "publication": _list_publication,
    "pressrelease": _list_pressrelease,
    "statictable": _list_statictable,
    "tablestatistic": table_catalogue.list_tables,
}
_VIEWS: dict[str, Callable[[Asked, Timeline, str], Reply]] = {
    "publication": _view_publication,
    "pressrelease": _view_pressrelease,
    "statictable": _view_statictable,
}
