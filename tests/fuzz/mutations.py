"""Ways to break an answer, each with what it may change.

A mutation takes the answer as JSON and a dice, and breaks it in place; those of :data:`ON_BYTES` take the
body. What a mutation may do to the figures is its :class:`Effect`, by which :mod:`tests.fuzz.judge` judges.
"""

from __future__ import annotations

import copy
import html
import random
from collections.abc import Callable
from enum import Enum
from typing import Any

Payload = dict[str, Any]


class Effect(Enum):
    """What may come of a mutation.

    HARMLESS: only the writing changed, so the table must be accepted with its figures.
    NONE: no figure changed, so what is accepted must be the original's figures.
    FIGURES: single figures changed, so what is accepted and differs must be small or remarked.
    WHOLE: a year or a table was exchanged in itself consistently; if accepted, something is remarked.
    UNSEEN: rewritten so that no reader could tell; there must only be no other error.
    """

    HARMLESS = "harmless"
    NONE = "none"
    FIGURES = "figures"
    WHOLE = "whole"
    UNSEEN = "unseen"


ODD: list[Any] = [
    None, True, False, "", "-", "x", 0, -1, 10**30, 1.5, 1e300, [], {}, [1], [[]], {"val": 1}, "9" * 400, "<b>",
    "１２", "\ud800", "\x00", "&amp;amp;", "2023", " ", "<" * 50, "((((", "1 = 1", [{"val": 1, "label": "C"}],
]  # fmt: skip
DIMENSIONS = ("vervar", "turvar", "tahun", "turtahun")


def _row(part: list[Any], dice: random.Random) -> dict[str, Any]:
    return dice.choice(part)


