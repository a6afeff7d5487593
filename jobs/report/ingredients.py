"""What an issue is made of, kept with it: the office's data as they were, and every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from core.errors import AgencyDataError, StorageError
from jobs.report.figures import Figures
from jobs.report.issued.history import HISTORY, read_kept_history, write_history
from jobs.workspace import Workspace
from office.copies import copy_data, load_copy
from office.schema import Agency
from reports.budget.evidence import BudgetEvidence
from reports.content import IssueInfo, Report, build_report
from reports.history import PastIssue
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi

FIGURES = "angka.json"
"""The figures among the files that are kept; beside the history the others are the office's own."""


@dataclass(frozen=True)
class _Figures:
    realisasi: tuple[Realisasi, ...]
    prices: PriceEvidence | None
    budget: BudgetEvidence | None


_AS_JSON = TypeAdapter(_Figures)


def gather_ingredients(
    workspace: Workspace, figures: Figures, history: tuple[PastIssue, ...]
) -> dict[str, bytes]:
    """The files that an issue of the present data is made of, by name.

    Raises:
        AgencyDataError: The office's files were changed while the report was made of them.
    """
    agency = workspace.agency
    copied = copy_data(workspace.agency_folder, agency.year.year)
    if load_copy(copied, agency.office.id, agency.year.year) != agency:
        raise AgencyDataError(
            f"Data kantor {agency.office.id} tahun {agency.year.year} diubah selagi laporan disusun.",
            todo="jalankan lagi sesudah perubahannya selesai.",
        )
    kept = _Figures(tuple(figures.realisasi.values()), figures.reported_prices, figures.budget)
    return {**copied, FIGURES: _AS_JSON.dump_json(kept), HISTORY: write_history(history)}


def report_from(ingredients: Mapping[str, bytes], office: str, year: int, issue: IssueInfo) -> Report:
    """The report that was made of kept files.

    Raises:
        AgencyDataError: The office's data cannot be read by this program.
        StorageError: The figures cannot.
    """
    agency = _agency(ingredients, office, year)
    figures = _figures(ingredients, issue.number, year)
    realisasi = {(entry.indicator, entry.year): entry for entry in figures.realisasi}
    told = replace(issue, history=read_kept_history(ingredients, issue.number))
    return build_report(agency, realisasi, issue=told, prices=figures.prices, budget=figures.budget)


def realisasi_from(
    ingredients: Mapping[str, bytes], number: int, year: int
) -> dict[tuple[str, int], Realisasi]:
    """What each indicator took in the report that was made of kept files, by indicator and year.

    Raises:
        StorageError: As for :func:`report_from`.
    """
    taken = _figures(ingredients, number, year).realisasi
    return {(entry.indicator, entry.year): entry for entry in taken}


def _figures(ingredients: Mapping[str, bytes], number: int, year: int) -> _Figures:
    try:
        return _AS_JSON.validate_json(ingredients[FIGURES])
    except (KeyError, ValidationError) as cause:
        raise StorageError(
            f"Angka terbitan {number} laporan {year} tidak dapat dibaca program ini.",
            todo="pakai berkas terbitan yang tersimpan.",
        ) from cause


def _agency(ingredients: Mapping[str, bytes], office: str, year: int) -> Agency:
    own = {name: data for name, data in ingredients.items() if name not in (FIGURES, HISTORY)}
    return load_copy(own, office, year)
