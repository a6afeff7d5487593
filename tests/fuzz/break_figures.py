"""Breaking the figures of an answer, alone or so that sums still hold."""

from __future__ import annotations

import random

from tests.fuzz.effects import ODD, Effect, Payload, one_of, two_of


def _figure(payload: Payload, dice: random.Random) -> str:
    return dice.choice(sorted(payload["datacontent"]))


def move_the_point(payload: Payload, dice: random.Random) -> Effect:
    key = _figure(payload, dice)
    payload["datacontent"][key] *= dice.choice([10, 100, 1000, 0.1, 0.01, 0.001])
    return Effect.FIGURES


def turn_the_sign(payload: Payload, dice: random.Random) -> Effect:
    payload["datacontent"][_figure(payload, dice)] *= -1
    return Effect.FIGURES


def mistype_a_figure(payload: Payload, dice: random.Random) -> Effect:
    key = _figure(payload, dice)
    digits = list(repr(payload["datacontent"][key]))
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    digits[dice.choice(places)] = dice.choice("123456789")
    payload["datacontent"][key] = float("".join(digits))
    return Effect.FIGURES


def nudge_a_figure(payload: Payload, dice: random.Random) -> Effect:
    payload["datacontent"][_figure(payload, dice)] += dice.choice([-1, 1]) * 10 ** dice.uniform(-3, 4)
    return Effect.FIGURES


def figure_as_text(payload: Payload, dice: random.Random) -> Effect:
    """A figure written so that it is the same, another one, or none."""
    key = _figure(payload, dice)
    value = payload["datacontent"][key]
    payload["datacontent"][key] = dice.choice(
        [str(value), f"{value:,.2f}", f"{value:,.2f}".translate(str.maketrans(",.", ".,")), f"{value:e}",
         "NaN", f"{value}*", f" {value} ", f"({value})", f"{value:.40f}", "Infinity", *ODD]
    )  # fmt: skip
    return Effect.FIGURES


def lose_figures(payload: Payload, dice: random.Random) -> Effect:
    for _ in range(dice.randint(1, 3)):
        del payload["datacontent"][_figure(payload, dice)]
    return Effect.NONE


def lose_a_year(payload: Payload, dice: random.Random) -> Effect:
    year = one_of(payload["tahun"], dice)["val"]
    payload["datacontent"] = {k: v for k, v in payload["datacontent"].items() if not k.endswith(f"0{year}0")}
    return Effect.NONE


def exchange_figures(payload: Payload, dice: random.Random) -> Effect:
    content = payload["datacontent"]
    one, other = dice.sample(sorted(content), 2)
    content[one], content[other] = content[other], content[one]
    return Effect.FIGURES


def exchange_rows_of_figures(payload: Payload, dice: random.Random) -> Effect:
    """Every figure of one row under another row and the other way round: labels exchanged unseen."""
    one, other = (str(row["val"]) + str(payload["var"][0]["val"]) for row in two_of(payload["vervar"], dice))
    content = payload["datacontent"]
    for year in payload["tahun"]:
        end = f"0{year['val']}0"
        if one + end in content and other + end in content:
            content[one + end], content[other + end] = content[other + end], content[one + end]
    return Effect.FIGURES


def shift_between_figures(payload: Payload, dice: random.Random) -> Effect:
    """What one figure loses another of the same year gains, so that the sum holds."""
    content = payload["datacontent"]
    end = _figure(payload, dice)[-5:]
    one, other = dice.sample(sorted(key for key in content if key.endswith(end)), 2)
    amount = content[one] * dice.choice([0.5, 0.1, 0.01])
    content[one] -= amount
    content[other] += amount
    return Effect.FIGURES


def add_to_the_total(payload: Payload, dice: random.Random) -> Effect:
    """A figure and the total grow by the same amount."""
    content = payload["datacontent"]
    key = _figure(payload, dice)
    total = f"{payload['vervar'][-1]['val']}{payload['var'][0]['val']}{key[-5:]}"
    amount = content[key] * dice.choice([0.5, 0.1, 1])
    content[key] += amount
    if total != key:
        content[total] += amount
    return Effect.FIGURES


def scale_a_year(payload: Payload, dice: random.Random) -> Effect:
    """Every figure of a year by the same factor: sums and shares hold."""
    end = _figure(payload, dice)[-5:]
    factor = dice.choice([0.7, 1.1, 1.5, 3, 10, 1000])
    for key in payload["datacontent"]:
        if key.endswith(end):
            payload["datacontent"][key] *= factor
    return Effect.UNSEEN


def rename_a_key(payload: Payload, dice: random.Random) -> Effect:
    content = payload["datacontent"]
    key = _figure(payload, dice)
    place = dice.randrange(len(key))
    renamed = key[:place] + dice.choice(["", *"0123456789"]) + key[place + dice.randint(0, 1) :]
    content.setdefault(renamed, content.pop(key))
    return Effect.FIGURES
