"""Every figure of the tables that state data, not capaian, equals the printed cell: no slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from capaian.values import parse_value
from core.numbers import parse_number
from office.schema import Agency, Level, ProgramRow


def programs_and_kegiatan(agency: Agency) -> list[ProgramRow]:
    return [row for row in agency.programs if row.level is not Level.SUB_KEGIATAN]


def targets(agency: Agency, version: str) -> Iterator[tuple[str, str]]:
    chosen = next(entry for entry in agency.year.versions if entry.id == version)
    for name, value in chosen.targets.items():
        yield agency.indicators[name].name, str(value)


def same(ours: object, printed: str) -> bool:
    return str(ours) == str(parse_value(printed))


def test_table_2_1_renstra_targets(agency: Agency) -> None:
    rows = iter(agency.printed["tujuan-sasaran"].rows)
    for tujuan in agency.renstra.tujuan:
        for number, sasaran in enumerate(tujuan.sasaran, 1):
            _, printed_tujuan, printed_number, text, name, *figures = next(rows)
            indicator = agency.indicators[sasaran.indicators[0]]
            assert printed_tujuan == (tujuan.text if number == 1 else "")
            assert printed_number == f"{number}."
            assert (text, name) == (sasaran.text, indicator.name)
            ours = [indicator.renstra_targets[year] for year in range(2022, 2027)]
            assert [str(value) for value in ours] == [str(parse_value(figure)) for figure in figures]
    assert next(rows, None) is None


def test_table_2_2_iku_sheet(agency: Agency) -> None:
    sheets = sorted(
        ((entry.iku, entry) for entry in agency.indicators.values() if entry.iku),
        key=lambda pair: pair[0].number,
    )
    for (sheet, indicator), row in zip(sheets, agency.printed["iku"].rows, strict=True):
        number, _, name, unit, definition, _, source = row
        assert int(number.rstrip(".")) == sheet.number
        assert name.split(" ", 1)[1] == indicator.name
        assert (unit, definition, source) == ("%", sheet.definition, sheet.source)


@pytest.mark.parametrize(
    ("table", "version", "column"),
    [
        ("rencana-kerja", "renja", 4),
        ("perjanjian-kinerja", "pk", 2),
        ("perubahan-perjanjian", "pk-perubahan", 2),
    ],
)
def test_targets_of_each_document_in_its_order(agency: Agency, table: str, version: str, column: int) -> None:
    printed = [(row[column], str(parse_value(row[-1]))) for row in agency.printed[table].rows]
    assert list(targets(agency, version)) == printed


def test_units_of_table_2_3(agency: Agency) -> None:
    units = {row[4]: row[5] for row in agency.printed["rencana-kerja"].rows}
    assert {entry.name: entry.unit_label for entry in agency.indicators.values()} == units


@pytest.mark.parametrize(
    ("table", "target", "budget"),
    [
        ("program", "target_initial", "budget_initial"),
        ("perubahan-program", "target_revised", "budget_revised"),
    ],
)
def test_targets_and_budgets_of_programs(agency: Agency, table: str, target: str, budget: str) -> None:
    for row, (number, name, _, printed_target, printed_budget) in zip(
        programs_and_kegiatan(agency), agency.printed[table].rows, strict=True
    ):
        assert number == (row.key if row.level is Level.PROGRAM else ""), row.key
        assert name[:12].casefold() == row.name[:12].casefold()
        assert same(getattr(row, target), printed_target), (row.key, printed_target)
        assert getattr(row, budget) == parse_number(printed_budget), row.key


MISPRINTS = {
    "evakuasi perangkat": "evaluasi perangkat",
    "yang yang": "yang",
    "Dan Penawasan": "dan Pengawasan",
    "Keanggotaanya ": "Keanggotaannya ",
    "SKPD dan Konsultasi SKPD": "SKPD",
    "Kewenangan Unit Usaha Kabupaten/Kota Kinerja": "Kewenangan Kabupaten/Kota",
}
"""What table 3.6 misprints; the audit lists each."""


def corrected(text: str) -> str:
    """A printed name without misprints and without a sentence that is printed twice."""
    for wrong, right in MISPRINTS.items():
        text = text.replace(wrong, right)
    half = text[: len(text) // 2]
    return half if text == f"{half} {half}" else text


def test_table_3_6_word_for_word(agency: Agency) -> None:
    for row, printed in zip(agency.programs, agency.printed["analisis"].rows, strict=True):
        number, name, indicator, target, realisasi, _, analysis, solution = printed
        assert number == (row.key if row.level is Level.PROGRAM else "")
        assert (corrected(name), corrected(indicator)) == (row.name, row.indicator)
        assert same(row.target, target)
        assert same(row.realisasi, realisasi)
        assert (analysis, solution) == (row.analysis, row.solution)


def test_table_3_7_lists_the_programs_of_each_support(agency: Agency) -> None:
    printed = [row for row in agency.printed["penunjang"].rows if row[1]]
    for support, row in zip(agency.year.supports, printed, strict=True):
        assert row[2].casefold() == agency.indicators[support.indicator].name.casefold()
        assert row[7] == support.verdict
    ours = [
        row.name.casefold()
        for support in agency.year.supports
        for number in support.programs
        for row in agency.programs
        if row.key == str(number)
    ]
    assert ours == [
        row[4].casefold() for row in agency.printed["penunjang"].rows if row[4].startswith("PROGRAM ")
    ]


def test_table_3_8_budget_and_realisasi(agency: Agency) -> None:
    for row, (_, _, budget, spent, _) in zip(
        programs_and_kegiatan(agency), agency.printed["anggaran"].rows, strict=True
    ):
        assert row.budget_revised == parse_number(budget), row.key
        assert row.spent == parse_number(spent), row.key


def test_table_3_3_of_both_years(agency: Agency) -> None:
    reported = {(entry.indicator, entry.year): entry for entry in agency.reported}
    names = {entry.name: entry.id for entry in agency.indicators.values()}
    for _, _, name, target, realisasi, _, _, now, _ in agency.printed["tahun-lalu"].rows:
        before = reported[names[name], 2022]
        assert same(before.target, target)
        assert same(before.value, realisasi)
        if (names[name], 2023) in reported:
            assert same(reported[names[name], 2023].value, now)
        else:
            assert now == "Menunggu Rilis PDRB oleh BPS 2024"


def test_table_3_5_national_figures(agency: Agency) -> None:
    national = {entry.indicator: str(entry.value) for entry in agency.national if entry.year == 2022}
    names = {entry.name: entry.id for entry in agency.indicators.values()}
    printed = {names[row[2]]: row[4] for row in agency.printed["standar"].rows if row[4] != "-"}
    assert national == printed


def test_table_3_9_sums_the_programs_behind_each_indicator(agency: Agency) -> None:
    order = [
        "pertumbuhan-umkm", "pendapatan-umkm", "koperasi-aktif", "pendapatan-koperasi",
        "kontribusi-industri", "pertumbuhan-industri", "kontribusi-perdagangan", "fluktuasi-bapokti",
        "pertumbuhan-perdagangan", "sakip", "kinerja-pd",
    ]  # fmt: skip
    programs = {row.key: row for row in agency.programs}
    for name, row in zip(order, agency.printed["efisiensi"].rows, strict=True):
        behind = [programs[str(number)] for number in agency.indicators[name].programs]
        assert sum(entry.budget_revised or 0 for entry in behind) == parse_number(row[5]), name
        assert sum(entry.spent or 0 for entry in behind) == parse_number(row[6]), name
