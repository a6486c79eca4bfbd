"""``autograder check``: a learner's own notebooks, marked as a grader would, without solutions or hidden tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader import utils

from autograder import selfcheck, units
from autograder.course import COURSE
from autograder.grader.marking import Mark, Marker
from autograder.grader.sheet import grade_id
from autograder.grader.submission import BrokenSubmission
from autograder.isolation import Isolation
from autograder.progress import FILE, keep, recorded
from autograder.verdict import Verdict
from tests.grader.conftest import UNIT
from tests.grader.test_marking import CODED, RIGHT, WRONG

POINTS = {"weighted_sum": 2.0, "perceptron": 2.0, "predict_all": 2.0, "gate_parameters": 3.0}
LEANS = "def weighted_sum(x, w, b):\n    return float(scale * np.dot(w, x) + b)"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A learner's folder; its unit's notebook is still to be saved."""
    place = tmp_path / "notebooks"
    (place / UNIT).mkdir(parents=True)
    (place / "start.ipynb").write_text("# Start\n")
    return place


def save(folder: Path, notebook: nbformat.NotebookNode) -> None:
    nbformat.write(notebook, folder / UNIT / f"{UNIT}.ipynb")


@pytest.fixture
def graded(folder, submit) -> Callable[..., dict[str, Mark]]:
    """Save a notebook and grade it; marks by exercise. ``change`` gets the notebook before it is saved."""

    def grade(answers, change=lambda notebook: None) -> dict[str, Mark]:
        notebook = submit(answers)
        change(notebook)
        save(folder, notebook)
        return {mark.exercise: mark for mark in selfcheck.grade(folder, UNIT)}

    return grade


def cell(notebook, name):
    return next(c for c in notebook.cells if grade_id(c) == name)


def test_right_answers_earn_what_a_grader_gives(folder, graded):
    found = graded(RIGHT)
    assert {name: (found[name].verdict, found[name].score, found[name].reason) for name in CODED} == {
        name: (Verdict.CORRECT, POINTS[name], "") for name in CODED
    }
    assert (found["xor_limit"].verdict, found["xor_limit"].score) == (Verdict.WRITTEN, None)
    assert found["xor_limit"].max_score == 4.0
    assert json.loads((folder / FILE).read_text()) == dict.fromkeys(CODED, "correct")


