"""Sheet *Pengukuran*: an indicator a row, its capaian by its own rule, its category and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from capaian.measure import Capaian
from capaian.rules import Cap
from capaian.values import Bound, Grade, Quantity, Range, Value
from office.standards import figure_named
from reports.live_workbook.details import Detail
from reports.live_workbook.formulas import Cells, Way, fixed, is_fixed, name_of, text, way_of
from reports.live_workbook.scale import Scale
from reports.live_workbook.sheets import (
    EXACT,
    MIDDLE,
    TWO,
    WHOLE,
    Column,
    Page,
    Shown,
    as_result,
    cell,
    places_of,
)
from reports.measured import Measured, MeasuredIndicator
from reports.measuring import measure_by
from reports.realisasi import State
from reports.standing import WORDS, Standing
from reports.tables.parts import interleaved
from reports.wording import marks

(
    NUMBER, GOAL, NAME, UNIT, FORMULA, CONDITION, TARGET, UPPER, REALISASI, MARK, ANSWER, CAPAIAN, CATEGORY,
    STANDING, NOTE, SOURCE,
) = range(16)  # fmt: skip
_COLUMNS = (
    Column("No.", 4.5), Column("Tujuan/sasaran", 27), Column("Indikator", 29), Column("Satuan", 9),
    Column("Rumus (R realisasi, T target)", 15), Column("Syarat target", 12), Column("Target (T)", 11),
    Column("Batas atas target", 10), Column("Realisasi (R)", 11), Column("Tanda", 6.5),
    Column("Hasil hitung %", 9.5), Column("Capaian %", 9.5), Column("Kategori", 10), Column("Keadaan", 12.5),
    Column("Keterangan", 26), Column("Sumber data", 14),
)  # fmt: skip
HEAD = 4


@dataclass(frozen=True)
class Placed:
    """Where other sheets find an indicator."""

    measured: MeasuredIndicator
    answer: str
    capaian: str
    standing: str


def write_indicators(
    page: Page, measured: Measured, scale: Scale, details: Mapping[str, Detail], notes: list[tuple[str, bool]]
) -> dict[str, Placed]:
    """Write every indicator in the report's order, and tell where each stands.

    Args:
        page: The sheet.
        measured: The year, measured.
        scale: Where the rules stand.
        details: Of each indicator what sheet *Rincian* computes its realisasi of.
        notes: Lines above the table, and whether each is a notice.
    """
    agency = measured.agency
    title = f"Pengukuran kinerja {agency.year.year}, {agency.office.name}"
    page.begin(title, notes, HEAD, _COLUMNS, kept=NAME + 1)
    lines = [
        _Line(page, HEAD + place, measured, measured.indicators[name], scale, details.get(name, Detail()))
        for place, name in enumerate(in_order(measured), start=1)
    ]
    placed = {line.m.id: line.write(place) for place, line in enumerate(lines, start=1)}
    targets = [line.m.target for line in lines]
    if not any(isinstance(target, Bound | Range) for target in targets):
        page.hide(CONDITION)
    if not any(isinstance(target, Range) for target in targets):
        page.hide(UPPER)
    page.just_below(cell(HEAD + 1, CAPAIAN), cell(HEAD + len(lines), CAPAIAN), 100)
    page.sheet.autofilter(HEAD, 0, HEAD + len(lines), SOURCE)
    return placed


def in_order(measured: Measured) -> list[str]:
    """The indicators as the report has them, each on a row of its own."""
    return [placed.indicator for placed in interleaved(measured.agency)]


def places_of_realisasi(page: Page, measured: Measured) -> dict[str, str]:
    """Where the realisasi of each indicator stands, for sheets that are written before."""
    names = in_order(measured)
    return {name: page.far(HEAD + place, REALISASI) for place, name in enumerate(names, start=1)}


def without_cap(measured: Measured, m: MeasuredIndicator) -> Capaian | None:
    """The capaian before the office's cap."""
    if m.rules.cap.limit is None:
        return m.capaian
    free = measured.agency.model_copy(update={"rules": replace(m.rules, cap=Cap())})
    return measure_by(free, m.indicator, m.target, m.realisasi, m.cumulated)


