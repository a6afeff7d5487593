"""Every layout gives table 3.8 to the rupiah; every fault is named with its place and what to do."""

from __future__ import annotations

import pytest

from capaian.budget.lines import Level, Stage
from core.errors import SourceError
from core.numbers import format_percent
from standins.budget.faulty import FAULTY
from standins.budget.layouts import LAYOUTS
from standins.budget.months import monthly_files
from tests.connectors.given.office_budget import TOTAL, read, table_3_8, understood


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_gives_table_3_8_to_the_rupiah(name: str) -> None:
    statement = read(LAYOUTS[name](), name)
    assert understood(statement) == table_3_8()
    assert (statement.budget, statement.spent) == TOTAL
    assert statement.usable, statement.problems
    assert (statement.year, statement.month) == (2023, 12)


def test_table_3_8_has_thirteen_programs_nineteen_kegiatan_and_the_absorption_of_the_report() -> None:
    keys = [key for key, _, _ in table_3_8()]
    assert (sum("." not in key for key in keys), sum("." in key for key in keys)) == (13, 19)
    budget = sum(row[1] for row in table_3_8() if "." not in row[0])
    spent = sum(row[2] for row in table_3_8() if "." not in row[0])
    assert (budget, spent) == TOTAL
    from capaian.efficiency import absorption

    assert (
        format_percent(
            absorption(read(LAYOUTS["spasi.xlsx"]()).spent, read(LAYOUTS["spasi.xlsx"]()).budget) or 0
        )
        == "84,93%"
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_only_problems_of_a_whole_layout_are_slips_in_names(name: str) -> None:
    kinds = {problem.kind for problem in read(LAYOUTS[name](), name).problems}
    assert kinds <= {"nama"}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_told_with_its_place_and_figures(name: str) -> None:
    faulty = FAULTY[name]
    try:
        statement = read(faulty.content(), name)
    except SourceError as error:
        assert not faulty.used
        said = str(error)
        assert name in said
        assert "Yang perlu dilakukan" in said
    else:
        assert statement.usable is faulty.used
        said = " ".join(f"{problem.place} {problem.message}" for problem in statement.problems)
    for words in faulty.expect:
        assert words in said


def test_accounts_and_sub_kegiatan_hang_below_their_kegiatan() -> None:
    statement = read(LAYOUTS["sipd-rekening.xlsx"]())
    lines = statement.lines
    for line in lines:
        above = lines[line.parent] if line.parent is not None else None
        assert (above is None) is (line.level is Level.PROGRAM)
        if above is not None and line.level is not Level.REKENING:
            assert line.code.startswith(above.code)
    assert {level: sum(line.level is level for line in lines) for level in Level} == {
        Level.PROGRAM: 13,
        Level.KEGIATAN: 19,
        Level.SUB_KEGIATAN: 40,
        Level.REKENING: 80,
    }


def test_both_nomenclatures_are_the_same_rows() -> None:
    new, old = read(LAYOUTS["sipd-rekening.xlsx"]()), read(LAYOUTS["kode-lama-teks.xlsx"]())
    subs = [[m.key for m in s.matches if m.key.count(".") == 2] for s in (new, old)]
    assert subs[0] == subs[1]
    assert len(subs[0]) == 40
    assert next(line.code for line in old.lines if line.level is Level.SUB_KEGIATAN) == "2.17.01.2.01.01"


def test_first_and_revised_budgets_are_told_apart() -> None:
    statement = read(LAYOUTS["murni-perubahan.xlsx"]())
    program = statement.lines[0]
    assert (program.initial, program.revised, program.budget) == (
        12_365_337_022,
        12_649_363_995,
        12_649_363_995,
    )
    only = read(monthly_files()["realisasi-2023-06.xlsx"], "realisasi-2023-06.xlsx").lines[0]
    assert (only.initial, only.revised, only.budget) == (12_365_337_022, None, 12_365_337_022)


def test_the_title_says_which_budget_an_only_column_is() -> None:
    statement = read(b"DPPA 2023;;\nUraian;Anggaran;Realisasi\nPROGRAM PENGEMBANGAN EKSPOR;5;3\n", "a.csv")
    assert statement.stage is Stage.PERUBAHAN
    assert (statement.lines[0].initial, statement.lines[0].revised) == (None, 5)


def test_of_several_offices_only_ours_is_taken() -> None:
    statement = read(LAYOUTS["banyak-skpd.xlsx"]())
    assert len(statement.offices) == 3
    assert "KOPERASI" in statement.office
    assert statement.remarks[0].endswith("saja.")


def test_a_list_of_other_offices_stops_and_names_them() -> None:
    rows = ["Kode;Uraian;Anggaran;Realisasi"]
    for number, office in enumerate(("DINAS KESEHATAN", "DINAS PENDIDIKAN"), start=1):
        rows += [f"1.0{number}.0.00.0.00.01.0000;{office};10;5", f"1.0{number}.02;PROGRAM CONTOH;10;5"]
    statement = read("\n".join(rows).encode(), "semua.csv")
    assert not statement.usable
    assert len(statement.lines) == 2
    said = " ".join(problem.message for problem in statement.problems)
    assert "DINAS KESEHATAN" in said
    assert "DINAS PENDIDIKAN" in said


def test_a_slip_in_a_name_is_told_with_its_distance() -> None:
    statement = read(LAYOUTS["kolom-nama.xlsx"]())
    slips = [problem for problem in statement.problems if problem.kind == "nama"]
    assert any("Penagwasan" in slip.message and "1 huruf berbeda" in slip.message for slip in slips)
    assert any("Pelarihan" in slip.message and "1 huruf berbeda" in slip.message for slip in slips)


def test_of_sheets_a_month_the_newest_counts_and_the_others_are_named() -> None:
    statement = read(LAYOUTS["lembar-bulanan.xlsx"]())
    assert statement.sheet == "Desember"
    assert "'Oktober', 'November'" in statement.remarks[0]
    assert not statement.illustrative


def test_two_sheets_of_one_month_with_other_figures_are_refused() -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(LAYOUTS["lembar-bulanan.xlsx"]()))
    copy = book.copy_worksheet(book["Desember"])
    copy.title = "Desember (2)"
    copy["C3"], copy["C4"] = 12_649_363_996, 17_276_001
    file = BytesIO()
    book.save(file)
    with pytest.raises(SourceError, match="lembar 'Desember' dan 'Desember \\(2\\)'"):
        read(file.getvalue())


