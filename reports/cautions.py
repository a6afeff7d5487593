"""What a sentence adds on the figures that it states: illustrative ones, and those that may be revised."""

from __future__ import annotations

from collections.abc import Sequence

from core.lists import join_words
from reports.measured import MeasuredIndicator
from reports.wording import NOT_REAL, marks, owners_of


def caution(m: MeasuredIndicator) -> str:
    """What a reader must know of an indicator's figures, behind a sentence that states them."""
    return caution_of([m])


def caution_of(members: Sequence[MeasuredIndicator]) -> str:
    """The same of several indicators: the weightiest caution."""
    return _weightiest(members, "angka ini", "angka ini masih {} menurut {} dan dapat direvisi")


def basis_of(members: Sequence[MeasuredIndicator]) -> str:
    """The same caution, for a sentence that judges by figures without naming them."""
    return _weightiest(
        members, "sebagian dinilai dari angka", "sebagian dinilai dari angka {} {} yang dapat direvisi"
    )


def _weightiest(members: Sequence[MeasuredIndicator], figures: str, provisional: str) -> str:
    if any(m.realisasi.illustrative for m in members):
        return f"; {figures} ilustrasi untuk peragaan, {NOT_REAL}"
    if any(m.realisasi.state.value == "provisional" for m in members):
        return f"; {provisional.format(how_provisional(members), _owners(members))}"
    return ""


def how_provisional(members: Sequence[MeasuredIndicator]) -> str:
    """The sources' own word for the least settled of some figures."""
    very = any(marks(m.realisasi).startswith("**") for m in members)
    return "sangat sementara" if very else "sementara"


def _owners(members: Sequence[MeasuredIndicator]) -> str:
    return join_words(owners_of(m.realisasi for m in members)) or "sumbernya"
