"""The sentences that state a figure or a condition: the "Uraian penjelasan tabel", made from data.

The wording is the printed report's. A sentence about a waiting indicator says so and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capaian.measure import Direction, Formula
from capaian.rules import Meaning
from capaian.values import Quantity
from core.numbers import format_percent, round_half_up
from office.schema import Level, Tujuan
from reports.budget.words import budget_caution, budget_mark, budget_sentences
from reports.cautions import caution
from reports.conclusions import achievement, averages, budget, foreword, show_level
from reports.cumulative import summed
from reports.measured import Measured, MeasuredIndicator
from reports.method import category_rule
from reports.prices.words import comparison_sentence, price_sentences
from reports.quarters import quarter_sentences
from reports.reported import waiting_by_reason, waiting_words, waits_for_bps
from reports.standing import Standing
from reports.table import Table, call_table
from reports.tables.parts import interleaved
from reports.tables.years import course
from reports.wording import (
    compare_shown,
    exceeds,
    goal_words,
    join_words,
    marks,
    show_efficiency,
    show_percent,
    show_realisasi,
    shown_percent,
    write_percent,
    write_value,
)

ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan")
Sentences = dict[str, tuple[str, ...]]


def build_sentences(measured: Measured, tables: Mapping[str, Table] | None = None) -> Sentences:
    """All sentences made from data, by the name under which a chapter shows them.

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


def key_results(measured: Measured) -> list[str]:
    """The explanation of table ``capaian``."""
    sentences = [
        f"Untuk Tujuan/Sasaran Capaian dan Realisasi {goal_words(m)} dari target kinerja sebesar "
        f"{write_value(m.target)} dan {_realisasi_words(m)}{caution(m)}."
        for m in measured.headline
        if not m.waiting
    ]
    for reason, waiting in waiting_by_reason(measured.headline):
        goals = " serta ".join(goal_words(m) for m in waiting)
        # The print writes BPS's release here as in the cells of the table.
        said = next((m.realisasi.reason for m in waiting if waits_for_bps(m, measured.agency)), reason)
        sentences.append(f"Untuk Tujuan/Sasaran Capaian dan Realisasi {goals} masih {said}.")
    return sentences


def comparison(measured: Measured) -> list[str]:
    """The explanation of table ``tahun-lalu``; nothing where nothing of the year before is known."""
    if not any(m.previous or m.previous_target for m in measured.headline):
        return []
    sentences = [_compared(measured, m) for m in measured.headline if not m.waiting]
    for reason, waiting in waiting_by_reason(measured.headline):
        goals = " serta ".join(goal_words(m) for m in waiting)
        sentences.append(
            f"Untuk Perbandingan Tujuan/Sasaran Capaian dan Realisasi {goals} belum bisa "
            f"dilakukan perhitungan karena masih {reason}."
        )
    return sentences


def _compared(measured: Measured, m: MeasuredIndicator) -> str:
    year = measured.agency.year
    start = f"Untuk Perbandingan Tujuan/Sasaran Capaian dan Realisasi {goal_words(m)} pada Tahun {year.year} "
    before = m.previous_capaian.percent if m.previous_capaian else None
    if m.percent is None:
        return f"{start}tidak dapat dibandingkan karena capaiannya tidak dapat dihitung: {_why(m)}."
    if before is None:
        return f"{start}belum dapat dibandingkan karena capaian tahun {year.previous_year} tidak tersedia."
    place = compare_shown(m.percent, before, (shown_percent(m.percent), shown_percent(before)))
    targets = ""
    lower = place == "lebih rendah dari"
    if lower and m.previous_target is not None and m.previous_target != m.target:
        targets = f"; targetnya berubah dari {write_value(m.previous_target)} menjadi {write_value(m.target)}"
    return (
        f"{start}Capaian Kinerja sebesar {show_percent(m)} {place} tahun {year.previous_year} yang meraih "
        f"capaian kinerja sebesar {write_percent(before)}{targets}{caution(m)}."
    )


def progress(measured: Measured) -> list[str]:
    """The explanation of table ``akhir-renstra``: those known in its order, then those that wait."""
    listed = measured.with_end_target
    sentences = [_progressed(measured, m) for m in listed if not m.waiting]
    for reason, waiting in waiting_by_reason(listed):
        goals = join_words([goal_words(m) for m in waiting])
        sentences.append(f"Tingkat Kemajuan Sasaran {goals} belum bisa dihitung karena masih {reason}.")
    return sentences


