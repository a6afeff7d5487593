"""Files of each kind, sent by the page and taken there, and what is kept of them."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from httpx import Response
from sqlmodel import col, select

from models.session import open_session
from models.tables import Fetch
from models.users.tables import AuditEntry
from standins.budget.layouts import LAYOUTS
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.web.given.browsing import PLACE, Browser

HERE = f"{PLACE}/kiriman"
BUDGET = LAYOUTS["titik-koma.csv"]()
PRICES = (
    b"Pasar : Anom\nKomoditas;02/01/2023;03/01/2023\n"
    b"Beras Premium (kg);13.000;13.100\nGula Pasir (kg);14.000;x\n"
)
"""With one cell that cannot be read."""
PDRB = sheets.workbook(caption=sheets.CAPTION.replace("Enrekang", "Sumenep"))
NOTHING = b"halo;dunia\n1;2\n"


@cache
def book() -> bytes:
    """A page of a book of BPS about the office's region."""
    caption = books.CURRENT[0].replace("Enrekang", "Kabupaten Sumenep"), books.CURRENT[1]
    return books.set_pdf(books.page(books.Table(caption, books.current())))


def words(text: str) -> str:
    """The text of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def send(browser: Browser, name: str, content: bytes) -> Response:
    browser.open(HERE)
    return browser.send_files(HERE, [("berkas", (name, content))])


def sent(browser: Browser, name: str, content: bytes) -> str:
    """Send a file; gives where it is shown, and shows it."""
    answer = send(browser, name, content)
    assert answer.status_code == 303, words(answer.text)
    browser.open(answer.headers["location"])
    return str(answer.headers["location"])


def take(browser: Browser, place: str) -> str:
    """Press the button; gives the words of what is shown then."""
    assert browser.send(place, langkah="ambil").status_code == 303
    return words(browser.open(place).text)


def fetches(browser: Browser) -> list[str]:
    """Under which names files are kept."""
    with open_session(browser.engine, read_only=True) as session:
        return [url for url in session.exec(select(Fetch.url)) if url.startswith("masuk/")]


def deeds(browser: Browser) -> list[tuple[str, str, str, str]]:
    with open_session(browser.engine, read_only=True) as session:
        rows = session.exec(select(AuditEntry).where(col(AuditEntry.about).contains("SHA-256")))
        return [(row.who, row.what, row.about, row.office) for row in rows]
