"""``lkjip word``: Word files that pass between the office and this program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Year, open_workspace

word = group("Berkas Word: isi angkanya, beri laporan gayanya, ambil suntingannya.")


@word.command("fill", cls=Command, short_help="Isi angka kini ke salinan laporan Word kantor.")
def fill(
    file: Annotated[
        Path, typer.Argument(metavar="BERKAS", help="Laporan Word kantor (.docx); tidak diubah.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Salinan yang ditulis; bawaan BERKAS-terisi.docx.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Ganti salinan yang sudah ada.")] = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Isi angka kini ke salinan laporan Word kantor sendiri, sebagai perubahan terlacak.

    Sel dan kalimat yang menunggu rilis atau memuat angka terbitan sebelumnya diisi; yang tidak pasti
    dibiarkan dan disebut.
    """
    from jobs.report.word.fill import fill_word  # noqa: PLC0415

    workspace = open_workspace(agency, year, read_only=True)
    filled = fill_word(workspace, file.expanduser(), out.expanduser() if out else None, force=force)
    output.tell(filled, as_json)


@word.command("reference", cls=Command, short_help="Tulis dokumen Word bawaan untuk dijadikan rujukan.docx.")
def reference(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Dokumen Word (.docx) yang ditulis.")],
    force: Annotated[bool, typer.Option("--force", help="Ganti berkas yang sudah ada.")] = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Tulis dokumen Word bawaan dalam bentuk kantor: awal bagi rujukan.docx milik kantor.

    Setiap gaya yang dipakai laporan tampak sebaris dengan namanya; ubah di Word, lalu taruh di map kantor.
    """
    from jobs.report.word.reference import write_reference  # noqa: PLC0415

    workspace = open_workspace(agency, year, read_only=True)
    output.tell(write_reference(workspace, file.expanduser(), force=force), as_json)


@word.command("take", cls=Command, short_help="Ambil alinea yang disunting di Word sebuah terbitan.")
def take(
    file: Annotated[
        Path,
        typer.Argument(metavar="BERKAS", help="Word terbitan (lkjip.docx) yang disunting; tidak diubah."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Tulis yang diambil ke data kantor.")] = False,
    issue: Annotated[
        int | None,
        typer.Option("--issue", help="Nomor terbitan asal, bila berkasnya tidak menyebutnya.", min=1),
    ] = None,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Baca kembali alinea, penyebab dan solusi yang disunting di Word sebuah terbitan.

    Perubahannya diperlihatkan dulu; dengan --yes ditulis ke naskah buku atau catatan kantor. Angka dan isi
    lain yang berubah ditolak dengan tempat dan cara yang benar; kode keluar lalu 1.
    """
    from jobs.report.word.take import look_at_word, save_taken  # noqa: PLC0415

    workspace = open_workspace(agency, year, read_only=True)
    taken = look_at_word(workspace, file.expanduser(), issue)
    if yes:
        taken = save_taken(workspace, taken)
    output.tell(taken, as_json)
    if not taken.complete:
        raise typer.Exit(1)
