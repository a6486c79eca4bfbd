"""The instructor's guide, followed as it is written: its shell blocks in order, on a class of six."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.grader.sheet import grade_id
from tests.course import ROOT
from tests.grader.test_marking import RIGHT

UNIT = "01-neuron"
MARKER = "<!-- a person marks the written answers -->"
NAMES = ("ada", "bob", "cy", "dan", "eve", "fay")
# What a person does in the formgrader: a mark wherever one is asked for.
PERSON = f"""
from nbgrader.api import Gradebook
with Gradebook("sqlite:///results/gradebook.db") as book:
    for submission in book.assignment_submissions({UNIT!r}):
        for grade in submission.notebooks[0].grades:
            if grade.needs_manual_grade:
                grade.manual_score, grade.needs_manual_grade = 2.0, False
    book.db.commit()
"""


def script(guide: str) -> str:
    """The guide's shell blocks, with the person's step in its place."""
    steps = re.findall(rf"^```shell\n(.*?)^```|^({MARKER})$", guide, re.MULTILINE | re.DOTALL)
    return "\n".join("python person.py" if marker else block for block, marker in steps)


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> Path:
    """A fresh copy of the course in which the guide was followed; fay hands nothing in."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for part in ("solutions", "notebooks"):
        shutil.copytree(ROOT / part / UNIT, folder / part / UNIT)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "person.py").write_text(PERSON)
    lines = [f"{name},{name.title()},Tester,{name}@example.org,{4711 + i}" for i, name in enumerate(NAMES)]
    (folder / "roster.csv").write_text(
        "\n".join(["id,first_name,last_name,email,lms_user_id", *lines]) + "\n"
    )
    with zipfile.ZipFile(folder / "download.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for i, name in enumerate(NAMES[:5]):
            notebook = nbformat.read(ROOT / "notebooks" / UNIT / f"{UNIT}.ipynb", as_version=4)
            answers = dict(list(RIGHT.items())[: i + 1]) | {
                "xor_limit": f"One line is not enough, says {name}."
            }
            for cell in notebook.cells:
                if grade_id(cell) in answers:
                    cell.source = answers[grade_id(cell)]
            archive.writestr(f"tester{name}_{4711 + i}_{90 + i}_{UNIT}.ipynb", nbformat.writes(notebook))
    environment = {key: value for key, value in os.environ.items() if key != "AUTOGRADER_SEED"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script((ROOT / "docs" / "instructor-guide.md").read_text())],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_every_command_of_the_guide_is_run(followed):
    for command in ("collect", "grade", "feedback", "report", "export"):
        assert f"autograder {command} " in script((ROOT / "docs" / "instructor-guide.md").read_text())
    assert len(rows(followed / "submitted-01-neuron.csv")) == 6


def test_points_arrive_in_both_tables(followed):
    canvas = {row[1]: row[-1] for row in rows(followed / "canvas.csv")[2:]}
    moodle = {row[2]: row[-1] for row in rows(followed / "moodle.csv")[1:]}
    assert list(canvas.values()) == list(moodle.values())
    points = list(canvas.values())
    assert points[-1] == ""
    assert points[3] == points[4] == "11"
    assert [float(point) for point in points[:4]] == sorted({float(point) for point in points[:4]})


def test_pages_are_there(followed):
    for name in NAMES[:5]:
        assert (followed / "results" / "feedback" / name / f"{UNIT}.html").is_file()
    assert (followed / "results" / "report.html").is_file()
