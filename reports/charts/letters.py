"""How much room words need, about: the typeface itself is not at hand where charts are laid out."""

from __future__ import annotations

from collections.abc import Sequence

_LETTERS: Sequence[tuple[str, float]] = (("iljtfrI.,:;'()[]/| -", 0.3), ("mwMW%", 0.8))


def breadth(text: str, size: float) -> float:
    """About how wide some words are, in pixels; rather too wide than too narrow."""
    wide = 0.0
    for letter in text:
        known = next((part for letters, part in _LETTERS if letter in letters), None)
        wide += known or (0.69 if letter.isupper() else 0.55)
    return wide * size


def wrap(text: str, room: float, size: float) -> tuple[str, ...]:
    """Words in lines that find room in so many pixels; a word that is longer has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and breadth(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
