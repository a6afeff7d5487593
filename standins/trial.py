"""Everything around ``lkjip serve`` for who wants to try it: BPS and the mail server played, one office.

python -m standins.trial
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import threading
from datetime import date
from pathlib import Path

from core.loopback import LOOPBACK_VARIABLE
from core.settings import PROJECT
from core.settings_file import FILE_VARIABLE
from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.office_machine import BIN, schedules_at

OFFICE = "sumenep-dkupp"
JANUARY, DAY_BEFORE, RELEASE_DAY = date(2024, 1, 31), date(2024, 4, 3), date(2024, 4, 4)
PACE = {"berkala": 15, "kotak-keluar": 30}
"""Seconds between the looks at BPS and between the rounds of the outbox."""


def prepare(folder: Path, bps: BpsStandin, mail: MailStandin) -> str:
    """Make the settings, the office and its issue of January below ``folder``, and somebody who may sign in.

    Returns:
        What the program said of the new account, with the link to its first password.
    """
    home = folder / "kerja"
    shutil.copytree(PROJECT / "agencies" / OFFICE, home / "kantor" / OFFICE)
    (folder / "jadwal.yaml").write_text(schedules_at(PACE), encoding="utf-8")
    settings = {
        "LKJIP_HOME": home,
        "LKJIP_DEPLOYMENTS": folder / "jadwal.yaml",
        "LKJIP_BPS_URL": bps.url,
        "LKJIP_BPS_KEY": bps.key,
        "LKJIP_BPS_REQUESTS_PER_SECOND": 1000,
        "LKJIP_SISKAPERBAPO_URL": "",
        "LKJIP_SP2KP_URL": "",
        "LKJIP_SMTP_URL": mail.url,
        "LKJIP_MAIL_TO": "kepala@dkupp.example",
        "LKJIP_TECHNICIAN": "teknisi@dkupp.example",
        "LKJIP_TODAY": RELEASE_DAY,
    }
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (folder / "lkjip.env").write_text("".join(lines), encoding="utf-8")
    _run(folder, "refresh", LKJIP_TODAY=str(JANUARY))
    return _run(folder, "user", "add", "perencana", "--role", "kelola")


def _run(folder: Path, *words: str, **more: str) -> str:
    """Run a command of the program with the settings of the trial; what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LKJIP_", "PREFECT_"))}
    environment = {**kept, FILE_VARIABLE: str(folder / "lkjip.env"), LOOPBACK_VARIABLE: "1", **more}
    done = subprocess.run(
        [BIN / "lkjip", *words], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def main() -> None:
    """Play BPS and the mail server until interrupted; BPS releases when Enter is pressed."""
    parser = argparse.ArgumentParser(prog="python -m standins.trial", description="Mencoba lkjip serve.")
    parser.add_argument("--folder", type=Path, default=Path("out/coba"), help="map percobaan, dibuat baru")
    parser.add_argument("--after", type=float, help="BPS merilis sesudah sekian detik, bukan dengan Enter")
    chosen = parser.parse_args()
    folder = chosen.folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with BpsStandin(DAY_BEFORE, release_date=RELEASE_DAY) as bps, MailStandin(folder / "surel") as mail:
        print("Menyiapkan kantor, data peragaan dan laporan Januari …", flush=True)
        print(prepare(folder, bps, mail))
        env_file = os.path.relpath(folder / "lkjip.env")
        print(f"\nDi jendela lain: {FILE_VARIABLE}={env_file} .venv/bin/lkjip serve", flush=True)
        print("Sesudah semuanya berjalan, buka tautan di atas dan buat sandinya.")
        try:
            _wait(chosen.after)
            bps.set_today(RELEASE_DAY)
            print(
                "BPS peragaan merilis PDRB 2023. Dalam setengah menit halaman menampilkan terbitan 2; "
                f"surelnya ada di {os.path.relpath(folder / 'surel')}. Ctrl+C menghentikan.",
                flush=True,
            )
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Selesai.")


def _wait(seconds: float | None) -> None:
    if seconds is None:
        input("Lalu tekan Enter di sini: BPS peragaan merilis PDRB 2023. ")
    else:
        threading.Event().wait(seconds)


if __name__ == "__main__":
    main()
