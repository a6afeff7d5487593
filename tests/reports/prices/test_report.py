"""Market prices in the report: the share of stable commodities, the section, the lampiran, the audit."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from capaian.prices.results import Flag
from capaian.prices.rules import Doubt, Method
from capaian.values import Quantity
from office.schema import Agency
from reports.changes import compare_reports
from reports.content import Report
from reports.mail import compose_mail
from reports.measuring import measure_year
from reports.prices.evidence import PriceEvidence, UnknownName
from reports.prices.tables import MOST_ROWS
from reports.reported import reported_realisasi
from reports.table import Cell, Table
from tests.reports.given.year_of_prices import INDICATOR, YEAR, evidence, report_with, without_measured

PROGRAM = "PROGRAM STABILISASI HARGA BARANG KEBUTUHAN POKOK DAN BARANG PENTING"


def row_of(table: Table, words: str) -> tuple[Cell, ...]:
    return next(row.cells for row in table.rows if any(cell.text == words for cell in row.cells))


def appendix(report: Report, heading: str) -> Table:
    assert report.price_appendix
    return dict(report.price_appendix.parts)[heading]


# ---- the share of stable commodities


@pytest.mark.parametrize(
    ("number", "shown"), [("analisis", "78,95%†"), ("penunjang", "99%†"), ("efisiensi-program", "78,95%†")]
)
def test_the_share_of_stable_commodities_is_the_realisasi_of_its_program(
    priced_report: Report, number: str, shown: str
) -> None:
    cells = row_of(priced_report.tables[number], PROGRAM)
    (noted,) = [cell for cell in cells if cell.note]
    assert noted.text == shown
    assert noted.mark == "illustrative"
    assert noted.figure == INDICATOR
    assert noted.note == (
        "15 dari 19 komoditas terukur stabil (fluktuasinya paling tinggi 9%). "
        "Dilaporkan kantor: 80%; angka itu berasal dari data lain."
    )


def test_capaian_and_efficiency_of_the_program_follow_from_the_share(priced_report: Report) -> None:
    texts = [cell.text for cell in row_of(priced_report.tables["efisiensi-program"], PROGRAM)]
    assert texts[2:5] == ["80%", "78,95%†", "98,68%†"]
    assert texts[-1] == "1,11†"


def test_the_tables_with_a_computed_program_explain_the_dagger(priced_report: Report) -> None:
    for number in ("analisis", "penunjang", "efisiensi-program"):
        notes = priced_report.tables[number].notes
        assert "† Angka ilustrasi untuk peragaan, bukan rilis BPS atau harga pasar." in notes


def test_real_prices_carry_no_dagger(agency: Agency) -> None:
    report = report_with(agency, evidence(agency, illustrative=False))
    assert row_of(report.tables["analisis"], PROGRAM)[4].text == "78,95%"
    assert "†" not in json.dumps(report.as_json(), ensure_ascii=False)
    assert report.notice == ""


def test_an_invented_price_that_was_not_used_marks_no_figure_but_the_cover(
    agency: Agency, prices: PriceEvidence
) -> None:
    real = evidence(agency, illustrative=False)
    invented = {c.commodity: c for c in prices.fluctuation.commodities}
    mixed = tuple(invented[c.commodity] if c.value is None else c for c in real.fluctuation.commodities)
    report = report_with(agency, replace(real, fluctuation=replace(real.fluctuation, commodities=mixed)))
    assert report.tables["harga-laporan"].rows[0].cells[1].text == "8,02%"
    assert report.notice.startswith("PERAGAAN. Laporan ini memuat harga ilustrasi")


def test_a_year_that_is_not_over_changes_nothing(agency: Agency, waiting_report: Report) -> None:
    running = report_with(agency, evidence(agency, complete=False))
    assert running.content_hash == waiting_report.content_hash


def test_too_few_measured_commodities_leave_the_figures_of_the_office(
    agency: Agency, prices: PriceEvidence
) -> None:
    report = report_with(agency, without_measured(prices, 3))
    assert row_of(report.tables["analisis"], PROGRAM)[4].text == "80%"
    assert report.measured.indicators[INDICATOR].realisasi.value == Quantity(Decimal("11.70"))
    assert report.sentences["harga"][0] == (
        "Fluktuasi harga tahun 2023 tidak dipakai sebagai realisasi: 3 komoditas terukur, sedangkan "
        "diperlukan sedikitnya 10."
    )


@pytest.mark.parametrize(("count", "computed"), [(0, []), (9, []), (10, [PROGRAM])])
def test_the_share_of_fewer_commodities_than_the_office_asks_for_is_no_realisasi(
    agency: Agency, prices: PriceEvidence, priced_report: Report, count: int, computed: list[str]
) -> None:
    """Even where the indicator itself has a figure that was computed from prices."""
    measured = measure_year(
        agency,
        reported_realisasi(agency)
        | {(INDICATOR, YEAR): priced_report.measured.indicators[INDICATOR].realisasi},
        without_measured(prices, count),
    )
    assert [program.row.name for program in measured.programs if program.computed] == computed


def test_while_the_offices_figure_stands_for_the_indicator_its_share_stands_too(
    agency: Agency, prices: PriceEvidence
) -> None:
    measured = measure_year(agency, reported_realisasi(agency), prices)
    assert not any(program.computed for program in measured.programs)


# ---- the section in BAB III


def test_the_section_stands_between_table_3_7_and_the_budgets(priced_report: Report) -> None:
    body = priced_report.document().body
    (index,) = priced_report.book.pictures["indeks-harga"]
    picture = f'id="gambar-{index.number.replace(".", "-")}"'
    places = ['id="tabel-3-7"', ">Fluktuasi Harga Bapokti</h3>", picture, 'id="tabel-3-7a"']
    found = [body.index(place) for place in (*places, "B. Realisasi Anggaran</h2>")]
    assert found == sorted(found)


def test_a_report_without_prices_has_no_section_and_no_lampiran(waiting_report: Report) -> None:
    body = waiting_report.document().body
    assert "Fluktuasi Harga Bapokti" not in body
    assert "HARGA BAPOKTI" not in body
    assert not {"indeks-harga", "harga"} & waiting_report.book.pictures.keys()
    assert "prices" not in waiting_report.as_json()


def test_the_printed_figure_stands_beside_the_computed_one_as_other_data(priced_report: Report) -> None:
    table = priced_report.tables["harga-laporan"]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Persentase fluktuasi harga Bapokti", "8,02%†", "11,70%",
    ]  # fmt: skip
    assert "Kedua kolom berasal dari data yang berbeda dan tidak dapat disamakan." in table.notes
    (sentence,) = priced_report.sentences["harga-laporan"]
    assert "tidak dapat disamakan dan selisihnya bukan koreksi" in sentence


def test_without_a_figure_of_the_office_nothing_is_compared(agency: Agency, prices: PriceEvidence) -> None:
    report = report_with(agency, replace(prices, reported=None))
    assert "harga-laporan" not in report.tables
    assert "harga-laporan" not in report.sentences


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("4.99", "tergolong baik"), ("5", "tergolong normal"), ("9", "tergolong normal"), ("9.01", "di atas")],
)
def test_the_ministrys_words_go_by_its_bounds(
    agency: Agency, prices: PriceEvidence, value: str, verdict: str
) -> None:
    changed = replace(prices, fluctuation=replace(prices.fluctuation, value=Decimal(value)))
    assert verdict in report_with(agency, changed).sentences["harga"][1].rsplit(";", 1)[1]


def test_another_method_is_not_judged_by_the_bounds_of_the_coefficient(agency: Agency) -> None:
    assert agency.prices
    rules = replace(agency.prices.rules, method=Method.PEAK_MONTH)
    said = report_with(agency, evidence(agency, rules=rules)).sentences["harga"]
    assert said[1].startswith("Cara hitung: selisih bulan tertinggi terhadap rata-rata bulanan")
    assert "Permendag" not in " ".join(said)


def test_prices_left_out_are_named_by_their_rule(priced_report: Report) -> None:
    said = " ".join(priced_report.sentences["harga"])
    assert (
        "1 harga yang meragukan disimpan tetapi tidak dipakai menurut aturan salah ribuan (1) dan di luar "
        "kisaran (1)" in said
    )


def test_every_charted_commodity_with_prices_has_a_chart(agency: Agency, priced_report: Report) -> None:
    assert agency.prices
    (index,), (small,) = (priced_report.book.pictures[name] for name in ("indeks-harga", "harga"))
    assert len(index.charts) == 1
    assert len(small.charts) == len(agency.prices.charted) == 8


def test_pictures_of_invented_prices_say_what_the_dagger_means(agency: Agency, priced_report: Report) -> None:
    pictures = [*priced_report.book.pictures["indeks-harga"], *priced_report.book.pictures["harga"]]
    assert all("\u2020\u00a0ilustrasi)" in picture.caption for picture in pictures)
    real = report_with(agency, evidence(agency, illustrative=False))
    assert not any("\u2020" in picture.caption for picture in real.book.pictures["indeks-harga"])


# ---- the lampiran


def test_the_lampiran_comes_after_those_of_the_office_and_moves_ours(priced_report: Report) -> None:
    body = priced_report.document().body
    titles = [
        "LAMPIRAN 4<br>PERJANJIAN", "LAMPIRAN 5<br>HARGA BAPOKTI",
        "LAMPIRAN 6<br>ASAL-USUL", "LAMPIRAN 7<br>CARA PENGUKURAN",
    ]  # fmt: skip
    found = [body.index(title) for title in titles]
    assert found == sorted(found)
    assert 'id="lampiran-5-1"' in body


def test_every_commodity_of_the_office_is_listed_measured_or_not(
    agency: Agency, priced_report: Report
) -> None:
    assert agency.prices
    rows = appendix(priced_report, "").flat_rows()
    assert len([row for row in rows if row[0].isdigit()]) == len(agency.prices.commodities)
    (unmeasured,) = [row for row in rows if row[1] == "Ikan Bandeng"]
    assert unmeasured[6] == "tidak diukur: hanya 40 hari pengamatan, paling sedikit 100"


def test_each_doubt_says_what_became_of_the_price(priced_report: Report) -> None:
    treated = {row[5]: row[7] for row in appendix(priced_report, "Harga yang Meragukan").flat_rows()}
    assert treated == {
        "di luar kisaran": "tidak dipakai: aturan di luar kisaran",
        "salah ribuan": "tidak dipakai: aturan salah ribuan",
        "lonjakan": "dicatat, tetap dipakai",
    }


def test_prices_that_stood_still_have_one_line_a_commodity(agency: Agency, prices: PriceEvidence) -> None:
    first, *rest = prices.fluctuation.commodities
    runs = tuple(
        Flag(first.commodity, market, date(YEAR, month, 1), Decimal(12_500), Doubt.REPEATED, "sama", days)
        for market, month, days in (("Pasar A", 1, 31), ("Pasar B", 3, 64), ("Pasar A", 6, 40))
    )
    still = replace(prices.fluctuation, commodities=(replace(first, flags=runs), *rest))
    rows = appendix(
        report_with(agency, replace(prices, fluctuation=still)), "Harga yang Berulang"
    ).flat_rows()
    (line,) = [row for row in rows if row[1] == prices.call(first.commodity)]
    assert line[2:] == ["Pasar A\nPasar B", "3", f"64 hari\nsejak 1 Maret {YEAR}", "12.500†"]


def test_long_lists_are_cut_and_say_how_many_are_left(agency: Agency, prices: PriceEvidence) -> None:
    unknown = tuple(UnknownName("lembar", f"nama {n}", "kg", "tidak dikenal", n) for n in range(57))
    rows = appendix(report_with(agency, replace(prices, unknown=unknown)), "Belum Dikenal").flat_rows()
    assert len(rows) == MOST_ROWS + 1
    assert rows[-1][0] == "dan 17 lain"


def test_no_report_sends_its_readers_to_files_of_the_program(agency: Agency, prices: PriceEvidence) -> None:
    unknown = (UnknownName("lembar", "Beras Baru", "kg", "belum dikenal.", 3, "Tambahkan ke register.yaml."),)
    report = report_with(agency, replace(prices, unknown=unknown))
    assert [row[4] for row in appendix(report, "Belum Dikenal").flat_rows()] == ["belum dikenal."]
    assert "register.yaml" not in report.json_text() + report.document().body


def test_a_commodity_among_the_inputs_is_named_once(agency: Agency, prices: PriceEvidence) -> None:
    report = report_with(agency, prices)
    (origin,) = [origin for origin in report.origins if origin.figure == INDICATOR]
    first = origin.inputs[0]
    (told,) = replace(origin, inputs=(replace(first, symbol=first.name),)).input_lines()
    assert re.fullmatch(rf"{first.name} = [\d,]+% \(ilustrasi\)", told)


def test_prices_left_out_come_first_in_a_cut_list(agency: Agency, prices: PriceEvidence) -> None:
    first, *rest = prices.fluctuation.commodities
    jumps = tuple(
        Flag(first.commodity, "Pasar", date(YEAR, 1, 1 + n % 28), Decimal(n), Doubt.JUMP, "naik")
        for n in range(60)
    )
    crowded = replace(prices.fluctuation, commodities=(replace(first, flags=jumps), *rest))
    rows = appendix(
        report_with(agency, replace(prices, fluctuation=crowded)), "Harga yang Meragukan"
    ).flat_rows()
    assert [row[5] for row in rows[:2]] == ["di luar kisaran", "salah ribuan"]


# ---- audit, origin, report.json, mail


def test_the_audit_has_a_reason_of_its_own_for_what_follows_from_prices(priced_report: Report) -> None:
    found = [f for f in priced_report.findings if f.kind == "harga"]
    tables = {f.place.split(",")[0] for f in found}
    assert tables == {f"Tabel 3.{n}" for n in (4, 5, 6, 7, 9, 10)}
    realisasi = next(f for f in found if f.printed == "11,70%")
    assert realisasi.ours == "8,02%†"
    assert realisasi.explanation.startswith("jumlah koefisien variasi 152,47 / 19 komoditas")


def test_nothing_else_is_laid_to_prices(priced_report: Report, waiting_report: Report) -> None:
    def others(report: Report) -> list[str]:
        found = report.findings
        return [f"{f.place} {f.printed}" for f in found if f.kind != "harga"]

    by_price = {f"{f.place} {f.printed}" for f in priced_report.findings if f.kind == "harga"}
    assert others(priced_report) == [entry for entry in others(waiting_report) if entry not in by_price]


def test_report_json_holds_the_evidence_as_text(priced_report: Report, prices: PriceEvidence) -> None:
    held = json.loads(priced_report.json_text())["prices"]
    assert Decimal(held["value"]) == prices.fluctuation.value
    assert held["fingerprint"] == prices.fingerprint
    assert held["reported"] == {"value": "11,70%", "source": "DKUPP Th. 2023"}
    assert [entry["id"] for entry in held["commodities"]] == list(prices.fluctuation.rules.commodities)


def test_the_same_prices_give_the_same_report(agency: Agency, priced_report: Report) -> None:
    again = report_with(agency, evidence(agency))
    assert again.json_text() == priced_report.json_text()
    assert again.document().body == priced_report.document().body


def test_the_rules_of_measuring_prices_are_told(priced_report: Report, waiting_report: Report) -> None:
    told = [rule for rule in priced_report.rules if "Permendag 5/2024" in rule]
    assert told
    assert not set(told) & set(waiting_report.rules)


def test_the_mail_says_that_the_figure_comes_from_prices_now(
    waiting_report: Report, priced_report: Report
) -> None:
    changes = compare_reports(waiting_report.as_json(), priced_report.as_json())
    assert changes["summary"] == "dihitung dari harga harian, 1 indikator berubah"
    mail = compose_mail(priced_report, changes, sender="a@b.example", recipients=["c@d.example"])
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "11,70%" in text
        assert "8,02%†" in text
        assert "bukan rilis BPS atau harga pasar" in text


def test_new_prices_of_the_same_year_are_called_an_update(agency: Agency, priced_report: Report) -> None:
    assert agency.prices
    rules = replace(agency.prices.rules, commodities=agency.prices.rules.commodities[:15])
    later = report_with(agency, evidence(agency, rules=rules), number=3)
    changes = compare_reports(priced_report.as_json(), later.as_json())
    assert changes["summary"] == "harga harian diperbarui, 1 indikator berubah"
