"""``lkjip``: the command of the office's technician; every answer in Indonesian or as JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer._click import exceptions

from commands import output
from commands.budget import budget
from commands.export import export
from commands.indonesian import Command, Group, explain_usage
from commands.ingest import ingest
from commands.prices import prices
from commands.schedule import deploy, watch, worker
from commands.workspace import Agency, AsJson, Now, Year, open_workspace
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


@app.command(cls=Command, short_help="Keadaan indikator, jadwal dan kotak keluar.")
def status(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Keadaan setiap indikator, sumber, jadwal dan kotak keluar, serta masalah yang terbuka."""
    from jobs.report.status import read_status  # noqa: PLC0415

    current = read_status(open_workspace(agency, year, read_only=True))
    output.show(current.as_dict() if as_json else current.as_text(), as_json)


@app.command(cls=Command, short_help="Periksa rilis PDRB di BPS.")
def poll(
    agency: Agency = None,
    year: Year = None,
    domains: Annotated[
        str | None,
        typer.Option(
            "--domains", help="Wilayah lain: kode empat angka, dua angka untuk satu provinsi, atau semua."
        ),
    ] = None,
    accept_revision: Annotated[
        bool, typer.Option("--accept-revision", help="Terima perubahan besar yang sudah diperiksa orang.")
    ] = False,
    now: Now = False,
    as_json: AsJson = False,
) -> None:
    """Periksa rilis PDRB di BPS dan simpan angkanya; laporan belum disusun ulang."""
    if domains is not None:
        from jobs.bps.poll_many import choose_domains, poll_domains  # noqa: PLC0415

        space = open_workspace(agency, year)
        many = poll_domains(space, choose_domains(space, domains, now=now))
        output.show(many.as_dict() if as_json else many.as_text(), as_json)
        return
    from jobs.bps.poll import poll_bps  # noqa: PLC0415

    result = poll_bps(open_workspace(agency, year), accept_revision=accept_revision, now=now)
    output.show(result.as_dict() if as_json else result.as_text(), as_json)


