"""The sentences that judge the whole year: the foreword's and those of BAB IV.

Each indicator is counted once: reached, missed, waiting for whom, or not computable.
"""

from __future__ import annotations

from collections.abc import Sequence

from capaian.rules import Meaning
from core.lists import join_words
from core.numbers import format_rupiah
from office.schema import Level
from reports import traced
from reports.budget.words import budget_caution
from reports.cautions import basis_of, caution_of
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram
from reports.reported import waiting_by_reason, waits_for_bps
from reports.standing import tally
from reports.wording import DAGGER, marks_of, write_level, write_percent

NO_AVERAGE = "belum bisa dihitung persentase rata-ratanya karena"
NOT_COMPUTABLE = "tidak dapat dihitung capaiannya"


def foreword(measured: Measured) -> str:
    """How the year went, in one sentence of the foreword."""
    objectives, everything = tally(measured.objectives), measured.tally
    general, joint = "Capaian kinerja sasaran belum sesuai dengan rencana yang telah ditetapkan", "dengan"
    if not objectives.judged:
        general, joint = "Capaian kinerja sasaran belum dapat dinilai", "karena"
    elif len(objectives.reached) * 2 > len(objectives.judged):
        general = "Secara umum capaian kinerja sasaran telah sesuai dengan rencana yang telah ditetapkan"
        joint = "meskipun"
    rests = []
    if everything.missed:
        names = _names(everything.missed)
        rests.append(
            f"{_counted(everything.missed)} indikator belum menunjukkan capaian sesuai target ({names})"
        )
    for reason, waiting in waiting_by_reason(everything.waiting):
        rests.append(f"{_counted(waiting)} indikator masih {reason} ({_names(waiting)})")
    if everything.not_computable:
        names = _names(everything.not_computable)
        rests.append(f"{_counted(everything.not_computable)} indikator {NOT_COMPUTABLE} ({names})")
    whole = f"{general}, {joint} {join_words(rests)}" if rests else general
    return f"{whole}{basis_of([*objectives.judged, *everything.missed])}."


def averages(measured: Measured) -> list[str]:
    """The averages of BAB IV, as the office's rules take them."""
    renstra = measured.agency.renstra
    groups = (
        ("tujuan", len(renstra.tujuan), measured.goals),
        ("sasaran", sum(len(t.sasaran) for t in renstra.tujuan), measured.objectives),
    )
    return [_average(measured, word, count, members) for word, count, members in groups if members]


def _average(measured: Measured, word: str, count: int, members: Sequence[MeasuredIndicator]) -> str:
    start = f"{count} {word} terdiri dari {len(members)} indikator kinerja dengan capaian kinerja"
    mean = measured.average(members)
    if mean is None:
        return f"{start} {NO_AVERAGE} {join_words(_why_no_average(measured, members))}."
    known = tally(members).judged
    signs = marks_of(m.realisasi for m in known)
    category = measured.rules.categories.find(mean).name
    of = f", dari {len(known)} dari {len(members)} indikator" if len(known) < len(members) else ""
    led = traced.told(traced.AVERAGES[word], write_percent(mean) + signs)
    return f"{start} rata-rata sebesar {led} dengan kategori {category}{of}{caution_of(known)}."


def _why_no_average(measured: Measured, members: Sequence[MeasuredIndicator]) -> list[str]:
    """What stands in the way of an average: of BPS's release the print has these words."""
    reasons = [
        "masih menunggu rilis PDRB dari BPS"
        if waits_for_bps(waiting[0], measured.agency)
        else f"masih {reason}"
        for reason, waiting in waiting_by_reason(members)
    ]
    missing = tally(members).not_computable
    if missing:
        reasons.append(f"{len(missing)} indikator {NOT_COMPUTABLE} ({_names(missing)})")
    return reasons


