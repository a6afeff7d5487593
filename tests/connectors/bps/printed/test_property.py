"""Random tables, set in random ways and read back: equal or refused, never different."""

from __future__ import annotations

import html
import random
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.labels import CODES
from connectors.bps.printed.html_tables import tables_of_html
from connectors.bps.printed.layout import Page, Word, find_tables
from connectors.bps.printed.table import PrintedFile, measure_of
from connectors.bps.printed.watermark import drop_climbing_address
from connectors.bps.printed.xlsx import read_xlsx
from core.errors import LkjipError
from core.numbers import format_number, round_half_up
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.connectors.given.reading import pdrb_of, read
from tests.connectors.given.recorded_page import TEXT, expected, page_of
from tests.given.examples import examples

CAPTIONS = {
    "adhb": "PDRB Kabupaten Enrekang Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Miliar Rupiah)",
    "adhk": "PDRB Kabupaten Enrekang Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha (Juta Rupiah)",
    "growth": "Laju Pertumbuhan PDRB Kabupaten Enrekang Menurut Lapangan Usaha (Persen)",
}
Values = dict[str, list[Decimal]]


@dataclass(frozen=True)
class Made:
    """A random table and the ways in which it is set.

    Attributes:
        width: Letters in a line of a label.
        at: Beside which line of a label its figures stand: 0 the first, 1 the middle, 2 the last.
    """

    measure: str
    values: Values
    heads: tuple[str, ...]
    places: int
    indonesian: bool
    width: int
    at: int
    own_column: bool
    english: str

    @property
    def factor(self) -> Decimal:
        return Decimal("0.001") if self.measure == "adhk" else Decimal(1)

    def shown(self, value: Decimal) -> str:
        text = format_number(value, self.places)
        return text if self.indonesian else text.translate(str.maketrans(",.", ".,"))

    def label(self, code: str) -> str:
        indonesian, _, english = books.LABELS[code].partition("/")
        return indonesian if not self.english else f"{indonesian}{self.english}{english}"

    def truth(self) -> dict[tuple[str, int], Decimal]:
        return {
            (code, int(head[:4])): value * self.factor
            for code, row in self.values.items()
            for head, value in zip(self.heads, row, strict=True)
        }


def make(seed: int) -> Made:
    """A table by chance; categories of current and constant prices add up to their total."""
    dice = random.Random(seed)
    measure = dice.choice(list(CAPTIONS))
    count, places = dice.randint(2, 6), dice.choice((2, 2, 2, 1, 3, 0))
    first = dice.randint(2011, 2025)
    values: Values = {}
    for code in CODES:
        start = Decimal(str(round(10 ** dice.uniform(0, 4), 3))) * (1000 if measure == "adhk" else 1)
        if measure == "growth":
            row = [Decimal(str(dice.uniform(-9, 15))) for _ in range(count)]
        else:
            row = [start * Decimal(str(dice.uniform(0.9, 1.2))) + 1 for _ in range(count)]
        values[code] = [round_half_up(value, places) for value in row]
    sums = [sum((values[code][i] for code in CODES), Decimal(0)) for i in range(count)]
    values["TOTAL"] = sums if measure != "growth" else [round_half_up(s / 17, places) for s in sums]
    stars = ("", "", "", "", "*", "**")[-count:] if dice.random() < 0.7 else ("",) * count
    return Made(
        measure,
        values,
        tuple(f"{first + i}{star}" for i, star in enumerate(stars)),
        places,
        dice.random() < 0.5,
        dice.randint(24, 60),
        dice.randrange(3),
        dice.random() < 0.7,
        dice.choice(("/", " / ", "\n", "")),
    )


def laid_out(made: Made) -> Page:
    """The words of a page with the table, in letters of one width."""
    words: list[Word] = []

    def put(text: str, x: float, top: float) -> None:
        for word in text.split():
            words.append(Word(word, x, x + 5 * len(word), top, top + 9))
            x += 5 * len(word) + 4

    label_x, step = (70.0 if made.own_column else 20.0), 78.0
    figure_x = label_x + 5.2 * made.width + 35
    put(f"Tabel 1. {CAPTIONS[made.measure]}", 20, 0)
    put("Lapangan Usaha/Industry", label_x, 40)
    for column, head in enumerate(made.heads):
        put(head, figure_x + column * step + (step - 5 * len(head)) / 2, 40)
    top = 60.0
    for code, row in made.values.items():
        letter = "" if code == "TOTAL" else code
        text = made.label(code)
        if not made.own_column and letter:
            text = f"{letter}. {text}"
        lines = [
            line
            for part in text.split("\n")
            for line in textwrap.wrap(part, made.width, break_long_words=False)
        ]
        for number, line in enumerate(lines):
            put(line, label_x, top + 11 * number)
        beside = top + (0, 11 * (len(lines) - 1) / 2, 11 * (len(lines) - 1))[made.at]
        if made.own_column:
            put(letter, 20, beside)
        for column, value in enumerate(row):
            shown = made.shown(value)
            put(shown, figure_x + (column + 1) * step - 5 * len(shown) - 12, beside)
        top += 11 * len(lines) + 2
    put("Catatan: * Angka sementara", 20, top + 12)
    return Page(tuple(words), 1, "halaman 1")


def as_sheet(made: Made, *, numbers: bool) -> bytes:
    return sheets.workbook(
        caption=CAPTIONS[made.measure],
        values=made.values,
        heads=made.heads,
        write=float if numbers else made.shown,
        letters=made.own_column,
        labels={code: made.label(code) for code in books.LABELS},
        notes=("Catatan: * Angka sementara",),
    )


