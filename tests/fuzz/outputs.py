"""Fuzzed outputs: what a student's cell shows, and what stands as outputs in the notebook that was handed in."""

from __future__ import annotations

import copy
import json
import random
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils

from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet
from autograder.grader.submission import BrokenSubmission, read
from autograder.isolation import Cell, Outcome
from autograder.isolation.cells import Outputs, scrub
from autograder.isolation.trusted import _error_output, _string

TEXTS = [
    "2.0",
    "1",
    "nan",
    "inf",
    "",
    "\ud800",
    "\0\x1b[31m",
    "<script>1</script>",
    "9" * 400,
    "x" * 3000,
    "é\u202e",
]
VALUES: list[Any] = [
    None,
    True,
    2.0,
    10**400,
    float("nan"),
    float("inf"),
    [],
    {},
    ["2.0"],
    {"a": {"b": [1]}},
    -1,
]
TYPES = ["execute_result", "display_data", "stream", "error", "update_display_data", "", "points", None, 3]
MIMES = ["text/plain", "text/html", "application/json", "image/png", "", "a/b/c", "\ud800"]


def anything(r: random.Random) -> Any:
    """A text or another value of JSON."""
    return r.choice(TEXTS) if r.random() < 0.5 else copy.deepcopy(r.choice(VALUES))


def submitted_output(r: random.Random) -> Any:
    """An output as a notebook that was handed in may hold it."""
    if r.random() < 0.05:
        return anything(r)
    data = {r.choice(MIMES): anything(r) for _ in range(r.randrange(3))}
    output = {
        "output_type": r.choice(TYPES),
        "data": data if r.random() < 0.9 else anything(r),
        "metadata": r.choice([{}, {}, {"nbgrader": {"points": 9}}, anything(r)]),
        "name": r.choice(["stdout", "stderr", anything(r)]),
        "text": anything(r),
        "ename": anything(r),
        "evalue": anything(r),
        "traceback": r.choice([[], ["x"], anything(r)]),
        "execution_count": r.choice([1, None, anything(r)]),
    }
    for key in r.sample(list(output), r.randrange(6)):
        del output[key]
    return output


def shown(r: random.Random, limit: int) -> list[dict[str, Any]]:
    """What the trusted process keeps of texts that a student's cell prints and of an error that it tells."""
    outputs = Outputs(limit)
    for _ in range(r.randrange(4)):
        outputs.stream(r.choice(["stdout", "stderr"]), r.choice(TEXTS))
    if r.random() < 0.3:
        name, text, trace = (_string(r.choice(TEXTS)) for _ in range(3))
        outputs.add(_error_output(name, text, [trace]), len(trace))
    found: list[dict[str, Any]] = json.loads(json.dumps(scrub(outputs.items)))
    return found


class Made:
    """Stands for an `Isolation`: outcomes without points, with fuzzed outputs."""

    def __init__(self) -> None:
        self.random = random.Random()
        self.count = 0

    def run(self, cells: Sequence[Cell], settings: dict[str, Any] | None = None) -> list[Outcome]:
        """Make up an outcome for each cell."""
        return [self._outcome(cell) for cell in cells if self.random.random() < 0.97]

    def _outcome(self, cell: Cell) -> Outcome:
        r = self.random
        found = shown(r, r.choice([10, 1000, 1 << 18]))
        self.count += len(found)
        if cell.kind != "graded":
            return Outcome(cell.id, r.choice(["ok", "raised", "died"]), scrub(r.choice(TEXTS)), None, found)
        status = r.choice(["raised", "timed-out", "died", "refused", "not-run"])
        return Outcome(cell.id, status, scrub(r.choice(TEXTS)) or "no reason", None, found)


def fuzz(sheet: Sheet, count: int) -> tuple[int, int, list[str]]:
    """Fuzz until there were this many outputs: how many, how many notebooks were refused, what went wrong."""
    marker = Marker(COURSE, sheet, "fuzz")
    made = Made()
    marker._isolation = made  # type: ignore[assignment]
    released = json.loads(nbformat.writes(sheet.notebook))
    number = seed = refused = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzzed.ipynb"
        while number + made.count < count:
            made.random = r = random.Random(seed)
            raw = copy.deepcopy(released)
            for cell in raw["cells"]:
                if cell["cell_type"] == "code":
                    cell["source"] = [*cell["source"], "\n# changed"]
                    cell["outputs"] = [submitted_output(r) for _ in range(r.randrange(3))]
                    number += len(cell["outputs"])
            path.write_text(json.dumps(raw))
            try:
                problem = _mark(marker, path)
            except BrokenSubmission:
                refused += 1
                problem = ""
            except Exception as error:
                problem = "".join(traceback.format_exception(error)[-3:])
            if problem:
                wrong.append(f"output case {seed}: {problem}")
            seed += 1
    marker._folder.cleanup()
    return number + made.count, refused, wrong


def _mark(marker: Marker, path: Path) -> str:
    """Mark a notebook as the grader does, and say what is wrong with what comes out, if anything."""
    notebook = read(path)
    marks = marker.mark(notebook).marks
    if any(mark.score for mark in marks):
        return f"points that nobody earned: {marks}"
    written = nbformat.reads(nbformat.writes(notebook).encode().decode(), as_version=4)
    nbformat.validate(written)
    for cell in written.cells:
        if cell.cell_type == "code" and utils.is_grade(cell):
            points, _ = utils.determine_grade(cell)
            if points != 0:
                return f"nbgrader reads {points} points from a graded cell"
    return ""
