"""One wrong answer of each exercise through nbgrader's own command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import units
from autograder.grader.sheet import grade_id
from tests.course import ROOT, sheet, solutions
from tests.gate.gate import SECRET, wrong_answers
from tests.gate.mutants import mutants
from tests.gate.source import cell_text


def a_wrong_answer(key, exercise):
    """Text of the first wrong answer that does not lean on the library, which a submission may not use.

    Where all do, a mutant of the notebook's solution, which leans on the submission's other functions.
    """
    for answer in wrong_answers(exercise):
        text = cell_text(exercise.name, answer.function)
        if "nnlib" not in text:
            return text
    return list(mutants(solutions(key)[exercise.name]))[-1].text


@pytest.mark.parametrize("key", units.MODULES)
def test_nbgrader_autograde_refuses_a_wrong_answer_of_every_exercise(key, tmp_path):
    answers = {exercise.name: a_wrong_answer(key, exercise) for exercise in units.unit(key).exercises}
    notebook = nbformat.read(ROOT / "notebooks" / key / f"{key}.ipynb", as_version=4)
    for cell in notebook.cells:
        if grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)]
    place = tmp_path / "submitted" / "ada" / key
    place.mkdir(parents=True)
    nbformat.write(notebook, place / f"{key}.ipynb")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "solutions" / key, tmp_path / "solutions" / key)
    for command in (("generate_assignment", key), ("autograde", key)):
        nbgrader(tmp_path, *command)

    said = errors(tmp_path / "autograded" / "ada" / key / f"{key}.ipynb")
    assert said == dict.fromkeys(answers, "incorrect")
    assert scores(tmp_path, key) == dict.fromkeys(answers, 0.0)


def nbgrader(folder: Path, *command: str) -> None:
    binaries = Path(sys.executable).parent
    done = subprocess.run(
        [str(binaries / "nbgrader"), *command],
        cwd=folder,
        env={**os.environ, "AUTOGRADER_SEED": SECRET, "PATH": f"{binaries}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def errors(path: Path) -> dict[str, str]:
    """What kind of error each exercise's graded cell ended with."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        sheet(path.stem).exercise(grade_id(cell)): output.ename
        for cell in cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" and grade_id(cell)
    }


def scores(folder: Path, key: str) -> dict[str, float]:
    """The points of each exercise in nbgrader's gradebook, written answers left out."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        grades = book.find_submission_notebook(key, key, "ada").grades
        found = {sheet(key).exercise(one.cell.name): one.auto_score for one in grades}
    return {name: score for name, score in found.items() if name not in units.unit(key).written}
