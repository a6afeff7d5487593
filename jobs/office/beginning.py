"""The folder of a new office with the workbook that a planner fills: ``lkjip init``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import AgencyDataError
from jobs.office.answers import Answers
from jobs.office.workbook import WORKBOOK, write_workbook
from office.loading import OFFICE
from office.workbook.cells import Shown
from office.workbook.drawing import draw
from office.workbook.filling import Contents, Document, Row


@dataclass(frozen=True)
class Begun:
    """A new office's workbook.

    Attributes:
        domain: The region's code at BPS; empty where it was neither given nor found.
    """

    file: Path
    domain: str

    def as_text(self) -> str:
        """For people."""
        bps = f"Kode wilayah BPS: {self.domain}." if self.domain else (
            "Kode wilayah BPS tidak ditemukan; isi di lembar Kantor hanya bila ada indikator dari BPS."
        )  # fmt: skip
        return "\n".join(
            (f"Buku kerja siap diisi: {self.file}", bps, f"Sesudah diisi: lkjip office import {self.file}")
        )

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {"workbook": str(self.file), "bps_domain": self.domain}


def begin_office(answers: Answers, offices: Path, domain: str = "") -> Begun:
    """Write the folder of a new office with its workbook, ready to fill.

    Args:
        answers: What is known of it.
        offices: Where the offices in use stand.
        domain: The region's code at BPS, where it was found.

    Raises:
        AgencyDataError: There is an office of that name.
        StorageError: There is a workbook already, or it cannot be written.
    """
    folder = offices / answers.id
    if (folder / OFFICE).exists():
        raise AgencyDataError(
            f"Kantor {answers.id} sudah ada di {folder}.",
            todo="pakai lkjip office export untuk buku kerjanya, atau jawab id dengan nama lain.",
        )
    write_workbook(draw(blank_contents(answers, domain)), folder / WORKBOOK)
    return Begun(folder / WORKBOOK, domain)


def blank_contents(answers: Answers, domain: str) -> Contents:
    """A workbook in which only stands what was answered, and what follows from it."""
    name, year = answers.name, answers.year
    bare = name.removesuffix(answers.region).strip()
    single: dict[str, Shown] = {
        "Id kantor": answers.id,
        "Nama kantor": name,
        "Nama pendek kantor": answers.short_name,
        "Wilayah": answers.region,
        "Kota": answers.town,
        "Kepala surat": f"{bare.upper()}\n{answers.region.upper()}",
        "Surel kontak": answers.contact,
        "Kode wilayah BPS": domain or None,
        "Tahun": year,
        "Nama penanda tangan": answers.signatory,
        "Jabatan penanda tangan": answers.position,
        "Pangkat penanda tangan": answers.rank or None,
        "NIP penanda tangan": answers.nip or None,
        "Renstra tahun pertama": answers.first_year,
        "Renstra tahun terakhir": answers.last_year,
        "Nama dokumen Renstra": f"Rencana Strategis {name} Tahun {answers.first_year}-{answers.last_year}",
    }
    forms: dict[str, list[Row]] = {label: [(cell,)] for label, cell in single.items() if cell is not None}
    forms["Penerima surel"] = [(address, role) for role, address in answers.recipients]
    forms["Lampiran"] = [
        ("MATRIKS RENSTRA", "Renstra"),
        (f"PERJANJIAN KINERJA TAHUN {year}", "Perjanjian Kinerja"),
    ]
    return Contents(
        forms=forms,
        indicators=(),
        renstra_years=range(answers.first_year, answers.last_year + 1),
        targets={},
        documents=[
            Document(name=f"Rencana Kerja Tahun {year}", id="renja"),
            Document(name=f"Perjanjian Kinerja Tahun {year}", id="pk"),
            Document(name=f"Perubahan Perjanjian Kinerja Tahun {year}", id="pk-perubahan"),
        ],
        realisasi=(),
        programs=(),
    )
