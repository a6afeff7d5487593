"""The workbook on the page: what it would change is shown first, and it is taken whole or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from openpyxl import Workbook, load_workbook

from jobs.report.entries.figures import entries_of
from jobs.uploads import apart
from jobs.users.audit import read_audit
from jobs.users.roles import Role
from jobs.workspace import if_free
from office.loading import EXAMPLES, load_agency
from tests.web.conftest import TODAY, MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, hidden, words
from tests.web.given.drafts import sign
from tests.web.given.reading import read_here

HERE = f"{PLACE}/buku-kerja"
Change = Callable[[Workbook], None]


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


@pytest.fixture
def writer(browser: Browser) -> Browser:
    return browser.become(Role.ENTER)


@pytest.fixture(scope="session")
def isian(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the office, drawn once."""
    from jobs.office.workbook import export_workbook

    file = tmp_path_factory.mktemp("isian") / "isian.xlsx"
    return export_workbook(EXAMPLES / OFFICE, 2023, file).read_bytes()


def changed(content: bytes, change: Change) -> bytes:
    book, out = load_workbook(io.BytesIO(content)), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def set_target(book: Workbook) -> None:
    row = next(r for r in book["Target"].iter_rows() if r[0].value == "Persentase Koperasi Aktif")
    row[7].value = "81%"


def check(writer: Browser, content: bytes, *evidence: tuple[str, bytes]) -> str:
    writer.open(HERE)
    files = [("buku", ("isian.xlsx", content)), *(("bukti", file) for file in evidence)]
    return words(writer.send_files(HERE, files).text)


def data_of(home: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in (home / "kantor").rglob("*") if p.is_file()}


def test_a_year_is_given_as_a_workbook(writer: Browser) -> None:
    assert f"{PLACE}/2023/buku-kerja" in writer.open(HERE).text
    answer = writer.open(f"{PLACE}/2023/buku-kerja")
    assert "isian-sumenep-dkupp-2023.xlsx" in answer.headers["content-disposition"]
    assert "Target" in load_workbook(io.BytesIO(answer.content)).sheetnames
    assert writer.open(f"{PLACE}/2031/buku-kerja").status_code == 404


def test_unchanged_it_would_change_nothing(writer: Browser, isian: bytes) -> None:
    assert "Isinya sama dengan data kantor sekarang." in check(writer, isian)


def test_each_change_is_told_with_its_cell_and_nothing_happens(
    writer: Browser, isian: bytes, home: Path
) -> None:
    before = data_of(home)

    def change(book: Workbook) -> None:
        set_target(book)
        book["Kantor"]["B5"] = "DKUPP Baru"

    shown = check(writer, changed(isian, change))
    target = "Persentase Koperasi Aktif Target Rencana Kerja Tahun 2023 lembar Target, sel H9 80% 81%"
    assert target in shown
    assert "lembar Kantor, sel B5" in shown
    assert "Perubahan (2)" in shown
    assert data_of(home) == before


def test_after_a_yes_it_is_taken(writer: Browser, isian: bytes, home: Path) -> None:
    outside = home / "kantor" / OFFICE / "2023" / "prices.yaml"
    before = outside.read_bytes()
    check(writer, changed(isian, set_target))
    said = words(writer.send(f"{HERE}/ambil", **hidden(writer, "ambil")).text)
    assert "Isi isian.xlsx kini data kantor tahun 2023." in said
    agency = load_agency(home / "kantor" / OFFICE, 2023)
    assert str(agency.year.versions[0].targets["koperasi-aktif"]) == "81%"
    assert outside.read_bytes() == before
    newest = read_audit(writer.engine).entries[0]
    assert (newest.what, newest.about) == ("mengambil buku kerja", "isian.xlsx, tahun 2023")
    assert not [p for p in (home / "kantor").iterdir() if p.name.startswith(".")]


def test_data_that_somebody_changed_meanwhile_are_not_overwritten(
    writer: Browser, isian: bytes, home: Path
) -> None:
    check(writer, changed(isian, set_target))
    fields = hidden(writer, "ambil")
    with (home / "kantor" / OFFICE / "2023" / "year.yaml").open("a") as file:
        file.write("# diubah\n")
    before = data_of(home)
    said = words(writer.send(f"{HERE}/ambil", **fields).text)
    assert "diubah orang sejak Anda memeriksanya" in said
    assert data_of(home) == before


def test_every_problem_is_told_with_its_cell(writer: Browser, isian: bytes, home: Path) -> None:
    before = data_of(home)

    def change(book: Workbook) -> None:
        book["Realisasi"]["B3"] = "tahun lalu"
        book["Realisasi"]["B4"] = "dua ribu"

    shown = check(writer, changed(isian, change))
    assert "Yang perlu diperbaiki (2)" in shown
    assert "lembar Realisasi, sel B3" in shown
    assert "lembar Realisasi, sel B4" in shown
    assert data_of(home) == before


