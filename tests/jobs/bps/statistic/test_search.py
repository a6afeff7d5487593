"""``lkjip sources bps --find``: what a region has, ready to paste."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from core.errors import SettingsError, SourceError
from jobs.bps.poll import poll_bps
from jobs.bps.statistic.search import find_statistics
from models.bps.tables import PollOutcome
from tests.jobs.given.days import RELEASE_DAY

POVERTY = "https://www.bps.go.id/id/statistics-table/2/NjIxIzI=/persentase-penduduk-miskin.html"


def tables(workspace: Any, wanted: str, domain: str = "") -> dict[int, dict[str, Any]]:
    return {table["table"]: table for table in find_statistics(workspace, wanted, domain).as_dict()["tables"]}


def test_tables_of_the_region_and_its_province_with_rows_columns_and_parts_of_the_year(at):
    found = tables(at(RELEASE_DAY), "pengangguran terbuka")
    assert list(found) == [9601, 9611]
    own = found[9601]
    assert (own["domain"], own["unit"], own["rows"]) == ("3529", "Persen", ["Sumenep"])
    assert own["characteristics"] == ["Laki-laki", "Perempuan", "Jumlah"]
    assert (own["periods"], own["years"][-1]) == (["Tahun"], 2023)


def test_the_nation_is_asked_only_where_region_and_province_have_none(at, bps):
    workspace = at(RELEASE_DAY)
    find_statistics(workspace, "pengangguran terbuka")
    assert "0000" not in {entry.params.get("domain") for entry in bps.requests}
    assert find_statistics(workspace, "gini rasio").domains == ("3529", "3500", "0000")


@pytest.mark.parametrize(
    ("wanted", "entry"),
    [
        ("pengangguran terbuka jenis kelamin", "bps: {table: 9601, characteristic: Jumlah}"),
        ("penduduk miskin", 'bps: {table: 9613, row: Sumenep, period: Maret, domain: "3500"}'),
        ("inflasi y-on-y", 'bps: {table: 9617, row: Sumenep, period: Desember, domain: "3500"}'),
        (POVERTY, 'bps: {table: 621, row: Sumenep, period: Maret, domain: "0000"}'),
    ],
)
def test_the_line_can_be_pasted_and_fills_an_indicator(naming, wanted, entry, at):
    (found,) = find_statistics(at(RELEASE_DAY), wanted).tables
    assert found.entry == entry
    pasted = yaml.safe_load(found.entry)["bps"]
    on = naming(pdrb=False, industry=found.entry.removeprefix("bps: "))
    assert on(RELEASE_DAY).agency.indicators["pertumbuhan-industri"].bps.var_id == pasted["table"]
    assert poll_bps(on(RELEASE_DAY)).outcome is PollOutcome.RELEASED


def test_of_many_tables_the_first_are_looked_into_and_the_others_named(at, bps):
    found = find_statistics(at(RELEASE_DAY), "tabel pengisi", "3529").tables
    assert [bool(table.rows) for table in found] == [True] * 10 + [False] * 24
    assert all(table.title for table in found)


def test_people_read_the_same(at):
    told = find_statistics(at(RELEASE_DAY), "nilai tukar").as_text()
    assert "tabel 9615, Nilai Tukar Petani (NTP) Menurut Subsektor (2018=100)" in told
    assert "baris: Tanaman Pangan, Hortikultura" in told
    assert "periode: Januari, Februari" in told


def test_none_is_an_answer_that_says_where_was_looked(at):
    told = find_statistics(at(RELEASE_DAY), "gini rasio").as_text()
    assert "memuat 'gini rasio' pada wilayah 3529, 3500, 0000" in told


def test_a_table_that_cannot_be_read_is_told_beside_the_others(at, bps):
    bps.fail_with("truncated", when=lambda asked: asked.params.get("var") == "9601")
    found = tables(at(RELEASE_DAY), "pengangguran terbuka")
    assert "terpotong" in found[9601]["problem"]
    assert found[9611]["entry"]


@pytest.mark.parametrize("wanted", ["", "https://www.bps.go.id/id/news/1/x.html"])
def test_what_cannot_be_looked_for_is_refused(at, wanted):
    with pytest.raises(SettingsError):
        find_statistics(at(RELEASE_DAY), wanted)


def test_a_refused_key_is_said_and_not_shown(at, bps):
    bps.fail_with("bad_key")
    with pytest.raises(SourceError, match="menolak kunci") as failed:
        find_statistics(at(RELEASE_DAY), "pengangguran terbuka")
    assert bps.key not in str(failed.value)
