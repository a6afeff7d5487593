"""What several pictures say below themselves, as tables do: what the signs mean, and the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.lists import join_words
from reports.budget.words import LEGEND as BUDGET_LEGEND
from reports.budget.words import budget_mark, source_line
from reports.measured import Measured, MeasuredIndicator
from reports.wording import legends, owners_of

_MOST_SOURCES = 6
"""More are told to be several, since each figure's own source stands in the tables."""


def notes_of(shown: Sequence[MeasuredIndicator], texts: Iterable[str]) -> tuple[str, ...]:
    """The signs that stand in some texts, and who the figures of some indicators are from."""
    owners = owners_of(m.realisasi for m in shown)
    return (*legends(list(texts), owners), *_sources(shown))


def _sources(shown: Sequence[MeasuredIndicator]) -> tuple[str, ...]:
    named = list(
        dict.fromkeys(m.indicator.source_label for m in shown if m.indicator.source_label.strip("- "))
    )
    if not named:
        return ()
    if len(named) > _MOST_SOURCES:
        return (
            f"Sumber: {len(named)} sumber; milik setiap indikator disebut dalam lampiran Asal-Usul Angka.",
        )
    return (f"Sumber: {join_words(named)}.",)


def budget_notes(measured: Measured) -> tuple[str, ...]:
    """Whether amounts are an illustration, and where they are from."""
    source = source_line(measured) or f"Data anggaran {measured.agency.office.short_name}"
    return (*([f"{BUDGET_LEGEND}."] if budget_mark(measured) else []), f"Sumber: {source}.")
