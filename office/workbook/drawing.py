"""Draws the workbook: headings that are locked, cells that are free, drop-downs, notes and an example row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from office.workbook.cells import Column, Kind, Shown
from office.workbook.columns import (
    INDICATOR_COLUMNS,
    INDICATORS,
    OFFICE,
    PROGRAM_COLUMNS,
    PROGRAMS,
    QUARTER_COLUMNS,
    QUARTERLY,
    REALISASI,
    REALISASI_COLUMNS,
    RULES,
    TARGETS,
)
from office.workbook.filling import Contents, Document, Row
from office.workbook.forms import OFFICE_FORM, RULES_FORM, Line, Section
from office.workbook.target_sheet import (
    DOCUMENT_LABELS,
    EXAMPLE_NAME,
    FIRST_HEADING,
    document_heading,
    order_heading,
    renstra_heading,
)

FREE_ROWS = 400
"""Rows of a table with drop-downs; those below take text as well."""
_DOCUMENTS = 3
"""Documents of targets that there is room for at least."""
_LONGEST_LIST = 255
"""Letters of a drop-down's words that Excel takes."""
_HEADING, _RARE_HEADING = PatternFill("solid", fgColor="1F4E78"), PatternFill("solid", fgColor="7F7F7F")
_RARE = ("measure.sector", "bps.", "iku.", "id", "tujuan_id", "sasaran_id")
"""Columns that most offices leave alone, by what their fields begin with."""
_TITLE = PatternFill("solid", fgColor="DDEBF7")
_REQUIRED = PatternFill("solid", fgColor="FFF8DC")
_LABEL = PatternFill("solid", fgColor="F2F2F2")
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
LINE = 15.0
"""Height of a line of text, in points."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_FREE, _LOCKED = Protection(locked=False), Protection(locked=True)
_FONT = "Calibri"
_EXAMPLE = Font(name=_FONT, size=11, italic=True, color="808080")
_BOLD, _PLAIN = Font(name=_FONT, size=11, bold=True), Font(name=_FONT, size=11)
_AMOUNT_FORMAT, _TEXT_FORMAT, _DAY_FORMAT = "#,##0", "@", "d mmmm yyyy"


def draw(contents: Contents) -> bytes:
    """The workbook with an office's entries, as the bytes of an XLSX."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    _form(book.create_sheet(OFFICE), OFFICE_FORM, contents)
    _table(book.create_sheet(INDICATORS), INDICATOR_COLUMNS, contents.indicators)
    _targets(book.create_sheet(TARGETS), contents)
    _table(book.create_sheet(REALISASI), REALISASI_COLUMNS, contents.realisasi)
    _table(book.create_sheet(QUARTERLY), QUARTER_COLUMNS, contents.quarters)
    _table(book.create_sheet(PROGRAMS), PROGRAM_COLUMNS, contents.programs)
    _form(book.create_sheet(RULES), RULES_FORM, contents)
    name = get_column_letter([column.field for column in INDICATOR_COLUMNS].index("name") + 1)
    for sheet, column in ((book[TARGETS], "A"), (book[REALISASI], "A"), (book[QUARTERLY], "A")):
        _drop_down(sheet, f"'{INDICATORS}'!${name}$3:${name}${FREE_ROWS}", f"{column}3:{column}{FREE_ROWS}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- tables -----------------------------------------------------------------------------------------


def _table(sheet: Any, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    _headings(sheet, columns)
    for place, column in enumerate(columns, start=1):
        example = _put(sheet, 2, place, column.example or None, column)
        example.font, example.protection = _EXAMPLE, _LOCKED
        if column.choices:
            letter = get_column_letter(place)
            _words(sheet, column, f"{letter}3:{letter}{FREE_ROWS}")
    for number, row in enumerate(rows, start=3):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True), start=1):
            _put(sheet, number, place, cell, column)
    _finish(sheet, "B3" if len(columns) < 20 else "E3")


