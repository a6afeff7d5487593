"""The quarterly tables of all regencies on the national domain, made from the annual figures.

Each annual figure is split into four so that the four add up to it exactly. Only Sumenep's totals
may be published figures; every quarter, and the neighbours beside it, are invented.
"""

from __future__ import annotations

import dataclasses
from decimal import ROUND_HALF_UP, Decimal

from standins.bps.tables import Variable, pdrb_in_miliar, pdrb_variable
from standins.bps.timeline import Timeline

DOMAIN, NATIONAL = "3529", "0000"
_TITLES = {
    "adhb": "PDRB Triwulanan Atas Dasar Harga Berlaku Menurut Lapangan Usaha di Kabupaten/Kota Seluruh "
    "Indonesia",
    "adhk": "PDRB Triwulanan Atas Dasar Harga Konstan (2010=100) Menurut 17 Kategori Lapangan Usaha di "
    "Kabupaten/Kota",
}
_IDS = {"adhb": 9400, "adhk": 9401}
_QUARTERS = ((31, "Triwulan I"), (32, "Triwulan II"), (33, "Triwulan III"), (34, "Triwulan IV"))
_ANNUAL = (35, "Tahunan")
_WEIGHTS = (Decimal("0.241"), Decimal("0.249"), Decimal("0.256"))
_REGIONS = (
    (3528, "KABUPATEN PAMEKASAN", Decimal("0.4")),
    (int(DOMAIN), "KABUPATEN SUMENEP", Decimal(1)),
    (3578, "KOTA SURABAYA", Decimal("5")),
)
_CENT = Decimal("0.01")


def variables(timeline: Timeline) -> list[Variable]:
    """The quarterly tables of the national domain, a pair for each year."""
    tables: list[Variable] = []
    for number, year in enumerate(sorted(pdrb_variable("adhk", timeline).years)[-2:]):
        tables += [_variable(measure, timeline, year, 10 * number) for measure in _TITLES]
    return tables


def only_rows(variable: Variable, vervar: str) -> Variable:
    """The table with the rows that ``vervar`` names (``3529`` or ``3528;3529``); all without it."""
    wanted = set(vervar.split(";")) if vervar else {str(code) for code, _ in variable.vervar}
    return dataclasses.replace(
        variable,
        vervar=tuple(row for row in variable.vervar if str(row[0]) in wanted),
        cells={place: value for place, value in variable.cells.items() if str(place[0]) in wanted},
    )


def _variable(measure: str, timeline: Timeline, year: int, offset: int) -> Variable:
    annual = pdrb_in_miliar(measure, timeline)
    cells = {}
    for (row, _column, of_year, _part), value in annual.cells.items():
        if of_year != year:
            continue
        for region, _name, factor in _REGIONS:
            scaled = value if factor == 1 else (value * factor).quantize(_CENT, ROUND_HALF_UP)
            for (part, _label), quarter in zip(_QUARTERS, _split(scaled), strict=True):
                cells[region, f"{row}", year, part] = quarter
            if measure == "adhb":
                cells[region, f"{row}", year, _ANNUAL[0]] = scaled
    return Variable(
        var_id=_IDS[measure] + offset,
        title=_TITLES[measure],
        unit="Milyar Rupiah",
        note=annual.note,
        last_update=annual.last_update,
        vertical_name="Kabupaten/Kota",
        vervar=tuple((code, name) for code, name, _ in _REGIONS),
        turvar=tuple((f"{code}", label) for code, label in annual.vervar),
        turth=(*_QUARTERS, _ANNUAL),
        cells=cells,
    )


def _split(value: Decimal) -> tuple[Decimal, ...]:
    first = [(value * weight).quantize(_CENT, ROUND_HALF_UP) for weight in _WEIGHTS]
    return (*first, value - sum(first, Decimal(0)))
