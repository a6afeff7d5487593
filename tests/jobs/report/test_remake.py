"""An issue is given from its stored bytes, or made again byte for byte by the program that made it alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import AgencyDataError, StorageError
from core.version import program_version
from jobs.bps.poll import poll_bps
from jobs.prices.files import read_price_files
from jobs.report.ingredients import report_from
from jobs.report.issued.giving import give_issue
from jobs.report.issued.history import HISTORY
from jobs.report.refresh import refresh
from jobs.report.render import render_to
from jobs.workspace import Workspace
from models.report.issues import data_of, list_issues
from models.session import open_session
from office.loading import EXAMPLES
from reports.content import IssueInfo
from standins.prices.sheets import make_office_sheet
from tests.jobs.given.days import JANUARY, RELEASE_DAY

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The office's data where they are used, so that a test may change them."""
    return shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")


@pytest.fixture
def unrendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issues are made again as ``unrendered`` makes them."""
    from jobs.report import refresh as refreshing

    monkeypatch.setattr("jobs.report.remake.make_files", refreshing.make_files)


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
    remade = give_issue(at(RELEASE_DAY), 1, tmp_path / "ulang", remake=True).files
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
        give_issue(at(JANUARY), 1, tmp_path / "ulang", remake=True)
    assert str(issued.folder) in caught.value.todo
    assert not (tmp_path / "ulang").exists()


@pytest.mark.usefixtures("unrendered")
def test_each_issue_keeps_the_history_that_it_told(at, office):
    refresh(at(JANUARY))
    change(office / "2023/year.yaml", "CHAINUR BASYID", "PENGGANTI")
    refresh(at(RELEASE_DAY))
    told = []
    with open_session(at(RELEASE_DAY).engine, read_only=True) as session:
        for issue in list_issues(session, "sumenep-dkupp", 2023):
            info = IssueInfo(issue.number, issue.issued_at, issue.cause)
            report = report_from(data_of(session, issue), issue.agency, 2023, info)
            told.append([(past.number, past.day, past.cause, past.changed) for past in report.issue.history])
    first = (1, JANUARY, "Terbitan pertama.", "terbitan pertama, 4 indikator menunggu BPS")
    second = (2, RELEASE_DAY, "Data instansi berubah.", "kata-kata dan identitas kantor diperbarui")
    assert told == [[first], [first, second]]


@pytest.mark.usefixtures("unrendered")
def test_an_issue_of_before_histories_were_kept_tells_none(at):
    refresh(at(JANUARY))
    with open_session(at(JANUARY).engine, read_only=True) as session:
        (issue,) = list_issues(session, "sumenep-dkupp", 2023)
        kept = {name: data for name, data in data_of(session, issue).items() if name != HISTORY}
    report = report_from(kept, issue.agency, 2023, IssueInfo(1, issue.issued_at))
    assert report.issue.history == ()


@pytest.mark.usefixtures("unrendered")
def test_stored_bytes_are_given_under_any_program_and_it_says_so(at, tmp_path, monkeypatch):
    issued = refresh(at(JANUARY)).issue
    monkeypatch.setattr("jobs.report.remake.program_version", lambda: "9.9.9+lain")
    given = give_issue(at(JANUARY), 1, tmp_path / "lama")
    assert not given.remade
    assert "diberikan dari berkas yang tersimpan" in given.as_text()
    stored = {path.name: path.read_bytes() for path in issued.folder.iterdir()}
    assert {path.name: path.read_bytes() for path in given.files} == stored


@pytest.mark.usefixtures("unrendered")
def test_stored_bytes_are_given_from_the_store(at, tmp_path, bucket):
    settings = at(JANUARY).settings
    shared = Workspace(settings.model_validate({**dict(settings), **bucket.settings}))
    refresh(shared)
    given = give_issue(shared, 1, tmp_path / "lama")
    assert not given.remade
    assert {path.name for path in given.files} == {
        "changes.json", "lkjip.docx", "lkjip.html", "lkjip.pdf", "report.json",
    }  # fmt: skip


@pytest.mark.usefixtures("unrendered")
def test_bytes_that_were_altered_are_made_again_and_it_says_why(at, tmp_path, unrendered_again):
    issued = refresh(at(JANUARY)).issue
    (issued.folder / "lkjip.pdf").write_bytes(b"diubah")
    given = give_issue(at(JANUARY), 1, tmp_path / "lagi")
    assert given.remade
    assert "Berkas lkjip.pdf terbitan 1 laporan 2023 tidak lagi sama dengan yang dicatat" in given.as_text()
    assert (tmp_path / "lagi" / "lkjip.pdf").read_bytes().startswith(b"pdf ")


@pytest.mark.usefixtures("unrendered")
def test_altered_bytes_of_another_program_are_refused_with_both_reasons(at, tmp_path, monkeypatch):
    issued = refresh(at(JANUARY)).issue
    (issued.folder / "lkjip.pdf").unlink()
    monkeypatch.setattr("jobs.report.remake.program_version", lambda: "9.9.9+lain")
    with pytest.raises(StorageError, match=r"lkjip\.pdf tidak dapat dibaca .* program ini 9\.9\.9\+lain"):
        give_issue(at(JANUARY), 1, tmp_path / "ulang")
    assert not (tmp_path / "ulang").exists()


@pytest.mark.usefixtures("unrendered")
def test_what_does_not_come_out_as_it_was_recorded_is_not_written(at, tmp_path):
    refresh(at(JANUARY))  # whose files were not set by the renderer
    with pytest.raises(StorageError, match=r"lkjip\.docx, lkjip\.html, lkjip\.pdf terbitan 1 .* tidak sama"):
        give_issue(at(JANUARY), 1, tmp_path / "ulang", remake=True)
    assert not (tmp_path / "ulang").exists()


@pytest.mark.usefixtures("unrendered")
def test_an_issue_that_does_not_exist_names_those_that_do(at, tmp_path):
    refresh(at(JANUARY))
    with pytest.raises(StorageError, match="Terbitan 7 laporan 2023 tidak ada; yang ada: 1"):
        give_issue(at(JANUARY), 7, tmp_path / "ulang")


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
