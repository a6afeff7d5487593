"""What a person changed in the Word file of an issue, told from what a program changed in saving it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from connectors.word.package import read_word
from reports.content import Report
from reports.render.docx import render_docx
from reports.render.word_elements import W, element
from reports.word.taken.comparing import Comparison, Why, compare_units
from reports.word.taken.reading import plain, read_units
from tests.reports.given.edited_word import (
    Edit,
    bare,
    bold,
    control,
    edited,
    emptied,
    figures,
    new_paragraph,
    saved_by_libreoffice,
    typed,
    unnamed,
)

PREFACE = "Laporan Kinerja ini merupakan bentuk akuntabilitas"
METHOD = "Selanjutnya berdasarkan hasil evaluasi kinerja"


@pytest.fixture(scope="module")
def issued(budget_report: Report) -> bytes:
    return render_docx(budget_report.document(), pages={})


def units(docx: bytes) -> list[Any]:
    return read_units(next(iter(read_word(docx, "lkjip.docx").stories.values())))


def compared(issued: bytes, given: bytes) -> Comparison:
    return compare_units(units(issued), units(given))


def told(found: Comparison) -> tuple[list[list[str]], list[tuple[Why, str, str]]]:
    changed = [[plain(words) for words in each.after] for each in found.changed]
    return changed, [(each.why, each.before, each.after) for each in found.refused]


@pytest.mark.parametrize("way", [None, unnamed, bare], ids=["as it is", "names lost", "controls lost"])
def test_a_file_that_nobody_changed_says_nothing(issued: bytes, way: Edit | None) -> None:
    given = edited(issued, *([way] if way else []))
    assert told(compared(issued, given)) == ([], [])


@pytest.mark.parametrize("way", [None, unnamed], ids=["as it is", "names lost"])
def test_words_of_a_passage_and_of_a_cell_are_changes(issued: bytes, way: Edit | None) -> None:
    given = edited(
        issued,
        typed("alat penilaian kinerja", "alat ukur"),
        typed("Bersifat penyediaan", "Berupa penyediaan"),
        *([way] if way else []),
    )
    changed, refused = told(compared(issued, given))
    assert refused == []
    assert "alat ukur" in changed[0][0]
    assert changed[1] == ["Berupa penyediaan dan disesuaikan kebutuhan"]


@pytest.mark.parametrize("way", [None, unnamed], ids=["as it is", "names lost"])
def test_a_new_paragraph_belongs_to_the_passage_before_it(issued: bytes, way: Edit | None) -> None:
    given = edited(issued, new_paragraph(METHOD, "Alinea baru."), *([way] if way else []))
    changed, refused = told(compared(issued, given))
    assert refused == []
    assert [each[1:] for each in changed] == [["Alinea baru."]]


def test_a_paragraph_cut_in_two_without_its_control_stays_whole(issued: bytes) -> None:
    def cut(root: Any) -> None:
        unnamed(root)
        texts = (t for t in root.iter(f"{W}t") if (t.text or "").startswith("Pendayagunaan aparatur negara"))
        text = next(texts)
        first, second = text.text.split(" oleh komitmen")
        text.text = f"oleh komitmen{second}"
        paragraph = next(text.iterancestors(f"{W}p"))
        paragraph.addprevious(element("p", element("r", element("t", text=first))))

    changed, refused = told(compared(issued, edited(issued, cut)))
    assert refused == []
    assert len(changed) == 1
    assert changed[0][0].startswith("Pendayagunaan")
    assert changed[0][1].startswith("oleh komitmen")


@pytest.mark.parametrize("way", [None, unnamed], ids=["as it is", "names lost"])
def test_an_altered_figure_refuses_its_passage(issued: bytes, way: Edit | None) -> None:
    def alter(root: Any) -> None:
        next(figures(root, PREFACE)[1].iter(f"{W}t")).text = "Dinas Lain"

    given = edited(issued, alter, typed("alat penilaian kinerja", "alat ukur"), *([way] if way else []))
    changed, [(why, before, after)] = told(compared(issued, given))
    assert changed == []
    assert why is Why.FIGURE
    assert before.startswith("Dinas Koperasi")
    assert after == "Dinas Lain"


@pytest.mark.parametrize("way", [None, unnamed, bare], ids=["as it is", "names lost", "controls lost"])
def test_a_deleted_figure_refuses_its_passage(issued: bytes, way: Edit | None) -> None:
    def delete(root: Any) -> None:
        found = figures(root, PREFACE)[-1]
        found.getparent().remove(found)

    given = edited(issued, delete, *([way] if way else []))
    changed, refused = told(compared(issued, given))
    assert changed == []
    assert [each[0] for each in refused] == [Why.FIGURE]


def test_a_figure_may_move_within_its_passage(issued: bytes) -> None:
    def move(root: Any) -> None:
        found = figures(root, PREFACE)[-1]
        found.getparent().insert(0, found)

    changed, refused = told(compared(issued, edited(issued, move)))
    assert refused == []
    assert changed[0][0].startswith("2023")


def test_bold_words_are_a_change(issued: bytes) -> None:
    found = compared(issued, edited(issued, bold(METHOD, "Perlu dicatat: ")))
    [words] = found.changed[0].after
    assert (words[0].text, words[0].bold) == ("Perlu dicatat: ", True)


def test_an_emptied_passage_is_a_deletion(issued: bytes) -> None:
    assert told(compared(issued, edited(issued, emptied(METHOD)))) == ([[]], [])


def test_tracked_changes_count_as_accepted(issued: bytes) -> None:
    def track(root: Any) -> None:
        content = control(root, METHOD).find(f"{W}sdtContent")
        run = content.find(f"{W}r")
        gone = element("del", id=990001, author="A")
        run.addprevious(gone)
        gone.append(run)
        for text in run.findall(f"{W}t"):
            text.tag = f"{W}delText"
        came = element("ins", element("r", element("t", text="Kalimat pengganti.")), id=990002, author="A")
        gone.addnext(came)

    assert told(compared(issued, edited(issued, track))) == ([["Kalimat pengganti."]], [])


def test_what_may_not_be_changed_is_refused_with_its_place(issued: bytes) -> None:
    def alter(root: Any) -> None:
        cell = next(text for text in root.iter(f"{W}t") if text.text == "4,4%")
        cell.text = "9,9%"

    given = edited(issued, alter, typed("Uraian penjelasan tabel", "Penjelasan"))
    found = compared(issued, given)
    assert found.changed == []
    assert [(each.why, str(each.place)) for each in found.refused] == [
        (Why.GENERATED, "BAB III AKUNTABILITAS KINERJA, A. Capaian Kinerja Organisasi, alinea 6"),
        (
            Why.CELL,
            "Tabel 3.5, baris Meningkatkan Kualitas Koperasi dan UMKM, kolom Realisasi Tahun 2023",
        ),
    ]


def test_a_row_that_is_gone_and_a_moved_passage_are_refused(issued: bytes) -> None:
    def drop(root: Any) -> None:
        row = next(t for t in root.iter(f"{W}t") if t.text == "4,4%").iterancestors(f"{W}tr")
        first = next(row)
        first.getparent().remove(first)

    def move(root: Any) -> None:
        body = root.find(f"{W}body")
        paragraph = next(control(root, METHOD).iterancestors(f"{W}p"))
        body.insert(list(body).index(next(control(root, PREFACE).iterancestors(f"{W}p"))), paragraph)

    changed, refused = told(compared(issued, edited(issued, drop, move)))
    assert changed == []
    assert {each[0] for each in refused} == {Why.ROWS, Why.MOVED}


def test_a_copied_passage_is_refused_and_the_first_one_counts(issued: bytes) -> None:
    def copy(root: Any) -> None:
        paragraph = next(control(root, METHOD).iterancestors(f"{W}p"))
        body = root.find(f"{W}body")
        body.insert(len(body) - 1, deepcopy(paragraph))

    changed, refused = told(compared(issued, edited(issued, copy)))
    assert changed == []
    assert [each[0] for each in refused] == [Why.TWICE]


@pytest.mark.slow
def test_libreoffice_changes_nothing_by_itself_and_keeps_what_was_changed(
    issued: bytes, tmp_path: Path
) -> None:
    given = edited(
        issued, typed("alat penilaian kinerja", "alat ukur"), new_paragraph(METHOD, "Baru & lain.")
    )
    for folder in ("satu", "dua"):
        (tmp_path / folder).mkdir()
    assert told(compared(issued, saved_by_libreoffice(issued, tmp_path / "satu"))) == ([], [])
    again = saved_by_libreoffice(given, tmp_path / "dua")
    assert told(compared(issued, again)) == told(compared(issued, given))
