"""Writing what came back from Word into the office's data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core.errors import AgencyDataError, StorageError, explain_os_error
from jobs.data_changes import changing, require_mark
from jobs.store.offices import changing_office
from jobs.workspace import Workspace
from office.confirmation import year_state


def save_files(workspace: Workspace, files: Mapping[str, bytes], mark: str) -> None:
    """Write files of the office's data, each whole or not at all.

    Args:
        workspace: Office and year.
        files: By name within the office's folder.
        mark: Of the data that were looked at.

    Raises:
        AgencyDataError: The data were changed since, the year is closed, or the office is an example.
        StorageError: One of them cannot be written, or they cannot be shared.
    """
    folder, year = workspace.agency_folder, workspace.year
    with changing(folder), changing_office(workspace.settings, folder):
        if year_state(folder, year).closed:
            raise AgencyDataError(f"Tahun {year} sudah ditutup.", todo="minta teknisi membukanya kembali.")
        require_mark(folder, year, mark)
        besides = [
            (_written_beside(folder / name, content), folder / name) for name, content in files.items()
        ]
        for beside, path in besides:
            _put(beside, path)


def _written_beside(path: Path, content: bytes) -> Path:
    beside = path.with_name(f".{path.name}.sementara")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(content)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
    except OSError as cause:
        raise _unwritable(path, cause) from cause
    return beside


def _put(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except OSError as cause:
        raise _unwritable(path, cause) from cause


def _unwritable(path: Path, cause: OSError) -> StorageError:
    return StorageError(
        f"Berkas {path.name} tidak dapat ditulis ({explain_os_error(cause)}).",
        todo="periksa hak tulis atas map kantor, lalu ulangi.",
    )
