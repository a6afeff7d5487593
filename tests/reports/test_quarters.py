"""How a year follows from its quarters, and what a cumulative target is compared with, in the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from capaian.exact import percent, settled
from capaian.values import Quantity
from office.loading import load_agency
from reports.content import IssueInfo, Report, build_report
from reports.reported import reported_realisasi, waiting_for
from reports.standing import Standing
from tests.given.quarterly import YEAR, quarterly_office
from tests.given.standard_book import standard_chapters

ID = "wirausaha-baru"
Make = Callable[..., Report]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """The report of an office whose indicator has quarters of these realisasi; None is left out."""

    def made(way: str, realisasi: Sequence[str | None], *, target: str = "", **given: Any) -> Report:
        rows = [f"{ID},{n},{target},{each},Bidang," for n, each in enumerate(realisasi, start=1) if each]
        loaded = load_agency(quarterly_office(tmp_path, {ID: way}, rows, **given), YEAR)
        agency = loaded.model_copy(update={"chapters": standard_chapters()})
        return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2017, 1, 31)))

    return made


def steps_of(report: Report) -> str:
    return " ".join(next(o.steps for o in report.origins if o.figure == ID))


def test_a_sum_is_of_four_quarters_and_shown_with_its_numbers(make: Make) -> None:
    report = make("quarters: sum", ["2.100", "1.900", "2.433", "2.700"], target="2.250")
    m = report.measured.indicators[ID]
    assert m.realisasi.value == Quantity(Decimal(9133), "Orang")
    assert "Realisasi 2016: 2.100 + 1.900 + 2.433 + 2.700 = 9.133 Orang." in steps_of(report)
    assert [row[2:] for row in report.tables["triwulan"].flat_rows()] == [
        ["Target", *["2.250 Orang"] * 4, "9.000 Orang"],
        ["Realisasi", "2.100 Orang", "1.900 Orang", "2.433 Orang", "2.700 Orang", "9.133 Orang"],
        ["Capaian %", "93,33%", "84,44%", "108,13%", "120%", "101,48%"],
    ]
    (said,) = report.sentences["triwulan"]
    assert said == (
        "Realisasi Peningkatan Jumlah wirausaha baru tahun 2016 tercatat 9.133 Orang, yaitu jumlah realisasi "
        "keempat triwulan, 2.100 + 1.900 + 2.433 + 2.700."
    )
    rules = report.as_json()["rules"]
    assert any(
        rule.startswith("Realisasi setahun Wirausaha baru: jumlah realisasi keempat") for rule in rules
    )
    body = report.document().anchored
    assert body.index('id="tabel-3-2"') < body.index('id="tabel-3-3"') < body.index(said)


def test_a_mean_is_exact(make: Make) -> None:
    m = make("quarters: mean", ["1", "2", "2", "2"]).measured.indicators[ID]
    assert m.realisasi.value == Quantity(Decimal("1.75"), "Orang")
    assert m.realisasi.formula == "(1 + 2 + 2 + 2) / 4"


@pytest.mark.parametrize("way", ["sum", "mean"])
def test_quarters_that_lack_are_waited_for(make: Make, way: str) -> None:
    report = make(f"quarters: {way}", ["2.100", None, "2.433"])
    m = report.measured.indicators[ID]
    assert (m.standing, m.realisasi.reason) == (
        Standing.WAITING,
        "Menunggu realisasi Triwulan II dan IV",
    )
    assert waiting_for(m) == "menunggu realisasi Triwulan II dan IV"
    assert report.sentences["triwulan"][0].endswith(
        "belum ada karena masih menunggu realisasi Triwulan II dan IV."
    )


def test_the_last_quarter_filled_is_named_and_so_is_a_gap(make: Make) -> None:
    report = make("quarters: last", ["2.100", None, "8.433"])
    m = report.measured.indicators[ID]
    assert m.realisasi.value == Quantity(Decimal(8433), "Orang")
    assert "Realisasi 2016: Triwulan III, yang terakhir terisi = 8.433 Orang." in steps_of(report)
    assert m.realisasi.notes == ("Triwulan II belum terisi.",)
    assert report.sentences["triwulan"][0].endswith(
        "yaitu realisasi Triwulan III, triwulan terakhir yang terisi; Triwulan II belum terisi."
    )


def test_without_any_quarter_the_last_one_waits_for_the_first(make: Make) -> None:
    m = make("quarters: last", []).measured.indicators[ID]
    assert m.realisasi.reason == "Menunggu realisasi Triwulan I"


def test_what_the_office_says_of_the_whole_year_stays_beside_its_quarters(make: Make) -> None:
    m = make("quarters: sum", ["2.100", "1.900", "2.433", "2.700"], keep=[ID]).measured.indicators[ID]
    assert m.realisasi.source == "Dinas Indag"
    assert m.realisasi.formula == "2.100 + 1.900 + 2.433 + 2.700"
    assert m.realisasi.notes[0].startswith("Nilai menurut tabel 3.2")


BEFORE = [f"{ID},2013,1.000,,Bidang,,,", f"{ID},2014,900,,Bidang,,,"]


def test_a_cumulative_target_is_compared_with_the_sum_of_the_years(make: Make) -> None:
    report = make("cumulative: true", [], keep=[ID], reported=BEFORE)
    m = report.measured.indicators[ID]
    assert m.realisasi.value == Quantity(Decimal(9133), "Orang")
    assert m.percent == settled(percent(Decimal(15653), Decimal(9000)))
    assert "Capaian: 1.000 + 900 + 4.620 + 9.133 = 15.653; 15.653 / 9.000 x 100 = 173,92%." in steps_of(
        report
    )
    said = next(s for s in report.sentences["capaian"] if "wirausaha" in s)
    assert "realisasinya 9.133 Orang (kumulatif 1.000 + 900 + 4.620 + 9.133 = 15.653) dengan" in said
    note = "Capaian kumulatif Wirausaha baru: 1.000 + 900 + 4.620 + 9.133 = 15.653 dari target 9.000 Orang."
    before = (
        "Capaian kumulatif sampai 2015 Wirausaha baru: 1.000 + 900 + 4.620 = 6.520 dari target 6.000 Orang."
    )
    assert note in report.tables["capaian"].notes
    assert {before, note} <= set(report.tables["tahun-lalu"].notes)
    assert m.previous_capaian is not None
    assert m.previous_capaian.percent == settled(percent(Decimal(6520), Decimal(6000)))
    end = "Capaian kumulatif terhadap 2018 Wirausaha baru: 1.000 + 900 + 4.620 + 9.133 = 15.653 dari target"
    assert any(text.startswith(end) for text in report.tables["akhir-renstra"].notes)
    assert any("kumulatif sejak 2013" in rule for rule in report.as_json()["rules"])


def test_a_provisional_year_before_is_told_with_the_sum(make: Make) -> None:
    before = [BEFORE[0], BEFORE[1] + "sementara"]
    report = make("cumulative: true", [], keep=[ID], reported=before)
    (note,) = [note for note in report.tables["capaian"].notes if "kumulatif" in note]
    assert note.endswith("dari target 9.000 Orang; angka 2014 masih sementara.")


def test_a_year_that_lacks_makes_a_cumulative_capaian_not_computable(make: Make) -> None:
    report = make("cumulative: true", [], keep=[ID])
    m = report.measured.indicators[ID]
    assert m.standing is Standing.NOT_COMPUTABLE
    assert m.why_not_computable == "Target kumulatif: realisasi tahun 2013 dan 2014 tidak ada dalam data."
    assert not [note for note in report.tables["capaian"].notes if "kumulatif" in note]


def test_a_cumulative_indicator_that_waits_waits(make: Make) -> None:
    report = make("cumulative: true\n  quarters: sum", ["5"], reported=BEFORE)
    assert report.measured.indicators[ID].standing is Standing.WAITING


def test_an_office_without_quarters_has_no_table_and_no_rule_of_them(make: Make) -> None:
    report = make("cumulative: false", [], keep=[ID])
    assert "triwulan" not in report.tables
    assert "triwulan" not in report.sentences
    assert not [rule for rule in report.as_json()["rules"] if "triwulan" in rule or "kumulatif" in rule]
