"""``serap-harga``: takes in the day's market prices, has the report remade when a whole year's changed."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from core.errors import LkjipError
from flows.health import TELLING
from flows.report import segarkan_laporan
from flows.reporting import (
    after_refresh,
    alone,
    as_markdown,
    failed,
    open_workspaces,
    put_together,
    run_name,
    show_note,
    tell_news,
)
from jobs.prices.compare import Comparison, take_in_comparison
from jobs.prices.files import PriceFilesResult, read_price_files
from jobs.prices.intake import PriceIntake, take_in_prices
from jobs.prices.status import PriceStatus, doubt_lines, read_price_status, unknown_lines
from jobs.report.refresh import was_issued
from jobs.report.runs.news import News
from jobs.workspace import Workspace

SHOWN = 100
"""So many lines of a list are shown; the command ``lkjip prices`` shows all."""


@task(name="baca-siskaperbapo", cache_policy=NO_CACHE)
def baca_siskaperbapo(workspace: Workspace) -> PriceIntake:
    """Read the days that are due; each is kept as it comes, and progress is shown while it runs."""
    description = "Hari pasar dibaca dari Siskaperbapo"
    artifact = cast(UUID, create_progress_artifact(0.0, key="kemajuan-harga", description=description))

    def show(done: int, of: int, label: str) -> None:
        if done == of or done % max(1, of // 50) == 0:
            update_progress_artifact(artifact_id=artifact, progress=100.0 * done / of, description=label)

    return take_in_prices(workspace, progress=show)


@task(name="ukur-harga", cache_policy=NO_CACHE)
def ukur_harga(workspace: Workspace) -> PriceStatus:
    """Measure the year as it stands now."""
    return read_price_status(workspace)


@task(name="baca-lembar-harga", cache_policy=NO_CACHE)
def baca_lembar(workspace: Workspace) -> PriceFilesResult:
    """Take every sheet that stands still in the folder; each as a whole or not at all."""
    return read_price_files(workspace)


@task(name="baca-sp2kp", cache_policy=NO_CACHE)
def baca_sp2kp(workspace: Workspace) -> Comparison:
    """Read the province's means for comparison; one that fails is only remarked."""
    return take_in_comparison(workspace)


@flow(name="serap-harga", flow_run_name=lambda: run_name("harga"), **TELLING)
@alone
def serap_harga(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Membaca harga pasar; bila harga setahun penuh berubah, laporan disusun kembali dan dikirim.
    Situs yang gagal tidak mengubah harga tersimpan: jalannya berakhir gagal dan menyebut umur harga itu,
    sesudah yang dibawa sumber lain masuk laporan.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
    """
    try:
        spaces = open_workspaces(agency, year)
    except LkjipError as error:
        return failed(error)
    return put_together({space.year: _serap(agency, space) for space in spaces})


def _serap(agency: str | None, workspace: Workspace) -> State[Any]:
    """Take in the prices of one year."""
    logger = get_run_logger()
    try:
        if workspace.agency.prices is None:
            return Completed(message="Kantor ini tidak mengukur harga pasar.")
        before = ukur_harga(workspace)
        sheets = baca_lembar(workspace)
        intake = baca_siskaperbapo(workspace) if workspace.agency.prices.siskaperbapo else PriceIntake(())
        compared = baca_sp2kp(workspace)
        after = ukur_harga(workspace)
    except LkjipError as error:
        return failed(error)
    said = " ".join(text for text in (_of_sheets(sheets), intake.message, compared.message) if text)
    logger.info(said)
    for remark in (*sheets.warnings, *intake.remarks, *compared.problems):
        logger.warning(remark)
    _show(said, sheets, intake, after)
    if sheets.news or intake.news:
        tell_news(workspace, News.PRICES, said)
    state = _refreshed(agency, workspace, said, before, after)
    return Failed(message=f"{state.message} {' '.join(intake.problems)}") if intake.failed else state


def _of_sheets(sheets: PriceFilesResult) -> str:
    return sheets.full_message if sheets.told else ""


def _refreshed(
    agency: str | None, workspace: Workspace, said: str, before: PriceStatus, after: PriceStatus
) -> State[Any]:
    """The state after the report was remade, where there was reason to."""
    evidence = after.evidence
    if evidence is None or not evidence.complete:
        return Completed(message=said)
    if not was_issued(workspace):
        return Completed(message=f"{said} Harga itu masuk ke terbitan pertama.")
    changed = before.evidence is None or before.evidence.fingerprint != evidence.fingerprint
    # Without a change too: a run that ended between keeping prices and remaking the report is made up for.
    cause = after.cause if changed else "Harga pasar yang belum masuk laporan."
    refreshed = segarkan_laporan(agency, workspace.year, cause=cause, return_state=True)
    return after_refresh(said, refreshed)


def _show(said: str, sheets: PriceFilesResult, intake: PriceIntake, status: PriceStatus) -> None:
    """The markets as a table, and what a person should look at as lists, whose long lines wrap."""
    create_table_artifact(
        key="harga-pasar",
        table=[market.as_row() for market in intake.markets],
        description=f"## Harga pasar\n{as_markdown(said)}",
    )
    show_note(
        "keadaan-harga", "Harga setahun sebagaimana tersimpan", _paragraphs(status.as_text(shown=SHOWN))
    )
    show_note(
        "harga-belum-dikenal",
        "Nama komoditas dan pasar yang belum dikenal",
        _listed("Belum dikenal", unknown_lines(status.unknown)),
    )
    show_note(
        "harga-meragukan",
        "Harga yang perlu dilihat orang",
        _listed("Meragukan", doubt_lines(status.evidence)),
    )
    if sheets.told:
        show_note(
            "lembar-harga", "Lembar harga yang dibaca", _listed("Lembar harga", sheets.as_text().splitlines())
        )


def _paragraphs(text: str) -> str:
    """Lines as paragraphs of their own, and those that begin with a dash as lists."""
    made = []
    for line in text.splitlines():
        words = line.strip()
        item = words.startswith("- ")
        made.append(f"- {as_markdown(words[2:])}" if item else f"\n{as_markdown(words)}\n")
    return "\n".join(made)


def _listed(title: str, entries: list[str]) -> str:
    items = [f"- {as_markdown(entry)}" for entry in entries[:SHOWN]]
    if len(entries) > SHOWN:
        items.append(f"- dan {len(entries) - SHOWN} lain")
    return "\n".join([f"## {title}", "", *(items or ["Tidak ada."])])
