"""``report.csv``: every figure of every indicator, a row each, for who computes with them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal

from capaian.rules import Meaning
from capaian.values import Quantity, Value
from reports.measured import Measured, MeasuredIndicator
from reports.realisasi import Realisasi
from reports.spreadsheet import Cell, Sheet
from reports.standing import WORDS
from reports.tables.parts import interleaved
from reports.wording import write_level, write_percent, write_realisasi, write_value

COLUMNS = (
    "kantor", "tahun_laporan", "id", "indikator", "angka", "tahun", "nilai", "satuan", "teks", "keadaan",
    "ketercapaian", "kategori", "status", "sumber", "ilustrasi", "alasan",
)  # fmt: skip
"""Their meaning stands in docs/berkas-laporan.md."""
FIGURES = (
    "target", "realisasi", "capaian", "target_tahun_lalu", "realisasi_tahun_lalu", "capaian_tahun_lalu",
    "target_akhir_renstra", "kemajuan", "pagu", "realisasi_anggaran", "serapan", "efisiensi",
)  # fmt: skip
"""What stands in column ``angka``, in this order for each indicator, as far as there is such a figure."""
_LONG, _EXACT = 20, Context(prec=70)
_STATES = {
    "waiting": "menunggu",
    "provisional": "sementara",
    "final": "tetap",
    "reported": "dilaporkan",
    "not_computable": "tidak dapat dihitung",
}


def figures_sheet(measured: Measured) -> Sheet:
    """The figures of all indicators in the report's order; written by :func:`reports.spreadsheet.as_csv`.

    A number is exact: a quotient without end has sixty digits. One that is not there yet has a row all the
    same, without number and with the reason.
    """
    order = [placed.indicator for placed in interleaved(measured.agency)]
    rows = [row for name in order for row in _rows(measured, measured.indicators[name])]
    return Sheet("laporan", COLUMNS, rows)


def _rows(measured: Measured, m: MeasuredIndicator) -> Iterator[tuple[Cell, ...]]:
    year, last = measured.agency.year, measured.agency.renstra.last_year
    row = _Row(measured, m)
    yield row.of("target", year.year, *_number(m.target), write_value(m.target), source=m.version.name)
    yield row.of_realisasi("realisasi", m.realisasi)
    percent = "" if m.percent is None else write_percent(m.percent)
    yield row.of("capaian", year.year, m.percent, "%", percent, taken=m.realisasi, measured=True)
    if m.previous_target:
        value = m.previous_target
        yield row.of("target_tahun_lalu", year.previous_year, *_number(value), write_value(value))
    if m.previous:
        yield row.of_realisasi("realisasi_tahun_lalu", m.previous)
    if m.previous_capaian:
        percent_before = m.previous_capaian.percent
        words = "" if percent_before is None else write_percent(percent_before)
        yield row.of("capaian_tahun_lalu", year.previous_year, percent_before, "%", words, taken=m.previous)
    if m.end_target:
        yield row.of("target_akhir_renstra", last, *_number(m.end_target), write_value(m.end_target))
    if m.progress and m.progress.percent is not None:
        words = write_percent(m.progress.percent)
        yield row.of("kemajuan", last, m.progress.percent, "%", words, taken=m.realisasi)
    if m.indicator.programs:
        yield from _of_budget(row, m, year.year)


def _of_budget(row: _Row, m: MeasuredIndicator, year: int) -> Iterator[tuple[Cell, ...]]:
    """Budget and spending of the programs behind an indicator; those of several are not to be added up."""
    spending, level = m.spending, m.efficiency
    for name, amount in (("pagu", spending.budget), ("realisasi_anggaran", spending.spent)):
        yield row.of(name, year, amount, "rupiah", write_value(Quantity(amount, "")), budget=True)
    if spending.absorbed is not None:
        words = write_percent(spending.absorbed)
        yield row.of("serapan", year, spending.absorbed, "%", words, budget=True)
    if level is not None:
        unit = "%" if m.rules.efficiency.meaning is Meaning.SAVED else "rasio"
        yield row.of(
            "efisiensi", year, level, unit, write_level(level, m.rules), taken=m.realisasi, budget=True
        )


class _Row:
    """A row of the indicator that it is made for."""

    def __init__(self, measured: Measured, m: MeasuredIndicator) -> None:
        agency, budget = measured.agency, measured.budget
        self.m = m
        self.subject = (agency.office.id, agency.year.year, m.id, m.indicator.name)
        self.invented_budget = budget is not None and budget.illustrative

    def of_realisasi(self, name: str, taken: Realisasi) -> tuple[Cell, ...]:
        """A realisasi, with its source and why there is none."""
        number, unit = _number(taken.value)
        return self.of(
            name, taken.year, number, unit, write_realisasi(taken), taken=taken, source=taken.source
        )

    def of(
        self,
        name: str,
        year: int,
        number: Decimal | None,
        unit: str,
        words: str,
        *,
        taken: Realisasi | None = None,
        source: str = "",
        measured: bool = False,
        budget: bool = False,
    ) -> tuple[Cell, ...]:
        """Any figure.

        Args:
            name: One of :data:`FIGURES`.
            year: Of the figure.
            number: None where it is a range or a grade, or not there.
            unit: Of the number.
            words: As the report writes it.
            taken: The realisasi that it is, or is computed from.
            source: For people.
            measured: Whether it is the capaian of the year, which finds a category.
            budget: Whether it is computed from budgets.
        """
        m = self.m
        if number is not None and -int(number.as_tuple().exponent) > _LONG:
            number = number.normalize(_EXACT)  # a quotient that came out even
        illustrative = bool(taken and taken.illustrative) or (budget and self.invented_budget)
        reason = taken.reason if taken else ""
        if measured and not reason:
            reason = m.why_not_computable
        return (
            *self.subject, name, year, number, unit, words, _STATES[taken.state.value] if taken else "",
            WORDS[m.standing] if measured else "", m.category.name if measured and m.category else "",
            taken.status if taken else "", source, illustrative, reason,
        )  # fmt: skip


def _number(value: Value | None) -> tuple[Decimal | None, str]:
    """The number and its unit; a range or a grade is text without one."""
    return (value.amount, value.unit) if isinstance(value, Quantity) else (None, "")
