"""The one sentence in which the office reads how a look at BPS ended."""

from __future__ import annotations

from core.dates import format_date
from jobs.bps.watch import Memory, Reading, Sighting
from models.bps.tables import PollOutcome


def tell(memory: Memory, sighting: Sighting, reading: Reading, outcome: PollOutcome) -> str:
    """What a look found, in Indonesian.

    Args:
        memory: What was stored before it.
        sighting: What the lists showed.
        reading: What the main tables held.
        outcome: What became of it.
    """
    year = sighting.target.year
    if outcome is PollOutcome.RELEASED:
        return _released(sighting, reading)
    if outcome is PollOutcome.REVISED:
        return f"PDRB {year}: angka direvisi BPS."
    if reading.tables:
        return f"PDRB {year} di BPS tidak berubah sejak pemeriksaan terakhir."
    if memory.holds("adhk", year):
        return f"PDRB {year} sedang tidak ada pada tabel BPS; angka yang tersimpan tetap dipakai."
    if reading.refusal:
        return f"Tabel dinamis PDRB {year} di BPS tidak dapat dipakai; yang dipakai angka dari saluran lain."
    return _waiting(sighting, reading)


def _released(sighting: Sighting, reading: Reading) -> str:
    year, release = sighting.target.year, sighting.release
    when = f" pada {format_date(release.released_on)}" if release and not release.announced else ""
    if not reading.tables:
        dynamic = "tidak dapat dipakai" if reading.refusal else "menyusul"
        return f"BPS merilis PDRB {year}{when} lewat saluran lain; tabel dinamis WebAPI {dynamic}."
    return f"BPS merilis PDRB {year}{when}."


def _waiting(sighting: Sighting, reading: Reading) -> str:
    year, release = sighting.target.year, sighting.release
    newest = f" Tahun terakhir yang tersedia: {reading.newest}." if reading.newest else ""
    if year in reading.listed:
        newest = " Tabelnya sudah menyebut tahun itu, tetapi belum berisi angka."
    if release is None:
        return f"BPS belum merilis PDRB {year}.{newest}"
    when = format_date(release.released_on)
    if release.announced:
        return f"BPS belum merilis PDRB {year}.{newest} Rilis diumumkan untuk {when}."
    return f"BPS sudah menerbitkan {release.title!r} pada {when}, tetapi tabelnya menyusul.{newest}"
