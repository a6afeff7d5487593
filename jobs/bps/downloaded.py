"""What a downloaded file of BPS says: its tables of PDRB for the office's region, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from connectors.bps.labels import MEASURE_NAMES
from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.regions import fits_region
from connectors.bps.printed.table import PrintedFile, PrintedTable, measure_of, read_printed
from connectors.bps.printed.xlsx import read_xlsx
from connectors.bps.tables import PdrbTable
from core.errors import LkjipError, SourceError
from jobs.dropped_file import DropFolder
from office.identity import Office

FOLDER = DropFolder(
    name="bps",
    oversize_todo="ambil halaman tabel PDRB-nya saja dan simpan sebagai berkas tersendiri.",
    kept="Angka yang tersimpan tidak berubah.",
)
_TYPES = {"pdf": "pdf", "xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_READERS: dict[str, Callable[[bytes, str], PrintedFile]] = {"pdf": read_pdf, "xlsx": read_xlsx}


def kind_of(content: bytes, name: str) -> str:
    """Tell a PDF from a sheet by its bytes: people rename files, and sites give HTML under every name.

    Returns:
        ``pdf`` or ``xlsx``; HTML counts as what its name says, so that the right reader explains it.

    Raises:
        SourceError: It is neither.
    """
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF" in content[:1024]:
        return "pdf"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    if start.startswith(b"<"):
        return "pdf" if name.lower().endswith(".pdf") else "xlsx"
    if not content:
        raise SourceError(f"Berkas {name!r} kosong.", todo="unduh lagi dari laman BPS.")
    raise SourceError(
        f"Berkas {name!r} bukan PDF dan bukan Excel.",
        todo="taruh PDF publikasi atau tabel Excel dari laman BPS.",
    )


def read_tables(
    office: Office, name: str, content: bytes, at: datetime
) -> tuple[list[PdrbTable], tuple[str, ...]]:
    """Read the tables of PDRB of a file.

    Args:
        office: Whose region it must be about.
        name: Of the file.
        content: Of the file.
        at: The present moment.

    Returns:
        The good tables, one for each measure, and what is wrong with the others, in Indonesian.

    Raises:
        SourceError: The file cannot be read or has no table of PDRB.
    """
    kind = kind_of(content, name)
    printed = _READERS[kind](content, name)
    fetched = FOLDER.answer(name, content, at, _TYPES[kind])
    found = [table for table in printed.tables if measure_of(table) is not None]
    if not found:
        raise SourceError(
            f"Berkas {name!r} tidak memuat tabel PDRB menurut lapangan usaha; tabel angka menurut tahun yang "
            f"ada: {_captions(printed.tables)}.",
            todo="taruh publikasi PDRB Menurut Lapangan Usaha, bukan Menurut Pengeluaran.",
        )
    good: list[PdrbTable] = []
    problems = list(printed.remarks)
    for table in found:
        title = " ".join((name, printed.title, *table.notes))
        if not fits_region(table.caption, title, office.region):
            problems.append(
                f"Tabel {table.caption!r} ({table.place}) bukan tentang {office.region}, atau tidak menyebut "
                f"wilayahnya. Yang perlu dilakukan: taruh terbitan BPS {office.region}; bila tabelnya memang "
                f"tentang wilayah itu tetapi tidak menyebutnya, sebut {office.region} pada nama berkasnya."
            )
            continue
        try:
            good.append(
                read_printed(
                    table,
                    domain=office.bps_source.domain,
                    table_id=f"{name}, {table.place}",
                    channel=kind,
                    base_year=office.bps_source.base_year,
                    fetched=(fetched,),
                )
            )
        except LkjipError as error:
            problems.append(str(error))
    return _one_each(good, problems), tuple(problems)


def _captions(tables: Sequence[PrintedTable]) -> str:
    shown = [repr(table.caption[:100]) for table in tables[:6] if table.caption]
    more = f"; dan {len(tables) - 6} lagi" if len(tables) > 6 else ""
    return ("; ".join(shown) + more) if shown else "tidak ada"


def _one_each(tables: Sequence[PdrbTable], problems: list[str]) -> list[PdrbTable]:
    """One table for each measure; where two of a file differ in a figure, neither counts."""
    by_measure: dict[str, list[PdrbTable]] = {}
    for table in tables:
        by_measure.setdefault(table.measure, []).append(table)
    chosen = []
    for measure, candidates in by_measure.items():
        first = max(candidates, key=lambda table: (len(table.years), max(table.years)))
        differing = [other for other in candidates if other is not first and _differ(first, other)]
        if differing:
            problems.append(
                f"Berkas memuat dua tabel {MEASURE_NAMES[measure]} yang angkanya berbeda "
                f"({first.table_id}; {differing[0].table_id}); keduanya tidak dipakai. Yang perlu dilakukan: "
                "simpan halaman yang benar sebagai berkas tersendiri, lalu taruh lagi."
            )
            continue
        chosen.append(first)
    return chosen


def _differ(one: PdrbTable, other: PdrbTable) -> bool:
    values = {(cell.sector, cell.year): cell.value for cell in one.cells}
    return any(values.get((cell.sector, cell.year), cell.value) != cell.value for cell in other.cells)
