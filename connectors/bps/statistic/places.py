"""Which row, column and part of the year of a table is meant; what is unclear is refused."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from connectors.bps.dynamic.decode import Item
from connectors.bps.labels.text import words_of
from core.errors import NothingFoundError
from core.periods import Period, periods_in

SHOWN = 8
"""How many labels a message names."""
_REGENCY = re.compile(r"^(?:[0-9]{4} )?(?:(?:kabupaten|kab) )?")
"""What may stand before a regency's name: BPS leaves ``Kabupaten`` out, but never ``Kota``."""


def choose_row(rows: Sequence[Item], wanted: str, title: str) -> Item:
    """The row that a person names.

    Raises:
        NothingFoundError: None or several have that name; the message lists them, or the nearest ones.
    """
    return _choose(rows, wanted, f"Baris tabel {title!r}", "bps.row")


def choose_characteristic(columns: Sequence[Item], wanted: str, title: str) -> Item:
    """The column that a person names; without a name the only one there is.

    Raises:
        NothingFoundError: As :func:`choose_row`.
    """
    return _choose(columns, wanted, f"Karakteristik tabel {title!r}", "bps.characteristic")


def choose_period(parts: Sequence[Item], wanted: Period, title: str) -> Item:
    """The part of the year that is meant, by its label and never by its number.

    Raises:
        NothingFoundError: The table has no such part, or two of that name.
    """
    fitting = [part for part in parts if wanted in periods_in(part.label)]
    if len(fitting) == 1:
        return fitting[0]
    what = "memuat dua bagian tahun bernama" if fitting else "tidak memuat bagian tahun"
    raise NothingFoundError(
        f"Tabel {title!r} di BPS {what} {wanted}; yang ada: {_listed(parts)}.",
        todo="perbaiki bps.period di indicators.yaml.",
    )


def _choose(items: Sequence[Item], wanted: str, what: str, field: str) -> Item:
    if not wanted and len(items) == 1:
        return items[0]
    name = _name(wanted)
    same = [item for item in items if _name(item.label) == name]
    fitting = same or [item for item in items if name and set(name.split()) <= set(_name(item.label).split())]
    if len(fitting) == 1:
        return fitting[0]
    if not wanted:
        problem = f"belum dipilih; yang ada: {_listed(items)}"
    elif fitting:
        problem = f"bernama {wanted!r} ada beberapa: {_listed(fitting)}"
    else:
        problem = f"bernama {wanted!r} tidak ada; {_nearest(items, name)}"
    raise NothingFoundError(f"{what} {problem}.", todo=f"perbaiki {field} di indicators.yaml.")


def _name(label: str) -> str:
    return _REGENCY.sub("", words_of(label))


def _nearest(items: Sequence[Item], name: str) -> str:
    """The labels that are like a name; all of them where there are few."""
    if len(items) <= SHOWN:
        return f"yang ada: {_listed(items)}"
    by_name = {_name(item.label): item for item in items}
    near = difflib.get_close_matches(name, by_name, n=SHOWN, cutoff=0.5)
    return f"yang mirip: {_listed([by_name[n] for n in near])}" if near else f"yang ada: {_listed(items)}"


def _listed(items: Sequence[Item]) -> str:
    more = f" dan {len(items) - SHOWN} lagi" if len(items) > SHOWN else ""
    return ", ".join(item.label for item in items[:SHOWN]) + more
