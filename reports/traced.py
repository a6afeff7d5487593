"""Names by which a figure leads to its card, where that is not the indicator's own, and figures in sentences.

An indicator's card bears the indicator's id, which is a word without a colon. A sentence is text alone
wherever it goes but to the page, so its figures lead to their cards by letters that no text has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reports.measured import MeasuredIndicator, MeasuredProgram
from reports.wording import DAGGER, NOTHING

TOTAL = "program:jumlah"
"""Of the sums over all programs."""
PLANNED = "program:jumlah-awal", "program:jumlah-perubahan"
"""Of the sums of the first budgets, and of those after the revision."""
MONTHS = "anggaran:bulan"
"""Of the absorption month by month."""
FLUCTUATION, STABLE, PRICES = "harga:fluktuasi", "harga:stabil", "harga:dasar"
"""Of the fluctuation of prices, of the share of stable commodities, and of the prices behind both."""
AVERAGES = {"tujuan": "rata-rata:tujuan", "sasaran": "rata-rata:sasaran"}
COUNTED, OBJECTIVES = "hitungan:semua", "hitungan:sasaran"
"""Of how many indicators stand where, of all and of the sasaran."""

_OPEN, _LEADS, _CLOSE = "\ue010", "\ue011", "\ue012"
_TOLD = re.compile(f"{_OPEN}([^{_LEADS}]*){_LEADS}([^{_CLOSE}]*){_CLOSE}")
Told = Mapping[str, tuple[str, ...]]
"""Sentences by their names, the figures in them marked."""


def of_program(program: MeasuredProgram, text: str = "") -> str:
    """The name of what is computed of a program or kegiatan; empty where ``text`` says that nothing is."""
    return "" if _nothing(text) else of_row(program.row.key)


def of_row(key: str) -> str:
    """The same by the key of the program or kegiatan."""
    return f"program:{key}"


def of_earlier(measured: MeasuredIndicator, text: str = "") -> str:
    """The name of what is known of an indicator's earlier years; empty where ``text`` shows nothing."""
    return "" if _nothing(text) else before_of(measured.id)


def before_of(indicator: str) -> str:
    """The same by the indicator's id."""
    return f"{indicator}:lalu"


def of_quarters(measured: MeasuredIndicator, text: str = "") -> str:
    """The name of what is computed of an indicator's quarters; empty where ``text`` shows nothing."""
    return "" if _nothing(text) else f"{measured.id}:triwulan"


def of_course(measured: MeasuredIndicator) -> str:
    """The name of an indicator's years in the picture of PDRB."""
    return f"{measured.id}:pdrb"


def of_share(measured: MeasuredIndicator) -> str:
    """The name of the share of all spending that stands behind an indicator."""
    return f"{measured.id}:belanja"


def of_commodity(commodity: str) -> str:
    """The name of a commodity's year of prices."""
    return f"komoditas:{commodity}"


def told(figure: str, text: str) -> str:
    """A figure within a sentence, which leads to its card; what shows nothing leads nowhere."""
    return f"{_OPEN}{figure}{_LEADS}{text}{_CLOSE}" if figure and not _nothing(text) else text


def parts(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence in pieces: to which card each leads, empty where to none, and its words."""
    place = 0
    for found in _TOLD.finditer(sentence):
        yield "", sentence[place : found.start()]
        yield found[1], found[2]
        place = found.end()
    yield "", sentence[place:]


def plain(sentence: str) -> str:
    """A sentence as everybody but the page shows it."""
    return _TOLD.sub(r"\2", sentence)


def plainly(sentences: Told) -> dict[str, tuple[str, ...]]:
    """The same of all sentences."""
    return {name: tuple(map(plain, each)) for name, each in sentences.items()}


def _nothing(text: str) -> bool:
    return text.strip(f"%{DAGGER}") == NOTHING
