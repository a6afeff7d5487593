"""Checks that targets and realisasi can be measured: by the office's formulas, scales and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capaian.measure import FOR_DIRECTION, FOR_TARGET, Direction, Formula
from capaian.rules import Rules
from capaian.values import Bound, Grade, Quantity, Value
from office.checks import Parts
from office.problems import Problems
from office.schema import Indicator, MeasureKind, ProgramRow, Reported
from office.standards import StandardFigure

_NOT_ADDED = (*FOR_TARGET, Formula.STATED)
"""Formulas of what cannot be added up over years."""
_RATES = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE, MeasureKind.PRICE_FLUCTUATION)


def check_measuring(parts: Parts, problems: Problems) -> None:
    """Note every target and realisasi that the office's own rules cannot measure."""
    indicators = {indicator.id: indicator for indicator in parts.indicators}
    for index, indicator in enumerate(parts.indicators):
        _check_way(indicator, parts.indicators_file.place(index), parts.rules, problems)
    for place, name, target in _targets(parts):
        if name in indicators:
            _check_target(indicators[name], target, place, problems)
        if name in indicators and indicators[name].cumulative:
            _check_cumulative(indicators[name], target, place, problems)
    for place, name, value in (*_targets(parts), *_realisasi(parts)):
        if name in indicators:
            _check_grade(value, indicators[name].scale, place, parts.rules, problems)
    for place, value in _of_programs(parts.programs):
        _check_grade(value, "", place, parts.rules, problems)
    for place, entry in parts.reported:
        if entry.indicator in indicators:
            _check_stated(entry, indicators[entry.indicator], place, problems)


def _check_way(indicator: Indicator, place: str, rules: Rules, problems: Problems) -> None:
    wanted = FOR_DIRECTION.get(indicator.formula) if indicator.formula else None
    if indicator.formula and wanted and wanted is not indicator.direction:
        problems.add(
            place,
            f"rumus {indicator.formula.value} dari '{indicator.id}' tidak sesuai dengan direction "
            f"{indicator.direction.value}",
            "pakai R/T bila makin besar makin baik (higher), T/R atau (2T-R)/T bila makin kecil (lower)",
        )
    if indicator.scale and rules.ordinal(indicator.scale) is None:
        known = ", ".join(scale.id for scale in rules.ordinals)
        problems.add(
            place,
            f"skala '{indicator.scale}' dari '{indicator.id}' tidak ada",
            f"pilih salah satu dari {known}, atau tulis skalanya di rules.yaml",
        )
    if indicator.institution and indicator.measure.kind is not MeasureKind.REPORTED:
        problems.add(
            place,
            f"'{indicator.id}' berukuran {indicator.measure.kind.value} dan juga punya institution",
            "hapus salah satu",
        )
    if indicator.cumulative and indicator.formula in _NOT_ADDED:
        problems.add(
            place,
            f"'{indicator.id}' kumulatif, padahal rumusnya {indicator.formula.value}",
            "hapus cumulative: true, atau pakai rumus R/T, T/R atau (2T-R)/T",
        )
    if indicator.cumulative and indicator.measure.kind in _RATES:
        problems.add(
            place,
            f"'{indicator.id}' kumulatif, padahal angkanya persentase setiap tahun "
            f"({indicator.measure.kind.value}), yang tidak dijumlahkan",
            "hapus cumulative: true",
        )


def _check_cumulative(indicator: Indicator, target: Value, place: str, problems: Problems) -> None:
    """Only amounts can be added up over years."""
    if not isinstance(target, Quantity):
        problems.add(
            place,
            f"target '{target}' dari '{indicator.id}' bukan bilangan, padahal indikatornya kumulatif",
            "tulis targetnya sebagai satu bilangan, atau hapus cumulative: true di indicators.yaml",
        )


def _check_target(indicator: Indicator, target: Value, place: str, problems: Problems) -> None:
    kind = FOR_TARGET.get(indicator.formula) if indicator.formula else None
    if indicator.formula and kind and not isinstance(target, kind):
        problems.add(
            place,
            f"target '{target}' dari '{indicator.id}' tidak sesuai dengan rumus {indicator.formula.value}",
            "perbaiki targetnya, atau rumus (formula) di indicators.yaml",
        )
    if isinstance(target, Bound):
        good = Direction.HIGHER if target.relation.upwards else Direction.LOWER
        if indicator.direction is not good and indicator.formula is not Formula.STATED:
            problems.add(
                place,
                f"target '{target}' dari '{indicator.id}' tidak sesuai dengan direction "
                f"{indicator.direction.value}",
                f"tulis direction: {good.value} di indicators.yaml, atau balik tandanya",
            )


def _check_grade(value: Value, scale: str, place: str, rules: Rules, problems: Problems) -> None:
    if not isinstance(value, Grade):
        return
    named = rules.ordinal(scale)
    scales = [named] if named else [] if scale else list(rules.ordinals)
    if scale and named is None:
        return  # the scale itself was noted
    if not any(value.letter in each.grades for each in scales):
        known = "; ".join(f"{each.id}: {', '.join(each.grades)}" for each in scales)
        problems.add(
            place,
            f"'{value}' bukan nilai yang dikenal: bukan angka, dan tidak ada dalam skala {known}",
            "tulis angkanya, atau tulis skalanya (ordinals) di rules.yaml",
        )


def _check_stated(entry: Reported, indicator: Indicator, place: str, problems: Problems) -> None:
    if entry.capaian is not None and indicator.formula is not Formula.STATED:
        problems.add(
            place,
            f"capaian '{indicator.id}' dinyatakan, padahal dihitung dari target dan realisasi",
            "kosongkan kolom capaian, atau tulis formula: stated di indicators.yaml",
        )


def _targets(parts: Parts) -> Iterator[tuple[str, str, Value]]:
    for index, indicator in enumerate(parts.indicators):
        for year, target in indicator.renstra_targets.items():
            yield parts.indicators_file.place(index, "renstra_targets", year), indicator.id, target
    for index, version in enumerate(parts.year.versions):
        for name, target in version.targets.items():
            yield parts.year_file.place("versions", index, "targets", name), name, target
    for place, entry in parts.reported:
        if entry.target is not None:
            yield place, entry.indicator, entry.target
    for place, quarter in parts.quarters:
        if quarter.target is not None:
            yield place, quarter.indicator, quarter.target


def _realisasi(parts: Parts) -> Iterator[tuple[str, str, Value]]:
    entries: list[tuple[str, Reported | StandardFigure]] = [*parts.reported, *parts.national]
    for place, entry in entries:
        yield place, entry.indicator, entry.value
    for place, quarter in parts.quarters:
        if quarter.realisasi is not None:
            yield place, quarter.indicator, quarter.realisasi


def _of_programs(programs: Iterable[tuple[str, ProgramRow]]) -> Iterator[tuple[str, Value]]:
    for place, row in programs:
        for value in (row.target_initial, row.target_revised, row.target, row.realisasi):
            if value is not None:
                yield place, value
