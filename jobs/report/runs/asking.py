"""Asking the schedule for a run soon, to make a report again or to send it, from outside of any run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connectors.prefect_server import Deployment, PrefectServer
from core import dates
from core.dates import format_time
from core.errors import AgencyDataError, ScheduleError
from jobs.report.runs.news import News, event_of
from jobs.workspace import Workspace
from office.loading import find_agency

FLOW = "segarkan-laporan"
SENDING = "kirim-laporan"
WINDOW = timedelta(minutes=1)
"""What comes so soon after other news goes into one run with all that still comes."""


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    Attributes:
        at: When the report is made again; None where nobody could be asked.
        problem: Why not.
    """

    at: datetime | None
    problem: str = ""

    def as_text(self) -> str:
        """For people."""
        if self.at is None:
            return (
                f"Laporan belum dapat diminta disusun ulang: {self.problem} Angkanya tersimpan dan masuk "
                "pada penyusunan berikutnya menurut jadwal."
            )
        return f"Laporan disusun ulang pada {format_time(self.at)}, dan dikirim bila isinya berubah."


def ask_for_refresh(workspace: Workspace, cause: str, now: datetime | None = None, *, news: News) -> Asked:
    """Tell the server what came in, and ask it for one run that makes the report of the year again.

    The first news of a minute is run at once; all later ones of that minute share one more run, at the
    beginning of the next. What was found by a run of Prefect is refreshed in that run, not by this.

    Args:
        workspace: Office and year.
        cause: What came in, for the issue; a run that several pieces of news share finds its own.
        now: The real moment: runs are not on the clock of a demonstration.
        news: What kind of news it is.

    Returns:
        What was asked for; that the server does not answer is told and stops nothing.
    """
    server, moment = PrefectServer(workspace.settings.prefect_api_url), now or dates.now()
    window = int(moment.timestamp() // WINDOW.total_seconds())
    key = f"segarkan/{workspace.office_id}/{workspace.year}/{window}"
    given: dict[str, Any] = {"agency": _named(workspace), "year": workspace.year}
    try:
        server.emit(event_of(workspace, news, cause), moment)
        deployment = _deployment(server)
        first = server.start_run(deployment, {**given, "cause": cause}, at=moment, key=key)
        if first.expected_at == moment:
            return Asked(moment)
        later = datetime.fromtimestamp((window + 1) * WINDOW.total_seconds(), moment.tzinfo)
        return Asked(server.start_run(deployment, given, at=later, key=f"{key}/lagi").expected_at)
    except ScheduleError as error:
        return Asked(None, str(error))


def ask_to_send(workspace: Workspace, now: datetime | None = None) -> bool:
    """Ask the server to send what the outbox holds; whether it was asked, for else the schedule sends it.

    Args:
        workspace: Office and year.
        now: The real moment: runs are not on the clock of a demonstration.
    """
    server, moment = PrefectServer(workspace.settings.prefect_api_url), now or dates.now()
    given: dict[str, Any] = {"agency": _named(workspace), "year": workspace.year}
    key = f"kirim/{workspace.office_id}/{workspace.year}/{int(moment.timestamp())}"
    try:
        server.start_run(_deployment(server, SENDING), given, at=moment, key=key)
    except ScheduleError:
        return False
    return True


def _deployment(server: PrefectServer, flow: str = FLOW) -> Deployment:
    for deployment in server.deployments():
        if deployment.flow == flow and not {"agency", "year"} & set(deployment.parameters):
            return deployment
    raise ScheduleError(f"Di server Prefect belum ada deployment {flow}.", todo="jalankan lkjip deploy.")


def _named(workspace: Workspace) -> str:
    """The office as any machine knows it; by its folder only where its name leads to none or another."""
    folder, offices = workspace.agency_folder.resolve(), workspace.settings.offices_folder
    try:
        known = find_agency(workspace.office_id, offices).resolve() == folder
    except AgencyDataError:
        known = False
    return workspace.office_id if known else str(folder)
