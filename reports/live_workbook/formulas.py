"""The capaian as a formula of a spreadsheet: what :mod:`capaian.measure` does, cell by cell.

A formula takes its numbers from cells, so that who changes one sees what follows. Its function names are
those of the file format; Excel shows them in the language of whoever opens it. Results are rounded to ten
decimals, half away from zero, which takes away what binary numbers add: 181 / 200 x 100 is 90,5 and not
90,49999999999999, whose category would be another.
"""

from __future__ import annotations

from dataclasses import dataclass

from capaian.measure import Direction, Formula
from capaian.values import Bound, Grade, Quantity, Range, Relation, Value

PLACES = 10
"""Decimals to which each result is rounded."""
_LONGEST_TEXT = 200
"""Of a text within a formula; Excel takes no more than 255 characters."""
_COMPARES = {Relation.BELOW: "<", Relation.AT_MOST: "<=", Relation.ABOVE: ">", Relation.AT_LEAST: ">="}
_NEGATIVE = "Target di bawah nol: yang dihitung jarak realisasi dari target."

NAMES = {
    Formula.HIGHER: "R / T × 100",
    Formula.LOWER: "T / R × 100",
    Formula.LOWER_BY_DISTANCE: "(2T − R) / T × 100",
    Formula.RANGE: "rentang",
    Formula.ORDINAL: "predikat",
    Formula.RELATIVE: "relatif",
    Formula.STATED: "dinyatakan kantor",
}
"""What the formulas are called; T is the target, R the realisasi."""


@dataclass(frozen=True)
class Cells:
    """Where the figures of an indicator stand.

    Attributes:
        target: Its number or grade; of a range the lower bound.
        upper: The upper bound of a range.
        realisasi: What is compared with the target.
        answer: The result before the office's cap.
        zero_reached, zero_missed: What the office's rules give for a zero.
        zero_words: The same in words.
        grades: The ordinal scale, best first; empty where no scale has the grades.
        grade_names: The same in words, ``AA, A, BB``.
    """

    target: str
    upper: str
    realisasi: str
    answer: str
    zero_reached: str
    zero_missed: str
    zero_words: str
    grades: str = ""
    grade_names: str = ""


@dataclass(frozen=True)
class Way:
    """How an indicator is measured, as expressions of a spreadsheet.

    Attributes:
        name: Of the formula, for people.
        answer: The capaian before the office's cap, or empty text; None where the office states it.
        reached: Whether the target is reached, true where the answer is a number.
        note: Why there is no number, or which rule gave it.
    """

    name: str
    answer: str | None
    reached: str
    note: str


