"""Addresses of the page that mails lead to."""

from __future__ import annotations

from urllib.parse import quote

from core.page import office_address
from jobs.report.entries.form import enterable
from jobs.workspace import Workspace
from reports.mail import PageLinks


def page_links(workspace: Workspace, number: int) -> PageLinks | None:
    """Where an issue is, and where waiting figures are entered; None where only this machine has the page."""
    settings = workspace.settings
    if not settings.page_url:
        return None
    year = f"{office_address(settings, workspace.office_id)}/{workspace.year}"
    enter = {name: f"{year}/angka/{quote(name, safe='')}" for name in sorted(enterable(workspace.agency))}
    differences = f"{year}/beda?dari={number - 1}&ke={number}" if number > 1 else ""
    return PageLinks(f"{year}/terbitan/{number}", enter, differences)
