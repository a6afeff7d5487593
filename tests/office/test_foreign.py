"""Words that came along when another office's folder was copied are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from office.foreign import foreign_names
from office.loading import load_agency
from office.schema import Agency

OTHER = """id: disdag-contoh
name: Dinas Perdagangan Kabupaten Contoh
short_name: DISDAG
region: Kabupaten Contoh
contact: kantor@disdag.contoh.example
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "disdag-contoh"
    folder.mkdir()
    (folder / "office.yaml").write_text(OTHER, encoding="utf-8")
    return folder


def with_words(agency: Agency, words: str) -> Agency:
    chapter = agency.chapters[-1].model_copy(update={"text": words})
    return agency.model_copy(update={"chapters": [*agency.chapters[:-1], chapter]})


def test_an_office_that_names_itself_alone_has_no_warning(agency: Agency, other: Path):
    assert foreign_names(agency, [other]) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Laporan Dinas Perdagangan\nKabupaten Contoh disusun", "Dinas Perdagangan Kabupaten Contoh"),
        ("Bupati di KABUPATEN CONTOH", "Kabupaten Contoh"),
        ("oleh Disdag bersama", "DISDAG"),
        ("surel ke plt@disdag.contoh.example", "disdag.contoh.example"),
    ],
)
def test_the_name_of_another_office_in_a_chapter_is_told_with_its_place(
    agency: Agency, other: Path, words: str, name: str
):
    told = foreign_names(with_words(agency, words), [other])
    assert any(f"{name!r}, nama kantor lain (disdag-contoh), di 2023/buku/penutup.md;" in one for one in told)


def test_words_on_a_cause_are_looked_at_too(agency: Agency, other: Path):
    words = agency.reported[-1].model_copy(update={"cause": "Pembinaan oleh DISDAG"})
    told = foreign_names(agency.model_copy(update={"reported": [words]}), [other])
    assert any("di realisasi.csv (kinerja-pd 2023);" in one for one in told)


def test_a_part_of_a_word_is_no_name(agency: Agency, other: Path):
    assert foreign_names(with_words(agency, "DISDAGRIN"), [other]) == []


def test_a_recipient_of_another_office_is_told(office: Path, other: Path):
    for path in office.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("kepala@dkupp-sumenep.example", "kepala@disdag.contoh.example"))
    told = foreign_names(load_agency(office, 2023), [other])
    assert any("'disdag.contoh.example'" in one and "(recipients)" in one for one in told)


def test_what_two_offices_share_is_no_foreign_name(agency: Agency, other: Path):
    (other / "office.yaml").write_text(OTHER.replace("Kabupaten Contoh", "Kabupaten Sumenep"))
    assert foreign_names(with_words(agency, "di Kabupaten Sumenep"), [other]) == []


def test_a_folder_that_cannot_be_read_names_nobody(agency: Agency, other: Path):
    (other / "office.yaml").write_bytes(b"\xff: [")
    assert foreign_names(agency, [other, other.with_name("tidak-ada")]) == []


def test_a_copied_folder_with_another_name_tells_whose_words_it_has(office: Path):
    copied = office.with_name("dinas-lain")
    shutil.copytree(office, copied)
    identity = copied / "office.yaml"
    text = identity.read_text(encoding="utf-8").replace("id: sumenep-dkupp", "id: dinas-lain")
    text = text.replace("Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian dan", "Dinas Pasar dan")
    text = text.replace("Perdagangan Kabupaten Sumenep", "Perdagangan Kabupaten Lain")
    text = text.replace("region: Kabupaten Sumenep", "region: Kabupaten Lain")
    identity.write_text(text.replace("short_name: DKUPP", "short_name: DPP"), encoding="utf-8")
    told = foreign_names(load_agency(copied, 2023), [office])
    assert any("'Kabupaten Sumenep', nama kantor lain (sumenep-dkupp)" in one for one in told)
    assert any("tempat lagi" in one for one in told)
