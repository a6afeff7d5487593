"""``rujukan.docx``: what is taken of an office's Word document, what it lacks, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from core.errors import AgencyDataError
from core.word_package import UnfitWordError
from office import reference
from office.copies import copy_data, copy_office, load_copy
from office.loading import load_agency
from office.reference import REFERENCE, read_reference
from tests.reports.given.office_word import office_word

TYPES, BODY, STYLES = "[Content_Types].xml", "word/document.xml", "word/styles.xml"
HEADER, RELATIONS = "word/header1.xml", "word/_rels/header1.xml.rels"
OUTSIDE = b'Target="http://penyerang.example/gambar.png" TargetMode="External"'
FIELD = (
    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
    b"<w:r><w:instrText>TEXT C:\\\\rahasia.docx</w:instrText></w:r></w:p></w:hdr>"
)
Change = Callable[[bytes], bytes]


def changed(**parts: Change | bytes) -> bytes:
    """The office's document with some of its parts otherwise, or with more parts."""
    names = {"types": TYPES, "body": BODY, "styles": STYLES, "head": HEADER, "relations": RELATIONS}
    wanted = {names.get(key, key): change for key, change in parts.items()}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_word())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = wanted.pop(name, None)
            data = old.read(name)
            new.writestr(name, change(data) if callable(change) else data)
        for name, data in wanted.items():
            assert isinstance(data, bytes)
            new.writestr(name, data)
    return made.getvalue()


def swap(old: bytes, new: bytes) -> Change:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return change


def refused(content: bytes) -> str:
    with pytest.raises(UnfitWordError) as caught:
        read_reference(content)
    assert caught.value.todo
    return caught.value.message


def test_paper_margins_and_head_are_taken() -> None:
    found = read_reference(office_word())
    assert (found.width, found.height) == (12240, 18720)
    assert (found.margins["left"], found.margins["top"]) == (2268, 2268)
    head = found.heads["header"]
    assert "".join(head.root.itertext()).strip() == "PEMERINTAH KABUPATEN SUMENEP"
    assert [ending for ending, _ in head.pictures.values()] == [".png"]


def test_a_head_and_a_foot_that_show_nothing_are_none() -> None:
    assert read_reference(office_word(head="")).heads == {}


def test_a_sheet_on_its_side_is_turned_upright_with_its_binding() -> None:
    document = docx.Document(io.BytesIO(office_word()))
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.top_margin, section.left_margin = Cm(4), Cm(2)
    made = io.BytesIO()
    document.save(made)
    found = read_reference(made.getvalue())
    assert (found.width, found.height, found.margins["left"]) == (12240, 18720, 2268)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"bukan zip", "rusak"),
        (office_word()[:-40], "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "rusak"),
        (changed(types=swap(b"document.main+xml", b"document.macroEnabled.main+xml")), "makro"),
        (changed(**{"word/vbaProject.bin": b"x"}), "makro"),
        (changed(types=swap(b"wordprocessingml.document.main", b"spreadsheetml.sheet")), "bukan"),
        (changed(styles=swap(b"<w:styles", b'<!DOCTYPE a [<!ENTITY b "c">]><w:styles')), "tidak lazim"),
        (changed(styles=lambda _: b"<w:styles"), "rusak"),
        (changed(styles=lambda _: b"<styles/>"), "daftar gayanya tidak terbaca"),
        (changed(**{"word/media/besar.bin": b"\0" * 3_000_000}), "membengkak"),
        (changed(body=swap(b"</w:body>", b"<w:p/>" * 110_000 + b"</w:body>")), "jauh lebih banyak"),
        (changed(relations=lambda data: re.sub(rb'Target="media[^"]*"', OUTSIDE, data)), "dari luar"),
        (changed(relations=lambda data: data.replace(b"/image", b"/oleObject")), "bukan gambar (oleObject)"),
        (changed(head=swap(b"</w:hdr>", FIELD)), "mengambil atau menjalankan"),
        (changed(head=swap(b"</w:hdr>", b"<w:p><w:r><w:object/></w:r></w:p></w:hdr>")), "mengambil atau"),
        (changed(head=swap(b"</w:hdr>", b'<w:p><w:ins w:id="1"/></w:p></w:hdr>')), "perubahan terlacak"),
        (changed(body=lambda data: re.sub(rb'w:right="\d+"', b'w:right="9000"', data)), "terlalu sempit"),
        (changed(body=lambda data: re.sub(rb'w:w="\d+"', b'w:w="99999"', data)), "tidak mungkin"),
        (changed(body=lambda data: re.sub(rb'w:w="\d+"', b'w:w="lebar"', data)), "rusak"),
    ],
    ids=(
        "semu", "ekor", "ole", "docm", "vba", "jenis", "entitas", "potong", "gaya", "bom", "tag", "luar",
        "objek", "bidang", "tanam", "lacak", "sempit", "raksasa", "huruf",
    ),
)  # fmt: skip
def test_what_cannot_be_used_is_refused(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_document_that_is_kept_with_every_issue_is_not_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "LARGEST", 99)
    assert "paling besar 99" in refused(office_word(foot="besar"))


def test_a_link_in_a_head_is_no_field_that_fetches() -> None:
    link = b'<w:p><w:r><w:instrText>HYPERLINK "https://a.example/link"</w:instrText></w:r></w:p></w:hdr>'
    assert "header" in read_reference(changed(head=swap(b"</w:hdr>", link))).heads


def test_what_it_lacks_is_told() -> None:
    plain = changed(
        styles=lambda data: re.sub(rb'<w:name w:val="(?:heading 3|caption)"/>', b'<w:name w:val="x"/>', data),
        body=lambda data: re.sub(rb"<w:pgSz[^>]*/>", b"", data),
    )
    assert read_reference(plain).remarks() == [
        "tidak memuat gaya heading 3, caption; gaya bawaan dipakai sebagai gantinya",
        "tidak menyebut ukuran kertas; kertas menurut form.yaml",
    ]
    assert read_reference(office_word()).remarks() == []
    assert "tanpa nomor halaman" in read_reference(office_word(foot="Kaki")).remarks()[0]


def test_a_head_of_the_first_page_alone_is_told_and_not_taken() -> None:
    first = changed(body=swap(b'headerReference w:type="default"', b'headerReference w:type="first"'))
    found = read_reference(first)
    assert found.heads == {}
    assert "pertama atau genap" in found.remarks()[0]


def test_it_is_read_and_copied_with_the_office_and_a_broken_one_is_named(office: Path) -> None:
    (office / REFERENCE).write_bytes(office_word())
    agency = load_agency(office, 2023)
    assert agency.reference is not None
    copied = copy_data(office, 2023)
    assert copied[REFERENCE] == copy_office(office)[REFERENCE] == agency.reference.content
    assert load_copy(copied, office.name, 2023) == agency
    (office / REFERENCE).write_bytes(b"bukan zip")
    with pytest.raises(AgencyDataError, match=r"rujukan\.docx: rusak sehingga tidak terbaca sebagai Word"):
        load_agency(office, 2023)
