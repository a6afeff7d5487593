"""Everything that is computed, once: each indicator and each program with all its figures.

Tables, sentences, the mail, ``lkjip status`` and ``lkjip trace`` take their figures from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from capaian.category import Category, category
from capaian.efficiency import absorption, average, efficiency, is_efficient
from capaian.exact import percent
from capaian.measure import Capaian, measure
from capaian.values import Quantity, Value
from office.schema import (
    Agency,
    Indicator,
    Level,
    MeasureKind,
    NationalFigure,
    ProgramRow,
    Reported,
    Sasaran,
    TargetVersion,
    Tujuan,
)
from reports.budget.evidence import BudgetEvidence, OfficeDifference, differences_from_office, with_budget
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi, State


@dataclass(frozen=True)
class Spending:
    """A budget and what was spent of it, in rupiah."""

    budget: Decimal
    spent: Decimal

    @cached_property
    def absorbed(self) -> Decimal | None:
        """Serapan in per cent."""
        return absorption(self.spent, self.budget)


@dataclass(frozen=True)
class MeasuredIndicator:
    """An indicator in the reporting year with everything that is said about it.

    Attributes:
        goal: The tujuan or sasaran it belongs to.
        version: The document whose target counts.
        capaian: None while waiting.
        previous: The capaian of the year before, where the office reported it.
        progress: Tingkat kemajuan, the same formula against the Renstra's end target. Table 3.4
            divides realisasi by target even where less is better (82,39 for Bapokti); ours
            respects the direction.
        national: The national figure used in table 3.5.
        spending: Of the programs behind it.
    """

    indicator: Indicator
    goal: Tujuan | Sasaran
    version: TargetVersion
    target: Value
    realisasi: Realisasi
    capaian: Capaian | None
    previous_target: Value | None
    previous: Realisasi | None
    previous_capaian: Capaian | None
    end_target: Value | None
    progress: Capaian | None
    national: NationalFigure | None
    spending: Spending

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def waiting(self) -> bool:
        """Whether there is no realisasi yet."""
        return self.realisasi.state is State.WAITING

    @property
    def percent(self) -> Decimal | None:
        """The capaian in per cent, or None."""
        return self.capaian.percent if self.capaian else None

    @property
    def category(self) -> Category | None:
        """The category of table 3.1, or None."""
        return category(self.percent) if self.percent is not None else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None while waiting."""
        return self.capaian.reached if self.capaian else None

    @property
    def efficiency(self) -> Decimal | None:
        """Tingkat efisiensi, or None."""
        absorbed = self.spending.absorbed
        return efficiency(self.percent, absorbed) if self.percent is not None and absorbed else None

    @property
    def efficient(self) -> bool | None:
        """Whether it counts as efisien; None while unknown."""
        return None if self.efficiency is None else is_efficient(self.efficiency)

    @property
    def against_national(self) -> Decimal | None:
        """Realisasi / national figure x 100 (table 3.5); None where one is missing."""
        ours, theirs = self.realisasi.value, self.national.value if self.national else None
        if isinstance(ours, Quantity) and isinstance(theirs, Quantity) and theirs.amount > 0:
            return percent(ours.amount, theirs.amount)
        return None


@dataclass(frozen=True)
class MeasuredProgram:
    """A program, kegiatan or sub kegiatan with its figures; spending is None for sub kegiatan.

    Attributes:
        row: With the realisasi that counts: the office's own, or the computed one.
        figure: The indicator whose data its realisasi is computed from; empty where the office reports it.
        illustrative: Whether it is computed from invented data.
        note: What the computed realisasi says, and what the office reported.
    """

    row: ProgramRow
    capaian: Capaian
    spending: Spending | None
    figure: str = ""
    illustrative: bool = False
    note: str = ""

    @property
    def computed(self) -> bool:
        """Whether its realisasi is computed and not the office's own word."""
        return bool(self.note)

    @property
    def efficiency(self) -> Decimal | None:
        """Tingkat efisiensi, or None."""
        absorbed = self.spending.absorbed if self.spending else None
        if self.capaian.percent is None or not absorbed:
            return None
        return efficiency(self.capaian.percent, absorbed)


