"""Breaking the shape of an answer: parts, rows, ids, columns."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.fuzz.effects import DIMENSIONS, ODD, Effect, Payload, one_of, two_of


def lose_a_part(payload: Payload, dice: random.Random) -> Effect:
    del payload[dice.choice(sorted(payload))]
    return Effect.NONE


def replace_a_part(payload: Payload, dice: random.Random) -> Effect:
    payload[dice.choice(sorted(payload))] = copy.deepcopy(dice.choice(ODD))
    return Effect.NONE


def replace_anything(payload: Payload, dice: random.Random) -> Effect:
    """Walk down to anything but a figure and put something odd in its place."""
    place: Any = payload
    names = [name for name in payload if name != "datacontent"]
    key: Any = dice.choice(names)
    while isinstance(place[key], dict | list) and place[key] and dice.random() < 0.8:
        place = place[key]
        key = dice.choice(sorted(place)) if isinstance(place, dict) else dice.randrange(len(place))
    place[key] = copy.deepcopy(dice.choice(ODD))
    return Effect.NONE


def double_a_row(payload: Payload, dice: random.Random) -> Effect:
    part = payload[dice.choice(DIMENSIONS)]
    part.insert(dice.randrange(len(part) + 1), copy.deepcopy(dice.choice(part)))
    return Effect.NONE


def lose_a_row(payload: Payload, dice: random.Random) -> Effect:
    part = payload[dice.choice(DIMENSIONS)]
    del part[dice.randrange(len(part))]
    return Effect.NONE


def shuffle_rows(payload: Payload, dice: random.Random) -> Effect:
    dice.shuffle(payload[dice.choice(DIMENSIONS)])
    return Effect.NONE


def shuffle_years(payload: Payload, dice: random.Random) -> Effect:
    dice.shuffle(payload["tahun"])
    return Effect.HARMLESS


def shuffle_figures(payload: Payload, dice: random.Random) -> Effect:
    content = list(payload["datacontent"].items())
    dice.shuffle(content)
    payload["datacontent"] = dict(content)
    return Effect.HARMLESS


def ids_as_text(payload: Payload, dice: random.Random) -> Effect:
    for name in (*DIMENSIONS, "var"):
        for row in payload[name]:
            row["val"] = str(row["val"]) + dice.choice(["", " "])
    return Effect.HARMLESS


def change_an_id(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload[dice.choice([*DIMENSIONS, "var"])], dice)
    row["val"] = dice.choice([str(row["val"]) + "0", "1" + str(row["val"]), dice.randrange(2000), *ODD])
    return Effect.NONE


def exchange_ids(payload: Payload, dice: random.Random) -> Effect:
    one, other = two_of(payload[dice.choice(DIMENSIONS)], dice)
    one["val"], other["val"] = other["val"], one["val"]
    return Effect.NONE


def add_a_column(payload: Payload, dice: random.Random) -> Effect:
    name = dice.choice(["turvar", "turtahun"])
    label = dice.choice(["Tahun", "Triwulan I", "Jumlah", "Harga Konstan", "Harga Berlaku", "x", ""])
    payload[name].append({"val": dice.choice([1, 5, "31", 0]), "label": label})
    return Effect.NONE


def rename_a_column(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload[dice.choice(["turvar", "turtahun"])], dice)
    row["label"] = dice.choice(
        ["Tahunan", "Triwulan IV", "Semester I", "Harga Konstan", "c-to-c", "q-to-q", *ODD]
    )
    return Effect.NONE


def many_rows(payload: Payload, dice: random.Random) -> Effect:
    """A hostile answer: few figures, and dimensions that promise billions."""
    for name in dice.sample(DIMENSIONS, 3):
        row = copy.deepcopy(payload[name][0])
        payload[name] += [row] * 200
    return Effect.NONE
