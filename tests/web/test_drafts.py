"""Drafts on the page: who sees them, what stands there, and deciding in two steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jobs.report.refresh import refresh
from jobs.report.runs.asking import SENDING
from jobs.users.audit import read_audit
from jobs.users.roles import Role
from jobs.workspace import Workspace
from standins.prefect_server import PrefectStandin
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, Clock, hidden, words
from tests.web.given.drafts import sign
from web.headers import report_policy

DRAFT = f"{PLACE}/2023/rancangan/3-1"


@pytest.fixture
def drafted(browser: Browser, home: Path, unrendered: None) -> Browser:
    """The page of an office whose third issue waits; nobody is signed in."""
    sign(home, "PENGGANTI")
    refresh(space(browser), "Penanda tangan diganti.")
    return browser


def space(browser: Browser) -> Workspace:
    site: Any = browser.app.state.site
    return site.workspace(site.offices()[OFFICE]).of_year(2023)


def test_the_start_page_says_what_waits_to_everybody_and_leads_there_who_may_see_it(drafted: Browser) -> None:
    reader = words(drafted.become(Role.READ).open(PLACE).text)
    assert "Terbitan 3 menunggu persetujuan sejak 7 April 2024" in reader
    assert "Periksa rancangan" not in reader
    assert "Periksa rancangan 3-1" in words(drafted.become(Role.ENTER).open(PLACE).text)


def test_who_fills_in_sees_the_draft_and_decides_nothing(drafted: Browser) -> None:
    drafted.become(Role.ENTER)
    shown = words(drafted.open(DRAFT).text)
    assert "Menunggu persetujuan Kepala Dinas sejak 7 April 2024" in shown
    assert "Yang berperan setujui memutuskannya" in shown
    assert 'class="form"' not in drafted.shown
    drafted.open(f"{PLACE}/kiriman")
    assert drafted.send(DRAFT, keputusan="setujui").status_code == 403
    assert drafted.send(f"{DRAFT}/putuskan", keputusan="setujui").status_code == 403


def test_its_files_bear_the_mark_and_reach_nothing_of_the_page(drafted: Browser) -> None:
    drafted.become(Role.ENTER)
    page = drafted.open(f"{DRAFT}/html")
    assert page.content.startswith(b"RANCANGAN")
    assert page.headers["content-security-policy"] == report_policy("")
    word = drafted.open(f"{DRAFT}/docx")
    assert word.headers["content-disposition"].endswith("LKjIP-2023-sumenep-dkupp-rancangan-3-1.docx")
    for nothing in (
        f"{DRAFT}/json",
        f"{PLACE}/2023/rancangan/3-2",
        f"{PLACE}/2023/rancangan/3",
        f"{DRAFT}/x",
    ):
        assert drafted.open(nothing).status_code == 404


def test_an_approval_is_looked_at_first_then_issued_and_asked_to_be_sent(
    drafted: Browser, make_page: MakePage, clock: Clock, prefect: PrefectStandin
) -> None:
    prefect.add_deployment(SENDING, "kotak-keluar", planned=None)
    boss = Browser(make_page(prefect_api_url=prefect.api_url), clock).become(Role.APPROVE)
    boss.open(DRAFT)
    shown = words(boss.send(DRAFT, keputusan="setujui", kata="Sudah dicek.").text)
    assert "Setujui dan kirim?" in shown
    assert "Inspektorat <sakip@inspektorat-sumenep.example>" in shown
    assert boss.open(f"{PLACE}/2023/terbitan/3").status_code == 404
    boss.open(DRAFT)
    boss.send(DRAFT, keputusan="setujui", kata="Sudah dicek.")
    said = words(boss.send(f"{DRAFT}/putuskan", **hidden(boss, "putuskan")).text)
    assert "Terbitan 3 disetujui" in said
    assert "surelnya dikirim sekarang" in said
    issue = words(boss.open(f"{PLACE}/2023/terbitan/3").text)
    told = "Disetujui uji-setujui, 7 April 2024 pukul 09.00 WIB"
    assert f"{told}, sebagai rancangan 3-1 . Catatan: Sudah dicek." in issue
    assert "Disetujui" not in words(boss.open(f"{PLACE}/2023/terbitan/2").text)
    assert f"Penanda tangan diganti. {told}. Baca" in words(boss.open(f"{PLACE}/terbitan").text)
    assert "menjadi terbitan 3 . Catatan: Sudah dicek." in words(boss.open(DRAFT).text)
    newest = read_audit(boss.engine).entries[0]
    assert (newest.who, newest.what, newest.address) == ("uji-setujui", "menyetujui rancangan", "testclient")


def test_a_rejection_needs_a_reason_and_what_was_typed_can_be_changed(drafted: Browser) -> None:
    boss = drafted.become(Role.APPROVE)
    boss.open(DRAFT)
    assert "Alasan penolakan belum diisi." in words(boss.send(DRAFT, keputusan="tolak", kata=" ").text)
    boss.send(DRAFT, keputusan="tolak", kata="NIP belum diisi <lagi>")
    again = boss.send(DRAFT, **{**hidden(boss, "rancangan/3-1"), "ubah": "1"})
    assert "NIP belum diisi &lt;lagi&gt;</textarea>" in again.text
    boss.send(DRAFT, keputusan="tolak", kata="NIP belum diisi")
    said = words(boss.send(f"{DRAFT}/putuskan", **hidden(boss, "putuskan")).text)
    assert "Rancangan 3-1 ditolak: NIP belum diisi" in said
    listed = words(boss.open(f"{PLACE}/terbitan").text)
    assert "2023: rancangan 3-1 ✕ Ditolak" in listed


def test_a_draft_that_was_replaced_says_so_and_is_not_approved(drafted: Browser, home: Path) -> None:
    boss = drafted.become(Role.APPROVE)
    boss.open(DRAFT)
    boss.send(DRAFT, keputusan="setujui", kata="")
    fields = hidden(boss, "putuskan")
    sign(home, "ORANG LAIN")
    refresh(space(boss))
    answer = boss.send(f"{DRAFT}/putuskan", **fields)
    assert answer.status_code == 422
    said = words(answer.text)
    assert "sudah digantikan yang lebih baru. Digantikan rancangan 3-2 untuk terbitan 3." in said
    assert "Rancangan ini tidak dapat disetujui lagi." in said
    assert 'class="form"' not in boss.shown
    assert boss.open(f"{PLACE}/2023/terbitan/3").status_code == 404
