"""Changing an office's data: in one step, one after the other, and only what was looked at."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs import data_changes
from jobs.data_changes import changing, data_mark, put_folder, refuse_outside, require_mark
from office.loading import EXAMPLES


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A new folder and the one in whose place it comes."""
    home = tmp_path / "kantor"
    for name in ("baru", "lama"):
        (home / name).mkdir(parents=True)
        (home / name / "isi").write_text(name)
    return home / "baru", home / "lama"


@pytest.mark.parametrize("exchanges", [True, False], ids=["in one step", "where the disk cannot"])
def test_a_folder_comes_whole_into_its_place(
    folders: tuple[Path, Path], exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, place = folders
    if not exchanges:
        monkeypatch.setattr(data_changes, "_exchange", lambda *_: False)
    put_folder(new, place)
    assert (place / "isi").read_text() == "baru"
    assert (new / "isi").read_text() == "lama"
    assert sorted(path.name for path in place.parent.iterdir()) == ["baru", "lama"]


def test_where_nothing_stood_it_is_moved(tmp_path: Path) -> None:
    (tmp_path / "baru").mkdir()
    put_folder(tmp_path / "baru", tmp_path / "kantor" / "2024")
    assert (tmp_path / "kantor" / "2024").is_dir()
    assert not (tmp_path / "baru").exists()


def test_a_move_that_fails_leaves_what_was_there(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, place = folders
    monkeypatch.setattr(data_changes, "_exchange", lambda *_: False)
    shutil.rmtree(new)
    with pytest.raises(OSError, match="baru"):
        put_folder(new, place)
    assert (place / "isi").read_text() == "lama"


def test_the_mark_changes_with_any_word_and_with_nothing_else(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "jabar-inspektorat")
    mark = data_mark(folder, 2016)
    (folder / "2016" / ".catatan").write_text("x")
    require_mark(folder, 2016, mark)
    with (folder / "2016" / "year.yaml").open("a") as file:
        file.write("#")
    with pytest.raises(AgencyDataError, match="diubah orang sejak Anda memeriksanya"):
        require_mark(folder, 2016, mark)
    assert data_mark(folder, 2017) == ""


def test_an_example_is_not_changed() -> None:
    folder = EXAMPLES / "jabar-inspektorat"
    with pytest.raises(AgencyDataError, match="contoh milik program"), changing(folder):
        pass


def test_what_stands_elsewhere_is_not_changed(tmp_path: Path) -> None:
    with pytest.raises(AgencyDataError, match="tidak berada di LKJIP_OFFICES"):
        refuse_outside(tmp_path / "kantor" / "dinas", tmp_path / "lain")


def test_one_waits_for_the_other(tmp_path: Path) -> None:
    office = tmp_path / "dinas"
    office.mkdir()
    order = []

    def second() -> None:
        with changing(office):
            order.append("kedua")

    thread = threading.Thread(target=second)
    with changing(office):
        thread.start()
        thread.join(0.05)
        order.append("pertama")
    thread.join(10)
    assert order == ["pertama", "kedua"]
