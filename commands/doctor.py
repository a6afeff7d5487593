"""``lkjip doctor``: everything that the program needs, looked at once."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.workspace import AsJson


def doctor(
    wait: Annotated[float, typer.Option("--wait", min=1, help="Paling lama semuanya, detik.")] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Periksa basis data, cakram, penyimpanan bersama, hak, jam, BPS, server surel, Prefect, versi dan huruf.

    Tidak ada yang diubah atau dikirim; di penyimpanan bersama satu berkas uji ditulis lalu dihapus. Berakhir
    dengan 1 bila ada yang rusak.
    """
    from jobs.health.doctor.examine import examine  # noqa: PLC0415

    examination = examine(wait)
    output.tell(examination, as_json)
    if examination.broken:
        raise typer.Exit(1)