def _progressed(measured: Measured, m: MeasuredIndicator) -> str:
    renstra, year = measured.agency.renstra, measured.agency.year
    if m.progress is None or m.progress.percent is None or m.end_target is None:
        why = m.progress.note.rstrip(".") if m.progress else "target akhir renstra tidak ada"
        return f"Tingkat Kemajuan Sasaran {goal_words(m)} tidak dapat dihitung: {why}."
    lower = m.indicator.direction is Direction.LOWER
    subject = f"{'Ratio ' if lower else ''}Tingkat Kemajuan Sasaran {goal_words(m)}"
    word = "sebesar" if lower else "diperoleh ratio persentase sebesar"
    opening = (
        f"{subject} {word} {format_percent(m.progress.percent)}{marks(m.realisasi)} antara realisasi kinerja "
        f"tahun {year.year} sebesar {show_realisasi(m.realisasi)}{summed(m)} dan target pada akhir tahun "
        f"{renstra.last_year} sebesar {write_value(m.end_target)}."
    )
    if m.progress.reached:
        verb = "melampaui" if exceeds(m.progress.percent) else "mencapai"
        verdict = f"capaian tahun ini sudah {verb} target akhir periode renstra"
        reason = _reason(measured, m.id, "reached")
        return f"{opening} Hal ini menandakan bahwa {verdict}{reason}{caution(m)}."
    if m.standing is Standing.NOT_COMPUTABLE:
        return f"{opening} Capaian tahun ini tidak dapat dihitung: {_why(m)}{caution(m)}."
    if m.reached:
        verb = "melampaui" if exceeds(m.percent) else "memenuhi"
        verdict = (
            f"capaian tahun ini sudah {verb} target tahun {year.year} yang ditetapkan akan tetapi masih "
            "membutuhkan usaha untuk mencapai target akhir periode renstra"
        )
    else:
        verdict = (
            f"capaian tahun ini belum memenuhi target tahun {year.year} yang ditetapkan dan membutuhkan "
            "kinerja yang lebih baik untuk mencapai target akhir periode renstra"
            f"{_reason(measured, m.id, 'not_reached')}"
        )
    return f"{opening} Hal ini menunjukkan bahwa {verdict}{caution(m)}."


