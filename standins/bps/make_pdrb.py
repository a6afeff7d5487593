"""Makes ``data/pdrb-3529.csv`` from the figures that are published, and invents the rest.

    python -m standins.bps.make_pdrb

BPS's table of Kabupaten Sumenep by category was never seen here; what news reports quote from it
is in ``_PUBLISHED`` with its source. Everything else is invented so that it is consistent and
plausible, and marked ``ilustrasi``. Column ``rilis`` is the year of BPS's release: a release
revises the two years before it. That of 2025 brings 2024, and changes categories of 2022 and 2023
whose published totals stay.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from standins.bps.figures import (
    CATEGORIES,
    DATA,
    TOTAL,
    TOTAL_NONMIGAS,
    Figure,
    growth_of,
    share_of,
    to_cents,
)

D = Decimal
INVENTED = "dibuat untuk peragaan; bukan angka BPS"

_NEWS_2022 = "madurapers.com, mengutip BPS Kabupaten Sumenep"
_NEWS_2023 = "matamaduranews.com, mengutip Kepala BPS Kabupaten Sumenep"
_NEWS_OLD = "madurapers.com/pertumbuhan-ekonomi-sumenep-sangat-rendah"
_NEWS_2024 = "pekaaksara.com/12881, mengutip Kepala BPS Kabupaten Sumenep"
_REPORT = "LKjIP DKUPP Kabupaten Sumenep 2023, tabel 3.3"
_PUBLISHED: dict[tuple[str, str, int], tuple[str, str]] = {
    ("adhb", TOTAL, 2022): ("40255.32", _NEWS_2022),
    ("adhb", TOTAL, 2023): ("42847.97", _NEWS_2023),
    ("adhk", TOTAL, 2022): ("24912.62", _NEWS_2022),
    ("adhk", TOTAL, 2023): ("26244.80", _NEWS_2023),
    ("growth", TOTAL, 2019): ("0.14", _NEWS_OLD),
    ("growth", TOTAL, 2020): ("-1.13", _NEWS_OLD),
    ("growth", TOTAL, 2022): ("3.11", _NEWS_2022),
    ("growth", TOTAL, 2023): ("5.35", _NEWS_2023),
    ("growth", TOTAL_NONMIGAS, 2019): ("3.80", _NEWS_OLD),
    ("growth", TOTAL_NONMIGAS, 2020): ("-1.46", _NEWS_OLD),
    ("growth", TOTAL_NONMIGAS, 2023): ("4.81", _NEWS_2023),
    ("growth", "C", 2022): ("7.89", _REPORT),
    ("growth", "G", 2022): ("5.77", _REPORT),
    ("growth", "I", 2023): ("11.47", _NEWS_2023),
    ("share", "A", 2023): ("38.23", _NEWS_2023),
    ("share", "B", 2023): ("17.69", _NEWS_2023),
    ("share", "C", 2023): ("6.35", _NEWS_2023),
    ("share", "F", 2023): ("7.39", _NEWS_2023),
    ("share", "G", 2023): ("12.50", _NEWS_2023),
    ("adhb", TOTAL, 2024): ("45222.29", _NEWS_2024),
    ("adhk", TOTAL, 2024): ("27234.39", _NEWS_2024),
    ("growth", TOTAL, 2024): ("3.77", _NEWS_2024),
    ("growth", TOTAL_NONMIGAS, 2024): ("4.64", _NEWS_2024),
    ("share", "A", 2024): ("37.20", _NEWS_2024),
    ("share", "B", 2024): ("17.04", _NEWS_2024),
    ("share", "C", 2024): ("6.73", _NEWS_2024),
    ("share", "F", 2024): ("7.89", _NEWS_2024),
    ("share", "G", 2024): ("12.79", _NEWS_2024),
}
_INVENTED_SOURCES = {
    ("growth", "C", 2023): "ilustrasi; LKjIP 2023 tabel 3.5 mencetak 5,20% tanpa sumber",
    ("growth", "G", 2023): "ilustrasi; LKjIP 2023 tabel 3.5 mencetak 4,86% tanpa sumber",
    ("growth", TOTAL, 2021): "ilustrasi; sumber berita berbeda: 2,61 dan 2,16",
}

YEARS = range(2019, 2024)
_SHARES_2023 = {
    "A": "38.23", "B": "17.69", "C": "6.35", "D": "0.05", "E": "0.07", "F": "7.39", "G": "12.50",
    "H": "1.30", "I": "1.10", "J": "4.20", "K": "1.55", "L": "1.50", "M,N": "0.30", "O": "3.30",
    "P": "2.60", "Q": "0.62", "R,S,T,U": "1.25",
}  # fmt: skip
_DRIFT = {"A": "0.16", "B": "-0.10", "C": "-0.05", "F": "-0.06", "G": "-0.12", "I": "-0.03", "J": "0.06"}
"""By how many points a share was larger for each year back; the remainder goes to O."""
_STEP = {"A": "0.86", "J": "-0.30", "P": "-0.20", "H": "-0.10", "K": "-0.10"}
"""By how many points a share was larger in all years before 2023: the five largest of 2022 together
are published as 82,85 (madurapers.com), those of 2023 as 82,16."""
_ADHB_TOTALS = {2019: "33180.45", 2020: "32465.10", 2021: "36120.74"}
_SHARES_ADHK_2022 = {
    "A": "33.60", "B": "22.80", "C": "5.95", "D": "0.06", "E": "0.08", "F": "7.60", "G": "12.20",
    "H": "1.25", "I": "0.95", "J": "5.10", "K": "1.45", "L": "1.70", "M,N": "0.29", "O": "2.60",
    "P": "2.55", "Q": "0.62", "R,S,T,U": "1.20",
}  # fmt: skip
_GROWTH = {
    2020: {"C": "-2.41", "G": "-5.62", "I": "-9.18", "F": "-3.27", "H": "-6.04", "J": "8.15", "B": "0.41",
           "E": "4.10", "Q": "7.30", "R,S,T,U": "-8.80"},
    2021: {"C": "3.18", "G": "4.92", "I": "3.05", "F": "1.76", "H": "2.20", "J": "6.21", "B": "3.33",
           "E": "3.90", "Q": "2.15", "R,S,T,U": "1.40"},
    2022: {"C": "7.89", "G": "5.77", "I": "8.64", "F": "4.02", "H": "9.31", "J": "5.12", "B": "0.62",
           "E": "2.75", "Q": "1.88", "R,S,T,U": "7.95"},
    2023: {"C": "5.20", "G": "4.86", "I": "11.47", "F": "6.33", "H": "8.92", "J": "6.40", "B": "7.85",
           "E": "3.05", "Q": "4.12", "R,S,T,U": "7.10"},
}  # fmt: skip
_OTHER_GROWTH = D("2.90")
_TOTAL_GROWTH = {2019: "0.14", 2020: "-1.13", 2021: "2.61", 2022: "3.11"}
_NONMIGAS_GROWTH = {2020: "-1.46", 2021: "2.34", 2022: "3.68", 2023: "4.81"}
_NONMIGAS_ADHK_2022 = D("21376.05")
_NONMIGAS_SHARE = {2019: "87.90", 2020: "87.60", 2021: "87.75", 2022: "87.30", 2023: "86.95"}
_GROWTH_2019 = {"C": "4.66", "G": "6.02", "I": "7.11", "F": "5.87", "H": "6.18", "J": "6.95", "B": "-9.45"}
_BEFORE_REVISION = D("0.9991")
"""What the release of 2023 knew of 2021 and 2022, against the release of 2024; the same factor on
both, so that the growth of 2022 stays what it was."""

_SHARES_2024 = {
    "A": "37.20", "B": "17.04", "C": "6.73", "D": "0.05", "E": "0.07", "F": "7.89", "G": "12.79",
    "H": "1.35", "I": "1.20", "J": "4.25", "K": "1.60", "L": "1.50", "M,N": "0.31", "O": "3.48",
    "P": "2.60", "Q": "0.64", "R,S,T,U": "1.30",
}  # fmt: skip
_GROWTH_2024 = {"B": "1.20", "C": "6.24", "E": "2.60", "F": "9.10", "G": "5.11", "H": "7.44", "I": "8.35",
                "J": "6.75", "Q": "4.40", "R,S,T,U": "5.90"}  # fmt: skip
_NONMIGAS_SHARE_2024 = D("87.62")
_NONMIGAS_GROWTH_2024 = D("4.64")
_REVISED_IN_2025: dict[tuple[str, int], dict[str, str]] = {
    ("adhb", 2022): {"C": "9.87", "G": "-4.12", "A": "-5.75"},
    ("adhb", 2023): {"C": "17.34", "G": "12.60", "A": "-29.94"},
    ("adhk", 2022): {"C": "6.20", "G": "-3.10", "A": "-3.10"},
    ("adhk", 2023): {"C": "11.45", "G": "8.30", "A": "-19.75"},
}
"""What the release of 2025 changes of the years before; the categories' sum stays what it was."""

