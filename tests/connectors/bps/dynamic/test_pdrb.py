"""From the lists of BPS to checked tables, and what the office reads when that is not possible."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date
from decimal import Decimal

import pytest

from connectors.bps import BpsClient, FoundSeries, PdrbTable, search_series
from connectors.bps.checks import check_table, compare_tables
from connectors.bps.dynamic.series import listed_years
from connectors.bps.labels import CODES
from connectors.bps.tables import PdrbCell
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from standins.bps import BpsStandin, faults
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.connectors.given.reading import read_pdrb
from tests.connectors.given.recorded import SAMPLES


@pytest.fixture
def found(client: BpsClient) -> FoundSeries:
    return search_series(client, "3529")


def by_measure(tables: list[PdrbTable]) -> dict[str, PdrbTable]:
    return {table.measure: table for table in tables}


def test_the_tables_are_found_by_their_titles(found: FoundSeries) -> None:
    assert {m: s.var_id for m, s in found.series.items()} == {
        "adhb": 9101,
        "adhk": 9102,
        "growth": 9103,
        "share": 9104,
    }
    assert "tahun dasar 2010" in found.series["adhk"].reason
    assert found.problems == ()


def test_finding_costs_two_requests(bps: BpsStandin, found: FoundSeries) -> None:
    assert len(bps.requests) == 2


def test_a_pin_wins(client: BpsClient) -> None:
    series = search_series(client, "3529", {"adhk": 9107}).series["adhk"]
    assert series.var_id == 9107
    assert series.pinned
    assert "Konstan 2000" in series.title


def test_the_base_year_decides_between_series(client: BpsClient) -> None:
    assert "tahun dasar 2000" in search_series(client, "3529", base_year=2000).problems[-1]


def test_a_region_without_pdrb_is_said_so(client: BpsClient) -> None:
    (problem,) = search_series(client, "3528").problems
    assert "wilayah 3528" in problem
    assert "Tidak ada satu pun tabel tentang PDRB" in problem


def test_what_was_found_instead_is_named(client: BpsClient) -> None:
    problem = search_series(client, "3529", base_year=2030).problems[-1]
    assert "9105 'PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran'" in problem


def test_when_the_keyword_shows_nothing_the_whole_list_is_read(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("not_available", when=lambda asked: "keyword" in asked.params)
    assert search_series(client, "3529").series["adhb"].var_id == 9101


def test_an_ignored_keyword_does_not_read_the_list_twice(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("keyword_ignored")
    assert search_series(client, "3529").series["adhb"].var_id == 9101
    assert [request.params["page"] for request in bps.requests] == ["1", "2", "3", "4", "5"]


def test_two_fitting_tables_are_told(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def older_twin(asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        row = {"var_id": 8000, "title": "PDRB ADHB Menurut Lapangan Usaha", "unit": "Juta Rupiah"}
        payload["data"][1].append(row)
        payload["data"][0]["total"] += 1
        return faults.json_reply(payload)

    monkeypatch.setitem(faults.FAULTS, "older_twin", older_twin)
    bps.fail_with("older_twin", when=lambda asked: asked.model == "var")
    found = search_series(client, "3529")
    assert found.series["adhb"].var_id == 9101
    assert "dipakai 9101" in found.problems[0]
    assert "bukan 8000" in found.problems[0]
    assert found.problems[0].endswith("karena judulnya menyebut tahun dasar 2010.")


def test_the_year_comes_with_the_release(bps: BpsStandin, client: BpsClient, found: FoundSeries) -> None:
    bps.set_today(date(2024, 4, 3))
    assert listed_years(client, "3529", found.series["adhk"].var_id) == (2019, 2020, 2021, 2022)
    bps.set_today(date(2024, 4, 4))
    assert listed_years(client, "3529", found.series["adhk"].var_id) == (2019, 2020, 2021, 2022, 2023)


def test_tables_come_typed_and_whole(client: BpsClient, found: FoundSeries) -> None:
    tables = by_measure(read_pdrb(client, found, [2022, 2023]))
    assert list(tables) == ["adhb", "adhk", "growth", "share"]
    adhk = tables["adhk"]
    assert (adhk.unit, adhk.base_year, adhk.years) == ("Miliar Rupiah", 2010, (2022, 2023))
    assert {cell.sector for cell in adhk.cells} == {*CODES, "TOTAL", "TOTAL_NONMIGAS"}
    total = adhk.find("TOTAL", 2023)
    assert total is not None
    assert total.value == Decimal("26244.8")
    assert isinstance(total.value, Decimal)
    assert adhk.fetched[total.fetched_index].url_redacted.endswith("key=***")
    assert adhk.last_update is not None
    assert adhk.last_update.isoformat() == "2024-04-04T08:00:00+07:00"
    assert all(table.remarks == () for table in tables.values())


def test_each_figure_has_its_status(client: BpsClient, found: FoundSeries) -> None:
    adhb = by_measure(read_pdrb(client, found, [2021, 2022, 2023]))["adhb"]
    statuses = {year: {c.status for c in adhb.cells if c.year == year} for year in adhb.years}
    assert statuses == {2021: {"tetap"}, 2022: {"sementara"}, 2023: {"sangat sementara"}}


def test_invented_figures_are_marked_and_published_ones_are_not(
    client: BpsClient, found: FoundSeries
) -> None:
    tables = by_measure(read_pdrb(client, found, [2022, 2023]))
    marks = {
        (measure, sector, year): tables[measure].find(sector, year).illustrative  # type: ignore[union-attr]
        for measure, sector, year in [
            ("adhb", "TOTAL", 2023), ("adhb", "C", 2023), ("share", "C", 2023), ("growth", "C", 2022),
            ("growth", "C", 2023),
        ]
    }  # fmt: skip
    assert list(marks.values()) == [False, True, False, False, True]


def test_a_release_revises_the_years_before(bps: BpsStandin, client: BpsClient, found: FoundSeries) -> None:
    bps.set_today(date(2024, 1, 31))
    before = by_measure(read_pdrb(client, found, [2020, 2021, 2022]))["adhk"]
    bps.set_today(date(2024, 4, 4))
    after = by_measure(read_pdrb(client, found, [2020, 2021, 2022]))["adhk"]
    changed = {c.year for c in before.cells if (now := after.find(c.sector, c.year)) and now.value != c.value}
    assert changed == {2021, 2022}


def test_juta_rupiah_becomes_miliar_and_keeps_the_original(
    bps: BpsStandin, client: BpsClient, found: FoundSeries
) -> None:
    bps.fail_with("unit_change")
    adhb = by_measure(read_pdrb(client, found, [2023]))["adhb"]
    total = adhb.find("TOTAL", 2023)
    assert total is not None
    assert total.value == Decimal("42847.970")
    assert total.original == 42847970
    assert adhb.unit_original == "Juta Rupiah"


@pytest.mark.parametrize("fault", ["ids_as_text", "stray_keys", "wrong_content_type", "null_for_many"])
def test_harmless_oddities_change_nothing(
    bps: BpsStandin, client: BpsClient, found: FoundSeries, fault: str
) -> None:
    expected = {(c.sector, c.year): c.value for c in read_pdrb(client, found, [2022, 2023])[1].cells}
    bps.fail_with(fault)
    table = read_pdrb(client, found, [2022, 2023])[1]
    assert {(c.sector, c.year): c.value for c in table.cells} == expected


def test_stars_give_the_status_when_the_note_is_silent(
    bps: BpsStandin, client: BpsClient, found: FoundSeries
) -> None:
    bps.fail_with("starred_years")
    adhb = read_pdrb(client, found, [2023])[0]
    assert {cell.status for cell in adhb.cells} == {"sangat sementara"}


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("unknown_category", "kategori yang tidak dikenal: 'C Industri Kreatif Baru'"),
        ("missing_category", "tahun 2023 tidak memuat kategori C"),
        ("wrong_total", r"jumlah 17 kategori tahun 2023 adalah 42\.847,97 .* totalnya tertulis 42\.860,31"),
        ("slip_100", r"jumlah 17 kategori tahun 2023 adalah 312\.212,12 .* tertulis 42\.847,97"),
        ("silent_unit_change", r"40\.255,32 miliar rupiah pada 2022 tetapi 42\.847\.970,00 .* pada 2023"),
        ("text_value", "isian yang bukan angka"),
        ("ambiguous_keys", "yang berarti dua hal"),
        ("twin_label", "'C Industri Pengolahan' tahun 2022 dua kali"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(
    bps: BpsStandin, client: BpsClient, found: FoundSeries, fault: str, message: str
) -> None:
    bps.fail_with(fault)
    with pytest.raises(ImplausibleFigureError, match=message) as caught:
        read_pdrb(client, found, [2022, 2023])
    assert "Harga Berlaku Menurut Lapangan Usaha" in str(caught.value), "the table is named"
    assert "angka yang tersimpan tetap dipakai" in caught.value.todo


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("bad_key", "BPS menolak kunci WebAPI"),
        ("waf_403", "tembok api BPS"),
        ("html_200", "tembok api BPS"),
        ("html_maintenance", "halaman web"),
        ("truncated", "terpotong atau rusak"),
        ("cut_off", "terputus di tengah jalan"),
        ("empty", "jawaban kosong"),
        ("error_500", "sedang terganggu"),
        ("reset", "memutus sambungan"),
        ("null", "terlalu besar"),
        ("odd_unit", "Satuan tabel 9101 .* adalah 'Ton'"),
    ],
)
def test_an_unusable_answer_has_its_own_message(
    bps: BpsStandin, client: BpsClient, found: FoundSeries, fault: str, message: str
) -> None:
    bps.fail_with(fault)
    with pytest.raises(SourceError, match=message) as caught:
        read_pdrb(client, found, [2022, 2023])
    assert "Yang perlu dilakukan:" in str(caught.value)


@pytest.mark.parametrize("fault", ["empty_datacontent", "not_available"])
def test_a_year_without_figures_is_no_table(
    bps: BpsStandin, client: BpsClient, found: FoundSeries, fault: str
) -> None:
    bps.fail_with(fault)
    assert read_pdrb(client, found, [2023]) == []


def test_a_table_that_changes_while_it_is_read_is_read_again(
    bps: BpsStandin, client: BpsClient, found: FoundSeries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release happens between the first and the second call for one table."""
    bps.set_today(date(2024, 1, 31))

    def release_now(_asked: Asked, reply: Reply) -> Reply:
        bps.set_today(date(2024, 4, 4))
        return reply

    monkeypatch.setitem(faults.FAULTS, "release_now", release_now)
    bps.fail_with("release_now", times=1)
    adhb = read_pdrb(client, found, [2020, 2021, 2022])[0]
    total = adhb.find("TOTAL", 2022)
    assert total is not None
    assert total.value == Decimal("40255.32"), "nothing of the older state is mixed in"
    assert len({json.loads(f.content)["last_update"] for f in adhb.fetched}) == 1


