"""The years of an office: opening one, what is to be looked at, confirming it, closing it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import AgencyDataError, LkjipError
from jobs.data_changes import changing, refuse_outside
from jobs.report.runs.following import tell_what_follows
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from jobs.years.checklist import read_checklist
from jobs.years.confirm import ListedYear, close_year, confirm_year, list_years
from jobs.years.opening import open_year
from web.access import visitor_of
from web.pages import show
from web.places import office_folder, without_folders, write_down
from web.site import Site

router = APIRouter()
Year = Annotated[int, FromPath(ge=1, le=9999)]
_NOT_TICKED = AgencyDataError("Kotak pernyataannya belum dicentang.", todo="centang, lalu tekan lagi.")


@router.get("/kantor/{office}/tahun")
def show_years(request: Request, office: str) -> Response:
    """Every year of the office, and how far each is."""
    return _show_years(request, office)


@router.post("/kantor/{office}/tahun")
def open_new_year(request: Request, office: str) -> Response:
    """Open a year after the newest one before it."""
    space = _office(request, office)
    typed = request.state.form.get("tahun", "").strip()
    try:
        if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
            raise AgencyDataError("Tahunnya tidak terbaca.", todo="tulis empat angka, misalnya 2024.")
        _refuse_outside(request, space)
        with changing(space.agency_folder):
            opened = open_year(space, int(typed))
    except LkjipError as error:
        return _show_years(request, office, error)
    write_down(request, office, "membuka tahun", f"{opened.year} dari {opened.before}")
    lines = [
        f"Tahun {opened.year} dibuka dari tahun {opened.before}.",
        f"Target dari Renstra: {len(opened.plan.from_renstra)} indikator; masih target {opened.before}: "
        f"{len(opened.plan.carried)}. Realisasi {opened.before} dari {opened.published.source}.",
        "Sampai dikonfirmasi tidak ada terbitan dan surel tahun itu.",
    ]
    if opened.contradiction:
        lines.append(f"Perbaiki dulu: {opened.contradiction}")
    place = f"/kantor/{quote(office, safe='')}"
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title=f"Tahun {opened.year} dibuka",
        lines=lines,
        links=[
            (f"{place}/{opened.year}/periksa", "Yang perlu diperiksa"),
            (f"{place}/tahun", "Ke daftar tahun"),
        ],
    )


@router.get("/kantor/{office}/{year}/periksa")
def show_checklist(request: Request, office: str, year: Year) -> Response:
    """What is to be looked at before a year is confirmed."""
    return _show_year(request, office, year)


@router.post("/kantor/{office}/{year}/konfirmasi")
def confirm(request: Request, office: str, year: Year) -> Response:
    """Write down that the visitor has looked at the year."""
    space = _office(request, office)
    _listed(space, year)
    try:
        _require_tick(request)
        _refuse_outside(request, space)
        with changing(space.agency_folder):
            confirm_year(space, year, visitor_of(request).name)
    except LkjipError as error:
        return _show_year(request, office, year, error)
    write_down(request, office, "mengonfirmasi tahun", str(year))
    news = tell_what_follows(space.of_year(year), f"Tahun {year} dikonfirmasi di halaman.", News.DATA)
    return _show_done(
        request,
        office,
        f"Tahun {year} dikonfirmasi",
        [f"Data tahun {year} dikonfirmasi atas nama Anda.", news],
    )


@router.post("/kantor/{office}/{year}/tutup")
def close(request: Request, office: str, year: Year) -> Response:
    """Close a year that is over and done with."""
    space = _office(request, office)
    _listed(space, year)
    try:
        _require_tick(request)
        _refuse_outside(request, space)
        with changing(space.agency_folder):
            close_year(space, year)
    except LkjipError as error:
        return _show_year(request, office, year, error)
    write_down(request, office, "menutup tahun", str(year))
    said = f"Jadwal tidak mencari angka tahun {year} lagi. Data dan terbitannya tetap ada."
    return _show_done(request, office, f"Tahun {year} ditutup", [said])


def _office(request: Request, office: str) -> Workspace:
    site: Site = request.app.state.site
    return site.workspace(office_folder(request, office))


def _listed(space: Workspace, year: int) -> ListedYear:
    found = next((listed for listed in list_years(space) if listed.state.year == year), None)
    if found is None:
        raise HTTPException(404)
    return found


def _refuse_outside(request: Request, space: Workspace) -> None:
    refuse_outside(space.agency_folder, request.app.state.site.settings.offices_folder)


def _require_tick(request: Request) -> None:
    if request.state.form.get("ya") != "1":
        raise _NOT_TICKED


def _show_years(request: Request, office: str, error: LkjipError | None = None) -> Response:
    years = list_years(_office(request, office))
    return show(
        request,
        "tahun.html.j2",
        422 if error else 200,
        office=office,
        years=list(reversed(years)),
        next_year=years[-1].state.year + 1 if years else "",
        error=without_folders(request, error) if error else None,
    )


def _show_year(request: Request, office: str, year: int, error: LkjipError | None = None) -> Response:
    space = _office(request, office)
    listed = _listed(space, year)
    return show(
        request,
        "periksa.html.j2",
        422 if error else 200,
        office=office,
        year=year,
        listed=listed,
        parts=read_checklist(space.agency_folder / str(year)),
        error=without_folders(request, error) if error else None,
    )


def _show_done(request: Request, office: str, title: str, lines: list[str]) -> Response:
    place = f"/kantor/{quote(office, safe='')}"
    links = [(f"{place}/tahun", "Ke daftar tahun"), (place, "Ke keadaan")]
    return show(request, "selesai.html.j2", office=office, title=title, lines=lines, links=links)
