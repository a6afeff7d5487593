"""The office's words on why a target was reached or missed, and what is done about it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from office.loading import find_agency, load_agency
from reports.content import IssueInfo, Report, build_report
from reports.reported import reported_realisasi


@pytest.fixture
def explained(tmp_path: Path):
    """The report when realisasi.csv, with cause and solution, has this row in place of its own."""
    folder = shutil.copytree(find_agency("sumenep-dkupp"), tmp_path / "sumenep-dkupp")

    def make(row: str = "") -> Report:
        file = folder / "2023" / "realisasi.csv"
        header, *lines = file.read_text(encoding="utf-8").splitlines()
        kept = [f"{line},," for line in lines if not line.startswith(f"{row.partition(',')[0]},2023,")]
        file.write_text("\n".join([f"{header},cause,solution", *kept, row]), encoding="utf-8")
        agency = load_agency(folder, 2023)
        return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2024, 1, 30)))

    return make


def test_the_words_stand_under_table_3_5_escaped_as_they_are(explained):
    report = explained('sakip,2023,A,,Inspektorat,,<b>Tim & data</b> lengkap,"Dijaga, #1"')
    [row] = report.tables["penyebab"].flat_rows()
    assert row[3:] == ["100%", "<b>Tim & data</b> lengkap", "Dijaga, #1"]
    body = report.document().body
    assert "&lt;b&gt;Tim &amp; data&lt;/b&gt; lengkap" in body
    assert body.index("Perbandingan Capaian dengan Standar") < body.index("Penyebab Keberhasilan/Kegagalan")


def test_an_indicator_whose_figure_is_not_the_offices_is_explained_without_one(explained):
    report = explained("kontribusi-industri,2023,,,,,Industri garam pulih,")
    [row] = report.tables["penyebab"].flat_rows()
    assert row[3:] == ["Menunggu Rilis PDRB oleh BPS 2024", "Industri garam pulih", "-"]
    assert report.measured.indicators["kontribusi-industri"].waiting


def test_without_words_there_is_no_such_table(explained):
    assert "penyebab" not in explained().tables


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("sakip,2022,A,,Inspektorat,,Sebab,", "'cause' berisi kata-kata untuk 2022"),
        ("sakip,2023,,,Inspektorat,,Sebab,", "'value'"),
        ("sakip,2023,,A,,,Sebab,", "target"),
    ],
)
def test_words_of_another_year_or_on_half_a_figure_are_told(explained, row: str, said: str):
    with pytest.raises(AgencyDataError, match=said):
        explained(row)
