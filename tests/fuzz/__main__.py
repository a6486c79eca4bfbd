"""Fuzz the grader: replies on the wire, and outputs of cells.

``python -m tests.fuzz [--count N] [--write docs/fuzzing.md]``

A case is made from its number alone, so one that goes wrong can be run again. Ends with an error if any did.
"""

from __future__ import annotations

import argparse
import collections
import copy
import platform
import time
import traceback
from pathlib import Path

from traitlets.config import PyFileConfigLoader

from autograder import units
from autograder.grader.sheet import Sheet, grade_id
from tests.fuzz import outputs
from tests.fuzz.replies import Stage, complaint
from tests.grader.attacks import HONEST

ROOT = Path(__file__).parents[2]


def sheet(key: str) -> Sheet:
    """A unit's own notebook."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    return Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), config)


def fuzz_replies(count: int) -> tuple[int, collections.Counter, list[str]]:
    """Change replies until there were this many: how many, their outcomes, what went wrong."""
    own = sheet("01-neuron")
    notebook = copy.deepcopy(own.notebook)
    for cell in notebook.cells:
        cell.source = HONEST.get(grade_id(cell), cell.source)
    stage = Stage(own, notebook)
    graded = [cell for cell in stage.graded if "test_" in cell.id]
    earned = {cell.id: stage.honest(cell)["status"] == "ok" for cell in graded}
    assert not any(earned.values()), earned
    made, seed = 0, 0
    found: collections.Counter = collections.Counter()
    wrong: list[str] = []
    while made < count:
        cell = graded[seed % len(graded)]
        try:
            outcome, kinds = stage.fuzzed(cell, seed)
            problem = complaint(outcome, earned[cell.id])
            found[outcome["status"]] += bool(kinds)
            made += len(kinds)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            problem = "".join(traceback.format_exception(error)[-3:])
            made += 1
        if problem:
            wrong.append(f"reply case {seed}, {cell.id}: {problem}")
        seed += 1
    return made, found, wrong


def main() -> None:
    """Run both fuzzers; print and perhaps write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--write", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    begin = time.monotonic()
    made, statuses, wrong = fuzz_replies(options.count)
    shown, bad, off = outputs.fuzz(sheet("01-neuron"), options.count)
    lines = [
        "# Fuzzing",
        "",
        f"Made by `python -m tests.fuzz --count {options.count}`, Python {platform.python_version()}, "
        f"{time.monotonic() - begin:.0f} seconds. The tests run a smaller form.",
        "",
        "The replies are those of a student process with wrong answers to unit 01. Each is changed in one or more "
        "places: wrong types, huge numbers, depth, NaN, references to things that nobody lent, other numbers, bytes, "
        "lengths, an earlier reply, two replies, none. The outputs are what a student's cell prints or fails with, and "
        "what a submitted notebook has as outputs; the graded notebook must be writable, and nbgrader must read no "
        "points from it. The outcomes of cells there are made up; no process runs.",
        "",
        "| | number | points not earned, errors not handled |",
        "|---|---|---|",
        f"| changed replies | {made:,} | {len(wrong)} |",
        f"| changed outputs | {shown:,} | {len(off)} |",
        "",
        "What became of the graded cells with a changed reply (one cell may have had several): "
        + ", ".join(f"{number:,} {status}" for status, number in sorted(statuses.items()))
        + f". {bad:,} of the submitted notebooks were refused with a reason.",
        "",
    ]
    print("\n".join([*lines, *(wrong + off)[:20]]))
    if options.write:
        options.write.write_text("\n".join(lines), encoding="utf-8")
    if wrong or off:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
