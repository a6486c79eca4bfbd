"""``autograder grade`` and nbgrader's own commands: one set of marks, one gradebook."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.course import ROOT
from tests.grader.conftest import SEED, UNIT
from tests.grader.test_marking import RIGHT, WRONG

EXITS = "def gate_parameters():\n    import os\n    os._exit(1)"


@pytest.fixture(scope="module")
def course(tmp_path_factory, submit) -> Path:
    """A course folder with five students."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "solutions" / UNIT, folder / "solutions" / UNIT)
    answers = {
        "ada": RIGHT,
        "bob": {},
        "dan": RIGHT | {"gate_parameters": EXITS},
        "eve": RIGHT | {"weighted_sum": WRONG["weighted_sum"][0]},
    }
    for student, given in answers.items():
        place = folder / "submitted" / student / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_text(nbformat.writes(submit(given)))
    broken = folder / "submitted" / "zoe" / UNIT
    broken.mkdir(parents=True)
    (broken / f"{UNIT}.ipynb").write_text("{ not a notebook")
    (broken / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    return folder


def run(course: Path, *command: str) -> subprocess.CompletedProcess:
    binaries = Path(sys.executable).parent
    environment = {**os.environ, "AUTOGRADER_SEED": SEED, "PATH": f"{binaries}:{os.environ['PATH']}"}
    return subprocess.run(
        [str(binaries / command[0]), *command[1:]],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )


def grade(course: Path, out: str) -> list[dict[str, str]]:
    done = run(course, "autograder", "grade", "submitted", "--out", out, "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    with (course / out / "grades.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def scores(database: Path) -> dict[tuple[str, str], tuple[float, bool]]:
    """Automatic score and need of a look by student and cell."""
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            (submission.student.id, one.cell.name): (one.auto_score, one.needs_manual_grade)
            for submission in book.assignment_submissions(UNIT)
            for one in submission.notebooks[0].grades
        }


@pytest.fixture(scope="module")
def rows(course) -> list[dict[str, str]]:
    return grade(course, "results")


def test_a_row_for_each_graded_cell_of_each_student(rows):
    assert list(rows[0]) == [
        "student", "unit", "exercise", "cell", "score", "max_score", "verdict", "misconception", "reason",
    ]  # fmt: skip
    assert len(rows) == 5 * 5
    by_cell = {(row["student"], row["exercise"]): row for row in rows}
    assert by_cell["ada", "gate_parameters"]["score"] == "3"
    assert by_cell["ada", "gate_parameters"]["reason"] == ""
    assert by_cell["ada", "xor_limit"]["verdict"] == "written"
    assert by_cell["ada", "xor_limit"]["score"] == ""
    assert {by_cell["bob", e]["verdict"] for e in RIGHT} == {"not-attempted"}
    assert by_cell["eve", "weighted_sum"]["misconception"] == "forgets-bias"
    assert by_cell["eve", "perceptron"]["verdict"] == "correct"
    assert by_cell["dan", "gate_parameters"]["verdict"] == "needs-a-look"
    assert by_cell["dan", "predict_all"]["verdict"] == "correct"
    assert {by_cell["zoe", e]["verdict"] for e in RIGHT} == {"needs-a-look"}
    assert "not a notebook" in by_cell["zoe", "perceptron"]["reason"]


def test_what_needs_a_look_has_a_list_of_its_own(course, rows):
    with (course / "results" / "needs-a-look.csv").open(newline="") as file:
        listed = {(row["student"], row["cell"]) for row in csv.DictReader(file)}
    assert ("dan", "test_gate_parameters") in listed
    assert {student for student, _ in listed} == {"dan", "zoe"}


def test_grading_again_gives_the_same_table_byte_for_byte(course, rows):
    before = (course / "results" / "grades.csv").read_bytes()
    grade(course, "results")
    assert (course / "results" / "grades.csv").read_bytes() == before


def test_what_a_person_gave_survives_grading_again(course, rows):
    database = course / "results" / "gradebook.db"
    with Gradebook(f"sqlite:///{database}") as book:
        book.find_grade("xor_limit", UNIT, UNIT, "ada").manual_score = 3.5
        book.find_comment("xor_limit", UNIT, UNIT, "ada").manual_comment = "well put"
        book.db.commit()
    grade(course, "results")
    with Gradebook(f"sqlite:///{database}") as book:
        assert book.find_grade("xor_limit", UNIT, UNIT, "ada").score == 3.5
        assert book.find_comment("xor_limit", UNIT, UNIT, "ada").comment == "well put"


def test_nbgraders_own_commands_give_the_same_marks(course, rows):
    shutil.rmtree(course / "submitted" / "zoe")  # nbgrader's command stops at a file that is no notebook
    for command in (
        ("nbgrader", "generate_assignment", UNIT),
        ("nbgrader", "autograde", UNIT),
        ("nbgrader", "generate_feedback", UNIT),
        ("nbgrader", "export", "--to", "export.csv"),
    ):
        done = run(course, *command)
        assert done.returncode == 0, done.stderr
    ours, theirs = scores(course / "results" / "gradebook.db"), scores(course / "gradebook.db")
    assert theirs == {key: value for key, value in ours.items() if key[0] != "zoe"}
    with (course / "export.csv").open(newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {"ada": 9.0, "bob": 0.0, "dan": 6.0, "eve": 7.0}
    feedback = (course / "feedback" / "eve" / UNIT / f"{UNIT}.html").read_text()
    assert "in place of yours" in feedback
    assert "never used" in feedback


def test_nothing_to_grade_is_said(course):
    done = run(course, "autograder", "grade", "solutions", "--out", "none")
    assert done.returncode == 1
    assert "No submissions" in done.stdout
