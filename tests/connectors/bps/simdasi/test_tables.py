"""SIMDASI over HTTP and on constructed answers; a real one of PDRB was never recorded."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.bps import BpsClient, PdrbTable
from connectors.bps.answers import Answer, read_answer
from connectors.bps.simdasi.tables import SimdasiTable, find_simdasi_tables, read_simdasi_table
from core.dates import JAKARTA
from core.errors import ImplausibleFigureError, LkjipError, NothingFoundError, SourceError
from standins.bps import BpsStandin
from standins.bps import simdasi as standin
from standins.bps import tables as standin_tables
from standins.bps.catalogue import Timeline
from standins.bps.faults import Asked
from tests.connectors.given.recorded import fetched, sample

RELEASED = Timeline(date(2024, 4, 4))


class Recorded:
    """A client whose answers for each year are at hand."""

    def __init__(self, bodies: dict[int, bytes]) -> None:
        self.bodies, self.asked = bodies, []

    def ask_path(self, *segments: str | int) -> Answer:
        year = int(segments[segments.index("tahun") + 1])
        self.asked.append(year)
        return read_answer(fetched(self.bodies[year]))


def body(measure: str, year: int = 2023) -> dict[str, Any]:
    """The stand-in's answer for one year, to be changed."""
    params = {
        "id": "25",
        "wilayah": standin.REGION,
        "tahun": str(year),
        "id_tabel": standin.table_id(measure),
    }
    return json.loads(standin.answer_simdasi(Asked("", params), RELEASED).body)


def inner(measure: str, year: int = 2023) -> dict[str, Any]:
    return body(measure, year)["data"][1]


def listed(measure: str, **changed: Any) -> SimdasiTable:
    row = next(r for r in standin.list_rows(RELEASED) if r["id_tabel"] == standin.table_id(measure))
    made = {
        "table_id": row["id_tabel"],
        "title": row["judul"],
        "measure": measure,
        "years": (2022, 2023),
        "last_update": None,
    }
    return SimdasiTable(**{**made, **changed})


def read(payload: dict[str, Any], measure: str = "adhk", **changed: Any) -> list[PdrbTable]:
    """Read one year's table from an answer."""
    client = Recorded({2023: json.dumps(payload).encode()})
    return read_simdasi_table(client, "3529", listed(measure, **changed), [2023], 2010)  # type: ignore[arg-type]


def wrap(block: dict[str, Any]) -> dict[str, Any]:
    return {"status": "OK", "data-availability": "available", "data": [{"page": 1, "pages": 1}, block]}


def with_cell(block: dict[str, Any], code: str, **parts: Any) -> dict[str, Any]:
    """The block with another cell in the row of a category."""
    changed = copy.deepcopy(block)
    (key,) = changed["kolom"]
    row = next(row for row in changed["data"] if row["label_raw"].startswith(f"{code} "))
    row["variables"][key] = parts
    return changed


# --- over HTTP ----------------------------------------------------------------------------------


def test_the_tables_of_pdrb_are_found_among_others_with_one_request(
    bps: BpsStandin, client: BpsClient
) -> None:
    tables = find_simdasi_tables(client, "3529")
    assert [table.measure for table in tables] == ["adhb", "adhk", "share", "growth"]
    assert tables[0].years == (2019, 2020, 2021, 2022, 2023)
    assert tables[0].last_update == datetime(2024, 4, 4, 8, tzinfo=JAKARTA)
    assert tables[0].title.endswith("Menurut Lapangan Usaha di Kabupaten Sumenep (miliar rupiah)")
    assert len(bps.requests) == 1


