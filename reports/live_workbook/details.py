"""Sheet *Rincian*: the figures that a realisasi is computed of, where it is not a single one.

Values behind growth and share of PDRB and other statistics, the quarters of a year, and the years before
of a target that counts from the first year of the Renstra.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from capaian.growth import difference, growth, share
from capaian.quarters import QUARTERS, Quarters, quarter_name
from capaian.values import Grade, Quantity, Value
from office.bps import Take
from office.schema import MeasureKind
from reports.live_workbook.formulas import rounded
from reports.live_workbook.sheets import EXACT, MIDDLE, Column, Page, Shown, as_result, places_of
from reports.measured import Measured, MeasuredIndicator
from reports.realisasi import Input, Realisasi
from reports.wording import DAGGER, marks

_COLUMNS = (
    Column("Indikator", 38), Column("Angka", 62), Column("Dalam rumus", 16), Column("Nilai", 18),
    Column("Satuan", 16), Column("Tanda", 8), Column("Status", 17),
)  # fmt: skip
_HEAD, _VALUE = 3, 3
Compute = Callable[[Decimal, Decimal], Decimal | None]


@dataclass(frozen=True)
class _Rate:
    """How a figure follows from two others, exactly and as an expression."""

    compute: Compute
    expression: str


_GROWTH = _Rate(growth, "({0}-{1})/{1}*100")
_SHARE = _Rate(share, "{0}/{1}*100")
_POINTS = _Rate(difference, "{0}-{1}")
_OF_KIND = {MeasureKind.PDRB_GROWTH: _GROWTH, MeasureKind.PDRB_SHARE: _SHARE}
_OF_TAKE = {Take.GROWTH: _GROWTH, Take.SHARE: _SHARE, Take.POINTS: _POINTS}


@dataclass(frozen=True)
class Detail:
    """What sheet *Pengukuran* takes of an indicator from here.

    Attributes:
        realisasi: The expression of its realisasi; empty where that is entered there.
        total: The cell of the sum that is compared with a target over several years; empty where the
            realisasi of the year itself is compared.
    """

    realisasi: str = ""
    total: str = ""


def has_details(measured: Measured) -> bool:
    """Whether there is anything to show."""
    return any(
        _inputs(m) or _quarters(m) or _earlier_years(measured, m) for m in measured.indicators.values()
    )


def write_details(page: Page, measured: Measured, realisasi: Mapping[str, str]) -> Mapping[str, Detail]:
    """Write the figures of all indicators, and tell where they stand.

    Args:
        page: The sheet.
        measured: The year, measured.
        realisasi: Where the realisasi of each indicator stands, in the report's order.
    """
    page.begin(
        "Rincian realisasi yang dihitung",
        [("Sel kuning boleh diubah; realisasi di lembar Pengukuran mengikutinya.", False)],
        _HEAD,
        _COLUMNS,
    )
    lines = _Lines(page)
    return {
        name: _write(lines, measured, measured.indicators[name], place) for name, place in realisasi.items()
    }


def _write(lines: _Lines, measured: Measured, m: MeasuredIndicator, own: str) -> Detail:
    realisasi = ""
    if rate := _rate(m):
        places = [lines.of_input(m, entry) for entry in m.realisasi.inputs]
        known = ",".join(f"ISNUMBER({place})" for place in places)
        value = rounded(rate.expression.format(*places))
        realisasi = f'IF(AND({known}),{value},"")'
    elif _quarters(m):
        realisasi = _of_quarters([lines.of_quarter(m, number) for number in QUARTERS], m.indicator.quarters)
    years = _earlier_years(measured, m)
    places = [lines.of_year(m, year, taken) for year, taken in years.items()]
    return Detail(realisasi, lines.of_total(m, measured, places, own) if places else "")


def _rate(m: MeasuredIndicator) -> _Rate | None:
    """The rate that a realisasi is; None where it is no figure of two others."""
    rate = _OF_KIND.get(m.indicator.measure.kind)
    if m.indicator.bps is not None:
        rate = _OF_TAKE.get(m.indicator.bps.take)
    inputs, value = m.realisasi.inputs, m.realisasi.value
    if rate is None or len(inputs) != 2 or not isinstance(value, Quantity):
        return None
    # One that a person entered in its place follows from no inputs.
    return rate if rate.compute(inputs[0].value, inputs[1].value) == value.amount else None


def _inputs(m: MeasuredIndicator) -> bool:
    return _rate(m) is not None


def _quarters(m: MeasuredIndicator) -> bool:
    return m.indicator.quarters is not None and (m.waiting or m.realisasi.of_quarters)


def _of_quarters(places: list[str], way: Quarters | None) -> str:
    """The year's realisasi out of its quarters, as :func:`capaian.quarters.year_of_quarters` takes it."""
    cells = _span(places)
    if way is Quarters.LAST:
        expression = '""'
        for place in places:
            expression = f'IF({place}<>"",{place},{expression})'
        return expression
    year = rounded(f"{'SUM' if way is Quarters.SUM else 'AVERAGE'}({cells})")
    return f'IF(COUNT({cells})=4,{year},"")'


