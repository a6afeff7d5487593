"""The Word file in the form of the office's own document: its styles, paper and head; the rest stays ours."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.shared import Cm, Pt
from lxml import etree

from office.form import Form, FormFile
from office.reference import REFERENCE, read_reference
from reports.content import Report
from reports.render import mark_docx
from reports.render.document import Document
from reports.render.docx import convert_docx, finish_docx
from reports.render.word_elements import W
from reports.render.word_emblem import draw_for_word
from reports.render.word_start import starting_document
from tests.given.openxml import needs_openxml, violations
from tests.reports.given.office_word import office_word
from tests.reports.given.ooxml import slips


class Maker:
    """Renders the same report in the form of one document after the other."""

    def __init__(self, document: Document) -> None:
        self.document, self._raw, self._drawn = document, convert_docx(document), draw_for_word(document)

    def __call__(self, reference: bytes | None) -> bytes:
        brought = FormFile(name=REFERENCE, content=reference) if reference else None
        document = replace(self.document, reference=brought)
        return finish_docx(self._raw, document, {}, self._drawn)


@pytest.fixture(scope="module")
def maker(filled_report: Report) -> Maker:
    return Maker(filled_report.document())


@pytest.fixture(scope="module")
def made(maker: Maker) -> bytes:
    return maker(office_word())


@pytest.fixture(scope="module")
def word(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def heads_of(file: bytes) -> set[str]:
    """The words above pages."""
    return {
        "".join(etree.fromstring(data).itertext(f"{W}t")).strip()
        for name, data in parts_of(file).items()
        if name.startswith("word/header")
    }


def body_text(file: bytes) -> str:
    """The words of the report's body, a paragraph on a line."""
    paragraphs = etree.fromstring(parts_of(file)["word/document.xml"]).iter(f"{W}p")
    return "\n".join(text for p in paragraphs if (text := "".join(p.itertext(f"{W}t"))))


def test_the_styles_are_those_of_the_office(word: Any) -> None:
    styles = word.styles
    assert (styles["Heading 1"].font.name, styles["Heading 1"].font.size) == ("Georgia", Pt(16))
    assert (styles["Normal"].font.name, styles["Normal"].paragraph_format.line_spacing) == ("Arial", 1.5)


def test_what_the_office_has_no_style_for_is_ours_in_its_font(word: Any) -> None:
    cell = word.styles["Isi Tabel"]
    assert (cell.font.name, cell.font.size) == (None, Pt(8.5))
    # Its Normal begins each paragraph further in and stretches it; a cell does not.
    assert (cell.paragraph_format.first_line_indent, str(cell.paragraph_format.alignment)) == (0, "LEFT (0)")
    assert word.styles["Table"].element.find(f"{W}tblPr/{W}tblBorders") is not None


def test_running_text_is_as_the_offices_normal(word: Any) -> None:
    assert word.styles["Body Text"].paragraph_format.first_line_indent in (None, Cm(1))
    assert word.styles["First Paragraph"].element.find(f"{W}pPr") is None


def test_every_page_is_of_its_paper_and_tables_fill_the_lines(word: Any) -> None:
    upright = [s for s in word.sections if s.page_height > s.page_width]
    sizes = [(s.page_width, s.page_height, s.left_margin, s.top_margin) for s in upright]
    assert {tuple(round(length.cm, 2) for length in size) for size in sizes} == {(21.59, 33.02, 4.0, 4.0)}
    widths = {int(w.get(f"{W}w")) for w in word.element.body.iter(f"{W}tblW")}
    assert max(widths) <= 18720 - 2268 - 1134
    assert any(8838 - 9 < width <= 8838 for width in widths)


def test_its_head_stands_on_every_page_but_the_cover(made: bytes, word: Any) -> None:
    assert heads_of(made) == {"PEMERINTAH KABUPATEN SUMENEP"}
    assert [bool(s._sectPr.headerReference_lst) for s in word.sections] == [
        False,
        *[True] * (len(word.sections) - 1),
    ]
    picture = read_reference(office_word()).heads["header"].pictures
    ((_, content),) = picture.values()
    assert parts_of(made)["word/media/header1.png"] == content


