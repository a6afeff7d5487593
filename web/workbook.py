"""The office's year as a workbook: taken home, and brought back after a look at what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import AgencyDataError, LkjipError
from jobs.alone import FOLDER
from jobs.data_changes import refuse_outside
from jobs.report.runs.following import tell_what_follows
from jobs.report.runs.news import News
from jobs.uploads.kept import Kept, Owner, Purpose, drop_kept, find_kept, keep_files, without_place
from jobs.uploads.workbook import check_workbook_apart
from jobs.users.roles import Role
from jobs.workspace import if_free
from jobs.years.confirm import list_years
from office.problems import DataProblems
from web.access import visitor_of
from web.pages import show
from web.places import office_folder, office_year, write_down
from web.site import Site

# jobs.report.workbook comes in where it is used: what reads and draws workbooks takes memory that few
# requests need.

router = APIRouter()
Year = Annotated[int, FromPath(ge=1, le=9999)]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS = (
    (", atau jalankan tanpa --into", ""),
    ("dari lkjip office export", "yang diunduh dari halaman ini"),
    ("di samping buku kerja, lalu tulis namanya saja", "bersama buku kerja, dan tulis namanya saja"),
    ("lalu jalankan lagi", "lalu kirim lagi"),
)
"""What people who see a page and no terminal call the things that messages name."""


@router.get("/kantor/{office}/buku-kerja")
def show_workbooks(request: Request, office: str) -> Response:
    """The years whose workbook can be had, and the form to send one."""
    return _show_start(request, office)


@router.get("/kantor/{office}/{year}/buku-kerja")
def give_workbook(request: Request, office: str, year: Year) -> Response:
    """A year's workbook."""
    from jobs.report.workbook import export_bytes  # noqa: PLC0415

    space = office_year(request, office, year)
    if not (space.agency_folder / str(year)).is_dir():
        raise HTTPException(404)
    name = quote(f"isian-{office}-{year}.xlsx", safe="")
    saved = f"attachment; filename*=UTF-8''{name}"
    return Response(export_bytes(space), media_type=_XLSX, headers={"Content-Disposition": saved})


@router.post("/kantor/{office}/buku-kerja")
def look_at_workbook(request: Request, office: str) -> Response:
    """What a workbook would change, read in a process apart; nothing is changed until somebody says yes."""
    site: Site = request.app.state.site
    folder = office_folder(request, office)
    sent = request.state.files.get("buku", [])
    if not sent:
        error = AgencyDataError("Belum ada buku kerja.", todo="pilih berkas isian.xlsx yang sudah diisi.")
        return _show_start(request, office, error)
    files = [(file.filename or "", file.file) for file in (sent[0], *request.state.files.get("bukti", []))]
    kept: Kept | None = None
    try:
        refuse_outside(folder, site.settings.offices_folder)
        kept = keep_files(site.settings.home, _owner(request, office), files, site.clock())
        with _alone(site):
            seen = check_workbook_apart(site.workspace(folder), kept.files[0])
    except LkjipError as error:
        return _refuse(request, office, error, kept)
    return show(
        request,
        "buku_kerja_periksa.html.j2",
        office=office,
        year=seen.year,
        state=_states(request, office).get(seen.year, ""),
        kept=kept,
        seen=seen,
    )


@router.post("/kantor/{office}/buku-kerja/ambil")
def take_workbook(request: Request, office: str) -> Response:
    """Take a workbook that was looked at, whole or not at all; one that its reader died of is not kept."""
    from jobs.report.workbook import import_office  # noqa: PLC0415

    site: Site = request.app.state.site
    folder = office_folder(request, office)
    visitor, form = visitor_of(request), request.state.form
    kept: Kept | None = None
    try:
        refuse_outside(folder, site.settings.offices_folder)
        owner = _owner(request, office)
        kept = find_kept(site.settings.home, owner, form.get("berkas", ""), site.clock())
        by = lambda: visitor.name  # noqa: E731
        with _alone(site):
            may = visitor.role.may(Role.MANAGE)
            mark = form.get("dasar", "")
            imported = import_office(kept.files[0], site.settings, by, office, mark, approves=may)
    except LkjipError as error:
        return _refuse(request, office, error, kept)
    drop_kept(kept)
    year = imported.agency.year.year
    name = kept.files[0].name
    write_down(request, office, "mengambil buku kerja", f"{name}, tahun {year}")
    space, cause = office_year(request, office, year), f"Buku kerja {name} diambil di halaman."
    news = tell_what_follows(space, cause, News.DATA)
    stored = [f"Bukti tersimpan: {told}." for told in imported.evidence]
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title="Buku kerja diambil",
        lines=[f"Isi {name} kini data kantor tahun {year}.", *stored, news],
        links=[(f"/kantor/{quote(office, safe='')}", "Ke keadaan")],
    )


@contextmanager
def _alone(site: Site) -> Iterator[None]:
    """Read one workbook at a time: the worst of them take memory, though within limits.

    Raises:
        LkjipError: Another one is being read.
    """
    with if_free(site.settings.home / FOLDER / "buku-kerja.kunci") as free:
        if not free:
            raise LkjipError("Buku kerja lain sedang dibaca.", todo="kirim lagi sebentar kemudian.")
        yield


def _owner(request: Request, office: str) -> Owner:
    return Owner(visitor_of(request).name, office, Purpose.WORKBOOK)


def _states(request: Request, office: str) -> dict[int, str]:
    """The years of an office, the newest first, and how far each is."""
    site: Site = request.app.state.site
    listed = list_years(site.workspace(office_folder(request, office)))
    return {year.state.year: year.as_text().partition("  ")[2] for year in reversed(listed)}


def _refuse(request: Request, office: str, error: LkjipError, kept: Kept | None) -> Response:
    """Show what is wrong; a workbook that cannot be used is not kept."""

    def told(text: str) -> str:
        return _said(without_place(text, kept) if kept else text)

    found = error.found if isinstance(error, DataProblems) else ()
    problems = [(told(problem.place), told(problem.message), told(problem.todo)) for problem in found]
    if kept is not None:
        drop_kept(kept)
    said = AgencyDataError(told(error.message), todo=told(error.todo))
    if problems:
        said = AgencyDataError(
            "Buku kerja ini belum dapat dipakai; tidak ada yang berubah.",
            todo="perbaiki sel yang disebut di bawah, lalu kirim lagi.",
        )
    return _show_start(request, office, said, problems)


def _said(text: str) -> str:
    for before, after in _WORDS:
        text = text.replace(before, after)
    return text


def _show_start(
    request: Request,
    office: str,
    error: LkjipError | None = None,
    problems: list[tuple[str, str, str]] | None = None,
) -> Response:
    return show(
        request,
        "buku_kerja.html.j2",
        422 if error else 200,
        office=office,
        years=_states(request, office),
        error=error,
        problems=problems or [],
    )