@dataclass(frozen=True)
class _Line:
    page: Page
    row: int
    measured: Measured
    m: MeasuredIndicator
    scale: Scale
    detail: Detail

    def at(self, column: int) -> str:
        return cell(self.row, column)

    def write(self, number: int) -> Placed:
        m, page, row = self.m, self.page, self.row
        page.number(row, NUMBER, Decimal(number), WHOLE, MIDDLE)
        page.words(row, GOAL, m.goal.text)
        page.words(row, NAME, m.indicator.name)
        page.words(row, UNIT, _unit(m), MIDDLE)
        page.words(row, FORMULA, name_of(m.target, m.indicator.direction, m.indicator.formula), MIDDLE)
        self._write_target()
        self._write_realisasi()
        page.words(row, MARK, marks(m.realisasi), MIDDLE)
        self._write_capaian()
        page.words(row, SOURCE, m.realisasi.source)
        return Placed(m, page.far(row, ANSWER), page.far(row, CAPAIAN), page.far(row, STANDING))

    def _write_target(self) -> None:
        target, page, row = self.m.target, self.page, self.row
        condition, upper = "", None
        value: Shown
        if isinstance(target, Bound):
            condition, figure = f"{target.relation.value} {target.name}".strip(), self._figure()
            value = figure.amount if isinstance(figure, Quantity) else None
        elif isinstance(target, Range):
            condition, value, upper = "rentang", target.low, target.high
        else:
            value = target.letter if isinstance(target, Grade) else target.amount
        page.words(row, CONDITION, condition, MIDDLE)
        self._input(TARGET, value)
        if upper is None:
            page.words(row, UPPER, "")
        else:
            self._input(UPPER, upper)

    def _write_realisasi(self) -> None:
        value = self.m.realisasi.value
        shown: Shown = value.amount if isinstance(value, Quantity) else None if value is None else str(value)
        if self.detail.realisasi:
            kept = as_result(shown) if isinstance(shown, Decimal) else shown
            places = WHOLE if self.m.indicator.quarters and _is_whole(shown) else TWO
            self.page.formula(self.row, REALISASI, self.detail.realisasi, kept, places, MIDDLE)
            return
        computed = bool(self.m.realisasi.formula) and isinstance(shown, Decimal)
        self._input(REALISASI, shown, TWO if computed else "")

    def _input(self, column: int, value: Shown, form: str = "") -> None:
        number = isinstance(value, Decimal)
        own = form or (places_of(value) if isinstance(value, Decimal) else EXACT)
        self.page.input(self.row, column, value, own, MIDDLE)
        if number and own == WHOLE:
            self.page.more_decimals([self.at(column)])

    def _write_capaian(self) -> None:
        m, page, row = self.m, self.page, self.row
        way, plain = self._way(), without_cap(self.measured, m)
        answer, capaian, realisasi = (self.at(column) for column in (ANSWER, CAPAIAN, REALISASI))
        if way.answer is None:
            stated = m.realisasi.stated
            page.input(row, ANSWER, stated, EXACT, MIDDLE)
        else:
            page.formula(row, ANSWER, way.answer, as_result(plain.percent if plain else None))
        open_ = f'{realisasi}=""'
        capped = self.scale.capped(answer, self.scale.cap_shown)
        page.formula(row, CAPAIAN, f'IF({open_},"",{capped})', as_result(m.percent), TWO, {"bold": True})
        category = m.category.name if m.category else ""
        page.formula(row, CATEGORY, self.scale.category(capaian), category, TWO, MIDDLE)
        waits = WORDS[
            Standing.NOT_COMPUTABLE if m.realisasi.state is State.NOT_COMPUTABLE else Standing.WAITING
        ]
        known = f'IF({way.reached},"{WORDS[Standing.REACHED]}","{WORDS[Standing.MISSED]}")'
        standing = f'IF({open_},"{waits}",IF({capaian}="","{WORDS[Standing.NOT_COMPUTABLE]}",{known}))'
        page.formula(row, STANDING, standing, WORDS[m.standing], TWO, MIDDLE)
        reason = m.realisasi.reason
        note = reason if m.realisasi.value is None else plain.note if plain else ""
        page.formula(row, NOTE, f"IF({open_},{text(reason)},{way.note})", note)

    def _way(self) -> Way:
        m, formula, direction = self.m, self.m.indicator.formula, self.m.indicator.direction
        target, value, name = m.target, m.realisasi.value, name_of(m.target, direction, formula)
        if is_fixed(target, self._figure(), value, formula):
            return fixed(name, m.capaian.note if m.capaian else "")
        way = way_of(target, direction, formula, self._cells(self.detail.total or self.at(REALISASI)))
        return self._summed(way) if m.indicator.cumulative else way

    def _cells(self, compared: str) -> Cells:
        return self.scale.cells(
            self.m.indicator.scale,
            (self.m.target, self.m.realisasi.value),
            target=self.at(TARGET),
            upper=self.at(UPPER),
            realisasi=compared,
            answer=self.at(ANSWER),
        )

    def _summed(self, way: Way) -> Way:
        """The same of a target over several years; a year that lacks is told."""
        summed = self.m.cumulated
        why = summed.why_not if summed and summed.why_not else _LACKING
        if not self.detail.total:
            return fixed(way.name, why) if summed and summed.why_not else way
        return replace(way, note=f'IF({self.detail.total}="",{text(why)},{way.note})')

    def _figure(self) -> Value | None:
        """What a relative target is relative to; another target itself."""
        target, agency = self.m.target, self.measured.agency
        if not isinstance(target, Bound):
            return target
        key = (self.m.id, self.m.realisasi.year)
        others = [each for each in agency.national if (each.indicator, each.year) == key]
        return target.figure or figure_named(target, others)


_LACKING = "Target kumulatif: realisasi suatu tahun sebelumnya tidak ada (lembar Rincian)."


def _is_whole(value: Shown) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value()


def _unit(m: MeasuredIndicator) -> str:
    """The unit of target and realisasi; of a grade none."""
    target = m.target
    if isinstance(target, Bound):
        if isinstance(target.figure, Quantity):
            return target.figure.unit
        value = m.realisasi.value
        return value.unit if isinstance(value, Quantity) else m.indicator.unit or ""
    return "" if isinstance(target, Grade) else target.unit
