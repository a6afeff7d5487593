"""The tables of budget exports; a file that replaces another becomes a vintage beside it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables import Table
from models.types import DecimalText, JsonText, UtcDateTime


class BudgetStatement(Table, table=True):
    """An office's budget and realisasi up to the end of a month, as one file has them.

    Attributes:
        month: 1 to 12; realisasi is stated from January up to its end.
        vintage: 1 for the month's first file, one more for each that replaced it.
        stage: ``murni``, ``perubahan``, or empty where the file does not say.
        sheet: Name of the sheet.
        budget, spent: Sums of the programs, in rupiah.
        problems, remarks: What a person should look at, in Indonesian.
        illustrative: Whether the file says that its figures are an illustration.
    """

    __tablename__ = "budget_statements"
    __table_args__ = (UniqueConstraint("agency", "year", "month", "vintage"),)

    id: int | None = Field(default=None, primary_key=True)
    agency: str
    year: int
    month: int
    vintage: int
    stage: str
    fetch_id: int = Field(foreign_key="fetches.id")
    taken_at: datetime = Field(sa_type=UtcDateTime)
    sheet: str
    budget: Decimal = Field(sa_type=DecimalText)
    spent: Decimal = Field(sa_type=DecimalText)
    problems: list[Any] = Field(default_factory=list, sa_type=JsonText)
    remarks: list[Any] = Field(default_factory=list, sa_type=JsonText)
    illustrative: bool = False


class BudgetLine(Table, table=True):
    """One row of a statement.

    Attributes:
        number: Place in the statement, from 0.
        key: The office's row that it is (``1.2``); empty where it is none.
        distance: Letters by which its name differs from ours.
        parent: Number of the line above it in the tree.
        place: Where in the file, ``lembar 'Juni', baris 17``.
    """

    __tablename__ = "budget_lines"
    __table_args__ = ({"sqlite_with_rowid": False},)

    statement_id: int = Field(primary_key=True, foreign_key="budget_statements.id")
    number: int = Field(primary_key=True)
    parent: int | None = None
    key: str
    distance: int
    code: str
    name: str
    level: str
    place: str
    budget: Decimal | None = Field(default=None, sa_type=DecimalText)
    initial: Decimal | None = Field(default=None, sa_type=DecimalText)
    revised: Decimal | None = Field(default=None, sa_type=DecimalText)
    spent: Decimal | None = Field(default=None, sa_type=DecimalText)
