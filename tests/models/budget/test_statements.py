"""Statements of budgets on both databases: vintages of a month, exact amounts, as they were known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from sqlmodel import Session

from capaian.budget.lines import Level, Line, Match, Problem, Stage, Statement
from models.budget.statements import (
    lines_of,
    newest_of_months,
    newest_of_years,
    statements_of_year,
    store_statement,
)
from models.snapshots import keep_snapshot
from models.tables import identity

Moment = Callable[..., datetime]
EXACT = Decimal("12649363995.45")


def statement(spent: Decimal = EXACT) -> Statement:
    lines = (
        Line("baris 7", "2.17.01", "PROGRAM A", Level.PROGRAM, None, EXACT, None, EXACT, spent),
        Line("baris 8", "2.17.01.2.01", "Kegiatan A", Level.KEGIATAN, 0, EXACT, None, EXACT, spent),
    )
    problems = (Problem("baris 7", "contoh"),)
    return Statement("LRA", lines, (Match(0, "1", 2, "nama"),), stage=Stage.PERUBAHAN, problems=problems)


@pytest.fixture
def fetch_id(session: Session, moment: Moment) -> int:
    fetch = keep_snapshot(
        session, source="anggaran", url="masuk/anggaran/a.xlsx", status=200, headers={}, content=b"x",
        fetched_at=moment(),
    )  # fmt: skip
    return identity(fetch.id)


def test_amounts_and_links_come_back_exactly(session: Session, fetch_id: int, moment: Moment) -> None:
    kept = store_statement(session, "dinas", 2023, 6, statement(), fetch_id=fetch_id, at=moment())
    first, second = lines_of(session, kept)
    assert (first.budget, first.initial, first.revised, first.spent) == (EXACT, None, EXACT, EXACT)
    assert (first.key, first.distance, second.key, second.parent) == ("1", 2, "", 0)
    assert (kept.budget, kept.stage, kept.problems[0]["message"]) == (EXACT, "perubahan", "contoh")


def test_a_later_file_of_a_month_is_the_next_vintage_and_the_earlier_one_stays(
    session: Session, fetch_id: int, moment: Moment
) -> None:
    for hour, month in ((1, 6), (2, 6), (3, 7)):
        store_statement(session, "dinas", 2023, month, statement(), fetch_id=fetch_id, at=moment(hour))
    store_statement(session, "lain", 2023, 6, statement(), fetch_id=fetch_id, at=moment(4))
    kept = statements_of_year(session, "dinas", 2023)
    assert [(s.month, s.vintage) for s in kept] == [(6, 1), (6, 2), (7, 1)]
    assert {month: s.vintage for month, s in newest_of_months(kept).items()} == {6: 2, 7: 1}
    known_then = newest_of_months(kept, moment(1, 30))
    assert {month: s.vintage for month, s in known_then.items()} == {6: 1}


def test_the_statement_that_came_last_for_each_year_is_found_at_once(
    session: Session, fetch_id: int, moment: Moment
) -> None:
    for year, month in ((2022, 12), (2023, 7), (2023, 6)):
        store_statement(session, "dinas", year, month, statement(), fetch_id=fetch_id, at=moment())
    store_statement(session, "lain", 2023, 8, statement(), fetch_id=fetch_id, at=moment())
    assert {year: s.month for year, s in newest_of_years(session, "dinas").items()} == {2022: 12, 2023: 6}
