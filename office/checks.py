"""Checks between the files of an office's folder: references, years, and sums to the rupiah."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from capaian.rules import DEFAULT, Rules
from core.numbers import format_rupiah
from office.book.language import nearest
from office.book.names import TABLES
from office.bps import Take
from office.explanations import Explanation
from office.files import Document, Location
from office.prices import Prices
from office.problems import Problems
from office.quarters import QuarterRow
from office.schema import Indicator, Level, MeasureKind, ProgramRow, Renstra, Reported, Year
from office.standards import StandardFigure, check_standards

BUDGETS: dict[str, Callable[[ProgramRow], Decimal | None]] = {
    "budget_initial": lambda row: row.budget_initial,
    "budget_revised": lambda row: row.budget_revised,
    "spent": lambda row: row.spent,
}
_PDRB = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE)
_DEPTH = {Level.PROGRAM: 1, Level.KEGIATAN: 2, Level.SUB_KEGIATAN: 3}


@dataclass
class Parts:
    """What was read, each entry with its place for the messages."""

    renstra: Renstra
    renstra_file: Document
    indicators: list[Indicator]
    indicators_file: Document
    year: Year
    year_file: Document
    reported: list[tuple[str, Reported]]
    explained: list[tuple[str, Explanation]]
    national: list[tuple[str, StandardFigure]]
    programs: list[tuple[str, ProgramRow]]
    has_bps: bool = True
    prices: Prices | None = None
    prices_file: Document | None = None
    rules: Rules = DEFAULT
    quarters: list[tuple[str, QuarterRow]] = field(default_factory=list)


def check_parts(parts: Parts, expected_year: int, problems: Problems) -> None:
    """Note everything that does not fit together between the files."""
    indicators = {indicator.id for indicator in parts.indicators}
    programs = {int(row.key) for _, row in parts.programs if row.key.isdecimal()} or _unlisted(
        parts, problems
    )
    if parts.renstra.first_year > parts.renstra.last_year:
        problems.add(
            parts.renstra_file.place("first_year"),
            f"masa Renstra {parts.renstra.first_year}-{parts.renstra.last_year} terbalik",
            "tukar first_year dan last_year",
        )
        return  # every year would lie outside such a period
    _check_indicators(parts, programs, problems)
    _check_renstra(parts, indicators, problems)
    _check_year(parts, expected_year, problems)
    _check_sources(parts, problems)
    _check_targets(parts, indicators, problems)
    _check_supports(parts, indicators, programs, problems)
    _check_reported(parts, indicators, problems)
    _check_prices(parts, problems)
    _check_bps(parts, problems)
    check_tree(parts.programs, problems, revised=len(parts.year.versions) > 2)


def _unlisted(parts: Parts, problems: Problems) -> set[int]:
    """The programs that an office without a list of them names all the same: the file is missing."""
    lists = [indicator.programs for indicator in parts.indicators]
    lists += [support.programs for support in parts.year.supports]
    named = {number for numbers in lists for number in numbers}
    if named:
        problems.add(
            f"{parts.year.year}/programs.csv",
            f"berkas tidak ada atau kosong, padahal program {', '.join(map(str, sorted(named)))} disebut di "
            "indicators.yaml atau year.yaml",
            "buat berkas programs.csv, atau hapus programs dan supports bila laporannya tanpa anggaran",
        )
    return named


def _known(name: str, among: Iterable[str], what: str, place: str, problems: Problems) -> None:
    if name not in among:
        problems.add(place, f"{what} '{name}' tidak ada", f"pilih salah satu dari {', '.join(sorted(among))}")


def _check_programs(numbers: Iterable[int], known: set[int], place: str, problems: Problems) -> None:
    for number in numbers:
        if number not in known:
            problems.add(
                place,
                f"program nomor {number} tidak ada di programs.csv",
                "perbaiki nomornya, atau tambahkan programnya di programs.csv",
            )


def _check_indicators(parts: Parts, programs: set[int], problems: Problems) -> None:
    first, last = parts.renstra.first_year, parts.renstra.last_year
    seen: set[str] = set()
    for index, indicator in enumerate(parts.indicators):
        place = parts.indicators_file.place(index)
        if indicator.id in seen:
            problems.add(place, f"id '{indicator.id}' dipakai dua kali", "beri setiap indikator id sendiri")
        seen.add(indicator.id)
        _check_programs(
            indicator.programs, programs, parts.indicators_file.place(index, "programs"), problems
        )
        for year in indicator.renstra_targets:
            if not first <= year <= last:
                problems.add(
                    parts.indicators_file.place(index, "renstra_targets", year),
                    f"target tahun {year} di luar masa Renstra {first}-{last}",
                    "perbaiki tahunnya, atau masa Renstra di renstra.yaml",
                )
        measure = indicator.measure
        if (measure.kind in _PDRB) != bool(measure.sector):
            problems.add(
                parts.indicators_file.place(index, "measure"),
                f"'{indicator.id}' berukuran {measure.kind.value} dengan sektor '{measure.sector}'",
                "isi sector (misalnya C) untuk pdrb_growth dan pdrb_share saja",
            )
        _check_statistic(parts.indicators_file, index, indicator, problems)


def _check_statistic(file: Document, index: int, indicator: Indicator, problems: Problems) -> None:
    statistic = indicator.bps
    if (statistic is not None) != (indicator.measure.kind is MeasureKind.BPS_STATISTIC):
        problems.add(
            file.place(index, "measure"),
            f"'{indicator.id}' berukuran {indicator.measure.kind.value}, "
            f"{'dan juga' if statistic else 'tetapi tidak'} menyebut tabel BPS pada bps",
            "isi bps tanpa measure untuk mengambil tabel BPS, atau measure tanpa bps",
        )
    elif statistic is not None and (statistic.take is Take.SHARE) != bool(statistic.of):
        problems.add(
            file.place(index, "bps"),
            f"'{indicator.id}' mengambil {statistic.take.value} dengan of '{statistic.of}'",
            "isi of (baris seluruhnya) untuk take: share saja",
        )


def _check_renstra(parts: Parts, indicators: set[str], problems: Problems) -> None:
    renstra, file = parts.renstra, parts.renstra_file
    numbers = {mission.number for mission in renstra.missions}
    for number in renstra.chosen_missions:
        if number not in numbers:
            problems.add(
                file.place("chosen_missions"), f"misi ke-{number} tidak ada", "perbaiki nomor misinya"
            )
    used: Counter[str] = Counter()
    for index, tujuan in enumerate(renstra.tujuan):
        groups: list[tuple[Location, list[str]]] = [(("tujuan", index, "indicators"), tujuan.indicators)]
        groups += [
            (("tujuan", index, "sasaran", number, "indicators"), sasaran.indicators)
            for number, sasaran in enumerate(tujuan.sasaran)
        ]
        for path, names in groups:
            for name in names:
                _known(name, indicators, "indikator", file.place(*path), problems)
                used[name] += 1
                if used[name] == 2:
                    problems.add(
                        file.place(*path), f"indikator '{name}' disebut dua kali", "sebut hanya sekali"
                    )
    for index, indicator in enumerate(parts.indicators):
        if indicator.id not in used:
            problems.add(
                parts.indicators_file.place(index),
                f"indikator '{indicator.id}' tidak dipakai tujuan atau sasaran mana pun",
                "sebut di renstra.yaml, atau hapus indikatornya",
            )


def _check_year(parts: Parts, expected: int, problems: Problems) -> None:
    year, file = parts.year, parts.year_file
    if year.year != expected:
        problems.add(
            file.place("year"), f"year berisi {year.year}, mapnya {expected}", "samakan tahun dengan nama map"
        )
    if not parts.renstra.first_year <= year.year <= parts.renstra.last_year:
        problems.add(
            file.place("year"),
            f"tahun {year.year} di luar masa Renstra {parts.renstra.first_year}-{parts.renstra.last_year}",
            "perbaiki tahunnya, atau masa Renstra di renstra.yaml",
        )
    if year.previous_year >= year.year:
        problems.add(
            file.place("previous_year"),
            f"tahun pembanding {year.previous_year} tidak sebelum {year.year}",
            f"tulis misalnya {year.year - 1}",
        )
    known = list(dict.fromkeys(recipient.role for recipient in year.recipients))
    approving = year.approval.roles if year.approval else []
    for key, wanted, what in (
        (("approval", "roles"), approving, ", yang menyetujui laporan"),
        (("mail", "release"), year.mail.release, ""),
        (("mail", "failure"), year.mail.failure, ""),
    ):
        for index, role in enumerate(wanted):
            if role not in known:
                problems.add(
                    file.place(*key, index),
                    f"tidak ada penerima surel dengan peran '{role}'{what}",
                    f"pilih salah satu peran di recipients: {', '.join(known)}",
                )


def _check_sources(parts: Parts, problems: Problems) -> None:
    for name in parts.year.sources:
        if name not in TABLES:
            problems.add(
                parts.year_file.place("sources", name), f"tabel '{name}' tidak dikenal", nearest(name, TABLES)
            )


def _check_targets(parts: Parts, indicators: set[str], problems: Problems) -> None:
    year, file = parts.year, parts.year_file
    ids = [version.id for version in year.versions]
    if not ids:
        problems.add(
            file.place("versions"),
            "tidak ada dokumen target; diperlukan setidaknya Perjanjian Kinerja",
            "tulis dokumennya, yang lama lebih dulu: rencana kerja, Perjanjian Kinerja, perubahannya",
        )
    for index, version in enumerate(year.versions):
        if ids.index(version.id) != index:
            problems.add(
                file.place("versions", index), f"versi '{version.id}' ditulis dua kali", "beri id sendiri"
            )
        for name in version.targets:
            _known(name, indicators, "indikator", file.place("versions", index, "targets", name), problems)
    _known(year.used, ids, "versi target", file.place("used"), problems)
    # Only versions up to the used one count: an indicator that it lacks falls back to the ones before.
    reachable = year.versions[: ids.index(year.used) + 1] if year.used in ids else year.versions
    for name in sorted(indicators):
        if not any(name in version.targets for version in reachable):
            problems.add(
                file.place("versions"),
                f"indikator '{name}' tidak punya target sampai versi '{year.used}'",
                "tulis targetnya di salah satu versi",
            )


def _check_supports(parts: Parts, indicators: set[str], programs: set[int], problems: Problems) -> None:
    file = parts.year_file
    keys = {row.key for _, row in parts.programs}
    for index, support in enumerate(parts.year.supports):
        place = file.place("supports", index)
        _known(support.indicator, indicators, "indikator", place, problems)
        _check_programs(support.programs, programs, place, problems)
    for index, reason in enumerate(parts.year.reasons):
        if reason.subject not in indicators | keys:
            problems.add(
                file.place("reasons", index, "subject"),
                f"'{reason.subject}' bukan indikator dan bukan kunci di programs.csv",
                "tulis id indikator, atau kunci program atau kegiatan dalam tanda kutip",
            )


def _check_reported(parts: Parts, indicators: set[str], problems: Problems) -> None:
    last = parts.year.year
    first = min(parts.renstra.first_year, parts.year.previous_year)
    entries: list[tuple[str, Reported | Explanation | StandardFigure]]
    entries = [*parts.reported, *parts.explained, *parts.national]
    for place, entry in entries:
        _known(entry.indicator, indicators, "indikator", place, problems)
        if not first <= entry.year <= last:
            problems.add(
                place, f"tahun {entry.year} di luar {first}-{last}", "perbaiki tahunnya di kolom year"
            )
    check_standards(parts.national, problems)
    explained: list[tuple[str, Reported | Explanation]] = [*parts.reported, *parts.explained]
    for place, words in explained:
        for column in ("cause", "solution"):
            if words.year != last and getattr(words, column):
                problems.add(
                    place,
                    f"kolom '{column}' berisi kata-kata untuk {words.year}, yang dicetak hanya {last}",
                    f"kosongkan, atau pindahkan ke baris tahun {last}",
                )


def _check_prices(parts: Parts, problems: Problems) -> None:
    prices, file = parts.prices, parts.prices_file
    if prices is None or file is None:
        for index, indicator in enumerate(parts.indicators):
            if indicator.measure.kind is MeasureKind.PRICE_FLUCTUATION:
                problems.add(
                    parts.indicators_file.place(index, "measure"),
                    f"'{indicator.id}' dihitung dari harga, tetapi prices.yaml tidak ada",
                    "buat prices.yaml, atau pakai kind: reported",
                )
        return
    for number, name in enumerate(prices.charted):
        _known(name, prices.commodities, "komoditas", file.place("charted", number), problems)
    for name, count in Counter(prices.commodities).items():
        if count > 1:
            problems.add(file.place("commodities"), f"komoditas '{name}' disebut dua kali", "sebut sekali")
    keys = {row.key for _, row in parts.programs}
    if prices.stable_program and prices.stable_program not in keys:
        problems.add(
            file.place("stable_program"),
            f"program '{prices.stable_program}' tidak ada di programs.csv",
            'tulis kuncinya dalam tanda kutip, misalnya "9"',
        )


def _check_bps(parts: Parts, problems: Problems) -> None:
    for index, indicator in enumerate(parts.indicators):
        if indicator.measure.kind in (*_PDRB, MeasureKind.BPS_STATISTIC) and not parts.has_bps:
            problems.add(
                parts.indicators_file.place(index, "measure"),
                f"'{indicator.id}' dihitung dari angka BPS, tetapi bps di office.yaml tidak ada",
                'tulis bps: {domain: "3529"} dengan kode wilayah kantor, atau pakai kind: reported',
            )


def check_tree(programs: list[tuple[str, ProgramRow]], problems: Problems, *, revised: bool = True) -> None:
    """Check the tree of programs: levels, parents, budgets present, kegiatan summing to their program.

    Args:
        programs: Each row with its place.
        problems: Where what is wrong is noted.
        revised: Whether the agreement was revised; otherwise no row needs a revised budget.
    """
    wanted = {name: budget for name, budget in BUDGETS.items() if revised or name != "budget_revised"}
    places = {row.key: place for place, row in programs}
    before = len(problems.found)
    children: dict[str, list[ProgramRow]] = {}
    for place, row in programs:
        parent = row.key.rpartition(".")[0]
        if row.key.count(".") + 1 != _DEPTH[row.level]:
            problems.add(
                place,
                f"kunci '{row.key}' tidak sesuai dengan level {row.level.value}",
                "program 1, kegiatan 1.2, sub_kegiatan 1.2.3",
            )
        elif parent and parent not in places:
            problems.add(place, f"induk '{parent}' dari '{row.key}' tidak ada", f"tambahkan baris '{parent}'")
        elif parent:
            children.setdefault(parent, []).append(row)
        if row.level is not Level.SUB_KEGIATAN:
            for column, budget in wanted.items():
                if budget(row) is None:
                    problems.add(place, f"'{column}' dari '{row.key}' kosong", "isi dalam rupiah, atau 0")
    if len(problems.found) > before:
        return  # with a row out of place, the sums would only add noise
    for place, row in programs:
        if row.level is Level.PROGRAM and row.key in children:
            _check_sum(place, row, children[row.key], problems)


def _check_sum(place: str, program: ProgramRow, kegiatan: list[ProgramRow], problems: Problems) -> None:
    for column, budget in BUDGETS.items():
        own = budget(program) or Decimal(0)
        total = sum((budget(row) or Decimal(0) for row in kegiatan), Decimal(0))
        if total != own:
            problems.add(
                place,
                f"'{column}' program {program.key} {format_rupiah(own)}, "
                f"jumlah kegiatannya {format_rupiah(total)}",
                "samakan keduanya menurut dokumen anggaran",
            )
