"""``python -m tests.gate [--unit KEY] [--seeds N] [--jobs N] [--write docs/checks.md]``.

Measures every check of the course, prints the table, and ends with 1 where a wrong answer is taken or misnamed, a right one
refused, or a mutant survives that is not listed as equivalent.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import joblib

from autograder import units
from tests.gate.gate import TRAINS, Effort, Row, exercises, measure

HEAD = """# How well the checks check

Made by `{command}`. Every number is of answers that were run; `make gate` repeats it and ends in an error where a wrong
answer is taken, a right one refused, or a known mistake not called by its name.

- **Wrong answers** are the known mistakes that an exercise declares and others that the declaration does not know. Each is
  handed in as the text of a solution cell, and judged by the graded cell's own text in fresh isolated processes; and in
  process on inputs from {wrong} seeds. *Refused* are those that were refused each time. *Named* are the known mistakes that
  were called by their own name each time; what is not a known mistake was called none.
- **Mutants** are the notebook's solution and the library's function with one small change, made by a machine: an
  operator, a comparison, a constant, an axis, a transpose, a dropped term or argument, swapped arguments, another variable, a
  loop that is one short, an intermediate result returned. *Killed* means refused on the inputs of each of {wrong} seeds alone.
  *Equivalent* are mutants that do what the exercise asks for; `tests/gate/equivalent.py` lists every one with the reason.
- **Right answers** are of different styles. *Taken* are those that were taken for each of {right} seeds and by the graded cell.

{training} train networks: there it is 3 seeds for right answers, 1 for wrong ones and mutants.

"""


def table(rows: Sequence[Row]) -> str:
    """The measured rows as a Markdown table, with the sum of all."""
    lines = [
        "| unit | exercise | wrong: tried | refused | known: tried | named | mutants | killed | equivalent | right: tried | taken |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    counts = [one.name for one in fields(Row) if one.type == "int"]
    for row in rows:
        numbers = " | ".join(str(getattr(row, name)) for name in counts)
        lines.append(f"| {row.unit} | `{row.exercise}` | {numbers} |")
    total = " | ".join(f"**{sum(getattr(row, name) for row in rows)}**" for name in counts)
    return "\n".join([*lines, f"| **all** | {len(rows)} exercises | {total} |"])


def _measured(key: str, name: str, effort: Effort) -> Row:
    return measure(key, units.exercise(name), effort)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    parser.add_argument("--unit", choices=units.MODULES, help="only this unit")
    parser.add_argument("--seeds", type=int, default=Effort.right, help="seeds for right answers")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="exercises measured at a time")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the table to this file")
    options = parser.parse_args(arguments)
    effort = Effort(right=options.seeds)
    tasks = [joblib.delayed(_measured)(key, name, effort) for key, name in exercises(options.unit)]
    rows: list[Row] = []
    for row in joblib.Parallel(options.jobs, return_as="generator")(tasks):
        rows.append(row)
        print(f"{row.unit} {row.exercise}: {len(row.faults)} faults", file=sys.stderr, flush=True)
    faults = [fault for row in rows for fault in row.faults]
    print(table(rows))
    print(*faults, sep="\n")
    if options.write:
        unit = f" --unit {options.unit}" if options.unit else ""
        command = f"python -m tests.gate{unit} --seeds {options.seeds} --write {options.write}"
        training = ", ".join(f"`{name}`" for _, name in exercises() if name in TRAINS)
        head = HEAD.format(command=command, wrong=effort.wrong, right=effort.right, training=training)
        found = "".join(f"\n- {fault}" for fault in faults)
        options.write.write_text(
            head + table(rows) + (f"\n\n## What is wrong\n{found}" if faults else "") + "\n", encoding="utf-8"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
