"""``lkjip demo``: the real report as it stood in January 2024, then BPS releases, then all follows.

Everything is the product's own: the flows run on a Prefect server, read BPS and Siskaperbapo over HTTP,
take in the office's price sheet and budget exports from their folders, and send through SMTP. The service
of the technician's guide runs throughout. Until January its schedules rest and the flows are called one
after the other; then the schedules begin, and find the release. Only the servers at the other ends are
stand-ins on this machine, and the files are made by them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capaian.efficiency import absorption
from commands import output
from core.dates import JAKARTA, format_date
from core.errors import LkjipError
from core.loopback import stay_on_this_machine
from core.numbers import format_percent, format_rupiah
from core.settings import load_settings

if TYPE_CHECKING:
    from jobs.prices.status import PriceStatus
    from jobs.workspace import Workspace
    from standins.office_machine import OfficeMachine

JANUARY = date(2024, 1, 31)
RELEASE_DAY = date(2024, 4, 4)
AGENCY = "sumenep-dkupp"
YEAR = 2023
SLIPS = ("thousandfold@tabel*2", "unknown_commodity@tabel*3", "garbage_price@tabel*1")
"""What is wrong in the first tables of prices, and on how many days: the report shows what becomes of it."""
BROKEN_EXPORT = "program-hilang.xlsx"
"""A file dropped among the twelve months that the report must not use."""
RECIPIENTS = "kepala.dinas@dkupp.example, inspektorat@sumenep.example, perencana@dkupp.example"

PACE = {"berkala": 8}
"""Seconds between the runs of a deployment, so that the story does not take a day."""

QUIET_PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


class Progress:
    """Prints a numbered line for each step, with the seconds since the start."""

    def __init__(self, steps: int, *, silent: bool) -> None:
        self.steps, self.silent, self.done, self.began = steps, silent, 0, time.monotonic()
        self.waited: dict[str, float] = {}

    def step(self, text: str) -> None:
        """Say which step begins."""
        self.done += 1
        self.say(f"[{self.done}/{self.steps}] {time.monotonic() - self.began:5.1f} s  {text}")

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Count the seconds of a block as waiting for ``what``."""
        began = time.monotonic()
        yield
        self.waited[what] = self.waited.get(what, 0) + time.monotonic() - began

    def told(self) -> str:
        """How long it took, and how much of that it waited."""
        whole = round(time.monotonic() - self.began)
        parts = [f"{round(seconds)} s {what}" for what, seconds in self.waited.items()]
        return f"Lama peragaan {whole} s, di antaranya {' dan '.join(parts)}."

    def say(self, text: str) -> None:
        """Say something about the running step."""
        if not self.silent:
            print(text, flush=True)


def run_demo(folder: Path, *, as_json: bool = False) -> None:
    """Run the whole story and leave its results in ``folder``.

    Args:
        folder: ``out/demo``; what an earlier demonstration left there is replaced.
        as_json: Print one JSON object at the end instead of the story.

    Raises:
        LkjipError: A step failed; the message says which and why.
    """
    from standins.bps import BpsStandin  # noqa: PLC0415 - the product never imports a stand-in
    from standins.mail import MailStandin  # noqa: PLC0415
    from standins.office_machine import OfficeMachine, start_command  # noqa: PLC0415
    from standins.own_process import own_process  # noqa: PLC0415
    from standins.prices.sp2kp import Sp2kpStandin  # noqa: PLC0415

    progress = Progress(10, silent=as_json)
    # Ended from outside, it still has to end the Prefect server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    _clear(folder)
    home = (folder / "kerja").absolute()  # the service runs in the folder of the program
    progress.step(
        "Menyalakan server pengganti BPS, Siskaperbapo dan SP2KP, dan server surel, di komputer ini"
    )
    with (
        BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as bps,
        own_process("standins.prices.siskaperbapo", *_slips()) as market_prices,
        Sp2kpStandin(today=JANUARY) as ministry,
        MailStandin(folder / "mail") as mail,
        OfficeMachine(home / "layanan", {}, PACE, idle=True) as machine,
    ):
        stay_on_this_machine()
        settings = {
            "LKJIP_HOME": str(home),
            "LKJIP_AGENCY": AGENCY,
            "LKJIP_YEAR": str(YEAR),
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": "50",
            "LKJIP_SISKAPERBAPO_URL": market_prices.told["url"],
            "LKJIP_SP2KP_URL": ministry.url,
            "LKJIP_PRICES_REQUESTS_PER_SECOND": "1000",
            "LKJIP_SMTP_URL": mail.url,
            "LKJIP_MAIL_TO": RECIPIENTS,
            "LKJIP_TODAY": str(JANUARY),
        }
        machine.set(**settings)
        os.environ.update(settings, **QUIET_PREFECT)
        os.environ.update(PREFECT_HOME=str(home / ".prefect"), PREFECT_API_URL=machine.server.api_url)
        progress.step(f"Panduan: {start_command()} (server Prefect, sampai setengah menit)")
        with progress.waiting("sampai semuanya menyala"):
            machine.start()
            _drop_files(home / "masuk")
            import flows.prices  # noqa: F401, PLC0415 - takes seconds, in which the server comes up

            machine.wait_until_ready()
        _january(progress)
        machine.set(LKJIP_TODAY=str(RELEASE_DAY))
        os.environ["LKJIP_TODAY"] = str(RELEASE_DAY)
        progress.step("Jadwal mulai, dipercepat agar peragaan tidak memakan sehari: lkjip deploy")
        machine.deploy()
        bps.set_today(RELEASE_DAY)
        progress.step(
            f"{format_date(RELEASE_DAY)}: BPS merilis. Tidak ada yang dipanggil; jadwal memeriksa, "
            "menghitung, menyusun, mengirim"
        )
        found = _wait(machine, "terbitan 2", progress)
        progress.step("Jadwal memeriksa lagi: tidak boleh ada terbitan atau surel kedua")
        _wait(machine, "tidak berubah", progress)
        progress.say("            lkjip watch: " + machine.watch("--confirm", "0").splitlines()[0])
    progress.step("Menaruh hasil")
    summary = {**_collect(folder, home), "found_by_schedule": found}
    if as_json:
        output.show(summary, as_json)
    else:
        _tell(summary)
        progress.say(progress.told())