def _two(part: list[Any], dice: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    one, other = dice.sample(range(len(part)), 2) if len(part) > 1 else (0, 0)
    return part[one], part[other]


# --- structure ----------------------------------------------------------------------------------


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
    row = _row(payload[dice.choice([*DIMENSIONS, "var"])], dice)
    row["val"] = dice.choice([str(row["val"]) + "0", "1" + str(row["val"]), dice.randrange(2000), *ODD])
    return Effect.NONE


def exchange_ids(payload: Payload, dice: random.Random) -> Effect:
    one, other = _two(payload[dice.choice(DIMENSIONS)], dice)
    one["val"], other["val"] = other["val"], one["val"]
    return Effect.NONE


def add_a_column(payload: Payload, dice: random.Random) -> Effect:
    name = dice.choice(["turvar", "turtahun"])
    label = dice.choice(["Tahun", "Triwulan I", "Jumlah", "Harga Konstan", "Harga Berlaku", "x", ""])
    payload[name].append({"val": dice.choice([1, 5, "31", 0]), "label": label})
    return Effect.NONE


def rename_a_column(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload[dice.choice(["turvar", "turtahun"])], dice)
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


# --- labels -------------------------------------------------------------------------------------


def dress_labels(payload: Payload, dice: random.Random) -> Effect:
    """Another writing of the same labels: tags, entities twice, spaces, capitals, soft hyphens."""
    how: list[Callable[[str], str]] = [
        lambda text: f"<b>{text}</b> ",
        lambda text: html.escape(html.escape(text)) if "&" not in text else text,
        lambda text: text.replace(" ", "&amp;nbsp;"),
        lambda text: text.replace(" dan ", "\u00a0&\u00a0"),
        lambda text: text.upper() if "<" not in text and "&" not in text else text,
        lambda text: f"{text[:-3]}\u00ad{text[-3:]}" if text[-3:].isalpha() else text,
    ]
    for row in payload["vervar"]:
        row["label"] = dice.choice(how)(row["label"])
    return Effect.HARMLESS


def exchange_labels(payload: Payload, dice: random.Random) -> Effect:
    one, other = _two(payload[dice.choice(["vervar", "vervar", "vervar", *DIMENSIONS])], dice)
    one["label"], other["label"] = other["label"], one["label"]
    return Effect.NONE


def exchange_neighbours(payload: Payload, dice: random.Random) -> Effect:
    rows = payload["vervar"]
    place = dice.randrange(len(rows) - 1)
    rows[place]["label"], rows[place + 1]["label"] = rows[place + 1]["label"], rows[place]["label"]
    return Effect.NONE


def copy_a_label(payload: Payload, dice: random.Random) -> Effect:
    one, other = _two(payload["vervar"], dice)
    one["label"] = other["label"]
    return Effect.NONE


def slip_in_a_label(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload["vervar"], dice)
    text = row["label"]
    place = dice.randrange(len(text))
    letter = dice.choice("abcdefghiknoprstu")
    row["label"] = dice.choice(
        [text[:place] + text[place + 1 :], text[:place] + letter + text[place:],
         text[:place] + letter + text[place + 1 :]]
    )  # fmt: skip
    return Effect.NONE


def cut_a_label(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload["vervar"], dice)
    words = row["label"].split()
    kept = dice.randrange(len(words) + 1)
    row["label"] = " ".join(dice.choice([words[:kept], words[kept:]]))
    return Effect.NONE


def change_a_letter(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload["vervar"], dice)
    row["label"] = dice.choice("ABCDEFGHIJKLMNOPQRSTU147") + dice.choice([".", " ", ". "]) + row["label"]
    return Effect.NONE


def part_of_a_category(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload["vervar"], dice)
    row["label"] = row["label"] + dice.choice(
        [" Lainnya", " Tanpa Migas", " (Non Migas)", "; Bukan Mobil", " Kecil"]
    )
    return Effect.NONE


# --- units, titles, years, notes ----------------------------------------------------------------

UNITS = ["Juta Rupiah", "Miliar Rupiah", "Ribu Rupiah", "Triliun Rupiah", "Persen", "Ton", "", "Rupiah", "Orang",
         "Juta Rupiah/Billion Rupiahs", "Juta Rp", "Indeks"]  # fmt: skip
TITLES = [
    "PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran", "PDRB Triwulanan ADHB Menurut Lapangan Usaha",
    "[Seri 2020] PDRB Atas Dasar Harga Konstan 2020 Menurut Lapangan Usaha", "PDRB Per Kapita ADHB", "",
    "PDRB Atas Dasar Harga Berlaku dan Konstan Menurut Lapangan Usaha", "Jumlah Penduduk", "PDRB",
    "Laju Pertumbuhan PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    "PDRB Tanpa Migas Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    "PDRB ADHB Menurut Lapangan Usaha (Triliun Rupiah)", "PDRB ADHK 2010 Menurut Lapangan Usaha (Ribu Rupiah)",
    "Indeks Implisit PDRB Menurut Lapangan Usaha", "PDRB ADHK 2000 Menurut Lapangan Usaha",
]  # fmt: skip


def change_the_unit(payload: Payload, dice: random.Random) -> Effect:
    payload["var"][0]["unit"] = dice.choice(UNITS)
    return Effect.NONE


def unit_in_the_title(payload: Payload, dice: random.Random) -> Effect:
    payload["var"][0]["label"] += f" ({dice.choice(UNITS)})"
    payload["var"][0]["unit"] = dice.choice([payload["var"][0]["unit"], "", "Tidak Ada Satuan"])
    return Effect.NONE


def change_the_title(payload: Payload, dice: random.Random) -> Effect:
    payload["var"][0]["label"] = dice.choice(TITLES)
    return Effect.NONE


def change_the_note(payload: Payload, dice: random.Random) -> Effect:
    payload["var"][0]["note"] = dice.choice(
        ["", None, "<li>Data 2023: Angka sementara</li>", "2010=100", "Tahun dasar 2000", "ilustrasi: A-U 2023",
         "2000-2099 sementara " * 40, *ODD]
    )  # fmt: skip
    return Effect.NONE


def change_the_day(payload: Payload, dice: random.Random) -> Effect:
    payload["last_update"] = dice.choice(
        ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "2024-02-30 00:00:00", *ODD]
    )
    return Effect.NONE


def star_the_years(payload: Payload, dice: random.Random) -> Effect:
    for row in payload["tahun"]:
        if row["label"].isdigit():
            row["label"] += dice.choice(["*", "**", " *", "x)", ""])
    return Effect.HARMLESS


def change_a_year(payload: Payload, dice: random.Random) -> Effect:
    row = _row(payload["tahun"], dice)
    row["label"] = dice.choice(
        ["2022", "2023", "2024", "2025", "1923", "20233", "2023 Triwulan I", "Tahun", *ODD]
    )
    return Effect.NONE


def move_by_a_year(payload: Payload, dice: random.Random) -> Effect:
    """Everything a year later or earlier, in keys and labels alike.

    Shares of the year tell; growth of the year does not, since values of the year before are missing.
    """
    step = dice.choice([-1, 1])
    keys: dict[str, str] = {}
    for row in payload["tahun"]:
        before = f"0{row['val']}0"
        row["val"] += step
        row["label"] = str(row["val"] + 1900)
        keys[before] = f"0{row['val']}0"
    payload["datacontent"] = {k[:-5] + keys[k[-5:]]: v for k, v in payload["datacontent"].items()}
    constant = "konstan" in payload["var"][0]["label"].lower() or "ADHK" in payload["var"][0]["label"]
    return Effect.UNSEEN if constant else Effect.WHOLE