Values = dict[tuple[str, str, int], Decimal]


def _fill(values: dict[str, Decimal], total: Decimal, rest: str) -> dict[str, Decimal]:
    """Give ``rest`` what is missing to ``total``, so that the sum is exact."""
    others = sum((v for code, v in values.items() if code != rest), D(0))
    return {**{c: values.get(c, D(0)) for c in CATEGORIES}, rest: total - others}


def _adhb() -> Values:
    found: Values = {}
    for year in YEARS:
        total = D(
            _PUBLISHED["adhb", TOTAL, year][0] if ("adhb", TOTAL, year) in _PUBLISHED else _ADHB_TOTALS[year]
        )
        back = 2023 - year
        steps = _STEP if back else {}
        shares = {
            c: D(s) + D(_DRIFT.get(c, "0")) * back + D(steps.get(c, "0")) for c, s in _SHARES_2023.items()
        }
        values = {c: to_cents(s * total / 100) for c, s in shares.items()}
        found.update({("adhb", c, year): v for c, v in _fill(values, total, "O").items()})
        found["adhb", TOTAL, year] = total
        found["adhb", TOTAL_NONMIGAS, year] = to_cents(total * D(_NONMIGAS_SHARE[year]) / 100)
    return found


def _adhk() -> Values:
    totals = {2022: D("24912.62"), 2023: D("26244.80")}
    for year in (2021, 2020, 2019):
        totals[year] = to_cents(totals[year + 1] / (1 + D(_TOTAL_GROWTH[year + 1]) / 100))
    levels = {2022: _fill(_apart(totals[2022]), totals[2022], "A")}
    rates = {year: {c: D(r) for c, r in rows.items()} for year, rows in _GROWTH.items()}
    known = {y: {c: rates[y].get(c, _OTHER_GROWTH) for c in CATEGORIES if c != "A"} for y in rates}
    levels[2023] = _fill(
        {c: to_cents(levels[2022][c] * (1 + r / 100)) for c, r in known[2023].items()}, totals[2023], "A"
    )
    for year in (2021, 2020, 2019):
        earlier = {c: to_cents(levels[year + 1][c] / (1 + r / 100)) for c, r in known[year + 1].items()}
        levels[year] = _fill(earlier, totals[year], "A")
    without = {2022: _NONMIGAS_ADHK_2022}
    without[2023] = to_cents(without[2022] * (1 + D(_NONMIGAS_GROWTH[2023]) / 100))
    for year in (2021, 2020, 2019):
        without[year] = to_cents(without[year + 1] / (1 + D(_NONMIGAS_GROWTH[year + 1]) / 100))
    found: Values = {("adhk", c, y): v for y, row in levels.items() for c, v in row.items()}
    found.update({("adhk", TOTAL, year): value for year, value in totals.items()})
    found.update({("adhk", TOTAL_NONMIGAS, year): value for year, value in without.items()})
    return found


