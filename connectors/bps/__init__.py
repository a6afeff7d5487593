"""BPS's WebAPI: finding a region's PDRB tables, reading them checked, seeing releases."""

from connectors.bps.client import BpsClient
from connectors.bps.pdrb import available_years, read_pdrb
from connectors.bps.releases import find_release
from connectors.bps.series import find_series
from connectors.bps.tables import FoundSeries, PdrbCell, PdrbTable, Release, Series

__all__ = [
    "BpsClient",
    "FoundSeries",
    "PdrbCell",
    "PdrbTable",
    "Release",
    "Series",
    "available_years",
    "find_release",
    "find_series",
    "read_pdrb",
]