def against_standard(measured: Measured) -> list[str]:
    """What table ``standar`` shows, where both figures are there; the print says nothing under it."""
    year = measured.agency.year.year
    sentences = []
    for placed in interleaved(measured.agency):
        m = measured.indicators[placed.indicator]
        for standard in m.standards:
            ours, theirs = m.realisasi.value, standard.value
            if m.against(standard) is None or not (
                isinstance(ours, Quantity) and isinstance(theirs, Quantity)
            ):
                continue
            shown = round_half_up(ours.amount, 2), round_half_up(theirs.amount, 2)
            place = compare_shown(ours.amount, theirs.amount, shown)
            of_year = "" if standard.year == year else f" (angka tahun {standard.year})"
            sentences.append(
                f"{m.indicator.name} tahun {year} sebesar {show_realisasi(m.realisasi)} {place} angka "
                f"{standard.spoken} sebesar {write_value(theirs)}{of_year}{caution(m)}."
            )
    return sentences


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
    place = "masih diatas" if shown > limits.good else "tepat" if shown == limits.good else "masih dibawah"
    sentences = [
        f"Dari tabel diatas dapat disimpulkan bahwa realisasi anggaran {measured.agency.office.name} "
        f"sebesar {format_percent(total)}{budget_mark(measured)}, {place} "
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
        return [*sentences, f"Tidak ada kegiatan yang realisasi anggarannya dibawah {limit}."]
    listed = [
        f"{_ordinal(place)}{p.row.name} "
        f"{write_percent(p.spending.absorbed if p.spending else None, limits.low)}"
        f"{_reason(measured, p.row.key, 'low_absorption')}"
        for place, p in enumerate(low)
    ]
    sentences.append(
        f"Terdapat {len(low)} kegiatan yang berada dibawah {limit} realisasi anggarannya yaitu "
        f"{join_words(listed)}."
    )
    return sentences


def efficiency_of_goals(measured: Measured) -> list[str]:
    """The explanation of table ``efisiensi``: every indicator of a tujuan with the sasaran beside it."""
    groups: list[list[MeasuredIndicator]] = []
    tujuan_of: dict[int, list[list[MeasuredIndicator]]] = {}
    for placed in interleaved(measured.agency):
        m = measured.indicators[placed.indicator]
        own = tujuan_of.setdefault(placed.number, [])
        if isinstance(m.goal, Tujuan) or not own:
            own.append([m])
            groups.append(own[-1])
        else:
            own[-1].append(m)
    return [_group_efficiency(measured, group) for group in groups]


def _group_efficiency(measured: Measured, group: Sequence[MeasuredIndicator]) -> str:
    parts = [_one_efficiency(m) for m in group]
    joined = parts[0]
    for before, m, part in zip(group, group[1:], parts[1:], strict=False):
        alike = before.efficient is not None and before.efficient == m.efficient
        joined += f" {'begitu juga' if alike else 'sedangkan'} {part}"
    first = group[0]
    when = "waiting" if first.efficient is None else "efficient" if first.efficient else "inefficient"
    reason = _reason(measured, first.id, when)
    text = f"{joined}{',' if reason else ''}{reason}."
    return text[0].upper() + text[1:]


def _one_efficiency(m: MeasuredIndicator) -> str:
    kind = "Tujuan" if isinstance(m.goal, Tujuan) else "Sasaran"
    several = len(m.goal.indicators) > 1
    name = f"pada indikator {kind} {m.indicator.name if several else m.goal.text}"
    if m.efficiency is None:
        because = (
            f"karena masih {waiting_words(m)}"
            if m.waiting
            else "karena capaiannya tidak dapat dihitung"
            if m.percent is None
            else "karena serapan anggaran tidak ada"
        )
        return f"{name} belum bisa ditentukan tingkat efisiensinya {because}"
    level = "tinggi (efisien)" if m.efficient else "rendah (tidak efisien)"
    return f"{name} tingkat efisiensi sebesar {show_efficiency(m)} menunjukkan tingkat efisiensi yang {level}"


def efficiency_of_programs(measured: Measured) -> list[str]:
    """The explanation of table ``efisiensi-program``; nothing where no efficiency is known."""
    known = [p for p in measured.programs if p.efficient is not None]
    if not known:
        return []
    low = [p for p in known if not p.efficient]
    start = "Dari seluruh Program dan kegiatan Tingkat efisiensi dari perbandingan kinerja pegawai dan "
    ratio = measured.rules.efficiency.meaning is Meaning.RATIO
    if not low:
        why = " karena nilainya ≥ 1" if ratio else ""
        return [f"{start}penyerapan anggaran bisa dikatakan efisien{why}."]
    names = join_words([f"{p.row.name} ({show_level(p)})" for p in low])
    said = "nilainya < 1 pada" if ratio else "target tidak tercapai atau tidak ada sisa anggaran pada"
    return [f"{start}penyerapan anggaran belum seluruhnya efisien: {said} {names}."]


def _realisasi_words(m: MeasuredIndicator) -> str:
    if m.realisasi.value is None:
        return f"realisasi yang tidak dapat dihitung: {_why(m)}"
    return f"realisasinya sebesar {show_realisasi(m.realisasi)}{summed(m)} dengan {_capaian_words(m)}"


def _capaian_words(m: MeasuredIndicator) -> str:
    if m.percent is None:
        return f"capaian yang tidak dapat dihitung: {_why(m)}"
    verdict = f"{'telah' if m.reached else 'belum'} memenuhi capaian target kinerja"
    beyond = " dan melampauinya" if m.reached and exceeds(m.percent) else ""
    stated = " yang dinyatakan kantor, tidak dihitung," if m.indicator.formula is Formula.STATED else ""
    return f"Capaian kinerja {show_percent(m)}{stated} {verdict}{beyond}"


def _why(m: MeasuredIndicator) -> str:
    """Why a capaian is not computable, within a sentence."""
    why = m.why_not_computable.rstrip(".")
    return why[:1].lower() + why[1:]


def _reason(measured: Measured, subject: str, when: str) -> str:
    reasons = measured.agency.year.reasons
    texts = [r.text for r in reasons if r.subject == subject and r.when in (when, "always")]
    return f" {' '.join(texts)}" if texts else ""


def _ordinal(place: int) -> str:
    return f"{ORDINALS[place]} " if place < len(ORDINALS) else ""
