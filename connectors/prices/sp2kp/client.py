"""SP2KP of the Ministry of Trade as functions: variants, and prices of a day by province; JSON without a key.

Known of the answers (clients' notes of July 2026): that of ``province-comparison`` in full; of
``variant`` the names of the fields. Whatever else comes is refused. ``harga_sebelumnya`` is easily
mistaken: it is the price of a month before, so it is not read. The service answers 401 for an address
that it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from connectors.prices.quotes import Quote, Quotes, Unread
from connectors.prices.sp2kp import answers
from connectors.web.refusals import is_blocked, is_challenge
from connectors.web.session import PoliteSession
from connectors.web.transport import Fetched
from core.dates import format_date
from core.errors import NothingFoundError

URL = "https://api-sp2kp.kemendag.go.id"
ARCHIVE_STARTS = date(2024, 2, 1)
"""The archive begins here, provinces about a month later; it is not without gaps."""
STAPLES = 1
"""``tipe_komoditas_id`` of barang kebutuhan pokok."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A list of the service, and the bytes behind it."""

    rows: tuple[Row, ...]
    fetched: Fetched


@dataclass(frozen=True)
class Variant:
    """A commodity as SP2KP counts it.

    Attributes:
        id: Its number, as text.
        name: ``Beras Premium``.
        unit: As SP2KP writes it (``kg``, ``lt``, ``400gr``); empty where it says none.
    """

    id: str
    name: str
    unit: str


@dataclass(frozen=True)
class ProvincePrices:
    """The price of one variant on one day in every province.

    Attributes:
        provinces: By code; a province without a row is not there.
        unread: Rows that are none.
    """

    provinces: Mapping[str, Quote]
    unread: tuple[Unread, ...]
    fetched: Fetched

    def of(self, code: str) -> Quotes:
        """The price of one province; none where the answer has none. What is unread comes with it."""
        quote = self.provinces.get(code)
        return Quotes((quote,) if quote else (), self.unread)


class Sp2kpClient:
    """Asks SP2KP.

    Args:
        url: :data:`URL`, or that of a stand-in.
        session: Without a secret; the service has no key.
    """

    def __init__(self, url: str, session: PoliteSession) -> None:
        self._url = url.rstrip("/")
        self._session = session

    def __repr__(self) -> str:
        return f"<Sp2kpClient {self._url}>"

    def variants(self) -> Listed[Variant]:
        """The staples that are counted, with their units.

        Raises:
            SourceError: No usable answer.
        """
        fetched = self._get("master/api/variant", take=99999, tipe_komoditas_id=STAPLES, is_active="true")
        rows = answers.read_rows(fetched, "daftar varian")
        return Listed(tuple(Variant(*answers.read_variant(n, row)) for n, row in enumerate(rows, 1)), fetched)

    def province_prices(self, variant: Variant, day: date) -> ProvincePrices:
        """The mean price of every province on one day; no provinces where the day has no prices.

        Raises:
            NothingFoundError: The day is before the archive.
            SourceError: No usable answer, or one to another question.
        """
        _refuse_before_archive(day)
        fetched = self._get(
            "report/api/average-price/province-comparison", variant_id=variant.id, tanggal=day.isoformat()
        )
        found, unread = answers.read_provinces(fetched, variant.id, variant.unit, day)
        return ProvincePrices(found, unread, fetched)

    def _get(self, path: str, **params: Any) -> Fetched:
        return self._session.get(f"{self._url}/{path}", params, retry_if=is_blocked, give_up_if=is_challenge)


def _refuse_before_archive(day: date) -> None:
    if day < ARCHIVE_STARTS:
        raise NothingFoundError(
            f"SP2KP tidak mempunyai harga {format_date(day)}: "
            f"arsipnya baru mulai {format_date(ARCHIVE_STARTS)}.",
            todo="minta hari sejak tanggal itu; untuk sebelumnya pakai Siskaperbapo atau lembar kantor.",
        )
