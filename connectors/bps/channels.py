"""The ways by which figures of PDRB come from BPS."""

SOURCE = "bps"
"""The name under which everything from BPS is stored."""

CHANNELS = {
    "dynamic": "tabel dinamis WebAPI",
    "static": "tabel statis WebAPI",
    "simdasi": "SIMDASI",
    "quarterly": "tabel triwulanan seluruh kabupaten/kota",
    "pdf": "berkas PDF yang diunduh",
    "xlsx": "berkas Excel yang diunduh",
}
"""The ways by which figures of PDRB come from BPS, the one that wins first, each as people name it."""

USED_CHANNELS = ("dynamic", "static", "simdasi", "xlsx", "pdf")
"""Channels that may fill an indicator, the one that wins first. The quarterly tables only cross-check."""
