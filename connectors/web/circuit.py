"""A circuit that opens after repeated failures: a server in trouble, or one that refuses us, is left alone.

Closed, every request passes. After so many failures in a row it opens: every request fails at once, for
a pause. When the pause is over one request is let through on trial; if it succeeds the circuit closes,
if not the next pause is twice as long.

Ours and not pybreaker's: that one holds its lock while a request is under way, so that no two ever are;
its pause has one length, cannot be asked for by the server nor cut short by a person; and what it keeps
between runs has no place for the pause, nor for a clock that went wrong. All of that would stand around it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from core import dates
from core.dates import format_time
from core.errors import KeyRefusedError, SourceError, passing_error

logger = logging.getLogger(__name__)

THRESHOLD = 5
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)


class Circuit:
    """Remembers how requests to one server ended; may be used by several threads at once.

    A request asks :meth:`admit` before it is sent and gives the number it got back with how it ended.
    How a request ended that was admitted before the circuit last changed says nothing new and is
    left out of account.

    Args:
        threshold: So many failures in a row open it.
        first_pause: How long it stays open the first time.
        longest_pause: Pauses double up to this.
        now: The present moment, aware.
    """

    def __init__(
        self,
        *,
        threshold: int = THRESHOLD,
        first_pause: timedelta = FIRST_PAUSE,
        longest_pause: timedelta = LONGEST_PAUSE,
        now: Callable[[], datetime] = dates.now,
    ) -> None:
        self._threshold, self._first, self._longest = threshold, first_pause, longest_pause
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = first_pause
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._asked_by_server = False
        self._hurried = False
        self._refused = False
        self._permit = 0
        self._trial: int | None = None

    @property
    def opened_until(self) -> datetime | None:
        """Until when no request is sent, aware; None while requests pass."""
        return self._until if self._pausing() else None

    def try_now(self) -> None:
        """Let one request through on trial although the pause is not over: a person asks for it.

        It is not part of :meth:`as_dict`; where no request tells how the server is, the pause stays.
        """
        with self._lock:
            self._hurried = True

    def admit(self, host: str) -> int:
        """Let a request pass.

        Returns:
            A number to be given back with how the request ended.

        Raises:
            KeyRefusedError: The server refused the key before.
            SourceError: The circuit is open; retryable, says since when and until when.
        """
        with self._lock:
            if self._refused:
                raise _refused(host)
            if self._until is not None:
                if self._pausing() or self._trial is not None:
                    raise self._open_error(host)
                self._permit += 1
                self._trial = self._permit
            return self._permit

    def recheck(self, permit: int, host: str) -> None:
        """Whether a request that was admitted may be tried once more.

        Raises:
            SourceError: As :meth:`admit`: the circuit opened meanwhile.
        """
        with self._lock:
            if self._refused:
                raise _refused(host)
            if self._until is not None and permit != self._trial:
                raise self._open_error(host)

    def succeeded(self, permit: int) -> None:
        """The server answered."""
        with self._lock:
            if permit == self._permit:
                self._failures, self._pause = 0, self._first
                self._since = self._until = self._trial = None
                self._asked_by_server = self._hurried = False

    def failed(self, permit: int, host: str) -> None:
        """No attempt brought a usable answer."""
        with self._lock:
            if permit != self._permit:
                return
            self._failures += 1
            self._asked_by_server = False
            if self._trial is not None:
                self._open(min(self._pause * 2, self._longest), host)
            elif self._failures >= self._threshold:
                self._open(self._pause, host)

    def abandoned(self, permit: int) -> None:
        """A request ended without telling anything about the server; a trial may be made anew."""
        with self._lock:
            if permit == self._trial:
                self._trial = None

    def leave_alone(self, seconds: float, host: str) -> None:
        """Open it because the server asked for so long a wait; never longer than the longest pause."""
        with self._lock:
            self._asked_by_server = True
            self._open(self._pause, host, timedelta(seconds=min(seconds, self._longest.total_seconds())))

    def refuse_key(self) -> None:
        """Send nothing more in this run: with a refused key no request can succeed.

        It is not part of :meth:`as_dict`: the next run may have another key.
        """
        with self._lock:
            self._refused = True
            self._permit += 1

    def as_dict(self) -> dict[str, Any]:
        """The state as JSON can hold it, for :meth:`from_dict`."""
        with self._lock:
            return {
                "failures": self._failures,
                "pause_seconds": int(self._pause.total_seconds()),
                "since": self._since.isoformat() if self._since else None,
                "until": self._until.isoformat() if self._until else None,
                "asked_by_server": self._asked_by_server,
            }

    @classmethod
    def from_dict(cls, state: Mapping[str, Any], **options: Any) -> Self:
        """A circuit as it was when :meth:`as_dict` gave ``state``.

        State that cannot be read gives a closed circuit, which costs the server a few requests more.
        A pause that would end later than the longest from now was begun by a clock that went wrong:
        it is over, or every run would cut it anew and none would see its end.

        Args:
            state: By :meth:`as_dict`.
            options: As for the circuit itself.
        """
        circuit = cls(**options)
        try:
            failures, pause = int(state["failures"]), timedelta(seconds=int(state["pause_seconds"]))
            since, until = (
                datetime.fromisoformat(state[n]) if state[n] else None for n in ("since", "until")
            )
            if since and until:
                now = circuit._now()
                circuit._since = min(since, now)
                circuit._until = until if until <= now + circuit._longest else now
        except (KeyError, TypeError, ValueError, OverflowError):
            logger.warning("Keadaan sambungan yang tersimpan tidak terbaca; dianggap tidak dijeda.")
            return cls(**options)
        circuit._failures = max(failures, 0)
        circuit._pause = min(max(pause, circuit._first), circuit._longest)
        circuit._asked_by_server = state.get("asked_by_server") is True
        return circuit

    def _pausing(self) -> bool:
        return self._until is not None and self._until > self._now() and not self._hurried

    def _open(self, pause: timedelta, host: str, wait: timedelta | None = None) -> None:
        now = self._now()
        self._pause = pause
        self._since = self._since or now
        self._until = max(now + (wait or pause), self._until or now)
        self._trial = None
        self._hurried = False
        self._permit += 1
        logger.warning("%s", self._open_error(host).message)

    def _open_error(self, host: str) -> SourceError:
        since, until = (
            format_time(moment) for moment in (self._since or self._now(), self._until or self._now())
        )
        why = (
            "atas permintaan server itu"
            if self._asked_by_server
            else f"setelah {self._failures} permintaan berturut-turut gagal"
        )
        return passing_error(
            f"Sambungan ke {host} dijeda {why}, sejak {since}; tidak dicoba lagi sampai {until}.",
            "periksa jaringan komputer ini dan keadaan layanan itu",
        )


def _refused(host: str) -> KeyRefusedError:
    return KeyRefusedError(
        f"{host} sudah menolak kunci, jadi permintaan lain tidak dikirim lagi.",
        todo="perbaiki kuncinya di pengaturan, lalu jalankan kembali.",
    )
