"""The way of a planner to a statistic of BPS: find it, paste the line, look, and trace the figure."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from standins.bps import BpsStandin
from tests.commands.given.command_line import Lkjip

GROWTH = "  measure: {kind: pdrb_growth, sector: C}\n"


@pytest.mark.usefixtures("unrendered")
def test_from_words_to_a_figure_that_can_be_traced(
    lkjip: Lkjip, bps: BpsStandin, own_office: Path, tmp_path: Path
) -> None:
    found = lkjip("sources", "bps", "--find", "pengangguran terbuka", "--json", BPS_URL=bps.url).json
    line = found["tables"][0]["entry"]
    (indicators,) = own_office.rglob("indicators.yaml")
    indicators.write_text(
        indicators.read_text(encoding="utf-8").replace(GROWTH, f"  {line}\n"), encoding="utf-8"
    )

    waiting = {row["id"]: row for row in lkjip("status", "--json").json["indicators"]}["pertumbuhan-industri"]
    assert waiting["state"] == "waiting"
    assert lkjip("poll").code == 0
    traced = lkjip("trace", "pertumbuhan-industri", "--json").json
    assert (traced["realisasi"], traced["state"]) == ("2,08%", "final")
    assert traced["inputs"][0]["symbol"] == "Sumenep, Jumlah 2023"
    assert traced["inputs"][0]["snapshot_bytes"] > 0

    assert lkjip("export", "--out", "hasil").code == 0
    text = (tmp_path / "hasil" / "observasi.csv").read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    kept = [
        row for row in csv.DictReader(text.splitlines(), delimiter=delimiter) if row["ukuran"] == "statistik"
    ]
    assert [(row["uraian"], row["tahun"], row["nilai"]) for row in kept] == [
        ("Sumenep, Jumlah", "2022", kept[0]["nilai"]),
        ("Sumenep, Jumlah", "2023", "2.08"),
    ]


def test_people_read_rows_columns_and_the_line_to_paste(lkjip: Lkjip, bps: BpsStandin) -> None:
    told = lkjip("sources", "bps", "--find", "pengangguran terbuka", BPS_URL=bps.url).out
    assert "karakteristik: Laki-laki, Perempuan, Jumlah" in told
    assert "untuk indicators.yaml: bps: {table: 9601, characteristic: Jumlah}" in told
