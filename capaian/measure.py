"""How realisasi stands to its target: the capaian of one indicator.

Formulas: higher is better, realisasi / target x 100; lower is better, either
target / realisasi x 100 (the report's table ``efisiensi``, 14,8 / 11,70) or
(2 x target - realisasi) / target x 100 (PermenPANRB 53/2014, lampiran II).

What a ratio cannot say is decided here and explained in the ``note`` of the answer: a target of
zero, values below zero, a realisasi of zero where less is better. A capaian that has no number is
not computable: neither reached nor missed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from capaian.exact import percent, settled
from capaian.formulas import number_text
from capaian.rules import DEFAULT, Rules
from capaian.values import Bound, Grade, Quantity, Range, Value
from core.numbers import format_number


class Direction(StrEnum):
    """Whether more or less of the indicator is the better."""

    HIGHER = "higher"
    LOWER = "lower"


class Formula(StrEnum):
    """How the capaian of an indicator is had; T is its target, R its realisasi."""

    HIGHER = "R/T"
    LOWER = "T/R"
    LOWER_BY_DISTANCE = "(2T-R)/T"
    RANGE = "range"
    ORDINAL = "ordinal"
    RELATIVE = "relative"
    STATED = "stated"


FOR_DIRECTION = {
    Formula.HIGHER: Direction.HIGHER,
    Formula.LOWER: Direction.LOWER,
    Formula.LOWER_BY_DISTANCE: Direction.LOWER,
}
"""Formulas that are right for one direction only."""

FOR_TARGET: dict[Formula, type[Value]] = {
    Formula.RANGE: Range,
    Formula.ORDINAL: Grade,
    Formula.RELATIVE: Bound,
}
"""Formulas that need one kind of target."""


@dataclass(frozen=True)
class Capaian:
    """The answer of a measurement.

    Attributes:
        percent: In per cent, exact, capped where the office's rules cap it; None where it is not computable.
        formula: In Indonesian, with the numbers put in, ``16,24 / 7 x 100``.
        note: Why there is no number, or which rule gave it where the ratio could not.
        reached: Whether the target is reached; None where ``percent`` is.
        averaged: What averages take of it.
    """

    percent: Decimal | None
    formula: str
    note: str = ""
    reached: bool | None = None
    averaged: Decimal | None = None


HUNDRED = Decimal(100)
STATED = "dinyatakan kantor"


def measure(
    target: Value,
    realisasi: Value,
    *,
    direction: Direction = Direction.HIGHER,
    formula: Formula | None = None,
    scale: str = "",
    other: Value | None = None,
    stated: Decimal | None = None,
    rules: Rules = DEFAULT,
) -> Capaian:
    """Measure a realisasi against its target.

    A range as target counts by the bound that is nearer in the good direction's sense: reached
    inside it is 100. So does a target relative to another figure, on its one side. Grades are
    ordinal: as good as the target or better is 100, each step below takes an equal part of the scale away.

    Args:
        target: Of the indicator's document.
        realisasi: What was reached.
        direction: Whether more or less is better.
        formula: None takes what follows from the direction and the kind of target.
        scale: Name of the ordinal scale; empty takes the first that has both grades.
        other: The other figure of a relative target that names one.
        stated: The capaian as the office states it, for :attr:`Formula.STATED`.
        rules: The office's.

    Returns:
        The capaian; never an exception, an infinity or a silent zero.
    """
    if formula is Formula.STATED:
        found = _state(stated)
    elif isinstance(target, Grade) or isinstance(realisasi, Grade):
        found = _measure_grades(target, realisasi, scale, rules)
    elif not isinstance(realisasi, Quantity):
        found = _not_computable("Realisasi berupa rentang.")
    else:
        found = _measure_quantity(target, realisasi, other, _How(direction, formula, rules))
    return _capped(found, rules)


def _measure_quantity(
    target: Quantity | Range | Bound, realisasi: Quantity, other: Value | None, how: _How
) -> Capaian:
    if isinstance(target, Bound):
        return _measure_bound(target, realisasi, other, how)
    if _unit(target) != _unit(realisasi):
        return _different_units(target, realisasi)
    if isinstance(target, Range):
        return _measure_range(target, realisasi, how)
    return how.measure(target.amount, realisasi.amount)


def _not_computable(why: str, formula: str = "") -> Capaian:
    return Capaian(None, formula, why)


def _capped(capaian: Capaian, rules: Rules) -> Capaian:
    """The same under the office's cap; both what is shown and what averages take."""
    plain, cap = capaian.percent, rules.cap
    if plain is None:
        return replace(capaian, reached=None)
    plain = settled(plain)
    capped = cap.apply(plain)
    averaged = capped if cap.averaged else plain
    if capped == plain or not cap.shown:
        return replace(capaian, percent=plain, averaged=averaged)
    note = f"Dibatasi {number_text(capped)}%; hasil hitungnya {format_number(plain, 2)}%."
    joined = f"{capaian.note} {note}".strip()
    return replace(
        capaian,
        percent=capped,
        averaged=averaged,
        formula=f"paling banyak {number_text(capped)} dari {capaian.formula}",
        note=joined,
    )


