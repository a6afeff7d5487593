"""The cards of what is taken over several indicators: their averages, and how many stand where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from capaian.rules import Over
from core.numbers import format_number
from reports import traced, wording
from reports.cards.card import Card, Piece
from reports.measured import Measured, MeasuredIndicator
from reports.standing import WORDS, Standing

_WHICH = {
    Over.ALL: "Hanya ada bila capaian semua indikatornya dapat dihitung.",
    Over.COMPUTABLE: "Diambil dari indikator yang capaiannya dapat dihitung.",
}
EXACT = "Dihitung dari capaian yang tidak dibulatkan."


def average_cards(measured: Measured) -> Iterator[Card]:
    """The averages of BAB IV, as far as there are any."""
    for word, members in (("tujuan", measured.goals), ("sasaran", measured.objectives)):
        mean = measured.average(members)
        if mean is not None:
            yield _average(measured, word, members, mean)


def _average(measured: Measured, word: str, members: Sequence[MeasuredIndicator], mean: Decimal) -> Card:
    known = [(m, m.capaian.averaged) for m in members if m.capaian and m.capaian.averaged is not None]
    sums = " + ".join(_number(averaged) for _, averaged in known)
    category = measured.rules.categories.find(mean)
    scale = f" ({category.printed})" if category.printed else ""
    shown = wording.write_percent(mean) + wording.marks_of(m.realisasi for m, _ in known)
    return Card(
        traced.AVERAGES[word],
        f"Rata-rata capaian {len(known)} indikator {word}: {shown}",
        (
            ("Rata-rata", f"({sums}) / {len(known)} = {shown}"),
            ("Kategori", f"{category.name}{scale}"),
        ),
        pieces=tuple(_piece(m, averaged) for m, averaged in known),
        notes=(f"{EXACT} {_WHICH[measured.rules.averages.over]}",),
    )


def _number(percent: Decimal) -> str:
    return wording.write_percent(percent).removesuffix("%")


def _piece(m: MeasuredIndicator, averaged: Decimal) -> Piece:
    capped = (
        "" if averaged == m.percent else f", dirata-rata sebagai {format_number(averaged, 2, trim=True)}%"
    )
    text = f"capaian {wording.show_percent(m)}{capped}"
    return Piece(m.indicator.name, text, (m.realisasi.source,) if m.realisasi.source else ())


def count_cards(measured: Measured) -> Iterator[Card]:
    """How many indicators stand where, each named."""
    yield _count(traced.COUNTED, "indikator", list(measured.indicators.values()))
    yield _count(traced.OBJECTIVES, "indikator sasaran", measured.objectives)


def _count(figure: str, what: str, members: Sequence[MeasuredIndicator]) -> Card:
    groups = {standing: [m for m in members if m.standing is standing] for standing in Standing}
    lines = tuple(
        (
            f"{len(found)} {WORDS[standing]}",
            "; ".join(f"{m.indicator.name}{_level(m)}" for m in found),
        )
        for standing, found in groups.items()
        if found
    )
    return Card(figure, f"{len(members)} {what} menurut capaiannya", lines)


def _level(m: MeasuredIndicator) -> str:
    return "" if m.percent is None else f" ({wording.show_percent(m)})"