@pytest.mark.parametrize("measure", ["adhb", "adhk", "share", "growth"])
def test_simdasi_gives_the_figures_of_the_dynamic_table(client: BpsClient, measure: str) -> None:
    table = next(t for t in find_simdasi_tables(client, "3529") if t.measure == measure)
    (read,) = read_simdasi_table(client, "3529", table, [2021, 2022, 2023], 2010)
    expected = {
        (code, year): value
        for (row, _, year, _), value in standin_tables.pdrb_variable(measure, RELEASED).cells.items()
        if year >= 2021
        for code, number in standin_tables.ROW_IDS.items()
        if number == row
    }
    assert {(cell.sector, cell.year): cell.value for cell in read.cells} == expected
    assert (read.channel, read.measure, read.domain) == ("simdasi", measure, "3529")
    assert read.table_id == table.table_id
    assert read.base_year == (2010 if measure in ("adhk", "growth") else None)
    assert read.unit == ("Miliar Rupiah" if measure in ("adhb", "adhk") else "Persen")


def test_marks_say_which_years_are_provisional_and_which_figures_are_invented(client: BpsClient) -> None:
    for table in find_simdasi_tables(client, "3529")[:2]:
        (read,) = read_simdasi_table(client, "3529", table, [2021, 2022, 2023], 2010)
        assert {cell.year: cell.status for cell in read.cells} == {
            2021: "tetap",
            2022: "sementara",
            2023: "sangat sementara",
        }
        sector, total = read.find("C", 2023), read.find("TOTAL", 2023)
        assert sector is not None
        assert total is not None
        assert sector.illustrative
        assert not total.illustrative


def test_each_year_costs_a_request_and_is_kept_with_its_answer(bps: BpsStandin, client: BpsClient) -> None:
    table = find_simdasi_tables(client, "3529")[1]
    (read,) = read_simdasi_table(client, "3529", table, [2022, 2023], 2010)
    assert [r.params.get("tahun") for r in bps.requests] == [None, "2023", "2022"]
    cell = read.find("C", 2022)
    assert cell is not None
    assert "/tahun/2022/" in read.fetched[cell.fetched_index].url_redacted
    assert "rilis yang berbeda" in read.remarks[0]


