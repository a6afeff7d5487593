"""The office's copy with the new figures is a file that Word opens without repair."""

from __future__ import annotations

import io

import docx

from connectors.word.package import read_word
from reports.content import Report
from reports.render.docx import render_docx
from reports.word.fill import fill
from tests.reports.given.ooxml import slips
from tests.reports.word.conftest import MOMENT


def test_a_filled_report_breaks_no_rule_of_word(filled_report: Report, waiting_report: Report) -> None:
    file = read_word(render_docx(waiting_report.document(), pages={}), "laporan.docx")
    result = fill(file.stories, filled_report, [waiting_report.as_json()], MOMENT)
    assert result.filled
    filled = file.with_stories(result.parts)
    assert slips(filled) == []
    assert docx.Document(io.BytesIO(filled)).tables
