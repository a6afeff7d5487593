"""``lkjip word fill``: from the office's January report to its copy with the figures of April."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from docx import Document

from office.reference import read_reference
from reports.content import Report
from reports.render.docx import render_docx
from standins.bps import BpsStandin
from tests.commands.given.command_line import Lkjip, expect_sentence
from tests.reports.given import word_layouts as layouts
from tests.reports.given.edited_word import edited, typed

ROWS = [
    ("No", "Sasaran Strategis", "Indikator Kinerja Utama", "Target", "Realisasi", "Capaian (%)"),
    (
        "1",
        "Meningkatnya pertumbuhan sektor PDRB industri pengolahan",
        "Persentase pertumbuhan sektor PDRB Industri pengolahan",
        "6,1",
        "Menunggu rilis BPS",
        "-",
    ),
    (
        "2",
        "Meningkatnya Pendapatan Pelaku UMKM",
        "Persentase Pelaku Usaha UMKM yang Pendapatannya Meningkat",
        "7",
        "16,24",
        "232",
    ),
]


@pytest.fixture
def report(lkjip: Lkjip, tmp_path: Path, unrendered: None) -> Path:
    """The office's own report of January, after which it was issued; it writes no units."""
    assert lkjip("refresh", TODAY="2024-01-31").code == 0
    document = Document()
    document.add_paragraph("Tabel 3.1. Capaian Indikator Kinerja Utama Tahun 2023")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Angka inflasi masih menunggu rilis BPS.")
    file = tmp_path / "laporan kantor.docx"
    document.save(str(file))
    return file


@pytest.mark.usefixtures("unrendered")
def test_the_figures_of_a_release_come_into_a_copy(lkjip: Lkjip, report: Path, bps: BpsStandin) -> None:
    original = report.read_bytes()
    lkjip("poll", BPS_URL=bps.url, TODAY="2024-04-05")
    lkjip("refresh")
    answer = lkjip("word", "fill", str(report))
    copy = report.with_name("laporan kantor-terisi.docx")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"{copy}: 2 perubahan terlacak dari LKjIP, 5 April 2024.")
    assert 'Realisasi: "Menunggu rilis BPS" menjadi "5,20**†"' in answer.out
    assert 'Capaian (%): "-" menjadi "85,25**†"' in answer.out
    assert '"Angka inflasi masih menunggu rilis BPS" (kalimat ini tidak ada di terbitan' in answer.out
    assert "di bawah tabelnya: ** Angka sangat sementara menurut BPS." in answer.out
    assert report.read_bytes() == original
    marked = layouts.story_of(copy.read_bytes())
    changes = list(marked.iter(f"{layouts.W}ins", f"{layouts.W}del"))
    assert {e.get(f"{layouts.W}author") for e in changes} == {"LKjIP"}
    assert {str(e.get(f"{layouts.W}date"))[:10] for e in changes} == {"2024-04-05"}
    assert len({e.get(f"{layouts.W}id") for e in changes}) == len(changes)

    expect_sentence(lkjip("word", "fill", str(report), "--json"), "sudah ada", "--force")
    assert lkjip("word", "fill", str(report), "--force").code == 0
    again = lkjip("word", "fill", str(copy), "--out", str(copy), "--force", "--json")
    expect_sentence(again, "tidak boleh menimpa")
    link = report.with_name("tautan.docx")
    link.symlink_to(report)
    through = lkjip("word", "fill", str(report), "--out", str(link), "--force", "--json")
    expect_sentence(through, "tidak boleh menimpa")
    once_more = lkjip("word", "fill", str(copy), "--json").json
    assert (once_more["filled"], once_more["out"]) == ([], None)


def test_where_nothing_is_new_no_copy_is_made(lkjip: Lkjip, report: Path) -> None:
    answer = lkjip("word", "fill", str(report))
    assert answer.out.startswith("Tidak ada yang diisi; salinan tidak dibuat.")
    assert "angkanya memang belum ada" in answer.out
    assert [path.name for path in report.parent.glob("*.docx")] == [report.name]


