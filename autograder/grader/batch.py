"""Grading a folder of submissions: many mark, one writes."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path

import joblib
import nbformat
from traitlets.config import Config

from autograder.course import Course
from autograder.grader import submission
from autograder.grader.gradebook import Ledger, sqlite_url
from autograder.grader.marking import LOOK, Mark, Marker
from autograder.grader.sheet import Sheet
from autograder.isolation import Sandbox
from autograder.verdict import Verdict

COLUMNS = ("student", "unit", "exercise", "cell", "score", "max_score", "verdict", "misconception", "reason")


@dataclass(frozen=True)
class Submitted:
    """One submitted notebook: ``SUBMISSIONS/<student>/<unit>/<unit>.ipynb``."""

    student: str
    unit: str
    path: Path


@dataclass(frozen=True)
class Graded:
    """The marks of one submission."""

    submitted: Submitted
    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()

    @property
    def needs_a_look(self) -> list[Mark]:
        """What a person should see."""
        return [mark for mark in self.marks if mark.verdict in LOOK]


def find(folder: Path, units: Sequence[str]) -> list[Submitted]:
    """The submissions in a folder, for the given units, in order of unit and student.

    A folder of a student and a unit without the unit's notebook counts too: it is put before a person.
    """
    return [
        Submitted(place.parent.name, unit, place / f"{unit}.ipynb")
        for unit in units
        for place in sorted(folder.glob(f"*/{unit}"))
        if place.is_dir()
    ]


def grade(
    submissions: Sequence[Submitted],
    results: Path,
    course: Course,
    sheets: dict[str, Sheet],
    config: Config,
    *,
    seed: str | None,
    jobs: int,
    sandbox: Sandbox | None = None,
) -> Iterator[Graded]:
    """Grade submissions in parallel, give each as it is done, and write the tables at the end.

    Parameters
    ----------
    submissions : sequence of Submitted
        What to grade.
    results : Path
        Folder for the gradebook, graded notebooks and tables; laid out as nbgrader's course folder.
    course, sheets, config
        The course, its units' own notebooks, and nbgrader's settings.
    seed : str or None
        The secret seed.
    jobs : int
        Number of submissions that are marked at a time.
    sandbox : Sandbox, optional
        How student processes are confined, if not by bubblewrap.

    Raises
    ------
    IsolationUnavailable
        If this machine can't confine a process that way; nothing was graded then.
    """
    results.mkdir(parents=True, exist_ok=True)
    done: list[Graded] = []
    own = threading.local()

    def mark(one: Submitted) -> Graded:
        """Mark one submission in a thread, which keeps a marker for each unit: the work is done in its processes."""
        markers = own.__dict__.setdefault("markers", {})
        if one.unit not in markers:
            markers[one.unit] = opened.enter_context(Marker(course, sheets[one.unit], seed, sandbox))
        return _graded(one, results, sheets[one.unit], markers[one.unit])

    with ExitStack() as opened, Ledger(sqlite_url(results)) as ledger:
        for key in sorted({one.unit for one in submissions}):
            ledger.open_unit(sheets[key], config)
        work = joblib.Parallel(n_jobs=jobs, backend="threading", return_as="generator_unordered")
        for graded in work(joblib.delayed(mark)(one) for one in submissions):
            one = graded.submitted
            ledger.record(one.unit, one.student, graded.marks, _timestamp(one.path))
            done.append(graded)
            yield graded
    write_tables(done, results)


def _graded(one: Submitted, results: Path, sheet: Sheet, marker: Marker) -> Graded:
    """Mark one submission and write its graded notebook."""
    try:
        notebook = submission.read(one.path)
        marked = marker.mark(notebook)
    except submission.BrokenSubmission as error:
        return Graded(one, tuple(unreadable(sheet, str(error))))
    target = results / "autograded" / one.student / one.unit / f"{one.unit}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_suffix(".part")
    scratch.write_text(nbformat.writes(notebook), encoding="utf-8")
    os.replace(scratch, target)
    return Graded(one, marked.marks, marked.notes)


def unreadable(sheet: Sheet, reason: str) -> Iterator[Mark]:
    """The marks of a file that can't be read: no points, and a person should look."""
    for name, cell in sheet.cells.items():
        if cell.metadata.nbgrader.grade:
            points = float(cell.metadata.nbgrader.points)
            yield Mark(sheet.exercise(name), name, 0.0, points, Verdict.NEEDS_A_LOOK, reason=reason)


def write_tables(done: Iterable[Graded], results: Path) -> None:
    """Write ``grades.csv``, a row for each graded cell, and ``needs-a-look.csv``, the rows for a person."""
    ordered = sorted(done, key=lambda graded: (graded.submitted.unit, graded.submitted.student))
    for name, wanted in (("grades.csv", set(Verdict)), ("needs-a-look.csv", LOOK)):
        with (results / name).open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for graded in ordered:
                for mark in graded.marks:
                    if mark.verdict in wanted:
                        one = graded.submitted
                        table.writerow(
                            [one.student, one.unit, *(_cell(mark, column) for column in COLUMNS[2:])]
                        )


def _cell(mark: Mark, column: str) -> str:
    value = getattr(mark, column)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    # A reason can hold text of the student's; one that begins like a formula must not become one.
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _timestamp(path: Path) -> str | None:
    """When a submission was handed in, where nbgrader's ``timestamp.txt`` says so."""
    file = path.parent / "timestamp.txt"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else None


assert [field.name for field in fields(Mark)] == [*COLUMNS[2:]], "the table's columns are a mark's fields"
