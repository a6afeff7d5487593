"""The explanation of table ``tahun-lalu``: each indicator beside what it was in the year before."""

from __future__ import annotations

from decimal import Decimal

from capaian.values import Quantity, Value
from core.numbers import format_number, round_half_up
from reports import traced
from reports.cautions import caution
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import LOWER_IS_BETTER, awaited, is_lower, say, why_not
from reports.realisasi import Realisasi
from reports.wording import (
    compare_shown,
    show_percent,
    show_realisasi,
    shown_percent,
    write_percent,
    write_value,
)

MOVED = (
    "capaian {subject}{at} {capaian}{realisasi}{end}",
    "{on}capaian {subject} {capaian}{realisasi}{end}",
    "dibandingkan dengan tahun {before}, capaian {subject}{at} {short}{realisasi}{end}",
)
NO_EARLIER = (
    "capaian {subject}{at} sebesar {percent} pada tahun {year} belum dapat dibandingkan karena capaian "
    "tahun {before} tidak tersedia{end}",
    "{on}capaian {subject} pada tahun {year} sebesar {percent}, sedangkan capaian tahun {before} tidak "
    "tersedia sehingga belum dapat dibandingkan{end}",
    "karena capaian tahun {before} tidak tersedia, capaian {subject}{at} sebesar {percent} pada tahun {year} "
    "belum dapat dibandingkan{end}",
)
NOT_COMPUTABLE = (
    "capaian {subject}{at} tidak dapat dibandingkan dengan tahun {before} karena capaian tahun {year} tidak "
    "dapat dihitung: {why}",
    "{on}capaian {subject} pada tahun {year} tidak dapat dihitung sehingga tidak dapat dibandingkan dengan "
    "tahun {before}: {why}",
    "perbandingan capaian {subject}{at} dengan tahun {before} tidak dapat dilakukan karena capaian tahun "
    "{year} tidak dapat dihitung: {why}",
)
WAITING = (
    "capaian {subject}{at} belum dapat dibandingkan dengan tahun {before} karena realisasi tahun {year} "
    "masih {awaited}",
    "{on}capaian {subject} belum dapat dibandingkan dengan tahun {before}; realisasi tahun {year} masih "
    "{awaited}",
    "perbandingan capaian {subject}{at} dengan tahun {before} belum dapat dilakukan karena realisasi tahun "
    "{year} masih {awaited}",
)
_VERBS = {
    "lebih tinggi dari": "naik",
    "lebih rendah dari": "turun",
    "sama dengan": "tetap",
    "hampir sama dengan": "hampir tetap",
}


def comparison(measured: Measured) -> list[str]:
    """A sentence for each indicator of the table; none where nothing of the year before is known."""
    if not any(m.previous or m.previous_target for m in measured.headline):
        return []
    year = measured.agency.year
    return [compared(m, place, year.year, year.previous_year) for place, m in enumerate(measured.headline)]


def compared(m: MeasuredIndicator, place: int, year: int, before: int) -> str:
    """How an indicator stands to the year before.

    Args:
        m: The indicator.
        place: In its list, counted from 0.
        year: The reporting year.
        before: The year that it is compared with.
    """
    years = {"year": str(year), "before": str(before)}
    if m.waiting:
        return say(WAITING, place, m, awaited=awaited(m), **years)
    if m.percent is None:
        return say(NOT_COMPUTABLE, place, m, why=why_not(m), **years)
    earlier = m.previous_capaian.percent if m.previous_capaian else None
    if earlier is None:
        return say(NO_EARLIER, place, m, percent=traced.told(m.id, show_percent(m)), end=caution(m), **years)
    verb = _verb(m.percent, earlier, (shown_percent(m.percent), shown_percent(earlier)))
    now = traced.told(m.id, show_percent(m))
    then = traced.told(traced.of_earlier(m), write_percent(earlier))
    return say(
        MOVED,
        place,
        m,
        before=str(before),
        capaian=f"tetap {now} seperti pada tahun {before}"
        if verb == "tetap"
        else _moved(verb, f"{then} pada tahun {before}", f"{now} pada tahun {year}"),
        short=_moved(verb, then, now),
        realisasi=_realisasi(m),
        end=f"{_new_target(m, verb)}{caution(m)}",
    )


def _realisasi(m: MeasuredIndicator) -> str:
    """What became of the realisasi, by how much; empty where the year before has none."""
    if m.previous is None or m.previous.value is None or m.realisasi.value is None:
        return ""
    moved = movement(m.previous, m.realisasi)
    return f"; realisasinya {moved}{f' ({LOWER_IS_BETTER})' if is_lower(m) else ''}"


def movement(before: Realisasi, now: Realisasi) -> str:
    """``naik 4,07 poin persentase dari 12,17% menjadi 16,24%``; ``berubah`` where there is no more or less.

    The difference is that of the figures as they are shown, so that a reader can check it.
    """
    earlier = traced.before_of(now.indicator)
    then = traced.told(earlier, show_realisasi(before))
    shown = traced.told(now.indicator, show_realisasi(now))
    amounts = _comparable(before.value, now.value)
    if amounts is None:
        return f"tetap {shown}" if before.value == now.value else f"berubah dari {then} menjadi {shown}"
    old, new, _ = amounts
    verb = _verb(new, old, (round_half_up(new, 2), round_half_up(old, 2)))
    moved = difference(before, now)
    return _moved(f"{verb} {traced.told(earlier, moved)}" if moved else verb, then, shown)


def difference(before: Realisasi, now: Realisasi) -> str:
    """``4,07 poin persentase``: between two realisasi as they are shown; empty where they show none."""
    amounts = _comparable(before.value, now.value)
    if amounts is None:
        return ""
    old, new, unit = amounts
    moved = abs(round_half_up(new, 2) - round_half_up(old, 2))
    named = "poin persentase" if unit == "%" else unit
    return f"{format_number(moved, 2, trim=True)} {named}".rstrip() if moved else ""


def _comparable(before: Value | None, now: Value | None) -> tuple[Decimal, Decimal, str] | None:
    if isinstance(before, Quantity) and isinstance(now, Quantity):
        same = "".join(before.unit.split()).casefold() == "".join(now.unit.split()).casefold()
        return (before.amount, now.amount, now.unit) if same else None
    return None


def _verb(now: Decimal, before: Decimal, shown: tuple[Decimal, Decimal]) -> str:
    return _VERBS[compare_shown(now, before, shown)]


def _moved(verb: str, before: str, now: str) -> str:
    return f"tetap {now}" if verb == "tetap" else f"{verb} dari {before} menjadi {now}"


def _new_target(m: MeasuredIndicator, verb: str) -> str:
    """A fall beside another target is not told without it."""
    if verb != "turun" or m.previous_target is None or m.previous_target == m.target:
        return ""
    return f"; targetnya berubah dari {write_value(m.previous_target)} menjadi {write_value(m.target)}"
