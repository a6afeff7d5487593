"""Charts as SVG: drawn exactly within their frame, readable without colours, told to who cannot see."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.charts import (
    HEIGHT,
    INDEX_HEIGHT,
    INDEX_WIDTH,
    MOST_LINES,
    WIDTH,
    DailyPrices,
    MonthlyIndex,
    draw_index,
    draw_prices,
)

SVG = "{http://www.w3.org/2000/svg}"
LINE = "#1f4e79"
YEAR = 2023
prices = st.decimals(min_value=1, max_value=10_000_000, places=2)


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return [found.text or "" for found in parsed(svg).iter(f"{SVG}text")]


def line_of(svg: str) -> str:
    (found,) = [p.get("d", "") for p in parsed(svg).iter(f"{SVG}path") if p.get("stroke") == LINE]
    return str(found)


def chart(*points: tuple[str, int]) -> DailyPrices:
    read = tuple((date.fromisoformat(f"{YEAR}-{day}"), Decimal(price)) for day, price in points)
    return DailyPrices("Beras Medium", "kg", YEAR, read)


def test_the_lowest_and_highest_price_are_labelled_as_indonesians_write_them() -> None:
    svg = draw_prices(chart(("01-02", 11500), ("05-15", 10633), ("11-13", 12500)), "g")
    assert texts(svg)[0] == "Beras Medium (Rp/kg)"
    assert {"12.500", "10.633"} <= set(texts(svg))


def test_the_months_stand_below_by_their_first_letter() -> None:
    svg = draw_prices(chart(("01-02", 11500), ("05-15", 10633)), "g")
    assert [text for text in texts(svg) if len(text) == 1] == list("JFMAMJJASOND")


def test_whoever_cannot_see_the_chart_is_told_it() -> None:
    root = parsed(draw_prices(chart(("01-02", 11500), ("05-15", 10633)), "grafik-beras"))
    assert root.get("role") == "img"
    told = [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")]
    assert told == [
        "Beras Medium (Rp/kg)",
        "Harga rata-rata harian tahun 2023: terendah 10.633 pada 15 Mei 2023, tertinggi 11.500 pada "
        "2 Januari 2023.",
    ]
    ids = {found.get("id") for found in root if found.get("id")}
    assert set(root.get("aria-labelledby", "").split()) == ids


def test_a_week_without_prices_is_bridged_and_a_longer_gap_is_not() -> None:
    assert line_of(draw_prices(chart(("03-01", 5), ("03-08", 6)), "g")).count("M") == 1
    assert line_of(draw_prices(chart(("03-01", 5), ("03-09", 6)), "g")).count("M") == 2


def test_a_price_that_never_moves_is_one_line_with_one_label() -> None:
    svg = draw_prices(chart(("01-02", 18000), ("01-03", 18000)), "g")
    assert texts(svg).count("18.000") == 1


def test_names_from_data_are_escaped() -> None:
    svg = draw_prices(DailyPrices("<b>R&D</b>", "kg", YEAR, ((date(YEAR, 1, 2), Decimal(5)),)), "g")
    assert texts(svg)[0] == "<b>R&D</b> (Rp/kg)"


@given(st.dictionaries(st.integers(0, 364), prices, min_size=1))
def test_every_price_lies_within_the_frame(found: dict[int, Decimal]) -> None:
    points = tuple((date(YEAR, 1, 1) + timedelta(days=n), found[n]) for n in sorted(found))
    svg = draw_prices(DailyPrices("Gula", "kg", YEAR, points), "g")
    places = re.findall(r"[ML]([\d.]+) ([\d.]+)", line_of(svg))
    assert len(places) == len(points)
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y in places)


@given(st.lists(st.dictionaries(st.integers(1, 12), st.decimals(1, 2000, places=2), min_size=1), min_size=1))
def test_every_index_lies_between_the_outermost_of_few_lines(found: list[dict[int, Decimal]]) -> None:
    lines = [MonthlyIndex(f"Komoditas {n}", tuple(sorted(each.items()))) for n, each in enumerate(found)]
    svg = draw_index(lines, "Indeks", "ix")
    labels = [int(t.replace(".", "")) for t in texts(svg) if re.fullmatch(r"-?[\d.]+", t)]
    values = [value for line in lines for _, value in line.points]
    assert min(labels) <= min(values)
    assert max(values) <= max(labels)
    assert 2 <= len(labels) <= MOST_LINES
    across = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", svg)]
    assert 0 <= min(across) <= max(across) <= INDEX_WIDTH
    assert parsed(svg).get("viewBox") == f"0 0 {INDEX_WIDTH} {INDEX_HEIGHT}"


def test_the_legend_runs_from_the_highest_end_down() -> None:
    ends = {"Gula": 95, "Cabai": 140, "Beras": 101}
    lines = [MonthlyIndex(name, ((1, Decimal(100)), (2, Decimal(end)))) for name, end in ends.items()]
    named = [text for text in texts(draw_index(lines, "Indeks", "ix")) if text in ends]
    assert named == ["Cabai", "Beras", "Gula"]


def test_eight_lines_differ_without_their_colours() -> None:
    lines = [MonthlyIndex(f"K{n}", ((1, Decimal(100)),)) for n in range(8)]
    root = parsed(draw_index(lines, "Indeks", "ix"))
    marks = [
        (found.tag, found.get("fill") == "#fff", re.sub(r"M[\d. ]+", "M", found.get("d", "")))
        for found in root.iter(f"{SVG}circle", f"{SVG}rect", f"{SVG}path")
        if found.get("stroke-width") in (None, "1.2", "1.6")
    ]
    assert len(set(marks)) == 8


def test_a_month_without_prices_breaks_the_line() -> None:
    line = MonthlyIndex("Gula", ((1, Decimal(100)), (2, Decimal(101)), (5, Decimal(102)), (6, Decimal(99))))
    svg = draw_index([line], "Indeks", "ix")
    drawn = next(p.get("d", "") for p in parsed(svg).iter(f"{SVG}path") if p.get("stroke-width") == "1.5")
    assert re.sub(r"[\d. ]", "", drawn) == "MLML"


@pytest.mark.parametrize("draw", ["prices", "index"])
def test_the_same_prices_give_the_same_bytes(draw: str) -> None:
    def drawn() -> str:
        if draw == "prices":
            return draw_prices(chart(("01-02", 11500), ("05-15", 10633)), "g")
        return draw_index([MonthlyIndex("Gula", ((1, Decimal(100)), (2, Decimal("98.35"))))], "Indeks", "ix")

    assert drawn() == drawn()
