"""What we know of a table's figures: what they are now, and what they were in issues before and in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from office.book.names import TABLES
from office.layout import TABLES_OF_PRINT
from office.printed import PrintedTable
from reports.content import Report
from reports.data import indicator_row
from reports.table import Cell, Row, Table, grid
from reports.word.names import heading_likeness, letters, same_name, years_in
from reports.wording import NOTHING, show_percent, show_realisasi, write_value

FACTS = "indikator"
"""A table of ours that no chapter shows: every indicator with target, realisasi, capaian and category."""
_FACTS_HEAD = (("Indikator Kinerja",), ("Target",), ("Realisasi",), ("Capaian",), ("Kategori",))
_NAMING = ("indikator", "tujuan", "sasaran", "program", "kegiatan")
_WORDS = ("kategori", "sumber")
_Key = tuple[str, ...]
Json = Mapping[str, Any]


@dataclass
class KnownFigure:
    """What a place of our table says.

    Attributes:
        now: What it says now; None where rows of one name say different things.
        before: What it said in earlier issues and in print.
    """

    now: str | None
    before: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class KnownTable:
    """A table of ours, its figures found by names and not by places.

    Attributes:
        columns: The headings of each column from above.
        naming: The columns whose texts name a row.
        targets: The columns that hold targets, by which a row is checked.
        values: The columns that may be filled.
        figures: By column, then by the texts that name the row.
        years: That its headings and its caption may speak of.
    """

    name: str
    caption: str
    columns: tuple[tuple[str, ...], ...]
    naming: tuple[int, ...]
    targets: tuple[int, ...]
    values: tuple[int, ...]
    figures: Mapping[int, Mapping[_Key, KnownFigure]]
    years: frozenset[str]

    def names_of(self, column: int) -> tuple[int, ...]:
        """The columns that name the row of a figure: those on its left."""
        return tuple(place for place in self.naming if place < column) or self.naming

    def find(self, column: int, texts: Mapping[int, str]) -> KnownFigure | None:
        """The figure of a row; None where no row bears the names, its ``now`` None where several differ.

        Args:
            column: Ours.
            texts: What names the row, by our column; what the other table does not have is left out.
        """
        figures = list(self.named(column, texts))
        if not figures:
            return None
        said = {figure.now for figure in figures}
        return KnownFigure(said.pop() if len(said) == 1 else None, set().union(*(f.before for f in figures)))

    def named(self, column: int, texts: Mapping[int, str]) -> list[KnownFigure]:
        """The figures of the rows that bear the names.

        An indicator's name that is ours letter by letter is enough where the office words its sasaran
        otherwise.
        """
        names = self.names_of(column)
        spoken = [n for n in names if texts.get(n, "").strip()]
        if names[-1] not in spoken:
            return []
        rows = [(dict(zip(names, key, strict=True)), figure) for key, figure in self.figures[column].items()]
        tries = (
            [figure for row, figure in rows if all(letters(texts[n]) == letters(row[n]) for n in spoken)],
            [figure for row, figure in rows if all(same_name(texts[n], row[n]) for n in spoken)],
            [figure for row, figure in rows if letters(texts[names[-1]]) == letters(row[names[-1]])],
        )
        return next(filter(None, tries), [])


def known_tables(report: Report, earlier: Iterable[Json]) -> list[KnownTable]:
    """Our tables that show figures of indicators, with what they said before.

    Args:
        report: The present one.
        earlier: The ``report.json`` of the issues that were kept.
    """
    agency, year = report.agency, report.agency.year.year
    olds = list(earlier)
    made = []
    for name, table in report.tables.items():
        known = _of_table(name, table, year)
        if known is None:
            continue
        for rows, columns in _versions(name, table, agency.printed.get(name), olds):
            _remember(known, rows, columns)
        made.append(known)
    return [*made, _facts(report, olds)]


def _of_table(name: str, table: Table, year: int) -> KnownTable | None:
    count = len(table.widths)
    rows = [list(line) for line in _laid(table.rows, count)]
    head = list(_laid(table.header, count))
    columns = tuple(
        tuple(dict.fromkeys(cell.text for line in head if (cell := line[place]).bold and cell.text))
        for place in range(count)
    )
    last = [letters(each[-1]) if each else "" for each in columns]
    figures = {place for place in range(count) for line in rows if line[place].figure}
    if not figures:
        return None
    naming = tuple(place for place in range(count) if place not in figures and _names_rows(last[place]))
    targets = tuple(place for place in range(count) if last[place].startswith("target"))
    values = tuple(place for place in range(count) if place in figures or last[place].startswith(_WORDS))
    if not naming:
        return None
    known: dict[int, dict[_Key, KnownFigure]] = {}
    spoken = years_in(" ".join([table.caption, *(text for each in columns for text in each)]))
    made = KnownTable(name, table.caption, columns, naming, targets, values, known, spoken | {str(year)})
    for line in rows:
        for place in {*targets, *values}:
            key = tuple(line[n].text for n in made.names_of(place))
            found = known.setdefault(place, {}).setdefault(key, KnownFigure(line[place].text))
            if found.now != line[place].text:
                found.now = None
    return made


def _names_rows(heading: str) -> bool:
    return any(word in heading for word in _NAMING) and not heading.startswith("menunjang")


def _laid(rows: tuple[Row, ...], columns: int) -> Iterator[list[Cell]]:
    """The rows with each place of a span filled by its cell."""
    above: list[Cell] = []
    for line in grid(rows, columns, "Tabel"):
        laid: list[Cell] = []
        until = 0
        for place, cell in enumerate(line):
            if cell is not None:
                until = place + cell.colspan
                laid.append(cell)
            else:
                laid.append(laid[-1] if place < until else above[place])
        yield laid
        above = laid


def _versions(
    name: str, table: Table, printed: PrintedTable | None, earlier: Sequence[Json]
) -> Iterator[tuple[Sequence[Sequence[str]], dict[int, int]]]:
    """The rows of earlier tables of that name, with our column for each of theirs."""
    ours = [(heading,) for heading in table.headings()]
    header = [[cell.text for cell in row.cells] for row in table.header]
    if printed is not None:
        theirs = [tuple(heading.split(" / ")) for heading in printed.header]
        same = len(theirs) == len(ours)
        yield printed.rows, dict(enumerate(range(len(ours)))) if same else _alike(theirs, ours)
    for report in earlier:
        tables = report.get("tables", {})
        old = tables.get(name) or next(
            (t for key, t in tables.items() if TABLES_OF_PRINT.get(key) == name), None
        )
        if not old or not old.get("rows"):
            continue
        width = len(old["rows"][0])
        if old.get("header") == header:
            yield old["rows"], dict(enumerate(range(width)))
        else:
            heads = [line for line in old.get("header", ()) if len(line) == width]
            if heads:
                yield old["rows"], _alike([(text,) for text in heads[0]], ours)


def _alike(theirs: Sequence[tuple[str, ...]], ours: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Ours for each column of an earlier table, by its lowest heading, where only one fits."""
    found = {}
    for place, heading in enumerate(theirs):
        fit = [o for o, own in enumerate(ours) if own[0] and heading_likeness(heading[-1:], own, "")]
        if len(fit) == 1:
            found[place] = fit[0]
    return found


