"""The office of Sumenep as it stands in ``agencies/``."""

from __future__ import annotations

import shutil
import time
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from core.settings import PROJECT
from office.layout import TABLES_OF_PRINT
from office.loading import find_agency, is_example, load_agency
from office.schema import Agency, Level, MeasureKind


def total(agency: Agency, column: str, level: Level = Level.PROGRAM) -> Decimal:
    return sum(
        (getattr(row, column) or Decimal(0) for row in agency.programs if row.level is level), Decimal(0)
    )


def test_it_has_four_tujuan_six_sasaran_and_eleven_indicators(agency: Agency) -> None:
    sasaran = [sasaran for tujuan in agency.renstra.tujuan for sasaran in tujuan.sasaran]
    assert len(agency.renstra.tujuan) == 4
    assert len(sasaran) == 6
    assert sum(len(tujuan.indicators) for tujuan in agency.renstra.tujuan) == 5
    assert sum(len(entry.indicators) for entry in sasaran) == 6
    assert len(agency.indicators) == 11


def test_it_has_the_programs_kegiatan_and_sub_kegiatan_of_table_3_6(agency: Agency) -> None:
    levels = [row.level for row in agency.programs]
    assert levels.count(Level.PROGRAM) == 13
    assert levels.count(Level.KEGIATAN) == 19
    assert levels.count(Level.SUB_KEGIATAN) == 40


def test_the_budgets_of_the_programs_sum_to_the_right_totals(agency: Agency) -> None:
    assert total(agency, "budget_initial") == Decimal("22939110172")
    assert total(agency, "budget_revised") == Decimal("27077526494")
    assert total(agency, "spent") == Decimal("22998136965")


def test_the_kegiatan_sum_to_the_same_totals(agency: Agency) -> None:
    for column in ("budget_initial", "budget_revised", "spent"):
        assert total(agency, column, Level.KEGIATAN) == total(agency, column)


def test_the_total_of_bab_4_is_not_the_sum_of_the_programs(agency: Agency) -> None:
    assert agency.printed_figures["bab-4.anggaran"] == "27.910.420.344"
    assert agency.printed_figures["bab-4.realisasi"] == "25.901.226.039"
    assert total(agency, "budget_revised") != Decimal("27910420344")


def test_exactly_the_four_pdrb_indicators_have_no_reported_realisasi_of_2023(agency: Agency) -> None:
    reported = {entry.indicator for entry in agency.reported if entry.year == 2023}
    from_bps = {
        name
        for name, indicator in agency.indicators.items()
        if indicator.measure.kind in (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE)
    }
    assert len(from_bps) == 4
    assert reported == set(agency.indicators) - from_bps


def test_the_growths_that_contradict_table_3_2_live_only_in_the_print(agency: Agency) -> None:
    printed = [cell for row in agency.printed["standar"].rows for cell in row]
    assert {"5,20%", "4,86%"} <= set(printed)
    assert not {"5,20%", "4,86%"} & {str(entry.value) for entry in agency.reported}


def test_the_revised_agreement_of_2_november_2023_counts_first(agency: Agency) -> None:
    versions = {version.id: version for version in agency.year.versions}
    assert list(versions) == ["renja", "pk", "pk-perubahan"]
    assert agency.year.used == "pk-perubahan"
    assert str(versions["pk-perubahan"].agreed_on) == "2023-11-02"


def test_recipients_have_addresses_that_reach_nobody(agency: Agency) -> None:
    assert all(recipient.address.endswith(".example") for recipient in agency.year.recipients)


def test_the_chapters_state_no_measured_figure(agency: Agency) -> None:
    text = "\n".join(chapter.text for chapter in agency.chapters)
    for figure in (
        "16,24",
        "232%",
        "27.910.420.344",
        "92,80",
        "0,64",
        "80%",
        "Menunggu Rilis",
        "menunggu rilis",
    ):
        assert figure not in text


def test_all_seventeen_tables_of_the_print_are_kept(agency: Agency) -> None:
    assert set(agency.printed) == set(TABLES_OF_PRINT.values()) - {"harga-laporan"}


def test_loading_is_quick_enough_for_every_command() -> None:
    folder = find_agency("sumenep-dkupp")
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        load_agency(folder, 2023)
        runs.append(time.perf_counter() - start)
    assert min(runs) < 0.15


def test_an_office_is_found_by_name_and_by_path() -> None:
    folder = PROJECT / "agencies" / "sumenep-dkupp"
    assert find_agency("sumenep-dkupp") == folder
    assert find_agency(str(folder)) == folder


def test_an_office_in_use_comes_before_the_example_of_its_name(tmp_path: Path) -> None:
    assert find_agency("sumenep-dkupp", tmp_path / "belum-ada") == PROJECT / "agencies" / "sumenep-dkupp"
    own = shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", tmp_path / "sumenep-dkupp")
    assert find_agency("sumenep-dkupp", tmp_path) == own
    assert (is_example(own), is_example(PROJECT / "agencies" / "sumenep-dkupp")) == (False, True)


def test_an_unknown_office_names_those_in_use_and_the_examples(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", tmp_path / "dinas-b")
    with pytest.raises(AgencyDataError, match=r"di .*dinas-b, jabar-\w+, jabar-\w+, sumenep-dkupp"):
        find_agency("dinas-x", tmp_path)
