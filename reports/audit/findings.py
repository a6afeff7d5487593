"""A difference between this report and the printed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["hitung", "harga", "isi", "menunggu", "tulisan"]
KINDS: Mapping[Kind, str] = {
    "hitung": "angka cetakan tidak sama dengan hasil hitung",
    "harga": "dihitung dari data lain: harga harian",
    "isi": "isi cetakan berbeda dengan data",
    "menunggu": "berbeda karena angka yang ditunggu",
    "tulisan": "kata-kata cetakan bertentangan atau salah tulis",
}


@dataclass(frozen=True)
class Finding:
    """One difference.

    Attributes:
        place: ``Tabel 3.3, baris 2 (…), kolom "2022 / % Capaian"``.
        printed: What the print has.
        ours: What this report has; empty where only the print's words are remarked on.
        explanation: Why, with the formula where there is one.
    """

    place: str
    printed: str
    ours: str
    kind: Kind
    explanation: str
