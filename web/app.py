"""The page as one application: its rooms, the guard before them, and what is said when something fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from threading import Thread
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from core import dates
from core.errors import LkjipError
from core.settings import Settings, load_settings
from jobs.uploads.kept import forget_old
from web import drafts, editing, entering, examination, inbox, report, signing, users, workbook, years
from web.access import LEAST, NotSignedInError, guard
from web.headers import Headers, headers_of
from web.pages import show, style
from web.site import Site
from web.warming import learn, warm

_ROOMS = (users, report, drafts, signing, inbox, entering, workbook, years, editing, examination)
_TITLES = {
    400: "Isian tidak dapat dibaca",
    403: "Tidak diizinkan",
    404: "Tidak ditemukan",
    405: "Tidak dapat dilakukan",
    413: "Isian terlalu besar",
    415: "Isian tidak dikenal",
}
_NOT_FOUND = "Halaman ini tidak ada, atau bukan untuk Anda."


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] = dates.now) -> FastAPI:
    """The application; its database is brought to the newest schema.

    Args:
        settings: Those of the environment when left out.
        clock: The present moment.

    Raises:
        LkjipError: The settings or the database cannot be used.
    """
    site = Site(settings or load_settings(), clock)
    forget_old(site.settings.home, clock())
    app = FastAPI(
        title="LKjIP",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard)],
        redirect_slashes=False,
    )
    app.state.site = site
    app.get("/gaya.css")(_give_style)
    for route in _routes(*(room.router for room in _ROOMS)):
        app.add_api_route(route.path, route.endpoint, methods=list(route.methods or ()))
    app.add_middleware(Headers, site=site)
    app.add_exception_handler(NotSignedInError, _ask_to_sign_in)
    app.add_exception_handler(RequestValidationError, _tell_missing)
    app.add_exception_handler(HTTPException, _tell_refusal)
    app.add_exception_handler(LkjipError, _tell_error)
    app.add_exception_handler(Exception, _tell_fault)
    _check_table(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Once it is served: get ready for the first visitors beside them; the start waits for nothing."""
    Thread(target=_get_ready, args=(app.state.site,), daemon=True).start()
    yield


def _get_ready(site: Site) -> None:
    warm(site)
    learn(site)


def _routes(*holders: FastAPI | APIRouter) -> list[APIRoute]:
    return [route for holder in holders for route in holder.routes if isinstance(route, APIRoute)]


def _check_table(app: FastAPI) -> None:
    """Refuse to serve an address that nobody said a role for."""
    served = {(way, route.path) for route in _routes(app) for way in route.methods or ()}
    if served != set(LEAST):
        raise LookupError(f"addresses and their least roles differ: {served ^ set(LEAST)}")


def _give_style() -> Response:
    """The style sheet; its address changes with its content."""
    return Response(style(), media_type="text/css", headers={"Cache-Control": "max-age=31536000, immutable"})


def _ask_to_sign_in(request: Request, _error: Exception) -> Response:
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = f"?tujuan={quote(target, safe='')}" if request.method == "GET" and target != "/" else ""
    return RedirectResponse(f"/masuk{wanted}", 303)


def _tell_missing(request: Request, _error: Exception) -> Response:
    return show(request, "galat.html.j2", 404, title=_TITLES[404], error=LkjipError(_NOT_FOUND))


def _tell_refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = str(error.detail) if isinstance(error, HTTPException) and status not in (404, 405) else _NOT_FOUND
    title = _TITLES.get(status, "Tidak dapat ditampilkan")
    return show(request, "galat.html.j2", status, title=title, error=LkjipError(said))


def _tell_error(request: Request, error: Exception) -> Response:
    return show(request, "galat.html.j2", 500, title="Tidak dapat ditampilkan", error=error)


def _tell_fault(request: Request, _error: Exception) -> Response:
    """What is unforeseen, outside of all else that stands around an answer; its trace is in the journal."""
    said = LkjipError(
        "Terjadi kesalahan program.", todo="ulangi sebentar lagi; bila tetap, beri tahu teknisi."
    )
    response = show(request, "galat.html.j2", 500, title="Kesalahan program", error=said)
    response.headers.update(headers_of(request.app.state.site))
    return response