def test_a_lost_minus_is_remarked(bps: BpsStandin, client: BpsClient, found: FoundSeries) -> None:
    bps.fail_with("lost_minus")
    growth = by_measure(read_pdrb(client, found, [2019, 2020]))["growth"]
    assert any("menyebut 1,13, sedangkan hasil hitung dari nilainya -1,13" in r for r in growth.remarks)


def test_a_pinned_table_of_another_base_year_is_not_mixed_in(client: BpsClient) -> None:
    found = search_series(client, "3529", {"adhk": 9107})
    with pytest.raises(SourceError, match="tahun dasar 2000, padahal yang diperlukan 2010"):
        read_pdrb(client, found, [2022])


def test_what_was_read_survives_pickling(client: BpsClient, found: FoundSeries) -> None:
    tables = read_pdrb(client, found, [2023])
    assert pickle.loads(pickle.dumps((found, tables))) == (found, tables)


# --- checks on tables made by hand --------------------------------------------------------------


def table(
    measure: str, values: dict[tuple[str, int], str], labels: dict[str, str] | None = None
) -> PdrbTable:
    cells = tuple(
        PdrbCell(sector, (labels or {}).get(sector, sector), year, Decimal(v), "tetap", False, 0, Decimal(v))
        for (sector, year), v in values.items()
    )
    return PdrbTable(measure, "3529", 1, "Tabel uji", "Miliar Rupiah", None, None, "", cells, ())


