"""The stand-in serves statistics beside PDRB as recorded tables look, and marks each as invented."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import Any

import pytest

from standins.bps import statistics
from standins.bps.answering import answer
from standins.bps.catalogue import Timeline, Variable, variables
from standins.bps.faults import Asked

APRIL = Timeline(date(2024, 4, 4))
TABLES = [
    (domain, table) for domain in ("3529", "3500", "0000") for table in statistics.variables(domain, APRIL)
]


def ask(domain: str, var: int, th: str = "123") -> Any:
    params = {"model": "data", "domain": domain, "var": str(var), "th": th}
    return json.loads(answer(Asked("", params), "list", APRIL, "http://bps.example").body)


def newest(domain: str, var_id: int, day: date) -> tuple[int, int]:
    """The newest year and part of it that a table has on a day."""
    table = next(t for t in variables(domain, Timeline(day)) if t.var_id == var_id)
    return max((year, part) for _, _, year, part in table.cells if part != 13)


@pytest.mark.parametrize(("domain", "table"), TABLES, ids=lambda value: getattr(value, "title", value))
def test_every_key_is_the_dimensions_one_after_the_other(domain: str, table: Variable) -> None:
    payload = ask(domain, table.var_id)
    dimensions = [[str(item["val"]) for item in payload[name]] for name in ("vervar", "turvar", "turtahun")]
    keys = {f"{r}{table.var_id}{c}123{p}" for r, c, p in itertools.product(*dimensions)}
    assert set(payload["datacontent"]) <= keys
    assert payload["datacontent"]


@pytest.mark.parametrize(("domain", "table"), TABLES, ids=lambda value: getattr(value, "title", value))
def test_every_figure_is_marked_as_invented(domain: str, table: Variable) -> None:
    assert f"Ilustrasi: SEMUA {statistics.FIRST_YEAR}-" in ask(domain, table.var_id)["var"][0]["note"]


def test_columns_that_mean_something_are_there_and_text_where_bps_writes_text() -> None:
    payload = ask("3529", statistics.TPT_BY_SEX)
    assert payload["turvar"] == [
        {"val": "1", "label": "Laki-laki"},
        {"val": "2", "label": "Perempuan"},
        {"val": "3", "label": "Jumlah"},
    ]
    assert ask("3500", statistics.NTP)["turvar"] == [{"val": "0", "label": "Tidak ada"}]


def test_a_monthly_table_has_thirteen_parts_as_the_recorded_one() -> None:
    parts = ask("3500", statistics.YTD)["turtahun"]
    assert (len(parts), parts[0], parts[12]) == (
        13,
        {"val": 1, "label": "Januari"},
        {"val": 13, "label": "Tahunan"},
    )


@pytest.mark.parametrize(
    ("domain", "var_id", "day", "expected"),
    [
        ("3529", statistics.TPT_BY_SEX, date(2024, 2, 27), (2022, 0)),
        ("3529", statistics.TPT_BY_SEX, date(2024, 2, 28), (2023, 0)),
        ("3500", statistics.POVERTY, date(2023, 9, 29), (2022, 61)),
        ("3500", statistics.POVERTY, date(2023, 9, 30), (2023, 61)),
        ("3500", statistics.NTP, date(2024, 1, 1), (2023, 11)),
        ("3500", statistics.NTP, date(2024, 1, 2), (2023, 12)),
        ("3500", statistics.PER_HEAD, date(2024, 4, 3), (2022, 0)),
    ],
)
def test_each_comes_on_its_day(domain: str, var_id: int, day: date, expected: tuple[int, int]) -> None:
    assert newest(domain, var_id, day) == expected
