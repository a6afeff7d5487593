"""``lkjip year``: opening a year, confirming it, listing the years of an office."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, Group
from commands.workspace import Agency, AsJson, open_workspace

years = typer.Typer(
    cls=Group,
    help="Tahun-tahun kantor: membuka tahun baru, mengonfirmasi, melihat keadaannya.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Which = Annotated[int, typer.Argument(metavar="TAHUN", help="Tahun anggaran, misalnya 2024.")]


@years.command("open", cls=Command, short_help="Buka tahun baru dari tahun sebelumnya.")
def open_(
    year: Which,
    before: Annotated[
        int | None, typer.Option("--from", help="Tahun asal; bawaan tahun terakhir sebelumnya.")
    ] = None,
    agency: Agency = None,
    as_json: AsJson = False,
) -> None:
    """Buat map tahun baru: target dari Renstra, realisasi tahun lalu dari yang terbit, daftar periksa."""
    from jobs.years.opening import open_year  # noqa: PLC0415

    opened = open_year(open_workspace(agency, read_only=True), year, before)
    output.show(opened.as_dict() if as_json else opened.as_text(), as_json)


@years.command("confirm", cls=Command, short_help="Nyatakan data suatu tahun sudah diperiksa.")
def confirm(
    year: Which,
    by: Annotated[str, typer.Option("--by", help="Nama yang memeriksa; disimpan bersama waktunya.")],
    agency: Agency = None,
    as_json: AsJson = False,
) -> None:
    """Catat siapa yang memeriksa data tahun itu; sejak itu terbitan dan surelnya dapat dibuat."""
    from jobs.years.confirm import confirm_year  # noqa: PLC0415

    state = confirm_year(open_workspace(agency, read_only=True), year, by)
    said = {"year": year, "state": state.as_text()}
    output.show(said if as_json else f"Tahun {year} {state.as_text()}.", as_json)


@years.command("list", cls=Command, short_help="Tahun yang ada dan keadaannya.")
def list_(agency: Agency = None, as_json: AsJson = False) -> None:
    """Setiap tahun kantor: terbitan terakhirnya, dan apakah sudah dikonfirmasi."""
    from jobs.years.confirm import list_years  # noqa: PLC0415

    listed = list_years(open_workspace(agency, read_only=True))
    rows = [year.as_dict() for year in listed]
    output.show(rows if as_json else "\n".join(year.as_text() for year in listed), as_json)
