"""The register of commodities: their law, names by source, units, and the range that is believed.

The data stand in ``register.yaml`` beside this module; an office chooses in its own data which of
them count.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

REGISTER = Path(__file__).with_name("register.yaml")


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


@dataclass(frozen=True)
class Recognised:
    """A source's name that is known: prices times ``factor`` are rupiah for one unit of the commodity."""

    commodity: Commodity
    factor: Decimal


@dataclass(frozen=True)
class Unrecognised:
    """A source's name or unit that is not known, and why, in Indonesian with what to do."""

    reason: str


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
        raise NotImplementedError


def load_register(path: Path = REGISTER) -> Register:
    """Read and check the register.

    Raises:
        AgencyDataError: The file names one thing twice, or an entry is not as it should be.
    """
    raise NotImplementedError
