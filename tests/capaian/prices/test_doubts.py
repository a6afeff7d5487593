"""Prices in doubt: slips of a thousand, ranges, jumps, repeated prices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capaian.prices.results import Flag
from capaian.prices.rules import Bounds, Doubt
from tests.capaian.given.price_series import SHORT, D, MarketSeries, daily, day, find_doubts

RICE = Bounds(D(8000), D(20000))


def doubts(series: MarketSeries, bounds: Bounds | None = None) -> list[tuple[int, Doubt, int]]:
    """Day of the year, doubt, and days concerned of every flag."""
    return [
        (flag.day.timetuple().tm_yday, flag.doubt, flag.days) for flag in find_doubts(series, bounds, SHORT)
    ]


def only(series: MarketSeries, bounds: Bounds | None = None) -> Flag:
    (flag,) = find_doubts(series, bounds, SHORT)
    return flag


def test_prices_that_move_a_little_are_in_no_doubt():
    assert doubts(daily(12000, 12500, 11900, 12100), RICE) == []


def test_a_thousandth_of_the_day_before_is_a_slip_and_the_next_day_is_none():
    flag = only(daily(12506, "12.508", 12510))
    assert (flag.day, flag.price, flag.doubt) == (day(2), D("12.508"), Doubt.SLIP)
    assert flag.explanation == (
        "12,51 adalah sekitar seperseribu dari 12.506, harga terakhir yang dipercaya (1 Januari 2023)"
    )


def test_a_thousand_times_the_day_before_is_a_slip():
    flag = only(daily(12506, 12508000, 12510))
    assert flag.doubt is Doubt.SLIP
    assert flag.explanation.startswith("12.508.000 adalah sekitar seribu kali 12.506")


@pytest.mark.parametrize(
    ("price", "doubt"),
    [
        ("4", Doubt.SLIP), ("36", Doubt.SLIP), ("3.99", Doubt.JUMP), ("36.01", Doubt.JUMP),
        ("4000000", Doubt.SLIP), ("36000000", Doubt.SLIP), ("3999999", Doubt.JUMP), ("36000001", Doubt.JUMP),
    ],
)  # fmt: skip
def test_a_slip_is_within_a_factor_of_three_of_a_thousand(price: str, doubt: Doubt):
    assert only(daily(12000, price, 12000)).doubt is doubt


def test_a_slip_on_the_first_day_shows_beside_the_median():
    flag = only(daily("12.506", 12508, 12510))
    assert (flag.day, flag.doubt) == (day(1), Doubt.SLIP)
    assert flag.explanation.endswith("seperseribu dari 12.508, harga tengah deret ini")


def test_of_two_prices_the_lower_is_held_for_the_slip():
    assert doubts(daily("12.506", 12508)) == [(1, Doubt.SLIP, 1)]


def test_a_whole_series_in_thousands_is_a_slip_on_every_day_by_its_bounds():
    found = doubts(daily("12.5", "12.6", "12.4"), RICE)
    assert found == [(n, doubt, 1) for n in (1, 2, 3) for doubt in (Doubt.RANGE, Doubt.SLIP)]


def test_a_slip_by_bounds_says_which_price_they_would_believe():
    slip = find_doubts(daily("12.5"), RICE, SHORT)[1]
    assert (
        slip.explanation
        == "12,5 di luar kisaran 8.000 sampai 20.000, sedangkan seribu kalinya, 12.500, di dalamnya"
    )


def test_the_bounds_themselves_are_believed():
    assert doubts(daily(8000, 11000, 15000, 20000), RICE) == []


def test_bounds_with_decimals_are_compared_exactly():
    bounds = Bounds(D("8000.5"), D("9000.5"))
    assert doubts(daily(8000, 8001, 9000, 9001), bounds) == [(1, Doubt.RANGE, 1), (4, Doubt.RANGE, 1)]


def test_a_price_outside_its_range_says_on_which_side():
    flag = only(daily(19000, 21000, 19500), RICE)
    assert flag.doubt is Doubt.RANGE
    assert flag.explanation == "21.000 di atas kisaran yang dipercaya, 8.000 sampai 20.000"


def test_a_jump_is_told_with_its_figures_and_the_return_is_no_second_one():
    flag = only(daily(20000, 32000, 20500))
    assert (flag.day, flag.doubt, flag.days) == (day(2), Doubt.JUMP, 1)
    assert flag.explanation == (
        "32.000 naik 60,00% dari 20.000, harga terakhir yang dipercaya (1 Januari 2023); batasnya 50%; "
        "sesudah itu harga kembali"
    )


def test_a_fall_is_a_jump_too():
    assert only(daily(20000, 9999, 20000)).explanation.startswith("9.999 turun 50,01% dari 20.000")


def test_a_change_of_just_the_bound_is_no_jump():
    assert doubts(daily(20000, 30000, 15000, 10000)) == []


def test_a_jump_taken_back_after_two_days_is_one_flag_over_both():
    assert doubts(daily(20000, 32000, 33000, 20000)) == [(2, Doubt.JUMP, 2)]


def test_a_level_that_lasts_is_flagged_once_and_then_believed():
    series = daily(20000, 32000, 33000, 34000, 36000, 33000, 32000)
    flag = only(series)
    assert (flag.day, flag.days) == (day(2), 1)
    assert flag.explanation.endswith("tingkat ini bertahan 3 hari pengamatan, lalu dipercaya")


def test_after_a_lasting_rise_the_return_is_a_jump_of_its_own():
    found = doubts(daily(20000, 45000, 45500, 45000, 20000, 20000, 20000, 20000))
    assert found == [(2, Doubt.JUMP, 1), (5, Doubt.JUMP, 1)]


def test_a_second_jump_before_the_first_has_lasted_is_another_flag():
    assert doubts(daily(10000, 16000, 30000, 10000)) == [(2, Doubt.JUMP, 1), (3, Doubt.JUMP, 1)]


def test_a_jump_on_the_last_day_has_yet_to_last():
    assert only(daily(20000, 32000)).explanation.endswith(
        "belum terbukti bertahan sampai hari pengamatan terakhir"
    )


def test_a_slip_within_a_new_level_does_not_break_it():
    found = doubts(daily(20000, 32000, "32.5", 33000, 33000, 33000))
    assert found == [(2, Doubt.JUMP, 1), (3, Doubt.SLIP, 1)]


def test_a_level_outside_its_range_is_never_believed():
    found = doubts(daily(12000, 25000, 25100, 25200, 25300, 12000), RICE)
    assert (2, Doubt.JUMP, 4) in found
    assert [number for number, doubt, _ in found if doubt is Doubt.RANGE] == [2, 3, 4, 5]


def test_a_price_outside_its_range_is_nothing_to_compare_with():
    assert doubts(daily(25000, 12000), RICE) == [(1, Doubt.RANGE, 1)]
    found = doubts(daily(15000, 21000, 30000, 15000), RICE)
    assert found == [(2, Doubt.RANGE, 1), (3, Doubt.RANGE, 1), (3, Doubt.JUMP, 1)]


def test_a_slow_rise_is_in_no_doubt_however_far_it_goes():
    assert doubts(daily(*[round(10000 * 1.02**n) for n in range(60)])) == []


@pytest.mark.parametrize("before", range(14, 36))
def test_two_steps_that_are_no_jump_are_none_together(before: int):
    calm = [10000 + n for n in range(before)]
    assert doubts(daily(*calm, 14000, 20000, 20001, 20002)) == []


@pytest.mark.parametrize("before", [*range(14, 19), 31, 32, 33])
def test_a_jump_is_found_wherever_it_stands(before: int):
    calm, risen = [10000 + n for n in range(before)], [16000 + n for n in range(20)]
    assert doubts(daily(*calm, *risen)) == [(before + 1, Doubt.JUMP, 1)]


def test_days_without_observation_do_not_hide_a_jump():
    assert doubts(daily(20000, None, None, 32000, 20000)) == [(4, Doubt.JUMP, 1)]


def test_a_repeated_price_is_one_flag_with_its_first_day_and_its_length():
    series = daily(12000, *[12500] * 10, None, None, *[12500] * 25, 12600)
    flag = only(series)
    assert (flag.day, flag.doubt, flag.days) == (day(2), Doubt.REPEATED, 35)
    assert flag.explanation == (
        "12.500 sama persis pada 35 hari pengamatan berturut-turut, 2 Januari 2023 sampai 7 Februari 2023: "
        "mungkin harga lama yang diulang, mungkin harganya memang tetap"
    )


@pytest.mark.parametrize(("length", "before"), [(n, b) for n in (29, 30, 31) for b in (0, 1, 7, 14, 15, 29)])
def test_a_run_counts_from_the_stated_length_wherever_it_starts(length: int, before: int):
    series = daily(*[12000 + n for n in range(before)], *[12500] * length, 13000)
    expected = [(before + 1, Doubt.REPEATED, length)] if length >= 30 else []
    assert doubts(series) == expected


def test_two_days_can_be_a_run():
    rules = replace(SHORT, repeated_days=2)
    found = find_doubts(daily(1000, 1001, 1001, 1002), None, rules)
    assert [(flag.day, flag.days) for flag in found] == [(day(2), 2)]


def test_a_price_can_be_in_several_doubts():
    found = doubts(daily(12000, 19000, 12000), Bounds(D(8000), D(18000)))
    assert found == [(2, Doubt.RANGE, 1), (2, Doubt.JUMP, 1)]


def test_a_jump_far_into_a_calm_year_is_found():
    prices = [10000 + n % 7 * 100 for n in range(365)]
    prices[200] = 16000
    prices[300] = 5000
    prices[305:] = [15900] * 60
    found = doubts(daily(*prices))
    assert found == [
        (201, Doubt.JUMP, 1), (301, Doubt.JUMP, 1), (306, Doubt.REPEATED, 60), (306, Doubt.JUMP, 1),
    ]  # fmt: skip


def test_without_prices_there_is_no_doubt():
    assert doubts(daily()) == []


def test_a_zero_is_refused_as_it_is_no_observation():
    with pytest.raises(ValueError, match="bukan pengamatan"):
        find_doubts(daily(12000, 0), None, SHORT)
