"""Titles of tables: which measure of PDRB by lapangan usaha they promise, and of which base year."""

from __future__ import annotations

import re

MEASURES = ("adhb", "adhk", "growth", "share")
MEASURE_NAMES = {
    "adhb": "PDRB atas dasar harga berlaku",
    "adhk": "PDRB atas dasar harga konstan",
    "growth": "laju pertumbuhan PDRB",
    "share": "distribusi persentase PDRB",
}


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PDRB = _words(r"\bPDRB\b", r"produk\s+domestik\s+regional\s+brut+o", r"\bGRDP\b",
               r"gross\s+regional\s+domestic\s+products?")  # fmt: skip
_ECONOMY = _words(r"pertumbuhan\s+ekonomi", r"economic\s+growth")
_BY_INDUSTRY = _words(r"lapangan\s*-?\s*usaha", r"\blapus\b", r"\bby\s+industr(?:y|ies)\b",
                      r"industrial\s+origin", r"(?:menurut|per)\s+(?:kategori|sektor)\b")  # fmt: skip
_OTHER = _words(
    r"pengeluaran", r"penggunaan", r"expenditure", r"tri\s*-?\s*wulan", r"kuartal", r"quarter",
    r"\bTW\.?\s*(?:I|II|III|IV|[1-4])\b", r"implisit", r"implicit", r"deflator", r"per\s*-?\s*kapita",
    r"per\s*-?\s*capita", r"\bind(?:eks|ex|ices)\b", r"\bq\s*-?\s*to\s*-?\s*q\b", r"\bqtoq\b", r"semester",
    r"bulanan", r"sumber\s+(?:laju\s+)?pertumbuhan", r"sources?\s+of\s+(?:economic\s+)?growth", r"andil",
    r"kontribusi\s+(?:terhadap\s+)?(?:laju\s+)?pertumbuhan", r"kecamatan", r"\bdesa\b", r"subdistrict",
    r"tenaga\s+kerja", r"pekerja", r"bekerja", r"penduduk", r"rasio", r"investasi", r"kredit", r"pajak",
    r"menurut\s+(?:provinsi|kabupaten|kota\b|pulau|negara)", r"by\s+(?:province|regency|region|district)",
    r"kabupaten\s*/\s*kota", r"(?:antar|se)\s*-?\s*(?:kabupaten|provinsi|jawa)", r"proyeksi", r"target",
    r"terhadap\s+(?:PDRB\s+)?(?:provinsi|nasional|indonesia|jawa)",
)  # fmt: skip
_GROWTH = _words(r"pertumbuhan", r"growth")
_SHARE = _words(r"distribusi", r"distribution", r"struktur", r"structure", r"peran(?:an)?\b", r"kontribusi",
                r"persentase\s+PDRB", r"contribution", r"\bshares?\b")  # fmt: skip
_PER_CENT = _words(r"persentase", r"percentage")
_CURRENT = _words(r"berlaku", r"\bA?D?HB\b", r"\bcurrent(?:\s+market)?\s+pric", r"nominal")
_CONSTANT = _words(r"konstan", r"\bA?D?HK\b", r"\bconstant\b")
_WITHOUT_MIGAS = _words(r"(?:tanpa|non|di\s*luar)\s*-?\s*(?:migas|minyak)",
                        r"(?:without|excluding|non)\s*-?\s*oil")  # fmt: skip
_YEAR = r"((?:19|20)\d\d)"
_RANGE = re.compile(rf"\b{_YEAR}\s*\*{{0,2}}\s*(?:-+|–|—|s\.?\s?/?d\.?|sampai)\s*{_YEAR}\b", re.IGNORECASE)
_NO_RANGE = r"\b(?!\s*\*{0,2}\s*(?:-+|–|—|,|s\.?\s?/?d\b|sampai|dan\b))"
_BASE_YEARS = (
    re.compile(rf"\bseri\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}\s*=\s*100\b"),
    re.compile(rf"\btahun\s+dasar\s*:?\s*\(?\s*{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\bbase\s+year\s*:?\s*{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\bconstant\s+(?:market\s+)?(?:prices?\s+)?\(?\s*{_YEAR}{_NO_RANGE}", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}\s+constant\b", re.IGNORECASE),
    re.compile(rf"(?:konstan|\bA?D?HK)\b\)?(?:\s+tahun)?\s*\(?\s*{_YEAR}{_NO_RANGE}", re.IGNORECASE),
)


def is_pdrb(title: str) -> bool:
    """Whether a title is about PDRB at all."""
    return bool(_PDRB.search(title))


def measures_of(title: str) -> tuple[str, ...]:
    """The measures of annual PDRB by lapangan usaha that a title promises.

    A rate of growth at current prices and a share at constant prices are none of ours.

    Returns:
        None of them, one, or ``("adhb", "adhk")`` when the title names both kinds of prices: then
        only the table's columns can tell which is which.
    """
    about_growth = bool(_GROWTH.search(title))
    if not is_pdrb(title) and not (about_growth and _ECONOMY.search(title)):
        return ()
    if not _BY_INDUSTRY.search(title) or _OTHER.search(title):
        return ()
    current, constant = bool(_CURRENT.search(title)), bool(_CONSTANT.search(title))
    about_share = bool(_SHARE.search(title) or (_PER_CENT.search(title) and not about_growth))
    if about_growth or about_share:
        if about_growth and about_share:
            return ()
        wrong_prices = (current and not constant) if about_growth else (constant and not current)
        return () if wrong_prices else ("growth" if about_growth else "share",)
    return tuple(measure for measure, named in (("adhb", current), ("adhk", constant)) if named)


def measure_of(title: str) -> str | None:
    """Which measure a title promises; None when it is about another thing or names two."""
    measures = measures_of(title)
    return measures[0] if len(measures) == 1 else None


def base_years_of(title: str) -> tuple[int, ...]:
    """Every base year that a title or note names, in the order of its words; no year twice."""
    found = {m.start(1): int(m[1]) for pattern in _BASE_YEARS for m in pattern.finditer(title)}
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def base_year_of(title: str) -> int | None:
    """The base year of constant prices or of the series, as the title says it first."""
    return next(iter(base_years_of(title)), None)


def years_of(title: str) -> tuple[int, int] | None:
    """The span of years in a title, ``2010-2016``, which a table that is not continued has."""
    match = _RANGE.search(title)
    return (int(match[1]), int(match[2])) if match else None


def is_without_migas(title: str) -> bool:
    """Whether a title says that oil and gas are left out, and so parts of its categories too."""
    return bool(_WITHOUT_MIGAS.search(title))
