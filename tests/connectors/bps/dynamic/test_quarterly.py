"""The quarterly tables of all regencies, from which a year is added up; never from three quarters."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps import BpsClient, PdrbTable
from connectors.bps.answers import Kind, read_answer
from connectors.bps.checks import check_table
from connectors.bps.dynamic.quarterly import QuarterlyTable, annual_table, find_quarterly, read_quarterly
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from standins.bps import BpsStandin, catalogue
from standins.bps import quarterly as standin
from standins.bps.answering import answer
from standins.bps.catalogue import Timeline, Variable
from standins.bps.faults import Asked
from tests.connectors.given.mutations import change_structure
from tests.connectors.given.recorded import fetched
from tests.given.examples import examples

RELEASED = Timeline(date(2024, 4, 4))
TABLES = {measure: QuarterlyTable(measure, var_id, "", "", None) for measure, var_id in
          (("adhb", 9410), ("adhk", 9411))}  # fmt: skip


def body(measure: str) -> dict[str, Any]:
    """The stand-in's answer for Sumenep in 2023, to be changed."""
    params = {
        "model": "data",
        "domain": "0000",
        "var": str(TABLES[measure].var_id),
        "th": "123",
        "vervar": "3529",
    }
    return json.loads(answer(Asked("", params), "list", RELEASED, "http://bps.example").body)


def read(payload: dict[str, Any], measure: str = "adhk") -> PdrbTable | None:
    answered = read_answer(fetched(json.dumps(payload).encode()))
    if answered.kind is not Kind.OK:
        return None
    table = annual_table(answered, TABLES[measure], "3529", 2023, 2010)
    return check_table(table) if table.cells else None


def key(payload: dict[str, Any], category: int, turth: int) -> str:
    return f"3529{payload['var'][0]['val']}{category}123{turth}"


def expected(measure: str) -> dict[int, Decimal]:
    cells = catalogue.pdrb_variable(measure, RELEASED).cells
    return {row: value for (row, _, year, _), value in cells.items() if year == 2023}


# --- over HTTP ----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["adhb", "adhk"])
def test_the_quarters_add_up_to_the_annual_table(client: BpsClient, measure: str) -> None:
    table = next(t for t in read_quarterly(client, "3529", 2023, 2010) if t.measure == measure)
    assert sorted(cell.value for cell in table.cells) == sorted(expected(measure).values())
    assert (table.channel, table.domain, table.years) == ("quarterly", "3529", (2023,))
    assert (table.unit, table.unit_original) == ("Miliar Rupiah", "Milyar Rupiah")
    assert table.base_year == (2010 if measure == "adhk" else None)
    assert {cell.status for cell in table.cells} == {"sangat sementara"}


def test_what_is_invented_is_marked(client: BpsClient) -> None:
    for table in read_quarterly(client, "3529", 2023, 2010):
        sector, total = table.find("C", 2023), table.find("TOTAL", 2023)
        assert sector is not None
        assert total is not None
        assert sector.illustrative
        assert not total.illustrative


def test_it_costs_one_request_for_the_list_and_one_for_each_measure(
    bps: BpsStandin, client: BpsClient
) -> None:
    read_quarterly(client, "3529", 2023, 2010)
    assert [r.params["model"] for r in bps.requests] == ["var", "data", "data"]
    assert {r.params.get("vervar") for r in bps.requests} == {None, "3529"}
    assert {r.params["domain"] for r in bps.requests} == {"0000"}


def test_a_year_in_an_older_table_is_found_there(bps: BpsStandin, client: BpsClient) -> None:
    tables = read_quarterly(client, "3529", 2022, 2010)
    assert [table.table_id for table in tables] == ["9400", "9401"]
    assert [r.params.get("var") for r in bps.requests] == [None, "9410", "9400", "9411", "9401"]


def test_a_year_that_no_table_holds_gives_none(client: BpsClient) -> None:
    assert read_quarterly(client, "3529", 2024, 2010) == []


def test_a_region_that_is_not_in_the_table_gives_none(client: BpsClient) -> None:
    assert read_quarterly(client, "9999", 2023, 2010) == []