@dataclass(frozen=True)
class Measured:
    """The office's year, measured.

    Attributes:
        prices: Of the complete year; None where the office has none.
        budget: Of the complete year, from budget exports; None where the office's own figures stand.
        budget_differences: Where the office's own figures differ from the exports.
    """

    agency: Agency
    indicators: Mapping[str, MeasuredIndicator]
    programs: tuple[MeasuredProgram, ...]
    prices: PriceEvidence | None = None
    budget: BudgetEvidence | None = None
    budget_differences: tuple[OfficeDifference, ...] = ()

    def of_programs(self, numbers: list[int]) -> list[MeasuredProgram]:
        """The rows of some programs, each with its kegiatan and sub kegiatan, in order."""
        wanted = {str(number) for number in numbers}
        return [p for p in self.programs if p.row.key.split(".")[0] in wanted]

    @property
    def goals(self) -> list[MeasuredIndicator]:
        """The indicators of tujuan."""
        return [self.indicators[i] for t in self.agency.renstra.tujuan for i in t.indicators]

    @property
    def objectives(self) -> list[MeasuredIndicator]:
        """The indicators of sasaran."""
        return [
            self.indicators[i] for t in self.agency.renstra.tujuan for s in t.sasaran for i in s.indicators
        ]

    @property
    def with_end_target(self) -> list[MeasuredIndicator]:
        """The indicators with an end target, those of the newest agreement first (table 3.4)."""
        order = dict.fromkeys([*self.agency.year.versions[-1].targets, *(m.id for m in self.objectives)])
        return [m for m in map(self.indicators.__getitem__, order) if m.end_target is not None]

    @property
    def programs_measured(self) -> bool:
        """Whether any program has a target and a realisasi, and not its budget alone."""
        return any(p.row.target is not None and p.row.realisasi is not None for p in self.programs)

    @property
    def iku(self) -> list[MeasuredIndicator]:
        """The key indicators in the order of the IKU sheet."""
        sheets = [m for m in self.indicators.values() if m.indicator.iku]
        return sorted(sheets, key=lambda m: m.indicator.iku.number if m.indicator.iku else 0)

    @property
    def headline(self) -> list[MeasuredIndicator]:
        """The indicators whose capaian tables 3.2 and 3.3 show.

        The key indicators; all of them where the office names none, or has no budget and with it no
        table 3.9 that shows the others' capaian.
        """
        if self.iku and self.has_budget:
            return self.iku
        return [
            self.indicators[name]
            for tujuan in self.agency.renstra.tujuan
            for name in (*tujuan.indicators, *(i for s in tujuan.sasaran for i in s.indicators))
        ]

    @property
    def has_budget(self) -> bool:
        """Whether any program has a budget."""
        return self.total.budget > 0

    @property
    def waiting(self) -> list[MeasuredIndicator]:
        """The indicators without realisasi."""
        return [m for m in self.indicators.values() if m.waiting]

    @property
    def illustrative(self) -> list[MeasuredIndicator]:
        """The indicators whose realisasi is illustrative."""
        return [m for m in self.indicators.values() if m.realisasi.illustrative]

    @property
    def provisional(self) -> list[MeasuredIndicator]:
        """The indicators whose realisasi BPS may still revise."""
        return [m for m in self.indicators.values() if m.realisasi.state is State.PROVISIONAL]

    @property
    def invented(self) -> bool:
        """Whether any figure of the report is illustrative."""
        return (
            bool(self.illustrative)
            or (self.prices is not None and self.prices.illustrative)
            or (self.budget is not None and any(total.illustrative for total in self.budget.months))
        )

    @property
    def priced(self) -> MeasuredIndicator | None:
        """The indicator whose realisasi is computed from market prices, or None."""
        for m in self.indicators.values():
            if m.indicator.measure.kind is MeasureKind.PRICE_FLUCTUATION and m.realisasi.state is State.FINAL:
                return m
        return None

    @property
    def average_of_goals(self) -> Decimal | None:
        """Mean capaian of the indicators of tujuan; None while one waits."""
        return average(m.percent for m in self.goals)

    @property
    def average_of_objectives(self) -> Decimal | None:
        """Mean capaian of the indicators of sasaran; None while one waits."""
        return average(m.percent for m in self.objectives)

    @cached_property
    def total(self) -> Spending:
        """The sum of all programs."""
        rows = [p.spending for p in self.programs if p.row.level is Level.PROGRAM and p.spending]
        return Spending(sum((s.budget for s in rows), Decimal(0)), sum((s.spent for s in rows), Decimal(0)))


def measure_year(
    agency: Agency,
    realisasi: Mapping[tuple[str, int], Realisasi],
    prices: PriceEvidence | None = None,
    budget: BudgetEvidence | None = None,
) -> Measured:
    """Compute every figure of the reporting year.

    Args:
        agency: The office's data.
        realisasi: By indicator and year, waiting ones included.
        prices: Of the year; a year that is not over says nothing in a report.
        budget: Of the year; without a file that covers it the office's own figures stand.
    """
    budget = budget if budget is not None and budget.complete else None
    differences = differences_from_office(agency, budget)
    agency = with_budget(agency, budget)
    prices = prices if prices is not None and prices.complete else None
    priced = _measured_from_prices(agency, realisasi)
    programs = tuple(_measure_program(agency, row, prices if priced else None) for row in agency.programs)
    budgets = {int(p.row.key): p.spending for p in programs if p.row.level is Level.PROGRAM and p.spending}
    goals: dict[str, Tujuan | Sasaran] = {}
    for tujuan in agency.renstra.tujuan:
        goals.update(dict.fromkeys(tujuan.indicators, tujuan))
        for sasaran in tujuan.sasaran:
            goals.update(dict.fromkeys(sasaran.indicators, sasaran))
    measured = {
        indicator.id: _measure_indicator(agency, indicator, goals[indicator.id], realisasi, budgets)
        for indicator in agency.indicators.values()
    }
    return Measured(agency, measured, programs, prices, budget, differences)


