"""The figures of others beside a realisasi as ``standar`` writes them, and whose the figure of a row is."""

from __future__ import annotations

from collections.abc import Sequence

from office.standards import StandardFigure
from reports.measured import Measured, MeasuredIndicator
from reports.wording import write_value


def has_other_standards(measured: Measured) -> bool:
    """Whether any figure is another's than the nation's, so that table ``standar`` says whose each is."""
    return any(not each.is_national for m in measured.indicators.values() for each in m.standards)


def show_standard(figure: StandardFigure, year: int, *, named: bool) -> str:
    """A figure of others, with whose it is where that is asked, and its year where it is not ``year``."""
    whose = f"{_name(figure)} " if named else ""
    return f"{whose}{write_value(figure.value)}" + ("" if figure.year == year else f" ({figure.year})")


def standard_in(row: Sequence[str], m: MeasuredIndicator) -> StandardFigure | None:
    """The figure of others that a row of table ``standar`` shows."""
    named = (each for each in m.standards if any(text.startswith(_name(each)) for text in row))
    return next(named, m.standards[0] if len(m.standards) == 1 else None)


def _name(figure: StandardFigure) -> str:
    return f"{figure.standard}:"
