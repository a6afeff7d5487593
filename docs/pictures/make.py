"""Makes the README's pictures from what ``make demo`` left: two pages of the PDF, and the mail.

Needs ``pdftoppm`` and Chromium; the pictures of the Prefect UI come from ``tests/flows``.
"""

from __future__ import annotations

import email
import email.policy
import shutil
import subprocess
from pathlib import Path

import pdfplumber
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent
DEMO = PICTURES.parents[1] / "out" / "demo"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def picture_page(issue: str, caption: str, name: str) -> None:
    """The page of an issue's PDF on which a table stands (not the page that lists the tables)."""
    path = DEMO / issue / "lkjip.pdf"
    with pdfplumber.open(path) as pdf:
        texts = [page.extract_text() or "" for page in pdf.pages]
    number = next(
        n for n, text in enumerate(texts, start=1) if f"{caption}\n" in text and "....." not in text
    )
    target = PICTURES / name
    subprocess.run(
        ["pdftoppm", "-r", "80", "-f", str(number), "-l", str(number), "-png", "-singlefile", path, target],
        check=True,
        stderr=subprocess.DEVNULL,
    )


def picture_mail(name: str) -> None:
    """The HTML of the last mail, as a mail reader shows it."""
    newest = max((DEMO / "mail").glob("*.eml"))
    message = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))
    if body is None:
        raise SystemExit(f"{newest} has no HTML")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 900, "height": 700})
        page.set_content(body.get_content())
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    picture_page("issue-1", "Tabel 3.2", "januari")
    picture_page("issue-2", "Tabel 3.2", "rilis")
    picture_page("issue-2", "Tabel 3.7a", "harga")
    picture_page("issue-2", "Gambar 3.3", "anggaran")
    picture_mail("surel")