def as_html(made: Made) -> str:
    rows = [[CAPTIONS[made.measure]], ["Lapangan Usaha", *made.heads]]
    for code, values in made.values.items():
        letter = "" if code == "TOTAL" else code
        rows.append([f"{letter} {made.label(code)}", *(made.shown(value) for value in values)])
    body = "".join(
        "<tr>" + "".join(f"<td><nobr>{html.escape(cell)}</nobr></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table>{body}</table>"


def found_in(made: Made, way: str) -> dict[tuple[str, int], Decimal]:
    if way == "page":
        tables = [read(table) for table in find_tables([laid_out(made)]) if measure_of(table)]
    elif way == "html":
        tables = [read(table) for table in tables_of_html(as_html(made), "uji") if measure_of(table)]
    else:
        tables = pdrb_of(read_xlsx(as_sheet(made, numbers=way == "numbers"), "uji.xlsx"))
    (table,) = tables
    assert table.measure == made.measure
    return {(cell.sector, cell.year): cell.value for cell in table.cells}


WAYS = ("page", "html", "text", "numbers")


@examples(120)
@given(st.integers(0, 2**32), st.sampled_from(WAYS))
def test_a_random_table_is_read_as_it_was_made_or_refused(seed: int, way: str) -> None:
    made = make(seed)
    found = made.truth()
    with suppress(LkjipError):
        found = found_in(made, way)
    assert found == made.truth()


@pytest.mark.parametrize("way", WAYS)
def test_tables_of_two_decimals_are_never_refused(way: str) -> None:
    plain = [made for made in map(make, range(150)) if made.places == 2][
        : 40 if way in ("page", "html") else 12
    ]
    assert len(plain) >= 12
    for made in plain:
        assert found_in(made, way) == made.truth(), made


@pytest.mark.parametrize("seed", range(6))
def test_a_random_table_in_a_pdf_is_read_as_it_was_made(pdf: books.SetPdf, seed: int) -> None:
    made = next(m for m in map(make, range(seed * 100, seed * 100 + 100)) if m.places == 2)
    dice = random.Random(seed)
    table = books.Table(
        (CAPTIONS[made.measure], "By Industry"),
        made.values,
        made.heads,
        figures_at=("top", "horizon", "bottom")[made.at],
        own_column=made.own_column,
        indonesian=made.indonesian,
        watermark=dice.choice(("turned", "stacked", "none")),
        english_below=made.english == "\n",
    )
    from connectors.bps.printed.pdf import read_pdf

    (read_back,) = pdrb_of(read_pdf(pdf("#set page(height: 40cm)\n" + books.page(table)), "uji.pdf"))
    assert {(cell.sector, cell.year): cell.value for cell in read_back.cells} == made.truth()


# --- a real page that was damaged ---------------------------------------------------------------

PAGE = TEXT.read_text(encoding="utf-8")


def damage(text: str, dice: random.Random) -> str:
    """One slip that touches no digit: a letter, a space, a line, a word."""
    lines = text.splitlines()
    place = dice.randrange(len(lines))
    line = lines[place]
    match dice.randrange(6):
        case 0:
            del lines[place]
        case 1:
            lines.insert(dice.randrange(len(lines)), line)
        case 2:
            other = dice.randrange(len(lines))
            lines[place], lines[other] = lines[other], line
        case 3 if line:
            at = dice.randrange(len(line))
            if not line[at].isdigit():
                lines[place] = line[:at] + dice.choice(" abgs:/.,-*") + line[at + 1 :]
        case 4 if line.split():
            word = dice.choice(line.split())
            lines[place] = line.replace(word, " " * len(word), 1)
        case _ if line:
            at = dice.randrange(len(line))
            lines[place] = line[:at] + dice.choice(" abgs:/.") + line[at:]
    return "\n".join(lines)


def whole_numbers(text: str) -> set[str]:
    return {word.replace(",", "") for word in text.split()}


@examples(400)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_a_damaged_page_is_refused_or_gives_only_figures_that_it_holds(seed: int, times: int) -> None:
    dice, text = random.Random(seed), PAGE
    for _ in range(times):
        text = damage(text, dice)
    tables = []
    with suppress(LkjipError):
        tables = [read(table) for table in find_tables([page_of(text)]) if measure_of(table)]
    held = whole_numbers(text)
    truth = {key: value for key, (value, _) in expected().items()}
    for table in tables:
        assert all(str(cell.value) in held for cell in table.cells)
        assert {(cell.sector, cell.year): cell.value for cell in table.cells}.items() <= truth.items()


STREWN = ("2021", "2022*", "A", "PDRB", "Menurut", "Tabel", "1.234", "(1)", "-", "h", "d", "Konstruksi")


@examples(200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STREWN),
            st.floats(0, 600),
            st.floats(0, 800),
        ),
        max_size=60,
    )
)
def test_words_strewn_over_a_page_never_end_in_another_error(
    strewn: Sequence[tuple[str, float, float]],
) -> None:
    words = [Word(text, x, x + 5 * len(text), top, top + 9) for text, x, top in strewn]
    tables = find_tables([Page(tuple(drop_climbing_address(words)), 1, "halaman 1")])
    for table in PrintedFile("", tuple(tables)).tables:
        with suppress(LkjipError):
            assert not read(table).cells
