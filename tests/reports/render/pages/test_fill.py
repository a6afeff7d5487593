"""How the pages of the three offices are filled, measured in the PDF."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from office.loading import find_agency, load_agency
from reports.content import IssueInfo, build_report
from reports.render import render_pdf
from reports.render.pages.paper import BOTTOM, TOP
from reports.reported import reported_realisasi

OFFICES = [("sumenep-dkupp", 2023), ("jabar-disperindag", 2016), ("jabar-inspektorat", 2016)]
HALF = 0.5


@pytest.fixture(scope="module", params=OFFICES, ids=lambda office: office[0])
def pdf(request: pytest.FixtureRequest) -> pypdfium2.PdfDocument:
    agency = load_agency(find_agency(request.param[0]), request.param[1])
    issue = IssueInfo(1, date(request.param[1] + 1, 1, 31), "Terbitan pertama.")
    return pypdfium2.PdfDocument(
        render_pdf(build_report(agency, reported_realisasi(agency), issue=issue).document())
    )


def filled(page: pypdfium2.PdfPage) -> float:
    """How much of the room between the margins is used, from its top to the lowest thing on the page."""
    bounds = [thing.get_bounds() for thing in page.get_objects(max_depth=1)]
    height = page.get_height()
    lowest = min(
        (bottom for _, bottom, _, top in bounds if bottom > BOTTOM - 3 and top < height - TOP + 3),
        default=height - TOP,
    )
    return (height - TOP - lowest) / (height - TOP - BOTTOM)


def test_no_page_is_less_than_half_full_but_where_a_chapter_ends(pdf: pypdfium2.PdfDocument) -> None:
    begins = {entry.get_dest().get_index() for entry in pdf.get_toc(max_depth=1)}
    assert len(begins) > 8
    low = [
        (number + 1, round(filled(pdf[number]), 2))
        for number in range(1, len(pdf) - 1)
        if number + 1 not in begins and filled(pdf[number]) < HALF
    ]
    assert low == []


def test_what_is_measured_is_the_room_between_the_margins(pdf: pypdfium2.PdfDocument) -> None:
    most = max(filled(page) for page in pdf)
    assert 0.9 < most <= 1.01
