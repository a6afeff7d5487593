"""A text of several lines is read whole in every program that opens the workbook."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from core.settings import PROJECT
from office.loading import load_agency
from office.workbook.drawing import LINE, draw
from office.workbook.filling import contents_of


def test_a_row_is_as_high_as_its_longest_text() -> None:
    agency = load_agency(PROJECT / "agencies" / "jabar-disperindag", 2016)
    sheet = load_workbook(BytesIO(draw(contents_of(agency, None))))["Kantor"]
    laws = {
        row[1].value: row[1].row
        for row in sheet.iter_rows()
        if row[0].value == "Dasar hukum" and row[1].value
    }
    longest, shortest = max(laws, key=len), min(laws, key=len)
    assert len(longest) > 300
    assert sheet.row_dimensions[laws[longest]].height >= LINE * len(longest) / 62
    assert sheet.row_dimensions[laws[shortest]].height < sheet.row_dimensions[laws[longest]].height
