"""Finding a dynamic table in BPS's lists, and the region of a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from connectors.bps import labels
from connectors.bps.catalogue import read_all_tables
from connectors.bps.client import BpsClient
from connectors.bps.statistic.titles import FoundTable, choose_table, fits
from core.errors import NothingFoundError
from office.bps import NATIONAL


def find_table(client: BpsClient, domain: str, wanted: str, *, region: str, year: int) -> FoundTable:
    """The dynamic table of a region whose title has the words that are wanted.

    Args:
        client: Of the WebAPI.
        domain: Four digits.
        wanted: Words of the title, without year and region.
        region: Name of the region, which a title may carry.
        year: The reporting year.

    Raises:
        NothingFoundError: None fits, or several.
        SourceError: No usable answer.
    """
    return choose_table(_candidates(client, domain, wanted), wanted, region=region, year=year)


def search_tables(client: BpsClient, domain: str, wanted: str) -> list[FoundTable]:
    """Every dynamic table of a region whose title has the words, in the order of BPS.

    Raises:
        SourceError: No usable answer.
    """
    return [table for table in _candidates(client, domain, wanted) if fits(table.title, wanted)]


def domain_of(client: BpsClient, host: str) -> str:
    """The region whose site has a host: ``pringsewukab.bps.go.id`` is 1810.

    Raises:
        NothingFoundError: BPS's list of regions names no such site.
        SourceError: No usable answer.
    """
    if host in ("www.bps.go.id", "bps.go.id"):
        return NATIONAL
    for row in client.domains():
        if urlsplit(str(row.get("domain_url") or "")).hostname == host:
            return str(row.get("domain_id"))
    raise NothingFoundError(
        f"Daftar wilayah BPS tidak menyebut situs {host}.",
        todo="periksa alamat tabelnya, atau tulis nomor tabel dan kode wilayahnya (table: 1234, domain: "
        '"3529").',
    )


def _candidates(client: BpsClient, domain: str, wanted: str) -> list[FoundTable]:
    """Tables by keyword; where none fits, since BPS looks for the words in their order, all there are."""
    found = _read(domain, client.list_all("var", domain=domain, keyword=wanted))
    if any(fits(table.title, wanted) for table in found):
        return found
    everything = read_all_tables(client, domain)
    return [
        FoundTable(domain, int(entry.table_id), entry.title)
        for entry in everything
        if entry.channel == "dynamic" and entry.table_id.isdecimal()
    ]


def _read(domain: str, rows: Iterable[Mapping[str, Any]]) -> list[FoundTable]:
    tables = []
    for row in rows:
        number = str(row.get("var_id"))
        if number.isascii() and number.isdecimal():
            title, unit = labels.clean(row.get("title", "")), labels.clean(row.get("unit", ""))
            tables.append(FoundTable(domain, int(number), title, unit))
    return tables
