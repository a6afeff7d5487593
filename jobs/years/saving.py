"""Writing files of a year's data that somebody looked at before."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import AgencyDataError
from jobs.data_changes import changing, put_files, require_mark
from jobs.store.offices import changing_office
from jobs.workspace import Workspace
from office.confirmation import year_state


def save_files(workspace: Workspace, files: Mapping[str, bytes], mark: str) -> None:
    """Write files of an office's data, each whole or not at all.

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
        put_files({folder / name: content for name, content in files.items()})
