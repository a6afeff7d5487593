"""Runs the stand-in from the shell.

python -m standins.bps --port 8391 --today 2024-01-31
curl -X POST --data 2024-04-04 http://127.0.0.1:8391/_standin/today
"""

from __future__ import annotations

import argparse
from datetime import date

from standins.bps.catalogue import RELEASE_DAY
from standins.bps.faults import FAULTS
from standins.bps.scenarios import SCENARIOS
from standins.bps.server import KEY, BpsStandin, describe


def main() -> None:
    """Answer until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m standins.bps", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: dipilih sistem")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2024, 1, 31))
    parser.add_argument("--release-date", type=date.fromisoformat, default=RELEASE_DAY)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), help="kalender rilis; bawaan: release_2024")
    parser.add_argument("--key", default=KEY)
    parser.add_argument("--fault", action="append", default=[], choices=sorted(FAULTS))
    chosen = parser.parse_args()
    standin = BpsStandin(
        chosen.today,
        release_date=chosen.release_date,
        scenario=chosen.scenario,
        port=chosen.port,
        key=chosen.key,
    )
    for name in chosen.fault:
        standin.fail_with(name)
    print(describe(standin), flush=True)
    try:
        standin.serve()
    except KeyboardInterrupt:
        standin.stop()


if __name__ == "__main__":
    main()
