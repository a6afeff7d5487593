"""Watching BPS: ``pantau-rilis-bps`` asks it, ``serap-unduhan-bps`` takes in what a person downloaded there,
``pantau-banyak-wilayah`` asks for many regions.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, cast
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.tasks import Task

from connectors.bps import BpsClient
from core.dates import format_date
from core.errors import LkjipError, SourceError
from flows.health import TELLING
from flows.report import segarkan_laporan
from flows.reporting import (
    after_refresh,
    alone,
    as_markdown,
    failed,
    made_by_schedule,
    open_workspace,
    open_workspaces,
    put_together,
    run_name,
    show_note,
    tell_files,
    tell_news,
)
from jobs.bps.cross_check import CrossCheck, look_at_others
from jobs.bps.downloads import DownloadsResult, read_downloads
from jobs.bps.keep import PollResult, is_new, keep_failure, keep_look, recall
from jobs.bps.poll import own_target, statistics_left
from jobs.bps.poll_many import ManyResults, choose_domains, poll_domains
from jobs.bps.schedule import turn_today
from jobs.bps.session import open_client
from jobs.bps.statistic.look import StatisticsLook, look_at_statistics
from jobs.bps.statistic.realisasi import holds_statistics
from jobs.bps.watch import Memory, Reading, Sighting, Target, look_at_lists, read_main_tables
from jobs.report.refresh import was_issued
from jobs.report.runs.news import News
from jobs.workspace import Workspace

_NOT_YET_TOLD = "Angka dari BPS yang belum masuk laporan."
REASONS_SHOWN = 10
"""How many regions that failed are told with their reason above the table."""


def may_succeed_later(task: Task[Any, Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether to try again: a firewall page or a dropped connection, never a refused key."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, SourceError) and error.retryable


AGAIN: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [60, 600],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": may_succeed_later,
    "cache_policy": NO_CACHE,
}
"""How the tasks that read BPS are tried again; within each try the session has its own patience."""


@task(name="periksa-rilis", **AGAIN)
def periksa_rilis(client: BpsClient, target: Target, memory: Memory, today: date) -> Sighting:
    """Look in the lists of BPS: its tables of PDRB, its publications and press releases."""
    return look_at_lists(client, target, memory, today)


@task(name="baca-tabel-pdrb", **AGAIN)
def baca_tabel(client: BpsClient, sighting: Sighting, memory: Memory, accept_revision: bool) -> Reading:
    """Read the tables whole; a table that contradicts itself is refused."""
    return read_main_tables(client, sighting, memory, accept_revision=accept_revision)


@task(name="baca-statistik", **AGAIN)
def baca_statistik(
    workspace: Workspace, client: BpsClient, memory: Memory, accept_revision: bool
) -> StatisticsLook:
    """Read the other statistics that the office's indicators name; one that fails stops no other."""
    return look_at_statistics(workspace, client, memory, accept_revision=accept_revision)


@task(name="bandingkan-saluran", cache_policy=NO_CACHE)
def bandingkan_saluran(
    workspace: Workspace,
    client: BpsClient,
    sighting: Sighting,
    reading: Reading,
    memory: Memory,
    accept_revision: bool,
) -> CrossCheck:
    """Look for the same figures in BPS's other channels; one that fails is only remarked."""
    today, news = workspace.settings.current_day(), is_new(workspace, reading.tables)
    return look_at_others(
        client, sighting, reading, memory, today, news=news, accept_revision=accept_revision
    )


@task(name="simpan-observasi", cache_policy=NO_CACHE)
def simpan_observasi(
    workspace: Workspace,
    memory: Memory,
    sighting: Sighting,
    reading: Reading,
    others: CrossCheck,
    statistics: StatisticsLook,
) -> PollResult:
    """Keep snapshots and observations; what is already known makes no new vintage."""
    return keep_look(workspace, memory, sighting, reading, others, statistics)


