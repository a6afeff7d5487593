"""What a Prefect server says over its REST API: deployments, runs, workers.

Read with ``requests`` and not with Prefect's own client: importing Prefect takes seconds, and what looks
after the schedule must not depend on the machinery that it looks after.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit
from uuid import uuid4

import requests

from core.errors import ScheduleError
from core.loopback import check_host

Read = TypeVar("Read")

TIMEOUT_SECONDS = 5.0
_PAGE = 200
"""So many rows a Prefect server gives at the most."""


@dataclass(frozen=True)
class Deployment:
    """A flow with its schedule.

    Attributes:
        flow: Name of the flow, as the UI shows it.
        name: Name of the deployment.
        parameters: What its runs are given.
        scheduled: Whether a schedule of it is active.
        entrypoint: File and function of the flow, ``flows/bps.py:pantau_rilis_bps``; may be empty.
        tags: As the UI shows them.
    """

    id: str
    flow: str
    name: str
    parameters: Mapping[str, Any]
    scheduled: bool
    work_pool: str
    entrypoint: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """A run of a flow.

    Attributes:
        kind: Type of its state: ``SCHEDULED``, ``RUNNING``, ``COMPLETED``, ``FAILED``, ``CRASHED``, …
        message: What its state says.
        expected_at: When it should begin.
        started_at: When it did; None when it has not.
        ended_at: When it ended; None while it runs.
        by_schedule: Whether the scheduler made it.
    """

    id: str
    name: str
    deployment_id: str
    kind: str
    state: str
    message: str
    parameters: Mapping[str, Any]
    expected_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    by_schedule: bool


@dataclass(frozen=True)
class PrefectServer:
    """The server whose API stands at ``api_url``, ``http://127.0.0.1:4200/api``."""

    api_url: str

    def check(self) -> None:
        """Ask whether it answers.

        Raises:
            ScheduleError: It does not; says what to do.
        """
        if not self._ask("GET", "/health", read=lambda answer: answer is True):
            raise self._unusable("tidak menyatakan diri sehat")

    def has_pool(self, name: str) -> bool:
        """Whether there is a work pool of that name.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        wanted = {"work_pools": {"name": {"any_": [name]}}}
        return any(self._ask("POST", "/work_pools/filter", wanted, read=_names))

    def deployments(self) -> list[Deployment]:
        """All deployments, by flow and name.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        flows = dict(self._all("/flows/filter", lambda entry: (entry["id"], entry["name"])))
        found = self._all("/deployments/filter", lambda entry: _deployment(entry, flows))
        return sorted(found, key=lambda d: (d.flow, d.name))

    def next_run(self, deployment: Deployment, now: datetime) -> datetime | None:
        """When ``deployment`` runs next; None when no run is planned.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        planned = self._runs([deployment], "SCHEDULED", after=now, order="EXPECTED_START_TIME_ASC", limit=1)
        return planned[0].expected_at if planned else None

    def late(self, deployments: Sequence[Deployment], before: datetime) -> list[Run]:
        """The runs that should have begun before ``before`` and that nobody has taken up, oldest first.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        return self._runs(deployments, "SCHEDULED", before=before, order="EXPECTED_START_TIME_ASC")

    def unended(self, deployments: Sequence[Deployment] | None) -> list[Run]:
        """The runs that began and have not ended, oldest first; None means those of anything.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        return self._runs(deployments, "PENDING", "RUNNING", "CANCELLING", order="EXPECTED_START_TIME_ASC")

    def last_ended(self, deployment: Deployment) -> Run | None:
        """The run that ended last by itself; None when there is none. Cancelled ones say nothing.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        found = self._runs([deployment], "COMPLETED", "FAILED", "CRASHED", order="END_TIME_DESC", limit=1)
        return found[0] if found else None

    def polls(self, pool: str) -> bool:
        """Whether a worker polls the work pool ``pool``, by the heartbeats the server got.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        return self.workers(pool) > 0

    def workers(self, pool: str) -> int:
        """How many workers poll the work pool ``pool``.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        path = f"/work_pools/{quote(pool, safe='')}/workers/filter"
        states = self._ask("POST", path, {}, read=lambda workers: [w["status"] for w in workers])
        return states.count("ONLINE")

    def start_run(
        self,
        deployment: Deployment,
        parameters: Mapping[str, Any],
        *,
        at: datetime | None = None,
        key: str = "",
    ) -> Run:
        """Have a run of ``deployment`` carried out.

        Args:
            deployment: Whose flow.
            parameters: Beside those of the deployment.
            at: When; else as soon as a worker takes it.
            key: For one that was used before, no run is made; the one of then is the answer.

        Raises:
            ScheduleError: The server does not answer as it should, or refuses the parameters.
        """
        details = {"state_details": {"scheduled_time": at.isoformat()}} if at else {}
        wanted = {
            "parameters": {**deployment.parameters, **parameters},
            "state": {"type": "SCHEDULED", **details},
            **({"idempotency_key": key} if key else {}),
        }
        return self._ask("POST", f"/deployments/{deployment.id}/create_flow_run", wanted, read=_run)

    def run(self, id: str) -> Run:
        """The run of that id as it stands now.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        return self._ask("GET", f"/flow_runs/{id}", read=_run)

    def table(self, run: str, key: str) -> list[dict[str, Any]]:
        """The rows of the table that a run keeps among its artifacts; none before there is one.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        wanted = {
            "artifacts": {"flow_run_id": {"any_": [run]}, "key": {"any_": [key]}},
            "sort": "CREATED_DESC",
            "limit": 1,
        }
        return self._ask("POST", "/artifacts/filter", wanted, read=_rows)

    def emit(self, event: Mapping[str, Any], at: datetime) -> None:
        """Tell that something happened.

        Args:
            event: ``event``, ``resource`` and ``payload``, as Prefect names them.
            at: When it happened.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        told = {"id": str(uuid4()), "occurred": at.isoformat(), "related": [], **event}
        self._tell("POST", "/events", [told])

    def told_since(self, since: datetime, run: Run | None = None) -> bool:
        """Whether anything was told since then, by a run or by anybody.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        wanted: dict[str, Any] = {"occurred": {"since": since.isoformat()}}
        if run is not None:
            wanted["resource"] = {"id": [f"prefect.flow-run.{run.id}"]}
        asked = {"filter": wanted, "limit": 1}
        return self._ask("POST", "/events/filter", asked, read=lambda answer: bool(answer["events"]))

    def crash(self, run: Run, message: str) -> None:
        """Write down that a run whose process is dead will not end any more.

        Raises:
            ScheduleError: The server does not answer as it should.
        """
        state = {"type": "CRASHED", "name": "Crashed", "message": message}
        self._tell("POST", f"/flow_runs/{run.id}/set_state", {"state": state, "force": True})

    def _runs(
        self,
        deployments: Sequence[Deployment] | None,
        *kinds: str,
        order: str,
        limit: int = _PAGE,
        after: datetime | None = None,
        before: datetime | None = None,
    ) -> list[Run]:
        if deployments is not None and not deployments:
            return []
        runs: dict[str, Any] = {"state": {"type": {"any_": list(kinds)}}}
        if after or before:
            between = {"after_": after, "before_": before}
            runs["expected_start_time"] = {name: at.isoformat() for name, at in between.items() if at}
        wanted: dict[str, Any] = {
            "sort": order,
            "limit": limit,
            "flow_runs": runs,
        }
        if deployments is not None:
            wanted["deployments"] = {"id": {"any_": [deployment.id for deployment in deployments]}}
        return self._ask("POST", "/flow_runs/filter", wanted, read=lambda runs: [_run(run) for run in runs])

    def _all(self, path: str, read: Callable[[Mapping[str, Any]], Read]) -> list[Read]:
        """Every row behind ``path``, page by page."""
        rows: list[Read] = []
        full = True
        while full:
            wanted = {"limit": _PAGE, "offset": len(rows)}
            page = self._ask("POST", path, wanted, read=lambda entries: [read(entry) for entry in entries])
            rows += page
            full = len(page) == _PAGE
        return rows

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        read: Callable[[Any], Read],
    ) -> Read:
        """The answer to one request, as ``read`` understands its JSON."""
        answer = self._tell(method, path, body)
        try:
            return read(answer.json())
        except (ValueError, LookupError, TypeError, AttributeError) as cause:
            raise self._unusable("menjawab, tetapi bukan sebagai server Prefect") from cause

    def _tell(self, method: str, path: str, body: object) -> requests.Response:
        check_host(urlsplit(self.api_url).hostname or "")
        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy of the environment is not for the own machine
                answer = session.request(
                    method, f"{self.api_url.rstrip('/')}{path}", json=body, timeout=TIMEOUT_SECONDS
                )
        except requests.RequestException as cause:
            raise self._unusable("tidak menjawab") from cause
        if not answer.ok:
            raise self._unusable(f"menjawab HTTP {answer.status_code}")
        return answer

    def _unusable(self, what: str) -> ScheduleError:
        return ScheduleError(
            f"Server Prefect di {self.api_url} {what}.",
            todo="periksa apakah layanannya berjalan (systemctl status lkjip) dan apakah "
            "PREFECT_API_URL menunjuk kepadanya.",
        )


