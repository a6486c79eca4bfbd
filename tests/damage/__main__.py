"""Damage, grade and count: ``python -m tests.damage --count 300 --write docs/damaged-notebooks.md``."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.damage.stock import stock
from tests.damage.trial import UNITS, Results, Trial, table

PARTS = 2  # processes that grade beside each other


def part(number: int, count: int) -> tuple[Results, Results]:
    """Every second submission, and with the last part those beyond repair."""
    with Trial([key for key, share in UNITS.items() for _ in range(share)]) as trial:
        results = trial.run(range(number, count, PARTS))
        return results, trial.run_beyond_repair() if number == PARTS - 1 else Results()


def main() -> None:
    """Run the trial, and stock nbgrader beside it; print and perhaps write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    begin = time.monotonic()
    results, beyond = Results(), Results()
    with ProcessPoolExecutor(PARTS) as pool:
        parts = [pool.submit(part, number, options.count) for number in range(PARTS)]
        theirs = pool.submit(stock)
        for done in parts:
            more, more_beyond = done.result()
            results += more
            beyond += more_beyond
        text = table(results, beyond, theirs.result(), time.monotonic() - begin)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
