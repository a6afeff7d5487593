"""Whether an answer says anything new: a hash that stays when only its wrapping changes.

BPS gives no ETag and no mark of change for most lists, and the same answer comes with its keys in
another order, with another token in each link, with the time at which it was asked. So the hash is
taken over a canonical form that leaves out what changes by itself (:data:`LEFT_OUT`, and the
tokens of :data:`LINKS`) and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from core.errors import SourceError

LEFT_OUT = {
    "related": "other tables that the site proposes beside this one; they come and go",
    "request": "an echo of what was asked, with the time of asking (time_access)",
    "hit": "how often people opened the page",
    "created": "when SIMDASI put the answer together",
}
"""Fields that change although the thing itself does not, each with the reason."""

LINKS = ("pdf", "excel", "cover", "slide", "thumbnail")
"""Fields with a link to a file. Behind ``?`` stands a token that is another one each time; the path
is kept, since it can carry a new file's name, and so is the difference between a link and none. The
file's ``size`` is kept too: it is often the only sign that a file was replaced."""

_PLAIN_DIGITS = 60


def canonical_hash(payload: object) -> str:
    """The SHA-256 of an answer's canonical form, in hexadecimal.

    Equal for: keys in another order (``datacontent`` as well), 1.50 and 1.5, the number 1 and the
    text "1" (ids come as either), another token in a link, other :data:`LEFT_OUT` fields. Different
    for everything else, the order of a list included.

    Args:
        payload: JSON as parsed, numbers with a point as Decimal; a whole answer or a part, such as
            one row of a list.

    Raises:
        SourceError: It is nested deeper than any answer of BPS.
    """
    try:
        text = json.dumps(_canonical(payload), sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise SourceError(
            "Jawaban BPS bersarang terlalu dalam sehingga tidak dapat dibandingkan.",
            todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
        ) from None
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            str(name): _without_token(part) if name in LINKS else _canonical(part)
            for name, part in value.items()
            if name not in LEFT_OUT
        }
    if isinstance(value, list | tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal | float):
        return _number_text(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    return str(value)


def _without_token(link: Any) -> Any:
    return link.partition("?")[0] if isinstance(link, str) else _canonical(link)


def _number_text(number: Decimal) -> str:
    """A number as an id would be written: ``100``, ``1.5``; a very long one with its exponent."""
    text = str(number)
    if not number.is_finite():
        return text
    if "E" in text or len(text) >= _PLAIN_DIGITS:
        text = _shortest(number)
    if "E" in text or "." not in text:
        return "0" if text == "-0" else text
    short = text.rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _shortest(number: Decimal) -> str:
    sign, digits, exponent = number.as_tuple()
    end = len(digits)
    while end > 1 and digits[end - 1] == 0:
        end -= 1
    shortest = Decimal((sign, digits[:end], int(exponent) + len(digits) - end))
    if not shortest:
        return "0"
    return f"{shortest:f}" if abs(shortest.adjusted()) < _PLAIN_DIGITS else str(shortest)
