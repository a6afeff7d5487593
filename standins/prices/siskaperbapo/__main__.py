"""Runs the stand-in from the shell.

python -m standins.prices.siskaperbapo --port 8392 --today 2023-12-31
python -m standins.prices.siskaperbapo --today 2023-07-28 --fault waf_403 --fault garbage_price@tabel*3
"""

from __future__ import annotations

import argparse
import re
from datetime import date

from standins.prices.siskaperbapo.server import FAULTS, SiskaperbapoStandin
from standins.serving import answer_until_interrupted, options_of

_FAULT = re.compile(r"(?P<name>\w+)(?:@(?P<only>\w+))?(?:\*(?P<times>\d+))?")


def read_fault(text: str) -> tuple[str, str, int | None]:
    """Name, kind of request and number of times of ``GALAT[@JENIS][*KALI]``.

    Raises:
        ArgumentTypeError: It is not written so, or there is no such fault.
    """
    read = _FAULT.fullmatch(text)
    if read is None or read["name"] not in FAULTS:
        raise argparse.ArgumentTypeError(f"{text}: tidak dikenal; ditulis GALAT[@JENIS][*KALI]")
    return read["name"], read["only"] or "", int(read["times"]) if read["times"] else None


def main() -> None:
    """Answer until interrupted."""
    parser = options_of("standins.prices.siskaperbapo", __doc__, date(2023, 12, 31), ", ".join(FAULTS))
    parser.add_argument("--lengkap", action="store_true", help="harga hari ini sudah masuk semua")
    parser.add_argument("--latency", type=float, default=0.0, help="detik sebelum setiap jawaban")
    parser.add_argument(
        "--fault", action="append", default=[], type=read_fault, metavar="GALAT[@JENIS][*KALI]"
    )
    chosen = parser.parse_args()
    standin = SiskaperbapoStandin(
        chosen.today, late=not chosen.lengkap, latency=chosen.latency, port=chosen.port
    )
    for name, only, times in chosen.fault:
        standin.fail_with(name, only=only, times=times)
    answer_until_interrupted(standin, url=standin.url, today=standin.today.isoformat())


if __name__ == "__main__":
    main()
