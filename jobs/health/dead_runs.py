"""A run whose process died without telling anybody: it is ended, and told as what it is."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.prefect_server import PrefectServer
from jobs.health.schedule import failed_run, office_of
from jobs.health.troubles import report_findings, send_troubles
from jobs.workspace import Workspace

_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
_DEAD = "Prosesnya mati tanpa sempat melapor; delapan menit tidak ada tanda hidupnya."


@dataclass(frozen=True)
class DeadRun:
    """What was found of a run.

    Attributes:
        said: For people.
        told: Whether a trouble was opened by it.
    """

    said: str
    told: bool = False


def tell_dead_run(workspace: Workspace, number: str) -> DeadRun:
    """End a run that gives no sign of life any more, and open the trouble that its own hooks would have.

    Args:
        workspace: Of the settings.
        number: The run's id, or what Prefect calls its resource: ``prefect.flow-run.<id>``.

    Raises:
        ScheduleError: Prefect's server does not answer, or knows no such run.
        StorageError: The database cannot be used.
    """
    settings = workspace.settings
    server = PrefectServer(settings.prefect_api_url)
    run = server.run(number.removeprefix("prefect.flow-run."))
    if run.kind in _ENDED:
        return DeadRun(f"Jalan {run.name} sudah berakhir ({run.state}); tidak ada yang perlu dicatat.")
    server.crash(run, _DEAD)
    flows = {deployment.id: deployment.flow for deployment in server.deployments()}
    if run.deployment_id not in flows:  # called by another run, which tells with its own words
        return DeadRun(f"Jalan {run.name} dinyatakan mati.")
    found = failed_run(flows[run.deployment_id], *office_of(run.parameters, settings), "Crashed", _DEAD)
    reported = report_findings(workspace, [found], [found.key])
    if reported.opened:
        send_troubles(workspace)
    return DeadRun(f"Jalan {run.name} dinyatakan mati: {found.title}.", bool(reported.opened))
