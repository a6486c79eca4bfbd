"""Totals for a learning management system, and late penalties as nbgrader's own command gives them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.course import ROOT
from tests.grader.conftest import UNIT
from tests.grader.test_batch import run
from tests.grader.test_marking import RIGHT

ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,4711
bob,Bob,Smith,bob@example.org,4712
cy,Cy,Young,cy@example.org,4713
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory, submit) -> Path:
    """Ada is in time, Bob and Eve are late, Cy hands nothing in, Eve is on no roster; both gradebooks know the date."""
    folder = tmp_path_factory.mktemp("late")
    settings = (ROOT / "nbgrader_config.py").read_text()
    (folder / "nbgrader_config.py").write_text(
        f'{settings}\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
    )
    shutil.copytree(ROOT / "solutions" / UNIT, folder / "solutions" / UNIT)
    (folder / "roster.csv").write_text(ROSTER)
    answers = {
        "ada": RIGHT | {"xor_limit": "A line cannot."},
        "bob": {name: text for name, text in RIGHT.items() if name != "xor_limit"},
        "eve": RIGHT,
    }
    for student, hour in {"ada": 11, "bob": 13, "eve": 14}.items():
        place = folder / "submitted" / student / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_text(nbformat.writes(submit(answers[student])))
        (place / "timestamp.txt").write_text(f"2026-03-01 {hour}:00:00 UTC")
    (folder / "results").mkdir()
    due = ("nbgrader", "db", "assignment", "add", UNIT, "--duedate", "2026-03-01 12:00:00 UTC", "--db")
    for database in ("sqlite:///results/gradebook.db", "sqlite:///gradebook.db"):
        assert run(folder, *due, database).returncode == 0
    done = run(folder, "autograder", "grade", "submitted", "--out", "results")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def penalties(database: Path) -> dict[str, tuple[float, float]]:
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            one.student.id: (one.late_submission_penalty, one.total_seconds_late)
            for one in book.assignment_submissions(UNIT)
        }


def table(course: Path, to: str) -> tuple[list[list[str]], str]:
    done = run(
        course, "autograder", "export", "results", "--roster", "roster.csv", "--to", to, "--out", "out.csv"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with (course / "out.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file)), done.stdout


def test_late_penalties_are_those_of_nbgraders_command(course):
    for command in (("generate_assignment", UNIT), ("autograde", UNIT)):
        done = run(course, "nbgrader", *command)
        assert done.returncode == 0, done.stderr
    ours = penalties(course / "results" / "gradebook.db")
    assert ours == penalties(course / "gradebook.db")
    assert ours == {"ada": (0, 0), "bob": (9, 3600), "eve": (9, 7200)}


def test_canvas_gets_final_totals_and_empty_cells_with_a_reason(course):
    rows, said = table(course, "canvas")
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", UNIT],
        ["Points Possible", "", "", "", "", "13"],
        ["Lovelace, Ada", "4711", "", "", "", ""],
        ["Smith, Bob", "4712", "", "", "", "0"],
        ["Young, Cy", "4713", "", "", "", ""],
    ]
    assert "xor_limit" in said
    assert "nothing was handed in" in said
    assert "not on the roster: eve" in said


def test_a_persons_mark_makes_a_total_final(course):
    with Gradebook(f"sqlite:///{course / 'results' / 'gradebook.db'}") as book:
        grade = book.find_grade("xor_limit", UNIT, UNIT, "ada")
        before = grade.manual_score, grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.db.commit()
    try:
        rows, _ = table(course, "moodle")
    finally:
        with Gradebook(f"sqlite:///{course / 'results' / 'gradebook.db'}") as book:
            grade = book.find_grade("xor_limit", UNIT, UNIT, "ada")
            grade.manual_score, grade.needs_manual_grade = before
            book.db.commit()
    assert rows == [
        ["First name", "Last name", "Email address", UNIT],
        ["Ada", "Lovelace", "ada@example.org", "11.5"],
        ["Bob", "Smith", "bob@example.org", "0"],
        ["Cy", "Young", "cy@example.org", ""],
    ]


def test_no_gradebook_is_said_and_none_is_made(course):
    (course / "nothing").mkdir()
    done = run(
        course,
        "autograder",
        "export",
        "nothing",
        "--roster",
        "roster.csv",
        "--to",
        "canvas",
        "--out",
        "x.csv",
    )
    assert done.returncode == 1
    assert not list((course / "nothing").iterdir())


def test_the_gradebook_of_the_settings_is_read(course):
    settings = course / "nbgrader_config.py"
    before = settings.read_text()
    elsewhere = course / "elsewhere.db"
    shutil.copy(course / "results" / "gradebook.db", elsewhere)
    (course / "empty").mkdir()
    settings.write_text(f'{before}\nc.CourseDirectory.db_url = "sqlite:///{elsewhere}"\n')
    command = ("autograder", "export", "empty", "--roster", "roster.csv", "--to", "moodle", "--out", "m.csv")
    try:
        done = run(course, *command)
    finally:
        settings.write_text(before)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bob@example.org,0" in (course / "m.csv").read_text()


@pytest.mark.parametrize("command", ["export", "grade", "report"])
def test_outside_of_a_course_a_command_says_what_is_missing(course, tmp_path, command):
    shutil.copytree(course / "results", tmp_path / "results")
    shutil.copy(course / "roster.csv", tmp_path)
    options = {
        "export": ("results", "--roster", "roster.csv", "--to", "canvas", "--out", "x.csv"),
        "grade": ("results", "--out", "new"),
        "report": ("results",),
    }
    done = run(tmp_path, "autograder", command, *options[command])
    assert done.returncode == 2
    assert "There is no nbgrader_config.py" in done.stdout
    assert not done.stderr
