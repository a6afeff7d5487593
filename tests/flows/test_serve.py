"""A real ``lkjip serve`` on SQLite: it comes up, says where, starts again what is killed, and leaves nothing.

``make demo`` runs on one, and ``test_by_the_clock`` on PostgreSQL.
"""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.office_machine import OfficeMachine
from tests.flows.given.story import JANUARY, RELEASE_DAY

pytestmark = [pytest.mark.prefect, pytest.mark.sweep, pytest.mark.xdist_group("serve")]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[OfficeMachine]:
    with BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as bps:
        settings = {
            "LKJIP_HOME": str(tmp_path / "kerja"),
            "LKJIP_AGENCY": str(EXAMPLES / "sumenep-dkupp"),
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_TODAY": str(JANUARY),
        }
        with OfficeMachine(tmp_path / "layanan", settings, {}) as machine:
            yield machine


def answers(machine: OfficeMachine) -> bool:
    """Whether the page asks who comes to sign in."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{machine.page_port}/", timeout=5) as page:
            return b"Masuk" in page.read()
    except OSError:
        return False


def wait_until(reached: Callable[[], object], patience: float = 60.0) -> None:
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_all_comes_up_is_started_again_and_ends_without_leaving_anything(machine: OfficeMachine):
    machine.follow_guide()
    printed = machine.folder / "lkjip.log"
    assert f"  Server Prefect: http://127.0.0.1:{machine.port}\n" in printed.read_text()
    assert f"  Catatan: {machine.home}/log\n" in printed.read_text()
    planned = {d.name for d in machine.server.deployments() if d.scheduled}
    assert planned == {"berkala", "unduhan", "harga", "anggaran", "harian", "kotak-keluar"}

    assert f"  Halaman: http://127.0.0.1:{machine.page_port}\n" in printed.read_text()
    wait_until(lambda: answers(machine))

    wait_until(machine.workers)
    [killed] = machine.workers()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: machine.workers() - {killed})
    assert "Pekerja: " in printed.read_text().partition("Semuanya berjalan.")[2]
    wait_until(lambda: machine.server.polls("lkjip"))

    machine.stop()
    assert printed.read_text().endswith("Server Prefect: berhenti.\nSemuanya sudah berhenti.\n")
    assert machine.processes() == {}
