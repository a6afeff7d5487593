"""``lkjip serve``, ``deploy``, ``worker``, ``watch``: the schedule, who carries it out and looks after it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import AsJson, open_workspace
from core.settings import load_settings


def deploy(
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="Berkas deployment lain; bawaan LKJIP_DEPLOYMENTS, atau deployments/prefect.yaml."
        ),
    ] = None,
    wait: Annotated[
        float, typer.Option("--wait", min=0, help="Lama menunggu server dan rencana jalan, detik.")
    ] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Terapkan deployment beserta jadwalnya, dan pastikan server merencanakan jalannya."""
    from connectors.prefect_server import PrefectServer  # noqa: PLC0415
    from jobs.health.deploy import DEPLOYMENTS  # noqa: PLC0415
    from jobs.health.deploy import deploy as apply  # noqa: PLC0415
    from jobs.rates import shared_rates  # noqa: PLC0415

    settings = load_settings()
    planned = apply(
        PrefectServer(settings.prefect_api_url),
        file or settings.deployments or DEPLOYMENTS,
        rates=shared_rates(settings),
        patience=wait,
        say=(lambda _: None) if as_json else print,
    )
    text = "\n".join(entry.as_text() for entry in planned)
    output.show([entry.as_dict() for entry in planned] if as_json else text, as_json)


def serve() -> None:
    """Jalankan semuanya di komputer ini: server Prefect, jadwal, pekerja dan penjaga; yang mati dimulai lagi.

    Berhenti dengan Ctrl+C atau SIGTERM; jalan yang sedang berlangsung ditunggu dulu, paling lama semenit.
    """
    from jobs.health.serving.start import serve as start  # noqa: PLC0415

    start(load_settings(), say=_say)


def _say(line: str) -> None:
    """Also when nobody reads it any more, as of a terminal that was closed: that is no reason to end."""
    with suppress(OSError):
        print(line, flush=True)


def worker() -> None:
    """Jalankan pekerja Prefect; berhenti bila diminta, juga ketika servernya tidak ada.

    Jalan yang sedang berlangsung ditunggu dulu, paling lama semenit; diminta dua kali, tidak ditunggu.
    """
    from jobs.health.worker import run_worker  # noqa: PLC0415

    settings = load_settings()
    raise typer.Exit(run_worker(settings.prefect_api_url, settings.worker_runs))


def watch(
    confirm: Annotated[
        float,
        typer.Option("--confirm", min=0, help="Gangguan jadwal dilihat sekali lagi sesudah sekian detik."),
    ] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Periksa jadwal, sumber dan kotak keluar dari luar Prefect; teknisi disurati bila ada masalah.

    Dijalankan oleh timer sistem, bukan oleh jadwal Prefect.
    """
    from connectors.prefect_server import PrefectServer  # noqa: PLC0415
    from jobs.health.watch import watch as look  # noqa: PLC0415
    from jobs.report.state.status import read_status  # noqa: PLC0415

    space = open_workspace(None)
    watched = look(
        space,
        PrefectServer(space.settings.prefect_api_url),
        describe=lambda: read_status(space).told(),
        confirm_after=confirm,
    )
    output.tell(watched, as_json)
    if watched.unsent:
        raise typer.Exit(1)
