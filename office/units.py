"""One unit for an indicator: its values get it, and what is doubtful in them is asked before it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from capaian.readings import both_readings, numbers_of
from capaian.values import Quantity, Range, Value
from office.checks import Parts
from office.problems import Problems
from office.quarters import QuarterRow
from office.schema import Indicator, MeasureKind, Reported, TargetVersion
from office.standards import StandardFigure

_IN_PERCENT = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE, MeasureKind.PRICE_FLUCTUATION)
_WORDS_OF_PERCENT = frozenset({"%", "persen", "persentase", "persen(%)", "persentase(%)"})
_Row = TypeVar("_Row", Reported, StandardFigure)


@dataclass(frozen=True)
class _Entry:
    """A value with a unit, where it stands, and what it is of whom, for the messages."""

    place: str
    what: str
    value: Quantity | Range


def settle_units(parts: Parts, problems: Problems) -> None:
    """Give the values of each indicator its unit; note those of another unit and those that are doubtful.

    Args:
        parts: What was read; its values carry their indicator's unit afterwards.
        problems: Where what is wrong is noted.
    """
    for index, indicator in enumerate(parts.indicators):
        entries = list(_entries_of(parts, index, indicator))
        _check_readings(entries, problems)
        if indicator.unit is None:
            _check_alike(entries, problems, f"unit indikator '{indicator.id}' di indicators.yaml")
        else:
            _check_unit(entries, indicator.unit, problems)
        _check_computed(parts, index, indicator, entries, problems)
    _check_programs(parts, problems)
    _apply(parts)


def _entries_of(parts: Parts, index: int, indicator: Indicator) -> Iterator[_Entry]:
    of = f"indikator '{indicator.id}'"
    year_file, found = parts.year_file, list[tuple[str, str, Value | None]]()
    for number, version in enumerate(parts.year.versions):
        place = year_file.place("versions", number, "targets", indicator.id)
        found.append((place, f"target {of} menurut '{version.id}'", version.targets.get(indicator.id)))
    for place, row in parts.reported:
        if row.indicator == indicator.id:
            found.append((place, f"value {of} tahun {row.year}", row.value))
            found.append((place, f"target {of} tahun {row.year}", row.target))
    for year, target in indicator.renstra_targets.items():
        place = parts.indicators_file.place(index, "renstra_targets", year)
        found.append((place, f"target Renstra {of} tahun {year}", target))
    for place, quarter in parts.quarters:
        if quarter.indicator == indicator.id:
            found.append((place, f"kolom 'target' {of} {quarter.name}", quarter.target))
            found.append((place, f"kolom 'realisasi' {of} {quarter.name}", quarter.realisasi))
    for place, figure in parts.national:
        if figure.indicator == indicator.id:
            found.append((place, f"angka {figure.spoken} {of} tahun {figure.year}", figure.value))
    for place, what, value in found:
        if isinstance(value, (Quantity, Range)):
            yield _Entry(place, what, value)


def _check_readings(entries: Sequence[_Entry], problems: Problems) -> None:
    """Ask what a sign before three digits means where the other values do not show it."""
    numbers = [(entry, number) for entry in entries for number in numbers_of(entry.value.written)]
    for place, (entry, number) in enumerate(numbers):
        beside = [other for _, other in (*numbers[:place], *numbers[place + 1 :])]
        readings = both_readings(number, beside)
        if readings is not None:
            thousands, decimals = readings
            problems.add(
                entry.place,
                f"{entry.what}: '{number}' dapat berarti {thousands} (ribuan) atau {decimals} (desimal)",
                f"tulis {thousands.replace('.', '')} bila yang dimaksud ribuan, {decimals}0 bila desimal",
            )


def _check_unit(entries: Sequence[_Entry], unit: str, problems: Problems) -> None:
    for entry in entries:
        own = entry.value.unit
        if own and _bare(own) != _bare(unit):
            number = replace(entry.value, unit="")
            problems.add(
                entry.place,
                f"{entry.what} bersatuan '{own}', seharusnya '{unit}'",
                f"tulis angkanya saja ({number}), atau perbaiki unit di indicators.yaml",
            )


def _check_alike(entries: Sequence[_Entry], problems: Problems, remedy: str) -> None:
    """Where no unit is stated, all values have the one that most of them have."""
    with_unit_first = sorted(entries, key=lambda entry: not entry.value.unit)
    common = Counter(_bare(entry.value.unit) for entry in with_unit_first).most_common(1)
    usual = next((entry for entry in entries if _bare(entry.value.unit) == common[0][0]), None)
    for entry in entries:
        if usual is not None and _bare(entry.value.unit) != _bare(usual.value.unit):
            problems.add(
                entry.place,
                f"{entry.what} {_with_words(entry.value)}, padahal {usual.what} {_with_words(usual.value)} "
                f"({usual.place})",
                f"samakan satuannya, atau sebut sekali sebagai {remedy} dan tulis angkanya saja",
            )


def _check_computed(
    parts: Parts, index: int, indicator: Indicator, entries: Sequence[_Entry], problems: Problems
) -> None:
    """What is computed from BPS's figures or prices comes in per cent."""
    unit = indicator.unit or next((entry.value.unit for entry in entries), "%")
    if indicator.measure.kind in _IN_PERCENT and _bare(unit) != "%":
        problems.add(
            parts.indicators_file.place(index, "unit"),
            f"'{indicator.id}' dihitung dalam %, padahal satuannya '{unit}'",
            'tulis unit: "%", atau perbaiki measure',
        )


