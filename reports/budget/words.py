"""What the report says of the budget exports behind its figures: source, months, what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from capaian.efficiency import absorption
from capaian.exact import percent
from core.dates import MONTHS, format_date
from core.lists import join_words
from core.numbers import format_number, format_percent, format_rupiah
from reports import traced
from reports.budget.evidence import BudgetEvidence, MonthTotal
from reports.measured import Measured
from reports.wording import DAGGER

INVENTED = "adalah ilustrasi untuk peragaan, bukan angka kantor"
LEGEND = f"{DAGGER} Angka ilustrasi untuk peragaan, bukan angka kantor"
"""Below a table of exports; what is invented there is neither BPS's nor a market price."""
PRINTED = ("bab-4.anggaran", "bab-4.realisasi", "bab-4.serapan")
"""Names of the print's figures of the whole office, in BAB IV."""


def show_amount(measured: Measured, amount: Decimal) -> str:
    """An amount of a program or kegiatan, marked where the file behind it is an illustration."""
    return format_number(amount) + budget_mark(measured)


def budget_mark(measured: Measured) -> str:
    """The dagger where budgets and realisasi are an illustration, else nothing."""
    return DAGGER if measured.budget is not None and measured.budget.illustrative else ""


def budget_caution(measured: Measured) -> str:
    """What a sentence adds that states budgets of an illustration."""
    return f"; angka anggaran ini {INVENTED[7:]}" if budget_mark(measured) else ""


def source_line(measured: Measured) -> str:
    """The line "Sumber" below table ``anggaran``; empty where the office's own figures stand."""
    evidence = measured.budget
    if evidence is None:
        return ""
    return f"Berkas anggaran {evidence.source.file} ({evidence.period})"


def budget_sentences(measured: Measured, table: str) -> tuple[str, ...]:
    """What the explanation of the table of budgets, called by ``table``, adds where a file is behind it."""
    evidence = measured.budget
    if evidence is None:
        return ()
    sentences = [_checked(evidence, table)]
    if measured.budget_differences:
        count = len(measured.budget_differences)
        sentences.append(
            f"{count} angka berkas itu berbeda dari data kantor (programs.csv); yang dipakai angka berkas, "
            "dan keduanya disebut dalam lampiran Berkas Anggaran."
        )
    printed = _against_print(measured)
    return (*sentences, *([printed] if printed else []), *_of_months(evidence))


def _checked(evidence: BudgetEvidence, table: str) -> str:
    start = f"Angka {table} diambil dari berkas {evidence.source.file} ({evidence.period})"
    if not evidence.differences:
        return f"{start}; jumlah setiap tingkat di dalamnya sama sampai rupiah."
    count = len(evidence.differences)
    return (
        f"{start}; {count} hal di dalamnya tidak cocok dan disebut dalam lampiran Berkas Anggaran dengan "
        "angka yang dipakai."
    )


def _against_print(measured: Measured) -> str:
    """That BAB IV of the print states other totals than the sum of the programs."""
    total = measured.total
    own = (format_number(total.budget), format_number(total.spent), _share(total.absorbed))
    printed = [measured.agency.printed_figures.get(name, "") for name in PRINTED]
    if not all(printed) or list(own) == printed:
        return ""
    return (
        f"BAB IV laporan tercetak menyebut anggaran Rp {printed[0]}, realisasi Rp {printed[1]} dan serapan "
        f"{printed[2]}; jumlah program adalah {_led(format_rupiah(total.budget))}, "
        f"{_led(format_rupiah(total.spent))} dan {_led(own[2])}, dan itulah yang dipakai."
    )


def _led(text: str) -> str:
    return traced.told(traced.TOTAL, text)


def _of_months(evidence: BudgetEvidence) -> tuple[str, ...]:
    """How realisasi grew over the year, where every month has a file."""
    if [total.month for total in evidence.months] != list(range(1, 13)):
        return ()
    grown = [evidence.months[0].spent, *(b.spent - a.spent for a, b in pairwise(evidence.months))]
    most = max(range(12), key=lambda place: grown[place])
    year = evidence.months[-1].spent
    if year <= 0:
        return ()
    last = sum(grown[9:], Decimal(0))
    mark = DAGGER if any(total.illustrative for total in evidence.months) else ""
    caution = f"; angka bulanan bertanda {DAGGER} {INVENTED}" if mark else ""
    share = traced.told(traced.MONTHS, format_percent(percent(last, year)) + mark)
    return (
        f"Realisasi paling banyak bertambah pada bulan {MONTHS[most]}, sebesar "
        f"{traced.told(traced.MONTHS, format_rupiah(grown[most]) + mark)}; "
        f"{share} dari realisasi setahun dicairkan pada triwulan terakhir"
        f"{caution}.",
    )


def month_levels(months: Sequence[MonthTotal]) -> list[tuple[MonthTotal, Decimal | None]]:
    """Each month with its absorption in per cent of that month's budget."""
    return [(total, absorption(total.spent, total.budget)) for total in months]


def missing_months(months: Sequence[MonthTotal]) -> str:
    """The months up to the last one that have no file, in words; empty where none is missing."""
    known = {total.month for total in months}
    gone = [MONTHS[month - 1] for month in range(1, max(known, default=0) + 1) if month not in known]
    return join_words(gone) if gone else ""


def taken_words(evidence: BudgetEvidence) -> str:
    """The day on which the file was taken in."""
    return format_date(evidence.source.taken_on)


def _share(absorbed: Decimal | None) -> str:
    return "-" if absorbed is None else format_percent(absorbed)
