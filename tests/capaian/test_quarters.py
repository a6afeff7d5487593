"""A year out of its quarters, and a sum of years: exact, and nothing taken as nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capaian.cumulative import cumulate
from capaian.quarters import Quarters, quarter_names, year_of_quarters
from capaian.values import Grade, Quantity

THIRDS = {
    n: Quantity(Decimal(amount), "m") for n, amount in enumerate(("0.1", "-0.2", "1", "1e-30"), start=1)
}


def test_a_sum_is_exact_and_shows_negative_terms_in_brackets() -> None:
    found = year_of_quarters(Quarters.SUM, THIRDS)
    assert found.value == Quantity(Decimal("0.900000000000000000000000000001"), "m")
    assert found.formula == "0,1 + (-0,2) + 1 + 0"


def test_a_mean_is_of_all_four() -> None:
    found = year_of_quarters(Quarters.MEAN, THIRDS)
    assert found.value == Quantity(Decimal("0.22500000000000000000000000000025"), "m")
    assert found.formula.endswith(") / 4")


@pytest.mark.parametrize("way", [Quarters.SUM, Quarters.MEAN])
def test_one_quarter_that_lacks_leaves_no_year(way: Quarters) -> None:
    found = year_of_quarters(way, {n: THIRDS[n] for n in (1, 2, 4)})
    assert (found.value, found.formula, found.missing) == (None, "", (3,))


def test_the_last_one_filled_counts_whatever_stands_before_it() -> None:
    found = year_of_quarters(Quarters.LAST, {2: Grade("BB"), 3: Grade("A")})
    assert (found.value, found.last, found.missing) == (Grade("A"), 3, (1,))


@pytest.mark.parametrize(
    ("quarters", "said"),
    [((2,), "Triwulan II"), ((3, 4), "Triwulan III dan IV"), ((1, 2, 4), "Triwulan I, II, dan IV")],
)
def test_quarters_are_named_as_people_do(quarters: tuple[int, ...], said: str) -> None:
    assert quarter_names(quarters) == said


def test_years_add_up_from_the_first_one() -> None:
    years = {2021: Quantity(Decimal(24)), 2022: Quantity(Decimal(31)), 2023: Quantity(Decimal(18))}
    assert cumulate(range(2021, 2024), years).formula == "24 + 31 + 18 = 73"
    assert cumulate(range(2021, 2022), years) == cumulate([2021], {2021: Quantity(Decimal(24))})
    assert cumulate([2021], years).formula == "", "one year is its own figure"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (range(2020, 2024), "realisasi tahun 2020 dan 2022 tidak ada dalam data"),
        (range(2023, 2023), "tahun itu sebelum masa Renstra"),
        ([2021, 2024], "satuan realisasi tahun-tahunnya berbeda"),
    ],
)
def test_why_years_do_not_add_up_is_said(years: range, said: str) -> None:
    known = {
        2021: Quantity(Decimal(24), "unit"),
        2022: None,
        2023: Quantity(Decimal(18), "Unit"),
        2024: Quantity(Decimal(1), "orang"),
    }
    found = cumulate(years, known)
    assert found.value is None
    assert said in found.why_not
