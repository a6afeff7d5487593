"""How a printed cell may be read, and which row of ours a printed row stands for."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from core.numbers import parse_number, split_sign

_ALIKE = 0.85
"""From this likeness on, two spellings are one name."""
_ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")


def readings(text: str) -> tuple[Decimal, ...]:
    """The numbers that a printed cell may mean: ``8,726`` is 8,726 or 8.726, ``6,831,222`` only the latter.

    Prints mix both ways of writing thousands within one table; an office's own data may not.

    Returns:
        None, one or two numbers; nothing for a cell that holds words.
    """
    found = []
    with contextlib.suppress(ValueError):
        found.append(parse_number(text))
    bare, negative = split_sign(text.strip().removesuffix("%"))
    if _ENGLISH.fullmatch(bare):
        value = Decimal(bare.replace(",", ""))
        found.append(-value if negative else value)
    return tuple(found)


def pair_rows(
    printed: Sequence[Sequence[str]], own: Sequence[Sequence[str]], columns: Mapping[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """The rows of a printed table beside ours, by the names in them and not by their place.

    Names that are spelled alike are one name; what no name joins is taken in order.

    Args:
        printed: Rows of texts.
        own: Rows of texts.
        columns: Our column for each printed one.

    Yields:
        Places of a printed row and of ours, in our order, either None where the other has no such row.
    """
    joins = ((_joined_by(printed, own, *pair), pair) for pair in columns.items())
    joined, named_by = max(joins, key=lambda join: len(join[0]), default=({}, None))
    if named_by is not None:
        joined |= _spelled_alike(printed, own, named_by, joined)
    rest = iter([place for place in range(len(printed)) if place not in joined.values()])
    for place in range(len(own)):
        yield (joined[place] if place in joined else next(rest, None)), place
    for place in rest:
        yield place, None


def _joined_by(
    printed: Sequence[Sequence[str]], own: Sequence[Sequence[str]], theirs: int, ours: int
) -> dict[int, int]:
    """The printed row for each of ours, by one column: a name that stands once in both."""
    names = [_name(row[theirs]) for row in printed], [_name(row[ours]) for row in own]
    once = [{name for name, count in Counter(column).items() if name and count == 1} for column in names]
    return {names[1].index(name): names[0].index(name) for name in once[0] & once[1]}


def _spelled_alike(
    printed: Sequence[Sequence[str]],
    own: Sequence[Sequence[str]],
    named_by: tuple[int, int],
    joined: Mapping[int, int],
) -> dict[int, int]:
    """The same for names that differ in a few letters (``Penagwasan``), the likeliest first."""
    theirs = {p: _name(row[named_by[0]]) for p, row in enumerate(printed) if p not in joined.values()}
    ours = {o: _name(row[named_by[1]]) for o, row in enumerate(own) if o not in joined}
    likeness = [
        (SequenceMatcher(None, their_name, our_name, autojunk=False).ratio(), p, o)
        for p, their_name in theirs.items()
        for o, our_name in ours.items()
        if their_name and our_name and their_name != our_name
    ]
    found: dict[int, int] = {}
    for ratio, p, o in sorted(likeness, key=lambda entry: -entry[0]):
        if ratio >= _ALIKE and o not in found and p not in found.values():
            found[o] = p
    return found


def _name(text: str) -> str:
    """Letters alone; nothing for a number, with its unit or without."""
    return "" if re.match(r"\W*\d", text) else re.sub(r"[\W\d_]", "", text).casefold()
