"""A new office: ``lkjip init``, a planner who fills the workbook, ``office import``, ``render``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.settings import load_settings
from jobs.report.render import present_report
from jobs.workspace import Workspace
from office.loading import EXAMPLES, load_agency
from office.schema import Agency
from standins.bps import BpsStandin
from tests.commands.given.command_line import Lkjip, expect_sentence
from tests.commands.given.planner import answers_of, fill

FIGURES = ("target", "realisasi", "capaian", "category", "standing", "not_computable", "institution")


@pytest.fixture
def known() -> Agency:
    """An office of 17 indicators, whose data the planner has before her."""
    return load_agency(EXAMPLES / "jabar-disperindag", 2016)


@pytest.fixture
def answers(known: Agency, tmp_path: Path) -> Path:
    file = tmp_path / "jawaban.txt"
    file.write_text(answers_of(known), encoding="utf-8")
    return file


def test_three_commands_lead_from_nothing_to_a_right_report(
    lkjip: Lkjip, known: Agency, answers: Path, tmp_path: Path
) -> None:
    begun = lkjip("init", "--answers", str(answers), "--json").json
    fill(Path(begun["workbook"]), known)
    imported = lkjip("office", "import", begun["workbook"], "--json").json
    assert (imported["office"], imported["year"], imported["indicators"]) == ("dinas-baru", 2016, 17)
    assert lkjip("render", "--out", str(tmp_path / "laporan")).code == 0
    made = json.loads((tmp_path / "laporan" / "report.json").read_text())
    printed = present_report(
        Workspace(
            load_settings(agency=str(EXAMPLES / "jabar-disperindag"), year=2016),
            read_only=True,
        )
    ).as_json()
    assert {row["name"]: [row[f] for f in FIGURES] for row in made["indicators"]} == {
        row["name"]: [row[f] for f in FIGURES] for row in printed["indicators"]
    }
    for table in ("capaian", "akhir-renstra"):
        assert made["tables"][table]["rows"] == printed["tables"][table]["rows"]
    assert (tmp_path / "laporan" / "lkjip.pdf").stat().st_size > 10_000


def test_a_blank_workbook_says_what_is_missing_cell_by_cell(lkjip: Lkjip, answers: Path) -> None:
    file = lkjip("init", "--answers", str(answers), "--json").json["workbook"]
    refused = lkjip("office", "import", file, "--json")
    expect_sentence(refused, "lembar Tujuan-Sasaran-Indikator: belum ada indikator")


def test_what_is_asked_may_be_typed(lkjip: Lkjip, answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = dict.fromkeys(line.split(": ", 1)[0] for line in answers.read_text().splitlines())
    given: dict[str, list[str]] = {key: [] for key in lines}
    for line in answers.read_text().splitlines():
        key, value = line.split(": ", 1)
        given[key].append(value)

    def typed(words: str, **_: object) -> str:
        from jobs.office.answers import QUESTIONS

        key = next(question.key for question in QUESTIONS if question.words == words)
        return given[key].pop(0) if given.get(key) else ""

    monkeypatch.setattr("typer.prompt", typed)
    begun = lkjip("init")
    assert "dinas-baru/isian.xlsx" in begun.out
    assert "Kode wilayah BPS tidak ditemukan" in begun.out


def test_an_answer_that_cannot_be_is_named(lkjip: Lkjip, answers: Path) -> None:
    text = (
        answers.read_text()
        .replace("tahun: 2016", "tahun: 2030")
        .replace("tingkat: provinsi", "tingkat: desa")
    )
    answers.write_text(text)
    refused = lkjip("init", "--answers", str(answers), "--json")
    expect_sentence(refused, "tingkat: 'desa' tidak dikenal", "tahun: 2030 di luar masa Renstra")
    answers.write_text("namma: Dinas\n")
    expect_sentence(
        lkjip("init", "--answers", str(answers), "--json"), "baris 1: 'namma: Dinas' tidak dikenal"
    )


def test_an_office_is_not_begun_twice(lkjip: Lkjip, answers: Path) -> None:
    assert lkjip("init", "--answers", str(answers)).code == 0
    expect_sentence(lkjip("init", "--answers", str(answers), "--json"), "sudah ada dan tidak ditimpa")


def test_the_code_of_the_region_is_found_at_bps(lkjip: Lkjip, bps: BpsStandin, answers: Path) -> None:
    text = (
        answers.read_text()
        .replace("provinsi", "kabupaten")
        .replace("wilayah: Jawa Barat", "wilayah: Sumenep")
    )
    answers.write_text(text)
    begun = lkjip("init", "--answers", str(answers), "--json", BPS_URL=bps.url).json
    assert begun["bps_domain"] == "3529"
    rows = load_workbook(begun["workbook"])["Kantor"].iter_rows(values_only=True)
    assert dict(row[:2] for row in rows)["Kode wilayah BPS"] == "3529"


def test_an_office_that_is_there_goes_into_a_workbook(lkjip: Lkjip, own_office: Path, tmp_path: Path) -> None:
    written = lkjip("office", "export", "--year", "2023", "--json").json["workbook"]
    assert lkjip("office", "import", written, "--into", own_office.name).code == 0
    assert load_agency(own_office, 2023) == load_agency(EXAMPLES / "sumenep-dkupp", 2023)
