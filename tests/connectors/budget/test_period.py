"""For which year and month an export is, in the many ways that people say it."""

from __future__ import annotations

import pytest

from capaian.budget.lines import Stage
from connectors.budget.period import read_period


@pytest.mark.parametrize(
    ("titles", "sheet", "file", "expected"),
    [
        (["TAHUN ANGGARAN 2023", "s.d. Bulan Juni 2023"], "LRA", "a.xlsx", (2023, 6)),
        (["Periode 1 Januari s/d 30 Juni 2023"], "LRA", "a.xlsx", (2023, 6)),
        (["per 31 Desember 2023"], "LRA", "a.xlsx", (2023, 12)),
        (["Bulan : Juni", "T.A. 2023"], "LRA", "a.xlsx", (2023, 6)),
        (["Realisasi s/d Triwulan II Tahun 2023"], "LRA", "a.xlsx", (2023, 6)),
        (["Semester I 2023"], "LRA", "a.xlsx", (2023, 6)),
        (["s.d. 30-06-2023"], "LRA", "a.xlsx", (2023, 6)),
        (["Tahun Anggaran 2023"], "JUN", "a.xlsx", (2023, 6)),
        ([], "Sheet1", "realisasi_2023-06.xlsx", (2023, 6)),
        ([], "Sheet1", "LRA Juni 2023.xls", (2023, 6)),
        ([], "Sheet1", "LRA_202306.xls", (2023, 6)),
        (["Tahun Anggaran 2023", "Dicetak 10 Januari 2024"], "LRA", "a.xlsx", (2023, None)),
        (["Tahun Anggaran 2023", "Sumenep, 5 Januari 2024"], "LRA", "a.xlsx", (2023, None)),
        (["Peraturan Daerah Nomor 7 Tahun 2022", "Tahun Anggaran 2023"], "LRA", "a.xlsx", (2023, None)),
        (["DPA Nomor 12 tanggal 5 Januari 2023", "Tahun Anggaran 2023"], "LRA", "a.xlsx", (2023, None)),
        ([], "Sheet1", "data.xlsx", (None, None)),
    ],
)
def test_year_and_month(
    titles: list[str], sheet: str, file: str, expected: tuple[int | None, int | None]
) -> None:
    period = read_period(titles, sheet, file)
    assert (period.year, period.month) == expected
    assert period.problems == ()


@pytest.mark.parametrize(
    ("titles", "file"),
    [
        (["s.d. Bulan Juni 2023"], "realisasi-2023-07.xlsx"),
        (["s.d. Bulan Juni 2023", "s.d. Bulan Juli 2023"], "a.xlsx"),
        (["Tahun Anggaran 2023", "s.d. Bulan Juni 2024"], "a.xlsx"),
    ],
)
def test_a_contradiction_stops_and_names_both(titles: list[str], file: str) -> None:
    (problem,) = read_period(titles, "LRA", file).problems
    assert problem.stops
    assert "bertentangan" in problem.message


STAGES = {
    Stage.PERUBAHAN: ["DPPA SKPD", "APBD Perubahan 2023", "Anggaran setelah perubahan"],
    Stage.MURNI: ["APBD Murni", "Sebelum Perubahan"],
    None: ["Laporan Realisasi", "murni dan perubahan"],
}


@pytest.mark.parametrize(("title", "stage"), [(title, stage) for stage in STAGES for title in STAGES[stage]])
def test_the_stage(title: str, stage: Stage | None) -> None:
    assert read_period([title], "", "").stage is stage
