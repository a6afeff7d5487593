"""How much prices vary in a year: worked examples, and what is not measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from capaian.prices.results import CommodityYear
from capaian.prices.rules import Basis, Bounds, Deviation, Doubt, Method, Rules
from core.numbers import format_number
from tests.capaian.given.price_series import SHORT, D, MarketSeries, daily, day, measure_fluctuation, on

STRENGTHS = (1345, 1301, 1368, 1322, 1310, 1370, 1318, 1350, 1303, 1299)
"""The example of Microsoft's page on STDEV; it gives 27,46391572, and STDEVP 26,05455814."""
MONTHLY = replace(SHORT, method=Method.MONTHLY_CHANGE)
PEAK = replace(SHORT, method=Method.PEAK_MONTH)
DISPARITY = replace(SHORT, method=Method.DISPARITY)
EACH = replace(SHORT, basis=Basis.EACH_MARKET)


def measured(*series: MarketSeries, rules: Rules = SHORT, bounds: Bounds | None = None) -> CommodityYear:
    """The one commodity of the rules."""
    found = measure_fluctuation(series, 2023, rules, {"beras": bounds} if bounds else {})
    return found.commodities[0]


def shown(value: Decimal | None, places: int = 8) -> str:
    assert value is not None
    return format_number(value, places)


@pytest.mark.parametrize(
    ("deviation", "expected", "percent"),
    [(Deviation.SAMPLE, "27,46391572", "2,06713200"), (Deviation.POPULATION, "26,05455814", "1,96105360")],
)
def test_the_deviation_is_that_of_excel(deviation: Deviation, expected: str, percent: str):
    year = measured(daily(*STRENGTHS), rules=replace(SHORT, deviation=deviation))
    assert year.mean == D("1328.6")
    assert shown(year.deviation) == expected
    assert shown(year.value) == percent  # by 1328,6


def test_the_variation_of_two_prices_by_hand():
    # mean 11; deviations -1 and 1; sample: sqrt(2 / 1); population: sqrt(2 / 2) = 1
    assert measured(daily(10, 12), rules=replace(SHORT, deviation=Deviation.POPULATION)).deviation == 1
    assert shown(measured(daily(10, 12)).value, 4) == "12,8565"


def test_a_day_counts_with_the_mean_of_its_markets():
    year = measured(daily(10000, 12000, market="A"), daily(14000, 12000, market="B"))
    assert year.daily == ((day(1), D(12000)), (day(2), D(12000)))
    assert year.value == 0
    assert (year.observations, year.days, year.markets, year.months) == (4, 2, 2, 1)


def test_each_market_for_itself_varies_although_their_mean_does_not():
    year = measured(daily(10, 12, market="A"), daily(14, 12, market="B"), rules=EACH)
    # sqrt(2) / 11 and sqrt(2) / 13, their mean
    assert shown(year.value, 4) == "11,8675"
    assert year.deviation is None
    assert year.mean == 12


def test_a_missing_market_shifts_the_daily_mean_and_the_report_can_say_by_how_much():
    year = measured(
        daily(10000, 10000, 10000, 10000, market="A"), daily(14000, None, None, 14000, market="B")
    )
    assert year.uneven_days == 2
    assert year.value is not None
    assert year.value > 0
    assert year.composition == year.value, "no price moved, so all of it comes from the missing market"


def test_a_day_with_fewer_markets_has_the_mean_of_those():
    year = measured(daily(10000, 11000, market="A"), daily(14000, None, market="B"))
    assert year.daily == ((day(1), D(12000)), (day(2), D(11000)))
    assert year.mean == 11500


def test_each_market_for_itself_does_not_feel_a_missing_market():
    series = daily(10000, 10000, 10000, 10000, market="A"), daily(14000, None, None, 14000, market="B")
    year = measured(*series, rules=EACH)
    assert year.value == 0
    assert year.composition is None


