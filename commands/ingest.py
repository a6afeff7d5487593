"""``lkjip ingest``: takes in what a person downloaded from BPS, the office's price sheets, and budgets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, open_workspace

ingest = group("Membaca berkas yang diunduh atau diisi orang.")


Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[BERKAS]...",
        help="Berkas; tanpa ini isi map masuk yang disebut di atas.",
        show_default=False,
    ),
]
Month = Annotated[
    int | None,
    typer.Option("--month", min=1, max=12, help="Realisasi sampai bulan ini; bawaan yang disebut berkas."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tampilkan yang terbaca saja, tanpa menyimpan.")]


@ingest.command("bps", cls=Command, short_help="PDF atau Excel PDRB dari BPS.")
def ingest_bps(
    files: Files = None, dry_run: DryRun = False, agency: Agency = None, as_json: AsJson = False
) -> None:
    """Baca PDF atau Excel PDRB yang diunduh dari laman BPS dan simpan angkanya; laporan belum disusun ulang.

    Berkas di LKJIP_HOME/masuk/bps dipindahkan setelah dibaca; berkas yang disebut tetap di tempatnya.
    """
    from jobs.bps.downloads import read_downloads  # noqa: PLC0415 - keeps `lkjip --help` instant

    space = open_workspace(agency, read_only=dry_run)
    _show(read_downloads(space, files or None, dry_run=dry_run), as_json)


@ingest.command("prices", cls=Command, short_help="Lembar harga pasar kantor.")
def ingest_prices(
    files: Files = None, dry_run: DryRun = False, agency: Agency = None, as_json: AsJson = False
) -> None:
    """Baca lembar harga pasar (XLSX, XLS, ODS atau CSV) dan simpan harganya; laporan belum disusun ulang.

    Berkas di LKJIP_HOME/masuk/harga dipindahkan setelah dibaca; berkas yang disebut tetap di tempatnya.
    """
    from jobs.prices.files import read_price_files  # noqa: PLC0415

    space = open_workspace(agency, read_only=dry_run)
    _show(read_price_files(space, files or None, dry_run=dry_run), as_json)


@ingest.command("budget", cls=Command, short_help="Berkas anggaran dan realisasinya.")
def ingest_budget(
    files: Files = None,
    dry_run: DryRun = False,
    month: Month = None,
    whole: Annotated[bool, typer.Option("--all", help="Tampilkan juga sub kegiatan dan rekening.")] = False,
    agency: Agency = None,
    as_json: AsJson = False,
) -> None:
    """Baca berkas anggaran (XLSX, XLS, ODS atau CSV) dan simpan angkanya; laporan belum disusun ulang.

    Berkas di LKJIP_HOME/masuk/anggaran dipindahkan setelah dibaca; berkas yang disebut tetap di tempatnya.
    """
    from jobs.budget.files import Reading, read_budget_files  # noqa: PLC0415

    space, how = open_workspace(agency, read_only=dry_run), Reading(dry_run=dry_run, month=month, whole=whole)
    _show(read_budget_files(space, files or None, how), as_json)


def _show(result: Any, as_json: bool) -> None:
    """What became of the files; one that could not be used or moved ends the command with a code."""
    output.tell(result, as_json)
    if result.refused or result.held_up:
        raise typer.Exit(1)
