"""Who may open which address: one table, and the guard that every request passes."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Mapping

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool

from jobs.users.roles import Role
from jobs.users.signing_in import Visitor, find_visitor
from web.cookies import FORM, SESSION, cookie_name
from web.forms import Form, close_files, read_form
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
    ("POST", "/kantor/{office}/{year}/terbitan/{number}/tanda-tangan"): Role.APPROVE,
    ("POST", "/kantor/{office}/{year}/terbitan/{number}/tanda-tangan/simpan"): Role.APPROVE,
    ("GET", "/kantor/{office}/{year}/terbitan/{number}/salinan/{sha256}"): Role.READ,
    ("GET", "/kantor/{office}/{year}/rancangan/{draft}"): Role.ENTER,
    ("GET", "/kantor/{office}/{year}/rancangan/{draft}/{kind}"): Role.ENTER,
    ("POST", "/kantor/{office}/{year}/rancangan/{draft}"): Role.APPROVE,
    ("POST", "/kantor/{office}/{year}/rancangan/{draft}/putuskan"): Role.APPROVE,
    ("GET", "/kiriman.js"): None,
    ("GET", "/kantor/{office}/kiriman"): Role.ENTER,
    ("POST", "/kantor/{office}/kiriman"): Role.ENTER,
    ("GET", "/kantor/{office}/kiriman/{place}"): Role.ENTER,
    ("POST", "/kantor/{office}/kiriman/{place}"): Role.ENTER,
    ("GET", "/kantor/{office}/{year}/bukti/{snapshot}"): Role.READ,
    ("GET", "/kantor/{office}/{year}/angka/{indicator}"): Role.ENTER,
    ("POST", "/kantor/{office}/{year}/angka/{indicator}"): Role.ENTER,
    ("POST", "/kantor/{office}/{year}/angka/{indicator}/simpan"): Role.ENTER,
    ("GET", "/kantor/{office}/buku-kerja"): Role.READ,
    ("GET", "/kantor/{office}/{year}/buku-kerja"): Role.READ,
    ("POST", "/kantor/{office}/buku-kerja"): Role.ENTER,
    ("POST", "/kantor/{office}/buku-kerja/ambil"): Role.ENTER,
    ("GET", "/kantor/{office}/tahun"): Role.READ,
    ("POST", "/kantor/{office}/tahun"): Role.APPROVE,
    ("GET", "/kantor/{office}/{year}/periksa"): Role.READ,
    ("POST", "/kantor/{office}/{year}/konfirmasi"): Role.APPROVE,
    ("POST", "/kantor/{office}/{year}/tutup"): Role.APPROVE,
    ("GET", "/kantor/{office}/{year}/ubah/persetujuan"): Role.MANAGE,
    ("POST", "/kantor/{office}/{year}/ubah/persetujuan"): Role.MANAGE,
    ("POST", "/kantor/{office}/{year}/ubah/persetujuan/simpan"): Role.MANAGE,
    ("GET", "/kantor/{office}/{year}/ubah/{what}"): Role.APPROVE,
    ("POST", "/kantor/{office}/{year}/ubah/{what}"): Role.APPROVE,
    ("POST", "/kantor/{office}/{year}/ubah/{what}/simpan"): Role.APPROVE,
    ("GET", "/pengguna"): Role.MANAGE,
    ("POST", "/pengguna/tautan"): Role.MANAGE,
    ("GET", "/kegiatan"): Role.MANAGE,
    ("GET", "/pemeriksaan"): Role.MANAGE,
    ("POST", "/pemeriksaan"): Role.MANAGE,
}
"""The least role for each address; None is open to everybody, and what is not here to nobody."""

WITH_FILES: frozenset[str] = frozenset(
    {
        "/kantor/{office}/kiriman",
        "/kantor/{office}/{year}/angka/{indicator}",
        "/kantor/{office}/buku-kerja",
        "/kantor/{office}/{year}/terbitan/{number}/tanda-tangan",
    }
)
"""The addresses that take files."""


class NotSignedInError(Exception):
    """Somebody must sign in first."""


async def guard(request: Request) -> AsyncIterator[None]:
    """Let a request pass that its sender may make; ``request.state`` then has visitor, form and files.

    Files are read only after the sender is known to be allowed to send some.

    Raises:
        NotSignedInError: Nobody is signed in.
        HTTPException: The role does not reach, or the form is none that this page gave out.
    """
    path = request.scope["route"].path
    least = LEAST[request.method, path]
    site: Site = request.app.state.site
    token = request.cookies.get(cookie_name(SESSION, site), "")
    visitor = await run_in_threadpool(find_visitor, site.engine, token, site.clock()) if token else None
    request.state.visitor = visitor
    takes_files = path in WITH_FILES
    if takes_files:
        _check_role(visitor, least)
    form = await read_form(request, with_files=takes_files) if request.method == "POST" else Form()
    request.state.form, request.state.files = form.fields, form.files
    try:
        if request.method == "POST" and not _is_own_form(request):
            raise HTTPException(403, "Formulir ini sudah kedaluwarsa. Buka lagi halamannya, lalu ulangi.")
        _check_role(visitor, least)
        yield
    finally:
        await close_files(form)


def _check_role(visitor: Visitor | None, least: Role | None) -> None:
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
