"""Each rule of measuring, and printed figures of three offices by the formula that gives them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.efficiency import average, efficiency, is_efficient
from capaian.measure import STATED, Capaian, Direction, Formula, measure
from capaian.rules import DEFAULT, Cap, Categories, Category, Meaning, Ordinal, Over, Rules, Zero
from capaian.values import Grade, Quantity, parse_value
from core.numbers import format_number

D = Decimal
JABAR = Categories(
    (
        Category("Sangat baik", D(100), included=False, printed="> 100"),
        Category("Baik", D(80)),
        Category("Sedang", D(55)),
        Category("Kurang", None),
    )
)
percents = st.decimals(min_value=-1000, max_value=5000, places=4)


def of(target: str, realisasi: str, **given: object) -> Capaian:
    return measure(parse_value(target), parse_value(realisasi), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        ("90.6835", "Baik"), ("100.239", "Sangat baik"), ("100", "Baik"), ("100.0001", "Sangat baik"),
        ("80", "Baik"), ("79.9999", "Sedang"), ("60", "Sedang"), ("55", "Sedang"), ("23.79", "Kurang"),
        ("-104.66", "Kurang"),
    ],
)  # fmt: skip
def test_categories_of_another_office_are_its_own_and_not_rounded_into(percent: str, name: str) -> None:
    assert JABAR.find(D(percent)).name == name


@given(percents)
def test_every_capaian_has_a_category_on_every_scale(percent: Decimal) -> None:
    for scale in (JABAR, DEFAULT.categories):
        assert scale.find(percent) in scale.rows


@pytest.mark.parametrize(
    ("target", "realisasi", "formula", "printed", "truncated"),
    [
        # Disperindag Jawa Barat 2016, table 3.2
        ("185,80", "168,49", None, "90,68", False),
        ("202955", "203440", None, "100,23", True),
        ("15", "1309", None, "8.726", True),
        ("3000", "2345", None, "78,16", True),
        ("9000", "9133", None, "101,47", True),
        ("3", "-3,14", None, "-104,66", True),
        ("125", "208", None, "166,4", False),
        ("2,5", "1,89", None, "75,6", False),
        ("25", "24", None, "96", False),
        ("5", "3", None, "60", False),
        ("3900", "928", None, "23,79", False),
        ("1,5", "10,90", None, "726,66", True),
        # the same, table 3.4 against the end of the Renstra, and table 3.3 against the year before
        ("207,31", "168,49", None, "81,27", False),
        ("25", "1309", None, "5.236", False),
        ("15000", "9133", None, "60,8", True),
        ("2285", "2345", None, "102,62", True),
        # Inspektorat Jawa Barat 2016, table 3.1
        ("60%", "74,85%", None, "124", True),
        ("90%", "77,30%", None, "85,9", False),
        ("73 orang", "61 orang", None, "83,6", False),
        # DKUPP Sumenep 2023, table 3.9
        ("14,8%", "11,70%", Formula.LOWER, "126,49", True),
        # none of the prints has the third formula right: Disperindag, 4.2.1, prints 1000
        ("2", "0", Formula.LOWER_BY_DISTANCE, "200", False),
    ],
)
def test_printed_figures_follow_from_their_formula(
    target: str, realisasi: str, formula: Formula | None, printed: str, truncated: bool
) -> None:
    lower = formula in (Formula.LOWER, Formula.LOWER_BY_DISTANCE)
    capaian = of(target, realisasi, formula=formula, direction=Direction.LOWER if lower else Direction.HIGHER)
    assert capaian.percent is not None
    places = len(printed.partition(",")[2])
    if truncated:
        cut = int(capaian.percent.scaleb(places))  # towards zero
        assert format_number(D(cut).scaleb(-places), places) == printed
    else:
        assert format_number(capaian.percent, places) == printed


@pytest.mark.parametrize(
    ("target", "realisasi", "printed", "right"),
    [
        ("6831222", "4341614", "63,46", "63,56"),
        ("80%", "80%", "98,8", "100,00"),
        ("-3,27", "-3,14", "(96,9)", "103,98"),
    ],
)
def test_printed_figures_that_no_formula_gives_have_a_right_one(
    target: str, realisasi: str, printed: str, right: str
) -> None:
    percent = of(target, realisasi).percent
    assert percent is not None
    assert format_number(percent, 2) == right != printed


def test_a_cap_holds_where_the_office_says() -> None:
    both = of("20", "36", rules=replace(DEFAULT, cap=Cap(D(120))))
    assert (both.percent, both.averaged, both.reached) == (120, 120, True)
    assert both.formula == "paling banyak 120 dari 36 / 20 x 100"
    only_average = of("20", "36", rules=replace(DEFAULT, cap=Cap(D(120), shown=False)))
    assert (only_average.percent, only_average.averaged) == (180, 120)
    only_shown = of("20", "36", rules=replace(DEFAULT, cap=Cap(D(120), averaged=False)))
    assert (only_shown.percent, only_shown.averaged) == (120, 180)
    assert of("20", "21", rules=replace(DEFAULT, cap=Cap(D(120)))) == of("20", "21")


def test_zero_gives_what_the_office_says_and_is_never_half_known() -> None:
    lower = {"direction": Direction.LOWER}
    assert of("2", "0", **lower).percent == 100
    assert of("2", "0", rules=replace(DEFAULT, zero=Zero(D(1000))), **lower).percent == 1000
    unknown = of("2", "0", rules=replace(DEFAULT, zero=Zero(None, None)), **lower)
    assert (unknown.percent, unknown.reached) == (None, None)
    assert "tidak dapat menjadi pembagi" in unknown.note


def test_averages_are_of_all_or_of_the_computable_ones() -> None:
    assert average([D(100), None]) is None
    assert average([D(100), None], Over.COMPUTABLE) == 100
    assert average([None], Over.COMPUTABLE) is None


def test_efficiency_is_a_ratio_or_what_was_saved() -> None:
    saved = efficiency(D("100.239"), D("81.23"), Meaning.SAVED)
    assert saved == D("18.77")  # Disperindag Jawa Barat 2016, table 3.5
    assert is_efficient(saved, Meaning.SAVED, reached=True)
    assert not is_efficient(saved, Meaning.SAVED, reached=False)
    assert not is_efficient(D(0), Meaning.SAVED, reached=True)


@pytest.mark.parametrize(
    ("target", "realisasi", "percent"),
    [("WTP", "WTP", 100), ("WDP", "WTP", 100), ("WTP", "TW", 50), ("III", "IV", 100), ("III", "II", None)],
)
def test_ordinal_scales_go_by_their_order(target: str, realisasi: str, percent: int | None) -> None:
    found = of(target, realisasi).percent
    assert found == percent if percent is not None else found is not None and found < 100


def test_an_office_s_own_scale_is_found_by_its_name() -> None:
    own = Ordinal("warna", ("Hijau", "Kuning", "Merah"))
    rules = replace(DEFAULT, ordinals=(own, *DEFAULT.ordinals))
    assert of("Hijau", "Kuning", scale="warna", rules=rules).reached is False
    assert of("Hijau", "Kuning").percent is None
    assert of("A", "A", scale="warna", rules=rules).percent is None


@pytest.mark.parametrize(
    ("target", "realisasi", "reached", "percent"),
    [
        (">= 80 %", "80%", True, 100), ("≥ 80%", "96%", True, 100), ("> 80%", "80%", False, 100),
        (">= 80%", "40%", False, 50), ("< 4%", "2%", True, 100), ("<= 4%", "8%", False, 50),
    ],
)  # fmt: skip
def test_a_target_relative_to_a_number(target: str, realisasi: str, reached: bool, percent: int) -> None:
    capaian = of(target, realisasi)
    assert (capaian.reached, capaian.percent) == (reached, percent)


def test_a_target_relative_to_another_figure_needs_that_figure() -> None:
    lower = {"direction": Direction.LOWER}
    unknown = of("< inflasi nasional", "2,75%", **lower)
    assert (unknown.percent, unknown.reached) == (None, None)
    assert "inflasi nasional, tidak ada" in unknown.note
    assert of("< inflasi nasional", "2,75%", other=Quantity(D(3)), **lower).percent == 100
    above = of("< inflasi nasional", "4%", other=Quantity(D(3)), **lower)
    assert (above.percent, above.reached) == (75, False)


def test_a_range_that_may_be_missed_on_either_side() -> None:
    above, below = of("5-6%", "8%", formula=Formula.RANGE), of("5-6%", "4%", formula=Formula.RANGE)
    assert (above.percent, above.reached) == (75, False)
    assert (below.percent, below.reached) == (80, False)


def test_a_stated_capaian_is_not_computed_and_says_so() -> None:
    stated = of("< inflasi nasional", "2,75%", formula=Formula.STATED, stated=D(100))
    assert (stated.percent, stated.formula, stated.reached) == (100, STATED, True)
    assert "tidak dihitung" in stated.note
    assert of("2", "0", formula=Formula.STATED).percent is None


values = st.one_of(
    st.decimals(min_value=-100, max_value=100, places=2).map(Quantity),
    st.sampled_from(
        [parse_value(text) for text in ("5-6%", "A", "WTP", "> 3%", "≤ 0%", "< nasional", "7 unit")]
    ),
    st.sampled_from([Grade("D"), Grade("Hijau")]),
)
rules_of_offices = st.builds(
    replace,
    st.just(DEFAULT),
    cap=st.sampled_from([Cap(), Cap(D(100)), Cap(D(120), shown=False), Cap(D(150), averaged=False)]),
    zero=st.sampled_from([Zero(), Zero(None, None), Zero(None, D(0)), Zero(D(1000), None)]),
)


@given(
    values, values, st.sampled_from(Direction), st.sampled_from([None, *Formula]),
    st.none() | percents, rules_of_offices,
)  # fmt: skip
def test_a_capaian_is_whole_or_not_there_with_its_reason(
    target: object,
    realisasi: object,
    direction: Direction,
    formula: Formula | None,
    stated: Decimal | None,
    rules: Rules,
) -> None:
    capaian = measure(
        target, realisasi, direction=direction, formula=formula, stated=stated, rules=rules,  # type: ignore[arg-type]
    )  # fmt: skip
    known = capaian.percent is not None
    assert known == (capaian.reached is not None) == (capaian.averaged is not None)
    assert capaian.formula if known else capaian.note
