"""What a view of the page takes at the server, with 500 offices and five years of issues in the database.

    python -m benchmarks.page

``lkjip page`` is started as the service starts it and asked over loopback. What counts is the processor
time of its process, which other work on the machine hardly changes; the time by the clock stands
beside it. Each view is asked of a page that has just been started, of offices that nobody opened
before, and of the same ones again. Memory is printed while more and more offices are opened.

The page itself goes on reading offices beside its visitors. That thread's time is not counted, and the
offices asked for the first time are those that it has not come to.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, literal
from sqlmodel import Session, select

from core import dates
from core.loopback import stay_on_this_machine
from core.settings import PROJECT, load_settings
from jobs.bps.poll import poll_bps
from jobs.prices.sources import SISKAPERBAPO
from jobs.report.refresh import refresh
from jobs.users.accounts import add_account, hash_token, new_token
from jobs.users.audit import Actor
from jobs.users.roles import Role
from jobs.workspace import Workspace
from jobs.years.opening import open_year
from models.prices.tables import PriceDay
from models.report.tables import RealisasiRecord, ReportIssue
from models.session import open_session
from models.tables import Fetch
from models.users.people import find_user, open_user_session
from office.loading import EXAMPLES
from standins.bps import BpsStandin

OFFICE, YEAR = "sumenep-dkupp", 2023
OFFICES, YEARS = 500, range(YEAR, YEAR + 5)
JANUARY, RELEASE, APRIL = date(2024, 1, 31), date(2024, 4, 4), date(2024, 4, 7)
ASKED = 10
COLD, WARM = 100, 60
"""Milliseconds of the processor that a view may take after the start, and again."""
OPENED = (10, 50, 100, 200)
"""After so many opened offices the memory is printed."""
VIEWS = {
    "start page": "",
    "an indicator's origin": f"/{YEAR}/indikator/pertumbuhan-industri",
    "form for a figure": f"/{YEAR}/angka/koperasi-aktif",
    "inbox": "/kiriman",
    "workbooks": "/buku-kerja",
    "years": "/tahun",
    "a year's list": f"/{YEAR + 1}/periksa",
    "form for targets": f"/{YEAR}/ubah/target",
    "form for recipients": f"/{YEAR}/ubah/penerima",
    "list of issues": "/terbitan",
    "an issue": f"/{YEAR}/terbitan/2",
    "two issues compared": f"/{YEAR}/beda?dari=1&ke=2",
}
OF_ALL = {"list of offices": "/", "people": "/pengguna", "audit log": "/kegiatan"}


@dataclass(frozen=True)
class Taken:
    """Milliseconds that a view took: of the server's processor, and by the clock of who asked."""

    processor: float
    clock: float


class Page:
    """A page that runs, asked by somebody who manages it."""

    def __init__(self, process: int, port: int, token: str) -> None:
        self.process, self._port, self._token = process, port, token
        self._ran: dict[str, int] = {}
        self._beside: frozenset[str] = frozenset()
        self.started = self.seconds()
        self.ready = self.settle(0.02)
        self._beside = frozenset(self._threads()) - {str(process)}

    def seconds(self) -> float:
        """Processor time of the threads that serve visitors, so far; until it is ready, of all."""
        for name in self._threads():
            with suppress(OSError):  # a thread that ended meanwhile counts as when it was last seen
                self._ran[name] = int(
                    Path(f"/proc/{self.process}/task/{name}/schedstat").read_text().split()[0]
                )
        return sum(ran for name, ran in self._ran.items() if name not in self._beside) / 1e9

    def _threads(self) -> list[str]:
        return os.listdir(f"/proc/{self.process}/task")

    def mebibytes(self) -> float:
        """Memory that the process holds."""
        lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def settle(self, quiet: float = 0.005) -> float:
        """Wait until it works no more; gives its processor time then."""
        before = self.seconds()
        while True:
            time.sleep(quiet)
            now = self.seconds()
            if now - before < quiet / 10:
                return now
            before = now

    def open(self, address: str) -> Taken:
        """Ask for a view."""
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        before, start = self.settle(), time.perf_counter()
        asked.request("GET", address, headers={"Cookie": f"lkjip-sesi={self._token}"})
        answer = asked.getresponse()
        answer.read()
        clock = time.perf_counter() - start
        asked.close()
        assert answer.status == 200, (address, answer.status)
        return Taken((self.settle() - before) * 1000, clock * 1000)


def fill(home: Path) -> str:
    """Make an office with two real issues and five years, and 500 like it; gives the session of a manager."""
    shutil.copytree(EXAMPLES / OFFICE, home / "kantor" / OFFICE)
    renstra = home / "kantor" / OFFICE / str(YEAR) / "renstra.yaml"  # which ends a year before the fifth
    renstra.write_text(renstra.read_text(encoding="utf-8").replace("last_year: 2026", "last_year: 2027"))
    with BpsStandin(today=JANUARY, release_date=RELEASE) as bps:

        def on(day: date) -> Workspace:
            bps.set_today(day)
            asked = {"bps_url": bps.url, "bps_key": bps.key, "bps_requests_per_second": 1000}
            return Workspace(load_settings(home=home, agency=OFFICE, year=YEAR, today=day, **asked))

        refresh(on(JANUARY))
        poll_bps(on(APRIL))
        refresh(on(APRIL))
        model = on(APRIL)
    for year in YEARS[1:]:
        opened = open_year(model, year)
        assert not opened.contradiction, opened.contradiction
    for number in range(OFFICES):
        office = home / "kantor" / name_of(number)
        shutil.copytree(home / "kantor" / OFFICE, office)
        text = (office / "office.yaml").read_text(encoding="utf-8")
        (office / "office.yaml").write_text(text.replace(f"id: {OFFICE}", f"id: {office.name}"))
        with open_session(model.engine) as session:
            for year in YEARS:
                copy(session, ReportIssue.__table__, office.name, year)  # type: ignore[attr-defined]
                copy(session, RealisasiRecord.__table__, office.name, year)  # type: ignore[attr-defined]
    add_price_days(model)
    return begin_session(model)


