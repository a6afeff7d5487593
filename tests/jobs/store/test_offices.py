"""Offices' data of several machines: each reads the last version, and nobody's change is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import AgencyDataError, StorageError
from core.settings import PROJECT
from jobs.report.refresh import refresh
from jobs.report.state.status import read_status
from jobs.store.offices import bring_offices, changing_office, require_shared, share_office
from jobs.workspace import Workspace, store_of
from jobs.years.confirm import close_year, confirm_year
from jobs.years.opening import open_year
from tests.given.object_store import Bucket
from tests.jobs.given.days import JANUARY

OFFICE = "sumenep-dkupp"
Machine = Callable[[str], Workspace]


@pytest.fixture
def machine(at, bucket: Bucket, tmp_path: Path) -> Machine:
    """A machine by its name, with offices of its own and the store and database of all."""

    def of_name(name: str) -> Workspace:
        home = tmp_path / name
        home.mkdir(exist_ok=True)
        settings = at(JANUARY).settings
        return Workspace(
            settings.model_validate(
                {
                    **dict(settings),
                    **bucket.settings,
                    "home": home,
                    "agency": OFFICE,
                    "year": 2023,
                    "database_url": f"sqlite:///{tmp_path}/kerja/lkjip.sqlite",
                }
            )
        )

    return of_name


@pytest.fixture
def one(machine: Machine) -> Workspace:
    """The machine on which the office was set up and shared."""
    space = machine("satu")
    shutil.copytree(PROJECT / "agencies" / OFFICE, folder_of(space))
    share_office(space.settings, folder_of(space))
    return space


@pytest.fixture
def two(one: Workspace, machine: Machine) -> Workspace:
    """Another one, which has it from the store."""
    space = machine("dua")
    assert bring_offices(space.settings) == []
    return space


def folder_of(space: Workspace) -> Path:
    return space.settings.offices_folder / OFFICE


def files(space: Workspace) -> dict[str, bytes]:
    folder = folder_of(space)
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.suffix in (".yaml", ".csv", ".md")
    }


def edit(space: Workspace, name: str = "office.yaml", words: str = "\n# diubah\n") -> None:
    file = folder_of(space) / name
    file.write_text(file.read_text() + words)


def test_a_new_machine_gets_the_office_as_it_was_shared(one: Workspace, two: Workspace) -> None:
    assert files(two) == files(one) != {}
    assert two.agency == one.agency


def test_a_year_that_one_machine_opens_confirms_and_closes_the_other_has(
    one: Workspace, two: Workspace
) -> None:
    open_year(one, 2024)
    bring_offices(two.settings)
    assert "2024/year.yaml" in files(two)
    confirm_year(two, 2024, "Perencana")
    bring_offices(one.settings)
    close_year(one, 2024)
    bring_offices(two.settings)
    assert files(two) == files(one)


def test_a_file_that_was_removed_goes_and_what_is_no_data_stays(one: Workspace, two: Workspace) -> None:
    (folder_of(two) / "isian.xlsx").write_bytes(b"buku kerja")
    (folder_of(one) / "catatan.md").write_text("satu")
    share_office(one.settings, folder_of(one))
    bring_offices(two.settings)
    (folder_of(one) / "catatan.md").unlink()
    share_office(one.settings, folder_of(one))
    bring_offices(two.settings)
    assert files(two) == files(one)
    assert (folder_of(two) / "isian.xlsx").exists()


def test_a_change_by_hand_is_not_issued_before_it_is_shared(one: Workspace) -> None:
    edit(one)
    with pytest.raises(AgencyDataError, match="belum dibagikan"):
        refresh(one)
    assert any("lkjip office share" in warning for warning in read_status(one).warnings)
    share_office(one.settings, folder_of(one))
    require_shared(one)


def test_changes_on_two_machines_are_told_and_neither_is_lost(one: Workspace, two: Workspace) -> None:
    edit(one, words="\n# satu\n")
    edit(two, words="\n# dua\n")
    share_office(one.settings, folder_of(one))
    (told,) = bring_offices(two.settings)
    assert "diubah di komputer ini dan di komputer lain" in told
    with pytest.raises(AgencyDataError, match="tidak ada yang ditimpa"):
        share_office(two.settings, folder_of(two))
    assert files(two)["office.yaml"].endswith(b"# dua\n")
    folder_of(two).rename(two.settings.home / "punya-saya")
    assert bring_offices(two.settings) == []
    assert files(two) == files(one)


def test_a_command_that_changes_an_office_begins_from_the_last_version(
    one: Workspace, two: Workspace
) -> None:
    edit(one)
    share_office(one.settings, folder_of(one))
    with pytest.raises(AgencyDataError, match="baru diubah di komputer lain"):
        open_year(two, 2024)
    assert files(two) == files(one)
    open_year(two, 2024)
    edit(two)
    with pytest.raises(AgencyDataError, match="belum dibagikan"):
        close_year(two, 2024)


def test_what_a_command_that_failed_left_behind_is_not_shared(one: Workspace, two: Workspace) -> None:
    def fail() -> None:
        with changing_office(one.settings, folder_of(one)):
            edit(one)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    bring_offices(two.settings)
    assert files(two) != files(one)
    with pytest.raises(AgencyDataError):
        require_shared(one)


def test_a_machine_that_was_killed_while_it_wrote_a_version_writes_it_again(
    one: Workspace, two: Workspace
) -> None:
    edit(one)
    share_office(one.settings, folder_of(one))
    state = two.settings.offices_folder / ".bersama.json"
    kept = json.loads(state.read_text())
    kept["offices"][OFFICE]["version"] = ""
    state.write_text(json.dumps(kept))
    edit(two, "2023/year.yaml", "# setengah\n")
    assert bring_offices(two.settings) == []
    assert files(two) == files(one)


def test_a_version_that_was_altered_in_the_store_is_not_used(one: Workspace, two: Workspace) -> None:
    edit(one)
    share_office(one.settings, folder_of(one))
    store, before = store_of(one.settings), files(two)
    last = store.read(f"kantor/kini/{OFFICE}").decode()
    store.put(f"kantor/isi/{OFFICE}/{last}.zip", b"bukan arsip")
    (told,) = bring_offices(two.settings)
    assert "rusak" in told
    assert files(two) == before


def test_without_the_store_the_copy_is_read_and_nothing_is_changed(one: Workspace) -> None:
    away = Workspace(one.settings.model_copy(update={"store_endpoint": "http://127.0.0.1:9"}))
    (told,) = bring_offices(away.settings)
    assert "belum diambil" in told
    before = files(one)
    with pytest.raises(StorageError):
        open_year(away, 2024)
    assert files(one) == before
