"""How realisasi stands to its target: the capaian of one indicator.

Formulas: higher is better, realisasi / target x 100; lower is better, either
target / realisasi x 100 (the report's table 3.9, 14,8 / 11,70) or
(2 x target - realisasi) / target x 100 (PermenPANRB 53/2014, lampiran II).

What a ratio cannot say is decided here and explained in the ``note`` of the answer: a target of
zero, values below zero, a realisasi of zero where less is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from capaian.exact import percent
from capaian.values import GRADES, Grade, Quantity, Range, Value
from core.numbers import format_number


class Direction(StrEnum):
    """Whether more or less of the indicator is the better."""

    HIGHER = "higher"
    LOWER = "lower"


class Method(StrEnum):
    """How capaian of a lower-is-better indicator is computed."""

    RATIO = "ratio"
    PERMENPANRB = "permenpanrb"


@dataclass(frozen=True)
class Capaian:
    """The answer of a measurement.

    Attributes:
        percent: In per cent, exact; None where no number can be defined.
        formula: In Indonesian, with the numbers put in, ``16,24 / 7 x 100``.
        note: Why there is no number, or which rule gave it where the ratio could not.
        reached: Whether the target is reached; None where the two cannot be compared.
    """

    percent: Decimal | None
    formula: str
    note: str = ""
    reached: bool | None = None


HUNDRED = Decimal(100)
ZERO = Decimal(0)


def measure(
    target: Value,
    realisasi: Value,
    *,
    direction: Direction = Direction.HIGHER,
    method: Method = Method.RATIO,
) -> Capaian:
    """Measure a realisasi against its target.

    A range as target counts by the bound that is nearer in the good direction's sense: reached
    inside it is 100. Letter grades are ordinal: as good as the target or better is 100, each step
    below takes an equal part of the scale away.

    Args:
        target: Of the indicator's document.
        realisasi: What was reached.
        direction: Whether more or less is better.
        method: For lower-is-better, which of the two formulas.

    Returns:
        The capaian; never an exception, an infinity or a silent zero.
    """
    if isinstance(target, Grade) or isinstance(realisasi, Grade):
        return _measure_grades(target, realisasi)
    if isinstance(realisasi, Range):
        return Capaian(None, "", "Realisasi berupa rentang, sehingga capaian tidak dapat dihitung.")
    if _unit(target) != _unit(realisasi):
        return Capaian(
            None,
            "",
            f"Satuan target ({target.unit or 'tanpa satuan'}) dan realisasi "
            f"({realisasi.unit or 'tanpa satuan'}) berbeda, sehingga capaian tidak dapat dihitung.",
        )
    if isinstance(target, Range):
        return _measure_range(target, realisasi, direction, method)
    return _measure_amounts(target.amount, realisasi.amount, direction, method)


def _unit(value: Quantity | Range) -> str:
    return "".join(value.unit.split()).casefold()


def _measure_range(target: Range, realisasi: Quantity, direction: Direction, method: Method) -> Capaian:
    if target.low <= realisasi.amount <= target.high:
        return Capaian(
            HUNDRED, f"{_text(realisasi.amount)} di dalam rentang {target}", "Di dalam rentang target.", True
        )
    bound = target.low if realisasi.amount < target.low else target.high
    return _measure_amounts(bound, realisasi.amount, direction, method)


def _measure_amounts(target: Decimal, realisasi: Decimal, direction: Direction, method: Method) -> Capaian:
    reached = realisasi >= target if direction is Direction.HIGHER else realisasi <= target
    t, r = _text(target), _text(realisasi)
    if direction is Direction.LOWER and method is Method.PERMENPANRB and target > 0:
        return Capaian(percent(2 * target - realisasi, target), f"(2 x {t} - {r}) / {t} x 100", "", reached)
    if target <= 0 or (direction is Direction.LOWER and realisasi <= 0):
        return _measure_beyond_ratio(target, realisasi, direction, reached)
    if direction is Direction.LOWER:
        return Capaian(percent(target, realisasi), f"{t} / {r} x 100", "", reached)
    return Capaian(percent(realisasi, target), f"{r} / {t} x 100", "", reached)


def _measure_beyond_ratio(
    target: Decimal, realisasi: Decimal, direction: Direction, reached: bool
) -> Capaian:
    """What a plain ratio gets wrong: zero divides nothing, and two minuses make a plus.

    With a target below zero the distance from it counts, (1 + (R - T) / |T|) x 100, turned round
    where less is better (the same idea as PermenPANRB's second formula). With a zero where it
    would divide, only reached (100) or not reached (0) can be said.
    """
    t, r = _text(target), _text(realisasi)
    if target < 0:
        gain = realisasi - target if direction is Direction.HIGHER else target - realisasi
        sign = f"{r} - ({t})" if direction is Direction.HIGHER else f"{t} - ({r})"
        return Capaian(
            HUNDRED + percent(gain, abs(target)),
            f"(1 + ({sign}) / {_text(abs(target))}) x 100",
            "Target di bawah nol: yang dihitung jarak realisasi dari target.",
            reached,
        )
    what = "Target nol" if target == 0 else "Realisasi nol atau di bawah nol"
    return Capaian(
        HUNDRED if reached else ZERO,
        f"{r} dibandingkan dengan {t}",
        f"{what} tidak dapat menjadi pembagi: tercapai dihitung 100, tidak tercapai 0.",
        reached,
    )


def _measure_grades(target: Value, realisasi: Value) -> Capaian:
    if not (isinstance(target, Grade) and isinstance(realisasi, Grade)):
        return Capaian(None, "", "Target dan realisasi tidak sama-sama berupa predikat huruf.")
    distance = GRADES.index(realisasi.letter) - GRADES.index(target.letter)
    formula = f"predikat {realisasi} dibandingkan dengan {target}"
    if distance <= 0:
        note = "" if distance == 0 else "Predikat di atas target dihitung 100."
        return Capaian(HUNDRED, formula, note, True)
    steps = Decimal(len(GRADES) - GRADES.index(target.letter))
    left = percent(steps - distance, steps)
    return Capaian(
        left, formula, f"{distance} tingkat di bawah target pada skala {', '.join(GRADES)}.", False
    )


def _text(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return format_number(value, places) if places <= 4 else format_number(value, 4, trim=True)
