"""Charts as SVG: drawn exactly within their frame, readable without colours, told to who cannot see."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.settings import PROJECT
from reports.charts.canvas import INK, LINE_COLOUR, NARROW, WIDE, Canvas
from reports.charts.columns import MonthChart, Upright, YearChart
from reports.charts.letters import breadth, wrap
from reports.charts.lines import MOST_LINES, DailyPrices, IndexChart, MonthlyIndex, round_levels, unbroken
from reports.charts.picture import Picture, draw
from reports.charts.rows import (
    MOST_HEIGHT,
    Band,
    Bar,
    ChartRow,
    Column,
    Field,
    Kind,
    RowChart,
    in_parts,
    row_height,
)

SVG = "{http://www.w3.org/2000/svg}"
YEAR = 2023
prices = st.decimals(min_value=1, max_value=10_000_000, places=2)
SCALE = (Band(Decimal(0), "Kurang"), Band(Decimal(80), "Baik"), Band(Decimal(100), "Sangat baik"))
FIELD = Field("Capaian (%)", 150, Decimal(150), bands=SCALE)
SLOTS = (FIELD, Column("Capaian", 80, bold=True))
LEFT = 336
"""Where the field begins: beside the names, which take what the slots leave."""


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return [found.text or "" for found in parsed(svg).iter(f"{SVG}text")]


def daily(*points: tuple[str, int], name: str = "Beras Medium") -> DailyPrices:
    read = tuple((date.fromisoformat(f"{YEAR}-{day}"), Decimal(price)) for day, price in points)
    return DailyPrices("grafik-beras", name, "kg", YEAR, read)


def rows(*bars: Bar) -> RowChart:
    made = tuple(ChartRow(f"Hal ke-{n}", (bar, f"{bar.percent}")) for n, bar in enumerate(bars))
    return RowChart("g", "Capaian", "uraian", SLOTS, made)


def bars_of(svg: str, **look: str) -> list[tuple[float, float]]:
    """The left and right of each path in the field that looks so."""
    found = []
    for path in parsed(svg).iter(f"{SVG}path"):
        if all((path.get(name.replace("_", "-")) or "").startswith(value) for name, value in look.items()):
            across = [float(x) for x in re.findall(r"[ML] (-?[\d.]+) ", path.get("d", ""))]
            found.append((min(across), max(across)))
    return [each for each in found if each[0] >= LEFT and each[1] <= LEFT + FIELD.width]


EXAMPLES = (
    daily(("01-02", 11500), ("05-15", 10633)),
    IndexChart("ix", "Indeks", (MonthlyIndex("Gula†", ((1, Decimal(100)), (2, Decimal("98.35")))),)),
    MonthChart("bulan", "Serapan", "u", (Upright("Jan", Decimal("8.25"), "8,3"), Upright("Feb", None))),
    YearChart(
        "tahun",
        "Pertumbuhan (%)",
        "u",
        (Upright("2022", Decimal("7.89"), "7,89"), Upright("2023", None, "menunggu", open=True)),
    ),
    rows(Bar(Decimal("62.857"), Kind.MISSED), Bar(Decimal(232), Kind.REACHED)),
)


def test_the_lowest_and_highest_price_are_labelled_as_indonesians_write_them() -> None:
    svg = draw(daily(("01-02", 11500), ("05-15", 10633), ("11-13", 12500)))
    assert "Beras Medium (Rp/kg)" in texts(svg)
    assert {"12.500", "10.633"} <= set(texts(svg))


def test_the_months_stand_below_by_their_first_letter() -> None:
    svg = draw(daily(("01-02", 11500), ("05-15", 10633)))
    assert [text for text in texts(svg) if len(text) == 1] == list("JFMAMJJASOND")


def test_whoever_cannot_see_the_chart_is_told_it() -> None:
    root = parsed(draw(daily(("01-02", 11500), ("05-15", 10633))))
    assert root.get("role") == "img"
    told = [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")]
    assert told == [
        "Beras Medium (Rp/kg)",
        "Harga rata-rata harian tahun 2023: terendah 10.633 pada 15 Mei 2023, tertinggi 11.500 pada "
        "2 Januari 2023.",
    ]
    ids = {found.get("id") for found in root if found.tag in (f"{SVG}title", f"{SVG}desc")}
    assert set(root.get("aria-labelledby", "").split()) == ids


def test_a_week_without_prices_is_bridged_and_a_longer_gap_is_not() -> None:
    assert len(unbroken(daily(("03-01", 5), ("03-08", 6)).points)) == 1
    assert len(unbroken(daily(("03-01", 5), ("03-09", 6)).points)) == 2


def test_a_price_that_never_moves_is_one_line_with_one_label() -> None:
    assert texts(draw(daily(("01-02", 18000), ("01-03", 18000)))).count("18.000") == 1


def test_names_from_data_stand_as_they_are_written() -> None:
    svg = draw(daily(("01-02", 5), name="<b>R&D</b> $x^2$ \\alpha"))
    assert "<b>R&D</b> $x^2$ \\alpha (Rp/kg)" in texts(svg)


@given(st.dictionaries(st.integers(0, 364), prices, min_size=1, max_size=40))
@settings(max_examples=15)
def test_every_price_lies_within_the_frame(found: dict[int, Decimal]) -> None:
    points = tuple((date(YEAR, 1, 1) + timedelta(days=n), found[n]) for n in sorted(found))
    svg = DailyPrices("g", "Gula", "kg", YEAR, points).draw()
    drawn = [path for path in parsed(svg).iter(f"{SVG}path") if path.get("stroke-width") == "1.4"]
    places = [pair for path in drawn for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", ""))]
    assert sum(len(run) for run in unbroken(points)) == len(points)
    assert all(46 <= float(x) <= NARROW - 8 and 30 <= float(y) <= 128 for x, y in places)


@given(st.lists(st.decimals(1, 2000, places=2), min_size=1))
def test_every_index_lies_between_the_outermost_of_few_lines(values: list[Decimal]) -> None:
    levels = round_levels(min(values), max(values))
    assert levels[0] <= min(values)
    assert max(values) <= levels[-1]
    assert 2 <= len(levels) <= MOST_LINES


def test_the_legend_runs_from_the_highest_end_down() -> None:
    ends = {"Gula": 95, "Cabai": 140, "Beras": 101}
    lines = tuple(MonthlyIndex(name, ((1, Decimal(100)), (2, Decimal(end)))) for name, end in ends.items())
    named = [text for text in texts(draw(IndexChart("ix", "Indeks", lines))) if text in ends]
    assert named == ["Cabai", "Beras", "Gula"]


def test_eight_lines_differ_without_their_colours() -> None:
    lines = tuple(MonthlyIndex(f"K{n}", ((1, Decimal(100)),)) for n in range(8))
    root = parsed(draw(IndexChart("ix", "Indeks", lines)))
    shapes = {path.get("id"): path.get("d") for path in root.iter(f"{SVG}path") if path.get("id")}
    marks = {
        (shapes[use.get("{http://www.w3.org/1999/xlink}href")[1:]], use.get("fill") == "#ffffff")
        for use in root.iter(f"{SVG}use")
    }
    assert len(marks) == 8


def test_a_month_without_prices_breaks_the_line() -> None:
    points = ((1, Decimal(100)), (2, Decimal(101)), (5, Decimal(102)), (6, Decimal(99)))
    root = parsed(draw(IndexChart("ix", "Indeks", (MonthlyIndex("Gula", points),))))
    drawn = [p.get("d", "") for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "1.5"]
    assert [path.count("L") for path in drawn] == [2, 1, 1]


def test_a_bar_reaches_as_far_as_its_figure() -> None:
    svg = draw(rows(Bar(Decimal(75), Kind.REACHED), Bar(Decimal(150), Kind.REACHED)))
    (left, middle), (_, right) = bars_of(svg, fill=LINE_COLOUR, stroke=LINE_COLOUR)[:2]
    assert middle - left == (right - left) / 2
    assert right - left == FIELD.width


def test_a_bar_beyond_the_field_is_cut_off_with_an_arrow() -> None:
    svg = draw(rows(Bar(Decimal("8726.67"), Kind.REACHED)))
    (left, right), *_ = bars_of(svg, fill=LINE_COLOUR, stroke=LINE_COLOUR)
    assert right - left == FIELD.width
    assert len(list(parsed(svg).iter(f"{SVG}use"))) == 1


def test_below_zero_stands_an_arrow_in_the_place_of_the_bar() -> None:
    svg = draw(rows(Bar(Decimal("-104.67"), Kind.MISSED)))
    assert all(left == right for left, right in bars_of(svg, fill="url("))
    assert len(list(parsed(svg).iter(f"{SVG}use"))) == 1


def test_reached_missed_and_waiting_differ_without_colours() -> None:
    svg = draw(rows(*(Bar(Decimal(50), kind) for kind in (Kind.REACHED, Kind.MISSED, Kind.WAITING))))
    assert bars_of(svg, fill=LINE_COLOUR)
    assert bars_of(svg, fill="url(#", stroke=LINE_COLOUR)
    assert bars_of(svg, stroke_dasharray="", stroke=INK, fill="none")
    assert {"target tercapai", "target belum tercapai", "menunggu"} <= set(texts(svg))


def test_no_bar_is_drawn_of_what_has_no_number() -> None:
    svg = draw(rows(Bar(None, Kind.MISSED), Bar(Decimal(50), Kind.REACHED)))
    assert not bars_of(svg, fill="url(")
    assert "target belum tercapai" not in texts(svg)


def test_a_number_too_long_for_its_column_is_written_smaller() -> None:
    long = "Rp185.800.000.000.000"
    row = ChartRow("Industri", (Bar(Decimal(50), Kind.REACHED), long))
    root = parsed(draw(RowChart("g", "Capaian", "u", SLOTS, (row,))))
    (written,) = [text for text in root.iter(f"{SVG}text") if text.text == long]
    assert breadth(long, float(written.get("font-size", "0"))) <= SLOTS[1].width + 0.1
    assert breadth(long, 10) > SLOTS[1].width


def test_the_scale_is_behind_the_bars_from_dark_to_light_and_named() -> None:
    svg = draw(rows(Bar(Decimal(50), Kind.REACHED)))
    fills = {path.get("fill", "") for path in parsed(svg).iter(f"{SVG}path")}
    greys = sorted(fill for fill in fills if re.fullmatch(r"#([0-9a-f]{2})\1\1", fill) and fill != "#ffffff")
    reaches = [bars_of(svg, fill=grey) for grey in greys]
    assert reaches == [[(LEFT, LEFT + 80)], [(LEFT + 80, LEFT + 100)], [(LEFT + 100, LEFT + 150)]]
    assert {"Kurang", "Baik", "Sangat baik"} <= set(texts(svg))


@given(st.lists(st.text("abc MW", min_size=1, max_size=200), min_size=1, max_size=60))
def test_many_rows_are_parted_so_that_each_part_fits_a_page(names: list[str]) -> None:
    made = [ChartRow(name, (Bar(Decimal(1), Kind.REACHED), "1%")) for name in names]
    parts = in_parts(made, SLOTS)
    assert [row for part in parts for row in part] == made
    heights = [[row_height(row, SLOTS) for row in part] for part in parts]
    assert all(sum(part) <= MOST_HEIGHT or len(part) == 1 for part in heights)


@given(st.text("abcdefghij ABC", max_size=200), st.integers(60, 400))
def test_wrapped_words_are_all_there_and_within_their_room(text: str, room: int) -> None:
    lines = wrap(text, room, 10)
    assert " ".join(lines).split() == text.split()
    assert all(breadth(line, 10) <= room or " " not in line for line in lines)


def test_a_year_that_waits_has_an_outline_and_no_value() -> None:
    years = (Upright("2022", Decimal(-3), "-3,00**"), Upright("2023", None, "menunggu", open=True))
    svg = draw(YearChart("g", "Pertumbuhan (%)", "u", years))
    assert [text for text in texts(svg) if text in ("menunggu", "-3,00**")] == ["-3,00**", "menunggu"]
    (open_year,) = [p for p in parsed(svg).iter(f"{SVG}path") if p.get("stroke-dasharray")]
    assert open_year.get("fill") == "none"


def test_nothing_reaches_beyond_the_drawing() -> None:
    roots = [parsed(draw(chart)) for chart in EXAMPLES]
    assert not [e for root in roots for e in root.iter(f"{SVG}style", f"{SVG}metadata")]
    assert not [e for root in roots for e in root.iter() if e.get("style")]
    ids = [e.get("id") for root in roots for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_a_drawing_brings_its_own_light_ground() -> None:
    for chart in EXAMPLES:
        ground = next(parsed(draw(chart)).iter(f"{SVG}path"))
        assert ground.get("fill") == "#ffffff"


def test_coordinates_are_numbers() -> None:
    for chart in EXAMPLES:
        for element in parsed(draw(chart)).iter():
            for name in ("d", "x", "y", "width", "height", "transform"):
                assert re.fullmatch(r"[MLCQzZ()a-z ]*(-?\d+(\.\d{1,6})?[MLCQzZ() ]*)*", element.get(name, ""))
                assert "nan" not in element.get(name, "")


def test_what_is_not_shown_is_not_drawn() -> None:
    class Undrawn:
        def draw(self) -> str:
            raise AssertionError("drawn")

    assert Picture("3.1", "Harga", (Undrawn(),)).charts


_ELSEWHERE = """
import hashlib
from tests.reports.test_charts import EXAMPLES
print(hashlib.sha256("".join(chart.draw() for chart in EXAMPLES).encode()).hexdigest())
"""


def test_another_machine_draws_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 31\nsvg.fonttype: path\nlines.linewidth: 9\nhatch.color: red\n"
    )
    elsewhere = {
        **os.environ,
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, sys.path)]),
        "TZ": "America/New_York",
    }
    command = [sys.executable, "-c", _ELSEWHERE]
    there = subprocess.run(command, cwd=tmp_path, env=elsewhere, capture_output=True, text=True, check=True)
    here = "".join(chart.draw() for chart in EXAMPLES)
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_words_stand_within_the_sheet() -> None:
    canvas = Canvas("g", WIDE, 40)
    canvas.write(WIDE - 4, 20, "123,45%", anchor="end")
    (text,) = parsed(canvas.svg("t", "u")).iter(f"{SVG}text")
    assert (text.get("x"), text.get("y"), text.get("text-anchor")) == (str(WIDE - 4), "20", "end")
