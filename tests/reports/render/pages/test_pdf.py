"""The PDF of an office that says how it is to look, on F4: what a reader sees, and what an archive checks.

No validator of PDF/A runs here: what it would look at first is read out of the file.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import PDFStream, resolve1
from PIL import Image

from office.form import Form, FormFile, SignatureRoom, Theme
from reports.render import Document, render_pdf
from reports.render.html import render_html
from tests.reports.given.sample_report import sample

MILLIMETRE = 72 / 25.4
FORM = Form(
    paper="F4",
    theme=Theme(main="#7a1f1f", head="#f3e2d6", heading_font="New Computer Modern"),
    signature=SignatureRoom(width=Decimal(9), height=Decimal(3), place="left"),
    address=["Jalan Trunojoyo 1 Sumenep"],
)


def looking(form: Form, emblem: FormFile | None) -> Document:
    return replace(
        sample(), form=form, emblem=emblem, letterhead=("DINAS PERAGA",), region="Kabupaten Sumenep"
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 400), "#7a1f1f").save(drawn, "PNG")
    return render_pdf(looking(FORM, FormFile(name="lambang.png", content=drawn.getvalue())))


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def objects(opened: pdfplumber.PDF) -> list[dict]:
    """Every dictionary of the file, those of streams too."""
    found = []
    for xref in opened.doc.xrefs:
        for number in xref.get_objids():
            thing = resolve1(opened.doc.getobj(number))
            found.append(thing.attrs if isinstance(thing, PDFStream) else thing)
    return [thing for thing in found if isinstance(thing, dict)]


def named(thing: dict, key: str) -> str:
    return getattr(thing.get(key), "name", "")


def test_paper_is_f4(opened: pdfplumber.PDF) -> None:
    sizes = {(round(page.width / MILLIMETRE), round(page.height / MILLIMETRE)) for page in opened.pages}
    assert sizes == {(215, 330)}


def test_cover_shows_the_emblem_in_the_middle(opened: pdfplumber.PDF) -> None:
    (emblem,) = opened.pages[0].images
    left, right = 30 * MILLIMETRE, (215 - 25) * MILLIMETRE
    assert (emblem["x0"] + emblem["x1"]) / 2 == pytest.approx((left + right) / 2, abs=1)
    assert emblem["height"] == pytest.approx(36 * MILLIMETRE, abs=1)


def test_heads_name_the_office_and_the_chapter_but_not_where_it_begins(opened: pdfplumber.PDF) -> None:
    office = sample().office
    heads = [page.extract_text().splitlines()[0] for page in opened.pages]
    begins = next(i for i, p in enumerate(opened.pages) if "\nBAB II\nPERENCANAAN" in p.extract_text())
    assert heads[begins] == office
    assert heads[begins + 1] == f"{office} BAB II · PERENCANAAN KINERJA"


def test_room_for_the_signature_is_where_and_as_high_as_asked(opened: pdfplumber.PDF) -> None:
    page = next(page for page in opened.pages if "NIP. 19691113" in page.extract_text())
    words = page.extract_words()
    name = next(word for word in words if word["text"] == "CHAINUR")
    above = max(word["bottom"] for word in words if word["bottom"] < name["top"])
    assert name["top"] - above >= 30 * MILLIMETRE
    assert name["x1"] < page.width / 2


def test_colours_and_fonts_are_the_themes(opened: pdfplumber.PDF) -> None:
    title = next(char for char in opened.pages[0].chars if char["size"] > 17)
    assert [round(part * 255) for part in title["non_stroking_color"]] == [0x7A, 0x1F, 0x1F]
    assert "NewComputerModern" in title["fontname"].replace("CM", "ComputerModern")


def test_commas_of_a_column_stand_below_each_other(opened: pdfplumber.PDF) -> None:
    pages = [page for page in opened.pages if "Tingkat\nEfisiensi" in page.extract_text()] or opened.pages
    commas: Counter[tuple[int, int]] = Counter()
    for page in pages:
        for word in page.extract_words(return_chars=True):
            if re.fullmatch(r"\d{1,3},\d{1,2}%?", word["text"]):
                comma = next(char for char in word["chars"] if char["text"] == ",")
                commas[page.page_number, round(comma["x0"])] += 1
    assert max(commas.values()) >= 4


def test_soft_hyphens_stand_only_where_lines_end(pdf: bytes) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    total = sum(len(text.split()) for text in pages)
    inside = sum(len(re.findall(r"\w\u00ad\w", text)) for text in pages)
    assert total > 3000
    assert inside <= total // 200, "readers copy words, not syllables"


def test_it_says_that_it_conforms_to_pdf_a_and_pdf_ua(pdf: bytes) -> None:
    said = pdf.decode("latin-1")
    assert re.search(r"<pdfaid:part>3</pdfaid:part>", said)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", said)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", said)


def test_it_has_what_an_archive_needs(opened: pdfplumber.PDF, objects: list[dict]) -> None:
    catalog = opened.doc.catalog
    assert catalog["Lang"] == b"id"
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    (intent,) = resolve1(catalog["OutputIntents"])
    assert resolve1(intent)["S"].name == "GTS_PDFA1"
    assert "DestOutputProfile" in resolve1(intent)
    descriptors = [thing for thing in objects if named(thing, "Type") == "FontDescriptor"]
    assert len(descriptors) >= 3
    assert all({"FontFile", "FontFile2", "FontFile3"} & set(thing) for thing in descriptors), "embedded"
    assert not any({"JS", "Launch", "EmbeddedFiles"} & set(thing) for thing in objects)


def test_it_is_tagged_with_headings_tables_and_alternative_texts(objects: list[dict]) -> None:
    kinds = Counter(named(thing, "S") for thing in objects if "P" in thing and "K" in thing)
    assert {"H1", "H2", "P", "L", "Table", "TH", "TD", "TOC", "Figure"} <= set(kinds)
    figures = [thing for thing in objects if named(thing, "S") == "Figure"]
    alternatives = [str(thing.get("Alt", b""), "latin-1") for thing in figures]
    assert all(alternatives)


def test_chapters_are_bookmarks(pdf: bytes) -> None:
    titles = [
        " ".join(entry.get_title().split()) for entry in pypdfium2.PdfDocument(pdf).get_toc(max_depth=1)
    ]
    assert [title for title in titles if title.startswith("BAB")] == [
        "BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA", "BAB III AKUNTABILITAS KINERJA",
    ]  # fmt: skip


def test_without_an_emblem_the_neutral_one_is_drawn_in_the_offices_colour() -> None:
    from reports.render.pdf import emblem_bytes

    drawn = emblem_bytes(looking(FORM, None)).decode()
    assert "#7a1f1f" in drawn
    assert "#1f4e79" not in drawn


@pytest.mark.parametrize(
    ("emblem", "words", "kind"),
    [
        (FormFile(name="lambang.png", content=b"\x89PNG"), "Lambang Kabupaten Sumenep", "png"),
        (None, "", "svg+xml"),
    ],
    ids=["the office's", "the program's"],
)
def test_the_web_page_carries_the_emblem_on_its_cover(emblem: FormFile | None, words: str, kind: str) -> None:
    cover = render_html(looking(FORM, emblem)).decode().partition('<section class="cover">')[2]
    assert cover.startswith(f'<img class="emblem" alt="{words}" src="data:image/{kind};base64,')