def text(words: str) -> str:
    """Some words as an expression; long ones in pieces."""
    pieces = [words[at : at + _LONGEST_TEXT] for at in range(0, len(words), _LONGEST_TEXT)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def rounded(expression: str) -> str:
    """The number without what binary numbers add."""
    return f"ROUND({expression},{PLACES})"


def fixed(name: str, why: str) -> Way:
    """Of an indicator that no number can help: its units differ, or it compares a number with a grade."""
    return Way(name, '""', "FALSE", text(why))


def name_of(target: Value, direction: Direction, formula: Formula | None) -> str:
    """What the formula of an indicator is called."""
    if formula in NAMES and formula is not None:
        return NAMES[formula]
    if isinstance(target, Grade):
        return NAMES[Formula.ORDINAL]
    if isinstance(target, Range):
        return NAMES[Formula.RANGE]
    if isinstance(target, Bound):
        return NAMES[Formula.RELATIVE]
    return NAMES[Formula.LOWER if direction is Direction.LOWER else Formula.HIGHER]


def way_of(target: Value, direction: Direction, formula: Formula | None, cells: Cells) -> Way:
    """How a target of any kind is measured."""
    name = name_of(target, direction, formula)
    if formula is Formula.STATED:
        return _stated(name, cells)
    if isinstance(target, Grade):
        return _graded(name, cells)
    if isinstance(target, Range):
        return _ranged(name, direction, formula, cells)
    if isinstance(target, Bound):
        return _bound(name, target, formula, cells)
    ratio = _ratio(direction, formula, cells.target, cells)
    return Way(name, _if_numbers(ratio.answer, cells.target, cells.realisasi), ratio.reached, ratio.note)


@dataclass(frozen=True)
class _Ratio:
    answer: str
    reached: str
    note: str


def _ratio(direction: Direction, formula: Formula | None, t: str, cells: Cells) -> _Ratio:
    """Two numbers, what a zero gives and values below it included."""
    r, lower = cells.realisasi, direction is Direction.LOWER
    reached = f"{r}<={t}" if lower else f"{r}>={t}"
    gain = f"({t}-{r})" if lower else f"({r}-{t})"
    negative = rounded(f"100+{gain}/ABS({t})*100")
    zero = f"IF({reached},{_or_empty(cells.zero_reached)},{_or_empty(cells.zero_missed)})"
    if lower and formula is Formula.LOWER_BY_DISTANCE:
        plain = rounded(f"(2*{t}-{r})/{t}*100")
        divides, zero_note = f"{t}>0", _zero_note("Target nol", zero, cells)
    elif lower:
        plain = rounded(f"{t}/{r}*100")
        divides = f"AND({t}>0,{r}>0)"
        zero_note = (
            f"IF({t}=0,{_zero_note('Target nol', zero, cells)},"
            f"{_zero_note('Realisasi nol atau di bawah nol', zero, cells)})"
        )
    else:
        plain = rounded(f"{r}/{t}*100")
        divides, zero_note = f"{t}>0", _zero_note("Target nol", zero, cells)
    return _Ratio(
        f"IF({divides},{plain},IF({t}<0,{negative},{zero}))",
        reached,
        f'IF({divides},"",IF({t}<0,{text(_NEGATIVE)},{zero_note}))',
    )


def _zero_note(what: str, zero: str, cells: Cells) -> str:
    cannot = f"{what} tidak dapat menjadi pembagi"
    return f'IF({zero}="",{text(cannot + ".")},{text(cannot + ": ")}&{cells.zero_words}&".")'


def _or_empty(cell: str) -> str:
    """A cell, where an empty one is empty and not nought."""
    return f'IF({cell}="","",{cell})'


def _if_numbers(answer: str, *cells: str) -> str:
    return f'IF(AND({",".join(f"ISNUMBER({cell})" for cell in cells)}),{answer},"")'


def _ranged(name: str, direction: Direction, formula: Formula | None, cells: Cells) -> Way:
    low, high, r = cells.target, cells.upper, cells.realisasi
    inside = f"AND({low}<={r},{r}<={high})"
    if formula is Formula.RANGE:  # missed on either side
        below, above = (
            _ratio(side, formula, bound, cells)
            for side, bound in ((Direction.HIGHER, low), (Direction.LOWER, high))
        )
        reached = inside
    else:
        below, above = (_ratio(direction, formula, bound, cells) for bound in (low, high))
        reached = f"{r}<={high}" if direction is Direction.LOWER else f"{r}>={low}"
    answer = f"IF({inside},100,IF({r}<{low},{below.answer},{above.answer}))"
    note = f'IF({inside},"Di dalam rentang target.",IF({r}<{low},{below.note},{above.note}))'
    return Way(name, _if_numbers(answer, low, high, r), reached, note)


def _bound(name: str, target: Bound, formula: Formula | None, cells: Cells) -> Way:
    t, r = cells.target, cells.realisasi
    holds = f"{r}{_COMPARES[target.relation]}{t}"
    side = Direction.HIGHER if target.relation.upwards else Direction.LOWER
    missed = _ratio(side, formula, t, cells)
    lacking = text(f"Angka pembandingnya, {target.name}, tidak ada dalam data.")
    note = (
        f'IF({t}="",{lacking},IF({holds},"Target relatif: terpenuhi dihitung 100.",'
        f'IF({r}={t},"Sama dengan batas yang harus dilewati.",{missed.note})))'
    )
    return Way(name, _if_numbers(f"IF({holds},100,{missed.answer})", t, r), holds, note)


def _graded(name: str, cells: Cells) -> Way:
    t, r, scale = cells.target, cells.realisasi, cells.grades
    if not scale:
        return Way(name, '""', "FALSE", f'"Tidak ada skala yang memuat "&{t}&" dan "&{r}&"."')
    wanted, found = f"MATCH({t},{scale},0)", f"MATCH({r},{scale},0)"
    unknown = f"OR(ISNA({wanted}),ISNA({found}))"
    left = rounded(f"(ROWS({scale})-{found}+1)/(ROWS({scale})-{wanted}+1)*100")
    answer = f'IF({unknown},"",IF({found}<={wanted},100,{left}))'
    note = (
        f'IF({unknown},"Tidak ada skala yang memuat "&{t}&" dan "&{r}&".",'
        f'IF({found}={wanted},"",IF({found}<{wanted},"Predikat di atas target dihitung 100.",'
        f"{found}-{wanted}&{text(f' tingkat di bawah target pada skala {cells.grade_names}.')})))"
    )
    return Way(name, answer, f"{found}<={wanted}", note)


def _stated(name: str, cells: Cells) -> Way:
    note = (
        f'IF({cells.answer}="",{text("Capaiannya harus dinyatakan kantor, dan kantor tidak menyatakannya.")},'
        '"Capaian dinyatakan kantor, tidak dihitung.")'
    )
    return Way(name, None, f"{cells.answer}>=100", note)


def is_fixed(target: Value, figure: Value | None, realisasi: Value | None, formula: Formula | None) -> bool:
    """Whether target and realisasi are of kinds or units that no number makes comparable.

    Args:
        target: Of the indicator.
        figure: What a relative target is relative to; else the target itself.
        realisasi: None while there is none.
        formula: Of the indicator.
    """
    if formula is Formula.STATED or realisasi is None:
        return False
    if isinstance(target, Grade) or isinstance(realisasi, Grade):
        return not (isinstance(target, Grade) and isinstance(realisasi, Grade))
    if not isinstance(realisasi, Quantity):
        return True
    return isinstance(figure, Quantity | Range) and not _same_unit(figure.unit, realisasi.unit)


def _same_unit(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
