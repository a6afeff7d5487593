"""Taking secrets out of texts, bodies and log records.

BPS wants its key inside the url, and its firewall echoes the url: so addresses, headers, bodies and
what the network library logs pass through here before anybody sees them.
"""

from __future__ import annotations

import html
import json
import logging
import re
from functools import lru_cache
from urllib.parse import quote, quote_plus

MASK = "***"
SHORT_SECRET = 8

_QUERY_KEY = re.compile(
    r"((?:(?<![A-Za-z0-9_])|(?<=%[0-9A-F]{2}))key(?:=|%3D|%253D))(?:(?!%26|%2526)[^&\s\"'<>#,;)\]}])+",
    re.IGNORECASE,
)
_PATH_KEY = re.compile(r"((?:/|%2F)key(?:/|%2F))(?:(?!%2F)[^/&\s\"'<>?#])+", re.IGNORECASE)
_KEY_SIGNS = ("key=", "key%3d", "key%253d", "key/", "key%2f")
"""Without one of these neither pattern above can match."""


def redact(text: str, secret: str = "") -> str:
    """Remove keys from a url or from any text that quotes one.

    Args:
        text: A url, an error's text, a whole page.
        secret: The key itself, replaced wherever it stands: plain, percent-encoded or as HTML or
            JSON would write it.

    Returns:
        ``text`` with ``key=…`` and ``/key/…/`` masked, percent-encoded or not.
    """
    lowered = text.lower()
    if not any(sign in lowered for sign in _signs(secret)):
        return text
    for pattern in _patterns(secret):
        text = pattern.sub(MASK, text)
    return _PATH_KEY.sub(rf"\g<1>{MASK}", _QUERY_KEY.sub(rf"\g<1>{MASK}", text))


def redact_bytes(content: bytes, secret: str = "") -> bytes:
    """Remove keys from a body as :func:`redact` does, byte for byte where there are none."""
    text = content.decode("latin-1")
    cleaned = redact(text, _as_latin(secret))
    return content if cleaned is text else cleaned.encode("latin-1")


def _as_latin(secret: str) -> str:
    """The secret as it looks in UTF-8 bytes that were read as Latin-1."""
    return secret.encode().decode("latin-1")


def _spellings(secret: str) -> set[str]:
    if not secret:
        return set()
    once = quote(secret, safe="")
    return {
        secret,
        once,
        quote(once, safe=""),
        quote_plus(secret),
        html.escape(secret),
        json.dumps(secret)[1:-1],
    }


@lru_cache(maxsize=16)
def _patterns(secret: str) -> tuple[re.Pattern[str], ...]:
    # A very short key would also be found inside words and figures; those are not the key.
    edges = ("", "") if len(secret) >= SHORT_SECRET else (r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z.])")
    ordered = sorted(_spellings(secret), key=len, reverse=True)
    return tuple(re.compile(edges[0] + re.escape(text) + edges[1], re.IGNORECASE) for text in ordered)


@lru_cache(maxsize=16)
def _signs(secret: str) -> tuple[str, ...]:
    """Without one of these a lower-cased text holds no key; looking for them is many times faster."""
    if not secret.isascii():
        return ("",)  # Lower-casing other letters depends on their neighbours: look by the patterns.
    return (*_KEY_SIGNS, *sorted({text.lower() for text in _spellings(secret)}))


class _RedactingFilter(logging.Filter):
    """Takes keys out of what urllib3 logs about requests."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        for secret in self.secrets or {""}:
            text = redact(text, secret)
        record.msg, record.args = text, ()
        return True


_log_filter = _RedactingFilter()
for _name in ("connection", "connectionpool", "poolmanager", "response", "util.retry"):
    logging.getLogger(f"urllib3.{_name}").addFilter(_log_filter)


def keep_out_of_logs(secret: str) -> None:
    """From now on, mask ``secret`` in whatever the network library logs."""
    if secret:
        _log_filter.secrets.add(secret)
