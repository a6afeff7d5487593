"""``lkjip approve``: the drafts that wait, and deciding on one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import Agency, AsJson, Year, open_workspace, user_name
from core.errors import SettingsError


def approve(
    draft: Annotated[
        str | None,
        typer.Argument(metavar="[RANCANGAN]", help="Misalnya 2-1; tanpa ini, yang menunggu disebut."),
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Catatan yang ikut dalam surel terbitan.")] = "",
    reason: Annotated[str | None, typer.Option("--reject", help="Tolak, dengan alasan ini.")] = None,
    by: Annotated[str, typer.Option("--by", help="Nama yang memutuskan; bawaan pengguna komputer ini.")] = "",
    folder: Annotated[
        Path | None, typer.Option("--out", help="Tulis rancangannya ke map ini, tanpa memutuskan.")
    ] = None,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Lihat rancangan yang menunggu; setujui sehingga terbit dan dikirim, atau tolak dengan alasan."""
    from jobs.report.approval.deciding import approve as let_go  # noqa: PLC0415
    from jobs.report.approval.deciding import reject  # noqa: PLC0415
    from jobs.report.approval.drafts import list_drafts, write_draft  # noqa: PLC0415
    from jobs.users.audit import Actor  # noqa: PLC0415

    if sum((bool(note), reason is not None, folder is not None)) > 1:
        raise SettingsError(
            "--note, --reject dan --out tidak dapat bersama-sama.",
            todo="pilih satu: menyetujui dengan catatan, menolak, atau melihat.",
        )
    if draft is None:
        if note or by or reason is not None or folder is not None:
            raise SettingsError(
                "Rancangan mana yang dimaksud belum disebut.", todo="lihat namanya dengan lkjip approve."
            )
        output.tell(list_drafts(open_workspace(agency, year, read_only=True), only_waiting=True), as_json)
        return
    if folder is not None:
        files = write_draft(open_workspace(agency, year, read_only=True), draft, folder)
        output.show([str(file) for file in files] if as_json else "\n".join(map(str, files)), as_json)
        return
    workspace, actor = open_workspace(agency, year), Actor(by.strip() or user_name())
    decided = (
        let_go(workspace, draft, actor, note) if reason is None else reject(workspace, draft, actor, reason)
    )
    output.tell(decided, as_json)
