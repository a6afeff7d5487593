"""The prices of a year: one for each commodity, market and day; measured; in the report once it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.prices.register import load_register
from core.dates import format_date
from core.errors import AgencyDataError
from core.settings import load_settings
from jobs.prices.files import read_price_files
from jobs.prices.merge import MergedPrices, market_key, merge_prices
from jobs.prices.status import unknown_lines
from jobs.prices.year import gather_prices
from jobs.report.figures import Figures, present_figures
from jobs.report.refresh import refresh
from jobs.report.render import present_report
from jobs.report.state.status import read_status
from jobs.report.trace import trace_indicator
from jobs.workspace import Workspace
from models.prices.readings import SeriesKey, StoredSeries
from models.session import open_session
from office.prices import Market
from reports.realisasi import Realisasi, State
from standins.prices.sheets import make_office_sheet

INDICATOR = "fluktuasi-bapokti", 2023
MONDAY, TUESDAY = date(2023, 7, 24), date(2023, 7, 25)
JANUARY, DECEMBER = date(2024, 1, 31), date(2023, 12, 31)
ORDER = ("lembar", "siskaperbapo")

At = Callable[[date], Workspace]


# --- merging ------------------------------------------------------------------------------------


def series(
    number: int,
    *prices: tuple[date, int],
    source: str = "siskaperbapo",
    market: str = "7",
    market_name: str = "Pasar Anom",
    item: str = "2",
    name: str = "Beras Premium",
    unit: str = "kg",
    illustrative: bool = False,
) -> StoredSeries:
    key = SeriesKey(source, "wilayah", market, market_name, item, name, unit, illustrative)
    days = tuple(day for day, _ in prices)
    return StoredSeries(number, key, days, tuple(Decimal(price) for _, price in prices))


def sheet(number: int, *prices: tuple[date, int], market_name: str = "Pasar Anom") -> StoredSeries:
    return series(number, *prices, source="lembar", market=market_name, market_name=market_name, item="")


def merge(*stored: StoredSeries, markets: tuple[Market, ...] = ()) -> MergedPrices:
    return merge_prices(stored, load_register(), ORDER, markets)


def prices(merged: MergedPrices, commodity: str = "beras-premium") -> dict[tuple[str, date], Decimal]:
    used = merged.used[merged.used["commodity"] == commodity]
    return {
        (market, day): price
        for market, day, price in zip(used["market"], used["day"], used["price"], strict=True)
    }


def illustrative_by_market(merged: MergedPrices) -> list[bool]:
    """Whether the prices of each market hold an invented one."""
    return [bool(rows.any()) for _, rows in merged.used.groupby("market")["illustrative"]]


def test_the_source_that_the_office_names_first_counts_where_both_have_a_price() -> None:
    merged = merge(series(1, (MONDAY, 12000), (TUESDAY, 12100)), sheet(2, (MONDAY, 12500)))
    assert prices(merged) == {("Pasar Anom", MONDAY): 12500, ("Pasar Anom", TUESDAY): 12100}
    uses = {use.name: use.observations for use in merged.uses(["beras-premium"])}
    assert uses == {"lembar harga kantor": 1, "Siskaperbapo Jawa Timur": 1}


def test_where_sources_differ_it_is_told_which_one_counts() -> None:
    merged = merge(series(1, (MONDAY, 12000), (TUESDAY, 12100)), sheet(2, (MONDAY, 12500), (TUESDAY, 12100)))
    (told,) = merged.conflicts
    assert told == (
        "Beras premium, Pasar Anom: 1 hari berbeda antara lembar harga kantor (Beras Premium) dan "
        f"Siskaperbapo Jawa Timur (Beras Premium) (misalnya {format_date(MONDAY)}: 12.500 dan 12.000); yang "
        "dipakai lembar harga kantor (Beras Premium)."
    )


def test_two_spellings_of_one_source_that_differ_are_told_too() -> None:
    merged = merge(series(1, (MONDAY, 12000)), series(2, (MONDAY, 12900), name="Beras Kualitas Premium"))
    assert prices(merged) == {("Pasar Anom", MONDAY): 12000}
    assert "12.000 dan 12.900" in merged.conflicts[0]


def test_a_real_price_wins_over_an_invented_one_whatever_the_order() -> None:
    invented = series(1, (MONDAY, 12500), source="lembar", item="", illustrative=True)
    merged = merge(invented, series(2, (MONDAY, 12000)))
    assert prices(merged) == {("Pasar Anom", MONDAY): 12000}
    assert illustrative_by_market(merged) == [False]


def test_a_series_with_one_invented_price_is_illustrative() -> None:
    merged = merge(series(1, (MONDAY, 12500), illustrative=True), series(2, (TUESDAY, 12000)))
    assert illustrative_by_market(merged) == [True]


@pytest.mark.parametrize("other", ["PASAR ANOM", "Pasar  Anom", "Anom", "Ps. Anom", "pasar-anom"])
def test_a_market_is_the_same_however_its_name_is_written(other: str) -> None:
    merged = merge(series(1, (MONDAY, 12000)), sheet(2, (MONDAY, 12500), market_name=other))
    assert len(prices(merged)) == 1


def test_markets_that_the_office_calls_the_same_are() -> None:
    same = Market(name="Pasar Anom Baru", other_names=["Pasar Anom", "Pasar Kota"])
    merged = merge(
        series(1, (MONDAY, 12000)), sheet(2, (MONDAY, 12500), market_name="Ps. Kota"), markets=(same,)
    )
    assert prices(merged) == {("Pasar Anom Baru", MONDAY): 12500}


def test_other_markets_stay_apart() -> None:
    merged = merge(series(1, (MONDAY, 12000)), sheet(2, (MONDAY, 12500), market_name="Pasar Bangkal"))
    assert len(prices(merged)) == 2


def test_the_mean_of_the_region_counts_only_where_no_market_has_a_price() -> None:
    mean = series(1, (MONDAY, 11000), (TUESDAY, 11100), market="", market_name="")
    assert prices(merge(mean)) == {("", MONDAY): 11000, ("", TUESDAY): 11100}
    assert prices(merge(mean, series(2, (MONDAY, 12000)))) == {("Pasar Anom", MONDAY): 12000}


def test_a_spelling_that_changes_in_the_year_is_one_series() -> None:
    merged = merge(series(1, (MONDAY, 12000)), series(2, (TUESDAY, 12100), name="BERAS PREMIUM"))
    assert {market for market, _ in prices(merged)} == {"Pasar Anom"}
    assert len(prices(merged)) == 2


def test_prices_are_converted_to_the_unit_of_the_register() -> None:
    merged = merge(series(1, (MONDAY, 1_200_000), unit="kwintal"), series(2, (TUESDAY, 6100), unit="500 gr"))
    assert prices(merged) == {("Pasar Anom", MONDAY): 12000, ("Pasar Anom", TUESDAY): 12200}


def test_what_the_register_does_not_know_is_counted_and_not_used() -> None:
    odd = {"item": "", "name": "Beras Raja Lele Super"}
    merged = merge(series(1, (MONDAY, 1), (TUESDAY, 2), **odd), series(2, (MONDAY, 3), market="8", **odd))
    [unknown] = merged.unknown
    assert (unknown.source, unknown.name, unknown.observations) == (
        "Siskaperbapo Jawa Timur", "Beras Raja Lele Super", 3,
    )  # fmt: skip
    assert merged.used.empty


def test_a_report_says_why_a_name_is_unknown_and_the_technician_what_to_do() -> None:
    merged = merge(series(1, (MONDAY, 1), item="", name="Beras Raja Lele Super"))
    [unknown] = merged.unknown
    assert unknown.reason == "nama 'Beras Raja Lele Super' belum ada di daftar komoditas."
    assert "connectors/prices/register.yaml" in unknown.todo
    assert unknown_lines([unknown])[0].endswith(f"{unknown.reason} {unknown.todo}")
    assert "register.yaml" not in unknown.reason


def test_a_unit_that_cannot_be_converted_is_unknown_too() -> None:
    merged = merge(series(1, (MONDAY, 12000), unit="ekor"))
    assert [entry.unit for entry in merged.unknown] == ["ekor"]
    assert prices(merged) == {}


def test_sources_that_the_office_does_not_count_are_not_used() -> None:
    assert prices(merge(series(1, (MONDAY, 12000), source="sp2kp", item=""))) == {}


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["lembar", "siskaperbapo"]),
        st.sampled_from(["Pasar Anom", "PASAR ANOM", "Pasar Bangkal"]),
        st.dictionaries(st.sampled_from([MONDAY, TUESDAY]), st.integers(1, 99_999), min_size=1),
        st.booleans(),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_in_which_series_are_read_does_not_matter(entries, chance) -> None:
    stored = [
        series(n, *sorted(days.items()), source=source, market=name, market_name=name, item="",
               illustrative=invented)
        for n, (source, name, days, invented) in enumerate(entries)
    ]  # fmt: skip
    shuffled = list(stored)
    chance.shuffle(shuffled)
    straight, other = prices(merge(*stored)), prices(merge(*shuffled))
    assert {(market_key(m), d): p for (m, d), p in straight.items()} == {
        (market_key(m), d): p for (m, d), p in other.items()
    }
    wanted = {(market_key(name), day) for _, name, days, _ in entries for day in days}
    assert {(market_key(market), day) for market, day in straight} == wanted, "no price is lost"


# --- a year -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def year_sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lembar") / "harga.xlsx"
    make_office_sheet(path, 2023)
    return path


@pytest.fixture
def office(tmp_path: Path) -> At:
    def on(day: date) -> Workspace:
        return Workspace(load_settings(home=tmp_path / "kerja", today=day, mail_to="kepala@dkupp.example"))

    return on


def figures(workspace: Workspace) -> Figures:
    with open_session(workspace.engine, read_only=True) as session:
        return present_figures(session, workspace)


def taken(workspace: Workspace) -> Realisasi:
    return figures(workspace).realisasi[INDICATOR]


def test_without_prices_the_office_s_own_figure_stands_as_it_is(office: At) -> None:
    realisasi = taken(office(JANUARY))
    assert realisasi.state is State.REPORTED
    assert str(realisasi.value) == "11,70%"
    assert not any("arga" in note for note in realisasi.notes)
    assert figures(office(JANUARY)).prices is None


def test_a_year_that_is_over_gives_the_realisasi_with_all_that_is_behind_it(
    office: At, year_sheet: Path
) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    evidence, realisasi = figures(workspace).prices, taken(workspace)
    assert evidence is not None
    assert evidence.complete
    assert realisasi.state is State.FINAL
    assert realisasi.value.amount == evidence.fluctuation.value
    assert len(realisasi.inputs) == 18
    mean = sum(entry.value for entry in realisasi.inputs) / 18
    assert abs(mean - realisasi.value.amount) < Decimal("0.0001")
    assert realisasi.formula.startswith("jumlah koefisien variasi ")
    assert realisasi.formula.endswith(" / 18 komoditas")
    assert realisasi.source == "Lembar harga kantor, 2023"
    assert realisasi.illustrative


def test_the_notes_say_what_is_behind_it_and_that_the_printed_figure_comes_from_other_data(
    office: At, year_sheet: Path
) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    assert taken(workspace).notes == (
        "Dihitung dari 5.554 harga di 1 pasar; 18 dari 21 komoditas dapat diukur.",
        "Nilai yang dilaporkan kantor 11,70% (DKUPP Th. 2023) berasal dari data lain yang tidak dirinci; "
        "keduanya tidak dapat disamakan.",
        "Angka ilustrasi: dihitung dari harga peraga, bukan harga pasar.",
    )


def test_while_the_year_runs_the_office_s_figure_stays_and_the_report_does_not_change(
    office: At, year_sheet: Path
) -> None:
    workspace = office(DECEMBER)
    read_price_files(workspace, [year_sheet])
    realisasi = taken(workspace)
    assert str(realisasi.value) == "11,70%"
    assert "belum setahun penuh" in realisasi.notes[-1]
    assert present_report(workspace).measured.prices is None
    assert "fluktuasi berjalan: 6,43%" in read_status(workspace).as_text()


def test_with_too_few_commodities_the_office_s_figure_stays_with_the_reason(
    office: At, year_sheet: Path
) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    demanding = workspace.agency.prices.model_copy(update={"least_measured": 19})
    workspace.__dict__["agency"] = workspace.agency.model_copy(update={"prices": demanding})
    realisasi = taken(workspace)
    assert realisasi.state is State.REPORTED
    assert "baru 18 komoditas dapat diukur; indikator ini memerlukan sedikitnya 19" in realisasi.notes[-1]


def test_the_same_prices_have_the_same_fingerprint_and_one_other_price_another(
    office: At, year_sheet: Path, tmp_path: Path
) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    before = figures(workspace).prices
    read_price_files(workspace, [year_sheet])
    assert figures(workspace).prices == before
    changed = tmp_path / "lagi.csv"
    changed.write_text(
        "Pasar Contoh Barat;;\nNo;Komoditas;Satuan;02/01/2023\n1;Beras Premium;kg;99999\n", encoding="utf-8"
    )
    assert read_price_files(workspace, [changed]).news
    after = figures(workspace).prices
    assert before is not None
    assert after is not None
    assert after.fingerprint != before.fingerprint


def test_a_commodity_of_the_office_that_nobody_knows_is_an_error_of_its_data(office: At) -> None:
    workspace = office(JANUARY)
    odd = workspace.agency.prices.model_copy(update={"commodities": ["beras-premium", "beras-aneh"]})
    agency = workspace.agency.model_copy(update={"prices": odd})
    with (
        open_session(workspace.engine, read_only=True) as session,
        pytest.raises(AgencyDataError, match=r"komoditas 'beras-aneh' tidak ada di daftar komoditas"),
    ):
        gather_prices(session, agency, load_register(), JANUARY)


def test_the_figure_can_be_asked_where_it_comes_from(office: At, year_sheet: Path) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    text = trace_indicator(workspace, "fluktuasi-bapokti").as_text()
    assert "jumlah koefisien variasi" in text
    assert "  Beras premium = " in text
    assert "snapshot" not in text


def test_prices_of_a_year_make_one_issue_and_not_a_second_one(office: At, year_sheet: Path) -> None:
    workspace = office(JANUARY)
    read_price_files(workspace, [year_sheet])
    first = refresh(workspace)
    assert first.issue is not None
    assert refresh(office(JANUARY + timedelta(days=1))).issue is None
