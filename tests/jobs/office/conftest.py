from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError
from jobs.office.workbook import export_workbook, import_workbook
from office.loading import EXAMPLES


@pytest.fixture
def isian(tmp_path: Path) -> Path:
    """The workbook of Disperindag Jawa Barat."""
    return export_workbook(EXAMPLES / "jabar-disperindag", 2016, tmp_path / "isian.xlsx")


Slip = Callable[..., str]


@pytest.fixture
def slip(isian: Path, tmp_path: Path) -> Slip:
    """Write into one cell of the workbook and give the message with which it is refused."""

    def write(sheet: str, cell: str, value: Any, number_format: str = "") -> str:
        book = load_workbook(isian)
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format
        book.save(isian)
        with pytest.raises(AgencyDataError) as caught:
            import_workbook(isian, tmp_path / "kantor")
        assert not (tmp_path / "kantor" / "jabar-disperindag").exists()
        return str(caught.value)

    return write
