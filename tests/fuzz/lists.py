"""Breaking the list of tables: whatever it says, no table is taken for another one."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.bps.client import BpsClient
from connectors.bps.dynamic.series import search_series
from connectors.bps.tables import FoundSeries
from connectors.web.circuit import Circuit
from connectors.web.transport import Fetched
from core.errors import LkjipError
from tests.fuzz.break_words import TITLES, UNITS
from tests.fuzz.effects import ODD
from tests.fuzz.regions import Region

DAY = datetime(2024, 4, 4, tzinfo=UTC)


class OneAnswer:
    """In place of a session: the same list to whatever is asked, but no lists of years."""

    concurrency = 1

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.circuit = Circuit()

    def get(self, _url: str, params: Mapping[str, str | int], **_options: object) -> Fetched:
        absent = b'{"status":"OK","data-availability":"list-not-available","data":""}'
        return Fetched("https://bps.example", 200, {}, absent if params["model"] == "th" else self.body, DAY)


def break_list(region: Region, dice: random.Random) -> tuple[str, str, str]:
    """Break the list of a region's tables, choose from it, and read what was chosen.

    Returns:
        What was done, what came of it, and what is wrong with that.
    """
    rows = copy.deepcopy(region.rows)
    for _ in range(dice.randint(1, 3)):
        _break_row(rows, dice)
    meta = {"page": 1, "pages": 1, "per_page": 10, "count": len(rows), "total": len(rows)}
    body = json.dumps({"status": "OK", "data-availability": "available", "data": [meta, rows]}).encode()
    try:
        client = BpsClient("https://bps.example", "KUNCI", OneAnswer(body))  # type: ignore[arg-type]
        found = search_series(client, "3529")
    except LkjipError:
        return "list", "refused", ""
    except Exception as error:
        return "list", "crashed", f"{type(error).__name__}: {error}"
    return "list", "accepted", _read_chosen(region, found)


def _break_row(rows: list[dict[str, Any]], dice: random.Random) -> None:
    row, other = dice.choice(rows), dice.choice(rows)
    match dice.randrange(7):
        case 0:
            row["title"], other["title"] = other.get("title"), row.get("title")
        case 1:
            row["title"] = dice.choice([*TITLES, *ODD])
        case 2:
            row["unit"] = dice.choice([*UNITS, *ODD])
        case 3:
            row["var_id"] = dice.choice([str(row.get("var_id")), other.get("var_id"), *ODD])
        case 4:
            rows.insert(dice.randrange(len(rows)), copy.deepcopy(other))
        case 5:
            row.pop(dice.choice(["title", "unit", "var_id"]), None)
        case _:
            dice.shuffle(rows)


def _read_chosen(region: Region, found: FoundSeries) -> str:
    """Whether a chosen table gives figures that the measure does not have."""
    bodies = {str(region.series[measure].var_id): body for measure, body in region.bodies.items()}
    for measure, series in found.series.items():
        body = bodies.get(str(series.var_id))
        if body is None:
            continue
        try:
            table = region.read(measure, body, series)
        except LkjipError:
            continue
        for cell in table.cells if table else ():
            if region.figures.get((measure, cell.sector, cell.year)) != cell.value:
                return f"{measure} was read from table {series.var_id}"
    return ""
