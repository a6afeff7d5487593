"""Break answers of BPS from the command line.

python -m tests.fuzz [how many] [seed]
"""

from __future__ import annotations

import logging
import sys
import time

from tests.fuzz.judge import run


def main() -> int:
    """Print what became of the broken answers; 1 when something should not have been."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    logging.disable()
    start = time.perf_counter()
    tally = run(count, seed)
    seconds = time.perf_counter() - start
    outcomes = sorted({outcome for _, outcome in tally.outcomes})
    print(f"{'perusakan':<28}" + "".join(f"{outcome:>10}" for outcome in outcomes))
    for how in sorted({how for how, _ in tally.outcomes}):
        print(f"{how:<28}" + "".join(f"{tally.outcomes[how, outcome]:>10}" for outcome in outcomes))
    print(f"{count} jawaban rusak dalam {seconds:.1f} detik, {len(tally.failures)} pelanggaran")
    for failure in tally.failures[:20]:
        print(failure)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
