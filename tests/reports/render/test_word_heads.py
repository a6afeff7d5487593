"""What stands above the pages of the Word file: the office's name, and the chapter in its section."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from lxml import etree

from reports.content import Report
from reports.render.docx import render_docx
from reports.render.word_elements import W
from reports.render.word_heads import fill_words

CHAPTERS = ["KATA PENGANTAR", "DAFTAR ISI", "BAB I · PENDAHULUAN", "BAB III · AKUNTABILITAS KINERJA"]


@pytest.fixture(scope="module")
def file(filled_report: Report) -> bytes:
    return render_docx(filled_report.document(), {})


@pytest.fixture(scope="module")
def word(file: bytes) -> Any:
    return docx.Document(io.BytesIO(file))


def said(head: Any) -> str:
    return "".join(p.text for p in head.paragraphs).replace("\t", " | ")


def test_the_cover_has_no_head(word: Any) -> None:
    assert word.sections[0]._sectPr.headerReference_lst == []


def test_each_chapter_has_its_head_on_all_pages_but_its_first(word: Any) -> None:
    heads = [said(section.header) for section in word.sections[1:]]
    for chapter in CHAPTERS:
        assert f"DKUPP Sumenep | {chapter}" in heads
    opening = [s for s in word.sections[1:] if s.different_first_page_header_footer]
    assert {said(section.first_page_header) for section in opening} == {"DKUPP Sumenep | "}
    assert len(opening) == len({said(section.header) for section in opening})


def test_every_chapter_begins_a_section_and_has_a_page_number_on_its_first_page(word: Any) -> None:
    body = list(word.element.body)
    for place, child in enumerate(body):
        style = child.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "Heading1" and place:
            before = [each for each in body[:place] if each.find(f"{W}pPr/{W}sectPr") is not None]
            between = body[body.index(before[-1]) + 1 : place]
            assert {each.tag for each in between} <= {
                f"{W}bookmarkStart",
                f"{W}bookmarkEnd",
                f"{W}tbl",
                f"{W}p",
            }
            assert not any(len("".join(each.itertext())) > 300 for each in between)
    for section in word.sections[1:]:
        kinds = {ref.get(f"{W}type") for ref in section._sectPr.footerReference_lst}
        assert kinds == ({"default", "first"} if section.different_first_page_header_footer else {"default"})


def test_numbers_of_pages_begin_anew_once_and_front_matter_counts_in_roman(word: Any) -> None:
    numbers = [section._sectPr.find(f"{W}pgNumType") for section in word.sections]
    formats = [n.get(f"{W}fmt") if n is not None else "" for n in numbers]
    starts = [place for place, n in enumerate(numbers) if n is not None and n.get(f"{W}start")]
    first = formats.index("decimal")
    assert starts == [first]
    assert set(formats[1:first]) == {"lowerRoman"}
    assert set(formats[first:]) == {"decimal"}


def test_a_mark_that_word_split_over_runs_is_filled_and_what_is_put_in_is_left() -> None:
    root = etree.fromstring(
        f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>di JUD</w:t></w:r><w:r><w:t>UL B</w:t></w:r>'
        "<w:r><w:t>AB ini</w:t></w:r></w:p></w:hdr>"
    )
    fill_words(root, {"JUDUL BAB": "JUDUL BAB I"})
    assert "".join(root.itertext()) == "di JUDUL BAB I ini"


@pytest.mark.slow
def test_libreoffice_shows_each_chapter_above_its_pages(file: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here")
    (tmp_path / "lkjip.docx").write_bytes(file)
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "lkjip.docx",
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    with pdfplumber.open(tmp_path / "lkjip.pdf") as pdf:
        tops = [page.crop((0, 0, page.width, 60)).extract_text() for page in pdf.pages]
        texts = [page.extract_text() or "" for page in pdf.pages]
    assert tops[0] == ""
    chapter = ""
    for top, text in zip(tops[1:], texts[1:], strict=True):
        lines = [line for line in text.splitlines() if line != top]
        if lines and lines[0].startswith("BAB ") and " " not in lines[0].removeprefix("BAB "):
            chapter = f"{lines[0]} · {lines[1]}"
            assert top == "DKUPP Sumenep"
        elif chapter and "LAMPIRAN" not in top:
            assert top in ("DKUPP Sumenep", f"DKUPP Sumenep {chapter}")
    assert f"DKUPP Sumenep {CHAPTERS[-1]}" in tops
    assert all(len(text) > 60 for text in texts), "a page holds nothing"