def _names(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    return [entry["name"] for entry in entries]


def _rows(artifacts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    data = artifacts[0]["data"] if artifacts else []
    return list(json.loads(data) if isinstance(data, str) else data)


def _deployment(entry: Mapping[str, Any], flows: Mapping[str, str]) -> Deployment:
    return Deployment(
        id=entry["id"],
        flow=flows.get(entry["flow_id"], ""),
        name=entry["name"],
        parameters=entry.get("parameters") or {},
        scheduled=any(schedule["active"] for schedule in entry["schedules"]) and not entry.get("paused"),
        work_pool=entry.get("work_pool_name") or "",
        entrypoint=entry.get("entrypoint") or "",
        tags=tuple(entry.get("tags") or ()),
    )


def _run(entry: Mapping[str, Any]) -> Run:
    state = entry.get("state") or {}
    return Run(
        id=entry["id"],
        name=entry["name"],
        deployment_id=entry.get("deployment_id") or "",
        kind=entry.get("state_type") or "",
        state=entry.get("state_name") or "",
        message=state.get("message") or "",
        parameters=entry.get("parameters") or {},
        expected_at=_moment(entry.get("expected_start_time")),
        started_at=_moment(entry.get("start_time")),
        ended_at=_moment(entry.get("end_time")),
        by_schedule=bool(entry.get("auto_scheduled")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