def name_of(number: int) -> str:
    """The id of an office."""
    return f"dinas-{number:03}"


def copy(session: Session, table: Table, office: str, year: int) -> None:
    """Give an office and a year the rows of the one that is copied."""
    others = [column for column in table.columns if column.name not in ("id", "agency", "year")]
    model = select(literal(office), literal(year), *others)
    of_model = model.where(table.columns["agency"] == OFFICE, table.columns["year"] == YEAR)
    into = ["agency", "year", *(column.name for column in others)]
    session.execute(insert(table).from_select(into, of_model))


def add_price_days(workspace: Workspace) -> None:
    """Note for the region of all offices that each day of the years was read, on three markets."""
    with open_session(workspace.engine) as session:
        fetch = session.exec(select(Fetch)).first()
        assert fetch is not None
        of: dict[str, Any] = {"source": SISKAPERBAPO, "region": "sumenepkab", "fetch_id": fetch.id}
        of |= {"read_at": fetch.fetched_at, "rows": 60, "observed": 55}
        days = (date(YEARS[0], 1, 1) + timedelta(number) for number in range(365 * len(YEARS)))
        session.add_all(
            PriceDay(market=market, day=day, **of) for day in days for market in ("satu", "dua", "tiga")
        )


def begin_session(workspace: Workspace) -> str:
    """Sign somebody in who manages all offices, without the work of a password."""
    token, now = new_token(), dates.now()
    add_account(workspace.engine, "pengelola", Role.MANAGE, "", Actor("uji"), now)
    with open_session(workspace.engine) as session:
        user = find_user(session, "pengelola")
        assert user is not None
        open_user_session(session, user, hash_token(token), now)
    return token


@contextmanager
def served(home: Path, token: str) -> Iterator[Page]:
    """The page of a working folder, in a process of its own."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LKJIP_")},
        "PYTHONPATH": str(PROJECT),
        "LKJIP_ENV_FILE": "",
        "LKJIP_HOME": str(home),
        "LKJIP_TODAY": APRIL.isoformat(),
        "LKJIP_PAGE_PORT": str(port),
    }
    command = [sys.executable, "-c", "from commands import main; main.run()", "page"]
    process = subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield Page(process.pid, port, token)
    finally:
        process.kill()
        process.wait()


def cells(taken: Sequence[Taken]) -> str:
    """Median and worst by the processor, and by the clock."""
    ways: tuple[Callable[[Taken], float], ...] = (lambda t: t.processor, lambda t: t.clock)
    return " |".join(f"{statistics.median(map(way, taken)):7.0f}{max(map(way, taken)):6.0f}" for way in ways)


def measure(home: Path, token: str) -> None:
    """Print what each view takes, and the memory."""
    first: dict[str, Taken] = {}
    for order, (words, below) in enumerate({**VIEWS, **OF_ALL}.items()):
        with served(home, token) as page:
            if not first:
                print(f"until it serves: {page.started:.2f} s of the processor; ready for the first visitor:")
                print(f"{page.ready:.2f} s of the processor, {page.mebibytes():.0f} MiB")
            office = f"/kantor/{name_of(OFFICES - 1 - order)}" if words in VIEWS else ""
            first[words] = page.open(office + below)
    print("milliseconds, median and worst: of the processor | by the clock")
    print(f"{'':22}{'after the start':<32}{'first time of an office':<32}again")
    with served(home, token) as page:
        for order, (words, below) in enumerate({**VIEWS, **OF_ALL}.items()):
            offices = [f"/kantor/{name_of(OFFICES - 1 - order * ASKED - n)}" for n in range(ASKED)]
            places = [office + below for office in offices] if words in VIEWS else [below] * ASKED
            rounds = [[page.open(place) for place in places] for _ in range(2)]
            print(f"{words:22}{' ;'.join(cells(taken) for taken in ([first[words]], *rounds))}")
        print(f"after all of these: {page.mebibytes():.0f} MiB")
    with served(home, token) as page:
        print(f"opened offices and memory: 0: {page.mebibytes():.0f} MiB", end="")
        for before, until in zip((0, *OPENED), OPENED, strict=False):
            for number in range(before, until):
                page.open(f"/kantor/{name_of(OFFICES - 1 - number)}")
            print(f", {until}: {page.mebibytes():.0f}", end="", flush=True)
        print()


def main() -> None:
    """Print the tables."""
    warnings.simplefilter("ignore")
    stay_on_this_machine()
    load = os.getloadavg()[0]
    print(f"{OFFICES} offices, {len(YEARS)} open years each; limits {COLD} ms after the start, {WARM} again")
    print(f"load of the machine at the start: {load:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "kerja"
        measure(home, fill(home))


if __name__ == "__main__":
    main()
