from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connectors.word.package import read_word
from reports.content import Report
from reports.render.docx import render_docx
from reports.word.fill import Result, fill
from tests.reports.given import word_layouts as layouts

Filled = dict[str, tuple[bytes, Result]]
MOMENT = datetime(2024, 4, 4, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def january(waiting_report: Report) -> bytes:
    """The Word file of January as far as an office has it too; its page numbers do not matter here."""
    return layouts.without_appendices(render_docx(waiting_report.document(), pages={}))


@pytest.fixture(scope="session")
def layout_files(january: bytes, waiting_report: Report) -> dict[str, bytes]:
    """The report of January as five offices may have it in Word."""
    return {
        "potongan": layouts.split_runs(january),
        "gabungan": layouts.merged_cells(january),
        "urutan": layouts.shuffled_tables(january),
        "catatan": layouts.footnotes(january, list(waiting_report.sentences["rata-rata"])),
        "kotak": layouts.text_boxes(january),
    }


@pytest.fixture(scope="session")
def filled_files(layout_files: dict[str, bytes], waiting_report: Report, filled_report: Report) -> Filled:
    """The same after the release, filled."""
    made = {}
    earlier = [waiting_report.as_json()]
    for name, content in layout_files.items():
        word = read_word(content, f"{name}.docx")
        result = fill(word.stories, filled_report, earlier, MOMENT)
        made[name] = word.with_stories(result.parts), result
    return made


@pytest.fixture(scope="session")
def accepted_files(filled_files: Filled) -> dict[str, bytes]:
    """The same with all changes accepted."""
    return {name: layouts.settled(content, accepted=True) for name, (content, _) in filled_files.items()}
