"""How the report measures, told to its readers (lampiran "Cara pengukuran")."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from capaian.measure import Direction, Formula, zero_words
from capaian.prices.rules_text import describe_rules
from capaian.rules import Categories, Category, Meaning, Over, Rules
from capaian.values import Bound, Grade, Range
from core.lists import join_words
from core.numbers import format_number
from office.book.names import TABLES
from reports.cumulative import cumulative_rules
from reports.measured import Measured, MeasuredIndicator
from reports.quarters import quarter_rules
from reports.reported import FROM_BPS
from reports.table import Table, call_table

LOWER = {
    None: "target / realisasi x 100",
    Formula.LOWER: "target / realisasi x 100",
    Formula.LOWER_BY_DISTANCE: "(2 x target - realisasi) / target x 100 (PermenPANRB)",
}
"""The formulas where less is better; without one named, the first counts."""

PDRB = (
    "Pertumbuhan PDRB: (ADHK tahun n - ADHK tahun n-1) / ADHK tahun n-1 x 100; kontribusi: ADHB "
    "sektor / ADHB total x 100; semua dari satu rilis BPS yang sama."
)


def rules(measured: Measured, tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The rules that this report's figures follow, in Indonesian, each with its source.

    Args:
        measured: The year, measured.
        tables: The report's, by name.
    """
    chosen = measured.rules
    texts = [
        *_formulas(measured),
        *_kinds_of_target(measured),
        *quarter_rules(measured),
        *cumulative_rules(measured),
        _cited(
            f"Target atau realisasi nol yang harus menjadi pembagi: {zero_words(chosen)}. "
            "Target di bawah nol: yang dihitung jarak realisasi dari target.",
            chosen.zero.source,
        ),
        _cited(_cap(chosen), chosen.cap.source),
        _cited(category_rule(chosen.categories, call_table(tables, "kategori")), chosen.categories.source),
        *((_PROGRESS,) if measured.with_end_target else ()),
        *(
            (_cited(_EFFICIENCY[chosen.efficiency.meaning], chosen.efficiency.source),)
            if measured.has_budget
            else ()
        ),
        _cited(_AVERAGES[chosen.averages.over], chosen.averages.source),
        "Indikator yang capaiannya tidak dapat dihitung tidak dihitung sebagai tercapai dan tidak sebagai "
        "belum tercapai; alasannya disebut.",
        *([PDRB] if any(m.indicator.measure.kind in FROM_BPS for m in measured.indicators.values()) else []),
        "Pembulatan setengah ke atas hanya pada angka yang ditampilkan; perhitungan memakai angka penuh.",
        _documents(measured),
        *(describe_rules(measured.prices.fluctuation.rules) if measured.prices else ()),
    ]
    return tuple(texts)


COMPARISONS = (
    ("tahun-lalu",), ("tahun-tahun",), ("akhir-renstra",), ("standar",), ("penyebab", "analisis"),
    ("penunjang",), ("anggaran",), ("efisiensi",), ("efisiensi-program",),
)  # fmt: skip
"""What reports compare beside the target of the year: names of tables, of which one will do."""


def left_out(tables: Mapping[str, Table], hidden: Collection[str]) -> tuple[str, ...]:
    """Which comparisons the report does not make, and why, in Indonesian.

    Args:
        tables: Those that it shows, by name.
        hidden: Those that have data and that no chapter shows.
    """
    without = [TABLES[names[0]] for names in COMPARISONS if not {*tables, *hidden} & {*names}]
    unwanted = [TABLES[name] for names in COMPARISONS for name in names if name in hidden]
    said = []
    if without:
        said.append(f"Tidak dimuat karena datanya tidak ada: {'; '.join(without)}.")
    if unwanted:
        said.append(f"Ada datanya, tetapi tidak dimuat dalam bab laporan ini: {'; '.join(unwanted)}.")
    return tuple(said)


def category_rule(categories: Categories, table: str) -> str:
    """How a capaian finds its category, in Indonesian; ``table`` is how the table of categories is called."""
    best = categories.rows[0]
    if categories.places is None or best.lower is None:
        bounds = "; ".join(f"{row.name} {_range(row)}" for row in categories.rows)
        return f"Kategori ditentukan dari capaian yang belum dibulatkan: {bounds}."
    half = Decimal(5).scaleb(-categories.places - 1)
    gap = format_number(best.lower - half, categories.places + 1)
    whole = "bilangan bulat" if categories.places == 0 else f"{categories.places} desimal"
    return (
        f"Rentang {table[:1].upper()}{table[1:]} meninggalkan celah (misalnya {gap}). Kategori ditentukan "
        f"dari capaian yang dibulatkan ke {whole}, setengah ke atas; capaian di atas 100 adalah "
        f"{categories.find(Decimal(101)).name}."
    )


