"""SIMDASI as the WebAPI gives it: the tables of a region (23), one table of one year (25).

The figures are those of the dynamic tables of the same day, written as SIMDASI writes them. The
columns differ from table to table, as far as public clients show: a year with its stars, a measure,
or only a name.
"""

from __future__ import annotations

import base64
from typing import Any

from standins.bps import pages
from standins.bps.catalogue import DOMAIN, Row, Timeline, Variable
from standins.bps.faults import Asked, json_reply
from standins.bps.tables import pdrb_in_miliar
from standins.serving import Reply

REGION = f"{DOMAIN}000"
_TITLES = {
    "adhb": "Produk Domestik Regional Bruto Atas Dasar Harga Berlaku Menurut Lapangan Usaha di Kabupaten "
    "Sumenep (miliar rupiah)",
    "adhk": "Produk Domestik Regional Bruto Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha di "
    "Kabupaten Sumenep (miliar rupiah)",
    "share": "Distribusi Persentase Produk Domestik Regional Bruto Atas Dasar Harga Berlaku Menurut "
    "Lapangan Usaha di Kabupaten Sumenep (persen)",
    "growth": "Laju Pertumbuhan Produk Domestik Regional Bruto Atas Dasar Harga Konstan 2010 Menurut "
    "Lapangan Usaha di Kabupaten Sumenep (persen)",
}
_COLUMNS = {"adhb": "lxkwts7rnj", "adhk": "hs2vnuacgs", "share": "ndnfgelumn", "growth": "q0zt4mvb1y"}
_UNITS = {"adhb": "miliar rupiah", "adhk": "miliar rupiah", "share": "persen", "growth": "persen"}
_META = {"page": 1, "pages": 1, "per_page": 1, "count": 1, "total": 1}
_NONE = {
    "status": "Error",
    "data-availability": "not-available",
    "data": [{"page": 1, "pages": 0, "per_page": 25, "count": 0, "total": 0}, []],
}
_INVALID = {
    "status": "OK",
    "data-availability": "available",
    "data": [_META, {"status": 400, "condition": "ERROR", "message": "Invalid Parameter", "data": []}],
}


def answer_simdasi(asked: Asked, timeline: Timeline) -> Reply:
    """Answer a path-style question; one with a query meets the firewall, as at BPS."""
    if "?" in asked.url:
        return Reply(200, "text/html", pages.LTM_BLOCK)
    wanted, region = asked.params.get("id", ""), asked.params.get("wilayah", "")
    if wanted not in ("23", "25"):
        return json_reply(_NONE)
    if not region:
        return json_reply(pages.missing_parameter("wilayah"))
    if region != REGION:
        return json_reply(_NONE)
    if wanted == "23":
        return json_reply(_wrapped({"data": list_rows(timeline)}))
    return _table(asked, timeline)


def table_id(measure: str) -> str:
    """The opaque ``id_tabel``: base64 of something that is base64 itself."""
    inner = base64.b64encode(f"tiruan {measure}".encode())
    return base64.b64encode(inner).decode()


def list_rows(timeline: Timeline) -> list[Row]:
    """The tables of the region, as service 23 lists them."""
    other = {
        "id_tabel": base64.b64encode(b"UFpWMmJZOVZlZTJnc1pXaHhDV1hPQT09").decode(),
        "judul": "Luas Daerah dan Jumlah Pulau Menurut Kecamatan di Kabupaten Sumenep",
        "kode_tabel": "1.1.1",
        "ketersediaan_tahun": [2021, 2022, 2023],
        "bab": "Geografi dan Iklim",
        "mms_id": 516,
        "latest_update": "2023-02-28 08:00:00",
    }
    rows = [
        {
            "id_tabel": table_id(measure),
            "judul": _TITLES[measure],
            "judul_en": "Gross Regional Domestic Product by Industry",
            "kode_tabel": f"12.1.{number}",
            "ketersediaan_tahun": sorted(variable.years),
            "bab": "Sistem Neraca Regional",
            "bab_en": "Regional Accounts",
            "mms_id": 531,
            "mms_subject": "Neraca Ekonomi",
            "latest_update": variable.last_update,
        }
        for number, (measure, variable) in enumerate(_variables(timeline).items(), start=1)
    ]
    return [other, *rows]


def _variables(timeline: Timeline) -> dict[str, Variable]:
    return {measure: pdrb_in_miliar(measure, timeline) for measure in _TITLES}


def _wrapped(inner: dict[str, Any]) -> dict[str, Any]:
    head = {
        "status": 200,
        "condition": "OK",
        "message": "-",
        "created": "2024-04-04 08:15:20",
        "induk": REGION,
        "wilayah": "Sumenep",
    }
    return {"status": "OK", "data-availability": "available", "data": [_META, {**head, **inner}]}


def _table(asked: Asked, timeline: Timeline) -> Reply:
    variables = _variables(timeline)
    measure = next((m for m in variables if table_id(m) == asked.params.get("id_tabel")), None)
    year = asked.params.get("tahun", "")
    if measure is None or not year.isdecimal():
        return json_reply(_INVALID)
    if int(year) not in variables[measure].years:
        return json_reply(
            {"status": "OK", "data-availability": "available", "data": [{"message": "Tabel tidak ditemukan"}]}
        )
    return json_reply(_wrapped(_detail(measure, variables[measure], int(year))))


def _detail(measure: str, variable: Variable, year: int) -> dict[str, Any]:
    key = _COLUMNS[measure]
    rows = [
        {
            "label": f"<b>{label}</b>" if label.isupper() else label,
            "label_raw": label,
            "kode_wilayah": None,
            "satuan": None,
            "variables": {key: _cell(variable, code, year)},
        }
        for code, label in variable.vervar
    ]
    return {
        "id_tabel": table_id(measure),
        "judul_tabel": f"{_TITLES[measure]}, {year}",
        "tahun_data": year,
        "bab": "Sistem Neraca Regional",
        "lingkup_id": "Lapangan Usaha",
        "mms_id": 531,
        "sumber": "BPS Kabupaten Sumenep (server tiruan untuk peragaan)",
        "catatan": variable.note,
        "keterangan_data": {"...": "Data tidak tersedia", "–": "Tidak ada atau nol"},
        "kolom": {
            key: {
                "nama_variabel": _column_name(measure, variable, year),
                "nama_variabel_en": "",
                "tipe": "Numerik",
                "satuan": _UNITS[measure],
                "angka_desimal_dibelakang_koma": 2,
            }
        },
        "data": rows,
    }


def _column_name(measure: str, variable: Variable, year: int) -> str:
    if measure == "adhb":
        newest = max(variable.years)
        return f"{year}{'**' if year == newest else '*' if year == newest - 1 else ''}"
    return {"adhk": "Harga Konstan 2010", "share": "Persentase", "growth": "Laju Pertumbuhan<sup>1</sup>"}[
        measure
    ]


def _cell(variable: Variable, code: int, year: int) -> dict[str, Any]:
    value = variable.cells.get((code, "0", year, 0))
    if value is None:
        return {"value": "...", "value_raw": None, "value_code": "..."}
    text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return {"value": f"{text}&nbsp;", "value_raw": text, "value_code": None}
