"""Headers of every answer, and whose page this is."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.site import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing from elsewhere, no script, nothing inside the page that was not served as a file of its own."""

SCRIPT_POLICY = f"{POLICY}; script-src 'self'"
"""Of a page that has a script, which is a file of ours."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_NOTHING = "'none'"
_ONE_YEAR = "max-age=31536000"
_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


def report_policy(script: str) -> str:
    """Of a stored report: it brings its style and its script with it, that one script and no other runs, and
    whatever the report holds can reach nothing of ours: it is of no origin.

    Args:
        script: Which one, as :attr:`jobs.report.issues.StoredFile.script` names it; empty where none may.
    """
    scripts = " allow-scripts" if script else ""
    return (
        f"sandbox allow-popups allow-popups-to-escape-sandbox{scripts}; default-src 'none'; "
        f"style-src 'unsafe-inline'; script-src {script or _NOTHING}; "
        "img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )


def headers_of(site: Site) -> dict[str, str]:
    """The headers of every answer of an installation."""
    return _HEADERS | ({"Strict-Transport-Security": _ONE_YEAR} if site.secure else {})


class Headers:
    """Puts the headers on every answer that does not say otherwise, and refuses other names than ours."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._headers = headers_of(site)
        self._names = {*_THIS_MACHINE, urlsplit(site.settings.page_address).hostname or ""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        # A name of somebody else that leads here is how a foreign page would read ours.
        if _name_of_host(Request(scope).headers.get("host", "")) not in self._names:
            answer = PlainTextResponse("Alamat ini bukan alamat halaman LKjIP.\n", 421)
            await answer(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _name_of_host(host: str) -> str:
    """Without its port."""
    return (host if host.endswith("]") else host.rpartition(":")[0] or host).lower()
