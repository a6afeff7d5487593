"""The annex of what differs from the print: files of their own, to which the report leads."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

from reports.annex import HTML, PDF, Counted, annex_of
from reports.content import Report
from reports.render import render_html
from reports.render.docx import convert_docx
from reports.render.headings import plain
from reports.render.pdf import typst_source


def body_of(report: Report) -> str:
    document = annex_of(report)
    assert document is not None
    return document.body


def test_every_difference_stands_in_the_annex_and_none_in_the_report(filled_report: Report) -> None:
    annex, report = plain(body_of(filled_report)), plain(filled_report.document().body)
    assert len(filled_report.findings) > 50
    for finding in filled_report.findings:
        assert " ".join(finding.explanation.split()) in annex
        assert finding.place in annex
    cells = [finding.place for finding in filled_report.findings if ", kolom " in finding.place]
    assert cells
    assert not any(place in report for place in cells)


def test_the_annex_says_of_which_office_year_issue_and_day_it_is(filled_report: Report) -> None:
    text = plain(body_of(filled_report))
    assert f"{filled_report.agency.office.name} Laporan tahun 2023, terbitan 2, 4 April 2024" in text


def test_the_report_counts_what_the_annex_lists_and_leads_to_it(filled_report: Report) -> None:
    counted = Counted.of(filled_report.findings)
    assert counted.places + counted.awaited == len(filled_report.findings)
    page = render_html(filled_report.document()).decode()
    (line,) = re.findall(r'<div id="perbedaan">(.*?)</div>', page, re.DOTALL)
    assert f"pada {counted.places} tempat, dan pada {counted.awaited} tempat lain" in plain(line)
    assert f'href="{HTML}"' in line
    assert PDF in line


def test_pdf_and_word_name_the_annex_without_a_link_that_leads_nowhere(filled_report: Report) -> None:
    document = filled_report.document()
    with zipfile.ZipFile(BytesIO(convert_docx(document))) as word:
        relations, body = word.read("word/_rels/document.xml.rels"), word.read("word/document.xml").decode()
    source = typst_source(document)
    assert HTML not in source
    assert HTML.encode() not in relations
    assert PDF in source
    assert PDF in re.sub(r"<[^>]+>", "", body)


def test_a_report_that_says_what_its_print_says_has_no_annex(filled_report: Report) -> None:
    same = replace(filled_report)
    vars(same)["findings"] = ()
    assert annex_of(same) is None
    assert "Tidak ada perbedaan dengan laporan tercetak." in plain(same.document().body)


def test_the_same_issue_gives_the_same_annex(filled_report: Report) -> None:
    first, again = annex_of(filled_report), annex_of(filled_report)
    assert first is not None
    assert again is not None
    assert render_html(first) == render_html(again)
    assert typst_source(first) == typst_source(again)
