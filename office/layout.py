"""Older layouts of an office's folder, and their refusal.

In the first, files of a year stood beside it; in the second, its words stood in fragments named by the
program, and its printed tables bore the numbers of one print.
"""

from __future__ import annotations

import re
from pathlib import Path

from core.errors import AgencyDataError

MOVED_FILES = ("renstra.yaml", "indicators.yaml", "prices.yaml")
"""Files that stood in the office's folder and now stand in each year's."""

MOVED_KEYS = ("signatory", "recipients", "structure")
"""Keys of office.yaml that now stand in each year's year.yaml."""

FRAGMENTS = "narasi"
"""Folder of a year whose words were not chapters yet."""

TABLES_OF_PRINT = {
    "2.1": "tujuan-sasaran", "2.2": "iku", "2.3": "rencana-kerja", "2.4": "perjanjian-kinerja",
    "2.5": "program", "2.6": "perubahan-perjanjian", "2.7": "perubahan-program", "3.1": "kategori",
    "3.2": "capaian", "3.3": "tahun-lalu", "3.4": "akhir-renstra", "3.5": "standar", "3.6": "analisis",
    "3.7": "penunjang", "3.7a": "harga-laporan", "3.8": "anggaran", "3.9": "efisiensi",
    "3.10": "efisiensi-program",
}  # fmt: skip
"""Names of tables by the numbers that they had before they had names."""

FIGURES_OF_PRINT = {
    "tabel-3.3.tahun-lalu.": "tahun-lalu.",
    "tabel-3.8.": "anggaran.",
    "tabel-3.9.efisiensi.": "efisiensi.",
    "tabel-3.10.efisiensi": "efisiensi-program.semua",
}
"""Beginnings of the names in ``cetak/angka.csv`` by those that they had before."""

_PRINTED = re.compile(r"tabel-(\d+\.\d+)\.csv")
_NUMBERED_SOURCE = re.compile(r"""^sources\s*:.*\n(?:(?:[ \t].*|#.*|)\n)*?[ \t]+["']?\d\.\d""", re.MULTILINE)
_MOVED_KEY = re.compile(rf"^({'|'.join(MOVED_KEYS)})\s*:", re.MULTILINE)


def misplaced_files(folder: Path) -> list[str]:
    """Files of the old layout that stand in an office's folder."""
    return [name for name in MOVED_FILES if (folder / name).exists()]


def misplaced_keys(text: str) -> list[str]:
    """Keys of the old layout in the text of office.yaml."""
    return list(dict.fromkeys(_MOVED_KEY.findall(text)))


def years_of(folder: Path) -> list[int]:
    """The years that an office's folder has data of, oldest first."""
    return sorted(
        int(path.parent.name) for path in folder.glob("*/year.yaml") if path.parent.name.isdecimal()
    )


def printed_number(name: str) -> str | None:
    """The number in the name of a printed table's file, ``tabel-3.2.csv``; None for any other."""
    match = _PRINTED.fullmatch(name)
    return match[1] if match and match[1] in TABLES_OF_PRINT else None


def unbound_parts(year: Path) -> list[str]:
    """What of a year is still named by the numbers of a print, for people."""
    found = []
    if any((year / FRAGMENTS).glob("*.md")):
        found.append(f"{year.name}/{FRAGMENTS}/ berisi potongan narasi, bukan bab")
    printed = [path.name for path in sorted((year / "cetak").glob("*.csv")) if printed_number(path.name)]
    if printed:
        found.append(f"{year.name}/cetak/ memuat {printed[0]} dan berkas lain yang bernama nomor tabel")
    fixed = year / "year.yaml"
    if fixed.exists() and _NUMBERED_SOURCE.search(fixed.read_bytes().decode("utf-8", "replace")):
        found.append(f"{year.name}/year.yaml menyebut sources menurut nomor tabel")
    return found


def refuse_old_layout(folder: Path, year: int) -> None:
    """Refuse a folder that still stands as it did in an older program.

    Raises:
        AgencyDataError: Naming what stands otherwise and where it goes.
    """
    _refuse_shared_files(folder)
    found = unbound_parts(folder / str(year))
    if found:
        raise AgencyDataError(
            f"Data instansi {folder.name} masih bersusunan lama: {'; '.join(found)}.",
            todo=f"jalankan lkjip office upgrade --agency {folder.name}; tidak ada kata yang hilang.",
        )


def _refuse_shared_files(folder: Path) -> None:
    files = misplaced_files(folder)
    keys = misplaced_keys((folder / "office.yaml").read_bytes().decode("utf-8", "replace"))
    if not files and not keys:
        return
    found, moves = [], []
    if files:
        found.append(f"{', '.join(files)} ada di map kantor")
        moves.append(f"salin {', '.join(files)} ke map setiap tahun")
    if keys:
        found.append(f"{', '.join(keys)} ada di office.yaml")
        moves.append(f"pindahkan {', '.join(keys)} ke year.yaml setiap tahun")
    raise AgencyDataError(
        f"Data instansi {folder.name} masih bersusunan lama: {'; '.join(found)}.",
        todo=f"jalankan lkjip office upgrade --agency {folder.name}, atau {', dan '.join(moves)}.",
    )
