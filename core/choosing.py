"""Finding what a person means by a word or two."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import AgencyDataError


def find_one(wanted: str, known: Mapping[str, str], kind: str) -> str:
    """The id that is meant: itself, or the only one whose words hold every word of ``wanted``.

    Args:
        wanted: As a person typed it.
        known: By id, the names under which it is looked for besides.
        kind: What is looked for, in Indonesian, for the message.

    Raises:
        AgencyDataError: None or several fit; the message lists them.
    """
    if wanted in known:
        return wanted
    words = wanted.casefold().split()
    fitting = [
        name for name, said in known.items() if all(word in f"{name} {said}".casefold() for word in words)
    ]
    if len(fitting) == 1:
        return fitting[0]
    what = f"cocok dengan beberapa {kind}" if fitting else f"tidak cocok dengan {kind} mana pun"
    raise AgencyDataError(f"{wanted!r} {what}.", todo=f"pilih salah satu: {', '.join(fitting or known)}.")
