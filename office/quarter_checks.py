"""Checks of the quarters: who may have them, and that they agree with the year's target and realisasi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capaian.exact import total
from capaian.measure import FOR_TARGET
from capaian.quarters import QUARTERS, Quarters, quarter_names, year_of_quarters
from capaian.values import Quantity, Value
from office.checks import Parts
from office.problems import Problems
from office.quarters import QuarterRow
from office.schema import Indicator, MeasureKind, Reported

_WORDS = {Quarters.SUM: "jumlah", Quarters.LAST: "yang terakhir", Quarters.MEAN: "rata-rata"}
_Placed = tuple[str, QuarterRow]


def check_quarters(parts: Parts, problems: Problems) -> None:
    """Note quarters of indicators that have none, and values that quarters cannot be made of."""
    indicators = {indicator.id: indicator for indicator in parts.indicators}
    for index, indicator in enumerate(parts.indicators):
        if indicator.quarters is not None:
            place = parts.indicators_file.place(index, "quarters")
            _check_way(indicator, indicator.quarters, place, parts, problems)
    for place, row in parts.quarters:
        _check_row(row, indicators, place, problems)


def check_quarter_figures(parts: Parts, problems: Problems) -> None:
    """Note where the quarters contradict the year; only of parts that are otherwise right, units settled."""
    for indicator in parts.indicators:
        if indicator.quarters is None:
            continue
        quarters = {
            row.quarter: (place, row) for place, row in parts.quarters if row.indicator == indicator.id
        }
        _check_realisasi(indicator, indicator.quarters, quarters, parts, problems)
        if not indicator.cumulative:  # the target of such a year counts the years before as well
            _check_targets(indicator, indicator.quarters, quarters, parts, problems)


def _check_way(indicator: Indicator, way: Quarters, place: str, parts: Parts, problems: Problems) -> None:
    if indicator.measure.kind is not MeasureKind.REPORTED:
        problems.add(
            place,
            f"'{indicator.id}' berukuran {indicator.measure.kind.value}, jadi angkanya tidak diisi "
            "per triwulan",
            "hapus quarters, atau pakai kind: reported",
        )
    if way is Quarters.LAST:
        return
    if indicator.formula in FOR_TARGET:
        problems.add(
            place,
            f"realisasi '{indicator.id}' adalah {_WORDS[way]} triwulan, padahal rumusnya "
            f"{indicator.formula.value}",
            "tulis quarters: last",
        )
    for at, column, value in _values(indicator, parts):
        if not isinstance(value, Quantity):
            problems.add(
                at,
                f"{column}'{value}' dari '{indicator.id}' bukan bilangan, padahal realisasinya "
                f"{_WORDS[way]} triwulan",
                "tulis quarters: last di indicators.yaml, atau perbaiki nilainya",
            )


def _values(indicator: Indicator, parts: Parts) -> Iterator[tuple[str, str, Value]]:
    """The targets of the year, and all of the quarters, each with its place and what names its column."""
    for number, version in enumerate(parts.year.versions):
        if indicator.id in version.targets:
            place = parts.year_file.place("versions", number, "targets", indicator.id)
            yield place, "", version.targets[indicator.id]
    for place, row in parts.quarters:
        if row.indicator == indicator.id:
            named = {"target": row.target, "realisasi": row.realisasi}
            yield from ((place, f"kolom '{name}': ", value) for name, value in named.items() if value)


def _check_row(row: QuarterRow, indicators: Mapping[str, Indicator], place: str, problems: Problems) -> None:
    indicator = indicators.get(row.indicator)
    if indicator is None:
        problems.add(
            place,
            f"indikator '{row.indicator}' tidak ada",
            f"pilih salah satu dari {', '.join(sorted(indicators))}",
        )
    elif indicator.quarters is None:
        problems.add(
            place,
            f"'{row.indicator}' punya angka triwulan, tetapi cara menghitung setahunnya tidak disebut",
            "tulis quarters: sum, last atau mean di indicators.yaml, atau hapus barisnya",
        )
    if row.target is None and row.realisasi is None:
        problems.add(
            place,
            f"{row.name} dari '{row.indicator}' tanpa target dan realisasi",
            "isi salah satunya, atau hapus barisnya",
        )


def _check_realisasi(
    indicator: Indicator, way: Quarters, quarters: Mapping[int, _Placed], parts: Parts, problems: Problems
) -> None:
    """A figure for the whole year beside the quarters has to be what they give."""
    year = parts.year.year
    known = {n: row.realisasi for n, (_, row) in quarters.items() if row.realisasi is not None}
    given = year_of_quarters(way, known)
    own = next(((p, r) for p, r in parts.reported if (r.indicator, r.year) == (indicator.id, year)), None)
    if own is None or (given.value is not None and _same(own[1].value, given.value)):
        return
    _contradicted(own, given.value, given.missing, _place_of(quarters, parts, known), problems)


def _contradicted(
    own: tuple[str, Reported], value: Value | None, missing: tuple[int, ...], where: str, problems: Problems
) -> None:
    place, row = own
    found = (
        f"menurut triwulannya {value} ({where})"
        if value is not None
        else f"realisasi {quarter_names(missing)} belum ada ({where})"
    )
    problems.add(
        place,
        f"realisasi '{row.indicator}' tahun {row.year} {row.value}, padahal {found}",
        "hapus baris tahun itu, atau perbaiki triwulannya",
    )


def _check_targets(
    indicator: Indicator, way: Quarters, quarters: Mapping[int, _Placed], parts: Parts, problems: Problems
) -> None:
    """The targets of all four quarters lead to that of the year."""
    targets = {n: row.target for n, (_, row) in quarters.items() if row.target is not None}
    counting = _counting(indicator, parts)
    if way is Quarters.MEAN or counting is None or len(targets) < len(QUARTERS):
        return
    at, target = counting
    reached: Value = targets[4]
    said = f"target {quarters[4][1].name} '{indicator.id}' {reached}"
    if way is Quarters.SUM:
        numbers = [value.amount for n in QUARTERS if isinstance(value := targets[n], Quantity)]
        unit = target.unit if isinstance(target, Quantity) else ""
        reached = Quantity(total(numbers), unit)
        said = f"target keempat triwulan '{indicator.id}' berjumlah {reached}"
    if not _same(reached, target):
        problems.add(
            quarters[4][0],
            f"{said}, padahal target setahunnya {target} ({at})",
            "perbaiki target triwulannya, atau target setahunnya",
        )


def _counting(indicator: Indicator, parts: Parts) -> tuple[str, Value] | None:
    """The target of the year that counts, with its place: of the used document, or the newest before it."""
    versions = parts.year.versions
    used = [version.id for version in versions].index(parts.year.used)
    for number in range(used, -1, -1):
        if indicator.id in versions[number].targets:
            place = parts.year_file.place("versions", number, "targets", indicator.id)
            return place, versions[number].targets[indicator.id]
    return None


def _place_of(quarters: Mapping[int, _Placed], parts: Parts, known: Mapping[int, Value]) -> str:
    """Where the newest realisasi of a quarter stands; the file where there is none."""
    filled = [quarters[n][0] for n in sorted(known)]
    return filled[-1] if filled else f"{parts.year.year}/triwulan.csv"


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.amount == other.amount
    return one == other
