"""Breaking the words of an answer: labels, units, titles, notes, years."""

from __future__ import annotations

import html
import random
from collections.abc import Callable

from tests.fuzz.effects import DIMENSIONS, ODD, Effect, Payload, one_of, two_of


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
    one, other = two_of(payload[dice.choice(["vervar", "vervar", "vervar", *DIMENSIONS])], dice)
    one["label"], other["label"] = other["label"], one["label"]
    return Effect.NONE


def exchange_neighbours(payload: Payload, dice: random.Random) -> Effect:
    rows = payload["vervar"]
    place = dice.randrange(len(rows) - 1)
    rows[place]["label"], rows[place + 1]["label"] = rows[place + 1]["label"], rows[place]["label"]
    return Effect.NONE


def copy_a_label(payload: Payload, dice: random.Random) -> Effect:
    one, other = two_of(payload["vervar"], dice)
    one["label"] = other["label"]
    return Effect.NONE


def slip_in_a_label(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload["vervar"], dice)
    text = row["label"]
    place = dice.randrange(len(text))
    letter = dice.choice("abcdefghiknoprstu")
    row["label"] = dice.choice(
        [text[:place] + text[place + 1 :], text[:place] + letter + text[place:],
         text[:place] + letter + text[place + 1 :]]
    )  # fmt: skip
    return Effect.NONE


def cut_a_label(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload["vervar"], dice)
    words = row["label"].split()
    kept = dice.randrange(len(words) + 1)
    row["label"] = " ".join(dice.choice([words[:kept], words[kept:]]))
    return Effect.NONE


def change_a_letter(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload["vervar"], dice)
    row["label"] = dice.choice("ABCDEFGHIJKLMNOPQRSTU147") + dice.choice([".", " ", ". "]) + row["label"]
    return Effect.NONE


def part_of_a_category(payload: Payload, dice: random.Random) -> Effect:
    row = one_of(payload["vervar"], dice)
    row["label"] = row["label"] + dice.choice(
        [" Lainnya", " Tanpa Migas", " (Non Migas)", "; Bukan Mobil", " Kecil"]
    )
    return Effect.NONE


UNITS = ["Juta Rupiah", "Miliar Rupiah", "Ribu Rupiah", "Triliun Rupiah", "Persen", "Ton", "", "Rupiah",
         "Orang", "Juta Rupiah/Billion Rupiahs", "Juta Rp", "Indeks"]  # fmt: skip
TITLES = [
    "PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran", "PDRB Triwulanan ADHB Menurut Lapangan Usaha",
    "[Seri 2020] PDRB Atas Dasar Harga Konstan 2020 Menurut Lapangan Usaha", "PDRB Per Kapita ADHB", "",
    "PDRB Atas Dasar Harga Berlaku dan Konstan Menurut Lapangan Usaha", "Jumlah Penduduk", "PDRB",
    "Laju Pertumbuhan PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    "PDRB Tanpa Migas Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    "PDRB ADHB Menurut Lapangan Usaha (Triliun Rupiah)",
    "PDRB ADHK 2010 Menurut Lapangan Usaha (Ribu Rupiah)",
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
        ["", None, "<li>Data 2023: Angka sementara</li>", "2010=100", "Tahun dasar 2000",
         "ilustrasi: A-U 2023", "2000-2099 sementara " * 40, *ODD]
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
    row = one_of(payload["tahun"], dice)
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
