"""BPS's WebAPI: finding a region's PDRB tables, reading them checked, seeing releases."""

from connectors.bps.catalogue import CatalogueEntry, read_catalogue
from connectors.bps.client import BpsClient
from connectors.bps.dynamic.quarterly import read_quarterly
from connectors.bps.dynamic.series import search_series
from connectors.bps.releases import first_about, read_releases, site_of, with_url
from connectors.bps.simdasi.tables import find_simdasi_tables, read_simdasi_table
from connectors.bps.static_tables import StaticTable, find_static_tables, read_static_table
from connectors.bps.tables import FoundSeries, PdrbCell, PdrbTable, Release, Series

__all__ = [
    "BpsClient",
    "CatalogueEntry",
    "FoundSeries",
    "PdrbCell",
    "PdrbTable",
    "Release",
    "Series",
    "StaticTable",
    "find_simdasi_tables",
    "find_static_tables",
    "first_about",
    "read_catalogue",
    "read_quarterly",
    "read_releases",
    "read_simdasi_table",
    "read_static_table",
    "search_series",
    "site_of",
    "with_url",
]
