"""Runs the stand-in from the shell.

python -m standins.prices.sp2kp --port 8393 --today 2026-07-28 --fault zero_prices
"""

from __future__ import annotations

from datetime import date

from standins.prices.sp2kp.faults import FAULTS
from standins.prices.sp2kp.server import Sp2kpStandin
from standins.serving import answer_until_interrupted, options_of


def main() -> None:
    """Answer until interrupted."""
    parser = options_of("standins.prices.sp2kp", __doc__, date(2026, 7, 28))
    parser.add_argument("--fault", action="append", default=[], choices=sorted(FAULTS), metavar="GALAT")
    chosen = parser.parse_args()
    standin = Sp2kpStandin(chosen.today, port=chosen.port)
    for name in chosen.fault:
        standin.fail_with(name)
    answer_until_interrupted(standin, url=standin.url, today=standin.today.isoformat())


if __name__ == "__main__":
    main()
