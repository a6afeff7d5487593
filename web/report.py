"""How the report stands: the start page, an indicator's origin, the issues and how they differ."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as FromPath
from starlette.responses import RedirectResponse, Response

from core.errors import AgencyDataError
from jobs.health.around import read_surroundings
from jobs.offices import office_name
from jobs.report.approval.drafts import office_drafts
from jobs.report.issued.compared import compare_issues
from jobs.report.issued.signed import list_signed
from jobs.report.issues import StoredFile, list_issues, read_file, read_issue
from jobs.report.state.overview import read_origin, read_year
from jobs.workspace import Workspace
from web.access import visitor_of
from web.headers import report_policy
from web.pages import show
from web.places import office_folder, office_year
from web.site import Site

router = APIRouter()
Number = Annotated[int, FromPath(ge=1, le=99_999)]
"""A year or the number of an issue; no database is asked for more digits than it can hold."""
Chosen = Annotated[int, Query(ge=1, le=99_999)]
IN_PLACE = ("html", "lampiran-perbedaan.html")
"""The kinds of files that are read in the browser; the others are saved."""


@router.get("/")
def choose_office(request: Request) -> Response:
    """The office, where there is one for the visitor; else a list."""
    site: Site = request.app.state.site
    seen = {name: folder for name, folder in site.offices().items() if visitor_of(request).sees(name)}
    if len(seen) == 1:
        return RedirectResponse(f"/kantor/{quote(next(iter(seen)), safe='')}", 303)
    offices = sorted((office_name(folder), name) for name, folder in seen.items())
    return show(request, "kantor.html.j2", offices=offices)


@router.get("/kantor/{office}")
def show_office(request: Request, office: str) -> Response:
    """Every open year of an office: indicators, what waits, sources, troubles."""
    site: Site = request.app.state.site
    folder = office_folder(request, office)
    whole = site.workspace(folder)
    years, why_none = _open_years(whole)
    facts = [site.facts(folder, year) for year in years]
    overviews = [read_year(whole.of_year(year), of) for year, of in zip(years, facts, strict=True)]
    readable = [of.sources for of in facts if of.sources is not None]
    return show(
        request,
        "keadaan.html.j2",
        office=office,
        name=office_name(folder),
        years=overviews,
        why_none=why_none,
        around=read_surroundings(whole, readable),
        waiting={draft.year: draft for draft in office_drafts(whole) if draft.waits},
        today=site.settings.current_day(),
    )


@router.get("/kantor/{office}/terbitan")
def show_issues(request: Request, office: str) -> Response:
    """Every issue of an office, the newest year first."""
    site: Site = request.app.state.site
    space = site.workspace(office_folder(request, office))
    issues, drafts = list_issues(space), office_drafts(space)
    by_year = {
        issue.year: [other for other in reversed(issues) if other.year == issue.year] for issue in issues
    }
    by_year = dict(sorted(by_year.items(), reverse=True))
    approved = {(draft.year, draft.number): draft for draft in drafts if draft.approved}
    return show(request, "terbitan.html.j2", office=office, by_year=by_year, drafts=drafts, approved=approved)


@router.get("/kantor/{office}/{year}/indikator/{indicator}")
def show_origin(request: Request, office: str, year: Number, indicator: str) -> Response:
    """Where an indicator's figures come from."""
    site: Site = request.app.state.site
    facts = site.facts(office_folder(request, office), year)
    origin = read_origin(office_year(request, office, year), facts, indicator)
    if origin is None:
        raise HTTPException(404)
    return show(request, "indikator.html.j2", office=office, year=year, origin=origin)


@router.get("/kantor/{office}/{year}/beda")
def show_differences(request: Request, office: str, year: Number, dari: Chosen, ke: Chosen) -> Response:
    """How two issues of a year differ, whichever is the older one."""
    space = office_year(request, office, year)
    compared = compare_issues(space, min(dari, ke), max(dari, ke))
    if compared is None:
        raise HTTPException(404)
    issues = [issue for issue in list_issues(space) if issue.year == year]
    return show(request, "beda.html.j2", office=office, year=year, compared=compared, issues=issues)


@router.get("/kantor/{office}/{year}/terbitan/{number}")
def show_issue(request: Request, office: str, year: Number, number: Number) -> Response:
    """An issue: its files, and what changed since the one before."""
    space = office_year(request, office, year)
    issue = read_issue(space, number)
    if issue is None:
        raise HTTPException(404)
    issues = [other for other in list_issues(space) if other.year == year]
    return show(
        request,
        "satu_terbitan.html.j2",
        office=office,
        year=year,
        issue=issue,
        issues=issues,
        signed=list_signed(space, number),
    )


@router.get("/kantor/{office}/{year}/terbitan/{number}/{kind}")
def give_file(request: Request, office: str, year: Number, number: Number, kind: str) -> Response:
    """A file of an issue, by its kind alone: no address of a file ever comes from the visitor."""
    file = read_file(office_year(request, office, year), number, kind)
    if file is None:
        raise HTTPException(404)
    return hand_out(file, kind)


def hand_out(file: StoredFile, kind: str) -> Response:
    """A file of an issue or a draft: to be read in the browser, where it reaches nothing, or saved."""
    if kind in IN_PLACE:
        policy = report_policy(file.script)
        return Response(file.content, media_type=file.kind, headers={"Content-Security-Policy": policy})
    saved = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.content, media_type=file.kind, headers={"Content-Disposition": saved})


def _open_years(workspace: Workspace) -> tuple[tuple[int, ...], str]:
    """The open years, that of the report that is due before the others; and why there are none."""
    try:
        due = workspace.year
        return tuple(sorted(workspace.years, key=lambda year: (year != due, -year))), ""
    except AgencyDataError as error:
        return (), error.message
