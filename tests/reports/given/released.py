"""Sumenep's figures after BPS's release."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from capaian.values import Quantity
from office.schema import Agency
from reports.realisasi import Input, Realisasi, State
from reports.reported import reported_realisasi

RELEASED = date(2024, 4, 4)
Rates = dict[str, tuple[str, bool]]
# The contributions are BPS's own (SOURCES.md); both growths are illustrative.
PUBLISHED: Rates = {
    "kontribusi-industri": ("6.3512", False),
    "kontribusi-perdagangan": ("12.4978", False),
    "pertumbuhan-industri": ("6.2011", True),
    "pertumbuhan-perdagangan": ("4.8000", True),
}


def released(identifier: str, value: str, illustrative: bool, state: State, status: str) -> Realisasi:
    """What BPS published of an indicator."""
    used = Input(
        name="PDRB ADHK Industri Pengolahan 2023",
        symbol="ADHK C 2023",
        value=Decimal("1690.12"),
        unit="Miliar Rupiah",
        status=status,
        vintage="1",
        released_on=RELEASED,
        snapshot="ab" * 32,
        url="https://webapi.bps.go.id/v1/api/list",
        illustrative=illustrative,
    )
    return Realisasi(
        indicator=identifier,
        year=2023,
        state=state,
        value=Quantity(Decimal(value)),
        source="BPS, 4 April 2024",
        source_url="https://webapi.bps.go.id/v1/api/list",
        released_on=RELEASED,
        formula="(1.690,12 - 1.606,58) / 1.606,58 x 100",
        inputs=(used,),
        illustrative=illustrative,
        institution="BPS",
    )


def filled_with(
    agency: Agency, rates: Rates = PUBLISHED, state: State = State.PROVISIONAL, status: str = "sementara"
) -> dict[tuple[str, int], Realisasi]:
    """All realisasi, with BPS's figures put in."""
    chosen = reported_realisasi(agency)
    for identifier, (value, illustrative) in rates.items():
        chosen[identifier, 2023] = released(identifier, value, illustrative, state, status)
    return chosen
