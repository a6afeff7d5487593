"""A Prefect server as far as ``lkjip watch`` and ``lkjip deploy`` ask it, with the runs that a test sets.

Answers have the fields and refusals that Prefect 3.8.8 gave to the same questions.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from standins.serving import LocalStandin, Reply, ReplyHandler

MOST_ROWS = 200
SORTS: dict[str, tuple[str, bool]] = {
    "EXPECTED_START_TIME_ASC": ("expected_start_time", False),
    "EXPECTED_START_TIME_DESC": ("expected_start_time", True),
    "END_TIME_DESC": ("end_time", True),
}
"""By the name of an order: the field, and whether from the last to the first."""

Row = dict[str, Any]


class PrefectStandin(LocalStandin):
    """Deployments, runs and workers that a test sets, behind Prefect's REST API.

    Attributes:
        pools: The states of the workers of each work pool, ``ONLINE`` or ``OFFLINE``.
        deployments: As the API gives them.
        instead: Answers every request, until it is None again.
        asked: The paths that were asked for, in their order.
        started: The runs that somebody asked for, oldest first.
        events: What was told, oldest first.
        limits: The global concurrency limits by their name.
        denials: Seconds after which who asks for slots is to come again, each told once.
        tables: The rows of a table among the artifacts, by the id of its run and its key.
    """

    def __init__(self, *, port: int = 0) -> None:
        standin = self

        class Handler(_Handler):
            def answer(self, method: str, path: str, body: Any) -> Reply:
                return standin.answer(method, path, body)

        super().__init__(Handler, port=port)
        self.pools: dict[str, list[str]] = {"lkjip": ["ONLINE"]}
        self.instead: Reply | None = None
        self.asked: list[str] = []
        self._flows: dict[str, Row] = {}
        self.deployments: list[Row] = []
        self._runs: list[Row] = []
        self.started: list[Row] = []
        self.events: list[Row] = []
        self.limits: dict[str, Row] = {}
        self.denials: list[float] = []
        self.tables: dict[tuple[str, str], list[Row]] = {}

    @property
    def api_url(self) -> str:
        """For ``PREFECT_API_URL``."""
        return f"{self.site}/api"

    def add_deployment(
        self,
        flow: str,
        name: str,
        *,
        planned: datetime | None,
        active: bool = True,
        paused: bool = False,
        pool: str | None = "lkjip",
        parameters: Mapping[str, Any] | None = None,
        tags: tuple[str, ...] = (),
        entrypoint: str = "flows/mail.py:kirim_laporan",
    ) -> str:
        """Apply a deployment whose next run is ``planned``, or not planned at all; its id."""
        known = self._flows.setdefault(flow, {"id": _new_id(), "name": flow, "tags": [], "labels": {}})
        row = {
            "id": _new_id(),
            "name": name,
            "flow_id": known["id"],
            "paused": paused,
            "schedules": [{"id": _new_id(), "active": active, "schedule": {"interval": 900.0}}],
            "parameters": dict(parameters or {}),
            "tags": list(tags),
            "work_pool_name": pool,
            "entrypoint": entrypoint,
            "status": "READY",
        }
        self.deployments.append(row)
        if planned:
            self.add_run(row["id"], "SCHEDULED", expected=planned)
        return str(row["id"])

    def add_run(
        self,
        deployment: str,
        kind: str,
        *,
        expected: datetime,
        started: datetime | None = None,
        ended: datetime | None = None,
        message: str | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> str:
        """Have a run of ``deployment``; its id."""
        of = next(row for row in self.deployments if row["id"] == deployment)
        state = {"type": kind, "name": kind.capitalize(), "message": message}
        row = {
            "id": _new_id(),
            "name": f"run-{len(self._runs) + 1}",
            "flow_id": of["flow_id"],
            "deployment_id": deployment,
            "parameters": {**of["parameters"], **(parameters or {})},
            "tags": of["tags"],
            "state_type": kind,
            "state_name": state["name"],
            "state": state,
            "expected_start_time": _written(expected),
            "start_time": _written(started),
            "end_time": _written(ended),
            "auto_scheduled": True,
        }
        self._runs.append(row)
        return str(row["id"])

    def state_of(self, run: str) -> str:
        """The type of a run's state."""
        return str(self._run(run)["state_type"])

    def end_run(self, run: str, kind: str, message: str, *, name: str = "") -> None:
        """Let a run end so, now."""
        row = self._run(run)
        row["state_type"], row["state_name"] = kind, name or kind.capitalize()
        row["state"] = {"type": kind, "name": row["state_name"], "message": message}
        row["end_time"] = _written(datetime.now(UTC))

    def _run(self, id: str) -> Row:
        return next(row for row in self._runs if row["id"] == id)

    def forget_runs(self) -> None:
        """Have no run any more, as after a reset of the server's database."""
        self._runs.clear()

    def answer(self, method: str, path: str, body: Any) -> Reply:
        """What Prefect answers."""
        self.asked.append(path)
        if self.instead is not None:
            return self.instead
        routes: dict[str, Callable[..., Reply]] = {
            r"GET /api/health": lambda: _json(200, True),
            r"POST /api/flows/filter": lambda: _page(list(self._flows.values()), body),
            r"POST /api/deployments/filter": lambda: _page(self.deployments, body),
            r"POST /api/flow_runs/filter": lambda: self._filter_runs(body),
            r"POST /api/work_pools/filter": lambda: self._filter_pools(body),
            r"POST /api/work_pools/([^/]+)/workers/filter": lambda pool: self._workers(unquote(pool)),
            r"POST /api/deployments/([^/]+)/create_flow_run": lambda which: self._start(which, body),
            r"POST /api/flow_runs/([0-9a-f-]+)/set_state": lambda run: self._set_state(run, body["state"]),
            r"GET /api/flow_runs/([0-9a-f-]{36})": lambda run: _json(200, self._run(run)),
            r"POST /api/artifacts/filter": lambda: self._filter_artifacts(body),
            r"POST /api/v2/concurrency_limits/": lambda: self._make_limit(body),
            r"POST /api/v2/concurrency_limits/increment": lambda: self._take_slots(body),
            r"PATCH /api/v2/concurrency_limits/([^/]+)": lambda name: self._change_limit(unquote(name), body),
            r"POST /api/events": lambda: self._hear(body),
            r"POST /api/events/filter": lambda: self._told(body["filter"]),
        }
        for wanted, reply in routes.items():
            found = re.fullmatch(wanted, f"{method} {path}")
            if found:
                return reply(*found.groups())
        return _json(404, {"detail": "Not Found"})

    def _hear(self, events: list[Row]) -> Reply:
        self.events += events
        return Reply(204, "application/json", b"")

    def _start(self, deployment: str, asked: Row) -> Reply:
        """A new run, or the one that was made under the same key before."""
        if deployment not in {row["id"] for row in self.deployments}:
            return _json(404, {"detail": "Deployment not found"})
        key = asked.get("idempotency_key")
        for run in self._runs:
            if key and run.get("idempotency_key") == key:
                return _json(200, run)
        at = asked["state"].get("state_details", {}).get("scheduled_time")
        expected = datetime.fromisoformat(at) if at else datetime.now(UTC)
        made = self.add_run(deployment, "SCHEDULED", expected=expected, parameters=asked["parameters"])
        run = self._run(made)
        run.update(idempotency_key=key, auto_scheduled=False)
        self.started.append(run)
        self.when_started(made)
        return _json(201, run)

    def when_started(self, run: str) -> None:
        """What happens with a run that was started by somebody; a test says so."""

    def _make_limit(self, asked: Row) -> Reply:
        self.limits[asked["name"]] = asked
        return _json(201, asked)

    def _change_limit(self, name: str, asked: Row) -> Reply:
        if name not in self.limits:
            return _json(404, {"detail": "Concurrency Limit not found"})
        self.limits[name] |= asked
        return Reply(204, "application/json", b"")

    def _take_slots(self, asked: Row) -> Reply:
        if self.denials:
            wait = self.denials.pop(0)
            return Reply(423, "application/json", b"{}", headers=(("Retry-After", str(wait)),))
        known = [{"id": _new_id(), "name": name, "limit": self.limits[name]["limit"]}
                 for name in asked["names"] if name in self.limits]  # fmt: skip
        return _json(200, known)

    def _set_state(self, number: str, state: Row) -> Reply:
        run = self._run(number)
        run.update(state=state, state_type=state["type"], state_name=state["name"])
        if state["type"] in ("COMPLETED", "FAILED", "CRASHED"):
            run["end_time"] = _written(datetime.now(UTC))
        return _json(201, {"state": state, "status": "ACCEPT", "details": {"type": "accept_details"}})

    def _told(self, asked: Row) -> Reply:
        since = datetime.fromisoformat(asked["occurred"]["since"])
        found = [event for event in self.events if datetime.fromisoformat(event["occurred"]) >= since]
        if "resource" in asked:
            found = [e for e in found if e["resource"]["prefect.resource.id"] in asked["resource"]["id"]]
        return _json(200, {"events": found[:1], "total": len(found)})

    def _filter_artifacts(self, asked: Row) -> Reply:
        [run], [key] = asked["artifacts"]["flow_run_id"]["any_"], asked["artifacts"]["key"]["any_"]
        rows = self.tables.get((run, key))
        return _json(200, [] if rows is None else [{"key": key, "type": "table", "data": json.dumps(rows)}])

    def _filter_pools(self, asked: Row) -> Reply:
        wanted = asked["work_pools"]["name"]["any_"]
        return _json(200, [{"name": name, "type": "process"} for name in self.pools if name in wanted])

    def _workers(self, pool: str) -> Reply:
        if pool not in self.pools:
            return _json(404, {"detail": f'Work pool "{pool}" not found.'})
        return _json(200, [{"name": f"w{n}", "status": state} for n, state in enumerate(self.pools[pool])])

    def _filter_runs(self, asked: Row) -> Reply:
        if asked["sort"] not in SORTS:
            return _json(422, {"exception_message": "Invalid request received."})
        by, backwards = SORTS[asked["sort"]]
        runs = [run for run in self._runs if _fits(run, asked)]
        runs.sort(key=lambda run: run[by] or "", reverse=backwards)
        return _page(runs, asked)


