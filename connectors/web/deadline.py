"""One deadline over a whole answer: when it passes, the connection is shut from outside.

``requests`` and ``urllib3`` only know how long a single wait may last, and each byte starts it anew: a
server that drips would hold a request for hours. Shutting the socket ends the read wherever in the
libraries it is: in a TLS handshake, in a proxy's answer, in the head, in a chunk of the body.
"""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar, copy_context
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SLICE = 10.0
"""Seconds after which it is said, again and again, that an answer is slow."""


class Deadline:
    """Holds, as a context, for the request that its thread makes over a :class:`GuardedAdapter`.

    Leaving it raises ``TimeoutError`` when the time was over, whatever the cut connection looked like: to
    a body without a stated length the cut is an end like any other.

    Args:
        seconds: Until the whole answer must be there.
        still_waiting: Told, in another thread, that the answer is not there yet.
    """

    def __init__(self, seconds: float, still_waiting: Callable[[], None] = lambda: None) -> None:
        self._until = time.monotonic() + seconds
        self._still_waiting = still_waiting
        self._lock = threading.Lock()
        self._answered = self._passed = False
        self._socket: socket.socket | None = None
        self.due = min(self._until, time.monotonic() + SLICE)

    def __enter__(self) -> Self:
        self._before = _current.set(self)
        self._context = copy_context()
        _watcher.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        _watcher.remove(self)
        _current.reset(self._before)
        with self._lock:
            self._answered = True
            self._let_go()
        if self._passed:
            raise TimeoutError

    def guard(self, connection: socket.socket) -> None:
        """Shut this connection when the time is over."""
        with self._lock:
            self._let_go()
            # A duplicate: TLS takes the socket over, and an answer may outlive its connection.
            self._socket = socket.socket(fileno=os.dup(connection.fileno()))
            if self._passed:
                self._shut()

    def look(self, now: float) -> None:
        """Do what is due."""
        self.due = min(self._until, now + SLICE) if now < self._until else math.inf
        if now < self._until:
            self._context.run(self._still_waiting)
            return
        with self._lock:
            if not self._answered:
                self._passed = True
                self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # the server hung up first
                self._socket.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._socket is not None:
            self._socket.close()


class _Watcher:
    """One thread for all deadlines: to start one for each request would cost more than the request."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: set[Deadline] = set()
        self._thread: threading.Thread | None = None
        self._wakes = math.inf

    def add(self, deadline: Deadline) -> None:
        with self._changed:
            self._running.add(deadline)
            if self._thread is None or not self._thread.is_alive():  # a forked process has lost it
                self._thread = threading.Thread(target=self._watch, daemon=True, name="deadlines")
                self._thread.start()
            elif deadline.due < self._wakes:
                self._changed.notify()

    def remove(self, deadline: Deadline) -> None:
        with self._changed:
            self._running.discard(deadline)

    def _watch(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                # It wakes in any case now and then, so that hardly any request has to wake it.
                self._wakes = min([now + SLICE, *(deadline.due for deadline in self._running)])
                self._changed.wait(max(0.0, self._wakes - now))
                now = time.monotonic()
                due = [deadline for deadline in self._running if deadline.due <= now]
            for deadline in due:
                deadline.look(now)


_watcher = _Watcher()
_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def _guard(connection: socket.socket) -> None:
    if (deadline := _current.get()) is not None:
        deadline.guard(connection)


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        _guard(made)
        return made

    def request(self, *arguments: Any, **options: Any) -> None:
        if self.sock is not None:  # kept open since an earlier request
            _guard(self.sock)
        super().request(*arguments, **options)


class _TlsConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class GuardedAdapter(HTTPAdapter):
    """The connections of a session, each under the deadline of the request that uses it."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """As in requests."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> PoolManager:
        """As in requests."""
        manager: PoolManager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


_POOLS = {"http": _Pool, "https": _TlsPool}
