"""Sheet *Asal*: where each input comes from, back to the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.values import Quantity
from core.dates import JAKARTA, format_date
from reports.budget.evidence import BudgetSource
from reports.live_workbook.indicators import in_order
from reports.live_workbook.sheets import MIDDLE, TWO, WHOLE, Column, Page, places_of
from reports.measured import Measured, MeasuredIndicator
from reports.realisasi import Input, State
from reports.wording import DAGGER, marks, show_realisasi, write_value

_COLUMNS = (
    Column("Indikator / berkas", 28), Column("Angka", 34), Column("Nilai", 13), Column("Satuan", 10),
    Column("Tanda", 6.5), Column("Status", 12), Column("Sumber", 20), Column("Rilis", 13),
    Column("Diambil", 13), Column("SHA-256 berkas", 23), Column("Alamat", 26), Column("Catatan", 42),
)  # fmt: skip
_HEAD = 3
_STATES = {
    State.WAITING: "menunggu",
    State.PROVISIONAL: "sementara",
    State.FINAL: "tetap",
    State.REPORTED: "dilaporkan",
    State.NOT_COMPUTABLE: "tidak dapat dihitung",
}


@dataclass(frozen=True)
class _Line:
    """A figure, and all that is known of where it comes from."""

    subject: str
    figure: str
    value: Decimal | str
    unit: str = ""
    mark: str = ""
    status: str = ""
    source: str = ""
    released: str = ""
    taken: str = ""
    snapshot: str = ""
    url: str = ""
    note: str = ""


def write_origins(page: Page, measured: Measured) -> None:
    """Write a line for each target, realisasi and figure behind it, and each file of budgets and prices."""
    page.begin("Asal setiap angka masukan", (), _HEAD, _COLUMNS)
    lines = [
        line for name in in_order(measured) for line in _of_indicator(measured.indicators[name], measured)
    ]
    lines += [*_of_budget(measured), *_of_prices(measured)]
    for row, line in enumerate(lines, start=_HEAD + 1):
        _write(page, row, line)
    page.sheet.autofilter(_HEAD, 0, _HEAD + max(len(lines), 1), len(_COLUMNS) - 1)


def _write(page: Page, row: int, line: _Line) -> None:
    page.words(row, 0, line.subject)
    page.words(row, 1, line.figure)
    if isinstance(line.value, Decimal):
        endless = -int(line.value.as_tuple().exponent) > 8
        form = TWO if endless else places_of(line.value) if line.value else WHOLE
        page.number(row, 2, line.value, form)
    else:
        page.words(row, 2, line.value, MIDDLE)
    rest = (
        line.unit, line.mark, line.status, line.source, line.released, line.taken, line.snapshot, line.url,
        line.note,
    )  # fmt: skip
    for column, words in enumerate(rest, start=3):
        page.words(row, column, words, MIDDLE if column < 6 else {})


def _of_indicator(m: MeasuredIndicator, measured: Measured) -> Iterator[_Line]:
    name, taken = m.indicator.name, m.realisasi
    yield _Line(
        name, f"Target {taken.year}", write_value(m.target), source=m.version.name, note=m.version.source
    )
    value = taken.value
    computed = isinstance(value, Quantity)
    yield _Line(
        name,
        f"Realisasi {taken.year}",
        value.amount if isinstance(value, Quantity) else show_realisasi(taken),
        value.unit if isinstance(value, Quantity) else "",
        marks(taken) if computed else "",
        taken.status or _STATES[taken.state],
        taken.source,
        _day(taken.released_on),
        url=taken.source_url,
        note=" ".join([*([f"Rumus: {taken.formula}."] if taken.formula else []), *taken.notes]),
    )
    yield from (_of_input(name, entry) for entry in taken.inputs)
    if taken.evidence:
        entered = format_date(taken.evidence.entered_at.astimezone(JAKARTA).date())
        yield _Line(
            name, f"Bukti: {taken.evidence.file}", "", taken=entered, snapshot=taken.evidence.snapshot
        )


def _of_input(name: str, entry: Input) -> _Line:
    return _Line(
        name,
        entry.name,
        entry.value,
        entry.unit,
        DAGGER if entry.illustrative else "",
        entry.status,
        released=_day(entry.released_on),
        taken=_day(entry.fetched_at.astimezone(JAKARTA).date() if entry.fetched_at else None),
        snapshot=entry.snapshot,
        url=entry.url,
        note=f"Dalam rumus: {entry.symbol}." if entry.symbol and entry.symbol != entry.name else "",
    )


def _of_budget(measured: Measured) -> Iterator[_Line]:
    evidence = measured.budget
    if evidence is None:
        return
    yield _of_file("Anggaran dan realisasi", evidence.source)
    if evidence.initial_source is not None:
        yield _of_file("Anggaran awal", evidence.initial_source)


def _of_file(what: str, source: BudgetSource) -> _Line:
    return _Line(
        what,
        f"Berkas anggaran {source.file}",
        "",
        mark=DAGGER if source.illustrative else "",
        source=source.file,
        taken=_day(source.taken_on),
        snapshot=source.snapshot,
    )


def _of_prices(measured: Measured) -> Iterator[_Line]:
    prices = measured.prices
    if prices is None:
        return
    for source in prices.sources:
        yield _Line(
            "Harga pasar",
            f"Harga {format_date(source.first)} sampai {format_date(source.last)}",
            Decimal(source.observations),
            "harga",
            DAGGER if source.illustrative else "",
            source=source.name,
            note=f"Pasar: {', '.join(source.markets)}.",
        )
    yield _Line("Harga pasar", "Sidik semua harga yang dipakai", "", snapshot=prices.fingerprint)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
