"""An issue is made again byte for byte by the program that made it, and by no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import AgencyDataError, StorageError
from core.version import program_version
from jobs.bps.poll import poll_bps
from jobs.prices.files import read_price_files
from jobs.report.refresh import refresh
from jobs.report.remake import remake_issue
from jobs.report.render import render_to
from models.report.issues import list_issues
from models.session import open_session
from office.loading import EXAMPLES
from standins.prices.sheets import make_office_sheet
from tests.jobs.given.days import JANUARY, RELEASE_DAY


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The office's data where they are used, so that a test may change them."""
    return shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_old_issue_is_remade_with_identical_bytes_after_everything_changed(at, office, tmp_path):
    sheet = tmp_path / "harga.xlsx"
    make_office_sheet(sheet, 2023)
    read_price_files(at(JANUARY), [sheet])
    (office / "lambang.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (office / "2023/form.yaml").write_text('paper: F4\ntheme: {main: "#7a1f1f"}\n')
    issued = refresh(at(JANUARY)).issue
    (office / "lambang.svg").unlink()
    change(office / "2023/form.yaml", "F4", "A4")
    change(office / "2023/year.yaml", "CHAINUR BASYID", "PENGGANTI")
    change(office / "2023/indicators.yaml", "name: Persentase Koperasi Aktif", "name: Koperasi yang Aktif")
    change(office / "2023/prices.yaml", "stable_at_most: 9", "stable_at_most: 3")
    change(office / "office.yaml", "region: Kabupaten Sumenep", "region: Kabupaten Lain")
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    assert refresh(workspace).issue.number == 2
    remade = remake_issue(at(RELEASE_DAY), 1, tmp_path / "ulang")
    assert {path.name for path in remade} == {path.name for path in issued.folder.iterdir()}
    for path in remade:
        assert path.read_bytes() == (issued.folder / path.name).read_bytes(), path.name


@pytest.mark.usefixtures("unrendered")
def test_an_issue_notes_the_program_and_the_hash_of_its_data(at, office):
    refresh(at(JANUARY))
    change(office / "2023/year.yaml", "CHAINUR BASYID", "PENGGANTI")
    refresh(at(JANUARY))
    with open_session(at(JANUARY).engine, read_only=True) as session:
        first, second = list_issues(session, "sumenep-dkupp", 2023)
    assert first.program == second.program == program_version()
    assert len(first.data_hash) == 64
    assert first.data_hash != second.data_hash


@pytest.mark.usefixtures("unrendered")
def test_another_program_leaves_the_stored_files_as_the_record(at, tmp_path, monkeypatch):
    issued = refresh(at(JANUARY)).issue
    monkeypatch.setattr("jobs.report.remake.program_version", lambda: "9.9.9+lain")
    with pytest.raises(
        StorageError, match=r"program ini 9\.9\.9\+lain; terbitan itu tidak disusun"
    ) as caught:
        remake_issue(at(JANUARY), 1, tmp_path / "ulang")
    assert str(issued.folder) in caught.value.todo
    assert not (tmp_path / "ulang").exists()


@pytest.mark.usefixtures("unrendered")
def test_what_does_not_come_out_as_it_was_recorded_is_not_written(at, tmp_path):
    refresh(at(JANUARY))  # whose files were not set by the renderer
    with pytest.raises(StorageError, match=r"lkjip\.docx, lkjip\.html, lkjip\.pdf terbitan 1 .* tidak sama"):
        remake_issue(at(JANUARY), 1, tmp_path / "ulang")
    assert not (tmp_path / "ulang").exists()


@pytest.mark.usefixtures("unrendered")
def test_an_issue_that_does_not_exist_names_those_that_do(at, tmp_path):
    refresh(at(JANUARY))
    with pytest.raises(StorageError, match="Terbitan 7 laporan 2023 tidak ada; yang ada: 1"):
        remake_issue(at(JANUARY), 7, tmp_path / "ulang")


@pytest.mark.usefixtures("unrendered")
def test_nothing_but_issuing_writes_into_the_folder_of_an_issue(at, monkeypatch):
    issued = refresh(at(JANUARY)).issue
    before = {path.name: path.read_bytes() for path in issued.folder.iterdir()}
    monkeypatch.setattr("jobs.report.render.make_files", lambda _report: {"lkjip.pdf": b"lain"})
    with pytest.raises(StorageError, match="milik terbitan yang tersimpan"):
        render_to(at(JANUARY), issued.folder)
    assert {path.name: path.read_bytes() for path in issued.folder.iterdir()} == before


@pytest.mark.usefixtures("unrendered")
def test_data_that_change_while_the_report_is_made_give_no_issue(at, office):
    workspace = at(JANUARY)
    assert workspace.agency.year.year == 2023  # read
    change(office / "2023/year.yaml", "CHAINUR BASYID", "PENGGANTI")
    with pytest.raises(AgencyDataError, match="diubah selagi laporan disusun"):
        refresh(workspace)
    assert refresh(at(JANUARY)).issue.number == 1
