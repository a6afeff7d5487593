"""The three example offices: their printed capaian are reproduced, or listed with the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

import pytest

from core.settings import PROJECT
from office.loading import find_agency, load_agency
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.measured import MeasuredIndicator
from reports.printed import readings
from reports.reported import reported_realisasi

YEARS = {"jabar-disperindag": 2016, "jabar-inspektorat": 2016, "sumenep-dkupp": 2023}
JABAR = ["jabar-disperindag", "jabar-inspektorat"]
OTHERWISE = {
    "Jumlah UTTP": "63,56%",  # 4.341.614 / 6.831.222; the print has 63.46
    "Tingkat keterlambatan pelaporan": "200%",  # (2 x 2 - 0) / 2; the print has 1000
    "OPD nilai evaluasi LKIP B ke atas": "100%",  # 80 / 80; the print has 98,8
}
"""Printed capaian of table 3.2 that no rounding of the right one gives, with the right one."""
NAMES = {
    "jabar-disperindag": ["Disperindag", "Dinas Perindustrian dan Perdagangan Provinsi Jawa Barat"],
    "jabar-inspektorat": ["Inspektorat Provinsi Jawa Barat"],
    "sumenep-dkupp": ["Sumenep", "DKUPP"],
}


def agency_of(office: str) -> Agency:
    return load_agency(find_agency(office), YEARS[office])


@cache
def report_of(office: str) -> Report:
    agency = agency_of(office)
    day = date(YEARS[office] + 1, 1, 31)
    return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, day))


def rows_of(report: Report) -> Iterator[tuple[MeasuredIndicator, dict[str, str]]]:
    """Each indicator with its printed row of table 3.2, which has them in our order."""
    printed = report.agency.printed["capaian"]
    for m, row in zip(report.measured.objectives, printed.rows, strict=True):
        yield m, dict(zip(printed.header, row, strict=True))


def as_printed(percent: Decimal, printed: str) -> bool:
    """Whether a print has a capaian, rounded or cut off at its own decimals."""
    decimals = max(0, *(-int(number.as_tuple().exponent) for number in readings(printed)))
    shortened = {
        percent.quantize(Decimal(1).scaleb(-places), rounding)
        for places in (0, decimals)
        for rounding in (ROUND_DOWN, ROUND_HALF_UP)
    }
    return bool(shortened & set(readings(printed)))


def test_the_examples_are_these():
    folders = (PROJECT / "agencies").glob("*/office.yaml")
    assert sorted(folder.parent.name for folder in folders) == sorted(YEARS)


@pytest.mark.parametrize("office", YEARS)
def test_an_example_has_addresses_that_reach_nobody(office: str):
    agency = agency_of(office)
    addresses = [agency.office.contact, *(recipient.address for recipient in agency.year.recipients)]
    assert all(address.endswith(".example") for address in addresses)


@pytest.mark.parametrize(("office", "count"), [("jabar-disperindag", 17), ("jabar-inspektorat", 11)])
def test_every_printed_capaian_is_reproduced_or_known_to_be_wrong(office: str, count: int):
    measured = [(m, row) for m, row in rows_of(report_of(office)) if m.percent is not None]
    assert len(measured) == count
    for m, row in measured:
        wrong = not as_printed(m.percent or Decimal(0), row["Capaian %"])
        assert wrong == (m.indicator.name in OTHERWISE), m.id


@pytest.mark.parametrize("office", JABAR)
def test_every_printed_category_follows_from_the_offices_own_scale(office: str):
    for m, row in rows_of(report_of(office)):
        assert (m.category.name if m.category else "-").casefold() == row["Kategori"].casefold(), m.id


@pytest.mark.parametrize("office", JABAR)
def test_a_capaian_that_is_printed_otherwise_stands_in_the_list_with_its_arithmetic(office: str):
    report = report_of(office)
    for m, row in rows_of(report):
        if m.percent is None or m.indicator.name not in OTHERWISE:
            continue
        right = OTHERWISE[m.indicator.name]
        (finding,) = (
            f
            for f in report.findings
            if f.place.startswith("Tabel 3.2") and "Capaian" in f.place
            if (f.printed, f.ours) == (row["Capaian %"], right)
        )
        assert f"{m.capaian.formula if m.capaian else ''} = {right}" in finding.explanation


def test_what_a_print_calls_capaian_against_last_year_is_computed_too():
    found = {f.place: f for f in report_of("jabar-disperindag").findings if "terhadap 2015" in f.place}
    listed = {place.split(", ")[1]: (f.printed, f.ours) for place, f in found.items()}
    # Those cut off by the print are listed as well; these have another figure.
    assert listed["Ekspor non migas"] == ("(96.9)", "96,02%")
    assert listed["Kerjasama perdagangan"] == ("60", "20%"), "3 of 15 (table 3.1); table 3.3 has 5 in 2015"
    assert listed["Inflasi Jawa Barat"] == ("248.1", "348,10%")
    assert listed["Keterlambatan pelaporan"] == ("1,000", "-"), "nought divides nothing"
    assert "Jumlah UTTP" not in listed


def test_a_relative_target_without_the_other_figure_is_the_offices_word():
    inflation = report_of("jabar-disperindag").measured.indicators["inflasi"]
    assert str(inflation.target) == "< inflasi nasional"
    assert inflation.capaian is not None
    assert (inflation.percent, inflation.capaian.formula) == (Decimal(100), "dinyatakan kantor")


def test_the_inspektorat_waits_for_kemendagri_and_for_the_lhp():
    waiting = {m.id: m.realisasi.reason for m in report_of("jabar-inspektorat").measured.waiting}
    assert waiting == {
        "eppd": "Menunggu hasil EPPD yang dikeluarkan Kemendagri sekitar April",
        "temuan-spi": "Menunggu LHP yang terlambat",
    }


def test_an_office_of_which_one_table_is_at_hand_has_no_budget_and_no_words_of_its_own():
    report = report_of("jabar-inspektorat")
    assert report.agency.programs == []
    assert not any(chapter.own for chapter in report.agency.chapters)
    assert "Rp" not in report.document().body
    assert not {
        "iku",
        "program",
        "akhir-renstra",
        "standar",
        "analisis",
        "penunjang",
        "anggaran",
        "efisiensi",
        "efisiensi-program",
    } & set(report.tables)


def test_seventeen_of_twenty_programs_have_their_kegiatan():
    keys = [row.key for row in agency_of("jabar-disperindag").programs]
    programs = {key.split(".")[0] for key in keys}
    with_kegiatan = {key.split(".")[0] for key in keys if "." in key}
    assert (len(programs), sorted(programs - with_kegiatan, key=int)) == (20, ["6", "14", "15"])


@pytest.mark.parametrize("office", YEARS)
def test_no_report_of_one_office_names_another(office: str):
    # The last lampiran cites whose rules are the default ones.
    body, _, _ = report_of(office).document().body.partition('id="cara-pengukuran"')
    body = re.sub(r"<[^>]+>", " ", body)
    foreign = {name for other, names in NAMES.items() if other != office for name in names}
    assert [name for name in foreign if name in body] == []


@pytest.mark.parametrize(
    ("office", "title"),
    [
        ("jabar-disperindag", "LKjIP 2016 Disperindag Jawa Barat"),
        ("jabar-inspektorat", "LKjIP 2016 Inspektorat Jawa Barat"),
        ("sumenep-dkupp", "LKjIP 2023 DKUPP Sumenep"),
    ],
)
def test_an_office_of_a_province_has_the_name_of_the_province(office: str, title: str):
    assert report_of(office).title == title


def test_a_stated_capaian_says_so_beside_the_figure_and_in_the_sentence():
    report = report_of("jabar-disperindag")
    (row,) = (
        row
        for row in report.tables["capaian"].rows
        if row.cells[2].text == "Terkendalinya inflasi Jawa Barat"
    )
    assert (row.cells[5].text, row.cells[5].note) == ("100%", "Dinyatakan kantor, tidak dihitung.")
    (said,) = (s for s in report.sentences["capaian"] if "inflasi Jawa Barat" in s)
    assert "telah tercapai" in said
    assert "dengan capaian sebesar 100% (dinyatakan kantor, tidak dihitung), kategori Baik." in said


def test_a_rule_of_relative_targets_is_told_where_one_is_computed_only():
    rules = " ".join(report_of("jabar-disperindag").as_json()["rules"])
    assert "Capaian Inflasi Jawa Barat dinyatakan kantor, tidak dihitung." in rules
    assert "Target relatif" not in rules


def test_targets_of_seven_digits_get_a_broad_page():
    broad = {office: report_of(office).tables["tujuan-sasaran"].landscape for office in YEARS}
    assert broad == {"jabar-disperindag": True, "jabar-inspektorat": False, "sumenep-dkupp": False}


def test_programs_with_a_budget_alone_have_no_empty_columns_and_no_efficiency_of_their_own():
    report = report_of("jabar-disperindag")
    assert report.tables["program"].headings() == ["NO.", "PROGRAM/KEGIATAN", "ANGGARAN"]
    assert report.tables["penunjang"].headings()[4:] == [
        "Program/ Kegiatan/Sub Kegiatan",
        "Menunjang/ Tidak Menunjang",
    ]
    assert not {"analisis", "efisiensi-program"} & set(report.tables)
    (budget,) = report.sentences["penggunaan-anggaran"]
    assert budget.endswith("serapan anggaran sebesar 91,73%.")


def test_every_indicator_with_an_end_target_stands_in_table_3_4():
    listed = [row[2] for row in report_of("jabar-disperindag").tables["akhir-renstra"].flat_rows()]
    assert len(listed) == 16
    assert listed[-1] == "Tingkat keikutsertaan pelatihan teknis", (
        "in the work plan only, not in the agreement"
    )


@pytest.mark.parametrize("office", JABAR)
def test_neither_running_numbers_nor_what_both_wait_for_are_differences(office: str):
    findings = report_of(office).findings
    assert not [f for f in findings if f.place.endswith('kolom "No."')]
    assert not [f for f in findings if f.kind == "menunggu"]


def test_the_way_of_measuring_tells_no_rule_that_the_office_has_no_use_for():
    rules = " ".join(report_of("jabar-inspektorat").as_json()["rules"])
    assert "PDRB" not in rules
    assert "Tingkat efisiensi" not in rules
    assert "Tidak dimuat karena datanya tidak ada: perbandingan dengan tahun sebelumnya;" in rules
    assert "Tingkat kemajuan" not in rules
    assert "WTP, WDP, TW, TMP" in rules


def test_a_work_plan_names_every_tujuan_also_those_without_indicators_of_their_own():
    report = report_of("jabar-disperindag")
    named = [row[1] for row in report.tables["rencana-kerja"].flat_rows() if row[1]]
    assert named == [tujuan.text for tujuan in report.agency.renstra.tujuan]
