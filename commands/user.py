"""``lkjip user``: the people of the page."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands import output
from commands.indonesian import Command, Group
from commands.workspace import AsJson, open_workspace, user_name
from core.dates import format_time, now
from jobs.users.roles import MEANINGS, Role

user = typer.Typer(
    cls=Group,
    help="Pengguna halaman LKjIP: menambah, melihat, memberi tautan sandi, menghapus.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(metavar="NAMA", help="Nama pengguna, misalnya siti.aminah.")]
_ROLES = "; ".join(f"{role.value}: {meaning}" for role, meaning in MEANINGS.items())


@user.command("add", cls=Command, short_help="Tambah pengguna; mencetak tautan untuk membuat sandi.")
def add(
    name: Name,
    role: Annotated[Role, typer.Option("--role", help=f"Peran. {_ROLES}.")],
    office: Annotated[
        str, typer.Option("--office", help="Hanya kantor ini yang dilihatnya; bawaan semua kantor.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Tambah pengguna tanpa sandi; ia membuat sandinya sendiri lewat tautan yang dicetak."""
    from jobs.offices import require_office  # noqa: PLC0415
    from jobs.users.accounts import add_account  # noqa: PLC0415
    from jobs.users.audit import Actor  # noqa: PLC0415

    space = open_workspace(None)
    if office:
        require_office(space.settings, office)
    link = add_account(space.engine, name, role, office, Actor(user_name()), now())
    _show_link(space.settings.page_address, link, as_json)


@user.command("list", cls=Command, short_help="Pengguna yang ada.")
def list_(as_json: AsJson = False) -> None:
    """Setiap pengguna: peran, kantor, dan apakah sandinya sudah dibuat."""
    from jobs.users.accounts import list_accounts  # noqa: PLC0415

    accounts = list_accounts(open_workspace(None, read_only=True).engine)
    text = "\n".join(account.as_text() for account in accounts) or "Belum ada pengguna."
    output.show([account.as_dict() for account in accounts] if as_json else text, as_json)


@user.command("reset", cls=Command, short_help="Tautan baru bagi yang lupa sandi.")
def reset(name: Name, as_json: AsJson = False) -> None:
    """Cetak tautan untuk membuat sandi baru; sandi lama berlaku sampai tautan itu dipakai."""
    from jobs.users.accounts import reset_account  # noqa: PLC0415
    from jobs.users.audit import Actor  # noqa: PLC0415

    space = open_workspace(None)
    link = reset_account(space.engine, name, Actor(user_name()), now())
    _show_link(space.settings.page_address, link, as_json)


@user.command("remove", cls=Command, short_help="Hapus pengguna.")
def remove(name: Name, as_json: AsJson = False) -> None:
    """Hapus pengguna; yang sedang masuk langsung keluar, catatan kegiatannya tetap ada."""
    from jobs.users.accounts import remove_account  # noqa: PLC0415
    from jobs.users.audit import Actor  # noqa: PLC0415

    remove_account(open_workspace(None).engine, name, Actor(user_name()), now())
    output.show({"removed": name} if as_json else f"Pengguna {name} dihapus.", as_json)


def _show_link(address: str, link: Any, as_json: bool) -> None:
    url = f"{address}{link.path}"
    text = (
        f"Tautan untuk {link.name}, sekali pakai, sampai {format_time(link.until)}:\n{url}\n"
        "Serahkan hanya kepada orangnya sendiri."
    )
    told = {"name": link.name, "link": url, "until": link.until.isoformat()}
    output.show(told if as_json else text, as_json)