def achievement(measured: Measured) -> str:
    """How many indicators of sasaran reached their target, in BAB IV."""
    found = tally(measured.objectives)
    count = sum(len(t.sasaran) for t in measured.agency.renstra.tujuan)
    start = f"Dari hasil pengukuran terhadap pencapaian sebanyak {count} sasaran tersebut,"
    goal = "target yang ditetapkan dalam perjanjian kinerja"
    basis = basis_of(found.judged)
    if len(found.reached) == len(measured.objectives):
        return f"{start} semua sasaran telah mencapai {goal}{basis}."
    parts = [f"{_of_sasaran(found.reached)} indikator sasaran telah mencapai {goal}"] if found.reached else []
    if found.missed:
        names = _full_names(found.missed)
        parts.append(f"{_of_sasaran(found.missed)} indikator sasaran belum mencapai target ({names})")
    for reason, members in waiting_by_reason(found.waiting):
        parts.append(f"{_of_sasaran(members)} indikator sasaran masih {reason} ({_full_names(members)})")
    if found.not_computable:
        names = _full_names(found.not_computable)
        parts.append(f"{_of_sasaran(found.not_computable)} indikator sasaran {NOT_COMPUTABLE} ({names})")
    return f"{start} {join_words(parts)}{basis}."


def _counted(members: Sequence[MeasuredIndicator]) -> str:
    """How many of all indicators, which the card names."""
    return traced.told(traced.COUNTED, str(len(members)))


def _of_sasaran(members: Sequence[MeasuredIndicator]) -> str:
    """The same of those of sasaran."""
    return traced.told(traced.OBJECTIVES, str(len(members)))


def _names(members: Sequence[MeasuredIndicator]) -> str:
    return join_words([m.indicator.short_name for m in members])


def _full_names(members: Sequence[MeasuredIndicator]) -> str:
    return join_words([m.indicator.name for m in members])


def budget(measured: Measured) -> str:
    """Budget, spending, serapan and efisiensi of the whole office, in BAB IV."""
    office, year, total = measured.agency.office, measured.agency.year.year, measured.total
    if total.absorbed is None:
        return "Anggaran tidak ada dalam data, sehingga serapan dan tingkat efisiensinya tidak dihitung."
    efficient = f" dan {_efficient_programs(measured)}" if measured.programs_have_targets else ""
    budgeted, spent, absorbed = (
        traced.told(traced.TOTAL, text)
        for text in (
            format_rupiah(total.budget),
            format_rupiah(total.spent),
            write_percent(total.absorbed),
        )
    )
    return (
        f"Dalam Tahun Anggaran {year} untuk pelaksanaan program dan kegiatan pada {office.name} dalam "
        "mencapai target kinerja yang ingin dicapai dianggarkan melalui Anggaran Pendapatan dan Belanja "
        f"Daerah (APBD) {office.region} Tahun Anggaran {year} sebesar {budgeted}, "
        f"sedangkan realisasi anggaran mencapai {spent}; dengan demikian dapat "
        f"dikatakan tahun {year} serapan anggaran sebesar {absorbed}"
        f"{efficient}{budget_caution(measured)}."
    )


def _efficient_programs(measured: Measured) -> str:
    """How many programs are efisien, and how far the least of them."""
    programs = [p for p in measured.programs if p.row.level is Level.PROGRAM and p.efficiency is not None]
    low = [p for p in programs if not p.efficient]
    ratio = measured.rules.efficiency.meaning is Meaning.RATIO
    if not programs:
        return "nilai efisiensi anggaran tidak dapat dihitung"
    if low:
        said = "adalah < 1" if ratio else "belum efisien"
        return f"nilai efisiensi anggaran {len(low)} dari {len(programs)} program {said}"
    least = show_level(min(programs, key=lambda p: p.efficiency or 0))
    return f"nilai efisiensi anggaran semua program {'adalah ≥ 1 ' if ratio else ''}(terendah {least})"


def show_level(program: MeasuredProgram) -> str:
    """The tingkat efisiensi of a program with its dagger, within a sentence."""
    shown = write_level(program.efficiency, program.rules) + (DAGGER if program.illustrative else "")
    return traced.told(traced.of_program(program), shown)
