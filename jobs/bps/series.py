"""The stored values of one series with their status, in every vintage they ever had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from connectors.bps.channels import CHANNELS, SOURCE, USED_CHANNELS
from connectors.bps.labels import CODES, MEASURES, TOTAL
from core.dates import format_date
from core.errors import SettingsError, StorageError
from core.numbers import format_exact
from jobs.bps.sources import checked_domain
from jobs.workspace import Workspace
from models.bps.observations import values, vintages
from models.bps.tables import Vintage
from models.session import open_session


@dataclass(frozen=True)
class StoredValue:
    """One value as one vintage has it.

    Attributes:
        channel: By which way of BPS it came.
        latest: Whether this is the value in use for its year.
    """

    year: int
    value: Decimal
    unit: str
    status: str
    vintage: int
    channel: str
    released_on: date | None
    read_at: datetime
    latest: bool
    illustrative: bool


@dataclass(frozen=True)
class StoredSeries:
    """All stored values of a category and measure of a region, those in use after those that are not."""

    domain: str
    sector: str
    measure: str
    values: tuple[StoredValue, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; figures exact, as text."""
        rows = [
            {
                **asdict(entry),
                "value": f"{entry.value:f}",
                "released_on": entry.released_on.isoformat() if entry.released_on else "",
                "read_at": entry.read_at.isoformat(),
            }
            for entry in self.values
        ]
        return {"domain": self.domain, "sector": self.sector, "measure": self.measure, "values": rows}

    def as_text(self) -> str:
        """For people."""
        lines = [f"{self.measure.upper()} kategori {self.sector}, wilayah {self.domain}"]
        for entry in self.values:
            released = format_date(entry.released_on) if entry.released_on else "tanpa tanggal"
            used = "dipakai" if entry.latest else "lama"
            mark = ", angka ilustrasi" if entry.illustrative else ""
            way = "" if entry.channel == "dynamic" else f"; dari {CHANNELS[entry.channel]}"
            shown = format_exact(entry.value)
            lines.append(
                f"  {entry.year}  {shown} {entry.unit}  ({entry.status}{mark}; vintage {entry.vintage} "
                f"{used}, rilis {released}{way})"
            )
        return "\n".join(lines)


def read_series(workspace: Workspace, domain: str, sector: str, measure: str) -> StoredSeries:
    """Read what is stored.

    Args:
        workspace: Where the database is.
        domain: Four digits; the office's own when empty.
        sector: Code of the category, ``C``, ``TOTAL``.
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``.

    Raises:
        SettingsError: There is no such region, category or measure; the message names those that exist.
        StorageError: Nothing is stored of it; the message says what to do.
    """
    if measure not in MEASURES:
        raise SettingsError(
            f"Ukuran {measure!r} tidak dikenal.", todo=f"pilih salah satu: {', '.join(MEASURES)}."
        )
    wanted = checked_domain(domain) or workspace.agency.office.bps_source.domain
    with open_session(workspace.engine, read_only=True) as session:
        known = _in_order(vintages(session, SOURCE, wanted, measure))
        in_use = _in_use(session, known, sector)
        stored = {code for vintage in known for code, _ in values(session, vintage)}
        found = [
            StoredValue(
                year=year,
                value=observation.value,
                unit=vintage.unit,
                status=observation.status,
                vintage=vintage.id or 0,
                channel=vintage.channel,
                released_on=vintage.released_on,
                read_at=vintage.created_at,
                latest=vintage.id == in_use.get(year),
                illustrative=observation.illustrative,
            )
            for vintage in known
            for (code, year), observation in sorted(values(session, vintage).items())
            if code == sector
        ]
    if not found:
        _check_sector(sector, stored)
        raise StorageError(
            f"Belum ada angka {measure} kategori {sector} wilayah {wanted} yang tersimpan.",
            todo="jalankan lkjip poll; kategori yang ada di BPS ditampilkan oleh lkjip sources bps.",
        )
    return StoredSeries(wanted, sector, measure, tuple(found))


def _check_sector(sector: str, stored: set[str]) -> None:
    """Refuse a category that is neither stored nor one of BPS's 17."""
    known = sorted(stored) or [*CODES, TOTAL]
    if sector not in {*stored, *CODES, TOTAL}:
        raise SettingsError(
            f"Kategori {sector!r} tidak dikenal.", todo=f"pilih salah satu: {', '.join(known)}."
        )


def _in_order(known: Sequence[Vintage]) -> list[Vintage]:
    """Oldest first within a channel, the channel that wins last."""
    channels = list(CHANNELS)
    return sorted(known, key=lambda vintage: (-channels.index(vintage.channel), vintage.id or 0))


def _in_use(session: Session, known: Sequence[Vintage], sector: str) -> dict[int, int | None]:
    """For each year the vintage whose value counts: the newest one of the channel that wins."""
    chosen: dict[int, int | None] = {}
    for channel in reversed(USED_CHANNELS):
        for vintage in known:
            if vintage.channel == channel:
                chosen.update({year: vintage.id for code, year in values(session, vintage) if code == sector})
    return chosen
