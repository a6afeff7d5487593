"""Having the offices refreshed by the workers: the round is started on Prefect's server and waited for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.prefect_server import Deployment, PrefectServer, Run
from core.errors import ScheduleError
from core.settings import Settings
from jobs.offices import require_office, served_offices
from jobs.report.runs.rounds import ROUND_DEPLOYMENT, ROUND_FLOW, ROUND_TABLE, Outcome, Result

_LOOK_SECONDS = 2.0
_ENDED = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
_PATIENCE = 60.0
"""So many seconds a server may fail to answer while its round is waited for."""


@dataclass(frozen=True)
class Ordered:
    """A round that was started, and what is known of it.

    Attributes:
        run: As the server has it.
        outcomes: Of each office and year.
        waited: Whether its end was waited for.
    """

    run: Run
    outcomes: tuple[Outcome, ...] = ()
    waited: bool = True

    @property
    def failed(self) -> bool:
        """Whether it ended otherwise than well."""
        return self.waited and self.run.kind != "COMPLETED"

    def as_text(self) -> str:
        """For people."""
        if not self.waited:
            return f"Jalan {self.run.name} dimulai; lihat hasilnya di Prefect atau dengan lkjip offices list."
        said = self.run.message or f"Jalan {self.run.name} berakhir sebagai {self.run.state}."
        told = [o.as_text() for o in self.outcomes if o.result is not Result.UNCHANGED]
        return "\n".join([*told, said])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "run": self.run.id,
            "name": self.run.name,
            "state": self.run.state,
            "message": self.run.message,
            "offices": [
                {
                    "office": o.office,
                    "year": o.year,
                    "outcome": o.result.value,
                    "issue": o.issue,
                    "seconds": f"{o.seconds:.1f}",
                    "message": o.said,
                }
                for o in self.outcomes
            ],
        }


def order_round(
    settings: Settings,
    server: PrefectServer,
    offices: Sequence[str],
    *,
    year: int | None = None,
    cause: str = "",
    wait: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Ordered:
    """Start a round over ``offices``, and wait for its end.

    Args:
        settings: Which offices are served.
        server: Prefect's.
        offices: Their ids; none means all that are served.
        year: As the flow takes it.
        cause: As the flow takes it.
        wait: Otherwise it only starts.
        say: Told how far it is, when that changes.

    Raises:
        AgencyDataError: There is no such office, or none at all.
        ScheduleError: The server does not answer, lacks the deployment, or nobody would carry it out.
    """
    for office in offices:
        require_office(settings, office)
    if not served_offices(settings):
        require_office(settings, "")
    server.check()
    deployment = _deployment(server)
    pool = deployment.work_pool
    if not (pool and server.polls(pool)):
        raise ScheduleError(
            f"Tidak ada pekerja untuk kolam {pool or 'lkjip'}, jadi tidak ada yang menyegarkan kantor.",
            todo="mulai layanannya (systemctl start lkjip) atau lkjip worker, lalu ulangi.",
        )
    run = server.start_run(deployment, {"offices": list(offices), "year": year, "cause": cause})
    return _follow(server, run, say) if wait else Ordered(run, waited=False)


def _deployment(server: PrefectServer) -> Deployment:
    for deployment in server.deployments():
        if (deployment.flow, deployment.name) == (ROUND_FLOW, ROUND_DEPLOYMENT):
            return deployment
    raise ScheduleError(
        f"Deployment {ROUND_FLOW}/{ROUND_DEPLOYMENT} belum ada di server Prefect.",
        todo="jalankan lkjip deploy; bila LKJIP_DEPLOYMENTS diisi, tambahkan deployment itu pada berkasnya "
        "seperti di deployments/prefect.yaml.",
    )


def _follow(server: PrefectServer, run: Run, say: Callable[[str], None]) -> Ordered:
    """Wait for the end of a round; a server that is started anew meanwhile is waited for."""
    done, heard_at = -1, time.monotonic()
    while True:
        try:
            run = server.run(run.id)
            outcomes = tuple(Outcome.from_row(row) for row in server.table(run.id, ROUND_TABLE))
        except ScheduleError:
            if time.monotonic() - heard_at > _PATIENCE:
                raise
        else:
            heard_at = time.monotonic()
            if run.kind in _ENDED:
                return Ordered(run, outcomes)
            offices = {o.office for o in outcomes}
            ready = len(offices - {o.office for o in outcomes if o.result is Result.WAITING})
            if offices and ready != done:
                done = ready
                say(f"{done} dari {len(offices)} kantor …")
        time.sleep(_LOOK_SECONDS)
