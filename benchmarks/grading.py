"""How fast submissions are graded, beside ``nbgrader autograde`` as it comes.

``python -m benchmarks.grading [--students N] [--rounds R] [--write docs/grading-speed.md]``

Both grade the same submissions of unit 01, in turns; their marks must agree. nbgrader runs with its own executor.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from tests.grader.test_marking import RIGHT, WRONG

ROOT = Path(__file__).parents[1]
UNIT = "01-neuron"

# What a class hands in: mostly right, some with a mistake, some unfinished. No two in a row are alike.
KINDS = [
    RIGHT,
    RIGHT | {"perceptron": WRONG["perceptron"][0]},
    RIGHT,
    {name: RIGHT[name] for name in ("weighted_sum", "perceptron")},
    RIGHT | {"gate_parameters": WRONG["gate_parameters"][0]},
]


def make_course(folder: Path, students: int) -> None:
    """A course folder with submissions of one unit."""
    shutil.copytree(ROOT / "solutions" / UNIT, folder / "solutions" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    released = nbformat.read(ROOT / "notebooks" / UNIT / f"{UNIT}.ipynb", as_version=4)
    stubs = {cell.id: cell.source for cell in released.cells}
    for number in range(students):
        answers = KINDS[number % len(KINDS)]
        for cell in released.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), stubs[cell.id])
        place = folder / "submitted" / f"s{number:04d}" / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_text(nbformat.writes(released))


def run(folder: Path, *command: str) -> float:
    """Seconds that a command takes."""
    binaries = Path(sys.executable).parent
    environment = {**os.environ, "AUTOGRADER_SEED": "benchmark", "PATH": f"{binaries}:{os.environ['PATH']}"}
    start = time.perf_counter()
    done = subprocess.run(
        [str(binaries / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return time.perf_counter() - start


def stock(folder: Path) -> tuple[float, dict[str, float]]:
    """Grade with nbgrader's own executor; seconds and marks."""
    for name in ("autograded", "gradebook.db"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (folder / "release").mkdir(exist_ok=True)
    run(folder, "nbgrader", "generate_assignment", UNIT, "--force")
    config = folder / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(ours + "\ndel c.Autograde.autograde_preprocessors\n")
    seconds = run(folder, "nbgrader", "autograde", UNIT)
    config.write_text(ours)
    run(folder, "nbgrader", "export", "--to", "export.csv")
    with (folder / "export.csv").open(newline="") as file:
        return seconds, {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def ours(folder: Path, jobs: int) -> tuple[float, dict[str, float]]:
    """Grade in two processes; seconds and marks."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    seconds = run(folder, "autograder", "grade", "submitted", "--out", "results", "--jobs", str(jobs))
    marks: dict[str, float] = {}
    with (folder / "results" / "grades.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            marks[row["student"]] = marks.get(row["student"], 0.0) + float(row["score"] or 0)
    return seconds, marks


def phases(folder: Path) -> dict[str, float]:
    """Milliseconds that one submission spends in each step, in one process: medians."""
    from traitlets.config import PyFileConfigLoader

    from autograder import units
    from autograder.course import COURSE
    from autograder.grader import submission
    from autograder.grader.gradebook import Ledger
    from autograder.grader.marking import Marker
    from autograder.grader.sheet import Sheet

    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    sheet = Sheet.read(folder / "solutions" / UNIT / f"{UNIT}.ipynb", units.unit(UNIT), config)
    times: dict[str, list[float]] = {"read": [], "run and mark": [], "write": [], "gradebook": []}
    with Marker(COURSE, sheet, "benchmark") as marker, Ledger(f"sqlite:///{folder / 'phases.db'}") as ledger:
        ledger.open_unit(sheet, config)
        for path in sorted(folder.glob("submitted/*/*/*.ipynb"))[:40]:
            steps = [time.perf_counter()]
            notebook = submission.read(path)
            steps.append(time.perf_counter())
            marks = marker.mark(notebook).marks
            steps.append(time.perf_counter())
            (folder / "written.ipynb").write_text(nbformat.writes(notebook))
            steps.append(time.perf_counter())
            ledger.record(UNIT, path.parts[-3], marks)
            steps.append(time.perf_counter())
            for name, begin, end in zip(times, steps, steps[1:], strict=False):
                times[name].append(1000 * (end - begin))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="also write the tables to this file")
    options = parser.parse_args()
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_course(folder, options.students)
        slow, fast = [], []
        for _ in range(options.rounds):
            seconds, theirs = stock(folder)
            slow.append(seconds)
            seconds, mine = ours(folder, jobs)
            fast.append(seconds)
            if theirs != mine:
                raise SystemExit(f"The marks differ: {set(theirs.items()) ^ set(mine.items())}")
        steps = phases(folder)
    a, b = statistics.median(slow), statistics.median(fast)
    n = options.students
    lines = [
        "# How fast grading is",
        "",
        f"Made by `python -m benchmarks.grading --students {n} --rounds {options.rounds}` on {jobs} cores of "
        f"{platform.machine()}, Python {platform.python_version()}.",
        f"{n} submissions of unit 01, the same for both, in turns; medians; whole commands with their start-up. "
        "The marks agree.",
        "",
        "| | seconds | ms a submission | throughput |",
        "|---|---|---|---|",
        f"| `nbgrader autograde`, its own executor | {a:.1f} | {1000 * a / n:.0f} | 1 |",
        f"| `autograder grade --jobs {jobs}`, sandboxed | {b:.1f} | {1000 * b / n:.0f} | {a / b:.1f} |",
        "",
        "Where the time of a submission goes, in one process, without start-up:",
        "",
        "| step | ms |",
        "|---|---|",
        *(f"| {name} | {value:.1f} |" for name, value in steps.items()),
        "",
    ]
    print("\n".join(lines))
    if options.write:
        options.write.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