def _state(stated: Decimal | None) -> Capaian:
    if stated is None:
        return _not_computable("Capaiannya harus dinyatakan kantor, dan kantor tidak menyatakannya.")
    return Capaian(stated, STATED, "Capaian dinyatakan kantor, tidak dihitung.", stated >= HUNDRED)


def _unit(value: Quantity | Range) -> str:
    return "".join(value.unit.split()).casefold()


def _different_units(target: Quantity | Range, realisasi: Quantity) -> Capaian:
    return _not_computable(
        f"Satuan target ({target.unit or 'tanpa satuan'}) dan realisasi "
        f"({realisasi.unit or 'tanpa satuan'}) berbeda."
    )


@dataclass(frozen=True)
class _How:
    """Direction, formula and rules by which two amounts are measured."""

    direction: Direction
    formula: Formula | None
    rules: Rules

    def measure(self, target: Decimal, realisasi: Decimal) -> Capaian:
        """The capaian of two amounts."""
        lower = self.direction is Direction.LOWER
        reached = realisasi <= target if lower else realisasi >= target
        t, r = number_text(target), number_text(realisasi)
        if lower and self.formula is Formula.LOWER_BY_DISTANCE and target > 0:
            distance = percent(2 * target - realisasi, target)
            return Capaian(distance, f"(2 x {t} - {r}) / {t} x 100", "", reached)
        if target <= 0 or (lower and realisasi <= 0):
            return self._beyond_ratio(target, realisasi, reached=reached)
        if lower:
            return Capaian(percent(target, realisasi), f"{t} / {r} x 100", "", reached)
        return Capaian(percent(realisasi, target), f"{r} / {t} x 100", "", reached)

    def towards(self, direction: Direction) -> _How:
        """The same where the good side is known by the target itself."""
        return self if direction is self.direction else replace(self, direction=direction)

    def _beyond_ratio(self, target: Decimal, realisasi: Decimal, *, reached: bool) -> Capaian:
        """What a plain ratio gets wrong: zero divides nothing, and two minuses make a plus.

        With a target below zero the distance from it counts, (1 + (R - T) / |T|) x 100, turned round
        where less is better (the same idea as PermenPANRB's second formula). With a zero where it
        would divide, the office's rule says what reached and not reached give.
        """
        t, r = number_text(target), number_text(realisasi)
        if target < 0:
            higher = self.direction is Direction.HIGHER
            gain = realisasi - target if higher else target - realisasi
            sign = f"{r} - ({t})" if higher else f"{t} - ({r})"
            return Capaian(
                HUNDRED + percent(gain, abs(target)),
                f"(1 + ({sign}) / {number_text(abs(target))}) x 100",
                "Target di bawah nol: yang dihitung jarak realisasi dari target.",
                reached,
            )
        what = "Target nol" if target == 0 else "Realisasi nol atau di bawah nol"
        zero = self.rules.zero
        answer = zero.answer(reached=reached)
        if answer is None:
            return _not_computable(f"{what} tidak dapat menjadi pembagi.", f"{r} dibandingkan dengan {t}")
        return Capaian(
            answer,
            f"{r} dibandingkan dengan {t}",
            f"{what} tidak dapat menjadi pembagi: {zero_words(self.rules)}.",
            reached,
        )


