"""``autograder feedback`` and ``autograder report``, called as from a terminal."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from autograder.cli import app
from tests.course import ROOT
from tests.grader.conftest import UNIT
from tests.grader.reported import ANSWERS, grade_class


@pytest.fixture(scope="module")
def folder(tmp_path_factory, marker, config, submit):
    """A folder of results whose name rich would take for markup."""
    place = tmp_path_factory.mktemp("results") / "term [bold]2026"
    place.mkdir()
    return grade_class(place, marker, config, submit).folder


@pytest.fixture(autouse=True)
def _in_the_course(monkeypatch):
    monkeypatch.chdir(ROOT)


def call(*arguments: object) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(
        done.exception, SystemExit
    )  # any other is a traceback on the screen
    return done


def test_feedback_writes_a_page_for_each_student_and_says_where(folder):
    done = call("feedback", folder)
    assert (done.exit_code, done.output) == (0, f"{len(ANSWERS)} pages are in {folder / 'feedback'}.\n")
    written = {path.parent.name for path in folder.glob(f"feedback/*/{UNIT}.html")}
    assert written == set(ANSWERS)


def test_feedback_can_be_written_again(folder):
    assert call("feedback", folder).exit_code == 0
    pages = {path: path.read_text() for path in folder.glob("feedback/*/*.html")}
    next(iter(pages)).write_text("an old page")
    done = call("feedback", folder, "--unit", UNIT)
    assert done.exit_code == 0
    assert {path: path.read_text() for path in folder.glob("feedback/*/*.html")} == pages


def test_report_is_one_file_and_its_place_is_said(folder):
    done = call("report", folder)
    assert (done.exit_code, done.output) == (0, f"The report is {folder / 'report.html'}.\n")
    assert "One neuron" in (folder / "report.html").read_text()


def test_report_of_one_unit_with_links_to_the_site(folder):
    (folder / f"report-{UNIT}.html").write_text("an old report")
    done = call("report", folder, "--unit", UNIT, "--site", "https://example.org")
    assert done.exit_code == 0
    text = (folder / f"report-{UNIT}.html").read_text()
    assert f"https://example.org/course/{UNIT}.html#" in text
    assert "an old report" not in text


@pytest.mark.parametrize("command", ["feedback", "report"])
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["no-such-folder"], 2, ["no-such-folder", "does not exist"]),
        (["pyproject.toml"], 2, ["pyproject.toml", "is a file"]),
        ([], 2, ["Missing argument", "results"]),
    ],
)
def test_what_is_no_folder_of_results_is_refused(command, arguments, code, said):
    done = call(command, *arguments)
    assert done.exit_code == code
    text = " ".join(done.output.replace("│", " ").split())
    assert all(part in text for part in said), text


@pytest.mark.parametrize("command", ["feedback", "report"])
def test_a_folder_without_marks_is_refused_and_stays_empty(command, tmp_path):
    done = call(command, tmp_path)
    said = f"Nothing was graded in {tmp_path}. Run autograder grade with --out first.\n"
    assert (done.exit_code, done.output) == (1, said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["feedback", "report"])
@pytest.mark.parametrize("unit", ["02-activations", "no-such-unit"])
def test_a_unit_that_was_not_graded_is_refused_and_those_that_were_are_named(folder, command, unit):
    before = sorted(folder.rglob("*"))
    done = call(command, folder, "--unit", unit)
    assert (done.exit_code, done.output) == (1, f"{unit} was not graded in {folder}. Graded were: {UNIT}.\n")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("command", ["feedback", "report"])
def test_outside_the_course_the_command_says_where_it_belongs(folder, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = call(command, folder)
    assert done.exit_code == 2
    assert "no nbgrader_config.py" in " ".join(done.output.split())
