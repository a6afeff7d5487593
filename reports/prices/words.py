"""How market prices are told: the words of rules and doubts, and the sentences of BAB III."""

from __future__ import annotations

from decimal import Decimal

from capaian.measure import Direction
from capaian.prices.results import CommodityYear, Fluctuation
from capaian.prices.rules import Basis, Deviation, Doubt, Method, Rules
from core.dates import format_date
from core.lists import join_words
from core.numbers import format_number, format_percent
from office.schema import MeasureKind
from reports import traced
from reports.measured import Measured, MeasuredIndicator
from reports.prices.evidence import PriceEvidence
from reports.wording import (
    DAGGER,
    NOT_REAL,
    show_percent,
    show_realisasi,
    write_value,
)

GOOD_BELOW, NORMAL_TO = Decimal(5), Decimal(9)
"""Permendag 5/2024: a coefficient of variation under 5 per cent is good, from 5 to 9 it is normal."""
NAMED = 3
"""So many of the most and the least varying commodities are named."""
MOST_MARKETS = 8
"""With more markets the sentence gives only their number; the lampiran names them."""
DOUBTS = {
    Doubt.SLIP: "salah ribuan",
    Doubt.RANGE: "di luar kisaran",
    Doubt.JUMP: "lonjakan",
    Doubt.REPEATED: "berulang",
}
_METHODS = {
    Method.VARIATION: "koefisien variasi tiap komoditas",
    Method.MONTHLY_CHANGE: "rata-rata perubahan mutlak harga bulanan tiap komoditas",
    Method.PEAK_MONTH: "selisih bulan tertinggi terhadap rata-rata bulanan tiap komoditas",
    Method.DISPARITY: "selisih harga tertinggi dan terendah antarpasar terhadap rata-ratanya tiap komoditas",
}
_DEVIATIONS = {
    Deviation.SAMPLE: "simpangan baku sampel (n - 1)",
    Deviation.POPULATION: "simpangan baku populasi (n)",
}
_BASES = {
    Basis.DAILY_MEAN: "dari rata-rata harian semua pasar",
    Basis.EACH_MARKET: "di tiap pasar, lalu rata-rata pasarnya",
}


def method_words(rules: Rules) -> str:
    """How the fluctuation is measured, in one phrase."""
    words = _METHODS[rules.method]
    if rules.method is Method.VARIATION:
        words += f" ({_DEVIATIONS[rules.deviation]} / rata-rata x 100) {_BASES[rules.basis]}"
    return f"{words}, lalu rata-rata semua komoditas terukur"


def show_variation(value: Decimal | None, *, illustrative: bool) -> str:
    """A fluctuation or a share in per cent with two decimals and its dagger; ``-`` where there is none."""
    return "-" if value is None else format_percent(value) + (DAGGER if illustrative else "")


def period(fluctuation: Fluctuation) -> str:
    """From the first to the last day with a price; ``-`` without any."""
    if fluctuation.first is None or fluctuation.last is None:
        return "-"
    return f"{format_date(fluctuation.first)} sampai {format_date(fluctuation.last)}"


def source_names(prices: PriceEvidence) -> str:
    """The sources of the prices that were used."""
    return join_words([source.name for source in prices.sources]) or "-"


def of_prices(measured: Measured) -> MeasuredIndicator | None:
    """The indicator that is measured from prices, whether it could be or not."""
    kind = MeasureKind.PRICE_FLUCTUATION
    return next((m for m in measured.indicators.values() if m.indicator.measure.kind is kind), None)


def price_sentences(measured: Measured) -> tuple[str, ...]:
    """What BAB III says of the year's prices; nothing without them."""
    prices = measured.prices
    if prices is None:
        return ()
    sentences = [
        _value(measured, prices),
        f"Cara hitung: {method_words(prices.fluctuation.rules)}.{_national(prices)}",
        _basis(prices),
        *_extremes(prices),
        *_stable(measured, prices),
        *_unmeasured(prices),
        *_doubtful(prices),
        *_unknown(prices),
    ]
    return tuple(sentences)


def comparison_sentence(measured: Measured) -> str:
    """That the printed figure and the computed one come from different data; empty without the former."""
    prices = measured.prices
    if prices is None or prices.reported is None or prices.reported.value is None:
        return ""
    computed = show_variation(prices.fluctuation.value, illustrative=prices.fluctuation.illustrative)
    led = traced.told(traced.FLUCTUATION, computed)
    ours = f"sebesar {led} dihitung" if computed != "-" else "belum dapat dihitung"
    return (
        f"Kantor melaporkan {write_value(prices.reported.value)} ({prices.reported.source}); angka laporan "
        f"ini {ours} dari harga harian. Kedua angka berasal dari data yang berbeda, sehingga tidak dapat "
        "disamakan dan selisihnya bukan koreksi."
    )


def _value(measured: Measured, prices: PriceEvidence) -> str:
    m, fluctuation = measured.priced, prices.fluctuation
    if m is not None:
        word = "paling tinggi " if m.indicator.direction is Direction.LOWER else ""
        verdict = "memenuhi" if m.reached else "tidak memenuhi"
        taken, level = (traced.told(m.id, text) for text in (show_realisasi(m.realisasi), show_percent(m)))
        return (
            f"{m.indicator.short_name} tahun {fluctuation.year} yang dihitung dari harga harian sebesar "
            f"{taken}, {verdict} target {word}{write_value(m.target)}, dengan capaian "
            f"{level}{_caution(prices)}."
        )
    needed = measured.agency.prices.least_measured if measured.agency.prices else 1
    count = len(fluctuation.measured)
    return (
        f"Fluktuasi harga tahun {fluctuation.year} tidak dipakai sebagai realisasi: {count} komoditas "
        f"terukur, sedangkan diperlukan sedikitnya {needed}."
    )


