"""How fast submissions are graded, beside ``nbgrader autograde`` as it comes.

``python -m benchmarks.grading [--units 01-neuron ...] [--students N] [--rounds R] [--write docs/grading-speed.md]``

Both grade the same submissions, in turns; their marks are compared. nbgrader runs with its own executor.
"""

from __future__ import annotations

import argparse
import ast
import csv
import inspect
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import nbformat

from autograder import units
from autograder.grader.sheet import grade_id

ROOT = Path(__file__).parents[1]


def wrong_answers(key: str) -> dict[str, str]:
    """A wrong answer to each exercise of a unit that has one in ``tests/answers``, as the text of a cell."""
    module = import_module(f"tests.answers.{units.MODULES[key]}")
    imports = [
        ast.unparse(node)
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__"
    ]
    found = {}
    for name, codes in module.WRONG.items():
        for code in codes:
            if inspect.isfunction(code) and code.__name__ != "<lambda>":
                source = inspect.getsource(code).replace(f"def {code.__name__}(", f"def {name}(", 1)
                found[name] = "\n".join([*imports, "", source])
                break
    return found


def make_course(folder: Path, students: int, keys: list[str]) -> None:
    """A course folder with submissions: everything right, one wrong and one not attempted, only the first half done."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for key in keys:
        shutil.copytree(ROOT / "solutions" / key, folder / "solutions" / key)
        solved, released = (
            nbformat.read(ROOT / place / key / f"{key}.ipynb", as_version=4)
            for place in ("solutions", "notebooks")
        )
        names = [exercise.name for exercise in units.unit(key).exercises]
        right = {grade_id(cell): cell.source for cell in solved.cells if grade_id(cell) in names}
        stubs = {cell.id: cell.source for cell in released.cells}
        wrong = wrong_answers(key)
        for number in range(students):
            given = dict(right)
            if number % 3 == 1:
                failed = sorted(wrong)[number % len(wrong)]
                given[failed] = wrong[failed]
                given.pop(names[-1])
            elif number % 3 == 2:
                given = {name: right[name] for name in names[: len(names) // 2]}
            for cell in released.cells:
                cell.source = given.get(grade_id(cell), stubs[cell.id])
            place = folder / "submitted" / f"s{number:04d}" / key
            place.mkdir(parents=True)
            (place / f"{key}.ipynb").write_text(nbformat.writes(released), encoding="utf-8")


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


def stock(folder: Path, key: str) -> tuple[float, dict[str, float]]:
    """Grade a unit with nbgrader's own executor; seconds and marks by student."""
    for name in ("autograded", "gradebook.db"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (folder / "release").mkdir(exist_ok=True)
    run(folder, "nbgrader", "generate_assignment", key, "--force")
    config = folder / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(ours + "\ndel c.Autograde.autograde_preprocessors\n")
    seconds = run(folder, "nbgrader", "autograde", key)
    config.write_text(ours)
    run(folder, "nbgrader", "export", "--to", "export.csv")
    with (folder / "export.csv").open(newline="") as file:
        return seconds, {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def ours(folder: Path, key: str, jobs: int) -> tuple[float, dict[str, float]]:
    """Grade a unit with ``autograder grade``; seconds and marks by student."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    seconds = run(
        folder, "autograder", "grade", "submitted", "--out", "results", "--unit", key, "--jobs", str(jobs)
    )
    marks: dict[str, float] = {}
    with (folder / "results" / "grades.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            marks[row["student"]] = marks.get(row["student"], 0.0) + float(row["score"] or 0)
    return seconds, marks


def page(
    slow: dict[str, list[float]], fast: dict[str, list[float]], differ: dict[str, set[str]], n: int, jobs: int
) -> str:
    """The page of what was measured so far."""
    rounds = min(map(len, fast.values()))
    a, b = ({key: statistics.median(times[key]) for key in fast} for times in (slow, fast))
    told = [(key, a[key], b[key], n, len(differ[key])) for key in fast]
    for name, keys in (("01 to 04", [key for key in fast if key < "05"]), ("all", list(fast))):
        both = sum(a[key] for key in keys), sum(b[key] for key in keys)
        if len(keys) > 1:
            told.append((name, *both, n * len(keys), sum(len(differ[key]) for key in keys)))
    lines = [
        "# How fast grading is",
        "",
        f"Made by `python -m benchmarks.grading --students {n}` on {jobs} cores of {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end.",
        f"{n} submissions a unit, the same for both, in turns; medians of {rounds} round(s); whole commands with their "
        f"start-up. `nbgrader autograde` runs its own executor; `autograder grade --jobs {jobs}` is sandboxed.",
        "",
        "| unit | nbgrader, s | autograder, s | times as fast | students with other marks |",
        "|---|---|---|---|---|",
        *(f"| {key} | {s:.1f} | {f:.1f} | {s / f:.1f} | {d} of {m} |" for key, s, f, m, d in told),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and print or write the table after each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", nargs="+", choices=list(units.MODULES), default=list(units.MODULES))
    parser.add_argument("--students", type=int, default=6, help="submissions a unit")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument(
        "--limit", type=float, default=540, help="no round begins that would pass so many seconds"
    )
    parser.add_argument("--write", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    jobs = os.cpu_count() or 1
    slow: dict[str, list[float]] = {key: [] for key in options.units}
    fast: dict[str, list[float]] = {key: [] for key in options.units}
    differ: dict[str, set[str]] = {key: set() for key in options.units}
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_course(folder, options.students, options.units)
        for number in range(options.rounds):
            spent = time.monotonic() - begin
            if number and spent * (number + 1) / number > options.limit:
                break
            for key in options.units:
                seconds, theirs = stock(folder, key)
                slow[key].append(seconds)
                seconds, mine = ours(folder, key, jobs)
                fast[key].append(seconds)
                differ[key] |= {student for student, _ in theirs.items() ^ mine.items()}
                print(key, slow[key], fast[key], sorted(differ[key]), flush=True)
            text = page(slow, fast, differ, options.students, jobs)
            print(text, flush=True)
            if options.write:
                options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