def _remember(known: KnownTable, rows: Sequence[Sequence[str]], columns: Mapping[int, int]) -> None:
    """Add what earlier rows said to the figures of the rows that bear the same names."""
    names = dict.fromkeys(known.naming, "")
    for row in rows:
        for theirs, ours in columns.items():
            if ours in names and row[theirs].strip():
                names[ours] = row[theirs]
        for theirs, ours in columns.items():
            text = row[theirs].strip()
            if not text or ours not in (*known.values, *known.targets):
                continue
            for figure in known.named(ours, names):
                figure.before.add(text)


def _facts(report: Report, earlier: Sequence[Json]) -> KnownTable:
    known: dict[int, dict[_Key, KnownFigure]] = {place: {} for place in range(1, 5)}
    for m in report.measured.indicators.values():
        category = m.category.name if m.category else NOTHING
        now = write_value(m.target), show_realisasi(m.realisasi), show_percent(m), category
        olds = [row for old in earlier for row in old.get("indicators", ()) if row["id"] == m.id]
        for place, text in enumerate(now, start=1):
            figure = known[place].setdefault((m.indicator.name,), KnownFigure(text))
            if figure.now != text:
                figure.now = None
            figure.before.update(_fact(row, place) for row in [*olds, indicator_row(m)])
    year = str(report.agency.year.year)
    return KnownTable(FACTS, "", _FACTS_HEAD, (0,), (1,), (2, 3, 4), known, frozenset({year}))


def _fact(row: Json, place: int) -> str:
    realisasi = row.get("realisasi") or row.get("reason", "")
    return str((row.get("target"), realisasi, row.get("capaian"), row.get("category"))[place - 1] or NOTHING)


def called(table: KnownTable) -> str:
    """How a table of ours is called for people."""
    return TABLES.get(table.name, "indikator kantor")
