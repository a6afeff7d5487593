"""What the kinds of files are called; the page asks this without the means to read any."""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "anggaran": "Berkas anggaran dan realisasinya",
    "harga": "Lembar harga pasar",
    "bps": "Buku atau tabel PDRB dari BPS",
    "word": "Word terbitan yang disunting",
}
"""By the name of the folder that such files may be dropped into as well, or lie aside in."""
UNKNOWN = "kiriman"
"""Where files lie aside of which nobody knows the kind."""