def test_where_all_markets_are_there_every_day_composition_is_no_question():
    year = measured(daily(10000, 11000, market="A"), daily(14000, 15000, market="B"))
    assert (year.uneven_days, year.composition) == (0, None)


def test_lowest_and_highest_are_of_daily_means_with_their_first_day():
    year = measured(daily(10, 20, 20, 10, market="A"), daily(20, 40, 40, 20, market="B"))
    assert year.lowest is not None
    assert (year.lowest.price, year.lowest.day) == (15, day(1))
    assert year.highest is not None
    assert (year.highest.price, year.highest.day) == (30, day(2))


def test_lowest_and_highest_are_single_prices_where_each_market_varies_for_itself():
    year = measured(daily(10, 20, 40, market="A"), daily(40, 10, 20, market="B"), rules=EACH)
    assert year.lowest is not None
    assert (year.lowest.price, year.lowest.day) == (10, day(1))
    assert year.highest is not None
    assert (year.highest.price, year.highest.day) == (40, day(1))


def months(*means: str | int | None) -> MarketSeries:
    """A price on the 10th of each month, and the same on the 20th."""
    there = [(date(2023, m, d), p) for m, p in enumerate(means, 1) if p is not None for d in (10, 20)]
    return on([d for d, _ in there], *(p for _, p in there))


def test_monthly_change_is_the_mean_of_absolute_changes():
    # 100 -> 110: 10%; 110 -> 99: 10%; 99 -> 99: 0%
    assert shown(measured(months(100, 110, 99, 99), rules=MONTHLY).value) == "6,66666667"


def test_monthly_change_counts_successive_months_only():
    # 100 -> 110: 10%; April stands alone; 50 -> 60: 20%
    assert measured(months(100, 110, None, 500, None, 50, 60), rules=MONTHLY).value == 15


def test_monthly_change_needs_two_successive_months():
    year = measured(months(100, None, 110), rules=MONTHLY)
    assert year.value is None
    assert year.reason == "tidak ada dua bulan berturut-turut yang punya harga"


def test_months_of_unequal_length_count_by_their_means():
    series = on([date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 3), date(2023, 2, 1)], 100, 110, 105, 105)
    assert measured(series, rules=MONTHLY).value == 0
    assert measured(series, rules=PEAK).value == 0


def test_peak_month_is_the_highest_month_against_the_mean_of_months():
    # mean of 100, 100, 130 is 110; 130 / 110 - 1
    assert shown(measured(months(100, 100, 130), rules=PEAK).value) == "18,18181818"


def test_monthly_means_are_of_daily_means():
    series = on([date(2023, 1, 1), date(2023, 1, 2), date(2023, 3, 1)], 100, 110, 120)
    assert measured(series).monthly == {1: D(105), 3: D(120)}


def test_disparity_is_the_gap_between_markets_against_their_mean():
    # (120 - 80) / 100 = 40%; (110 - 90) / 100 = 20%; the third day has one market
    year = measured(daily(80, 110, 100, market="A"), daily(120, 90, market="B"), rules=DISPARITY)
    assert year.value == 30


def test_a_market_without_a_price_is_no_lowest_price():
    series = daily(80, 90, market="A"), daily(120, 110, market="B"), daily(100, None, market="C")
    assert measured(*series, rules=DISPARITY).value == 30


def test_disparity_needs_two_markets():
    year = measured(daily(100, 101, 102), rules=DISPARITY)
    assert year.reason == "hanya satu pasar yang punya harga, sehingga tidak ada disparitas antarpasar"


def test_disparity_needs_days_on_which_two_markets_have_prices():
    rules = replace(DISPARITY, least_days=3)
    year = measured(daily(100, 101, 102, market="A"), daily(100, 101, market="B"), rules=rules)
    assert year.reason == "hanya 2 hari dengan harga dari sedikitnya dua pasar, paling sedikit 3"


