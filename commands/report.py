"""``lkjip status``, ``refresh``, ``render``, ``trace``, ``audit``: the report and what is asked of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import Agency, AsJson, Out, Year, open_workspace
from core.errors import SettingsError


def status(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Keadaan setiap indikator, sumber, jadwal dan kotak keluar, serta masalah yang terbuka."""
    from jobs.report.state.status import read_status  # noqa: PLC0415

    current = read_status(open_workspace(agency, year, read_only=True))
    output.tell(current, as_json)


def refresh(
    agency: Agency = None,
    year: Year = None,
    cause: Annotated[str, typer.Option("--cause", help="Sebab terbitan baru, untuk surel.")] = "",
    again: Annotated[
        bool,
        typer.Option("--again", help="Ajukan rancangan baru walaupun isinya pernah ditolak atau menunggu."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hitung ulang semua capaian; bila isi berubah, buat terbitan baru dan antrekan surelnya."""
    from jobs.report.refresh import refresh as make_again  # noqa: PLC0415

    refreshed = make_again(open_workspace(agency, year), cause, again=again)
    output.tell(refreshed, as_json)


def render(
    agency: Agency = None,
    year: Year = None,
    folder: Out = Path("out/laporan"),
    issue: Annotated[
        int | None, typer.Option("--issue", min=1, help="Berikan terbitan bernomor ini, dari berkasnya.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--remake", help="Bersama --issue: susun ulang, bukan dari berkasnya.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Susun HTML, PDF, Word dan buku kerja pengukuran dari data kini, atau terbitan lama, ke sebuah map."""
    workspace = open_workspace(agency, year, read_only=True)
    if issue is not None:
        from jobs.report.issued.giving import give_issue  # noqa: PLC0415

        output.tell(give_issue(workspace, issue, folder, remake=again), as_json)
        return
    if again:
        raise SettingsError("--remake hanya berlaku bersama --issue.", todo="sebut nomornya: --issue 1.")
    from jobs.report.render import render_to  # noqa: PLC0415

    files = render_to(workspace, folder)
    output.show([str(file) for file in files] if as_json else "\n".join(map(str, files)), as_json)


def diff(
    issue: Annotated[
        int | None, typer.Option("--issue", min=1, help="Terbitan yang dibandingkan; bawaan yang terakhir.")
    ] = None,
    against: Annotated[
        int | None, typer.Option("--against", min=1, help="Pembandingnya; bawaan terbitan sebelumnya.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Tulis sebagai satu berkas HTML, bukan ke layar.")
    ] = None,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Beda dua terbitan: indikator, tabel sel demi sel, dan kalimat kata demi kata."""
    from jobs.report.issued.compared import compare_chosen, write_differences  # noqa: PLC0415

    workspace = open_workspace(agency, year, read_only=True)
    compared = compare_chosen(workspace, issue, against)
    if html is None:
        output.tell(compared, as_json)
        return
    file = str(write_differences(workspace, compared, html.expanduser()))
    output.show({"file": file} if as_json else file, as_json)


def trace(
    indicator: Annotated[
        str,
        typer.Argument(metavar="INDIKATOR", help="Id atau nama indikator, misalnya pertumbuhan-industri."),
    ],
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Asal sebuah angka: nilai, rumus dengan angkanya, observasi, rilis, snapshot."""
    from jobs.report.trace import trace_indicator  # noqa: PLC0415

    traced = trace_indicator(open_workspace(agency, year, read_only=True), indicator)
    output.tell(traced, as_json)


def audit(
    folder: Annotated[
        Path | None, typer.Option("--out", help="Tulis juga lampiran perbedaan (PDF, HTML) ke map ini.")
    ] = None,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Setiap angka dan tulisan cetakan yang berbeda dengan laporan ini, beserta alasannya."""
    from jobs.report.audit import as_rows, as_text, read_findings, write_annex  # noqa: PLC0415

    workspace = open_workspace(agency, year, read_only=True)
    findings = read_findings(workspace)
    if folder is not None:
        for file in write_annex(workspace, folder):
            print(file, file=sys.stderr if as_json else sys.stdout)
    output.show(as_rows(findings) if as_json else as_text(findings), as_json)
