"""When the next request may start: a rate over all threads, so many at once, and the server's wishes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.numbers import format_number

logger = logging.getLogger(__name__)

LONG_WAIT = 10.0
"""Seconds; a longer wait is said in the log."""


class Pace:
    """Lets requests start one after another, at least ``1/per_second`` apart, over all threads.

    Args:
        per_second: At most so many starts in a second.
        at_once: At most so many requests under way.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
    """

    def __init__(
        self, per_second: float, at_once: int, *, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._interval = 1.0 / per_second
        self._clock, self._sleep = clock, sleep
        self._slots = threading.BoundedSemaphore(at_once)
        self._turns, self._wishes = threading.Lock(), threading.Lock()
        self._next_start = float("-inf")
        self._asked_until = float("-inf")

    @contextmanager
    def slot(self) -> Iterator[None]:
        """A place among the requests under way; waits while all are taken."""
        with self._slots:
            yield

    def wait_turn(self) -> None:
        """Wait until a request may start, and count it as started.

        The wait happens under the lock: who comes later must wait longer anyway, and so two starts
        are apart by the clock, however late a sleeper wakes.
        """
        with self._turns:
            while (wait := max(self._next_start, self._asked_until) - self._clock()) > 0:
                if wait > LONG_WAIT:
                    logger.info("Menunggu %s detik sebelum permintaan berikut.", format_number(round(wait)))
                self._sleep(wait)
            self._next_start = self._clock() + self._interval

    def pause(self, seconds: float) -> None:
        """Let no request start for ``seconds``: the server asked for it, so it holds for all threads."""
        with self._wishes:
            self._asked_until = max(self._asked_until, self._clock() + seconds)
