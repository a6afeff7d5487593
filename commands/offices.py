"""``lkjip offices``: all offices of the installation at once."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, Group
from commands.workspace import AsJson, open_workspace
from core.errors import AgencyDataError
from core.settings import load_settings

offices = typer.Typer(
    cls=Group,
    help="Semua kantor sekaligus: daftar, penyegaran bersama.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@offices.command("list", cls=Command, short_help="Kantor yang dilayani, tahun terbuka, terbitan terakhir.")
def list_(as_json: AsJson = False) -> None:
    """Setiap kantor yang dilayani, dengan tahun yang terbuka dan terbitan terakhirnya."""
    from jobs.report.runs.offices import list_offices  # noqa: PLC0415

    output.tell(list_offices(open_workspace(None, read_only=True)), as_json)


@offices.command("refresh", cls=Command, short_help="Segarkan laporan banyak kantor, dibagi antar pekerja.")
def refresh(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="KANTOR", help="Nama map kantor.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Semua kantor yang dilayani.")] = False,
    year: Annotated[
        int | None, typer.Option("--year", help="Hanya tahun ini; bawaan semua tahun yang terbuka.")
    ] = None,
    cause: Annotated[str, typer.Option("--cause", help="Sebab terbitan baru, untuk surel.")] = "",
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Kembali segera sesudah dimulai.")] = False,
    as_json: AsJson = False,
) -> None:
    """Minta server Prefect menyegarkan laporan kantor-kantor itu; pekerja mana pun ikut mengerjakannya.

    Kode keluarnya 1 bila ada kantor yang gagal.
    """
    from connectors.prefect_server import PrefectServer  # noqa: PLC0415
    from jobs.report.runs.ordering import order_round  # noqa: PLC0415

    if every == bool(names):
        raise AgencyDataError(
            "Kantor mana yang disegarkan tidak jelas.", todo="sebut nama-namanya, atau --all untuk semuanya."
        )
    settings = load_settings()
    ordered = order_round(
        settings,
        PrefectServer(settings.prefect_api_url),
        names or [],
        year=year,
        cause=cause,
        wait=not no_wait,
        say=(lambda _: None) if as_json else print,
    )
    output.tell(ordered, as_json)
    if ordered.failed:
        raise typer.Exit(1)
