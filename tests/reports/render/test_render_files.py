"""The three files of a report as a reader meets them."""

import base64
import hashlib
import io
import re
import sys
import zipfile
from itertools import pairwise

import docx
import pdfplumber
import pytest

from core.errors import RenderError
from reports.render import RenderedReport, pandoc, render_all, render_report
from reports.render.pdf import compile_source
from reports.screen import screen_script
from tests.reports.given.sample_report import WAITING, efficiency, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def rendered() -> RenderedReport:
    return render_all(sample())


@pytest.fixture(scope="module")
def pages(rendered):
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        return [(page.width, page.height, page.extract_text()) for page in pdf.pages]


@pytest.fixture(scope="module")
def word(rendered):
    return docx.Document(io.BytesIO(rendered.docx))


def test_rendering_twice_gives_the_same_bytes(rendered):
    again = render_all(sample())
    assert again.html == rendered.html
    assert again.pdf == rendered.pdf
    assert again.docx == rendered.docx


def test_page_loads_nothing_from_elsewhere(rendered):
    text = rendered.html.decode()
    assert not re.findall(r'(?:src|href)="(?!#|data:image/)[^"]*"|url\(|@import|import\(|fetch\(|<link', text)
    assert "content=\"default-src 'none';" in text


def test_page_escapes_what_data_say(rendered):
    text = rendered.html.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert re.findall(r"<script.*?</script>", text, re.DOTALL) == [f"<script>{screen_script()}</script>"]


def test_only_the_script_of_the_page_may_run(rendered):
    text = rendered.html.decode()
    (allowed,) = re.findall(r"script-src '([^']*)'\"", text)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert allowed == f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def test_every_link_of_the_page_leads_somewhere(rendered):
    text = rendered.html.decode()
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'id="([^"]+)"', text))


def test_page_marks_waiting_cells_and_explains_the_sign(rendered):
    text = rendered.html.decode()
    assert re.search(rf'class="mark-waiting">{WAITING}', text)
    assert "angka belum dirilis" in text


@pytest.mark.parametrize(
    ("number", "first_words"),
    [
        ("2.7", "PROGRAM PENUNJANG"),
        pytest.param("3.6", "PROGRAM", marks=pytest.mark.sweep),
        pytest.param("3.9", "Persentase Pertumbuhan", marks=pytest.mark.sweep),
        ("3.10", "100"),
    ],
)
def test_caption_stands_on_the_page_of_its_first_row(pages, number, first_words):
    holding = [t for _, _, t in pages if re.search(rf"^Tabel {re.escape(number)}$", t, re.MULTILINE)]
    assert len(holding) == 1
    assert first_words in holding[0].split(f"Tabel {number}", 1)[1]


def test_heading_rows_are_repeated_on_every_page_of_a_long_table(pages):
    first_rows = [t.splitlines()[1:4] for _, _, t in pages]
    assert sum("Analisis Solusi" in " ".join(rows) for rows in first_rows) >= 4


def test_wide_tables_with_room_enough_stand_on_upright_pages(pages):
    assert all(width < height for width, height, _ in pages)


def test_cover_has_no_number_front_matter_roman_and_chapters_arabic_from_one(pages):
    last_lines = [text.strip().splitlines()[-1] for _, _, text in pages]
    first_chapter = next(
        i for i, (_, _, t) in enumerate(pages) if t.splitlines()[1:3] == ["BAB I", "PENDAHULUAN"]
    )
    assert last_lines[0] == "TAHUN 2024"
    assert last_lines[1:first_chapter][:3] == ["ii", "iii", "iv"]
    assert last_lines[first_chapter:] == [str(n) for n in range(1, len(pages) - first_chapter + 1)]


def test_contents_name_the_page_on_which_a_chapter_begins(pages):
    numbers = dict(re.findall(r"^(BAB I+) [A-Z ]+[ .]+(\d+)$", pages[2][2], re.MULTILINE))
    for chapter, number in numbers.items():
        text = next(t for _, _, t in pages if chapter in t.splitlines() and "DAFTAR" not in t)
        assert text.strip().splitlines()[-1] == number
    assert set(numbers) == {"BAB I", "BAB II", "BAB III"}


def test_nothing_is_printed_outside_its_column(rendered):
    """The words of neighbouring cells never overlap, however narrow the column."""
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        for page in pdf.pages:
            words = sorted(page.extract_words(use_text_flow=True), key=lambda w: (round(w["top"]), w["x0"]))
            for left, right in pairwise(words):
                if round(left["top"]) == round(right["top"]):
                    assert left["x1"] <= right["x0"] + 0.5, (page.page_number, left["text"], right["text"])


def test_no_english_word_of_a_tool_appears(pages):
    text = "\n".join(t for _, _, t in pages)
    assert not re.search(r"\b(Table|Figure|Contents|Page|Chapter|Outline)\b", text)