def _check_programs(parts: Parts, problems: Problems) -> None:
    """The values of a program's row, which has no unit but theirs."""
    for place, row in parts.programs:
        names = ("target", "realisasi", "target_initial", "target_revised")
        entries = [
            _Entry(place, f"{name} dari '{row.key}'", value)
            for name in names
            if isinstance(value := getattr(row, name), (Quantity, Range))
        ]
        _check_readings(entries, problems)
        measured = [entry for entry in entries if entry.value is row.target or entry.value is row.realisasi]
        _check_alike(measured, problems, "unit")


def _with_words(value: Quantity | Range) -> str:
    return f"tertulis '{value}'" if value.unit else f"'{value}' tidak bersatuan"


def _bare(unit: str) -> str:
    bare = "".join(unit.split()).casefold()
    return "%" if bare in _WORDS_OF_PERCENT else bare


def _apply(parts: Parts) -> None:
    units = {indicator.id: indicator.unit for indicator in parts.indicators}

    def settled(indicator: str, value: Value) -> Value:
        unit = units.get(indicator)
        if unit is None or not isinstance(value, (Quantity, Range)):
            return value
        return replace(value, unit="%" if _bare(unit) == "%" else unit)

    def settle_row(row: _Row) -> _Row:
        changed = {"value": settled(row.indicator, row.value)}
        if isinstance(row, Reported) and row.target is not None:
            changed["target"] = settled(row.indicator, row.target)
        return row.model_copy(update=changed)

    def settle_quarter(row: QuarterRow) -> QuarterRow:
        values = {"target": row.target, "realisasi": row.realisasi}
        return row.model_copy(update={k: v and settled(row.indicator, v) for k, v in values.items()})

    def settle_version(version: TargetVersion) -> TargetVersion:
        targets = {name: settled(name, value) for name, value in version.targets.items()}
        return version.model_copy(update={"targets": targets})

    parts.indicators = [
        indicator.model_copy(
            update={
                "renstra_targets": {y: settled(indicator.id, v) for y, v in indicator.renstra_targets.items()}
            }
        )
        for indicator in parts.indicators
    ]
    versions = [settle_version(version) for version in parts.year.versions]
    parts.year = parts.year.model_copy(update={"versions": versions})
    parts.reported = [(place, settle_row(row)) for place, row in parts.reported]
    parts.national = [(place, settle_row(figure)) for place, figure in parts.national]
    parts.quarters = [(place, settle_quarter(row)) for place, row in parts.quarters]
