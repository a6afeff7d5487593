"""Addresses on the office's page, for who leads there from elsewhere: artifacts and mails."""

from __future__ import annotations

from urllib.parse import quote

from core.settings import Settings


def office_address(settings: Settings, office: str) -> str:
    """Where an office's state is shown."""
    return f"{settings.page_address}/kantor/{quote(office, safe='')}"


def issue_address(settings: Settings, office: str, year: int, number: int) -> str:
    """Where an issue of the report is shown, with its files."""
    return f"{office_address(settings, office)}/{year}/terbitan/{number}"


def draft_address(settings: Settings, office: str, year: int, name: str) -> str:
    """Where a draft of the report is shown, and approved or rejected."""
    return f"{office_address(settings, office)}/{year}/rancangan/{name}"
