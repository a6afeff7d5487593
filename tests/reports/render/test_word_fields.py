"""Captions, references and lists of the Word file are fields, which show what the report says."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest

from reports.content import Report
from reports.render.docx import render_docx
from reports.render.headings import captions
from reports.render.word_elements import W


@pytest.fixture(scope="module")
def word(filled_report: Report) -> Any:
    return docx.Document(io.BytesIO(render_docx(filled_report.document(), pages={})))


def reads(paragraph: Any) -> str:
    return "".join(paragraph.itertext(f"{W}t"))


def codes(word: Any) -> list[str]:
    return [" ".join(code.text.split()) for code in word.element.iter(f"{W}instrText")]


def test_each_caption_reads_as_the_report_and_counts_in_its_chapter(word: Any, filled_report: Report) -> None:
    shown = [p.text for p in word.paragraphs if p.style.name in ("Caption", "Judul Gambar")]
    assert [" ".join(text.split()) for text in shown] == [
        entry.text for entry in captions(filled_report.document().anchored)
    ]
    counts = [code for code in codes(word) if code.startswith("SEQ")]
    wanted = [re.match(r"(\w+) (\d+)\.\d+", text) for text in shown]
    assert counts == [f"SEQ {label[1]}_{label[2]} \\* ARABIC" for label in wanted if label]


def test_what_leads_to_a_picture_follows_its_number(word: Any) -> None:
    paragraphs = (paragraph for paragraph in word.element.iter(f"{W}p") if reads(paragraph))
    sentence = next(p for p in paragraphs if reads(p).startswith("Perkembangan PDRB dari tahun ke tahun"))
    assert reads(sentence).endswith("digambarkan pada Gambar 3.2.")
    (code,) = (" ".join(code.text.split()) for code in sentence.iter(f"{W}instrText"))
    name = code.split()[1]
    marked = next(mark for mark in word.element.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") == name)
    assert "".join(marked.getparent().itertext(f"{W}t")).startswith("Gambar 3.2")


def test_tables_are_listed_before_pictures_each_by_what_counts_them(word: Any) -> None:
    listed = [code for code in codes(word) if code.startswith("TOC")]
    assert listed[0] == 'TOC \\o "1-3" \\h \\z \\u'
    names = [re.search(r'\\c "(\w+)"', code) for code in listed[1:]]
    kinds = [name[1].partition("_")[0] for name in names if name]
    assert kinds == sorted(kinds, key=["Tabel", "Lampiran", "Gambar"].index)
    assert set(kinds) == {"Tabel", "Lampiran", "Gambar"}
    counted = {code.split()[1] for code in codes(word) if code.startswith("SEQ")}
    assert {name[1] for name in names if name} == counted
