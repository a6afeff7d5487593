"""Which of the old things became which of the new ones, in order: blocks of a document, rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

LEAST_ALIKE = 0.4
"""Texts that share less of their words are two texts, and not one that changed."""
MOST_COMPARED = 2_500
"""Pairs of old and new things that are compared word by word; above it only names and places count."""

Pair = tuple[int | None, int | None]
Keys = Sequence[Hashable]


def pair(
    old: tuple[Keys, Keys], new: tuple[Keys, Keys], likeness: Callable[[int, int], float]
) -> Iterator[Pair]:
    """Pair two sequences.

    Args:
        old: Of each old thing all that it says, and its name; None for a thing without one.
        new: The same of the new things.
        likeness: How alike an old and a new thing are, from 0 to 1; below :data:`LEAST_ALIKE`
            they stay alone.

    Yields:
        Places of an old and a new thing in the order of both; one of them is None where a thing stands alone.
        What is gone comes before what is new in its place.
    """
    for i1, i2, j1, j2, same in _stretches(old[0], new[0], (0, 0)):
        if same:
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
            continue
        names = [name if name is not None else ("old", place) for place, name in enumerate(old[1][i1:i2])]
        others = [name if name is not None else ("new", place) for place, name in enumerate(new[1][j1:j2])]
        for a1, a2, b1, b2, named in _stretches(names, others, (i1, j1)):
            if named:
                yield from zip(range(a1, a2), range(b1, b2), strict=True)
            else:
                yield from _by_likeness(range(a1, a2), range(b1, b2), likeness)


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """How many of their words two texts share, from 0 to 1; no figure of a report."""
    if not one or not other:
        return 1.0 if not one and not other else 0.0
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other))


def _stretches(old: Keys, new: Keys, start: tuple[int, int]) -> Iterator[tuple[int, int, int, int, bool]]:
    i, j = start
    for step, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield i + i1, i + i2, j + j1, j + j2, step == "equal"


def _by_likeness(old: range, new: range, likeness: Callable[[int, int], float]) -> Iterator[Pair]:
    if not old or not new or len(old) * len(new) > MOST_COMPARED:
        yield from ((place, None) for place in old)
        yield from ((None, place) for place in new)
        return
    alike = [[value if (value := likeness(i, j)) >= LEAST_ALIKE else 0.0 for j in new] for i in old]
    # The pairs that are most alike together and do not cross each other, found from the end.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((place, None) for place in old[i:])
    yield from ((None, place) for place in new[j:])
