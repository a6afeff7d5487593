"""``lkjip prices``: reading market prices, how they stand, and where each comes from."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Now, Year, open_workspace
from core.errors import SettingsError

if TYPE_CHECKING:
    from jobs.prices.status import PriceStatus

prices = group("Harga pasar: membaca, keadaan, asal setiap harga.")


@prices.command("pull", cls=Command, short_help="Baca harga harian Siskaperbapo.")
def pull(
    first: Annotated[str, typer.Option("--first", help="Hari pertama, misalnya 2023-01-01.")] = "",
    last: Annotated[str, typer.Option("--last", help="Hari terakhir, misalnya 2023-12-31.")] = "",
    now: Now = False,
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Baca hari yang belum dibaca dan hari-hari terakhir, yang terbaru dahulu; laporan belum disusun ulang.

    Bila dihentikan, hari yang sudah dibaca tetap tersimpan dan pembacaan berikut melanjutkannya.
    """
    from jobs.prices.intake import take_in_prices  # noqa: PLC0415

    period = _day(first, "--first"), _day(last, "--last")
    intake = take_in_prices(
        open_workspace(agency, year), first=period[0], last=period[1], now=now, progress=_show_progress
    )
    output.tell(intake, as_json)
    if intake.failed:
        raise typer.Exit(1)


@prices.command("status", cls=Command, short_help="Nilai berjalan, sumber, yang belum dikenal.")
def status(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Fluktuasi berjalan dengan jumlah harga, pasar dan komoditas; umur bacaan; yang tidak terbaca."""
    output.tell(_read_status(agency, year), as_json)


@prices.command("show", cls=Command, short_help="Asal harga sebuah komoditas.")
def show(
    commodity: Annotated[
        str, typer.Argument(metavar="KOMODITAS", help="Id atau nama komoditas, misalnya beras-medium.")
    ],
    day: Annotated[str, typer.Option("--day", help="Hari, misalnya 2023-07-28; bawaan hari terakhir.")] = "",
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Setiap bacaan harga sebuah komoditas, dengan waktu, sumber dan snapshot-nya."""
    from jobs.prices.show import show_commodity  # noqa: PLC0415

    found = show_commodity(open_workspace(agency, year, read_only=True), commodity, _day(day, "--day"))
    output.tell(found, as_json)


@prices.command("unknown", cls=Command, short_help="Nama dan satuan yang belum dikenal.")
def unknown(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Nama dan satuan yang belum ada di daftar komoditas; harganya disimpan, tetapi belum dihitung."""
    from dataclasses import asdict  # noqa: PLC0415

    from jobs.prices.status import unknown_lines  # noqa: PLC0415

    found = _read_status(agency, year).unknown
    if as_json:
        output.show([asdict(entry) for entry in found], as_json)
    else:
        output.show("\n".join(unknown_lines(found)) or "Semua nama dan satuan dikenal.", as_json)


def _read_status(agency: str | None, year: int | None) -> PriceStatus:
    from jobs.prices.status import read_price_status  # noqa: PLC0415

    return read_price_status(open_workspace(agency, year, read_only=True))


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise SettingsError(
            f"Pilihan {option} bukan tanggal: {text!r}.", todo="tulis seperti 2023-07-28."
        ) from None


def _show_progress(done: int, of: int, label: str) -> None:
    """One line that is written over, where a person watches."""
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        print(f"\r\x1b[K{done} dari {of} hari pasar: {label}", end=end, file=sys.stderr, flush=True)
