"""``lkjip office``: the office's folder itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, Group
from commands.workspace import Agency, AsJson, Year, open_workspace, user_name

office = typer.Typer(
    cls=Group,
    help="Data kantor: buku kerja isian, susunan mapnya, membagikannya.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@office.command("upgrade", cls=Command, short_help="Pindahkan data bersusunan lama ke map setiap tahun.")
def upgrade(agency: Agency = None, as_json: AsJson = False) -> None:
    """Pindahkan yang dapat berubah setiap tahun dari map kantor ke map setiap tahun."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.office.upgrade import upgrade_layout  # noqa: PLC0415
    from jobs.store.offices import changing_office  # noqa: PLC0415
    from office.loading import find_agency  # noqa: PLC0415

    settings = load_settings(**({"agency": agency} if agency else {}))
    folder = find_agency(settings.agency, settings.offices_folder)
    with changing_office(settings, folder):
        upgraded = upgrade_layout(folder)
    output.show(upgraded.as_dict() if as_json else upgraded.as_text(), as_json)


@office.command("share", cls=Command, short_help="Bagikan data kantor kepada komputer lain.")
def share(agency: Agency = None, as_json: AsJson = False) -> None:
    """Bagikan data kantor yang diubah dengan tangan, atau yang baru, lewat LKJIP_STORE."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.store.offices import share_office  # noqa: PLC0415
    from office.loading import find_agency  # noqa: PLC0415

    settings = load_settings(**({"agency": agency} if agency else {}))
    said = share_office(settings, find_agency(settings.agency, settings.offices_folder))
    output.show({"message": said} if as_json else said, as_json)


@office.command("export", cls=Command, short_help="Tulis data satu tahun ke buku kerja isian.")
def export(
    agency: Agency = None,
    year: Year = None,
    file: Annotated[Path, typer.Option("--out", help="Buku kerja yang dibuat.")] = Path("isian.xlsx"),
    as_json: AsJson = False,
) -> None:
    """Tulis data kantor untuk satu tahun ke buku kerja Excel yang dapat diisi orang."""
    from jobs.report.workbook import export_office  # noqa: PLC0415

    written = export_office(open_workspace(agency, year, read_only=True), file)
    output.show({"workbook": str(written)} if as_json else str(written), as_json)


@office.command("import", cls=Command, short_help="Baca buku kerja yang sudah diisi.")
def import_(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Buku kerja isian.xlsx.")],
    into: Annotated[
        str, typer.Option("--into", help="Nama map kantor; bawaan Id kantor di lembar Kantor.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="Nama yang membawa bukti di kolom Bukti; bawaan nama pengguna.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Baca buku kerja ke map kantor; tidak ada yang berubah sebelum seluruh isinya benar."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.report.workbook import import_office  # noqa: PLC0415

    imported = import_office(file, load_settings(), lambda: by.strip() or user_name(), into)
    output.tell(imported, as_json)
