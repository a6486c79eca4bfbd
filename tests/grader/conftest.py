"""Submissions of unit 01, made from the release."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from traitlets.config import Config, PyFileConfigLoader

from autograder import units
from autograder.course import COURSE
from autograder.grader.marking import Mark, Marker
from autograder.grader.sheet import Sheet, grade_id

ROOT = Path(__file__).parents[2]
UNIT = "01-neuron"
SEED = "a seed for tests"


@pytest.fixture(scope="session")
def config() -> Config:
    """The course's settings for nbgrader."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


@pytest.fixture(scope="session")
def sheet(config: Config) -> Sheet:
    """Unit 01's own notebook."""
    return Sheet.read(ROOT / "solutions" / UNIT / f"{UNIT}.ipynb", units.unit(UNIT), config)


@pytest.fixture(scope="session")
def released() -> NotebookNode:
    """Unit 01 as a student gets it."""
    return nbformat.read(ROOT / "notebooks" / UNIT / f"{UNIT}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def solved() -> NotebookNode:
    """Unit 01 with its solutions."""
    return nbformat.read(ROOT / "solutions" / UNIT / f"{UNIT}.ipynb", as_version=4)


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
