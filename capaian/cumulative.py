"""Targets that count from the first year of a Renstra: what is compared with them is a sum of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from capaian.exact import total
from capaian.formulas import number_text, sum_text
from capaian.values import Quantity, Value
from core.lists import join_words


@dataclass(frozen=True)
class Cumulated:
    """The realisasi of several years together.

    Attributes:
        value: Exact; None where it cannot be had.
        formula: ``24 + 31 + 18 = 73``; empty where there is no value, or only one year.
        why_not: Why there is no value, in Indonesian; empty where there is one.
        provisional: The years before the last whose figures may still be revised.
    """

    value: Quantity | None
    formula: str = ""
    why_not: str = ""
    provisional: tuple[int, ...] = ()


def cumulate(years: Sequence[int], realisasi: Mapping[int, Value | None]) -> Cumulated:
    """Add up what was reached year by year.

    Args:
        years: That count, from the first year of the Renstra on.
        realisasi: By year; one that lacks or is None is told, and never taken as nothing.
    """
    if not years:
        return Cumulated(None, why_not="Target kumulatif: tahun itu sebelum masa Renstra.")
    found = {year: value for year in years if isinstance(value := realisasi.get(year), Quantity)}
    lacking = [str(year) for year in years if year not in found]
    if lacking:
        return Cumulated(
            None, why_not=f"Target kumulatif: realisasi tahun {join_words(lacking)} tidak ada dalam data."
        )
    units = {"".join(value.unit.split()).casefold() for value in found.values()}
    if len(units) > 1:
        return Cumulated(None, why_not="Target kumulatif: satuan realisasi tahun-tahunnya berbeda.")
    amounts = [value.amount for value in found.values()]
    value = Quantity(total(amounts), found[years[-1]].unit)
    formula = f"{sum_text(amounts)} = {number_text(value.amount)}" if len(amounts) > 1 else ""
    return Cumulated(value, formula)
