"""Fuzz the grader: replies on the wire, and outputs of cells.

``python -m tests.fuzz [--count N] [--write docs/fuzzing.md]``

A case is made from its number alone, so one that goes wrong can be run again. Ends with an error if any did.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.course import sheet
from tests.fuzz import outputs
from tests.fuzz.mutate import WELL_FORMED
from tests.fuzz.replies import DEPTHS, Tally, fuzz

# Functions of numbers and arrays; training, with generators and functions that are lent; models behind handles.
UNITS = ("01-neuron", "05-training", "07-scikit-learn")


def fuzz_replies(count: int, keys: list[str]) -> Tally:
    """Change replies, half of them those of right answers and half of wrong ones, over units."""
    jobs = [(key, kind) for key in keys for kind in ("RIGHT", "WRONG")]
    found = Tally()
    with ProcessPoolExecutor(max_tasks_per_child=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(fuzz, key, kind, -(-count // len(jobs))) for key, kind in jobs]
        for future in futures:
            found.add(future.result())
    return found


def page(found: Tally, shown: int, refused: int, off: list[str], seconds: float) -> str:
    """The results as a Markdown page."""
    made = found.kinds.total()
    formed = sum(found.kinds[kind] for kind in WELL_FORMED)
    lines = [
        "# Fuzzing",
        "",
        f"Made by `python -m tests.fuzz`, Python {platform.python_version()}, {seconds:.0f} seconds. The tests run a "
        "smaller form.",
        "",
        "The replies are those of a student process with right or wrong answers to units 01, 05 and 07: functions of "
        "numbers and arrays, training with generators and functions that are lent, models behind handles. One reply or "
        "all from one on are changed. The outputs are what a student's cell prints or fails with, and what a submitted "
        "notebook has as outputs; the graded notebook must be writable, and nbgrader must read no points from it. The "
        "outcomes of cells there are made up; no process runs.",
        "",
        "| | number | points not earned, errors not handled |",
        "|---|---|---|",
        f"| changed replies | {made:,} | {len(found.wrong)} |",
        f"| changed outputs | {shown:,} | {len(off)} |",
        "",
        f"{formed:,} of the replies ({formed / made:.0%}) have the outer form of an answer and the number of the question: "
        "values of other types, shapes, numbers and nesting, handles, errors, changed arguments and warnings, the answer "
        "to another question, call-backs that no code made. How deep the replies came:",
        "",
        "| | replies |",
        "|---|---|",
        *(f"| {text} | {found.depths[level]:,} |" for level, text in DEPTHS.items()),
        "",
        "| kind of change | replies |",
        "|---|---|",
        *(f"| {kind} | {number:,} |" for kind, number in found.kinds.most_common()),
        "",
        f"{refused:,} of the submitted notebooks were refused with a reason.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run both fuzzers; print and perhaps write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--units", nargs="+", default=UNITS, help="units whose replies are changed")
    parser.add_argument("--write", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    begin = time.monotonic()
    found = fuzz_replies(options.count, options.units)
    shown, refused, off = outputs.fuzz(sheet("01-neuron"), options.count)
    text = page(found, shown, refused, off, time.monotonic() - begin)
    print("\n".join([text, *(found.wrong + off)[:20]]))
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    if found.wrong or off:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
