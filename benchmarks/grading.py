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


def handed_in(key: str, students: int) -> int:
    """How many submissions of a unit are graded: units that train take longer, so there are a quarter as many."""
    return students if key < "05" else max(3, students // 4)


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
        for number in range(handed_in(key, students)):
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
    slow: dict[str, list[float]], fast: dict[str, list[float]], differ: dict[str, set[str]], n: int
) -> str:
    """The page of what was measured so far."""
    rounds = min(map(len, fast.values()))
    each = [
        (
            key,
            *(statistics.median(times[key]) / handed_in(key, n) for times in (slow, fast)),
            handed_in(key, n),
        )
        for key in fast
    ]
    told = [(key, s, f, f"{len(differ[key])} of {k}") for key, s, f, k in each]
    for name, some in (("01 to 04", [row for row in each if row[0] < "05"]), ("all", each)):
        other = sum(len(differ[key]) for key, *_ in some)
        told.append(
            (
                f"one of each, {name}",
                sum(row[1] for row in some),
                sum(row[2] for row in some),
                f"{other} of {sum(row[3] for row in some)}",
            )
        )
    lines = [
        "# How fast grading is",
        "",
        f"Made by `python -m benchmarks.grading --students {n}` on {os.cpu_count()} cores of {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end.",
        f"{n} submissions of units 01 to 04, {handed_in('05', n)} of the others, which take longer; the same for both, "
        f"in turns; {rounds} round(s), medians; whole commands with their start-up. `nbgrader autograde` runs its own "
        f"executor; `autograder grade --jobs {os.cpu_count()}` is sandboxed.",
        "",
        "| unit | nbgrader, s a submission | autograder, s a submission | times as fast | with other marks |",
        "|---|---|---|---|---|",
        *(f"| {key} | {s:.2f} | {f:.2f} | {s / f:.1f} | {other} |" for key, s, f, other in told),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and print or write the table after each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", nargs="+", choices=list(units.MODULES), default=list(units.MODULES))
    parser.add_argument("--students", type=int, default=6, help="submissions of each of units 01 to 04")
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
            text = page(slow, fast, differ, options.students)
            print(text, flush=True)
            if options.write:
                options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
