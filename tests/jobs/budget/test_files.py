"""Dropped budget exports: kept as vintages of their month, put aside with the reason, used in the report."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import StorageError
from jobs.budget.files import BudgetFileResult, Reading, read_budget_files
from jobs.budget.show import budget_status, show_budget, show_changes
from jobs.budget.year import gather_budget
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from models.session import open_session
from standins.budget.faulty import FAULTY, plain
from standins.budget.layouts import LAYOUTS
from standins.budget.months import monthly_files
from tests.jobs.given.dropping import Drop, dropping


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    return dropping(workspace, "anggaran")


def only(workspace: Workspace, how: Reading | None = None) -> BudgetFileResult:
    (file,) = read_budget_files(workspace, how=how).files
    return file


def in_december(change: Callable[..., None] | None = None) -> bytes:
    return plain(change)


def test_a_year_of_exports_becomes_twelve_months(workspace: Workspace, drop: Drop) -> None:
    for name, content in monthly_files().items():
        drop(name, content)
    result = read_budget_files(workspace)
    assert result.message == (
        "Anggaran diambil dari berkas realisasi-2023-01.xlsx sampai realisasi-2023-12.xlsx (12 berkas)."
    )
    status = budget_status(workspace)
    assert [(s.kept.month, s.kept.vintage) for s in status.statements] == [(m, 1) for m in range(1, 13)]
    june = show_budget(workspace, 6)
    assert june.head.source.file == "realisasi-2023-06.xlsx"
    assert june.as_dict()["total"]["budget"] == "22939110172"
    assert show_budget(workspace).as_dict()["total"] == {"budget": "27077526494", "realisasi": "22998136965"}


def test_the_same_bytes_are_known_and_the_same_figures_no_vintage(workspace: Workspace, drop: Drop) -> None:
    content = in_december()
    drop("a.xlsx", content)
    assert only(workspace).outcome == "taken"
    drop("b.xlsx", content)
    assert only(workspace).outcome == "known"
    drop("c.csv", LAYOUTS["titik-koma.csv"]() + b"\r\n")
    assert only(workspace).outcome == "unchanged"
    assert len(budget_status(workspace).statements) == 1


def test_one_export_of_many_offices_is_taken_by_each(workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "kantor-lain"
    shutil.copytree(workspace.agency_folder, other)
    named = (other / "office.yaml").read_text(encoding="utf-8")
    (other / "office.yaml").write_text(
        named.replace("id: sumenep-dkupp", "id: kantor-lain"), encoding="utf-8"
    )
    file = tmp_path / "rekap.xlsx"
    file.write_bytes(in_december())
    outcomes = [
        read_budget_files(space, [file]).files[0].outcome
        for space in (workspace, workspace.of_office(other), workspace.of_office(other))
    ]
    assert outcomes == ["taken", "taken", "known"]


def test_a_later_file_of_a_month_is_a_vintage_with_what_it_changed(workspace: Workspace, drop: Drop) -> None:
    drop("a.xlsx", in_december())
    only(workspace)

    def corrected(sheet: object) -> None:
        sheet["D9"] = 6_311_467_000  # type: ignore[index]
        sheet["D7"] = 9_440_925_223  # type: ignore[index]
        sheet["D39"] = 22_998_136_806  # type: ignore[index]

    drop("b.xlsx", in_december(corrected))
    file = only(workspace)
    assert (file.outcome, file.vintage) == ("taken", 2)
    assert [c.key for c in file.changes] == ["1", "1.2"]
    assert "realisasi 6.311.467.159 menjadi 6.311.467.000" in file.changes[1].as_text()
    assert [c.key for c in show_changes(workspace, 12).changes] == ["1", "1.2"]
    assert show_budget(workspace, 12, vintage=1).statement.spent == Decimal(22_998_136_965)


@pytest.mark.parametrize("name", [name for name, faulty in FAULTY.items() if not faulty.used])
def test_a_file_that_cannot_be_used_lies_in_quarantine_with_a_note(
    workspace: Workspace, drop: Drop, name: str
) -> None:
    drop(name, FAULTY[name].content())
    file = only(workspace)
    assert file.outcome == "refused"
    home = workspace.settings.home
    assert (home / "karantina" / "anggaran" / name).exists()
    note = (home / "karantina" / "anggaran" / f"{name}.txt").read_text(encoding="utf-8")
    assert all(words in note for words in FAULTY[name].expect)
    assert budget_status(workspace).statements == ()


def test_attachments_that_mail_saves_are_taken_too(workspace: Workspace, drop: Drop) -> None:
    drop("a.xlsx", in_december(), below="lampiran")
    assert only(workspace).outcome == "taken"
    assert list((workspace.settings.home / "arsip" / "anggaran" / "lampiran").iterdir())


def test_each_of_several_offices_reads_its_own_folder_and_not_that_of_another(
    workspace: Workspace, drop: Drop
) -> None:
    kept = workspace.settings.offices_folder
    for office in ("dinas-satu", "dinas-dua"):
        shutil.copytree(workspace.agency_folder, kept / office)
        text = (kept / office / "office.yaml").read_text(encoding="utf-8")
        named = text.replace(f"id: {workspace.office_id}", f"id: {office}")
        (kept / office / "office.yaml").write_text(named, encoding="utf-8")
    drop("a.xlsx", in_december(), below="dinas-dua")
    first, second = (workspace.of_office(kept / office) for office in ("dinas-satu", "dinas-dua"))
    seen = read_budget_files(first)
    assert (seen.files, seen.remarks) == ((), ())
    assert only(second).outcome == "taken"
    home = workspace.settings.home
    assert list((home / "arsip" / "anggaran" / "dinas-dua").iterdir())
    assert stat.S_IMODE((home / "masuk" / "anggaran" / "dinas-satu").stat().st_mode) == 0o2770
    drop("b.xlsx", b"bukan berkas")
    assert only(first).outcome == "refused"
    note = (home / "karantina" / "anggaran" / "b.xlsx.txt").read_text(encoding="utf-8")
    assert "berkas satu kantor taruh di masuk/anggaran/<kode kantor>" in note


def test_a_dry_run_shows_what_was_understood_and_stores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "lra.xlsx"
    file.write_bytes(FAULTY["program-hilang.xlsx"].content())
    result = read_budget_files(workspace, [file], Reading(dry_run=True))
    shown = json.loads(json.dumps(result.as_dict()))
    assert list(shown)[:3] == ["rows", "total", "problems"]
    assert shown["rows"][0] == {
        "code": "2.17.01",
        "name": "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
        "level": "program",
        "budget": "12649363995",
        "realisasi": "9440925382",
    }
    assert set(shown["problems"][0]) == {"place", "message"}
    assert not result.refused
    assert "JUMLAH PROGRAM" in result.as_text()
    assert budget_status(workspace).statements == ()


@pytest.mark.parametrize(
    ("name", "month", "said"),
    [
        ("data.xlsx", None, "tidak menyebut sampai bulan apa"),
        ("data.xlsx", 3, ""),
    ],
)
def test_a_running_year_needs_the_month(
    at: Callable[[date], Workspace], tmp_path: Path, name: str, month: int | None, said: str
) -> None:
    def untitled(sheet: object) -> None:
        sheet["A5"] = ""  # type: ignore[index]

    (tmp_path / name).write_bytes(in_december(untitled))
    (file,) = read_budget_files(at(date(2023, 5, 2)), [tmp_path / name], Reading(month=month)).files
    assert file.outcome == ("refused" if said else "taken")
    assert said in " ".join(file.problems)


def test_a_month_to_come_is_refused(at: Callable[[date], Workspace], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(in_december())
    (file,) = read_budget_files(at(date(2023, 5, 2)), [tmp_path / "a.xlsx"]).files
    assert file.outcome == "refused"
    assert "padahal hari ini 2 Mei 2023" in " ".join(file.problems)


def test_what_is_not_kept_is_answered_with_what_is(workspace: Workspace, drop: Drop) -> None:
    drop("a.xlsx", in_december())
    only(workspace)
    with pytest.raises(StorageError, match=r"s\.d\. Desember 2023, vintage 1"):
        show_budget(workspace, 6)


def test_the_report_takes_the_year_from_the_file_and_says_so(workspace: Workspace, drop: Drop) -> None:
    drop("a.xlsx", FAULTY["jumlah-tidak-cocok.xlsx"].content())
    only(workspace)
    report = refresh(workspace).report
    assert report.tables["anggaran"].source == "Berkas anggaran a.xlsx (s.d. Desember 2023)"
    said = " ".join(report.sentences["anggaran"])
    assert "1 hal di dalamnya tidak cocok" in said
    assert "Rp 27.910.420.344" in said
    assert "84,93%" in said
    assert report.budget_appendix is not None
    titles = [title for title, _ in report.budget_appendix.parts]
    assert "Perbedaan dengan data kantor" in titles
    with open_session(workspace.engine, read_only=True) as session:
        evidence = gather_budget(session, workspace.agency)
    assert evidence is not None
    assert evidence.figures["1.2"].spent == 6_311_467_160


def test_the_appendix_says_which_file_of_a_month_that_was_replaced_is_used(
    workspace: Workspace, drop: Drop
) -> None:
    def used() -> list[str]:
        report = refresh(workspace).report
        assert report.budget_appendix is not None
        parts = report.budget_appendix.parts
        (table,) = (table for _, table in parts if table.caption.startswith("Berkas Anggaran"))
        return [row.cells[2].text for row in table.rows]

    drop("a.xlsx", in_december())
    only(workspace)
    assert used() == ["s.d. Desember 2023"]

    def corrected(sheet: object) -> None:
        sheet["D9"] = 6_311_467_000  # type: ignore[index]
        sheet["D7"] = 9_440_925_223  # type: ignore[index]
        sheet["D39"] = 22_998_136_806  # type: ignore[index]

    drop("b.xlsx", in_december(corrected))
    only(workspace)
    assert used() == ["s.d. Desember 2023, berkas ke-2"]


def test_the_problems_of_the_newest_file_are_shown_and_those_of_an_older_one_are_not(
    workspace: Workspace, drop: Drop
) -> None:
    drop("a.xlsx", monthly_files()["realisasi-2023-06.xlsx"])
    drop("b.xlsx", FAULTY["jumlah-tidak-cocok.xlsx"].content())
    read_budget_files(workspace)
    head = "Perlu diperiksa pada s.d. Desember 2023, vintage 1:"
    (problem,) = show_budget(workspace).head.kept.problems
    line = f"- {problem['place']}: {problem['message']}"
    for text in (show_budget(workspace).as_text(), budget_status(workspace).as_text()):
        assert text.splitlines()[-2:] == [head, line]
    assert "9.440.925.383 (selisih -1)" in line
    assert "Perlu diperiksa" not in show_budget(workspace, 6).as_text()


@pytest.mark.usefixtures("unrendered")
def test_a_month_of_the_running_year_changes_no_report(workspace: Workspace, drop: Drop) -> None:
    first = refresh(workspace).report
    drop("realisasi-2023-06.xlsx", monthly_files()["realisasi-2023-06.xlsx"])
    only(workspace)
    again = refresh(workspace)
    assert again.issue is None
    assert again.report.content_hash == first.content_hash
