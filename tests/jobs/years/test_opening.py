"""A year is opened from the one before: targets of the Renstra, realisasi as published, a list to look at."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from jobs.years.opening import open_year
from office.loading import EXAMPLES, load_agency
from reports.content import IssueInfo, build_report
from reports.reported import reported_realisasi
from tests.jobs.given.days import JANUARY, RELEASE_DAY

pytestmark = pytest.mark.usefixtures("unrendered")


def rows(office: Path, year: int, name: str) -> list[dict[str, str]]:
    with (office / str(year) / name).open(newline="") as stream:
        return list(csv.DictReader(stream))


def of_2024(workspace: Workspace) -> Workspace:
    return Workspace(workspace.settings.model_copy(update={"year": 2024}))


def test_targets_are_those_of_the_renstra_and_else_last_year_s(at, office):
    opened = open_year(at(JANUARY), 2024)
    year = load_agency(office, 2024).year
    assert [version.id for version in year.versions] == ["renja", "pk"]
    assert year.used == "pk"
    targets = {name: str(value) for name, value in year.agreement.targets.items()}
    assert targets["pertumbuhan-industri"] == "6,2%"
    assert targets["fluktuasi-bapokti"] == "14,6%"
    assert targets["sakip"] == "A"
    assert "sakip" in opened.plan.carried
    assert opened.plan.dropped == ("Perubahan Perjanjian Kinerja Tahun 2023",)
    assert opened.contradiction == ""


def test_a_target_without_renstra_is_the_one_that_counted_last(at, office):
    change(office / "2023/indicators.yaml", '2024: "14,6%", ', "")
    open_year(at(JANUARY), 2024)
    year = load_agency(office, 2024).year
    assert str(year.agreement.targets["fluktuasi-bapokti"]) == "14,8%"  # of the revision; 15% before it


def test_numbers_and_names_of_documents_move_on_and_periods_stay(at, office):
    open_year(at(JANUARY), 2024)
    year = load_agency(office, 2024).year
    assert (year.year, year.document_year, year.previous_year, year.renstra_year_ordinal) == (
        2024,
        2025,
        2023,
        4,
    )
    assert year.foreword_signed == "Sumenep, Januari 2025"
    assert year.plan.name == "Rencana Kerja Tahun 2024"
    assert "periode 2021-2026" in year.sources["tujuan-sasaran"]
    assert any("Tahun Anggaran 2023" in " ".join(base.split()) for base in year.legal_bases)


def test_last_year_s_realisasi_is_what_its_last_issue_says(at, office):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    refresh(workspace)
    change(office / "2023/realisasi.csv", "16,24%", "99,99%")  # of the office, and never published
    opened = open_year(at(RELEASE_DAY), 2024)
    taken = {row["indicator"]: row for row in rows(office, 2024, "realisasi.csv") if row["year"] == "2023"}
    assert opened.published.source == "LKjIP 2023 terbitan 1, 4 April 2024"
    assert len(taken) == 11
    assert taken["pendapatan-umkm"]["value"] == "16,24%"
    assert taken["kontribusi-industri"]["value"] == "6,35%"
    assert taken["kontribusi-industri"]["target"] == "5,6%"
    assert taken["kontribusi-industri"]["source"] == opened.published.source


def test_last_year_s_causes_and_solutions_stay_in_last_year(at, office):
    file = office / "2023/realisasi.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    words = [f"{line},{'Sebab lama,Solusi lama' if line.startswith('sakip,2023') else ','}" for line in lines]
    file.write_text("\n".join([f"{header},cause,solution", *words]), encoding="utf-8")
    assert any(entry.cause for entry in load_agency(office, 2023).reported)
    open_year(at(JANUARY), 2024)
    assert "lama" not in (office / "2024/realisasi.csv").read_text(encoding="utf-8")


def test_a_year_that_was_never_issued_gives_its_own_figures_and_that_is_said(at, office):
    opened = open_year(at(JANUARY), 2024)
    taken = {row["indicator"]: row for row in rows(office, 2024, "realisasi.csv") if row["year"] == "2023"}
    assert "belum pernah terbit" in opened.as_text()
    assert taken["pendapatan-umkm"]["value"] == "16,24%"
    assert taken["pendapatan-umkm"]["target"] == "7%"
    assert set(opened.published.missing) == {
        "kontribusi-industri",
        "kontribusi-perdagangan",
        "pertumbuhan-industri",
        "pertumbuhan-perdagangan",
    }


def test_quarters_stay_with_their_year_and_give_its_figure(at, office):
    change(
        office / "2023/indicators.yaml", "- id: pendapatan-umkm", "- quarters: last\n  id: pendapatan-umkm"
    )
    reported = office / "2023/realisasi.csv"
    lines = reported.read_text().splitlines(keepends=True)
    reported.write_text("".join(line for line in lines if not line.startswith("pendapatan-umkm,2023")))
    (office / "2023/triwulan.csv").write_text(
        "indicator,quarter,realisasi,source\npendapatan-umkm,3,12%,Bidang UMKM\n"
    )
    open_year(at(JANUARY), 2024)
    [taken] = [
        row
        for row in rows(office, 2024, "realisasi.csv")
        if row["indicator"] == "pendapatan-umkm" and row["year"] == "2023"
    ]
    assert (taken["value"], taken["target"], taken["source"]) == ("12%", "7%", "Bidang UMKM")
    assert taken["note"] == "Dari triwulannya: Triwulan III, yang terakhir terisi."
    assert not (office / "2024/triwulan.csv").exists()
    assert "isi target dan realisasi triwulan 2024" in (office / "2024/periksa.md").read_text()


def test_what_is_published_of_last_year_later_is_told_by_the_status_of_the_new_year(at, office):
    refresh(at(JANUARY))
    open_year(at(JANUARY), 2024)
    assert not [w for w in read_status(of_2024(at(JANUARY))).warnings if "Realisasi 2023" in w]
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    refresh(workspace)
    told = [w for w in read_status(of_2024(at(RELEASE_DAY))).warnings if "Realisasi 2023" in w]
    assert len(told) == 4
    assert any("kontribusi-industri" in warning and "6,35%" in warning for warning in told)


def test_programs_keep_their_tree_and_lose_the_year_s_figures(at, office):
    open_year(at(JANUARY), 2024)
    before, now = (rows(office, year, "programs.csv") for year in (2023, 2024))
    assert [(r["key"], r["name"], r["code"]) for r in before] == [
        (r["key"], r["name"], r["code"]) for r in now
    ]
    assert {r["realisasi"] for r in now} == {""}
    assert {r["spent"] for r in now} == {r["budget_initial"] for r in now} == {"0", ""}


def test_a_report_of_a_year_without_any_figure_says_so_everywhere(at, office):
    open_year(at(JANUARY), 2024)
    agency = load_agency(office, 2024)
    report = build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, JANUARY))
    assert all(m.waiting for m in report.measured.indicators.values())
    assert {program.capaian.percent for program in report.measured.programs} == {None}
    assert "<h1" in report.document().body


def test_the_report_of_the_new_year_looks_like_that_of_the_old(at, office):
    (office / "2023/form.yaml").write_text("paper: F4\n")
    open_year(at(JANUARY), 2024)
    assert load_agency(office, 2024).form == load_agency(office, 2023).form
    assert load_agency(office, 2024).form.paper == "F4"


def test_chapters_are_carried_over_and_the_print_is_not(at, office):
    open_year(at(JANUARY), 2024)
    own, old = office / "2024", office / "2023"
    assert (own / "buku/penutup.md").read_bytes() == (old / "buku/penutup.md").read_bytes()
    assert (own / "renstra.yaml").read_bytes() == (old / "renstra.yaml").read_bytes()
    assert not (own / "cetak").exists()


def test_the_list_names_every_line_with_a_year_or_a_day(at, office):
    open_year(at(JANUARY), 2024)
    listed = (office / "2024/periksa.md").read_text()
    assert "`buku/akuntabilitas-kinerja.md` baris " in listed
    assert "`year.yaml` baris 2" in listed
    assert "Renstra tidak memuat targetnya, jadi masih target tahun 2023: pertumbuhan-umkm" in listed
    assert "Belum ada realisasi 2023" in listed


def test_a_year_that_is_there_is_not_overwritten(at, office):
    with pytest.raises(AgencyDataError, match="Tahun 2023 sudah ada"):
        open_year(at(JANUARY), 2023)


def test_a_year_without_one_before_it_cannot_be_opened(at, office):
    with pytest.raises(AgencyDataError, match=r"tidak mempunyai tahun sebelum 2022.*tahun yang ada: 2023"):
        open_year(at(JANUARY), 2022)


def test_an_example_of_the_program_is_left_alone(at):
    with pytest.raises(AgencyDataError, match="contoh milik program"):
        open_year(at(JANUARY), 2024)
    assert not (EXAMPLES / "sumenep-dkupp" / "2024").exists()


def test_a_year_outside_the_renstra_is_opened_and_the_contradiction_told(at, office):
    opened = open_year(at(JANUARY), 2027)
    assert "tahun 2027 di luar masa Renstra 2021-2026" in opened.contradiction
    assert "Perbaiki dulu" in opened.as_text()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
