"""From BPS's release to the mail that the mail server took, by the schedule alone, and its parts.

    python -m benchmarks.by_the_clock

All is started as the technician's guide says, the schedule shortened; nobody starts a run. Twice: the office
keeps to one request a second and looks every ten seconds; then with the polite rate lifted, every five. The
peer is the least that such an office can take: the mean wait for the schedule and the seconds that its rate
asks for the requests that the look made.
"""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.office_machine import OfficeMachine

RELEASE_DAY = datetime(2024, 4, 4, tzinfo=UTC).date()
PATIENCE = 180


@dataclass(frozen=True)
class Office:
    """How an office looks at BPS.

    Attributes:
        every: Seconds between the looks that are planned.
        rate: Requests a second.
        limit: Seconds from the release to the mail.
    """

    every: int
    rate: int
    limit: int


OFFICES = (Office(every=10, rate=1, limit=60), Office(every=5, rate=1000, limit=12))


def mails(folder: Path) -> list[Path]:
    """The mails that brought a report, by arrival."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        subject = str(message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"])
        if "(terbitan " in subject:
            found.append(path)
    return found


def moment_of(log: str, said: str) -> float:
    """Seconds of the day (UTC, as the worker's log writes it) of the first line that holds ``said``."""
    line = next(line for line in log.splitlines() if said in line)
    match = re.match(r"(\d\d):(\d\d):(\d\d\.\d+)", line)
    if match is None:
        raise LookupError(line)
    hours, minutes, seconds = match.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def play(office: Office) -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as place,
        BpsStandin(today=RELEASE_DAY - timedelta(days=1), release_date=RELEASE_DAY) as bps,
        MailStandin(Path(place) / "surel") as mail,
    ):
        settings = {
            "LKJIP_HOME": f"{place}/kerja",
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": str(office.rate),
            "LKJIP_SMTP_URL": mail.url,
            "LKJIP_MAIL_TO": "kepala@dkupp.example",
            "LKJIP_TODAY": str(RELEASE_DAY),
        }
        with OfficeMachine(Path(place) / "layanan", settings, {"berkala": office.every}) as machine:
            machine.run("lkjip", "refresh")
            machine.follow_guide()
            machine.wait_for_run("berkala", "Tahun terakhir yang tersedia: 2022", patience=PATIENCE)
            asked = len(bps.requests)
            released = time.time()
            bps.set_today(RELEASE_DAY)
            found = machine.wait_for_run("berkala", "terbitan 2", patience=PATIENCE)
            accepted = mails(mail.folder)[-1].stat().st_mtime
            requests = len(bps.requests) - asked
        planned = found.expected_at.timestamp() if found.expected_at else released
        began = found.started_at.timestamp() if found.started_at else released
        log = machine.log("pekerja").read_text(encoding="utf-8")
        midnight = datetime.fromtimestamp(released, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        read = midnight.timestamp() + moment_of(log, "BPS merilis PDRB 2023")
        made = midnight.timestamp() + moment_of(log, "terbitan 2, 4 April 2024 tersimpan di")
        total = accepted - released
        least = office.every / 2 + requests / office.rate
    print(
        f"jadwal tiap {office.every} s, {office.rate} permintaan per detik: dari rilis sampai surel diterima "
        f"{total:.1f} s (batas {office.limit} s)"
    )
    print(f"  sampai jalan dimulai: {began - released:.1f} s, {began - planned:.1f} s sesudah direncanakan")
    print(f"  memeriksa BPS: {read - began:.1f} s untuk {requests} permintaan")
    print(f"  menghitung dan menyusun laporan: {made - read:.1f} s")
    print(f"  menyerahkan surel: {accepted - made:.1f} s")
    print(f"  terhadap yang paling sedikit ({least:.1f} s): {total / least:.2f} kali")


def main() -> None:
    """Measure each of the offices."""
    for office in OFFICES:
        play(office)


if __name__ == "__main__":
    main()
