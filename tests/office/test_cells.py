"""One cell of a CSV file changes; every other line keeps its bytes."""

from __future__ import annotations

import pytest

from office.cells import find_cell, with_cell

FILE = (
    "\ufeffindicator;year;value;cause\r\n"
    'sakip;2023;"80,1";"dua\r\nbaris"\r\n'
    "opini;2023;WTP;\r\n"
    "sakip;2022;79;\r\n"
)


def test_the_cell_of_the_named_row_changes_and_nothing_else() -> None:
    changed = with_cell(FILE, {"indicator": "opini", "year": "2023"}, "cause", 'kata; "dikutip"')
    assert changed == FILE.replace("opini;2023;WTP;\r\n", 'opini;2023;WTP;"kata; ""dikutip"""\r\n')


def test_a_cell_is_found_with_its_line_behind_one_of_two_lines() -> None:
    assert find_cell(FILE, {"indicator": "sakip", "year": "2023"}, "cause") == (2, "dua\r\nbaris")
    assert find_cell(FILE, {"indicator": "sakip", "year": "2022"}, "cause") == (5, "")


def test_a_row_or_a_column_that_is_not_there_is_not_made() -> None:
    assert find_cell(FILE, {"indicator": "lain"}, "cause") is None
    assert find_cell(FILE, {"indicator": "sakip"}, "solution") is None
    with pytest.raises(ValueError, match="solution"):
        with_cell(FILE, {"indicator": "sakip"}, "solution", "x")


def test_the_last_line_may_lack_its_end() -> None:
    assert with_cell("key,analysis\n1,lama", {"key": "1"}, "analysis", "baru") == "key,analysis\n1,baru"
