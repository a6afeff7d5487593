"""Taking in a region's prices: day by day, again without harm, and on when something fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.errors import AgencyDataError, NothingFoundError
from core.settings import load_settings
from jobs.prices.intake import FAILURES_IN_A_ROW, take_in_prices
from jobs.prices.show import show_commodity
from jobs.prices.status import read_price_status
from jobs.workspace import Workspace
from models.prices.readings import days_read, read_prices, unread_days
from models.session import open_session
from standins.prices.siskaperbapo import SiskaperbapoStandin
from tests.jobs.given.days import FRIDAY

MONDAY = date(2023, 7, 24)
REGION = ("siskaperbapo", "sumenepkab")

At = Callable[[date], Workspace]


@pytest.fixture
def at(site: SiskaperbapoStandin, tmp_path: Path) -> At:
    """The Sumenep office on a certain day, with the clock of the site on the same day."""

    def on(day: date) -> Workspace:
        site.set_today(day)
        return Workspace(
            load_settings(
                home=tmp_path / "kerja",
                siskaperbapo_url=site.url,
                prices_requests_per_second=100_000,
                today=day,
            )
        )

    return on


def stored(workspace: Workspace) -> dict[tuple[str, str, date], str]:
    with open_session(workspace.engine, read_only=True) as session:
        return {
            (series.key.market, series.key.name, day): str(price)
            for series in read_prices(session, [REGION], date(2023, 1, 1), date(2023, 12, 31))
            for day, price in zip(series.days, series.prices, strict=True)
        }


def tables(site: SiskaperbapoStandin) -> list[tuple[str, str]]:
    """Market and day of every table that was asked for."""
    return [(r.params["pasar"], r.params["tanggal"]) for r in site.requests if r.kind == "tabel"]


def test_every_market_is_read_for_every_day_the_newest_first(at: At, site: SiskaperbapoStandin) -> None:
    intake = take_in_prices(at(FRIDAY), first=MONDAY)
    assert [market.days for market in intake.markets] == [5, 5, 5]
    assert intake.news
    asked = [day for market, day in tables(site) if market == tables(site)[0][0]]
    assert asked == ["2023-07-28", "2023-07-27", "2023-07-26", "2023-07-25", "2023-07-24"]


def test_without_a_period_the_reporting_year_is_read(at: At, site: SiskaperbapoStandin) -> None:
    take_in_prices(at(date(2023, 1, 3)))
    assert {day for _, day in tables(site)} == {"2023-01-01", "2023-01-02", "2023-01-03"}


def test_reading_the_same_days_again_stores_nothing(at: At) -> None:
    workspace = at(FRIDAY)
    take_in_prices(workspace, first=MONDAY)
    before = stored(workspace)
    again = take_in_prices(workspace, first=MONDAY)
    assert not again.news
    assert again.days == 15, "the last week is read again"
    assert stored(workspace) == before


def test_prices_that_come_late_are_there_the_next_day(at: At) -> None:
    take_in_prices(at(FRIDAY), first=MONDAY)
    early = sum(day == FRIDAY for _, _, day in stored(at(FRIDAY)))
    later = take_in_prices(at(date(2023, 7, 29)), first=MONDAY)
    full = sum(day == FRIDAY for _, _, day in stored(at(date(2023, 7, 29))))
    assert early < full
    assert later.news


def test_a_run_that_is_killed_loses_one_day_at_most_and_the_next_one_goes_on(
    at: At, site: SiskaperbapoStandin
) -> None:
    class Killed(BaseException):
        pass

    def kill(done: int, of: int, label: str) -> None:
        if done == 20:
            raise Killed

    workspace = at(FRIDAY)
    first = date(2023, 7, 1)
    with pytest.raises(Killed):
        take_in_prices(workspace, first=first, progress=kill)
    kept = {(market, day) for market, _, day in stored(workspace)}
    assert len(kept) == 20
    site.requests.clear()
    take_in_prices(workspace, first=first)
    again = set(tables(site))
    old = {(market, day.isoformat()) for market, day in kept if (FRIDAY - day).days >= 7}
    assert not again & old
    assert len({(market, day) for market, _, day in stored(workspace)}) == 3 * 28


def test_progress_counts_the_days_of_all_markets(at: At) -> None:
    seen: list[tuple[int, int]] = []
    take_in_prices(at(FRIDAY), first=MONDAY, progress=lambda done, of, label: seen.append((done, of)))
    assert seen == [(n, 15) for n in range(1, 16)]


def test_days_before_an_empty_archive_are_left_out_of_the_progress(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise NothingFoundError("kosong")

    monkeypatch.setattr("jobs.prices.intake.EMPTY_IN_A_ROW", 2)
    monkeypatch.setattr("connectors.prices.siskaperbapo.client.SiskaperbapoClient.read_day", read)
    seen: list[tuple[int, int]] = []
    workspace = at(FRIDAY)
    intake = take_in_prices(workspace, first=MONDAY, progress=lambda done, of, _: seen.append((done, of)))
    assert seen == [(1, 15), (2, 15), (3, 12), (4, 12), (5, 9), (6, 9)]
    assert "2 hari berturut-turut sampai 27 Juli 2023 kosong" in intake.markets[0].problems[0]


def test_a_day_that_fails_is_told_and_read_the_next_time(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(FRIDAY)
    site.fail_with("wrong_columns", times=1)
    intake = take_in_prices(workspace, first=MONDAY)
    assert [market.days for market in intake.markets] == [4, 5, 5]
    assert intake.markets[0].problems[0].startswith("28 Juli 2023: ")
    again = take_in_prices(workspace, first=MONDAY)
    assert [market.days for market in again.markets] == [5, 5, 5]


def test_a_market_that_keeps_failing_is_left_and_the_others_go_on(at: At, site: SiskaperbapoStandin) -> None:
    site.fail_with("wrong_columns", times=FAILURES_IN_A_ROW)
    intake = take_in_prices(at(FRIDAY), first=MONDAY)
    assert [market.days for market in intake.markets] == [0, 5, 5]
    assert intake.markets[0].problems[-1] == "3 hari dibaca pada jadwal berikut."


def test_without_the_list_of_markets_those_known_are_read(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(FRIDAY)
    names = [market.name for market in take_in_prices(workspace, first=MONDAY).markets]
    site.fail_with("waf_403", only="pasar")
    intake = take_in_prices(workspace, first=MONDAY)
    assert [market.name for market in intake.markets] == names
    assert [market.days for market in intake.markets] == [5, 5, 5]
    assert "HTTP 403" in intake.problems[0]


def test_a_site_that_fails_altogether_leaves_the_prices_and_says_how_old_they_are(
    at: At, site: SiskaperbapoStandin
) -> None:
    take_in_prices(at(FRIDAY), first=MONDAY)
    before = stored(at(FRIDAY))
    later = at(date(2023, 8, 1))
    site.fail_with("waf_403")
    intake = take_in_prices(later, first=MONDAY)
    assert not intake.news
    assert intake.problems[1] == (
        "Harga yang tersimpan tetap dipakai; terakhir dibaca 28 Juli 2023 pukul 09.00 WIB, 4 hari lalu."
    )
    assert stored(later) == before


def test_a_failing_site_is_left_alone_by_the_next_run_too(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(FRIDAY)
    take_in_prices(workspace, first=MONDAY)
    site.fail_with("error_500")
    for _ in range(3):
        take_in_prices(workspace, first=MONDAY)
    site.requests.clear()
    intake = take_in_prices(workspace, first=MONDAY)
    assert site.requests == []
    assert "dijeda" in intake.problems[0]
    host = site.url.removeprefix("http://")
    assert f"sambungan ke {host} dijeda sampai" in read_price_status(workspace).as_text()


def test_a_paused_site_is_tried_when_a_person_asks_for_it(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(FRIDAY)
    site.fail_with("error_500")
    for _ in range(5):
        take_in_prices(workspace, first=MONDAY)
    site.behave()
    assert take_in_prices(workspace, first=MONDAY).days == 0
    assert take_in_prices(workspace, first=MONDAY, now=True).days == 15


def test_a_price_that_cannot_be_read_is_kept_aside_with_its_day_and_place(
    at: At, site: SiskaperbapoStandin
) -> None:
    workspace = at(FRIDAY)
    site.fail_with("garbage_price", times=1)
    intake = take_in_prices(workspace, first=FRIDAY)
    [unread] = intake.markets[0].unread
    assert unread.startswith("28 Juli 2023, baris ")
    with open_session(workspace.engine, read_only=True) as session:
        [day] = unread_days(session, *REGION, FRIDAY, FRIDAY)
    assert day.unread[0]["message"] in unread
    assert unread.partition(", ")[2] in read_price_status(workspace).as_text()


def test_an_unknown_commodity_is_stored_and_listed(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(FRIDAY)
    take_in_prices(workspace, first=MONDAY)
    before = {entry.name for entry in read_price_status(workspace).unknown}
    site.fail_with("unknown_commodity")
    take_in_prices(workspace, first=MONDAY)
    new = [entry for entry in read_price_status(workspace).unknown if entry.name not in before]
    assert len(new) == 1
    assert new[0].observations > 0
    assert new[0].reason.startswith(f"nama {new[0].name!r} belum ada di daftar komoditas.")


def test_a_running_value_is_there_soon_and_asks_only_for_the_days_that_have_passed(at: At) -> None:
    workspace = at(date(2023, 1, 6))
    take_in_prices(workspace)
    evidence = read_price_status(workspace).evidence
    assert evidence is not None
    assert not evidence.complete
    assert len(evidence.fluctuation.measured) > 15


def test_a_dash_or_a_zero_is_no_price(at: At, site: SiskaperbapoStandin) -> None:
    workspace = at(date(2023, 7, 29))
    for fault in ("dashes", "zero_prices"):
        site.fail_with(fault)
        take_in_prices(workspace, first=MONDAY, last=FRIDAY)
        site.behave()
    assert stored(workspace) == {}
    with open_session(workspace.engine, read_only=True) as session:
        read = days_read(session, *REGION, tables(site)[0][0])
    assert {observed for observed, _ in read.values()} == {0}


def test_a_price_is_shown_down_to_its_snapshot(at: At) -> None:
    workspace = at(FRIDAY)
    take_in_prices(workspace, first=MONDAY)
    shown = show_commodity(workspace, "beras-medium", date(2023, 7, 27))
    assert len(shown.prices) == 3
    first = shown.prices[0].as_dict()
    assert first["day"] == "2023-07-27"
    assert first["illustrative"] is True
    assert len(first["readings"][0]["snapshot"]) == 64
    assert "utuh" in shown.as_text()
    json.dumps(shown.as_dict())


def test_a_commodity_that_is_not_clear_is_asked_for(at: At) -> None:
    with pytest.raises(AgencyDataError, match="cocok dengan beberapa komoditas") as caught:
        show_commodity(at(FRIDAY), "beras")
    assert "beras-premium" in caught.value.todo


def test_an_office_without_prices_is_told_where_to_name_its_region(at: At, tmp_path: Path) -> None:
    workspace = at(FRIDAY)
    bare = workspace.agency.model_copy(update={"prices": None})
    workspace.__dict__["agency"] = bare
    with pytest.raises(AgencyDataError, match="tidak menyebut wilayah Siskaperbapo"):
        take_in_prices(workspace)


def test_an_empty_address_fails_as_a_site_does_that_gives_nothing(tmp_path: Path) -> None:
    intake = take_in_prices(Workspace(load_settings(home=tmp_path / "kerja", siskaperbapo_url="")))
    assert intake.failed
    assert intake.problems[0].startswith("Pengaturan LKJIP_SISKAPERBAPO_URL kosong")
