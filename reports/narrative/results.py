"""The explanation of table ``capaian``: target, realisasi, capaian and category of each indicator."""

from __future__ import annotations

from reports.cautions import caution
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import (
    awaited,
    beside_target,
    capaian_words,
    is_lower,
    realisasi_words,
    revision,
    say,
    target_words,
    why_not,
)
from reports.standing import Standing
from reports.wording import exceeds

FAR = 200
"""Above this capaian in per cent a target is said to be far exceeded, and nothing more: why is not known."""
JUDGED = (
    "{subject}{at} ditargetkan {target} dan terealisasi {realisasi}, sehingga capaiannya {capaian} dengan "
    "kategori {category}; target {verdict}{end}",
    "{on}target {target} untuk {subject} {verdict}; realisasinya {realisasi} dengan capaian {capaian}, "
    "kategori {category}{end}",
    "realisasi {subject}{at} tercatat {realisasi}, {beside} target {target}, dengan capaian {capaian} dan "
    "kategori {category}{end}",
)
NOT_COMPUTABLE = (
    "{subject}{at} ditargetkan {target} dan terealisasi {realisasi}, tetapi capaiannya tidak dapat "
    "dihitung: {why}{end}",
    "{on}{subject} dengan target {target} dan realisasi {realisasi} tidak dapat dihitung capaiannya: "
    "{why}{end}",
    "realisasi {subject}{at} tercatat {realisasi} dengan target {target}, tetapi capaiannya tidak dapat "
    "dihitung: {why}{end}",
)
NOTHING_COMPUTABLE = (
    "{subject}{at} ditargetkan {target}, tetapi realisasinya tidak dapat dihitung: {why}{end}",
    "{on}{subject} dengan target {target} tidak dapat dihitung realisasinya: {why}{end}",
    "realisasi {subject}{at} dengan target {target} tidak dapat dihitung: {why}{end}",
)
WAITING = (
    "{subject}{at} ditargetkan {target}; realisasinya masih {awaited}",
    "{on}{subject} dengan target {target} belum dapat diukur karena realisasinya masih {awaited}",
    "realisasi {subject}{at} dengan target {target} masih {awaited}",
)


def key_results(measured: Measured) -> list[str]:
    """A sentence for each indicator of the table, in its order."""
    return [result(m, place) for place, m in enumerate(measured.headline)]


def result(m: MeasuredIndicator, place: int) -> str:
    """What an indicator reached of its target.

    Args:
        m: The indicator.
        place: In its list, counted from 0.
    """
    target = target_words(m, m.target)
    if m.standing is Standing.WAITING:
        return say(WAITING, place, m, target=target, awaited=awaited(m))
    end = f"{revision(m)}{caution(m)}"
    if m.standing is Standing.NOT_COMPUTABLE:
        patterns = NOTHING_COMPUTABLE if m.realisasi.value is None else NOT_COMPUTABLE
        return say(patterns, place, m, target=target, realisasi=realisasi_words(m), why=why_not(m), end=end)
    return say(
        JUDGED,
        place,
        m,
        target=target,
        realisasi=realisasi_words(m),
        capaian=capaian_words(m),
        category=m.category.name if m.category else "",
        verdict=_verdict(m),
        beside=_beside(m),
        end=end,
    )


def _verdict(m: MeasuredIndicator) -> str:
    """Behind ``target``: whether it is reached; of less is better, on which side of it the result lies."""
    stands = beside_target(m) if is_lower(m) else ""
    if not m.reached:
        return f"belum tercapai karena hasilnya {stands} daripada target" if stands else "belum tercapai"
    if stands:
        return f"telah tercapai dengan hasil {_far(m)}{stands} daripada target"
    return f"telah {_far(m)}terlampaui" if exceeds(m.percent) else "telah tercapai"


def _beside(m: MeasuredIndicator) -> str:
    """Before ``target``: how the realisasi stands to it."""
    stands = beside_target(m) if is_lower(m) else ""
    if not m.reached:
        return f"{stands} daripada target sehingga belum memenuhi" if stands else "belum memenuhi"
    if stands:
        return f"{_far(m)}{stands} daripada target sehingga telah memenuhi"
    return f"telah {_far(m)}melampaui" if exceeds(m.percent) else "telah memenuhi"


def _far(m: MeasuredIndicator) -> str:
    return "jauh " if m.percent is not None and m.percent > FAR else ""
