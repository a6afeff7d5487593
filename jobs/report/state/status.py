"""How things stand: every indicator, the sources, the schedule, the outbox, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from capaian.values import Quantity, Value
from connectors.bps.channels import SOURCE
from connectors.prefect_server import PrefectServer
from connectors.web.transport import host_of
from core import dates
from core.dates import format_date, format_time
from core.errors import AgencyDataError
from core.lists import join_words
from core.numbers import round_half_up
from jobs.bps.agreement import find_disagreements, summarise
from jobs.circuits import restore_circuit
from jobs.health.due import late_figures
from jobs.health.notices import place_of
from jobs.health.outbox import OutboxState, read_outbox
from jobs.health.schedule import Schedule, look_at_schedule
from jobs.health.sources import overdue, read_sources
from jobs.health.troubles import Finding
from jobs.prices.status import SHOWN, price_status
from jobs.report.approval.drafts import office_drafts, standing_of
from jobs.report.figures import present_figures
from jobs.report.refresh import lacking_files
from jobs.report.render import report_of
from jobs.store.offices import require_shared
from jobs.workspace import Workspace
from jobs.years.published import behind_published
from models.bps.polls import last_good_poll, last_poll
from models.bps.tables import Poll, PollOutcome
from models.health.troubles import Trouble, open_troubles
from models.session import open_session
from office.confirmation import confirmation_warnings
from office.foreign import foreign_names
from office.layout import years_of
from office.loading import EXAMPLES, is_example, known_offices
from reports.content import Report
from reports.narrative.reasons import unexplained
from reports.reported import waiting_for

PLACES = 2
WORDS = {
    "provisional": "sementara",
    "final": "tetap",
    "reported": "dilaporkan",
    "not_computable": "angkanya ada",
}


@dataclass(frozen=True)
class YearReport:
    """How the report of one year stands.

    Attributes:
        prices: For people; empty where the office measures none, or the year's data cannot be read.
        trouble: Why the year's data cannot be read, in Indonesian; then there is no report.
    """

    year: int
    report: Report | None
    prices: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Status:
    """Everything that ``lkjip status`` tells.

    Attributes:
        report: Of the year that a report is due of.
        others: Of the other open years, where no year was asked for.
        place: Office, year, folder, database and machine that this is about.
        remarks: On BPS.
        prices: For people; empty where the office measures none.
        schedule: As the Prefect server has it.
        troubles: Those that are open, of which the technician was told.
        warnings: What a person should look at, in Indonesian.
        drafts: Those that wait for approval, for people.
    """

    report: Report
    others: tuple[YearReport, ...]
    place: Mapping[str, str]
    remarks: list[str]
    prices: str
    schedule: Schedule
    outbox: OutboxState
    troubles: list[Trouble]
    warnings: list[str]
    drafts: tuple[str, ...] = ()

    def as_rows(self) -> list[dict[str, Any]]:
        """For ``--json``: a row for each indicator.

        Numbers are text with a decimal point and at most two decimals (``6.35``), grades letters;
        what does not exist yet is empty.
        """
        reports = [self.report, *(other.report for other in self.others if other.report)]
        return [row for report in reports for row in self._rows(report)]

    def _rows(self, report: Report) -> list[dict[str, Any]]:
        rows = []
        for shown in report.indicator_rows():
            m = report.measured.indicators[shown["id"]]
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
                    "standing": m.standing.value,
                    "reason": m.realisasi.reason if m.waiting else m.why_not_computable,
                }
            )
        return rows

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "place": dict(self.place),
            "indicators": self.as_rows(),
            "remarks": self.remarks,
            "prices": self.prices,
            "schedule": [entry.as_dict() for entry in self.schedule.planned],
            "outbox": self.outbox.as_dict(),
            "troubles": [
                {"key": t.key, "title": t.title, "detail": t.detail, "since": t.opened_at.isoformat()}
                for t in self.troubles
            ],
            "warnings": self.warnings,
            "drafts": list(self.drafts),
        }

    def as_text(self) -> str:
        """For people."""
        place = "\n".join(f"{name}: {value}" for name, value in self.place.items())
        return f"{place}\n\n{self.told()}"

    def told(self) -> str:
        """The same without the place, for a mail that has named it."""
        heading = f"Tahun {self.report.agency.year.year}\n" if self.others else ""
        parts = [
            heading + self._indicators(self.report),
            "\n".join([*self.remarks, *([self.prices] if self.prices else [])]),
            *(self._other(other) for other in self.others),
            *(["\n".join(self.drafts)] if self.drafts else []),
            self.machinery(),
        ]
        return "\n\n".join(parts)

    def _other(self, other: YearReport) -> str:
        told = self._indicators(other.report) if other.report else f"Tidak terbaca: {other.trouble}"
        return "\n".join(part for part in (f"Tahun {other.year}", told, other.prices) if part)

    def machinery(self) -> str:
        """What keeps the report alive, for people: schedule, outbox, troubles, warnings."""
        lines = ["Jadwal:", *(f"  {entry.as_text()}" for entry in self.schedule.planned)]
        if not self.schedule.planned:
            lines = ["Jadwal: tidak diketahui atau belum ada."]
        lines.append(self.outbox.as_text())
        lines += [
            f"Masalah sejak {format_time(trouble.opened_at)}: {trouble.title}. {trouble.detail}"
            for trouble in self.troubles
        ]
        lines += [f"Peringatan: {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def _indicators(self, report: Report) -> str:
        lines = []
        for row in report.indicator_rows():
            m = report.measured.indicators[row["id"]]
            taken = row["realisasi"] or row["reason"]
            state = waiting_for(m) if m.waiting else WORDS[row["state"]]
            mark = ", angka ilustrasi" if row["illustrative"] else ""
            lines.append(f"{row['name']} ({row['id']})")
            lines.append(f"    target {row['target']}, realisasi {taken} [{state}{mark}]")
            if row["capaian"]:
                summed = f" (kumulatif {row['cumulative']})" if "cumulative" in row else ""
                lines.append(
                    f"    capaian {row['capaian']}{summed}, {row['category']}; sumber {row['source']}"
                )
            if row["not_computable"]:
                lines.append(f"    capaian tidak dapat dihitung: {row['not_computable']}")
        return "\n".join(lines)


def read_status(workspace: Workspace) -> Status:
    """Compute the status from the present data, and ask the Prefect server for the schedule."""
    settings = workspace.settings
    schedule = look_at_schedule(PrefectServer(settings.prefect_api_url), settings, dates.now())
    with open_session(workspace.engine, read_only=True) as session:
        figures = present_figures(session, workspace)
        report = report_of(session, workspace, figures)
        prices = price_status(session, workspace, figures.prices) if workspace.agency.prices else None
        outbox, troubles = read_outbox(session), open_troubles(session)
        behind = behind_published(session, workspace.agency)
        late = overdue(read_sources(session, workspace), settings.current_time())
    told = {trouble.key for trouble in troubles}
    findings = [*schedule.findings, *_late(workspace)]
    warnings = [finding.as_text() for finding in findings if finding.key not in told]
    return Status(
        report,
        tuple(_other_year(workspace.of_year(year)) for year in workspace.years if year != workspace.year),
        place_of(settings),
        _remarks(workspace),
        prices.as_text(shown=SHOWN) if prices else "",
        schedule,
        outbox,
        troubles,
        [
            *_of_year(workspace),
            *behind,
            *_of_files(workspace),
            *_unshared(workspace),
            *settings.warnings(),
            *_example(workspace),
            *_of_data(workspace),
            *_of_causes(report),
            *warnings,
            *late,
        ],
        _drafts(workspace),
    )


def _drafts(workspace: Workspace) -> tuple[str, ...]:
    """The drafts of every year of the office that wait for approval."""
    return tuple(standing_of(draft) for draft in office_drafts(workspace) if draft.waits)


def _other_year(workspace: Workspace) -> YearReport:
    """A year beside the one that is due; slips in its data stop no other year."""
    try:
        with open_session(workspace.engine, read_only=True) as session:
            figures = present_figures(session, workspace)
            report = report_of(session, workspace, figures)
            prices = price_status(session, workspace, figures.prices) if workspace.agency.prices else None
    except AgencyDataError as error:
        return YearReport(workspace.year, None, trouble=str(error))
    return YearReport(workspace.year, report, prices.as_text(shown=SHOWN) if prices else "")


def _late(workspace: Workspace) -> list[Finding]:
    """Figures of others that are due; a year whose data cannot be read is told in its place."""
    found = []
    for year in workspace.years:
        with suppress(AgencyDataError), open_session(workspace.engine, read_only=True) as session:
            found += late_figures(session, workspace.of_year(year))
    return found


def _of_year(workspace: Workspace) -> list[str]:
    """The years of the office that nobody confirmed, whichever year is looked at."""
    folder = workspace.agency_folder
    return [warning for year in years_of(folder) for warning in confirmation_warnings(folder, year)]


def _of_files(workspace: Workspace) -> list[str]:
    """What is wrong with the files of the last issue of each year that is served."""
    return [told for year in workspace.years if (told := lacking_files(workspace.of_year(year)))]


def _unshared(workspace: Workspace) -> list[str]:
    try:
        require_shared(workspace)
    except AgencyDataError as error:
        return [str(error)]
    return []


def _example(workspace: Workspace) -> list[str]:
    """That the data are an example's, which the next upgrade of the program replaces."""
    if not is_example(workspace.agency_folder):
        return []
    offices = workspace.settings.offices_folder
    return [
        f"Data kantor adalah contoh milik program ({workspace.agency_folder.name}) dan diganti setiap "
        f"pembaruan; salin mapnya ke {offices} sebelum mengubahnya."
    ]


