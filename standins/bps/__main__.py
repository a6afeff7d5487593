"""Runs the stand-in from the shell.

python -m standins.bps --port 8391 --today 2024-01-31
python -m standins.bps --scenario release_2025 --today 2025-04-11 --fault null@data --fault latency=0.5
python -m standins.bps --domains 514 --filler 5000 --latency 1
curl -X POST --data 2024-04-04 http://127.0.0.1:8391/_standin/today

More commands for a running stand-in stand in :mod:`standins.bps.commands`.
"""

from __future__ import annotations

from datetime import date

from standins.bps.commands import read_fault
from standins.bps.faults import FAULTS
from standins.bps.scenarios import SCENARIOS
from standins.bps.server import KEY, BpsStandin
from standins.bps.timeline import RELEASE_DAY, Size
from standins.serving import answer_until_interrupted, options_of


def main() -> None:
    """Answer until interrupted."""
    parser = options_of("standins.bps", __doc__, date(2024, 1, 31), ", ".join(sorted(FAULTS)))
    parser.add_argument("--release-date", type=date.fromisoformat, default=RELEASE_DAY)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), help="kalender rilis; bawaan: release_2024")
    parser.add_argument("--domains", type=int, default=0, help="banyaknya kabupaten/kota dengan tabel PDRB")
    parser.add_argument("--filler", type=int, default=Size().filler, help="banyaknya tabel pengisi daftar")
    parser.add_argument("--latency", type=float, default=0.0, help="detik sebelum setiap jawaban")
    parser.add_argument("--key", default=KEY)
    parser.add_argument("--fault", action="append", default=[], metavar="GALAT[@MODEL][=DETIK]")
    chosen = parser.parse_args()
    try:
        faults = [read_fault(text) for text in chosen.fault]
        standin = BpsStandin(
            chosen.today,
            release_date=chosen.release_date,
            scenario=chosen.scenario,
            domains=chosen.domains,
            filler=chosen.filler,
            latency=chosen.latency,
            port=chosen.port,
            key=chosen.key,
        )
    except ValueError as cause:
        parser.error(str(cause))
    for fault in faults:
        standin.fail_with(**fault)
    answer_until_interrupted(standin, url=standin.url, key=standin.key, today=standin.today.isoformat())


if __name__ == "__main__":
    main()
