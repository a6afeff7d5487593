"""What every sentence about an indicator is put together of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from capaian.measure import Direction
from capaian.values import Bound, Grade, Quantity, Range, Relation, Value
from office.schema import Tujuan
from reports import traced
from reports.cumulative import summed
from reports.measured import MeasuredIndicator
from reports.reported import waiting_words
from reports.wording import show_percent, show_realisasi, write_value

LOWER_IS_BETTER = "semakin rendah semakin baik"
BELOW_ZERO = "di bawah nol"
_RELATIONS = {
    Relation.BELOW: "di bawah",
    Relation.AT_MOST: "paling tinggi",
    Relation.ABOVE: "di atas",
    Relation.AT_LEAST: "paling rendah",
}
Patterns = Sequence[str]


def say(patterns: Patterns, place: int, m: MeasuredIndicator, **words: str) -> str:
    """A sentence on an indicator, its full stop included.

    Args:
        patterns: Of the situation; with ``{subject}``, ``{at}`` or ``{on}`` of the indicator, and ``words``.
        place: Of the indicator in its list, counted from 0.
        m: The indicator.
        words: What else stands in the pattern.
    """
    pattern = patterns[place % len(patterns)]
    text = pattern.format(subject=subject(m), at=_at(m), on=_on(m), **words)
    return f"{text[:1].upper()}{text[1:]}."


def subject(m: MeasuredIndicator) -> str:
    """``indikator`` with the name as the office gives it, and the word only once."""
    name = m.indicator.name
    return name if name.casefold().startswith("indikator") else f"indikator {name}"


def _goal(m: MeasuredIndicator) -> str:
    """``sasaran “Meningkatnya …”``; nothing where the indicator bears the same name."""
    kind, text = "tujuan" if isinstance(m.goal, Tujuan) else "sasaran", m.goal.text
    if text.casefold() == m.indicator.name.casefold():
        return ""
    return text if text.casefold().startswith(kind) else f"{kind} “{text}”"


def _at(m: MeasuredIndicator) -> str:
    goal = _goal(m)
    return f" pada {goal}" if goal else ""


def _on(m: MeasuredIndicator) -> str:
    goal = _goal(m)
    return f"pada {goal}, " if goal else ""


def amount(value: Value | None, shown: str) -> str:
    """A figure within a sentence: ``sebesar 7%``, ``3.000 Orang``, ``paling rendah 80%``.

    Args:
        value: The figure.
        shown: As the table has it, with its signs.
    """
    if isinstance(value, Quantity):
        return f"sebesar {shown}" if value.unit == "%" else shown
    if isinstance(value, Range):
        return f"dalam rentang {shown}"
    if isinstance(value, Bound):
        return f"{_RELATIONS[value.relation]} {value.figure or value.name}"
    return shown


def target_words(m: MeasuredIndicator, target: Value) -> str:
    """A target, with what a reader must know to read it rightly."""
    remarks = [BELOW_ZERO] if _below_zero(target) else []
    if is_lower(m):
        remarks.append(LOWER_IS_BETTER)
    said = f" ({'; '.join(remarks)})" if remarks else ""
    return f"{amount(target, write_value(target))}{said}"


def realisasi_words(m: MeasuredIndicator) -> str:
    """The realisasi with its signs; behind it the sum that is compared, of a target over several years."""
    value = m.realisasi.value
    below = f" ({BELOW_ZERO})" if _below_zero(value) else ""
    return f"{amount(value, traced.told(m.id, show_realisasi(m.realisasi)))}{below}{summed(m)}"


def capaian_words(m: MeasuredIndicator) -> str:
    """The capaian with its signs; behind it the rule that gave it where the formula alone did not."""
    note = m.capaian.note.strip().rstrip(".").replace(". ", "; ") if m.capaian else ""
    said = _uncapitalised(note).removeprefix("capaian ")
    return f"sebesar {traced.told(m.id, show_percent(m))}{f' ({said})' if said else ''}"


def why_not(m: MeasuredIndicator) -> str:
    """Why a capaian is not computable, within a sentence."""
    return _uncapitalised(m.why_not_computable.strip().rstrip("."))


def awaited(m: MeasuredIndicator) -> str:
    """What an indicator waits for, with the institution and the month wherever the office knows them."""
    said, taken = waiting_words(m).rstrip("."), m.realisasi
    if taken.institution and taken.institution.casefold() not in said.casefold():
        said += f" dari {taken.institution}"
    month = taken.due.partition(" ")[0]
    if month and month.casefold() not in said.casefold():
        said += f", diperkirakan {taken.due}"
    elif month and not re.search(rf"{month} \d{{4}}", said):
        said = said.replace(month, taken.due)
    return said


def is_lower(m: MeasuredIndicator) -> bool:
    """Whether less is better, where there is a less: grades have their own order."""
    return m.indicator.direction is Direction.LOWER and not isinstance(m.target, Grade)


def beside_target(m: MeasuredIndicator) -> str:
    """How what counts stands to the target: ``lebih rendah``, ``lebih tinggi``; empty where it is neither."""
    total = m.cumulated.value if m.cumulated else None
    counts = total or m.realisasi.value
    if not (isinstance(counts, Quantity) and isinstance(m.target, Quantity)) or counts.unit != m.target.unit:
        return ""
    if counts.amount == m.target.amount:
        return ""
    return "lebih rendah" if counts.amount < m.target.amount else "lebih tinggi"


def revision(m: MeasuredIndicator) -> str:
    """That the source revised the figure, with the former one; empty where it did not."""
    note = m.realisasi.revision.rstrip(".")
    return f"; {_uncapitalised(note)}" if note else ""


def apart(places: Sequence[int], count: int) -> Iterator[int]:
    """Which pattern each sentence of a list gets that leaves out some of its indicators.

    That of its place, so that it lasts; where the sentence before it has the same, the one before that.

    Args:
        places: Of the indicators that are told.
        count: Of the patterns.
    """
    last = -1
    for place in places:
        last = place % count if place % count != last else (place - 1) % count
        yield last


def _below_zero(value: Value | None) -> bool:
    return isinstance(value, Quantity) and value.amount < 0


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
