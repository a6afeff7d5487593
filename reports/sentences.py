"""The sentences that state a figure or a condition: the "Uraian penjelasan tabel", made from data.

Those about indicators, one for each, stand in :mod:`reports.narrative`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from capaian.rules import Meaning
from core.lists import join_words
from core.numbers import format_percent, round_half_up
from office.schema import Level
from reports import traced
from reports.budget.words import budget_caution, budget_mark, budget_sentences
from reports.conclusions import achievement, averages, budget, foreword, show_level
from reports.measured import Measured, MeasuredProgram
from reports.method import category_rule
from reports.narrative.comparison import comparison
from reports.narrative.course import course
from reports.narrative.efficiency import efficiency_of_goals
from reports.narrative.progress import progress
from reports.narrative.reasons import reason_of
from reports.narrative.results import key_results
from reports.narrative.standards import against_standard
from reports.prices.words import comparison_sentence, price_sentences
from reports.quarters import quarter_sentences
from reports.table import Table, call_table
from reports.wording import goal_words, write_percent

ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan")
Sentences = dict[str, tuple[str, ...]]


def build_sentences(measured: Measured, tables: Mapping[str, Table] | None = None) -> Sentences:
    """The sentences of :func:`tell_sentences` as text alone."""
    return traced.plainly(tell_sentences(measured, tables))


def tell_sentences(measured: Measured, tables: Mapping[str, Table] | None = None) -> traced.Told:
    """All sentences made from data, by the name under which a chapter shows them.

    The figures in them lead to their cards (:func:`reports.traced.told`).

    Args:
        measured: The year, measured.
        tables: The report's, by name, which sentences call by their numbers.

    Returns:
        By the names of the tables they explain, and those of :data:`office.book.names.SENTENCES`.
    """
    tables = tables or {}
    prices = price_sentences(measured)
    compared = comparison_sentence(measured)
    quarters = quarter_sentences(measured)
    return {
        "ringkasan": (foreword(measured),),
        "kategori": (category_rule(measured.rules.categories, call_table(tables, "kategori")),),
        "capaian": tuple(key_results(measured)),
        **({"triwulan": quarters} if quarters else {}),
        "tahun-lalu": tuple(comparison(measured)),
        "tahun-tahun": tuple(course(measured)),
        "akhir-renstra": tuple(progress(measured)),
        "standar": tuple(against_standard(measured)),
        "penunjang": (support(measured, call_table(tables, "penunjang")),)
        if measured.agency.year.supports
        else (),
        **({"harga": prices} if prices else {}),
        **({"harga-laporan": (compared,)} if compared else {}),
        "anggaran": (
            *absorption(measured),
            *budget_sentences(measured, call_table(tables, "anggaran")),
        )
        if measured.has_budget
        else (),
        "efisiensi": tuple(efficiency_of_goals(measured)) if measured.has_budget else (),
        "efisiensi-program": tuple(efficiency_of_programs(measured))
        if measured.has_budget and measured.programs_have_targets
        else (),
        "rata-rata": tuple(averages(measured)),
        "pencapaian": (achievement(measured),) if measured.objectives else (),
        "penggunaan-anggaran": (budget(measured),) if measured.has_budget else (),
    }


def support(measured: Measured, table: str) -> str:
    """The explanation of the table of supporting programs, called by ``table``."""
    supports = measured.agency.year.supports
    against = [s.indicator for s in supports if s.verdict.casefold() != "menunjang"]
    missing = [m.id for m in measured.objectives if m.id not in {s.indicator for s in supports}]
    start = f"Dari {table} ditampilkan bahwa program, kegiatan, dan sub kegiatan yang dilaksanakan mendukung"
    office = measured.agency.office.name
    if not against and not missing:
        return f"{start} semua sasaran strategis yang menjadi tupoksi dari {office}."
    goals = join_words([goal_words(measured.indicators[i]) for i in (*against, *missing)])
    return f"{start} sasaran strategis yang menjadi tupoksi dari {office}, kecuali {goals}."


def absorption(measured: Measured) -> list[str]:
    """The explanation of table ``anggaran``."""
    total, limits = measured.total.absorbed, measured.rules.absorption
    if total is None:
        return ["Tidak ada anggaran yang dapat dibandingkan."]
    shown = round_half_up(total, 2)
    place = "masih di atas" if shown > limits.good else "tepat" if shown == limits.good else "masih di bawah"
    sentences = [
        f"Dari tabel di atas dapat disimpulkan bahwa realisasi anggaran {measured.agency.office.name} "
        f"sebesar {traced.told(traced.TOTAL, format_percent(total) + budget_mark(measured))}, {place} "
        f"{format_percent(limits.good, 2, trim=True)}"
        f"{budget_caution(measured)}."
    ]
    kegiatan = [p for p in measured.programs if p.row.level is Level.KEGIATAN and p.spending]
    if not kegiatan:
        return sentences
    low = [
        p
        for p in kegiatan
        if p.spending and p.spending.absorbed is not None and p.spending.absorbed < limits.low
    ]
    limit = format_percent(limits.low, 2, trim=True)
    if not low:
        return [*sentences, f"Tidak ada kegiatan yang realisasi anggarannya di bawah {limit}."]
    listed = [
        f"{_ordinal(place) if len(low) > 1 else ''}{p.row.name} "
        f"{_absorbed(p, limits.low)}"
        f"{reason_of(measured, p.row.key, 'low_absorption')}"
        for place, p in enumerate(low)
    ]
    sentences.append(
        f"Terdapat {len(low)} kegiatan yang berada di bawah {limit} realisasi anggarannya, yaitu "
        f"{join_words(listed)}."
    )
    return sentences


def efficiency_of_programs(measured: Measured) -> list[str]:
    """The explanation of table ``efisiensi-program``; nothing where no efficiency is known."""
    known = [p for p in measured.programs if p.efficient is not None]
    if not known:
        return []
    low = [p for p in known if not p.efficient]
    start = "Dari seluruh program dan kegiatan, tingkat efisiensi dari perbandingan kinerja pegawai dan "
    ratio = measured.rules.efficiency.meaning is Meaning.RATIO
    if not low:
        why = " karena nilainya ≥ 1" if ratio else ""
        return [f"{start}penyerapan anggaran dapat dikatakan efisien{why}."]
    names = join_words([f"{p.row.name} ({show_level(p)})" for p in low])
    said = "nilainya < 1 pada" if ratio else "target tidak tercapai atau tidak ada sisa anggaran pada"
    return [f"{start}penyerapan anggaran belum seluruhnya efisien: {said} {names}."]


def _absorbed(program: MeasuredProgram, limit: Decimal) -> str:
    shown = write_percent(program.spending.absorbed if program.spending else None, limit)
    return traced.told(traced.of_program(program), shown)


def _ordinal(place: int) -> str:
    return f"{ORDINALS[place]} " if place < len(ORDINALS) else ""
