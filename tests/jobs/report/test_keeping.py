"""Files of issues, in the working folder and in a store that other machines read."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import pytest

from connectors.store.files import Store
from core.errors import StorageError
from jobs.backup.pack import make_backup
from jobs.backup.restore import restore_backup
from jobs.backup.verify import verify_stored
from jobs.report.issues import read_file
from jobs.report.keeping import keep_files
from jobs.report.refresh import refresh
from jobs.report.state.status import read_status
from jobs.workspace import Workspace, store_of
from tests.given.object_store import Bucket
from tests.jobs.given.days import JANUARY

pytestmark = pytest.mark.usefixtures("unrendered")
FOLDER = "laporan/sumenep-dkupp/2023/terbitan-1"


@pytest.fixture
def here(at) -> Workspace:
    """Without a store."""
    return at(JANUARY)


@pytest.fixture
def shared(here: Workspace, bucket: Bucket) -> Workspace:
    """The same machine with a store."""
    return with_settings(here, **bucket.settings)


def with_settings(workspace: Workspace, **changes: object) -> Workspace:
    return Workspace(workspace.settings.model_validate({**dict(workspace.settings), **changes}))


def store_of_(workspace: Workspace) -> Store:
    store = store_of(workspace.settings)
    assert store is not None
    return store


def set_no_pages(_report: object) -> dict[str, bytes]:
    return {}


def warned(workspace: Workspace) -> str:
    return " ".join(w for w in read_status(workspace).warnings if "terbitan 1" in w)


def test_status_and_refresh_say_when_a_file_of_the_last_issue_is_gone_or_cut(here: Workspace) -> None:
    issue = refresh(here).issue
    assert issue is not None
    assert warned(here) == ""
    (issue.folder / "lkjip.pdf").unlink()
    (issue.folder / "lkjip.html").write_bytes(b"setengah")
    told = warned(here)
    assert "lkjip.pdf (berkasnya tidak ada)" in told
    assert "lkjip.html (ukurannya bukan yang dicatat)" in told
    again = refresh(here)
    assert again.issue is None
    assert again.as_text().startswith("Isi laporan tidak berubah")
    assert told in again.as_text()
    assert again.as_dict()["lacking"] == told


def test_the_same_is_said_of_the_store(shared: Workspace) -> None:
    refresh(shared)
    store = store_of_(shared)
    assert refresh(shared).lacking == ""
    lost = next(name for name in store.find(FOLDER) if name.endswith("lkjip.pdf"))
    store.remove(f"{FOLDER}/{lost}")
    assert "lkjip.pdf (berkasnya tidak ada)" in refresh(shared).as_text()


def test_a_store_that_cannot_be_reached_is_a_warning_of_status(shared: Workspace) -> None:
    refresh(shared)
    away = with_settings(shared, store_endpoint="http://127.0.0.1:9")
    assert "terbitan 1 laporan 2023 tidak dapat diperiksa" in warned(away)


def test_a_store_that_cannot_be_reached_makes_no_issue(shared: Workspace) -> None:
    with pytest.raises(StorageError, match="tidak dapat ditulis"):
        refresh(with_settings(shared, store_endpoint="http://127.0.0.1:9"))
    issue = refresh(shared).issue
    assert issue is not None
    assert issue.number == 1


def test_the_page_of_another_machine_reads_what_this_one_issued(shared: Workspace, tmp_path: Path) -> None:
    issue = refresh(shared).issue
    assert issue is not None
    assert (issue.folder, issue.place) == (None, f"{shared.settings.store}/{FOLDER}")
    assert not shared.reports_folder.exists()
    other = with_settings(shared, home=tmp_path / "lain", database_url=shared.settings.database)
    for kind in ("html", "pdf", "docx", "json"):
        assert read_file(other, 1, kind) is not None
    assert read_file(other, 1, "pdf").content.startswith(b"pdf ")


def test_an_altered_file_in_the_store_is_refused_by_the_page_and_laid_aside_by_verify(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(shared)
    monkeypatch.setattr("jobs.report.remake.make_files", set_no_pages)
    store = store_of_(shared)
    name = next(name for name in store.find(FOLDER) if name.endswith("changes.json"))
    whole = store.read(f"{FOLDER}/{name}")
    pdf = next(name for name in store.find(FOLDER) if name.endswith("lkjip.pdf"))
    store.put(f"{FOLDER}/{name}", b"diubah")
    store.put(f"{FOLDER}/{pdf}", b"diubah")
    with pytest.raises(StorageError, match="tidak lagi sama"):
        read_file(shared, 1, "pdf")
    assert len(verify_stored(shared, mend=False).lost) == 2
    verify_stored(shared)
    assert store.read(f"{FOLDER}/{name}") == whole
    (aside,) = [
        n for n in store.find("karantina/terbitan/sumenep-dkupp-2023-1") if n.endswith("changes.json")
    ]
    assert store.read(f"karantina/terbitan/sumenep-dkupp-2023-1/{aside}") == b"diubah"


def test_two_machines_that_make_the_same_issue_at_once_do_not_write_over_each_other(
    shared: Workspace,
) -> None:
    keep_files(shared, 1, {"lkjip.pdf": b"yang kalah"})
    refresh(shared)
    assert {store_of_(shared).read(f"{FOLDER}/{name}") for name in store_of_(shared).find(FOLDER)} >= {
        b"yang kalah"
    }
    assert verify_stored(shared, mend=False).faults == ()
    assert read_file(shared, 1, "pdf") is not None


def test_verify_brings_the_issues_of_before_into_the_store(
    here: Workspace, shared: Workspace, tmp_path: Path
) -> None:
    refresh(here)
    assert read_file(shared, 1, "pdf") is not None  # until then where it is
    verified = verify_stored(shared)
    assert {fault.mended for fault in verified.faults} == {"Dipulihkan: disalin dari map kerja komputer ini"}
    other = with_settings(shared, home=tmp_path / "lain", database_url=shared.settings.database)
    assert verify_stored(other, mend=False).faults == ()


def test_a_backup_holds_what_is_in_the_store_and_comes_back_without_one(
    shared: Workspace, tmp_path: Path
) -> None:
    refresh(shared)
    store = store_of_(shared)
    store.put("arsip/harga/a.csv", b"dari ember")
    (shared.settings.home / "arsip" / "harga").mkdir(parents=True)
    (shared.settings.home / "arsip" / "harga" / "a.csv").write_bytes(b"dari map")
    wanted = read_file(shared, 1, "pdf").content
    file = tmp_path / "cadangan.tar.gz"
    make_backup(shared.settings, file)
    with tarfile.open(file) as archive:
        assert b"rahasia-uji" not in archive.extractfile("pengaturan.json").read()
    home = tmp_path / "pulih"
    restored = with_settings(
        shared, home=home, store="", database_url=f"sqlite:///{home}/lkjip.sqlite", offices=None
    )
    restore_backup(restored.settings, file)
    assert read_file(restored, 1, "pdf").content == wanted
    assert verify_stored(restored, mend=False).faults == ()
    assert {hashlib.sha256(p.read_bytes()).hexdigest() for p in (home / "arsip").rglob("a*.csv")} == {
        hashlib.sha256(content).hexdigest() for content in (b"dari ember", b"dari map")
    }
