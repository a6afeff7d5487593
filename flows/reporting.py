"""What every flow tells the Prefect UI: its name, its end state and its artifacts, in Indonesian."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, cast
from uuid import UUID

from prefect import get_run_logger, runtime
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactUpdate
from prefect.client.schemas.objects import Artifact, State
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.states import Completed, Failed

from core.dates import format_time
from core.errors import LkjipError, SettingsError
from core.memory import collect_rarely
from core.settings import Settings, load_settings
from jobs.alone import run_alone
from jobs.report.approval.drafting import Drafted
from jobs.report.refresh import Refreshed
from jobs.report.runs.news import News, event_of
from jobs.report.state.standing import year_standing
from jobs.store.offices import bring_offices
from jobs.taken_files import TakenFiles
from jobs.workspace import Workspace

P = ParamSpec("P")
TURN_SECONDS = 300.0
"""So long a refresh waits for another one of the same report; one takes some seconds."""


def open_workspace(agency: str | None, year: int | None) -> Workspace:
    """The workspace of the environment's settings, for another office or year when given; a run begins so."""
    collect_rarely()
    changes: dict[str, Any] = {"agency": agency, "year": year}
    settings = load_settings(**{name: value for name, value in changes.items() if value is not None})
    return Workspace(settings, in_flow=True)


def open_workspaces(agency: str | None, year: int | None) -> list[Workspace]:
    """A workspace for each year that a flow serves: the one that is given or set, else every open one."""
    workspace = open_workspace(agency, year)
    return [workspace.of_year(served) for served in workspace.years]


def put_together(states: Mapping[int, State[Any]]) -> State[Any]:
    """The state of a flow that served several years: failed if one of them did, with the words of each."""
    if len(states) == 1:
        return next(iter(states.values()))
    said = " ".join(f"{year}: {state.message}" for year, state in states.items())
    if not all(state.is_completed() for state in states.values()):
        return Failed(message=said)
    names = {state.name for state in states.values()} - {Completed().name}
    return Completed(name=next(iter(names), None), message=said)


