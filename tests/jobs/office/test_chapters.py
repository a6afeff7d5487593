"""The fragments of an older layout become chapters: every word stays, and the tables get their names."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.office.chapters import ORDER, SKELETONS
from jobs.office.upgrade import upgrade_layout
from office.layout import FIGURES_OF_PRINT, TABLES_OF_PRINT
from office.loading import EXAMPLES, load_agency
from reports.content import IssueInfo, build_report
from reports.reported import reported_realisasi

WORDS = {
    "kata-pengantar": "Kata pertama dengan {{ kurung }}.",
    "bab-1-a-latar-belakang": "# Judul sendiri\n\nLatar.",
    "bab-2-c-perubahan": "Dua paragraf.\n\nSebagai berikut :",
    "bab-3-tabel-3.4": "Satu baris sebagai berikut :",
    "bab-4-penutup": "Sekian.",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The example as it stood before it was a book."""
    folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "sumenep-dkupp")
    own = folder / "2023"
    shutil.rmtree(own / "buku")
    (own / "narasi").mkdir()
    for name, text in WORDS.items():
        (own / "narasi" / f"{name}.md").write_text(text)
    for number, name in TABLES_OF_PRINT.items():
        if (own / "cetak" / f"{name}.csv").exists():
            (own / "cetak" / f"{name}.csv").rename(own / "cetak" / f"tabel-{number}.csv")
    year = (own / "year.yaml").read_text()
    head, _, rest = year.partition("# Bab buku")
    sources = rest[rest.index("sources:") :]
    for number, name in TABLES_OF_PRINT.items():
        sources = sources.replace(f"\n  {name}:", f'\n  "{number}":')
    (own / "year.yaml").write_text(head + sources)
    figures = (own / "cetak" / "angka.csv").read_text()
    for before, after in FIGURES_OF_PRINT.items():
        figures = figures.replace(f"\n{after}", f"\n{before}")
    (own / "cetak" / "angka.csv").write_text(figures)
    return folder


def test_it_is_refused_with_what_is_to_be_done(old: Path) -> None:
    with pytest.raises(AgencyDataError) as caught:
        load_agency(old, 2023)
    message = str(caught.value)
    assert "2023/narasi/ berisi potongan narasi" in message
    assert "tabel-2.1.csv" in message
    assert "sources menurut nomor tabel" in message
    assert "lkjip office upgrade --agency sumenep-dkupp" in message


def test_every_word_is_printed_and_the_figures_are_those_of_before(old: Path) -> None:
    upgrade_layout(old)
    agency, example = load_agency(old, 2023), load_agency(EXAMPLES / "sumenep-dkupp", 2023)
    assert [chapter.name for chapter in agency.chapters] == list(ORDER)
    assert agency.printed_figures == example.printed_figures
    assert (agency.printed, agency.year.sources) == (example.printed, example.year.sources)
    body = (
        build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2024, 1, 31)))
        .document()
        .body
    )
    for words in ("Kata pertama dengan {{ kurung }}.", "Judul sendiri</h3>", "Dua paragraf.", "Sekian."):
        assert words in body


def test_it_is_done_once(old: Path) -> None:
    assert upgrade_layout(old).moves
    assert upgrade_layout(old).moves == ()


def test_words_that_no_chapter_printed_are_not_lost(old: Path) -> None:
    (old / "2023" / "narasi" / "catatan.md").write_text("Catatan.")
    with pytest.raises(AgencyDataError, match=r"tidak dicetak: catatan"):
        upgrade_layout(old)
    assert (old / "2023" / "narasi" / "kata-pengantar.md").exists()


def test_what_came_in_between_is_not_overwritten(old: Path) -> None:
    (old / "2023" / "buku").mkdir()
    (old / "2023" / "buku" / "penutup.md").write_text("# PENUTUP\n")
    with pytest.raises(AgencyDataError, match=r"buku/ sudah ada"):
        upgrade_layout(old)


def test_the_skeletons_hold_no_table_twice() -> None:
    text = "".join((SKELETONS / f"{name}.md").read_text() for name in ORDER)
    assert all(text.count(f'table("{name}"') == 1 for name in TABLES_OF_PRINT.values())


def test_the_figures_file_stays_readable(old: Path) -> None:
    upgrade_layout(old)
    with (old / "2023" / "cetak" / "angka.csv").open() as file:
        assert next(csv.reader(file)) == ["name", "value"]
