"""Small price sheets of every shape, broken as people break them, and what may be read of each."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from openpyxl import Workbook

from connectors.prices.sheets.reader import SheetFile, read_sheet_file
from core.dates import MONTHS, format_date
from core.errors import LkjipError
from core.numbers import format_number

NAMES = ("Beras Premium", "Gula Pasir", "Telur Ayam Ras", "Elpiji 3 Kg", "Cabe Rawit Merah", "Minyak (Curah)")
Key = tuple[str, date]


@dataclass
class Sheet:
    """A table before it is written: days across, names down.

    Attributes:
        heads, labels, cells: What is written above, beside and in the table.
        days, names, figures: What that means; None where nothing may be read of it.
        doubtful: Places that may be read or not.
        titles, footer: Rows above and below.
        beside: Headings of columns of numbers that are no prices.
    """

    heads: list[object]
    labels: list[str]
    cells: list[list[object]]
    days: list[date | None]
    names: list[str | None]
    figures: list[list[int | None]]
    doubtful: set[tuple[int, int]] = field(default_factory=set)
    titles: list[list[object]] = field(default_factory=lambda: [["Pasar : Contoh"]])
    footer: list[list[object]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def truth(self) -> tuple[dict[Key, set[int]], dict[Key, set[int]]]:
        """The prices that may be read of each commodity and day, and those of them that are certain."""
        allowed: dict[Key, set[int]] = {}
        certain: dict[Key, set[int]] = {}
        for row, name in enumerate(self.names):
            for column, day in enumerate(self.days):
                figure = self.figures[row][column]
                if name is None or day is None or figure is None:
                    continue
                allowed.setdefault((name, day), set()).add(figure)
                if (row, column) not in self.doubtful:
                    certain.setdefault((name, day), set()).add(figure)
        return allowed, certain


def make_sheet(dice: random.Random) -> Sheet:
    """A whole sheet of some days and commodities, its cells written in one of many ways."""
    first = date(2023, 1, 1) + timedelta(dice.randrange(360))
    days = [first + timedelta(number) for number in range(dice.randint(2, 8))]
    names = dice.sample(NAMES, dice.randint(2, 5))
    figures = [[dice.randrange(20, 3000) * 50 for _ in days] for _ in names]
    write = dice.choice((int, format_number, lambda p: f"Rp {format_number(p, 2)}", str))
    titles: list[list[object]] = [["Pasar : Contoh"]]
    heads = list(map(dice.choice(DAY_STYLES), days))
    if days[0].month == days[-1].month and dice.random() < 0.4:
        heads = [dice.choice((day.day, f"{day.day:02}")) for day in days]
        titles.append([f"BULAN {MONTHS[days[0].month - 1].upper()} 2023"])
    return Sheet(
        heads=heads,
        titles=titles,
        labels=[f"{name} (kg)" for name in names],
        cells=[[write(price) for price in row] for row in figures],
        days=list(days),
        names=list(names),
        figures=[list(row) for row in figures],
    )


DAY_STYLES: tuple[Callable[[date], object], ...] = (
    lambda day: day,
    format_date,
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day:%y}",
    date.isoformat,
)


# --- how people break sheets --------------------------------------------------------------------

NO_PRICES = ("-", "", 0, "kosong", -5, "n/a", "1.2.3", "12.000-13.000", "Rp", date(2023, 1, 1), "=A1", "%")
NO_DAYS = (
    "31/02/2023",
    "",
    "Minggu ke-2",
    "Rata-rata",
    "01/13/2023",
    "Perubahan",
    "Jan",
    "2 Foo 2023",
    44927,
    "x",
)


def break_price(sheet: Sheet, dice: random.Random) -> None:
    """Something that is no price."""
    row, column = dice.randrange(len(sheet.names)), dice.randrange(len(sheet.days))
    sheet.cells[row][column], sheet.figures[row][column] = dice.choice(NO_PRICES), None


def doubt_price(sheet: Sheet, dice: random.Random) -> None:
    """A price with the thousands sign of another country."""
    row, column = dice.randrange(len(sheet.names)), dice.randrange(len(sheet.days))
    if (figure := sheet.figures[row][column]) is not None:
        sheet.cells[row][column] = f"{figure:,}"
        sheet.doubtful.add((row, column))


def break_day(sheet: Sheet, dice: random.Random) -> None:
    """A heading that is no day."""
    column = dice.randrange(len(sheet.days))
    sheet.heads[column], sheet.days[column] = dice.choice(NO_DAYS), None


def break_name(sheet: Sheet, dice: random.Random) -> None:
    """A row without a commodity's name."""
    row = dice.randrange(len(sheet.names))
    sheet.labels[row], sheet.names[row] = dice.choice(("", "Jumlah", "Rata-rata")), None


def repeat_name(sheet: Sheet, dice: random.Random) -> None:
    """Two rows of one name: only where their prices agree is anything known."""
    one, other = dice.sample(range(len(sheet.names)), 2)
    sheet.labels[other], sheet.names[other] = sheet.labels[one], sheet.names[one]


def repeat_day(sheet: Sheet, dice: random.Random) -> None:
    """Two columns of one day."""
    one, other = dice.sample(range(len(sheet.days)), 2)
    sheet.heads[other], sheet.days[other] = sheet.heads[one], sheet.days[one]


