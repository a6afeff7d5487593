"""How figures are written in tables and sentences, with the marks a reader must see.

BPS marks provisional years with stars in its own books (``2024*``, ``2025**``); the report does
the same with every figure that its source may still revise, says whose it is, and puts a dagger behind
every figure that is illustrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from capaian.rules import Meaning, Rules
from capaian.values import Quantity, Value
from core.dates import format_date
from core.lists import join_words
from core.numbers import format_number, format_percent, round_half_up
from reports.measured import MeasuredIndicator
from reports.realisasi import Input, Realisasi, State
from reports.table import Mark

NOTHING = "-"
NOT_COMPUTABLE = "Tidak dapat dihitung"
"""In the place of a realisasi of whose inputs nothing can be computed."""
MOST_PLACES = 30
DAGGER = "†"
NOT_REAL = "bukan rilis BPS atau harga pasar"
"""What an illustrative figure is not, said wherever one stands."""
ILLUSTRATED = f"{DAGGER} Angka ilustrasi untuk peragaan, {NOT_REAL}."
_STARS = {"**": "** Angka sangat sementara menurut", "*": "* Angka sementara menurut"}


def write_value(value: Value | None) -> str:
    """A target or realisasi; a computed one with two decimals, a dash where there is none yet."""
    if value is None:
        return NOTHING
    if isinstance(value, Quantity) and -int(value.amount.as_tuple().exponent) > 2:
        return str(Quantity(round_half_up(value.amount, 2), value.unit))
    return str(value)


def write_percent(percent: Decimal | None, bound: Decimal = Decimal(100)) -> str:
    """A capaian: whole where it is whole (``232%``), else with two decimals (``62,86%``).

    One just below 100, or below another bound, never looks like it: it gets as many decimals as it
    needs (``99,998%``).
    """
    if percent is None:
        return NOTHING
    rounded = shown_percent(percent, bound)
    whole = rounded == rounded.to_integral_value()
    return format_percent(rounded, 0 if whole else max(0, -int(rounded.as_tuple().exponent)))


def shown_percent(percent: Decimal, bound: Decimal = Decimal(100)) -> Decimal:
    """The number that :func:`write_percent` shows."""
    return round_half_up(percent, _places(percent, bound))


def write_ratio(ratio: Decimal | None) -> str:
    """A tingkat efisiensi with two decimals; one just below 1 with as many as it needs (``0,996``)."""
    return NOTHING if ratio is None else format_number(ratio, _places(ratio, Decimal(1)))


def write_level(level: Decimal | None, rules: Rules) -> str:
    """A tingkat efisiensi as the office means it: a ratio, or per cent of the budget that was left."""
    if level is None or rules.efficiency.meaning is Meaning.RATIO:
        return write_ratio(level)
    return format_percent(level, _places(level, Decimal(0)))


def exceeds(percent: Decimal | None) -> bool:
    """Whether a capaian lies above 100 as it is shown."""
    return percent is not None and round_half_up(percent, 2) > 100


def compare_shown(one: Decimal, other: Decimal, shown: tuple[Decimal, Decimal]) -> str:
    """How a figure stands to another, never against what the reader sees.

    Args:
        one: The figure, exact.
        other: The one it is compared with, exact.
        shown: Both as they are shown.

    Returns:
        ``sama dengan``, ``lebih tinggi dari``, ``lebih rendah dari``, or ``hampir sama dengan`` where the
        two differ by less than their decimals show.
    """
    if one == other:
        return "sama dengan"
    if shown[0] == shown[1]:
        return "hampir sama dengan"
    return "lebih tinggi dari" if one > other else "lebih rendah dari"


def _places(value: Decimal, bound: Decimal) -> int:
    """Two decimals, or more where rounding would lift the value onto a bound that it does not reach."""
    places = 2
    while value < bound and places < MOST_PLACES and round_half_up(value, places) >= bound:
        places += 1
    return places


def marks(realisasi: Realisasi) -> str:
    """The signs behind a figure: stars for a provisional one, a dagger for an illustration."""
    statuses = {realisasi.status, *(entry.status for entry in realisasi.inputs)}
    stars = ""
    if realisasi.state is State.PROVISIONAL:
        stars = "**" if "sangat sementara" in statuses else "*"
    return stars + (DAGGER if realisasi.illustrative else "")


def marks_of(several: Iterable[Realisasi]) -> str:
    """The signs behind one figure of several realisasi: the most stars among them, and every dagger."""
    signs = [marks(realisasi) for realisasi in several]
    stars = max((sign.removesuffix(DAGGER) for sign in signs), key=len, default="")
    return stars + (DAGGER if any(sign.endswith(DAGGER) for sign in signs) else "")


def legends(texts: list[str], owners: Sequence[str] = ()) -> tuple[str, ...]:
    """The explanations of the signs that stand in some texts.

    Args:
        texts: Whose signs are explained.
        owners: Whose the provisional figures among them are.
    """
    ends = [re.search(r"\**$", text.rstrip().removesuffix(DAGGER)) for text in texts]
    found = {end[0] for end in ends if end}
    whose = join_words(list(owners)) or "sumbernya"
    stars = [f"{words} {whose}." for sign, words in _STARS.items() if sign in found]
    return (*stars, *([ILLUSTRATED] if any(text.rstrip().endswith(DAGGER) for text in texts) else []))


def owners_of(realisasi: Iterable[Realisasi]) -> list[str]:
    """Whose the provisional ones among some realisasi are, each once."""
    named = (each.institution for each in realisasi if each.state is State.PROVISIONAL)
    return list(dict.fromkeys(name for name in named if name))


def mark_of(realisasi: Realisasi) -> Mark:
    """The mark of a cell that shows the realisasi or something computed from it."""
    if realisasi.state is State.WAITING:
        return "waiting"
    if realisasi.illustrative:
        return "illustrative"
    return "provisional" if realisasi.state is State.PROVISIONAL else ""


def write_realisasi(realisasi: Realisasi) -> str:
    """The realisasi without signs; one computed of sources always with two decimals; empty while waiting."""
    value = realisasi.value
    if value is None:
        return ""
    if realisasi.formula and not realisasi.of_quarters and isinstance(value, Quantity):
        return str(Quantity(round_half_up(value.amount, 2), value.unit))
    return write_value(value)


def show_realisasi(realisasi: Realisasi) -> str:
    """The realisasi with its signs, or why it waits, or that it cannot be computed."""
    if realisasi.state is State.NOT_COMPUTABLE:
        return NOT_COMPUTABLE
    return realisasi.reason if realisasi.value is None else write_realisasi(realisasi) + marks(realisasi)


def show_percent(measured: MeasuredIndicator) -> str:
    """The capaian with the signs of its realisasi."""
    if measured.percent is None:
        return NOTHING
    return write_percent(measured.percent) + marks(measured.realisasi)


def show_progress(measured: MeasuredIndicator) -> str:
    """Tingkat kemajuan with two decimals and the signs of its realisasi."""
    if measured.progress is None or measured.progress.percent is None:
        return NOTHING
    return format_number(measured.progress.percent, 2) + marks(measured.realisasi)


def show_efficiency(measured: MeasuredIndicator) -> str:
    """Tingkat efisiensi with the signs of the realisasi."""
    if measured.efficiency is None:
        return NOTHING
    return write_level(measured.efficiency, measured.rules) + marks(measured.realisasi)


def goal_words(m: MeasuredIndicator) -> str:
    """The tujuan or sasaran of an indicator; with the indicator's name where it has several."""
    return m.goal.text if len(m.goal.indicators) == 1 else f"{m.goal.text} (indikator {m.indicator.name})"


def write_input(entry: Input) -> str:
    """Name and value of what a figure is computed from."""
    return f"{entry.name} = {write_amount(entry)}"


def write_amount(entry: Input) -> str:
    """The value of what a figure is computed from, with all its decimals and its unit."""
    value = format_number(entry.value, max(0, -int(entry.value.as_tuple().exponent)))
    unit = entry.unit if entry.unit == "%" else f" {entry.unit}"
    return f"{value}{unit}".rstrip()


def facts_of(entry: Input, kept: str = "") -> tuple[str, ...]:
    """What is known of an input: status, release, where or when it was kept, whether it is invented.

    Args:
        entry: The input.
        kept: What the place that tells of it says of its bytes; empty where it says nothing.
    """
    released = f"rilis {format_date(entry.released_on)}" if entry.released_on else ""
    told = (entry.status, released, kept, "ilustrasi" if entry.illustrative else "")
    return tuple(filter(None, told))
