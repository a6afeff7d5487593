"""Addresses of the page that mails lead to."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from core.page import office_address
from jobs.report.entries.form import enterable
from jobs.workspace import Workspace
from reports import annex
from reports.mail import PageLinks


def page_links(workspace: Workspace, number: int, files: Collection[str] = ()) -> PageLinks | None:
    """Where an issue is, and where waiting figures are entered; None where only this machine has the page.

    Args:
        workspace: Office and year.
        number: Of the issue.
        files: Names of its files.
    """
    settings = workspace.settings
    if not settings.page_url:
        return None
    year = f"{office_address(settings, workspace.office_id)}/{workspace.year}"
    enter = {name: f"{year}/angka/{quote(name, safe='')}" for name in sorted(enterable(workspace.agency))}
    differences = f"{year}/beda?dari={number - 1}&ke={number}" if number > 1 else ""
    issue = f"{year}/terbitan/{number}"
    # Its kind on the page is its name.
    return PageLinks(issue, enter, differences, f"{issue}/{annex.HTML}" if annex.HTML in files else "")
