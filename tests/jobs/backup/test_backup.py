"""A backup is brought back elsewhere with every byte; what is damaged is found before."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from sqlmodel import select

from core.errors import StorageError
from core.settings import Settings, load_settings
from jobs.backup.contents import MANIFEST
from jobs.backup.pack import make_backup
from jobs.backup.restore import restore_backup
from jobs.backup.verify import verify_stored
from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from models.bps.tables import Observation
from models.report.issues import every_issue
from models.session import open_session
from office.loading import EXAMPLES
from tests.given.postgres import new_postgres
from tests.jobs.given.days import JANUARY, RELEASE_DAY

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("unrendered")]
KEY = "kunci-rahasia-bps"


@pytest.fixture
def used(at, tmp_path: Path) -> Workspace:
    """An office with two issues and the figures of a release."""
    shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    refresh(workspace)
    return workspace


@pytest.fixture
def small(at, tmp_path: Path) -> Workspace:
    """An office that has data and nothing more."""
    shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")
    return at(JANUARY)


def elsewhere(tmp_path: Path, **changed: str) -> Settings:
    return load_settings(home=tmp_path / "lain", agency="sumenep-dkupp", today=RELEASE_DAY, **changed)


def observations(workspace: Workspace) -> list[tuple[object, ...]]:
    with open_session(workspace.engine, read_only=True) as session:
        return sorted(tuple(map(str, row.model_dump().values())) for row in session.exec(select(Observation)))


def files(home: Path) -> dict[str, bytes]:
    return {
        p.relative_to(home).as_posix(): p.read_bytes() for p in (home / "laporan").rglob("*") if p.is_file()
    }


def test_a_backup_restored_elsewhere_has_every_row_and_file_and_goes_on(
    used: Workspace, tmp_path: Path
) -> None:
    packed = make_backup(used.settings, tmp_path / "cadangan.tar.gz")
    assert packed.file.stat().st_mode & 0o077 == 0
    restored = Workspace(elsewhere(tmp_path))
    restore_backup(restored.settings, packed.file)
    assert observations(restored) == observations(used)
    assert files(tmp_path / "lain") == files(tmp_path / "kerja")
    assert verify_stored(restored, mend=False).faults == ()
    with open_session(restored.engine, read_only=True) as session:
        assert all(Path(issue.folder).is_relative_to(tmp_path / "lain") for issue in every_issue(session))
    assert refresh(restored).issue is None, "nothing changed since"


@pytest.mark.postgres
def test_a_backup_of_one_database_is_brought_back_into_the_other(used: Workspace, tmp_path: Path) -> None:
    packed = make_backup(used.settings, tmp_path / "cadangan.tar.gz")
    with new_postgres() as url:
        restored = Workspace(elsewhere(tmp_path, database_url=url))
        restore_backup(restored.settings, packed.file)
        assert observations(restored) == observations(used)
        change = tmp_path / "lain" / "kantor" / "sumenep-dkupp" / "2023" / "year.yaml"
        change.write_text(change.read_text().replace("CHAINUR BASYID", "PENGGANTI"))
        issued = refresh(Workspace(restored.settings)).issue
        assert issued is not None
        assert issued.number == 3, "its numbers go on where they were"
        again = make_backup(restored.settings, tmp_path / "kedua.tar.gz")
        restored.engine.dispose()
    back = Workspace(load_settings(home=tmp_path / "kembali", agency="sumenep-dkupp", today=RELEASE_DAY))
    restore_backup(back.settings, again.file)
    assert observations(back) == observations(used)


def test_no_secret_is_packed(small: Workspace, tmp_path: Path) -> None:
    for name in ("lkjip.env", ".env"):
        (small.settings.home / name).write_text(f"LKJIP_BPS_KEY={KEY}\n")
    settings = small.settings.model_copy(update={"bps_key": type(small.settings.bps_key)(KEY)})
    with tarfile.open(make_backup(settings, tmp_path / "cadangan.tar.gz").file) as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None
            assert KEY.encode() not in content.read(), member.name


def test_nothing_is_overwritten(small: Workspace, tmp_path: Path) -> None:
    packed = make_backup(small.settings, tmp_path / "cadangan.tar.gz")
    with pytest.raises(StorageError, match="sudah ada; tidak ada yang ditimpa"):
        make_backup(small.settings, packed.file)
    with pytest.raises(StorageError, match="sudah berisi"):
        restore_backup(small.settings, packed.file)


def changed(file: Path, into: Path, name: str, content: bytes | None, *, as_name: str = "") -> Path:
    """A copy of a backup in which a file has other bytes, or is missing, or bears another name."""
    with tarfile.open(file) as archive, tarfile.open(into, "w:gz") as made:
        for member in archive:
            held = archive.extractfile(member)
            assert held is not None
            raw = held.read()
            if member.name.endswith(name):
                if content is None:
                    continue
                raw, member.name = content or raw, as_name or member.name
            member.size = len(raw)
            made.addfile(member, io.BytesIO(raw))
    return into


@pytest.mark.parametrize(
    ("name", "content", "as_name", "said"),
    [
        ("year.yaml", b"lain", "", "tidak lagi seperti ketika dicadangkan"),
        ("year.yaml", None, "", "year.yaml tidak ada di dalamnya"),
        ("year.yaml", b"", "../../luar.yaml", "tidak ada dalam daftarnya"),
        (MANIFEST, json.dumps({"version": 99, "files": []}).encode(), "", "program yang lebih baru"),
        (MANIFEST, b"bukan json", "", "bukan cadangan lkjip"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_put_back(
    small: Workspace, tmp_path: Path, name: str, content: bytes | None, as_name: str, said: str
) -> None:
    packed = make_backup(small.settings, tmp_path / "cadangan.tar.gz")
    broken = changed(packed.file, tmp_path / "rusak.tar.gz", name, content, as_name=as_name)
    with pytest.raises(StorageError, match=said):
        restore_backup(elsewhere(tmp_path), broken)
    assert not [p for p in (tmp_path / "lain").rglob("*") if p.is_file()]
    assert not (tmp_path / "luar.yaml").exists()


def test_a_backup_that_was_cut_off_is_refused(small: Workspace, tmp_path: Path) -> None:
    packed = make_backup(small.settings, tmp_path / "cadangan.tar.gz")
    packed.file.write_bytes(packed.file.read_bytes()[:-2000])
    with pytest.raises(StorageError, match=r"terpotong atau rusak|tidak dapat dipulihkan"):
        restore_backup(elsewhere(tmp_path), packed.file)
