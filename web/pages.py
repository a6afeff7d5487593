"""Templates: how a page is put together, and how moments and sizes are written on it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from core.dates import JAKARTA, format_date, format_time
from core.numbers import format_exact, format_number
from core.settings import PROJECT
from jobs.users.accounts import new_token
from jobs.users.roles import Role
from web.access import form_mark, key_of_form
from web.cookies import FORM, set_cookie
from web.site import Site

FOLDER = PROJECT / "templates" / "page"


def show(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """An answer with a page.

    Args:
        request: Whose answer it is.
        template: Name of the file in ``templates/page/``.
        status: Of HTTP.
        context: What the template shows.
    """
    site: Site = request.app.state.site
    key = key_of_form(request)
    given_out = "" if key else new_token()
    visitor = getattr(request.state, "visitor", None)
    text = (
        _environment()
        .get_template(template)
        .render(
            visitor=visitor,
            enters=visitor is not None and visitor.role.may(Role.ENTER),
            manages=visitor is not None and visitor.role.may(Role.MANAGE),
            may=lambda role: visitor is not None and visitor.role.may(Role(role)),
            mark=form_mark(key or given_out),
            style=style_name(),
            now=site.settings.current_time(),
            **context,
        )
    )
    response = HTMLResponse(text, status)
    if given_out and visitor is None:
        set_cookie(response, FORM, given_out, site)
    return response


def compile_templates() -> None:
    """Make code of every template, which the first page that shows it does otherwise."""
    for name in _environment().list_templates(extensions=["j2"]):
        _environment().get_template(name)


@cache
def style() -> bytes:
    """The style sheet."""
    return (FOLDER / "page.css").read_bytes()


@cache
def style_name() -> str:
    """Where it is, another address for another content."""
    return f"/gaya.css?{hashlib.sha256(style()).hexdigest()[:12]}"


def format_age(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: ``hari ini``, ``kemarin``, ``3 hari lalu``, ``2 bulan lalu``."""
    days = (now.astimezone(JAKARTA).date() - moment.astimezone(JAKARTA).date()).days
    if days < 1:
        return "hari ini"
    if days == 1:
        return "kemarin"
    if days < 60:
        return f"{days} hari lalu"
    return f"{days // 30} bulan lalu" if days < 730 else f"{days // 365} tahun lalu"


def format_size(size: int) -> str:
    """A number of bytes for people: ``84 KB``, ``1,2 MB``."""
    if size < 1_000_000:
        return f"{format_number(max(1, round(size / 1000)))} KB"
    return f"{size // 1_000_000},{size % 1_000_000 // 100_000} MB"


def _parts_of(number: str) -> list[tuple[int, str]]:
    """By which numbers of tables are put in order: ``3.9`` before ``3.10``."""
    return [(int(part) if part.isdecimal() else 0, part) for part in number.split(".")]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        waktu=format_time,
        hari=lambda moment: format_date(moment.astimezone(JAKARTA).date()),
        tanggal=format_date,
        hari_tertulis=lambda day: format_date(date.fromisoformat(day)) if day else "",
        angka=lambda written: format_exact(Decimal(written)),
        menurut_nomor=lambda numbers: sorted(numbers, key=_parts_of),
        umur=format_age,
        ukuran=format_size,
    )
    return made
