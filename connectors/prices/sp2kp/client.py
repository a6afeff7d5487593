"""SP2KP of the Ministry of Trade as functions: variants, provinces, days, prices; JSON without a key.

Known of the answers (clients' notes of July 2026): those of ``latest-price-dates`` and
``province-comparison`` in full; of ``variant``, ``provinsi`` and ``history-series`` the names of the
fields. Whatever else comes is refused. Two things are easily mistaken: ``history-series`` gives the
**nation's** weighted price (harga nasional tertimbang), no province's; and ``harga_sebelumnya`` is that
of a month before, so it is not read. The service answers 401 for an address that it does not have.
"""

from __future__ import annotations

import logging
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

logger = logging.getLogger(__name__)

URL = "https://api-sp2kp.kemendag.go.id"
ARCHIVE_STARTS = date(2024, 2, 1)
"""The nation's series begins here; provinces about a month later. Neither is without gaps."""
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
class Province:
    """A province.

    Attributes:
        code: ``35``.
        name: ``Jawa Timur``.
    """

    code: str
    name: str


@dataclass(frozen=True)
class LatestDates:
    """The newest day with prices, and the day it is compared with."""

    day: date
    compared_with: date
    fetched: Fetched


@dataclass(frozen=True)
class NationalPrices:
    """The nation's price of one variant on many days.

    Attributes:
        quotes: By day, ascending; their market is the region.
    """

    quotes: Quotes
    fetched: Fetched


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

    def provinces(self) -> Listed[Province]:
        """The provinces and their codes.

        Raises:
            SourceError: No usable answer.
        """
        fetched = self._get("master/api/wilayah/provinsi")
        rows = answers.read_rows(fetched, "daftar provinsi")
        return Listed(
            tuple(Province(*answers.read_province(n, row)) for n, row in enumerate(rows, 1)), fetched
        )

    def latest_dates(self) -> LatestDates:
        """The newest day with prices.

        Raises:
            SourceError: No usable answer.
        """
        fetched = self._get("report/api/latest-price-dates", tipe_komoditas_id=STAPLES)
        return LatestDates(*answers.read_latest(fetched), fetched)

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

    def history(self, variant: Variant, first: date, last: date) -> NationalPrices:
        """The nation's weighted price from ``first`` to ``last``, both included.

        Days without prices are not in it. What lies before :data:`ARCHIVE_STARTS` is not asked for.

        Raises:
            ValueError: ``last`` is before ``first``.
            NothingFoundError: All of it lies before the archive.
            SourceError: No usable answer.
        """
        if last < first:
            raise ValueError(f"{last} is before {first}")
        _refuse_before_archive(last)
        if first < ARCHIVE_STARTS:
            logger.info(
                "Arsip SP2KP baru mulai %s; harga sejak %s tidak ada di sana.",
                format_date(ARCHIVE_STARTS), format_date(first),
            )  # fmt: skip
            first = ARCHIVE_STARTS
        fetched = self._get(
            "report/api/hnt/history-series",
            tanggal_start=first.isoformat(), tanggal_end=last.isoformat(), variant_id=variant.id,
        )  # fmt: skip
        return NationalPrices(
            answers.read_history(fetched, variant.id, variant.name, variant.unit, first, last), fetched
        )

    def _get(self, path: str, **params: Any) -> Fetched:
        return self._session.get(f"{self._url}/{path}", params, retry_if=is_blocked, give_up_if=is_challenge)


def _refuse_before_archive(day: date) -> None:
    if day < ARCHIVE_STARTS:
        raise NothingFoundError(
            f"SP2KP tidak mempunyai harga {format_date(day)}: "
            f"arsipnya baru mulai {format_date(ARCHIVE_STARTS)}.",
            todo="minta hari sejak tanggal itu; untuk sebelumnya pakai Siskaperbapo atau lembar kantor.",
        )
