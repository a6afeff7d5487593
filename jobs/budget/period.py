"""For which year and month a budget export is kept, and what the office's rows are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from capaian.budget.lines import Known, Level, OfficeWords, Statement
from core.dates import MONTHS, format_date
from core.errors import SourceError
from office.schema import Agency

_HOW = (
    'sebut bulannya di judul ("s.d. Bulan Juni 2023"), di nama berkas ("realisasi-2023-06.xlsx"), atau '
    "dengan lkjip ingest budget --month 6."
)


@dataclass(frozen=True)
class Settled:
    """Attributes:
    remarks: What was assumed, in Indonesian.
    """

    month: int
    remarks: tuple[str, ...]


def settle_period(statement: Statement, name: str, year: int, today: date, month: int | None) -> Settled:
    """Decide up to the end of which month a statement goes.

    Args:
        statement: As read.
        name: Of the file.
        year: The reporting year.
        today: In Jakarta.
        month: What a person said; it counts first.

    Raises:
        SourceError: It is of another year, of a month to come, or nobody can tell the month.
    """
    remarks = []
    if statement.year is None:
        remarks.append(f"Tahun anggaran tidak disebut; dianggap tahun laporan, {year}.")
    elif statement.year != year:
        raise SourceError(
            f"Berkas {name!r} untuk tahun {statement.year}, sedangkan tahun laporan {year}.",
            todo=f"taruh berkas tahun {year}; berkas tahun lain dipakai bila tahunnya terbuka "
            "(lkjip year list) dan LKJIP_YEAR kosong.",
        )
    settled = month or statement.month
    if settled is None:
        if today.year <= year:
            raise SourceError(f"Berkas {name!r} tidak menyebut sampai bulan apa realisasinya.", todo=_HOW)
        settled = 12
        remarks.append(f"Bulan tidak disebut; tahun {year} sudah lewat, jadi dianggap sampai Desember.")
    if (year, settled) > (today.year, today.month):
        raise SourceError(
            f"Berkas {name!r} menyebut realisasi sampai {MONTHS[settled - 1]} {year}, padahal hari ini "
            f"{format_date(today)}.",
            todo=_HOW,
        )
    return Settled(settled, tuple(remarks))


def known_rows(agency: Agency) -> list[Known]:
    """The office's programs, kegiatan and sub kegiatan."""
    return [Known(row.key, Level(row.level.value), row.name, row.code) for row in agency.programs]


def office_words(agency: Agency) -> OfficeWords:
    """How files may name the office."""
    return OfficeWords((agency.office.name, agency.office.short_name), agency.office.region)
