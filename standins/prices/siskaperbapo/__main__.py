"""Runs the stand-in from the shell.

python -m standins.prices.siskaperbapo --port 8392 --today 2023-12-31
python -m standins.prices.siskaperbapo --today 2023-07-28 --fault waf_403 --fault truncated
"""

from __future__ import annotations

from datetime import date

from standins.prices.siskaperbapo.server import FAULTS, SiskaperbapoStandin
from standins.serving import answer_until_interrupted, options_of


def main() -> None:
    """Answer until interrupted."""
    parser = options_of("standins.prices.siskaperbapo", __doc__, date(2023, 12, 31), ", ".join(FAULTS))
    parser.add_argument("--lengkap", action="store_true", help="harga hari ini sudah masuk semua")
    parser.add_argument("--latency", type=float, default=0.0, help="detik sebelum setiap jawaban")
    parser.add_argument("--fault", action="append", default=[], choices=FAULTS, metavar="GALAT")
    chosen = parser.parse_args()
    standin = SiskaperbapoStandin(
        chosen.today, late=not chosen.lengkap, latency=chosen.latency, port=chosen.port
    )
    for name in chosen.fault:
        standin.fail_with(name)
    answer_until_interrupted(standin, url=standin.url, today=standin.today.isoformat())


if __name__ == "__main__":
    main()
