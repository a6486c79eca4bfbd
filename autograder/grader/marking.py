"""Marking one notebook: its cells run in two processes, its marks come from the trusted one alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from autograder.course import Course
from autograder.exercise import Unit
from autograder.grader import room
from autograder.grader.restoring import restore
from autograder.grader.sheet import Sheet, grade_id, is_setup
from autograder.isolation import Cell, Isolation, Limits, Outcome, Room, Sandbox
from autograder.verdict import Verdict

# Verdicts that no check gave: a person should see why.
LOOK = {Verdict.ERROR, Verdict.TIMED_OUT, Verdict.NEEDS_A_LOOK}


@dataclass(frozen=True)
class Mark:
    """The mark of one graded cell.

    Attributes
    ----------
    exercise, cell : str
        Name of the exercise, and the cell's grade id.
    score : float or None
        Points; None for a written answer that waits for a person.
    max_score : float
        Points that can be had.
    verdict : Verdict
    misconception, reason : str
        The known mistake, if any, and a sentence on why no points were given.
    """

    exercise: str
    cell: str
    score: float | None
    max_score: float
    verdict: Verdict
    misconception: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Marked:
    """A marked submission.

    Attributes
    ----------
    marks : tuple of Mark
        One for each graded cell, in the notebook's order.
    notes : tuple of str
        Sentences for a person: what was repaired, and what stood open where the machine has no sandbox.
    """

    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


class Marker:
    """Marks submissions of one unit; keeps the two preloaded processes between them.

    Parameters
    ----------
    course : Course
        What is graded.
    sheet : Sheet
        The unit's own notebook.
    seed : str or None
        The course's secret seed.
    sandbox : Sandbox, optional
        How student processes are confined; bubblewrap if nothing else is given.

    Raises
    ------
    IsolationUnavailable
        If the machine can't confine a process that way.
    """

    def __init__(
        self, course: Course, sheet: Sheet, seed: str | None, sandbox: Sandbox | None = None
    ) -> None:
        self.sheet = sheet
        self.settings = {"seed": seed}
        self._warning = [] if sandbox is None else [sandbox.describe()]
        self._folder = tempfile.TemporaryDirectory(prefix="room-")
        packages = Path(self._folder.name)
        room.furnish(packages, course.library, sheet.unit.provides)
        self._isolation = Isolation(
            Room(
                modules=(packages,),
                hidden=(course.library.name,),
                preload=(*course.preload, *sheet.unit.libraries),
            ),
            Limits(cell_seconds=sheet.unit.seconds),
            sandbox=sandbox,
            prepare=course.prepare,
            trusted_preload=(*course.trusted, *sheet.unit.libraries),
        )

    def __enter__(self) -> Marker:
        self._isolation.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._isolation.__exit__(kind, error, where)
        self._folder.cleanup()

    def mark(self, notebook: NotebookNode) -> Marked:
        """Restore, run and mark a submission; its cells get the outputs that feedback shows.

        The course's own cells that show something are left out, unless an answer turns out to lean on one.
        """
        restored = restore(notebook, self.sheet)
        outcomes = self._run(notebook, skip_own=True)
        skip_own = not any("NameError" in outcome.reason for outcome in outcomes.values())
        if not skip_own:
            outcomes = self._run(notebook, skip_own)
        marks = self._marks(notebook, outcomes, restored.doubts)
        wrong, dragged = _dragged_along(self.sheet.unit, marks.values())
        if dragged:
            outcomes |= self._run(notebook, skip_own, dragged, wrong)
            marks = self._marks(notebook, outcomes, restored.doubts)
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.execution_count = None
                cell.outputs = _outputs(outcomes.get(str(i)), marks.get(i))
        notes = (*self._warning, *restored.repairs)
        if notes:
            text = "\n".join(f"- {sentence}" for sentence in notes)
            notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"**Notes of the grader**\n\n{text}"))
        return Marked(tuple(marks.values()), notes)

    def _run(
        self,
        notebook: NotebookNode,
        skip_own: bool,
        only: frozenset[str] | None = None,
        wrong: frozenset[str] = frozenset(),
    ) -> dict[str, Outcome]:
        """Run the code cells, of the graded ones perhaps only some; the outcome of each by its place."""
        cells = []
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            if utils.is_grade(cell):
                if only is None or grade_id(cell) in only:
                    cells.append(Cell(str(i), cell.source, "graded"))
            elif is_setup(cell):
                cells.append(Cell(str(i), cell.source, "setup"))
            elif not (skip_own and not grade_id(cell) and cell.source in self.sheet.own_texts):
                cells.append(Cell(str(i), cell.source, "student"))
        outcomes = self._isolation.run(cells, {**self.settings, "wrong": sorted(wrong)})
        return {outcome.id: outcome for outcome in outcomes}

    def _marks(
        self, notebook: NotebookNode, outcomes: dict[str, Outcome], doubts: dict[str, str]
    ) -> dict[int, Mark]:
        """The marks of the graded cells, by their place in the notebook."""
        by_name = outcomes_by_name(notebook, outcomes)
        return {
            i: self._mark(cell, outcomes.get(str(i)), by_name, doubts)
            for i, cell in enumerate(notebook.cells)
            if utils.is_grade(cell)
        }

    def _mark(
        self,
        cell: NotebookNode,
        outcome: Outcome | None,
        by_name: dict[str, Outcome],
        doubts: dict[str, str],
    ) -> Mark:
        """The mark of a graded cell. It has points only where the trusted process ran it to its end."""
        name = grade_id(cell)
        own = self.sheet.cells[name]
        mark = Mark(
            exercise=self.sheet.exercise(name),
            cell=name,
            score=0.0,
            max_score=float(own.metadata.nbgrader.points),
            verdict=Verdict.NEEDS_A_LOOK,
            reason="The grader has no outcome for this cell.",
        )
        if mark.exercise in doubts:
            return replace(mark, reason=doubts[mark.exercise])
        if utils.is_solution(own):
            if cell.source == own.source:
                return replace(mark, verdict=Verdict.NOT_ATTEMPTED, reason="The answer is as released.")
            return replace(mark, score=None, verdict=Verdict.WRITTEN, reason="")
        if outcome is None:
            return mark
        if outcome.status == "ok":
            return replace(mark, score=mark.max_score, verdict=Verdict.CORRECT, reason="")
        if outcome.status == "timed-out":
            return replace(mark, verdict=Verdict.TIMED_OUT, reason=outcome.reason)
        if outcome.status != "raised":
            return replace(mark, reason=outcome.reason)
        if outcome.record:
            return replace(
                mark,
                verdict=Verdict(outcome.record["verdict"]),
                misconception=outcome.record["misconception"],
                reason=outcome.record["headline"].replace("`", ""),
            )
        answer = by_name.get(mark.exercise)
        if answer is not None and answer.status != "ok":
            return replace(
                mark, verdict=Verdict.ERROR, reason=f"The answer's own cell failed. {answer.reason}"
            )
        if "NameError" in outcome.reason:
            missing = f"The notebook defines no {mark.exercise}."
            return replace(mark, verdict=Verdict.NOT_ATTEMPTED, reason=missing)
        return replace(mark, verdict=Verdict.ERROR, reason=outcome.reason)


def _dragged_along(unit: Unit, marks: Iterable[Mark]) -> tuple[frozenset[str], frozenset[str]]:
    """Exercises that are wrong, and cells that no check could judge, perhaps only because they call one of those."""
    wrong = frozenset(mark.exercise for mark in marks if mark.score == 0)
    builds_on = {exercise.name: wrong.intersection(exercise.builds_on) for exercise in unit.exercises}
    return wrong, frozenset(
        mark.cell for mark in marks if mark.verdict in LOOK and builds_on.get(mark.exercise)
    )


def outcomes_by_name(notebook: NotebookNode, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """The outcomes of the cells that nbgrader knows, by their grade id."""
    cells = {grade_id(cell): str(i) for i, cell in enumerate(notebook.cells) if grade_id(cell)}
    return {name: outcomes[i] for name, i in cells.items() if i in outcomes}


def _outputs(outcome: Outcome | None, mark: Mark | None) -> list[NotebookNode]:
    """The outputs of a cell in the graded notebook; nbgrader reads points from those of graded cells."""
    found: list[dict[str, Any]] = list(outcome.outputs) if outcome is not None else []
    if mark is not None:
        # Panels alone, and an error wherever there are no points: nothing else may look like a result.
        found = [output for output in found if output["output_type"] == "display_data"]
        if not mark.score:
            said = f"{mark.exercise}: {mark.verdict.value.replace('-', ' ')}. {mark.reason}"
            found.append(
                {
                    "output_type": "error",
                    "ename": mark.verdict.value,
                    "evalue": mark.reason,
                    "traceback": [said],
                }
            )
    return [nbformat.from_dict(output) for output in found]