def test_pdf_says_title_author_and_language(rendered):
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        assert pdf.metadata["Title"] == "Laporan Kinerja Instansi Pemerintah Tahun 2023"
        assert pdf.metadata["Author"].startswith("Dinas Koperasi")
        assert pdf.metadata["CreationDate"].startswith("D:20240411")
        assert pdf.doc.catalog["Lang"] == b"id"
        assert pdf.doc.catalog["MarkInfo"]["Marked"] is True


def test_word_has_real_headings_and_tables(word):
    chapters = [p.text.split("\n")[0] for p in word.paragraphs if p.style.name == "Heading 1"]
    assert chapters[-4:] == ["BAB I", "BAB II", "BAB III", "LAMPIRAN 1"]
    assert len(word.tables) == 5
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert [p.text.split("\n")[0] for p in captions] == ["Tabel 2.7", "Tabel 3.6", "Tabel 3.9", "Tabel 3.10"]
    assert all(p.style.paragraph_format.keep_with_next for p in captions)


def test_word_repeats_heading_rows_and_keeps_rows_whole(word):
    table = next(t for t in word.tables if len(t.columns) == 9)
    repeated = [row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows]
    assert repeated == [True, True] + [False] * len(efficiency().rows)
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)


def test_word_keeps_spans_and_fills_the_line_width(word):
    table = next(t for t in word.tables if len(t.columns) == 9)
    assert table.cell(0, 2).text == "Indikator Kinerja"
    assert table.cell(0, 2)._tc is table.cell(0, 4)._tc
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc
    total = sum(int(c.get(f"{W}w")) for c in table._tbl.tblGrid)
    section = next(s for s in word.sections if s.orientation == 1)
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    assert abs(total - room) < 20


def test_word_never_parts_a_table_from_its_source_nor_a_name_from_its_list(word):
    body = list(word.element.body)
    parted = []
    for before, after in pairwise(body):
        style = after.find(f"{W}pPr/{W}pStyle") if after.tag == f"{W}p" else None
        if before.tag == f"{W}tbl" and style is not None and style.get(f"{W}val") == "SumberTabel":
            last = before.findall(f"{W}tr")[-1]
            parted += [p for p in last.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is None]
    assert not parted
    leads = [p.style.name for p in word.paragraphs if p.text == "Uraian penjelasan tabel :"]
    assert set(leads) == {"Pengantar Tabel"}
    assert word.styles["Pengantar Tabel"].paragraph_format.keep_with_next


def test_word_contents_are_a_field_filled_with_the_pages_of_the_pdf(word, pages):
    fields = [e.text for e in word.element.iter(f"{W}instrText")]
    assert [f.split()[0] for f in fields] == ["TOC", "TOC", "TOC", *["SEQ"] * 4]
    kinds = [e.get(f"{W}fldCharType") for e in word.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 7
    lines = [p.text for p in word.paragraphs if p.style.name == "toc 1"]
    assert "BAB I PENDAHULUAN\t1" in lines
    settings = word.settings.element
    assert settings.find(f"{W}updateFields") is None


def test_word_sections_number_pages_as_the_pdf_does(word):
    forms = []
    for section in word.sections:
        number = section._sectPr.find(f"{W}pgNumType")
        form = None if number is None else (number.get(f"{W}fmt"), number.get(f"{W}start"))
        forms.append((form, "landscape" if section.orientation == 1 else "portrait"))
    assert forms[:5] == [
        (None, "portrait"),
        *[(("lowerRoman", None), "portrait")] * 3,
        (("decimal", "1"), "portrait"),
    ]
    assert all(form == ("decimal", None) for form, _ in forms[5:])
    assert [o for _, o in forms].count("landscape") == 2


def test_word_properties_have_the_time_of_issue_and_no_clock(rendered, word):
    assert word.core_properties.created.isoformat() == "2024-04-11T03:00:00+00:00"
    with zipfile.ZipFile(io.BytesIO(rendered.docx)) as parts:
        assert {info.date_time[0] for info in parts.infolist()} == {1980}


def test_no_mark_of_ours_is_left_in_word(rendered):
    with zipfile.ZipFile(io.BytesIO(rendered.docx)) as parts:
        for name in parts.namelist():
            assert b"lkjip-" not in parts.read(name), name
            assert b"NAMA KANTOR" not in parts.read(name), name
            assert b"JUDUL BAB" not in parts.read(name), name


def test_missing_pandoc_is_told_in_indonesian(monkeypatch):
    monkeypatch.setattr(pandoc, "find_spec", lambda name: None)
    monkeypatch.setattr(pandoc.shutil, "which", lambda name: None)
    with pytest.raises(RenderError, match="pandoc tidak ditemukan"):
        render_all(sample())


def test_refused_typst_source_is_told_with_its_cause():
    with pytest.raises(RenderError, match="gagal disusun") as caught:
        compile_source("#tidak-ada()", sample())
    assert "tidak-ada" in str(caught.value.__cause__)


def test_missing_name_in_a_template_is_told(tmp_path, monkeypatch):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.html.j2").write_text("{{ tidak_ada }}")
    monkeypatch.setattr(sys.modules["reports.render.environment"], "TEMPLATES", tmp_path)
    with pytest.raises(RenderError, match="tidak_ada"):
        render_report({})
