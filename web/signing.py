"""A signed report that came back: sent, looked at beside its issue, kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import LkjipError, SourceError
from jobs.report.issued.signed import keep_signed, read_signed
from jobs.report.issues import list_issues
from jobs.uploads.kept import (
    Kept,
    Owner,
    Purpose,
    drop_kept,
    find_kept,
    keep_files,
    save_kept,
    without_place,
)
from jobs.uploads.signed import check_signed_apart
from jobs.workspace import Workspace
from web.access import visitor_of
from web.pages import show
from web.places import office_year, without_folders, write_down
from web.site import Site

router = APIRouter()
Number = Annotated[int, FromPath(ge=1, le=99_999)]
FIELD = "berkas"


@router.post("/kantor/{office}/{year}/terbitan/{number}/tanda-tangan")
def look_at_copy(request: Request, office: str, year: Number, number: Number) -> Response:
    """What a file has that an issue has not, read in a process apart; nothing is kept yet."""
    site: Site = request.app.state.site
    space = _issue(request, office, year, number)
    sent = request.state.files.get(FIELD, [])
    kept: Kept | None = None
    try:
        if not sent:
            raise SourceError("Belum ada berkas yang dipilih.", todo="pilih PDF yang sudah ditandatangani.")
        files = [(sent[0].filename or "", sent[0].file)]
        kept = keep_files(site.settings.home, _owner(request, office), files, site.clock())
        seen = check_signed_apart(space, number, kept.files[0])
        save_kept(replace(kept, said={"of": [year, number], "doubts": list(seen.doubts)}))
    except LkjipError as error:
        return _refuse(request, office, year, number, error, kept)
    return _show(request, office, year, number, kept=kept, seen=seen)


@router.post("/kantor/{office}/{year}/terbitan/{number}/tanda-tangan/simpan")
def keep_copy(request: Request, office: str, year: Number, number: Number) -> Response:
    """Keep a file that was looked at; one that raised doubts only if somebody says that it is right."""
    site: Site = request.app.state.site
    space, form = _issue(request, office, year, number), request.state.form
    kept: Kept | None = None
    try:
        kept = find_kept(site.settings.home, _owner(request, office), form.get(FIELD, ""), site.clock())
        if kept.said.get("of") != [year, number]:
            raise SourceError("Berkas itu diperiksa untuk terbitan lain.", todo="kirim lagi di terbitan ini.")
        doubts = [str(doubt) for doubt in kept.said["doubts"]]
        if doubts and form.get("yakin") != "ya":
            raise SourceError(
                "Belum disimpan: berkas itu berbeda dari terbitannya dan belum dinyatakan benar.",
                todo="kirim lagi, periksa bedanya, lalu centang pernyataannya bila memang salinannya.",
            )
        by = visitor_of(request).name
        signed = keep_signed(space, number, kept.files[0], by, site.clock(), doubts)
    except LkjipError as error:
        return _refuse(request, office, year, number, error, kept)
    drop_kept(kept)
    about = f"terbitan {number} laporan {year}, {signed.name}, SHA-256 {signed.sha256[:12]}"
    write_down(request, office, "menyimpan salinan bertanda tangan", about)
    told = f"{signed.name} kini salinan bertanda tangan terbitan {number}, SHA-256 {signed.sha256}."
    if not signed.new:
        told = f"{signed.name} sudah tersimpan sebelumnya; tidak ada yang berubah."
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title="Salinan bertanda tangan disimpan",
        lines=[told, "Terbitan berikutnya menyebut di sampulnya bahwa ia menggantikan terbitan ini."],
        links=[(f"/kantor/{quote(office, safe='')}/{year}/terbitan/{number}", f"Ke terbitan {number}")],
    )


@router.get("/kantor/{office}/{year}/terbitan/{number}/salinan/{sha256}")
def give_copy(request: Request, office: str, year: Number, number: Number, sha256: str) -> Response:
    """A signed copy, by its hash."""
    found = read_signed(office_year(request, office, year), number, sha256)
    if found is None:
        raise HTTPException(404)
    name = quote(f"LKjIP-{year}-{office}-terbitan-{number}-bertanda-tangan.pdf", safe="")
    saved = f"attachment; filename*=UTF-8''{name}"
    return Response(found[1], media_type="application/pdf", headers={"Content-Disposition": saved})


def _issue(request: Request, office: str, year: int, number: int) -> Workspace:
    """The office and year of an issue that exists."""
    space = office_year(request, office, year)
    if not any((heading.year, heading.number) == (year, number) for heading in list_issues(space)):
        raise HTTPException(404)
    return space


def _owner(request: Request, office: str) -> Owner:
    return Owner(visitor_of(request).name, office, Purpose.SIGNED)


def _refuse(
    request: Request, office: str, year: int, number: int, error: LkjipError, kept: Kept | None
) -> Response:
    """Say why; a file that cannot be used is not kept."""
    if kept is not None:
        error = LkjipError(without_place(error.message, kept), todo=without_place(error.todo, kept))
        drop_kept(kept)
    return _show(request, office, year, number, 422, error=without_folders(request, error))


def _show(
    request: Request,
    office: str,
    year: int,
    number: int,
    status: int = 200,
    *,
    kept: Kept | None = None,
    seen: object = None,
    error: LkjipError | None = None,
) -> Response:
    told = {"kept": kept, "seen": seen, "error": error}
    return show(request, "tanda_tangan.html.j2", status, office=office, year=year, number=number, **told)
