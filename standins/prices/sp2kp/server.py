"""The stand-in over HTTP: the two addresses that are read, faults, and a clock to move."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from standins.misbehaving import SwitchedOn
from standins.prices.sp2kp import figures
from standins.prices.sp2kp.faults import FAULTS, json_reply
from standins.serving import LocalStandin, Logged, Reply, ReplyHandler


class Sp2kpStandin(LocalStandin):
    """A server on this machine that answers like SP2KP's API; its prices are illustrative.

    Use it as a context manager::

        with Sp2kpStandin(today=date(2026, 7, 28)) as sp2kp:
            ...  # ask sp2kp.url

    Args:
        today: The stand-in's day; later days have no prices.
        port: 0 lets the system choose.
    """

    def __init__(self, today: date, *, port: int = 0) -> None:
        self.requests: list[Logged] = []
        self._today = today
        self._faults: SwitchedOn[Logged] = SwitchedOn(FAULTS)
        self._lock = threading.Lock()
        super().__init__(_handler_for(self), port=port)

    @property
    def url(self) -> str:
        """The base address."""
        return self.site

    @property
    def today(self) -> date:
        """The stand-in's day."""
        return self._today

    def set_today(self, day: date) -> None:
        """Move the clock."""
        self._today = day

    def fail_with(
        self, name: str, *, times: int | None = None, when: Callable[[Logged], bool] = lambda _: True
    ) -> None:
        """Misbehave from now on.

        Args:
            name: One of :data:`standins.prices.sp2kp.faults.FAULTS`.
            times: How often; None until :meth:`behave`.
            when: For which requests.

        Raises:
            KeyError: There is no such fault.
        """
        self._faults.add(name, times, when)

    def behave(self) -> None:
        """End all misbehaviour."""
        self._faults.clear()

    def reply_to(self, asked: Logged) -> Reply:
        """What to answer, misbehaviour included."""
        with self._lock:
            self.requests.append(asked)
        reply = self._honest(asked)
        for fault in self._faults.due(asked):
            reply = FAULTS[fault.name](reply)
        return reply

    def _honest(self, asked: Logged) -> Reply:
        answer = _ANSWERS.get(asked.path)
        # So does the service: what it does not have, it says to be closed.
        if answer is None:
            return json_reply({"status": "error", "message": "Unauthorized"}, 401)
        try:
            data = answer(asked.params, self._today)
        except (KeyError, ValueError):
            return json_reply({"status": "error", "message": "The given data was invalid."}, 422)
        return json_reply({"status": "success", "catatan": figures.NOTE, "data": data})


def _variants(_params: dict[str, str], _today: date) -> Any:
    return [
        {"id": v.id, "nama": v.name, "tipe_komoditas_id": 1, "is_active": True, "satuan": {"display": v.unit}}
        for v in figures.VARIANTS
    ]


def _comparison(params: dict[str, str], today: date) -> Any:
    day, variant = date.fromisoformat(params["tanggal"]), _known(params)
    shown = figures.has_prices(day, today)
    return {
        "tanggal": day.isoformat(),
        "variant_id": variant.id,
        "variant_nama": variant.name,
        "items": [
            {"kode_provinsi": code, "nama_provinsi": name, "harga": figures.price(variant, day, code)}
            for code, name in figures.PROVINCES.items()
            if shown
        ],
    }


def _known(params: dict[str, str]) -> figures.Variant:
    variant = figures.variant_of(params["variant_id"])
    if variant is None:
        raise KeyError(params["variant_id"])
    return variant


_ANSWERS: dict[str, Callable[[dict[str, str], date], Any]] = {
    "/master/api/variant": _variants,
    "/report/api/average-price/province-comparison": _comparison,
}


def _handler_for(standin: Sp2kpStandin) -> type[ReplyHandler]:
    class Handler(ReplyHandler):
        server_version = "SP2KP-tiruan"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            params = dict(parse_qsl(address.query, keep_blank_values=True))
            asked = Logged(address.path, params, self.headers.get("User-Agent", ""))
            self.send_reply(standin.reply_to(asked))

    return Handler
