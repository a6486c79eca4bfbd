"""The start page as released: the map of a course that nobody has begun, the same again when it is run."""

import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from autograder import build, units
from autograder.build import release_folder, source_path, start_page
from autograder.progress import FILE, heading, keep
from autograder.verdict import Verdict

from .conftest import PROJECT


@pytest.fixture
def learner(tmp_path):
    """A learner's folder, as released, without the progress of whoever works here."""
    folder = tmp_path / "notebooks"
    shutil.copytree(PROJECT / "notebooks", folder, ignore=shutil.ignore_patterns(FILE))
    return folder


def run(folder):
    notebook = nbformat.read(folder / "start.ipynb", as_version=4)
    client = NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return map_of(notebook)


def map_of(notebook):
    (shown,) = next(cell for cell in notebook.cells if cell.id == "map").outputs
    return shown.data


def test_the_recorded_map_is_that_of_an_untouched_course(learner):
    recorded = map_of(nbformat.read(start_page(PROJECT), as_version=4))
    assert recorded == run(learner)
    assert recorded["text/plain"].startswith("Your progress: 0 correct, 0 incorrect, ")
    keep(learner, {"weighted_sum": Verdict.CORRECT})
    assert run(learner)["text/plain"].startswith("Your progress: 1 correct, ")


def markdown(path):
    """All that a notebook's Markdown cells say, as one line."""
    cells = nbformat.read(path, as_version=4).cells
    return " ".join(" ".join(cell.source for cell in cells if cell.cell_type == "markdown").split())


def test_the_start_page_says_of_every_unit_what_the_unit_says_of_itself():
    start = markdown(start_page(PROJECT))
    for key in units.MODULES:
        unit = markdown(release_folder(PROJECT, key) / f"{key}.ipynb")
        minutes = re.search(r"\*\*Time\*\*: (\d+ minutes)", unit)[1]
        able = re.search(r"\*\*You will be able to\*\* (.*?)\. - ", unit)[1]
        assert f"**[{heading(key)}]({key}/{key}.ipynb)** · {minutes}\\ *" in start
        assert f"You will be able to {able}." in start


@pytest.mark.parametrize("key", units.MODULES)
def test_every_exercise_is_explained_under_a_heading_of_its_unit(key):
    notebook = build.notebook_from_source(source_path(PROJECT, key))
    lines = [
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    headings = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    for exercise in units.unit(key).exercises:
        assert headings.count(exercise.explained) == 1, exercise.name


@pytest.mark.parametrize("key", [*units.MODULES, "start"])
def test_a_notebook_without_the_course_says_what_is_missing(key, tmp_path):
    """Its first code cell, where neither package can be imported."""
    path = start_page(PROJECT) if key == "start" else release_folder(PROJECT, key) / f"{key}.ipynb"
    first = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    absent = "import sys\nsys.modules.update(autograder=None, nnlib=None)\n"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(absent + first.source)])
    NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    (error,) = [output for output in notebook.cells[0].outputs if output.output_type == "error"]
    assert error.ename == "SystemExit"
    assert "make lab" in error.evalue
    assert "pip install" in error.evalue
    lines = "\n".join(error.traceback).splitlines()
    assert len(lines) <= 6
    assert max(map(len, lines)) <= 100
