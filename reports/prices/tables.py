"""The tables of market prices: the comparison in BAB III, and those of the lampiran "Harga Bapokti"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from capaian.prices.results import CommodityYear, Extreme, Flag
from capaian.prices.rules import Doubt
from core.dates import MONTHS, format_date
from core.lists import join_words
from core.numbers import format_number, format_percent
from reports import traced
from reports.measured import Measured
from reports.measuring import measure_by
from reports.prices.evidence import PriceEvidence, UnknownName
from reports.prices.words import DOUBTS, method_words, of_prices, period, show_variation, source_names
from reports.table import Align, Cell, Row, Table
from reports.tables.parts import centred, heading, texts_of, to_the_right
from reports.wording import DAGGER, NOTHING, legends, show_percent, write_percent, write_value

COMPARISON = "harga-laporan"
MOST_ROWS = 40
"""Longer lists are cut here; what is left out is counted in a last row."""
UNSAID = "tidak ada dalam data"
LAWS = {
    "kebutuhan_pokok": "Barang kebutuhan pokok (Perpres 71/2015 jo. Perpres 59/2020)",
    "barang_penting": "Barang penting (Perpres 71/2015 jo. Perpres 59/2020)",
    "": "Komoditas lain yang dipantau",
}


def compare_with_reported(measured: Measured) -> Table | None:
    """Table ``harga-laporan``: the computed indicator beside the office's own; None unless there are both."""
    prices, m = measured.prices, of_prices(measured)
    reported = prices.reported if prices else None
    value = reported.value if reported else None
    if prices is None or reported is None or value is None or m is None:
        return None
    year = prices.fluctuation
    theirs = measure_by(measured.agency, m.indicator, m.target, reported)
    invented = year.illustrative
    rows = [
        (
            m.indicator.name,
            show_variation(year.value, illustrative=invented),
            write_value(value),
            traced.FLUCTUATION,
        ),
        (
            f"Capaian terhadap target {write_value(m.target)}",
            show_percent(m) if measured.priced else NOTHING,
            write_percent(theirs.percent if theirs else None),
            m.id if measured.priced else "",
        ),
        *_compare_programs(measured, prices),
        ("Komoditas", f"{len(year.measured)} terukur dari {len(year.commodities)}", UNSAID, traced.PRICES),
        ("Pasar", str(len(year.markets)), UNSAID, traced.PRICES),
        ("Harga yang dipakai", _count(year.observations, invented), UNSAID, traced.PRICES),
        ("Masa", period(year), f"tahun {reported.year}", ""),
        ("Cara hitung", method_words(year.rules), UNSAID, ""),
        ("Sumber", source_names(prices), reported.source, ""),
    ]
    note = measured.agency.prices.note if measured.agency.prices else ""
    made = tuple(
        Row((Cell(label), _figure(ours, card=card), Cell(other, align="center")))
        for label, ours, other, card in rows
    )
    return Table(
        name=COMPARISON,
        caption=f"{m.indicator.short_name} {year.year}:\nDihitung dari Harga Harian dan Dilaporkan Kantor",
        header=(heading("Hal", "Dihitung dari harga harian", "Dilaporkan kantor"),),
        rows=made,
        widths=(28, 44, 28),
        notes=(
            "Kedua kolom berasal dari data yang berbeda dan tidak dapat disamakan.",
            *([note] if note else []),
            *legends(texts_of(made)),
        ),
    )


def _compare_programs(measured: Measured, prices: PriceEvidence) -> Iterator[tuple[str, str, str, str]]:
    """The share of stable commodities, where a program of the office is measured by it."""
    office = {row.key: row for row in measured.agency.programs}
    for program in measured.programs:
        if program.computed:
            share = show_variation(
                prices.fluctuation.stable_share, illustrative=prices.fluctuation.illustrative
            )
            reported = write_value(office[program.row.key].realisasi)
            yield program.row.indicator, share, reported, traced.STABLE


