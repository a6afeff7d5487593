"""The lampiran "Berkas Anggaran": which files are behind the figures, and what did not fit in them."""

from __future__ import annotations

from dataclasses import replace

from core.dates import MONTHS, format_date
from core.numbers import format_number
from reports import traced
from reports.budget.evidence import BudgetEvidence, BudgetSource
from reports.budget.words import LEGEND, month_levels, taken_words
from reports.measured import Measured
from reports.origins import SHORT
from reports.table import Cell, Row, Table
from reports.tables.parts import centred, heading, texts_of, to_the_right
from reports.wording import DAGGER, NOTHING

MOST_ROWS = 60
"""Longer lists are cut here; what is left out is counted in a last row."""


def budget_parts(measured: Measured, evidence: BudgetEvidence) -> list[tuple[str, Table | None]]:
    """The parts of the lampiran "Berkas Anggaran"."""
    return [
        ("Berkas yang dipakai", _files(evidence)),
        ("Serapan per bulan", _months(evidence)),
        ("Yang tidak cocok di dalam berkas", _listed(evidence.differences, "Tempat dan isi")),
        ("Nama yang ditulis lain", _slips(evidence)),
        ("Perbedaan dengan data kantor", _office(measured)),
        ("Catatan pembacaan", _listed(evidence.remarks, "Catatan")),
    ]


def _files(evidence: BudgetEvidence) -> Table:
    sources = [("Anggaran dan realisasi program dan kegiatan", evidence.source)]
    if evidence.initial_source is not None:
        sources.append(("Anggaran awal", evidence.initial_source))
    rows = tuple(
        Row(
            (
                Cell(what),
                Cell(source.file + (DAGGER if source.illustrative else "")),
                centred(_period(evidence, source)),
                centred(format_date(source.taken_on)),
                centred(source.snapshot[:SHORT]),
            )
        )
        for what, source in sources
    )
    return Table(
        caption=f"Berkas Anggaran Tahun {evidence.year}, Diambil {taken_words(evidence)}",
        header=(heading("Dipakai untuk", "Berkas", "Realisasi", "Diambil", "Awal SHA-256"),),
        rows=rows,
        widths=(30, 30, 15, 12, 13),
        notes=(LEGEND,) if any(DAGGER in text for text in texts_of(rows)) else (),
    )


def _period(evidence: BudgetEvidence, source: BudgetSource) -> str:
    again = f", berkas ke-{source.vintage}" if source.vintage > 1 else ""
    return f"s.d. {MONTHS[source.month - 1]} {evidence.year}{again}"


def _months(evidence: BudgetEvidence) -> Table | None:
    if len(evidence.months) < 2:
        return None
    rows = tuple(
        Row(
            (
                Cell(MONTHS[total.month - 1]),
                _monthly(format_number(total.budget) + mark),
                _monthly(format_number(total.spent) + mark),
                to_the_right(NOTHING) if level is None else _monthly(format_number(level, 2) + mark),
            )
        )
        for total, level in month_levels(evidence.months)
        for mark in [DAGGER if total.illustrative else ""]
    )
    return Table(
        caption=f"Anggaran dan Realisasi Sampai Akhir Setiap Bulan Tahun {evidence.year}",
        header=(heading("Sampai akhir", "Anggaran (Rp)", "Realisasi (Rp)", "% Serapan"),),
        rows=rows,
        widths=(28, 27, 27, 18),
        notes=(LEGEND,) if any(DAGGER in text for text in texts_of(rows)) else (),
    )


def _monthly(text: str) -> Cell:
    return replace(to_the_right(text), card=traced.MONTHS)


def _slips(evidence: BudgetEvidence) -> Table | None:
    if not evidence.slips:
        return None
    rows = tuple(
        Row((centred(slip.key), Cell(slip.written), Cell(slip.name), centred(str(slip.distance))))
        for slip in evidence.slips[:MOST_ROWS]
    )
    return Table(
        caption="Nama Program dan Kegiatan yang Ditulis Lain di Berkas",
        header=(heading("No.", "Di berkas", "Dalam laporan ini", "Huruf berbeda"),),
        rows=rows,
        widths=(8, 41, 41, 10),
    )


def _office(measured: Measured) -> Table | None:
    if not measured.budget_differences:
        return None
    rows = tuple(
        Row(
            (
                centred(difference.key),
                Cell(difference.name),
                Cell(difference.what),
                to_the_right(format_number(difference.office)),
                replace(to_the_right(format_number(difference.file)), card=traced.of_row(difference.key)),
            )
        )
        for difference in measured.budget_differences[:MOST_ROWS]
    )
    return Table(
        caption="Angka Data Kantor yang Berbeda dari Berkas; yang Dipakai Angka Berkas",
        header=(heading("No.", "Program/Kegiatan", "Angka", "Data kantor (Rp)", "Berkas (Rp)"),),
        rows=rows,
        widths=(7, 37, 18, 19, 19),
    )


def _listed(entries: tuple[str, ...], title: str) -> Table | None:
    if not entries:
        return None
    rows = [
        Row((centred(str(number)), Cell(entry))) for number, entry in enumerate(entries[:MOST_ROWS], start=1)
    ]
    if len(entries) > MOST_ROWS:
        rows.append(Row((Cell(""), Cell(f"dan {len(entries) - MOST_ROWS} lain"))))
    return Table(
        caption="Yang Perlu Diketahui dari Berkas Anggaran"
        if title == "Catatan"
        else "Angka yang Tidak Cocok",
        header=(heading("No.", title),),
        rows=tuple(rows),
        widths=(8, 92),
    )