def test_rounded_categories_may_miss_the_total_a_little() -> None:
    values = {(code, 2023): "1.00" for code in CODES}
    assert check_table(table("adhb", {**values, ("TOTAL", 2023): "17.05"}))
    with pytest.raises(ImplausibleFigureError):
        check_table(table("adhb", {**values, ("TOTAL", 2023): "17.06"}))


def test_a_real_table_of_a_regency_passes() -> None:
    """Enrekang 2021-2025: its rounded categories miss the total by up to 0,02."""
    page = (SAMPLES / "enrekang_pdrb_adhb_2021_2025_pdf_page127.txt").read_text(encoding="utf-8")
    rows = [re.findall(r"[\d,]+\.\d\d", line) for line in page.splitlines()]
    values = [[Decimal(n.replace(",", "")) for n in row] for row in rows if len(row) == 5]
    assert len(values) == 18
    made = {
        (code, year): str(value)
        for code, row in zip((*CODES, "TOTAL"), values, strict=True)
        for year, value in zip(range(2021, 2026), row, strict=True)
    }
    assert check_table(table("adhb", made)).years == (2021, 2022, 2023, 2024, 2025)


def test_of_two_totals_the_one_that_matches_is_taken() -> None:
    cells = table("adhb", {(code, 2023): "1.00" for code in CODES}).cells
    totals = (
        PdrbCell("TOTAL", "Jumlah", 2023, Decimal(15), "tetap", False, 0, Decimal(15)),
        PdrbCell("TOTAL", "PDRB", 2023, Decimal(17), "tetap", False, 0, Decimal(17)),
    )
    made = PdrbTable("adhb", "3529", 1, "Tabel uji", "", None, None, "", cells + totals, ())
    total = check_table(made).find("TOTAL", 2023)
    assert total is not None
    assert total.label == "PDRB"


