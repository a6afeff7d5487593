"""The right way to change what cannot be changed in Word, as people of the office go it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import AgencyDataError
from jobs.report.entries.evidence import why_not_entered
from office.schema import Agency, Indicator, MeasureKind
from reports.word.taken.comparing import Refused, Why

_VALUE = re.compile(r"""value\(\s*["']([^"']+)["'](?:\s*,\s*(?:part\s*=\s*)?["']([^"']+)["'])?""")
_BUDGET = re.compile(r"(?i)anggaran|belanja|serapan|pagu|rp")
_PLAIN = {
    Why.ROWS: "baris tabel mengikuti data; tambah atau hapus di buku kerja isian, bukan di Word.",
    Why.GENERATED: "bagian ini disusun program dari data atau dari judul bab; ubah datanya, atau naskah "
    "babnya (lkjip book menyebut berkasnya).",
    Why.ADDED: "tulis alinea baru di bawah alinea yang boleh diubah, atau di naskah babnya.",
    Why.TWICE: "hapus salinannya, lalu ketik isinya sebagai alinea biasa.",
    Why.MOVED: "kembalikan ke tempatnya; urutan alinea diubah di naskah babnya.",
    Why.LISTED: "tulis daftarnya di naskah babnya, setiap butir satu baris yang diawali '1. ' atau '- '.",
    Why.OBJECT: "gambar, catatan kaki dan rumus tidak dapat diambil dari Word; taruh teksnya saja.",
}


def right_way(refused: Refused, agency: Agency, expressions: Mapping[str, str]) -> str:
    """What a person does who wants what was refused.

    Args:
        refused: What changed and is not taken.
        agency: The office.
        expressions: By the tag of a figure what shows it.
    """
    if refused.why is Why.FIGURE:
        return _of_expression(expressions.get(refused.figure, ""), agency)
    if refused.why is Why.CELL:
        return _of_cell(refused, agency)
    return _PLAIN[refused.why]


def _of_expression(expression: str, agency: Agency) -> str:
    found = _VALUE.search(expression)
    indicator = agency.indicators.get(found[1]) if found else None
    if found and indicator is not None:
        back = "kembalikan isian itu dengan Ctrl+Z; "
        return back + _of_part(indicator, found[2] or "realisasi", agency.year.year)
    if "ref(" in expression:
        return "nomor tabel dan gambar mengikuti urutannya sendiri; kembalikan isian itu dengan Ctrl+Z."
    if expression:
        return (
            f"kembalikan isian itu dengan Ctrl+Z; {expression} berasal dari data kantor "
            "(buku kerja isian) dan diubah di situ."
        )
    return "kembalikan isian itu dengan Ctrl+Z, atau salin lagi alineanya dari terbitannya."


def _of_cell(refused: Refused, agency: Agency) -> str:
    column = refused.place.column.casefold()
    named = [each for each in agency.indicators.values() if each.name in refused.place.row]
    indicator = named[0] if len(named) == 1 else None
    if indicator is None and _BUDGET.search(column):
        return "angka anggaran datang dari berkas anggaran; kirim berkas yang benar lewat halaman atau map."
    if indicator is None:
        return (
            "isi tabel disusun dari data kantor; ubah di buku kerja isian (lkjip office export), lalu "
            "lkjip office import."
        )
    if "realisasi" in column:
        part = "realisasi"
    elif "target" in column:
        part = "target"
    elif "capaian" in column or "kategori" in column or "kriteria" in column:
        part = "capaian"
    else:
        part = "nama"
    return _of_part(indicator, part, agency.year.year)


def _of_part(indicator: Indicator, part: str, year: int) -> str:
    """Where something of an indicator comes from, and how another figure gets there."""
    if part == "target":
        return (
            "target diubah dengan dokumen target yang baru: di halaman (Tahun, lalu target), atau di lembar "
            "Target buku kerja isian."
        )
    if part == "target-akhir":
        return "target akhir Renstra ada di lembar Indikator buku kerja isian."
    if part in ("capaian", "kategori"):
        return f"capaian dan kategori dihitung dari realisasi dan target; {_of_realisasi(indicator, year)}"
    if part == "realisasi-lalu":
        return f"realisasi tahun {year - 1} ada di {year}/realisasi.csv (lembar Realisasi buku kerja isian)."
    if part in ("realisasi", "sumber"):
        return _of_realisasi(indicator, year)
    return "nama dan satuan indikator ada di lembar Indikator buku kerja isian."


def _of_realisasi(indicator: Indicator, year: int) -> str:
    if indicator.measure.kind is MeasureKind.PRICE_FLUCTUATION:
        return f"realisasi ini dihitung dari harga pasar yang tersimpan (lkjip trace {indicator.id})."
    if indicator.measure.kind is not MeasureKind.REPORTED:
        return f"realisasi ini datang sendiri dari BPS saat dirilis; asalnya: lkjip trace {indicator.id}."
    refusal: AgencyDataError | None = why_not_entered(indicator)
    if refusal is not None:
        return refusal.todo
    source = indicator.institution.name if indicator.institution else "SUMBER"
    return (
        f"masukkan angkanya dengan lkjip enter {indicator.id} NILAI --source '{source}' --evidence BERKAS, "
        "atau di halaman (Angka)."
    )
