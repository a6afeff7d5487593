"""Which table of BPS a person means by some words of its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.bps import labels
from connectors.bps.labels.text import words_of
from core.errors import NothingFoundError

SHOWN = 8
"""How many tables a message names."""
PIN = "tulis lebih banyak kata dari judulnya, atau nomor tabelnya (table: 1234)"

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_KINDS_OF_REGION = {"kabupaten", "kab", "kota", "provinsi", "prov"}
_SAYS_NOTHING = {"tahun", "di", "persen"}


@dataclass(frozen=True)
class FoundTable:
    """A dynamic table.

    Attributes:
        domain: Whose it is, four digits.
        title: Cleaned; empty while only its number is known.
        unit: Cleaned; empty where no list said it.
    """

    domain: str
    var_id: int
    title: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.var_id} {self.title!r}" if self.title else str(self.var_id)


def fits(title: str, wanted: str) -> bool:
    """Whether every word that is wanted stands in a title, in whatever order."""
    return set(words_of(wanted).split()) <= set(words_of(title).split())


def choose_table(tables: Sequence[FoundTable], wanted: str, *, region: str, year: int) -> FoundTable:
    """The one table whose title has the words that are wanted.

    Where several have them, the one that says nothing else but year and region is meant; where BPS keeps
    a table for each year, the one of the year.

    Args:
        tables: Those to choose from.
        wanted: Words of the title, without year and region.
        region: Name of the region, which a title may carry.
        year: The reporting year.

    Raises:
        NothingFoundError: None fits, or several; the message names the nearest, or all that fit.
    """
    fitting = [table for table in tables if fits(table.title, wanted)]
    if not fitting:
        raise _none(tables, wanted)
    beside = {table.var_id: _beside(table.title, wanted, region) for table in fitting}
    exact = [table for table in fitting if not beside[table.var_id]] or fitting
    if len(exact) > 1 and len({beside[table.var_id] for table in exact}) == 1:
        exact = [table for table in exact if str(year) in _years(table.title)] or exact
    if len(exact) == 1:
        return exact[0]
    raise NothingFoundError(
        f"Lebih dari satu tabel di BPS (wilayah {exact[0].domain}) memuat {wanted!r} dalam judulnya: "
        f"{_named(exact)}.",
        todo=f"{PIN} pada bps.table di indicators.yaml.",
    )


def _beside(title: str, wanted: str, region: str) -> frozenset[str]:
    """What a title says beside the words that are wanted, its years and its region."""
    words = set(words_of(title).split()) - set(words_of(wanted).split()) - set(words_of(region).split())
    return frozenset(w for w in words - _KINDS_OF_REGION - _SAYS_NOTHING if not _YEAR.fullmatch(w))


def _years(title: str) -> set[str]:
    span = labels.years_of(title)
    return set(_YEAR.findall(title)) | ({str(y) for y in range(span[0], span[1] + 1)} if span else set())


def _named(tables: Sequence[FoundTable]) -> str:
    more = f"; dan {len(tables) - SHOWN} lagi" if len(tables) > SHOWN else ""
    return "; ".join(map(str, tables[:SHOWN])) + more


def _none(tables: Sequence[FoundTable], wanted: str) -> NothingFoundError:
    """That no title has the words, with those that have most of them."""
    words = set(words_of(wanted).split())
    shared = {t.var_id: len(words & set(words_of(t.title).split())) for t in tables}
    near = sorted((t for t in tables if shared[t.var_id]), key=lambda t: -shared[t.var_id])
    seen = f" Yang paling mirip: {_named(near[:SHOWN])}." if near else ""
    return NothingFoundError(
        f"Tidak ada tabel di BPS yang judulnya memuat {wanted!r}.{seen}",
        todo="cari dengan lkjip sources bps --find, lalu perbaiki bps.table (dan bps.domain) di "
        "indicators.yaml.",
    )
