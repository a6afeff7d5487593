"""Copies of an office's data for one year: the files as they are, and the office that they say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

from core.errors import AgencyDataError, explain_os_error
from core.temporary import temporary_folder
from office.form import form_files, is_form_file
from office.loading import OFFICE, load_agency
from office.schema import Agency

_READ = {".yaml", ".csv", ".md"}
"""Endings of the files that an office is read from, beside the files of its form; all else is no data."""


def copy_data(folder: Path, year: int) -> dict[str, bytes]:
    """The bytes of office.yaml, the form's files and every file of one year, by name (``2023/year.yaml``).

    Raises:
        AgencyDataError: One of them cannot be read.
    """
    inner = sorted(
        path
        for path in (folder / str(year)).rglob("*")
        if path.suffix in _READ and not path.name.startswith(".") and path.is_file()
    )
    copied = {}
    for path in (folder / OFFICE, *form_files(folder), *inner):
        try:
            copied[path.relative_to(folder).as_posix()] = path.read_bytes()
        except OSError as cause:
            raise AgencyDataError(
                f"Berkas {path} tidak dapat dibaca ({explain_os_error(cause)}).", todo="periksa izin bacanya."
            ) from cause
    return copied


def copy_office(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of an office's data, of all its years, by name; no office has none.

    Raises:
        AgencyDataError: One of them cannot be read.
    """
    if not (folder / OFFICE).is_file():
        return {}
    copied = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if is_data(name) and path.is_file() and not path.is_symlink():
            try:
                copied[name.as_posix().encode().decode()] = path.read_bytes()
            except UnicodeError as cause:
                raise AgencyDataError(
                    f"Di {folder} ada berkas yang namanya bukan teks.", todo="ganti nama berkas itu."
                ) from cause
            except OSError as cause:
                raise AgencyDataError(
                    f"Berkas {path} tidak dapat dibaca ({explain_os_error(cause)}).",
                    todo="periksa izin bacanya.",
                ) from cause
    return copied


def is_data(name: PurePath) -> bool:
    """Whether a file of that name in an office's folder is one that the office is read from."""
    if any(part.startswith(".") for part in name.parts):
        return False
    return name.suffix in _READ or is_form_file(name)


def load_copy(files: Mapping[str, bytes], office: str, year: int) -> Agency:
    """The office that a copy says.

    Args:
        files: From :func:`copy_data`.
        office: The office's id, the name of its folder.
        year: The reporting year.

    Raises:
        AgencyDataError: The program cannot read it (any more).
        StorageError: There is no place to lay it out.
    """
    with temporary_folder() as room:
        folder = room / office
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return load_agency(folder, year)
