"""Reads SP2KP's answers. A row that is no price is kept aside; an answer of another shape is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from connectors.prices.quotes import REGION, Quote, Unread
from connectors.web.refusals import is_challenge
from connectors.web.transport import Fetched
from core.dates import format_date
from core.errors import SourceError, passing_error

_SHOWN = 100
_ILLUSTRATION = "Ilustrasi"
"""How the ``catatan`` begins that a stand-in writes beside its status."""
_TOO_HIGH = Decimal(10) ** 9


class _Malformed(Exception):
    """Something is not as it should be; its text says where and what, in Indonesian."""


@contextmanager
def _refusing() -> Iterator[None]:
    """What is malformed outside a row spoils the answer."""
    try:
        yield
    except _Malformed as cause:
        raise SourceError(
            f"Jawaban SP2KP tidak dikenal: {cause}.",
            todo="harga yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
        ) from None


@dataclass(frozen=True)
class _Row:
    """A row that could be read: the code of its province, and its price."""

    code: str
    raw: Any
    quote: Quote


@_refusing()
def read_rows(fetched: Fetched, what: str) -> list[Any]:
    """The rows of a list.

    Raises:
        SourceError: It is no list, or none came.
    """
    rows = _payload(fetched)["data"]
    if not isinstance(rows, list) or not rows:
        raise _Malformed(f"{what} tidak berisi baris")
    return rows


@_refusing()
def read_variant(number: int, row: Any) -> tuple[str, str, str]:
    """Number, name and unit of a variant (``id``, ``nama``, ``satuan.display``).

    Raises:
        SourceError: It has no number or no name.
    """
    place = f"daftar varian baris {number}"
    identity, unit = _field(row, "id", place), row.get("satuan")
    # A bool is an int in Python, and no number.
    if not isinstance(identity, int) or isinstance(identity, bool):
        raise _Malformed(f"{place}: id {identity!r} bukan bilangan")
    display = unit.get("display") if isinstance(unit, dict) else None
    return str(identity), _text(row, "nama", place), display.strip() if isinstance(display, str) else ""


@_refusing()
def read_provinces(
    fetched: Fetched, variant: str, unit: str, day: date
) -> tuple[dict[str, Quote], tuple[Unread, ...]]:
    """The prices by code of province.

    Raises:
        SourceError: The answer is about another day or variant, or is of another shape.
    """
    payload, place = _payload(fetched), "harga provinsi"
    data = payload["data"]
    name, items = _text(data, "variant_nama", place), _field(data, "items", place)
    answered = (_day(data, "tanggal", place), str(_field(data, "variant_id", place)))
    if answered != (day, variant):
        raise _Malformed(
            f"ditanya varian {variant} untuk {format_date(day)}, dijawab varian {answered[1][:_SHOWN]} untuk "
            f"{format_date(answered[0])}"
        )
    if not isinstance(items, list):
        raise _Malformed(f"{place}: items bukan daftar")
    rows: list[_Row] = []
    unread: list[Unread] = []
    for number, item in enumerate(items, 1):
        where = f"items baris {number}"
        try:
            code, region = _text(item, "kode_provinsi", where), _text(item, "nama_provinsi", where)
            price = _price(item, where)
        except _Malformed as error:
            unread.append(_aside(where, item, str(error)))
            continue
        quote = Quote(variant, name, unit, REGION, region, day, price, where, _is_illustrative(payload))
        rows.append(_Row(code, item, quote))
    return _agreeing(rows, unread), tuple(unread)


def _agreeing(rows: list[_Row], unread: list[Unread]) -> dict[str, Quote]:
    """The price of each province; where rows contradict each other none is believed and all are put aside."""
    prices: dict[str, set[Decimal | None]] = {}
    for row in rows:
        prices.setdefault(row.code, set()).add(row.quote.price)
    found: dict[str, Quote] = {}
    for row in rows:
        if len(prices[row.code]) == 1:
            found.setdefault(row.code, row.quote)
        else:
            where = row.quote.place
            unread.append(_aside(where, row.raw, f"{where}: ada beberapa kali dengan harga yang berbeda"))
    return found


def _aside(where: str, row: Any, message: str) -> Unread:
    return Unread(where, json.dumps(row, default=str, ensure_ascii=False)[:_SHOWN], message)


def _is_illustrative(payload: Mapping[str, Any]) -> bool:
    return str(payload.get("catatan", "")).startswith(_ILLUSTRATION)


def _payload(fetched: Fetched) -> Mapping[str, Any]:
    """The object that came, with its ``data``; numbers with a point are Decimal."""
    _refuse_pages(fetched)
    if not fetched.content.strip():
        raise _later("SP2KP memberi jawaban kosong.")
    try:
        payload = json.loads(fetched.content, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _later("Jawaban SP2KP terpotong atau rusak sehingga tidak terbaca.") from None
    if not isinstance(payload, dict):
        raise _Malformed("jawabannya bukan objek JSON")
    # Only two of the answers are known with their status; where one stands it must say success.
    if payload.get("status", "success") != "success":
        message = str(payload.get("message") or payload["status"])[:_SHOWN]
        raise SourceError(
            f"SP2KP menjawab dengan galat: {message!r}.",
            todo="harga yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
        )
    if "data" not in payload:
        raise _Malformed("isian 'data' tidak ada")
    return payload


def _refuse_pages(fetched: Fetched) -> None:
    """What is no answer to the question, whatever stands in it."""
    if is_challenge(fetched):
        raise SourceError(
            "SP2KP meminta bukti bahwa pengunjungnya manusia (captcha); program ini tidak melewatinya.",
            todo="pakai Siskaperbapo atau lembar harga kantor.",
        )
    if fetched.status == 429 or fetched.status >= 500:
        raise _later(f"SP2KP sedang terganggu (HTTP {fetched.status}).")
    if fetched.status in (401, 404):
        # The service answers 401 for addresses that it does not have.
        raise SourceError(
            f"SP2KP menolak alamat yang diminta (HTTP {fetched.status}).",
            todo="periksa alamat layanan di pengaturan; bila benar, layanan itu sudah ditutup atau berubah: "
            "laporkan kepada pembuat program.",
        )
    if fetched.is_html:
        raise _later(f"SP2KP memberi halaman web (HTML, HTTP {fetched.status}) sebagai ganti data JSON.")
    if fetched.status != 200:
        raise _Malformed(f"HTTP {fetched.status}")


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _field(row: Any, name: str, place: str) -> Any:
    if not isinstance(row, dict):
        raise _Malformed(f"{place} bukan objek")
    if name not in row:
        raise _Malformed(f"{place}: isian {name!r} tidak ada")
    return row[name]


def _text(row: Any, name: str, place: str) -> str:
    value = _field(row, name, place)
    if not isinstance(value, str) or not value.strip():
        raise _Malformed(f"{place}: {name} {str(value)[:_SHOWN]!r} bukan tulisan")
    return value.strip()


def _day(row: Any, name: str, place: str) -> date:
    """A day; some clients have seen a time behind it."""
    text = _text(row, name, place)
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Malformed(f"{place}: {name} {text[:_SHOWN]!r} bukan tanggal seperti 2026-07-28") from None


def _price(row: Any, place: str) -> Decimal | None:
    """The price as it stands; zero and null are no observation."""
    value = _field(row, "harga", place)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _Malformed(f"{place}: harga {str(value)[:_SHOWN]!r} bukan angka")
    if not 0 <= value < _TOO_HIGH:
        raise _Malformed(f"{place}: harga {str(value)[:_SHOWN]} tidak mungkin")
    return Decimal(value) if value else None


def _later(message: str) -> SourceError:
    return passing_error(message, "periksa keadaan layanan SP2KP")
