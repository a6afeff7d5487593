"""What an office has no data for is left out of its report: tables, what explains them, their headings."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.errors import AgencyDataError
from core.settings import PROJECT
from office.book.names import TABLES
from office.loading import load_agency
from reports.annex import annex_of
from reports.content import IssueInfo, Report, build_report
from reports.render import render_all
from reports.reported import reported_realisasi

OFFICE = PROJECT / "agencies" / "sumenep-dkupp"
ALL_TABLES = {
    "tujuan-sasaran", "iku", "rencana-kerja", "perjanjian-kinerja", "program", "perubahan-perjanjian",
    "perubahan-program",
    "kategori", "capaian", "tahun-lalu", "akhir-renstra", "standar", "analisis", "penunjang", "anggaran",
    "efisiensi", "efisiensi-program",
}  # fmt: skip
PROGRAMS = {
    "program",
    "perubahan-program",
    "analisis",
    "penunjang",
    "anggaran",
    "efisiensi",
    "efisiensi-program",
}
Change = Callable[[Any], None]


class Folder:
    """A copy of the example office, from which a test takes things away."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, name: str, change: Change) -> None:
        """Load a YAML file, change its content, and write it back."""
        file = next(self.path.rglob(name))
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        change(content)
        file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def without(self, name: str, *keys: str) -> None:
        """Take keys out of a YAML file, of each entry where it is a list."""

        def take(content: Any) -> None:
            for entry in content if isinstance(content, list) else [content]:
                for key in keys:
                    entry.pop(key, None)

        self.change(name, take)

    def with_the_standard_book(self) -> None:
        """No chapter of its own."""
        shutil.rmtree(self.path / "2023" / "buku")
        self.without("year.yaml", "chapters")

    def without_budget(self) -> None:
        """No programs, no kegiatan, and nothing that names them."""
        (self.path / "2023" / "programs.csv").unlink()
        self.without("indicators.yaml", "programs")
        self.change("prices.yaml", lambda prices: prices.pop("stable_program"))

        def take(year: Any) -> None:
            del year["supports"]
            year["reasons"] = [r for r in year["reasons"] if not r["subject"][0].isdigit()]

        self.change("year.yaml", take)

    def without_bps(self) -> None:
        """No region of BPS, and no indicator that is measured from its figures."""
        self.without("office.yaml", "bps")
        self.without("indicators.yaml", "measure")

    def report(self) -> Report:
        agency = load_agency(self.path, 2023)
        return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2024, 1, 31)))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(OFFICE, tmp_path / "sumenep-dkupp")
    return Folder(tmp_path / "sumenep-dkupp")


def headings(report: Report) -> list[str]:
    found = re.findall(r"<h[123]>(.*?)</h[123]>", report.document().body)
    return [heading.replace("<br>", " ") for heading in found]


def words_of(report: Report) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", report.document().body).split())


def test_with_everything_there_every_table_is_there(folder: Folder):
    assert set(folder.report().tables) == ALL_TABLES


def test_without_targets_of_the_renstra_table_2_1_has_no_years_and_3_4_is_left_out(folder: Folder):
    folder.without("indicators.yaml", "renstra_targets")
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"akhir-renstra"}
    assert report.tables["tujuan-sasaran"].headings() == ["NO", "TUJUAN", "SASARAN", "", "INDIKATOR KINERJA"]
    assert "Tingkat Kemajuan Capaian Sasaran Strategis" not in words_of(report)


def test_without_iku_table_3_2_shows_every_indicator(folder: Folder):
    folder.without("indicators.yaml", "iku")
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"iku"}
    assert len(report.tables["capaian"].rows) == 11
    assert report.tables["capaian"].caption.startswith("Capaian Indikator Kinerja\n")
    assert "4. Indikator Kinerja Utama" not in headings(report)


def test_without_supports_table_3_7_is_left_out(folder: Folder):
    folder.without("year.yaml", "supports")
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"penunjang"}
    assert "Dari tabel 3.7" not in words_of(report)
    assert "Analisis program/kegiatan yang menunjang" not in words_of(report)


