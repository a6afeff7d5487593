"""Everything that the program needs, looked at when somebody who manages asks for it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from core.errors import LkjipError
from jobs.health.doctor.checks import Examination
from jobs.health.doctor.examine import examine_alone
from web.access import visitor_of
from web.pages import show
from web.places import write_down
from web.site import Site

router = APIRouter()
SECONDS = 45
"""So long all looks together may take."""


@router.get("/pemeriksaan")
def ask_to_examine(request: Request) -> Response:
    """The button; looking takes a while and asks BPS and the mail server, so nothing begins by itself."""
    _require_all_offices(request)
    return _show(request)


@router.post("/pemeriksaan")
def examine(request: Request) -> Response:
    """Look at everything; one after the other, whoever asks."""
    _require_all_offices(request)
    site: Site = request.app.state.site
    found = examine_alone(SECONDS, site.settings)
    if found is None:
        busy = LkjipError("Pemeriksaan lain sedang berjalan.", todo="tunggu sebentar, lalu ulangi.")
        return _show(request, error=busy)
    write_down(request, visitor_of(request).office, "memeriksa pemasangan", "")
    return _show(request, found)


def _require_all_offices(request: Request) -> None:
    """Who manages one office of several sees nothing of what the others share with it."""
    if visitor_of(request).office and len(request.app.state.site.offices()) > 1:
        raise HTTPException(403, "Halaman ini hanya untuk yang mengelola semua kantor.")


def _show(request: Request, found: Examination | None = None, error: LkjipError | None = None) -> Response:
    status = 409 if error else 200
    return show(request, "pemeriksaan.html.j2", status, found=found, error=error, seconds=SECONDS)
