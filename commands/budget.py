"""``lkjip budget``: how the budget and its realisasi stood, from which file, and what a file changed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Year, open_workspace
from core.dates import JAKARTA
from core.errors import SettingsError

budget = group("Anggaran dan realisasinya: berkas yang ada, keadaan suatu bulan, apa yang berubah.")

Month = Annotated[
    int | None, typer.Option("--month", min=1, max=12, help="Bulan, 1 sampai 12; bawaan yang terakhir.")
]
Vintage = Annotated[int | None, typer.Option("--vintage", min=1, help="Berkas ke berapa dari bulan itu.")]


@budget.command("status", cls=Command, short_help="Berkas anggaran yang tersimpan, menurut bulan.")
def status(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Setiap berkas anggaran tahun ini: sampai bulan apa, jumlahnya, asalnya, dan yang perlu diperiksa."""
    from jobs.budget.show import budget_status  # noqa: PLC0415

    found = budget_status(open_workspace(agency, year, read_only=True))
    output.tell(found, as_json)


@budget.command("show", cls=Command, short_help="Keadaan anggaran sampai suatu bulan.")
def show(
    month: Month = None,
    vintage: Vintage = None,
    as_of: Annotated[
        str, typer.Option("--as-of", help="Menurut yang diketahui pada hari itu, misalnya 2023-07-31.")
    ] = "",
    whole: Annotated[bool, typer.Option("--all", help="Juga sub kegiatan dan rekening.")] = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Anggaran dan realisasi setiap program dan kegiatan sampai akhir suatu bulan, dengan berkas asalnya."""
    from jobs.budget.show import show_budget  # noqa: PLC0415

    found = show_budget(
        open_workspace(agency, year, read_only=True),
        month,
        vintage=vintage,
        as_of=_end_of_day(as_of),
        whole=whole,
    )
    output.tell(found, as_json)


@budget.command("diff", cls=Command, short_help="Apa yang diubah sebuah berkas pada bulannya.")
def diff(
    month: Month = None,
    vintage: Vintage = None,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Baris demi baris: apa yang berubah dari berkas sebelumnya pada bulan yang sama."""
    from jobs.budget.show import show_changes  # noqa: PLC0415

    found = show_changes(open_workspace(agency, year, read_only=True), month, vintage)
    output.tell(found, as_json)


def _end_of_day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time.max, JAKARTA)
    except ValueError:
        raise SettingsError(f"--as-of {text!r} bukan tanggal.", todo="tulis seperti 2023-07-31.") from None
