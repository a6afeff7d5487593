"""An office's year in a workbook: nothing is lost on the way there and back, nothing changes half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError, StorageError
from core.settings import load_settings
from jobs.office.workbook import export_workbook, import_workbook
from jobs.report.render import present_report
from jobs.workspace import Workspace
from office.loading import EXAMPLES, load_agency

OUTSIDE = ("buku", "cetak", "prices.yaml")
EXAMPLE_OFFICES = [("sumenep-dkupp", 2023), ("jabar-disperindag", 2016), ("jabar-inspektorat", 2016)]


def without_outside(name: str, year: int, offices: Path) -> None:
    """What the workbook does not hold stands in the office's folder already."""
    for part in OUTSIDE:
        source, copy = EXAMPLES / name / str(year) / part, offices / name / str(year) / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy)
        elif source.exists():
            shutil.copy(source, copy)


@pytest.mark.parametrize(("name", "year"), EXAMPLE_OFFICES)
def test_an_office_comes_back_as_it_was_and_so_does_its_report(name: str, year: int, tmp_path: Path) -> None:
    offices = tmp_path / "kantor"
    without_outside(name, year, offices)
    imported = import_workbook(export_workbook(EXAMPLES / name, year, tmp_path / "isian.xlsx"), offices)
    original = load_agency(EXAMPLES / name, year)
    assert imported.agency == original
    assert load_agency(offices / name, year) == original
    assert all("bila maksudnya" in note for note in imported.notes), "below one per cent, and nothing else"
    reports = [
        present_report(
            Workspace(load_settings(home=tmp_path, agency=str(folder), year=year), read_only=True)
        ).json_text()
        for folder in (EXAMPLES / name, offices / name)
    ]
    assert reports[0] == reports[1]


def test_who_gets_which_mails_comes_back(tmp_path: Path) -> None:
    office = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")
    with (office / "2016" / "year.yaml").open("a", encoding="utf-8") as file:
        file.write("mail:\n  release: [Inspektur]\n  failure: [Perencana, Inspektur]\n")
    before = load_agency(office, 2016)
    assert before.year.mail.failure == ["Perencana", "Inspektur"]
    imported = import_workbook(export_workbook(office, 2016, tmp_path / "isian.xlsx"), office.parent)
    assert imported.agency == load_agency(office, 2016) == before


def test_how_the_report_looks_is_left_alone_by_a_workbook(tmp_path: Path) -> None:
    office = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")
    written = {
        "2016/form.yaml": "paper: F4\n",
        "lambang.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
    }
    for name, text in written.items():
        (office / name).write_text(text)
    before = load_agency(office, 2016)
    imported = import_workbook(export_workbook(office, 2016, tmp_path / "isian.xlsx"), office.parent)
    assert imported.agency == load_agency(office, 2016) == before
    assert {name: (office / name).read_text() for name in written} == written


def test_other_standards_and_words_without_a_figure_come_back(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "jabar-inspektorat")
    national = (
        "indicator,year,value,source,standard",
        "opd-spip,2016,40,BPKP,",
        "opd-spip,2015,45,BPKP,Banten",
    )
    (folder / "2016" / "national.csv").write_text("\n".join(national))
    header, *rows = (folder / "2016" / "realisasi.csv").read_text().splitlines()
    rows = [f"{header},cause,solution", *(f"{row},," for row in rows), 'eppd,2016,,,,,,,"Sebab\nlain",Dibina']
    (folder / "2016" / "realisasi.csv").write_text("\n".join(rows))
    imported = import_workbook(export_workbook(folder, 2016, tmp_path / "isian.xlsx"), tmp_path / "kantor")
    original = load_agency(folder, 2016)
    assert [each.cause for each in original.explained] == ["Sebab\nlain"]
    assert imported.agency.explained == original.explained
    assert imported.agency.national == original.national


def test_a_workbook_from_before_a_column_was_added_is_read(isian: Path, tmp_path: Path) -> None:
    book = load_workbook(isian)
    book["Realisasi"].delete_cols(10, 3)
    book.save(isian)
    original = load_agency(EXAMPLES / "jabar-disperindag", 2016)
    assert import_workbook(isian, tmp_path / "kantor").agency.reported == original.reported


