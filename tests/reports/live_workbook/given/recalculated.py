"""Workbooks as LibreOffice computes them, all of them in one start."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

Values = dict[str, list[list[object]]]
"""The values of each sheet, row by row from the first."""
_KEPT = re.compile(rb"</f><v>[^<]*</v>")


def values_of(content: bytes) -> Values:
    """What stands in the cells; of formulas the values beside them."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def without_values(content: bytes) -> bytes:
    """The same workbook with no value beside a formula, so that whoever opens it must compute."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, _KEPT.sub(b"</f>", old.read(name)))
    return out.getvalue()


def changed(content: bytes, changes: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook as a person leaves it who wrote into some cells, by sheet and name."""
    book = load_workbook(io.BytesIO(content))
    for (sheet, cell), value in changes.items():
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)  # drops every value beside a formula
    return out.getvalue()


def recalculate(books: Mapping[str, bytes], folder: Path) -> dict[str, Values]:
    """What LibreOffice computes of some workbooks, by name."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) tidak ada di mesin ini")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, content in books.items():
        (given / f"{name}.xlsx").write_bytes(without_values(content))
    subprocess.run(
        [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made),
            *map(str, sorted(given.iterdir())),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {name: values_of((made / f"{name}.xlsx").read_bytes()) for name in books}


def formulas_of(content: bytes) -> Iterator[tuple[str, str, int, int]]:
    """Every cell with a formula: sheet, name, row and column from nought."""
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.row - 1, cell.column - 1