def test_where_there_are_no_quarterly_tables_there_is_no_second_opinion(
    bps: BpsStandin, client: BpsClient
) -> None:
    bps.fail_with("not_available")
    assert read_quarterly(client, "3529", 2023, 2010) == []
    assert len(bps.requests) == 2


def test_a_server_that_gives_all_regions_is_read_by_the_region_of_its_code(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standin, "only_rows", lambda variable, _vervar: variable)
    adhb, adhk = read_quarterly(client, "3529", 2023, 2010)
    totals = [table.find("TOTAL", 2023) for table in (adhb, adhk)]
    assert [total.value for total in totals if total] == [Decimal("42847.97"), Decimal("26244.80")]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("null", r"Tabel triwulanan 9410 tahun 2023 terlalu besar .*null.*hanya pembanding"),
        ("html_200", "tembok api"),
        ("truncated", "terpotong"),
        ("odd_unit", "Satuan tabel triwulanan 9410 .* adalah 'Ton'"),
        ("text_value", "bukan angka"),
        ("error_500", "sedang terganggu"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said(
    bps: BpsStandin, client: BpsClient, fault: str, message: str
) -> None:
    bps.fail_with(fault, when=lambda asked: asked.model == "data")
    with pytest.raises(LkjipError, match=message):
        read_quarterly(client, "3529", 2023, 2010)


# --- titles -------------------------------------------------------------------------------------


REGENCIES = "di Kabupaten/Kota Seluruh Indonesia"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (f"PDRB Triwulanan Atas Dasar Harga Berlaku Menurut Lapangan Usaha {REGENCIES}", ("adhb", None)),
        (
            "PDRB Triwulanan Atas Dasar Harga Konstan (2010=100) Menurut 17 Kategori Lapangan Usaha di "
            "Kabupaten/Kota (Milyar Rupiah), 2026",
            ("adhk", 2026),
        ),
        (
            "[Seri 2010] Produk Domestik Regional Bruto Triwulanan ADHK Menurut Kabupaten/Kota dan "
            "Lapangan Usaha 2025",
            ("adhk", 2025),
        ),
        ("PDRB Tri Wulan ADHB Menurut Lapangan Usaha Kabupaten dan Kota, 2025", ("adhb", 2025)),
        (f"PDRB Triwulanan Atas Dasar Harga Konstan 2000 Menurut Lapangan Usaha {REGENCIES}", None),
        (f"PDRB Triwulanan Atas Dasar Harga Berlaku Menurut Pengeluaran {REGENCIES}", None),
        (f"Laju Pertumbuhan (y-on-y) PDRB Triwulanan Menurut Lapangan Usaha {REGENCIES}", None),
        ("PDRB Triwulanan Atas Dasar Harga Berlaku Menurut Lapangan Usaha di Provinsi", None),
        (f"PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha {REGENCIES}", None),
        (f"Indeks Harga Implisit PDRB Triwulanan Menurut Lapangan Usaha {REGENCIES}", None),
    ],
)
def test_quarterly_tables_are_told_by_their_titles(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch, title: str, found: tuple[str, int | None] | None
) -> None:
    cells = {(3529, "1", 2023, 31): Decimal(1)}
    made = Variable(9500, title, "Milyar Rupiah", cells=cells)
    monkeypatch.setattr("connectors.bps.dynamic.quarterly.KEYWORDS", ("",))
    monkeypatch.setattr("standins.bps.catalogue._by_number", lambda _domain, _timeline: {"9500": made})
    assert [(t.measure, t.year) for t in find_quarterly(client, 2010)] == ([found] if found else [])


# --- adding up ----------------------------------------------------------------------------------


def test_three_quarters_are_no_year() -> None:
    payload = body("adhk")
    for category in payload["turvar"]:
        del payload["datacontent"][key(payload, category["val"], 34)]
    assert read(payload) is None


def test_a_category_with_three_quarters_makes_the_year_incomplete() -> None:
    payload = body("adhk")
    del payload["datacontent"][key(payload, 3, 32)]
    with pytest.raises(ImplausibleFigureError, match="tahun 2023 tidak memuat kategori C"):
        read(payload)