def test_a_slip_is_left_out_as_the_rules_say_and_stays_in_the_list():
    with_slip = measured(daily(12000, "12.5", 13000))
    assert with_slip.value == measured(daily(12000, None, 13000)).value
    assert (with_slip.left_out, with_slip.observations) == (1, 2)
    assert [flag.price for flag in with_slip.flags] == [D("12.5")]


def test_a_jump_is_only_listed_unless_the_office_chooses():
    series = daily(12000, 20000, 12100)
    listed = measured(series)
    assert (listed.left_out, listed.observations, len(listed.flags)) == (0, 3, 1)
    left_out = measured(series, rules=replace(SHORT, leave_out=frozenset({Doubt.JUMP})))
    assert (left_out.left_out, left_out.observations, len(left_out.flags)) == (1, 2, 1)


def test_a_repeated_price_is_left_out_over_its_whole_run_if_the_office_chooses():
    rules = replace(SHORT, leave_out=frozenset({Doubt.REPEATED}), repeated_days=3)
    year = measured(daily(10, 11, 11, 11, 12), rules=rules)
    assert [price for _, price in year.daily] == [10, 12]


def test_a_price_in_two_doubts_is_left_out_once():
    year = measured(daily("12.5", 12000, 12500), bounds=Bounds(D(8000), D(20000)))
    assert (len(year.flags), year.left_out) == (2, 1)


def test_a_range_is_asked_only_of_commodities_with_bounds():
    assert measured(daily(5, 6)).flags == ()
    assert measured(daily(5, 6), bounds=Bounds(D(7), D(9))).reason == (
        "semua harga (2) dikesampingkan menurut aturan pengukuran"
    )


def test_few_days_are_no_year():
    year = measured(daily(*range(100, 199)), rules=Rules(("beras",)))
    assert (year.value, year.stable) == (None, None)
    assert year.reason == "hanya 99 hari pengamatan, paling sedikit 100"
    assert year.mean == 149


def test_a_part_of_the_year_is_no_year():
    year = measured(daily(*range(100, 300)), rules=Rules(("beras",)))
    assert year.reason == "hanya 7 bulan yang punya harga, paling sedikit 10"


def test_a_single_day_has_no_deviation_whatever_the_rules():
    year = measured(daily(12000), rules=replace(SHORT, least_days=1))
    assert year.reason == "hanya 1 hari pengamatan, paling sedikit 2"


def test_a_market_with_few_days_is_set_aside_and_named():
    rules = replace(EACH, least_days=3)
    year = measured(daily(10, 12, 11, market="A"), daily(99, 20, market="B"), rules=rules)
    assert year.value == measured(daily(10, 12, 11, market="A"), rules=rules).value
    assert (year.short_markets, year.markets, year.observations) == (("B",), 1, 3)


def test_where_all_markets_have_few_days_the_fullest_is_told():
    rules = replace(EACH, least_days=4)
    year = measured(daily(10, 12, 11, market="A"), daily(20, 21, market="B"), rules=rules)
    assert year.reason == (
        "tidak ada pasar yang cukup datanya: di pasar terlengkap hanya 3 hari pengamatan, paling sedikit 4"
    )


def test_without_prices_the_reason_names_the_year():
    year = measured()
    assert year.reason == "tidak ada harga pada tahun 2023"
    assert (year.mean, year.lowest, year.daily, year.observations) == (None, None, (), 0)


def test_other_years_and_other_commodities_do_not_count():
    around = [date(2022, 12, 31), day(1), day(2), date(2024, 1, 1)]
    others = daily(1, 2, commodity="kayu")
    year = measured(on(around, 99000, 10000, 12000, 1), others)
    assert year == measured(daily(10000, 12000))


def test_two_series_of_one_market_are_refused():
    with pytest.raises(ValueError, match="beras di pasar 'Pasar Anom' ada dua kali"):
        measured(daily(10, 12), daily(11, 13))


