"""The ways by which figures of PDRB come from BPS."""

SOURCE = "bps"
"""The name under which everything from BPS is stored."""

_USED = {
    "dynamic": "tabel dinamis WebAPI",
    "static": "tabel statis WebAPI",
    "simdasi": "SIMDASI",
    "xlsx": "berkas Excel yang diunduh",
    "pdf": "berkas PDF yang diunduh",
}
_ONLY_COMPARED = {"quarterly": "tabel triwulanan seluruh kabupaten/kota"}

CHANNELS = {**_USED, **_ONLY_COMPARED}
"""The ways by which figures of PDRB come from BPS, the one that wins first, each as people name it."""

USED_CHANNELS = tuple(_USED)
"""Channels that may fill an indicator, the one that wins first; the others only cross-check."""
