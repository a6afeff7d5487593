"""A workbook's values beside what the report says, at the report's own decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from capaian.values import Bound, Quantity, Range
from core.numbers import parse_number, round_half_up
from reports.content import Report
from reports.live_workbook import indicators
from reports.live_workbook.budgets import ABSORBED, BUDGET, CAPAIAN, EFFICIENCY, SPENT
from reports.live_workbook.indicators import in_order, without_cap
from reports.measured import MeasuredIndicator
from reports.standing import WORDS
from reports.wording import write_level, write_percent
from tests.reports.live_workbook.given.recalculated import Values

FIRST = 4
"""The first row below the headings of the other sheets."""
_NUMBER = re.compile(r"-?[\d.]+(?:,\d+)?")


def exact(value: object) -> Decimal:
    """The number of a cell, as a spreadsheet shows it: with fifteen digits."""
    assert isinstance(value, int | float), value
    return Decimal(f"{value:.15g}")


def says(value: object, text: str) -> bool:
    """Whether a cell says what the report has, a number at the report's decimals."""
    if text in ("", "-"):
        return value in (None, "")
    if isinstance(value, str) or value is None:
        return value == text
    found = _NUMBER.search(text)
    assert found, text
    places = len(found[0].partition(",")[2])
    return round_half_up(exact(value), places) == parse_number(found[0])


def differences(values: Values, report: Report) -> Iterator[str]:
    """Every place where a workbook says other than the report."""
    yield from _of_indicators(values, report)
    yield from _of_averages(values, report)
    if report.measured.has_budget:
        yield from _of_budgets(values, report)
        yield from _of_efficiency(values, report)


def _of_indicators(values: Values, report: Report) -> Iterator[str]:
    shown = {row["id"]: row for row in report.as_json()["indicators"]}
    rows = values["Pengukuran"][indicators.HEAD + 1 :]
    names = in_order(report.measured)
    assert len(rows) == len(names)
    for cells, name in zip(rows, names, strict=True):
        m, told = report.measured.indicators[name], shown[name]
        for what, column, text in (
            ("capaian", indicators.CAPAIAN, told["capaian"]),
            ("kategori", indicators.CATEGORY, told["category"]),
            ("keadaan", indicators.STANDING, WORDS[m.standing]),
            ("keterangan", indicators.NOTE, _note(report, m)),
            *_of_inputs(m, told),
        ):
            if not says(cells[column], text):
                yield f"{name}, {what}: {cells[column]!r}, laporan {text!r}"


def _of_inputs(m: MeasuredIndicator, told: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    yield "realisasi", indicators.REALISASI, told["realisasi"]
    if isinstance(m.target, Range):
        low, high = _NUMBER.findall(told["target"].replace("-", " "))
        yield "target", indicators.TARGET, low
        yield "batas atas", indicators.UPPER, high
    elif not isinstance(m.target, Bound):
        yield "target", indicators.TARGET, told["target"]
    elif isinstance(m.target.figure, Quantity):
        yield "target", indicators.TARGET, told["target"].partition(" ")[2]


def _note(report: Report, m: MeasuredIndicator) -> str:
    if m.realisasi.value is None:
        return m.realisasi.reason
    plain = without_cap(report.measured, m)
    return plain.note if plain else ""


def _of_averages(values: Values, report: Report) -> Iterator[str]:
    found = {str(row[0]): row for row in values["Rata-rata"]}
    measured = report.measured
    for title, members in (("tujuan", measured.goals), ("sasaran", measured.objectives)):
        if not members:
            continue
        mean, row = measured.average(members), found[f"Rata-rata capaian indikator {title}"]
        category = measured.rules.categories.find(mean).name if mean is not None else ""
        if not (says(row[1], write_percent(mean)) and says(row[2], category)):
            yield f"rata-rata {title}: {row}, laporan {write_percent(mean)} {category}"
        counted = found[f"Banyaknya indikator {title}"][1]
        if counted != len(members):
            yield f"banyaknya indikator {title}: {counted}, laporan {len(members)}"


def _of_budgets(values: Values, report: Report) -> Iterator[str]:
    rows = values["Anggaran"][FIRST:]
    table = report.as_json()["tables"].get("anggaran")
    for row, line in zip(rows, table["rows"] if table else [], strict=True):
        for column, text in zip((BUDGET, SPENT, ABSORBED), line[2:], strict=True):
            if not says(row[column], text):
                yield f"anggaran {line[1]}: {row[column]!r}, laporan {text!r}"
    shown = [program for program in report.measured.programs if program.spending is not None]
    for row, program in zip(rows, shown, strict=False):  # the last row is the sum
        if program.row.target is None:
            continue
        level = write_level(program.efficiency, program.rules)
        for column, text in ((CAPAIAN, write_percent(program.capaian.percent)), (EFFICIENCY, level)):
            if not says(row[column], text):
                yield f"{program.row.name}: {row[column]!r}, laporan {text!r}"


def _of_efficiency(values: Values, report: Report) -> Iterator[str]:
    rows = values["Efisiensi"][FIRST:]
    for cells, name in zip(rows, in_order(report.measured), strict=True):
        m = report.measured.indicators[name]
        verdict = "" if m.efficient is None else "ya" if m.efficient else "tidak"
        absorbed = write_percent(m.spending.absorbed)
        for column, text in (
            (5, absorbed),
            (6, write_percent(m.percent)),
            (7, write_level(m.efficiency, m.rules)),
            (8, verdict),
        ):
            if not says(cells[column], text):
                yield f"efisiensi {name}, kolom {column}: {cells[column]!r}, laporan {text!r}"
