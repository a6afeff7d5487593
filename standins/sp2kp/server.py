"""The stand-in over HTTP: the five addresses that are read, faults, and a clock to move."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from standins.sp2kp import figures
from standins.sp2kp.faults import FAULTS, Reply, json_reply

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Logged:
    """A request that came: its path, its parameters and its user agent."""

    path: str
    params: dict[str, str]
    user_agent: str


@dataclass
class _Misbehaviour:
    """A fault that was switched on; ``left`` says how often it still comes, None until the end."""

    name: str
    left: int | None
    when: Callable[[Logged], bool]


class Sp2kpStandin:
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
        self._faults: list[_Misbehaviour] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((HOST, port), _handler_for(self))
        self._server.daemon_threads = True
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://{HOST}:{self._server.server_address[1]}"

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
            name: One of :data:`standins.sp2kp.faults.FAULTS`.
            times: How often; None until :meth:`behave`.
            when: For which requests.

        Raises:
            KeyError: There is no such fault.
        """
        if name not in FAULTS:
            raise KeyError(f"{name}; known: {', '.join(sorted(FAULTS))}")
        with self._lock:
            self._faults.append(_Misbehaviour(name, times, when))

    def behave(self) -> None:
        """End all misbehaviour."""
        with self._lock:
            self._faults.clear()

    def serve(self) -> None:
        """Answer until :meth:`stop`, in this thread."""
        self._server.serve_forever(poll_interval=0.05)

    def start(self) -> Self:
        """Answer in a thread of its own."""
        self._thread = threading.Thread(target=self.serve, name="standins.sp2kp", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and give the port back."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def reply_to(self, asked: Logged) -> Reply:
        """What to answer, misbehaviour included."""
        with self._lock:
            self.requests.append(asked)
            due = [fault for fault in self._faults if fault.when(asked)]
            for fault in due:
                fault.left = None if fault.left is None else fault.left - 1
            self._faults = [fault for fault in self._faults if fault.left != 0]
        reply = self._honest(asked)
        for fault in due:
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


def _provinces(_params: dict[str, str], _today: date) -> Any:
    return [{"kode_provinsi": code, "nama_provinsi": name} for code, name in figures.PROVINCES.items()]


def _latest(_params: dict[str, str], today: date) -> Any:
    newest, before = figures.latest_days(today)
    return {"tanggal": newest.isoformat(), "tanggal_pembanding": before.isoformat()}


def _comparison(params: dict[str, str], today: date) -> Any:
    day, variant = date.fromisoformat(params["tanggal"]), _known(params)
    shown = figures.has_prices(day, today) and day >= figures.PROVINCES_START
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


def _history(params: dict[str, str], today: date) -> Any:
    first, last = (date.fromisoformat(params[name]) for name in ("tanggal_start", "tanggal_end"))
    variant = _known(params)
    return [
        {"tanggal_data": day.isoformat(), "harga": figures.price(variant, day)}
        for day in figures.days_with_prices(first, last, today)
    ]


def _known(params: dict[str, str]) -> figures.Variant:
    variant = figures.variant_of(params["variant_id"])
    if variant is None:
        raise KeyError(params["variant_id"])
    return variant


_ANSWERS: dict[str, Callable[[dict[str, str], date], Any]] = {
    "/master/api/variant": _variants,
    "/master/api/wilayah/provinsi": _provinces,
    "/report/api/latest-price-dates": _latest,
    "/report/api/average-price/province-comparison": _comparison,
    "/report/api/hnt/history-series": _history,
}


def _handler_for(standin: Sp2kpStandin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # HTTP/1.0: each connection ends with its answer, so that no thread stays behind.
        server_version, sys_version = "SP2KP-tiruan", ""

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            params = dict(parse_qsl(address.query, keep_blank_values=True))
            reply = standin.reply_to(Logged(address.path, params, self.headers.get("User-Agent", "")))
            if reply.reset:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
