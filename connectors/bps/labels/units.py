"""Units: what one of a table's numbers is in miliar rupiah, or that it is per cent."""

from __future__ import annotations

import re
from decimal import Decimal

MILIAR = "Miliar Rupiah"
PERCENT = "Persen"
_IN_MILIAR = (
    (r"tril+[iy]?[uy]+n|trillions?", Decimal(1000)),
    (r"mil+[iy]+ar(?:d|an)?|billions?", Decimal(1)),
    (r"juta(?:an)?|millions?", Decimal("0.001")),
    (r"ribu(?:an)?|thousands?", Decimal("0.000001")),
)
_SCALE = "(?:" + "|".join(f"(?P<s{number}>{words})" for number, (words, _) in enumerate(_IN_MILIAR)) + ")"
_RUPIAH = r"(?:rupiahs?|rp\b\.?|idr\b)"
_MONEY = re.compile(
    rf"\b(?:{_SCALE}\s*\(?\s*{_RUPIAH})(?P<each>\s*(?:/|per\b)\s*(?:kapita|capita|orang|jiwa))?"
    rf"|\b(?:rupiah|rp\.?)\s*\(?\s*{_SCALE.replace('?P<s', '?P<t')}\b",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*\(?\s*{_SCALE}\s*\)?\s*", re.IGNORECASE)
_PERCENT = re.compile(
    r"\s*\(?\s*(?:persen|%|persentase|percent|per\s+cent|percentage)(?:\s*[(/]\s*(?:persen|percent|%)\s*\)?)?\s*\)?"
    r"(?:\s*\(\s*(?:y-on-y|c-to-c|yoy|ctc)\s*\))?\s*",
    re.IGNORECASE,
)
_LONGEST_UNIT = 100
_HAS_SCALE = re.compile(r"ribu|juta|mil|tril|thousand|bil", re.IGNORECASE)


def in_miliar(unit: str, title: str) -> Decimal | None:
    """What one unit of the table is in miliar rupiah: from its unit, else from its title.

    Returns:
        None when neither says it, or when what they say contradicts itself (``Juta Rupiah`` as unit,
        ``(Miliar Rupiah)`` in the title): nobody can know then which one is right.
    """
    stated = _scales(unit) | (set() if is_percent(unit) else _scales(title))
    if not _scales(unit) and is_percent(unit):
        return None
    return stated.pop() if len(stated) == 1 else None


def is_percent(unit: str) -> bool:
    """Whether a unit is per cent."""
    return len(unit) <= _LONGEST_UNIT and bool(_PERCENT.fullmatch(" ".join(unit.split())))


def _scales(text: str) -> set[Decimal]:
    """Every multiple of rupiah that a text names; a unit may also say ``Juta`` alone."""
    if not _HAS_SCALE.search(text):
        return set()
    text = " ".join(text.split())
    matches = [match for match in _MONEY.finditer(text) if not match["each"]]
    alone = _ALONE.fullmatch(text)
    found = {_scale(match, letter) for match in matches for letter in "st"} - {None}
    if alone:
        found.add(_scale(alone, "s"))
    return {scale for scale in found if scale is not None}


def _scale(match: re.Match[str], letter: str) -> Decimal | None:
    groups = match.groupdict()
    for number, (_, scale) in enumerate(_IN_MILIAR):
        if groups.get(f"{letter}{number}"):
            return scale
    return None
