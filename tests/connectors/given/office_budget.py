"""The Sumenep office as the reader of budgets knows it, and table 3.8 as every export must give it."""

from __future__ import annotations

from functools import cache

from capaian.budget.lines import Known, Level, OfficeWords, Statement
from connectors.budget.reader import read_budget_file
from jobs.budget.period import known_rows, office_words
from office.loading import find_agency, load_agency
from office.schema import Agency

TOTAL = (27_077_526_494, 22_998_136_965)


@cache
def agency() -> Agency:
    return load_agency(find_agency("sumenep-dkupp"), 2023)


def known() -> list[Known]:
    return known_rows(agency())


def words() -> OfficeWords:
    return office_words(agency())


def read(content: bytes, name: str = "realisasi.xlsx") -> Statement:
    return read_budget_file(content, name, words(), known())


def table_3_8() -> list[tuple[str, int, int]]:
    """Key, budget after revision and realisasi of each program and kegiatan."""
    rows = [row for row in agency().programs if row.level != "sub_kegiatan"]
    return [(row.key, int(row.budget_revised or 0), int(row.spent or 0)) for row in rows]


def understood(statement: Statement) -> list[tuple[str, int, int]]:
    """The same of a statement."""
    found = []
    for match in statement.matches:
        line = statement.lines[match.line]
        if line.level in (Level.PROGRAM, Level.KEGIATAN):
            found.append((match.key, int(line.budget or 0), int(line.spent or 0)))
    return found