def test_an_untouched_notebook_is_not_attempted(folder, graded):
    found = graded({})
    assert [(mark.verdict, mark.score) for mark in found.values()] == [(Verdict.NOT_ATTEMPTED, 0.0)] * 5
    assert set(recorded(folder).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_answer_is_not_attempted(graded, text):
    assert graded(RIGHT | {"xor_limit": text})["xor_limit"].verdict is Verdict.NOT_ATTEMPTED


def test_a_mistake_is_shown_as_its_check_shows_it(folder, graded):
    keep(folder, {"gate_parameters": Verdict.INCORRECT})
    found = graded(RIGHT | {"weighted_sum": WRONG["weighted_sum"][0]})
    wrong = found["weighted_sum"]
    assert (wrong.verdict, wrong.score, wrong.max_score) == (Verdict.INCORRECT, 0.0, 2.0)
    lines = wrong.reason.splitlines()
    assert lines[0] == "weighted_sum(x, w, b) is not right yet."
    assert "  Expected:   1.0" in lines
    assert "  Got:        0.0" in lines
    assert lines[-2].startswith("b is never used.")
    assert lines[-1].startswith("Explained under ")
    assert found["perceptron"].score == 2.0
    assert found["perceptron"].reason.startswith("Judged with the course's own weighted_sum")
    assert recorded(folder) == {
        "weighted_sum": Verdict.INCORRECT,
        "perceptron": Verdict.CORRECT,
        "predict_all": Verdict.CORRECT,
        "gate_parameters": Verdict.CORRECT,
    }


def test_what_passed_only_in_the_open_notebook_is_said(folder, graded):
    keep(folder, {"weighted_sum": Verdict.CORRECT, "predict_all": Verdict.CORRECT})
    answers = RIGHT | {"weighted_sum": LEANS, "gate_parameters": WRONG["gate_parameters"][0]}
    found = graded(answers)
    assert found["weighted_sum"].verdict is Verdict.INCORRECT
    assert "NameError: name 'scale' is not defined" in found["weighted_sum"].reason
    said = [name for name in CODED if selfcheck.OUT_OF_ORDER in found[name].reason]
    assert said == ["weighted_sum"]
    # Now it is known; nothing differs any more.
    assert selfcheck.OUT_OF_ORDER not in graded(answers)["weighted_sum"].reason


def test_an_answer_that_was_not_saved_is_asked_for(folder, graded):
    keep(folder, {"weighted_sum": Verdict.CORRECT})
    found = graded({})
    assert found["weighted_sum"].reason == selfcheck.UNSAVED
    assert found["perceptron"].reason == ""


def test_an_endless_loop_is_stopped_and_said(folder, graded, monkeypatch):
    quick = replace(units.unit(UNIT), seconds=1.0)
    monkeypatch.setattr(units, "unit", lambda key: quick)
    found = graded(RIGHT | {"gate_parameters": "def gate_parameters():\n    while True: pass"})
    assert (found["gate_parameters"].verdict, found["gate_parameters"].score) == (Verdict.TIMED_OUT, 0.0)
    assert found["gate_parameters"].reason == (
        "The cell was stopped after 1 seconds.\nIs there a loop that never ends?"
    )
    assert {found[name].verdict for name in CODED[:3]} == {Verdict.CORRECT}
    assert recorded(folder)["gate_parameters"] is Verdict.TIMED_OUT


def test_a_helper_in_a_cell_of_the_learners_own_is_run(graded, submit):
    helper = "scale = 1"
    found = graded(
        RIGHT | {"weighted_sum": LEANS},
        lambda notebook: notebook.cells.insert(3, nbformat.v4.new_code_cell(helper)),
    )
    assert found["weighted_sum"].verdict is Verdict.CORRECT


def test_what_the_course_shows_is_left_out_unless_an_answer_leans_on_it(graded, monkeypatch):
    runs: list[set[str]] = []
    run = Isolation.run

    def watched(self, cells, settings=None):
        runs.append({cell.source.split(" =")[0] for cell in cells})
        return run(self, cells, settings)

    monkeypatch.setattr(Isolation, "run", watched)

    def adds(notebook):
        notebook.cells.append(nbformat.v4.new_code_cell("mine = 1"))

    shown, own = "w_short", "mine"
    assert graded(RIGHT, adds)["weighted_sum"].verdict is Verdict.CORRECT
    leans = LEANS.replace("scale", "2 * w_short[0]")
    assert graded(RIGHT | {"weighted_sum": leans}, adds)["weighted_sum"].verdict is Verdict.CORRECT
    # Each begins with the trial that opens a sandbox.
    assert [(shown in ran, own in ran) for ran in runs] == [
        *[(False, False), (False, True)],
        *[(False, False), (False, True), (True, True)],
    ]


def empties(notebook):
    cell(notebook, "test_perceptron").source = "pass"


def gives_away_points(notebook):
    cell(notebook, "test_perceptron").metadata.nbgrader.points = 50


def loses_the_checksum(notebook):
    del cell(notebook, "test_perceptron").metadata.nbgrader["checksum"]


def unlocks(notebook):
    cell(notebook, "test_perceptron").metadata.nbgrader.locked = False
    cell(notebook, "test_perceptron").source = "pass"


def deletes(notebook):
    notebook.cells.remove(cell(notebook, "test_perceptron"))


@pytest.mark.parametrize("change", [empties, gives_away_points, loses_the_checksum, unlocks, deletes])
def test_an_exercise_whose_check_is_not_as_released_is_not_judged(folder, graded, change):
    keep(folder, {"perceptron": Verdict.INCORRECT})
    found = graded(RIGHT, change)
    mark = found["perceptron"]
    assert (mark.verdict, mark.score, mark.max_score) == (Verdict.NEEDS_A_LOOK, 0.0, 2.0)
    assert "gone or not as released" in mark.reason
    assert {found[name].verdict for name in CODED if name != "perceptron"} == {Verdict.CORRECT}
    assert recorded(folder)["perceptron"] is Verdict.INCORRECT


def test_a_written_answers_points_are_not_the_learners_to_change(graded):
    def asks_for_more(notebook):
        cell(notebook, "xor_limit").metadata.nbgrader.points = 50

    mark = graded(RIGHT, asks_for_more)["xor_limit"]
    assert (mark.verdict, mark.score, mark.max_score) == (Verdict.NEEDS_A_LOOK, 0.0, 0.0)


def test_a_changed_setup_stops_all(folder, graded):
    def forges(notebook):
        cell(notebook, "setup").source += "\ndef check(*a, **k): pass"

    found = graded({}, forges)
    assert {mark.verdict for mark in found.values()} == {Verdict.NEEDS_A_LOOK}
    assert set(found) == {*CODED, "xor_limit"}
    assert not (folder / FILE).exists()


def test_an_answers_cell_is_code_whatever_became_of_its_type_and_rights(graded):
    def muddles(notebook):
        answer = cell(notebook, "perceptron")
        answer.cell_type = "markdown"
        for key in ("outputs", "execution_count"):
            answer.pop(key)
        cell(notebook, "weighted_sum").metadata.nbgrader.update(grade=True, points=3)

    found = graded(RIGHT, muddles)
    assert sorted(found) == sorted([*CODED, "xor_limit"])
    assert {found[name].verdict for name in CODED} == {Verdict.CORRECT}


def test_a_second_copy_and_a_check_of_another_unit_count_for_nothing(graded):
    def pastes(notebook):
        copy = nbformat.from_dict(cell(notebook, "test_weighted_sum"))
        copy.id = "copy"
        other = nbformat.from_dict(copy)
        other.id, other.source = "other", "check(softmax)"
        other.metadata.nbgrader.grade_id = "test_softmax"
        other.metadata.nbgrader.checksum = utils.compute_checksum(other)
        notebook.cells += [copy, other]

    found = graded(RIGHT, pastes)
    assert sorted(found) == sorted([*CODED, "xor_limit"])
    assert {found[name].verdict for name in CODED} == {Verdict.CORRECT}


def test_without_bubblewrap_it_goes_on_without_a_word(graded, monkeypatch):
    with_it = graded(RIGHT | {"perceptron": WRONG["perceptron"][0]})
    monkeypatch.setenv("PATH", "/nowhere")
    assert graded(RIGHT | {"perceptron": WRONG["perceptron"][0]}) == with_it


def test_only_a_learners_folder_gets_a_file(folder, graded):
    (folder / "start.ipynb").unlink()
    assert graded(RIGHT)["perceptron"].verdict is Verdict.CORRECT
    assert not (folder / FILE).exists()


def test_the_graders_own_processes_keep_no_progress(folder, sheet, submit, monkeypatch):
    monkeypatch.chdir(folder / UNIT)
    with Marker(COURSE, sheet, "seed") as marker:
        marks = marker.mark(submit(RIGHT)).marks
    assert sum(mark.score or 0 for mark in marks) == 9.0
    assert not (folder / FILE).exists()


def test_a_map_that_is_drawn_in_an_answers_cell_costs_nothing(graded):
    draws = "from autograder import check, hint, progress, yours\nprogress()\n"
    assert graded({"weighted_sum": draws + RIGHT["weighted_sum"]})["weighted_sum"].score == 2.0


def test_a_notebook_that_is_not_there_or_none_is_named(folder):
    with pytest.raises(BrokenSubmission, match="There is no notebook"):
        selfcheck.grade(folder, UNIT)
    (folder / UNIT / f"{UNIT}.ipynb").write_text("{")
    with pytest.raises(BrokenSubmission, match="not a notebook"):
        selfcheck.grade(folder, UNIT)
    with pytest.raises(units.UnknownExercise, match="no unit '99-x'"):
        selfcheck.grade(folder, "99-x")


def run(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("autograder")), "check", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    assert done.stderr == ""
    return done.returncode, [line.rstrip() for line in done.stdout.splitlines()]


def test_the_command_lists_verdicts_points_and_reasons(folder, submit):
    save(folder, submit(RIGHT | {"perceptron": WRONG["perceptron"][0], "gate_parameters": "gates = {}"}))
    code, lines = run(folder)
    assert code == 0
    assert "1 · One neuron" in lines
    assert "  weighted_sum     correct        2 of 2" in lines
    at = lines.index("  perceptron       incorrect      0 of 2")
    assert lines[at + 1] == "      perceptron(x, w, b) is not right yet."
    at = lines.index("  gate_parameters  not attempted  0 of 3")
    assert lines[at + 1] == "      The notebook defines no gate_parameters."
    assert "  xor_limit        written        4 points wait for a person" in lines
    assert "  4 of 9 points" in lines
    assert recorded(folder)["perceptron"] is Verdict.INCORRECT


def test_the_command_goes_on_behind_a_unit_that_can_not_be_graded(folder, submit):
    save(folder, submit({}))
    code, lines = run(folder.parent, "02-activations", UNIT, "--folder", "notebooks")
    assert code == 1
    assert any(line.startswith("02-activations: There is no notebook") for line in lines)
    assert "  0 of 13 points" in lines


def test_a_folder_without_units_is_named(tmp_path):
    code, lines = run(tmp_path, "--folder", ".")
    assert (code, lines) == (1, ["No notebook of the course is in this folder: ."])
