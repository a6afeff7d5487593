"""The offices that one installation serves."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from core.errors import AgencyDataError
from core.settings import Settings
from office.files import read_yaml
from office.loading import OFFICE, find_agency, known_offices
from office.problems import Problems


def served_offices(settings: Settings) -> dict[str, Path]:
    """The folder of each office by its id: those in ``LKJIP_OFFICES``, and the one of ``LKJIP_AGENCY``."""
    found = {folder.name: folder for folder in known_offices(settings.offices_folder)}
    if settings.agency:
        folder = find_agency(settings.agency, settings.offices_folder).resolve()
        found.setdefault(folder.name, folder)
    return dict(sorted(found.items()))


def served_office(settings: Settings, office: str) -> Path | None:
    """The folder of the office of that id, without a look into all others; None where there is none."""
    try:
        names = os.listdir(settings.offices_folder)  # what is no name there never becomes a path
    except OSError:
        names = []
    if office in names and (settings.offices_folder / office / OFFICE).exists():
        return settings.offices_folder / office
    if not settings.agency:
        return None
    named = find_agency(settings.agency, settings.offices_folder).resolve()
    return named if named.name == office else None


def office_name(folder: Path) -> str:
    """What ``office.yaml`` calls the office; the folder's name where that cannot be read."""
    try:
        return _name_in(folder, (folder / OFFICE).stat().st_mtime_ns)
    except OSError:
        return folder.name


@lru_cache(maxsize=16_384)
def _name_in(folder: Path, _changed: int) -> str:
    document = read_yaml(folder, OFFICE, Problems(folder))
    named = document.data.get("name") if document and isinstance(document.data, dict) else None
    return named if isinstance(named, str) and named else folder.name


def require_office(settings: Settings, office: str) -> Path:
    """The folder of the office of that id.

    Raises:
        AgencyDataError: There is none; the message lists those that are there.
    """
    known = served_offices(settings)
    if office not in known:
        raise AgencyDataError(
            f"Kantor '{office}' tidak ada.", todo=f"pilih salah satu dari: {', '.join(known) or 'belum ada'}."
        )
    return known[office]