def test_what_is_no_word_file_is_told(lkjip: Lkjip, tmp_path: Path) -> None:
    expect_sentence(lkjip("word", "fill", "tidak-ada.docx", "--json"), "tidak-ada.docx", "tidak ada")
    expect_sentence(lkjip("word", "fill", str(tmp_path), "--json"), "bukan berkas")
    os.mkfifo(tmp_path / "pipa.docx")
    expect_sentence(lkjip("word", "fill", str(tmp_path / "pipa.docx"), "--json"), "bukan berkas")
    workbook = tmp_path / "isian.docx"
    with zipfile.ZipFile(workbook, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
    expect_sentence(lkjip("word", "fill", str(workbook), "--json"), "bukan dokumen Word")


def test_our_document_is_written_for_the_office_to_begin_with(lkjip: Lkjip, tmp_path: Path) -> None:
    file = tmp_path / "awal.docx"
    answer = lkjip("word", "reference", str(file))
    assert answer.code == 0
    assert answer.out.strip().endswith("sumenep-dkupp/rujukan.docx.")
    assert read_reference(file.read_bytes()).remarks() == []
    expect_sentence(lkjip("word", "reference", str(file), "--json"), "sudah ada", "--force")
    assert lkjip("word", "reference", str(file), "--force").code == 0


def issued_word(tmp_path: Path) -> Path:
    return tmp_path / "kerja" / "laporan" / "sumenep-dkupp" / "2023" / "terbitan-1" / "lkjip.docx"


@pytest.fixture
def word_of_an_issue(
    lkjip: Lkjip, tmp_path: Path, own_office: Path, monkeypatch: pytest.MonkeyPatch
) -> bytes:
    """Of January; only its Word file is made."""

    def make_files(report: Report) -> dict[str, bytes]:
        return {"lkjip.docx": render_docx(report.document(), pages={}), "lkjip.pdf": b"pdf"}

    monkeypatch.setattr("jobs.report.refresh.make_files", make_files)
    monkeypatch.setattr("reports.mail.draw_changes", lambda *_: None)
    answer = lkjip("refresh", TODAY="2024-01-31")
    assert (answer.code, answer.err) == (0, "")
    return issued_word(tmp_path).read_bytes()


def test_a_changed_passage_is_shown_and_with_yes_written(
    lkjip: Lkjip, tmp_path: Path, own_office: Path, word_of_an_issue: bytes
) -> None:
    file = tmp_path / "disunting.docx"
    file.write_bytes(edited(word_of_an_issue, typed("alat penilaian kinerja", "alat ukur")))
    chapter = own_office / "2023" / "buku" / "kata-pengantar.md"
    shown = lkjip("word", "take", str(file))
    assert (shown.code, shown.err) == (0, "")
    assert "2023/buku/kata-pengantar.md baris 5" in shown.out
    assert "alat ukur" not in chapter.read_text()
    written = lkjip("word", "take", str(file), "--yes", "--json")
    assert written.json["saved"] is True
    assert "alat ukur" in chapter.read_text()


def test_what_is_refused_shows_in_the_exit_code(
    lkjip: Lkjip, tmp_path: Path, word_of_an_issue: bytes
) -> None:
    file = tmp_path / "disunting.docx"
    file.write_bytes(edited(word_of_an_issue, typed("Uraian penjelasan tabel", "Uraian")))
    answer = lkjip("word", "take", str(file))
    assert answer.code == 1
    assert answer.err == ""
    assert "Ditolak" in answer.out


def test_a_file_that_is_no_report_is_told_in_one_sentence(lkjip: Lkjip, tmp_path: Path, report: Path) -> None:
    expect_sentence(lkjip("word", "take", str(report), "--json"), "tidak menyebut terbitan asalnya")
    expect_sentence(lkjip("word", "take", str(tmp_path / "tidak ada.docx"), "--json"), "tidak ada")
    (tmp_path / "rusak.docx").write_bytes(b"PK\x03\x04 bukan zip")
    expect_sentence(lkjip("word", "take", str(tmp_path / "rusak.docx"), "--json"), "rusak")
