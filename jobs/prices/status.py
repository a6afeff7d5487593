"""How the prices of the reporting year stand: the running value, its sources, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from connectors.web.transport import host_of
from core.dates import JAKARTA, format_date, format_time
from core.numbers import format_number, format_percent
from jobs.circuits import restore_circuit
from jobs.prices.sources import SISKAPERBAPO, SOURCE_NAMES
from jobs.prices.year import present_prices, price_regions
from jobs.workspace import Workspace
from models.prices.readings import known_markets, last_read, unread_days
from models.session import open_session
from reports.prices.evidence import PriceEvidence, UnknownName

SHOWN = 10
"""So many unknown names and unread places are told in ``lkjip status``."""


@dataclass(frozen=True)
class SourceState:
    """A source of prices.

    Attributes:
        read_at: When it was read last; None when never, or where files are the source.
        url: Where it is asked.
        paused_until: Until when it is left alone after failures.
    """

    name: str
    read_at: datetime | None
    url: str
    paused_until: datetime | None


@dataclass(frozen=True)
class PriceStatus:
    """The state of the prices.

    Attributes:
        evidence: None while no price of the year is stored.
        unread: What stood where a price should stand, in Indonesian, with market, day and place.
    """

    year: int
    today: date
    evidence: PriceEvidence | None
    sources: tuple[SourceState, ...]
    unread: tuple[str, ...]

    @property
    def unknown(self) -> tuple[UnknownName, ...]:
        """Names and units that the register does not know."""
        return self.evidence.unknown if self.evidence else ()

    @property
    def cause(self) -> str:
        """Why a report of the year's prices is made again, in the words the mail shows."""
        if self.evidence is None or self.evidence.fluctuation.value is None:
            return f"Harga pasar {self.year} berubah."
        value = format_percent(self.evidence.fluctuation.value)
        mark = " (angka ilustrasi)" if self.evidence.illustrative else ""
        return f"Harga pasar {self.year} lengkap atau berubah: fluktuasi {value}{mark}."

    def as_text(self, *, shown: int | None = None) -> str:
        """For people; with ``shown`` long lists are cut."""
        lines = _value_lines(self.year, self.evidence)
        for source in self.sources:
            lines.append(_source_line(source, self.today))
        lines += _listed("Belum dikenal", unknown_lines(self.unknown), shown, "lkjip prices unknown")
        differing = self.evidence.conflicts if self.evidence else ()
        lines += _listed("Berbeda antarsumber", differing, shown, "lkjip prices status")
        lines += _listed("Tidak terbaca", self.unread, shown, "lkjip prices status")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; figures exact and as text."""
        return {
            "year": self.year,
            "evidence": self.evidence.as_dict() if self.evidence else None,
            "sources": [
                {
                    "name": source.name,
                    "read_at": source.read_at.isoformat() if source.read_at else "",
                    "paused_until": source.paused_until.isoformat() if source.paused_until else "",
                }
                for source in self.sources
            ],
            "unread": list(self.unread),
        }


def read_price_status(workspace: Workspace) -> PriceStatus:
    """The state of the prices of the reporting year."""
    with open_session(workspace.engine, read_only=True) as session:
        return price_status(session, workspace, present_prices(session, workspace))


def price_status(session: Session, workspace: Workspace, evidence: PriceEvidence | None) -> PriceStatus:
    """The same when the prices were gathered already."""
    agency, year = workspace.agency, workspace.agency.year.year
    regions = price_regions(agency, agency.prices) if agency.prices else []
    unread = [
        f"{SOURCE_NAMES[source]}, {names.get(row.market) or row.market or 'rata-rata wilayah'}, "
        f"{format_date(row.day)}, {entry['place']}: {entry['message']}"
        for source, region in regions
        for names in [known_markets(session, source, region)]
        for row in unread_days(session, source, region, date(year, 1, 1), date(year, 12, 31))
        for entry in row.unread
    ]
    url = workspace.settings.siskaperbapo_url
    sources = tuple(
        SourceState(
            SOURCE_NAMES[source],
            last_read(session, source, region),
            url,
            restore_circuit(workspace, url).opened_until,
        )
        for source, region in regions
        if source == SISKAPERBAPO
    )
    return PriceStatus(year, workspace.settings.current_day(), evidence, sources, tuple(unread))


def unknown_lines(unknown: Sequence[UnknownName]) -> list[str]:
    """Each unknown name with its source, unit, number of prices, why it is not known and what to do."""
    return [
        f"{entry.source}: {entry.name!r}, satuan {entry.unit!r}, {format_number(entry.observations)} harga; "
        f"{entry.reason} {entry.todo}".rstrip()
        for entry in unknown
    ]


def doubt_lines(evidence: PriceEvidence | None) -> list[str]:
    """Each price in doubt with what is odd about it, and whether it was left out."""
    if evidence is None:
        return []
    return [
        f"{format_date(flag.day)}, {flag.market or 'rata-rata wilayah'}, {evidence.call(flag.commodity)}: "
        f"{flag.explanation}" + ("; tidak dihitung" if evidence.left_out(flag) else "")
        for flag in evidence.flags
    ]


def _value_lines(year: int, evidence: PriceEvidence | None) -> list[str]:
    if evidence is None:
        return [f"Harga pasar {year}: belum ada yang tersimpan; jalankan: lkjip prices pull"]
    fluctuation = evidence.fluctuation
    kind = "setahun" if evidence.complete else "berjalan"
    mark = ", angka ilustrasi" if evidence.illustrative else ""
    if fluctuation.value is None:
        value = "belum dapat diukur"
    else:
        stable = format_percent(fluctuation.stable_share or 0)
        value = f"{format_percent(fluctuation.value)}{mark}; {stable} komoditas stabil"
    until = f", sampai {format_date(fluctuation.last)}" if fluctuation.last else ""
    lines = [
        f"Harga pasar {year}, fluktuasi {kind}: {value}",
        f"    {len(fluctuation.measured)} dari {len(fluctuation.commodities)} komoditas terukur, "
        f"{format_number(fluctuation.observations)} harga dari {len(fluctuation.markets)} pasar{until}",
    ]
    left_out = sum(c.left_out for c in fluctuation.commodities)
    if evidence.flags:
        lines.append(
            f"    {format_number(len(evidence.flags))} hal meragukan ditandai; "
            f"{format_number(left_out)} harga tidak dihitung menurut aturan kantor"
        )
    if fluctuation.value is None and evidence.unmeasured:
        first = evidence.unmeasured[0]
        lines.append(f"    misalnya {evidence.call(first.commodity)}: {first.reason}")
    return lines


def _source_line(source: SourceState, today: date) -> str:
    if source.read_at is None:
        return f"{source.name}: belum pernah dibaca."
    days = (today - source.read_at.astimezone(JAKARTA).date()).days
    age = f", {days} hari lalu" if days > 0 else ""
    paused = (
        f"; sambungan ke {host_of(source.url)} dijeda sampai {format_time(source.paused_until)}"
        if source.paused_until
        else ""
    )
    return f"{source.name}: terakhir dibaca {format_time(source.read_at)}{age}{paused}."


def _listed(title: str, entries: Sequence[str], shown: int | None, command: str) -> list[str]:
    if not entries:
        return []
    lines = [f"{title} ({format_number(len(entries))}):", *(f"  - {entry}" for entry in entries[:shown])]
    if shown is not None and len(entries) > shown:
        lines.append(f"  dan {format_number(len(entries) - shown)} lain; lihat: {command}")
    return lines
