"""``lkjip office``: the office's folder itself."""

from __future__ import annotations

import typer

from commands import output
from commands.indonesian import Command, Group
from commands.workspace import Agency, AsJson

office = typer.Typer(
    cls=Group, help="Data kantor: susunan mapnya.", rich_markup_mode=None, no_args_is_help=True
)


@office.command("upgrade", cls=Command, short_help="Pindahkan data bersusunan lama ke map setiap tahun.")
def upgrade(agency: Agency = None, as_json: AsJson = False) -> None:
    """Pindahkan yang dapat berubah setiap tahun dari map kantor ke map setiap tahun."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.office.upgrade import upgrade_layout  # noqa: PLC0415
    from office.loading import find_agency  # noqa: PLC0415

    settings = load_settings(**({"agency": agency} if agency else {}))
    upgraded = upgrade_layout(find_agency(settings.agency, settings.offices_folder))
    output.show(upgraded.as_dict() if as_json else upgraded.as_text(), as_json)
