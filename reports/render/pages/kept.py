"""Words that no line may part: ``Rp`` and its amount, ``Gambar`` and its number, a word and its dagger."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

NO_BREAK = "\u00a0"

_TOGETHER = re.compile(r"(?<![^\W_])(?:Rp|[Gg]ambar|[Tt]abel|[Ll]ampiran|BAB)( )(?=[\dIVX])|( )(?=[†‡])")


def keep_together(runs: Iterable[tuple[etree._Element, bool, str, bool]]) -> None:
    """Put spaces that do not break into a paragraph.

    Args:
        runs: Its texts in order: whose, whether behind it, the words, whether they may be broken.
    """
    texts = list(runs)
    whole = "".join(run for _, _, run, _ in texts)
    places = [found.start(found.lastindex or 0) for found in _TOGETHER.finditer(whole)]
    start = 0
    for owner, is_tail, run, _ in texts if places else ():
        letters = list(run)
        for place in places:
            if start <= place < start + len(run):
                letters[place - start] = NO_BREAK
        start += len(run)
        changed = "".join(letters)
        if changed == run:
            continue
        if is_tail:
            owner.tail = changed
        else:
            owner.text = changed
