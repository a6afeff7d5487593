"""A figure of another institution or of the office itself: typed, looked at, kept with its evidence."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import AgencyDataError, BusyError
from jobs.report.entries.evidence import read_evidence
from jobs.report.entries.figures import Given, enter_figure
from jobs.report.entries.form import (
    Asked,
    Understood,
    asked_figure,
    in_words_of_form,
    read_evidence_of,
    understand_figure,
)
from jobs.report.runs.following import tell_what_follows
from jobs.report.runs.news import News
from jobs.uploads.kept import Kept, Owner, Purpose, drop_kept, find_kept, keep_files, without_place
from jobs.workspace import Workspace
from web.access import visitor_of
from web.pages import show
from web.places import office_year, write_down
from web.site import Site

router = APIRouter()
Year = Annotated[int, FromPath(ge=1, le=9999)]
FIELDS = ("nilai", "sumber", "status", "catatan")
STATUSES = ("", "tetap", "sementara", "sangat sementara")
_NO_EVIDENCE = AgencyDataError(
    "Belum ada berkas bukti.", todo="pilih berkas yang memuat angkanya, misalnya PDF surat."
)


@router.get("/kantor/{office}/{year}/angka/{indicator}")
def ask_for_figure(request: Request, office: str, year: Year, indicator: str) -> Response:
    """The form for an indicator's figure."""
    asked = _asked(office_year(request, office, year), indicator)
    institution = asked.indicator.institution
    typed = {**dict.fromkeys(FIELDS, ""), "sumber": institution.name if institution else ""}
    return _show_form(request, office, year, asked, typed)


@router.post("/kantor/{office}/{year}/angka/{indicator}")
def look_at_figure(request: Request, office: str, year: Year, indicator: str) -> Response:
    """What is understood of a figure; nothing is kept but the file, until somebody says yes."""
    space = office_year(request, office, year)
    asked = _asked(space, indicator)
    typed = _typed(request)
    kept: Kept | None = None
    try:
        kept = _evidence(request, office)
        read_evidence(kept.files[0])
    except AgencyDataError as error:
        told = without_place(error.message, kept) if kept else error.message
        _drop(request, kept)
        refused = AgencyDataError(told, todo=error.todo)
        return _show_form(request, office, year, asked, typed, error=refused)
    except BusyError as error:
        busy = AgencyDataError(error.message, todo=error.todo)
        return _show_form(request, office, year, asked, typed, error=busy)
    if request.state.form.get("ubah"):
        return _show_form(request, office, year, asked, typed, kept)
    try:
        understood = understand_figure(space, _given(request, indicator, typed, kept))
    except AgencyDataError as error:
        return _show_form(request, office, year, asked, typed, kept, error)
    return _show_understood(request, office, year, asked, typed, kept, understood)


@router.post("/kantor/{office}/{year}/angka/{indicator}/simpan")
def keep_figure(request: Request, office: str, year: Year, indicator: str) -> Response:
    """Keep a figure that was looked at."""
    space = office_year(request, office, year)
    asked = _asked(space, indicator)
    typed = _typed(request)
    kept: Kept | None = None
    try:
        kept = _known(request, office)
        given = _given(request, indicator, typed, kept)
        understood = understand_figure(space, given)
        if understood.basis != request.state.form.get("dasar", ""):
            return _show_understood(request, office, year, asked, typed, kept, understood, overtaken=True)
        entered = enter_figure(space, given)
    except AgencyDataError as error:
        return _show_form(request, office, year, asked, typed, kept, error)
    _drop(request, kept)
    told = f"{entered.indicator.name}: {understood.row['realisasi']} ({entered.entry.source})"
    news = "Angka dan bukti yang sama sudah tersimpan sebelumnya, jadi tidak ada yang berubah."
    if entered.new:
        write_down(request, office, "memasukkan angka", f"{told}, {year}")
        news = tell_what_follows(space, f"Angka dimasukkan di halaman: {told}.", News.FIGURE)
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title="Angka tersimpan",
        lines=[f"{told}, tahun {year}, dengan bukti {entered.entry.evidence_name}.", news],
        links=[
            (
                f"/kantor/{quote(office, safe='')}/{year}/indikator/{quote(indicator, safe='')}",
                "Lihat asal-usulnya",
            ),
            (f"/kantor/{quote(office, safe='')}", "Ke keadaan"),
        ],
    )


@router.get("/kantor/{office}/{year}/bukti/{snapshot}")
def give_evidence(request: Request, office: str, year: Year, snapshot: str) -> Response:
    """The file that came with an entered figure of this office; it is saved, never opened in place."""
    found = read_evidence_of(office_year(request, office, year), snapshot)
    if found is None:
        raise HTTPException(404)
    name, content = found
    saved = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"Content-Disposition": saved})


def _asked(space: Workspace, indicator: str) -> Asked:
    asked = asked_figure(space, indicator)
    if asked is None:
        raise HTTPException(404)
    return asked


def _typed(request: Request) -> dict[str, str]:
    return {name: request.state.form.get(name, "").strip() for name in FIELDS}


def _given(request: Request, indicator: str, typed: dict[str, str], kept: Kept) -> Given:
    for name, words in (("nilai", "Realisasi"), ("sumber", "Sumber")):
        if not typed[name]:
            raise AgencyDataError(f"{words} belum diisi.", todo="isi, lalu periksa lagi.")
    return Given(
        indicator=indicator,
        value=typed["nilai"],
        source=typed["sumber"],
        evidence=kept.files[0],
        by=visitor_of(request).name,
        status=typed["status"],
        note=typed["catatan"],
    )


def _evidence(request: Request, office: str) -> Kept:
    """The file that comes with the form, else the one that came with it before."""
    sent = request.state.files.get("bukti", [])
    if not sent:
        if not request.state.form.get("berkas"):
            raise _NO_EVIDENCE
        return _known(request, office)
    site: Site = request.app.state.site
    files = [(sent[0].filename or "", sent[0].file)]
    return keep_files(site.settings.home, _owner(request, office), files, site.clock())


def _known(request: Request, office: str) -> Kept:
    site: Site = request.app.state.site
    token = request.state.form.get("berkas", "")
    return find_kept(site.settings.home, _owner(request, office), token, site.clock())


def _drop(request: Request, kept: Kept | None) -> None:
    if kept is not None:
        drop_kept(kept)


def _owner(request: Request, office: str) -> Owner:
    return Owner(visitor_of(request).name, office, Purpose.FIGURE)


def _show_form(
    request: Request,
    office: str,
    year: int,
    asked: Asked,
    typed: dict[str, str],
    kept: Kept | None = None,
    error: AgencyDataError | None = None,
) -> Response:
    return show(
        request,
        "angka.html.j2",
        422 if error else 200,
        office=office,
        year=year,
        asked=asked,
        typed=typed,
        kept=kept,
        statuses=STATUSES,
        error=in_words_of_form(error) if error else None,
    )


def _show_understood(
    request: Request,
    office: str,
    year: int,
    asked: Asked,
    typed: dict[str, str],
    kept: Kept,
    understood: Understood,
    *,
    overtaken: bool = False,
) -> Response:
    return show(
        request,
        "angka_periksa.html.j2",
        office=office,
        year=year,
        asked=asked,
        typed=typed,
        kept=kept,
        understood=understood,
        overtaken=overtaken,
    )
