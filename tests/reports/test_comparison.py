"""Two issues side by side: cells by table, row and column, sentences word by word."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from reports.comparison import compare_deeply
from reports.comparison.page import differences_page
from reports.comparison.report import Deep, Side
from reports.comparison.text import differences_text
from reports.comparison.words import Piece, compare_sentences, compare_words
from reports.content import Report

BEFORE = Side(1, "31 Januari 2024", "Terbitan pertama.")
AFTER = Side(2, "4 April 2024", "BPS merilis <PDRB>.")


@pytest.fixture(scope="module")
def found(waiting_report: Report, filled_report: Report) -> Deep:
    return compare_deeply(waiting_report.as_json(), filled_report.as_json())


def table(found: Deep, name: str) -> Any:
    return next(changed for changed in found.tables if changed.name == name)


def words(html: bytes) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.decode(), flags=re.DOTALL).split())


def test_a_cell_is_told_by_table_row_and_column(found: Deep) -> None:
    changed = table(found, "tahun-lalu")
    assert changed.label == "Tabel 3.3"
    cell = next(cell for cell in changed.cells if cell.column == "2023 / Realisasi")
    assert cell.row == "baris 2, Persentase pertumbuhan PDRB sub sektor perdagangan besar dan eceran"
    assert (cell.before, cell.after) == ("Menunggu Rilis PDRB oleh BPS 2024", "4,80%*†")
    assert cell.pieces == (Piece("gone", cell.before), Piece("new", cell.after))


def test_every_cell_that_differs_is_told_once_and_no_other(
    found: Deep, waiting_report: Report, filled_report: Report
) -> None:
    old, new = waiting_report.as_json()["tables"], filled_report.as_json()["tables"]
    for name in new:
        differing = [
            (before, after)
            for then, now in zip(old[name]["rows"], new[name]["rows"], strict=True)
            for before, after in zip(then, now, strict=True)
            if before != after
        ]
        told = [(cell.before, cell.after) for t in found.tables if t.name == name for cell in t.cells]
        assert told == differing, name


def test_both_texts_can_be_read_back_from_the_pieces(found: Deep) -> None:
    for changed in found.tables:
        for cell in changed.cells:
            for kind, text in (("new", cell.before), ("gone", cell.after)):
                kept = "".join(piece.text for piece in cell.pieces if piece.kind != kind)
                assert kept.split() == text.split()


def test_a_changed_figure_is_marked_whole_in_its_sentence() -> None:
    assert compare_words("sebesar 4,80% dari 5,1%", "sebesar 4,90% dari 5,1%") == (
        Piece("same", "sebesar "),
        Piece("gone", "4,80% "),
        Piece("new", "4,90% "),
        Piece("same", "dari 5,1%"),
    )


def test_sentences_that_have_little_in_common_are_two() -> None:
    told = compare_sentences(["Realisasi masih menunggu."], ["Anggaran terserap 84,93% dari pagu."])
    assert [piece.kind for sentence in told for piece in sentence] == ["new", "gone"]


def test_sentences_stand_in_the_order_of_the_book_and_not_of_the_alphabet(
    waiting_report: Report, filled_report: Report
) -> None:
    old, new = (json.loads(report.json_text()) for report in (waiting_report, filled_report))
    places = [passage.place for passage in compare_deeply(old, new).passages]
    assert places == ["ringkasan", "capaian", "tahun-lalu", "akhir-renstra", "standar", "efisiensi",
                      "rata-rata", "pencapaian"]  # fmt: skip


def test_an_invented_capaian_is_marked_as_the_realisasi_is(found: Deep) -> None:
    html = differences_page("LKjIP", "Kantor", BEFORE, AFTER, found).decode()
    changed = found.changes["indicators"]
    invented = [row for row in changed if row["illustrative"]]
    assert 0 < len(invented) < len(changed)
    for row in invented:
        assert f'<ins>{row["capaian"]}</ins> <span class="tag">ilustrasi</span>' in html


def test_a_row_that_moved_is_no_difference_and_a_new_one_is_told_whole(filled_report: Report) -> None:
    before = filled_report.as_json()
    rows = before["tables"]["anggaran"]["rows"]
    moved = [rows[1], rows[0], *rows[2:], ["99", "PROGRAM BARU", "1", "1", "100%"]]
    after = {
        **before,
        "tables": {**before["tables"], "anggaran": {**before["tables"]["anggaran"], "rows": moved}},
    }
    (changed,) = compare_deeply(before, after).tables
    assert (changed.cells, changed.gone, changed.new) == ((), (), ("99 | PROGRAM BARU | 1 | 1 | 100%",))


def test_issues_of_an_older_program_have_no_headings_and_compare_all_the_same(
    found: Deep, waiting_report: Report, filled_report: Report
) -> None:
    older = waiting_report.as_json(), filled_report.as_json()
    for report in older:
        report["tables"] = {
            name: {key: value for key, value in t.items() if key != "columns"}
            for name, t in report["tables"].items()
        }
    again = compare_deeply(*older)
    assert [(t.label, len(t.cells)) for t in again.tables] == [(t.label, len(t.cells)) for t in found.tables]
    assert {cell.column for cell in table(again, "capaian").cells} == {
        "Realisasi", "Capaian %", "Kategori", "Sumber Data",
    }  # fmt: skip


def test_an_issue_and_itself_do_not_differ(filled_report: Report) -> None:
    same = compare_deeply(filled_report.as_json(), filled_report.as_json())
    assert same.same
    assert "Tidak ada indikator, tabel, kalimat atau bentuk yang berbeda." in differences_text(
        "x", BEFORE, AFTER, same
    )


def test_another_form_alone_is_told_where_no_word_differs(filled_report: Report) -> None:
    report = filled_report.as_json()
    told = differences_text("x", BEFORE, AFTER, compare_deeply(report, {**report, "form": "f" * 64}))
    assert "Bentuk laporan diperbarui.\nTidak ada indikator, tabel atau kalimat yang berbeda." in told


def test_what_the_office_wrote_otherwise_in_a_chapter_is_told_as_a_reader_knows_it(
    filled_report: Report,
) -> None:
    report = filled_report.as_json()
    before = '# PENUTUP\n\nKinerja {{ office.name }} baik.\n\n{{ table("capaian") }}\n\nSekian.\n'
    after = before.replace("baik", "baik sekali").replace("Sekian.", '{{ value("a-b") }} persen.')
    found = compare_deeply(report, report, ({"penutup": before}, {"penutup": after, "baru": "# BARU\n\nx"}))
    first, second = found.passages
    assert (first.words, second.words) == ("Bab BARU", "Bab PENUTUP")
    changed, put_in, gone = second.sentences
    assert [(piece.kind, piece.text.strip()) for piece in changed] == [
        ("same", "Kinerja [office.name]"), ("gone", "baik."), ("new", "baik sekali."),
    ]  # fmt: skip
    assert (put_in, gone) == ((Piece("new", "[a-b] persen."),), (Piece("gone", "Sekian."),))
    assert not found.same


def test_the_file_tells_all_of_it_and_loads_nothing(found: Deep, filled_report: Report) -> None:
    page = differences_page(filled_report.title, filled_report.agency.office.name, BEFORE, AFTER, found)
    assert page == differences_page(
        filled_report.title, filled_report.agency.office.name, BEFORE, AFTER, found
    )
    assert b"<del>Menunggu Rilis PDRB oleh BPS 2024</del> <ins>6,35%*</ins>" in page
    assert b"&lt;PDRB&gt;" in page
    text = words(page)
    for passage in found.passages:
        assert passage.words in text
    assert not re.search(rb"\b(?:src|href)=\"(?!#)|url\(|@import|<script", page)


def test_the_text_for_a_terminal_marks_what_only_one_issue_has(found: Deep) -> None:
    text = differences_text("LKjIP", BEFORE, AFTER, found)
    assert "; Kategori: [---] {+Sangat Tinggi+}" in text
    assert "BPS merilis PDRB, 4 indikator terisi." in text
