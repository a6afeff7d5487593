"""The supervisor over small parts of our own: what it starts again, in which order, and what it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from core.settings import PROJECT

PROGRAM = """
import sys
from pathlib import Path
from jobs.health.serving.configuration import configuration
from jobs.health.serving.parts import Part
from jobs.health.serving.supervised import Supervised

folder = Path(sys.argv[1])
say = lambda line: print(line, flush=True)
shell = lambda line: ("/bin/sh", "-c", line)
parts = (
    Part("lama", "Lama", shell("echo $$ >> lama; sleep 60 & echo $! >> anak; wait"), steady=0),
    Part("sekali", "Sekali", shell("until test -e lama; do sleep 0.05; done"), once=True, steady=0),
    Part(
        "menunggu",
        "Menunggu",
        shell("echo $$ > menunggu; exec sleep 60"),
        waits=True,
        starts_runs=True,
        steady=0,
        stop_signal="KILL",
    ),
    Part("gagal", "Gagal", ("/bin/false",)),
)
file = folder / "supervisord.conf"
text = configuration(parts, folder, folder)
here = str(folder).replace("%", "%%")
file.write_text(text.replace(f"directory={sys.argv[2]}", f"directory={here}"))
told = {"ready": lambda succeeded: say(f"Siap, {succeeded}."), "let_runs_end": lambda: say("Sisa.")}
Supervised(file, parts, say, logs=folder, **told).keep_running()
say("Tamat.")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map 100%").mkdir()
    return tmp_path / "map 100%"


@dataclass
class Serving:
    """A supervisor with its parts, and what it has said so far."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def until(self, said: str, patience: float = 60.0) -> list[str]:
        """All lines, once one of them begins with ``said``; parts may speak in any order."""
        end = time.monotonic() + patience
        while not any(line.startswith(said) for line in self.lines):
            assert time.monotonic() < end, f"it never said {said!r}: {self.lines}"
            time.sleep(0.05)
        return list(self.lines)


@pytest.fixture
def serving(folder: Path) -> Iterator[Serving]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(PROJECT)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    serving = Serving(process)
    listener = Thread(target=serving.listen)
    listener.start()
    yield serving
    process.kill()
    process.wait()
    listener.join()
    assert process.stdout
    process.stdout.close()


def runs(number: int) -> bool:
    try:
        os.kill(number, 0)
        return "Z" not in Path(f"/proc/{number}/stat").read_text().split()[2]
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_what_died_begins_again_what_it_left_is_ended_and_all_end_in_order(serving: Serving, folder: Path):
    begun = serving.until("Siap, True.")
    assert begun[0] == "Lama: dimulai."
    assert begun.index("Sekali: selesai.") < begun.index("Menunggu: dimulai.")
    serving.until(f"Gagal: tidak bertahan (kali ke-1); dicoba lagi. Catatannya: {folder}/gagal.log")

    first = int((folder / "lama").read_text())
    left = int((folder / "anak").read_text())
    os.kill(first, signal.SIGKILL)
    serving.until(f"Lama: berakhir tanpa diminta; dimulai lagi. Catatannya: {folder}/lama.log")
    serving.until("Lama: berjalan lagi.")
    assert not runs(left)

    serving.process.send_signal(signal.SIGTERM)
    ended = serving.until("Tamat.")
    order = ("Menghentikan semuanya …", "Sisa.", "Menunggu: berhenti.", "Lama: berhenti.", "Tamat.")
    assert [line for line in ended if line in order] == list(order)
    everything = [
        int(n) for name in ("lama", "anak", "menunggu") for n in (folder / name).read_text().split()
    ]
    assert not [number for number in everything if runs(number)]
