"""``rules.yaml``: what it says is measured by, what it leaves out is the default, slips are named."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from capaian.rules import DEFAULT, UNKNOWN_SOURCE, Meaning, Over
from core.errors import AgencyDataError
from office.loading import RULES, load_agency

JABAR = """\
formulas: LKIP Disperindag Jawa Barat 2016, BAB III
categories:
  source: LKIP Disperindag Jawa Barat 2016, BAB III
  rows:
    - {name: Sangat baik, above: 100, printed: "> 100"}
    - {name: Baik, at_least: 80, printed: 80 – 100}
    - {name: Sedang, at_least: "54,5"}
    - {name: Kurang, printed: < 55}
cap: {limit: 120, averaged: false}
zero: {missed: 0}
averages: {over: computable}
efficiency: {meaning: saved, source: tabel 3.5}
absorption: {low: 60, good: 90}
printed: {truncated: true}
ordinals:
  - {id: opini, best_first: [WTP, WDP]}
  - {id: warna, best_first: [Hijau, Kuning, Merah]}
"""


def write(office: Path, text: str) -> None:
    (office / "2023" / RULES).write_text(text, encoding="utf-8")


def test_an_office_without_the_file_has_the_default_rules(office: Path) -> None:
    assert load_agency(office, 2023).rules == DEFAULT


def test_every_rule_of_the_file_is_read(office: Path) -> None:
    write(office, JABAR)
    rules = load_agency(office, 2023).rules
    find = rules.categories.find
    assert [find(Decimal(p)).name for p in ("100.001", "100", "54.5", "54")] == [
        "Sangat baik", "Baik", "Sedang", "Kurang",
    ]  # fmt: skip
    assert [row.printed for row in rules.categories.rows] == ["> 100", "80 – 100", "≥ 54,5", "< 55"]
    assert (rules.cap.limit, rules.cap.shown, rules.cap.averaged) == (120, True, False)
    assert (rules.zero.reached, rules.zero.missed) == (None, 0)
    assert (rules.averages.over, rules.efficiency.meaning) == (Over.COMPUTABLE, Meaning.SAVED)
    assert (rules.absorption.low, rules.absorption.good) == (60, 90)
    assert rules.printed.truncated
    opinion, level = rules.ordinal("opini"), rules.ordinal("level")
    assert opinion is not None
    assert opinion.grades == ("WTP", "WDP")
    assert level is not None, "a scale that the file does not name stays"


def test_a_rule_without_a_source_says_that_it_is_unknown(office: Path) -> None:
    write(office, JABAR)
    rules = load_agency(office, 2023).rules
    assert (rules.efficiency.source, rules.cap.source) == ("tabel 3.5", UNKNOWN_SOURCE)


def test_what_the_file_leaves_out_is_the_program_s_rule_and_says_whose_it_was(office: Path) -> None:
    write(office, "averages: {over: computable, source: BAB IV}\n")
    rules = load_agency(office, 2023).rules
    assert rules.averages.source == "BAB IV"
    for name in ("categories", "absorption", "cap", "efficiency"):
        rule, default = getattr(rules, name), getattr(DEFAULT, name)
        assert replace(rule, source="") == replace(default, source="")
        assert rule.source == f"bawaan program, dari {default.source}"


SLIPS = [
    ("at_least: 80, printed", "at_leest: 80, printed", ["baris 6", "at_leest' tidak dikenal", "'at_least'"]),
    ("at_least: 80", "at_least: 150", ["terbaik dulu", "'Sangat baik'", "'Baik'"]),
    ("at_least: 80, ", "", ["'Baik' perlu satu batas bawah"]),
    ("name: Kurang,", "name: Kurang, at_least: 0,", ["'Kurang'", "tidak boleh berbatas bawah"]),
    ("over: computable", "over: semua", ["baris 11", "'semua'", "'all'"]),
    ("meaning: saved", "meaning: hemat", ["baris 12", "'hemat'", "'ratio'"]),
    ("limit: 120", "limit: 90", ["baris 9", "'90'", "tidak boleh kurang dari 100"]),
    ("low: 60", "low: banyak", ["baris 13", "bukan angka", "'banyak'"]),
    ("[WTP, WDP]", "[WTP, WTP]", ["'WTP' ditulis dua kali"]),
]


@pytest.mark.parametrize(("old", "new", "said"), SLIPS, ids=[slip[1][:20] for slip in SLIPS])
def test_a_slip_in_the_rules_is_named_with_its_place(
    office: Path, old: str, new: str, said: list[str]
) -> None:
    assert old in JABAR
    write(office, JABAR.replace(old, new, 1))
    with pytest.raises(AgencyDataError) as caught:
        load_agency(office, 2023)
    for words in (f"2023/{RULES} baris", *said):
        assert words in str(caught.value)


MISFITS = [
    ("2023/indicators.yaml", "formula: T/R", "formula: R/T", ["baris", "rumus R/T", "direction lower"]),
    ("2023/indicators.yaml", "formula: T/R", "formula: ordinal", ["rumus ordinal", "14,8%"]),
    ("2023/indicators.yaml", "formula: T/R", "formula: t/r", ["'t/r'", "'T/R'"]),
    ("2023/indicators.yaml", "formula: T/R", "scale: warni", ["skala 'warni'", "sakip, opini, level"]),
    ("2023/year.yaml", "sakip: A", "sakip: E", ["baris", "'E' bukan nilai yang dikenal", "AA, A, BB"]),
    ("2023/year.yaml", "koperasi-aktif: 80%", "koperasi-aktif: <= 80%", ["≤ 80%", "direction: lower"]),
    ("2023/programs.csv", ",100%,", ",WTX,", ["baris", "'WTX' bukan nilai yang dikenal"]),
    (
        "2023/indicators.yaml",
        "  measure: {kind: price_fluctuation}",
        "  measure: {kind: price_fluctuation}\n  institution: {name: BPK}",
        ["'fluktuasi-bapokti'", "institution"],
    ),
    (
        "2023/indicators.yaml",
        "  measure: {kind: price_fluctuation}",
        "  institution: {name: BPK, waiting: belum terbit}",
        ["'belum terbit'", "diawali 'Menunggu'"],
    ),
    (
        "2023/indicators.yaml",
        "  measure: {kind: price_fluctuation}",
        "  institution: {name: BPK, due: Abril}",
        ["'Abril' bukan nama bulan", "April"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), MISFITS, ids=[slip[2][-24:] for slip in MISFITS])
def test_what_cannot_be_measured_by_the_rules_is_named_with_its_place(
    office: Path, name: str, old: str, new: str, said: list[str]
) -> None:
    path = office / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AgencyDataError) as caught:
        load_agency(office, 2023)
    for words in (name, *said):
        assert words in str(caught.value)


def test_a_stated_capaian_needs_an_indicator_whose_capaian_is_stated(office: Path) -> None:
    path = office / "2023" / "realisasi.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "capaian"])
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "capaian": "98,8" if row["indicator"] == "kinerja-pd" else ""})
    with pytest.raises(AgencyDataError, match="capaian 'kinerja-pd' dinyatakan"):
        load_agency(office, 2023)
    indicators = office / "2023/indicators.yaml"
    text = indicators.read_text(encoding="utf-8")
    indicators.write_text(text.replace("- id: kinerja-pd\n", "- id: kinerja-pd\n  formula: stated\n"))
    (entry,) = [r for r in load_agency(office, 2023).reported if r.indicator == "kinerja-pd"]
    assert entry.capaian == Decimal("98.8")
