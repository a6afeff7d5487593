"""Break answers of BPS, exports of budgets and sheets of prices from the command line.

python -m tests.fuzz [how many answers] [seed]

A tenth as many exports and a twenty-fifth as many sheets are broken, which take longer to read. The same
numbers break the same things, however many processes share the work.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.fuzz import budgets, judge, sheets

PARTS = 16
"""Each with a seed of its own, so that processes can take them one by one."""


@dataclass(frozen=True)
class Fuzzer:
    """What is broken, how it is run, and how many answers of BPS go on one of it."""

    name: str
    run: Callable[[int, int], judge.Tally | budgets.Tally | sheets.Tally]
    share: int


FUZZERS = (
    Fuzzer("jawaban BPS", judge.run, 1),
    Fuzzer("ekspor anggaran", budgets.run, 10),
    Fuzzer("lembar harga", sheets.run, 25),
)


def break_part(which: int, count: int, seed: int) -> tuple[dict[str, Counter[str]], list[str]]:
    """Outcomes by what was done, and failures, of one part of one fuzzer."""
    logging.disable()
    tally = FUZZERS[which].run(count, seed)
    outcomes: dict[str, Counter[str]] = {}
    for kind, times in tally.outcomes.items():
        how, outcome = kind if isinstance(kind, tuple) else (FUZZERS[which].name, kind)
        outcomes.setdefault(how, Counter())[outcome] += times
    return outcomes, tally.failures


def main() -> int:
    """Print what became of the broken things; 1 when something should not have been."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    failures: list[str] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for which, fuzzer in enumerate(FUZZERS):
            start = time.perf_counter()
            each = max(1, count // fuzzer.share // PARTS)
            parts = [pool.submit(break_part, which, each, 1000 * seed + part) for part in range(PARTS)]
            outcomes: dict[str, Counter[str]] = {}
            failed: list[str] = []
            for part in parts:
                found, wrong = part.result()
                for how, times in found.items():
                    outcomes.setdefault(how, Counter()).update(times)
                failed += wrong
            show(outcomes)
            seconds = time.perf_counter() - start
            print(f"{each * PARTS} {fuzzer.name} rusak, {seconds:.1f} detik, {len(failed)} pelanggaran\n")
            failures += failed
    for failure in failures[:20]:
        print(failure)
    return 1 if failures else 0


def show(outcomes: dict[str, Counter[str]]) -> None:
    """A line for each way of breaking, a column for each outcome."""
    columns = sorted({outcome for times in outcomes.values() for outcome in times})
    print(f"{'perusakan':<28}" + "".join(f"{column:>10}" for column in columns))
    for how in sorted(outcomes):
        print(f"{how:<28}" + "".join(f"{outcomes[how][column]:>10}" for column in columns))


if __name__ == "__main__":
    sys.exit(main())
