"""The explanation of table ``akhir-renstra``: how far each indicator is on its way to the end target."""

from __future__ import annotations

from decimal import Decimal

from core.numbers import format_percent
from reports import traced
from reports.cautions import caution
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import awaited, is_lower, realisasi_words, say, target_words, why_not
from reports.narrative.reasons import reason_of
from reports.standing import Standing
from reports.wording import exceeds, marks

KNOWN = (
    "tingkat kemajuan {subject}{at} sebesar {progress}, yaitu realisasi {realisasi} pada tahun {year} "
    "terhadap target {target} pada akhir Renstra tahun {last}; {verdict}{end}",
    "{on}{subject} pada tahun {year} terealisasi {realisasi}, sedangkan target pada akhir Renstra tahun "
    "{last} ditetapkan {target}, sehingga tingkat kemajuannya sebesar {progress}; {verdict}{end}",
    "realisasi {subject}{at} tahun {year} tercatat {realisasi}; terhadap target {target} pada akhir "
    "Renstra tahun {last}, tingkat kemajuannya sebesar {progress}, dan {verdict}{end}",
)
NOT_COMPUTABLE = (
    "tingkat kemajuan {subject}{at} tidak dapat dihitung: {why}",
    "{on}tingkat kemajuan {subject} terhadap target akhir Renstra tidak dapat dihitung: {why}",
    "kemajuan {subject}{at} menuju target akhir Renstra tidak dapat dihitung: {why}",
)
WAITING = (
    "tingkat kemajuan {subject}{at} belum dapat dihitung karena realisasinya masih {awaited}",
    "{on}tingkat kemajuan {subject} terhadap target akhir Renstra belum dapat dihitung; realisasinya masih "
    "{awaited}",
    "realisasi {subject}{at} masih {awaited} sehingga tingkat kemajuannya belum dapat dihitung",
)


def progress(measured: Measured) -> list[str]:
    """A sentence for each indicator of the table, in its order."""
    return [_progressed(measured, m, place) for place, m in enumerate(measured.with_end_target)]


def _progressed(measured: Measured, m: MeasuredIndicator, place: int) -> str:
    if m.waiting:
        return say(WAITING, place, m, awaited=awaited(m))
    if m.progress is None or m.progress.percent is None or m.end_target is None:
        note = m.progress.note.rstrip(".") if m.progress else "target akhir Renstra tidak ada"
        return say(NOT_COMPUTABLE, place, m, why=note[:1].lower() + note[1:])
    year = measured.agency.year.year
    return say(
        KNOWN,
        place,
        m,
        progress=traced.told(m.id, f"{format_percent(m.progress.percent)}{marks(m.realisasi)}"),
        realisasi=realisasi_words(m),
        target=target_words(m, m.end_target),
        year=str(year),
        last=str(measured.agency.renstra.last_year),
        verdict=_verdict(measured, m, year),
        end=caution(m),
    )


def _verdict(measured: Measured, m: MeasuredIndicator, year: int) -> str:
    """Where the indicator stands to the end target and to the year's, with the office's own reason."""
    if m.progress is not None and m.progress.reached:
        reason = reason_of(measured, m.id, "reached")
        return f"target akhir Renstra sudah {_reached(m, m.progress.percent)}{reason}"
    if m.standing is Standing.NOT_COMPUTABLE:
        return f"capaian tahun {year} tidak dapat dihitung: {why_not(m)}"
    if m.reached:
        reached = _reached(m, m.percent)
        return f"target tahun {year} sudah {reached}, tetapi target akhir Renstra belum tercapai"
    return f"target tahun {year} belum tercapai{reason_of(measured, m.id, 'not_reached')}"


def _reached(m: MeasuredIndicator, percent: Decimal | None) -> str:
    """``terlampaui`` only where more is better: of less is better it would read as missed."""
    return "terlampaui" if exceeds(percent) and not is_lower(m) else "tercapai"
