"""Charts in the three files: inline on the page, set as vectors in the PDF, as PNG in Word."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pdfplumber
import pytest
from lxml import etree

from core.errors import RenderError
from reports.charts.lines import DailyPrices
from reports.charts.picture import draw
from reports.render import RenderedReport, environment, render_all
from reports.render.pictures import TEXT_WIDTH, LiftedPicture, draw_png, lift_pictures
from tests.reports.given.sample_report import sample

pytestmark = pytest.mark.slow

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = ("Beras Medium", "Gula Kristal Putih", "Cabai Rawit Merah†")
PICTURE = """\
{% import "report/_macros.html.j2" as m %}
<section class="chapter"><h1>GRAFIK</h1>
{% call m.picture("3.1", "Harga Harian\nTahun 2023") %}{{ m.charts(drawn) }}{% endcall %}
</section>
"""


def chart(name):
    points = ((date(2023, 1, 2), Decimal(11500)), (date(2023, 1, 3), Decimal(12000)))
    return draw(DailyPrices(f"g-{name.split()[0]}", name, "kg", 2023, points))


@pytest.fixture(scope="module")
def document():
    body = environment().from_string(PICTURE).render(drawn=[chart(name) for name in NAMES])
    return replace(sample(), body=sample().body + body)


@pytest.fixture(scope="module")
def rendered(document) -> RenderedReport:
    return render_all(document)


@pytest.fixture(scope="module")
def word(rendered):
    with zipfile.ZipFile(io.BytesIO(rendered.docx)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_the_page_has_the_charts_inline_with_their_caption_below(rendered):
    text = rendered.html.decode()
    figure = re.search(r'<figure class="gambar" id="gambar-3-1">.*?</figure>', text, re.DOTALL)[0]
    assert figure.count("<svg") == len(NAMES)
    assert figure.index("</svg>") < figure.index("Gambar 3.1")
    assert "Cabai Rawit Merah† (Rp/kg)" in figure


def test_the_lists_at_the_front_name_the_picture(rendered):
    assert '<a href="#gambar-3-1">Gambar 3.1 Harga Harian Tahun 2023</a>' in rendered.html.decode()
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        front = " ".join((page.extract_text() or "") for page in pdf.pages[:8])
    assert re.search(r"Gambar 3\.1 Harga Harian Tahun 2023[ .]+\d+", front)


def test_the_pdf_has_charts_as_words_and_lines_within_the_margins(rendered):
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        page = next(p for p in reversed(pdf.pages) if "Gambar 3.1" in p.extract_text())
        words = page.extract_words()
        text = page.extract_text()
        assert not page.images, "a chart is no raster in the PDF"
    for name in NAMES:
        assert f"{name} (Rp/kg)" in text
    assert min(w["x0"] for w in words) >= 84
    assert max(w["x1"] for w in words) <= page.width - 70


def test_two_charts_stand_beside_each_other_in_the_pdf(rendered):
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        page = next(p for p in reversed(pdf.pages) if "Gambar 3.1" in p.extract_text())
        tops = {
            w["text"]: round(w["top"])
            for w in page.extract_words()
            if w["text"] in ("Beras", "Gula", "Cabai")
        }
    assert tops["Beras"] == tops["Gula"] < tops["Cabai"]


def test_word_shows_each_chart_as_a_png_that_is_there(word):
    root = etree.fromstring(word["word/document.xml"])
    relations = {r.get("Id"): r.get("Target") for r in etree.fromstring(word["word/_rels/document.xml.rels"])}
    targets = [relations[blip.get(f"{R}embed")] for blip in root.iter(f"{A}blip")]
    assert targets == [f"media/grafik{n}.png" for n in (4, 1, 2, 3)]  # the emblem stands on the cover
    assert all(word[f"word/{target}"].startswith(b"\x89PNG") for target in targets)
    assert b'Extension="png"' in word["[Content_Types].xml"]


def test_word_tells_what_a_chart_shows(word):
    found = [p.get("descr") for p in etree.fromstring(word["word/document.xml"]).iter(f"{WP}docPr")]
    assert [words.split(" (")[0] for words in found if words] == list(NAMES)
    assert "terendah 11.500 pada 2 Januari 2023" in found[1]


def test_in_word_the_charts_stay_with_the_caption_below_them(rendered):
    paragraphs = docx.Document(io.BytesIO(rendered.docx)).paragraphs
    place = next(n for n, p in enumerate(paragraphs) if len(p._p.findall(f".//{A}blip")) > 1)
    assert paragraphs[place].paragraph_format.keep_with_next
    assert paragraphs[place + 1].text.startswith("Gambar 3.1")
    assert paragraphs[place + 1].style.name == "Judul Gambar"


def test_no_word_that_kept_a_place_reaches_a_reader(rendered, word):
    assert b"gambarterangkat" not in word["word/document.xml"]
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        assert not any("gambarterangkat" in (page.extract_text() or "") for page in pdf.pages)


def test_charts_are_the_same_bytes_each_time(document, rendered):
    again = render_all(document)
    assert again.pdf == rendered.pdf
    assert again.docx == rendered.docx


def test_no_picture_is_wider_than_the_text():
    wide = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"></svg>'
    _, (picture,) = lift_pictures(wide)
    assert picture.width == pytest.approx(TEXT_WIDTH)
    assert picture.height == pytest.approx(TEXT_WIDTH / 20)


def test_a_broken_picture_is_an_error_that_says_what_to_do():
    with pytest.raises(RenderError, match="Gambar grafik untuk Word gagal dibuat") as caught:
        draw_png([LiftedPicture("gambarterangkat0x", "<svg", 10, 10, "")])
    assert "reports/charts" in caught.value.todo
