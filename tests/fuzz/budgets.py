"""Small budget exports of many shapes, broken as people and disks break them, and what may be read."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook

from capaian.budget.lines import Known, Level, OfficeWords, Statement
from connectors.budget import reader
from core.errors import LkjipError
from core.numbers import format_number

P, K = Level.PROGRAM, Level.KEGIATAN
KNOWN = [
    Known("1", P, "PROGRAM PENGAWASAN DAN PEMERIKSAAN KOPERASI", "2.17.03"),
    Known("1.1", K, "Pemeriksaan dan Pengawasan Koperasi di Daerah", "2.17.03.2.01"),
    Known("2", P, "PROGRAM PENGEMBANGAN UMKM", "2.17.08"),
    Known("2.1", K, "Pengembangan Usaha Mikro menjadi Usaha Kecil", "2.17.08.2.01"),
    Known("3", P, "PROGRAM PENINGKATAN SARANA DISTRIBUSI PERDAGANGAN", "3.30.03"),
    Known("3.1", K, "Pembangunan Sarana Distribusi", "3.30.03.2.01"),
    Known("3.2", K, "Pembinaan Pengelola Pasar Rakyat", "3.30.03.2.02"),
]
OFFICE = OfficeWords(("Dinas Koperasi dan Perdagangan",), "Kabupaten Contoh")
HEADS = (
    ("Kode", "Uraian", "Anggaran", "Realisasi"),
    ("Kode Rekening", "Program/Kegiatan", "Pagu", "Realisasi s.d. Bulan Ini"),
    ("Kode", "Nama", "Anggaran Setelah Perubahan", "Realisasi"),
)


@dataclass
class Export:
    """A table before it is written.

    Attributes:
        rows: Code, name, budget and realisasi as written.
        truth: What budget and realisasi of each row of the office are; a row that was made
            unreadable, or another one, has None.
        of: The row of each key of the office.
    """

    heads: list[object]
    rows: list[list[object]]
    truth: dict[str, tuple[int, int] | None]
    of: dict[str, list[object]]
    titles: list[str] = field(default_factory=lambda: ["TAHUN ANGGARAN 2023", "s.d. Bulan Juni 2023"])


def make_export(dice: random.Random) -> Export:
    """A whole export of the office."""
    amounts: dict[str, tuple[int, int]] = {}
    for row in KNOWN:
        if row.level is K:
            budget = dice.randrange(10_000, 10**10)
            amounts[row.key] = (budget, dice.randrange(0, budget))
    for row in KNOWN:
        if row.level is P:
            own = [amounts[k] for k in amounts if k.startswith(f"{row.key}.")]
            amounts[row.key] = (sum(a[0] for a in own), sum(a[1] for a in own))
    write = dice.choice(WRITERS)
    coded = dice.random() < 0.7
    rows: list[list[object]] = [
        [row.code if coded else "", row.name, *map(write, amounts[row.key])] for row in KNOWN
    ]
    of = {row.key: written for row, written in zip(KNOWN, rows, strict=True)}
    return Export(list(dice.choice(HEADS)), list(rows), dict(amounts), of)


WRITERS: tuple[Callable[[int], object], ...] = (
    int,
    format_number,
    lambda amount: f"Rp {format_number(amount)}",
    lambda amount: f"{format_number(amount)},00",
)


# --- how exports are broken ---------------------------------------------------------------------


def break_amount(export: Export, dice: random.Random) -> None:
    """Something that is no amount."""
    key = dice.choice(list(export.of))
    wrong = dice.choice(("12.5x", "=A1", "#REF!", "1,2,3", "lihat DPA", "1E+10"))
    export.of[key][dice.choice((2, 3))] = wrong
    export.truth[key] = None


def other_amount(export: Export, dice: random.Random) -> None:
    """Another amount, which no longer adds up: it is what stands there."""
    key, column = dice.choice(list(export.of)), dice.choice((2, 3))
    was = export.truth[key]
    if was is not None:
        value = dice.randrange(1, 10**9)
        export.of[key][column] = value
        export.truth[key] = (value, was[1]) if column == 2 else (was[0], value)


def drop_row(export: Export, dice: random.Random) -> None:
    """A row of the office is not there."""
    key = dice.choice(list(export.of))
    export.rows = [row for row in export.rows if row is not export.of[key]]
    export.truth[key] = None


def misspell(export: Export, dice: random.Random) -> None:
    """A letter changes or is lost."""
    row = export.of[dice.choice(list(export.of))]
    name = str(row[1])
    cut = dice.randrange(len(name))
    row[1] = name[:cut] + dice.choice(("", "x", name[cut].swapcase())) + name[cut + 1 :]


def rename(export: Export, dice: random.Random) -> None:
    """Another name without a code: nobody can know what it is."""
    key = dice.choice(list(export.of))
    export.of[key][0], export.of[key][1] = "", "Lain-lain yang tidak bernama"
    export.truth[key] = None


def add_noise(export: Export, dice: random.Random) -> None:
    """Empty rows, totals, notes, the heading again."""
    kinds: tuple[list[object], ...] = (
        ["", "", "", ""],
        ["", "Catatan: lihat DPA", "", ""],
        export.heads,
        ["", "Jumlah Program", 1, 1],
        [1, 2, 3, 4],
    )
    extra = dice.choice(kinds)
    export.rows.insert(dice.randrange(1, len(export.rows) + 1), extra)


def change_heading(export: Export, dice: random.Random) -> None:
    """A heading that means something else, or nothing; what stands below it is no budget and no realisasi."""
    if any(row == export.heads for row in export.rows):
        return
    column = dice.randrange(len(export.heads))
    export.heads[column] = dice.choice(("", "Target", "xxx", "Keterangan", "Realisasi Bulan Ini", 5))
    if column >= 2:
        export.truth = dict.fromkeys(export.truth)


def change_title(export: Export, dice: random.Random) -> None:
    """Another title."""
    export.titles[dice.randrange(2)] = dice.choice(("", "dalam ribuan rupiah", "BULAN JULI", "DINAS X"))


MUTATIONS = (break_amount, other_amount, drop_row, misspell, rename, add_noise, change_heading, change_title)


# --- writing and judging ------------------------------------------------------------------------


def write(export: Export, dice: random.Random) -> tuple[bytes, str]:
    """The bytes of an export and the name of its file; now and then a few bytes are broken."""
    rows = [*([title] for title in export.titles), export.heads, *export.rows]
    if dice.random() < 0.15:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        file = io.BytesIO()
        book.save(file)
        content, name = file.getvalue(), "uji.xlsx"
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=dice.choice(";\t|")).writerows(rows)
        encoding = dice.choice(("utf-8", "cp1252", "utf-16"))
        content, name = text.getvalue().encode(encoding), "uji.csv"
    return content, name


def break_bytes(content: bytes, dice: random.Random) -> bytes:
    """Bytes lost, changed or cut off."""
    broken = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        broken[dice.randrange(len(broken))] = dice.randrange(256)
    return bytes(broken[: dice.randrange(1, len(broken))]) if dice.random() < 0.3 else bytes(broken)


@dataclass
class Tally:
    """What became of the files."""

    outcomes: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> Tally:
    """Break and read so many exports."""
    tally = Tally()
    for number in range(count):
        dice = random.Random(f"{seed}/{number}")
        export = make_export(dice)
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            dice.choice(MUTATIONS)(export, dice)
        content, name = write(export, dice)
        damaged = dice.random() < 0.2
        if damaged:
            content = break_bytes(content, dice)
        try:
            statement = reader.read_budget_file(content, name, OFFICE, KNOWN)
        except LkjipError:
            outcome = "refused"
        except Exception as error:
            outcome = "crashed"
            tally.failures.append(f"{seed}/{number}: {type(error).__name__}: {error}")
        else:
            outcome = "read" if statement.usable else "stopped"
            if not damaged and statement.usable:
                tally.failures += [f"{seed}/{number}: {text}" for text in wrong_figures(export, statement)]
        tally.outcomes[outcome] = tally.outcomes.get(outcome, 0) + 1
    return tally


def wrong_figures(export: Export, statement: Statement) -> list[str]:
    """Amounts of a usable statement that are not those of the table and that no problem names."""
    found = []
    told = {problem.place for problem in statement.problems}
    for match in statement.matches:
        line, truth = statement.lines[match.line], export.truth.get(match.key)
        got = (line.budget, line.spent)
        if truth is None:
            filled = "".join(statement.remarks)
            if line.place not in told and line.place not in filled:
                found.append(f"{match.key} was made unreadable and gives {got}")
        elif got != (Decimal(truth[0]), Decimal(truth[1])):
            found.append(f"{match.key} gives {got}, stands as {truth}")
    return found
