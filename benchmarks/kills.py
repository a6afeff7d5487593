"""Each command killed at many of its points, on both databases: what is lost, doubled or half-written.

python -m benchmarks.kills [COUNT [COMMAND [DATABASE]]]

Every kill is followed by the same command, which is let live; what the office then holds is compared with
what it holds when nobody was killed. Only a mail may come twice, and only after a kill between its last byte
and the commit of that: SMTP has no word by which that could be told.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from core.loopback import stay_on_this_machine
from tests.kills.given.stories import NAMES
from tests.kills.given.sweep import sweep

COUNT = 40
DATABASES = ("SQLite", "PostgreSQL")


def main() -> None:
    """Print the table; the exit code says whether anything was wrong."""
    stay_on_this_machine()
    count, *only = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, *sys.argv[2:]
    print(
        f"{'command':10}{'database':12}{'points':>8}{'killed':>8}{'in mail window':>16}{'mails twice':>13}"
        f"{'faults':>8}{'seconds':>9}",
        flush=True,
    )
    faulty = False
    for command in [name for name in NAMES if not only or name == only[0]]:
        for kind in [name for name in DATABASES if len(only) < 2 or name == only[1]]:
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                swept = sweep(command, kind, Path(folder), count)
            print(
                f"{command:10}{kind:12}{swept.points:8}{swept.killed:8}{swept.window:16}{swept.doubles:13}"
                f"{len(swept.faults):8}{time.monotonic() - began:9.0f}",
                flush=True,
            )
            for point, faults in swept.faults.items():
                faulty = True
                print(f"  at {point}:", *faults[:5], sep="\n    ", flush=True)
    sys.exit(faulty)


if __name__ == "__main__":
    main()