def find_target(agency: Agency, indicator: str) -> tuple[TargetVersion, Value]:
    """The target that counts, and the document that sets it.

    The document of ``year.used`` counts first; an indicator that it lacks takes the newest older
    document that has it.
    """
    order = [version.id for version in agency.year.versions]
    newest_first = agency.year.versions[: order.index(agency.year.used) + 1][::-1]
    for version in newest_first:
        if indicator in version.targets:
            return version, version.targets[indicator]
    raise KeyError(indicator)  # loading the agency has made sure that there is one


def _measure_indicator(
    agency: Agency,
    indicator: Indicator,
    goal: Tujuan | Sasaran,
    realisasi: Mapping[tuple[str, int], Realisasi],
    budgets: Mapping[int, Spending],
) -> MeasuredIndicator:
    year = agency.year
    version, target = find_target(agency, indicator.id)
    taken = realisasi[(indicator.id, year.year)]
    previous = realisasi.get((indicator.id, year.previous_year))
    reported = _reported(agency, indicator.id, year.previous_year)
    previous_target = reported.target if reported else None
    end_target = indicator.renstra_targets.get(agency.renstra.last_year)

    def against(goal_value: Value | None, reached: Realisasi | None) -> Capaian | None:
        if goal_value is None or reached is None or reached.value is None:
            return None
        return measure(goal_value, reached.value, direction=indicator.direction, method=indicator.method)

    behind = [budgets[number] for number in indicator.programs]
    return MeasuredIndicator(
        indicator=indicator,
        goal=goal,
        version=version,
        target=target,
        realisasi=taken,
        capaian=against(target, taken),
        previous_target=previous_target,
        previous=previous,
        previous_capaian=against(previous_target, previous),
        end_target=end_target,
        progress=against(end_target, taken),
        national=_national(agency, indicator.id),
        spending=Spending(
            sum((s.budget for s in behind), Decimal(0)), sum((s.spent for s in behind), Decimal(0))
        ),
    )


def _measure_program(agency: Agency, row: ProgramRow, prices: PriceEvidence | None) -> MeasuredProgram:
    budget = row.budget_revised if row.budget_revised is not None else row.budget_initial
    spending = Spending(budget, row.spent) if budget is not None and row.spent is not None else None
    if agency.prices is None or prices is None or row.key != agency.prices.stable_program:
        return MeasuredProgram(row, _capaian_of_program(row), spending)
    share = prices.fluctuation.stable_share
    if share is None or not prices.suffices(agency.prices.least_measured):
        return MeasuredProgram(row, _capaian_of_program(row), spending)
    computed = row.model_copy(update={"realisasi": Quantity(share)})
    own = f" Dilaporkan kantor: {row.realisasi}; angka itu berasal dari data lain." if row.realisasi else ""
    return MeasuredProgram(
        computed,
        _capaian_of_program(computed),
        spending,
        figure=_price_indicator(agency),
        illustrative=prices.fluctuation.illustrative,
        note=f"{prices.stable_words}{own}",
    )


def _capaian_of_program(row: ProgramRow) -> Capaian:
    if row.target is None or row.realisasi is None:
        return Capaian(None, "", "Target atau realisasi program ini tidak ada dalam data.")
    return measure(row.target, row.realisasi)


def _measured_from_prices(agency: Agency, realisasi: Mapping[tuple[str, int], Realisasi]) -> bool:
    """Whether prices count this year: not while the office's own figure stands for the indicator."""
    taken = realisasi.get((_price_indicator(agency), agency.year.year))
    return taken is None or taken.state is State.FINAL


def _price_indicator(agency: Agency) -> str:
    """The indicator that is measured from prices; empty where the office has none."""
    kinds = ((i.id, i.measure.kind) for i in agency.indicators.values())
    return next((name for name, kind in kinds if kind is MeasureKind.PRICE_FLUCTUATION), "")


def _reported(agency: Agency, indicator: str, year: int) -> Reported | None:
    return next((r for r in agency.reported if r.indicator == indicator and r.year == year), None)


def _national(agency: Agency, indicator: str) -> NationalFigure | None:
    """The figure of the reporting year, or the newest one before it."""
    known = [n for n in agency.national if n.indicator == indicator and n.year <= agency.year.year]
    return max(known, key=lambda n: n.year, default=None)
