"""Siskaperbapo, the market prices of Jawa Timur: a session, the markets of a region, a table a day.

What is known of the site stands in SOURCES.md, section 2, and in public clients of it: it refuses a
form that comes without the cookie of its first page, and says with the status of success that it is
in trouble. So the body decides what an answer is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock
from typing import Any

from connectors.prices.quotes import REGION, Quote, Quotes
from connectors.prices.siskaperbapo.rows import PriceRow, clean
from connectors.prices.siskaperbapo.table import cut_off, is_cut_off, no_table, read_table
from connectors.web.session import PoliteSession
from connectors.web.transport import Fetched
from core.dates import format_date
from core.errors import NothingFoundError, SourceError, passing_error

OFFICIAL = "https://siskaperbapo.jatimprov.go.id"
ACCEPT = "text/html, application/json;q=0.9, */*;q=0.8"
"""For the session: tables come as HTML, markets as JSON."""
PROVINCE = ""
"""The region whose table is the mean of the province."""

MAX_FRUITLESS = 2
"""So many sessions are opened in a row without a single table or list: then it is not the session, and
opening more would also keep the circuit from opening, since each first page is a success."""

_REGION = re.compile(r"[a-z]+(?:kab|kota)")
_MARKET_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_REPORT = "laporkan kepada pembuat program; harga yang tersimpan tetap dipakai."


@dataclass(frozen=True)
class Market:
    """A market.

    Attributes:
        id: The site's, ``psr_id``, as text; :data:`~connectors.prices.quotes.REGION` for all markets.
        name: ``psr_nama``.
    """

    id: str
    name: str


WHOLE_REGION = Market(REGION, "")
"""In place of a market: the mean of a region, as the site computes it."""


@dataclass(frozen=True)
class Markets:
    """The markets of a region, in the site's order, and the answer behind them."""

    region: str
    markets: tuple[Market, ...]
    fetched: Fetched


@dataclass(frozen=True)
class DayTable:
    """The prices of one market on one day.

    Attributes:
        rows: The commodities with the groups they stand in and what the table says of the day before.
        quotes: The same as every source gives them, with what could not be read.
        fetched: The answer, for the snapshot.
    """

    region: str
    market: Market
    day: date
    rows: tuple[PriceRow, ...]
    quotes: Quotes
    fetched: Fetched

    def before(self) -> tuple[Quote, ...]:
        """What the table says of the day before: a check, no observation of that day."""
        by_place = {row.place: row for row in self.rows}
        day = self.day - timedelta(days=1)
        return tuple(
            replace(quote, day=day, price=by_place[quote.place].before) for quote in self.quotes.quotes
        )


class SiskaperbapoClient:
    """Asks the site; may be used by several threads at once.

    Args:
        url: :data:`OFFICIAL`, or a stand-in's.
        session: Made with ``cookies=True`` and ``accept=ACCEPT``.
    """

    def __init__(self, url: str, session: PoliteSession) -> None:
        self._url = url.rstrip("/")
        self._session = session
        self._opening = Lock()
        self._opened = self._fruitless = 0

    def __repr__(self) -> str:
        return f"<SiskaperbapoClient {self._url}>"

    def markets(self, region: str) -> Markets:
        """The markets of a region.

        Args:
            region: As the site names it, ``sumenepkab``.

        Raises:
            NothingFoundError: The site names none.
            SourceError: The region is none, or there is no usable answer.
        """
        _check_region(region)
        address = f"{self._url}/harga/pasar.json/{region}"
        fetched = self._within_session(
            lambda: self._session.get(address, retry_if=_is_empty, give_up_if=_is_no_list), _is_no_list
        )
        return Markets(region, _read_markets(region, fetched), fetched)

    def read_day(self, region: str, market: Market, day: date) -> DayTable:
        """The table of a day.

        Args:
            region: As the site names it; :data:`PROVINCE` for the mean of the province.
            market: One of :meth:`markets`, or :data:`WHOLE_REGION`.
            day: Prices of today are often still missing, and come later.

        Raises:
            NothingFoundError: The table has no commodity at all; retryable.
            SourceError: No usable answer.
        """
        if region != PROVINCE:
            _check_region(region)
        form = {"tanggal": day.isoformat(), "kabkota": region, "pasar": market.id}
        address = f"{self._url}/harga/tabel.nodesign/"
        fetched = self._within_session(
            lambda: self._session.post(address, form, retry_if=_is_incomplete, give_up_if=_is_no_table),
            _is_no_table,
        )
        _check_answer(fetched)
        table = read_table(fetched.content)
        if not table.rows and not table.unread:
            raise NothingFoundError(
                f"Tabel Siskaperbapo {_named(region, market)} tanggal {format_date(day)} kosong.",
                todo="periksa tanggal dan pasarnya; bila tanggalnya sudah lewat, hari itu akan dibaca lagi "
                "pada jadwal berikut.",
                retryable=True,
            )
        quotes = Quotes(
            tuple(_quote(row, market, day, illustrative=table.illustrative) for row in table.rows),
            table.unread,
        )
        return DayTable(region, market, day, table.rows, quotes, fetched)

    def _within_session(self, ask: Callable[[], Fetched], refused: Callable[[Fetched], bool]) -> Fetched:
        """An answer within the site's session, which is opened once, and again when the site forgot it."""
        seen = self._open(0)
        fetched = ask()
        if refused(fetched) and self._fruitless < MAX_FRUITLESS:
            self._open(seen)
            fetched = ask()
        if fetched.status == 200 and not refused(fetched):
            self._fruitless = 0
        return fetched

    def _open(self, seen: int) -> int:
        """Open a session unless one was opened since the number ``seen``; which number it has."""
        with self._opening:
            if self._opened <= seen:
                page = self._session.get(f"{self._url}/harga/tabel", give_up_if=_is_refused)
                _check_status(page)
                self._opened += 1
                self._fruitless += 1
            return self._opened


