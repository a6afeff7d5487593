"""Who may open which address: one table, and the guard that every request passes."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool

from jobs.users.roles import Role
from jobs.users.signing_in import Visitor, find_visitor
from web.cookies import FORM, SESSION, cookie_name
from web.site import Site

LEAST: Mapping[tuple[str, str], Role | None] = {
    ("GET", "/gaya.css"): None,
    ("GET", "/masuk"): None,
    ("POST", "/masuk"): None,
    ("GET", "/tautan/{token}"): None,
    ("POST", "/tautan/{token}"): None,
    ("POST", "/keluar"): Role.READ,
    ("GET", "/"): Role.READ,
    ("GET", "/kantor/{office}"): Role.READ,
    ("GET", "/kantor/{office}/terbitan"): Role.READ,
    ("GET", "/kantor/{office}/{year}/indikator/{indicator}"): Role.READ,
    ("GET", "/kantor/{office}/{year}/beda"): Role.READ,
    ("GET", "/kantor/{office}/{year}/terbitan/{number}"): Role.READ,
    ("GET", "/kantor/{office}/{year}/terbitan/{number}/{kind}"): Role.READ,
    ("GET", "/pengguna"): Role.MANAGE,
    ("POST", "/pengguna/tautan"): Role.MANAGE,
    ("GET", "/kegiatan"): Role.MANAGE,
}
"""The least role for each address; None is open to everybody, and what is not here to nobody."""

LARGEST_FORM = 16 * 1024
"""Bytes of what a form may send."""


class NotSignedInError(Exception):
    """Somebody must sign in first."""


async def guard(request: Request) -> None:
    """Let a request pass that its sender may make; ``request.state`` then has visitor and form.

    Raises:
        NotSignedInError: Nobody is signed in.
        HTTPException: The role does not reach, or the form is none that this page gave out.
    """
    least = LEAST[request.method, request.scope["route"].path]
    site: Site = request.app.state.site
    token = request.cookies.get(cookie_name(SESSION, site), "")
    visitor = await run_in_threadpool(find_visitor, site.engine, token, site.clock()) if token else None
    request.state.visitor = visitor
    request.state.form = await _read_form(request) if request.method == "POST" else {}
    if request.method == "POST" and not _is_own_form(request):
        raise HTTPException(403, "Formulir ini sudah kedaluwarsa. Buka lagi halamannya, lalu ulangi.")
    if least is None:
        return
    if visitor is None:
        raise NotSignedInError
    if not visitor.role.may(least):
        raise HTTPException(403, f"Halaman ini hanya untuk peran {least.value}.")


def visitor_of(request: Request) -> Visitor:
    """Who is signed in, on a page that asks for it."""
    visitor = request.state.visitor
    if visitor is None:
        raise NotSignedInError
    return Visitor(visitor.name, visitor.role, visitor.office)


def address_of(request: Request) -> str:
    """From where a request comes."""
    return request.client.host if request.client else "tidak diketahui"


def form_mark(key: str) -> str:
    """What a form carries to show that this page gave it out to the holder of a cookie."""
    return hmac.new(key.encode(), b"formulir", "sha256").hexdigest()


def key_of_form(request: Request) -> str:
    """The cookie that forms are bound to: the session's, before signing in one of their own."""
    purpose = SESSION if getattr(request.state, "visitor", None) else FORM
    return request.cookies.get(cookie_name(purpose, request.app.state.site), "")


def _is_own_form(request: Request) -> bool:
    key = key_of_form(request)
    if not key or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return hmac.compare_digest(form_mark(key).encode(), request.state.form.get("tanda", "").encode())


async def _read_form(request: Request) -> dict[str, str]:
    """The fields of a form; of one that came twice the last."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, "Isian terlalu besar.")
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(415, "Isian tidak dikenal.")
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
        )
    except ValueError as cause:
        raise HTTPException(400, "Isian tidak dapat dibaca.") from cause
