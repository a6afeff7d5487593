"""All offices in one go: ``segarkan-semua-kantor`` shares them out in batches, each a run of
``segarkan-kantor`` that any worker may take.

A batch writes down what became of an office before it goes on to the next one. So a batch that dies loses
nothing: the round starts another one for what is left of it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
from prefect import flow, get_run_logger, runtime
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterKey
from prefect.client.schemas.objects import FlowRun, State
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Completed, Failed

from connectors.prefect_server import PrefectServer
from core.errors import LkjipError, ScheduleError
from core.page import office_address
from flows.health import TELLING, tell_end
from flows.mail import kirim_laporan
from flows.report import NEVER_ISSUED, segarkan_laporan, segarkan_tahun
from flows.reporting import (
    LivingTable,
    as_markdown,
    failed,
    open_workspace,
    put_together,
    read_rows,
    renew_offices,
)
from jobs.alone import run_alone
from jobs.health.schedule import TOLD_ELSEWHERE
from jobs.health.worker import POOL
from jobs.offices import require_office, served_offices
from jobs.report.refresh import Refreshed
from jobs.report.runs.rounds import (
    BATCH_DEPLOYMENT,
    BATCH_FLOW,
    BATCH_TABLE,
    ROUND_FLOW,
    ROUND_TABLE,
    Outcome,
    Result,
    left_of,
    sentence,
    split,
)
from jobs.workspace import Workspace

BATCH = 20
"""So many offices a run by default: its start costs as much as some ten offices without news."""
TRIES = 2
"""So often a batch is begun that dies or stands still."""
LOOK_SECONDS = 3.0
SHOW_SECONDS = 0.01
"""For each row of the table of a round: so long at least until it is written again, whole."""
STILL_SECONDS = 1800.0
"""A batch of which nothing was heard for so long counts as dead."""


# --- a batch --------------------------------------------------------------------------------------


@flow(
    name=BATCH_FLOW,
    flow_run_name=lambda: f"kelompok {_first_and_last(runtime.flow_run.parameters['offices'])}",
    **TELLING,
)
def segarkan_kantor(offices: list[str], year: int | None = None, cause: str = "") -> State[Any]:
    """Menyegarkan laporan beberapa kantor, satu demi satu; satu yang gagal tidak menghentikan yang lain, dan
    diberitahukan sebagai masalah kantor itu. Biasanya dimulai oleh segarkan-semua-kantor.

    Args:
        offices: Nama map kantor-kantor itu.
        year: Tahun laporan; kosong berarti semua tahun yang terbuka.
        cause: Sebab yang ditulis pada terbitan baru; kosong berarti menurut apa yang berubah.
    """
    logger = get_run_logger()
    try:
        renew_offices({})
        base = open_workspace(None, year)
        folders = served_offices(base.settings)  # once: a country has thousands of them
        base.engine  # noqa: B018 - opened once for all of them
    except LkjipError as error:
        return failed(error)
    outcomes: list[Outcome] = []
    with get_client(sync_client=True) as client:
        table = LivingTable(client, BATCH_TABLE)
        for office in offices:
            outcomes += refresh_office(base, office, folders.get(office), cause)
            table.show([outcome.as_row() for outcome in outcomes], sentence(outcomes))
            logger.info(outcomes[-1].as_text())
    if any(outcome.result is Result.NEW for outcome in outcomes):
        # Once for all: a sending as a run of its own for each issue takes a second more each. What it
        # leaves, or what a batch that dies leaves, the schedule of the outbox sends.
        sending = kirim_laporan(None, year, return_state=True)
        logger.info("Surel: %s", sending.message)
    some_failed = any(outcome.result is Result.FAILED for outcome in outcomes)
    return Completed(name=TOLD_ELSEWHERE if some_failed else None, message=sentence(outcomes))


def refresh_office(base: Workspace, office: str, folder: Path | None, cause: str) -> list[Outcome]:
    """Make the report of one office again; what became of it, an outcome for each year.

    That it fails is told as a trouble of the office, under the key of its own flow; it raises nothing.

    Args:
        base: The settings, and the database that stays open.
        office: Its id.
        folder: Where its data stand; None where there are none on this machine.
        cause: As :func:`segarkan_kantor` takes it.
    """
    began = time.monotonic()
    if folder is None:
        return [Outcome(office, None, Result.FAILED, said=f"Kantor '{office}' tidak ada di komputer ini.")]
    space = base.of_office(folder)
    states, ended = _years_of(space, cause)
    if ended.name != _ELSEWHERE:
        tell_end(space, segarkan_laporan.name, ended)
    seconds = (time.monotonic() - began) / max(1, len(states))
    if not states:
        skipped = Result.SKIPPED if ended.is_completed() else Result.FAILED
        return [Outcome(office, space.settings.year, skipped, None, seconds, ended.message or "")]
    link = office_address(space.settings, office)
    return [_outcome(office, year, state, seconds, f"{link}/{year}") for year, state in states.items()]


_ELSEWHERE = "Dilewati"


def _years_of(space: Workspace, cause: str) -> tuple[dict[int, State[Any]], State[Any]]:
    """How each year of an office ended, and all together, for which the trouble is told."""
    try:
        with run_alone(space.settings, segarkan_laporan.name, engine=space.engine) as free:
            if not free:
                message = "Jalan lain untuk kantor ini masih berlangsung."
                return {}, Completed(name=_ELSEWHERE, message=message)
            years = [space.of_year(year) for year in space.years]
            states = segarkan_tahun(str(space.agency_folder), years, cause, send=False)
    except LkjipError as error:
        return {}, failed(error)
    except Exception as error:  # whatever it is, it is this office's, and the others go on
        get_run_logger().exception("Kantor %s: kesalahan program yang tidak terduga.", space.office_id)
        said = f"Kesalahan program yang tidak terduga ({type(error).__name__})."
        return {}, Failed(message=said)
    return states, put_together(states) if states else Completed(message=NEVER_ISSUED)


def _outcome(office: str, year: int, state: State[Any], seconds: float, link: str) -> Outcome:
    said = state.message or ""
    if not state.is_completed():
        return Outcome(office, year, Result.FAILED, None, seconds, said, link)
    made = state.data if isinstance(state.data, Refreshed) else None
    issue = made.issue if made else None
    if made is not None and made.draft is not None:
        return Outcome(office, year, Result.UNCHANGED, None, seconds, said, link)
    if issue is None:
        return Outcome(office, year, Result.UNCHANGED, None, seconds, "", link)
    return Outcome(office, year, Result.NEW, issue.number, seconds, said, link)


def _first_and_last(offices: Sequence[str]) -> str:
    return " sampai ".join(dict.fromkeys([offices[0], offices[-1]])) if offices else "kosong"


# --- the round ------------------------------------------------------------------------------------


@dataclass
class _Batch:
    """Offices that one run is started for.

    Attributes:
        number: It has the run's place in the round, whichever try it is.
        tries: How often it was begun.
        rows: What its run wrote down so far.
        moved_at: When something of it was last seen to change, monotonic.
    """

    number: int
    offices: tuple[str, ...]
    tries: int = 0
    rows: list[Outcome] = field(default_factory=list)
    moved_at: float = 0.0
    seen: tuple[object, ...] = ()


@flow(name=ROUND_FLOW, flow_run_name="segarkan semua kantor", **TELLING)
def segarkan_semua_kantor(
    offices: list[str] | None = None,
    year: int | None = None,
    cause: str = "",
    batch: int = BATCH,
    at_once: int = 0,
) -> State[Any]:
    """Menyegarkan laporan semua kantor: membaginya dalam kelompok yang dikerjakan pekerja mana pun, dan
    menunggu hasilnya. Kelompok yang prosesnya mati dimulai sekali lagi untuk kantor yang belum selesai.

    Args:
        offices: Nama map kantor yang disegarkan; kosong berarti semua kantor yang dilayani.
        year: Tahun laporan; kosong berarti semua tahun yang terbuka dari setiap kantor.
        cause: Sebab yang ditulis pada terbitan baru; kosong berarti menurut apa yang berubah.
        batch: Paling banyak sekian kantor dalam satu kelompok.
        at_once: Paling banyak sekian kelompok berjalan bersamaan; 0 berarti dua untuk setiap pekerja.
    """
    try:
        renew_offices({})
        settings = open_workspace(None, year).settings
        served = served_offices(settings)
        chosen = list(dict.fromkeys(offices or served))
        for office in set(chosen) - served.keys():
            require_office(settings, office)
    except LkjipError as error:
        return failed(error)
    server = PrefectServer(settings.prefect_api_url)
    with get_client(sync_client=True) as client:
        going = _Round(client, {"year": year, "cause": cause}, split(chosen, batch))
        try:
            dead = going.carry_out(lambda: at_once if at_once > 0 else 2 * _workers(server))
        except LkjipError as error:
            return failed(error)
    return _end_of_round(going.outcomes, dead)


def _end_of_round(outcomes: Sequence[Outcome], dead: bool) -> State[Any]:
    said = sentence(outcomes)
    get_run_logger().info(said)
    if dead:  # nobody else tells of it
        return Failed(message=said)
    if any(outcome.result is Result.FAILED for outcome in outcomes):
        return Failed(name=TOLD_ELSEWHERE, message=said)
    return Completed(message=said)


def _workers(server: PrefectServer) -> int:
    """How many workers there are; this run itself shows that there is one."""
    try:
        return max(1, server.workers(POOL))
    except LkjipError:
        return 1


class _Round:
    """The batches of a round: some under way, the others waiting for their turn.

    Only so many are begun at a time, since a worker takes every run that it finds.
    """

    def __init__(
        self, client: SyncPrefectClient, parameters: dict[str, Any], shares: Sequence[tuple[str, ...]]
    ) -> None:
        self._client, self._parameters = client, parameters
        self._offices = [office for share in shares for office in share]
        self._waiting = deque(_Batch(number, share) for number, share in enumerate(shares, start=1))
        self._under_way: dict[UUID, _Batch] = {}
        self._ended: list[Outcome] = []
        self._dead = False
        self._table = LivingTable(client, ROUND_TABLE)

    @property
    def outcomes(self) -> list[Outcome]:
        """Every office in its order, with what is known of it."""
        known = [*self._ended, *(row for batch in self._under_way.values() for row in batch.rows)]
        left = left_of(self._offices, known)
        known += [Outcome(office, None, Result.WAITING) for office in left]
        place = {office: number for number, office in enumerate(self._offices)}
        return sorted(known, key=lambda outcome: (place[outcome.office], outcome.year or 0))

    def carry_out(self, at_once: Callable[[], int]) -> bool:
        """Begin and follow the batches until none is left; whether some of it could not be done at all.

        Raises:
            ScheduleError: No batch can be begun.
        """
        shown: object = None
        show_at = 0.0
        while self._waiting or self._under_way:
            most = at_once()
            while self._waiting and len(self._under_way) < most:
                self._begin(self._waiting.popleft())
            if time.monotonic() >= show_at and shown != (now := self.outcomes):
                shown, show_at = now, time.monotonic() + len(now) * SHOW_SECONDS
                self._table.show([outcome.as_row() for outcome in now], _heading(now))
            time.sleep(LOOK_SECONDS)
            for run in list(self._under_way):
                self._look(run)
        self._table.show([outcome.as_row() for outcome in self.outcomes], _heading(self.outcomes))
        return self._dead

    def _begin(self, batch: _Batch) -> None:
        batch.tries += 1
        key = f"{runtime.flow_run.id}-{batch.number}-{batch.tries}"
        try:
            started = run_deployment(
                f"{BATCH_FLOW}/{BATCH_DEPLOYMENT}",
                parameters={"offices": list(batch.offices), **self._parameters},
                timeout=0,
                idempotency_key=key,
            )
        except (ObjectNotFound, httpx.HTTPError) as cause:
            raise ScheduleError(
                f"Kelompok kantor tidak dapat dimulai ({type(cause).__name__}).",
                todo="jalankan lkjip deploy, lalu ulangi.",
            ) from cause
        batch.moved_at, batch.seen, batch.rows = time.monotonic(), (), []
        self._under_way[cast(FlowRun, started).id] = batch

    def _look(self, run: UUID) -> None:
        """Take in what a batch wrote down, and what is to be done when it has ended or stands still."""
        batch = self._under_way[run]
        try:
            state = self._client.read_flow_run(run).state
            batch.rows = _written(self._client, run)
        except httpx.HTTPError as error:
            get_run_logger().warning("Server Prefect tidak menjawab (%s).", type(error).__name__)
            state = None
        except ObjectNotFound:  # deleted by somebody: what is left is begun again
            state = Cancelled()
        now, seen = time.monotonic(), (state and state.type, len(batch.rows))
        if state is not None and seen != batch.seen:
            batch.seen, batch.moved_at = seen, now
        if state is not None and state.is_final():
            self._end(run, f"berakhir sebagai {state.name}. {state.message or ''}".strip())
        elif now - batch.moved_at > STILL_SECONDS:
            self._stop(run)
            self._end(run, f"tidak bergerak selama {STILL_SECONDS / 60:.0f} menit.")

    def _end(self, run: UUID, said: str) -> None:
        """Keep what a batch did; what is left of it is begun once more, then given up."""
        batch = self._under_way.pop(run)
        self._ended += batch.rows
        left = left_of(batch.offices, batch.rows)
        if not left:
            return
        get_run_logger().warning("Kelompok %d %s Belum selesai: %s.", batch.number, said, ", ".join(left))
        if batch.tries < TRIES:
            self._waiting.appendleft(_Batch(batch.number, left, batch.tries))
            return
        self._dead = True
        why = f"Kelompoknya {said}"
        self._ended += [Outcome(office, None, Result.FAILED, said=why) for office in left]

    def _stop(self, run: UUID) -> None:
        """Let a run count as ended whose process may be gone with its machine."""
        try:
            self._client.set_flow_run_state(run, Cancelled(message="Tidak bergerak lagi."), force=True)
        except (httpx.HTTPError, ObjectNotFound) as error:
            get_run_logger().warning("Jalan %s tidak dapat dibatalkan (%s).", run, type(error).__name__)


def _written(client: SyncPrefectClient, run: UUID) -> list[Outcome]:
    wanted = ArtifactFilter(
        flow_run_id=ArtifactFilterFlowRunId(any_=[run]), key=ArtifactFilterKey(any_=[BATCH_TABLE])
    )
    artifacts = client.read_artifacts(artifact_filter=wanted, limit=1)
    return [Outcome.from_row(row) for row in read_rows(artifacts)]


def _heading(outcomes: Sequence[Outcome]) -> str:
    done = [outcome for outcome in outcomes if outcome.result is not Result.WAITING]
    offices = {outcome.office for outcome in outcomes}
    finished = len({outcome.office for outcome in done})
    return f"## {finished} dari {len(offices)} kantor\n{as_markdown(sentence(done))}"
