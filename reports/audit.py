"""What differs between this report and the printed one, cell by cell; nothing is corrected in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from capaian.exact import percent
from capaian.rules import Meaning
from capaian.values import Quantity, parse_value
from core.numbers import format_number, format_percent, format_rupiah
from reports.explain import explain_cell
from reports.measured import Measured
from reports.printed import pair_rows, readings
from reports.reported import waits_for_bps
from reports.table import Cell, Table, grid
from reports.wording import DAGGER, NOTHING, write_percent, write_ratio

AGAINST_PREVIOUS = "tabel-3.3.tahun-lalu."
Kind = Literal["hitung", "harga", "isi", "menunggu", "tulisan"]
WAITS = "menunggu"

KINDS: Mapping[Kind, str] = {
    "hitung": "angka cetakan tidak sama dengan hasil hitung",
    "harga": "dihitung dari data lain: harga harian",
    "isi": "isi cetakan berbeda dengan data",
    "menunggu": "berbeda karena angka yang ditunggu",
    "tulisan": "kata-kata cetakan bertentangan atau salah tulis",
}


@dataclass(frozen=True)
class Finding:
    """One difference.

    Attributes:
        place: ``Tabel 3.3, baris 2 (…), kolom "2022 / % Capaian"``.
        printed: What the print has.
        ours: What this report has; empty where only the print's words are remarked on.
        explanation: Why, with the formula where there is one.
    """

    place: str
    printed: str
    ours: str
    kind: Kind
    explanation: str


def audit(measured: Measured, tables: Mapping[str, Table]) -> tuple[Finding, ...]:
    """Compare everything printed that the agency's data know of.

    Args:
        measured: The year, measured.
        tables: Ours, by number.

    Returns:
        Differences in the order of the report: tables, other figures, words. Differences in ways of
        writing only (``5.1%`` and ``5,1%``, spaces, capitals, ``232%`` and ``232,00%``) are none.
    """
    found: list[Finding] = []
    for number, table in tables.items():
        if number in measured.agency.printed:
            found += _compare_table(measured, table)
    found += [
        Finding(f"Tabel {number}", "tabel", "", "isi", "Tabel ini hanya ada di cetakan; datanya tidak ada.")
        for number in measured.agency.printed
        if number not in tables
    ]
    found += _compare_figures(measured)
    found += [
        Finding(remark.place, remark.found, "", "tulisan", remark.remark)
        for remark in measured.agency.remarks
    ]
    return tuple(found)


def _compare_table(measured: Measured, table: Table) -> Iterator[Finding]:
    printed = measured.agency.printed[table.number]
    cells = grid(table.rows, len(table.widths), f"Tabel {table.number}")
    priced = measured.priced.id if measured.priced else ""
    columns = _common_columns(printed.header, table.headings())
    yield from _columns_of_one(table, printed.header, columns)
    header = [printed.header[column] for column in columns]
    own_rows = table.flat_rows()
    counted = Counter(text for row in own_rows for text in set(row))
    goals = {m.goal.text for m in measured.indicators.values()}
    # Rows meet by name: a number that only counts them says nothing, a sasaran in several rows names none.
    same = _Alike(
        frozenset(place for place, ours in enumerate(columns.values()) if _counts_rows(table, ours)),
        frozenset(text for text, count in counted.items() if count > 1 and text in goals),
    )
    for theirs_at, ours_at in pair_rows(printed.rows, own_rows, columns):
        if ours_at is None or theirs_at is None:
            yield _row_of_one(table, printed.rows, own_rows, theirs_at, ours_at)
            continue
        theirs, ours = printed.rows[theirs_at], own_rows[ours_at]
        shared = [cells[ours_at][column] for column in columns.values()]
        by_price = _cells_by_price(shared, header, priced) if priced else {}
        rows = [theirs[column] for column in columns], [ours[column] for column in columns.values()]
        place = f"Tabel {table.number}, baris {ours_at + 1}"
        yield from _compare_row(measured, table, header, rows, place, by_price, same)


@dataclass(frozen=True)
class _Alike:
    """What tells rows of a table not apart: columns that only count them, and texts that several have."""

    columns: frozenset[int]
    texts: frozenset[str]


def _counts_rows(table: Table, column: int) -> bool:
    """Whether a column of ours holds nothing but 1, 2, 3 and so on down the table."""
    texts = [row[column].rstrip(".") for row in table.flat_rows()]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _row_of_one(
    table: Table,
    printed: Sequence[Sequence[str]],
    own: Sequence[Sequence[str]],
    theirs: int | None,
    ours: int | None,
) -> Finding:
    """A row that only the print or only this report has."""
    if theirs is not None:
        place, words = f"Tabel {table.number}, baris {theirs + 1}", " | ".join(printed[theirs])
        return Finding(place, words, "", "isi", "Baris ini hanya ada di cetakan.")
    row = own[ours or 0]
    words = " | ".join(text for text in row if text)
    place = f"Tabel {table.number}, baris {(ours or 0) + 1}"
    return Finding(place, "", words, "isi", "Baris ini ditambahkan; cetakan tidak memuatnya.")


def _common_columns(printed: Sequence[str], own: Sequence[str]) -> dict[int, int]:
    """Ours for each printed column: by their order, or by headings where one has more than the other."""
    if len(printed) == len(own):
        return dict(enumerate(range(len(own))))
    matcher = SequenceMatcher(
        None, [_heading(h) for h in printed], [_heading(h) for h in own], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _heading(text: str) -> str:
    """The lowest part of a heading, letters, digits and the sign of per cent alone."""
    return re.sub(r"[^\w%]", "", text.rpartition(" / ")[2]).casefold()


def _columns_of_one(table: Table, printed: Sequence[str], columns: Mapping[int, int]) -> Iterator[Finding]:
    """Columns that only the print or only this report has, each told once."""
    for column, heading in enumerate(printed):
        if column not in columns:
            place = f'Tabel {table.number}, kolom "{heading}"'
            yield Finding(place, heading, "", "isi", "Kolom ini hanya ada di cetakan.")
    for column, heading in enumerate(table.headings()):
        if column not in columns.values():
            place = f'Tabel {table.number}, kolom "{heading}"'
            yield Finding(place, "", heading, "isi", "Kolom ini ditambahkan; cetakan tidak memuatnya.")


def _cells_by_price(cells: list[Cell | None], header: list[str], indicator: str) -> dict[int, str]:
    """The columns of a row that follow from market prices, each with the remark of its cell."""
    found = {
        column: cell.note
        for column, cell in enumerate(cells)
        if cell is not None and cell.figure == indicator
    }
    # These two say of table 3.2's figure how good it is and whose.
    words = [column for column, name in enumerate(header) if name in ("Kategori", "Sumber Data")]
    return found | dict.fromkeys(words, "") if found else {}


def _compare_row(
    measured: Measured,
    table: Table,
    header: list[str],
    rows: tuple[list[str], list[str]],
    place: str,
    by_price: Mapping[int, str],
    alike: _Alike,
) -> Iterator[Finding]:
    theirs, ours = rows
    was_waiting = any(_waits(text) for text in theirs)
    for column, (printed, own) in enumerate(zip(theirs, ours, strict=True)):
        if column in alike.columns or same_text(printed, own):
            continue
        label = header[column] or f"kolom {column + 1}"
        kind = "harga" if column in by_price else _kind(printed, own, was_waiting)
        explanation = (
            _about_waiting(printed, own, own_source=_whose(measured, ours))
            if kind == "menunggu"
            else by_price.get(column)
            or explain_cell(measured, table.number, ours, label, printed)
            or _plain(kind)
        )
        name = next((text for text in ours[1:] if text and text not in alike.texts), "")
        where = f'{place} ({_short(name)}), kolom "{label}"' if name else f'{place}, kolom "{label}"'
        yield Finding(where, printed, own, kind, explanation)


def _kind(printed: str, own: str, was_waiting: bool) -> Kind:
    numbers = as_number(printed) is not None, as_number(own) is not None
    if all(numbers):
        return "hitung"
    follows_release = was_waiting and not own.startswith(printed.strip(NOTHING) or NOTHING)
    if _waits(printed) or _waits(own) or follows_release:
        return "menunggu"
    return "isi" if any(numbers) or not printed or not own else "tulisan"


def _whose(measured: Measured, row: Sequence[str]) -> str:
    """Who publishes the figure that a row of ours waits for, where it is not BPS; else nothing."""
    waiting = next((m for m in measured.waiting if m.indicator.name in row), None)
    institution = waiting.indicator.institution if waiting else None
    return institution.name if institution else ""


def _about_waiting(printed: str, own: str, own_source: str) -> str:
    if own_source:
        return f"Angkanya ditunggu dari {own_source}."
    if _waits(own):
        return "Angka cetakan tidak dipakai: tabel 3.2 cetakan menyatakan rilis BPS masih ditunggu."
    if _waits(printed):
        return "Terisi setelah BPS merilis."
    return "Mengikuti rilis BPS; cetakan belum memuatnya."


def _plain(kind: Kind) -> str:
    return {
        "hitung": "Dihitung kembali dari data.",
        "harga": "Mengikuti harga harian; angka cetakan berasal dari data lain.",
        "isi": "Menurut data instansi.",
        "menunggu": "",
        "tulisan": "Berbeda penulisan; laporan ini memakai satu tulisan dari data instansi di semua tabel.",
    }[kind]


def same_text(printed: str, own: str) -> bool:
    """Whether two cells say the same, whatever their spaces, capitals and way of writing numbers."""
    if _bare(printed) == _bare(own) or (_waits(own) and (_waits(printed) or printed.strip() == NOTHING)):
        return True
    theirs = readings(_unmarked(printed))
    if theirs:
        return _amount(own) in theirs
    return _bare(_value(printed)) == _bare(_value(own))


def as_number(text: str) -> Decimal | None:
    """The number in a cell that holds nothing else but its sign of per cent and our marks."""
    return next(iter(readings(_unmarked(text))), None)


def _amount(text: str) -> Decimal | None:
    """The number in a cell of ours, with the unit that a print states in a column of its own."""
    try:
        value = parse_value(_unmarked(text))
    except ValueError:
        return None
    return value.amount if isinstance(value, Quantity) else None


def _unmarked(text: str) -> str:
    return text.strip().rstrip(DAGGER + "*").strip()


def _value(text: str) -> str:
    """A count as it is written everywhere: ``1500 Unit`` as ``1.500 Unit``."""
    try:
        return str(parse_value(text))
    except ValueError:
        return text


def _bare(text: str) -> str:
    """Without spaces, capitals, and the point behind a counting number."""
    counted = re.sub(r"^(\d+(?:\.\d+)?)\.(?=\s|$)", r"\1", _unmarked(text))
    # 7% and 7 %, 5.1% and 5,1%, 18dokumen and 18 dokumen.
    return re.sub(r"(?<=\d)\.(?=\d{1,2}(?!\d))", ",", "".join(counted.split())).casefold()


def _waits(text: str) -> bool:
    return text.strip().casefold().startswith(WAITS)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _compare_figures(measured: Measured) -> Iterator[Finding]:
    """The figures in the print's sentences (``cetak/angka.csv``)."""
    for name, printed in measured.agency.printed_figures.items():
        finding = _compare_figure(measured, name, printed)
        if finding is not None:
            yield finding


