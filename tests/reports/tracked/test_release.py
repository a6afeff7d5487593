"""The Word file that shows what the release of BPS changed since January."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree

from core.errors import RenderError
from reports.comparison.tracked import track_changes
from reports.content import Report
from reports.render.docx import render_docx
from reports.render.word_elements import W
from tests.reports.given.libreoffice import settle_by_libreoffice
from tests.reports.given.ooxml import slips
from tests.reports.given.settled import WRITTEN_BY_WORD, said

pytestmark = pytest.mark.slow

MOMENT = datetime(2024, 4, 4, 2, 0, tzinfo=UTC)
CHANGES = (f"{W}ins", f"{W}del")
WAITING = "Menunggu Rilis PDRB oleh BPS 2024"


@pytest.fixture(scope="module")
def january(waiting_report: Report) -> bytes:
    return render_docx(waiting_report.document(), pages={})


@pytest.fixture(scope="module")
def april(filled_report: Report) -> bytes:
    return render_docx(filled_report.document(), pages={})


@pytest.fixture(scope="module")
def tracked(january: bytes, april: bytes) -> bytes:
    return track_changes(january, april, MOMENT)


def body_of(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def words(change: etree._Element) -> str:
    return "".join(text.text or "" for text in change.iter(f"{W}t", f"{W}delText"))


def test_accepted_it_is_the_issue_of_april_and_rejected_that_of_january(
    january: bytes, april: bytes, tracked: bytes
) -> None:
    assert said(tracked, accepted=True) == said(april)
    assert said(tracked, accepted=False) == said(january)


def test_a_cell_that_waited_shows_both_beside_each_other(tracked: bytes) -> None:
    cells = [
        [(change.tag.removeprefix(W), words(change)) for change in cell.iter(*CHANGES)]
        for cell in body_of(tracked).iter(f"{W}tc")
    ]
    assert [("del", WAITING), ("ins", "6,35%*")] in cells


def test_what_nothing_happened_to_bears_no_mark(january: bytes, april: bytes, tracked: bytes) -> None:
    once = [
        {text for text, times in Counter(map(str, said(content))).items() if times == 1 and text}
        for content in (january, april)
    ]
    marked = {words(p) for p in body_of(tracked).iter(f"{W}p") if next(p.iter(*CHANGES), None) is not None}
    assert len(once[0] & once[1]) > 100
    assert not once[0] & once[1] & marked


def test_the_same_two_issues_give_the_same_bytes(january: bytes, april: bytes, tracked: bytes) -> None:
    assert track_changes(january, april, MOMENT) == tracked


def test_the_schema_of_word_is_kept(january: bytes, april: bytes, tracked: bytes) -> None:
    assert slips(january) == []
    assert slips(april) == []
    assert slips(tracked) == []


def test_a_slip_against_the_schema_is_seen(april: bytes) -> None:
    wrong = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(april)) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            swapped = old.read(name).replace(
                b'<w:keepNext/><w:jc w:val="center"/>', b'<w:jc w:val="left"/><w:keepNext/>'
            )
            new.writestr(name, swapped if name == "word/document.xml" else old.read(name))
    assert any("['pStyle', 'jc', 'keepNext']" in slip for slip in slips(wrong.getvalue()))


def test_python_docx_reads_it(tracked: bytes, april: bytes) -> None:
    one, other = (docx.Document(io.BytesIO(content)) for content in (tracked, april))
    assert len(one.tables) == len(other.tables)


def test_a_file_that_is_no_word_file_is_told_in_indonesian(april: bytes) -> None:
    with pytest.raises(RenderError, match="perubahan terlacak gagal disusun") as caught:
        track_changes(b"bukan zip", april, MOMENT)
    assert "lkjip verify" in caught.value.todo


@pytest.mark.office
def test_libreoffice_comes_to_the_same_two_texts(
    january: bytes, april: bytes, tracked: bytes, tmp_path: Path
) -> None:
    ways = settle_by_libreoffice(tracked, tmp_path, "accept", "reject")
    for content, expected in zip(ways, (april, january), strict=True):
        assert lines(content) == lines(expected)


CONTENTS = (*WRITTEN_BY_WORD, "Contents", "Tableoffigures")  # as LibreOffice calls them


def lines(content: bytes) -> Counter[str]:
    """What is read in it; LibreOffice writes empty paragraphs in its own way, and pictures anew."""
    root = body_of(content)
    found = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or not str(style.get(f"{W}val")).startswith(CONTENTS):
            found.append(" ".join(words(paragraph).split()))
    return Counter(text for text in found if text)
