"""The WebAPI as functions: lists read whole, data in windows of years."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from connectors.bps.answers import Answer, Kind, is_blocked, read_answer
from connectors.http import Fetched, PoliteSession
from core.errors import SourceError

logger = logging.getLogger(__name__)

NATIONAL = "0000"
MAX_PAGES = 2000
ID_FIELDS = {
    "var": "var_id",
    "th": "th_id",
    "vervar": "kode_ver_id",
    "turvar": "turvar_id",
    "turth": "turth_id",
    "subject": "sub_id",
    "subcat": "subcat_id",
    "unit": "unit_id",
    "publication": "pub_id",
    "pressrelease": "brs_id",
    "statictable": "table_id",
}
"""By which field the rows of a list are told apart."""


class BpsClient:
    """Asks the WebAPI; the key goes with every request and comes out nowhere.

    Args:
        base_url: ``https://webapi.bps.go.id/v1/api``.
        key: Of the WebAPI.
        session: Made with the same key as its ``secret``.
    """

    def __init__(self, base_url: str, key: str, session: PoliteSession) -> None:
        self._base = base_url.rstrip("/")
        self._key = key
        self._session = session

    def __repr__(self) -> str:
        return f"<BpsClient {self._base}>"

    @property
    def requests(self) -> int:
        """How many requests were made so far."""
        return self._session.sent

    def ask(self, path: str, **params: str | int) -> Answer:
        """Ask for ``path`` (``list``, ``view``, ``domain``) with ``params``.

        Raises:
            SourceError: No usable answer.
        """
        self._require_key()
        fetched = self._session.get(f"{self._base}/{path}", {**params, "key": self._key}, retry_if=is_blocked)
        return read_answer(fetched)

    def ask_path(self, *segments: str | int) -> Answer:
        """Ask with everything in the path: ``…/id/23/wilayah/3529000/key/…``.

        SIMDASI needs it so: asked with a query, BPS's firewall answers in its place.

        Raises:
            SourceError: No usable answer.
        """
        self._require_key()
        path = "/".join(quote(str(segment), safe="") for segment in (*segments, "key", self._key))
        return read_answer(self._session.get(f"{self._base}/{path}", retry_if=is_blocked))

    def _require_key(self) -> None:
        if not self._key:
            raise SourceError(
                "Kunci WebAPI BPS belum diisi.",
                todo="minta kunci di https://webapi.bps.go.id dan isikan pada LKJIP_BPS_KEY.",
            )

    def list_all(self, model: str, **params: str | int) -> list[dict[str, Any]]:
        """Every row of a list, pages 1 to ``pages`` inclusive.

        A list that moves while it is read (its total changes, or a row comes twice) is read again
        once from its beginning.

        Returns:
            The rows as they came; none when BPS says that there are none.

        Raises:
            SourceError: No usable answer, or the list keeps moving.
        """
        for _ in range(2):
            rows = self._read_pages(model, params)
            if rows is not None:
                return rows
        raise SourceError(
            f"Daftar {model!r} di BPS berubah selagi dibaca, dua kali berturut-turut.",
            todo="tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut.",
            retryable=True,
        )

    def _read_pages(self, model: str, params: Mapping[str, str | int]) -> list[dict[str, Any]] | None:
        rows: list[dict[str, Any]] = []
        page, pages, total = 1, 1, None
        while page <= pages:
            answer = self.ask("list", model=model, **params, page=page)
            if answer.kind is Kind.TOO_LARGE:
                raise SourceError(
                    f"BPS menjawab daftar {model!r} dengan jawaban kosong (null).",
                    todo="tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut.",
                    retryable=True,
                )
            if answer.kind is Kind.NOT_AVAILABLE:
                return [] if page == 1 else None
            meta, items = _split_list(model, answer)
            if total is not None and meta["total"] != total:
                return None
            pages, total = min(meta["pages"], MAX_PAGES), meta["total"]
            rows += items
            page += 1
        if _has_twins(model, rows):
            return None
        if len(rows) != total:
            logger.warning("Daftar %r di BPS memuat %s baris, padahal menyebut %s.", model, len(rows), total)
        return rows

    def data(self, domain: str, var_id: int, years: Iterable[int]) -> list[Answer]:
        """The dynamic table ``var_id`` for ``years``, in as few calls as BPS allows.

        At most 2 years a call for a regency or province and 3 for the nation; where even that is
        too large (``null``), one by one. Windows run from the oldest year on, so that a new year
        only changes the last one.

        Returns:
            The answers that hold data, oldest first.

        Raises:
            SourceError: No usable answer, or one year alone is too large.
        """
        wanted = sorted(set(years))
        size = 3 if domain == NATIONAL else 2
        answers: list[Answer] = []
        for start in range(0, len(wanted), size):
            window = wanted[start : start + size]
            answers += self._window(domain, var_id, window)
        return answers

    def _window(self, domain: str, var_id: int, window: list[int]) -> list[Answer]:
        th = ";".join(str(year - 1900) for year in window)
        answer = self.ask("list", model="data", domain=domain, var=var_id, th=th)
        if answer.kind is Kind.OK:
            return [answer]
        if answer.kind is Kind.NOT_AVAILABLE:
            return []
        if len(window) == 1:
            raise SourceError(
                f"Tabel {var_id} tahun {window[0]} terlalu besar untuk diberikan BPS sekaligus.",
                todo="laporkan kepada pembuat program.",
            )
        return [part for year in window for part in self._window(domain, var_id, [year])]

    def domains(self) -> list[dict[str, Any]]:
        """Every region with its code, name and site."""
        answer = self.ask("domain", type="all")
        return _split_list("domain", answer)[1] if answer.kind is Kind.OK else []


def _split_list(model: str, answer: Answer) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """``data`` of a list: ``[{"page":…, "pages":…, "total":…}, [{…}, …]]``."""
    data = answer.payload.get("data")
    if isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict) and isinstance(data[1], list):
        meta, items = data
        numbers = {name: meta.get(name) for name in ("pages", "total")}
        if all(type(n) is int and n >= 0 for n in numbers.values()) and all(
            isinstance(item, dict) for item in items
        ):
            return {name: int(n) for name, n in numbers.items() if n is not None}, items
    raise SourceError(
        f"Daftar {model!r} dari BPS tidak berbentuk seperti biasanya.",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )


def _has_twins(model: str, rows: list[dict[str, Any]]) -> bool:
    field = ID_FIELDS.get(model, "")
    ids = [str(row[field]) for row in rows if field in row]
    return len(ids) != len(set(ids))


def snapshots(answers: Iterable[Answer]) -> tuple[Fetched, ...]:
    """The bytes behind ``answers``."""
    return tuple(answer.fetched for answer in answers)
