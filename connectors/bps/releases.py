"""Publications and press releases: the day of a release, or the day for which it is announced."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from connectors.bps.canonical import canonical_hash
from connectors.bps.client import BpsClient
from connectors.bps.labels import clean, is_pdrb
from connectors.bps.moments import read_day
from connectors.bps.tables import Release

BOOK, NEWS, YEARBOOK = "book", "news", "dalam-angka"

_KEYWORDS = {"publication": "Lapangan Usaha", "pressrelease": "Ekonomi"}
"""What each list is asked for: a word that is in the title however PDRB is written there."""
_IDENTITY = {"publication": "pub_id", "pressrelease": "brs_id"}

_OTHER = re.compile(
    r"pengeluaran|expenditure|tri\s*wulan|kuartal|quarter|semester|\bQ[1-4]\b|bulanan|monthly"
    r"|kabupaten\s*/\s*kota|provinsi-provinsi|\bkecamatan\b",
    re.IGNORECASE,
)
_BY_INDUSTRY = re.compile(r"lapangan\s+usaha|by\s+(?:industr|economic\s+activit)|industrial\s+origin", re.I)
_GRDP = re.compile(r"\bGRDP\b|gross\s+regional\s+domestic\s+product", re.IGNORECASE)
_GROWTH = re.compile(
    r"pertumbuhan\s+ekonomi|economic\s+growth|ekonomi\b.*\b(?:tumbuh|terkontraksi|kontraksi)"
    r"|(?:tumbuh|kontraksi)\b.*\bekonomi",
    re.IGNORECASE,
)
_YEARBOOK_TITLE = re.compile(
    r"(?:kabupaten|kab\.|kota|provinsi)\s.*\bdalam\s+angka(?:\s*/.*?\bin\s+figures)?\s*,?\s*((?:19|20)\d\d)\b"
    r"|.*\b(?:regency|municipality|province)\s+in\s+figures\s*,?\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BASE_YEAR = re.compile(r"\[\s*seri\s+\d{4}\s*\]|\(?\b\d{4}\s*=\s*100\)?|konstan(?:\s+tahun)?\s+\d{4}", re.I)
_SPAN = re.compile(
    r"\b((?:19|20)\d\d)\s*(?:[-‐-―−]+|s\.?\s?/?d\.?|sampai(?:\s+dengan)?|hingga|to)\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def read_releases(
    client: BpsClient,
    domain: str,
    *,
    released_in: int,
    today: date,
) -> tuple[Release, ...]:
    """What a calendar year brings about annual PDRB by lapangan usaha: books, press releases.

    One request for each of the two lists, as long as a list has one page.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        released_in: The calendar year of the releases, not of their figures.
        today: What is dated later is announced, not released.

    Returns:
        Releases and announcements, the earliest first, without url; see :func:`with_url`.

    Raises:
        SourceError: No usable answer.
    """
    found: dict[tuple[str, str], Release] = {}
    for channel, keyword in _KEYWORDS.items():
        for row in client.list_all(channel, domain=domain, year=released_in, keyword=keyword):
            release = read_row(channel, row, today)
            # A server that does not know the parameter year gives every year.
            if release is not None and release.released_on.year == released_in:
                found[channel, release.identity] = release
    return tuple(sorted(found.values(), key=_order))


def first_about(releases: tuple[Release, ...], year: int) -> Release | None:
    """The book or press release by which the figures of ``year`` are out, else its announcement."""
    about = [r for r in releases if r.about_year == year and r.kind in (BOOK, NEWS)]
    return min(about, key=lambda r: (r.announced, *_order(r)), default=None)


def site_of(client: BpsClient, domain: str) -> str:
    """The address of a region's web site, empty when BPS does not give one; it does not change.

    Raises:
        SourceError: No usable answer.
    """
    sites = (row for row in client.domains() if str(row.get("domain_id")) == domain)
    site = str(next(sites, {}).get("domain_url", "")).rstrip("/")
    return site if site.startswith(("http://", "https://")) else ""


def read_row(channel: str, row: Mapping[str, Any], today: date) -> Release | None:
    """A row of a list as a release, None when it is about another thing or has no day.

    Args:
        channel: ``publication`` or ``pressrelease``.
        row: As it came.
        today: What is dated later is announced.
    """
    title = clean(row.get("title") or "")
    identity = row.get(_IDENTITY[channel])
    read = read_title(channel, title)
    # Only rl_date says that a thing is out: sch_date is a plan, and updt_date can lie before both,
    # because the file is uploaded beforehand.
    released = read_day(row.get("rl_date"))
    day = released or read_day(row.get("sch_date"))
    if read is None or day is None or not isinstance(identity, str | int) or not str(identity).strip():
        return None
    kind, year = read
    # A year's figures cannot be out before it is over.
    if year >= day.year:
        return None
    return Release(
        channel=channel,
        identity=str(identity),
        title=title,
        released_on=day,
        url="",
        announced=released is None or released > today,
        about_year=year,
        kind=kind,
        mark=canonical_hash(row),
    )


def read_title(channel: str, title: str) -> tuple[str, int] | None:
    """What a cleaned title promises: the kind of release and the newest year of its annual figures.

    Returns:
        None for quarterly figures, for PDRB by expenditure, for other subjects, and for a title
        that names no year.
    """
    if channel == "publication":
        yearbook = _YEARBOOK_TITLE.match(title)
        if yearbook:
            return YEARBOOK, int(yearbook[1] or yearbook[2]) - 1
    if _OTHER.search(title):
        return None
    about_pdrb = is_pdrb(title) or bool(_GRDP.search(title))
    if channel == "publication":
        kind, fits = BOOK, about_pdrb and bool(_BY_INDUSTRY.search(title))
    else:
        kind, fits = NEWS, about_pdrb or bool(_GROWTH.search(title))
    year = _newest_year(title) if fits else None
    return (kind, year) if year is not None else None


def _newest_year(title: str) -> int | None:
    """The end of the last span of years, else the last year that is not the base year."""
    plain = _BASE_YEAR.sub(" ", title)
    spans = [int(last) for first, last in _SPAN.findall(plain) if int(first) < int(last)]
    years = spans or [int(year) for year in _YEAR.findall(plain)]
    return years[-1] if years else None


def _order(release: Release) -> tuple[date, bool, str]:
    return release.released_on, release.channel != "publication", release.identity


def with_url(release: Release, site: str) -> Release:
    """With its page on the region's site; download links change, pages stay."""
    if not site:
        return release
    slug = re.sub(r"[^0-9a-z]", "-", release.title.lower())
    page = f"{site}/id/{release.channel}/{release.released_on:%Y/%m/%d}/{release.identity}/{slug}.html"
    return dataclasses.replace(release, url=page)
