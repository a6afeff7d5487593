"""Tables that stand outside the chapters' own: the chart of organisation and those of the lampiran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import lcm

from core.dates import format_date
from core.numbers import format_number
from office.appendices import AppendixKind
from office.schema import Level
from reports import traced
from reports.audit import KINDS, Finding
from reports.budget.words import show_amount
from reports.measured import Measured
from reports.table import Cell, Row, Table
from reports.tables.parts import heading, office_lines


def structure(measured: Measured) -> Table | None:
    """The chart of organisation as a table: a level a row; None where the office's data name no posts."""
    levels = measured.agency.year.structure
    if not levels:
        return None
    columns = lcm(*(len(level) for level in levels))
    share = 100 // columns
    rows = tuple(
        Row(
            tuple(
                Cell(post, colspan=columns // len(level), align="center", bold=place == 0) for post in level
            )
        )
        for place, level in enumerate(levels)
    )
    return Table(
        name="struktur-organisasi",
        caption="Struktur Organisasi",
        header=(),
        rows=rows,
        widths=(*([share] * (columns - 1)), 100 - share * (columns - 1)),
        notes=("Susunan menurut uraian di atas; gambar bagan tidak tersedia dalam data.",),
    )


@dataclass(frozen=True)
class Lampiran:
    """A lampiran: its title, and parts with a heading (empty where there is only one) and tables."""

    number: int
    title: str
    kind: AppendixKind
    parts: tuple[tuple[str, tuple[Table, ...]], ...] = ()


def build_appendices(measured: Measured, tables: Mapping[str, Table]) -> tuple[Lampiran, ...]:
    """The lampiran of the office, composed from the same data as the chapters."""
    makers = {AppendixKind.RENSTRA: _renstra, AppendixKind.IKU: _iku, AppendixKind.AGREEMENT: _agreements}
    made = []
    for number, entry in enumerate(measured.agency.year.appendices, start=1):
        maker = makers.get(entry.kind)
        parts = maker(measured, tables, number) if maker else ()
        made.append(Lampiran(number, entry.title, entry.kind, parts))
    return tuple(made)


Parts = tuple[tuple[str, tuple[Table, ...]], ...]


def _renstra(measured: Measured, tables: Mapping[str, Table], number: int) -> Parts:
    if "tujuan-sasaran" not in tables:
        return ()
    caption = f"Matriks Renstra\n{office_lines(measured.agency)}"
    return (("", (replace(tables["tujuan-sasaran"], number=f"Lampiran {number}.1", caption=caption),)),)


def _iku(measured: Measured, tables: Mapping[str, Table], number: int) -> Parts:
    if "iku" not in tables:
        return ()
    caption = f"Indikator Kinerja Utama\n{office_lines(measured.agency)}"
    return (("", (replace(tables["iku"], number=f"Lampiran {number}.1", caption=caption),)),)


def _agreements(measured: Measured, tables: Mapping[str, Table], number: int) -> Parts:
    """The Perjanjian Kinerja and its revision, each with the budgets of the programs."""
    year, name = measured.agency.year, office_lines(measured.agency)
    parts: list[tuple[str, tuple[Table, ...]]] = []
    for version, table in (
        (year.agreement, "perjanjian-kinerja"),
        (year.revision, "perubahan-perjanjian"),
    ):
        if version is None:
            continue
        first = sum(len(made) for _, made in parts) + 1
        day = f" ({format_date(version.agreed_on)})" if version.agreed_on else ""
        shown = replace(tables[table], number=f"Lampiran {number}.{first}", caption=f"{version.name}\n{name}")
        budgets = _budgets(measured, f"Lampiran {number}.{first + 1}", revised=version is year.revision)
        parts.append((f"{version.name}{day}", (shown, budgets) if measured.programs else (shown,)))
    return tuple(parts)


def _budgets(measured: Measured, number: str, *, revised: bool) -> Table:
    """Programs with their budget, as they stand under a Perjanjian Kinerja."""
    programs = [p.row for p in measured.programs if p.row.level is Level.PROGRAM]
    amounts = [
        (row, (row.budget_revised if revised else row.budget_initial) or Decimal(0)) for row in programs
    ]
    rows = [
        Row(
            (
                Cell(row.key, align="center"),
                Cell(row.name),
                Cell(
                    show_amount(measured, amount),
                    align="right",
                    card=traced.of_row(row.key) if measured.budget else "",
                ),
            )
        )
        for row, amount in amounts
    ]
    total = sum((amount for _, amount in amounts), Decimal(0))
    rows.append(
        Row(
            (
                Cell("JUMLAH", colspan=2, align="center", bold=True),
                Cell(format_number(total), align="right", bold=True, card=traced.PLANNED[revised]),
            ),
            kind="total",
        )
    )
    when = "Setelah Perubahan" if revised else "Awal"
    return Table(
        number=number,
        caption=f"Anggaran Program {when} Tahun {measured.agency.year.year}",
        header=(heading("No.", "Program", "Anggaran (Rp)"),),
        rows=tuple(rows),
        widths=(8, 65, 27),
    )


def differences(findings: Sequence[Finding]) -> list[tuple[str, Table]]:
    """What differs from the printed report by its kind: a heading and a table for each, figures first.

    The same difference in several places stands there once.

    Args:
        findings: From :func:`reports.audit.audit`.
    """
    listed: dict[tuple[str, str, str, str], list[str]] = {}
    for finding in findings:
        same = (finding.kind, finding.printed, finding.ours, finding.explanation)
        listed.setdefault(same, []).append(finding.place)
    parts: list[tuple[str, Table]] = []
    number = 0
    for kind, meaning in KINDS.items():
        rows: list[Row] = []
        for (of_kind, printed, ours, explanation), places in listed.items():
            if of_kind == kind:
                number += 1
                texts = ("; ".join(places), printed or "-", ours or "-", explanation)
                rows.append(Row((Cell(str(number), align="center"), *(Cell(text) for text in texts))))
        if rows:
            table = Table(
                number=str(len(parts) + 1),
                caption=f"{len(rows)} baris",
                header=(heading("No.", "Tempat", "Tercetak", "Laporan ini", "Penjelasan"),),
                rows=tuple(rows),
                widths=(5, 25, 23, 22, 25),
            )
            parts.append((f"{meaning[0].upper()}{meaning[1:]}", table))
    return parts