def test_the_workbook_of_another_office_is_refused(writer: Browser, isian: bytes) -> None:
    def change(book: Workbook) -> None:
        book["Kantor"]["B3"] = "kantor-lain"

    shown = check(writer, changed(isian, change))
    assert "bukan kantor yang diminta" in shown
    assert "--into" not in shown


def test_what_is_no_workbook_is_refused(writer: Browser, home: Path) -> None:
    for content in (b"", b"PK\x03\x04 rusak", b"%PDF-1.4", b"a;b\n1;2\n"):
        writer.open(HERE)
        answer = writer.send_files(HERE, [("buku", ("isian.xlsx", content))])
        assert answer.status_code == 422, content
        assert str(home) not in answer.text
    assert list((home / "unggahan").iterdir()) == []


def test_a_workbook_that_ends_its_reader_is_refused_and_the_page_lives(
    writer: Browser, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(apart, "PROGRAM", ("sh", "-c", "cat >/dev/null; kill -9 $$"))
    shown = check(writer, b"PK")
    assert "'isian.xlsx' membuat pembacanya berhenti (kode -9)" in shown
    assert "Unduh buku kerja yang baru" in shown
    assert list((home / "unggahan").iterdir()) == []


def test_where_many_are_read_a_workbook_is_to_be_sent_again(
    writer: Browser, isian: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_WAITING", BoundedSemaphore(1))
    with apart._WAITING:
        shown = check(writer, isian)
    assert "Berkas-berkas lain sedang dibaca. Tunggu sebentar, lalu kirim lagi." in shown


def test_evidence_beside_it_is_kept_with_it(writer: Browser, isian: bytes) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Realisasi"]
        places = {cell.value: cell.column for cell in sheet[1]}
        row = next(
            r[0].row
            for r in sheet.iter_rows()
            if r[0].value == "Persentase Koperasi Aktif" and r[1].value == 2023
        )
        sheet.cell(row, places["Bukti"]).value = "surat.pdf"

    content = changed(isian, change)
    assert "Bukti yang akan disimpan: surat.pdf untuk Persentase Koperasi Aktif." in check(
        writer, content, ("surat.pdf", b"%PDF-1.4")
    )
    site = writer.app.state.site
    space = site.year(site.offices()[OFFICE], 2023)
    assert entries_of(space).entries == ()
    said = words(writer.send(f"{HERE}/ambil", **hidden(writer, "ambil")).text)
    assert "Bukti tersimpan: surat.pdf untuk Persentase Koperasi Aktif." in said
    assert [e.entered_by for e in entries_of(space).entries] == ["uji-isi"]
    assert "tidak dapat dibaca (tidak ada)" in check(writer, changed(content, _other_evidence))


def _other_evidence(book: Workbook) -> None:
    for row in book["Realisasi"].iter_rows():
        for cell in row:
            if cell.value == "surat.pdf":
                cell.value = "lain.pdf"


def test_one_workbook_is_read_at_a_time(writer: Browser, isian: bytes, home: Path) -> None:
    with if_free(home / ".jalan" / "buku-kerja.kunci"):
        assert "Buku kerja lain sedang dibaca." in check(writer, isian)
    assert "Isinya sama dengan data kantor sekarang." in check(writer, isian)


def test_who_reads_sees_no_form_to_send(browser: Browser) -> None:
    assert 'type="file"' not in browser.become(Role.READ).open(HERE).text


def test_an_example_of_the_program_is_not_changed(
    make_page: MakePage, browser: Browser, isian: bytes
) -> None:
    home = browser.app.state.site.settings.home
    app = make_page(home=home, offices=home / "tidak-ada", agency=OFFICE, today=TODAY)
    writer = Browser(app, browser.clock).become(Role.ENTER)
    assert "contoh milik program" in check(writer, isian)
    assert re.search(r'href="[^"]*/2023/buku-kerja"', writer.shown)


@pytest.mark.parametrize("role", [Role.ENTER, Role.APPROVE], ids=str)
def test_only_who_manages_changes_who_approves(
    browser: Browser, role: Role, isian: bytes, home: Path
) -> None:
    writer = browser.become(role)
    sign(home, "CHAINUR BASYID")
    before = data_of(home)
    assert "Laporan disetujui oleh" in check(writer, isian)
    said = words(writer.send(f"{HERE}/ambil", **hidden(writer)).text)
    assert "Buku kerja ini mengubah siapa yang menyetujui laporan. Minta yang berperan kelola" in said
    assert data_of(home) == before
