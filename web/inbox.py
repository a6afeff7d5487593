"""Files that people send: chosen or dragged, looked at, then taken in or not."""

from __future__ import annotations

import hashlib
from functools import cache
from time import monotonic
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from core.dates import MONTHS
from core.errors import BusyError, LkjipError, SourceError
from jobs.uploads.decide import Desk
from jobs.uploads.names import NAMES
from jobs.uploads.overview import read_overview
from jobs.uploads.progress import Step, Upload
from jobs.users.audit import Actor
from web.access import address_of, visitor_of
from web.headers import SCRIPT_POLICY
from web.pages import FOLDER, show
from web.places import office_folder
from web.site import Site

router = APIRouter()
FIELD = "berkas"
"""The name of the field that files come in."""
LOOKING = 45
"""Seconds within which the next of several files is begun; the others then wait with a button of theirs."""


@router.get("/kiriman.js")
def give_script() -> Response:
    """The script for dragging; its address changes with its content."""
    headers = {"Cache-Control": "max-age=31536000, immutable"}
    return Response(_script(), media_type="text/javascript", headers=headers)


@router.get("/kantor/{office}/kiriman")
def show_inbox(request: Request, office: str) -> Response:
    """The form to send files, what waits for the visitor, and what became of the last ones."""
    return _show_inbox(request, office)


@router.post("/kantor/{office}/kiriman")
def receive_files(request: Request, office: str) -> Response:
    """Put files aside and look at each; nothing of them is stored."""
    desk = _desk(request, office)
    sent: list[UploadFile] = request.state.files.get(FIELD, [])
    if not sent:
        error = SourceError("Belum ada berkas yang dipilih.", todo="pilih berkasnya, lalu tekan Kirim.")
        return _show_inbox(request, office, 422, error)
    kept: list[Upload] = []
    try:
        kept += [desk.receive(file.filename or "", file.file) for file in sent]
        until = monotonic() + LOOKING
        for upload in kept:
            if monotonic() < until:
                desk.look(upload)
    except BusyError as error:  # what lies there already waits with its button
        return _show_inbox(request, office, 429, error)
    except LkjipError as error:
        return _show_inbox(request, office, 422, error)
    place = f"/kantor/{quote(office, safe='')}/kiriman"
    return RedirectResponse(f"{place}/{kept[0].place}" if len(kept) == 1 else place, 303)


@router.get("/kantor/{office}/kiriman/{place}")
def show_file(request: Request, office: str, place: str) -> Response:
    """What was understood of a file, or what became of it."""
    return _show_file(request, office, _find(_desk(request, office), place))


@router.post("/kantor/{office}/kiriman/{place}")
def decide(request: Request, office: str, place: str) -> Response:
    """Read a file again as another kind, take it in, or do not."""
    desk = _desk(request, office)
    upload, form = _find(desk, place), request.state.form
    kind, month = form.get("jenis", ""), form.get("bulan", "")
    try:
        match form.get("langkah", ""):
            case "ambil":
                desk.take(upload)
            case "buang":
                desk.drop(upload)
            case "baca" if kind in ("", *NAMES) and month in ("", *map(str, range(1, 13))):
                desk.look(upload, kind, int(month or 0))
            case _:
                raise HTTPException(400, "Isian tidak dapat dibaca.")
    except BusyError as error:
        return _show_file(request, office, upload, 429, error)
    except LkjipError as error:
        return _show_file(request, office, upload, 422, error)
    return RedirectResponse(f"/kantor/{quote(office, safe='')}/kiriman/{upload.place}", 303)


def _desk(request: Request, office: str) -> Desk:
    """The visitor's files for an office that the visitor sees; another looks like one that is not there."""
    site: Site = request.app.state.site
    visitor, folder = visitor_of(request), office_folder(request, office)
    return Desk(site.workspace(folder), Actor(visitor.name, address_of(request)), site.clock())


def _find(desk: Desk, place: str) -> Upload:
    upload = desk.find(place)
    if upload is None:
        raise HTTPException(404)
    return upload


def _show_inbox(
    request: Request, office: str, status: int = 200, error: LkjipError | None = None
) -> Response:
    site: Site = request.app.state.site
    desk = _desk(request, office)
    # The folders belong to the installation: of other offices whoever is bound to one sees nothing.
    shared = visitor_of(request).office == "" or len(site.offices()) == 1
    response = show(
        request,
        "kiriman.html.j2",
        status,
        office=office,
        waiting=desk.waiting(),
        overview=read_overview(desk.workspace, folders=shared),
        kinds=NAMES,
        script=script_name(),
        error=error,
    )
    response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    return response


def _show_file(
    request: Request, office: str, upload: Upload, status: int = 200, error: LkjipError | None = None
) -> Response:
    return show(
        request,
        "satu_kiriman.html.j2",
        status,
        office=office,
        upload=upload,
        steps=Step,
        kinds=NAMES,
        months=MONTHS,
        error=error,
    )


@cache
def _script() -> bytes:
    return (FOLDER / "kiriman.js").read_bytes()


@cache
def script_name() -> str:
    """Where it is, another address for another content."""
    return f"/kiriman.js?{hashlib.sha256(_script()).hexdigest()[:12]}"