def _headings(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        heading = _heading(sheet, place, column.heading, column.note)
        if column.field.startswith(_RARE):
            heading.fill = _RARE_HEADING
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = column.width
        dimension.number_format = _format_of(column)
        dimension.alignment = _WRAPPED
        dimension.protection = _FREE
    sheet.row_dimensions[1].height = 46


def _heading(sheet: Any, place: int, text: str, note: str) -> Any:
    cell = sheet.cell(1, place, text)
    cell.font, cell.fill = Font(name=_FONT, size=11, bold=True, color="FFFFFF"), _HEADING
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border, cell.protection = _BORDER, _LOCKED
    if note:
        comment = Comment(note, "lkjip")
        comment.width, comment.height = 280, 40 + 18 * (len(note) // 36 + 1)
        cell.comment = comment
    return cell


def _put(sheet: Any, row: int, place: int, value: Shown, column: Column) -> Any:
    """Write a cell; a text stays text for Excel, whatever sign it begins with."""
    cell = sheet.cell(row, place)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
    else:
        cell.value = value
    cell.number_format = _format_of(column)
    cell.alignment, cell.border, cell.protection = _WRAPPED, _BORDER, _FREE
    return cell


def _format_of(column: Column) -> str:
    if column.kind is Kind.AMOUNT:
        return _AMOUNT_FORMAT
    if column.kind is Kind.DAY:
        return _DAY_FORMAT
    return "General" if column.kind is Kind.WHOLE else _TEXT_FORMAT


# --- targets ----------------------------------------------------------------------------------------


def _targets(sheet: Any, contents: Contents) -> None:
    documents = [*contents.documents, *[Document()] * (_DOCUMENTS - len(contents.documents))]
    columns = [Column("", FIRST_HEADING, "Nama indikator dari lembar Tujuan-Sasaran-Indikator.", width=44)]
    for year in contents.renstra_years:
        note = "Target menurut Renstra; angkanya saja." if year == contents.renstra_years[0] else ""
        columns.append(Column("", renstra_heading(year), note, Kind.VALUE, width=13))
    for number in range(1, len(documents) + 1):
        note = (
            "Yang paling lama lebih dulu: rencana kerja, Perjanjian Kinerja, perubahannya. Dokumen "
            "yang tidak ada: kosongkan namanya. Bila ada beberapa dokumen, target kosong di dokumen pertama "
            "diisi dari Renstra; tanda - berarti tidak dimuat dokumen itu."
            if number == 1
            else "Kosong berarti tidak dimuat dokumen ini."
        )
        columns.append(Column("", document_heading(number), note, Kind.VALUE, width=24))
        order = "Boleh kosong: urutan dalam dokumen, bila lain dari urutan baris."
        columns.append(Column("", order_heading(number), order, Kind.WHOLE, width=9))
    _headings(sheet, columns)
    first = len(contents.renstra_years) + 2
    for row, (label, field, kind) in enumerate(DOCUMENT_LABELS, start=2):
        cell = _put(sheet, row, 1, label, columns[0])
        cell.font, cell.fill, cell.protection = _BOLD, _LABEL, _LOCKED
        for place, document in enumerate(documents):
            raw = getattr(document, field)
            value = ("ya" if raw else None) if isinstance(raw, bool) else raw or None
            _put(sheet, row, first + 2 * place, value, Column("", label, kind=kind)).fill = _TITLE
    row = len(DOCUMENT_LABELS) + 2
    example = [EXAMPLE_NAME, *["9.000"] * len(contents.renstra_years), *["9.000", None] * len(documents)]
    for place, (column, cell) in enumerate(zip(columns, example, strict=True), start=1):
        shown = _put(sheet, row, place, cell, column)
        shown.font, shown.protection = _EXAMPLE, _LOCKED
    names = dict.fromkeys([*contents.targets, *(n for d in documents for n in d.targets)])
    for number, name in enumerate(names, start=row + 1):
        cells: list[Shown] = [name, *(contents.targets.get(name, {}).get(y) for y in contents.renstra_years)]
        for document in documents:
            cells += [document.targets.get(name), document.places.get(name)]
        for place, (column, written) in enumerate(zip(columns, cells, strict=True), start=1):
            _put(sheet, number, place, written, column)
    _finish(sheet, f"B{row + 1}")


# --- forms ------------------------------------------------------------------------------------------


def _form(sheet: Any, sections: Sequence[Section], contents: Contents) -> None:
    most = max(len(line.columns) for section in sections for line in section.lines)
    texts = ("Isian", "Isi", "Isi kedua", "Isi ketiga", "Isi keempat")[: most + 1]
    widths = (32, 62, 30, 22, 22)[: most + 1]
    _headings(sheet, [Column("", text, width=width) for text, width in zip(texts, widths, strict=True)])
    _heading(sheet, most + 2, "Keterangan", "")
    sheet.column_dimensions[get_column_letter(most + 2)].width = 60
    sheet.row_dimensions[1].height = 20
    number = 2
    for section in sections:
        cell = sheet.cell(number, 1, section.title)
        for place in range(1, most + 3):
            sheet.cell(number, place).fill = _TITLE
        cell.font = _BOLD
        number += 1
        for line in section.lines:
            number = _line(sheet, line, number, contents.forms.get(line.label, ()), most + 2)
    _finish(sheet, "B2")


def _line(sheet: Any, line: Line, number: int, rows: Sequence[Row], notes: int) -> int:
    """Write the rows of a line from a row on, and give the row after them."""
    spare = max(line.spare if line.many else 0, 0 if rows else 1)
    explanation = _explanation(line)
    for row in [*rows, *[(None,) * len(line.columns)] * spare]:
        label = sheet.cell(number, 1, line.label)
        label.font, label.fill, label.border = _BOLD if line.required else _PLAIN, _LABEL, _BORDER
        label.alignment = _WRAPPED
        label.protection = _FREE if line.many else _LOCKED
        for place, (column, cell) in enumerate(zip(line.columns, row, strict=True), start=2):
            shown = _put(sheet, number, place, cell, column)
            if column.required:
                shown.fill = _REQUIRED
            if column.choices:
                letter = get_column_letter(place)
                _words(sheet, column, f"{letter}{number}")
        note = sheet.cell(number, notes, explanation)
        note.font, note.alignment = Font(name=_FONT, size=11, color="606060"), _WRAPPED
        number, explanation = number + 1, ""  # told once, on the first of a label's lines
    return number


def _explanation(line: Line) -> str:
    if len(line.columns) == 1:
        return line.columns[0].note
    letters = zip("BCDE", line.columns, strict=False)
    return "; ".join(f"{letter}: {c.heading}{f' ({c.note})' if c.note else ''}" for letter, c in letters)


# --- what all sheets have ----------------------------------------------------------------------------


def _words(sheet: Any, column: Column, cells: str) -> None:
    words = ",".join(column.choices)
    if len(words) <= _LONGEST_LIST:
        _drop_down(sheet, f'"{words}"', cells, strict=not column.open_choice)


def _drop_down(sheet: Any, words: str, cells: str, *, strict: bool = False) -> None:
    validation = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=strict)
    validation.errorTitle, validation.error = "Bukan salah satu pilihan", "Pilih dari daftar."
    sheet.add_data_validation(validation)
    validation.add(cells)


def _make_room(sheet: Any) -> None:
    """Give each row the height of its longest cell: not every program does so for wrapped texts."""
    for row in sheet.iter_rows(min_row=2):
        lines = [
            sum(ceil(max(1, len(part)) / _letters(sheet, cell)) for part in str(cell.value).split("\n"))
            for cell in row
            if cell.value is not None and cell.alignment.wrap_text
        ]
        if lines and max(lines) > 1:
            sheet.row_dimensions[row[0].row].height = LINE * max(lines)


def _letters(sheet: Any, cell: Any) -> float:
    """How many letters of a text stand in a line of a cell; words are not broken, so not all that fit."""
    return max(1.0, 0.85 * float(sheet.column_dimensions[cell.column_letter].width))


def _finish(sheet: Any, freeze: str) -> None:
    """Freeze and lock the headings; everything else may be changed, and rows be added."""
    _make_room(sheet)
    sheet.freeze_panes = freeze
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)  # in the file's words: not forbidden
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def example_rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The example row of each table by its sheet, so that reading leaves it out."""
    for sheet, columns in (
        (INDICATORS, INDICATOR_COLUMNS), (REALISASI, REALISASI_COLUMNS),
        (QUARTERLY, QUARTER_COLUMNS), (PROGRAMS, PROGRAM_COLUMNS),
    ):  # fmt: skip
        yield sheet, tuple(column.example for column in columns)
