"""A book: numbers by order, what has nothing to show left out, and nothing of the data read as Markdown."""

from __future__ import annotations

import re
from datetime import date

import pytest

from core.errors import RenderError
from office.book.chapters import Chapter
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.reported import reported_realisasi
from tests.given.standard_book import standard_chapters


def chapter(name: str, text: str) -> Chapter:
    return Chapter(name=name, text=text, own=True, place=f"2023/buku/{name}.md")


def report_of(agency: Agency, *texts: str, **changed: object) -> Report:
    chapters = [chapter(f"bab-{n}", text) for n, text in enumerate(texts, start=1)]
    office = agency.model_copy(update={"chapters": chapters, **changed})
    return build_report(office, reported_realisasi(office), issue=IssueInfo(1, date(2024, 1, 31)))


def body_of(report: Report) -> str:
    body = report.document().body
    return body[body.index('<section class="chapter"') : body.index('<section class="appendix"')]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_tables_and_references_are_numbered_by_their_order(agency: Agency):
    report = report_of(
        agency,
        '# SATU\n\nLihat {{ ref("capaian") }} dan {{ ref("iku") }}.\n\n{{ table("iku") }}\n',
        '# DUA\n\n{{ table("kategori") }}\n\n{{ table("capaian") }}\n',
    )
    assert {name: table.number for name, table in report.tables.items()} == {
        "iku": "1.1", "kategori": "2.1", "capaian": "2.2",
    }  # fmt: skip
    assert "Lihat Tabel 2.2 dan Tabel 1.1 ." in words(body_of(report))
    assert '<a href="#tabel-2-2">Tabel 2.2</a>' in body_of(report)


def test_an_inserted_table_leaves_the_others_their_numbers(agency: Agency):
    report = report_of(
        agency,
        '# SATU\n\n{{ table("iku") }}\n\n{{ table("capaian", inserted=true) }}\n\n{{ table("kategori") }}\n',
    )
    assert [table.number for table in report.tables.values()] == ["1.1", "1.1a", "1.2"]


def test_sentences_call_a_table_by_its_number(agency: Agency):
    report = report_of(agency, '# SATU\n\n{{ table("penunjang") }}\n\n{{ explain("penunjang") }}\n')
    assert "Dari tabel 1.1 ditampilkan" in words(body_of(report))


def test_what_leads_to_a_table_without_data_goes_with_it(agency: Agency):
    text = (
        '# SATU\n\n## Kosong\n\nSeperti berikut:\n\n{{ table("harga-laporan") }}\n\n## Isi\n\n'
        'Menurut {{ ref("harga-laporan") }} begitu.\n\nTetap.\n\n### Juga kosong\n\n{{ explain("harga") }}\n'
    )
    assert words(body_of(report_of(agency, text))) == "BAB I SATU A. Isi Tetap."


def test_a_chapter_with_nothing_is_left_out_of_the_numbers(agency: Agency):
    report = report_of(agency, '# SATU\n\n{{ table("harga-laporan") }}\n', '# DUA\n\n{{ table("iku") }}\n')
    assert report.book.chapters == {"bab-2": 1}
    assert report.tables["iku"].number == "1.1"


def test_headings_bear_letters_and_numbers_but_where_a_sign_keeps_them_without(agency: Agency):
    parts = "## A1", "### B", "x", "### C {-}", "x", "### D", "x", "## A2", "### E", "x"
    report = report_of(agency, "# DEPAN {-}\n\nKata.\n", "\n\n".join(["# SATU", *parts]))
    listed = re.findall(r"<h[1-3][^>]*>(.*?)</h[1-3]>", report.document().body)
    assert listed[:3] == ["DEPAN", "DAFTAR ISI", "DAFTAR TABEL DAN GAMBAR"]
    assert listed[3:10] == ["BAB I<br>SATU", "A. A1", "1. B", "C", "2. D", "B. A2", "1. E"]


def test_a_value_is_put_in_as_it_stands_and_leads_to_its_origin(agency: Agency):
    shown = '{{ value("pendapatan-umkm") }} dari {{ value("pendapatan-umkm", "target") }}'
    body = body_of(report_of(agency, f"# SATU\n\nSebesar {shown}.\n"))
    assert 'href="#asal-pendapatan-umkm"' in body
    assert "Sebesar 16,24% dari 7%." in words(body)


def test_words_of_the_data_are_never_read_as_markdown_or_html(agency: Agency):
    office = agency.office.model_copy(update={"name": "Dinas *A* <b>B</b> {{ year }} # C"})
    body = body_of(report_of(agency, "# SATU\n\n{{ office.name }}\n", office=office))
    assert "<p>Dinas *A* &lt;b&gt;B&lt;/b&gt; {{ year }} # C</p>" in body


def test_a_table_shown_twice_is_refused_with_the_way_to_point_to_it(agency: Agency):
    with pytest.raises(RenderError, match=r'kedua kalinya.*\{\{ ref\("iku"\) \}\}'):
        report_of(agency, '# SATU\n\n{{ table("iku") }}\n', '# DUA\n\n{{ table("iku") }}\n')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{{ table("ik" ~ "a") }}', "'ika' tidak dikenal; mungkin maksudnya 'iku'"),
        ('{{ table("iku") ~ "!" }}', "tidak dapat digabung"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{% for n in range(10**9) %}{% endfor %}", "Range too big"),
    ],
)
def test_what_only_shows_when_it_is_read_is_told_with_its_line(agency: Agency, line: str, said: str):
    with pytest.raises(RenderError) as caught:
        report_of(agency, f"# SATU\n\nKata.\n\n{line}\n")
    assert "2023/buku/bab-1.md baris 5" in str(caught.value)
    assert said in str(caught.value)


def test_a_part_on_landscape_pages_stands_in_one(agency: Agency):
    body = body_of(
        report_of(agency, "# SATU\n\nTegak.\n\n::: mendatar\n\nSatu.\n\nDua.\n\n:::\n\nTegak lagi.\n")
    )
    assert "<p>Tegak.</p>" in body
    inside = body.split('<div class="landscape">')[1].split("</div>")[0]
    assert words(inside) == "Satu. Dua."


def test_the_standard_book_shows_every_table_once_and_a_picture_of_all_capaian(agency: Agency):
    office = agency.model_copy(update={"chapters": standard_chapters()})
    report = build_report(office, reported_realisasi(office), issue=IssueInfo(1, date(2024, 1, 31)))
    body = report.document().body
    assert "IKHTISAR EKSEKUTIF" in body
    assert 'id="gambar-1"' in body
    assert all(f'id="{table.anchor}"' in body for table in report.tables.values())
    assert set(agency.printed) <= set(report.tables)