def test_without_reasons_the_sentences_end_with_their_figure(folder: Folder):
    folder.without("year.yaml", "reasons")
    report = folder.report()
    assert set(report.tables) == ALL_TABLES
    assert "penyediaan gaji PNS" not in words_of(report)


def test_without_national_figures_table_3_5_is_left_out(folder: Folder):
    (folder.path / "2023" / "national.csv").unlink()
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"standar"}
    assert "standart nasional" not in words_of(report)


def test_without_a_print_there_is_no_annex_and_no_line_to_it(folder: Folder):
    shutil.rmtree(folder.path / "2023" / "cetak")
    report = folder.report()
    assert report.findings == ()
    titles = headings(report)
    assert annex_of(report) is None
    assert "Perbedaan dengan laporan tercetak" not in words_of(report)
    assert "LAMPIRAN 5 ASAL-USUL ANGKA" in titles
    assert "LAMPIRAN 6 CARA PENGUKURAN" in titles


def test_a_year_of_a_perjanjian_kinerja_alone_has_no_part_on_a_work_plan(folder: Folder):
    def only_the_agreement(year: Any) -> None:
        year["versions"], year["used"] = [{**year["versions"][0], "id": "pk", "name": "PK 2023"}], "pk"

    folder.change("year.yaml", only_the_agreement)
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"rencana-kerja", "perubahan-perjanjian"}
    titles = headings(report)
    assert "B. Perjanjian Kinerja Tahun 2023" in titles
    assert not any("Rencana Kerja Tahun" in title for title in titles)
    assert {m.version.name for m in report.measured.indicators.values()} == {"PK 2023"}


def test_a_year_without_any_document_of_targets_is_refused(folder: Folder):
    folder.change("year.yaml", lambda year: year.update(versions=[]))
    with pytest.raises(AgencyDataError, match="setidaknya Perjanjian Kinerja"):
        folder.report()


def test_programs_without_kegiatan_say_nothing_of_kegiatan(folder: Folder):
    path = folder.path / "2023" / "programs.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *(row for row in rows if ",program," in row)]), encoding="utf-8")
    folder.change(
        "year.yaml",
        lambda year: year.update(reasons=[r for r in year["reasons"] if "." not in r["subject"]]),
    )
    report = folder.report()
    assert set(report.tables) == ALL_TABLES
    assert len(report.sentences["anggaran"]) == 1


def test_programs_of_which_the_budget_alone_is_known_have_no_tables_of_what_they_reached(folder: Folder):
    path = folder.path / "2023" / "programs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["level"] != "sub_kegiatan"]
    for row in rows:
        row.update(indicator="", target_initial="", target_revised="", target="", realisasi="")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - {"analisis", "efisiensi-program"}
    assert report.tables["program"].headings() == ["NO.", "PROGRAM/KEGIATAN", "ANGGARAN"]
    said = report.sentences["penggunaan-anggaran"][0]
    assert said.endswith("serapan anggaran sebesar 84,93%.")


def test_a_signatory_without_rank_and_nip_signs_with_the_name_alone(folder: Folder):
    for name in ("office.yaml", "year.yaml"):
        folder.change(
            name, lambda content: [content.get("signatory", {}).pop(key, None) for key in ("rank", "nip")]
        )
    assert "NIP." not in folder.report().document().body


def test_an_office_without_a_budget_has_no_part_on_it(folder: Folder):
    folder.without_budget()
    shutil.rmtree(folder.path / "2023" / "cetak")
    report = folder.report()
    assert set(report.tables) == ALL_TABLES - PROGRAMS
    chapter_3 = [title for title in headings(report) if title[:3] in ("A. ", "B. ", "C. ")][-1]
    assert chapter_3 == "A. Capaian Kinerja Organisasi"
    said = words_of(report)
    assert "Rp" not in said
    assert "serapan anggaran" not in said
    assert len(report.tables["capaian"].rows) == 11, "no table 3.9 shows the capaian of those that are no IKU"


