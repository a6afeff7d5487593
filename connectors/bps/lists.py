"""Lists read whole: no row lost and none twice, though BPS moves them while they are read.

The WebAPI gives ten rows a page and says how many rows and pages there are. A release in the middle of
reading moves rows from page to page; so what was read counts only when it holds as many different rows as
BPS says that there are.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.bps.answers import Answer, Kind
from core.errors import SourceError, passing_error
from core.numbers import format_number

logger = logging.getLogger(__name__)

MAX_PAGES = 2000
ID_FIELDS: Mapping[str, tuple[str, ...]] = {
    "var": ("var_id",),
    "th": ("th_id",),
    "vervar": ("kode_ver_id", "group_ver_id"),
    "turvar": ("turvar_id", "group_turvar_id"),
    "turth": ("turth_id", "group_turth_id"),
    "subject": ("sub_id",),
    "subcat": ("subcat_id",),
    "unit": ("unit_id",),
    "publication": ("pub_id",),
    "pressrelease": ("brs_id",),
    "statictable": ("table_id",),
    "tablestatistic": ("id",),
}
"""By which fields the rows of a list are told apart; those of other lists by all they hold."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page of a list.

    Attributes:
        number: Which page BPS says it is; None when it does not say.
        pages: How many there are; None when what BPS says cannot be read.
        total: How many rows the whole list has.
        rows: As they came.
    """

    number: int | None
    pages: int | None
    total: int
    rows: Sequence[Row]


class MovedError(Exception):
    """A list was not the same from its first page to its last; the text says in Indonesian how."""


def read_page(model: str, answer: Answer) -> Page | None:
    """Read ``data`` of a list: ``[{"page":…, "pages":…, "total":…}, [{…}, …]]``.

    Numbers may come as text.

    Returns:
        The page; None when BPS says that there is none.

    Raises:
        SourceError: It has another shape.
    """
    if answer.kind is Kind.NOT_AVAILABLE:
        return None
    if answer.kind is Kind.TOO_LARGE:
        raise passing_error(f"BPS menjawab daftar {model!r} dengan jawaban kosong (null).")
    data = answer.payload.get("data")
    if isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict) and isinstance(data[1], list):
        meta, rows = data
        total = _count(meta.get("total"))
        if total is not None and all(isinstance(row, dict) for row in rows):
            return Page(_count(meta.get("page")), _count(meta.get("pages")), total, rows)
    raise SourceError(
        f"Daftar {model!r} dari BPS tidak berbentuk seperti biasanya.",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )


def collect(
    model: str, read: Callable[[int], Page | None], read_many: Callable[[range], Iterable[Page | None]]
) -> list[Row]:
    """Read a list from its first page to its last.

    Args:
        model: Of the WebAPI.
        read: Gives a page by its number.
        read_many: Gives several pages, in order.

    Returns:
        Every row once, in BPS's order.

    Raises:
        MovedError: The list changed meanwhile, or does not hold what it says.
        SourceError: No usable answer, or more pages than any list of BPS has.
    """
    first = read(1)
    if first is None:
        return []
    if (first.pages or 1) > MAX_PAGES:
        raise _endless(model, first.pages or 1)
    rows = _Rows(model, first)
    read_so_far = 1
    for page in read_many(range(2, (first.pages or 1) + 1)):
        read_so_far += 1
        if not rows.add(page, read_so_far):
            break
    else:
        # How many pages there are may be said wrongly; how many rows there are decides.
        while rows.missing > 0:
            read_so_far += 1
            if read_so_far > MAX_PAGES:
                raise _endless(model, read_so_far)
            if not rows.add(read(read_so_far), read_so_far):
                break
    return rows.complete()


class _Rows:
    """The rows read so far, each once."""

    def __init__(self, model: str, first: Page) -> None:
        self._model = model
        self._total = first.total
        self._by_identity: dict[tuple[str, ...], Row] = {}
        self._twins = 0
        self.add(first, 1)

    @property
    def missing(self) -> int:
        """How many rows of the list have not been seen."""
        return self._total - len(self._by_identity)

    def add(self, page: Page | None, asked: int) -> bool:
        """Take in a page; False when it brought nothing new, so that the list must be at its end."""
        if page is None or not page.rows:
            return False
        if page.number not in (None, asked):
            raise MovedError(f"halaman {page.number} datang padahal yang diminta halaman {asked}")
        if page.total != self._total:
            raise MovedError(
                f"jumlah barisnya berubah dari {format_number(self._total)} "
                f"menjadi {format_number(page.total)}"
            )
        before = len(self._by_identity)
        for row in page.rows:
            kept = self._by_identity.setdefault(_identity(self._model, row), row)
            if kept is not row:
                self._twins += 1
                if kept != row:
                    raise MovedError("satu baris datang dua kali dengan isi yang berbeda")
        return len(self._by_identity) > before

    def complete(self) -> list[Row]:
        """All rows, if they are as many as the list says."""
        if self.missing:
            raise MovedError(
                f"memuat {format_number(len(self._by_identity))} baris yang berbeda, padahal menyebut "
                f"{format_number(self._total)}"
            )
        if self._twins:
            logger.info("Daftar %r di BPS memuat %d baris dua kali.", self._model, self._twins)
        return list(self._by_identity.values())


def _identity(model: str, row: Row) -> tuple[str, ...]:
    fields = ID_FIELDS.get(model, ())
    if fields and fields[0] in row:
        return tuple(str(row.get(field)) for field in fields)
    return (json.dumps(row, sort_keys=True, default=str),)


def _count(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if type(value) in (int, str) and text.isascii() and text.isdecimal() else None


def _endless(model: str, pages: int) -> SourceError:
    return SourceError(
        f"Daftar {model!r} di BPS menyebut {format_number(pages)} halaman, lebih dari "
        f"{format_number(MAX_PAGES)} yang wajar, jadi tidak dibaca.",
        todo="laporkan kepada pembuat program; angka yang tersimpan tetap dipakai.",
    )
