"""The two cookies of the page: who is signed in, and which forms were given out before that."""

from __future__ import annotations

from starlette.responses import Response

from web.site import Site

SESSION, FORM = "sesi", "formulir"


def cookie_name(purpose: str, site: Site) -> str:
    """By https with a name that no other server of the same domain can set."""
    return f"__Host-lkjip-{purpose}" if site.secure else f"lkjip-{purpose}"


def set_cookie(response: Response, purpose: str, value: str, site: Site) -> None:
    """Give the browser a cookie that ends with it; the server's own clock ends sessions before."""
    name = cookie_name(purpose, site)
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=site.secure, path="/")


def drop_cookie(response: Response, purpose: str, site: Site) -> None:
    """Take a cookie back."""
    name = cookie_name(purpose, site)
    response.delete_cookie(name, httponly=True, samesite="lax", secure=site.secure, path="/")
