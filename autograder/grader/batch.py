"""Grading a folder of submissions: many mark, one writes."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.course import Course
from autograder.grader import submission
from autograder.grader.backends import Desk, Workers, version_of
from autograder.grader.gradebook import Ledger, gradebook_url
from autograder.grader.marking import Mark, Marked
from autograder.grader.results import Graded, Results, Submitted
from autograder.grader.sheet import Sheet
from autograder.isolation import Sandbox
from autograder.verdict import Verdict


class ResultsInUse(Exception):
    """Another batch is writing to the same folder."""


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
    folder: Path,
    course: Course,
    sheets: dict[str, Sheet],
    config: Config,
    *,
    seed: str | None,
    workers: AbstractContextManager[Workers],
    sandbox: Sandbox | None = None,
) -> Iterator[Graded]:
    """Grade submissions, give each as it is done, and write the tables at the end.

    What an earlier run has marked is taken over, where nothing that the marks depend on has changed since: so a batch
    that was stopped, in whatever way, goes on where it was.

    Parameters
    ----------
    submissions : sequence of Submitted
        What to grade.
    folder : Path
        Where `Results` are kept. So is the gradebook, unless nbgrader's settings have a ``db_url``.
    course, sheets, config
        The course, its units' own notebooks, and nbgrader's settings.
    seed : str or None
        The secret seed.
    workers : context manager
        Who marks: `threads` or `dask` of `autograder.grader.backends`.
    sandbox : Sandbox, optional
        How student processes are confined, if not by bubblewrap.

    Raises
    ------
    IsolationUnavailable
        If a machine can't confine a process that way; no mark was given for want of it.
    ResultsInUse
        If another batch is writing to the same folder.
    """
    desks = {
        key: Desk(
            course,
            key,
            nbformat.writes(sheet.notebook),
            seed,
            sandbox,
            version_of(course, sheet.unit.libraries),
        )
        for key, sheet in sheets.items()
    }
    results = Results(folder)
    with _alone(folder), Ledger(gradebook_url(config, folder)) as ledger:
        results.tidy()
        recorded: dict[str, set[str]] = {}
        for key in sorted({one.unit for one in submissions}):
            ledger.open_unit(sheets[key], config)
            recorded[key] = ledger.students(key)
        common = {key: desk.fingerprint() for key, desk in desks.items()}
        todo: list[tuple[Submitted, str]] = []
        for one in submissions:
            fingerprint = hashlib.sha256(f"{common[one.unit]} {one.fingerprint()}".encode()).hexdigest()
            found = results.find(one, fingerprint) if one.student in recorded[one.unit] else None
            if found is not None:
                yield found
            else:
                todo.append((one, fingerprint))
        if todo:
            with workers as those:
                for one, fingerprint, marked, notebook in _mark(todo, desks, sheets, those):
                    time, unclear = one.handed_in()
                    graded = Graded(one, marked.marks, (*marked.notes, *filter(None, [unclear])))
                    # The marks come last: where they stand, the rest stands.
                    results.save_notebook(one, notebook)
                    ledger.record(one.unit, one.student, marked.marks, time)
                    results.save_marks(graded, fingerprint)
                    yield graded
        results.write_tables()


Done = tuple[Submitted, str, Marked, NotebookNode | None]


def _mark(
    todo: Iterable[tuple[Submitted, str]], desks: dict[str, Desk], sheets: dict[str, Sheet], workers: Workers
) -> Iterator[Done]:
    """Mark submissions; each as it is done."""
    running: dict[Future, tuple[Submitted, str]] = {}

    def first_done() -> Iterator[Done]:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            one, fingerprint = running.pop(future)
            try:
                yield one, fingerprint, *future.result()
            except workers.lost as error:
                reason = f"The workers that marked this ended, one after the other: {error}"
                yield one, fingerprint, unreadable(sheets[one.unit], reason), None

    for one, fingerprint in todo:
        try:
            notebook = submission.read(one.path)
        except submission.BrokenSubmission as error:
            yield one, fingerprint, unreadable(sheets[one.unit], str(error)), None
            continue
        running[workers.submit(desks[one.unit], notebook)] = (one, fingerprint)
        if len(running) >= workers.window:
            yield from first_done()
    while running:
        yield from first_done()


def unreadable(sheet: Sheet, reason: str) -> Marked:
    """The marks of what can't be marked: no points, and a person should look."""
    return Marked(
        tuple(
            Mark(
                sheet.exercise(name),
                name,
                0.0,
                float(cell.metadata.nbgrader.points),
                Verdict.NEEDS_A_LOOK,
                reason=reason,
            )
            for name, cell in sheet.cells.items()
            if cell.metadata.nbgrader.grade
        ),
        (),
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this batch alone; the system lets go of it however the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ResultsInUse(f"Another batch is writing to {folder}. Wait for its end.") from None
        yield