def test_what_only_the_print_knows_is_told_once_for_each_table(folder: Folder):
    folder.without_budget()
    findings = folder.report().findings
    gone = [f.place for f in findings if f.explanation.startswith("Tabel ini hanya ada di cetakan")]
    assert sorted(gone) == sorted(f"Tabel {TABLES[name]}" for name in PROGRAMS)
    assert not any("Rp 0" in f.explanation for f in findings)


def test_a_list_of_programs_that_is_gone_while_they_are_named_is_told(folder: Folder):
    (folder.path / "2023" / "programs.csv").unlink()
    with pytest.raises(
        AgencyDataError, match=r"programs\.csv: berkas tidak ada .*hapus programs dan supports"
    ):
        folder.report()


def test_an_indicator_without_programs_has_no_budget_beside_it(folder: Folder):
    def take(indicators: Any) -> None:
        next(i for i in indicators if i["id"] == "sakip")["programs"] = []

    folder.change("indicators.yaml", take)
    row = next(r for r in folder.report().tables["efisiensi"].flat_rows() if "Akuntabilitas" in r[1])
    assert row[5:] == ["-", "-", "-", "-"]


def test_an_office_without_bps_loads_where_no_indicator_takes_its_figures(folder: Folder):
    folder.without_bps()
    assert folder.report().agency.office.bps is None


def test_an_indicator_of_bps_needs_the_region(folder: Folder):
    folder.without("office.yaml", "bps")
    with pytest.raises(
        AgencyDataError, match=r"'kontribusi-industri' dihitung dari angka BPS.*bps: \{domain"
    ):
        folder.report()


def test_without_any_words_of_its_own_the_report_still_has_its_tables(folder: Folder):
    folder.with_the_standard_book()
    report = folder.report()
    assert set(report.tables) == ALL_TABLES
    assert "A. Latar Belakang" in headings(report)


def test_a_chapter_with_nothing_in_it_is_left_out_and_the_others_are_numbered_without_it(folder: Folder):
    (folder.path / "2023" / "buku" / "pendahuluan.md").write_text(
        '# PENDAHULUAN\n\n{{ table("harga-laporan") }}\n'
    )
    report = folder.report()
    chapters = [title for title in headings(report) if title.startswith("BAB ")]
    assert chapters[0] == "BAB I PERENCANAAN KINERJA"
    assert report.tables["capaian"].number == "2.2"


def test_an_office_with_a_table_of_indicators_and_nothing_else_has_a_report_in_all_forms(folder: Folder):
    """As the Inspektorat of Jawa Barat, of which one table is at hand."""
    folder.without_budget()
    folder.without_bps()
    folder.without("year.yaml", "structure")
    folder.without("year.yaml", "structure")
    folder.without("indicators.yaml", "iku", "renstra_targets")
    folder.without("renstra.yaml", "vision", "missions", "chosen_missions")
    folder.without("year.yaml", "legal_bases", "appendices", "reasons", "sources")
    folder.change("year.yaml", lambda year: year.update(versions=year["versions"][:1], used="renja"))
    folder.with_the_standard_book()
    shutil.rmtree(folder.path / "2023" / "cetak")
    (folder.path / "2023" / "national.csv").unlink()
    reported = folder.path / "2023" / "realisasi.csv"
    lines = reported.read_text(encoding="utf-8").splitlines(keepends=True)
    reported.write_text("".join(line for line in lines if ",2022," not in line), encoding="utf-8")
    report = folder.report()
    assert set(report.tables) == {"tujuan-sasaran", "perjanjian-kinerja", "kategori", "capaian"}
    rendered = render_all(report.document())
    assert rendered.pdf.startswith(b"%PDF")
    assert rendered.docx
    for word in ("None", "berikut :"):
        assert word not in words_of(report)
