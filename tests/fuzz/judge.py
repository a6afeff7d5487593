"""Breaking answers and judging what comes of it.

Whatever is done to an answer, it ends in an error of the project or in figures; and a figure that is
accepted is the original's, or the difference is smaller than rates with two decimals can show, or the
tables carry a remark that names it. **What a single answer and the tables beside it cannot reveal**, and so
is left to the comparison with figures kept earlier (``compare_with_earlier``) or to people:

- every figure of a year multiplied by the same factor: the sum holds, shares hold, and without the year
  before there is no growth (only a jump of the total beyond twofold, or prices that cannot belong
  together, are seen);
- constant prices of two categories that grow alike and are exchanged in every year;
- growth of the first year that was read, for which there are no values of the year before;
- PDRB without oil and gas at current prices: nothing adds up to it and no share is printed of it;
- sub-categories that exchange figures among themselves: their sum is the same, and there are no rates of
  sub-categories to compare them with;
- a shift between two categories that is smaller than a printed rate shows (0,01 of a percentage point);
- a table whose years are all moved by one in keys and labels: shares that do not fit are remarked, but
  of constant prices and of growth no rate of the same year is there.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from connectors.bps.checks import SUM_TOLERANCE
from connectors.bps.labels.industries import category_of
from connectors.bps.tables import PdrbTable
from core.errors import LkjipError
from tests.fuzz import mutations
from tests.fuzz.effects import Effect
from tests.fuzz.lists import break_list
from tests.fuzz.regions import Place, Region, regions
from tests.fuzz.strangers import break_stranger

REGIONS = regions()
RATE_SHOWN = Decimal("0.03")
"""Percentage points up to which a rate with two decimals, computed from rounded values, may hide a change."""
HALF_A_CENT = Decimal("0.005")
"""Miliar rupiah by which a value may be rounded, which is much for the growth of a tiny category."""
_SHARE_OF_LISTS, _SHARE_OF_STRANGERS, _SHARE_OF_BYTES = 0.04, 0.02, 0.2


@dataclass
class Tally:
    """What became of the broken answers.

    Attributes:
        outcomes: How often each outcome came, by name of the mutation.
        failures: What should not have been, with the seed that makes it again.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> Tally:
    """Break ``count`` answers; the same numbers give the same answers."""
    tally = Tally()
    for number in range(count):
        break_one(f"{seed}/{number}", tally)
    return tally


def break_one(name: str, tally: Tally) -> None:
    """Break one answer, chosen and broken by its name alone."""
    dice = random.Random(name)
    region = dice.choice(REGIONS)
    kind = dice.random()
    if kind < _SHARE_OF_LISTS:
        how, outcome, failure = break_list(region, dice)
    elif kind < _SHARE_OF_LISTS + _SHARE_OF_STRANGERS:
        how, outcome, failure = break_stranger(region, dice)
    else:
        measure = dice.choice(sorted(region.bodies))
        body, how, effects = _broken(region.bodies[measure], dice)
        outcome, failure = _judge(region, measure, body, effects)
    tally.outcomes[how, outcome] += 1
    if failure:
        tally.failures.append(f"{name} {region.name} {how}: {failure}")


def _broken(body: bytes, dice: random.Random) -> tuple[bytes, str, list[Effect]]:
    if dice.random() < _SHARE_OF_BYTES:
        on_bytes = dice.choice(mutations.ON_BYTES)
        broken, effect = on_bytes(body, dice)
        return broken, on_bytes.__name__, [effect]
    payload = json.loads(body)
    names, effects = [], []
    for _ in range(dice.choice([1, 1, 1, 1, 2, 3])):
        on_json = dice.choice(mutations.ON_JSON)
        try:
            effects.append(on_json(payload, dice))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
            effects.append(Effect.UNSEEN)  # What was to be broken is broken already, perhaps by half.
        names.append(on_json.__name__)
    return json.dumps(payload).encode(), names[0] if len(names) == 1 else "several", effects