def zero_words(rules: Rules) -> str:
    """What a zero gives, in Indonesian: ``tercapai dihitung 100, tidak tercapai 0``."""
    reached, missed = rules.zero.reached, rules.zero.missed
    if reached is None and missed is None:
        return "capaian tidak dapat dihitung"
    if reached is None or missed is None:
        words = "tercapai" if missed is None else "tidak tercapai"
        known = number_text(reached or missed or Decimal(0))
        return f"{words} dihitung {known}, selain itu tidak dapat dihitung"
    return f"tercapai dihitung {number_text(reached)}, tidak tercapai {number_text(missed)}"


def _measure_range(target: Range, realisasi: Quantity, how: _How) -> Capaian:
    if target.low <= realisasi.amount <= target.high:
        return Capaian(
            HUNDRED,
            f"{number_text(realisasi.amount)} di dalam rentang {target}",
            "Di dalam rentang target.",
            True,
        )
    below = realisasi.amount < target.low
    bound = target.low if below else target.high
    if how.formula is not Formula.RANGE:
        return how.measure(bound, realisasi.amount)
    # Such a range is missed on either side, so the bound on that side is measured towards the range.
    return how.towards(Direction.HIGHER if below else Direction.LOWER).measure(bound, realisasi.amount)


def _measure_bound(target: Bound, realisasi: Quantity, other: Value | None, how: _How) -> Capaian:
    figure = target.figure or other
    if not isinstance(figure, Quantity):
        return _not_computable(f"Angka pembandingnya, {target.name}, tidak ada dalam data.")
    if _unit(figure) != _unit(realisasi):
        return _different_units(figure, realisasi)
    t, r = number_text(figure.amount), number_text(realisasi.amount)
    if target.relation.holds(realisasi.amount, figure.amount):
        named = f" ({target.name})" if target.name else ""
        formula = f"{r} {target.relation.value} {t}{named}"
        return Capaian(HUNDRED, formula, "Target relatif: terpenuhi dihitung 100.", True)
    direction = Direction.HIGHER if target.relation.upwards else Direction.LOWER
    missed = how.towards(direction).measure(figure.amount, realisasi.amount)
    note = "Sama dengan batas yang harus dilewati." if realisasi.amount == figure.amount else missed.note
    return replace(missed, note=note, reached=False)


def _measure_grades(target: Value, realisasi: Value, scale: str, rules: Rules) -> Capaian:
    if not (isinstance(target, Grade) and isinstance(realisasi, Grade)):
        return _not_computable("Target dan realisasi tidak sama-sama berupa predikat.")
    both = (target.letter, realisasi.letter)
    named = rules.ordinal(scale) if scale else rules.ordinal_of(*both)
    if named is None or not set(both) <= set(named.grades):
        return _not_computable(f"Tidak ada skala yang memuat {target} dan {realisasi}.")
    grades = named.grades
    distance = grades.index(realisasi.letter) - grades.index(target.letter)
    formula = f"predikat {realisasi} dibandingkan dengan {target}"
    if distance <= 0:
        note = "" if distance == 0 else "Predikat di atas target dihitung 100."
        return Capaian(HUNDRED, formula, note, True)
    steps = Decimal(len(grades) - grades.index(target.letter))
    left = percent(steps - distance, steps)
    note = f"{distance} tingkat di bawah target pada skala {', '.join(grades)}."
    return Capaian(left, formula, note, False)
