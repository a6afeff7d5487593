"""``lkjip enter``: a figure of another institution, or of the office itself, with the file that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import Agency, AsJson, Year, open_workspace, user_name
from core.errors import SettingsError


def enter(
    indicator: Annotated[
        str,
        typer.Argument(metavar="[INDIKATOR]", help="Id atau sebagian nama indikator.", show_default=False),
    ] = "",
    value: Annotated[
        str,
        typer.Argument(
            metavar="[NILAI]",
            help="Seperti di realisasi.csv; yang negatif ditulis paling akhir sesudah --.",
            show_default=False,
        ),
    ] = "",
    source: Annotated[str, typer.Option("--source", help="Yang mengeluarkan angka, untuk Sumber Data.")] = "",
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="Berkas yang memuat angkanya; disimpan.")
    ] = None,
    status: Annotated[str, typer.Option("--status", help="sementara, sangat sementara, atau tetap.")] = "",
    note: Annotated[str, typer.Option("--note", help="Catatan untuk lampiran asal-usul angka.")] = "",
    by: Annotated[str, typer.Option("--by", help="Nama yang memasukkan; bawaan nama pengguna.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Tampilkan yang pernah dimasukkan saja.")] = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Masukkan angka lembaga lain (atau kantor sendiri) beserta buktinya; laporan belum disusun ulang."""
    from jobs.report.entries.figures import Given, enter_figure, entries_of  # noqa: PLC0415
    from jobs.report.runs.following import tell_what_follows  # noqa: PLC0415
    from jobs.report.runs.news import News  # noqa: PLC0415

    if listed:
        output.tell(entries_of(open_workspace(agency, year, read_only=True), indicator), as_json)
        return
    if not (indicator and value and source and evidence):
        raise SettingsError(
            "Untuk memasukkan angka, INDIKATOR, NILAI, --source dan --evidence wajib diisi.",
            todo='tulis misalnya lkjip enter eppd 3,10 --source "Kemendagri" --evidence surat.pdf, atau '
            "lihat yang sudah ada dengan lkjip enter --list.",
        )
    given = Given(indicator, value, source, evidence.expanduser(), by.strip() or user_name(), status, note)
    space = open_workspace(agency, year)
    entered = enter_figure(space, given)
    output.tell(entered, as_json)
    if not entered.new:
        return
    follows = tell_what_follows(space, entered.cause, News.FIGURE)
    if not as_json:
        print(follows)
