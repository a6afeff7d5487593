"""Makes the pictures of README and guides: pages of the PDF and the mail of ``make demo``, and a workbook.

Needs ``pdftoppm`` and Chromium; the pictures of the Prefect UI come from ``tests/flows``.
"""

from __future__ import annotations

import base64
import email
import email.policy
import html
import shutil
import subprocess
import tempfile
from pathlib import Path

import pdfplumber
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from playwright.sync_api import sync_playwright

from jobs.office.workbook import export_workbook
from office.loading import EXAMPLES

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
    """The HTML of the mail that came with BPS's release, as a mail reader shows it."""
    messages = (
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((DEMO / "mail").glob("*.eml"))
    )
    message = next(m for m in messages if "BPS merilis" in str(m["Subject"]))
    shown = message.get_body(("html",)).get_content()
    for part in message.walk():  # a browser knows no parts of a mail
        if part.get_content_maintype() == "image":
            picture = base64.b64encode(part.get_payload(decode=True)).decode()
            shown = shown.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{picture}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 900, "height": 700})
        page.set_content(shown)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        browser.close()


def picture_workbook(sheet: str, name: str, columns: int) -> None:
    """The first columns of a sheet of an example's workbook, in the widths and colours that it has."""
    with tempfile.TemporaryDirectory() as folder:
        file = export_workbook(EXAMPLES / "jabar-disperindag", 2016, Path(folder) / "isian.xlsx")
        cells = load_workbook(file)[sheet]
    letters = [get_column_letter(place) for place in range(1, columns + 1)]
    widths = [round(7 * cells.column_dimensions[letter].width) for letter in letters]
    head = "".join(
        f'<th style="width:{width}px">{letter}' for letter, width in zip(letters, widths, strict=True)
    )
    rows = [f'<tr><th style="width:24px">{head}']
    for number, row in enumerate(cells.iter_rows(max_col=columns), start=1):
        rows.append(f"<tr><th>{number}" + "".join(map(_drawn, row)))
    style = "table{border-collapse:collapse;table-layout:fixed;font:11pt Calibri,Carlito,sans-serif}"
    style += (
        "td,th{border:1px solid #ccc;vertical-align:top;padding:1px 3px}th{font-weight:normal;color:#888}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": sum(widths) + 60, "height": 400})
        page.set_content(f"<style>{style}</style><table>{''.join(rows)}</table>")
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        browser.close()


def _drawn(cell: Cell) -> str:
    style = f"background:#{cell.fill.fgColor.rgb[2:]};" if cell.fill.fill_type else ""
    style += (
        f"color:#{cell.font.color.rgb[2:]};"
        if cell.font.color and isinstance(cell.font.color.rgb, str)
        else ""
    )
    style += "font-weight:bold;" if cell.font.b else ""
    style += "font-style:italic;" if cell.font.i else ""
    text = html.escape("" if cell.value is None else str(cell.value)).replace("\n", "<br>")
    return f'<td style="{style}">{text}'


if __name__ == "__main__":
    picture_workbook("Target", "isian", 11)
    picture_workbook("Realisasi", "isian-realisasi", 11)
    picture_page("issue-1", "Tabel 3.2", "januari")
    picture_page("issue-2", "Tabel 3.2", "rilis")
    picture_page("issue-2", "Tabel 3.7a", "harga")
    picture_page("issue-2", "Gambar 3.7", "anggaran")
    picture_mail("surel")
