"""What tables tell about each other: exchanged categories, mistaken units, revisions too large to be ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connectors.bps.checks import check_exchange, compare_tables
from connectors.bps.tables import PdrbCell, PdrbTable
from core.errors import ImplausibleFigureError

VALUES = {("C", 2022): "1500", ("G", 2022): "3000", ("TOTAL", 2022): "25000",
          ("C", 2023): "1578", ("G", 2023): "3146", ("TOTAL", 2023): "26000"}  # fmt: skip


def table(measure: str, values: dict[tuple[str, int], str]) -> PdrbTable:
    cells = tuple(
        PdrbCell(sector, sector, year, Decimal(v), "tetap", False, 0, Decimal(v))
        for (sector, year), v in values.items()
    )
    return PdrbTable(measure, "3529", "1", f"Tabel {measure}", "", None, None, "", cells, ())


def exchanged(values: dict[tuple[str, int], str], one: str, other: str) -> dict[tuple[str, int], str]:
    names = {one: other, other: one}
    return {(names.get(sector, sector), year): value for (sector, year), value in values.items()}


SHARES = {("C", 2022): "6.00", ("G", 2022): "12.00", ("C", 2023): "6.07", ("G", 2023): "12.10"}
GROWTH = {("C", 2023): "5.20", ("G", 2023): "4.87", ("TOTAL", 2023): "4.00"}


def test_rates_that_fit_leave_no_remark() -> None:
    tables = [table("adhb", VALUES), table("share", SHARES)]
    assert compare_tables(tables) == tables
    tables = [table("adhk", VALUES), table("growth", GROWTH)]
    assert compare_tables(tables) == tables


@pytest.mark.parametrize(
    ("values", "rates"), [(("adhb", VALUES), ("share", SHARES)), (("adhk", VALUES), ("growth", GROWTH))]
)
def test_two_categories_with_each_others_rates_are_refused(
    values: tuple[str, dict[tuple[str, int], str]], rates: tuple[str, dict[tuple[str, int], str]]
) -> None:
    one, other = table(*values), table(*rates)
    with pytest.raises(ImplausibleFigureError, match="kategori C dan G tertukar"):
        compare_tables([table(values[0], exchanged(values[1], "C", "G")), other])
    with pytest.raises(ImplausibleFigureError, match="kategori C dan G tertukar"):
        compare_tables([one, table(rates[0], exchanged(rates[1], "C", "G"))])


def test_one_wrong_rate_is_a_remark_and_no_exchange() -> None:
    compared = compare_tables([table("adhk", VALUES), table("growth", {**GROWTH, ("C", 2023): "-5.20"})])
    assert compared[1].remarks == (
        "C 2023: 'Tabel growth' menyebut -5,20, sedangkan hasil hitung dari nilainya 5,20.",
    )


@pytest.mark.parametrize("factor", [1000, 10, Decimal("0.1"), Decimal("0.001")])
def test_prices_that_cannot_belong_together_are_refused(factor: Decimal) -> None:
    current = table("adhb", {("TOTAL", 2023): str(Decimal("42847.97") * factor)})
    with pytest.raises(ImplausibleFigureError, match="mungkin satuan salah satunya keliru"):
        compare_tables([current, table("adhk", {("TOTAL", 2023): "26244.80"})])


def earlier(values: dict[tuple[str, int], str]) -> dict[tuple[str, int], Decimal]:
    return {place: Decimal(value) for place, value in values.items()}


def test_a_revision_moves_figures_a_little() -> None:
    revised = {place: str(Decimal(value) * Decimal("1.02")) for place, value in VALUES.items()}
    check_exchange(table("adhb", revised), earlier(VALUES))
    check_exchange(table("adhb", {**VALUES, ("C", 2023): "2500"}), earlier(VALUES))
    check_exchange(table("adhb", VALUES), {})


def test_categories_that_have_each_others_old_values_are_refused() -> None:
    with pytest.raises(ImplausibleFigureError, match=r"kategori C dan G tertukar .* angka yang tersimpan"):
        check_exchange(table("adhk", exchanged(VALUES, "C", "G")), earlier(VALUES))


def test_rates_are_not_compared_with_earlier_ones() -> None:
    check_exchange(table("growth", exchanged(GROWTH, "C", "G")), earlier(GROWTH))
