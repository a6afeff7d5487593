"""The office's copy with the new figures is a file that Word opens without repair."""

from __future__ import annotations

import io

import docx
import pytest

from connectors.word.package import read_word
from reports.content import Report
from reports.render.docx import render_docx
from reports.word.fill import fill
from tests.given.openxml import needs_openxml, violations
from tests.reports.given.ooxml import slips
from tests.reports.word.conftest import MOMENT


def test_a_filled_report_breaks_no_rule_of_word(filled_report: Report, waiting_report: Report) -> None:
    file = read_word(render_docx(waiting_report.document(), pages={}), "laporan.docx")
    result = fill(file.stories, filled_report, [waiting_report.as_json()], MOMENT)
    assert result.filled
    filled = file.with_stories(result.parts)
    assert slips(filled) == []
    assert docx.Document(io.BytesIO(filled)).tables


@pytest.mark.slow
@needs_openxml
@pytest.mark.parametrize("layout", ["potongan", "gabungan", "urutan", "catatan", "kotak"])
def test_a_report_in_any_layout_is_what_its_schema_allows_once_it_is_filled(
    layout: str, layout_files: dict[str, bytes], filled_report: Report, waiting_report: Report
) -> None:
    file = read_word(layout_files[layout], "laporan.docx")
    result = fill(file.stories, filled_report, [waiting_report.as_json()], MOMENT)
    assert result.filled
    assert violations(file.with_stories(result.parts)) == []