@app.command(cls=Command, short_help="Hitung ulang; terbitan baru bila berubah.")
def refresh(
    agency: Agency = None,
    year: Year = None,
    cause: Annotated[str, typer.Option("--cause", help="Sebab terbitan baru, untuk surel.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hitung ulang semua capaian; bila isi berubah, buat terbitan baru dan antrekan surelnya."""
    from jobs.report.refresh import refresh as make_again  # noqa: PLC0415

    refreshed = make_again(open_workspace(agency, year), cause)
    output.show(refreshed.as_dict() if as_json else refreshed.as_text(), as_json)


@app.command(cls=Command, short_help="Susun berkas laporan tanpa menerbitkan.")
def render(
    agency: Agency = None,
    year: Year = None,
    folder: Annotated[Path, typer.Option("--out", help="Map hasil.")] = Path("out/laporan"),
    as_json: AsJson = False,
) -> None:
    """Susun HTML, PDF dan Word dari data kini ke sebuah map, tanpa membuat terbitan."""
    from jobs.report.render import render_to  # noqa: PLC0415

    files = render_to(open_workspace(agency, year, read_only=True), folder)
    output.show([str(file) for file in files] if as_json else "\n".join(map(str, files)), as_json)


@app.command(cls=Command, short_help="Kirim surel yang menunggu.")
def send(
    agency: Agency = None,
    year: Year = None,
    again: Annotated[bool, typer.Option("--again", help="Juga surel yang ditolak untuk seterusnya.")] = False,
    test: Annotated[
        bool, typer.Option("--test", help="Kirim surel uji kepada teknisi, lalu selesai.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Kirim surel yang menunggu di kotak keluar."""
    if test:
        from jobs.health.watch import send_test  # noqa: PLC0415

        taken = send_test(open_workspace(agency, year, read_only=True))
        output.show(
            list(taken) if as_json else f"Surel uji diterima server surel: {', '.join(taken)}", as_json
        )
        return
    from jobs.mail.send import send_outbox  # noqa: PLC0415

    result = send_outbox(open_workspace(agency, year), again=again)
    output.show(result.as_dict() if as_json else result.as_text(), as_json)
    if result.failed:
        raise typer.Exit(1)


@app.command(cls=Command, short_help="Asal sebuah angka.")
def trace(
    indicator: Annotated[
        str,
        typer.Argument(metavar="INDIKATOR", help="Id atau nama indikator, misalnya pertumbuhan-industri."),
    ],
    agency: Agency = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Asal sebuah angka: nilai, rumus dengan angkanya, observasi, rilis, snapshot."""
    from jobs.report.trace import trace_indicator  # noqa: PLC0415

    traced = trace_indicator(open_workspace(agency, year, read_only=True), indicator)
    output.show(traced.as_dict() if as_json else traced.as_text(), as_json)


@app.command(cls=Command, short_help="Perbedaan dengan laporan tercetak.")
def audit(agency: Agency = None, year: Year = None, as_json: AsJson = False) -> None:
    """Setiap angka dan tulisan cetakan yang berbeda dengan laporan ini, beserta alasannya."""
    from jobs.report.audit import as_rows, as_text, read_findings  # noqa: PLC0415

    findings = read_findings(open_workspace(agency, year, read_only=True))
    output.show(as_rows(findings) if as_json else as_text(findings), as_json)


sources = typer.Typer(
    cls=Group, help="Apa yang ada pada sumber data.", rich_markup_mode=None, no_args_is_help=True
)
app.add_typer(sources, name="sources", short_help="Apa yang ada pada sumber data.")
app.command("deploy", cls=Command, short_help="Terapkan jadwal dan pastikan ia berjalan.")(deploy)
app.command("worker", cls=Command, short_help="Jalankan pekerja yang melaksanakan jadwal.")(worker)
app.command("watch", cls=Command, short_help="Periksa dari luar, beri tahu teknisi.")(watch)
app.command("export", cls=Command, short_help="Isi basis data sebagai CSV dan XLSX.")(export)
app.add_typer(ingest, name="ingest", short_help="Baca berkas yang diunduh atau diisi orang.")
app.add_typer(
    budget, name="budget", short_help="Anggaran: berkas yang ada, keadaan suatu bulan, apa yang berubah."
)
app.add_typer(prices, name="prices", short_help="Harga pasar: membaca, keadaan, asal setiap harga.")

Domain = Annotated[str, typer.Option("--domain", help="Wilayah BPS, empat angka; bawaan wilayah instansi.")]


@sources.command("bps", cls=Command, short_help="Tabel PDRB suatu wilayah di BPS.")
def sources_bps(domain: Domain = "", agency: Agency = None, as_json: AsJson = False) -> None:
    """Tabel PDRB yang ditemukan di BPS, kategori dan tahunnya, dan mengapa tabel itu dipilih."""
    from jobs.bps.sources import inspect_bps  # noqa: PLC0415

    found = inspect_bps(open_workspace(agency, read_only=True), domain)
    output.show(found.as_dict() if as_json else found.as_text(), as_json)


@app.command(cls=Command, short_help="Angka BPS yang tersimpan.")
def series(
    sector: Annotated[str, typer.Option("--sector", help="Kategori lapangan usaha, misalnya C, atau TOTAL.")],
    measure: Annotated[str, typer.Option("--measure", help="adhb, adhk, growth atau share.")] = "adhk",
    domain: Domain = "",
    agency: Agency = None,
    as_json: AsJson = False,
) -> None:
    """Angka tersimpan sebuah kategori, dengan status dan setiap vintage-nya."""
    from jobs.bps.series import read_series  # noqa: PLC0415

    found = read_series(open_workspace(agency, read_only=True), domain, sector, measure)
    output.show(found.as_dict() if as_json else found.as_text(), as_json)


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
