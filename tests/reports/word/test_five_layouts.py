"""The Word file of January in five layouts: every waiting cell is filled, no other character changes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from connectors.word.package import read_word
from reports.content import Report
from reports.word.fill import fill
from tests.reports.given import word_layouts as layouts
from tests.reports.given.libreoffice import settle_by_libreoffice
from tests.reports.word.conftest import MOMENT, Filled

pytestmark = pytest.mark.slow

LAYOUTS = ("potongan", "gabungan", "urutan", "catatan", "kotak")
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def changed_cells(before: bytes, after: bytes) -> Counter[tuple[str, str, str]]:
    """What every changed cell said and says, with what names its row."""
    found: Counter[tuple[str, str, str]] = Counter()
    for old_table, new_table in layouts.changed_tables(before, after):
        for old_row, new_row in zip(old_table, new_table, strict=True):
            for old, new in zip(old_row, new_row, strict=True):
                if old != new:
                    found[_name(old_row), old, new] += 1
    return found


def expected_cells(january: Report, april: Report) -> Counter[tuple[str, str, str]]:
    """The cells that differ between the reports themselves."""
    found: Counter[tuple[str, str, str]] = Counter()
    for name, table in january.tables.items():
        for old_row, new_row in zip(table.flat_rows(), april.tables[name].flat_rows(), strict=True):
            for old, new in zip(old_row, new_row, strict=True):
                if old != new:
                    found[_name(old_row), old, new] += 1
    return found


def _name(row: list[str]) -> str:
    return next(text for text in row if text.startswith("Mening"))


@each_layout
def test_exactly_the_cells_that_the_release_changes_are_changed(
    layout: str,
    layout_files: dict[str, bytes],
    accepted_files: dict[str, bytes],
    waiting_report: Report,
    filled_report: Report,
) -> None:
    changed = changed_cells(layout_files[layout], accepted_files[layout])
    expected = expected_cells(waiting_report, filled_report)
    # A cell that covers rows is seen at each of them, and a text box twice.
    assert set(changed) == set(expected)
    assert all(changed[cell] >= count for cell, count in expected.items())


@each_layout
def test_nothing_waits_in_a_table_of_the_report_any_more(
    layout: str, accepted_files: dict[str, bytes]
) -> None:
    said = (text.replace("□", "") for text in layouts.paragraphs(accepted_files[layout]))
    assert [text for text in said if text.startswith("Menunggu Rilis")] == []


@each_layout
def test_to_reject_all_gives_back_every_character(
    layout: str, layout_files: dict[str, bytes], filled_files: Filled
) -> None:
    rejected = layouts.settled(filled_files[layout][0], accepted=False)
    for part in (layouts.DOCUMENT, layouts.FOOTNOTES):
        assert layouts.paragraphs(rejected, part) == layouts.paragraphs(layout_files[layout], part)


@each_layout
def test_a_sentence_becomes_that_of_the_new_issue(
    layout: str, accepted_files: dict[str, bytes], filled_report: Report
) -> None:
    said = {text.replace("□", "").strip() for text in layouts.paragraphs(accepted_files[layout])}
    places = ("ringkasan", "capaian", "tahun-lalu", "akhir-renstra", "efisiensi", "rata-rata", "pencapaian")
    assert [s for place in places for s in filled_report.sentences[place] if s not in said] == []


@each_layout
def test_no_paragraph_changes_but_what_an_issue_before_said(
    layout: str,
    layout_files: dict[str, bytes],
    accepted_files: dict[str, bytes],
    waiting_report: Report,
    filled_report: Report,
) -> None:
    cells = {old for _, old, _ in expected_cells(waiting_report, filled_report)}
    sentences = set(chain(*waiting_report.sentences.values()))
    for part in (layouts.DOCUMENT, layouts.FOOTNOTES):
        before = Counter(layouts.paragraphs(layout_files[layout], part))
        after = Counter(layouts.paragraphs(accepted_files[layout], part))
        assert {text.replace("□", "").strip() for text in before - after} <= cells | sentences


@each_layout
def test_parts_without_a_change_keep_their_bytes_and_their_place(
    layout: str, layout_files: dict[str, bytes], filled_files: Filled
) -> None:
    content, result = filled_files[layout]
    with (
        zipfile.ZipFile(io.BytesIO(layout_files[layout])) as old,
        zipfile.ZipFile(io.BytesIO(content)) as new,
    ):
        assert new.namelist() == old.namelist()
        assert {n for n in old.namelist() if old.read(n) != new.read(n)} == set(result.parts)
        assert [p.date_time for p in new.infolist()] == [p.date_time for p in old.infolist()]


def test_a_note_says_what_the_new_issue_says(accepted_files: dict[str, bytes], filled_report: Report) -> None:
    told = layouts.paragraphs(accepted_files["catatan"], layouts.FOOTNOTES)
    notes = {text.replace("□", "") for text in told}
    assert set(filled_report.sentences["rata-rata"]) <= notes
    assert not any("menunggu rilis" in note for note in notes)


def test_both_ways_of_drawing_a_text_box_say_the_same_and_are_told_once(
    filled_files: Filled, accepted_files: dict[str, bytes]
) -> None:
    root = layouts.story_of(accepted_files["kotak"])
    boxes = [
        ["".join(p.itertext(f"{layouts.W}t")) for p in box.iter(f"{layouts.W}p")]
        for box in root.iter(f"{layouts.W}txbxContent")
    ]
    assert boxes[0::2] == boxes[1::2]
    assert len(filled_files["kotak"][1].filled) == len(filled_files["potongan"][1].filled)


def test_the_same_file_and_figures_give_the_same_bytes(
    layout_files: dict[str, bytes], filled_files: Filled, waiting_report: Report, filled_report: Report
) -> None:
    word = read_word(layout_files["urutan"], "urutan.docx")
    again = fill(word.stories, filled_report, [waiting_report.as_json()], MOMENT)
    assert word.with_stories(again.parts) == filled_files["urutan"][0]


@pytest.mark.office
def test_libreoffice_accepts_all_changes_to_the_same_text(
    january: bytes, waiting_report: Report, filled_report: Report, tmp_path: Path
) -> None:
    content = layouts.shuffled_tables(layouts.merged_cells(january))
    content = layouts.footnotes(content, list(waiting_report.sentences["rata-rata"]), every=2)
    content = layouts.text_boxes(layouts.split_runs(content))
    assert layouts.story_of(content).find(f".//{layouts.W}txbxContent") is not None
    word = read_word(content, "semua.docx")
    result = fill(word.stories, filled_report, [waiting_report.as_json()], MOMENT)
    tracked = word.with_stories(result.parts)
    (accepted,) = settle_by_libreoffice(tracked, tmp_path, "accept")
    assert not list(layouts.story_of(accepted).iter(f"{layouts.W}ins", f"{layouts.W}del"))
    ours = layouts.settled(tracked, accepted=True)
    assert texts_of(accepted) == texts_of(ours)


def texts_of(docx: bytes) -> Counter[str]:
    """The paragraphs of a file; LibreOffice writes fields and empty paragraphs in its own way."""
    root = layouts.story_of(docx)
    for code in root.iter(f"{layouts.W}instrText"):
        code.text = ""
    said = (layouts.said(paragraph).replace("□", "") for paragraph in root.iter(f"{layouts.W}p"))
    return Counter(text for text in (" ".join(each.split()) for each in said) if text)
