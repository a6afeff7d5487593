"""``serap-anggaran``: takes in budget exports, has the report remade when the year's figures changed."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from capaian.budget.lines import Level, Line, Statement
from capaian.efficiency import absorption
from core.errors import LkjipError
from core.numbers import format_number
from flows.health import TELLING
from flows.report import segarkan_laporan
from flows.reporting import (
    after_refresh,
    alone,
    as_markdown,
    failed,
    open_workspace,
    put_together,
    run_name,
    tell_files,
    tell_news,
)
from jobs.budget.files import BudgetFileResult, BudgetFilesResult, read_budget_files
from jobs.report.refresh import was_issued
from jobs.report.runs.news import News
from jobs.workspace import Workspace


@task(name="baca-berkas-anggaran", cache_policy=NO_CACHE)
def baca_anggaran(workspace: Workspace) -> BudgetFilesResult:
    """Take every file that stands still in the folder; each as a whole or not at all."""
    return read_budget_files(workspace)


@flow(name="serap-anggaran", flow_run_name=lambda: run_name("anggaran"), **TELLING)
@alone
def serap_anggaran(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Membaca berkas anggaran yang ditaruh orang di masuk/anggaran; bila ada angka baru, laporan disusun
    kembali dan dikirim.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
    """
    try:
        workspace = open_workspace(agency, year)
        result = baca_anggaran(workspace)
    except LkjipError as error:
        return failed(error)
    tell_files("berkas-anggaran", result, _note(result))
    _show_newest(result)
    if not result.news:
        return Completed(message=result.full_message, data=result)
    tell_news(workspace, News.BUDGET, result.message)
    told = sorted({file.year for file in result.files if file.news})
    return put_together({told_of: _refreshed(agency, told_of, result.message) for told_of in told})


def _refreshed(agency: str | None, year: int, said: str) -> State[Any]:
    """The state after the report of a year was remade; its first issue is not made by a file."""
    try:
        issued = was_issued(open_workspace(agency, year))
    except LkjipError as error:
        return failed(error)
    if not issued:
        return Completed(message=f"{said} Angka itu masuk ke terbitan pertama.")
    refreshed = segarkan_laporan(agency, year, cause=said, return_state=True)
    return after_refresh(said, refreshed)


def _show_newest(result: BudgetFilesResult) -> None:
    """The programs of the newest month that was taken, as a table."""
    taken = [file for file in result.files if file.news and file.statement is not None]
    if not taken:
        return
    newest = max(taken, key=lambda file: (file.month, file.vintage))
    if newest.statement is not None:
        create_table_artifact(
            key="anggaran-program",
            table=_rows(newest.statement),
            description=f"## Anggaran {newest.period}\n{as_markdown(newest.name)}{_illustrative(newest)}",
        )


def _illustrative(file: BudgetFileResult) -> str:
    return ", angka ilustrasi" if file.statement and file.statement.illustrative else ""


def _rows(statement: Statement) -> list[dict[str, str]]:
    """Figures first: a long name before them would push them out of sight."""
    programs = [line for line in statement.lines if line.level is Level.PROGRAM]
    total = Line("", "", "JUMLAH", Level.PROGRAM, budget=statement.budget, spent=statement.spent)
    return [
        {
            "%": _share(line),
            "Anggaran": _written(line.budget),
            "Realisasi": _written(line.spent),
            "Program": line.name.removeprefix("PROGRAM "),
        }
        for line in [*programs, total]
    ]


def _written(amount: Any) -> str:
    return "-" if amount is None else format_number(amount)


def _share(line: Line) -> str:
    absorbed = absorption(line.spent, line.budget) if line.budget and line.spent is not None else None
    return "-" if absorbed is None else format_number(absorbed, 2)


def _note(result: BudgetFilesResult) -> str:
    """What became of each file as a list; the rows of its table stand in the artifact of their own."""
    items = [f"- {as_markdown(remark)}" for remark in result.remarks]
    for file in result.files:
        first, *rest = file.as_lines()
        items.append(f"- {as_markdown(first)}")
        said = ("berubah:", "catatan:", "masalah:", "periksa:", "…", "berkas ini")
        items += [f"  - {as_markdown(line.strip())}" for line in rest if line.strip().startswith(said)]
    return "\n".join([as_markdown(result.message), "", *items])
