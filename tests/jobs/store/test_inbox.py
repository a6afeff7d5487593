"""Files dropped into a bucket: read and put away there, by one machine at a time, whatever they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import create_engine

from connectors.store.files import Store
from core.errors import SourceError
from jobs.dropped_file import DropFolder, FileReader
from jobs.inbox import read_folders
from jobs.store import inbox as shared_inbox
from jobs.taken_files import FileResult
from jobs.workspace import Workspace, store_of
from models.turns import hold_if_free
from tests.given.object_store import Bucket
from tests.given.postgres import new_postgres
from tests.jobs.given.days import JANUARY
from tests.jobs.given.dropping import dropping

FOLDER = DropFolder(
    "coba", oversize_todo="simpan sebagian.", kept="Tidak ada yang berubah.", holds=("lampiran",)
)


@dataclass(frozen=True)
class Read(FileResult):
    problems: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        return self.outcome == "taken"

    def as_lines(self) -> list[str]:
        return []


@dataclass
class Bay:
    """A bucket beside a working folder, and a reader that takes all but what is bad."""

    workspace: Workspace
    store: Store
    does: dict[bytes, Callable[[], object]] = field(default_factory=dict)

    def drop(self, name: str, content: bytes) -> None:
        self.store.put(f"masuk/coba/{name}", content)

    def read(self, *, dry_run: bool = False, workspace: Workspace | None = None):
        reader = FileReader(
            settle=self._settle,
            plain=lambda name, outcome, problems: Read(name, outcome, problems=problems),
            source="coba",
            origin=FOLDER,
        )
        return read_folders(
            workspace or self.workspace, [FOLDER], reader, dry_run=dry_run, pause=lambda _: None
        )

    def _settle(self, name: str, content: bytes) -> Read:
        self.does.get(content, lambda: None)()
        if content.startswith(b"buruk"):
            raise SourceError("Isinya buruk.", todo="perbaiki.")
        return Read(name, "taken")

    def all(self) -> dict[str, bytes | None]:
        names = [f"{f}/{n}" for f in ("masuk", "arsip", "karantina") for n in self.store.find(f)]
        return {name: self.store.read(name) for name in names}


@pytest.fixture
def bay(at, bucket: Bucket) -> Bay:
    settings = at(JANUARY).settings
    workspace = Workspace(settings.model_validate({**dict(settings), **bucket.settings}))
    store = store_of(workspace.settings)
    assert store is not None
    return Bay(workspace, store)


def test_a_file_that_was_used_goes_to_the_archive_of_the_store(bay: Bay) -> None:
    bay.drop("harga mei.csv", b"satu")
    ((result,), remarks) = bay.read()
    sha256 = hashlib.sha256(b"satu").hexdigest()
    assert (result.outcome, remarks) == ("taken", ())
    assert result.moved_to == f"arsip/coba/{sha256[:12]}-harga mei.csv"
    assert bay.all() == {result.moved_to: b"satu"}


def test_files_that_cannot_be_used_are_put_aside_with_a_note_and_none_over_another(bay: Bay) -> None:
    for content in (b"buruk", b"buruk juga", b"buruk"):
        bay.drop("a.csv", content)
        ((result,), _) = bay.read()
        assert result.outcome == "refused"
    found = bay.all()
    assert {name: content for name, content in found.items() if name.endswith(".csv")} == {
        "karantina/coba/a.csv": b"buruk",
        "karantina/coba/a (2).csv": b"buruk juga",
    }
    assert b"Isinya buruk." in found["karantina/coba/a.csv.txt"]


def test_a_note_does_not_fall_on_a_file_of_its_name(bay: Bay) -> None:
    bay.store.put("karantina/coba/a.csv.txt", b"tulisan orang")
    bay.drop("a.csv", b"buruk")
    bay.read()
    assert bay.all()["karantina/coba/a.csv.txt"] == b"tulisan orang"
    assert bay.all()["karantina/coba/a (2).csv"] == b"buruk"


def test_what_is_unfinished_hidden_too_large_or_a_folder_is_treated_as_in_the_working_folder(
    bay: Bay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_inbox, "MAX_BYTES", 4)
    for name in (".x", "~$x.xlsx", "x.part", "lampiran/y.csv", "map/y.csv"):
        bay.drop(name, b"satu")
    bay.drop("besar.csv", b"lebih dari empat")
    ((result,), (remark,)) = bay.read()
    assert (result.outcome, result.moved_to) == ("refused", "karantina/coba/besar.csv")
    assert bay.all()["karantina/coba/besar.csv"] == b"lebih dari empat"
    assert "map 'map'" in remark
    assert "lampiran" not in remark
    assert len(bay.store.find("masuk/coba")) == 5


def test_one_that_was_replaced_while_it_was_read_stays_for_the_next_time(bay: Bay) -> None:
    bay.drop("a.csv", b"lama")
    bay.does[b"lama"] = lambda: bay.drop("a.csv", b"baru")
    ((result,), _) = bay.read()
    assert "berganti isi" in result.stuck
    assert bay.store.read("masuk/coba/a.csv") == b"baru"
    ((result,), _) = bay.read()
    assert (result.outcome, bay.store.find("masuk")) == ("taken", {})


def test_one_that_was_archived_by_a_killed_run_is_archived_once(bay: Bay) -> None:
    bay.drop("a.csv", b"satu")
    ((first,), _) = bay.read()
    bay.drop("a.csv", b"satu")
    ((second,), _) = bay.read()
    assert first.moved_to == second.moved_to
    assert bay.all() == {first.moved_to: b"satu"}


def test_a_dry_run_moves_nothing(bay: Bay) -> None:
    bay.drop("a.csv", b"satu")
    ((result,), _) = bay.read(dry_run=True)
    assert (result.outcome, bay.all()) == ("taken", {"masuk/coba/a.csv": b"satu"})


def test_a_store_that_is_away_does_not_hold_up_the_files_of_the_working_folder(bay: Bay) -> None:
    dropping(bay.workspace, "coba")("b.csv", b"dua")
    settings = bay.workspace.settings.model_copy(update={"store_endpoint": "http://127.0.0.1:9"})
    ((result,), (remark,)) = bay.read(workspace=Workspace(settings))
    assert (result.name, result.outcome) == ("b.csv", "taken")
    assert "penyimpanan bersama belum dibaca" in remark


@pytest.fixture
def postgres() -> Iterator[str]:
    with new_postgres() as url:
        yield url


@pytest.mark.postgres
def test_while_another_machine_reads_the_folder_it_is_left_to_it(bay: Bay, postgres: str) -> None:
    settings = bay.workspace.settings.model_copy(update={"database_url": postgres})
    here = Workspace(settings)
    bay.drop("a.csv", b"satu")
    other = create_engine(postgres)
    with hold_if_free(other, f"{bay.store.place}/masuk/coba") as mine:
        assert mine
        assert bay.read(workspace=here)[0] == ()
    other.dispose()
    ((result,), _) = bay.read(workspace=here)
    assert result.outcome == "taken"
    here.engine.dispose()


def test_a_store_that_is_a_folder_here_is_read_as_carefully_as_the_working_folder(at, tmp_path) -> None:
    settings = at(JANUARY).settings.model_copy(update={"store": f"file://{tmp_path}/bersama"})
    bay = Bay(Workspace(settings), store_of(settings))
    folder = tmp_path / "bersama" / "masuk" / "coba"
    folder.mkdir(parents=True)
    (tmp_path / "rahasia").write_text("sandi")
    (folder / "tautan.csv").symlink_to(tmp_path / "rahasia")
    (folder / "baru.csv").write_bytes(b"masih disalin")
    (results, (remark,)) = bay.read()
    assert [(result.name, result.outcome) for result in results] == [("baru.csv", "waiting")]
    assert "tautan 'tautan.csv'" in remark