def test_the_order_of_the_documents_tables_comes_back(isian: Path, tmp_path: Path) -> None:
    imported = import_workbook(isian, tmp_path / "kantor")
    original = load_agency(EXAMPLES / "jabar-disperindag", 2016)
    assert list(imported.agency.indicators) == list(original.indicators)
    for ours, theirs in zip(imported.agency.year.versions, original.year.versions, strict=True):
        assert list(ours.targets) == list(theirs.targets)


def test_what_stands_outside_the_workbook_stays(isian: Path, tmp_path: Path) -> None:
    offices = tmp_path / "kantor"
    own = shutil.copytree(EXAMPLES / "jabar-disperindag", offices / "jabar-disperindag") / "2016"
    (own / "buku" / "penutup.md").write_text("# PENUTUP\n")
    import_workbook(isian, offices)
    assert (own / "buku" / "penutup.md").read_text() == "# PENUTUP\n"
    assert (own / "cetak" / "capaian.csv").is_file()
    assert [path.name for path in offices.iterdir()] == ["jabar-disperindag"]


def test_an_office_that_is_there_keeps_its_data_when_a_cell_is_wrong(isian: Path, tmp_path: Path) -> None:
    offices = tmp_path / "kantor"
    folder = shutil.copytree(EXAMPLES / "jabar-disperindag", offices / "jabar-disperindag")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    book = load_workbook(isian)
    book["Realisasi"]["C3"] = "9 dari 10"
    book.save(isian)
    with pytest.raises(AgencyDataError, match="lembar Realisasi, sel C3"):
        import_workbook(isian, offices)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_rules_and_programs_that_the_workbook_no_longer_has_go(isian: Path, tmp_path: Path) -> None:
    offices = tmp_path / "kantor"
    folder = shutil.copytree(EXAMPLES / "jabar-disperindag", offices / "jabar-disperindag")
    book = load_workbook(isian)
    rules = book["Aturan"]
    for row in range(2, rules.max_row + 1):
        for place in range(2, 6):
            rules.cell(row, place).value = None
    book.save(isian)
    imported = import_workbook(isian, offices)
    assert not (folder / "2016" / "rules.yaml").exists()
    assert imported.agency.rules.categories.rows[0].name == "Sangat Tinggi"


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "jabar-inspektorat")
    identity = folder / "office.yaml"
    identity.write_text(identity.read_text().replace("short_name: Inspektorat", 'short_name: "=1+1"'))
    book = load_workbook(export_workbook(folder, 2016, tmp_path / "isian.xlsx"))
    cell = next(row[1] for row in book["Kantor"].iter_rows() if row[0].value == "Nama pendek kantor")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_workbook_that_is_there_is_never_overwritten(isian: Path) -> None:
    with pytest.raises(StorageError, match="sudah ada dan tidak ditimpa"):
        export_workbook(EXAMPLES / "jabar-disperindag", 2016, isian)


def test_headings_are_locked_and_cells_are_free(isian: Path) -> None:
    for sheet in load_workbook(isian):
        assert sheet.protection.sheet
        assert sheet["A1"].protection.locked
        assert not sheet.column_dimensions["B"].protection.locked


def test_a_first_document_that_is_left_blank_follows_the_renstra(isian: Path, tmp_path: Path) -> None:
    book = load_workbook(isian)
    targets = book["Target"]
    headings = {cell.value: cell.column for cell in targets[1]}
    for row in range(8, targets.max_row + 1):
        if targets.cell(row, headings["Dokumen 1"]).value != "< inflasi nasional":
            targets.cell(row, headings["Dokumen 1"]).value = None
    book.save(isian)
    imported = import_workbook(isian, tmp_path / "kantor")
    plan = imported.agency.year.versions[0].targets
    assert str(plan["nilai-produksi-ikm"]) == "15%"  # of the Renstra; the printed plan has 10%
    assert "16 target Rencana Kinerja Tahun 2016 kosong, diambil dari Renstra" in imported.as_text()


def test_a_figure_below_one_per_cent_is_taken_and_told(isian: Path, tmp_path: Path) -> None:
    notes = import_workbook(isian, tmp_path / "kantor").notes
    assert notes == (
        "Terkendalinya inflasi Jawa Barat: ada 0,79%; bila maksudnya 79%, tulis angka itu di selnya.",
    )
