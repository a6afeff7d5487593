"""Where a figure of ours belongs in a table of the office's, and where nothing is written."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from docx import Document

from connectors.word.package import read_word
from reports.content import Report
from reports.word.fill import Result, fill
from tests.reports.given import word_layouts as layouts
from tests.reports.word.conftest import MOMENT

GOAL = "Meningkatnya pertumbuhan sektor PDRB industri pengolahan"
INDUSTRY = "Persentase pertumbuhan sektor PDRB Industri pengolahan"
TRADE = "Persentase pertumbuhan PDRB sub sektor perdagangan besar dan eceran"
WAITS = "Menunggu rilis BPS"
HEAD = ("No", "Indikator Kinerja", "Target", "Realisasi", "Capaian")
CAPTION = "Tabel 5. Hasil pengukuran kinerja tahun 2023"
Rows = Sequence[Sequence[str]]
Try = Callable[..., tuple[list[list[str]], Result]]


def word_of(rows: Rows, caption: str = CAPTION, *texts: str) -> bytes:
    document = Document()
    document.add_paragraph(caption)
    table = document.add_table(len(rows), len(rows[0]))
    for row, said in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    for text in texts:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture
def attempt(waiting_report: Report, filled_report: Report) -> Try:
    """Fill a file; gives its first table with all changes accepted, and what was told."""

    def run(content: bytes, *, now: Report | None = None) -> tuple[list[list[str]], Result]:
        word = read_word(content, "laporan.docx")
        result = fill(word.stories, now or filled_report, [waiting_report.as_json()], MOMENT)
        accepted = layouts.settled(word.with_stories(result.parts), accepted=True, parts=(layouts.DOCUMENT,))
        return layouts.tables(accepted)[0], result

    return run


def reasons(result: Result) -> str:
    return " | ".join(entry.reason for entry in result.left)


def test_a_table_of_the_offices_own_is_filled_by_indicator_and_heading(attempt: Try) -> None:
    table, _ = attempt(word_of([HEAD, ("1", INDUSTRY, "6,1%", WAITS, "-"), ("2", TRADE, "5,1%", WAITS, "-")]))
    assert [row[3:] for row in table[1:]] == [["6,20%*†", "101,66%*†"], ["4,80%*†", "94,12%*†"]]


def test_columns_may_stand_in_any_order(attempt: Try) -> None:
    head = ("Capaian (%)", "Realisasi 2023", "Target 2023", "Indikator Kinerja Utama")
    table, _ = attempt(word_of([head, ("-", WAITS, "6,1 %", f"1. {INDUSTRY.upper()}")]))
    assert table[1][:2] == ["101,66%*†", "6,20%*†"]


def test_where_units_stand_elsewhere_figures_have_none(attempt: Try) -> None:
    head = ("Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian")
    table, _ = attempt(word_of([head, (INDUSTRY, "Persen", "6,1", WAITS, "-")]))
    assert table[1] == [INDUSTRY, "Persen", "6,1", "6,20*†", "101,66*†"]


def test_a_figure_of_an_earlier_issue_is_replaced_and_any_other_is_left(
    attempt: Try, make_report: Callable[..., Report], filled_report: Report
) -> None:
    rates = {"pertumbuhan-industri": ("6.4100", False), "pertumbuhan-perdagangan": ("5.0100", False)}
    revised = make_report(rates=rates)
    content = word_of(
        [HEAD, ("1", INDUSTRY, "6,1%", "6,20%", "101,66%"), ("2", TRADE, "5,1%", "4,95%", "97%")]
    )
    word = read_word(content, "laporan.docx")
    result = fill(word.stories, revised, [filled_report.as_json()], MOMENT)
    assert [(e.before, e.after) for e in result.filled] == [("6,20%", "6,41%*"), ("101,66%", "105,08%*")]
    assert [e.text for e in result.left] == ["4,95%", "97%"]
    assert all(entry.reason.startswith("angka lain") for entry in result.left)


@pytest.mark.parametrize(
    ("rows", "caption", "why"),
    [
        ([HEAD, ("1", INDUSTRY, "5,9%", WAITS, "-")], CAPTION, "5,9%, di data kantor 6,1%"),
        ([HEAD, ("1", INDUSTRY, "6,1%", WAITS, "-")], "Tabel 5. Kinerja tahun 2022", "tidak dikenali"),
        ([HEAD, ("1", INDUSTRY, "6,1%", "Menunggu rilis Kemendagri", "-")], CAPTION, "lain (kemendagri)"),
        ([HEAD, ("1", INDUSTRY, "6,1%", "Menunggu rilis BPS 2022", "-")], CAPTION, "hal lain (2022)"),
        ([HEAD, ("1", f"{INDUSTRY} besar", "6,1%", WAITS, "-")], CAPTION, "tidak cocok dengan satu"),
        ([HEAD, ("1", "Pertumbuhan", "6,1%", WAITS, "-")], CAPTION, "tidak cocok dengan satu indikator"),
        (
            [("No", "Indikator Kinerja", "Target", "Realisasi Triwulan I"), ("1", INDUSTRY, "6,1%", WAITS)],
            CAPTION,
            "tabel ini tidak dikenali",
        ),
        (
            [("No", "Indikator Kinerja", "Target", "Realisasi", "Nasional", "Capaian"),
             ("1", INDUSTRY, "6,1%", WAITS, "5,05%", "-")],
            CAPTION,
            "tabel ini tidak dikenali",
        ),
        (
            [("No", "Indikator Kinerja", "Target", "Realisasi 2022"), ("1", INDUSTRY, "6,1%", WAITS)],
            CAPTION,
            "tabel ini tidak dikenali",
        ),
        ([("a", "b"), (INDUSTRY, WAITS)], CAPTION, "tabel ini tidak dikenali"),
        (
            [
                ("Indikator Kinerja", "Satuan", "Target", "Realisasi"),
                (INDUSTRY, "Juta rupiah", "6,1", WAITS),
            ],
            CAPTION,
            "satuan di baris ini Juta rupiah, di data kantor %",
        ),
    ],
    ids=(
        "target", "tahun", "lembaga", "tahun-rilis", "kata-lebih", "singkat", "triwulan", "standar",
        "kolom-2022", "tanpa-kepala", "satuan",
    ),
)  # fmt: skip
def test_what_is_not_sure_is_left_and_told_with_its_place(
    attempt: Try, rows: Rows, caption: str, why: str
) -> None:
    table, result = attempt(word_of(rows, caption))
    assert (table, result.filled) == ([list(row) for row in rows], [])
    assert why in reasons(result)
    assert caption.partition(". ")[2] in str(result.left[0].place)


def test_one_cell_for_two_indicators_is_left(attempt: Try) -> None:
    document = Document()
    document.add_paragraph(CAPTION)
    table = document.add_table(3, 5)
    for row, said in zip(
        table.rows, [HEAD, ("1", INDUSTRY, "6,1%", WAITS, "-"), ("2", TRADE, "5,1%", "", "-")], strict=True
    ):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3)).text = WAITS
    made = io.BytesIO()
    document.save(made)
    rows, result = attempt(made.getvalue())
    assert rows[1][3] == WAITS
    assert "digabung untuk beberapa baris" in reasons(result)


def test_a_cell_of_several_paragraphs_becomes_one(attempt: Try) -> None:
    table, _ = attempt(word_of([HEAD, ("1", INDUSTRY, "6,1%", "Menunggu Rilis\nPDRB oleh\nBPS 2024", "-")]))
    assert table[1][3] == "6,20%*†"
    document = Document(io.BytesIO(word_of([HEAD, ("1", INDUSTRY, "6,1%", "Menunggu Rilis", "-")])))
    document.tables[0].cell(1, 3).add_paragraph("PDRB oleh BPS")
    made = io.BytesIO()
    document.save(made)
    table, _ = attempt(made.getvalue())
    assert table[1][3] == "6,20%*†"


def test_what_somebody_is_changing_is_left(attempt: Try) -> None:
    content = word_of([HEAD, ("1", INDUSTRY, "6,1%", WAITS, "-")])
    root = layouts.story_of(content)
    run = next(r for r in root.iter(f"{layouts.W}r") if WAITS in "".join(r.itertext()))
    change = layouts.element("ins", id=3, author="Staf")
    run.addprevious(change)
    change.append(run)
    marked = layouts.with_parts(content, {layouts.DOCUMENT: layouts.etree.tostring(root)})
    table, result = attempt(marked)
    assert table[1][3:] == [WAITS, "101,66%*†"]
    assert "perubahan terlacak yang belum diterima" in reasons(result)


def test_a_sentence_of_ours_is_renewed_and_one_of_the_offices_is_told(
    attempt: Try, waiting_report: Report, filled_report: Report
) -> None:
    old, new = waiting_report.sentences["rata-rata"][0], filled_report.sentences["rata-rata"][0]
    spaced = f"Pengantar. {old.replace(' capaian', '  capaian')} Penutup."
    own = "Realisasi industri masih menunggu rilis BPS."
    content = word_of([HEAD, ("1", INDUSTRY, "6,1%", "x", "-")], CAPTION, spaced, f"{old[:-1]} juga.", own)
    word = read_word(content, "laporan.docx")
    result = fill(word.stories, filled_report, [waiting_report.as_json()], MOMENT)
    accepted = layouts.settled(word.with_stories(result.parts), accepted=True, parts=(layouts.DOCUMENT,))
    said = [" ".join(text.split()) for text in layouts.paragraphs(accepted)]
    assert said[-3:] == [f"Pengantar. {new} Penutup.", f"{old[:-1]} juga.", own]
    assert [e.text for e in result.left if e.place.table == ""][-1] == own[:-1]


def test_a_figure_that_waits_again_is_told(attempt: Try, waiting_report: Report) -> None:
    content = word_of([HEAD, ("1", INDUSTRY, "6,1%", "6,20%", "101,66%")])
    _, result = attempt(content, now=waiting_report)
    assert (result.filled, result.parts) == ([], {})
    assert "angkanya kini menunggu rilis" in reasons(result)


@pytest.mark.parametrize("seed", range(4))
def test_however_runs_are_split_the_same_is_filled_and_no_other_character_changes(
    attempt: Try, waiting_report: Report, seed: int
) -> None:
    rows = [HEAD, ("1", INDUSTRY, "6,1%", WAITS, "-"), ("2", TRADE, "5,1%", "Menunggu  Rilis PDRB", "-")]
    content = word_of(rows, CAPTION, waiting_report.sentences["rata-rata"][1])
    plain, told = attempt(content)
    table, result = attempt(layouts.split_runs(content, seed))
    assert (table, result.filled, result.left) == (plain, told.filled, told.left)
    assert len(result.filled) == 5


def test_headers_are_text_as_well(waiting_report: Report, filled_report: Report) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = waiting_report.sentences["rata-rata"][0]
    made = io.BytesIO()
    document.save(made)
    word = read_word(made.getvalue(), "laporan.docx")
    result = fill(word.stories, filled_report, [waiting_report.as_json()], MOMENT)
    assert [name.startswith("word/header") for name in result.parts] == [True]


def test_a_sasaran_in_other_words_is_no_hindrance_where_the_indicator_is_ours(attempt: Try) -> None:
    head = ("Sasaran", "Indikator Kinerja", "Target", "Realisasi", "Capaian %", "Kategori", "Sumber Data")
    row = ("Industri yang tumbuh", INDUSTRY, "6,1%", WAITS, "-", "-", "BPS Th. 2024")
    caption = "Tabel 3.2 Capaian Indikator Kinerja Utama"
    table, _ = attempt(word_of([head, row], caption))
    assert table[1][3:] == ["6,20%*†", "101,66%*†", "Sangat Tinggi", "BPS, 4 April 2024"]


def test_a_sentence_that_is_still_true_is_told_as_such(attempt: Try, waiting_report: Report) -> None:
    content = word_of([HEAD, ("1", "x", "-", "-", "-")], CAPTION, waiting_report.sentences["rata-rata"][0])
    _, result = attempt(content, now=waiting_report)
    assert reasons(result) == "angkanya memang belum ada"
