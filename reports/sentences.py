"""The sentences that state a figure or a condition: the "Uraian penjelasan tabel", made from data.

The wording is the printed report's. A sentence about a waiting indicator says so and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from capaian.category import category
from capaian.measure import Direction
from core.numbers import format_percent, format_rupiah
from office.schema import Level, Tujuan
from reports.budget.words import budget_caution, budget_mark, budget_sentences
from reports.cautions import basis_of, caution, caution_of
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram
from reports.prices.words import comparison_sentence, price_sentences
from reports.reported import waiting_by_reason, waiting_words, waits_for_bps
from reports.tables.parts import interleaved
from reports.wording import (
    DAGGER,
    join_words,
    marks,
    show_efficiency,
    show_percent,
    show_realisasi,
    write_percent,
    write_ratio,
    write_value,
)

LOW_ABSORPTION = Decimal(70)
GOOD_ABSORPTION = Decimal(80)
ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan")
NO_AVERAGE = "belum bisa dihitung persentase rata-ratanya karena masih"
Sentences = dict[str, tuple[str, ...]]


def build_sentences(measured: Measured) -> Sentences:
    """All sentences made from data, by the place where they stand.

    Returns:
        By ``kata-pengantar``, the numbers of the tables they explain, and ``bab-4.*``.
    """
    prices = price_sentences(measured)
    compared = comparison_sentence(measured)
    return {
        "kata-pengantar": (foreword(measured),),
        "3.2": tuple(key_results(measured)),
        "3.3": tuple(comparison(measured)),
        "3.4": tuple(progress(measured)),
        "3.5": tuple(against_standard(measured)),
        "3.7": (support(measured),) if measured.agency.year.supports else (),
        **({"harga": prices} if prices else {}),
        **({"3.7a": (compared,)} if compared else {}),
        "3.8": (*absorption(measured), *budget_sentences(measured)) if measured.has_budget else (),
        "3.9": tuple(efficiency_of_goals(measured)) if measured.has_budget else (),
        "3.10": tuple(efficiency_of_programs(measured)),
        "bab-4.rata-rata": tuple(averages(measured)),
        "bab-4.pencapaian": (achievement(measured),) if measured.objectives else (),
        "bab-4.anggaran": (budget(measured),) if measured.has_budget else (),
    }


def foreword(measured: Measured) -> str:
    """How the year went, in one sentence of the foreword."""
    known = [m for m in measured.objectives if not m.waiting]
    reached = [m for m in known if m.reached]
    missed = [m for m in measured.indicators.values() if not m.waiting and not m.reached]
    general = (
        "Secara umum capaian kinerja sasaran telah sesuai dengan rencana yang telah ditetapkan"
        if known and len(reached) * 2 > len(known)
        else "Capaian kinerja sasaran belum sesuai dengan rencana yang telah ditetapkan"
    )
    rests = []
    if missed:
        names = join_words([m.indicator.short_name for m in missed])
        rests.append(f"{len(missed)} indikator belum menunjukkan capaian sesuai target ({names})")
    for reason, waiting in waiting_by_reason(measured.waiting):
        names = join_words([m.indicator.short_name for m in waiting])
        rests.append(f"{len(waiting)} indikator masih {reason} ({names})")
    whole = f"{general}, meskipun {join_words(rests)}" if rests else general
    return f"{whole}{basis_of([*known, *missed])}."


def key_results(measured: Measured) -> list[str]:
    """The explanation of table 3.2."""
    sentences = [
        f"Untuk Tujuan/Sasaran Capaian dan Realisasi {m.goal.text} dari target kinerja sebesar "
        f"{write_value(m.target)} dan realisasinya sebesar {show_realisasi(m.realisasi)} dengan "
        f"{_capaian_words(m)}{caution(m)}."
        for m in measured.headline
        if not m.waiting
    ]
    for reason, waiting in waiting_by_reason(measured.headline):
        goals = " serta ".join(m.goal.text for m in waiting)
        # The print writes BPS's release here as in the cells of the table.
        said = next((m.realisasi.reason for m in waiting if waits_for_bps(m, measured.agency)), reason)
        sentences.append(f"Untuk Tujuan/Sasaran Capaian dan Realisasi {goals} masih {said}.")
    return sentences


def comparison(measured: Measured) -> list[str]:
    """The explanation of table 3.3; nothing where nothing of the year before is known."""
    if not any(m.previous or m.previous_target for m in measured.headline):
        return []
    sentences = [_compared(measured, m) for m in measured.headline if not m.waiting]
    for reason, waiting in waiting_by_reason(measured.headline):
        goals = " serta ".join(m.goal.text for m in waiting)
        sentences.append(
            f"Untuk Perbandingan Tujuan/Sasaran Capaian dan Realisasi {goals} belum bisa "
            f"dilakukan perhitungan karena masih {reason}."
        )
    return sentences


def _compared(measured: Measured, m: MeasuredIndicator) -> str:
    year = measured.agency.year
    start = f"Untuk Perbandingan Tujuan/Sasaran Capaian dan Realisasi {m.goal.text} pada Tahun {year.year} "
    before = m.previous_capaian.percent if m.previous_capaian else None
    if m.percent is None or before is None:
        return f"{start}belum dapat dibandingkan karena capaian tahun {year.previous_year} tidak tersedia."
    said = f"{start}Capaian Kinerja sebesar {show_percent(m)}"
    reach = f"tahun {year.previous_year} yang meraih capaian kinerja sebesar {write_percent(before)}"
    if m.percent == before:
        return f"{said} sama dengan {reach}{caution(m)}."
    if m.percent > before:
        return f"{said} lebih tinggi dari {reach}{caution(m)}."
    targets = ""
    if m.previous_target is not None and m.previous_target != m.target:
        targets = f"; targetnya berubah dari {write_value(m.previous_target)} menjadi {write_value(m.target)}"
    return f"{said} lebih rendah dari {reach}{targets}{caution(m)}."


def progress(measured: Measured) -> list[str]:
    """The explanation of table 3.4: those known in the order of the table, then those that wait."""
    listed = measured.with_end_target
    sentences = [_progressed(measured, m) for m in listed if not m.waiting]
    for reason, waiting in waiting_by_reason(listed):
        goals = join_words([m.goal.text for m in waiting])
        sentences.append(f"Tingkat Kemajuan Sasaran {goals} belum bisa dihitung karena masih {reason}.")
    return sentences


def _progressed(measured: Measured, m: MeasuredIndicator) -> str:
    renstra, year = measured.agency.renstra, measured.agency.year
    if m.progress is None or m.progress.percent is None or m.end_target is None:
        return f"Tingkat Kemajuan Sasaran {m.goal.text} tidak dapat dihitung: target akhir renstra tidak ada."
    lower = m.indicator.direction is Direction.LOWER
    subject = f"{'Ratio ' if lower else ''}Tingkat Kemajuan Sasaran {m.goal.text}"
    word = "sebesar" if lower else "diperoleh ratio persentase sebesar"
    opening = (
        f"{subject} {word} {format_percent(m.progress.percent)}{marks(m.realisasi)} antara realisasi kinerja "
        f"tahun {year.year} sebesar {show_realisasi(m.realisasi)} dan target pada akhir tahun "
        f"{renstra.last_year} sebesar {write_value(m.end_target)}."
    )
    if m.progress.reached:
        verb = "melampaui" if m.progress.percent > 100 else "mencapai"
        verdict = f"capaian tahun ini sudah {verb} target akhir periode renstra"
        reason = _reason(measured, m.id, "reached")
        return f"{opening} Hal ini menandakan bahwa {verdict}{reason}{caution(m)}."
    if m.reached:
        verb = "melampaui" if m.percent is not None and m.percent > 100 else "memenuhi"
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
    """What table 3.5 shows, where both figures are there; the print says nothing under it."""
    year = measured.agency.year.year
    sentences = []
    for placed in interleaved(measured.agency):
        m = measured.indicators[placed.indicator]
        if m.against_national is None or m.national is None:
            continue
        place = (
            "sama dengan"
            if m.against_national == 100
            else "lebih tinggi dari"
            if m.against_national > 100
            else "lebih rendah dari"
        )
        of_year = "" if m.national.year == year else f" (angka tahun {m.national.year})"
        sentences.append(
            f"{m.indicator.name} tahun {year} sebesar {show_realisasi(m.realisasi)} {place} angka nasional "
            f"sebesar {write_value(m.national.value)}{of_year}{caution(m)}."
        )
    return sentences


def support(measured: Measured) -> str:
    """The explanation of table 3.7."""
    supports = measured.agency.year.supports
    against = [s.indicator for s in supports if s.verdict.casefold() != "menunjang"]
    missing = [m.id for m in measured.objectives if m.id not in {s.indicator for s in supports}]
    start = "Dari tabel 3.7 ditampilkan bahwa program, kegiatan, dan sub kegiatan yang dilaksanakan mendukung"
    office = measured.agency.office.name
    if not against and not missing:
        return f"{start} semua sasaran strategis yang menjadi tupoksi dari {office}."
    goals = join_words([measured.indicators[i].goal.text for i in (*against, *missing)])
    return f"{start} sasaran strategis yang menjadi tupoksi dari {office}, kecuali {goals}."


def absorption(measured: Measured) -> list[str]:
    """The explanation of table 3.8."""
    total = measured.total.absorbed
    if total is None:
        return ["Tidak ada anggaran yang dapat dibandingkan."]
    place = (
        "masih diatas"
        if total > GOOD_ABSORPTION
        else "tepat"
        if total == GOOD_ABSORPTION
        else "masih dibawah"
    )
    sentences = [
        f"Dari tabel diatas dapat disimpulkan bahwa realisasi anggaran {measured.agency.office.name} "
        f"sebesar {format_percent(total)}{budget_mark(measured)}, {place} "
        f"{format_percent(GOOD_ABSORPTION, 0)}"
        f"{budget_caution(measured)}."
    ]
    kegiatan = [p for p in measured.programs if p.row.level is Level.KEGIATAN and p.spending]
    if not kegiatan:
        return sentences
    low = [
        p
        for p in kegiatan
        if p.spending and p.spending.absorbed is not None and p.spending.absorbed < LOW_ABSORPTION
    ]
    limit = format_percent(LOW_ABSORPTION, 0)
    if not low:
        return [*sentences, f"Tidak ada kegiatan yang realisasi anggarannya dibawah {limit}."]
    listed = [
        f"{_ordinal(place)}{p.row.name} {write_percent(p.spending.absorbed if p.spending else None)}"
        f"{_reason(measured, p.row.key, 'absorption_below_70')}"
        for place, p in enumerate(low)
    ]
    sentences.append(
        f"Terdapat {len(low)} kegiatan yang berada dibawah {limit} realisasi anggarannya yaitu "
        f"{join_words(listed)}."
    )
    return sentences


def efficiency_of_goals(measured: Measured) -> list[str]:
    """The explanation of table 3.9: every indicator of a tujuan with the sasaran beside it."""
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
    several = isinstance(m.goal, Tujuan) and len(m.goal.indicators) > 1
    name = f"pada indikator {kind} {m.indicator.name if several else m.goal.text}"
    if m.efficiency is None:
        because = f"karena masih {waiting_words(m)}" if m.waiting else "karena serapan atau capaian tidak ada"
        return f"{name} belum bisa ditentukan tingkat efisiensinya {because}"
    level = "tinggi (efisien)" if m.efficient else "rendah (tidak efisien)"
    return f"{name} tingkat efisiensi sebesar {show_efficiency(m)} menunjukkan tingkat efisiensi yang {level}"


def efficiency_of_programs(measured: Measured) -> list[str]:
    """The explanation of table 3.10; nothing where no efficiency is known."""
    known = [p for p in measured.programs if p.efficiency is not None]
    if not known:
        return []
    low = [p for p in known if p.efficiency is not None and p.efficiency < 1]
    start = "Dari seluruh Program dan kegiatan Tingkat efisiensi dari perbandingan kinerja pegawai dan "
    if not low:
        return [f"{start}penyerapan anggaran bisa dikatakan efisien karena nilainya ≥ 1."]
    names = join_words([f"{p.row.name} ({_show_ratio(p)})" for p in low])
    return [f"{start}penyerapan anggaran belum seluruhnya efisien: nilainya < 1 pada {names}."]


def averages(measured: Measured) -> list[str]:
    """The averages of BAB IV; while one waits there is none."""
    renstra = measured.agency.renstra
    groups = (
        ("tujuan", len(renstra.tujuan), measured.goals, measured.average_of_goals),
        ("sasaran", sum(len(t.sasaran) for t in renstra.tujuan), measured.objectives,
         measured.average_of_objectives),
    )  # fmt: skip
    sentences = []
    for word, count, members, mean in (group for group in groups if group[2]):
        start = f"{count} {word} terdiri dari {len(members)} indikator kinerja dengan capaian kinerja"
        if any(m.waiting for m in members):
            sentences.append(f"{start} {_no_average(measured, members)}.")
        elif mean is None:
            sentences.append(f"{start} yang rata-ratanya tidak dapat dihitung.")
        else:
            signs = max((marks(m.realisasi) for m in members), key=len)
            level = f"{write_percent(mean)}{signs} dengan kategori {category(mean).name}"
            sentences.append(f"{start} rata-rata sebesar {level}{caution_of(members)}.")
    return sentences


def achievement(measured: Measured) -> str:
    """How many sasaran reached their target, in BAB IV."""
    reached = [m for m in measured.objectives if m.reached]
    waiting = [m for m in measured.objectives if m.waiting]
    missed = [m for m in measured.objectives if not m.waiting and not m.reached]
    count = sum(len(t.sasaran) for t in measured.agency.renstra.tujuan)
    start = f"Dari hasil pengukuran terhadap pencapaian sebanyak {count} sasaran tersebut,"
    goal = "target yang ditetapkan dalam perjanjian kinerja"
    basis = basis_of([*reached, *missed])
    if not waiting and not missed:
        return f"{start} semua sasaran telah mencapai {goal}{basis}."
    parts = [f"{len(reached)} indikator sasaran telah mencapai {goal}"] if reached else []
    if missed:
        names = join_words([m.goal.text for m in missed])
        parts.append(f"{len(missed)} indikator sasaran belum mencapai target ({names})")
    for reason, members in waiting_by_reason(waiting):
        names = join_words([m.goal.text for m in members])
        parts.append(f"{len(members)} indikator sasaran masih {reason} ({names})")
    return f"{start} {join_words(parts)}{basis}."


def budget(measured: Measured) -> str:
    """Budget, spending, serapan and efisiensi of the whole office, in BAB IV."""
    office, year, total = measured.agency.office, measured.agency.year.year, measured.total
    levels = [
        (p.efficiency, _show_ratio(p))
        for p in measured.programs
        if p.row.level is Level.PROGRAM and p.efficiency is not None
    ]
    low = sum(level < 1 for level, _ in levels)
    efficient = f" dan nilai efisiensi anggaran {low} dari {len(levels)} program sebesar < 1" if low else ""
    if levels and not low:
        efficient = f" dan nilai efisiensi anggaran semua program sebesar ≥ 1 (terendah {min(levels)[1]})"
    absorbed = write_percent(total.absorbed)
    return (
        f"Dalam Tahun Anggaran {year} untuk pelaksanaan program dan kegiatan pada {office.name} dalam "
        "mencapai target kinerja yang ingin dicapai dianggarkan melalui Anggaran Pendapatan dan Belanja "
        f"Daerah (APBD) {office.region} Tahun Anggaran {year} sebesar {format_rupiah(total.budget)} "
        f"sedangkan realisasi anggaran mencapai {format_rupiah(total.spent)}, dengan demikian dapat "
        f"dikatakan tahun {year} serapan anggaran sebesar {absorbed}"
        f"{efficient}{budget_caution(measured)}."
    )


def _show_ratio(program: MeasuredProgram) -> str:
    return write_ratio(program.efficiency) + (DAGGER if program.illustrative else "")


def _capaian_words(m: MeasuredIndicator) -> str:
    if m.capaian is None or m.percent is None:
        return f"capaian yang tidak dapat dihitung: {m.capaian.note if m.capaian else ''}"
    verdict = f"{'telah' if m.reached else 'belum'} memenuhi capaian target kinerja"
    beyond = " dan melampauinya" if m.reached and m.percent > 100 else ""
    return f"Capaian kinerja {show_percent(m)} {verdict}{beyond}"


def _no_average(measured: Measured, members: Sequence[MeasuredIndicator]) -> str:
    """Why there is no average: of BPS's release the print has these words."""
    reasons = [
        "menunggu rilis PDRB dari BPS" if waits_for_bps(waiting[0], measured.agency) else reason
        for reason, waiting in waiting_by_reason(members)
    ]
    return f"{NO_AVERAGE} {join_words(reasons)}"


def _reason(measured: Measured, subject: str, when: str) -> str:
    reasons = measured.agency.year.reasons
    texts = [r.text for r in reasons if r.subject == subject and r.when in (when, "always")]
    return f" {' '.join(texts)}" if texts else ""


def _ordinal(place: int) -> str:
    return f"{ORDINALS[place]} " if place < len(ORDINALS) else ""