def _span(places: list[str]) -> str:
    """All cells from the first of some places to the last."""
    return f"{places[0]}:{places[-1].split('!')[1]}"


def _earlier_years(measured: Measured, m: MeasuredIndicator) -> dict[int, Realisasi | None]:
    """The years before the reporting one that count, with what was reached; None where that is not known."""
    if not m.indicator.cumulative:
        return {}
    known = {each.year: each.realisasi for each in m.earlier}
    if m.previous:
        known[m.previous.year] = m.previous
    years = range(measured.agency.renstra.first_year, measured.agency.year.year)
    return {year: known.get(year) for year in years}


class _Lines:
    """The lines of the sheet, written one below the other."""

    def __init__(self, page: Page) -> None:
        self.page, self.row = page, _HEAD + 1

    def of_input(self, m: MeasuredIndicator, entry: Input) -> str:
        mark = DAGGER if entry.illustrative else ""
        return self._line(m, entry.name, entry.symbol, entry.value, entry.unit, mark, entry.status)

    def of_quarter(self, m: MeasuredIndicator, number: int) -> str:
        found = next((quarter for quarter in m.quarters if quarter.number == number), None)
        value = found.realisasi if found else None
        return self._line(m, f"Realisasi {quarter_name(number)}", "", *_value(value), "", "")

    def of_year(self, m: MeasuredIndicator, year: int, taken: Realisasi | None) -> str:
        value = taken.value if taken else None
        status = taken.status if taken else ""
        signs = marks(taken) if taken else ""
        return self._line(m, f"Realisasi {year}", "", *_value(value), signs, status)

    def of_total(self, m: MeasuredIndicator, measured: Measured, places: list[str], own: str) -> str:
        row, first = self.row, measured.agency.renstra.first_year
        value = m.cumulated.value.amount if m.cumulated and m.cumulated.value else None
        unit = m.cumulated.value.unit if m.cumulated and m.cumulated.value else ""
        what = f"Jumlah {first} sampai {measured.agency.year.year}, yang dibandingkan dengan target"
        self._line(m, what, "", None, unit, "", "")
        cells = _span(places)
        known = f"AND(COUNT({cells})={len(places)},ISNUMBER({own}))"
        summed = rounded(f"SUM({cells})+{own}")
        total = f'IF({known},{summed},"")'
        self.page.formula(row, _VALUE, total, as_result(value), EXACT if value is None else places_of(value))
        return self.page.far(row, _VALUE)

    def _line(
        self, m: MeasuredIndicator, what: str, symbol: str, value: Shown, unit: str, sign: str, status: str
    ) -> str:
        page, row = self.page, self.row
        page.words(row, 0, m.indicator.name)
        page.words(row, 1, what)
        page.words(row, 2, symbol, MIDDLE)
        page.input(row, _VALUE, value, places_of(value) if isinstance(value, Decimal) else EXACT)
        page.words(row, 4, unit, MIDDLE)
        page.words(row, 5, sign, MIDDLE)
        page.words(row, 6, status, MIDDLE)
        self.row += 1
        return page.far(row, _VALUE)


def _value(value: Value | None) -> tuple[Shown, str]:
    """What stands in the cell, and its unit."""
    if isinstance(value, Quantity):
        return value.amount, value.unit
    return (value.letter if isinstance(value, Grade) else None if value is None else str(value)), ""
