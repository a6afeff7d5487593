"""A figure that is entered on the page: looked at first, kept with its evidence, and seen by nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs.report.entries.figures import entries_of
from jobs.report.runs.asking import Asked
from jobs.report.runs.news import News
from jobs.uploads.kept import FOLDER
from jobs.users.audit import read_audit
from jobs.users.roles import Role
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, hidden, words

FORM = f"{PLACE}/2023/angka/koperasi-aktif"
PDF = b"%PDF-1.4\n% Koperasi aktif 2023: 81,5 persen\n%%EOF\n"
TYPED = {"nilai": "81,5%", "sumber": "Bidang Koperasi", "status": "", "catatan": "Surat 500/1"}


@pytest.fixture
def writer(browser: Browser) -> Browser:
    return browser.become(Role.ENTER)


def check(writer: Browser, name: str = "surat.pdf", **changes: str) -> str:
    """Send the form; gives the words of the answer."""
    writer.open(FORM)
    return words(writer.send_files(FORM, [("bukti", (name, PDF))], **{**TYPED, **changes}).text)


def say_yes(writer: Browser) -> str:
    return words(writer.send(f"{FORM}/simpan", **hidden(writer)).text)


def kept(browser: Browser) -> list[tuple[str, str, str]]:
    site = browser.app.state.site
    space = site.year(site.offices()[OFFICE], 2023)
    return [(e.value, e.evidence_name, e.entered_by) for e in entries_of(space).entries]


def test_first_it_shows_what_is_understood_and_keeps_nothing(writer: Browser) -> None:
    shown = check(writer)
    assert "Realisasi 52,08% 81,5%" in shown
    assert "Capaian 65,10% 101,88%" in shown
    assert "Kategori Rendah Sangat Tinggi" in shown
    assert "Bukti surat.pdf, 1 KB" in shown
    assert "belum pernah ada yang dimasukkan" in shown
    assert kept(writer) == []


def test_after_a_yes_it_is_kept_and_the_report_is_asked_for(
    writer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(space: object, cause: str, *, news: News) -> Asked:
        asked.append((cause, news))
        return Asked(datetime(2024, 4, 7, 2, 1, tzinfo=UTC))

    monkeypatch.setattr("jobs.report.runs.following.ask_for_refresh", ask)
    check(writer)
    said = say_yes(writer)
    assert "Laporan disusun ulang pada 7 April 2024 pukul 09.01 WIB" in said
    assert kept(writer) == [("81,5%", "surat.pdf", "uji-isi")]
    cause = "Angka dimasukkan di halaman: Persentase Koperasi Aktif: 81,5% (Bidang Koperasi)."
    assert asked == [(cause, News.FIGURE)]
    newest = read_audit(writer.engine).entries[0]
    assert (newest.who, newest.what, newest.office) == ("uji-isi", "memasukkan angka", OFFICE)
    assert "81,5%" in newest.about


def test_without_a_schedule_it_is_kept_all_the_same_and_said(writer: Browser) -> None:
    check(writer)
    assert "Penjadwal sedang tidak menjawab." in say_yes(writer)
    assert len(kept(writer)) == 1


def test_its_history_stands_on_the_page_with_each_evidence(writer: Browser) -> None:
    for value in ("81,5%", "82%"):
        check(writer, nilai=value)
        say_yes(writer)
    page = writer.open(f"{PLACE}/2023/indikator/koperasi-aktif").text
    assert "82 surat" not in page
    assert words(page).count("uji-isi") == 2
    link = re.search(r'href="([^"]+/bukti/\w{64})"', page)
    assert link is not None
    answer = writer.open(link[1])
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_evidence_of_another_office_year_or_source_is_none_of_this(writer: Browser) -> None:
    check(writer)
    say_yes(writer)
    link = re.search(r"/bukti/(\w{64})", writer.open(f"{PLACE}/2023/indikator/koperasi-aktif").text)
    assert link is not None
    of_bps = re.search(
        r'code title="(\w{64})"', writer.open(f"{PLACE}/2023/indikator/pertumbuhan-industri").text
    )
    assert of_bps is not None
    wrong = [f"{PLACE}/2022/bukti/{link[1]}", f"{PLACE}/2023/bukti/{of_bps[1]}", f"{PLACE}/2023/bukti/x"]
    assert {writer.open(address).status_code for address in wrong} == {404}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nilai": "banyak"}, "Realisasi: 'banyak' bukan nilai yang dikenal"),
        ({"nilai": ""}, "Realisasi belum diisi."),
        ({"status": "entah"}, "Status"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    writer: Browser, changes: dict[str, str], said: str
) -> None:
    shown = check(writer, **changes)
    assert said in shown
    assert 'value="Surat 500/1"' in writer.shown or "Surat 500/1</textarea>" in writer.shown
    assert "Sudah diterima: surat.pdf" in shown
    assert kept(writer) == []
    writer.send(FORM, **{**TYPED, "berkas": hidden_file(writer)})
    assert "81,5%" in writer.shown


def hidden_file(writer: Browser) -> str:
    found = re.search(r'name="berkas" value="([^"]+)"', writer.shown)
    assert found is not None
    return found[1]


def test_without_a_file_it_asks_for_one(writer: Browser, home: Path) -> None:
    writer.open(FORM)
    assert "Belum ada berkas bukti." in writer.send(FORM, **TYPED).text
    assert "Bukti a.pdf kosong." in writer.send_files(FORM, [("bukti", ("a.pdf", b""))], **TYPED).text
    assert list((home / FOLDER).iterdir()) == []


def test_what_looks_like_a_slip_is_asked_about(writer: Browser) -> None:
    shown = check(writer, nilai="0,8%")
    assert "Bila maksudnya 80%, tulislah 80%." in shown
    assert "Angkanya jauh dari target (80%)." in shown


def test_another_figure_meanwhile_is_shown_before_it_is_replaced(
    writer: Browser, make_page: MakePage
) -> None:
    check(writer)
    mine = hidden(writer)
    check(writer, nilai="82%")
    say_yes(writer)
    writer.open(FORM)
    shown = words(writer.send(f"{FORM}/simpan", **mine).text)
    assert "angka lain dimasukkan orang" in shown
    assert "Menggantikan 82% (Bidang Koperasi)" in shown
    assert [value for value, *_ in kept(writer)] == ["82%"]


def test_a_yes_said_twice_keeps_it_once(writer: Browser, home: Path) -> None:
    check(writer)
    fields = hidden(writer)
    say_yes(writer)
    assert list((home / FOLDER).iterdir()) == []
    writer.open(FORM)
    assert "sudah tidak ada" in writer.send(f"{FORM}/simpan", **fields).text
    assert len(kept(writer)) == 1


def test_nobody_says_yes_to_the_file_of_another(writer: Browser) -> None:
    check(writer)
    other = Browser(writer.app, writer.clock).become(Role.APPROVE)
    other.open(FORM)
    assert "sudah tidak ada" in other.send(f"{FORM}/simpan", **hidden(writer)).text
    assert kept(writer) == []


def test_figures_that_the_program_finds_itself_are_not_entered(writer: Browser) -> None:
    answer = writer.open(f"{PLACE}/2023/angka/pertumbuhan-industri")
    assert "dihitung dari angka BPS" in answer.text
    assert "Masukkan angka" not in writer.open(f"{PLACE}/2023/indikator/pertumbuhan-industri").text
    assert writer.open(f"{PLACE}/2023/angka/koperasi").status_code == 404


def test_who_only_reads_sees_no_way_to_enter(browser: Browser) -> None:
    browser.become(Role.READ)
    assert "Masukkan angka" not in browser.open(f"{PLACE}/2023/indikator/koperasi-aktif").text


def test_names_of_files_are_shown_as_text(writer: Browser) -> None:
    check(writer, '<img src=x onerror="alert(1)">.pdf')
    assert "<img" not in writer.shown
