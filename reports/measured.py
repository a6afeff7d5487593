"""Everything that is computed of a year, once: each indicator and each program with all its figures.

Tables, sentences, the mail, ``lkjip status`` and ``lkjip trace`` take their figures from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from capaian.cumulative import Cumulated
from capaian.efficiency import absorption, average, efficiency, is_efficient
from capaian.exact import percent
from capaian.measure import Capaian
from capaian.rules import DEFAULT, Category, Rules
from capaian.values import Quantity, Value
from office.schema import (
    Agency,
    Indicator,
    Level,
    MeasureKind,
    ProgramRow,
    Sasaran,
    TargetVersion,
    Tujuan,
)
from office.standards import StandardFigure
from reports.budget.evidence import BudgetEvidence, OfficeDifference
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi, State
from reports.standing import Standing, Tally, tally


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
class EarlierYear:
    """An indicator in a year before the one that the report compares with.

    Attributes:
        target: The office's own of that year, else that of the Renstra.
    """

    year: int
    target: Value | None
    realisasi: Realisasi
    capaian: Capaian | None


@dataclass(frozen=True)
class MeasuredQuarter:
    """A quarter of an indicator; target and realisasi where there are, capaian of both together."""

    number: int
    target: Value | None = None
    realisasi: Value | None = None
    capaian: Capaian | None = None


@dataclass(frozen=True)
class MeasuredIndicator:
    """An indicator in the reporting year with everything that is said about it.

    Attributes:
        goal: The tujuan or sasaran it belongs to.
        version: The document whose target counts.
        capaian: None while waiting.
        previous: The capaian of the year before, where the office reported it.
        progress: Tingkat kemajuan, the same formula against the Renstra's end target. Table ``akhir-renstra``
            divides realisasi by target even where less is better (82,39 for Bapokti); ours
            respects the direction.
        standards: What table ``standar`` compares it with, the nation's figure first.
        cause, solution: The office's own words on the target of the year; empty where it gives none.
        spending: Of the programs behind it.
        earlier: Years before the one of ``previous``, as far as anything is known, oldest first.
        rules: The office's.
        quarters: Those of which anything is known.
        cumulated: What is compared with a target that counts from the first year of the Renstra; None of
            other targets, and while waiting.
        previous_cumulated: The same of the year before.
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
    standards: tuple[StandardFigure, ...]
    spending: Spending
    earlier: tuple[EarlierYear, ...] = ()
    rules: Rules = DEFAULT
    quarters: tuple[MeasuredQuarter, ...] = ()
    cumulated: Cumulated | None = None
    previous_cumulated: Cumulated | None = None
    cause: str = ""
    solution: str = ""

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
        """The category of table ``kategori``, or None."""
        return self.rules.categories.find(self.percent) if self.percent is not None else None

    @property
    def standing(self) -> Standing:
        """Reached, missed, waiting, or not computable."""
        if self.waiting:
            return Standing.WAITING
        if self.percent is None:
            return Standing.NOT_COMPUTABLE
        return Standing.REACHED if self.reached else Standing.MISSED

    @property
    def why_not_computable(self) -> str:
        """Why there is no capaian although there is a realisasi; empty otherwise."""
        return self.capaian.note if self.capaian and self.standing is Standing.NOT_COMPUTABLE else ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None while waiting, and where that is not computable."""
        return self.capaian.reached if self.capaian else None

    @property
    def efficiency(self) -> Decimal | None:
        """Tingkat efisiensi, or None."""
        return _efficiency(self.capaian, self.spending, self.rules)

    @property
    def efficient(self) -> bool | None:
        """Whether it counts as efisien; None while unknown."""
        return _is_efficient(self.efficiency, self.capaian, self.rules)

    def against(self, standard: StandardFigure) -> Decimal | None:
        """Realisasi / figure of a standard x 100 (table ``standar``); None where that cannot be computed."""
        ours, theirs = self.realisasi.value, standard.value
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
        rules: The office's.
    """

    row: ProgramRow
    capaian: Capaian
    spending: Spending | None
    figure: str = ""
    illustrative: bool = False
    note: str = ""
    rules: Rules = DEFAULT

    @property
    def computed(self) -> bool:
        """Whether its realisasi is computed and not the office's own word."""
        return bool(self.note)

    @property
    def efficiency(self) -> Decimal | None:
        """Tingkat efisiensi, or None."""
        return _efficiency(self.capaian, self.spending, self.rules)

    @property
    def efficient(self) -> bool | None:
        """Whether it counts as efisien; None while unknown."""
        return _is_efficient(self.efficiency, self.capaian, self.rules)


def _efficiency(capaian: Capaian | None, spending: Spending | None, rules: Rules) -> Decimal | None:
    absorbed = spending.absorbed if spending else None
    if capaian is None or capaian.percent is None or absorbed is None:
        return None
    return efficiency(capaian.percent, absorbed, rules.efficiency.meaning)


def _is_efficient(level: Decimal | None, capaian: Capaian | None, rules: Rules) -> bool | None:
    if level is None or capaian is None:
        return None
    return is_efficient(level, rules.efficiency.meaning, reached=bool(capaian.reached))


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

    @property
    def rules(self) -> Rules:
        """The office's rules of measuring."""
        return self.agency.rules

    @property
    def tally(self) -> Tally:
        """All indicators by where they stand."""
        return tally(self.indicators.values())

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
        """The indicators with an end target in the Renstra, the newest agreement's first."""
        order = dict.fromkeys([*self.agency.year.versions[-1].targets, *self.indicators])
        return [m for m in map(self.indicators.__getitem__, order) if m.end_target is not None]

    @property
    def iku(self) -> list[MeasuredIndicator]:
        """The key indicators in the order of the IKU sheet."""
        sheets = [m for m in self.indicators.values() if m.indicator.iku]
        return sorted(sheets, key=lambda m: m.indicator.iku.number if m.indicator.iku else 0)

    @property
    def headline(self) -> list[MeasuredIndicator]:
        """The indicators whose capaian tables ``capaian`` and ``tahun-lalu`` show.

        The key indicators; all of them where the office names none, or has no budget and with it no
        table ``efisiensi`` that shows the others' capaian.
        """
        if self.iku and self.has_budget:
            return self.iku
        return [
            self.indicators[name]
            for tujuan in self.agency.renstra.tujuan
            for name in (*tujuan.indicators, *(i for s in tujuan.sasaran for i in s.indicators))
        ]

    @property
    def programs_have_targets(self) -> bool:
        """Whether any program has a target of its own, and not its budget alone."""
        return any(p.row.target is not None for p in self.programs)

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
        """The indicators whose realisasi its source may still revise."""
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

    def average(self, members: Sequence[MeasuredIndicator]) -> Decimal | None:
        """Mean capaian of some indicators, as the office's rules take it; None where there is none."""
        capaian = [m.capaian.averaged if m.capaian else None for m in members]
        return average(capaian, self.rules.averages.over)

    @cached_property
    def total(self) -> Spending:
        """The sum of all programs."""
        rows = [p.spending for p in self.programs if p.row.level is Level.PROGRAM and p.spending]
        return Spending(sum((s.budget for s in rows), Decimal(0)), sum((s.spent for s in rows), Decimal(0)))