def test_the_key_in_the_path_comes_out_nowhere(
    bps: BpsStandin, client: BpsClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    table = find_simdasi_tables(client, "3529")[1]
    (read,) = read_simdasi_table(client, "3529", table, [2023], 2010)
    bps.fail_with("waf_403")
    with pytest.raises(SourceError) as caught:
        find_simdasi_tables(client, "3529")
    assert read.fetched[0].url_redacted.endswith("/key/***")
    assert bps.key not in caplog.text + repr(read) + str(caught.value)


def test_years_that_simdasi_does_not_list_are_not_asked_for(bps: BpsStandin, client: BpsClient) -> None:
    bps.set_today(date(2024, 1, 31))
    table = find_simdasi_tables(client, "3529")[0]
    assert read_simdasi_table(client, "3529", table, [2023], 2010) == []
    assert len(bps.requests) == 1


def test_a_year_that_is_listed_but_not_there_gives_no_table(client: BpsClient) -> None:
    table = listed("adhb", years=(2018,))
    assert read_simdasi_table(client, "3529", table, [2018], 2010) == []


def test_a_region_without_tables_has_none(client: BpsClient) -> None:
    assert find_simdasi_tables(client, "3528") == ()


def test_asked_with_a_query_it_meets_the_firewall(bps: BpsStandin, client: BpsClient) -> None:
    with pytest.raises(SourceError, match="tembok api"):
        client.ask("interoperabilitas/datasource/simdasi/id/23", wilayah="3529000")


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("html_200", "tembok api"),
        ("waf_403", "tembok api"),
        ("html_maintenance", "halaman web"),
        ("null", r"daftar tabel wilayah 3529 dengan jawaban kosong \(null\)"),
        ("truncated", "terpotong"),
        ("empty", "jawaban kosong"),
        ("error_500", "sedang terganggu"),
        ("bad_key", "menolak kunci"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said(
    bps: BpsStandin, client: BpsClient, fault: str, message: str
) -> None:
    bps.fail_with(fault)
    with pytest.raises(SourceError, match=message):
        find_simdasi_tables(client, "3529")


# --- what an answer can be ----------------------------------------------------------------------


def test_the_recorded_none_is_none() -> None:
    client = Recorded({2023: sample("simdasi_tidak_ada.json")})
    assert read_simdasi_table(client, "3529", listed("adhb"), [2023], 2010) == []  # type: ignore[arg-type]


def test_an_error_inside_an_ok_is_an_error() -> None:
    error = {"status": 400, "condition": "ERROR", "message": "Invalid Parameter"}
    with pytest.raises(SourceError, match=r"tahun 2023 dengan galat: 'Invalid Parameter'"):
        read(wrap(error))


def test_a_table_that_simdasi_does_not_find_is_no_figure() -> None:
    assert read({"status": "OK", "data": [{"message": "Tabel tidak ditemukan"}]}) == []
    assert read(wrap({"status": 404, "condition": "ERROR", "message": "Tabel tidak ditemukan"})) == []
    assert read({"status": "OK", "data": [{"page": 1}, None]}) == []


def test_a_region_that_simdasi_does_not_know_is_said() -> None:
    with pytest.raises(NothingFoundError, match=r"tidak mengenal wilayah.*kode wilayah"):
        read({"status": "OK", "data": [{"message": "Wilayah tidak ditemukan"}]})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda b: b.update(id_tabel="lain"), "memberi id_tabel 'lain'"),
        (lambda b: b.update(tahun_data=2022), "memberi tahun_data '2022' padahal yang diminta '2023'"),
        (lambda b: b.update(induk="3528000"), "memberi induk '3528000'"),
        (lambda b: b.pop("kolom"), "bagian 'kolom' tidak ada"),
        (lambda b: b.update(kolom={}), "tidak ada kolom"),
        (lambda b: b.update(data="kosong"), "bagian 'data' tidak ada"),
        (lambda b: b["kolom"]["hs2vnuacgs"].update(satuan="ton"), "Satuan tabel SIMDASI .* adalah 'ton'"),
        (
            lambda b: b["kolom"].update(b={"nama_variabel": "Harga Konstan 2010", "satuan": "miliar rupiah"}),
            "tidak jelas: 'Harga Konstan 2010', 'Harga Konstan 2010'",
        ),
        (lambda b: b["kolom"]["hs2vnuacgs"].update(nama_variabel="Indeks Implisit"), "'Indeks Implisit'"),
        (
            lambda b: b["kolom"]["hs2vnuacgs"].update(nama_variabel="Harga Konstan 2000"),
            "memakai tahun dasar 2000, padahal yang diperlukan 2010",
        ),
    ],
)
def test_another_thing_than_asked_for_is_refused(
    change: Callable[[dict[str, Any]], Any], message: str
) -> None:
    block = inner("adhk")
    change(block)
    with pytest.raises(SourceError, match=message):
        read(wrap(block))


def test_a_missing_category_is_refused_whole() -> None:
    block = inner("adhk")
    del block["data"][2]
    with pytest.raises(ImplausibleFigureError, match="tahun 2023 tidak memuat kategori C"):
        read(wrap(block))


def test_an_unknown_category_is_refused_whole() -> None:
    block = inner("adhk")
    block["data"][2]["label_raw"] = "C Industri Kreatif Baru"
    with pytest.raises(
        ImplausibleFigureError, match="kategori yang tidak dikenal: 'C Industri Kreatif Baru'"
    ):
        read(wrap(block))


def test_a_sub_category_keeps_its_own_code_and_a_heading_without_figures_is_left_out() -> None:
    block = inner("adhk")
    (key,) = block["kolom"]
    parts = {"variables": {key: {"value": "1,00", "value_raw": "1,00", "value_code": None}}}
    block["data"].insert(0, {"label": "Lapangan Usaha/<i>Industry</i>", "variables": []})
    block["data"].insert(2, {"label": "1. Pertanian, Peternakan, Perburuan dan Jasa Pertanian", **parts})
    table = read(wrap(block))[0]
    assert len(table.cells) == 20
    assert table.find("A.1", 2023) is not None


def test_a_sum_that_is_not_the_total_is_refused() -> None:
    block = with_cell(inner("adhk"), "C", value="9.999,00", value_raw="9.999,00", value_code=None)
    with pytest.raises(ImplausibleFigureError, match="jumlah 17 kategori tahun 2023"):
        read(wrap(block))