def test_chapters_begin_on_new_pages_and_titles_are_not_stretched(word: Any) -> None:
    heading = word.styles["Heading 1"].paragraph_format
    assert heading.page_break_before
    assert heading.keep_with_next
    assert str(heading.alignment) == "LEFT (0)"


def test_contents_and_fields_stay_ours(made: bytes, maker: Maker) -> None:
    assert body_text(made) == body_text(maker(None))
    codes = re.findall(rb"<w:instrText[^>]*> (\w+)", parts_of(made)["word/document.xml"])
    assert {b"TOC", b"SEQ", b"REF"} <= set(codes)


def test_the_file_is_sound_and_the_same_each_time(made: bytes, maker: Maker) -> None:
    assert slips(made) == []
    assert slips(mark_docx(made, "Rancangan terbitan 1")) == []
    assert maker(office_word()) == made


def test_styles_are_known_by_name_where_word_translates_their_ids(made: bytes, maker: Maker) -> None:
    translated = maker(office_word(translated=True))
    assert slips(translated) == []
    assert parts_of(translated)["word/header1.xml"] == parts_of(made)["word/header1.xml"]
    styles = docx.Document(io.BytesIO(translated)).styles
    assert styles["Heading 1"].font.name == "Georgia"
    assert styles["Heading 1"].style_id == "Heading1"


def test_nothing_else_of_the_document_comes_into_the_report(made: bytes) -> None:
    assert b"Isi dokumen ini" not in b"".join(parts_of(made).values())


def test_a_document_without_head_keeps_ours_that_names_chapters(maker: Maker) -> None:
    file = maker(office_word(head="", foot="Kaki kantor"))
    assert slips(file) == []
    assert any("BAB II · PERENCANAAN KINERJA" in head for head in heads_of(file))
    assert b"Kaki kantor" in parts_of(file)["word/footer1.xml"]


def test_a_head_of_the_office_may_name_the_chapter_and_the_office(maker: Maker) -> None:
    split = office_word(head="JUDUL BAB di NAMA KANTOR")
    heads = heads_of(maker(split))
    assert "BAB IV · PENUTUP di DKUPP Sumenep" in heads
    assert not any("JUDUL" in head or "NAMA" in head for head in heads)


def test_our_own_document_as_the_offices_changes_nothing_that_is_seen(maker: Maker) -> None:
    ours, back = maker(None), maker(starting_document(Form()))
    assert slips(back) == []
    assert heads_of(back) == heads_of(ours)
    assert parts_of(back)["word/document.xml"] == parts_of(ours)["word/document.xml"]
    styles = [docx.Document(io.BytesIO(file)).styles for file in (ours, back)]
    for name in ("Normal", "Heading 1", "Caption", "Isi Tabel", "Catatan", "Sampul Judul", "toc 1"):
        one, other = (etree.tostring(each[name].element.find(f"{W}pPr"), method="c14n") for each in styles)
        assert one == other, name


@pytest.mark.slow
@needs_openxml
def test_the_document_that_an_office_starts_from_is_what_its_schema_allows() -> None:
    assert violations(starting_document(Form(paper="F4"))) == []


def test_who_changes_the_font_of_normal_in_our_own_document_changes_all_of_it(maker: Maker) -> None:
    begun = docx.Document(io.BytesIO(starting_document(Form())))
    begun.styles["Normal"].font.name = "Arial"
    content = io.BytesIO()
    begun.save(content)
    made = docx.Document(io.BytesIO(maker(content.getvalue())))
    used = {p.style.name for p in made.paragraphs} | {"Isi Tabel", "Kepala Tabel"}
    assert {made.styles[name].font.name for name in used - {"Normal"}} == {None}
    assert made.styles["Normal"].font.name == "Arial"
