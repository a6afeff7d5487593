"""The chapters: everything of the print in its order, and nothing about a figure as fixed text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.settings import PROJECT
from reports.content import Report
from reports.render.environment import environment

TEMPLATES = sorted((PROJECT / "templates" / "report").glob("*.j2"))
CHAPTERS = sorted([*PROJECT.glob("templates/book/*.md"), *PROJECT.glob("agencies/*/*/buku/*.md")])
UNNUMBERED = {"capaian", "struktur-organisasi"}
"""Pictures that a sentence announces without their number: ``ref("capaian")`` is the table of that name."""


def headings(report: Report) -> list[str]:
    found = re.findall(r"<h([12])[^>]*>(.*?)</h\1>", report.document().body, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for _, text in found]


def test_the_parts_stand_in_the_order_of_the_print(waiting_report: Report) -> None:
    listed = headings(waiting_report)
    printed = [
        "KATA PENGANTAR", "BAB I PENDAHULUAN", "A. Latar Belakang", "B. Struktur Organisasi dan Tata Kerja",
        "C. Isu Strategis Perangkat Daerah", "D. Landasan Hukum", "E. Sistematika",
        "BAB II PERENCANAAN KINERJA", "A. Rencana Strategis", "B. Rencana Kerja Tahun 2023",
        "C. Perjanjian Kinerja Tahun 2023", "BAB III AKUNTABILITAS KINERJA",
        "A. Capaian Kinerja Organisasi", "B. Realisasi Anggaran",
        "C. Tingkat Efisiensi Penggunaan Sumber Daya", "BAB IV PENUTUP",
        "LAMPIRAN 1 SK TIM SAKIP PERANGKAT DAERAH", "LAMPIRAN 2 MATRIKS RENSTRA",
        "LAMPIRAN 3 SK PENETAPAN INDIKATOR KINERJA UTAMA",
        "LAMPIRAN 4 PERJANJIAN KINERJA KEPALA PERANGKAT DAERAH",
        "LAMPIRAN 5 ASAL-USUL ANGKA", "LAMPIRAN 6 CARA PENGUKURAN",
    ]  # fmt: skip
    assert [heading for heading in listed if heading in printed] == printed


def test_all_seventeen_tables_are_there_once(waiting_report: Report) -> None:
    body = waiting_report.document().body
    numbers = [*(f"2.{n}" for n in range(1, 8)), *(f"3.{n}" for n in range(1, 11))]
    places = [body.index(f'id="tabel-{number.replace(".", "-")}"') for number in numbers]
    assert places == sorted(places)


def test_every_paragraph_of_the_chapters_is_printed(waiting_report: Report) -> None:
    body = waiting_report.document().body
    reader = environment().filters["markdown"]
    for chapter in waiting_report.agency.chapters:
        for paragraph in chapter.text.split("\n\n"):
            if re.match(r"[A-Z]", paragraph) and "{{" not in paragraph:
                assert re.sub(r"</?p>", "", str(reader(paragraph))).strip() in body


def test_every_sentence_is_in_the_chapters(
    waiting_report: Report, filled_report: Report, priced_report: Report
) -> None:
    for report in (waiting_report, filled_report, priced_report):
        body = re.sub(r"&[#\w]+;", "", report.document().anchored)
        for sentences in report.sentences.values():
            for sentence in sentences:
                assert sentence in body


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_figure_of_the_report(template: Path) -> None:
    text = re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"{% set MARKS.*?%}", "", text, flags=re.DOTALL)
    assert re.findall(r"\d+(?:[.,]\d+)*\s?%(?!})|Rp\s*\d|20[12]\d", text) == []


def test_a_later_issue_is_signed_in_its_own_month(waiting_report: Report, filled_report: Report) -> None:
    first, later = (report.document().body for report in (waiting_report, filled_report))
    assert (waiting_report.issue.number, filled_report.issue.number) == (1, 2)
    assert "<p>Sumenep, Januari 2024</p>" in first
    assert "<p>Sumenep, Februari 2024</p>" in first
    assert later.count("<p>Sumenep, April 2024</p>") == 2


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_picture_that_may_stand_on_the_next_page_is_named_in_a_sentence_before_it(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    shown = {found[1]: found.start() for found in re.finditer(r'chart\("([^"]+)"\)', text)}
    assert [
        name
        for name, place in shown.items()
        if name not in UNNUMBERED and f'ref("{name}")' not in text[:place]
    ] == []
