"""New figures against stored ones: a revision, or something else that only looks like figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connectors.bps import BpsClient, PdrbTable, search_series
from connectors.bps.revisions import check_revision
from core.errors import ImplausibleFigureError
from tests.connectors.given.reading import read_pdrb


@pytest.fixture
def adhk(client: BpsClient) -> PdrbTable:
    tables = read_pdrb(client, search_series(client, "3529"), [2022, 2023])
    return next(table for table in tables if table.measure == "adhk")


def stored(table: PdrbTable, factor: str = "1") -> dict[tuple[str, str, int], Decimal]:
    return {("adhk", c.sector, c.year): c.value * Decimal(factor) for c in table.cells}


@pytest.mark.parametrize("factor", ["1", "0.97", "1.06", "0.7", "1.4"])
def test_a_revision_of_some_per_cent_is_believed(adhk: PdrbTable, factor: str) -> None:
    check_revision(adhk, stored(adhk, factor))


@pytest.mark.parametrize("factor", ["1000", "0.001", "100", "2", "-1", "0"])
def test_a_change_of_unit_or_a_slip_is_not(adhk: PdrbTable, factor: str) -> None:
    with pytest.raises(ImplausibleFigureError) as caught:
        check_revision(adhk, stored(adhk, factor))
    assert "Pertanian" in str(caught.value), "the first row is named"
    assert "tetap dipakai" in caught.value.todo


def test_two_rows_that_swapped_their_names_are_seen(adhk: PdrbTable) -> None:
    known = stored(adhk)
    for year in (2022, 2023):
        industry, trade = ("adhk", "C", year), ("adhk", "G", year)
        known[industry], known[trade] = known[trade], known[industry]
    with pytest.raises(ImplausibleFigureError):
        check_revision(adhk, known)


def test_what_is_not_stored_yet_is_not_compared(adhk: PdrbTable) -> None:
    check_revision(adhk, {})
    check_revision(adhk, {("adhb", "C", 2023): Decimal(1), ("adhk", "C", 2019): Decimal(1)})


def test_both_figures_stand_in_the_message(adhk: PdrbTable) -> None:
    total = adhk.find("TOTAL", 2023)
    assert total is not None
    with pytest.raises(ImplausibleFigureError) as caught:
        check_revision(adhk, {("adhk", "TOTAL", 2023): total.value / 1000})
    assert "26.244,80 miliar rupiah untuk PDRB seluruhnya tahun 2023" in str(caught.value)
    assert "yang tersimpan 26,24" in str(caught.value)