def mix_days(sheet: Sheet, dice: random.Random) -> None:
    """A day that is written in another way than the others; beside it numbers of days are doubtful."""
    column = dice.randrange(len(sheet.days))
    if (day := sheet.days[column]) is not None:
        sheet.heads[column] = dice.choice(DAY_STYLES)(day)
    numbered = {c for c, head in enumerate(sheet.heads) if isinstance(head, int) or str(head).isdecimal()}
    sheet.doubtful |= {(row, c) for row in range(len(sheet.names)) for c in numbered - {column}}


def swap_columns(sheet: Sheet, dice: random.Random) -> None:
    """Days that do not run forward."""
    one, other = dice.sample(range(len(sheet.days)), 2)
    for line in (sheet.heads, sheet.days, *sheet.cells, *sheet.figures):
        line[one], line[other] = line[other], line[one]
    swapped = {one: other, other: one}
    sheet.doubtful = {(row, swapped.get(column, column)) for row, column in sheet.doubtful}


def add_title(sheet: Sheet, dice: random.Random) -> None:
    """Titles, notes and an empty row above the table."""
    rows = (["HARGA BAHAN POKOK"], ["TAHUN 2023"], [], ["Sumber", ":", "Dinas"], ["Dicetak 5 Januari 2024"])
    sheet.titles.insert(dice.randrange(len(sheet.titles) + 1), list(dice.choice(rows)))


def add_column(sheet: Sheet, dice: random.Random) -> None:
    """A column of averages after the days."""
    sheet.beside.append(dice.choice(("Rata-rata", "Perubahan (%)", "Keterangan", "Jumlah")))


def add_footer(sheet: Sheet, dice: random.Random) -> None:
    """A signature below the table."""
    sheet.footer += [
        [],
        [dice.choice(("Mengetahui,", "Kepala Bidang", "Catatan: harga eceran"))],
        ["NIP 1965 1990"],
    ]


BREAKS = (break_price, break_price, doubt_price, break_day, break_name, repeat_name, repeat_day, mix_days,
          swap_columns, add_title, add_column, add_footer)  # fmt: skip


# --- writing ------------------------------------------------------------------------------------


def rows_of(sheet: Sheet, *, down: bool) -> list[list[object]]:
    """The rows as they are written, turned where days run down."""
    table = [["Komoditas" if not down else "Tanggal", *sheet.heads, *sheet.beside]]
    table += [
        [name, *prices, *(1.5 for _ in sheet.beside)]
        for name, prices in zip(sheet.labels, sheet.cells, strict=True)
    ]
    if down:
        table = [list(row) for row in zip(*table, strict=True)]
    return [*sheet.titles, *table, *sheet.footer]


def write_csv(rows: list[list[object]], delimiter: str) -> bytes:
    """As a CSV, days of Excel as it shows them."""
    file = io.StringIO()
    shown = [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows]
    csv.writer(file, delimiter=delimiter).writerows(shown)
    return file.getvalue().encode()


def write_xlsx(rows: list[list[object]]) -> bytes:
    """As a workbook."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def break_bytes(content: bytes, dice: random.Random) -> bytes:
    """The file with a few bytes changed, left out or repeated."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(changed))
        match dice.randrange(3):
            case 0:
                changed[start] = dice.randrange(256)
            case 1:
                del changed[start : start + dice.randrange(1, 30)]
            case _:
                changed[start:start] = changed[: dice.randrange(1, 30)]
        if not changed:
            break
    return bytes(changed)


# --- judging ------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What became of broken sheets, and what should not have."""

    outcomes: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def judge(seed: str, tally: Tally) -> None:
    """Make, break and read one sheet."""
    dice = random.Random(seed)
    sheet = make_sheet(dice)
    steps = dice.choices(BREAKS, k=dice.randint(0, 3))
    for step in steps:
        step(sheet, dice)
    rows = rows_of(sheet, down=dice.random() < 0.5)
    if dice.random() < 0.2:
        content, name = write_xlsx(rows), "harga.xlsx"
    else:
        content, name = write_csv(rows, dice.choice(";\t|")), "harga.csv"
    label = f"{seed} {[step.__name__ for step in steps]}"
    if dice.random() < 0.25:
        _read(break_bytes(content, dice), name, f"{label} bytes", tally)
        return
    file = _read(content, name, label, tally)
    if file is not None:
        _compare(file, sheet, label, tally)


def _read(content: bytes, name: str, label: str, tally: Tally) -> SheetFile | None:
    outcome, file = "read", None
    try:
        file = read_sheet_file(content, name)
    except LkjipError as error:
        outcome = "refused"
        if "Yang perlu dilakukan" not in str(error):
            tally.failures.append(f"{label}: says not what to do: {error}")
    except Exception as error:
        outcome = "failed"
        tally.failures.append(f"{label}: {type(error).__name__}: {error}")
    else:
        outcome = "unread" if file.quotes.unread else "read"
    tally.outcomes[outcome] = tally.outcomes.get(outcome, 0) + 1
    return file


def _compare(file: SheetFile, sheet: Sheet, label: str, tally: Tally) -> None:
    read = {(q.name, q.day): q.price for q in file.quotes.quotes if q.price is not None}
    allowed, certain = sheet.truth()
    for key, price in read.items():
        if price not in allowed.get(key, set()) or len(certain.get(key, set())) > 1:
            tally.failures.append(f"{label}: {key} read as {price}, put in {allowed.get(key)}")
    lost = [key for key in allowed if key not in read]
    if lost and not file.quotes.unread:
        tally.failures.append(f"{label}: lost in silence: {lost[:3]}")


def run(count: int, seed: int) -> Tally:
    """Judge ``count`` sheets; the same numbers make the same sheets."""
    tally = Tally()
    for number in range(count):
        judge(f"{seed}/{number}", tally)
    return tally
