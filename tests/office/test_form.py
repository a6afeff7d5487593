"""``form.yaml``, the emblem and the fonts: what is left out is as by default, slips are named."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from core.errors import AgencyDataError
from office.copies import copy_data, copy_office, load_copy
from office.form import EMBLEMS, FONTS, FORM, Form
from office.loading import load_agency

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
WRITTEN = """\
paper: F4
theme: {main: "#7A1F1F", head: "#f3e2d6", heading_font: New Computer Modern}
signature: {width: 9, height: "2,5", place: centre}
address: [Jalan Trunojoyo 1 Sumenep]
"""


def png(width: int, height: int) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, "PNG")
    return drawn.getvalue()


def wrong(office: Path) -> str:
    with pytest.raises(AgencyDataError) as caught:
        load_agency(office, 2023)
    return str(caught.value)


def test_an_office_that_says_nothing_has_the_defaults(office: Path) -> None:
    agency = load_agency(office, 2023)
    assert (agency.form, agency.emblem, agency.fonts) == (Form(), None, ())
    assert (agency.form.paper, agency.form.signature.height) == ("A4", Decimal("1.8"))


def test_what_the_office_writes_is_read(office: Path) -> None:
    (office / "2023" / FORM).write_text(WRITTEN)
    form = load_agency(office, 2023).form
    assert (form.paper, form.theme.main, form.theme.heading_font) == ("F4", "#7a1f1f", "New Computer Modern")
    assert (form.signature.width, form.signature.height) == (Decimal(9), Decimal("2.5"))
    assert form.address == ["Jalan Trunojoyo 1 Sumenep"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paper: A3", "2023/form.yaml baris 1: 'paper' berisi 'A3'"),
        ("theme: {main: biru}", "2023/form.yaml baris 1: 'theme > main': 'biru' bukan warna"),
        ('theme: {main: "#ffee00"}', "terlalu muda untuk tulisan di kertas putih"),
        ('theme: {head: "#101010"}', "tulisan hitam di kepala tabel tidak terbaca"),
        (
            "theme:\n  body_font: Arial",
            "2023/form.yaml baris 2: 'theme > body_font' berisi 'Arial', huruf yang",
        ),
        ("signature: {height: 20}", "'signature > height': 20 cm di luar batas; tulis 1 sampai 8 cm"),
        ("signature: {width: lebar}", "'signature > width'"),
        ("signature: {place: tengah}", "'signature > place' berisi 'tengah'"),
        ("papper: A4", "'papper' tidak dikenal"),
    ],
)
def test_a_slip_is_told_with_its_file_and_field(office: Path, text: str, said: str) -> None:
    (office / "2023" / FORM).write_text(text)
    assert said in wrong(office)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lambang.svg", SVG.replace("viewBox", "class").encode(), "lambang.svg: tidak menyebut ukurannya"),
        ("lambang.svg", b"<svg", "lambang.svg: bukan gambar SVG yang utuh (baris 1)"),
        ("lambang.svg", b"<html/>", "lambang.svg: bukan gambar SVG"),
        ("lambang.svg", SVG.replace("<path", "<script/><path").encode(), "memuat <script>"),
        ("lambang.svg", SVG.replace("<path", '<image href="x.png"/><path').encode(), "memuat <image>"),
        ("lambang.svg", SVG.replace("<path", '<path fill="url(http://a.b/c)"').encode(), "memuat <path>"),
        ("lambang.png", png(120, 500), "berukuran 120 x 500 piksel, terlalu kecil untuk sampul"),
        ("lambang.png", png(400, 400)[:-8], "lambang.png: bukan gambar PNG yang utuh"),
        ("huruf/tebal.ttf", b"bukan huruf", "huruf/tebal.ttf: bukan berkas huruf"),
    ],
)
def test_a_file_that_cannot_be_printed_is_refused(office: Path, name: str, content: bytes, said: str) -> None:
    (office / name).parent.mkdir(exist_ok=True)
    (office / name).write_bytes(content)
    assert said in wrong(office)


def test_two_emblems_are_one_too_many(office: Path) -> None:
    (office / EMBLEMS[0]).write_text(SVG)
    (office / EMBLEMS[1]).write_bytes(png(400, 400))
    assert "lambang.svg sudah ada" in wrong(office)


def test_emblem_and_form_are_in_the_copies_of_an_office(office: Path) -> None:
    (office / EMBLEMS[0]).write_text(SVG)
    (office / "2023" / FORM).write_text(WRITTEN)
    (office / FONTS).mkdir()
    (office / FONTS / "catatan.docx").write_bytes(b"no font, no data")
    copied = copy_data(office, 2023)
    assert {EMBLEMS[0], f"2023/{FORM}"} <= set(copied)
    assert {EMBLEMS[0], f"2023/{FORM}"} <= set(copy_office(office))
    assert f"{FONTS}/catatan.docx" not in copied
    assert load_copy(copied, office.name, 2023) == load_agency(office, 2023)
