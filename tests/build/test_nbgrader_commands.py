"""nbgrader's own commands, from the course's folder, as its manual has them."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.build import release_folder

from .conftest import KEY

RUBRIC = "names the factor"


def nbgrader(root, *arguments):
    """Run a command; nbgrader finds alembic by name, so the environment's programs are on PATH."""
    programs = str(Path(sys.executable).parent)
    command = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert command.returncode == 0, command.stderr[-2000:]


def submit(root, student, answers):
    """Hand in the released notebook with these cells' sources."""
    folder = root / "submitted" / student / KEY
    shutil.copytree(release_folder(root, KEY), folder)
    notebook = nbformat.read(folder / f"{KEY}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    nbformat.write(notebook, folder / f"{KEY}.ipynb")


@pytest.fixture(scope="module")
def graded(built_course, tmp_path_factory):
    """The toy course after a class of two was graded: one answered, one handed in the release as it was."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(built_course, root)
    with open(root / "nbgrader_config.py", "a") as config:
        # The toy is no unit of the course, so its cells are run as nbgrader runs them. tests/grader/ has the rest.
        config.write("c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()\n")
    ours = (release_folder(root, KEY) / f"{KEY}.ipynb").read_bytes()
    nbgrader(root, "generate_assignment", KEY, "--force")
    assert (release_folder(root, KEY) / f"{KEY}.ipynb").read_bytes() == ours
    submit(
        root,
        "ada",
        {
            "double": "def double(x):\n    return 2 * abs(x)",
            "double_all": "def double_all(values):\n    return [2 * value for value in values]",
            "parity": "Two is a factor of it.",
        },
    )
    submit(root, "bob", {})
    for command in ("autograde", "generate_feedback"):
        nbgrader(root, command, KEY)
    nbgrader(root, "export")
    return root


def notebook_of(root, step, student):
    return nbformat.read(root / step / student / KEY / f"{KEY}.ipynb", as_version=4)


def test_the_marks_are_right(graded):
    with open(graded / "grades.csv", newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    # ada: test_double 1 of 1, test_double_sign 0 of 1, test_double_all 3 of 3, the written answer not yet marked
    assert scores == {"ada": 4.0, "bob": 0.0}


def test_a_marker_sees_the_rubric_below_the_answer_and_a_learner_did_not(graded):
    assert RUBRIC not in (graded / "submitted" / "ada" / KEY / f"{KEY}.ipynb").read_text()
    cells = notebook_of(graded, "autograded", "ada").cells
    answer, rubric = cells[-2:]
    assert answer.source == "Two is a factor of it."
    assert RUBRIC in rubric.source


def test_a_written_answer_waits_for_a_marker_only_where_there_is_one(graded):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        waiting = {
            student: gradebook.find_grade("parity", KEY, KEY, student).needs_manual_grade
            for student in ("ada", "bob")
        }
    assert waiting == {"ada": True, "bob": False}


def test_feedback_is_written_for_everybody(graded):
    for student in ("ada", "bob"):
        assert "double_all" in (graded / "feedback" / student / KEY / f"{KEY}.html").read_text()