def _apart(total: Decimal) -> dict[str, Decimal]:
    return {c: to_cents(D(s) * total / 100) for c, s in _SHARES_ADHK_2022.items()}


def _rates(values: Values) -> Values:
    """Growth and shares to two decimals, as BPS prints them."""
    found: Values = {}
    for (measure, code, year), value in values.items():
        if measure == "adhb":
            if code != TOTAL_NONMIGAS:
                found["share", code, year] = share_of(value, values["adhb", TOTAL, year])
            continue
        before = values.get(("adhk", code, year - 1))
        if before is not None:
            found["growth", code, year] = growth_of(value, before)
    for code in (*CATEGORIES, TOTAL, TOTAL_NONMIGAS):
        rate = {TOTAL: _TOTAL_GROWTH[2019], TOTAL_NONMIGAS: "3.80"}.get(code)
        found["growth", code, 2019] = D(rate or _GROWTH_2019.get(code, "3.10"))
    return found


def _before_revision(values: Values) -> Values:
    """The tables as the release of 2023 had them: no 2023, 2021 and 2022 slightly lower."""
    found = {}
    for (measure, code, year), value in values.items():
        if year < 2023 and code != TOTAL:
            lower = _BEFORE_REVISION if year >= 2021 else D(1)
            found[measure, code, year] = to_cents(value * lower)
    for measure in ("adhb", "adhk"):
        for year in range(2019, 2023):
            found[measure, TOTAL, year] = sum((found[measure, c, year] for c in CATEGORIES), D(0))
    return found


