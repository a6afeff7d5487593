"""The process above Prefect's worker: it ends when it is told to, whatever the worker does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.settings import PROJECT
from jobs.health.worker import worker_words

PROGRAM = """
import sys
from pathlib import Path
from jobs.health import worker
worker.PREFECT = Path(sys.argv[1])
sys.exit(worker.run_worker("http://127.0.0.1:1/api"))
"""
WAITING = "print(os.getpid(), flush=True)\ntime.sleep(60)"


@pytest.fixture
def start(tmp_path):
    """Starts the program with a worker that does as the script says; all are ended after the test."""
    started = []

    def run(does):
        script = tmp_path / "prefect"
        script.write_text(f"#!{sys.executable}\nimport os, signal, sys, time\n{does}\n")
        script.chmod(0o755)
        above = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(script)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        started.append(above)
        return above

    yield run
    for above in started:
        above.kill()
        above.wait()
        above.stdout.close()


def runs(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_runs_the_worker_of_the_pool_on_the_server_it_is_given(start):
    above = start("print(os.environ['PREFECT_API_URL'], *sys.argv[1:], flush=True)")
    said = above.stdout.readline().strip()
    assert said == "http://127.0.0.1:1/api worker start --pool lkjip --type process"
    assert above.wait(timeout=10) == 0


def test_it_has_no_more_runs_under_way_than_it_is_told():
    assert worker_words(None)[-1] == "process"
    assert worker_words(3)[-2:] == ("--limit", "3")


def test_a_worker_that_ends_by_itself_gives_its_exit_code(start):
    assert start("sys.exit(7)").wait(timeout=20) == 7


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_obeys_is_ended_at_once_and_that_is_no_error(start, number):
    above = start(WAITING)
    worker = int(above.stdout.readline())
    above.send_signal(number)
    assert above.wait(timeout=10) == 0
    assert not runs(worker)


def test_a_worker_that_does_not_listen_is_ended_all_the_same(start):
    above = start(f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{WAITING}")
    worker = int(above.stdout.readline())
    above.terminate()
    assert above.wait(timeout=10) == 0
    assert not runs(worker)


def run_under_way(folder):
    """A worker's script: it reads what its run says; the run goes on until the file ``finish`` is there."""
    going_on = "print(flush=True)\nwhile not os.path.exists('finish'): time.sleep(0.02)"
    run = f"import os, time\nos.chdir({str(folder)!r})\n{going_on}\nprint('selesai')\nopen('ended', 'w')"
    marked = "env={**os.environ, 'PREFECT__FLOW_RUN_ID': '1'}"
    pipes = "stdout=subprocess.PIPE, stderr=subprocess.DEVNULL"
    started = f"subprocess.Popen([sys.executable, '-c', {run!r}], {marked}, {pipes})"
    return f"import subprocess\nrun = {started}\nrun.stdout.readline()\n{WAITING}"


def held(number):
    state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"


def until(seen):
    end = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_run_under_way_is_waited_for_and_may_say_how_it_ended(start, tmp_path):
    above = start(run_under_way(tmp_path))
    worker = int(above.stdout.readline())
    above.terminate()
    until(lambda: held(worker))
    assert above.poll() is None
    (tmp_path / "finish").touch()
    assert above.wait(timeout=10) == 0
    assert (tmp_path / "ended").exists()
    assert not runs(worker)


def test_who_asks_twice_waits_for_no_run_and_it_goes_on(start, tmp_path):
    above = start(run_under_way(tmp_path))
    worker = int(above.stdout.readline())
    above.terminate()
    until(lambda: held(worker))
    above.terminate()
    assert above.wait(timeout=10) == 0
    assert not runs(worker)
    assert not (tmp_path / "ended").exists()
    (tmp_path / "finish").touch()
