"""Sub-categories beside their categories, and labels that cannot be where they stand.

The region is the bilingual one of the fuzzer: real current prices of Enrekang, invented parts (ilustrasi).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

from connectors.bps.answers import read_answer
from connectors.bps.dynamic.decode import decode
from connectors.bps.dynamic.pdrb import build_table
from connectors.bps.labels import CODES
from connectors.bps.tables import PdrbTable
from core.errors import ImplausibleFigureError, LkjipError
from tests.connectors.given.recorded import fetched
from tests.fuzz.regions import Region, regions

LETTERED, BILINGUAL = regions()
Change = Callable[[dict[str, Any]], None]


def read(
    change: Change, *, region: Region = BILINGUAL, measure: str = "adhb", pinned: bool = False
) -> PdrbTable:
    payload = json.loads(region.bodies[measure])
    change(payload)
    series = dataclasses.replace(region.series[measure], pinned=pinned)
    table = region.read(measure, json.dumps(payload).encode(), series)
    assert table is not None
    return table


def row(payload: dict[str, Any], start: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in payload["vervar"] if row["label"].startswith(start))
    return found


def rename(start: str, label: str) -> Change:
    return lambda payload: row(payload, start).update(label=label)


def exchange(one: str, other: str) -> Change:
    def change(payload: dict[str, Any]) -> None:
        first, second = row(payload, one), row(payload, other)
        first["label"], second["label"] = second["label"], first["label"]

    return change


def set_figure(start: str, value: float) -> Change:
    def change(payload: dict[str, Any]) -> None:
        payload["datacontent"][f"{row(payload, start)['val']}{payload['var'][0]['val']}01240"] = value

    return change


def sectors(table: PdrbTable) -> set[str]:
    return {cell.sector for cell in table.cells}


def test_sub_categories_have_figures_of_their_own_and_the_sum_counts_categories_only() -> None:
    table = read(lambda _: None)
    assert sectors(table) == {*CODES, "TOTAL", "G.1", "G.2", "I.1", "I.2", "K.1", "K.2", "K.3", "K.4"}
    parts = [table.find(f"G.{number}", 2024) for number in (1, 2)]
    whole = table.find("G", 2024)
    assert whole is not None
    assert sum(part.value for part in parts if part) == whole.value
    assert table.remarks == ()


def test_parts_known_from_their_place_alone_must_add_up() -> None:
    """ "1. Akomodasi" is I.1 only because the row before it is category I."""
    table = read(set_figure("1. Akomodasi", 999.0))
    assert sectors(table).isdisjoint({"I.1", "I.2"})
    assert "Subkategori I.1; I.2 hanya dikenal dari letaknya" in table.remarks[0]


def test_known_parts_that_do_not_add_up_are_remarked_and_kept() -> None:
    table = read(set_figure("1. Jasa Perantara Keuangan", 999.0))
    assert "K.1" in sectors(table)
    assert table.remarks[0].startswith("Jumlah subkategori K tahun 2024 berbeda -")


def test_an_unknown_part_is_left_out_and_remarked() -> None:
    table = read(rename("1. Jasa Perantara", "1. Jasa Baru Sekali"))
    assert "K.1" not in sectors(table)
    assert table.remarks == ("Subkategori '1. Jasa Baru Sekali' tidak dikenal, jadi tidak dipakai.",)


def test_a_part_that_stands_below_another_category_is_left_out() -> None:
    table = read(rename("2. Makan Minum", "2. Asuransi dan Dana Pensiun"))
    assert table.find("K.2", 2024) is not None
    assert any("I" in remark or "Asuransi" in remark for remark in table.remarks)
    assert {c.value for c in table.cells if c.sector == "K.2"} == {
        c.value for c in BILINGUAL.tables["adhb"].cells if c.sector == "K.2"
    }


def test_a_part_named_twice_is_left_out() -> None:
    table = read(rename("4. Jasa Penunjang", "3. Jasa Keuangan Lainnya"))
    assert "K.3" not in sectors(table)
    assert "tertulis lebih dari sekali" in table.remarks[0]


def test_a_slip_in_a_label_is_remarked() -> None:
    table = read(rename("B ", "B Pertambagan dan Penggalian"), region=LETTERED)
    assert (
        "Tulisan 'B Pertambagan dan Penggalian' dibaca sebagai 'pertambangan penggalian' (B)."
        in table.remarks
    )


@pytest.mark.parametrize("pair", [("C ", "G "), ("P ", "Q "), ("A ", "R,S,T,U ")])
def test_exchanged_labels_are_refused_since_rows_are_numbered_in_order(pair: tuple[str, str]) -> None:
    with pytest.raises(ImplausibleFigureError, match="mungkin tulisannya tertukar") as caught:
        read(exchange(*pair), region=LETTERED)
    assert "bps.pins" in caught.value.todo


def test_an_odd_order_in_a_table_that_the_operator_chose_is_a_remark() -> None:
    table = read(exchange("C ", "G "), region=LETTERED, pinned=True)
    assert "mungkin tulisannya tertukar" in table.remarks[0]


def test_rows_numbered_in_quite_another_order_tell_nothing() -> None:
    def reverse(payload: dict[str, Any]) -> None:
        numbers = [row["val"] for row in payload["vervar"]]
        keys = {str(a): str(b) for a, b in zip(numbers, reversed(numbers), strict=True)}
        var = str(payload["var"][0]["val"])
        for row in payload["vervar"]:
            row["val"] = int(keys[str(row["val"])])
        content = payload["datacontent"]
        payload["datacontent"] = {
            keys[k.split(var)[0]] + var + k.split(var, 1)[1]: v for k, v in content.items()
        }

    table = read(reverse, region=LETTERED)
    assert {(c.sector, c.year): c.value for c in table.cells} == {
        (c.sector, c.year): c.value for c in LETTERED.tables["adhb"].cells
    }


def test_a_row_that_is_another_one_in_the_next_answer_is_refused() -> None:
    body = LETTERED.bodies["adhb"]
    payload = json.loads(body)
    payload["vervar"] = [row for row in payload["vervar"] if row["label"][:2] not in ("P ", "Q ")]
    payload["vervar"].append({"val": 99, "label": "Q Jasa Kesehatan dan Kegiatan Sosial"})
    payload["vervar"].append({"val": 16, "label": "P Jasa Pendidikan"})
    answers = [read_answer(fetched(content)) for content in (body, json.dumps(payload).encode())]
    with pytest.raises(ImplausibleFigureError, match="pada jawaban sebelumnya baris itu kategori lain"):
        build_table(LETTERED.found, LETTERED.series["adhb"], answers, [decode(a.payload) for a in answers])


def test_a_category_of_which_a_city_has_nothing_is_zero_and_fine() -> None:
    def no_mining(payload: dict[str, Any]) -> None:
        var, content = payload["var"][0]["val"], payload["datacontent"]
        mining, total = (row(payload, start)["val"] for start in ("Pertambangan", "Produk Domestik"))
        for year in (123, 124):
            content[f"{total}{var}0{year}0"] -= content[f"{mining}{var}0{year}0"]
            content[f"{mining}{var}0{year}0"] = 0

    table = read(no_mining)
    assert {cell.value for cell in table.cells if cell.sector == "B"} == {0}


TITLES = [
    (
        "[Seri 2010] Laju Pertumbuhan PDRB Menurut Lapangan Usaha",
        "tidak menyebut PDRB atas dasar harga berlaku",
    ),
    ("PDRB Tanpa Migas Atas Dasar Harga Berlaku Menurut Lapangan Usaha", "menyebut PDRB tanpa migas"),
]


@pytest.mark.parametrize(("title", "doubt"), TITLES)
def test_a_table_whose_title_says_something_else_is_refused_unless_it_was_pinned(
    title: str, doubt: str
) -> None:
    def change(payload: dict[str, Any]) -> None:
        payload["var"][0]["label"] = title

    with pytest.raises(LkjipError, match=doubt):
        read(change)
    assert any(doubt in remark for remark in read(change, pinned=True).remarks)


def test_a_title_that_contradicts_the_unit_is_refused() -> None:
    def change(payload: dict[str, Any]) -> None:
        payload["var"][0]["label"] += " (Miliar Rupiah)"

    with pytest.raises(LkjipError, match="satuan dan judul tidak boleh bertentangan"):
        read(change)


def test_a_title_of_both_prices_needs_columns_that_tell_them_apart() -> None:
    def both(columns: list[dict[str, Any]]) -> Change:
        def change(payload: dict[str, Any]) -> None:
            payload["var"][0]["label"] = (
                "PDRB Atas Dasar Harga Berlaku dan Konstan 2010 Menurut Lapangan Usaha"
            )
            payload["turvar"] = columns

        return change

    columns = [{"val": "0", "label": "Harga Berlaku"}, {"val": "7", "label": "Harga Konstan 2010"}]
    assert len(read(both(columns)).cells) == len(BILINGUAL.tables["adhb"].cells)
    with pytest.raises(LkjipError, match="tidak jelas mana yang diperlukan"):
        read(both([{"val": "0", "label": "Tidak ada"}]))


def test_an_only_column_of_other_prices_is_refused() -> None:
    with pytest.raises(LkjipError, match="tidak jelas mana yang diperlukan"):
        read(lambda payload: payload.update(turvar=[{"val": "0", "label": "Harga Konstan 2010"}]))
