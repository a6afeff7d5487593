"""How a printed cell may be read, and which row of ours a printed row stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from core.numbers import parse_number, split_sign

_ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")


def readings(text: str) -> tuple[Decimal, ...]:
    """The numbers that a printed cell may mean: ``8,726`` is 8,726 or 8.726, ``6,831,222`` only the latter.

    Prints mix both ways of writing thousands within one table; an office's own data may not.

    Returns:
        None, one or two numbers; nothing for a cell that holds words.
    """
    found = []
    try:
        found.append(parse_number(text))
    except ValueError:
        pass
    bare, negative = split_sign(text.strip().removesuffix("%"))
    if _ENGLISH.fullmatch(bare):
        value = Decimal(bare.replace(",", ""))
        found.append(-value if negative else value)
    return tuple(found)


def pair_rows(
    printed: Sequence[Sequence[str]], own: Sequence[Sequence[str]], columns: Mapping[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """The rows of a printed table beside ours, by the names in them and not by their place.

    Those that no name joins are taken in order; a misspelt name stays beside the right one.

    Args:
        printed: Rows of texts.
        own: Rows of texts.
        columns: Our column for each printed one.

    Yields:
        Places of a printed row and of ours, in our order, either None where the other has no such row.
    """
    joined = max((_joined_by(printed, own, *pair) for pair in columns.items()), key=len, default={})
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


def _name(text: str) -> str:
    """Letters alone; nothing for a number, with its unit or without."""
    return "" if re.match(r"\W*\d", text) else re.sub(r"[\W\d_]", "", text).casefold()
