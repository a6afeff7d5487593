"""Figures in the sentences of the print (``cetak/angka.csv``) beside ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from capaian.exact import percent
from capaian.rules import Meaning
from capaian.values import Quantity
from core.numbers import format_number, format_percent, format_rupiah
from reports.audit.findings import Finding, Kind
from reports.audit.texts import as_number, same_text
from reports.measured import Measured
from reports.reported import waits_for_bps
from reports.table import Table, call_table
from reports.wording import NOTHING, write_percent, write_ratio

AGAINST_PREVIOUS, ABSORBED, EFFICIENCY = "tahun-lalu.", "anggaran.serapan.", "efisiensi."
EVERY_PROGRAM = "efisiensi-program.semua"


def compare_figures(measured: Measured, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """The differences of the figures that stand in sentences.

    Args:
        measured: The year, measured.
        tables: Ours, by name, which the findings name by their numbers.
    """
    for name, printed in measured.agency.printed_figures.items():
        finding = _compare_figure(measured, tables, name, printed)
        if finding is not None:
            yield finding


def _compare_figure(
    measured: Measured, tables: Mapping[str, Table], name: str, printed: str
) -> Finding | None:
    place, _, rest = name.partition(".")
    if place == "bab-4":
        return _compare_closing(measured, call_table(tables, "anggaran"), rest, printed)
    if place in ("anggaran", "tahun-lalu", "efisiensi", "efisiensi-program"):
        return _compare_explanation(measured, call_table(tables, place), name, printed)
    if name == "kata-pengantar.capaian-umum" and measured.waiting:
        bps = all(waits_for_bps(m, measured.agency) for m in measured.waiting)
        count = f"{len(measured.waiting)} indikator masih menunggu{' rilis BPS' if bps else ''}"
        return Finding("Kata Pengantar", printed, count, "isi", "Ketercapaiannya belum diketahui.")
    return None


def _compare_explanation(measured: Measured, table: str, name: str, printed: str) -> Finding | None:
    """A figure in the explanation of a table."""
    where = f"Uraian {table}"
    if name.startswith(ABSORBED):
        key = name.removeprefix(ABSORBED)
        spending = next((p.spending for p in measured.programs if p.row.key == key), None)
        absorbed = write_percent(spending.absorbed if spending else None)
        return _numbers(where, printed, absorbed, f"Serapan kegiatan {key}")
    if name.startswith(AGAINST_PREVIOUS):
        return _compare_with_previous(measured, table, name.removeprefix(AGAINST_PREVIOUS), printed)
    if name.startswith(EFFICIENCY):
        m = measured.indicators[name.removeprefix(EFFICIENCY)]
        saved = measured.rules.efficiency.meaning is Meaning.SAVED
        of = f"Tingkat efisiensi {m.indicator.short_name}"
        absorbed = write_percent(m.spending.absorbed)
        what = f"{of}: 100 - serapan {absorbed}" if saved else f"{of} adalah rasio, bukan persentase"
        finding = _numbers(where, printed, write_ratio(m.efficiency), what, ratio=True)
        priced = finding is not None and finding.kind == "hitung" and m == measured.priced
        return replace(finding, kind="harga") if finding and priced else finding
    low = [p.row.name for p in measured.programs if p.efficiency is not None and p.efficiency < 1]
    if name == EVERY_PROGRAM and low:
        return Finding(where, printed, ", ".join(low), "hitung", "Efisiensi di bawah 1.")
    total = measured.total.absorbed
    bound = as_number(re.sub(r"[^\d,.]", "", printed))
    if name == "anggaran.rata-rata-serapan" and total is not None and bound is not None and total <= bound:
        own = format_percent(total)
        return Finding(where, printed, own, "hitung", "Serapan seluruh program.")
    return None


def _compare_with_previous(measured: Measured, table: str, indicator: str, printed: str) -> Finding | None:
    """Realisasi of the year / realisasi of the year before x 100, which some prints call capaian."""
    m, year = measured.indicators[indicator], measured.agency.year
    now, before = m.realisasi.value, m.previous.value if m.previous else None
    place = (
        f"{table.capitalize()}, {m.indicator.short_name}, realisasi {year.year} terhadap {year.previous_year}"
    )
    if not (isinstance(now, Quantity) and isinstance(before, Quantity)) or before.amount == 0:
        why = f"Realisasi {year.previous_year} {before or 'tidak ada'}: tidak dapat menjadi pembagi."
        return Finding(place, printed, NOTHING, "hitung", why)
    own = percent(now.amount, before.amount)
    if same_text(printed, write_percent(own)):
        return None
    sums = f"{_number(now)} / {_number(before)} x 100 = {write_percent(own)}."
    if now.amount < 0 and before.amount < 0:
        sums += " Dua angka negatif: rasionya tidak menyatakan membaik atau memburuk."
    return Finding(place, printed, write_percent(own), "hitung", sums)


def _number(value: Quantity) -> str:
    return str(replace(value, unit=""))


def _compare_closing(measured: Measured, budget: str, name: str, printed: str) -> Finding | None:
    if name in ("anggaran", "realisasi", "serapan") and not measured.has_budget:
        return Finding("BAB IV", printed, "", "isi", "Hanya ada di cetakan; data anggaran tidak ada.")
    total = measured.total
    because = "jumlah tiga belas program" if len(_programs(measured)) == 13 else "jumlah seluruh program"
    after = " setelah perubahan" if measured.agency.year.revision else ""
    sums = {
        "anggaran": (format_number(total.budget), f"Anggaran{after}: {because} pada {budget}."),
        "realisasi": (format_number(total.spent), f"Realisasi anggaran: {because} pada {budget}."),
        "rata-rata": (
            write_percent(measured.average(measured.objectives)),
            "Rata-rata capaian semua indikator sasaran dalam data.",
        ),
        "serapan": (
            write_percent(total.absorbed),
            f"{format_rupiah(total.spent)} / {format_rupiah(total.budget)} x 100",
        ),
        "tujuan": (str(len(measured.agency.renstra.tujuan)), "Jumlah tujuan dalam data."),
        "tujuan.indikator": (str(len(measured.goals)), "Jumlah indikator tujuan dalam data."),
        "sasaran": (str(sum(len(t.sasaran) for t in measured.agency.renstra.tujuan)), "Jumlah sasaran."),
        "sasaran.indikator": (str(len(measured.objectives)), "Jumlah indikator sasaran dalam data."),
    }
    if name in sums:
        own, why = sums[name]
        return None if same_text(printed, own) else Finding("BAB IV", printed, own, "hitung", why)
    if name == "pencapaian":
        missed = [m for m in measured.objectives if m.reached is not True]
        if missed:
            names = ", ".join(m.indicator.short_name for m in missed)
            reached = len(measured.objectives) - len(missed)
            return Finding(
                "BAB IV",
                printed,
                f"{reached} dari {len(measured.objectives)} indikator sasaran mencapai target",
                "isi",
                f"Menunggu atau belum mencapai target: {names}.",
            )
    return None


def _programs(measured: Measured) -> list[str]:
    return [p.row.key for p in measured.programs if "." not in p.row.key]


def _numbers(place: str, printed: str, own: str, what: str, *, ratio: bool = False) -> Finding | None:
    if same_text(printed, own) and not (ratio and "%" in printed):
        return None
    kind: Kind = "tulisan" if same_text(printed, own) else "hitung"
    return Finding(place, printed, own, kind, f"{what}.")
