"""Marks of honest work: full, none, and one mistake at a time."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet
from autograder.verdict import Verdict
from tests.grader.conftest import SEED

RIGHT = {
    "weighted_sum": "def weighted_sum(x, w, b):\n    return float(np.dot(w, x) + b)",
    "perceptron": "def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) > 0)",
    "predict_all": "def predict_all(X, w, b):\n    return np.array([perceptron(x, w, b) for x in X])",
    "gate_parameters": (
        "def gate_parameters():\n"
        "    return {'AND': ([1, 1], -1.5), 'OR': ([1, 1], -0.5), 'NAND': ([-1, -1], 1.5)}"
    ),
    "xor_limit": "No line has both lit corners on one side.",
}
WRONG = {
    "weighted_sum": ("def weighted_sum(x, w, b):\n    return float(w @ x)", "forgets-bias"),
    "perceptron": ("def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) >= 0)", "fires-at-zero"),
    "predict_all": ("def predict_all(X, w, b):\n    return X @ w + b > 0", "bools"),
    "gate_parameters": (
        "def gate_parameters():\n    return {'AND': ([1, 1], 0), 'OR': ([1, 1], 0), 'NAND': ([-1, -1], 0)}",
        "no-bias",
    ),
}
CODED = list(WRONG)


def test_the_solution_earns_full_points(marks, solved):
    for mark in marks(solved).values():
        if mark.verdict is not Verdict.WRITTEN:
            assert (mark.verdict, mark.score) == (Verdict.CORRECT, mark.max_score), mark


def test_the_untouched_release_earns_nothing(marks, released):
    for mark in marks(released).values():
        assert (mark.verdict, mark.score) == (Verdict.NOT_ATTEMPTED, 0.0), mark


def test_right_answers_earn_full_points_and_the_written_one_waits(marks, submit):
    found = marks(submit(RIGHT))
    assert {found[name].verdict for name in CODED} == {Verdict.CORRECT}
    assert (found["xor_limit"].verdict, found["xor_limit"].score) == (Verdict.WRITTEN, None)


@pytest.mark.parametrize("name", CODED)
def test_one_wrong_function_fails_its_own_test_alone(marks, submit, name):
    code, misconception = WRONG[name]
    found = marks(submit(RIGHT | {name: code}))
    for other in CODED:
        wanted = Verdict.INCORRECT if other == name else Verdict.CORRECT
        assert found[other].verdict is wanted, found[other]
    assert found[name].misconception == misconception
    assert found[name].score == 0.0


def test_the_feedback_of_a_later_exercise_says_that_the_mistake_was_not_counted_twice(marker, submit):
    notebook = submit(RIGHT | {"weighted_sum": WRONG["weighted_sum"][0]})
    marker.mark(notebook)
    said = next(
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "test_predict_all"
    )
    assert "own <code>weighted_sum</code> in place of yours" in str(said.outputs)


@pytest.mark.parametrize(
    ("code", "verdict", "reason"),
    [
        ("def weighted_sum(x, w, b) return 1", Verdict.ERROR, "SyntaxError"),
        ("weighted_sums = 3", Verdict.NOT_ATTEMPTED, "defines no weighted_sum"),
        ("import os\ndef weighted_sum(x, w, b):\n    os._exit(0)", Verdict.NEEDS_A_LOOK, "ended"),
        ("import nnlib\nweighted_sum = nnlib.weighted_sum", Verdict.INCORRECT, "PermissionError"),
        (
            "def weighted_sum(x, w, b):\n    return nnlib.weighted_sum(x, w, b)\nimport nnlib",
            Verdict.INCORRECT,
            "PermissionError",
        ),
    ],
)
def test_what_can_not_be_judged_earns_nothing_and_costs_nothing_else(marks, submit, code, verdict, reason):
    found = marks(submit(RIGHT | {"weighted_sum": code}))
    assert (found["weighted_sum"].verdict, found["weighted_sum"].score) == (verdict, 0.0)
    assert reason in found["weighted_sum"].reason
    for other in CODED[1:]:
        assert found[other].verdict is Verdict.CORRECT, found[other]


def test_a_function_that_never_ends_costs_itself_alone(sheet, submit):
    notebook = submit(RIGHT | {"weighted_sum": "def weighted_sum(x, w, b):\n    while True: pass"})
    quick = Sheet(replace(sheet.unit, seconds=1.0), sheet.notebook)
    with Marker(COURSE, quick, SEED) as marker:
        found = {mark.exercise: mark for mark in marker.mark(notebook).marks}
    assert (found["weighted_sum"].verdict, found["weighted_sum"].score) == (Verdict.TIMED_OUT, 0.0)
    for other in CODED[1:]:
        assert found[other].verdict is Verdict.CORRECT, found[other]


def test_a_warning_on_the_side_costs_nothing_where_stock_nbgrader_gives_nothing(marks, submit):
    noisy = "import sys\nprint('careful', file=sys.stderr)\n" + RIGHT["weighted_sum"]
    assert marks(submit(RIGHT | {"weighted_sum": noisy}))["weighted_sum"].verdict is Verdict.CORRECT


def test_an_answer_that_leans_on_a_cell_of_the_course_is_run_with_it(marks, submit):
    leans = "def weighted_sum(x, w, b):\n    w_short\n    return float(np.dot(w, x) + b)"
    assert marks(submit(RIGHT | {"weighted_sum": leans}))["weighted_sum"].verdict is Verdict.CORRECT


def test_marking_twice_gives_the_same(marker, submit):
    one, two = submit(RIGHT | {"perceptron": WRONG["perceptron"][0]}), None
    two = copy.deepcopy(one)
    assert marker.mark(one) == marker.mark(two)
    assert one == two


def test_outputs_of_the_submission_do_not_survive(marker, released):
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [{"output_type": "stream", "name": "stdout", "text": "forged"}]
    marker.mark(notebook)
    assert "forged" not in str(notebook)
