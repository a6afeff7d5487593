"""What may be changed in Word stands in content controls, and nothing else of the report moves for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from office.book.language import FIGURE, PASSAGE
from reports.content import Report
from reports.render import render_html
from reports.render.document import Document
from reports.render.docx import render_docx
from reports.render.word_elements import W
from tests.reports.given.edited_word import root_of
from tests.reports.given.ooxml import slips

MARKS = re.compile("[" + "".join((*PASSAGE, *FIGURE)) + "]")


@pytest.fixture(scope="module")
def document(filled_report: Report) -> Document:
    return filled_report.document()


@pytest.fixture(scope="module")
def word(document: Document) -> bytes:
    return render_docx(document, pages={})


def controls(root: Any, kind: str) -> list[Any]:
    found = (each for each in root.iter(f"{W}sdt") if each.find(f"{W}sdtPr/{W}tag") is not None)
    return [each for each in found if each.find(f"{W}sdtPr/{W}tag").get(f"{W}val").startswith(kind)]


def setting(control: Any, name: str) -> str:
    return str(control.find(f"{W}sdtPr/{W}{name}").get(f"{W}val"))


def test_no_mark_reaches_a_reader(document: Document, word: bytes) -> None:
    assert MARKS.search(document.marked)
    assert not MARKS.search(document.body)
    assert not MARKS.search(document.lifted[0])
    assert not MARKS.search(render_html(document).decode())
    assert not MARKS.search("".join(root_of(word).itertext()))


def test_the_file_is_what_word_takes(word: bytes) -> None:
    assert slips(word) == []
    numbers = [setting(each, "id") for each in root_of(word).iter(f"{W}sdt")]
    assert len(set(numbers)) == len(numbers)
    assert all(len(setting(each, "tag")) <= 64 for each in root_of(word).iter(f"{W}sdt"))


def test_the_text_is_the_same_as_without_controls(document: Document, word: bytes) -> None:
    plain = render_docx(replace(document, marked=""), pages={})

    def texts(docx: bytes) -> list[str]:
        return ["".join(paragraph.itertext(f"{W}t")) for paragraph in root_of(docx).iter(f"{W}p")]

    assert texts(word) == texts(plain)
    assert not list(root_of(plain).iter(f"{W}sdt"))


def test_passages_are_free_and_their_figures_locked(word: bytes) -> None:
    passages = controls(root_of(word), "alinea:")
    assert {setting(each, "lock") for each in passages} == {"sdtLocked"}
    preface = next(
        each for each in passages if setting(each, "alias") == "Boleh diubah: kata-pengantar, alinea 1"
    )
    inner = [each for each in preface.iter(f"{W}sdt") if each is not preface]
    assert {setting(each, "lock") for each in inner} == {"sdtContentLocked"}
    assert setting(inner[0], "alias") == "Dari data: office.name"


def test_only_whole_paragraphs_of_the_source_may_be_changed(word: bytes) -> None:
    for passage in controls(root_of(word), "alinea:"):
        paragraph = passage.getparent()
        assert paragraph.tag == f"{W}p"
        assert [child.tag for child in paragraph if child.tag != f"{W}pPr"] == [f"{W}sdt"]
    said = {"".join(each.itertext(f"{W}t")) for each in controls(root_of(word), "alinea:")}
    assert not any(text.startswith("Uraian penjelasan tabel") for text in said)


def test_words_on_programs_may_be_changed_in_their_cells(word: bytes) -> None:
    notes = [setting(each, "tag") for each in controls(root_of(word), "catatan:")]
    assert "catatan:programs.analysis:1" in notes
    assert "catatan:programs.solution:1.1" in notes


def test_the_same_report_gives_the_same_bytes(document: Document, word: bytes) -> None:
    assert render_docx(document, pages={}) == word


def test_paragraphs_have_the_styles_that_they_had(document: Document, word: bytes) -> None:
    plain = render_docx(replace(document, marked=""), pages={})

    def styles(docx: bytes) -> list[tuple[str, str]]:
        paragraphs = root_of(docx).iter(f"{W}p")
        return [
            (p.xpath("string(*/*[local-name()='pStyle']/@*)"), "".join(p.itertext(f"{W}t")))
            for p in paragraphs
        ]

    assert styles(word) == styles(plain)