def _check_region(region: str) -> None:
    if not _REGION.fullmatch(region):
        raise SourceError(
            f"Wilayah {region!r} bukan nama wilayah Siskaperbapo; yang diharapkan seperti 'sumenepkab' atau "
            "'surabayakota'.",
            todo="perbaiki isian siskaperbapo di prices.yaml instansi.",
        )


def _named(region: str, market: Market) -> str:
    return f"{market.name or 'rata-rata'} ({region or 'provinsi'})"


def _is_empty(fetched: Fetched) -> bool:
    return fetched.status == 200 and not fetched.content.strip()


def _is_incomplete(fetched: Fetched) -> bool:
    return _is_empty(fetched) or (fetched.status == 200 and is_cut_off(fetched.content))


def _is_refused(fetched: Fetched) -> bool:
    return fetched.status in (401, 403)


def _is_no_table(fetched: Fetched) -> bool:
    """Whether something else came where a table was due: the firewall, a page to log in."""
    no_table_in_it = fetched.status == 200 and b"<table" not in fetched.content.lower()
    return _is_refused(fetched) or (no_table_in_it and not _is_empty(fetched))


def _is_no_list(fetched: Fetched) -> bool:
    is_page = fetched.status == 200 and fetched.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return _is_refused(fetched) or is_page


def _quote(row: PriceRow, market: Market, day: date, *, illustrative: bool) -> Quote:
    return Quote(
        row.item, row.name, row.unit, market.id, market.name, day, row.price, row.place, illustrative
    )


def _check_status(fetched: Fetched) -> None:
    status = fetched.status
    if status == 429 or status >= 500:
        raise passing_error(f"Siskaperbapo sedang terganggu (HTTP {status}).")
    if status in (401, 403):
        raise passing_error(
            f"Siskaperbapo menolak permintaan (HTTP {status}), biasanya tembok apinya.",
            "minta pengelola Siskaperbapo mengizinkan pembacaan ini",
        )
    if status == 404:
        raise SourceError(
            "Alamat Siskaperbapo salah: server menjawab HTTP 404.",
            todo=f"periksa alamat layanan di pengaturan; alamat resminya {OFFICIAL}.",
        )
    if status != 200:
        raise SourceError(f"Jawaban Siskaperbapo tidak dikenal (HTTP {status}).", todo=_REPORT)


def _check_answer(fetched: Fetched) -> None:
    """Refuse what is no table of prices, and say what it is."""
    _check_status(fetched)
    content = fetched.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content:
        raise passing_error("Siskaperbapo memberi jawaban kosong.")
    if content.startswith((b"{", b"[")):
        raise SourceError("Siskaperbapo menjawab dengan JSON, bukan tabel harga.", todo=_REPORT)
    if _asks_to_log_in(content):
        raise SourceError(
            "Siskaperbapo meminta masuk dengan kata sandi sebelum memberi harga.",
            todo="buka laman harga Siskaperbapo di peramban; bila memang perlu akun, laporkan kepada "
            "pembuat program.",
        )
    if is_cut_off(content):
        raise cut_off()
    if b"<table" not in content.lower():
        raise no_table()


def _asks_to_log_in(content: bytes) -> bool:
    return re.search(rb"type\s*=\s*[\"']?password", content, re.IGNORECASE) is not None


def _read_markets(region: str, fetched: Fetched) -> tuple[Market, ...]:
    _check_status(fetched)
    found: dict[str, Market] = {}
    for row in _rows_of(fetched):
        market = _read_market(row)
        if market is None or found.setdefault(market.id, market) != market:
            raise SourceError(
                f"Daftar pasar Siskaperbapo untuk {region} memuat baris yang tidak dikenal: {_shown(row)}. "
                "Yang diharapkan psr_id dan psr_nama, tiap nomor satu kali.",
                todo=_REPORT,
            )
    if not found:
        raise NothingFoundError(
            f"Siskaperbapo tidak menyebut satu pasar pun untuk wilayah {region!r}.",
            todo="periksa isian siskaperbapo di prices.yaml instansi; bila benar, daftarnya dibaca lagi pada "
            "jadwal berikut.",
            retryable=True,
        )
    return tuple(found.values())


def _rows_of(fetched: Fetched) -> list[Any]:
    try:
        payload = json.loads(fetched.content)
    except (ValueError, RecursionError):
        raise passing_error("Daftar pasar Siskaperbapo tidak terbaca sebagai JSON.") from None
    if not isinstance(payload, list):
        raise SourceError(
            f"Daftar pasar Siskaperbapo bukan daftar: {_shown(payload)}.",
            todo=_REPORT,
        )
    return payload


def _read_market(row: Any) -> Market | None:
    """A market; None for what is none. Ids come as numbers or as text."""
    if not isinstance(row, dict):
        return None
    number, name = row.get("psr_id"), row.get("psr_nama")
    if isinstance(number, bool) or not isinstance(number, int | str) or not isinstance(name, str):
        return None
    identity, called = str(number).strip(), clean(name)
    return Market(identity, called) if _MARKET_ID.fullmatch(identity) and called else None


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:120]