def test_the_order_in_which_days_were_read_does_not_matter():
    later_first = MarketSeries("beras", "A", (day(2), day(1)), (D(12), D(10)))
    assert measured(later_first) == measured(daily(10, 12, market="A"))


def test_two_prices_of_a_market_on_one_day_are_refused():
    with pytest.raises(ValueError, match="beras di pasar 'A' ada dua kali pada 2023-01-01"):
        measured(MarketSeries("beras", "A", (day(1), day(1)), (D(1), D(2))))


def test_prices_with_many_decimals_stay_exact():
    # SP2KP gives unrounded means; one differs in the 12th decimal alone.
    year = measured(daily("16236.727272727272", "16236.727272727274"))
    assert year.mean == D("16236.727272727273")
    assert year.deviation is not None
    assert abs(year.deviation**2 - D("2E-24")) < D("1E-50")


def test_prices_longer_than_any_machine_number_stay_exact():
    year = measured(daily("16236.72727272727272727272", "16236.72727272727272727274"))
    assert year.mean == D("16236.72727272727272727273")


RULES = Rules(("beras", "cabai", "gula"), least_days=2, least_months=1, stable_at_most=D(9))
MARKET_DAYS = [
    daily(100, 102, market="A"),
    daily(100, 150, market="B", commodity="cabai", start=date(2023, 5, 1)),
    daily(90, 120, market="A", commodity="cabai", start=date(2023, 5, 1)),
    daily(7, market="C", commodity="gula", start=date(2023, 9, 1)),
]


def test_the_indicator_is_the_mean_of_the_measured_commodities():
    whole = measure_fluctuation(MARKET_DAYS, 2023, RULES, {})
    rice, chilli, sugar = whole.commodities
    assert [c.commodity for c in whole.commodities] == ["beras", "cabai", "gula"]
    assert whole.measured == (rice, chilli)
    assert rice.value is not None
    assert chilli.value is not None
    assert sugar.value is None
    assert shown(whole.value, 20) == shown((rice.value + chilli.value) / 2, 20)


def test_the_indicator_says_what_stands_behind_it():
    whole = measure_fluctuation(MARKET_DAYS, 2023, RULES, {})
    assert (whole.observations, whole.markets) == (6, ("A", "B"))
    assert (whole.first, whole.last) == (day(1), date(2023, 5, 2))
    assert whole.stable_share == 50


def test_without_any_measured_commodity_there_is_no_indicator():
    whole = measure_fluctuation([], 2023, RULES, {})
    assert (whole.value, whole.stable_share, whole.observations, whole.markets) == (None, None, 0, ())
    assert (whole.first, whole.last, whole.illustrative) == (None, None, False)


def test_just_the_bound_is_still_stable():
    rules = replace(SHORT, deviation=Deviation.POPULATION, stable_at_most=D(10))
    assert measured(daily(90, 110), rules=rules).stable is True
    assert measured(daily(89, 111), rules=rules).stable is False


def test_invented_prices_make_the_indicator_illustrative():
    invented = replace(daily(10, 12), illustrative=True)
    assert measure_fluctuation([invented], 2023, SHORT, {}).illustrative
    assert not measure_fluctuation([daily(10, 12)], 2023, SHORT, {}).illustrative


def test_invented_prices_that_were_all_left_out_do_not():
    invented = replace(daily("10.1", market="B", start=day(3)), illustrative=True)
    rules = replace(SHORT, leave_out=frozenset({Doubt.RANGE}))
    year = measured(daily(10000, 12000), invented, rules=rules, bounds=Bounds(D(5000), D(20000)))
    assert (year.left_out, year.illustrative) == (1, False)


def test_a_leap_year_counts_its_29th_of_february():
    days = [date(2024, 1, 1) + timedelta(n) for n in range(366)]
    series = on(days, *[100 + n % 2 for n in range(366)])
    whole = measure_fluctuation([series], 2024, Rules(("beras",)), {})
    assert (whole.commodities[0].days, whole.commodities[0].months) == (366, 12)
