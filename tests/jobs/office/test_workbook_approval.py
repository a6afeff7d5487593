"""Who approves a year's reports, in the workbook: there and back, and never taken away in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError
from jobs.office.workbook import export_workbook, import_workbook
from office.approval import Approval
from office.loading import EXAMPLES
from office.workbook.forms import APPROVED_BY


@pytest.fixture
def offices(tmp_path: Path) -> Path:
    """Where an office stands whose head approves its reports."""
    folder = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")
    file = folder / "2016" / "year.yaml"
    file.write_text(f"{file.read_text()}approval: {{roles: [Inspektur]}}\n")
    return folder.parent


@pytest.fixture
def isian(offices: Path, tmp_path: Path) -> Path:
    return export_workbook(offices / "jabar-inspektorat", 2016, tmp_path / "isian.xlsx")


def change(isian: Path, value: str | None) -> None:
    """Write who approves; None takes the line away, as in a workbook from before there was one."""
    book = load_workbook(isian)
    sheet = book["Kantor"]
    rows = [cell.row for cell in sheet["A"] if cell.value == APPROVED_BY]
    if value is None:
        sheet.delete_rows(rows[0], len(rows))
    else:
        sheet.cell(rows[0], 2).value = value
    book.save(isian)


def test_who_approves_comes_back_as_it_was(isian: Path, offices: Path) -> None:
    imported = import_workbook(isian, offices, approves=False)
    assert imported.agency.year.approval == Approval(roles=["Inspektur"], remind_after=3)


def test_a_workbook_without_the_line_is_refused_where_it_would_be_lost(isian: Path, offices: Path) -> None:
    change(isian, None)
    with pytest.raises(AgencyDataError, match=f"baris '{APPROVED_BY}' tidak ada"):
        import_workbook(isian, offices)
    shutil.rmtree(offices / "jabar-inspektorat")
    assert import_workbook(isian, offices).agency.year.approval is None


def test_only_who_may_decide_on_it_changes_who_approves(isian: Path, offices: Path) -> None:
    change(isian, "Perencana")
    with pytest.raises(AgencyDataError, match="mengubah siapa yang menyetujui laporan"):
        import_workbook(isian, offices, approves=False)
    assert import_workbook(isian, offices).agency.year.approval == Approval(roles=["Perencana"])
