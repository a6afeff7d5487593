"""The offices that one installation serves."""

from __future__ import annotations

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


def office_name(folder: Path) -> str:
    """What ``office.yaml`` calls the office; the folder's name where that cannot be read."""
    try:
        return _name_in(folder, (folder / OFFICE).stat().st_mtime_ns)
    except OSError:
        return folder.name


@lru_cache(maxsize=1024)
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
