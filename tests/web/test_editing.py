"""Targets, signatory, recipients and approval by forms: the difference first, then written, by who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.report.refresh import refresh
from jobs.store.offices import bring_offices, share_office
from jobs.users.audit import read_audit
from jobs.users.roles import Role
from office.approval import Approval
from office.loading import load_agency
from tests.web.conftest import TODAY, MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, Clock, hidden, words
from tests.web.given.drafts import sign

HERE = f"{PLACE}/2023/ubah"
DOCUMENT = {"dokumen": "Perubahan Kedua PK", "tanggal": "2023-12-01", "sumber": "Perubahan Kedua PK 2023"}
SIGNATORY = {"nama": "Dra. SITI", "jabatan": "PLT. KEPALA DINAS", "pangkat": "", "nip": ""}


@pytest.fixture
def boss(browser: Browser) -> Browser:
    return browser.become(Role.APPROVE)


@pytest.fixture
def file(home: Path) -> Path:
    return home / "kantor" / OFFICE / "2023" / "year.yaml"


def check(boss: Browser, what: str, **typed: str) -> str:
    boss.open(f"{HERE}/{what}")
    return words(boss.send(f"{HERE}/{what}", **typed).text)


def say_yes(boss: Browser) -> str:
    fields = hidden_of(boss)
    what = boss.shown.partition("/ubah/")[2].partition("/simpan")[0]
    return words(boss.send(f"{HERE}/{what}/simpan", **fields).text)


def hidden_of(boss: Browser) -> dict[str, str]:
    return hidden(boss, "/simpan")


def test_the_form_shows_which_target_counts_after_which_document(boss: Browser) -> None:
    shown = words(boss.open(f"{HERE}/target").text)
    assert "Sakip PD A Perjanjian Kinerja Tahun 2023" in shown
    assert "Target tidak pernah ditimpa." in shown


def test_a_changed_target_is_shown_then_becomes_a_new_document(boss: Browser, file: Path) -> None:
    before = file.read_bytes()
    shown = check(boss, "target", **DOCUMENT, **{"target.sakip": "AA", "target.koperasi-aktif": ""})
    assert "Dokumen (tidak ada) Perubahan Kedua PK, 1 Desember 2023" in shown
    assert "Sakip PD A (Perjanjian Kinerja Tahun 2023) AA" in shown
    assert file.read_bytes() == before
    said = say_yes(boss)
    assert "Sakip PD: A (Perjanjian Kinerja Tahun 2023) menjadi AA" in said
    versions = load_agency(file.parent.parent, 2023).year.versions
    assert [version.name for version in versions][-1] == "Perubahan Kedua PK"
    assert len(versions) == 4
    newest = read_audit(boss.engine).entries[0]
    assert (newest.who, newest.what) == ("uji-setujui", "menambah dokumen target")
    assert "AA Perubahan Kedua PK" in words(boss.open(f"{HERE}/target").text)


def test_what_was_typed_can_be_changed_again(boss: Browser) -> None:
    check(boss, "target", **DOCUMENT, **{"target.sakip": "AA"})
    fields = hidden_of(boss)
    boss.send(f"{HERE}/target", **fields, ubah="1")
    assert 'name="target.sakip" value="AA"' in boss.shown
    assert 'type="date" value="2023-12-01"' in boss.shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target.sakip": "bagus"}, "bagus"),
        ({"target.sakip": "AA", "tanggal": ""}, "Tanggal dokumen belum diisi."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    boss: Browser, typed: dict[str, str], said: str, file: Path
) -> None:
    before = file.read_bytes()
    assert said in check(boss, "target", **{**DOCUMENT, **typed})
    assert 'value="Perubahan Kedua PK 2023"' in boss.shown
    assert file.read_bytes() == before


def test_the_signatory_is_changed(boss: Browser, file: Path) -> None:
    shown = check(boss, "penanda-tangan", **SIGNATORY)
    assert "Nama CHAINUR BASYID, SE, M.Si Dra. SITI" in shown
    say_yes(boss)
    assert load_agency(file.parent.parent, 2023).year.signatory.name == "Dra. SITI"
    assert read_audit(boss.engine).entries[0].what == "mengubah penanda tangan"


def test_a_change_is_in_the_store_that_machines_share(
    make_page: MakePage, clock: Clock, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.site.bring_offices", lambda _settings: [])
    app = make_page(store=f"file://{tmp_path}/bersama")
    settings = app.state.site.settings
    share_office(settings, home / "kantor" / OFFICE)
    boss = Browser(app, clock).become(Role.APPROVE)
    check(boss, "penanda-tangan", **SIGNATORY)
    say_yes(boss)
    bring_offices(settings.model_copy(update={"offices": tmp_path / "lain"}))
    assert load_agency(tmp_path / "lain" / OFFICE, 2023).year.signatory.name == "Dra. SITI"


def test_recipients_are_changed(boss: Browser, file: Path) -> None:
    shown = check(boss, "penerima", penerima="Kepala Dinas <baru@dinas.example>")
    assert "baru@dinas.example (tidak ada) Kepala Dinas" in shown
    assert "(dihapus)" in shown
    say_yes(boss)
    recipients = load_agency(file.parent.parent, 2023).year.recipients
    assert [recipient.address for recipient in recipients] == ["baru@dinas.example"]
    assert "Tidak ada yang berubah." in check(boss, "penerima", penerima="Kepala Dinas <baru@dinas.example>")


@pytest.fixture
def manager(browser: Browser) -> Browser:
    return browser.become(Role.MANAGE)


def test_approval_is_switched_on_then_off_again(manager: Browser, file: Path) -> None:
    before = file.read_bytes()
    shown = check(manager, "persetujuan", cara="dulu", hari="", **{"peran.0": "Kepala Dinas"})
    assert "Terbitan baru dikirim tanpa persetujuan menunggu persetujuan Kepala Dinas" in shown
    assert file.read_bytes() == before
    said = say_yes(manager)
    assert "Terbitan baru: dikirim tanpa persetujuan menjadi menunggu persetujuan Kepala Dinas" in said
    approval = load_agency(file.parent.parent, 2023).year.approval
    assert approval == Approval(roles=["Kepala Dinas"], remind_after=3)
    newest = read_audit(manager.engine).entries[0]
    assert (newest.who, newest.what) == ("uji-kelola", "mengubah persetujuan")
    assert "LKJIP_MAIL_TO" not in manager.open(f"{HERE}/persetujuan").text
    assert 'value="Kepala Dinas" checked' in manager.shown
    assert 'value="dulu" checked' in manager.shown
    assert 'name="hari" inputmode="numeric" value="3"' in manager.shown
    check(manager, "persetujuan", cara="langsung", hari="3", **{"peran.0": "Kepala Dinas"})
    say_yes(manager)
    assert file.read_bytes() == before


def test_who_switches_approval_off_is_told_what_becomes_of_the_waiting_draft(
    manager: Browser, home: Path, unrendered: None
) -> None:
    sign(home, "PENGGANTI")
    site = manager.app.state.site
    refresh(site.workspace(site.offices()[OFFICE]).of_year(2023), "Penanda tangan diganti.")
    shown = check(manager, "persetujuan", cara="langsung", hari="")
    assert "Rancangan 3-1 menunggu persetujuan isinya terbit dan dikirim kepada semua penerima" in shown


def test_nobody_chosen_is_said_and_what_was_typed_stays(manager: Browser, file: Path) -> None:
    before = file.read_bytes()
    assert "Siapa yang menyetujui belum dipilih." in check(manager, "persetujuan", cara="dulu", hari="7")
    assert 'value="dulu" checked' in manager.shown
    assert 'value="7"' in manager.shown
    assert "belum dipilih" in check(manager, "persetujuan", hari="")
    assert file.read_bytes() == before


def test_who_may_approve_does_not_decide_whether_anybody_has_to(boss: Browser, file: Path) -> None:
    assert "persetujuan" not in words(boss.open(f"{PLACE}/2023/periksa").text)
    boss.open(f"{HERE}/target")
    for address in (f"{HERE}/persetujuan", f"{HERE}/%70ersetujuan", f"{HERE}/persetujuan/simpan"):
        assert boss.send(address, cara="dulu", hari="", **{"peran.0": "Perencana"}).status_code == 403
        boss.open(f"{HERE}/target")
    assert "approval" not in file.read_text()


def test_where_drafts_go_by_the_settings_is_told(make_page: MakePage, clock: Clock) -> None:
    page = make_page(mail_to="a@b.example, c@d.example")
    other = Browser(page, clock).become(Role.MANAGE)
    assert "hanya dikirim ke alamat pertama di sana, a@b.example" in other.open(f"{HERE}/persetujuan").text


def test_recipients_of_the_settings_are_told(boss: Browser, make_page: MakePage) -> None:
    assert "LKJIP_MAIL_TO" not in boss.open(f"{HERE}/penerima").text
    other = Browser(make_page(mail_to="a@b.example"), boss.clock).become(Role.MANAGE)
    assert "LKJIP_MAIL_TO" in other.open(f"{HERE}/penerima").text


def test_a_change_of_another_meanwhile_is_not_overwritten(boss: Browser, file: Path) -> None:
    check(boss, "penanda-tangan", **SIGNATORY)
    fields = hidden_of(boss)
    file.write_text(file.read_text() + "# diubah\n")
    answer = boss.send(f"{HERE}/penanda-tangan/simpan", **fields)
    assert "diubah orang sejak Anda memeriksanya" in answer.text
    assert "SITI" not in file.read_text()


def test_what_cannot_be_changed_is_not_found(boss: Browser) -> None:
    wrong = (f"{HERE}/nama-kantor", f"{PLACE}/2031/ubah/target")
    assert {boss.open(address).status_code for address in wrong} == {404}


def test_an_example_of_the_program_stays_as_it_is(make_page: MakePage, browser: Browser) -> None:
    home = browser.app.state.site.settings.home
    app = make_page(home=home, offices=home / "tidak-ada", agency=OFFICE, today=TODAY)
    boss = Browser(app, browser.clock).become(Role.APPROVE)
    assert "contoh milik program" in check(boss, "penanda-tangan", **SIGNATORY)
