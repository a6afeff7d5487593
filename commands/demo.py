"""``lkjip demo``: the real report as it stood in January 2024, then BPS releases, then all follows.

Issues 1 and 2 go out by themselves; then the office wants to approve first, and BPS revises.

Everything is the product's own: the flows run on a Prefect server, read BPS and Siskaperbapo over HTTP,
take in the office's price sheet and budget exports from their folders, and send through SMTP. The service
of the technician's guide runs throughout. Until January its schedules rest and the flows are called one
after the other; then the schedules begin, and find the release. Only the servers at the other ends are
stand-ins on this machine, and the files are made by them.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import output
from commands.demo_results import collect, tell
from core.dates import JAKARTA, format_date
from core.errors import LkjipError
from core.loopback import stay_on_this_machine
from core.settings import load_settings
from office.loading import EXAMPLES

if TYPE_CHECKING:
    from standins.office_machine import OfficeMachine

JANUARY = date(2024, 1, 31)
RELEASE_DAY = date(2024, 4, 4)
REVISION_DAY = date(2024, 5, 6)
AGENCY = "sumenep-dkupp"
YEAR = 2023
SLIPS = ("thousandfold@tabel*2", "unknown_commodity@tabel*3", "garbage_price@tabel*1")
"""What is wrong in the first tables of prices, and on how many days: the report shows what becomes of it."""
BROKEN_EXPORT = "program-hilang.xlsx"
"""A file dropped among the twelve months that the report must not use."""
APPROVER, NOTE = "Kepala Dinas", "Untuk peragaan saja: memuat angka ilustrasi."
DRAFT = "3-1"
ISSUES = (1, 2, 3)
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

    progress = Progress(13, silent=as_json)
    # Ended from outside, it still has to end the Prefect server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    _clear(folder)
    home = (folder / "kerja").absolute()  # the service runs in the folder of the program
    progress.step(
        "Menyalakan server pengganti BPS, Siskaperbapo dan SP2KP, dan server surel, di komputer ini"
    )
    with (
        BpsStandin(today=JANUARY, scenario="growth_revision") as bps,
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
        shutil.copytree(EXAMPLES / AGENCY, home / "kantor" / AGENCY)  # an example is not changed by anybody
        progress.step(f"Panduan: {start_command()} (server Prefect, sampai setengah menit)")
        with progress.waiting("sampai semuanya menyala"):
            machine.start()
            _drop_files(home / "masuk")
            import flows.prices  # noqa: F401, PLC0415 - takes seconds, in which the server comes up

            machine.wait_until_ready()
        _january(progress)
        _set_day(machine, RELEASE_DAY)
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
        _switch_approval_on(progress)
        progress.step(
            f"{format_date(REVISION_DAY)}: BPS merevisi (ilustrasi). Jadwal menyusun rancangan; penerima "
            "laporan belum mendapat apa-apa"
        )
        _set_day(machine, REVISION_DAY)
        bps.set_today(REVISION_DAY)
        _wait(machine, "menunggu persetujuan", progress)
        _approve(progress)
    progress.step("Menaruh hasil")
    summary = {**collect(folder, DRAFT, ISSUES), "found_by_schedule": found}
    if as_json:
        output.show(summary, as_json)
    else:
        tell(summary)
        progress.say(progress.told())


def _set_day(machine: OfficeMachine, day: date) -> None:
    """Let it be another day, for the service and for this process."""
    machine.set(LKJIP_TODAY=str(day))
    os.environ["LKJIP_TODAY"] = str(day)


def _switch_approval_on(progress: Progress) -> None:
    """Let issues of the year wait for the head, as the form of the page does."""
    from jobs.workspace import Workspace  # noqa: PLC0415
    from jobs.years.editing import save_edited, set_approval  # noqa: PLC0415

    progress.step("Kantor ingin menyetujui dulu (di halaman: Tahun, Mengubah persetujuan)")
    workspace = Workspace(load_settings())
    edited = set_approval(workspace, [APPROVER])
    save_edited(workspace, edited)
    for change in edited.changes:
        progress.say(f"            {change.what}: {change.after}")


def _approve(progress: Progress) -> None:
    """Look at the draft and approve it as the page and ``lkjip approve`` do, then send its issue."""
    from flows.mail import kirim_laporan  # noqa: PLC0415
    from jobs.report.approval.deciding import approve  # noqa: PLC0415
    from jobs.report.approval.drafts import list_drafts  # noqa: PLC0415
    from jobs.users.audit import Actor  # noqa: PLC0415
    from jobs.workspace import Workspace  # noqa: PLC0415

    progress.step(
        f"{APPROVER} membaca rancangannya dan menyetujuinya, di halaman atau: lkjip approve {DRAFT}"
    )
    workspace = Workspace(load_settings())
    for line in list_drafts(workspace, only_waiting=True).as_text().splitlines():
        progress.say(f"            {line}")
    progress.say(f"            {approve(workspace, DRAFT, Actor(APPROVER), NOTE).as_text()}")
    _run(kirim_laporan, progress)


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
    for name in (
        "kerja",
        "mail",
        *(f"issue-{number}" for number in ISSUES),
        f"draft-{DRAFT}",
        "changes.json",
    ):
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
