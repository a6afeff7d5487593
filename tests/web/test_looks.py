"""The pages in a browser, at the width of a desk and of a phone: nothing hinders anybody from using them."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from jobs.health.troubles import Finding, report_findings
from jobs.report.refresh import refresh
from jobs.users.roles import Role
from jobs.years.opening import open_year
from standins.budget.faulty import FAULTY
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PASSWORD, PLACE, Browser, Clock
from tests.web.given.drafts import sign
from tests.web.given.reading import read_here
from tests.web.given.sending import PRICES

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("LKJIP_PICTURES")
"""Where pictures of the pages are left, if somebody wants them."""
PAGES = {
    "keadaan": PLACE,
    "terbitan": f"{PLACE}/terbitan",
    "satu-terbitan": f"{PLACE}/2023/terbitan/2",
    "rancangan": f"{PLACE}/2023/rancangan/3-1",
    "beda": f"{PLACE}/2023/beda?dari=1&ke=2",
    "indikator": f"{PLACE}/2023/indikator/pertumbuhan-industri",
    "kiriman": f"{PLACE}/kiriman",
    "kiriman-anggaran": f"{PLACE}/kiriman/{sha256(b'a' * 43).hexdigest()}",
    "kiriman-tanya": f"{PLACE}/kiriman/{sha256(b'b' * 43).hexdigest()}",
    "angka": f"{PLACE}/2023/angka/koperasi-aktif",
    "buku-kerja": f"{PLACE}/buku-kerja",
    "tahun": f"{PLACE}/tahun",
    "periksa": f"{PLACE}/2024/periksa",
    "ubah-target": f"{PLACE}/2023/ubah/target",
    "ubah-penanda-tangan": f"{PLACE}/2023/ubah/penanda-tangan",
    "ubah-penerima": f"{PLACE}/2023/ubah/penerima",
    "ubah-persetujuan": f"{PLACE}/2023/ubah/persetujuan",
    "pemeriksaan": "/pemeriksaan",
    "pengguna": "/pengguna",
    "kegiatan": "/kegiatan",
    "tidak-ada": "/tidak-ada",
}
WIDTHS = {"meja": (1280, ("keadaan", "indikator")), "ponsel": (360, tuple(PAGES))}
"""Pixels, and the pages that are looked at; all of them if pictures are wanted."""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def address(
    make_page: MakePage, clock: Clock, monkeypatch: pytest.MonkeyPatch, home: Path, unrendered: None
) -> Iterator[str]:
    """Where the page is served, with a user ``siti`` who manages, her files, a draft and a trouble."""
    app = make_page()
    siti = Browser(app, clock)
    siti.account("siti", Role.MANAGE)
    siti.sign_in("siti")
    _send_files(siti, monkeypatch)
    site = app.state.site
    sign(home, "PENGGANTI")
    refresh(site.workspace(site.offices()[OFFICE]).of_year(2023), "Penanda tangan diganti.")
    open_year(site.workspace(site.offices()[OFFICE]), 2024)
    report_findings(
        site.workspace(site.offices()[OFFICE]),
        [Finding("prefect/pekerja/lkjip", "Tidak ada pekerja", "Kolam lkjip.", "systemctl restart x")],
        ["prefect/"],
    )
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def _send_files(siti: Browser, patch: pytest.MonkeyPatch) -> None:
    """A budget that may be taken, a file that is asked about, and one that is refused."""
    read_here(patch)
    names = iter("abcd")
    patch.setattr("jobs.uploads.kept.new_token", lambda: next(names) * 43)
    siti.open(f"{PLACE}/kiriman")
    for file in (
        ("realisasi-2023-12.xlsx", FAULTY["jumlah-tidak-cocok.xlsx"].content()),
        ("catatan.csv", b"halo;dunia\n1;2\n"),
        ("angka.xlsx", FAULTY["angka-tidak-terbaca.xlsx"].content()),
    ):
        assert siti.send_files(f"{PLACE}/kiriman", [("berkas", file)]).status_code == 303
        siti.open(f"{PLACE}/kiriman")


@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(address: str, chrome: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, axe, asked, said = chrome.new_page(), Axe(), set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: said.append(message.text))

    def look(name: str, width: str) -> list[str]:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"halaman-{name}-{width}.png", full_page=True)
            page.screenshot(path=Path(PICTURES) / f"layar-{name}-{width}.png")
        found = axe.run(page).response["violations"]
        wrong = [f"{name} {width}: {entry['id']} {entry['nodes'][0]['html']}" for entry in found]
        return [*wrong, *([f"{name} {width}: too wide"] if page.evaluate(TOO_WIDE) else [])]

    page.goto(f"{address}{PLACE}")
    wrong = look("masuk", "meja")
    page.fill("#nama", "siti")
    page.fill("#sandi", PASSWORD)
    page.click("main button")
    assert page.url == f"{address}{PLACE}"
    for width, (pixels, names) in WIDTHS.items():
        page.set_viewport_size({"width": pixels, "height": 800})
        for name in PAGES if PICTURES else names:
            page.goto(f"{address}{PAGES[name]}")
            wrong += look(name, width)
    assert wrong == []
    assert {url for url in asked if not url.startswith((address, "data:"))} == set()
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.mark.browser
def test_a_file_is_dragged_onto_the_page(address: str, chrome: Any) -> None:
    page = chrome.new_page()
    page.goto(f"{address}{PLACE}/kiriman")
    page.fill("#nama", "siti")
    page.fill("#sandi", PASSWORD)
    page.click("main button")
    page.wait_for_selector("html.drags")
    dragged = page.evaluate_handle(
        "s => { const all = new DataTransfer(); all.items.add(new File([s], 'harga.csv')); return all; }",
        PRICES.decode(),
    )
    page.dispatch_event("h1", "dragenter", {"dataTransfer": dragged})
    assert page.get_attribute("#tempat", "class") == "drop over"
    page.dispatch_event("h1", "drop", {"dataTransfer": dragged})
    assert page.inner_text("#terpilih") == "Terpilih: harga.csv"
    page.click("main button")
    assert page.inner_text("h1") == "harga.csv"
    if PICTURES:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(PICTURES) / f"halaman-kiriman-harga-{width}.png", full_page=True)