def test_the_annual_cell_wins_and_a_sum_that_differs_is_remarked() -> None:
    payload = body("adhb")
    payload["datacontent"][key(payload, 3, 31)] += 10
    table = read(payload, "adhb")
    assert table is not None
    cell = table.find("C", 2023)
    assert cell is not None
    assert cell.value == Decimal("2720.85")
    assert table.remarks == (
        "C Industri Pengolahan: jumlah empat triwulan 2.730,85, padahal angka tahunannya 2.720,85.",
    )


def test_without_quarters_the_annual_cell_is_enough() -> None:
    payload = body("adhb")
    annual = {k: v for k, v in payload["datacontent"].items() if k.endswith("12335")}
    payload["datacontent"] = annual
    table = read(payload, "adhb")
    assert table is not None
    assert sorted(cell.value for cell in table.cells) == sorted(expected("adhb").values())


def test_regions_in_columns_and_categories_in_rows_are_read_too() -> None:
    payload = body("adhk")
    var = payload["var"][0]["val"]
    turned = {
        f"{category['val']}{var}3529123{part['val']}": value
        for category in payload["turvar"]
        for part in payload["turtahun"]
        if (value := payload["datacontent"].get(key(payload, category["val"], part["val"]))) is not None
    }
    by_row = read(payload)
    by_column = read(
        payload | {"vervar": payload["turvar"], "turvar": payload["vervar"], "datacontent": turned}
    )
    assert by_row is not None
    assert by_column is not None
    assert by_column.cells == by_row.cells


@pytest.mark.parametrize(
    "labels",
    [
        ("I", "II", "III", "IV"),
        ("Triwulan 1", "Triwulan 2", "Triwulan 3", "Triwulan 4"),
        ("TRIWULAN I ", "Tri Wulan II", "<b>Triwulan III</b>", "Triwulan IV"),
        ("Q1", "Q2", "Q3", "Q4"),
    ],
)
def test_quarters_are_told_by_their_labels(labels: tuple[str, ...]) -> None:
    payload = body("adhk")
    for part, label in zip(payload["turtahun"], labels, strict=False):
        part["label"] = label
    table = read(payload)
    assert table is not None
    assert sorted(cell.value for cell in table.cells) == sorted(expected("adhk").values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p["turtahun"][1].update(label="Triwulan I"), "triwulan yang sama dua kali"),
        (lambda p: p["tahun"][0].update(label="dua ribu"), "tahun yang tidak terbaca: 'dua ribu'"),
        (lambda p: p["tahun"][0].update(label="2022"), "tahun yang tidak terbaca: '2022'"),
        (lambda p: p["var"][0].update(val=1), "memberi tabel 1 padahal yang diminta 9411"),
        (lambda p: p["turvar"][2].update(label="C Kriya"), "kategori yang tidak dikenal: 'C Kriya'"),
        (lambda p: p["vervar"].append(dict(p["vervar"][0])), "berarti dua hal"),
    ],
)
def test_an_odd_answer_is_refused(change: Callable[[dict[str, Any]], Any], message: str) -> None:
    payload = body("adhk")
    change(payload)
    with pytest.raises((SourceError, ImplausibleFigureError), match=message):
        read(payload)


def test_a_region_with_its_code_before_its_name_is_known_by_it() -> None:
    payload = body("adhk")
    var = payload["var"][0]["val"]
    payload["vervar"] = [{"val": 7, "label": "3529 Kabupaten Sumenep"}]
    payload["datacontent"] = {
        f"7{k.removeprefix('3529')}": v for k, v in payload["datacontent"].items() if str(var) in k
    }
    table = read(payload)
    assert table is not None
    assert len(table.cells) == 19


ORIGINAL = {
    measure: {(c.sector, c.value) for c in table.cells} if (table := read(body(measure), measure)) else set()
    for measure in TABLES
}


@examples(300)
@given(st.sampled_from(sorted(TABLES)), st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_structure_gives_an_error_or_only_true_figures(measure: str, seed: int, times: int) -> None:
    payload, dice = body(measure), random.Random(seed)
    for _ in range(times):
        if any(payload.values()):
            change_structure(payload, dice)
    try:
        table = read(payload, measure)
    except LkjipError:
        return
    assert table is None or {(c.sector, c.value) for c in table.cells} <= ORIGINAL[measure]
