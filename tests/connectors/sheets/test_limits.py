"""A machine with 2 GB lives through any file: what is refused takes at most 300 MiB and 10 seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import PROJECT
from tests.connectors.given import worst_files
from tests.connectors.given.worst_files import WORST

MOST_MIB = 300
MOST_SECONDS = 10
PATIENCE = 4
"""The machine of a test has others to serve; the processor's seconds count, and generously."""
READ = r"""
import json, re, sys, time
from pathlib import Path
from connectors.prices.sheets.reader import read_sheet_file
from core.errors import SourceError
content = Path(sys.argv[1]).read_bytes()
start, said = time.process_time(), None
try:
    read_sheet_file(content, sys.argv[2])
except SourceError as error:
    said = str(error)
took = time.process_time() - start
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([said, took, peak]))
"""


SAMPLE = {
    "HTML: tables in tables",
    "CSV: one wide row",
    "XLSX: zip bomb",
    "ODS: cells repeated",
    "XLS: the last cell",
}
"""One for each format; the others take minutes and are tried by ``make sweeps``."""
CASES = [case if case in SAMPLE else pytest.param(case, marks=pytest.mark.sweep) for case in WORST]


def test_the_sample_is_of_these_files() -> None:
    assert set(WORST) > SAMPLE


@pytest.mark.parametrize("case", CASES)
def test_the_worst_files_are_refused_with_their_limit_in_little_memory_and_time(
    case: str, tmp_path: Path
) -> None:
    name, _ = WORST[case]
    file = tmp_path / name
    subprocess.run([sys.executable, worst_files.__file__, case, str(file)], check=True)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file), name],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said, took, peak = json.loads(done.stdout)
    assert said is not None, "was read"
    assert "Yang perlu dilakukan" in said
    assert peak <= MOST_MIB
    assert took <= MOST_SECONDS * PATIENCE
    file.unlink()
    print(f"{case}: {took:.1f} s, {peak:.0f} MiB: {said}")
