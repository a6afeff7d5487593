"""Our own Word document in the office's form, from which the office begins its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import StorageError
from jobs.report.render import write_files
from jobs.workspace import Workspace
from office.reference import REFERENCE


@dataclass(frozen=True)
class Written:
    """The document that was written, and where the office puts it when it is done."""

    file: Path
    place: Path

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"file": str(self.file), "place": str(self.place)}

    def as_text(self) -> str:
        """For people: what comes next."""
        return (
            f"{self.file}: gaya bawaan dalam bentuk kantor. Ubah gaya, tepi dan kepala halamannya di Word, "
            f"lalu taruh sebagai {self.place}."
        )


def write_reference(workspace: Workspace, file: Path, *, force: bool = False) -> Written:
    """Write the document.

    Raises:
        StorageError: The file is there already, or cannot be written.
    """
    from reports.render.word_start import starting_document  # noqa: PLC0415 - only this needs it

    if file.is_dir():
        raise StorageError(f"{file} adalah map.", todo="sebut nama berkasnya juga.")
    if file.exists() and not force:
        raise StorageError(f"Berkas {file} sudah ada.", todo="pilih nama lain, atau ganti dengan --force.")
    write_files(workspace, {file.name: starting_document(workspace.agency.form)}, file.parent)
    return Written(file, workspace.agency_folder / REFERENCE)