def price_parts(prices: PriceEvidence) -> list[tuple[str, Table | None]]:
    """The parts of the lampiran "Harga Bapokti"."""
    return [
        # Without a heading the title of the lampiran stands on the first table's own wide page.
        ("", _commodities(prices)),
        ("Harga yang Meragukan", _doubts(prices)),
        ("Harga yang Berulang", _repeated(prices)),
        ("Sumber dan Pasar", _sources(prices)),
        ("Belum Dikenal", _unknown(prices)),
    ]


def _commodities(prices: PriceEvidence) -> Table:
    rows: list[Row] = []
    number = 0
    for law, title in LAWS.items():
        group = [c for c in prices.fluctuation.commodities if _law(prices, c) == law]
        if group:
            rows.append(Row((Cell(title, colspan=9, bold=True),), kind="program"))
        for c in group:
            number += 1
            rows.append(_commodity(prices, c, number))
    year = prices.fluctuation
    rows.append(
        Row(
            (
                Cell(
                    f"Rata-rata {len(year.measured)} komoditas terukur", colspan=6, align="center", bold=True
                ),
                _figure(
                    show_variation(year.value, illustrative=prices.fluctuation.illustrative),
                    card=traced.FLUCTUATION,
                ),
                Cell(f"{len(prices.stable)} stabil", align="center", card=traced.STABLE),
                _figure(
                    _count(year.observations, prices.fluctuation.illustrative),
                    card=traced.PRICES,
                ),
            ),
            kind="total",
        )
    )
    return Table(
        caption=f"Harga dan Fluktuasi Komoditas Tahun {year.year}",
        header=(
            heading(
                "No.", "Komoditas", "Satuan", "Rata-rata (Rp)", "Terendah (Rp)", "Tertinggi (Rp)",
                "Fluktuasi", "Stabil", "Harga dipakai",
            ),
        ),
        rows=tuple(rows),
        widths=(4, 22, 8, 11, 14, 14, 11, 7, 9),
        landscape=True,
        notes=(
            f"Cara hitung: {method_words(year.rules)}. {prices.stable_words}",
            *_uneven(prices),
            *legends(texts_of(rows)),
        ),
    )  # fmt: skip


def _uneven(prices: PriceEvidence) -> list[str]:
    """Where a mean may have moved only because a market was missing, and markets that did not count."""
    measured = prices.fluctuation.measured
    days = [
        f"{prices.call(c.commodity)} {format_number(c.uneven_days)} hari{_from_missing(c)}"
        for c in measured
        if c.uneven_days
    ]
    short = [
        f"{prices.call(c.commodity)} ({join_words(list(c.short_markets))})"
        for c in measured
        if c.short_markets
    ]
    lines = [f"Hari yang pasarnya kurang dari yang terbanyak: {join_words(days)}."] if days else []
    if short:
        lines.append(f"Pasar yang hari pengamatannya terlalu sedikit tidak dipakai: {join_words(short)}.")
    return lines


def _from_missing(c: CommodityYear) -> str:
    if c.composition is None:
        return ""
    return f" (variasi dari pasar yang kosong saja {format_percent(c.composition)})"


def _law(prices: PriceEvidence, c: CommodityYear) -> str:
    words = prices.words.get(c.commodity)
    return words.law if words and words.law in LAWS else ""


def _commodity(prices: PriceEvidence, c: CommodityYear, number: int) -> Row:
    words, card = prices.words.get(c.commodity), traced.of_commodity(c.commodity)
    mean = NOTHING if c.mean is None else _count(c.mean, c.illustrative)
    lead = (
        Cell(str(number), align="center"),
        Cell(prices.call(c.commodity)),
        Cell(words.unit if words else NOTHING, align="center"),
        _figure(mean, align="right", card="" if c.mean is None else card),
        _extreme(c.lowest, c.illustrative, card),
        _extreme(c.highest, c.illustrative, card),
    )
    observations = _figure(
        _count(c.observations, c.illustrative), align="right", card="" if c.mean is None else card
    )
    if c.value is None:
        return Row((*lead, Cell(f"tidak diukur: {c.reason}", colspan=2), observations))
    shown = show_variation(c.value, illustrative=c.illustrative)
    verdict = Cell("ya" if c.stable else "tidak", align="center")
    return Row((*lead, _figure(shown, align="right", card=card), verdict, observations))