def _drop_files(inbox: Path) -> None:
    """What people of the office put into its folders: a sheet of prices, budget exports, and a broken one."""
    from standins.budget.faulty import FAULTY  # noqa: PLC0415
    from standins.budget.months import monthly_files  # noqa: PLC0415
    from standins.prices.sheets import make_office_sheet  # noqa: PLC0415

    sheet = inbox / "harga" / f"harga-pasar-contoh-barat-{YEAR}.xlsx"
    sheet.parent.mkdir(parents=True)
    make_office_sheet(sheet, YEAR)
    exports = inbox / "anggaran"
    exports.mkdir(parents=True)
    for name, content in monthly_files().items():
        (exports / name).write_bytes(content)
    (exports / BROKEN_EXPORT).write_bytes(FAULTY[BROKEN_EXPORT].content())
    # As if put there yesterday: a file that has just changed may still be on its way.
    for file in (sheet, *exports.iterdir()):
        os.utime(file, (time.time() - 86_400,) * 2)


def _slips() -> list[str]:
    return ["--today", JANUARY.isoformat(), *(word for slip in SLIPS for word in ("--fault", slip))]


def _january(progress: Progress) -> None:
    """The report as it is made in January, each flow called by name."""
    from flows.bps import pantau_rilis_bps  # noqa: PLC0415
    from flows.budget import serap_anggaran  # noqa: PLC0415
    from flows.prices import serap_harga  # noqa: PLC0415
    from flows.report import segarkan_laporan  # noqa: PLC0415

    progress.step(f"{format_date(JANUARY)}: menyerap harga pasar {YEAR} dari Siskaperbapo dan lembar kantor")
    progress.say(
        "            (server pengganti menyelipkan sebuah harga seperseribu, nama baru dan sel rusak)"
    )
    _run(serap_harga, progress)
    progress.step(
        f"{format_date(JANUARY)}: menyerap berkas anggaran setiap bulan {YEAR}, dan satu yang rusak"
    )
    _run(serap_anggaran, progress)
    progress.step(f"{format_date(JANUARY)}: menyusun laporan pertama")
    _run(segarkan_laporan, progress, cause="Terbitan pertama.")
    progress.step(f"{format_date(JANUARY)}: memeriksa BPS, belum ada rilis PDRB {YEAR}")
    _run(pantau_rilis_bps, progress)


def _clear(folder: Path) -> None:
    for name in ("kerja", "mail", "issue-1", "issue-2", "changes.json"):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


def _run(flow: Any, progress: Progress, **parameters: Any) -> None:
    state = flow(**parameters, return_state=True)
    progress.say(f"            {state.message}")
    if not state.is_completed():
        raise LkjipError(f"Peragaan berhenti: {state.message}")