def alone(run: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """Let at most one run of a flow go on at a time for an office and year; a second one ends at once.

    Prefect's own limit counts the runs of a deployment, so that office A would hold back office B.
    """
    return _guarded(run, patience=0.0)


def in_turn(run: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """As :func:`alone`, but a second run waits for its turn: what it brings may have come after the first
    one had read everything.
    """
    return _guarded(run, patience=TURN_SECONDS)


def _guarded(run: Callable[P, State[Any]], patience: float) -> Callable[P, State[Any]]:
    @wraps(run)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> State[Any]:
        given = runtime.flow_run.parameters
        changes = {name: given[name] for name in ("agency", "year") if given.get(name) is not None}
        try:
            # The settings are read anew: which office is meant may follow from what was brought.
            renew_offices(changes)
            with run_alone(load_settings(**changes), runtime.flow_run.flow_name, patience=patience) as free:
                if free:
                    if patience:  # somebody may have changed an office while this run waited
                        renew_offices(changes)
                    return run(*args, **kwargs)
        except LkjipError as error:
            return failed(error)
        if patience:
            message = f"Jalan lain untuk kantor dan tahun ini belum selesai sesudah {patience:.0f} detik."
            return Failed(message=message)
        message = "Jalan lain untuk kantor dan tahun ini masih berlangsung; jalan ini tidak diperlukan."
        return Completed(name="Dilewati", message=message)

    return guarded


def renew_offices(changes: Mapping[str, Any]) -> None:
    """With a store, renew this machine's copies of the offices' data; the log tells which were not."""
    for told in bring_offices(load_settings(**changes)):
        get_run_logger().warning(told)


def tell_news(workspace: Workspace, news: News, said: str) -> None:
    """Tell Prefect's server as an event that something came in by which the report may change."""
    told = event_of(workspace, news, said)
    emit_event(told["event"], told["resource"], payload=told["payload"])


def run_name(prefix: str) -> str:
    """A readable name for the running flow, ``pantau sumenep-dkupp 2023``.

    Unusable settings only leave the name short: the flow itself says what is wrong with them.
    """
    given = runtime.flow_run.parameters
    try:
        settings: Settings = load_settings()
    except SettingsError:
        return prefix
    office = Path(str(given.get("agency") or settings.agency)).name
    year = given.get("year") or settings.year
    return f"{prefix} {office} {year}" if year else f"{prefix} {office}"


def failed(error: LkjipError) -> State[Any]:
    """The state of a flow that ends with ``error``: its message is what the UI shows."""
    return Failed(message=str(error), data=error)


def waits(message: str, data: Any = None) -> State[Any]:
    """The state of a flow that did all but get its mail taken over: the outbox sends it later."""
    return Completed(name="Surel menunggu", message=message, data=data)


def after_refresh(said: str, refreshed: State[Any]) -> State[Any]:
    """The state of a flow that had the report remade: what it found, then how that ended."""
    message = f"{said} {refreshed.message}"
    if not refreshed.is_completed():
        return Failed(message=message)
    return Completed(name=refreshed.name, message=message)


def made_by_schedule() -> bool:
    """Whether the scheduler made the running flow; False when a person started it."""
    context = FlowRunContext.get()
    return bool(context and context.flow_run and context.flow_run.auto_scheduled)


def show_change(refreshed: Refreshed, address: str) -> None:
    """Put the indicators before and after, and the way to the report, among the artifacts.

    Args:
        refreshed: What the refresh made.
        address: Of the issue on the office's page.
    """
    issue = refreshed.issue
    if issue is None:
        return
    signs = "".join(f"\n\n{legend}" for legend in refreshed.legends())
    create_table_artifact(
        key="indikator-sebelum-dan-sesudah",
        table=refreshed.indicator_rows(),
        description=(
            f"## {as_markdown(issue.title)}\nIndikator sebelum dan sesudah terbitan ini: "
            f"{as_markdown(issue.cause)}{signs}"
        ),
    )
    create_link_artifact(
        key="laporan",
        link=address,
        link_text=f"Buka {issue.title}",
        description=(
            f"{as_markdown(issue.title)} di halaman LKjIP: web, PDF, Word, dan bedanya dengan terbitan lain. "
            f"Berkasnya ada di `{issue.place}`."
        ),
    )


def show_draft(draft: Drafted, address: str) -> None:
    """Put the way to a draft that waits for approval among the artifacts.

    Args:
        draft: That waits.
        address: Of the draft on the office's page.
    """
    create_link_artifact(
        key="menunggu-persetujuan",
        link=address,
        link_text=f"Periksa dan putuskan rancangan {draft.name}",
        description=(
            f"## {as_markdown(draft.heading)}\nMenunggu persetujuan sejak {format_time(draft.since)}: "
            f"{as_markdown(draft.cause)} Belum ada yang dikirim kepada penerima laporan. Disetujui atau "
            f"ditolak di halaman LKjIP, atau dengan `lkjip approve {draft.name} --year {draft.year}`."
        ),
    )


def show_standing(workspace: Workspace, address: str) -> None:
    """Put how the year stands now among the artifacts, with the way to the office's page.

    Args:
        workspace: Office and year.
        address: Of the office on the page.
    """
    standing = year_standing(workspace)
    sources = "".join(f"\n- {as_markdown(line)}" for line in standing.sources)
    create_table_artifact(
        key="keadaan-indikator",
        table=[dict(row) for row in standing.rows],
        description=(
            f"## Keadaan {as_markdown(workspace.office_id)} {workspace.year}\n{as_markdown(standing.counts)} "
            f"[Buka halamannya]({address}).\n\nYang terakhir diberikan setiap sumber:\n{sources}"
        ),
    )


def as_markdown(text: str) -> str:
    """Words of BPS or of an error as they are: their stars and brackets are no Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


class LivingTable:
    """A table among the artifacts of a run that is written anew while the run goes on.

    Args:
        client: Of Prefect's server; to make one takes as long as a small report.
        key: Of the artifact.
    """

    def __init__(self, client: SyncPrefectClient, key: str) -> None:
        self._client, self._key = client, key
        self._id: UUID | None = None

    def show(self, rows: list[dict[str, str]], description: str) -> None:
        """Let the table have these rows, with ``description`` in Markdown above it."""
        if self._id is None:
            made = create_table_artifact(key=self._key, table=rows, description=description)
            self._id = cast(UUID, made)
            return
        update = ArtifactUpdate(data=json.dumps(rows), description=description)
        self._client.update_artifact(self._id, update)


def read_rows(artifacts: Sequence[Artifact]) -> list[dict[str, Any]]:
    """The rows of the first of ``artifacts``, which is a table; none where there is no artifact yet."""
    data = artifacts[0].data if artifacts else None
    return list(json.loads(data) if isinstance(data, str) else data or [])


def show_note(key: str, title: str, markdown: str) -> None:
    """Put a remark among the artifacts; the title is what the list of them shows."""
    create_markdown_artifact(key=key, markdown=markdown, description=title)


def tell_files(key: str, result: TakenFiles[Any], markdown: str) -> None:
    """Say in the log and among the artifacts what became of dropped files."""
    logger = get_run_logger()
    logger.info(result.message)
    for warning in result.warnings:
        logger.warning(warning)
    if result.told:
        show_note(key, as_markdown(result.message), markdown)
