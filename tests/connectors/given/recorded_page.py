"""The recorded page of Enrekang's book as words with places, and its figures typed off by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from connectors.bps.printed.layout import Page, Word
from connectors.bps.printed.watermark import drop_climbing_address

TEXT = Path(__file__).parents[1] / "samples" / "enrekang_pdrb_adhb_2021_2025_pdf_page127.txt"
YEARS = {
    2021: "tetap",
    2022: "tetap",
    2023: "tetap",
    2024: "sementara",
    2025: "sangat sementara",
}
FIGURES = {
    "A": "3302.07 3613.18 3923.76 4450.18 4964.99",
    "B": "298.98 316.90 339.34 347.77 364.15",
    "C": "1078.61 1243.05 1312.67 1426.43 1591.29",
    "D": "8.18 8.45 9.33 10.06 11.23",
    "E": "6.43 6.81 7.24 7.36 7.70",
    "F": "1037.95 1125.56 1193.25 1184.00 1165.49",
    "G": "648.14 710.02 754.91 798.78 857.24",
    "H": "105.85 138.15 166.67 178.41 188.40",
    "I": "59.75 70.75 77.08 83.66 93.56",
    "J": "276.79 291.84 308.61 320.06 338.82",
    "K": "228.74 254.71 274.74 288.21 315.44",
    "L": "236.99 253.29 265.05 274.64 287.29",
    "M,N": "2.71 3.26 3.56 3.64 3.93",
    "O": "550.93 599.33 591.55 646.41 669.98",
    "P": "142.91 145.66 155.96 168.69 173.56",
    "Q": "175.50 191.26 208.48 222.15 232.69",
    "R,S,T,U": "43.59 53.09 60.08 67.44 75.66",
    "TOTAL": "8204.11 9025.31 9652.30 10477.89 11341.40",
}
"""Miliar rupiah, 2021 to 2025, as BPS Kabupaten Enrekang printed them."""
CHAR, LINE, HEIGHT = 5.0, 10.0, 9.0
_WORD = re.compile(r"\S+")


def expected() -> dict[tuple[str, int], tuple[Decimal, str]]:
    """Value and status by category and year."""
    return {
        (code, year): (Decimal(text), YEARS[year])
        for code, row in FIGURES.items()
        for year, text in zip(YEARS, row.split(), strict=True)
    }


def page_of(text: str, number: int = 127) -> Page:
    """Text in fixed columns as a page; empty lines are the room that watermark letters took."""
    words, top = [], 0.0
    for line in text.splitlines():
        for match in _WORD.finditer(line):
            x0 = match.start() * CHAR
            words.append(Word(match[0], x0, x0 + len(match[0]) * CHAR, top, top + HEIGHT))
        top += LINE if line.strip() else LINE / 2
    return Page(tuple(drop_climbing_address(words)), number, f"halaman {number}")
