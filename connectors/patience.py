"""Reading an answer from its connection with patience, and with an end to it.

A network library waits so long for each single byte; a server that drips its head byte by byte would hold
it for hours, and one that thinks holds it without a word. Here each wait is cut into slices: after each
of them it can be said that the answer is slow, and the whole answer has one deadline.
"""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SLICE = 10.0


@dataclass
class Patience:
    """How long an answer may take.

    Attributes:
        silence: Seconds without a single byte after which it is given up.
        left: Seconds until the whole answer must be there, by the clock of whoever asks.
        still_waiting: Called after every piece and every slice of waiting.
    """

    silence: float
    left: Callable[[], float]
    still_waiting: Callable[[], None]


_current = threading.local()


def set_patience(patience: Patience) -> None:
    """Let it hold for the answer to the next request of this thread."""
    _current.patience = patience


class PatientReader(io.RawIOBase):
    """Bytes of a connection as they come.

    Args:
        connection: To read from.
        opened: What the network library opened on it, closed with this.
        patience: How long to wait.
    """

    def __init__(self, connection: socket.socket, opened: io.IOBase, patience: Patience) -> None:
        super().__init__()
        self._connection, self._opened, self._patience = connection, opened, patience

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for a piece, slice by slice.

        Raises:
            TimeoutError: Nothing came for too long, or the whole takes too long.
        """
        patience, waited = self._patience, 0.0
        while True:
            left = patience.left()
            if left <= 0:
                raise TimeoutError
            slice_ = min(SLICE, patience.silence - waited, left)
            self._connection.settimeout(slice_)
            try:
                return self._connection.recv_into(buffer)
            except TimeoutError:
                waited += slice_
                if waited >= patience.silence:
                    raise
            finally:
                patience.still_waiting()

    def close(self) -> None:
        """Give the connection back."""
        if not self.closed:
            self._opened.close()  # The connection counts who still reads from it.
        super().close()


class _PatientResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(PatientReader(sock, self.fp, _current.patience))


class _Connection(HTTPConnection):
    response_class = _PatientResponse


class _TlsConnection(HTTPSConnection):
    response_class = _PatientResponse


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


def make_patient(pools: urllib3.PoolManager) -> urllib3.PoolManager:
    """Let the connections of ``pools`` read as :func:`set_patience` says; it must be set before a request."""
    pools.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return pools
