"""The workbook of the measurement, with formulas: who changes a number sees what follows from it.

For inspectors. Its figures are those of the report, its formulas do what :mod:`capaian.measure` does;
the same report gives the same bytes.
"""

from __future__ import annotations

from datetime import datetime

from core.lists import join_words
from reports.live_workbook.averages import write_averages
from reports.live_workbook.budgets import write_budgets, write_efficiency
from reports.live_workbook.details import has_details, write_details
from reports.live_workbook.guide import write_guide
from reports.live_workbook.indicators import places_of_realisasi, write_indicators
from reports.live_workbook.origins import write_origins
from reports.live_workbook.scale import write_scale
from reports.live_workbook.sheets import Book
from reports.measured import Measured
from reports.wording import DAGGER, NOT_REAL, owners_of


def make_workbook(measured: Measured, title: str, issue: int, moment: datetime) -> bytes:
    """The workbook of a report.

    Args:
        measured: The year, measured.
        title: ``LKjIP 2023 DKUPP Sumenep``.
        issue: Its number; 0 before the first.
        moment: Of the issue; it becomes the date in the file's properties.
    """
    book = Book(f"Pengukuran {title}", measured.agency.office.name, moment)
    main = book.add("Pengukuran")
    averages = book.add("Rata-rata")
    budgets = book.add("Anggaran") if measured.has_budget else None
    efficiency = book.add("Efisiensi") if measured.has_budget else None
    details = book.add("Rincian") if has_details(measured) else None
    scale = write_scale(book.add("Skala"), measured.rules)
    write_origins(book.add("Asal"), measured)
    write_guide(book.add("Petunjuk"))
    found = write_details(details, measured, places_of_realisasi(main, measured)) if details else {}
    placed = write_indicators(main, measured, scale, found, _notes(measured, title, issue, moment))
    write_averages(averages, measured, scale, placed)
    if budgets and efficiency:
        programs = write_budgets(budgets, measured, scale)
        write_efficiency(efficiency, measured, scale, placed, programs, budgets)
    return book.close()


def _notes(measured: Measured, title: str, issue: int, moment: datetime) -> list[tuple[str, bool]]:
    """What stands above the first sheet's table, each with whether it is a notice."""
    issued = f"{title}, terbitan {issue}" if issue else f"{title}, belum terbit"
    what = f"{issued}. Sel kuning boleh diubah; sel lain mengikutinya (lembar Petunjuk)."
    signs = []
    if measured.invented:
        signs.append((f"PERAGAAN: {DAGGER} angka ilustrasi, {NOT_REAL}. Tidak untuk ditandatangani.", True))
    if measured.provisional:
        owners = join_words(owners_of(m.realisasi for m in measured.provisional)) or "sumbernya"
        signs.append((f"* angka sementara, ** angka sangat sementara menurut {owners}.", False))
    return [(what, False), *signs]