def test_the_total_may_be_called_produk_domestik_bruto() -> None:
    block = inner("adhk")
    block["data"][-1]["label_raw"] = "Produk Domestik Bruto"
    total = read(wrap(block))[0].find("TOTAL", 2023)
    assert total is not None
    assert total.value == Decimal("26244.80")


# --- columns ------------------------------------------------------------------------------------


def by_year(measure: str, years: tuple[int, ...]) -> dict[str, Any]:
    """One answer with a column for each year."""
    block = inner(measure, years[-1])
    block["kolom"], rows = {}, {row["label_raw"]: {} for row in block["data"]}
    for year in years:
        one = inner(measure, year)
        (key,) = one["kolom"]
        name = f"<b>{year}</b>" + {2022: "*", 2023: "**"}.get(year, "")
        block["kolom"][f"k{year}"] = {**one["kolom"][key], "nama_variabel": name}
        for row in one["data"]:
            rows[row["label_raw"]][f"k{year}"] = row["variables"][key]
    for row in block["data"]:
        row["variables"] = rows[row["label_raw"]]
    return wrap(block)


def test_a_column_for_each_year_gives_all_years_from_one_answer() -> None:
    client = Recorded({2023: json.dumps(by_year("adhk", (2021, 2022, 2023))).encode()})
    table = listed("adhk", years=(2021, 2022, 2023))
    (read,) = read_simdasi_table(client, "3529", table, [2022, 2023], 2010)  # type: ignore[arg-type]
    assert client.asked == [2023]
    assert read.years == (2022, 2023)
    assert {cell.year: cell.status for cell in read.cells} == {2022: "sementara", 2023: "sangat sementara"}
    assert read.remarks == ()


def test_a_column_for_each_measure_gives_two_tables() -> None:
    block, other = inner("adhk"), inner("adhb")
    (key,) = other["kolom"]
    block["judul_tabel"] = "PDRB Menurut Lapangan Usaha di Kabupaten Sumenep (miliar rupiah)"
    block["kolom"][key] = {**other["kolom"][key], "nama_variabel": "Harga Berlaku"}
    for row, added in zip(block["data"], other["data"], strict=True):
        row["variables"][key] = added["variables"][key]
    client = Recorded({2023: json.dumps(wrap(block)).encode()})
    table = replace(listed("adhk"), measure=None)
    tables = read_simdasi_table(client, "3529", table, [2023], 2010)  # type: ignore[arg-type]
    assert [(table.measure, table.base_year) for table in tables] == [("adhb", None), ("adhk", 2010)]
    totals = [table.find("TOTAL", 2023) for table in tables]
    assert [total.value for total in totals if total] == [Decimal("42847.97"), Decimal("26244.80")]


