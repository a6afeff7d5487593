"""``lkjip``: the command of the office's technician; every answer in Indonesian or as JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import typer
from typer._click import exceptions

from commands import bps, mail, output, report
from commands.book import book
from commands.budget import budget
from commands.enter import enter
from commands.export import export
from commands.indonesian import Command, Group, explain_usage
from commands.ingest import ingest
from commands.init import init
from commands.office import office
from commands.page import page
from commands.prices import prices
from commands.schedule import deploy, watch, worker
from commands.user import user
from commands.workspace import AsJson
from commands.years import years
from core.errors import LkjipError

app = typer.Typer(
    cls=Group,
    name="lkjip",
    help="Menjaga LKjIP tetap mutakhir: memantau BPS, menghitung capaian, menyusun dan mengirim laporan.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.command(cls=Command, short_help="Peragaan lengkap, hasilnya di out/demo.")
def demo(as_json: AsJson = False) -> None:
    """Peragaan lengkap: laporan Januari 2024, rilis BPS, laporan baru, surel; hasil di out/demo."""
    from commands.demo import run_demo  # noqa: PLC0415

    run_demo(Path("out/demo"), as_json=as_json)


app.command(cls=Command, short_help="Keadaan indikator, jadwal dan kotak keluar.")(report.status)
app.command(cls=Command, short_help="Periksa rilis di BPS.")(bps.poll)
app.command(cls=Command, short_help="Masukkan angka lembaga lain beserta buktinya.")(enter)
app.command(cls=Command, short_help="Hitung ulang; terbitan baru bila berubah.")(report.refresh)
app.command(cls=Command, short_help="Susun berkas laporan tanpa menerbitkan.")(report.render)
app.command(cls=Command, short_help="Kirim surel yang menunggu.")(mail.send)
app.command(cls=Command, short_help="Asal sebuah angka.")(report.trace)
app.command(cls=Command, short_help="Perbedaan dengan laporan tercetak.")(report.audit)
app.add_typer(bps.sources, name="sources", short_help="Apa yang ada pada sumber data.")
app.command("deploy", cls=Command, short_help="Terapkan jadwal dan pastikan ia berjalan.")(deploy)
app.command("worker", cls=Command, short_help="Jalankan pekerja yang melaksanakan jadwal.")(worker)
app.command("watch", cls=Command, short_help="Periksa dari luar, beri tahu teknisi.")(watch)
app.command("page", cls=Command, short_help="Sajikan halaman LKjIP.")(page)
app.add_typer(user, name="user", short_help="Pengguna halaman: tambah, daftar, tautan sandi, hapus.")
app.command("export", cls=Command, short_help="Isi basis data sebagai CSV dan XLSX.")(export)
app.add_typer(ingest, name="ingest", short_help="Baca berkas yang diunduh atau diisi orang.")
app.add_typer(
    budget, name="budget", short_help="Anggaran: berkas yang ada, keadaan suatu bulan, apa yang berubah."
)
app.add_typer(prices, name="prices", short_help="Harga pasar: membaca, keadaan, asal setiap harga.")
app.command("init", cls=Command, short_help="Mulai kantor baru dengan buku kerja isian.")(init)
app.add_typer(office, name="office", short_help="Data kantor: buku kerja isian, susunan mapnya.")
app.command(cls=Command, short_help="Bab-bab laporan dan yang dapat ditampilkannya.")(book)
app.add_typer(years, name="year", short_help="Tahun-tahun kantor: buka, konfirmasi, keadaan.")
app.command(cls=Command, short_help="Angka BPS yang tersimpan.")(bps.series)


def run() -> None:
    """Entry point: errors become a sentence on standard error and exit code 1 or 2."""
    try:
        code = app(standalone_mode=False)
    except LkjipError as error:
        _fail(error.message, error.todo)
    except exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        sys.exit(2)
    except exceptions.UsageError as error:
        _fail(*explain_usage(error), code=2)
    except (typer.Abort, KeyboardInterrupt):
        print("Dihentikan.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LKJIP_TRACEBACK"):
            raise
        _fail(
            f"Kesalahan program yang tidak terduga ({type(error).__name__}).",
            "jalankan lagi dengan LKJIP_TRACEBACK=1 dan kirimkan keluarannya kepada pembuat program.",
        )
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, todo: str, *, code: int = 1) -> NoReturn:
    """Say what went wrong: a sentence for people, and JSON on standard output for who asked for it."""
    if "--json" in sys.argv:
        output.show({"error": message, "todo": todo}, as_json=True)
    print(f"Galat: {LkjipError(message, todo=todo)}", file=sys.stderr)
    sys.exit(code)
