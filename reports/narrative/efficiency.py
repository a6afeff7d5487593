"""The explanation of table ``efisiensi``: what was reached beside the money that was spent for it."""

from __future__ import annotations

from collections.abc import Sequence

from capaian.rules import Meaning
from office.schema import Tujuan
from reports import traced
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import awaited
from reports.narrative.reasons import reason_of
from reports.tables.parts import interleaved
from reports.wording import show_efficiency

KNOWN = (
    "indikator {kind} {name} memiliki tingkat efisiensi {level} yang tergolong {class_}",
    "tingkat efisiensi indikator {kind} {name} tercatat {level} dan tergolong {class_}",
    "pada indikator {kind} {name}, tingkat efisiensi {level} tergolong {class_}",
)
UNKNOWN = (
    "indikator {kind} {name} belum dapat ditentukan tingkat efisiensinya karena {why}",
    "tingkat efisiensi indikator {kind} {name} belum dapat ditentukan karena {why}",
    "pada indikator {kind} {name}, tingkat efisiensi belum dapat ditentukan karena {why}",
)


def efficiency_of_goals(measured: Measured) -> list[str]:
    """A sentence for every indicator of a tujuan with those of the sasaran beside it."""
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
    return [_of_group(measured, group, place) for place, group in enumerate(groups)]


def _of_group(measured: Measured, group: Sequence[MeasuredIndicator], place: int) -> str:
    parts = [_of_one(m, place + further) for further, m in enumerate(group)]
    joined = parts[0]
    for before, m, part in zip(group, group[1:], parts[1:], strict=False):
        alike = (before.efficient, before.waiting) == (m.efficient, m.waiting)
        joined += f"; {'begitu juga' if alike else 'sedangkan'} {part}"
    first = group[0]
    when = "waiting" if first.efficient is None else "efficient" if first.efficient else "inefficient"
    reason = reason_of(measured, first.id, when)
    return f"{joined[:1].upper()}{joined[1:]}{',' if reason else ''}{reason}."


def _of_one(m: MeasuredIndicator, place: int) -> str:
    kind = "tujuan" if isinstance(m.goal, Tujuan) else "sasaran"
    if m.efficiency is None:
        why = (
            f"realisasinya masih {awaited(m)}"
            if m.waiting
            else "capaiannya tidak dapat dihitung"
            if m.percent is None
            else "serapan anggaran tidak ada"
        )
        return UNKNOWN[place % len(UNKNOWN)].format(kind=kind, name=m.indicator.name, why=why)
    # Money left over is no measure of its own: a high share with a missed target is not efficient.
    percent = m.rules.efficiency.meaning is not Meaning.RATIO
    verdict = "efisien" if m.efficient else "tidak efisien"
    return KNOWN[place % len(KNOWN)].format(
        kind=kind,
        name=m.indicator.name,
        level=f"{'sebesar ' if percent else ''}{traced.told(m.id, show_efficiency(m))}",
        class_=verdict if percent else f"{'tinggi' if m.efficient else 'rendah'} ({verdict})",
    )
