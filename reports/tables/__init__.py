"""The tables of the report, each built from data alone."""

from __future__ import annotations

from reports.measured import Measured
from reports.prices import tables as prices
from reports.table import Table
from reports.tables import budgets, causes, performance, planning, programs, quarters, years


def build_tables(measured: Measured) -> dict[str, Table]:
    """All tables that have something to show, by name; the book decides which it shows, and numbers them."""
    tables: list[Table | None] = [
        planning.targets_of_renstra(measured),
        planning.key_indicators(measured),
        planning.work_plan(measured),
        planning.agreement(measured),
        planning.programs_initial(measured),
        planning.agreement_revised(measured),
        planning.programs_revised(measured),
        performance.categories(measured.rules),
        performance.key_results(measured),
        quarters.quarterly(measured),
        performance.comparison(measured),
        years.several_years(measured),
        performance.progress_to_end(measured),
        performance.against_standard(measured),
        causes.causes(measured),
        programs.analysis(measured),
        programs.support(measured),
        prices.compare_with_reported(measured),
        budgets.absorption(measured),
        budgets.efficiency_of_goals(measured),
        budgets.efficiency_of_programs(measured),
    ]
    return {table.name: table for table in tables if table is not None}
