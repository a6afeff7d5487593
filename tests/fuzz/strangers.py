"""Recorded answers about other things than PDRB: whatever breaks them, they never become PDRB."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from connectors.bps.tables import Series
from core.errors import LkjipError
from tests.fuzz import mutations
from tests.fuzz.regions import Region

SAMPLES = Path(__file__).parents[1] / "connectors" / "samples"
NAMES = (
    "data_0000_1804.json",
    "data_0000_var291_th124.json",
    "data_31_2023_2024.json",
    "ambon_inflasi_var218_full_with_related.json",
)


def _load(name: str) -> dict[str, Any]:
    recorded = json.loads((SAMPLES / name).read_bytes())
    answer: dict[str, Any] = recorded.get("body", recorded) if "request" in recorded else recorded
    return answer


ANSWERS = [json.dumps(_load(name)) for name in NAMES]


def break_stranger(region: Region, dice: random.Random) -> tuple[str, str, str]:
    """Break a recorded answer and read it as if the operator had chosen its table.

    Returns:
        What was done, what came of it, and what is wrong with that.
    """
    payload = json.loads(dice.choice(ANSWERS))
    number = payload["var"][0]["val"]
    for _ in range(dice.randint(1, 3)):
        try:
            dice.choice(mutations.ON_JSON)(payload, dice)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
            break
    measure = dice.choice(sorted(region.series))
    try:
        table = region.read(
            measure, json.dumps(payload).encode(), Series(measure, number, "", "", "", pinned=True)
        )
    except LkjipError:
        return "stranger", "refused", ""
    except Exception as error:
        return "stranger", "crashed", f"{type(error).__name__}: {error}"
    if table is None or not table.cells:
        return "stranger", "nothing", ""
    return "stranger", "accepted", f"{table.title!r} was taken for PDRB"
