"""Kill a batch, run it again, and compare what it leaves with an undisturbed run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from autograder.grader.sheet import grade_id
from tests.course import ROOT
from tests.grader.test_marking import RIGHT, WRONG

UNIT = "01-neuron"
KINDS = [
    RIGHT,
    RIGHT | {"perceptron": WRONG["perceptron"][0]},
    {name: RIGHT[name] for name in ("weighted_sum", "perceptron")},
    RIGHT | {"gate_parameters": "def gate_parameters():\n    import os\n    os._exit(1)"},
]
RUN = "from autograder.cli import app; app()"
# Ends itself the hard way at the n-th commit of the gradebook, before or after it.
KILLED_AT_COMMIT = """
import os, signal, sys
from sqlalchemy.orm import Session
number, when = int(sys.argv.pop(1)), sys.argv.pop(1)
commit, seen = Session.commit, 0
def counted(session):
    global seen
    seen += 1
    if seen == number and when == "before":
        session.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    commit(session)
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)
Session.commit = counted
from autograder.cli import app
app()
"""


@dataclass(frozen=True)
class Trial:
    """One batch that was killed, and what its second run left."""

    moment: str
    saved: int
    """Submissions whose marks were saved when it was killed."""
    faults: tuple[str, ...]


def make_course(folder: Path, students: int) -> None:
    """A course folder with submissions of unit 01, one of them no notebook."""
    shutil.copytree(ROOT / "solutions" / UNIT, folder / "solutions" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    released = nbformat.read(ROOT / "notebooks" / UNIT / f"{UNIT}.ipynb", as_version=4)
    stubs = {cell.id: cell.source for cell in released.cells}
    for number in range(students):
        for cell in released.cells:
            cell.source = KINDS[number % len(KINDS)].get(grade_id(cell), stubs[cell.id])
        place = folder / "submitted" / f"s{number:03d}" / UNIT
        place.mkdir(parents=True)
        text = nbformat.writes(released) if number else "{ not a notebook"
        (place / f"{UNIT}.ipynb").write_text(text, encoding="utf-8")


def command(out: str) -> list[str]:
    """The arguments of ``autograder`` for a batch into a folder."""
    return ["grade", "submitted", "--out", out, "--jobs", "2"]


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    """Start Python in the course's folder, in a session of its own."""
    environment = {**os.environ, "AUTOGRADER_SEED": "crash"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finish(folder: Path, out: str) -> str:
    """Run a batch to its end; what it printed."""
    process = start(folder, "-c", RUN, *command(out))
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(said)
    return said


def rows(gradebook: Path) -> list[tuple]:
    """What a gradebook says of submissions, without the keys that it invents."""
    query = """
        SELECT student.id, assignment.name, base_cell.name, grade.auto_score, grade.manual_score,
               grade.needs_manual_grade
        FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN student ON student.id = submitted_assignment.student_id
        JOIN assignment ON assignment.id = submitted_assignment.assignment_id
        ORDER BY 1, 2, 3"""
    with closing(sqlite3.connect(gradebook)) as book:
        return book.execute(query).fetchall()


def faults(whole: Path, other: Path) -> list[str]:
    """In what a folder of results differs from an undisturbed one."""
    found = []
    for name in ("grades.csv", "needs-a-look.csv"):
        if (whole / name).read_bytes() != (other / name).read_bytes():
            found.append(f"{name} differs")
    if rows(whole / "gradebook.db") != rows(other / "gradebook.db"):
        found.append("the gradebook differs")
    with closing(sqlite3.connect(other / "gradebook.db")) as book:
        if (said := book.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            found.append(f"the gradebook is not whole: {said}")
    kept, expected = (
        {str(path.relative_to(place)) for path in place.rglob("*") if path.suffix in (".json", ".ipynb")}
        for place in (other, whole)
    )
    if kept != expected:
        found.append(f"other files: {sorted(kept ^ expected)}")
    found += [f"half-written: {path.name}" for path in other.rglob("*.part")]
    return found


def left_over(children: list[psutil.Process], seconds: float = 5.0) -> list[str]:
    """Processes of a killed batch that are still there after a moment."""
    _, alive = psutil.wait_procs(children, timeout=seconds)
    return [f"process {one.pid} is left" for one in alive if one.is_running()]


def trial_after(folder: Path, seconds: float, name: str) -> Trial:
    """Kill a batch so many seconds after its start, and run it again."""
    process = start(folder, "-c", RUN, *command(name))
    time.sleep(seconds)
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.kill()
    process.communicate()
    found = left_over(children)
    return run_again(folder, name, f"{seconds:.2f} s", found)


def trial_at_commit(folder: Path, number: int, when: str, name: str) -> Trial:
    """Kill a batch at a commit of the gradebook, and run it again."""
    process = start(folder, "-c", KILLED_AT_COMMIT, str(number), when, *command(name))
    said, _ = process.communicate()
    found = [] if process.returncode == -signal.SIGKILL else [f"it was not killed: {said}"]
    return run_again(folder, name, f"{when} commit {number}", found)


def run_again(folder: Path, name: str, moment: str, found: list[str]) -> Trial:
    saved = len(list((folder / name).glob("marks/*/*.json")))
    said = finish(folder, name)
    # A file that is no notebook is looked at again each time.
    if saved > 1 and "taken over" not in said:
        found.append("nothing was taken over")
    return Trial(moment, saved, (*found, *faults(folder / "whole", folder / name)))


def moments(count: int, longest: float, seed: int = 8) -> list[float]:
    """Moments at random, one in each of `count` equal parts of the time that a batch takes."""
    draw = random.Random(seed)
    return [longest * (part + draw.random()) / count for part in range(count)]
