"""``lkjip restore``: a backup brought back into an empty working folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from core.errors import StorageError, explain_os_error
from core.numbers import format_number
from core.settings import Settings
from jobs.backup.contents import (
    CHUNK,
    DATABASE,
    HOME,
    LEFT_OUT,
    MANIFEST,
    OFFICES,
    SETTINGS,
    files_below,
    read_manifest,
)
from models.copying import copy_from_file
from models.report.issues import move_issue_folders
from models.session import open_engine, open_session


@dataclass(frozen=True)
class Restored:
    """What was brought back."""

    home: Path
    offices: Path
    made_at: str
    files: int

    def as_text(self) -> str:
        """For people."""
        return (
            f"Dipulihkan ke {self.home}: basis data dan {format_number(self.files - 1)} berkas dari cadangan "
            f"{self.made_at}; data kantor di {self.offices}.\n"
            "Berikutnya: lkjip verify. Surel yang menunggu waktu cadangan dibuat masih menunggu."
        )

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "home": str(self.home),
            "offices": str(self.offices),
            "made_at": self.made_at,
            "files": self.files,
        }


def restore_backup(settings: Settings, file: Path) -> Restored:
    """Bring a backup back; all of it is checked before anything is put in its place.

    Args:
        settings: Of the working folder, which must be empty, and of the database, which must hold no row.
        file: From :func:`jobs.backup.pack.make_backup`, of this program or an older one.

    Raises:
        StorageError: The file is damaged or none of ours, or something is there already.
    """
    _refuse_full(settings)
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".pemulihan-", dir=settings.home) as beside:
            staged = Path(beside)
            manifest = _unpack(file, staged)
            copy_from_file(staged / DATABASE, settings.database)
            _move_issues(settings, Path(str(manifest["home"])))
            _put(staged / HOME, settings.home)
            _put(staged / OFFICES, settings.offices_folder)
    except OSError as cause:
        raise StorageError(
            f"Cadangan {file} tidak dapat dipulihkan ({explain_os_error(cause)}).",
            todo="periksa berkasnya, hak tulis atas LKJIP_HOME dan ruang kosong cakram.",
        ) from cause
    return Restored(settings.home, settings.offices_folder, str(manifest["made_at"]), len(manifest["files"]))


def _move_issues(settings: Settings, old: Path) -> None:
    """Let the issues say where their files are now."""
    engine = open_engine(settings.database)
    try:
        with open_session(engine) as session:
            move_issue_folders(session, old, settings.home)
    finally:
        engine.dispose()


def _refuse_full(settings: Settings) -> None:
    for folder, left_out in ((settings.home, LEFT_OUT - {"kantor"}), (settings.offices_folder, frozenset())):
        found = next(files_below(folder, left_out), None)
        if found is not None or (folder / "lkjip.sqlite").exists():
            raise StorageError(
                f"{folder} sudah berisi ({found[0] if found else 'lkjip.sqlite'}); tidak ada yang ditimpa.",
                todo="pulihkan ke LKJIP_HOME yang kosong; yang lama pindahkan dahulu.",
            )


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack into ``folder`` and prove every file by its hash; no name leads out of it."""
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            manifest = read_manifest(archive, file)
            wanted = {str(entry["name"]): entry for entry in manifest["files"]}
            for member in archive:
                if member.name in (MANIFEST, SETTINGS):
                    continue
                entry = wanted.pop(member.name, None)
                content = archive.extractfile(member) if member.isfile() and entry else None
                if content is None or entry is None or _leads_out(member.name):
                    raise _damaged(file, f"{member.name} tidak ada dalam daftarnya")
                sha256 = _write(content, folder / member.name)
                if sha256 != entry["sha256"]:
                    raise _damaged(file, f"isi {member.name} tidak lagi seperti ketika dicadangkan")
    except (tarfile.TarError, EOFError, KeyError, TypeError) as cause:
        raise _damaged(file, "berkasnya terpotong atau rusak") from cause
    if wanted:
        raise _damaged(file, f"{min(wanted)} tidak ada di dalamnya")
    return manifest


def _write(content: Any, path: Path) -> str:
    digest = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts


def _damaged(file: Path, what: str) -> StorageError:
    return StorageError(f"Cadangan {file} rusak: {what}.", todo="pakai cadangan lain; tidak ada yang diubah.")


def _put(staged: Path, folder: Path) -> None:
    for name, path in files_below(staged):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.move(path, target)
