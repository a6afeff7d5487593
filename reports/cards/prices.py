"""The cards of market prices: the fluctuation, the share of stable commodities, each commodity's year."""

from __future__ import annotations

from collections.abc import Iterator

from capaian.prices.results import CommodityYear, Extreme
from capaian.prices.rules import Basis, Method
from core.dates import MONTHS, format_date
from core.lists import join_words
from core.numbers import format_number, format_percent
from reports import traced
from reports.cards.averages import EXACT
from reports.cards.card import Card, Piece
from reports.measured import Measured
from reports.prices.evidence import PriceEvidence, SourceUse
from reports.prices.words import DOUBTS, method_words, period, show_variation

DAILY = "Harga setiap hari dan pasarnya tersimpan dengan byte aslinya; lihat lkjip prices show."


def price_cards(measured: Measured) -> Iterator[Card]:
    """The cards of a year's prices; none without them."""
    prices = measured.prices
    if prices is None:
        return
    yield _fluctuation(prices)
    yield _stable(prices)
    yield _basis(prices)
    for commodity in prices.fluctuation.commodities:
        yield _commodity(prices, commodity)


def _fluctuation(prices: PriceEvidence) -> Card:
    year = prices.fluctuation
    shown = show_variation(year.value, illustrative=year.illustrative)
    values = [format_number(c.value, 2) for c in year.measured if c.value is not None]
    lines = [("Cara hitung", method_words(year.rules))]
    if values:
        lines.insert(0, ("Fluktuasi", f"({' + '.join(values)}) / {len(values)} = {shown}"))
    title = f"Fluktuasi harga {year.year}: {shown}"
    return Card(traced.FLUCTUATION, title, tuple(lines), pieces=_sources(prices), notes=(EXACT_PRICES,))


EXACT_PRICES = EXACT.replace("capaian", "fluktuasi setiap komoditas")


def _stable(prices: PriceEvidence) -> Card:
    share = prices.fluctuation.stable_share
    counts = f"{len(prices.stable)} stabil / {len(prices.fluctuation.measured)} terukur x 100"
    lines: list[tuple[str, str]] = []
    if share is not None:
        shown = show_variation(share, illustrative=prices.fluctuation.illustrative)
        lines = [("Bagian yang stabil", f"{counts} = {shown}"), ("Batas", prices.stable_words)]
        names = join_words([prices.call(c.commodity) for c in prices.stable])
        lines += [("Stabil", names)] if names else []
    return Card(traced.STABLE, "Komoditas yang harganya stabil", tuple(lines), pieces=_sources(prices))


def _basis(prices: PriceEvidence) -> Card:
    """The prices behind it all: how many, where, when, and which were left out."""
    year = prices.fluctuation
    counts = " + ".join(format_number(c.observations) for c in year.measured)
    left_out = sum(c.left_out for c in year.commodities)
    doubted = sum(flag.days for flag in prices.flags if not prices.left_out(flag))
    rules = ", ".join(DOUBTS[doubt] for doubt in DOUBTS if doubt in year.rules.leave_out)
    lines = [
        ("Harga dipakai", f"{counts or '0'} = {format_number(year.observations)}"),
        ("Komoditas terukur", f"{len(year.measured)} dari {len(year.commodities)}"),
        ("Pasar", f"{len(year.markets)}: {join_words(list(year.markets))}" if year.markets else "0"),
        ("Masa", period(year)),
        *([("Tidak dipakai", f"{format_number(left_out)} harga (aturan: {rules})")] if left_out else []),
        *([("Meragukan, tetap dipakai", f"{format_number(doubted)} harga")] if doubted else []),
    ]
    kept = Piece("Semua harga yang dipakai", "dengan pasar dan harinya", snapshot=prices.fingerprint)
    title = f"Harga yang dipakai tahun {year.year}"
    return Card(traced.PRICES, title, tuple(lines), pieces=(*_sources(prices), kept))


def _sources(prices: PriceEvidence) -> tuple[Piece, ...]:
    return tuple(map(_source, prices.sources))


def _source(source: SourceUse) -> Piece:
    facts = [
        f"{format_date(source.first)} sampai {format_date(source.last)}",
        f"{format_number(source.observations)} harga",
        *(["ilustrasi"] if source.illustrative else []),
    ]
    markets = join_words(list(source.markets)) or "rata-rata wilayah"
    return Piece("Sumber", f"{source.name}: {markets}", tuple(facts))


def _commodity(prices: PriceEvidence, c: CommodityYear) -> Card:
    names = join_words([source.name for source in prices.sources])
    notes = [
        DAILY,
        *([f"Pasar yang tidak dipakai: {join_words(list(c.short_markets))}."] if c.short_markets else []),
    ]
    return Card(
        traced.of_commodity(c.commodity),
        f"{prices.call(c.commodity)}, harga {prices.fluctuation.year}",
        tuple(_lines(prices, c)),
        f"{names} (semua komoditas)" if names else "",
        notes=tuple(notes),
    )


def _lines(prices: PriceEvidence, c: CommodityYear) -> Iterator[tuple[str, str]]:
    if c.mean is None:
        yield from _variation(prices, c)
        return
    words = prices.words.get(c.commodity)
    unit = f" per {words.unit}" if words and words.unit else ""
    sign = " (ilustrasi)" if c.illustrative else ""
    each = prices.fluctuation.rules.basis is Basis.EACH_MARKET
    of = "semua harga" if each else "harga rata-rata harian"
    days = f"{format_number(c.days)} hari, {c.months} bulan, {c.markets} pasar"
    yield "Harga dipakai", f"{format_number(c.observations)} harga: {days}{sign}"
    if c.left_out:
        yield "Tidak dipakai", f"{format_number(c.left_out)} harga yang meragukan"
    yield "Rata-rata", f"Rp {format_number(c.mean, 2, trim=True)}{unit}, rata-rata {of}"
    for what, extreme in (("Terendah", c.lowest), ("Tertinggi", c.highest)):
        if extreme is not None:
            yield what, _extreme(extreme)
    if c.monthly:
        months = (f"{MONTHS[month - 1]} {format_number(mean)}" for month, mean in sorted(c.monthly.items()))
        yield "Rata-rata bulanan (Rp)", "; ".join(months)
    yield from _variation(prices, c)


def _extreme(extreme: Extreme) -> str:
    return f"Rp {format_number(extreme.price, 2, trim=True)} pada {format_date(extreme.day)}"


def _variation(prices: PriceEvidence, c: CommodityYear) -> Iterator[tuple[str, str]]:
    if c.value is None:
        yield "Fluktuasi", f"tidak diukur: {c.reason}"
        return
    answer = format_percent(c.value)
    rules = prices.fluctuation.rules
    if rules.method is Method.VARIATION and c.deviation is not None and c.mean is not None:
        sums = f"{format_number(c.deviation, 2)} / {format_number(c.mean, 2)} x 100"
        yield "Fluktuasi", f"simpangan baku / rata-rata x 100 = {sums} = {answer}"
    else:
        yield "Fluktuasi", f"{method_words(rules).partition(', lalu rata-rata semua')[0]}: {answer}"
    bound = format_percent(rules.stable_at_most, trim=True)
    yield "Stabil", f"{'ya' if c.stable else 'tidak'}, batasnya {bound}"
