"""The register of commodities: their law, names by source, units, and the range that is believed.

The data stand in ``register.yaml`` beside this module; an office chooses in its own data which of
them count.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from connectors.prices.commodities import Commodity, name_key
from connectors.prices.register_file import read_commodities, unreadable
from connectors.prices.units import Unit, parse_unit

__all__ = ["REGISTER", "Commodity", "Recognised", "Register", "Unrecognised", "load_register"]

REGISTER = Path(__file__).with_name("register.yaml")
_WHERE = "connectors/prices/register.yaml"


@dataclass(frozen=True)
class Recognised:
    """A source's name that is known: prices times ``factor`` are rupiah for one unit of the commodity."""

    commodity: Commodity
    factor: Decimal


@dataclass(frozen=True)
class Unrecognised:
    """A source's name or unit that is not known, in Indonesian.

    Attributes:
        reason: Why, for every reader.
        todo: What the technician does about it.
    """

    reason: str
    todo: str

    def __str__(self) -> str:
        return f"{self.reason} {self.todo}"


@dataclass(frozen=True)
class Register:
    """All commodities by id."""

    commodities: dict[str, Commodity]

    def recognise(self, source: str, item: str, name: str, unit: str) -> Recognised | Unrecognised:
        """Which commodity a source's row is about.

        The source's id counts where the register has it, and the name is then a check: an id whose
        name is another one's or unknown is not recognised. Without an id the name counts. Then the
        unit must be convertible exactly.
        """
        named = self._by_name.get(name_key(name), ()) + self._by_own_name.get((source, name_key(name)), ())
        known = self._by_id.get((source, item)) if item else None
        if known is not None and known not in named:
            return _another_name(source, item, name, known, named)
        if known is not None:
            named = (known,)
        if not named:
            return self._unknown_name(name)
        return _by_unit(named, name, unit)

    def _unknown_name(self, name: str) -> Unrecognised:
        close = difflib.get_close_matches(name_key(name), self._by_name, n=3, cutoff=0.75)
        like = dict.fromkeys(commodity.name for key in close for commodity in self._by_name[key])
        hint = f"Yang mirip: {', '.join(like)}. " if like else ""
        return Unrecognised(
            f"nama {name!r} belum ada di daftar komoditas.",
            f"{hint}Tambahkan ke {_WHERE}: pada names komoditas yang dimaksud, atau sebagai komoditas baru.",
        )

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Commodity]:
        return {
            (source, item): commodity
            for commodity in self.commodities.values()
            for source, items in commodity.ids.items()
            for item in items
        }

    @cached_property
    def _by_name(self) -> dict[str, tuple[Commodity, ...]]:
        found: dict[str, tuple[Commodity, ...]] = {}
        for commodity in self.commodities.values():
            for key in dict.fromkeys(map(name_key, (commodity.name, *commodity.names))):
                found[key] = (*found.get(key, ()), commodity)
        return found

    @cached_property
    def _by_own_name(self) -> dict[tuple[str, str], tuple[Commodity, ...]]:
        found: dict[tuple[str, str], tuple[Commodity, ...]] = {}
        for commodity in self.commodities.values():
            for source, names in commodity.names_at.items():
                for key in dict.fromkeys(map(name_key, names)):
                    found[source, key] = (*found.get((source, key), ()), commodity)
        return found


def _by_unit(named: tuple[Commodity, ...], name: str, text: str) -> Recognised | Unrecognised:
    """The one of several commodities of the same name whose unit fits."""
    unit = parse_unit(text)
    dimension = unit.dimension if unit else ""
    # The same dimension first: a stated density must not draw a price away from its own commodity.
    nearest = sorted(named, key=lambda commodity: commodity.own_unit.dimension != dimension)
    if not text.strip():
        return Unrecognised(
            f"satuan untuk {name!r} tidak disebut di sumbernya.",
            f"Tulis satuannya di sumber, misalnya '{name} ({named[0].unit})'.",
        )
    for commodity in nearest:
        if (factor := commodity.factor(text)) is not None:
            return Recognised(commodity, factor)
    if unit is not None:
        return _not_convertible(nearest[0], name, text, unit)
    return Unrecognised(
        f"satuan {text!r} untuk {name!r} belum dikenal.",
        f"Bila artinya satu {named[0].unit}, tambahkan pada units komoditas {named[0].id!r} di {_WHERE}.",
    )


def _not_convertible(commodity: Commodity, name: str, text: str, unit: Unit) -> Unrecognised:
    own = commodity.own_unit
    what = f"harga {name!r} per {text.strip()} tidak dapat dijadikan per {commodity.unit}"
    if {unit.dimension, own.dimension} == {"mass", "volume"}:
        return Unrecognised(
            f"{what} tanpa massa jenis.",
            f"Isi density komoditas {commodity.id!r} di {_WHERE} bila kantor menetapkannya, atau pakai "
            "komoditas dengan satuan itu.",
        )
    return Unrecognised(
        f"{what}: isinya tidak disebut.",
        f"Bila artinya satu {commodity.unit}, tambahkan pada units komoditas {commodity.id!r} di {_WHERE}.",
    )


def _another_name(
    source: str, item: str, name: str, known: Commodity, named: tuple[Commodity, ...]
) -> Unrecognised:
    where = f"nomor {item} di {source} menurut daftar komoditas adalah {known.name!r}"
    if named:
        return Unrecognised(
            f"{where}, tetapi namanya {name!r} milik {named[0].name!r}.",
            f"Periksa sumbernya, lalu perbaiki ids di {_WHERE}.",
        )
    return Unrecognised(
        f"{where}, tetapi sumber menulis {name!r}.",
        f"Bila keduanya sama, tambahkan nama itu pada names komoditas {known.id!r} di {_WHERE}.",
    )


def load_register(path: Path = REGISTER) -> Register:
    """Read and check the register.

    Raises:
        AgencyDataError: The file names one thing twice, or an entry is not as it should be.
    """
    try:
        state = path.stat()
    except OSError as cause:
        raise unreadable(path, cause) from cause
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Register:
    """The register in ``path`` as it was at that moment."""
    return Register(read_commodities(path))