def _wait(machine: OfficeMachine, said: str, progress: Progress) -> dict[str, str]:
    """Wait for a run of the schedule that says ``said``: when it was planned, began and ended."""
    with progress.waiting("menunggu jalan yang direncanakan jadwal"):
        run = machine.wait_for_run("berkala", said, patience=120)
    progress.say(f"            {run.message}")
    if not run.by_schedule:
        raise LkjipError(f"Peragaan berhenti: jalan {run.name} tidak dibuat oleh jadwal.")
    moments = {"planned": run.expected_at, "began": run.started_at, "ended": run.ended_at}
    told = {
        name: moment.astimezone(JAKARTA).strftime("%H.%M.%S") for name, moment in moments.items() if moment
    }
    progress.say(
        "            (dibuat oleh jadwal Prefect, dijalankan pekerja: direncanakan {planned}, mulai {began}, "
        "selesai {ended} WIB)".format(**told)
    )
    return {"run": run.name, **told}


def _collect(folder: Path, home: Path) -> dict[str, Any]:
    from jobs.prices.status import read_price_status  # noqa: PLC0415
    from jobs.report.state.status import read_status  # noqa: PLC0415
    from jobs.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace(load_settings())
    for number in (1, 2):
        shutil.copytree(workspace.reports_folder / f"terbitan-{number}", folder / f"issue-{number}")
    shutil.copyfile(folder / "issue-2" / "changes.json", folder / "changes.json")
    changes = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    return {
        "budget": _budget(workspace),
        "reports": [str(folder / f"issue-{number}") for number in (1, 2)],
        "mails": [str(path) for path in sorted((folder / "mail").glob("*.eml"))],
        "changes": changes,
        "indicators": read_status(workspace).as_rows(),
        "prices": _prices(read_price_status(workspace)),
    }


def _budget(workspace: Workspace) -> dict[str, str]:
    """The budget of the year as the files have it, and what the print says in BAB IV."""
    from jobs.budget.show import show_budget  # noqa: PLC0415

    shown, printed = show_budget(workspace), workspace.agency.printed_figures
    return {
        **{name: str(shown.as_dict()[name]) for name in ("budget", "realisasi", "file", "snapshot")},
        "absorbed": format_percent(absorption(shown.head.kept.spent, shown.head.kept.budget) or 0),
        "printed": f"Rp {printed['bab-4.anggaran']}, Rp {printed['bab-4.realisasi']}, "
        f"{printed['bab-4.serapan']}",
    }


def _prices(status: PriceStatus) -> dict[str, str]:
    """The computed figure and the office's own, beside each other and never equated."""
    evidence = status.evidence
    if evidence is None or evidence.fluctuation.value is None or evidence.reported is None:
        raise LkjipError("Peragaan berhenti: fluktuasi harga tidak terhitung.")
    return {
        "computed": format_percent(evidence.fluctuation.value),
        "stable_share": format_percent(evidence.fluctuation.stable_share or 0),
        "reported": str(evidence.reported.value),
        "reported_source": evidence.reported.source,
        "status": status.as_text(),
    }


def _tell(summary: dict[str, Any]) -> None:
    found = summary["found_by_schedule"]
    print(
        f"\nRilis BPS ditemukan oleh jadwal, bukan oleh panggilan: jalan '{found['run']}', direncanakan "
        f"{found['planned']}, mulai {found['began']}, selesai {found['ended']} WIB."
    )
    print("\nYang berubah setelah rilis BPS:")
    for row in summary["changes"]["indicators"]:
        print(
            f"  - {row['name']}: {row['before'] or 'menunggu'} menjadi {row['after']} "
            f"(target {row['target']}, capaian {row['capaian']}, {row['category']})"
        )
    prices = summary["prices"]
    print(
        f"\nFluktuasi harga Bapokti {YEAR}: {prices['computed']} (ilustrasi), dihitung dari harga harian; "
        f"yang dilaporkan kantor {prices['reported']} ({prices['reported_source']}) berasal dari data lain, "
        "sehingga keduanya tidak disamakan."
    )
    print("\n".join(f"  {line}" for line in prices["status"].splitlines()))
    budget = summary["budget"]
    amounts = [format_rupiah(Decimal(budget[name])) for name in ("budget", "realisasi")]
    print(
        f"\nAnggaran {YEAR} menurut {budget['file']}: {amounts[0]}, realisasi {amounts[1]}, serapan "
        f"{budget['absorbed']}. BAB IV laporan tercetak menyebut {budget['printed']}; laporan mencatat "
        "bedanya."
    )
    print("\nLaporan (angka bertanda ilustrasi bukan rilis BPS atau harga pasar):")
    for report in summary["reports"]:
        names = "lkjip.pdf, lkjip.docx, lkjip.html, lkjip-pengukuran.xlsx, lampiran-perbedaan.pdf"
        print(f"  {report}/{names}")
    print(f"Surel: {', '.join(summary['mails'])}")
