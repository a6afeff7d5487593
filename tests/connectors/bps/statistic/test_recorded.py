"""Recorded answers of BPS: the figure that row, column and part of the year name, or why there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from connectors.bps.dynamic.decode import decode
from connectors.bps.statistic.read import StatisticCell, StatisticTable, take_cells
from connectors.bps.statistic.titles import FoundTable
from core.errors import ImplausibleFigureError, NothingFoundError
from office.bps import Statistic
from tests.connectors.given.recorded import payload

AMBON, BY_PROVINCE = "ambon_inflasi_var218_full_with_related.json", "data_0000_var291_th124.json"
VICTIMS, PEOPLE = "data_0000_1804.json", "data_31_2023_2024.json"


def table(name: str, **changes: Any) -> StatisticTable:
    part = decode(payload(name) | changes)
    return StatisticTable(FoundTable("0000", part.var_id, part.title, part.unit), (part,), ())


def take(name: str, **wanted: str) -> dict[tuple[str, int], StatisticCell]:
    cells = take_cells(table(name), Statistic.model_validate(wanted))
    return {(cell.label, cell.year): cell for cell in cells}


def test_a_month_is_chosen_by_its_name() -> None:
    taken = take(AMBON, table="inflasi tahun kalender", row="Ambon", period="Oktober")
    assert {place: cell.value for place, cell in taken.items()} == {
        ("Ambon, Oktober", 2017): Decimal("0.21"),
        ("Ambon, Oktober", 2022): Decimal("4.61"),
    }, "October of 2019 is missing and is not taken from another month"


def test_the_year_of_a_monthly_table_is_its_own_column() -> None:
    taken = take(AMBON, table="inflasi", row="Tual", period="tahun")
    assert {place: cell.value for place, cell in taken.items()} == {("Tual, Tahunan", 2017): Decimal("9.41")}


def test_a_table_of_one_number_a_year_needs_no_period() -> None:
    cell = take(BY_PROVINCE, table="laju pertumbuhan", row="Jawa Timur")["JAWA TIMUR", 2024]
    assert (cell.value, cell.status) == (Decimal("4.93"), "sementara")


def test_several_years_of_one_answer_are_told_apart() -> None:
    taken = take(VICTIMS, table="korban", row="Terluka")
    assert [(year, cell.value) for (_, year), cell in sorted(taken.items())] == [
        (2017, Decimal(1088)),
        (2018, Decimal(21218)),
        (2019, Decimal(3362)),
    ]


def test_a_share_needs_the_row_of_the_whole_too() -> None:
    taken = take(PEOPLE, table="penduduk", row="Siantar Barat", take="share", of="Pematangsiantar")
    assert taken["SIANTAR BARAT", 2024].value == Decimal(37956)
    assert taken["PEMATANGSIANTAR", 2024].value == Decimal(277054)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"row": "Ternate"}, "bernama 'Ternate' tidak ada; yang ada: Ambon, Tual"),
        ({"row": ""}, "belum dipilih; yang ada: Ambon, Tual"),
        ({"row": "Ambon", "characteristic": "Perkotaan"}, "Karakteristik tabel"),
        ({"row": "Ambon", "period": "Triwulan I"}, "tidak memuat bagian tahun Triwulan I"),
    ],
)
def test_what_the_table_has_not_is_refused_with_what_it_has(wanted: dict[str, str], message: str) -> None:
    with pytest.raises(NothingFoundError, match=r"indicators\.yaml") as refused:
        take(AMBON, **({"table": "inflasi", "period": "Januari"} | wanted))
    assert message in str(refused.value)


def test_of_many_rows_the_nearest_are_named() -> None:
    with pytest.raises(NothingFoundError, match="yang mirip: JAWA TIMUR, JAWA BARAT"):
        take(BY_PROVINCE, table="laju pertumbuhan", row="Jawa Timor")


def test_a_name_that_two_rows_have_is_refused_with_both() -> None:
    with pytest.raises(NothingFoundError, match=r"ada beberapa: KEP\. BANGKA BELITUNG, KEP\. RIAU"):
        take(BY_PROVINCE, table="laju pertumbuhan", row="Kep.")


def test_a_table_that_has_another_title_by_now_is_refused() -> None:
    with pytest.raises(NothingFoundError, match=r"kini berjudul .* tanpa 'pengangguran'"):
        take(AMBON, table="pengangguran", row="Ambon", period="Januari")


def test_text_in_the_place_of_the_figure_is_refused_and_elsewhere_it_is_not() -> None:
    content = payload(AMBON)["datacontent"] | {"1218012210": "4,61 r"}
    october = Statistic.model_validate({"table": "inflasi", "row": "Ambon", "period": "Oktober"})
    with pytest.raises(ImplausibleFigureError, match="bukan angka untuk Ambon tahun 2022"):
        take_cells(table(AMBON, datacontent=content), october)
    may = Statistic.model_validate({"table": "inflasi", "row": "Ambon", "period": "Mei"})
    assert take_cells(table(AMBON, datacontent=content), may)


def test_inflation_may_be_below_zero_and_a_part_of_a_hundred_may_not() -> None:
    assert take(AMBON, table="inflasi", row="Ambon", period="Februari")["Ambon, Februari", 2022].value < 0
    variable = payload(AMBON)["var"][0] | {"label": "Persentase Penduduk Miskin"}
    poverty = Statistic.model_validate({"table": "penduduk miskin", "row": "Ambon", "period": "Februari"})
    with pytest.raises(ImplausibleFigureError, match="tidak dapat di luar 0 sampai 100"):
        take_cells(table(AMBON, var=[variable]), poverty)
