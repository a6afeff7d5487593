"""The Word file in the office's form: paper, colours, fonts, emblem, letterhead, room for the signature."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from office.form import Form, FormFile, SignatureRoom, Theme
from reports.content import Report
from reports.render.document import Document
from reports.render.docx import render_docx
from reports.render.word_elements import W
from reports.render.word_emblem import emblem_of
from reports.render.word_sections import style_of

RED = Form(
    paper="F4",
    theme=Theme(main="#7a1f1f", head="#f0dede", body_font="Huruf Kantor"),
    signature=SignatureRoom(place="left", height=Decimal(3)),
    address=["Jalan Contoh 1"],
)
WIDE = FormFile(
    name="lambang.svg", content=b'<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm"/>'
)


@pytest.fixture(scope="module")
def document(filled_report: Report) -> Document:
    return replace(filled_report.document(), form=RED, emblem=WIDE, region="Kabupaten Sumenep")


@pytest.fixture(scope="module")
def parts(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_docx(document, pages={}))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> Any:
    return etree.fromstring(parts["word/document.xml"]).find(f"{W}body")


@pytest.fixture(scope="module")
def styles(parts: dict[str, bytes]) -> dict[str, Any]:
    root = etree.fromstring(parts["word/styles.xml"])
    return {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}


def test_every_page_is_of_the_paper_and_wide_tables_fill_it(body: Any) -> None:
    sizes = {(size.get(f"{W}w"), size.get(f"{W}h")) for size in body.iter(f"{W}pgSz")}
    assert sizes == {("12189", "18709"), ("18709", "12189")}
    widths = {width.get(f"{W}w") for table in body.iter(f"{W}tbl") for width in table.iter(f"{W}tblW")}
    assert {9071 - 9 < int(w) <= 9071 or 15591 - 9 < int(w) <= 15591 for w in widths} == {True}


def test_text_below_the_source_of_a_table_stands_apart_from_it(body: Any) -> None:
    paragraphs = list(body.iter(f"{W}p"))
    running = [
        p
        for above, p in pairwise(paragraphs)
        if style_of(above) == "SumberTabel"
        and above.find(f"{W}pPr/{W}sectPr") is None  # else the next page begins
        and style_of(p) in {"BodyText", "FirstParagraph", "PengantarTabel"}
    ]
    assert running
    assert {p.find(f"{W}pPr/{W}spacing").get(f"{W}before") for p in running} == {"160"}


def test_lines_of_tables_end_where_those_of_the_text_do(body: Any) -> None:
    settings = [table.find(f"{W}tblPr") for table in body.iter(f"{W}tbl")]
    assert {s.find(f"{W}jc").get(f"{W}val") for s in settings if s.find(f"{W}tblStyle") is not None} == {
        "center"
    }


def test_headings_and_heads_of_tables_have_the_colours_of_the_theme(
    body: Any, styles: dict[str, Any]
) -> None:
    for name in ("Heading1", "SampulJudul"):
        assert styles[name].find(f"{W}rPr/{W}color").get(f"{W}val") == "7A1F1F"
    fills = {shade.get(f"{W}fill") for shade in body.iter(f"{W}shd")}
    assert "F0DEDE" in fills
    assert "E4EBF2" not in fills


def test_a_font_of_the_office_is_named_and_one_of_the_program_is_not(styles: dict[str, Any]) -> None:
    assert styles["Normal"].find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Huruf Kantor"


def test_the_emblem_stands_on_the_cover_and_in_the_letterhead_and_is_told(body: Any) -> None:
    shown = [each.get("descr") for each in body.iter() if etree.QName(each).localname == "docPr"]
    assert shown[:2] == ["Lambang Kabupaten Sumenep"] * 2
    assert body[0].find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "SampulLambang"


def test_an_emblem_keeps_its_shape(document: Document) -> None:
    picture = emblem_of(document, 60)
    assert (picture.width, picture.height) == (120, 60)


def test_the_preface_begins_with_the_letterhead_on_its_page(body: Any, document: Document) -> None:
    letterhead = body.find(f"{W}tbl")
    said = ["".join(p.itertext()) for p in letterhead.iter(f"{W}p")]
    assert [text for text in said if text] == [*document.letterhead, "Jalan Contoh 1"]
    heading = next(p for p in letterhead.itersiblings(f"{W}p") if "".join(p.itertext()) == "KATA PENGANTAR")
    assert heading.find(f"{W}pPr/{W}pageBreakBefore").get(f"{W}val") == "0"


def test_the_signature_has_its_place_and_its_room(styles: dict[str, Any]) -> None:
    assert styles["TandaTangan"].find(f"{W}pPr/{W}ind").get(f"{W}left") == "0"
    assert styles["RuangTandaTangan"].find(f"{W}pPr/{W}spacing").get(f"{W}before") == "1700"


def test_the_programs_own_emblem_says_nothing(document: Document) -> None:
    assert emblem_of(replace(document, emblem=None), 60).words == ""
