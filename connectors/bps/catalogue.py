"""The catalogue of tables: one request that says for every table when it last changed.

``list/model/tablestatistic`` names the dynamic, static and SIMDASI tables of a region side by side.
It is only a sentinel: what it does not show may still have changed silently.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.bps import labels
from connectors.bps.client import BpsClient
from connectors.bps.moments import read_moment

logger = logging.getLogger(__name__)

SUBJECT = 531
"""Neraca Ekonomi in BPS's classification of statistical activities (CSA); PDRB stands there."""
PER_PAGE = 1000
"""Honoured by this list alone; a region has far fewer tables of one subject."""

_CHANNELS = {"1": "static", "2": "dynamic", "3": "simdasi"}
_IDENTITY = re.compile(r"([^#\s]+)#([123])(?:#[^\s]*)?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:0[1-9]|1[0-2])?(?!\d)")


@dataclass(frozen=True)
class CatalogueEntry:
    """A table as the catalogue names it.

    Attributes:
        identity: ``9101#2``; for SIMDASI the region stands behind: ``<id_tabel>#3#3529000``.
        table_id: The part by which the table's own channel knows it, ``9101``.
        channel: ``static``, ``dynamic`` or ``simdasi``.
        title: As BPS writes it, cleaned.
        newest_year: The last year it holds; None when BPS does not say.
        last_update: BPS's mark of its last change, aware; midnight when only the day is given;
            None when absent or unreadable.
    """

    identity: str
    table_id: str
    channel: str
    title: str
    newest_year: int | None
    last_update: datetime | None


@dataclass(frozen=True)
class Catalogue:
    """The tables of a region, and what could not be read.

    Attributes:
        problems: Rows that were set aside and why, in Indonesian.
    """

    entries: tuple[CatalogueEntry, ...]
    problems: tuple[str, ...] = ()


def read_catalogue(client: BpsClient, domain: str) -> tuple[CatalogueEntry, ...]:
    """The tables of ``Neraca Ekonomi`` that a region has; none when BPS gives no catalogue of it.

    One request normally. Rows that cannot be read are left out and logged.

    Raises:
        SourceError: No usable answer.
    """
    catalogue = read_whole_catalogue(client, domain)
    for problem in catalogue.problems:
        logger.warning("%s", problem)
    return catalogue.entries


def read_whole_catalogue(client: BpsClient, domain: str) -> Catalogue:
    """As :func:`read_catalogue`, with what could not be read.

    Raises:
        SourceError: No usable answer.
    """
    rows = client.list_all("tablestatistic", domain=domain, subject=SUBJECT, perpage=PER_PAGE)
    return sort_rows(rows)


def read_all_tables(client: BpsClient, domain: str) -> tuple[CatalogueEntry, ...]:
    """The tables of every subject that a region has; rows that cannot be read are left out.

    Raises:
        SourceError: No usable answer.
    """
    return sort_rows(client.list_all("tablestatistic", domain=domain, perpage=PER_PAGE)).entries


def sort_rows(rows: Iterable[Mapping[str, Any]]) -> Catalogue:
    """Read the rows of the list; those that are odd become problems, never an exception.

    A table that is named twice counts once, with its latest change.
    """
    entries: dict[str, CatalogueEntry] = {}
    problems: list[str] = []
    for row in rows:
        entry = _read(row)
        if isinstance(entry, str):
            problems.append(entry)
            continue
        other = entries.get(entry.identity)
        if other is not None:
            problems.append(f"Katalog tabel BPS menyebut tabel {entry.identity} ({entry.title!r}) dua kali.")
            entry = max(other, entry, key=_changed)
        entries[entry.identity] = entry
    return Catalogue(tuple(entries.values()), tuple(problems))


def _changed(entry: CatalogueEntry) -> tuple[float, int]:
    return (entry.last_update.timestamp() if entry.last_update else 0.0, entry.newest_year or 0)


def _read(row: Mapping[str, Any]) -> CatalogueEntry | str:
    title = labels.clean(row.get("title") or "")
    match = _IDENTITY.fullmatch(_decoded(row.get("id")))
    if match is None:
        return f"Katalog tabel BPS memuat baris tanpa nomor tabel yang terbaca: {title!r}."
    source = str(row.get("tablesource", "")).strip()
    if source and source != match[2]:
        return (
            f"Katalog tabel BPS menyebut tabel {match[0]} ({title!r}) dari sumber {source!r}, padahal "
            f"nomornya menunjuk sumber {match[2]!r}."
        )
    return CatalogueEntry(
        identity=match[0],
        table_id=match[1],
        channel=_CHANNELS[match[2]],
        title=title,
        newest_year=_newest_year(row.get("latest_period")),
        last_update=read_moment(row.get("last_update")),
    )


def _decoded(value: object) -> str:
    """``OTEwMSMy`` is ``9101#2``; an id that is not encoded is taken as it is."""
    text = value.strip() if isinstance(value, str) else ""
    if "#" in text:
        return text
    text = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _newest_year(period: object) -> int | None:
    """The last year of ``2023``, ``2019-2023``, ``Triwulan IV 2023``, ``202312``; None without one."""
    years = _YEAR.findall(labels.clean(period)) if period is not None else []
    return max(map(int, years), default=None)
