"""``lkjip issue``: the issues of a year, and the signed copies that came back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Out, Year, open_workspace, user_name
from core.errors import SourceError

issue = group("Terbitan suatu tahun: daftarnya, dan salinan bertanda tangan yang kembali.")
Number = Annotated[int, typer.Argument(metavar="NOMOR", min=1, help="Nomor terbitan.")]


@issue.command("list", cls=Command, short_help="Daftar terbitan: hari, sebab, yang berubah, tanda tangan.")
def list_(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Setiap terbitan tahun itu, yang tertua dahulu."""
    from jobs.report.issued.listing import list_year  # noqa: PLC0415

    output.tell(list_year(open_workspace(agency, year, read_only=True)), as_json)


@issue.command("sign", cls=Command, short_help="Simpan salinan bertanda tangan (PDF) suatu terbitan.")
def sign(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="PDF yang sudah ditandatangani.")],
    by: Annotated[str, typer.Option("--by", help="Nama yang menyerahkan; bawaan nama pengguna.")] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Simpan walaupun berbeda dari PDF terbitan itu.")
    ] = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Bandingkan PDF itu dengan terbitannya, lalu simpan; terbitan berikutnya menyebutnya."""
    from jobs.report.issued.signed import keep_signed  # noqa: PLC0415
    from jobs.uploads.signed import check_signed_apart  # noqa: PLC0415

    space, path = open_workspace(agency, year), file.expanduser()
    doubts = check_signed_apart(space, number, path).doubts
    if doubts and not force:
        raise SourceError(
            f"{file.name} mungkin bukan salinan terbitan {number}: {'; '.join(doubts)}.",
            todo="periksa berkasnya; bila memang salinan terbitan itu, jalankan lagi dengan --force.",
        )
    who, now = by.strip() or user_name(), space.settings.current_time()
    output.tell(keep_signed(space, number, path, who, now, doubts), as_json)


@issue.command("signed", cls=Command, short_help="Ambil salinan bertanda tangan suatu terbitan.")
def signed(
    number: Number,
    folder: Out = Path("out/bertanda-tangan"),
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Tulis setiap salinan bertanda tangan terbitan itu, sidiknya diperiksa, ke sebuah map."""
    from jobs.report.issued.listing import write_signed  # noqa: PLC0415

    files = write_signed(open_workspace(agency, year, read_only=True), number, folder)
    output.show(files if as_json else "\n".join(files) or "Belum ada salinan bertanda tangan.", as_json)
