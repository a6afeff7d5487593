"""The inside of a SIMDASI table: what its columns mean, and the figures in its cells.

A column says its measure, its year, or nothing; a cell is a text as Indonesians write numbers, with
HTML and BPS's signs around it. What has two meanings is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from connectors.bps import labels
from core.errors import ImplausibleFigureError, SourceError
from core.numbers import parse_number, round_half_up

_EMPTY = {"", "-", "–", "—", "...", "…", "na", "n/a", "null"}
_MARKS = {
    "": "",
    "*": labels.PROVISIONAL,
    "x": labels.PROVISIONAL,
    "**": labels.VERY_PROVISIONAL,
    "xx": labels.VERY_PROVISIONAL,
    "r": "",
}
"""Signs beside a figure: sementara, sangat sementara, revisi. Another one is not understood."""
_SIGNED = re.compile(r"(.*?[0-9]\)?)\s*(\*{1,2}|xx?|r)?\)?", re.IGNORECASE)
_NUMBER = re.compile(r"\(?[-−–]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?\)?")
_LARGEST = 18
_TRAILING_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*\*{0,2}$")
_ABOUT = "PDRB Menurut Lapangan Usaha"
_TOTAL_WITHOUT_REGION = re.compile(r"^produk domestik bruto\b", re.IGNORECASE)
_RATES = {"growth": "adhk", "share": "adhb"}
_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS."


@dataclass(frozen=True)
class Column:
    """A column that holds figures of one measure for one year.

    Attributes:
        key: By which cells name it; it means nothing.
        status: By the stars behind its year; empty without any.
        unit: As BPS writes it, cleaned; empty when only the title says it.
        decimals: How many the figures have; None when BPS does not say.
    """

    key: str
    name: str
    measure: str
    year: int
    status: str
    unit: str
    decimals: int | None


@dataclass(frozen=True)
class Figure:
    """A figure of a category.

    Attributes:
        value: In the column's unit.
        status: By a sign beside it; empty without any.
        unit: Of the row, where BPS writes it there.
    """

    sector: str
    label: str
    value: Decimal
    status: str
    unit: str


def plain(text: object) -> str:
    """A text as a person reads it: unescaped, without tags, footnote signs and stray spaces."""
    return _split_marks(text)[0]


def read_columns(kolom: object, title: str, measure: str | None, year: int) -> tuple[Column, ...]:
    """The columns that hold PDRB by lapangan usaha.

    Args:
        kolom: As it came: by key, with ``nama_variabel``, ``satuan``, ``angka_desimal_dibelakang_koma``.
        title: Of the table, cleaned.
        measure: What the title promises; None when the columns decide.
        year: For which a column without one stands.

    Raises:
        SourceError: Another shape, no such column, or two that fit the same place.
    """
    if not isinstance(kolom, dict) or not all(isinstance(told, dict) for told in kolom.values()):
        raise shape_error("kolom")
    columns: dict[tuple[str, int], Column] = {}
    for key, told in kolom.items():
        column = _read_column(key, told, measure, year)
        if column is None:
            continue
        if (column.measure, column.year) in columns:
            raise _unclear(title, kolom)
        columns[column.measure, column.year] = column
    if not columns:
        raise _unclear(title, kolom)
    return tuple(columns.values())


def read_figures(rows: object, column: Column, title: str) -> Iterator[Figure]:
    """The figures of a column, category by category; sub-categories and empty cells are left out.

    Args:
        rows: As they came: ``label``, ``label_raw``, ``variables`` by column.
        column: By :func:`read_columns`.
        title: Of the table, for messages.

    Raises:
        SourceError: Another shape.
        ImplausibleFigureError: A cell is not a number, or a category is not known.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise shape_error("data")
    for row in rows:
        label = plain(row.get("label_raw") or row.get("label") or "")
        variables = row.get("variables")
        cell = variables.get(column.key) if isinstance(variables, dict) else None
        found = _read_cell(cell, column, label, title)
        if found is None:
            continue
        code = _category(label, title)
        if code:
            yield Figure(code, label, *found, plain(row.get("satuan") or ""))


def shape_error(part: str) -> SourceError:
    """The error for an answer of SIMDASI that has another shape."""
    return SourceError(
        f"Jawaban SIMDASI tidak berbentuk seperti biasanya: bagian {part!r} tidak ada atau lain.",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )


# --- columns ------------------------------------------------------------------------------------


def _read_column(key: str, told: Mapping[str, Any], measure: str | None, year: int) -> Column | None:
    name = plain(told.get("nama_variabel") or "")
    words, stated = _split_year(name)
    own = _measure_of_column(words, measure)
    if own is None:
        return None
    decimals = str(told.get("angka_desimal_dibelakang_koma", ""))
    return Column(
        key=key,
        name=name,
        measure=own,
        year=stated[0] if stated else year,
        status=stated[1] if stated and stated[1] != labels.FINAL else "",
        unit=plain(told.get("satuan") or ""),
        decimals=int(decimals) if decimals.isascii() and decimals.isdigit() and len(decimals) < 3 else None,
    )


def _split_year(name: str) -> tuple[str, tuple[int, str] | None]:
    """``Harga Berlaku 2023**`` into its words and its year; a base year stays with the words."""
    match = _TRAILING_YEAR.search(name)
    year = labels.read_year(match[0]) if match else None
    if match is None or year is None or labels.base_year_of(name) == year[0]:
        return name, None
    return name[: match.start()], year


_PRICES = ("", "Harga Berlaku", "Harga Konstan")


