"""``lkjip backup``, ``restore`` and ``verify``: keeping what an office has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import AsJson, open_workspace

File = Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas cadangan, misalnya lkjip.tar.gz.")]


def backup(file: File, as_json: AsJson = False) -> None:
    """Simpan basis data, berkas dan data kantor dalam satu berkas, selagi layanan berjalan."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.backup.pack import make_backup  # noqa: PLC0415

    output.tell(make_backup(load_settings(), file.absolute()), as_json)


def restore(file: File, as_json: AsJson = False) -> None:
    """Pulihkan cadangan ke LKJIP_HOME dan basis data yang kosong; tidak ada yang ditimpa."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.backup.restore import restore_backup  # noqa: PLC0415

    output.tell(restore_backup(load_settings(), file.absolute()), as_json)


def verify(
    look: Annotated[bool, typer.Option("--look", help="Hanya periksa, jangan pulihkan apa pun.")] = False,
    as_json: AsJson = False,
) -> None:
    """Periksa setiap jawaban sumber dan berkas terbitan; yang hilang atau berubah dipulihkan."""
    from jobs.backup.verify import verify_stored  # noqa: PLC0415

    verified = verify_stored(open_workspace(None, read_only=look), mend=not look)
    output.tell(verified, as_json)
    if verified.lost:
        raise typer.Exit(1)
