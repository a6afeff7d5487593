"""The whole text of the report in both states, beside files that a person has read.

``make golden`` writes them again; read the difference before keeping it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.content import Report

GOLDEN = Path(__file__).parent / "golden"


def lines_of(report: Report) -> Iterator[str]:
    for place in ("kata-pengantar",):
        yield f"# {place}"
        yield from report.sentences[place]
    for number, table in report.tables.items():
        yield ""
        yield f"## Tabel {number}: {' / '.join(table.caption.splitlines())}"
        for row in table.header:
            yield " | ".join(cell.text for cell in row.cells)
        yield "---"
        for texts in table.flat_rows():
            yield " | ".join(texts)
        if table.source:
            yield f"Sumber : {table.source}"
        yield from (f"Catatan: {note}" for note in table.notes)
        yield from (f"- {sentence}" for sentence in report.sentences.get(number, ()))
    for place, sentences in report.sentences.items():
        if place.startswith("bab-4"):
            yield ""
            yield f"# {place}"
            yield from sentences
    yield ""
    yield "# Asal-usul angka"
    for origin in report.origins:
        yield f"- {origin.name}: {origin.shown}"
        yield from (f"  - {step}" for step in (*origin.steps, *origin.input_lines()))
    yield ""
    yield "# Cara pengukuran"
    yield from report.context()["rules"]
    yield ""
    yield "# Perbedaan dengan laporan tercetak"
    for finding in report.findings:
        yield f"- [{finding.kind}] {finding.place}: {finding.printed} -> {finding.ours}"
        yield f"  {finding.explanation}"


@pytest.mark.parametrize("state", ["menunggu", "terisi"])
def test_report_text(state: str, waiting_report: Report, filled_report: Report) -> None:
    report = waiting_report if state == "menunggu" else filled_report
    text = "\n".join(line.rstrip() for line in lines_of(report)) + "\n"
    golden = GOLDEN / f"laporan-{state}.md"
    if os.environ.get("LKJIP_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
