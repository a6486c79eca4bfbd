"""What the graded cells' own text says of an answer, in fresh isolated processes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from nbformat import NotebookNode

from autograder.course import COURSE, Course
from autograder.grader.marking import Mark, Marker
from autograder.grader.sheet import Sheet, grade_id, is_setup
from tests.course import sheet as sheet_of


def one_exercise(sheet: Sheet, name: str) -> Sheet:
    """The cells of one exercise: setup, solution and graded cells.

    Answers of the gate's may call `nnlib`, so a student process finds all of it here.
    """
    everything = tuple(path.stem for path in COURSE.library.glob("*.py"))
    notebook = copy.copy(sheet.notebook)
    notebook.cells = [
        cell
        for cell in sheet.notebook.cells
        if is_setup(cell) or (grade_id(cell) and name in (grade_id(cell), sheet.exercise(grade_id(cell))))
    ]
    return Sheet(replace(sheet.unit, provides=everything), notebook)


def fill(sheet: Sheet, answers: dict[str, str]) -> NotebookNode:
    """A submission: the sheet with texts in its solution cells."""
    notebook = copy.deepcopy(sheet.notebook)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    return notebook


@contextmanager
def grading(key: str, name: str, seed: str, course: Course = COURSE) -> Iterator[Callable[[str], Mark]]:
    """Gives a function that grades a solution cell's text by the graded cell of an exercise."""
    sheet = one_exercise(sheet_of(key), name)
    with Marker(course, sheet, seed) as marker:

        def grade(text: str) -> Mark:
            (mark,) = marker.mark(fill(sheet, {name: text})).marks
            return mark

        yield grade
