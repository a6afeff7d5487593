"""The fixed answers of BPS and of its firewall, as they were recorded (shapes and messages)."""

from __future__ import annotations

import html
from typing import Any

BAD_KEY: dict[str, Any] = {
    "status": "Error",
    "message": "You are not Allowed to take this action. Please re-check your key",
}
TH_REQUIRED: dict[str, Any] = {
    "status": "Error",
    "message": "'th' parameter is required and must be an integer, separated by colon (:) for range "
    "or semicolon (;) for multiple values.",
}
LIST_NOT_AVAILABLE: dict[str, Any] = {
    "status": "OK",
    "data-availability": "list-not-available",
    "data": "",
}
NOT_AVAILABLE: dict[str, Any] = {"status": "OK", "data-availability": "not-available", "data": ""}
LTM_BLOCK = (
    b"<!doctype html>\n<html><head><title>LTM WAF Block</title></head>"
    b"<body><h2>Akses ini ditolak</h2></body></html>"
)
CHALLENGE = (
    b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>'
    b"<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""An empty page, where the link of a publication leads to."""
NO_ROUTE = b"404 - Unable to resolve the request"


def too_many_years(limit: int, given: int) -> dict[str, Any]:
    """The answer to more years than one call may have."""
    return {
        "status": "Error",
        "message": f"The maximum allowed number of years for the 'th' parameter is {limit}. "
        f"You provided {given}. Please reduce the number of years accordingly.",
    }


def missing_parameter(name: str) -> dict[str, Any]:
    """The answer to a call without a parameter it needs."""
    return {"status": "Error", "message": f"Parameter {name} is missing"}


def perimeter_block(url: str) -> bytes:
    """The firewall's page, which echoes the address and with it the key."""
    return f"""<!doctype html>
<head>
 <title>
 Perimeter WAF Block
 </title>
</head>
<body>
 <article>
 <h2>Akses ini ditolak</h2>
 <table>
 <tr><td colspan="2">Akses yang anda lakukan ditolak oleh sistem keamanan kami.</td></tr>
 <tr><td>URL</td><td>{html.escape(url, quote=False)}</td></tr>
 <tr><td>Event ID</td><td>90410001</td></tr>
 <tr><td>Event Type</td><td>signature</td></tr>
 </table>
 </article>
</body>
""".encode()


def web_page(title: str) -> bytes:
    """A page of the stand-in's own web site, to which links in the demo's mail lead."""
    text = html.escape(title)
    return (
        f'<!doctype html><html lang="id"><title>{text}</title><h1>{text}</h1>'
        "<p>Halaman tiruan untuk peragaan; bukan halaman BPS.</p></html>"
    ).encode()
