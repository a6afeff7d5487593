"""The whole text of the report in four states, beside files that a person has read.

``make golden`` writes them again; read the difference before keeping it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.charts.picture import Picture
from reports.content import Report
from reports.table import Table
from reports.tables.parts import OwnAppendix

GOLDEN = Path(__file__).parent / "golden"


def lines_of(report: Report) -> Iterator[str]:
    for place in ("ringkasan",):
        yield f"# {place}"
        yield from report.sentences[place]
    for name, table in report.tables.items():
        yield ""
        yield f"## {table.label}: {' / '.join(table.caption.splitlines())}"
        yield from _rows_of(table)
        if table.source:
            yield f"Sumber : {table.source}"
        yield from (f"Catatan: {note}" for note in table.notes)
        yield from (f"- {sentence}" for sentence in report.sentences.get(name, ()))
    for place, sentences in report.sentences.items():
        if place in ("rata-rata", "pencapaian", "penggunaan-anggaran"):
            yield ""
            yield f"# {place}"
            yield from sentences
    for name in ("capaian", "kemajuan", "pdrb", "serapan-program", "belanja-capaian"):
        for picture in report.book.pictures.get(name, ()):
            yield ""
            yield from _lines_of_picture(picture)
    if report.price_appendix:
        yield from _lines_of_prices(report)
    if report.budget_appendix:
        yield from _lines_of_budget(report)
    yield ""
    yield "# Asal-usul angka"
    for origin in report.origins:
        yield f"- {origin.name}: {origin.shown}"
        yield from (f"  - {step}" for step in (*origin.steps, *origin.input_lines()))
    yield ""
    yield "# Cara pengukuran"
    yield from report.rules
    yield ""
    yield "# Perbedaan dengan laporan tercetak"
    for finding in report.findings:
        yield f"- [{finding.kind}] {finding.place}: {finding.printed} -> {finding.ours}"
        yield f"  {finding.explanation}"


def _rows_of(table: Table) -> Iterator[str]:
    for row in table.header:
        yield " | ".join(cell.text for cell in row.cells)
    yield "---"
    for texts in table.flat_rows():
        yield " | ".join(texts)


def _lines_of_prices(report: Report) -> Iterator[str]:
    yield ""
    yield "# Fluktuasi harga"
    yield from (f"- {sentence}" for sentence in report.sentences["harga"])
    pictures = report.book.pictures
    for picture in (*pictures["indeks-harga"], *pictures["harga"]):
        yield from _lines_of_picture(picture)
    assert report.price_appendix
    yield from _lines_of_appendix(report.price_appendix, "Harga Bapokti")


def _lines_of_budget(report: Report) -> Iterator[str]:
    (picture,) = report.book.pictures["serapan"]
    yield ""
    yield from _lines_of_picture(picture)
    assert report.budget_appendix
    yield from _lines_of_appendix(report.budget_appendix)


def _lines_of_picture(picture: Picture | Table) -> Iterator[str]:
    assert isinstance(picture, Picture)
    yield f"Gambar {picture.number}: {' / '.join(picture.caption.splitlines())}"
    for drawing in picture.drawn:
        yield from (f"  - {text}" for text in re.findall(r"<(?:title|desc)[^>]*>([^<]*)", drawing))
    for chart in picture.charts:
        yield from (f"  Catatan: {note}" for note in getattr(chart, "notes", ()))


def _lines_of_appendix(appendix: OwnAppendix, without_heading: str = "") -> Iterator[str]:
    for heading, table in appendix.parts:
        yield ""
        yield f"## {heading or without_heading}, {table.number}: {table.caption}"
        yield from (row.replace("\n", " / ") for row in _rows_of(table))
        yield from (f"Catatan: {note}" for note in table.notes)


@pytest.mark.parametrize("state", ["menunggu", "terisi", "harga", "anggaran"])
def test_report_text(
    state: str,
    waiting_report: Report,
    filled_report: Report,
    priced_report: Report,
    budget_report: Report,
) -> None:
    reports = {"menunggu": waiting_report, "terisi": filled_report, "harga": priced_report}
    report = {**reports, "anggaran": budget_report}[state]
    text = "\n".join(line.rstrip() for line in lines_of(report)) + "\n"
    golden = GOLDEN / f"laporan-{state}.md"
    if os.environ.get("LKJIP_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
