"""The figures of which a report of the present moment is made: realisasi, prices and budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from jobs.budget.year import gather_budget
from jobs.prices.year import present_prices
from jobs.report.entries.figures import entered_realisasi
from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from reports.budget.evidence import BudgetEvidence
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi


@dataclass(frozen=True)
class Figures:
    """Attributes:
    realisasi: By indicator and year.
    prices: Of the reporting year; None where the office measures none or none are stored.
    budget: Of the reporting year; None where no file of it is kept.
    """

    realisasi: Mapping[tuple[str, int], Realisasi]
    prices: PriceEvidence | None
    budget: BudgetEvidence | None = None

    @property
    def reported_prices(self) -> PriceEvidence | None:
        """The prices that a report may tell: those of a year that is over."""
        return self.prices if self.prices is not None and self.prices.complete else None


def present_figures(session: Session, workspace: Workspace) -> Figures:
    """Gather prices, budget and entered figures, and select every realisasi.

    Raises:
        AgencyDataError: A commodity of the office is not in the register, or an entered figure no longer
            fits the office's data.
    """
    agency, prices = workspace.agency, present_prices(session, workspace)
    realisasi = select_realisasi(session, agency, prices, entered_realisasi(session, workspace))
    return Figures(realisasi, prices, gather_budget(session, agency))