def _extreme(extreme: Extreme | None, illustrative: bool, card: str) -> Cell:
    if extreme is None:
        return Cell(NOTHING, align="right")
    text = f"{_count(extreme.price, illustrative)}\n{extreme.day.day} {MONTHS[extreme.day.month - 1]}"
    return _figure(text, align="right", card=card)


def _doubts(prices: PriceEvidence) -> Table | None:
    flags = [flag for flag in prices.flags if not _only_repeated(prices, flag)]
    if not flags:
        return None
    rows = [_doubt(prices, flag, number) for number, flag in enumerate(flags[:MOST_ROWS], start=1)]
    rows += _rest(len(flags), 8)
    return Table(
        caption=f"Harga yang Meragukan Tahun {prices.fluctuation.year}",
        header=(
            heading(
                "No.", "Komoditas", "Pasar", "Hari", "Harga (Rp)", "Keraguan", "Penjelasan", "Perlakuan",
            ),
        ),
        rows=tuple(rows),
        widths=(4, 15, 13, 11, 9, 9, 25, 14),
        landscape=True,
        notes=legends([cell.text for row in rows for cell in row.cells]),
    )  # fmt: skip


def _only_repeated(prices: PriceEvidence, flag: Flag) -> bool:
    """Whether a price merely stands still and counts all the same: then a line a commodity says enough."""
    return flag.doubt is Doubt.REPEATED and not prices.left_out(flag)


def _repeated(prices: PriceEvidence) -> Table | None:
    """Prices that stood still for long and are used: honest where a price is fixed, stale where not."""
    runs: dict[str, list[Flag]] = {}
    for flag in prices.flags:
        if _only_repeated(prices, flag):
            runs.setdefault(flag.commodity, []).append(flag)
    if not runs:
        return None
    order = [c.commodity for c in prices.fluctuation.commodities if c.commodity in runs]
    rows = [_runs(prices, runs[commodity], number) for number, commodity in enumerate(order, start=1)]
    least = prices.fluctuation.rules.repeated_days
    return Table(
        caption=f"Harga yang Sama {least} Hari Pengamatan atau Lebih Tahun {prices.fluctuation.year}",
        header=(heading("No.", "Komoditas", "Pasar", "Kali", "Terlama", "Harga (Rp)"),),
        rows=tuple(rows),
        widths=(6, 24, 28, 8, 20, 14),
        notes=(
            "Harga yang sama terus mungkin memang tetap, mungkin harga lama yang disalin; tetap dipakai.",
            *legends(texts_of(rows)),
        ),
    )


def _runs(prices: PriceEvidence, runs: Sequence[Flag], number: int) -> Row:
    longest = max(runs, key=lambda flag: flag.days)
    markets = sorted({flag.market or "rata-rata wilayah" for flag in runs})
    return Row(
        (
            Cell(str(number), align="center"),
            Cell(prices.call(longest.commodity)),
            Cell("\n".join(markets)),
            Cell(format_number(len(runs)), align="right"),
            Cell(f"{format_number(longest.days)} hari\nsejak {format_date(longest.day)}"),
            _figure(
                _written_price(prices, longest),
                align="right",
                card=traced.of_commodity(longest.commodity),
            ),
        )
    )


def _written_price(prices: PriceEvidence, flag: Flag) -> str:
    invented = any(c.illustrative for c in prices.fluctuation.commodities if c.commodity == flag.commodity)
    places = max(0, -int(flag.price.normalize().as_tuple().exponent))
    return format_number(flag.price, places) + (DAGGER if invented else "")


