"""Cookies of servers that want to recognise a session; each goes back only to the host that set it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_LONGEST = 4096
"""Bytes of one cookie that browsers keep at least (RFC 6265, 6.1); a longer one is no session's mark."""


class Cookies:
    """The cookies of a run; they are in memory only and may be used by several threads at once.

    A cookie's path and domain are not looked at: it goes to the very host and port that set it and to
    no other, which is narrower than what a server may ask for. What is marked ``Secure`` goes over
    https only.

    Args:
        now: The present moment, aware.
    """

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._by_host: dict[str, dict[str, tuple[str, bool]]] = {}

    def keep(self, address: str, set_cookies: Iterable[str]) -> None:
        """Take over what an answer from ``address`` said in its ``Set-Cookie`` headers."""
        for text in set_cookies:
            pair, *attributes = text.split(";")
            name, sign, value = (part.strip() for part in pair.partition("="))
            if not (sign and name) or len(text) > _LONGEST or not (name + value).isprintable():
                continue
            said = {
                key.strip().lower(): part.strip() for key, _, part in (a.partition("=") for a in attributes)
            }
            with self._lock:
                kept = self._by_host.setdefault(_host(address), {})
                if self._is_over(said):
                    kept.pop(name, None)
                else:
                    kept[name] = (value, "secure" in said)

    def header(self, address: str) -> str:
        """What goes back to ``address`` in ``Cookie``; empty when there is nothing."""
        parts = urlsplit(address)
        with self._lock:
            kept = self._by_host.get(_host(address), {})
            return "; ".join(
                f"{name}={value}"
                for name, (value, secure) in kept.items()
                if not secure or parts.scheme == "https"
            )

    def _is_over(self, said: dict[str, str]) -> bool:
        """Whether a server takes a cookie back: it is said to have ended (RFC 6265, 5.3)."""
        age = said.get("max-age", "")
        if age.removeprefix("-").isdecimal():
            return int(age) <= 0
        try:
            until = parsedate_to_datetime(said.get("expires", ""))
            return until.replace(tzinfo=until.tzinfo or UTC) <= self._now()
        except (ValueError, TypeError, OverflowError):
            return False


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2].lower()
