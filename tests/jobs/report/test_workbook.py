"""Evidence that a workbook names: kept as an entered figure keeps its own, or nothing is taken at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError
from core.settings import Settings, load_settings
from jobs.office.workbook import Imported
from jobs.report.entries import evidence as evidence_files
from jobs.report.entries.figures import Given, enter_figure, entries_of
from jobs.report.render import present_report
from jobs.report.trace import trace_indicator
from jobs.report.workbook import export_office, import_office
from jobs.workspace import Workspace
from office.loading import EXAMPLES

PDF = b"%PDF-1.4\n% Hasil penilaian EPPD tahun 2016: 3,10\n%%EOF\n"
EPPD = "Nilai EPPD"
Write = Callable[..., None]
TakeIn = Callable[[], Imported]


@pytest.fixture
def settings(database: Path, tmp_path: Path) -> Settings:
    """Of the Inspektorat, whose EPPD score waits."""
    shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")
    return load_settings(
        home=database.parent, offices=tmp_path / "kantor", agency="jabar-inspektorat", today=date(2017, 4, 28)
    )


@pytest.fixture
def isian(settings: Settings, tmp_path: Path) -> Path:
    """Its workbook, with the evidence in a folder below."""
    (tmp_path / "buku" / "bukti").mkdir(parents=True)
    (tmp_path / "buku" / "bukti" / "surat.pdf").write_bytes(PDF)
    return export_office(Workspace(settings), tmp_path / "buku" / "isian.xlsx")


@pytest.fixture
def write(isian: Path) -> Write:
    """Write the EPPD score into a row of its own; keywords are other headings."""

    def once(evidence: str | None = "bukti/surat.pdf", **cells: Any) -> None:
        book = load_workbook(isian)
        sheet = book["Realisasi"]
        places = {cell.value: cell.column for cell in sheet[1]}
        names = [row[0].value for row in sheet.iter_rows()]
        row = names.index(eppd_name(isian)) + 1 if eppd_name(isian) in names else len(names) + 1
        given = {"Indikator": eppd_name(isian), "Tahun": 2016, "Realisasi": "3,10", "Sumber": "Kemendagri"}
        for heading, value in {**given, "Bukti": evidence, **cells}.items():
            sheet.cell(row, places[heading]).value = value
        book.save(isian)

    return once


def eppd_name(isian: Path) -> str:
    sheet = load_workbook(isian)["Tujuan-Sasaran-Indikator"]
    place = next(cell.column for cell in sheet[1] if cell.value == "Id indikator")
    return next(str(row[3].value) for row in sheet.iter_rows() if row[place - 1].value == "eppd")


def explain(settings: Settings, row: str) -> None:
    """Add a row to realisasi.csv, which gets columns for causes and solutions."""
    assert settings.offices_folder is not None
    file = settings.offices_folder / "jabar-inspektorat" / "2016" / "realisasi.csv"
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    lines = [f"{header},cause,solution", *(f"{each},," for each in rows), row]
    file.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def take_in(settings: Settings, isian: Path) -> TakeIn:
    return lambda: import_office(isian, settings, lambda: "Budi")


def test_the_evidence_is_kept_and_traced_as_that_of_an_entered_figure(
    settings: Settings, write: Write, take_in: TakeIn
) -> None:
    write()
    assert "Bukti tersimpan: surat.pdf untuk " in take_in().as_text()
    shown = trace_indicator(Workspace(settings), "eppd").as_dict()["evidence"]
    assert (shown["file"], shown["size"], shown["entered_by"]) == ("surat.pdf", len(PDF), "Budi")
    [origin] = [each for each in present_report(Workspace(settings)).origins if each.figure == "eppd"]
    assert any("Bukti: surat.pdf (berkas " in line for line in origin.input_lines())
    assert origin.notes == ()


def test_taken_in_twice_it_is_one_entry_even_written_otherwise_and_without_the_file(
    settings: Settings, isian: Path, write: Write, take_in: TakeIn
) -> None:
    write()
    take_in()
    shutil.rmtree(isian.parent / "bukti")
    write("surat.pdf", Realisasi=3.1)
    assert take_in().evidence == ()
    assert len(entries_of(Workspace(settings)).entries) == 1


def test_another_figure_with_the_same_evidence_is_a_new_entry(
    settings: Settings, write: Write, take_in: TakeIn
) -> None:
    write()
    take_in()
    write(Realisasi="3,12")
    take_in()
    assert [entry.value for entry in entries_of(Workspace(settings)).entries] == ["3,10", "3,12"]


def test_what_was_entered_stands_in_the_exported_workbook_and_comes_back_as_it_was(
    settings: Settings, tmp_path: Path
) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(PDF)
    enter_figure(Workspace(settings), Given("eppd", "3,10 poin", "Kemendagri", letter, "Ani"))
    letter.unlink()
    explain(settings, "eppd,2016,,,,,,,Sebab,")
    file = export_office(Workspace(settings), tmp_path / "lain" / "isian.xlsx")
    imported = import_office(file, settings, lambda: "Budi")
    assert (imported.evidence, imported.notes) == ((), ())
    [row] = [row for row in imported.agency.reported if row.indicator == "eppd"]
    assert (str(row.value), row.source, row.cause) == ("3,10 poin", "Kemendagri", "Sebab")
    assert [entry.entered_by for entry in entries_of(Workspace(settings)).entries] == ["Ani"]


def test_a_figure_that_changes_without_its_evidence_is_told(write: Write, take_in: TakeIn) -> None:
    write()
    take_in()
    write(None, Realisasi="3,20")
    [note] = take_in().notes
    assert "buku kerja menulis 3,20 poin (Kemendagri) tanpa bukti; yang dipakai tetap 3,10 poin" in note


@pytest.mark.parametrize(
    ("evidence", "cells", "said"),
    [
        ("hilang.pdf", {}, r"sel L\d+: Bukti .*hilang\.pdf tidak dapat dibaca \(tidak ada\)"),
        ("bukti", {}, r"sel L\d+: Bukti .* bukan berkas"),
        ("bukti/surat.pdf", {}, r"sel L\d+: Bukti .* lebih besar daripada 0 MB"),
        ("../rahasia.pdf", {}, r"sel L\d+: bukti '\.\./rahasia\.pdf' tidak berada di map buku kerja"),
        ("/etc/hostname", {}, "tidak berada di map buku kerja"),
        ("C:\\\\surat.pdf", {}, "tidak berada di map buku kerja"),
        ("https://contoh.example/a.pdf", {}, "tidak berada di map buku kerja"),
        ("bukti/surat.pdf", {"Tahun": 2015}, r"sel L\d+: Bukti hanya disimpan untuk tahun laporan, 2016"),
        ("bukti/surat.pdf", {"Angka": "nasional"}, r"sel L\d+: tidak dipakai pada angka pembanding"),
        (
            "bukti/surat.pdf",
            {"Realisasi": None, "Sumber": None, "Penyebab": "Sebab"},
            r"sel L\d+: Bukti tanpa angka",
        ),
    ],
)
def test_evidence_that_cannot_be_kept_is_told_with_its_cell_and_nothing_changes(
    settings: Settings,
    write: Write,
    take_in: TakeIn,
    monkeypatch: pytest.MonkeyPatch,
    evidence: str,
    cells: dict[str, Any],
    said: str,
) -> None:
    if "0 MB" in said:
        monkeypatch.setattr(evidence_files, "MOST_MEGABYTES", 0)
    assert settings.offices_folder is not None
    file = settings.offices_folder / "jabar-inspektorat" / "2016" / "realisasi.csv"
    before = file.read_bytes()
    write(evidence, **cells)
    with pytest.raises(AgencyDataError, match=f"lembar Realisasi, {said}" if "sel" in said else said):
        take_in()
    assert file.read_bytes() == before
    assert entries_of(Workspace(settings)).entries == ()


def test_files_that_cannot_be_put_in_place_leave_no_entry(
    settings: Settings, write: Write, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    monkeypatch.setattr("jobs.office.workbook._put_in_place", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in()
    assert entries_of(Workspace(settings)).entries == ()