def test_shares_must_make_a_hundred() -> None:
    values = {(code, 2023): "5.88" for code in CODES}
    assert check_table(table("share", values))
    with pytest.raises(ImplausibleFigureError, match="99,08 persen, bukan 100"):
        check_table(table("share", {**values, ("C", 2023): "5.00"}))


def test_a_value_that_is_not_above_nothing_is_refused() -> None:
    values = {(code, 2023): "1.00" for code in CODES} | {("B", 2023): "-1.00", ("TOTAL", 2023): "15"}
    with pytest.raises(ImplausibleFigureError, match="seharusnya di atas nol"):
        check_table(table("adhk", values))


def test_rounding_of_a_tiny_category_is_no_remark() -> None:
    """9,33 after 8,45: by rounding alone the rate may be anything from 10,28 to 10,54."""
    values = table("adhk", {("D", 2022): "8.45", ("D", 2023): "9.33"})
    assert compare_tables([values, table("growth", {("D", 2023): "10.50"})])[1].remarks == ()
    assert compare_tables([values, table("growth", {("D", 2023): "10.80"})])[1].remarks != ()


def test_every_error_of_this_layer_is_one_of_the_projects(
    bps: BpsStandin, client: BpsClient, found: FoundSeries
) -> None:
    for fault in sorted(set(faults.FAULTS) - {"stall", "slow_drip"}):
        bps.behave()
        bps.fail_with(fault)
        try:
            read_pdrb(client, found, [2023])
        except LkjipError as error:
            assert error.todo, fault  # noqa: PT017
