"""When the next request may start, and how long a row of requests may take."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable


class Pace:
    """Lets requests start one after another, at least ``1/per_second`` apart, over all threads.

    Ours and not pyrate-limiter's (nor requests-ratelimiter's, which is the same below the retries): that
    one counts whole milliseconds, sleeps by itself so that a test must wait for real, and starts a thread
    to forget what it counted; what is wanted is these five lines.

    Args:
        per_second: At most so many starts in a second.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
    """

    def __init__(
        self, per_second: float, *, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._interval = 1.0 / per_second
        self._clock, self._sleep = clock, sleep
        self._turns = threading.Lock()
        self._next_start = -math.inf

    def __call__(self) -> None:
        """Wait until a request may start, and count it as started.

        The wait happens under the lock: who comes later must wait longer anyway, and so two starts
        are apart by the clock, however late a sleeper wakes.
        """
        with self._turns:
            while (wait := self._next_start - self._clock()) > 0:
                self._sleep(wait)
            self._next_start = self._clock() + self._interval

    def restart(self) -> None:
        """Let the next start be a whole interval from now: this one was held back after its turn here."""
        with self._turns:
            self._next_start = self._clock() + self._interval


class Paces:
    """The own pace and one that others keep too: a request starts when both let it.

    The own one comes first, so that one process alone never asks the shared one too early.

    Args:
        own: Of this process; it holds whatever the other says.
        shared: Waits likewise, and says whether it had to.
    """

    def __init__(self, own: Pace, shared: Callable[[], bool]) -> None:
        self._own, self._shared = own, shared

    def __call__(self) -> None:
        """Wait until a request may start."""
        self._own()
        if self._shared():
            self._own.restart()


class Allowance:
    """Seconds that a row of requests may spend on a server in all; several threads may share it.

    What we wait of our own accord before asking (the pace, a place among the requests under way) says
    nothing about the server and is not spent.

    Args:
        seconds: Without end by default.
    """

    def __init__(self, seconds: float = math.inf) -> None:
        self.seconds = seconds
        self.spent = 0.0
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """What may still be spent; never negative."""
        return max(0.0, self.seconds - self.spent)

    def spend(self, seconds: float) -> None:
        """Take ``seconds`` off."""
        with self._lock:
            self.spent += seconds
