"""Publications and press releases: the day of a release, or the day for which it is announced."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from connectors.bps.client import BpsClient
from connectors.bps.labels import clean, is_pdrb
from connectors.bps.tables import Release

_CHANNELS = {"publication": "Produk Domestik Regional Bruto", "pressrelease": "Pertumbuhan Ekonomi"}
_IDENTITY = {"publication": "pub_id", "pressrelease": "brs_id"}
_OTHER = re.compile(r"pengeluaran|tri\s*wulan|kuartal", re.IGNORECASE)
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]+\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def find_release(client: BpsClient, domain: str, year: int, *, today: date) -> Release | None:
    """Look for the book "PDRB … Menurut Lapangan Usaha" or the press release about ``year``.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        year: The year the figures are for.
        today: What is dated later is announced, not released.

    Returns:
        The earliest one that is out, the book before the press release of the same day; when none
        is out the announcement that comes first; None when there is neither.

    Raises:
        SourceError: No usable answer.
    """
    seen = [
        release
        for channel, keyword in _CHANNELS.items()
        for row in client.list_all(channel, domain=domain, keyword=keyword)
        if (release := _read(channel, row, year, today))
    ]
    if not seen:
        return None
    first = min(seen, key=lambda r: (r.announced, r.released_on, r.channel != "publication"))
    return _with_url(client, domain, first)


def _read(channel: str, row: Mapping[str, Any], year: int, today: date) -> Release | None:
    title = clean(row.get("title", ""))
    if not _ABOUT[channel](title, year):
        return None
    # updt_date can be earlier than the release: the file was only uploaded beforehand.
    day = _day(row.get("rl_date")) or _day(row.get("sch_date"))
    if day is None:
        return None
    return Release(
        channel=channel,
        identity=str(row.get(_IDENTITY[channel], "")),
        title=title,
        released_on=day,
        url="",
        announced=day > today,
    )


def _is_book(title: str, year: int) -> bool:
    span = _SPAN.search(title)
    return (
        is_pdrb(title)
        and bool(re.search(r"lapangan\s+usaha", title, re.IGNORECASE))
        and not _OTHER.search(title)
        and span is not None
        and int(span[2]) == year
    )


def _is_news(title: str, year: int) -> bool:
    about = is_pdrb(title) or bool(re.search(r"pertumbuhan\s+ekonomi", title, re.IGNORECASE))
    years = _YEAR.findall(title)
    return about and not _OTHER.search(title) and bool(years) and int(years[-1]) == year


_ABOUT: Mapping[str, Callable[[str, int], bool]] = {"publication": _is_book, "pressrelease": _is_news}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _with_url(client: BpsClient, domain: str, release: Release) -> Release:
    """The page of a release on the region's site; download links change, pages stay."""
    sites = (row for row in client.domains() if str(row.get("domain_id")) == domain)
    site = str(next(sites, {}).get("domain_url", "")).rstrip("/")
    if not site.startswith(("http://", "https://")):
        return release
    slug = re.sub(r"[^0-9a-z]", "-", release.title.lower())
    page = f"{site}/id/{release.channel}/{release.released_on:%Y/%m/%d}/{release.identity}/{slug}.html"
    return Release(
        release.channel, release.identity, release.title, release.released_on, page, release.announced
    )
