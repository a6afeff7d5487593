"""Choosing between tables that all promise the same measure, by rules that are said.

The rules, the first one that tells two tables apart decides: base year stated and right; one kind of
prices alone; unit stated; newer last year; broader range of years; newest number. The last year goes
before the range, because a long table that is not continued would never show a release. A table with
another base year or without oil and gas never fits, however good the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connectors.bps import labels
from connectors.bps.tables import Series

VALUES = ("adhb", "adhk")
YearsOf = Callable[[int], tuple[int, ...]]


@dataclass(frozen=True)
class Candidate:
    """A table whose title promises a measure, or two.

    Attributes:
        title: Cleaned.
        unit: Cleaned; may be empty or say nothing.
        measures: What the title promises.
    """

    var_id: int
    title: str
    unit: str
    measures: tuple[str, ...]


def choose(
    measure: str, candidates: Sequence[Candidate], base_year: int, years_of: YearsOf
) -> tuple[Series | None, list[str]]:
    """Choose the table of a measure.

    Args:
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``.
        candidates: Tables that promise it.
        base_year: That is wanted.
        years_of: Gives the years that BPS lists for a table; asked only when titles and units do not
            decide.

    Returns:
        The table, or None when none fits; and what a person should know, in Indonesian: that others
        fit too and which rule decided, and that there is a table of a newer base year.
    """
    problems = [
        f"BPS juga memuat tabel bertahun dasar {other} ({candidate.var_id} {candidate.title}); tidak "
        f"dicampur dengan tahun dasar {base_year}."
        for candidate in candidates
        if (other := max(labels.base_years_of(candidate.title), default=0)) > base_year
    ]
    fitting = [candidate for candidate in candidates if _fits(candidate, measure, base_year)]
    if not fitting:
        return None, problems
    best, rule = _best(fitting, base_year, years_of)
    if rule:
        others = ", ".join(f"{c.var_id} ({c.title})" for c in fitting if c is not best)
        problems.append(
            f"Lebih dari satu tabel cocok untuk {labels.MEASURE_NAMES[measure]}; dipakai {best.var_id} "
            f"({best.title}), bukan {others}, karena {rule}."
        )
    return Series(measure, best.var_id, best.title, best.unit, _reason(best, measure, rule)), problems


def _fits(candidate: Candidate, measure: str, base_year: int) -> bool:
    stated = labels.base_years_of(candidate.title)
    if any(year != base_year for year in stated) or labels.is_without_migas(candidate.title):
        return False
    unit = candidate.unit
    if measure in VALUES:
        return labels.in_miliar(unit, candidate.title) is not None or not (
            labels.is_percent(unit) or labels.in_miliar(unit, "") or labels.in_miliar("", candidate.title)
        )
    return labels.in_miliar(unit, "") is None


def _best(fitting: Sequence[Candidate], base_year: int, years_of: YearsOf) -> tuple[Candidate, str]:
    """The best one, and the rule by which it wins; no rule when there is only one."""
    left, decided = list(fitting), ""
    for rule, goodness in _rules(base_year, years_of):
        if len(left) == 1:
            break
        marks = {candidate.var_id: goodness(candidate) for candidate in left}
        highest = max(marks.values())
        if min(marks.values()) < highest:
            left, decided = [c for c in left if marks[c.var_id] == highest], rule
    return left[0], decided


def _rules(base_year: int, years_of: YearsOf) -> list[tuple[str, Callable[[Candidate], int]]]:
    known: dict[int, tuple[int, ...]] = {}

    def years(candidate: Candidate) -> tuple[int, ...]:
        if candidate.var_id not in known:
            known[candidate.var_id] = years_of(candidate.var_id) or labels.years_of(candidate.title) or ()
        return known[candidate.var_id]

    return [
        (
            f"judulnya menyebut tahun dasar {base_year}",
            lambda c: labels.base_year_of(c.title) == base_year,
        ),
        ("judulnya menyebut satu macam harga saja", lambda c: len(c.measures) == 1),
        (
            "satuannya disebut",
            lambda c: labels.in_miliar(c.unit, "") is not None or labels.is_percent(c.unit),
        ),
        ("tahun terakhirnya lebih baru", lambda c: max(years(c), default=0)),
        ("rentang tahunnya lebih panjang", lambda c: len(years(c))),
        ("nomornya paling baru", lambda c: c.var_id),
    ]


def _reason(best: Candidate, measure: str, rule: str) -> str:
    base = labels.base_year_of(best.title)
    reason = f"judul menyebut {labels.MEASURE_NAMES[measure]} menurut lapangan usaha"
    if base:
        reason += f", tahun dasar {base}"
    if labels.in_miliar(best.unit, "") is not None or labels.is_percent(best.unit):
        reason += f", satuan {best.unit}"
    return f"{reason}; dipilih dari beberapa karena {rule}" if rule else reason
