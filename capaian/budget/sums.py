"""Whether a budget export adds up: every level against the one below, to the rupiah.

The figure that stands on a row counts; what differs is told with both figures. Percentages and
remainders are checked and never used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from capaian.budget.lines import Level, Line, Problem
from capaian.exact import percent
from core.numbers import format_number

AMOUNTS: dict[str, Callable[[Line], Decimal | None]] = {
    "anggaran murni": lambda line: line.initial,
    "anggaran setelah perubahan": lambda line: line.revised,
    "anggaran": lambda line: line.budget,
    "realisasi": lambda line: line.spent,
    "realisasi bulan ini": lambda line: line.spent_in_month,
}
"""The amounts whose sums are checked, as people call them."""


@dataclass(frozen=True)
class Completed:
    """Lines whose missing amounts were taken from the sum of what stands below them.

    Attributes:
        remarks: Which, in Indonesian.
    """

    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def complete_from_below(lines: Sequence[Line]) -> Completed:
    """Fill an amount that a row lacks with the sum of all its children, where each of them has one."""
    children = _children(lines)
    filled = list(lines)
    remarks = []
    for index in range(len(lines) - 1, -1, -1):
        below = [filled[child] for child in children[index]]
        for field, word in (("budget", "anggaran"), ("spent", "realisasi")):
            if not below or getattr(filled[index], field) is not None:
                continue
            amounts = [getattr(line, field) for line in below]
            if any(amount is None for amount in amounts):
                continue
            total = sum(amounts, Decimal(0))
            filled[index] = (
                replace(filled[index], budget=total)
                if field == "budget"
                else replace(filled[index], spent=total)
            )
            remarks.append(
                f"{lines[index].place}: {word} {lines[index].name!r} tidak tertulis; dipakai jumlah "
                f"{below[0].level.words} di bawahnya, {format_number(total)}."
            )
    return Completed(tuple(filled), tuple(reversed(remarks)))


def check_sums(lines: Sequence[Line], total: Line | None) -> tuple[Problem, ...]:
    """Every sum, percentage and remainder of a statement that does not fit.

    Args:
        lines: With links to the lines above them.
        total: The file's own total of the office, or None.
    """
    children = _children(lines)
    found: list[Problem] = []
    for index, line in enumerate(lines):
        if children[index]:
            found += _against_children(line, [lines[child] for child in children[index]])
        found += _own_figures(line)
    if total is not None:
        found += _against_total(total, [line for line in lines if line.level is Level.PROGRAM])
        found += _own_figures(total)
    return tuple(found)


def _children(lines: Sequence[Line]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in lines]
    for index, line in enumerate(lines):
        if line.parent is not None:
            children[line.parent].append(index)
    return children


def _against_children(line: Line, below: Sequence[Line]) -> list[Problem]:
    found = []
    for word, amount, sum_ in _differing(line, below):
        found.append(
            Problem(
                line.place,
                f"{line.level.words.capitalize()} {_named(line)}: {word} tertulis {format_number(amount)}, "
                f"jumlah {below[0].level.words} di bawahnya {format_number(sum_)} (selisih "
                f"{format_number(amount - sum_)}); yang dipakai {format_number(amount)}, angka pada baris "
                "itu.",
            )
        )
    return found


def _against_total(total: Line, programs: Sequence[Line]) -> list[Problem]:
    return [
        Problem(
            total.place,
            f"Baris {total.name!r}: {word} tertulis {format_number(amount)}, jumlah program "
            f"{format_number(sum_)} (selisih {format_number(amount - sum_)}); yang dipakai "
            f"{format_number(sum_)}, jumlah program.",
        )
        for word, amount, sum_ in _differing(total, programs)
    ]


def _differing(line: Line, below: Sequence[Line]) -> list[tuple[str, Decimal, Decimal]]:
    """The amounts of a line that are not the sum of those below, both; each figure once."""
    found: list[tuple[str, Decimal, Decimal]] = []
    if not below:
        return found
    for word, take in AMOUNTS.items():
        amount = take(line)
        if amount is None:
            continue
        amounts = [take(one) for one in below]
        known = [one for one in amounts if one is not None]
        if not known or (len(known) < len(amounts) and word not in ("anggaran", "realisasi")):
            continue
        sum_ = sum(known, Decimal(0))
        if sum_ != amount and (amount, sum_) not in [pair[1:] for pair in found]:
            found.append((word, amount, sum_))
    return found


def _own_figures(line: Line) -> list[Problem]:
    """The percentage and the remainder that stand beside the amounts."""
    found: list[Problem] = []
    if line.budget is None or line.spent is None:
        return found
    if line.percent is not None and line.budget > 0:
        own = percent(line.spent, line.budget)
        if abs(own - line.percent) > _half_a_digit(line.percent):
            found.append(
                Problem(
                    line.place,
                    f"{_named(line)}: persentase tertulis {_plain(line.percent)}%, menurut anggaran dan "
                    f"realisasinya {format_number(own, 2)}%; yang dipakai hasil hitung.",
                )
            )
    if line.remaining is not None and abs(line.remaining) != abs(line.budget - line.spent):
        found.append(
            Problem(
                line.place,
                f"{_named(line)}: sisa tertulis {format_number(line.remaining)}, menurut anggaran dan "
                f"realisasinya {format_number(line.budget - line.spent)}; yang dipakai hasil hitung.",
            )
        )
    return found


def _half_a_digit(written: Decimal) -> Decimal:
    """Half of the last decimal that was written; of whole numbers a whole one, since they may be cut off.

    A little more, since Excel keeps binary fractions.
    """
    decimals = max(0, -int(written.as_tuple().exponent))
    return Decimal(1) if decimals == 0 else Decimal("5.01") / Decimal(10) ** (decimals + 1)


def _plain(value: Decimal) -> str:
    return format_number(value, max(0, -int(value.as_tuple().exponent)))


def _named(line: Line) -> str:
    return f"{line.code} {line.name!r}".strip() if line.code else repr(line.name)
