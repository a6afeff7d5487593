"""The stand-in's calendar: what can happen to the tables of a release, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from connectors.bps.labels import read_statuses
from standins.bps import BpsStandin
from standins.bps.catalogue import Variable, publications, variables
from standins.bps.figures import CATEGORIES, TOTAL, growth_of, load_figures
from standins.bps.scenarios import (
    DECLARED_DAY,
    POSTPONED_ON,
    POSTPONED_TO,
    REBASED_DAY,
    RELEASE_2025,
    RESTORED_DAY,
    REVISION_DAY,
    SCENARIOS,
)
from standins.bps.tables import ROW_IDS, pdrb_in_miliar, pdrb_variable, pdrb_variables
from standins.bps.timeline import RELEASE_DAY, Change, Revise, Timeline

DAY = timedelta(days=1)
DAYS = (date(2024, 1, 31), DECLARED_DAY, RELEASE_DAY, REVISION_DAY, RESTORED_DAY, RELEASE_2025, REBASED_DAY)


def on(day: date, scenario: str) -> Timeline:
    return Timeline(day, events=SCENARIOS[scenario])


def cell(table: Variable, code: str, year: int) -> Decimal:
    return table.cells[ROW_IDS[code], "0", year, 0]


def value(day: date, scenario: str, measure: str, code: str, year: int) -> Decimal:
    return cell(pdrb_variable(measure, on(day, scenario)), code, year)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_on_every_day_categories_make_the_total_and_rates_follow(scenario: str) -> None:
    for day in DAYS:
        tables = pdrb_variables(on(day, scenario))
        for adhb, adhk, growth, share in zip(*[iter(tables)] * 4, strict=True):
            for table in (adhb, adhk):
                for year in {year for _, _, year, _ in table.cells}:
                    assert sum(cell(table, c, year) for c in CATEGORIES) == cell(table, TOTAL, year)
            for (row, _, year, _), rate in growth.cells.items():
                before = adhk.cells.get((row, "0", year - 1, 0))
                if before is not None:
                    assert rate == growth_of(adhk.cells[row, "0", year, 0], before)
            for (row, _, year, _), rate in share.cells.items():
                exact = adhb.cells[row, "0", year, 0] / cell(adhb, TOTAL, year) * 100
                assert abs(rate - exact) <= Decimal("0.005")


@pytest.mark.parametrize("scenario", sorted(set(SCENARIOS) - {"postponed", "late_tables"}))
def test_every_scenario_shares_the_story_up_to_the_release(scenario: str) -> None:
    for day in (date(2024, 1, 31), DECLARED_DAY - DAY, RELEASE_DAY):
        assert pdrb_variable("adhk", on(day, scenario)) == pdrb_variable("adhk", Timeline(day))


def test_a_year_is_listed_before_it_is_filled() -> None:
    table = pdrb_variable("adhk", on(DECLARED_DAY, "declared_first"))
    assert table.years[0] == 2023
    assert not [place for place in table.cells if place[2] == 2023]
    assert table.last_update == pdrb_variable("adhk", Timeline(date(2024, 1, 31))).last_update
    assert value(RELEASE_DAY, "declared_first", "adhk", "C", 2023) == Decimal("1559.38")


def test_the_release_of_2025_brings_what_was_published_and_revises_two_years() -> None:
    published = {
        ("adhb", TOTAL): "45222.29",
        ("adhk", TOTAL): "27234.39",
        ("growth", TOTAL): "3.77",
        ("share", "A"): "37.20",
        ("share", "B"): "17.04",
        ("share", "C"): "6.73",
        ("share", "F"): "7.89",
        ("share", "G"): "12.79",
    }
    figures = {(f.measure, f.category): f for f in load_figures() if (f.release, f.year) == (2025, 2024)}
    for (measure, code), text in published.items():
        assert figures[measure, code].origin == "terbit"
        assert value(RELEASE_2025, "release_2025", measure, code, 2024) == Decimal(text)
    for year in (2022, 2023):
        for code in ("A", "C", "G"):
            before = value(RELEASE_2025 - DAY, "release_2025", "adhk", code, year)
            assert value(RELEASE_2025, "release_2025", "adhk", code, year) != before
        total = value(RELEASE_2025 - DAY, "release_2025", "adhk", TOTAL, year)
        assert value(RELEASE_2025, "release_2025", "adhk", TOTAL, year) == total
    assert pdrb_variable("adhk", on(RELEASE_2025, "release_2025")).last_update == "2025-04-11 08:00:00"


def test_marks_move_on_with_each_release() -> None:
    def marks(day: date, scenario: str = "release_2025") -> dict[int, str]:
        return read_statuses(pdrb_variable("adhk", on(day, scenario)).note)

    assert marks(date(2024, 1, 31)) == {2021: "sementara", 2022: "sangat sementara"}
    assert marks(RELEASE_DAY) == {2022: "sementara", 2023: "sangat sementara"}
    assert marks(RELEASE_2025) == {2023: "sementara", 2024: "sangat sementara"}
    assert marks(REVISION_DAY, "statuses") == {2022: "sementara", 2023: "sementara"}
    assert marks(RESTORED_DAY, "statuses") == {2022: "sementara"}


@pytest.mark.parametrize(("scenario", "stamp"), [("silent_revision", False), ("stamped_revision", True)])
def test_a_revision_may_or_may_not_be_stamped(scenario: str, stamp: bool) -> None:
    before, after = (pdrb_variable("adhk", on(day, scenario)) for day in (REVISION_DAY - DAY, REVISION_DAY))
    assert cell(after, "C", 2023) - cell(before, "C", 2023) == Decimal("1.50")
    assert (after.last_update != before.last_update) is stamp


def test_a_side_revision_leaves_what_the_office_uses() -> None:
    changed = set()
    for measure in ("adhb", "adhk", "growth", "share"):
        before, after = (
            pdrb_variable(measure, on(day, "side_revision")).cells for day in (RELEASE_DAY, REVISION_DAY)
        )
        changed |= {place[0] for place, amount in after.items() if before[place] != amount}
    assert changed == {ROW_IDS["O"], ROW_IDS["Q"]}


def test_the_revision_of_the_demonstration_leaves_the_published_share_as_it_is() -> None:
    for measure, same in (("growth", False), ("share", True), ("adhb", True)):
        before, after = (
            value(day, "growth_revision", measure, "C", 2023) for day in (RELEASE_DAY, REVISION_DAY)
        )
        assert (before == after) is same


def test_a_revision_of_2022_changes_the_growth_of_2023() -> None:
    for measure, same in (("adhk", True), ("growth", False)):
        before, after = (
            value(day, "base_revision", measure, "C", 2023) for day in (RELEASE_DAY, REVISION_DAY)
        )
        assert (before == after) is same
    assert value(REVISION_DAY, "base_revision", "growth", "C", 2023) == Decimal("5.48")


def test_a_new_base_year_comes_as_new_tables_and_the_old_ones_stay() -> None:
    before, after = (
        variables("3529", on(REBASED_DAY - DAY, "rebased")),
        variables("3529", on(REBASED_DAY, "rebased")),
    )
    added = [v for v in after if v.var_id not in {w.var_id for w in before}]
    assert [v.var_id for v in added] == [9121, 9122, 9123, 9124]
    assert all(v.title.startswith("[Seri 2020]") for v in added)
    assert [v for v in after if v not in added] == before
    at_base = {table.var_id: cell(table, "C", 2020) for table in added if "Berlaku" in table.title}
    assert cell(added[1], "C", 2020) == at_base[9121], "in the base year both prices are the same"


def test_a_year_vanishes_and_returns() -> None:
    years = [
        pdrb_variable("adhk", on(day, "vanished_year")).years[0]
        for day in (RELEASE_DAY, REVISION_DAY, RESTORED_DAY)
    ]
    assert years == [2023, 2022, 2023]


@pytest.mark.parametrize(("scenario", "text"), [("unit_rewritten", "1559380.00"), ("unit_slip", "1559.38")])
def test_a_unit_changes_with_the_values_or_without(scenario: str, text: str) -> None:
    table = pdrb_variable("adhk", on(REVISION_DAY, scenario))
    assert (table.unit, cell(table, "C", 2023)) == ("Juta Rupiah", Decimal(text))
    assert pdrb_variable("growth", on(REVISION_DAY, scenario)).unit == "Persen"


def test_other_channels_keep_their_unit_when_the_dynamic_tables_take_another() -> None:
    later = on(REVISION_DAY, "unit_slip")
    assert pdrb_in_miliar("adhk", later).cells == pdrb_variable("adhk", on(RELEASE_DAY, "unit_slip")).cells
    assert pdrb_in_miliar("adhk", later).unit == "Miliar Rupiah"


def test_a_book_is_scheduled_announced_or_postponed() -> None:
    def days(day: date, scenario: str) -> tuple[object, object, object]:
        rows = publications("3529", on(day, scenario), "")
        row = next(row for row in rows if "2019-2023" in row["title"])
        return row["sch_date"], row["rl_date"], row["updt_date"]

    assert days(DECLARED_DAY, "scheduled_only") == ("2024-04-04", None, "2024-03-28")
    assert days(RELEASE_DAY, "scheduled_only") == ("2024-04-04", "2024-04-04", "2024-03-28")
    assert days(POSTPONED_ON - DAY, "postponed") == ("2024-04-04", "2024-04-04", "2024-03-28")
    assert days(POSTPONED_ON, "postponed") == ("2024-04-18", "2024-04-18", "2024-04-11")
    assert not on(RELEASE_DAY, "postponed").released
    assert on(POSTPONED_TO, "postponed").released


def test_tables_may_follow_the_book() -> None:
    day = POSTPONED_TO - DAY
    assert any("2019-2023" in row["title"] for row in publications("3529", on(day, "late_tables"), ""))
    assert pdrb_variable("adhk", on(day, "late_tables")).years[0] == 2022
    assert pdrb_variable("adhk", on(POSTPONED_TO, "late_tables")).years[0] == 2023


def test_a_revision_that_breaks_the_sum_is_a_mistake_of_the_scenario() -> None:
    with pytest.raises(ValueError, match="no longer make the total"):
        Revise((Change("adhk", "C", 2023, Decimal(1)),))


def test_the_server_takes_a_scenario_and_the_clock_moves_in_it() -> None:
    with BpsStandin(date(2024, 1, 31), scenario="release_2025") as bps:
        bps.set_today(RELEASE_2025)
        assert bps.today == RELEASE_2025
        with pytest.raises(KeyError, match="silent_revision"):
            bps.set_scenario("salah ketik")