def _national(prices: PriceEvidence) -> str:
    """The ministry's own words for a coefficient of variation; it has none for other methods."""
    value = prices.fluctuation.value
    if value is None or prices.fluctuation.rules.method is not Method.VARIATION:
        return ""
    good, normal = format_number(GOOD_BELOW), format_number(NORMAL_TO)
    shown = show_variation(value, illustrative=prices.fluctuation.illustrative)
    verdict = (
        "tergolong baik"
        if value < GOOD_BELOW
        else "tergolong normal"
        if value <= NORMAL_TO
        else "di atas batas normal"
    )
    return (
        f" Menurut Permendag 5/2024, di bawah {good}% tergolong baik dan {good} sampai {normal}% normal; "
        f"{traced.told(traced.FLUCTUATION, shown)} {verdict}."
    )


def _basis(prices: PriceEvidence) -> str:
    year = prices.fluctuation
    markets = traced.told(traced.PRICES, f"{len(year.markets)} pasar")
    if 0 < len(year.markets) <= MOST_MARKETS:
        markets += f" ({join_words(list(year.markets))})"
    counted = traced.told(traced.PRICES, f"{len(year.measured)} dari {len(year.commodities)} komoditas")
    sign = DAGGER if prices.fluctuation.illustrative else ""
    used = traced.told(traced.PRICES, f"{format_number(year.observations)}{sign}")
    return (
        f"Dasarnya {used} harga untuk {counted} di {markets}, {period(year)}; sumber: {source_names(prices)}."
    )


def _extremes(prices: PriceEvidence) -> list[str]:
    """The most and the least varying; with few commodities the same ones would stand in both."""
    ordered = sorted(prices.fluctuation.measured, key=lambda c: (-(c.value or 0), c.commodity))
    if len(ordered) < 2 * NAMED:
        return []
    most, least = (
        join_words([_with_value(prices, c) for c in group])
        for group in (ordered[:NAMED], ordered[: -NAMED - 1 : -1])
    )
    return [f"Yang paling berfluktuasi: {most}; yang paling tetap: {least}."]


def _with_value(prices: PriceEvidence, c: CommodityYear) -> str:
    shown = show_variation(c.value, illustrative=c.illustrative)
    return f"{prices.call(c.commodity)} ({traced.told(traced.of_commodity(c.commodity), shown)})"


def _stable(measured: Measured, prices: PriceEvidence) -> list[str]:
    share = prices.fluctuation.stable_share
    if share is None:
        return []
    shown = traced.told(traced.STABLE, show_variation(share, illustrative=prices.fluctuation.illustrative))
    start = f"{prices.stable_words.removesuffix('.')}: {shown} dari komoditas terukur"
    program = next((p for p in measured.programs if p.computed), None)
    if program is None:
        return [f"{start}."]
    verdict = "memenuhi" if program.capaian.reached else "tidak memenuhi"
    return [f"{start}, {verdict} target program {program.row.key} sebesar {write_value(program.row.target)}."]


def _unmeasured(prices: PriceEvidence) -> list[str]:
    missing = prices.unmeasured
    if not missing:
        return []
    names = join_words([prices.call(c.commodity) for c in missing])
    count = traced.told(traced.PRICES, str(len(missing)))
    return [f"{count} komoditas tidak diukur ({names}); sebabnya ada di lampiran Harga Bapokti."]


def _doubtful(prices: PriceEvidence) -> list[str]:
    rules = prices.fluctuation.rules
    left_out = sum(c.left_out for c in prices.fluctuation.commodities)
    used = sum(flag.days for flag in prices.flags if not prices.left_out(flag))
    sentences = []
    if left_out:
        counts = {
            doubt: sum(flag.days for flag in prices.flags if flag.doubt is doubt)
            for doubt in DOUBTS
            if doubt in rules.leave_out
        }
        named = [f"{DOUBTS[doubt]} ({format_number(count)})" for doubt, count in counts.items() if count]
        several = "; satu harga dapat kena beberapa aturan" if sum(counts.values()) > left_out else ""
        sentences.append(
            f"{traced.told(traced.PRICES, format_number(left_out))} harga yang meragukan disimpan tetapi "
            "tidak dipakai menurut aturan "
            f"{join_words(named)}{several}."
        )
    if used:
        sentences.append(
            f"{traced.told(traced.PRICES, format_number(used))} harga lain yang meragukan hanya "
            "dicatat dan tetap dipakai; daftarnya ada di lampiran Harga Bapokti."
        )
    return sentences


def _unknown(prices: PriceEvidence) -> list[str]:
    if not prices.unknown:
        return []
    names = join_words([entry.name for entry in prices.unknown[:NAMED]])
    more = f" dan {len(prices.unknown) - NAMED} lain" if len(prices.unknown) > NAMED else ""
    return [
        f"{len(prices.unknown)} nama atau satuan belum dikenal ({names}{more}); harganya disimpan dan tidak "
        "dipakai."
    ]


def _caution(prices: PriceEvidence) -> str:
    return f"; angka ini ilustrasi untuk peragaan, {NOT_REAL}" if prices.fluctuation.illustrative else ""
