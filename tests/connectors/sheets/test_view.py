"""A sheet as it is read: its cells, their places, turned when the days stand in rows."""

from __future__ import annotations

from connectors.sheets.view import View

SHEET = View("Pasar", (("Komoditas", 1200), ("Beras", None), ("Gula", 14)), merged=((0, 0, 0, 1),))


def test_a_cell_outside_has_no_text() -> None:
    assert [SHEET.text(*cell) for cell in ((3, 0), (0, 2), (-1, 0), (0, -2))] == ["", "", "", ""]


def test_a_number_and_an_empty_cell_have_no_text() -> None:
    assert SHEET.text(0, 0) == "Komoditas"
    assert SHEET.text(0, 1) == SHEET.text(1, 1) == ""


def test_a_turned_sheet_still_names_its_cells_as_excel_does() -> None:
    turned = SHEET.turn()
    assert turned.text(0, 2) == "Gula"
    assert turned.place(0, 2) == SHEET.place(2, 0) == "lembar 'Pasar', sel A3"
    assert turned.merged == ((0, 0, 1, 0),)
