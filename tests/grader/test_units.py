"""Every unit through the two processes and through nbgrader's own commands."""

from __future__ import annotations

import csv
import shutil

import nbformat
import pytest

from autograder import units
from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet, grade_id
from autograder.verdict import Verdict
from tests.course import ROOT
from tests.grader.conftest import SEED
from tests.grader.test_batch import run

pytestmark = pytest.mark.parametrize("key", units.MODULES, scope="module")


def notebook(folder: str, key: str):
    return nbformat.read(ROOT / folder / key / f"{key}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def marks(key, config):
    """Mark notebooks of one unit; the marks by exercise."""
    sheet = Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), config)
    with Marker(COURSE, sheet, SEED) as marker:
        yield lambda nb: {mark.exercise: mark for mark in marker.mark(nb).marks}


def test_the_solution_earns_full_points(key, marks):
    found = marks(notebook("solutions", key))
    assert set(found) == {e.name for e in units.unit(key).exercises} | set(units.unit(key).written)
    for mark in found.values():
        wanted = (
            (Verdict.WRITTEN, None)
            if mark.exercise in units.unit(key).written
            else (Verdict.CORRECT, mark.max_score)
        )
        assert (mark.verdict, mark.score) == wanted, mark


def test_the_untouched_release_earns_nothing(key, marks):
    for mark in marks(notebook("notebooks", key)).values():
        assert (mark.verdict, mark.score) == (Verdict.NOT_ATTEMPTED, 0.0), mark


def test_one_wrong_function_fails_its_own_test_alone(key, marks):
    """Each exercise in turn returns nothing; the others keep their points."""
    for wrong in units.unit(key).exercises:
        solved = notebook("solutions", key)
        for cell in solved.cells:
            if grade_id(cell) == wrong.name:
                cell.source = f"def {wrong.name}({', '.join(wrong.parameters)}):\n    return None"
        found = marks(solved)
        for exercise in units.unit(key).exercises:
            wanted = Verdict.INCORRECT if exercise is wrong else Verdict.CORRECT
            assert found[exercise.name].verdict is wanted, (wrong.name, found[exercise.name])


def test_nbgraders_commands_give_the_same(key, tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "solutions" / key, tmp_path / "solutions" / key)
    for student, folder in (("full", "solutions"), ("none", "notebooks")):
        place = tmp_path / "submitted" / student / key
        place.mkdir(parents=True)
        shutil.copy(ROOT / folder / key / f"{key}.ipynb", place)
    for command in (
        ("nbgrader", "generate_assignment", key),
        ("nbgrader", "autograde", key),
        ("nbgrader", "generate_feedback", key),
        ("nbgrader", "export", "--to", "export.csv"),
    ):
        done = run(tmp_path, *command)
        assert done.returncode == 0, done.stderr
    with (tmp_path / "export.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"full": sum(e.points for e in units.unit(key).exercises), "none": 0.0}
    feedback = (tmp_path / "feedback" / "full" / key / f"{key}.html").read_text()
    assert "Correct." in feedback