def test_a_title_with_both_prices_leaves_the_choice_to_the_columns(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "PDRB Atas Dasar Harga Berlaku dan Harga Konstan 2010 Menurut Lapangan Usaha di Kabupaten X"
    rows = [{"id_tabel": "abc", "judul": title, "ketersediaan_tahun": ["2022", "2023.0", None]}]
    monkeypatch.setattr(standin, "list_rows", lambda _timeline: rows)
    assert find_simdasi_tables(client, "3529") == (SimdasiTable("abc", title, None, (2022, 2023), None),)


def test_a_column_of_the_other_price_than_the_title_is_refused() -> None:
    block = inner("adhk")
    block["kolom"]["hs2vnuacgs"]["nama_variabel"] = "Harga Berlaku"
    with pytest.raises(SourceError, match="'Harga Berlaku'"):
        read(wrap(block))


def test_juta_rupiah_become_miliar_and_the_original_is_kept() -> None:
    block = inner("adhk")
    block["kolom"]["hs2vnuacgs"]["satuan"] = "juta rupiah"
    for row in block["data"]:
        (cell,) = row["variables"].values()
        number = Decimal(cell["value_raw"].replace(".", "").replace(",", ".")) * 1000
        cell["value"] = cell["value_raw"] = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    cell = read(wrap(block))[0].find("C", 2023)
    assert cell is not None
    assert (cell.value, cell.original) == (Decimal("1559.38"), Decimal("1559380.00"))


# --- cells --------------------------------------------------------------------------------------

VALUE = "1.559,38"


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"value": VALUE, "value_raw": VALUE, "value_code": None}, "sangat sementara"),
        ({"value": f"<b>{VALUE}</b>&nbsp;", "value_raw": None}, "sangat sementara"),
        ({"value": "1.559,4", "value_raw": VALUE}, "sangat sementara"),
        ({"value": 1559.38, "value_raw": VALUE}, "sangat sementara"),
        ({"value": f"{VALUE}<sup>r</sup>", "value_raw": VALUE}, "sangat sementara"),
        ({"value": f"{VALUE} *", "value_raw": VALUE}, "sementara"),
        ({"value": VALUE, "value_raw": VALUE, "value_code": "x"}, "sementara"),
        ({"value": f"{VALUE}<sup>xx)</sup>", "value_raw": VALUE}, "sangat sementara"),
        ({"value": "&lt;span&gt;1.559,38&lt;/span&gt;"}, "sangat sementara"),
    ],
)
def test_a_figure_is_read_through_html_and_signs(parts: dict[str, Any], status: str) -> None:
    block = with_cell(inner("adhk"), "C", **parts)
    cell = read(wrap(block))[0].find("C", 2023)
    assert cell is not None
    assert (cell.value, cell.status) == (Decimal("1559.38"), status)


@pytest.mark.parametrize(
    "parts",
    [
        {"value": "1,559.38"},
        {"value": "1559.38"},
        {"value": "1.559,380"},
        {"value": "1.55,38"},
        {"value": "01.559,38"},
        {"value": "１.559,38"},
        {"value": "(1.559,38"},
        {"value": "sekitar 1.559,38"},
        {"value": "1.559,38 1.559,38"},
        {"value": VALUE, "value_raw": "1.559,83"},
        {"value": "...", "value_raw": VALUE},
        {"value": VALUE, "value_raw": "-"},
        {"value": VALUE, "value_code": "..."},
        {"value": VALUE, "value_code": "e"},
        {"value": f"{VALUE}<sup>*</sup>", "value_raw": f"{VALUE} **"},
        {"value": True},
        {"value": [VALUE]},
        {"value": {"a": VALUE}},
        {"value": 10**30},
        {"value": "<![x"},
    ],
)
def test_a_cell_that_is_not_surely_a_figure_is_refused(parts: dict[str, Any]) -> None:
    block = with_cell(inner("adhk"), "C", **parts)
    with pytest.raises(
        ImplausibleFigureError, match=r"tidak pasti sebagai angka: .* pada 'C Industri Pengolahan'"
    ):
        read(wrap(block))


@pytest.mark.parametrize("sign", ["...", "–", "-", "", "NA", "&nbsp;", "<i>…</i>", None])
def test_a_sign_for_none_is_no_figure_and_never_zero(sign: str | None) -> None:
    block = with_cell(inner("adhk"), "C", value=sign, value_raw=None, value_code=sign)
    with pytest.raises(ImplausibleFigureError, match="tidak memuat kategori C"):
        read(wrap(block))


def test_a_negative_growth_is_read_as_one() -> None:
    for text in ("-1,46", "−1,46", "–1,46", "(1,46)"):
        block = with_cell(inner("growth"), "C", value=text, value_raw=text, value_code=None)
        cell = read(wrap(block), measure="growth")[0].find("C", 2023)
        assert cell is not None
        assert cell.value == Decimal("-1.46")


def test_without_a_number_of_decimals_a_comma_before_three_digits_is_not_guessed() -> None:
    block = with_cell(inner("growth"), "C", value="5,123", value_raw="5,123", value_code=None)
    for column in block["kolom"].values():
        column["angka_desimal_dibelakang_koma"] = None
    with pytest.raises(LkjipError, match="tidak pasti sebagai angka: '5,123"):
        read(wrap(block), measure="growth")
