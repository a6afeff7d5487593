"""``lkjip ingest``: takes in what a person downloaded from BPS, and the office's own price sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, Group
from core.settings import load_settings

ingest = typer.Typer(
    cls=Group,
    help="Membaca berkas yang diunduh atau diisi orang.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@ingest.command("bps", cls=Command, short_help="PDF atau Excel PDRB dari BPS.")
def ingest_bps(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[BERKAS]...", help="Berkas; tanpa ini isi LKJIP_HOME/masuk/bps.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tampilkan yang terbaca saja, tanpa menyimpan.")
    ] = False,
    agency: Annotated[str | None, typer.Option("--agency", help="Instansi; bawaan LKJIP_AGENCY.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tampilkan sebagai JSON.")] = False,
) -> None:
    """Baca PDF atau Excel PDRB yang diunduh dari laman BPS dan simpan angkanya; laporan belum disusun ulang.

    Berkas di LKJIP_HOME/masuk/bps dipindahkan setelah dibaca; berkas yang disebut tetap di tempatnya.
    """
    from jobs.downloads import read_downloads, read_files  # noqa: PLC0415 - keeps `lkjip --help` instant
    from jobs.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace(load_settings(**({"agency": agency} if agency else {})))
    if files:
        result = read_files(workspace, files, dry_run=dry_run)
    else:
        result = read_downloads(workspace, dry_run=dry_run)
    output.show(result.as_dict() if as_json else result.as_text(), as_json)
    if any(file.outcome == "refused" for file in result.files):
        raise typer.Exit(1)


@ingest.command("prices", cls=Command, short_help="Lembar harga pasar kantor.")
def ingest_prices(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[BERKAS]...", help="Berkas; tanpa ini isi LKJIP_HOME/masuk/harga.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tampilkan yang terbaca saja, tanpa menyimpan.")
    ] = False,
    agency: Annotated[str | None, typer.Option("--agency", help="Instansi; bawaan LKJIP_AGENCY.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tampilkan sebagai JSON.")] = False,
) -> None:
    """Baca lembar harga pasar (XLSX, XLS, ODS atau CSV) dan simpan harganya; laporan belum disusun ulang.

    Berkas di LKJIP_HOME/masuk/harga dipindahkan setelah dibaca; berkas yang disebut tetap di tempatnya.
    """
    from jobs.price_files import read_files, read_price_files  # noqa: PLC0415
    from jobs.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace(load_settings(**({"agency": agency} if agency else {})))
    if files:
        result = read_files(workspace, files, dry_run=dry_run)
    else:
        result = read_price_files(workspace, dry_run=dry_run)
    output.show(result.as_dict() if as_json else result.as_text(), as_json)
    if any(file.outcome == "refused" for file in result.files):
        raise typer.Exit(1)