def _doubt(prices: PriceEvidence, flag: Flag, number: int) -> Row:
    if flag.doubt in prices.fluctuation.rules.leave_out:
        treated = f"tidak dipakai: aturan {DOUBTS[flag.doubt]}"
    elif prices.left_out(flag):
        treated = "tidak dipakai: aturan lain"
    else:
        treated = "dicatat, tetap dipakai"
    days = f"\n({format_number(flag.days)} hari)" if flag.days > 1 else ""
    return Row(
        (
            Cell(str(number), align="center"),
            Cell(prices.call(flag.commodity)),
            Cell(flag.market or "rata-rata wilayah"),
            Cell(f"{format_date(flag.day)}{days}"),
            _figure(_written_price(prices, flag), align="right", card=traced.of_commodity(flag.commodity)),
            Cell(DOUBTS[flag.doubt]),
            Cell(flag.explanation),
            Cell(treated),
        )
    )


def _sources(prices: PriceEvidence) -> Table | None:
    if not prices.sources:
        return None
    rows = [
        Row(
            (
                centred(str(number)),
                Cell(source.name),
                Cell("\n".join(source.markets) or "rata-rata wilayah"),
                Cell(f"{format_date(source.first)} sampai {format_date(source.last)}"),
                _figure(_count(source.observations, source.illustrative), align="right", card=traced.PRICES),
            )
        )
        for number, source in enumerate(prices.sources, start=1)
    ]
    return Table(
        caption=f"Sumber dan Pasar Tahun {prices.fluctuation.year}",
        header=(heading("No.", "Sumber", "Pasar", "Masa", "Harga dipakai"),),
        rows=tuple(rows),
        widths=(6, 28, 26, 26, 14),
        notes=(
            f"Tanda pengenal (SHA-256) semua harga yang dipakai: {prices.fingerprint[:12]}.",
            *prices.conflicts[:MOST_ROWS],
            *_more_conflicts(len(prices.conflicts)),
            *legends(texts_of(rows)),
        ),
    )


def _more_conflicts(count: int) -> list[str]:
    left = count - MOST_ROWS
    return [f"dan {format_number(left)} perbedaan lain; lihat lkjip prices status."] if left > 0 else []


def _unknown(prices: PriceEvidence) -> Table | None:
    if not prices.unknown:
        return None
    rows = [_unknown_name(entry, number) for number, entry in enumerate(prices.unknown[:MOST_ROWS], start=1)]
    rows += _rest(len(prices.unknown), 6)
    return Table(
        caption="Nama atau Satuan yang Belum Dikenal",
        header=(heading("No.", "Sumber", "Nama", "Satuan", "Sebab", "Harga disimpan"),),
        rows=tuple(rows),
        widths=(6, 17, 23, 11, 30, 13),
        notes=(
            "Harga di bawah nama ini disimpan dan tidak dipakai sampai namanya ada dalam daftar komoditas.",
        ),
    )


def _unknown_name(entry: UnknownName, number: int) -> Row:
    unit, observations = entry.unit or NOTHING, format_number(entry.observations)
    texts = Cell(entry.source), Cell(entry.name), centred(unit), Cell(entry.reason)
    return Row((centred(str(number)), *texts, to_the_right(observations)))


def _rest(count: int, columns: int) -> Sequence[Row]:
    left = count - MOST_ROWS
    return [Row((Cell(f"dan {format_number(left)} lain", colspan=columns),))] if left > 0 else []


def _figure(text: str, *, align: Align = "center", card: str = "") -> Cell:
    """A cell that is marked if its figure carries the dagger, and leads to its card."""
    return Cell(text, align=align, mark="illustrative" if DAGGER in text else "", card=card)


def _count(value: Decimal | int, illustrative: bool) -> str:
    return format_number(value) + (DAGGER if illustrative else "")