def _judge(region: Region, measure: str, body: bytes, effects: Sequence[Effect]) -> tuple[str, str]:
    """The outcome, and what is wrong with it, if anything."""
    harmless = all(effect is Effect.HARMLESS for effect in effects)
    try:
        table = region.read(measure, body)
        tables = region.compare(measure, table) if table is not None and table.cells else []
    except LkjipError as error:
        return "refused", f"a harmless change was refused: {error}" if harmless else ""
    except Exception as error:
        return "crashed", f"{type(error).__name__}: {error}"
    if not tables:
        return "nothing", "a harmless change gave nothing" if harmless else ""
    return "accepted", _compare(region, measure, tables, effects)


def _compare(region: Region, measure: str, tables: Sequence[PdrbTable], effects: Sequence[Effect]) -> str:
    if Effect.UNSEEN in effects:
        return ""
    table = next(t for t in tables if t.measure == measure)
    accepted = {(measure, cell.sector, cell.year): cell.value for cell in table.cells}
    original = {place: value for place, value in region.figures.items() if place[0] == measure}
    if all(effect is Effect.HARMLESS for effect in effects) and set(accepted) != set(original):
        return "a harmless change lost or won a figure"
    wrong = {place: value for place, value in accepted.items() if original.get(place) != value}
    if not wrong:
        return ""
    remarks = [remark for t in tables for remark in t.remarks]
    if Effect.WHOLE in effects:
        return "" if remarks or len(effects) > 1 else f"nothing is remarked of {len(wrong)} exchanged figures"
    if Effect.FIGURES not in effects:
        return f"accepted {_show(wrong)}, which the original does not hold"
    unsaid = {
        place: value
        for place, value in wrong.items()
        if place not in original
        or not (
            _is_small(region, place, value)
            or _cannot_be_seen(region, place, accepted)
            or _is_remarked(tables, place, remarks)
        )
    }
    return f"accepted {_show(unsaid)} without a remark" if unsaid else ""


def _show(wrong: dict[Place, Decimal]) -> str:
    return ", ".join(f"{'/'.join(map(str, place))} = {value}" for place, value in list(wrong.items())[:3])


def _is_small(region: Region, place: Place, value: Decimal) -> bool:
    """Whether the change is smaller than its sum or its rate can show."""
    measure, sector, year = place
    gap = abs(value - region.figures[place])
    if measure == "growth":
        before = region.figures.get(("adhk", sector, year - 1), Decimal(1))
        return gap <= _growth_shown(before)
    if measure == "share":
        return gap <= RATE_SHOWN
    base = region.figures[measure, "TOTAL" if measure == "adhb" else sector, year]
    return gap <= SUM_TOLERANCE + base * RATE_SHOWN / 100


def _growth_shown(before: Decimal) -> Decimal:
    """Percentage points that a growth may be off by rounding alone."""
    return RATE_SHOWN + 300 * HALF_A_CENT / before


def _cannot_be_seen(region: Region, place: Place, accepted: dict[Place, Decimal]) -> bool:
    measure, sector, year = place
    if measure == "adhk" and _grows_as_printed(region, sector, accepted):
        return True
    first = min(y for m, _, y in region.figures if m == "adhk")
    return (
        (measure == "growth" and year == first)
        or (measure == "adhb" and sector == "TOTAL_NONMIGAS")
        or ("." in sector and measure in ("adhb", "adhk"))
    )


def _grows_as_printed(region: Region, sector: str, accepted: dict[Place, Decimal]) -> bool:
    """Whether values that changed grow as they did before, or no growth can be computed from them."""
    for (measure, code, year), value in accepted.items():
        before = accepted.get((measure, code, year - 1))
        printed = region.figures.get(("growth", code, year))
        if code != sector or not before or printed is None:
            continue
        if abs((value / before - 1) * 100 - printed) > _growth_shown(before):
            return False
    return True


def _is_remarked(tables: Sequence[PdrbTable], place: Place, remarks: Sequence[str]) -> bool:
    """Whether a remark names the figure: its row and its year, or the year after for a base of growth."""
    measure, sector, year = place
    if measure == "adhb" and sector == "TOTAL":  # Its own share is always 100; those of its parts tell.
        return any(str(year) in remark for remark in remarks)
    labels = {c.label for table in tables for c in table.cells if c.sector == sector} | {category_of(sector)}
    years = (str(year), str(year + 1)) if measure == "adhk" else (str(year),)
    return any(any(f"{label} " in r for label in labels) and any(y in r for y in years) for r in remarks)
