"""``lkjip send``: what waits in the outbox."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.workspace import Agency, AsJson, Year, open_workspace


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
