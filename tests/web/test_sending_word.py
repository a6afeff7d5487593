"""The Word file of an issue, changed by a planner and sent by the page: shown, taken, its figures refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.settings import load_settings
from jobs.report.refresh import refresh
from jobs.uploads.reading import answer
from jobs.workspace import Workspace
from reports.content import Report
from reports.render.docx import render_docx
from standins.prefect_server import PrefectStandin
from tests.reports.given.edited_word import Edit, edited, typed
from tests.web.conftest import TODAY
from tests.web.given.browsing import OFFICE, Browser
from tests.web.given.reading import read_here
from tests.web.given.sending import deeds, sent, take, words

MEANS, NEW = "alat penilaian kinerja", "alat ukur {{ 7 * 7 }}"


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


@pytest.fixture
def chapter(home: Path) -> Path:
    return home / "kantor" / OFFICE / "2023" / "buku" / "kata-pengantar.md"


@pytest.fixture
def issued(home: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The Word file of a third issue, as the program makes them."""
    last = home / "kantor" / OFFICE / "2023" / "buku" / "penutup.md"
    last.write_text(f"{last.read_text()}\nTambahan.\n")

    def make_files(report: Report) -> dict[str, bytes]:
        return {"lkjip.docx": render_docx(report.document(), pages={}), "lkjip.pdf": b"%PDF-1.7"}

    monkeypatch.setattr("jobs.report.refresh.make_files", make_files)
    monkeypatch.setattr("reports.mail.draw_changes", lambda *_: None)
    workspace = Workspace(load_settings(home=home, today=TODAY, mail_to="kepala@dkupp.example"))
    refresh(workspace)
    return (workspace.reports_folder / "terbitan-3" / "lkjip.docx").read_bytes()


def altered(root: object) -> None:
    typed("Uraian penjelasan tabel", "Uraian")(root)


def shown(sender: Browser, issued: bytes, *edits: Edit) -> str:
    sent(sender, "narasi.docx", edited(issued, *edits))
    return words(sender.shown)


def test_what_would_be_written_and_what_is_refused_is_shown_first(
    sender: Browser, issued: bytes, chapter: Path
) -> None:
    before = chapter.read_bytes()
    text = shown(sender, issued, typed(MEANS, NEW), altered)
    assert "Word terbitan yang disunting Dikenali program dari isinya" in text
    assert "Asal terbitan 3 laporan 2023" in text
    assert "2023/buku/kata-pengantar.md baris 5" in text
    assert "… pelaksanaan tugas yang berfungsi sebagai alat penilaian kinerja, wujud" in text
    assert "yang berfungsi sebagai alat ukur &#123;&#123; 7" in text
    assert "“Uraian penjelasan tabel :” menjadi “Uraian :”" in text
    assert chapter.read_bytes() == before


def test_what_is_taken_stands_in_the_book_and_the_report_is_asked_for(
    sender: Browser, issued: bytes, chapter: Path, prefect: PrefectStandin
) -> None:
    text = take(sender, sent(sender, "narasi.docx", edited(issued, typed(MEANS, NEW), altered)))
    assert "Sudah diambil. 1 alinea atau sel ditulis ke data kantor. Laporan disusun ulang" in text
    assert "alat ukur &#123;&#123; 7 \\* 7 }}" in chapter.read_text()
    assert [deed[1] for deed in deeds(sender)] == ["mengambil berkas"]
    assert [run["parameters"]["year"] for run in prefect.started] == [2023]


def test_a_file_without_changes_brings_nothing(sender: Browser, issued: bytes) -> None:
    text = shown(sender, issued)
    assert "Tidak ada yang perlu diambil. Naskahnya sama dengan yang sudah tersimpan" in text


def test_a_file_with_nothing_but_refused_changes_is_put_aside_with_the_reason(
    sender: Browser, issued: bytes
) -> None:
    text = shown(sender, issued, altered)
    assert "Berkas ini tidak dapat dipakai." in text
    assert "Tidak ada perubahan yang dapat diambil." in text
    assert "Bagian ini disusun program" in text


def test_where_data_are_shared_with_other_machines_the_technician_takes_it(
    sender: Browser, issued: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "jobs.uploads.apart._run", lambda question, _: answer({**json.loads(question), "shared": True})
    )
    text = shown(sender, issued, typed(MEANS, NEW))
    assert "serahkan berkasnya kepada teknisi" in text


def test_another_word_file_says_what_it_lacks(sender: Browser, issued: bytes) -> None:
    plain = edited(issued, parts={"docProps/custom.xml": b"<Properties/>"})
    sent(sender, "lain.docx", plain)
    text = words(sender.shown)
    assert "tidak menyebut terbitan asalnya" in text
    assert "--" not in text