def _measure_of_column(words: str, promised: str | None) -> str | None:
    """What a column holds, None when it is another thing or the title leaves it open."""
    if not any(labels.measures_of(f"{_ABOUT} {prices} {words}") for prices in _PRICES):
        return None
    said = labels.measure_of(f"{_ABOUT} {words}")
    if said is None or promised is None or said == promised:
        return said or promised
    if promised in _RATES:
        return promised if _RATES[promised] == said else None
    return said if said in _RATES else None


def _unclear(title: str, kolom: Mapping[str, Any]) -> SourceError:
    names = ", ".join(repr(plain(told.get("nama_variabel") or "")) for told in list(kolom.values())[:8])
    return SourceError(
        f"Kolom tabel SIMDASI {title!r} tidak jelas: {names or 'tidak ada kolom'}. Tidak dapat "
        "ditentukan kolom mana yang memuat PDRB tahun yang diperlukan.",
        todo="angka yang tersimpan tetap dipakai; laporkan nama kolom itu kepada pembuat program.",
    )


# --- cells --------------------------------------------------------------------------------------


def _category(label: str, title: str) -> str:
    # SIMDASI calls the total of a regency "Produk Domestik Bruto" too.
    category = labels.read_category(_TOTAL_WITHOUT_REGION.sub("Produk Domestik Regional Bruto", label))
    if category is None:
        raise ImplausibleFigureError(
            f"Tabel SIMDASI {title!r} memuat kategori yang tidak dikenal: {label[:80]!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan tulisan kategori itu kepada pembuat program.",
        )
    return category.code


def _read_cell(cell: object, column: Column, label: str, title: str) -> tuple[Decimal, str] | None:
    """The figure with its status, None for an empty cell or a sign that says there is none."""
    if cell is None or cell == []:
        return None
    if not isinstance(cell, dict):
        raise _unreadable({"value": cell}, label, title)
    shown, raw = _number(cell.get("value")), _number(cell.get("value_raw"))
    code = plain(cell.get("value_code") or "").lower()
    given = [part for part in (shown, raw) if part is not None]
    if all(part.value is None and not part.unreadable for part in given):
        return None
    exact = given[-1].value
    marks = {part.mark for part in given} | {code}
    statuses = {_MARKS[mark] for mark in marks if mark in _MARKS} - {""}
    if (
        exact is None
        or not marks <= set(_MARKS)
        or len(statuses) > 1
        or not all(_is_clear(part, column) for part in given[:1])
        or not _agree(shown, raw)
    ):
        raise _unreadable(cell, label, title)
    return exact, next(iter(statuses), "")


@dataclass(frozen=True)
class _Written:
    """A number as it stood in the answer.

    Attributes:
        value: None for a sign that says there is none, and for what is unreadable.
        mark: The sign beside it.
        decimals: Behind the comma.
        is_text: Whether its comma and points had to be understood.
    """

    value: Decimal | None
    mark: str = ""
    decimals: int = 0
    is_text: bool = False
    unreadable: bool = False


_UNREADABLE = _Written(None, unreadable=True)


def _number(written: object) -> _Written | None:
    """What a cell's part says; None when nothing is there."""
    if written is None:
        return None
    if isinstance(written, str):
        return _number_in_text(written)
    if isinstance(written, bool) or not isinstance(written, int | Decimal):
        return _UNREADABLE
    number = Decimal(written)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return _UNREADABLE
    return _Written(number, decimals=max(0, -int(number.as_tuple().exponent)))


def _number_in_text(written: str) -> _Written:
    text, mark = _split_marks(written)
    if text.lower() in _EMPTY:
        return _Written(None)
    signed = _SIGNED.fullmatch(text) if len(text) <= 2 * _LARGEST else None
    match = _NUMBER.fullmatch(signed[1].strip()) if signed else None
    if signed is None or match is None or not _balanced(match[0]):
        return _UNREADABLE
    mark = (mark or signed[2] or "").lower()
    return _Written(parse_number(match[0]), mark, len(match[1] or ""), is_text=True)


def _is_clear(part: _Written, column: Column) -> bool:
    """Whether its comma can only be a decimal comma: ``12,345`` might be English thousands."""
    if not part.is_text or part.value is None:
        return True
    if column.decimals is not None:
        return part.decimals <= column.decimals
    return part.decimals != 3 or abs(part.value) >= 1000


def _agree(shown: _Written | None, raw: _Written | None) -> bool:
    """Whether the figure that is shown and the raw one are the same, or one is the other rounded."""
    if shown is None or raw is None:
        return True
    if shown.value is None or raw.value is None:
        return False
    return shown.value in (raw.value, round_half_up(raw.value, shown.decimals))


def _balanced(text: str) -> bool:
    return text.startswith("(") == text.endswith(")")


def _split_marks(text: object) -> tuple[str, str]:
    """The text without tags, and what stood in superscript: ``1.078,61<sup>r</sup>``."""
    once = html.unescape(text) if isinstance(text, str) else str(text)
    if "<" not in once:
        return labels.clean(once), ""
    try:
        soup = BeautifulSoup(once, "html.parser")
    except (ParserRejectedMarkup, ValueError, RecursionError):
        return labels.clean(once), ""
    raised = [tag.extract().get_text() for tag in soup.find_all(["sup", "sub"])]
    return labels.clean(soup.get_text(" ")), " ".join("".join(raised).split()).rstrip(")")


def _unreadable(parts: Mapping[str, Any], label: str, title: str) -> ImplausibleFigureError:
    written = " / ".join(str(parts[n])[:40] for n in ("value", "value_raw", "value_code") if parts.get(n))
    return ImplausibleFigureError(
        f"Tabel SIMDASI {title!r} memuat isian yang tidak pasti sebagai angka: {written!r} pada "
        f"{label[:80]!r}.",
        todo=_ADVICE,
    )