def _compare_figure(measured: Measured, name: str, printed: str) -> Finding | None:
    place, _, rest = name.partition(".")
    if place == "bab-4":
        return _compare_closing(measured, rest, printed)
    if place == "tabel-3":
        return _compare_explanation(measured, name, printed)
    if name == "kata-pengantar.capaian-umum" and measured.waiting:
        bps = all(waits_for_bps(m, measured.agency) for m in measured.waiting)
        count = f"{len(measured.waiting)} indikator masih menunggu{' rilis BPS' if bps else ''}"
        return Finding("Kata Pengantar", printed, count, "isi", "Ketercapaiannya belum diketahui.")
    return None


def _compare_explanation(measured: Measured, name: str, printed: str) -> Finding | None:
    """A figure in the explanation of table 3.8, 3.9 or 3.10."""
    if name.startswith("tabel-3.8.serapan."):
        key = name.removeprefix("tabel-3.8.serapan.")
        spending = next((p.spending for p in measured.programs if p.row.key == key), None)
        absorbed = write_percent(spending.absorbed if spending else None)
        return _numbers("Uraian tabel 3.8", printed, absorbed, f"Serapan kegiatan {key}")
    if name.startswith(AGAINST_PREVIOUS):
        return _compare_with_previous(measured, name.removeprefix(AGAINST_PREVIOUS), printed)
    if name.startswith("tabel-3.9.efisiensi."):
        m = measured.indicators[name.removeprefix("tabel-3.9.efisiensi.")]
        saved = measured.rules.efficiency.meaning is Meaning.SAVED
        of = f"Tingkat efisiensi {m.indicator.short_name}"
        absorbed = write_percent(m.spending.absorbed)
        what = f"{of}: 100 - serapan {absorbed}" if saved else f"{of} adalah rasio, bukan persentase"
        finding = _numbers("Uraian tabel 3.9", printed, write_ratio(m.efficiency), what, ratio=True)
        priced = finding is not None and finding.kind == "hitung" and m == measured.priced
        return replace(finding, kind="harga") if finding and priced else finding
    low = [p.row.name for p in measured.programs if p.efficiency is not None and p.efficiency < 1]
    if name == "tabel-3.10.efisiensi" and low:
        return Finding("Uraian tabel 3.10", printed, ", ".join(low), "hitung", "Efisiensi di bawah 1.")
    total = measured.total.absorbed
    bound = as_number(re.sub(r"[^\d,.]", "", printed))
    if name == "tabel-3.8.rata-rata-serapan" and total is not None and bound is not None and total <= bound:
        own = format_percent(total)
        return Finding("Uraian tabel 3.8", printed, own, "hitung", "Serapan seluruh program.")
    return None


