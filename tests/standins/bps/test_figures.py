"""The figures of the stand-in: what is published is exact, the rest says that it is invented."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from standins.bps.figures import CATEGORIES, DATA, TOTAL, TOTAL_NONMIGAS, illustrative_note, load_figures
from standins.bps.make_pdrb import write_csv

FIGURES = {(f.release, f.measure, f.category, f.year): f for f in load_figures()}


def value(measure: str, code: str, year: int, release: int = 2024) -> Decimal:
    return FIGURES[release, measure, code, year].value


def rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_the_committed_file_is_what_the_script_makes(tmp_path: Path) -> None:
    write_csv(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == DATA.read_bytes()


@pytest.mark.parametrize(
    ("measure", "code", "year", "text"),
    [
        ("adhb", TOTAL, 2022, "40255.32"),
        ("adhb", TOTAL, 2023, "42847.97"),
        ("adhk", TOTAL, 2022, "24912.62"),
        ("adhk", TOTAL, 2023, "26244.8"),
        ("growth", TOTAL, 2022, "3.11"),
        ("growth", TOTAL, 2023, "5.35"),
        ("growth", TOTAL_NONMIGAS, 2023, "4.81"),
        ("growth", "C", 2022, "7.89"),
        ("growth", "G", 2022, "5.77"),
        ("growth", "I", 2023, "11.47"),
        ("share", "A", 2023, "38.23"),
        ("share", "B", 2023, "17.69"),
        ("share", "C", 2023, "6.35"),
        ("share", "F", 2023, "7.39"),
        ("share", "G", 2023, "12.50"),
    ],
)
def test_published_figures_are_exact_and_named_as_such(measure: str, code: str, year: int, text: str) -> None:
    figure = FIGURES[2024, measure, code, year]
    assert figure.value == Decimal(text)
    assert figure.origin == "terbit"
    assert figure.source


def test_rates_follow_from_the_values() -> None:
    for code in (*CATEGORIES, TOTAL):
        for year in range(2020, 2024):
            growth = (value("adhk", code, year) / value("adhk", code, year - 1) - 1) * 100
            assert rounded(growth) == value("growth", code, year), (code, year)
            share = value("adhb", code, year) / value("adhb", TOTAL, year) * 100
            assert rounded(share) == value("share", code, year), (code, year)


def test_categories_make_the_total_exactly() -> None:
    for release, measure, code, year in FIGURES:
        if measure in ("adhb", "adhk") and code == TOTAL:
            parts = sum(value(measure, part, year, release) for part in CATEGORIES)
            assert parts == value(measure, TOTAL, year, release)


def test_the_five_largest_shares_add_up_as_published() -> None:
    assert sum(value("share", code, 2022) for code in "ABCFG") == Decimal("82.85")
    assert sum(value("share", code, 2023) for code in "ABCFG") == Decimal("82.16")


def test_the_two_numbers_of_table_3_5_are_illustrative_and_say_why() -> None:
    for code, text in (("C", "5.20"), ("G", "4.86")):
        figure = FIGURES[2024, "growth", code, 2023]
        assert figure.value == Decimal(text)
        assert figure.origin == "ilustrasi"
        assert "tabel 3.5" in figure.source


def test_every_invented_figure_stands_in_the_note() -> None:
    from connectors.bps.labels import read_illustrative

    for release in (2023, 2024):
        for measure in ("adhb", "adhk", "growth", "share"):
            figures = [f for f in load_figures() if (f.release, f.measure) == (release, measure)]
            marks = read_illustrative(illustrative_note(figures))
            for figure in figures:
                assert (figure.year in marks.get(figure.category, ())) == (figure.origin == "ilustrasi")
