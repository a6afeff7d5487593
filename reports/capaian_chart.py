"""The picture of all capaian: a bar an indicator, with a line at 100 per cent."""

from __future__ import annotations

from decimal import Decimal

from reports.charts import (
    INK,
    LIGHT,
    LINE_COLOUR,
    Picture,
    at,
    draw_rule,
    make_svg,
    write_words,
)
from reports.measured import Measured, MeasuredIndicator
from reports.standing import Standing
from reports.wording import show_percent

WIDTH, ROW, TOP, BOTTOM = 580, 21, 34, 24
LEFT, RIGHT = 218, 500
FARTHEST = Decimal(150)
"""Per cent at the right end; a bar beyond it is cut off and says its figure."""
MOST_LETTERS = 40
LETTER = 5.4
"""How wide a letter is, about."""
_WITHOUT = {Standing.WAITING: "menunggu", Standing.NOT_COMPUTABLE: "tidak dapat dihitung"}


def capaian_picture(measured: Measured) -> Picture | None:
    """The numbered picture of the indicators of table "capaian"; None where no capaian is known."""
    listed = measured.headline
    if all(m.percent is None for m in listed):
        return None
    height = TOP + ROW * len(listed) + BOTTOM
    parts = [
        *(_tick(at_percent, height) for at_percent in (0, 50, 100, 150)),
        draw_rule(_across(Decimal(100)), TOP - 4, _across(Decimal(100)), height - BOTTOM, strong=True),
        *(line for place, m in enumerate(listed) for line in _bar(m, TOP + ROW * place)),
    ]
    year = measured.agency.year.year
    described = "; ".join(f"{m.indicator.short_name}: {_said(m)}" for m in listed)
    title = f"Capaian kinerja tahun {year} (%)"
    words = write_words(WIDTH / 2, 16, title, size=12.5, anchor="middle", bold=True)
    svg = make_svg("grafik-capaian", WIDTH, height, title, f"{described}.", [words, *parts])
    beyond = any(m.percent is not None and m.percent > FARTHEST for m in listed)
    note = f"\n(batang di atas {FARTHEST}% dipotong)" if beyond else ""
    return Picture("", f"Capaian Indikator Kinerja Tahun {year}{note}", (svg,))


def _said(m: MeasuredIndicator) -> str:
    return _WITHOUT.get(m.standing) or show_percent(m)


def _across(percent: Decimal) -> float:
    return LEFT + (RIGHT - LEFT) * float(min(max(percent, Decimal(0)), FARTHEST) / FARTHEST)


def _tick(percent: int, height: int) -> str:
    x = _across(Decimal(percent))
    line = draw_rule(x, TOP - 4, x, height - BOTTOM)
    return line + write_words(x, height - 8, str(percent), size=10, anchor="middle")


def _bar(m: MeasuredIndicator, top: float) -> list[str]:
    name = m.indicator.short_name
    short = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"
    middle = top + ROW / 2
    parts = [write_words(LEFT - 6, middle + 3.5, short, size=10.5)]
    end = float(LEFT)
    if m.percent is not None:
        end = _across(m.percent)
        # Outlined where the target was missed, so that the picture reads without colours as well.
        fill = LINE_COLOUR if m.reached else LIGHT
        parts.append(
            f'<rect x="{LEFT}" y="{at(top + 4)}" width="{at(max(end - LEFT, 1))}" height="{ROW - 8}" '
            f'fill="{fill}" stroke="{INK}" stroke-width="0.6"/>'
        )
    text, x = _said(m), max(end, LEFT) + 6
    # The line at 100 per cent must not run through the figure.
    parts.append(
        f'<rect x="{at(x - 2)}" y="{at(top + 3)}" width="{at(len(text) * LETTER + 4)}" '
        f'height="{ROW - 6}" fill="#fff"/>'
    )
    return [*parts, write_words(x, middle + 3.5, text, size=10.5, anchor="start")]
