"""Numbers below zero bear the same sign in tables and pictures of the PDF as in its sentences."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from office.loading import find_agency, load_agency
from reports.content import IssueInfo, build_report
from reports.render import render_pdf
from reports.render.lifted import lift_tables
from reports.render.pages.minus import table_with_minus
from reports.reported import reported_realisasi

MINUS = "\u2212"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("-3,14%", f"{MINUS}3,14%"),
        ("(-2 sampai -1)", f"({MINUS}2 sampai {MINUS}1)"),
        ("2021-2026", "2021-2026"),
        ("Tahun N-1", "Tahun N-1"),
        ("realisasi-2023-12.xlsx", "realisasi-2023-12.xlsx"),
        ("800/-5", "800/-5"),
        ("-", "-"),
    ],
)
def test_a_hyphen_that_begins_a_number_is_a_minus_and_no_other(written: str, shown: str) -> None:
    _, (table,) = lift_tables(f"<table><tbody><tr><td>{written}</td></tr></tbody></table>")
    assert table_with_minus(table).rows[0].cells[0].text == shown


def test_no_page_has_a_number_below_zero_with_a_hyphen() -> None:
    agency = load_agency(find_agency("jabar-disperindag"), 2016)
    report = build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2017, 1, 31)))
    pdf = pypdfium2.PdfDocument(render_pdf(report.document()))
    words = [word for page in pdf for word in page.get_textpage().get_text_range().split()]
    assert sum(word.startswith(f"{MINUS}3,14%") for word in words) > 3
    assert not [word for word in words if word[0] == "-" and word[1:2].isdigit()]
