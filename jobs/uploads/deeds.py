"""What the audit log says of sent files, and reading it again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from models.session import open_session
from models.users.audit import list_deeds

TAKEN, REFUSED, DROPPED = "mengambil berkas", "berkas tidak dapat dipakai", "tidak mengambil berkas"
LONGEST = 500
"""Signs of an outcome that are written down; the note beside the file has all."""
_WRITTEN = re.compile(
    r"(?P<name>.*?) · SHA-256 (?P<sha256>[0-9a-f]{64})(?: · di (?P<place>[^\n]*?))? · (?P<said>.*)", re.DOTALL
)


@dataclass(frozen=True)
class Deed:
    """What somebody did with a file on the page.

    Attributes:
        who: The person.
        place: Where the file lies aside; empty where it does not.
        said: What became of it, in Indonesian.
    """

    name: str
    at: datetime
    who: str
    place: str
    said: str


def about(name: str, sha256: str, outcome: str, place: str = "") -> str:
    """What is written down of a file and its outcome."""
    said = outcome if len(outcome) <= LONGEST else f"{outcome[: LONGEST - 1]}…"
    return " · ".join((name, f"SHA-256 {sha256}", *((f"di {place}",) if place else ()), said))


def read_deeds(engine: Engine, office: str, what: str, count: int) -> list[Deed]:
    """The newest deeds of one sort for an office, newest first."""
    with open_session(engine, read_only=True) as session:
        entries = list_deeds(session, office, what, count)
    found = ((entry, _WRITTEN.fullmatch(entry.about)) for entry in entries)
    return [
        Deed(match["name"], entry.at, entry.who, match["place"] or "", match["said"])
        for entry, match in found
        if match
    ]