def _release_2025(values: Values) -> Values:
    """The tables as the release of 2025 has them: 2024 is there, 2022 and 2023 are revised."""
    found = dict(values)
    for (measure, year), changes in _REVISED_IN_2025.items():
        for code, change in changes.items():
            found[measure, code, year] += D(change)
    total = D(_PUBLISHED["adhb", TOTAL, 2024][0])
    current = _fill({c: to_cents(D(s) * total / 100) for c, s in _SHARES_2024.items()}, total, "O")
    constant_total = D(_PUBLISHED["adhk", TOTAL, 2024][0])
    rates = {c: D(_GROWTH_2024.get(c, _OTHER_GROWTH)) for c in CATEGORIES if c != "A"}
    grown = {c: to_cents(found["adhk", c, 2023] * (1 + rate / 100)) for c, rate in rates.items()}
    constant = _fill(grown, constant_total, "A")
    found.update({("adhb", c, 2024): v for c, v in current.items()})
    found.update({("adhk", c, 2024): v for c, v in constant.items()})
    found["adhb", TOTAL, 2024], found["adhk", TOTAL, 2024] = total, constant_total
    found["adhb", TOTAL_NONMIGAS, 2024] = to_cents(total * _NONMIGAS_SHARE_2024 / 100)
    without = found["adhk", TOTAL_NONMIGAS, 2023]
    found["adhk", TOTAL_NONMIGAS, 2024] = to_cents(without * (1 + _NONMIGAS_GROWTH_2024 / 100))
    return found


def make_figures() -> list[Figure]:
    """Every figure of all releases.

    Raises:
        ValueError: A made figure contradicts a published one.
    """
    newest = {**_adhb(), **_adhk()}
    earlier = _before_revision(newest)
    figures = []
    for release, values in ((2023, earlier), (2024, newest), (2025, _release_2025(newest))):
        for (measure, code, year), value in sorted({**values, **_rates(values)}.items()):
            figures.append(_figure(release, measure, code, year, value))
    return figures


def _figure(release: int, measure: str, code: str, year: int, value: Decimal) -> Figure:
    key = (measure, code, year)
    text, source = _PUBLISHED.get(key, ("", ""))
    if text and D(text) == value:
        return Figure(release, code, year, measure, value, "terbit", source)
    if text and (release == 2024 or year == 2024):
        raise ValueError(f"{key}: {value} is not the published {text}")
    return Figure(release, code, year, measure, value, "ilustrasi", _INVENTED_SOURCES.get(key, INVENTED))


def write_csv(path: Path) -> int:
    """Write the figures and say how many."""
    figures = make_figures()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rilis", "kategori", "tahun", "ukuran", "nilai", "asal", "sumber"))
        for f in figures:
            writer.writerow((f.release, f.category, f.year, f.measure, f.value, f.origin, f.source))
    return len(figures)


if __name__ == "__main__":
    print(f"{write_csv(DATA)} angka ditulis.")