@flow(name="pantau-rilis-bps", flow_run_name=lambda: run_name("pantau"), **TELLING)
@alone
def pantau_rilis_bps(
    agency: str | None = None,
    year: int | None = None,
    accept_revision: bool = False,
    now: bool = False,
) -> State[Any]:
    """Memeriksa BPS: rilis PDRB dan statistik lain yang dipakai kantor; bila ada angka baru, laporan
    disusun kembali dan dikirim. Jalan yang terjadwal hanya melihat pada hari yang jatuh waktunya; yang
    dijalankan orang melihat saat itu juga.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
        accept_revision: Terima angka yang jauh berbeda dari yang tersimpan; hanya sesudah diperiksa orang.
        now: Coba sekali walau BPS sedang dijeda sesudah beberapa kegagalan.
    """
    try:
        spaces = open_workspaces(agency, year)
        turn = turn_today(spaces[0])  # of the region, whichever year is looked for
        if made_by_schedule() and not turn.due:
            return Completed(message=f"BPS tidak diperiksa hari ini: {turn.reason}.")
    except LkjipError as error:
        return failed(error)
    return put_together({space.year: _watch(agency, space, accept_revision, now) for space in spaces})


def _watch(agency: str | None, workspace: Workspace, accept_revision: bool, now: bool) -> State[Any]:
    """Watch BPS for one year."""
    logger = get_run_logger()
    try:
        result = _look(workspace, accept_revision, now)
    except LkjipError as error:
        with suppress(LkjipError):  # the first error is the one that is told
            if holds_statistics(workspace):  # they may be new although the look failed
                segarkan_laporan(agency, workspace.year, cause=_NOT_YET_TOLD, return_state=True)
        return failed(error)
    logger.info(result.message)
    for problem in result.problems:
        logger.warning(problem)
    show_note("pemantauan-bps", as_markdown(result.message), _note(result))
    # Without news too: a run that ended between keeping a release and remaking the report is made up for.
    cause = result.message if result.news else _NOT_YET_TOLD
    if result.news:
        tell_news(workspace, News.RELEASE, result.message)
    if not (result.news or result.holds_year):
        return Completed(message=result.message, data=result)
    refreshed = segarkan_laporan(agency, workspace.year, cause=cause, return_state=True)
    return after_refresh(result.message, refreshed)


def _look(workspace: Workspace, accept_revision: bool, now: bool) -> PollResult:
    """One look at the office's own region, each step a task; a failure is written down.

    Statistics beside PDRB are kept whether or not PDRB can be had.
    """
    target = own_target(workspace)
    memory = recall(workspace, target)
    with open_client(workspace, now=now) as client:
        try:
            sighting = periksa_rilis(client, target, memory, workspace.settings.current_day())
            reading = baca_tabel(client, sighting, memory, accept_revision)
            others = bandingkan_saluran(workspace, client, sighting, reading, memory, accept_revision)
        except LkjipError as error:
            left = statistics_left(
                target, error, lambda: baca_statistik(workspace, client, memory, accept_revision)
            )
            keep_failure(workspace, target, error, client.requests, left)
            raise
        try:
            statistics = baca_statistik(workspace, client, memory, accept_revision)
        except LkjipError as error:
            keep_failure(workspace, target, error, client.requests)
            raise
    return simpan_observasi(workspace, memory, sighting, reading, others, statistics)


def _note(result: PollResult) -> str:
    """The look as Markdown: what was seen, what is announced, what a person should know."""
    lines = [result.message]
    if result.announced:
        lines += ["", "Rilis yang diumumkan:", ""]
        lines += [
            f"- {format_date(date.fromisoformat(entry['day']))}: {as_markdown(entry['title'])}"
            for entry in result.announced
        ]
    if result.problems:
        lines += ["", "Yang perlu diketahui:", "", *(f"- {as_markdown(p)}" for p in result.problems)]
    return "\n".join(lines)


