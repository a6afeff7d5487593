"""Signing in and out, first passwords, and what those who manage see of the people."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from core.errors import AccountError, TooManyTriesError
from jobs.users.accounts import Link, list_accounts, name_of_link, reset_account, use_link
from jobs.users.audit import Actor, read_audit
from jobs.users.passwords import SHORTEST
from jobs.users.roles import MEANINGS
from jobs.users.signing_in import sign_in, sign_out
from web.access import address_of, visitor_of
from web.cookies import FORM, SESSION, cookie_name, drop_cookie, set_cookie
from web.pages import show
from web.site import Site

router = APIRouter()


@router.get("/masuk")
def ask_for_password(request: Request, tujuan: str = "/", sandi: str = "") -> Response:
    """The form to sign in; ``tujuan`` is where it leads, ``sandi`` that a password was set just now."""
    if request.state.visitor is not None:
        return RedirectResponse("/", 303)
    return show(
        request, "masuk.html.j2", target=own_address(tujuan), name="", error=None, password_set=bool(sandi)
    )


@router.post("/masuk")
def enter(request: Request) -> Response:
    """Sign in; the browser gets a new session whatever it had before."""
    site: Site = request.app.state.site
    form = request.state.form
    name, target = form.get("nama", ""), own_address(form.get("tujuan", ""))
    try:
        token = sign_in(site.engine, name, form.get("sandi", ""), address_of(request), site.clock())
    except AccountError as error:
        status = 429 if isinstance(error, TooManyTriesError) else 401
        return show(
            request, "masuk.html.j2", status, target=target, name=name, error=error, password_set=False
        )
    response = RedirectResponse(target, 303)
    set_cookie(response, SESSION, token, site)
    drop_cookie(response, FORM, site)
    return response


@router.post("/keluar")
def leave(request: Request) -> Response:
    """Sign out."""
    site: Site = request.app.state.site
    token = request.cookies[cookie_name(SESSION, site)]
    sign_out(site.engine, token, visitor_of(request), address_of(request), site.clock())
    response = RedirectResponse("/masuk", 303)
    drop_cookie(response, SESSION, site)
    return response


@router.get("/tautan/{token}")
def ask_for_new_password(request: Request, token: str) -> Response:
    """The form to set a password; to look at it uses nothing up, for programs of mail look too."""
    site: Site = request.app.state.site
    try:
        name = name_of_link(site.engine, token, site.clock())
    except AccountError as error:
        return show(request, "galat.html.j2", 404, title="Tautan tidak berlaku", error=error)
    return show(request, "sandi.html.j2", name=name, shortest=SHORTEST, error=None)


@router.post("/tautan/{token}")
def set_password(request: Request, token: str) -> Response:
    """Set a password; the person then signs in with it."""
    site: Site = request.app.state.site
    form = request.state.form
    try:
        name = name_of_link(site.engine, token, site.clock())
    except AccountError as error:
        return show(request, "galat.html.j2", 404, title="Tautan tidak berlaku", error=error)
    try:
        if form.get("sandi", "") != form.get("ulang", ""):
            raise AccountError("Kedua sandi tidak sama.", todo="ketik sandi yang sama dua kali.")
        use_link(site.engine, token, form.get("sandi", ""), address_of(request), site.clock())
    except AccountError as error:
        return show(request, "sandi.html.j2", 422, name=name, shortest=SHORTEST, error=error)
    return RedirectResponse("/masuk?sandi=baru", 303)


@router.get("/pengguna")
def list_people(request: Request) -> Response:
    """The accounts that the visitor manages."""
    return _show_people(request)


@router.post("/pengguna/tautan")
def give_link(request: Request) -> Response:
    """Make a link for who forgot the password; it is shown this once."""
    site: Site = request.app.state.site
    visitor = visitor_of(request)
    actor = Actor(visitor.name, address_of(request))
    name = request.state.form.get("nama", "")
    try:
        link = reset_account(site.engine, name, actor, site.clock(), visitor.office)
    except AccountError:
        error = AccountError("Pengguna itu tidak ada, atau tidak Anda kelola.")
        return show(request, "galat.html.j2", 404, title="Tidak ditemukan", error=error)
    return _show_people(request, link=link, url=f"{site.settings.page_address}{link.path}")


@router.get("/kegiatan")
def list_deeds(request: Request, sebelum: Annotated[int | None, Query(ge=1, le=2**62)] = None) -> Response:
    """The audit log, newest first; ``sebelum`` is where an older part begins."""
    site: Site = request.app.state.site
    page = read_audit(site.engine, visitor_of(request).office, sebelum)
    return show(request, "kegiatan.html.j2", page=page)


def own_address(given: str) -> str:
    """Where signing in leads: an address of this page, whatever was given."""
    parts = urlsplit(given if given.isprintable() and "\\" not in given else "/")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    return quote(parts.path, safe="/%") + (f"?{quote(parts.query, safe='=&%+')}" if parts.query else "")


def _show_people(request: Request, link: Link | None = None, url: str = "") -> Response:
    site: Site = request.app.state.site
    accounts = list_accounts(site.engine, visitor_of(request).office)
    return show(request, "pengguna.html.j2", accounts=accounts, meanings=MEANINGS, link=link, url=url)
