"""What a grader would say of a learner's own notebooks: behind ``autograder check``.

The grader's own marking of the notebook as it is saved, without hidden tests and without the course's solutions.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from autograder import units
from autograder.course import COURSE
from autograder.exercise import Unit
from autograder.grader import submission
from autograder.grader.marking import Mark, Marker
from autograder.grader.sheet import Sheet, grade_id, is_setup
from autograder.isolation import IsolationUnavailable, Unisolated
from autograder.progress import PLACEHOLDER, START, is_answer, keep, notebook_path, recorded
from autograder.verdict import Verdict

UNSAVED = "In your open notebook its check passed: is the notebook saved?"
OUT_OF_ORDER = (
    "In your open notebook its check passed; run from the top, it does not. The answer leans on a cell that ran in "
    "another order, was changed since, or is gone. Restart the kernel and run all cells to see it."
)

ANSWER = {"grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False}


def grade(folder: Path, key: str) -> list[Mark]:
    """Run a learner's notebook from top to bottom in fresh processes, mark it, and remember the verdicts.

    Parameters
    ----------
    folder : Path
        The folder that holds the units.
    key : str
        The unit.

    Returns
    -------
    list of Mark
        One for each exercise and written answer, with reasons that speak to the learner.

    Raises
    ------
    UnknownExercise
        If the course has no such unit.
    BrokenSubmission
        If there is no notebook that can be read.
    IsolationUnavailable
        If the machine can't run the two processes at all.
    """
    unit = units.unit(key)
    path = notebook_path(folder, key)
    if not path.exists():
        raise submission.BrokenSubmission(f"There is no notebook {path}.")
    notebook = submission.read(path)
    sheet = sheet_of(notebook, unit)
    if not any(map(is_setup, sheet.notebook.cells)):
        # Without its imports nothing of the notebook runs, so nothing can be said.
        return list(_not_judged(unit, set(), "The notebook's first code cell, with the imports,"))
    before = recorded(folder)
    marks = _mark(notebook, sheet)
    shown = _evidence(notebook)
    marks = [_explained(mark, shown.get(mark.cell, ""), before.get(mark.exercise)) for mark in marks]
    if (folder / START).is_file():
        written = set(unit.written)
        # Should an exercise have two graded cells, the one that is not right counts.
        in_order = sorted(marks, key=lambda mark: mark.verdict is not Verdict.CORRECT)
        keep(folder, {m.exercise: m.verdict for m in in_order if m.exercise not in written})
    return marks + list(_not_judged(unit, {mark.exercise for mark in marks}, "Its check or answer cell"))


def sheet_of(notebook: NotebookNode, unit: Unit) -> Sheet:
    """What of a learner's notebook is the course's own: the sheet that a grader would hold it against.

    Locked cells are taken as they stand, where nbgrader's checksum says that they stand as released. Code without a
    grade id is the course's where the course named it. Hidden tests and solutions are not needed.
    """
    sheet = Sheet(unit, copy.deepcopy(notebook))
    answers = {exercise.name for exercise in unit.exercises}
    own: dict[str, NotebookNode] = {}
    for cell in sheet.notebook.cells:
        name = grade_id(cell)
        if name in answers:
            # Its text and type are the learner's to change, so nothing vouches for its metadata either.
            metadata = {"nbgrader": {**ANSWER, "grade_id": name}}
            own.setdefault(name, nbformat.v4.new_code_cell(metadata=metadata))
        elif name in unit.written:
            blank = nbformat.v4.new_markdown_cell(PLACEHOLDER, metadata=cell.metadata)
            if _as_released(blank):
                blank.source = blank.source if is_answer(cell.source) else cell.source
                own.setdefault(name, blank)
        elif name:
            of_this_unit = not utils.is_grade(cell) or sheet.exercise(name) in answers
            if of_this_unit and _as_released(cell):
                own.setdefault(name, cell)
        elif cell.metadata.get("name"):
            own.setdefault(cell.metadata["name"], cell)
    sheet.notebook.cells = list(own.values())
    return sheet


def _as_released(cell: NotebookNode) -> bool:
    """Whether nbgrader's checksum of text, type, points and rights still holds."""
    try:
        return bool(utils.compute_checksum(cell) == cell.metadata.nbgrader["checksum"])
    except (LookupError, TypeError, ValueError):
        return False


def _mark(notebook: NotebookNode, sheet: Sheet) -> list[Mark]:
    """Mark in the grader's sandbox; where there is none, without: the code is the learner's own."""
    with ExitStack() as stack:
        try:
            marker = stack.enter_context(Marker(COURSE, sheet, seed=None))
        except IsolationUnavailable:
            marker = stack.enter_context(Marker(COURSE, sheet, seed=None, sandbox=Unisolated()))
        return list(marker.mark(notebook).marks)


def _explained(mark: Mark, evidence: str, before: Verdict | None) -> Mark:
    """A mark whose reason holds what the check showed, and says where the open notebook differs."""
    # What a check says of an unwritten function is no more than the verdict.
    said = [] if evidence and mark.verdict is Verdict.NOT_ATTEMPTED else [mark.reason, evidence]
    if mark.verdict is Verdict.TIMED_OUT:
        said.append("Is there a loop that never ends?")
    if before is Verdict.CORRECT and mark.verdict is not Verdict.CORRECT:
        said.append(UNSAVED if mark.verdict is Verdict.NOT_ATTEMPTED else OUT_OF_ORDER)
    return replace(mark, reason="\n".join(filter(None, said)))


def _evidence(notebook: NotebookNode) -> dict[str, str]:
    """What the panels of a marked notebook show below their first line, by the cell's grade id."""
    return {
        grade_id(cell): output.data["text/plain"].partition("\n")[2]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "display_data" and grade_id(cell)
    }


def _not_judged(unit: Unit, judged: set[str], missing: str) -> Iterator[Mark]:
    """Marks for what this run can say nothing about."""
    points = {exercise.name: float(exercise.points) for exercise in unit.exercises}
    reason = (
        f"{missing} is gone or not as released. Take a fresh copy of the notebook and paste your answers in."
    )
    for name in [*points, *unit.written]:
        if name not in judged:
            yield Mark(name, "", 0.0, points.get(name, 0.0), Verdict.NEEDS_A_LOOK, reason=reason)