# --- figures ------------------------------------------------------------------------------------


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
        [str(value), f"{value:,.2f}", f"{value:,.2f}".translate(str.maketrans(",.", ".,")), f"{value:e}", "NaN",
         f"{value}*", f" {value} ", f"({value})", f"{value:.40f}", "Infinity", *ODD]
    )  # fmt: skip
    return Effect.FIGURES


def lose_figures(payload: Payload, dice: random.Random) -> Effect:
    for _ in range(dice.randint(1, 3)):
        del payload["datacontent"][_figure(payload, dice)]
    return Effect.NONE


def lose_a_year(payload: Payload, dice: random.Random) -> Effect:
    year = _row(payload["tahun"], dice)["val"]
    payload["datacontent"] = {k: v for k, v in payload["datacontent"].items() if not k.endswith(f"0{year}0")}
    return Effect.NONE


def exchange_figures(payload: Payload, dice: random.Random) -> Effect:
    content = payload["datacontent"]
    one, other = dice.sample(sorted(content), 2)
    content[one], content[other] = content[other], content[one]
    return Effect.FIGURES


def exchange_rows_of_figures(payload: Payload, dice: random.Random) -> Effect:
    """Every figure of one row under another row and the other way round: labels exchanged unseen."""
    one, other = (str(row["val"]) + str(payload["var"][0]["val"]) for row in _two(payload["vervar"], dice))
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


ON_JSON = (
    lose_a_part, replace_a_part, replace_anything, replace_anything, double_a_row, lose_a_row, shuffle_rows,
    shuffle_years, shuffle_figures, ids_as_text, change_an_id, exchange_ids, add_a_column, rename_a_column,
    many_rows, dress_labels, dress_labels, exchange_labels, exchange_labels, exchange_neighbours, copy_a_label,
    slip_in_a_label, slip_in_a_label, cut_a_label, change_a_letter, part_of_a_category, change_the_unit,
    unit_in_the_title, change_the_title, change_the_note, change_the_day, star_the_years, change_a_year,
    move_by_a_year, move_the_point, move_the_point, turn_the_sign, mistype_a_figure, nudge_a_figure,
    figure_as_text, lose_figures, lose_a_year, exchange_figures, exchange_rows_of_figures, shift_between_figures,
    add_to_the_total, scale_a_year, rename_a_key,
)  # fmt: skip


# --- bytes --------------------------------------------------------------------------------------


def flip_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    content = bytearray(body)
    for _ in range(dice.randint(1, 4)):
        content[dice.randrange(len(content))] = dice.choice(
            [dice.randrange(256), *b'0123456789,.:{}[]"\\eE- ']
        )
    return bytes(content), Effect.FIGURES


def cut_off(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    return body[: dice.randrange(len(body))], Effect.NONE


def lose_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    start = dice.randrange(len(body))
    return body[:start] + body[start + dice.randint(1, 12) :], Effect.FIGURES


def insert_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    start = dice.randrange(len(body))
    inserted = dice.choice(
        [b"0", b"9", b".", b",", b'"', b"\\u0000", b"\xff", b"null", b"NaN", b"<br>", b"}{", b" "]
    )
    return body[:start] + inserted + body[start:], Effect.FIGURES


def double_a_key(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    """A figure twice under its key, with another value or the same."""
    start = body.index(b'"datacontent"')
    first = body.index(b'"', body.index(b"{", start))
    end = body.index(b":", first)
    key = body[first:end]
    figure = dice.choice([b"1", b"99999.5", b"null", b"true", b'"-"', b"1e5"])
    place = dice.choice([first, body.index(b"}", first)])
    inserted = key + b":" + figure
    inserted = inserted + b"," if place == first else b"," + inserted
    return body[:place] + inserted + body[place:], Effect.NONE


def other_body(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    return dice.choice(
        [b"null", b"[]", b"{}", b"", b"<html>WAF Block</html>", b'{"status":"Error","message":"x"}', b"1", b"\x00",
         b'{"status":"OK","data-availability":"list-not-available","data":""}', b"[" * 100_000, b'"' + body[:50]]
    ), Effect.NONE  # fmt: skip


ON_BYTES = (flip_bytes, flip_bytes, flip_bytes, cut_off, lose_bytes, insert_bytes, double_a_key, other_body)