def _compare_with_previous(measured: Measured, indicator: str, printed: str) -> Finding | None:
    """Realisasi of the year / realisasi of the year before x 100, which some prints call capaian."""
    m, year = measured.indicators[indicator], measured.agency.year
    now, before = m.realisasi.value, m.previous.value if m.previous else None
    place = f"Tabel 3.3, {m.indicator.short_name}, realisasi {year.year} terhadap {year.previous_year}"
    if not (isinstance(now, Quantity) and isinstance(before, Quantity)) or before.amount == 0:
        why = f"Realisasi {year.previous_year} {before or 'tidak ada'}: tidak dapat menjadi pembagi."
        return Finding(place, printed, NOTHING, "hitung", why)
    own = percent(now.amount, before.amount)
    if same_text(printed, write_percent(own)):
        return None
    sums = f"{_number(now)} / {_number(before)} x 100 = {write_percent(own)}."
    if now.amount < 0 and before.amount < 0:
        sums += " Dua angka negatif: rasionya tidak menyatakan membaik atau memburuk."
    return Finding(place, printed, write_percent(own), "hitung", sums)


def _number(value: Quantity) -> str:
    return str(replace(value, unit=""))


def _compare_closing(measured: Measured, name: str, printed: str) -> Finding | None:
    if name in ("anggaran", "realisasi", "serapan") and not measured.has_budget:
        return Finding("BAB IV", printed, "", "isi", "Hanya ada di cetakan; data anggaran tidak ada.")
    total = measured.total
    because = "jumlah tiga belas program" if len(_programs(measured)) == 13 else "jumlah seluruh program"
    after = " setelah perubahan" if measured.agency.year.revision else ""
    sums = {
        "anggaran": (format_number(total.budget), f"Anggaran{after}: {because} pada tabel 3.8."),
        "realisasi": (format_number(total.spent), f"Realisasi anggaran: {because} pada tabel 3.8."),
        "rata-rata": (
            write_percent(measured.average(measured.objectives)),
            "Rata-rata capaian semua indikator sasaran dalam data.",
        ),
        "serapan": (
            write_percent(total.absorbed),
            f"{format_rupiah(total.spent)} / {format_rupiah(total.budget)} x 100",
        ),
        "tujuan": (str(len(measured.agency.renstra.tujuan)), "Jumlah tujuan dalam data."),
        "tujuan.indikator": (str(len(measured.goals)), "Jumlah indikator tujuan dalam data."),
        "sasaran": (str(sum(len(t.sasaran) for t in measured.agency.renstra.tujuan)), "Jumlah sasaran."),
        "sasaran.indikator": (str(len(measured.objectives)), "Jumlah indikator sasaran dalam data."),
    }
    if name in sums:
        own, why = sums[name]
        return None if same_text(printed, own) else Finding("BAB IV", printed, own, "hitung", why)
    if name == "pencapaian":
        missed = [m for m in measured.objectives if m.reached is not True]
        if missed:
            names = ", ".join(m.indicator.short_name for m in missed)
            reached = len(measured.objectives) - len(missed)
            return Finding(
                "BAB IV",
                printed,
                f"{reached} dari {len(measured.objectives)} indikator sasaran mencapai target",
                "isi",
                f"Menunggu atau belum mencapai target: {names}.",
            )
    return None


def _programs(measured: Measured) -> list[str]:
    return [p.row.key for p in measured.programs if "." not in p.row.key]


def _numbers(place: str, printed: str, own: str, what: str, *, ratio: bool = False) -> Finding | None:
    if same_text(printed, own) and not (ratio and "%" in printed):
        return None
    kind: Kind = "tulisan" if same_text(printed, own) else "hitung"
    return Finding(place, printed, own, kind, f"{what}.")
