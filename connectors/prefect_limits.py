"""A rate that all workers of all machines keep together: a global concurrency limit of Prefect's server.

It is the limit that ``prefect.concurrency.sync.rate_limit`` takes slots of, asked for by the same request of
the REST API. Prefect's own function waits for a silent server for minutes, and stores an event for each
request; what takes slots here gives a silent server up after seconds and says so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from core.errors import ScheduleError
from core.loopback import check_host
from core.numbers import format_number

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = (2.0, 5.0)
"""Until a connection stands, and until the answer comes."""
AGAIN_SECONDS = 60.0
"""So long the server is not asked any more that did not answer."""
PATIENCE_SECONDS = 600.0
"""So long at most a place is waited for."""
SLOTS, MOST = 100, 125
"""A request takes so many slots of so many: Prefect gives them back one by one, the whole ones only, so that
with a single slot whoever comes a millisecond early would wait twice as long."""
BUSY_SECONDS, BUSY_PAUSE = 10.0, 0.2
"""Seconds for which a server that is up and busy is asked again, and between two of these: Prefect on SQLite
says so whenever another of its writers holds the database."""
_LOCKED = 423


def set_rates(api_url: str, rates: Mapping[str, float]) -> None:
    """Let the server have these limits and no others in their place; it may be done again at any time.

    Args:
        api_url: Of the server.
        rates: Requests a second by the limit's name.

    Raises:
        ScheduleError: The server does not answer, or refuses.
    """
    with _session() as session:
        for name, per_second in rates.items():
            limit = {"limit": MOST, "slot_decay_per_second": SLOTS * per_second, "active": True}
            here = f"/v2/concurrency_limits/{quote(name, safe='')}"
            try:
                answer = _ask(session, api_url, "PATCH", here, limit)
                if answer.status_code == requests.codes.not_found:
                    answer = _ask(
                        session, api_url, "POST", "/v2/concurrency_limits/", {"name": name, **limit}
                    )
                answer.raise_for_status()
            except requests.RequestException as cause:
                raise ScheduleError(
                    f"Batas bersama {name} tidak dapat dipasang di server Prefect di {api_url} "
                    f"({type(cause).__name__}).",
                    todo="periksa servernya (log/prefect.log di LKJIP_HOME), lalu ulangi lkjip deploy.",
                ) from cause


class SharedRate:
    """Waits until a request may start, by what all workers together may do; it never fails and never hangs.

    A server that does not answer, is busy for long, or does not know the limit, leaves everyone to the own
    pace; the log says so once.

    Args:
        api_url: Of the Prefect server.
        name: Of the limit.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        api_url: str,
        name: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._api_url, self._name = api_url, name
        self._clock, self._sleep = clock, sleep
        self._turns = threading.Lock()
        self._session = _session()
        self._silent_until = float("-inf")
        self._said = ""

    def __call__(self) -> bool:
        """Wait for a place; whether it had to be waited for.

        Who comes later waits under the lock: else the threads of a process would deny each other places.
        """
        with self._turns:
            began, waited = self._clock(), False
            if began < self._silent_until:
                return False
            while (wait := self._take(may_be_busy=self._clock() - began < BUSY_SECONDS)) > 0:
                if self._clock() - began + wait > PATIENCE_SECONDS:
                    self._give_up(
                        f"tidak memberi giliran selama {format_number(round(PATIENCE_SECONDS))} detik"
                    )
                    break
                waited = True
                self._sleep(wait)
            return waited

    def _take(self, *, may_be_busy: bool) -> float:
        """Take a place, or give the seconds after which to ask again."""
        wanted = {"names": [self._name], "slots": SLOTS, "mode": "rate_limit"}
        try:
            answer = _ask(self._session, self._api_url, "POST", "/v2/concurrency_limits/increment", wanted)
            if answer.status_code == _LOCKED:
                return max(0.01, float(answer.headers["Retry-After"]))
            if answer.status_code == requests.codes.service_unavailable and may_be_busy:
                return BUSY_PAUSE
            answer.raise_for_status()
            taken = answer.json()
        except (requests.RequestException, ValueError, LookupError) as error:
            self._give_up(f"tidak menjawab sebagaimana mestinya ({type(error).__name__})")
            return 0.0
        if not taken:
            self._give_up("belum mengenalnya; jalankan lkjip deploy")
        return 0.0

    def _give_up(self, why: str) -> None:
        self._silent_until = self._clock() + AGAIN_SECONDS
        if self._said != why:
            self._said = why
            logger.warning(
                "Laju bersama %s tidak dipakai, hanya laju proses ini: server Prefect %s.", self._name, why
            )


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a proxy of the environment is not for the own machines
    return session


def _ask(
    session: requests.Session, api_url: str, method: str, path: str, body: Mapping[str, Any]
) -> requests.Response:
    check_host(urlsplit(api_url).hostname or "")
    return session.request(method, f"{api_url.rstrip('/')}{path}", json=body, timeout=TIMEOUT_SECONDS)
