"""A commodity of the register, and how its names are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from connectors.prices.units import Unit, conversion, parse_unit


def name_key(name: str) -> str:
    """A name as it is compared: letters and digits alone, without capitals and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalnum())


@dataclass(frozen=True)
class Commodity:
    """One commodity.

    Attributes:
        id: Stable name used everywhere (``beras-premium``).
        name: For the report.
        group: ``beras``, ``minyak goreng``, ``daging sapi``, ….
        law: ``kebutuhan_pokok`` or ``barang_penting`` where the Perpres names it; empty where markets
            are only monitored for it.
        unit: That its prices are for (``kg``, ``liter``, ``ekor``).
        lowest, highest: Rupiah for one unit between which a price is believed: ours, to catch slips.
        density: Kilograms in a liter, only where one is stated.
        ids: The commodity's own ids by source (``siskaperbapo``, ``sp2kp``).
        names: As sources write it; compared without capitals, spaces and signs.
        units: Ways of writing that mean one ``unit`` of this commodity alone, of known units or not: a
            tube of elpiji 3 kg is sold by ``3 kg``.
        names_at: Names that only one source may use, because they say too little elsewhere (``Bata``).
    """

    id: str
    name: str
    group: str
    law: str
    unit: str
    lowest: Decimal
    highest: Decimal
    density: Decimal | None
    ids: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    units: tuple[str, ...] = ()
    names_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def own_unit(self) -> Unit:
        """Its unit, read."""
        unit = parse_unit(self.unit)
        if unit is None:
            raise ValueError(f"satuan {self.unit!r} komoditas {self.id!r} tidak dikenal")
        return unit

    @cached_property
    def _one_unit(self) -> tuple[frozenset[str], frozenset[Unit]]:
        read = (parse_unit(text) for text in self.units)
        return frozenset(map(_plain, self.units)), frozenset(unit for unit in read if unit is not None)

    def factor(self, text: str) -> Decimal | None:
        """What turns a price for one ``text`` into one for the commodity's unit; None if nothing does."""
        unit = parse_unit(text)
        texts, units = self._one_unit
        if _plain(text) in texts or unit in units:
            return Decimal(1)
        return None if unit is None else conversion(unit, self.own_unit, self.density)


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())
