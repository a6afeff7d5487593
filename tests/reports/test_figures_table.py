"""``report.csv``: every figure of every indicator, a row each."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest

from core.settings import PROJECT
from reports.content import Report
from reports.figures_table import COLUMNS, FIGURES, figures_sheet
from reports.spreadsheet import as_csv

GUIDE = (PROJECT / "docs" / "berkas-laporan.md").read_text(encoding="utf-8")
Rows = dict[tuple[str, str], dict[str, str]]


def rows_of(report: Report) -> Rows:
    written = as_csv(figures_sheet(report.measured)).decode()
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    found = {(row["id"], row["angka"]): row for row in rows}
    assert len(found) == len(rows), "a figure stands twice"
    return found


@pytest.fixture(scope="module")
def figures(filled_report: Report) -> Rows:
    return rows_of(filled_report)


def test_every_indicator_has_target_realisasi_and_capaian(figures: Rows, filled_report: Report) -> None:
    for name in filled_report.measured.indicators:
        assert {(name, figure) for figure in FIGURES[:3]} <= figures.keys()


def test_a_number_is_exact_and_stands_beside_the_words_of_the_report(figures: Rows) -> None:
    row = figures["pertumbuhan-umkm", "capaian"]
    assert row["nilai"].startswith("62.857142857142857142857142857")
    assert (row["teks"], row["kategori"], row["ketercapaian"]) == ("62,86%", "Rendah", "belum tercapai")


def test_every_text_says_what_report_json_says(figures: Rows, filled_report: Report) -> None:
    for row in filled_report.as_json()["indicators"]:
        for figure in ("target", "realisasi", "capaian"):
            assert figures[row["id"], figure]["teks"] == row[figure].replace(
                "-", "'-", row[figure][:1] == "-"
            )


def test_what_waits_has_a_row_with_the_reason_and_no_number(waiting_report: Report) -> None:
    row = rows_of(waiting_report)["pertumbuhan-industri", "realisasi"]
    assert (row["nilai"], row["keadaan"]) == ("", "menunggu")
    assert row["alasan"] == "Menunggu Rilis PDRB oleh BPS 2024"


def test_a_grade_is_text_without_a_number(figures: Rows) -> None:
    row = figures["sakip", "realisasi"]
    assert (row["nilai"], row["satuan"], row["teks"]) == ("", "", "A")


def test_an_invented_figure_says_so_in_its_own_column(figures: Rows, filled_report: Report) -> None:
    invented = {
        name for (name, figure), row in figures.items() if row["ilustrasi"] == "ya" and figure == "capaian"
    }
    assert invented == {m.id for m in filled_report.measured.illustrative} != set()


def test_budgets_are_whole_rupiah_and_their_absorption_follows(figures: Rows) -> None:
    budget, spent, absorbed = (
        Decimal(figures["sakip", figure]["nilai"]) for figure in ("pagu", "realisasi_anggaran", "serapan")
    )
    assert (budget, spent) == (12649363995, 9440925382)
    assert abs(absorbed - spent / budget * 100) < Decimal("1e-20")


def test_there_is_no_mark_of_bytes_and_no_semicolon(filled_report: Report) -> None:
    written = as_csv(figures_sheet(filled_report.measured))
    assert written.startswith(",".join(COLUMNS).encode() + b"\r\n")


@pytest.mark.parametrize("known", [COLUMNS, FIGURES], ids=["columns", "figures"])
def test_the_guide_describes_each(known: tuple[str, ...]) -> None:
    assert set(known) <= set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
