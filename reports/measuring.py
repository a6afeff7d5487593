"""Computes every figure of a year: each indicator against its targets, each program against its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from capaian.cumulative import Cumulated, cumulate
from capaian.measure import Capaian, measure
from capaian.rules import Rules
from capaian.values import Quantity, Value
from office.schema import (
    Agency,
    Indicator,
    Level,
    MeasureKind,
    ProgramRow,
    Reported,
    Sasaran,
    TargetVersion,
    Tujuan,
)
from office.standards import figure_named, newest_of_each
from reports.budget.evidence import BudgetEvidence, differences_from_office, with_budget
from reports.measured import (
    EarlierYear,
    Measured,
    MeasuredIndicator,
    MeasuredProgram,
    MeasuredQuarter,
    Spending,
)
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi, State


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

    cumulated = _cumulated(agency, indicator, realisasi, year.year)
    previous_cumulated = _cumulated(agency, indicator, realisasi, year.previous_year)

    def against(
        goal_value: Value | None,
        reached: Realisasi | None,
        total: Cumulated | None,
        *,
        stated: bool = True,
    ) -> Capaian | None:
        if goal_value is None or reached is None:
            return None
        return measure_by(agency, indicator, goal_value, reached, total, stated=stated)

    behind = [budgets[number] for number in indicator.programs]
    own = _reported(agency, indicator.id, year.year)
    words = own or next((each for each in agency.explained if each.indicator == indicator.id), None)
    return MeasuredIndicator(
        indicator=indicator,
        goal=goal,
        version=version,
        target=target,
        realisasi=taken,
        capaian=against(target, taken, cumulated),
        previous_target=previous_target,
        previous=previous,
        previous_capaian=against(previous_target, previous, previous_cumulated),
        end_target=end_target,
        progress=against(end_target, taken, cumulated, stated=False),
        standards=newest_of_each(agency.national, indicator.id, year.year),
        spending=Spending(
            sum((s.budget for s in behind), Decimal(0)), sum((s.spent for s in behind), Decimal(0))
        ),
        earlier=_earlier(agency, indicator, realisasi),
        rules=agency.rules,
        quarters=tuple(_quarters(agency, indicator)),
        cumulated=cumulated,
        previous_cumulated=previous_cumulated,
        cause=words.cause if words else "",
        solution=words.solution if words else "",
    )


def _earlier(
    agency: Agency, indicator: Indicator, realisasi: Mapping[tuple[str, int], Realisasi]
) -> tuple[EarlierYear, ...]:
    results = []
    for name, year in sorted(realisasi):
        if name != indicator.id or year >= agency.year.previous_year:
            continue
        taken, reported = realisasi[name, year], _reported(agency, name, year)
        target = reported.target if reported and reported.target else indicator.renstra_targets.get(year)
        total = _cumulated(agency, indicator, realisasi, year)
        capaian = None if target is None else measure_by(agency, indicator, target, taken, cumulated=total)
        results.append(EarlierYear(year, target, taken, capaian))
    return tuple(results)


def _cumulated(
    agency: Agency, indicator: Indicator, realisasi: Mapping[tuple[str, int], Realisasi], year: int
) -> Cumulated | None:
    """What counts from the first year of the Renstra to a year; None of other targets, and while it waits."""
    taken = realisasi.get((indicator.id, year))
    if not indicator.cumulative or taken is None or taken.value is None:
        return None
    years = range(agency.renstra.first_year, year + 1)
    known = {y: each for y in years if (each := realisasi.get((indicator.id, y)))}
    provisional = tuple(y for y in years[:-1] if y in known and known[y].state is State.PROVISIONAL)
    total = cumulate(years, {y: each.value for y, each in known.items()})
    return replace(total, provisional=provisional)


def _quarters(agency: Agency, indicator: Indicator) -> Iterator[MeasuredQuarter]:
    """Each quarter against its own target."""
    for number, row in sorted(agency.quarters_of(indicator.id).items()):
        capaian = None
        if row.target is not None and row.realisasi is not None:
            taken = Realisasi(indicator.id, agency.year.year, State.REPORTED, row.realisasi)
            capaian = measure_by(agency, indicator, row.target, taken, stated=False)
        yield MeasuredQuarter(number, row.target, row.realisasi, capaian)


def measure_by(
    agency: Agency,
    indicator: Indicator,
    target: Value,
    realisasi: Realisasi,
    cumulated: Cumulated | None = None,
    *,
    stated: bool = True,
) -> Capaian | None:
    """Measure a realisasi by its indicator's formula and scale and the office's rules; None while it waits.

    One that cannot be computed has no capaian either, for the same reason.

    Args:
        agency: The office's data, with its rules and the figures that a target may be relative to.
        indicator: Whose realisasi it is.
        target: Of the realisasi's year, or of the end of the Renstra.
        realisasi: Of any year.
        cumulated: What counts in the realisasi's place against a target over several years.
        stated: Whether the capaian that the office states is one against this target.
    """
    if realisasi.state is State.NOT_COMPUTABLE:
        return Capaian(None, "", realisasi.reason)
    if realisasi.value is None:
        return None
    if cumulated is not None and cumulated.value is None:
        return Capaian(None, "", cumulated.why_not)
    others = [n for n in agency.national if (n.indicator, n.year) == (indicator.id, realisasi.year)]
    found = measure(
        target,
        cumulated.value if cumulated is not None and cumulated.value is not None else realisasi.value,
        direction=indicator.direction,
        formula=indicator.formula,
        scale=indicator.scale,
        other=figure_named(target, others),
        stated=realisasi.stated if stated else None,
        rules=agency.rules,
    )
    if cumulated is None or not cumulated.formula or not found.formula:
        return found
    return replace(found, formula=f"{cumulated.formula}; {found.formula}")


def _measure_program(agency: Agency, row: ProgramRow, prices: PriceEvidence | None) -> MeasuredProgram:
    budget = row.budget_revised if row.budget_revised is not None else row.budget_initial
    spending = Spending(budget, row.spent) if budget is not None and row.spent is not None else None
    rules = agency.rules
    reported = MeasuredProgram(row, _capaian_of_program(row, rules), spending, rules=rules)
    if agency.prices is None or prices is None or row.key != agency.prices.stable_program:
        return reported
    share = prices.fluctuation.stable_share
    if share is None or not prices.suffices(agency.prices.least_measured):
        return reported
    computed = row.model_copy(update={"realisasi": Quantity(share)})
    own = f" Dilaporkan kantor: {row.realisasi}; angka itu berasal dari data lain." if row.realisasi else ""
    return MeasuredProgram(
        computed,
        _capaian_of_program(computed, rules),
        spending,
        figure=_price_indicator(agency),
        illustrative=prices.fluctuation.illustrative,
        note=f"{prices.stable_words}{own}",
        rules=rules,
    )


def _capaian_of_program(row: ProgramRow, rules: Rules) -> Capaian:
    if row.target is None:
        return Capaian(None, "", "Target program tidak ada dalam data.")
    if row.realisasi is None:
        return Capaian(None, "", "Realisasi belum dilaporkan.")
    return measure(row.target, row.realisasi, rules=rules)


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