def _of_causes(report: Report) -> list[str]:
    """That targets were missed and the office notes no cause: the report then says none."""
    missed = unexplained(report.measured)
    if not missed:
        return []
    names, year = join_words([m.indicator.short_name for m in missed]), report.agency.year.year
    return [
        f"Tahun {year}: {len(missed)} indikator belum mencapai target tanpa catatan penyebab ({names}), "
        f"sehingga laporan tidak menyebut sebabnya; tulis penyebab dan solusinya di {year}/realisasi.csv "
        "(kolom cause dan solution)."
    ]


def _of_data(workspace: Workspace) -> list[str]:
    """What a person should look at in the office's data: names of other offices."""
    offices = known_offices(workspace.settings.offices_folder, EXAMPLES)
    return foreign_names(workspace.agency, offices)


def _plain(value: Value | Decimal | None) -> str:
    if isinstance(value, Quantity):
        value = value.amount
    if isinstance(value, Decimal):
        rounded = round_half_up(value, PLACES)
        whole = rounded == rounded.to_integral_value()
        return f"{rounded:.0f}" if whole else f"{rounded.normalize():f}"
    return "" if value is None else str(value)


def _remarks(workspace: Workspace) -> list[str]:
    bps, today = workspace.agency.office.bps, workspace.settings.current_day()
    if bps is None:
        return []
    domain = bps.domain
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
