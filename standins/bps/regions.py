"""Many regencies: their codes, and PDRB tables written in the ways in which regencies write them.

The tables of a regency are the figures of 3529 times a factor of its own, so that sums and rates hold;
every one of them is marked as invented. As in reality numbers of tables, titles, units and labels
differ from regency to regency (bps.md, 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

import yaml

from standins.bps.figures import CATEGORIES, TOTAL, Figure, growth_of, share_of
from standins.bps.tables import Place, Variable, note_of, series_figures
from standins.bps.timeline import Series

SUMENEP = "3529"
EAST_JAVA = (*(f"35{n:02d}" for n in range(1, 30)), *(f"35{n}" for n in range(71, 80)))
"""The 38 regencies and cities of Jawa Timur have these codes in reality; their names here are invented."""
_OTHER_PROVINCES = (
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "36", "51", "52",
    "53", "61", "62", "63", "64", "65", "71", "72", "73", "74", "75", "76", "81", "82", "91", "94",
)  # fmt: skip
PROVINCES = tuple(sorted(f"{code}00" for code in ("35", *_OTHER_PROVINCES)))
_IN_THE_COUNTRY = 514
_NUMBERED = tuple(f"{p}{n:02d}" for n in range(1, 16) for p in _OTHER_PROVINCES)
_ALL = (SUMENEP, *(code for code in EAST_JAVA if code != SUMENEP), *_NUMBERED)[:_IN_THE_COUNTRY]


@cache
def regencies(count: int) -> tuple[str, ...]:
    """The codes of so many regencies: 3529, the rest of its province, then the others.

    Raises:
        ValueError: There are not so many in the country.
    """
    if not 0 <= count <= _IN_THE_COUNTRY:
        raise ValueError(f"0 to {_IN_THE_COUNTRY} regencies, not {count}")
    return tuple(sorted(_ALL[:count]))


def region_name(code: str) -> str:
    """An invented name that says so."""
    return f"Kabupaten Contoh {code} (ilustrasi)"


@dataclass(frozen=True)
class Style:
    """How a regency writes its tables.

    Attributes:
        titles: By measure.
        unit: As the table states it.
        factor: What a miliar is in that unit.
        row: How a category is written; with ``code``, ``label`` and, in English, ``english``.
        total: How the total is written.
        parts: Sub-categories under a category, with their part of it in per cent.
    """

    titles: Mapping[str, str]
    unit: str
    factor: int
    row: str
    total: str
    parts: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


_WRITTEN = yaml.safe_load((Path(__file__).parent / "data/styles.yaml").read_text(encoding="utf-8"))
_ENGLISH: Mapping[str, str] = _WRITTEN["english"]
STYLES = tuple(Style(**style) for style in _WRITTEN["styles"])
_DECOYS = (
    ("PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran", "Miliar Rupiah"),
    ("PDRB Per Kapita Atas Dasar Harga Berlaku", "Ribu Rupiah"),
)


def style_of(code: str) -> Style:
    """The regency's own way of writing."""
    return STYLES[(int(code) // 100 + int(code)) % len(STYLES)]


def region_tables(code: str, series: Series) -> list[Variable]:
    """The PDRB tables of a regency, and two that only look like it."""
    style, first = style_of(code), 40 + int(code) * 13 % 700
    figures = _scaled(code, series)
    tables = [
        _table(first + 3 * number, measure, figures, series, code)
        for number, measure in enumerate(style.titles)
    ]
    decoys = [
        Variable(first + 20 + n, title, unit, "Ilustrasi, bukan data BPS", vervar=((1, "Contoh"),),
                 cells={(1, "0", 2022, 0): Decimal(10)})
        for n, (title, unit) in enumerate(_DECOYS)
    ]  # fmt: skip
    return [decoys[0], *tables, decoys[1]]


Values = dict[tuple[str, str, int], Decimal]


@lru_cache(maxsize=16)
def _values(series: Series) -> Values:
    return {(f.measure, f.category, f.year): f.value for f in series_figures(series)}


def _scaled(code: str, series: Series) -> Values:
    """The figures of 3529 times the regency's factor, in the unit of its tables, sums and rates anew."""
    factor = Decimal(200 + int(code) * 37 % 1801) / 1000 * style_of(code).factor
    found: Values = {}
    for (measure, category, year), value in _values(series).items():
        if measure in ("adhb", "adhk") and category in CATEGORIES:
            scaled = (value * factor).quantize(Decimal("0.01"))
            found[measure, category, year] = scaled
            found[measure, TOTAL, year] = found.get((measure, TOTAL, year), Decimal(0)) + scaled
    for (measure, category, year), value in list(found.items()):
        if measure == "adhb":
            found["share", category, year] = share_of(value, found["adhb", TOTAL, year])
        elif ("adhk", category, year - 1) in found:
            found["growth", category, year] = growth_of(value, found["adhk", category, year - 1])
    return found


def _table(var_id: int, measure: str, values: Values, series: Series, code: str) -> Variable:
    style, money = style_of(code), measure in ("adhb", "adhk")
    rows: list[tuple[int, str]] = []
    cells: dict[Place, Decimal] = {}
    years = sorted({year for name, _, year in values if name == measure})
    for number, (category, label) in enumerate({**CATEGORIES, TOTAL: ""}.items(), start=1):
        english = _ENGLISH.get(category, "")
        text = style.row.format(code=category, label=label, english=english) if label else style.total
        rows.append((number, text))
        cells.update({(number, "0", year, 0): values[measure, category, year] for year in years})
        for part, (name, percent) in enumerate(style.parts.get(category, ()) if money else ()):
            row = number * 100 + part
            rows.append((row, name))
            for year in years:
                share = values[measure, category, year] * percent / 100
                cells[row, "0", year, 0] = share.quantize(Decimal("0.01"))
    invented = [
        Figure(series.edition, category, year, measure, value, "ilustrasi", "")
        for (name, category, year), value in values.items()
        if name == measure
    ]
    return Variable(
        var_id=var_id,
        title=style.titles[measure],
        unit=style.unit if money else "Persen",
        note=note_of(series, invented, region_name(code)),
        last_update=f"{series.changed:%Y-%m-%d} 08:00:00",
        vervar=tuple(rows),
        cells=cells,
        declared=series.declared,
    )
