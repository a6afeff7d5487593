"""``lkjip``: the command of the office's technician; every answer in Indonesian or as JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer._click import exceptions

from commands import bps, mail, output, report
from commands.approve import approve
from commands.backup import backup, restore, verify
from commands.book import book
from commands.budget import budget
from commands.doctor import doctor
from commands.enter import enter
from commands.export import export
from commands.indonesian import Command, Group, explain_usage
from commands.ingest import ingest
from commands.init import init
from commands.issue import issue
from commands.office import office
from commands.offices import offices
from commands.page import page
from commands.prices import prices
from commands.schedule import deploy, serve, watch, worker
from commands.user import user
from commands.word import word
from commands.workspace import AsJson, renew_offices
from commands.years import years
from core.errors import LkjipError, explain_os_error
from core.memory import collect_rarely
from core.printable import printable

app = typer.Typer(
    cls=Group,
    name="lkjip",
    help="Menjaga LKjIP tetap mutakhir: memantau BPS, menghitung capaian, menyusun dan mengirim laporan.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


_WITHOUT_OFFICES = ("demo", "doctor", "restore", "serve")
"""Commands that work whatever the store says, or start others that ask it."""
_STAYING = ("page", "serve", "worker")
"""Commands that end when they are told to."""


def _show_version(asked: bool) -> None:
    if asked:
        from core.version import program_version  # noqa: PLC0415

        print(f"lkjip {program_version()}")
        raise typer.Exit


@app.callback()
def lkjip(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Tampilkan versi program.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """What comes before every command: its offices' data are the newest, its memory is rarely searched."""
    if context.invoked_subcommand not in _STAYING:
        collect_rarely()
    if context.invoked_subcommand not in _WITHOUT_OFFICES:
        renew_offices()


@app.command(cls=Command, short_help="Peragaan lengkap, hasilnya di out/demo.")
def demo(as_json: AsJson = False) -> None:
    """Peragaan lengkap: laporan Januari 2024, rilis BPS, laporan baru, surel; hasil di out/demo."""
    from commands.demo import run_demo  # noqa: PLC0415

    run_demo(Path("out/demo"), as_json=as_json)


app.command(cls=Command, short_help="Keadaan indikator, jadwal dan kotak keluar.")(report.status)
app.command(cls=Command, short_help="Periksa rilis di BPS.")(bps.poll)
app.command(cls=Command, short_help="Masukkan angka lembaga lain beserta buktinya.")(enter)
app.command(cls=Command, short_help="Hitung ulang; terbitan baru bila berubah.")(report.refresh)
app.command(cls=Command, short_help="Rancangan yang menunggu: setujui atau tolak.")(approve)
app.command(cls=Command, short_help="Susun berkas laporan tanpa menerbitkan.")(report.render)
app.command(cls=Command, short_help="Beda dua terbitan, sel demi sel dan kata demi kata.")(report.diff)
app.command(cls=Command, short_help="Kirim surel yang menunggu.")(mail.send)
app.add_typer(mail.outbox, name="outbox", short_help="Surel yang tertahan: lihat, coba lagi, batalkan.")
app.command(cls=Command, short_help="Asal sebuah angka.")(report.trace)
app.command(cls=Command, short_help="Perbedaan dengan laporan tercetak.")(report.audit)
app.add_typer(bps.sources, name="sources", short_help="Apa yang ada pada sumber data.")
app.command("serve", cls=Command, short_help="Jalankan semuanya: server, jadwal, pekerja, penjaga.")(serve)
app.command("deploy", cls=Command, short_help="Terapkan jadwal dan pastikan ia berjalan.")(deploy)
app.command("worker", cls=Command, short_help="Jalankan pekerja yang melaksanakan jadwal.")(worker)
app.command("watch", cls=Command, short_help="Periksa dari luar, beri tahu teknisi.")(watch)
app.command("doctor", cls=Command, short_help="Periksa semua yang diperlukan program.")(doctor)
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
app.add_typer(offices, name="offices", short_help="Semua kantor: daftar, penyegaran bersama.")
app.command(cls=Command, short_help="Cadangkan semuanya ke satu berkas.")(backup)
app.command(cls=Command, short_help="Pulihkan cadangan ke map kerja yang kosong.")(restore)
app.command(cls=Command, short_help="Periksa dan pulihkan yang tersimpan.")(verify)
app.command(cls=Command, short_help="Bab-bab laporan dan yang dapat ditampilkannya.")(book)
app.add_typer(issue, name="issue", short_help="Terbitan: daftar, dan salinan bertanda tangan yang kembali.")
app.add_typer(word, name="word", short_help="Berkas Word kantor: isi angkanya.")
app.add_typer(years, name="year", short_help="Tahun-tahun kantor: buka, konfirmasi, keadaan.")
app.command(cls=Command, short_help="Angka BPS yang tersimpan.")(bps.series)


_USUAL_MASKS = (0o022, 0o002)


def _close_to_others() -> None:
    """Let what is written be for its user alone, unless whoever started the program chose a mask."""
    chosen = os.umask(0o077)
    if chosen not in _USUAL_MASKS:
        os.umask(chosen)


def run() -> None:
    """Entry point: errors become a sentence on standard error and exit code 1 or 2."""
    _close_to_others()
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
    except OSError as error:
        if os.environ.get("LKJIP_TRACEBACK"):
            raise
        named = f" {error.filename}" if isinstance(error.filename, str) else ""
        _fail(
            f"Berkas{named} tidak dapat dibaca atau ditulis ({explain_os_error(error)}).",
            "periksa ruang kosong cakram (juga map sementara, TMPDIR), LKJIP_HOME dan hak atas keduanya.",
        )
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
    print(printable(f"Galat: {LkjipError(message, todo=todo)}"), file=sys.stderr)
    sys.exit(code)
