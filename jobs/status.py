"""How every indicator stands now, how the watch on BPS goes, and the running value of prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from capaian.values import Quantity, Value
from connectors.transport import host_of
from core.dates import format_date, format_time
from core.numbers import round_half_up
from jobs.agreement import find_disagreements, summarise
from jobs.circuits import restore_circuit
from jobs.figures import present_figures
from jobs.price_status import SHOWN, price_status
from jobs.render import report_of
from jobs.select import SOURCE
from jobs.workspace import Workspace
from models.polls import last_good_poll, last_poll
from models.session import open_session
from models.tables import Poll, PollOutcome
from reports.content import Report

PLACES = 2
WORDS = {"waiting": "menunggu", "provisional": "sementara", "final": "tetap", "reported": "dilaporkan"}


@dataclass(frozen=True)
class Status:
    """The indicators, remarks on BPS, and how the prices stand.

    Attributes:
        prices: For people; empty where the office measures none.
    """

    report: Report
    remarks: list[str]
    prices: str = ""

    def as_rows(self) -> list[dict[str, Any]]:
        """For ``--json``: a row for each indicator.

        Numbers are text with a decimal point and at most two decimals (``6.35``), grades letters;
        what does not exist yet is empty.
        """
        rows = []
        for shown in self.report.indicator_rows():
            m = self.report.measured.indicators[shown["id"]]
            rows.append(
                {
                    "id": m.id,
                    "name": m.indicator.name,
                    "year": m.realisasi.year,
                    "state": m.realisasi.state.value,
                    "target": _plain(m.target),
                    "realisasi": _plain(m.realisasi.value),
                    "capaian": _plain(m.percent),
                    "category": m.category.name if m.category else "",
                    "source": m.realisasi.source,
                    "illustrative": m.realisasi.illustrative,
                }
            )
        return rows

    def as_text(self) -> str:
        """For people."""
        lines = []
        for row in self.report.indicator_rows():
            taken = row["realisasi"] or row["reason"]
            mark = ", angka ilustrasi" if row["illustrative"] else ""
            lines.append(f"{row['name']} ({row['id']})")
            lines.append(f"    target {row['target']}, realisasi {taken} [{WORDS[row['state']]}{mark}]")
            if row["capaian"]:
                lines.append(f"    capaian {row['capaian']}, {row['category']}; sumber {row['source']}")
        return "\n".join([*lines, "", *self.remarks, *([self.prices] if self.prices else [])])


def read_status(workspace: Workspace) -> Status:
    """Compute the status from the present data."""
    with open_session(workspace.engine, read_only=True) as session:
        figures = present_figures(session, workspace)
        report = report_of(session, workspace, figures)
        prices = price_status(session, workspace, figures.prices) if workspace.agency.prices else None
    return Status(report, _remarks(workspace), prices.as_text(shown=SHOWN) if prices else "")


def _plain(value: Value | Decimal | None) -> str:
    if isinstance(value, Quantity):
        value = value.amount
    if isinstance(value, Decimal):
        rounded = round_half_up(value, PLACES)
        whole = rounded == rounded.to_integral_value()
        return f"{rounded:.0f}" if whole else f"{rounded.normalize():f}"
    return "" if value is None else str(value)


def _remarks(workspace: Workspace) -> list[str]:
    domain, today = workspace.agency.office.bps.domain, workspace.settings.current_day()
    with open_session(workspace.engine, read_only=True) as session:
        last = last_poll(session, SOURCE, domain)
        good = last_good_poll(session, SOURCE, domain)
        disagreeing = summarise(find_disagreements(session, SOURCE, domain, workspace.agency.year.year))
    if last is None or last.finished_at is None:
        return ["BPS belum pernah diperiksa; jalankan: lkjip poll"]
    lines = [f"Pemeriksaan BPS terakhir {format_time(last.finished_at)}: {last.message}"]
    if last.outcome == PollOutcome.FAILED:
        lines.append(_age(good, last))
    if good is not None:
        lines += [_due(entry, today) for entry in good.announced]
    problems = dict.fromkeys([*(good.problems if good else ()), *disagreeing])
    lines += [f"Perhatian: {problem}" for problem in problems]
    paused = restore_circuit(workspace, workspace.settings.bps_url).opened_until
    if paused:
        lines.append(
            f"Sambungan ke {host_of(workspace.settings.bps_url)} dijeda sampai {format_time(paused)}."
        )
    return lines


def _age(good: Poll | None, last: Poll) -> str:
    """How old the figures are that stay in use after a look that failed."""
    if good is None or good.finished_at is None or last.finished_at is None:
        return "Belum pernah ada pemeriksaan yang berhasil."
    days = (last.finished_at - good.finished_at).days
    old = f", {days} hari sebelumnya" if days else ""
    return f"Angka yang dipakai dari pemeriksaan berhasil terakhir, {format_time(good.finished_at)}{old}."


def _due(entry: Mapping[str, str], today: date) -> str:
    """For when a release is announced."""
    day = date.fromisoformat(entry["day"])
    left = (day - today).days
    when = f"{left} hari lagi" if left > 0 else "hari ini" if left == 0 else "seharusnya sudah terbit"
    return f"Rilis diumumkan untuk {format_date(day)} ({when}): {entry['title']}"
