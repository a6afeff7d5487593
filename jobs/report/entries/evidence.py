"""Which figures take evidence, and the files that can be kept as one."""

from __future__ import annotations

import stat
from pathlib import Path

from capaian.measure import Formula
from core.errors import AgencyDataError, explain_os_error
from office.quarters import QUARTERS_FILE
from office.schema import Indicator, MeasureKind

MOST_MEGABYTES = 20
"""Of an evidence: the database keeps it for good, and every backup of it."""

_FOUND_BY_PROGRAM = {
    MeasureKind.PDRB_GROWTH: "angka BPS",
    MeasureKind.PDRB_SHARE: "angka BPS",
    MeasureKind.BPS_STATISTIC: "angka BPS",
    MeasureKind.PRICE_FLUCTUATION: "harga pasar",
}


def why_not_entered(indicator: Indicator) -> AgencyDataError | None:
    """Why an indicator takes no figure that a person enters; None where it takes them."""
    found = _FOUND_BY_PROGRAM.get(indicator.measure.kind)
    if found:
        return AgencyDataError(
            f"Indikator '{indicator.id}' dihitung dari {found} yang dibaca program, jadi angkanya tidak "
            "dimasukkan orang.",
            todo=f"lihat asalnya dengan lkjip trace {indicator.id}; bila angkanya memang dari lembaga lain, "
            "ganti measure atau bps di indicators.yaml dengan institution.",
        )
    if indicator.quarters is not None:
        return AgencyDataError(
            f"Realisasi '{indicator.id}' setahun mengikuti triwulannya, jadi tidak dimasukkan tersendiri.",
            todo=f"isi realisasi triwulannya di {QUARTERS_FILE}, atau di lembar Triwulan buku kerja.",
        )
    if indicator.formula is Formula.STATED:
        return AgencyDataError(
            f"Capaian '{indicator.id}' dinyatakan kantor bersama realisasinya, tidak dihitung.",
            todo="isi value dan capaian di baris indikator itu di realisasi.csv.",
        )
    return None


def read_evidence(path: Path) -> bytes:
    """The bytes of a file that can be kept as evidence.

    Raises:
        AgencyDataError: It cannot be read, is no file, is empty or too large.
    """
    limit = MOST_MEGABYTES * 2**20
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for ever
            raise AgencyDataError(
                f"Bukti {path} bukan berkas.", todo="sebut satu berkas, misalnya PDF surat."
            )
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as cause:
        raise AgencyDataError(
            f"Bukti {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama dan izin baca berkasnya.",
        ) from cause
    if not content:
        raise AgencyDataError(f"Bukti {path} kosong.", todo="pilih berkas yang memuat angkanya.")
    if len(content) > limit:
        raise AgencyDataError(
            f"Bukti {path} lebih besar daripada {MOST_MEGABYTES} MB.",
            todo="pilih halaman yang memuat angkanya saja, atau kecilkan berkasnya.",
        )
    return content


def printable_name(file: Path) -> str:
    """A file's name without its folder, as any text can hold it."""
    return "".join(sign if sign.isprintable() else "?" for sign in file.name)
