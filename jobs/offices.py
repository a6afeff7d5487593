"""The offices that one installation serves."""

from __future__ import annotations

from pathlib import Path

from core.errors import AgencyDataError
from core.settings import Settings
from office.loading import find_agency, known_offices


def served_offices(settings: Settings) -> dict[str, Path]:
    """The folder of each office by its id: those in ``LKJIP_OFFICES``, and the one of ``LKJIP_AGENCY``."""
    found = {folder.name: folder for folder in known_offices(settings.offices_folder)}
    if settings.agency:
        folder = find_agency(settings.agency, settings.offices_folder).resolve()
        found.setdefault(folder.name, folder)
    return dict(sorted(found.items()))


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