def _range(row: Category) -> str:
    if row.lower is None:
        return "di bawahnya"
    bound = format_number(row.lower, max(0, -int(row.lower.as_tuple().exponent)))
    return f"mulai {bound}" if row.included else f"di atas {bound}"


def _cited(text: str, source: str) -> str:
    return f"{text} Sumber: {source}."


def _formulas(measured: Measured) -> Iterator[str]:
    indicators = [m.indicator for m in measured.indicators.values()]
    texts = ["Capaian indikator yang makin besar makin baik: realisasi / target x 100."]
    texts += [
        f"Capaian {indicator.short_name} (makin kecil makin baik): {LOWER[indicator.formula]}."
        for indicator in indicators
        if indicator.direction is Direction.LOWER and indicator.formula in LOWER
    ]
    for text in texts:
        yield _cited(text, measured.rules.formulas)
    stated = [i.short_name for i in indicators if i.formula is Formula.STATED]
    if stated:
        yield f"Capaian {join_words(stated)} dinyatakan kantor, tidak dihitung."


def _kinds_of_target(measured: Measured) -> Iterator[str]:
    """Rules of ordinal scales, ranges and relative targets, as far as the office has such targets."""
    indicators = measured.indicators.values()
    graded = [m for m in indicators if isinstance(m.target, Grade)]
    scales = dict.fromkeys(filter(None, (_scale_of(measured.rules, m) for m in graded)))
    for grades, source in scales:
        yield _cited(
            f"Predikat bersifat urutan ({', '.join(grades)}): sama dengan target atau lebih baik dihitung "
            "100; setiap tingkat di bawah target mengurangi capaian dengan bagian yang sama besar.",
            source,
        )
    if any(isinstance(m.target, Range) for m in indicators):
        yield ("Target rentang: realisasi di dalamnya dihitung 100, di luarnya terhadap batas yang terdekat.")
    if any(isinstance(m.target, Bound) and m.indicator.formula is not Formula.STATED for m in indicators):
        yield (
            "Target relatif terhadap angka lain: terpenuhi dihitung 100, selain itu rumus capaian yang sama "
            "terhadap angka itu."
        )


def _scale_of(rules: Rules, m: MeasuredIndicator) -> tuple[tuple[str, ...], str] | None:
    scale = rules.ordinal(m.indicator.scale) or rules.ordinal_of(str(m.target))
    return (scale.grades, scale.source) if scale else None


def _cap(rules: Rules) -> str:
    cap = rules.cap
    if cap.limit is None:
        return "Capaian tidak dibatasi: yang di atas 100 ditampilkan dan dirata-rata apa adanya."
    limit = format_number(cap.limit, 2, trim=True)
    where = [
        name for name, used in (("capaian yang ditampilkan", cap.shown), ("rata-rata", cap.averaged)) if used
    ]
    return f"Capaian dibatasi paling banyak {limit}% pada {join_words(where)}."


_PROGRESS = "Tingkat kemajuan: rumus capaian yang sama terhadap target akhir Renstra, menurut arah indikator."
_EFFICIENCY = {
    Meaning.RATIO: (
        "Tingkat efisiensi: capaian kinerja / capaian anggaran; 1 atau lebih berarti efisien. Nilainya "
        "rasio, bukan persentase."
    ),
    Meaning.SAVED: (
        "Tingkat efisiensi: 100 - capaian anggaran, dalam persen; efisien bila target tercapai dan ada "
        "sisa anggaran."
    ),
}
_AVERAGES = {
    Over.ALL: "Rata-rata capaian hanya dihitung bila tidak ada indikator yang menunggu atau yang capaiannya "
    "tidak dapat dihitung.",
    Over.COMPUTABLE: "Rata-rata capaian diambil dari indikator yang capaiannya dapat dihitung, dan disebut "
    "dari berapa indikator.",
}


def _documents(measured: Measured) -> str:
    year = measured.agency.year
    used = {m.version.id for m in measured.indicators.values()}
    versions = [version for version in reversed(year.versions) if version.id in used]
    documents = "; ".join(
        f"{version.name}: "
        + join_words(
            [m.indicator.short_name for m in measured.indicators.values() if m.version.id == version.id]
        )
        for version in versions
    )
    return f"Target {year.year} diambil dari dokumen terbaru yang memuat indikatornya. {documents}."