def _overview(found: ManyResults) -> str:
    """What stands above the table of regions, as Markdown: its cells are cut off, these lines are not."""
    lines = ["## Hasil pemeriksaan wilayah", found.summary()]
    if found.failed:
        shown = found.failed[:REASONS_SHOWN]
        lines += ["", "Yang gagal:", ""]
        lines += [f"- {r.domain} {as_markdown(f'{r.name}: {r.result.message}')}" for r in shown]
        if len(found.failed) > len(shown):
            lines.append(f"- dan {len(found.failed) - len(shown)} wilayah lain; alasannya ada di tabel.")
    return "\n".join(lines)


@task(name="periksa-wilayah", cache_policy=NO_CACHE)
def periksa_wilayah(workspace: Workspace, domains: str) -> ManyResults:
    """Look at every region, several at a time within the limits; progress is shown while it runs."""
    chosen = choose_domains(workspace, domains)
    description = f"{len(chosen)} wilayah diperiksa di BPS"
    artifact = cast(UUID, create_progress_artifact(0.0, key="kemajuan-wilayah", description=description))

    def show(done: int, of: int) -> None:
        if done == of or done % max(1, of // 50) == 0:
            update_progress_artifact(artifact_id=artifact, progress=100.0 * done / of)

    return poll_domains(workspace, chosen, progress=show)


@flow(name="pantau-banyak-wilayah", flow_run_name=lambda: run_name("wilayah"), **TELLING)
@alone
def pantau_banyak_wilayah(domains: str, agency: str | None = None, year: int | None = None) -> State[Any]:
    """Memeriksa BPS untuk banyak wilayah dan menyimpan angkanya; tidak ada laporan yang disusun.

    Args:
        domains: Kode wilayah atau provinsi dengan koma (3526,3527), atau semua.
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun yang dicari; kosong berarti LKJIP_YEAR, atau tahun yang jatuh tempo laporannya.
    """
    try:
        found = periksa_wilayah(open_workspace(agency, year), domains)
    except LkjipError as error:
        return failed(error)
    create_table_artifact(
        key="hasil-wilayah",
        table=[result.as_row() for result in found.results],
        description=_overview(found),
    )
    get_run_logger().info(found.summary())
    return Completed(message=found.summary())


@task(name="baca-berkas-unduhan", cache_policy=NO_CACHE)
def baca_berkas(workspace: Workspace) -> DownloadsResult:
    """Take every file that stands still in the folder; each as a whole or not at all."""
    return read_downloads(workspace)


@flow(name="serap-unduhan-bps", flow_run_name=lambda: run_name("serap"), **TELLING)
@alone
def serap_unduhan_bps(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Membaca PDF dan Excel BPS yang ditaruh orang di masuk/bps; bila ada angka baru, laporan disusun
    kembali dan dikirim.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
    """
    try:
        spaces = open_workspaces(agency, year)
        result = baca_berkas(spaces[0])
        told = [space for space in spaces if len(spaces) == 1 or was_issued(space)]
    except LkjipError as error:
        return failed(error)
    tell_files("berkas-unduhan-bps", result, _downloads_note(result))
    if result.news:
        tell_news(spaces[0], News.RELEASE, result.message)
    if not result.news or not told:
        return Completed(message=result.full_message, data=result)
    return put_together({space.year: _after_file(agency, space.year, result.message) for space in told})


def _after_file(agency: str | None, year: int, said: str) -> State[Any]:
    return after_refresh(said, segarkan_laporan(agency, year, cause=said, return_state=True))


def _downloads_note(result: DownloadsResult) -> str:
    """What became of each file as a list in Markdown, whose long lines are wrapped and not cut off."""
    message, *lines = result.as_text().splitlines()
    items = [f"{line[: len(line) - len(line.lstrip())]}- {as_markdown(line.strip())}" for line in lines]
    return "\n".join([as_markdown(message), "", *items])