def test_two_columns_of_one_meaning_with_other_figures_stop() -> None:
    text = "Uraian;Anggaran 2022;Anggaran 2023;Realisasi\nPROGRAM PENGEMBANGAN EKSPOR;5;{};3\n"
    same = read(text.format(5).encode(), "a.csv")
    assert not any("arti yang sama" in problem.message for problem in same.problems)
    other = read(text.format(6).encode(), "a.csv")
    (told,) = [problem for problem in other.problems if "arti yang sama" in problem.message]
    assert told.stops
    assert "Anggaran 2023" in told.place


def test_an_unreadable_amount_is_told_once() -> None:
    statement = read(FAULTY["angka-tidak-terbaca.xlsx"].content())
    stopping = [problem for problem in statement.problems if problem.stops]
    assert len(stopping) == 1
    missing = read(FAULTY["bulan-ini-saja.xlsx"].content())
    assert len([problem for problem in missing.problems if problem.stops]) == 1


def test_an_illustration_says_so() -> None:
    assert read(monthly_files()["realisasi-2023-03.xlsx"]).illustrative
    assert not read(monthly_files()["realisasi-2023-12.xlsx"]).illustrative


def test_the_details_of_a_real_kegiatan_may_be_an_illustration() -> None:
    assert not read(LAYOUTS["sipd-rekening.xlsx"]()).illustrative
