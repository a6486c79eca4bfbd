"""How fast submissions are graded, beside ``nbgrader autograde`` as it comes.

``python -m benchmarks.grading [--units 01-neuron ...] [--students N] [--rounds R] [--write docs/grading-speed.md]``

Both grade the same submissions, in turns; their marks are compared. nbgrader runs with its own executor.
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
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from autograder import units
from autograder.grader.sheet import grade_id
from tests.course import ROOT, one_wrong, stock_settings

FEW = 3  # submissions that show what the start-up takes


def handed_in(key: str, students: int) -> int:
    """How many submissions of a unit are graded: units that train take longer, so there are a quarter as many."""
    return students if key < "05" else max(FEW, students // 4)


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
        wrong = one_wrong(key)
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
    config.write_text(stock_settings())
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


@dataclass
class Measured:
    """What a unit took: seconds of whole commands for `FEW` submissions and for all, by round; who got other marks."""

    submissions: int
    slow: list[tuple[float, float]] = field(default_factory=list)
    fast: list[tuple[float, float]] = field(default_factory=list)
    differ: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> tuple[float, float]:
        """What all submissions took, start-up included: nbgrader's and ours."""
        slow, fast = (statistics.median(both for _, both in pairs) for pairs in (self.slow, self.fast))
        return slow, fast

    @property
    def further(self) -> tuple[float, float]:
        """What all but `FEW` submissions added: nbgrader's and ours."""
        slow, fast = (statistics.median(b - a for a, b in pairs) for pairs in (self.slow, self.fast))
        return slow, fast


def page(measured: dict[str, Measured], students: int) -> str:
    """The page of what was measured so far."""

    def row(name: str, submissions: int, seconds: tuple[float, float], differ: int) -> str:
        slow, fast = seconds
        return f"| {name} | {submissions} | {slow:.0f} | {fast:.1f} | {slow / fast:.1f} | {differ} |"

    early, every = [one for key, one in measured.items() if key < "05"], list(measured.values())
    units_ = [row(key, one.submissions, one.seconds, len(one.differ)) for key, one in measured.items()]
    sums, added = [], []
    for name, some in (("01 to 04", early), ("all", every)):
        slow, fast = zip(*(one.seconds for one in some), strict=True)
        count, differ = sum(one.submissions for one in some), sum(len(one.differ) for one in some)
        sums.append(row(name, count, (sum(slow), sum(fast)), differ))
        slow, fast = zip(*(one.further for one in some), strict=True)
        added.append(row(name, count - FEW * len(some), (sum(slow), sum(fast)), differ))
    cores, rounds = os.cpu_count(), min(len(one.fast) for one in every)
    head = [
        "| unit | submissions | nbgrader, s | autograder, s | times as fast | other marks |",
        "|---|---|---|---|---|---|",
    ]
    lines = [
        "# How fast grading is",
        "",
        f"Made by `python -m benchmarks.grading --students {students}` on {cores} cores of {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end. The same submissions for both, "
        f"in turns; {rounds} round(s), medians. `nbgrader autograde` runs its own executor; `autograder grade --jobs "
        f"{cores}` is sandboxed.",
        "",
        "## Whole commands",
        "",
        "With the start-up of each, which a class pays once for a unit.",
        "",
        *[*head, *units_, *sums],
        "",
        "## Throughput",
        "",
        f"What the submissions added after the first {FEW} of each unit: the difference of two whole commands. Two "
        "runs of one command differ by a second or so, so sums are given and no units.",
        "",
        *[*head, *added],
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
    measured = {key: Measured(handed_in(key, options.students)) for key in options.units}
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        few, many = Path(scratch, "few"), Path(scratch, "many")
        for folder, students in ((few, FEW), (many, options.students)):
            folder.mkdir()
            make_course(folder, students, options.units)
        for number in range(options.rounds):
            spent = time.monotonic() - begin
            if number and spent * (number + 1) / number > options.limit:
                break
            for key, one in measured.items():
                (slow_few, _), (fast_few, _) = stock(few, key), ours(few, key, jobs)
                (slow, theirs), (fast, mine) = stock(many, key), ours(many, key, jobs)
                one.slow.append((slow_few, slow))
                one.fast.append((fast_few, fast))
                one.differ |= {student for student, _ in theirs.items() ^ mine.items()}
                print(key, one, flush=True)
            text = page(measured, options.students)
            print(text, flush=True)
            if options.write:
                options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
