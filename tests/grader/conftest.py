"""Submissions of unit 01, made from the release."""

from __future__ import annotations

import copy
from collections.abc import Callable

import nbformat
import pytest
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.course import COURSE
from autograder.grader.marking import Mark, Marker
from autograder.grader.sheet import Sheet, grade_id
from tests.course import notebook, settings
from tests.course import sheet as sheet_of

UNIT = "01-neuron"
SEED = "a seed for tests"


@pytest.fixture(scope="session")
def config() -> Config:
    """The course's settings for nbgrader."""
    return settings()


@pytest.fixture(scope="session")
def sheet() -> Sheet:
    """Unit 01's own notebook."""
    return sheet_of(UNIT)


@pytest.fixture(scope="session")
def released() -> NotebookNode:
    """Unit 01 as a student gets it."""
    return notebook("notebooks", UNIT)


@pytest.fixture(scope="session")
def solved() -> NotebookNode:
    """Unit 01 with its solutions."""
    return notebook("solutions", UNIT)


@pytest.fixture(scope="session")
def submit(released: NotebookNode) -> Callable[..., NotebookNode]:
    """Fill in cells of the release by their grade id; ``first`` goes into a new cell behind the setup."""

    def fill(answers: dict[str, str], first: str = "") -> NotebookNode:
        notebook = copy.deepcopy(released)
        for cell in notebook.cells:
            if grade_id(cell) in answers:
                cell.source = answers[grade_id(cell)]
        if first:
            setup = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == "setup")
            notebook.cells.insert(setup + 1, nbformat.v4.new_code_cell(first))
        return notebook

    return fill


@pytest.fixture(scope="session")
def marker(sheet: Sheet):
    """The real thing: bubblewrap, two processes."""
    with Marker(COURSE, sheet, SEED) as marker:
        yield marker


@pytest.fixture(scope="session")
def marks(marker: Marker) -> Callable[[NotebookNode], dict[str, Mark]]:
    """Mark a notebook; the marks by exercise."""

    def mark(notebook: NotebookNode) -> dict[str, Mark]:
        return {one.exercise: one for one in marker.mark(copy.deepcopy(notebook)).marks}

    return mark