class _Handler(ReplyHandler):
    def do_GET(self) -> None:
        self.send_reply(self.answer("GET", self.path, {}))

    def do_POST(self) -> None:
        self.send_reply(self.answer(self.command, self.path, json.loads(self.read_body() or "{}")))

    do_PATCH = do_POST

    def answer(self, method: str, path: str, body: Any) -> Reply:
        """Set by the stand-in."""
        raise NotImplementedError


def _fits(run: Row, asked: Row) -> bool:
    between = asked["flow_runs"].get("expected_start_time", {})
    expected = datetime.fromisoformat(run["expected_start_time"])
    return (
        ("deployments" not in asked or run["deployment_id"] in asked["deployments"]["id"]["any_"])
        and run["state_type"] in asked["flow_runs"]["state"]["type"]["any_"]
        and ("after_" not in between or expected >= datetime.fromisoformat(between["after_"]))
        and ("before_" not in between or expected <= datetime.fromisoformat(between["before_"]))
    )


def _page(rows: list[Row], asked: Row) -> Reply:
    limit, offset = asked.get("limit", MOST_ROWS), asked.get("offset", 0)
    if limit > MOST_ROWS:
        return _json(422, {"detail": f"Invalid limit: must be less than or equal to {MOST_ROWS}."})
    return _json(200, rows[offset : offset + limit])


def _json(status: int, content: object) -> Reply:
    return Reply(status, "application/json", json.dumps(content).encode())


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _new_id() -> str:
    return str(uuid.uuid4())
