"""What a card is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A figure or a file that another figure is made from.

    Attributes:
        label: Its place in the formula, or what it is.
        text: Name and value.
        facts: Status, day of release, when it was fetched (WIB) or taken in; as far as they are known.
        snapshot: The whole SHA-256 of the bytes that it was read from; empty where there are none.
    """

    label: str
    text: str
    facts: tuple[str, ...] = ()
    snapshot: str = ""


@dataclass(frozen=True)
class Card:
    """Where a figure comes from, however many places show it.

    Attributes:
        figure: What those places lead to (:attr:`reports.table.Cell.figure`, :mod:`reports.traced`).
        title: Whose figure it is.
        lines: What is computed, and its formula with the numbers put in.
        source: Of the realisasi, with the day of its release.
        pieces: What it is made from.
        notes: Remarks for the reader.
        in_appendix: Whether the appendix "Asal-usul angka" tells the same.
    """

    figure: str
    title: str
    lines: tuple[tuple[str, str], ...]
    source: str = ""
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    in_appendix: bool = False
