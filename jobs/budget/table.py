"""A budget statement as rows for people and for ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from capaian.budget.lines import Level, Line, Statement
from capaian.efficiency import absorption
from core.numbers import format_number
from models.types import canonical_decimal

_NAME_WIDTH = 58


def statement_rows(statement: Statement) -> list[dict[str, str | None]]:
    """Every row: code, name, level, budget and realisasi; amounts as text, null where unknown."""
    return [
        {
            "code": line.code,
            "name": line.name,
            "level": line.level.value,
            "budget": _text(line.budget),
            "realisasi": _text(line.spent),
        }
        for line in statement.lines
    ]


def total_row(statement: Statement) -> dict[str, str]:
    """The sum of the programs."""
    return {"budget": canonical_decimal(statement.budget), "realisasi": canonical_decimal(statement.spent)}


def statement_lines(statement: Statement, *, whole: bool = False) -> list[str]:
    """A table for a terminal; rows below kegiatan are counted only, unless ``whole``."""
    shown = [line for line in statement.lines if whole or line.level in (Level.PROGRAM, Level.KEGIATAN)]
    rows = [_columns(line) for line in shown]
    rows.append(("", "JUMLAH PROGRAM", *_amounts(statement.budget, statement.spent)))
    heads = ("Kode", "Uraian", "Anggaran", "Realisasi", "%")
    lines = _aligned([heads, *rows])
    below = (
        [line.level for line in statement.lines if line not in shown]
        if len(shown) < len(statement.lines)
        else []
    )
    counted = [f"{below.count(level)} {level.words}" for level in Level if below.count(level)]
    return [*lines, *([f"(dan {', '.join(counted)})"] if counted else [])]


def _columns(line: Line) -> tuple[str, ...]:
    indent = "  " * list(Level).index(line.level)
    name = f"{indent}{line.name}"
    short = name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"
    return (line.code, short, *_amounts(line.budget, line.spent))


def _amounts(budget: Decimal | None, spent: Decimal | None) -> tuple[str, str, str]:
    absorbed = absorption(spent, budget) if budget and spent is not None else None
    return (
        "?" if budget is None else _written(budget),
        "?" if spent is None else _written(spent),
        "" if absorbed is None else format_number(absorbed, 2),
    )


def _written(amount: Decimal) -> str:
    return format_number(amount, 0 if amount == amount.to_integral_value() else 2)


def _aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    listed = list(rows)
    widths = [max(len(row[place]) for row in listed) for place in range(5)]
    return [
        "  ".join(
            cell.rjust(width) if place >= 2 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in listed
    ]


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else canonical_decimal(amount)
