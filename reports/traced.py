"""Names by which a cell leads to the card of its figure, where that is not the indicator's own.

An indicator's card bears the indicator's id, which is a word without a colon.
"""

from __future__ import annotations

from reports.measured import MeasuredIndicator, MeasuredProgram
from reports.wording import DAGGER, NOTHING

TOTAL = "program:jumlah"
"""Of the sums over all programs."""


def of_program(program: MeasuredProgram, text: str = "") -> str:
    """The name of what is computed of a program or kegiatan; empty where ``text`` says that nothing is."""
    return "" if _nothing(text) else f"program:{program.row.key}"


def of_earlier(measured: MeasuredIndicator, text: str = "") -> str:
    """The name of what is computed of an indicator's earlier years; empty where ``text`` shows nothing."""
    return "" if _nothing(text) else f"{measured.id}:lalu"


def of_quarters(measured: MeasuredIndicator, text: str = "") -> str:
    """The name of what is computed of an indicator's quarters; empty where ``text`` shows nothing."""
    return "" if _nothing(text) else f"{measured.id}:triwulan"


def _nothing(text: str) -> bool:
    return text.strip(f"%{DAGGER}") == NOTHING
