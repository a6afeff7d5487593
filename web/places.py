"""Of which office and year an address is, and writing down what somebody does there."""

from __future__ import annotations

from pathlib import Path

from fastapi import HTTPException, Request

from core.errors import LkjipError
from jobs.users.audit import Actor, note_deed
from jobs.workspace import Workspace
from web.access import address_of, visitor_of
from web.site import Site


def office_folder(request: Request, office: str) -> Path:
    """The folder of an office that the visitor sees; one of others looks like one that is not there."""
    site: Site = request.app.state.site
    folder = site.office(office) if visitor_of(request).sees(office) else None
    if folder is None:
        raise HTTPException(404)
    return folder


def office_year(request: Request, office: str, year: int) -> Workspace:
    """An office in a year, which need not be there any more: its issues are."""
    site: Site = request.app.state.site
    return site.year(office_folder(request, office), year)


def write_down(request: Request, office: str, what: str, about: str) -> None:
    """Put into the audit log what the visitor did, in Indonesian."""
    site: Site = request.app.state.site
    actor = Actor(visitor_of(request).name, address_of(request))
    note_deed(site.engine, actor.entry(site.clock(), what, about=about, office=office))


def without_folders(request: Request, error: LkjipError) -> LkjipError:
    """The same error without where the server keeps its things, which says nothing to people."""
    site: Site = request.app.state.site
    told = [error.message, error.todo]
    for folder in (site.settings.offices_folder, site.settings.home):
        told = [text.replace(f"{folder}/", "") for text in told]
    return LkjipError(told[0], todo=told[1])
