"""The Word file of January in five layouts: every waiting cell is filled, no other character changes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from itertools import chain

import pytest

from reports.content import Report
from reports.word.fill import Result
from tests.reports.given import word_layouts as layouts

LAYOUTS = ("potongan", "gabungan", "urutan", "catatan", "kotak")
Filled = dict[str, tuple[bytes, Result]]
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def changed_cells(before: bytes, after: bytes) -> Counter[tuple[str, str, str]]:
    """What every changed cell said and says, with what names its row."""
    found: Counter[tuple[str, str, str]] = Counter()
    olds, news = layouts.tables(before), layouts.tables(after)
    assert [[len(row) for row in table] for table in olds] == [[len(row) for row in table] for table in news]
    for old_row, new_row in zip(chain(*olds), chain(*news), strict=True):
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


def without_repeats(cells: Counter[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    return set(cells)


@each_layout
def test_exactly_the_cells_that_the_release_changes_are_changed(
    layout: str,
    layout_files: dict[str, bytes],
    filled_files: Filled,
    waiting_report: Report,
    filled_report: Report,
) -> None:
    accepted = layouts.settled(filled_files[layout][0], accepted=True)
    changed = changed_cells(layout_files[layout], accepted)
    expected = expected_cells(waiting_report, filled_report)
    assert set(changed) == set(expected)
    # python-docx shows a cell that covers rows at each of them, and a text box twice.
    assert all(changed[cell] >= count for cell, count in expected.items())


@each_layout
def test_nothing_waits_in_a_table_of_the_report_any_more(layout: str, filled_files: Filled) -> None:
    accepted = layouts.settled(filled_files[layout][0], accepted=True)
    waiting = [
        row for table in layouts.tables(accepted) for row in table
        if any(text.startswith("Menunggu Rilis") for text in row) and "Lampiran" not in str(table[:2])
    ]  # fmt: skip
    # What differs from the print is told in a table of its own, of which no figure is filled.
    assert {row[1].split(",")[0] for row in waiting} == {"Tabel 3.5"}


@each_layout
def test_to_reject_all_gives_back_every_character(
    layout: str, layout_files: dict[str, bytes], filled_files: Filled
) -> None:
    rejected = layouts.settled(filled_files[layout][0], accepted=False)
    for part in (layouts.DOCUMENT, layouts.FOOTNOTES):
        assert layouts.paragraphs(rejected, part) == layouts.paragraphs(layout_files[layout], part)


@each_layout
def test_a_sentence_becomes_that_of_the_new_issue(
    layout: str, filled_files: Filled, filled_report: Report
) -> None:
    accepted = layouts.settled(filled_files[layout][0], accepted=True)
    said = {text.replace("□", "").strip() for text in layouts.paragraphs(accepted)}
    places = ("ringkasan", "capaian", "tahun-lalu", "akhir-renstra", "efisiensi", "rata-rata", "pencapaian")
    assert [s for place in places for s in filled_report.sentences[place] if s not in said] == []


@each_layout
def test_no_paragraph_changes_that_says_nothing_of_what_changed(
    layout: str,
    layout_files: dict[str, bytes],
    filled_files: Filled,
    waiting_report: Report,
    filled_report: Report,
) -> None:
    accepted = layouts.settled(filled_files[layout][0], accepted=True)
    for part in (layouts.DOCUMENT, layouts.FOOTNOTES):
        before = Counter(layouts.paragraphs(layout_files[layout], part))
        after = Counter(layouts.paragraphs(accepted, part))
        gone = {text.replace("□", "").strip() for text in before - after}
        olds = {old for _, old, _ in expected_cells(waiting_report, filled_report)}
        known = {s for sentences in waiting_report.sentences.values() for s in sentences}
        assert gone <= olds | known


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


def test_a_note_says_what_the_new_issue_says(filled_files: Filled, filled_report: Report) -> None:
    accepted = layouts.settled(filled_files["catatan"][0], accepted=True)
    notes = {text.replace("□", "") for text in layouts.paragraphs(accepted, layouts.FOOTNOTES)}
    assert set(filled_report.sentences["rata-rata"]) <= notes
    assert not any("menunggu rilis" in note for note in notes)


def test_both_ways_of_drawing_a_text_box_say_the_same_and_are_told_once(filled_files: Filled) -> None:
    content, result = filled_files["kotak"]
    root = layouts.story_of(layouts.settled(content, accepted=True))
    boxes = [["".join(p.itertext(f"{layouts.W}t")) for p in box.iter(f"{layouts.W}p")]
             for box in root.iter(f"{layouts.W}txbxContent")]  # fmt: skip
    assert boxes[0::2] == boxes[1::2]
    assert len(result.filled) == len(filled_files["potongan"][1].filled)


def test_the_same_file_and_figures_give_the_same_bytes(
    layout_files: dict[str, bytes], filled_files: Filled, waiting_report: Report, filled_report: Report
) -> None:
    from connectors.word.package import read_word
    from reports.word.fill import fill

    word = read_word(layout_files["urutan"], "urutan.docx")
    moment = __import__("datetime").datetime.fromisoformat("2024-04-04T09:00:00+07:00")
    again = fill(word.stories, filled_report, [waiting_report.as_json()], moment)
    assert word.with_stories(again.parts) == filled_files["urutan"][0]
