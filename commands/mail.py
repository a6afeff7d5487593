"""``lkjip send`` and ``outbox``: what waits in the outbox, and what to do with it."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Year, open_workspace, user_name

outbox = group("Kotak keluar: apa yang menunggu siapa dan mengapa; mencoba lagi, membatalkan.")

Number = Annotated[str, typer.Argument(metavar="NOMOR", help="Nomor dari lkjip outbox list, misalnya L12.")]


def send(
    agency: Agency = None,
    year: Year = None,
    again: Annotated[bool, typer.Option("--again", help="Juga surel yang ditolak untuk seterusnya.")] = False,
    test: Annotated[
        bool, typer.Option("--test", help="Kirim surel uji kepada teknisi, lalu selesai.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Kirim surel yang menunggu di kotak keluar."""
    if test:
        from jobs.health.watch import send_test  # noqa: PLC0415

        taken = send_test(open_workspace(agency, year, read_only=True))
        output.show(
            list(taken) if as_json else f"Surel uji diterima server surel: {', '.join(taken)}", as_json
        )
        return
    from jobs.mail.send import send_outbox  # noqa: PLC0415

    result = send_outbox(open_workspace(agency, year), again=again)
    output.tell(result, as_json)
    if result.failed:
        raise typer.Exit(1)


@outbox.command("list", cls=Command, short_help="Surel yang belum sampai kepada semua penerimanya.")
def list_(as_json: AsJson = False) -> None:
    """Setiap surel yang menunggu atau ditolak: sejak kapan, mengapa, dan keadaan setiap penerimanya."""
    from jobs.mail.outbox import list_outbox  # noqa: PLC0415

    output.tell(list_outbox(open_workspace(None, read_only=True)), as_json)


@outbox.command("retry", cls=Command, short_help="Coba lagi sekarang, juga yang ditolak untuk seterusnya.")
def retry(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NOMOR]...", help="Dari lkjip outbox list; tanpa nomor berarti semua."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Kirim lagi kepada yang belum mendapat, juga yang ditolak untuk seterusnya; tidak kepada yang sudah."""
    from jobs.mail.outbox import retry as try_again  # noqa: PLC0415

    result = try_again(open_workspace(None), numbers or ())
    output.tell(result, as_json)
    if result.failed:
        raise typer.Exit(1)


@outbox.command(
    "drop", cls=Command, short_help="Batalkan untuk penerima yang belum mendapat; alasannya dicatat."
)
def drop(
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="Mengapa; disimpan bersama nama dan waktunya.")],
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient", help="Hanya alamat ini (boleh diulang); bawaan semua yang belum mendapat."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Berhenti mencoba mengirim surel itu kepada yang belum mendapatnya."""
    from jobs.mail.outbox import give_up  # noqa: PLC0415

    space = open_workspace(None)
    dropped = give_up(space, number, reason=reason, by=user_name(), addresses=recipient or ())
    output.tell(dropped, as_json)
