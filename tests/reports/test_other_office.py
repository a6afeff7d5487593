"""Another office writes data, no code: without a revision, with other lampiran, without a print."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from core.errors import AgencyDataError
from core.settings import PROJECT
from office.loading import load_agency
from reports.content import IssueInfo, Report, build_report
from reports.reported import reported_realisasi

OFFICE = PROJECT / "agencies" / "sumenep-dkupp"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """An office whose Perjanjian Kinerja was never revised, with two lampiran and no printed report."""
    folder = tmp_path / "dinas-lain"
    shutil.copytree(OFFICE, folder)
    office = folder / "office.yaml"
    office.write_text(office.read_text().replace("id: sumenep-dkupp", "id: dinas-lain"))
    shutil.rmtree(folder / "2023" / "cetak")
    year = folder / "2023" / "year.yaml"
    content = yaml.safe_load(year.read_text())
    content["versions"] = content["versions"][:2]
    content["used"] = "pk"
    content["appendices"] = [{"title": "MATRIKS RENSTRA", "kind": "renstra"}, {"title": "PIAGAM"}]
    year.write_text(yaml.safe_dump(content, allow_unicode=True))
    programs = folder / "2023" / "programs.csv"
    with programs.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["target_revised"] = row["budget_revised"] = ""
    with programs.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def report_of(folder: Path) -> Report:
    agency = load_agency(folder, 2023)
    return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2024, 1, 31)))


def test_a_report_without_a_revision_has_fifteen_tables_and_the_first_budgets(other: Path):
    report = report_of(other)
    assert len(report.tables) == 15
    assert "perubahan-perjanjian" not in report.tables
    assert str(report.measured.total.budget) == "22939110172"


def test_its_chapters_and_lampiran_are_numbered_by_what_is_there(other: Path):
    body = report_of(other).document().body
    titles = ["LAMPIRAN 1<br>MATRIKS RENSTRA", "LAMPIRAN 2<br>PIAGAM", "LAMPIRAN 3<br>ASAL-USUL ANGKA"]
    for title in titles:
        assert title in body
    assert "Perbedaan dengan laporan tercetak" not in body
    assert "Tabel 2.6" not in body


def test_its_targets_come_from_the_agreement_it_has(other: Path):
    measured = report_of(other).measured
    assert {m.version.id for m in measured.objectives} == {"pk"}


def test_a_chapter_that_the_book_does_not_name_is_told(other: Path):
    (other / "2023" / "buku" / "penutupan.md").write_text("# PENUTUP\n\nTeks yang hilang.")
    with pytest.raises(AgencyDataError, match=r"penutupan\.md.*tidak akan tercetak"):
        report_of(other)
