"""What is taken of a statistic: value, growth, share or change in points, with formula, inputs and marks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.numbers import round_half_up
from jobs.bps.poll import poll_bps
from jobs.bps.statistic.realisasi import unit_of
from models.bps.tables import PollOutcome
from office.bps import Take
from reports.realisasi import State
from standins.bps import statistics
from standins.bps.timeline import Timeline
from tests.jobs.given.statistic_office import INDUSTRY, TRADE

APRIL = date(2024, 4, 4)
PROVINCE = 'domain: "3500"'


def published(var_id: int, row: int, year: int, part: int = 0, column: str = "0") -> Decimal:
    tables = statistics.variables("3500", Timeline(APRIL))
    return next(t for t in tables if t.var_id == var_id).cells[row, column, year, part]


@pytest.mark.parametrize(
    ("entry", "var_id", "row", "part", "unit"),
    [
        ("{table: tingkat pengangguran terbuka, row: Sumenep, ", 9611, 3529, 0, "%"),
        ("{table: indeks pembangunan manusia, row: Kab. Sumenep, ", 9612, 3529, 0, ""),
        ("{table: persentase penduduk miskin, row: Sumenep, period: Maret, ", 9613, 3529, 61, "%"),
        ("{table: inflasi tahun ke tahun, row: Kota Surabaya, period: Desember, ", 9617, 3, 12, "%"),
        ("{table: nilai tukar petani, row: Nilai Tukar Petani, period: Desember, ", 9615, 6, 12, ""),
        ("{table: PDRB per kapita, row: Sumenep, ", 9616, 3529, 0, "Ribu Rupiah"),
    ],
)
def test_the_statistics_that_offices_wait_for_come_exact_with_their_unit(
    naming, taken, entry, var_id, row, part, unit
):
    workspace = naming(pdrb=False, industry=f"{entry}{PROVINCE}}}")(APRIL)
    assert poll_bps(workspace).outcome is PollOutcome.RELEASED
    value = taken(workspace).value
    assert (value.amount, value.unit) == (published(var_id, row, 2023, part), unit)


def test_growth_is_against_the_year_before(naming, taken):
    workspace = naming(industry=f"{{table: PDRB per kapita, row: Sumenep, take: growth, {PROVINCE}}}")(APRIL)
    poll_bps(workspace)
    now, before = (published(9616, 3529, year) for year in (2023, 2022))
    growth = taken(workspace)
    assert round_half_up(growth.value.amount, 6) == round_half_up((now - before) / before * 100, 6)
    assert growth.formula.endswith(" x 100")
    assert [entry.symbol for entry in growth.inputs] == ["Sumenep 2023", "Sumenep 2022"]


def test_a_month_is_compared_with_the_same_month_of_the_year_before(naming, taken):
    entry = f"{{table: nilai tukar petani, row: Peternakan, period: Agustus, take: growth, {PROVINCE}}}"
    workspace = naming(industry=entry)(APRIL)
    poll_bps(workspace)
    symbols = [given.symbol for given in taken(workspace).inputs]
    assert symbols == ["Peternakan, Agustus 2023", "Peternakan, Agustus 2022"]


def test_a_share_is_of_another_row_of_the_same_year(naming, taken):
    entry = f"{{table: PDRB per kapita, row: Sumenep, take: share, of: Jawa Timur, {PROVINCE}}}"
    workspace = naming(industry=entry)(APRIL)
    poll_bps(workspace)
    part, whole = published(9616, 3529, 2023), published(9616, 3500, 2023)
    share = taken(workspace)
    assert (round_half_up(share.value.amount, 6), share.value.unit) == (
        round_half_up(part / whole * 100, 6),
        "%",
    )
    assert [entry.symbol for entry in share.inputs] == ["Sumenep 2023", "JAWA TIMUR 2023"]


def test_a_change_is_told_in_points(naming, taken):
    entry = f"{{table: persentase penduduk miskin, row: Sumenep, period: Maret, take: points, {PROVINCE}}}"
    workspace = naming(industry=entry)(APRIL)
    poll_bps(workspace)
    change = taken(workspace)
    assert change.value.amount == published(9613, 3529, 2023, 61) - published(9613, 3529, 2022, 61)
    assert (change.value.unit, " - " in change.formula) == ("%", True), "as the target writes points"


def test_a_year_that_bps_calls_provisional_is_so_in_the_report(naming, taken):
    workspace = naming(industry=f"{{table: PDRB per kapita, row: Sumenep, {PROVINCE}}}")(APRIL)
    poll_bps(workspace)
    filled = taken(workspace)
    assert filled.state is State.PROVISIONAL
    assert {entry.status for entry in filled.inputs} == {"sangat sementara"}
    assert filled.notes[0] == "PDRB Per Kapita Atas Dasar Harga Berlaku Menurut Kabupaten/Kota; Sumenep."


def test_several_indicators_of_one_table_cost_one_request(naming, taken, bps):
    row = "table: tingkat pengangguran terbuka, row: Sumenep, characteristic"
    workspace = naming(pdrb=False, industry=f"{{{row}: Laki-laki}}", trade=f"{{{row}: Perempuan}}")(APRIL)
    poll_bps(workspace)
    assert [entry.params["model"] for entry in bps.requests] == ["var", "data"]
    men, women = taken(workspace, INDUSTRY), taken(workspace, TRADE)
    assert men.inputs[0].symbol == "Sumenep, Laki-laki 2023"
    assert women.inputs[0].symbol == "Sumenep, Perempuan 2023"
    assert men.inputs[0].vintage == women.inputs[0].vintage


def test_beside_pdrb_both_are_told(naming, taken):
    workspace = naming(industry="{table: tingkat pengangguran terbuka, characteristic: Jumlah}")(APRIL)
    result = poll_bps(workspace)
    assert result.message == (
        "BPS merilis PDRB 2023 pada 4 April 2024. BPS merilis tingkat pengangguran terbuka 2023."
    )
    assert taken(workspace, TRADE).formula.endswith(" x 100")


@pytest.mark.parametrize(
    ("pdrb", "entry"),
    [
        ("pertumbuhan-industri", "{table: 9102, row: Industri Pengolahan, take: growth}"),
        (
            "kontribusi-industri",
            "{table: 9101, row: Industri Pengolahan, take: share, of: Produk Domestik Regional Bruto}",
        ),
    ],
)
def test_growth_and_share_of_pdrb_are_cases_of_the_same(naming, taken, pdrb, entry):
    on = naming(trade=entry)
    poll_bps(on(APRIL))
    one, other = taken(on(APRIL), pdrb), taken(on(APRIL), TRADE)
    assert (other.value, other.formula, other.state) == (one.value, one.formula, one.state)


@pytest.mark.parametrize(
    ("take", "unit", "asked", "written"),
    [
        (Take.VALUE, "Persen", "poin", "%"),
        (Take.VALUE, "Tidak Ada Satuan", "Indeks", "Indeks"),
        (Take.VALUE, "Tidak Ada Satuan", "%", ""),
        (Take.VALUE, "Ribu Rupiah", "juta rupiah", "Ribu Rupiah"),
        (Take.GROWTH, "Ribu Rupiah", "poin", "%"),
        (Take.POINTS, "Persen", "", "poin"),
        (Take.POINTS, "Persen", "%", "%"),
        (Take.POINTS, "Ribu Rupiah", "poin", "Ribu Rupiah"),
    ],
)
def test_the_unit_is_that_of_the_table_and_of_the_target_only_where_the_table_has_none(
    take, unit, asked, written
):
    assert unit_of(take, unit, asked) == written
