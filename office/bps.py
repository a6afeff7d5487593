"""Which statistic of BPS an indicator takes: entry ``bps`` of an indicator."""

from __future__ import annotations

import base64
import binascii
import re
from enum import StrEnum
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from core.periods import YEAR, Period, read_period
from office.fields import Entry

NATIONAL = "0000"
_NUMBER = re.compile(r"[0-9]{1,9}")
_PATH = re.compile(r"/statistics-table/([123])/([A-Za-z0-9+/_=%-]+?)(?:/|$)")
_IDENTITY = re.compile(r"([0-9]{1,9})#2(?:#.*)?")


class Take(StrEnum):
    """What is taken of a statistic, each from the figures of one state of its table.

    ``growth`` and ``points`` compare with the same part of the year before (for a month: year on year).
    """

    VALUE = "value"
    GROWTH = "growth"
    SHARE = "share"
    POINTS = "points"


class TableAddress(NamedTuple):
    """A dynamic table by its page on a site of BPS: the site's host, and the table's number."""

    host: str
    var_id: int


def read_address(text: str) -> TableAddress:
    """Read the address of a table's page: ``https://www.bps.go.id/id/statistics-table/2/NjIxIzI=/….html``.

    The path names kind and number of the table in base64 (``621#2``).

    Raises:
        ValueError: It is no page of a dynamic table; the message says so in Indonesian.
    """
    parts = urlsplit(text.strip())
    host, match = (parts.hostname or "").lower(), _PATH.search(parts.path)
    if match is None or not (host == "bps.go.id" or host.endswith(".bps.go.id")):
        raise ValueError(
            f"{text!r} bukan alamat tabel statistik BPS; salin alamat yang memuat /statistics-table/2/…"
        )
    identity = _IDENTITY.fullmatch(_decoded(match[2]))
    if match[1] != "2" or identity is None:
        raise ValueError(
            f"{text!r} bukan alamat tabel dinamis BPS (statistics-table/2); tabel statis dan SIMDASI tidak "
            "dapat menjadi sumber indikator"
        )
    return TableAddress(host, int(identity[1]))


def _decoded(text: str) -> str:
    plain = text.replace("%3D", "=").replace("%3d", "=").rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def is_address(text: str) -> bool:
    """Whether a person wrote a web address and not words."""
    return "://" in text


def _table(raw: object) -> object:
    text = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else raw
    if isinstance(text, str) and is_address(text):
        read_address(text)
    return text


def _period(raw: object) -> object:
    return read_period(raw) if isinstance(raw, str) else raw


class Statistic(Entry):
    """One figure of a dynamic table of BPS, and what is taken of it.

    Attributes:
        table: Words of the table's title (without year and region), its number, or its web address.
        row: The row's label; may be left out where the table has one row only.
        characteristic: The column's label (``Laki-laki``, ``Perkotaan``); only where the table has several.
        period: ``tahun``, ``Semester 1``, ``Triwulan IV``, or a month's name.
        take: What of it.
        of: For ``share``: the row of the whole.
        domain: Whose table it is, four digits; empty for the office's own region, or that of the address.
        name: How the report calls the statistic while it waits; empty for the words of ``table``.
    """

    table: Annotated[str, BeforeValidator(_table), Field(min_length=1)]
    row: str = ""
    characteristic: str = ""
    period: Annotated[Period, BeforeValidator(_period)] = YEAR
    take: Take = Take.VALUE
    of: str = ""
    domain: Annotated[str, Field(pattern=r"^(\d{4})?$")] = ""
    name: str = ""

    @property
    def address(self) -> TableAddress | None:
        """The table's page, where the office wrote one."""
        return read_address(self.table) if is_address(self.table) else None

    @property
    def var_id(self) -> int | None:
        """The table's number, where the office wrote it or the address of its page."""
        if address := self.address:
            return address.var_id
        return int(self.table) if _NUMBER.fullmatch(self.table) else None

    @property
    def spoken(self) -> str:
        """What the statistic is called; empty where only a number names it."""
        return self.name or ("" if self.var_id is not None else self.table)

    @property
    def series(self) -> str:
        """The name under which the states of its table are kept, whichever number BPS gives the table."""
        words = " ".join(self.table.casefold().split())
        return f"statistic/{words if self.var_id is None else f'#{self.var_id}'}"

    def place(self, row: str) -> str:
        """The name under which a figure of one of its rows is kept."""
        parts = (row, self.characteristic, str(self.period))
        return " | ".join(" ".join(part.casefold().split()) for part in parts)
