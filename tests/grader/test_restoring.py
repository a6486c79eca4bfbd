"""Cells merged, cut in two, moved and copied: repaired where there is one right repair, else put before a person."""

from __future__ import annotations

import copy

import nbformat
import pytest

from autograder.grader.restoring import restore
from autograder.grader.sheet import grade_id
from autograder.grader.submission import OTHERS, REPAIRS

SUM = "def weighted_sum(x, w, b):\n    z = w @ x\n    return z + b"
LINES = SUM.splitlines()
FIRES = "def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) > 0)"


def at(notebook, name):
    return next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name)


def source(notebook, name):
    return notebook.cells[at(notebook, name)].source


def names(notebook):
    return [grade_id(cell) for cell in notebook.cells if grade_id(cell)]


@pytest.mark.parametrize("left", ["stub", "nothing"])
@pytest.mark.parametrize("owner", ["weighted_sum", "perceptron", "test_weighted_sum"])
def test_two_answers_in_one_cell_become_two(submit, sheet, owner, left):
    both = f"import math\n\n{SUM}\n\n{FIRES}\nhalf = math.sqrt(0.25)"
    notebook = submit({owner: both})
    if left == "nothing":
        for name in {"weighted_sum", "perceptron"} - {owner}:
            del notebook.cells[at(notebook, name)]
    found = restore(notebook, sheet)
    assert found.doubts == {}
    assert any("was cut out" in said for said in found.repairs)
    assert names(notebook) == list(sheet.cells)
    # The text runs whole in the first place, as the student ran it, and the second exercise has its own function.
    above = "\n".join(cell.source for cell in notebook.cells[: at(notebook, "test_weighted_sum")])
    assert both in above
    assert source(notebook, "perceptron") == FIRES
    assert "def weighted_sum" in source(notebook, "weighted_sum")


def test_answers_merged_with_an_error_among_them_are_put_before_a_person(submit, sheet):
    notebook = submit({"weighted_sum": f"{SUM}\n\n{FIRES}\nx = = 3"})
    assert list(restore(notebook, sheet).doubts) == ["perceptron"]


@pytest.mark.parametrize("kept", [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.parametrize(
    ("upper", "lower"), [("\n".join(LINES[:2]), LINES[2]), (SUM[:-2], " b"), (LINES[0], "\n".join(LINES[1:]))]
)
def test_halves_of_a_function_are_joined(submit, sheet, kept, upper, lower):
    notebook = submit({"weighted_sum": upper})
    first = notebook.cells[at(notebook, "weighted_sum")]
    second = copy.deepcopy(first)
    second.source = lower
    notebook.cells.insert(at(notebook, "weighted_sum") + 1, second)
    for cell, keeps in zip((first, second), kept, strict=True):
        if not keeps:
            del cell.metadata["nbgrader"]
    found = restore(notebook, sheet)
    assert found.doubts == {}
    assert "its halves were joined (weighted_sum)" in found.repairs[0]
    assert source(notebook, "weighted_sum").split() == SUM.split()
    assert not any(cell.source == lower for cell in notebook.cells)


def test_a_function_cut_from_its_helper_stays_below_it(submit, sheet):
    notebook = submit({"weighted_sum": "def times(x, w):\n    return x @ w"})
    lower = nbformat.v4.new_code_cell("def weighted_sum(x, w, b):\n    return times(x, w) + b")
    notebook.cells.insert(at(notebook, "weighted_sum") + 1, lower)
    assert restore(notebook, sheet).doubts == {}
    place = at(notebook, "weighted_sum")
    assert "def times" in notebook.cells[place - 1].source
    assert "return times" in notebook.cells[place].source
    assert place < at(notebook, "test_weighted_sum")


def test_an_indented_cell_that_could_stand_alone_is_no_half_for_sure(submit, sheet):
    notebook = submit({"weighted_sum": "\n".join(LINES[:2])})
    notebook.cells.insert(at(notebook, "weighted_sum") + 1, nbformat.v4.new_code_cell("    print(z)"))
    assert "stands by itself" in restore(notebook, sheet).doubts["weighted_sum"]


@pytest.mark.parametrize("mistake", ["x = = 3", "%matplotlib nothing", "f(3"])
def test_a_cell_with_an_error_below_an_answer_is_no_half(submit, sheet, mistake):
    notebook = submit({"weighted_sum": SUM})
    notebook.cells.insert(at(notebook, "weighted_sum") + 1, nbformat.v4.new_code_cell(mistake))
    found = restore(notebook, sheet)
    assert (found.repairs, found.doubts) == ([], {})
    assert source(notebook, "weighted_sum") == SUM


def with_helper(submit, answer):
    notebook = submit({"weighted_sum": SUM, "perceptron": answer})
    helper = nbformat.v4.new_code_cell("def fires(z):\n    return int(z > 0)")
    notebook.cells.insert(at(notebook, "perceptron"), helper)
    return notebook, helper


def test_answers_that_changed_places_go_back_and_helpers_stay_above(submit, sheet):
    notebook, helper = with_helper(submit, "def perceptron(x, w, b):\n    return fires(w @ x + b)")
    one, two = at(notebook, "weighted_sum"), at(notebook, "perceptron")
    notebook.cells[one], notebook.cells[two] = notebook.cells[two], notebook.cells[one]
    found = restore(notebook, sheet)
    assert found.doubts == {}
    assert found.repairs == ["Cells were in another order: they are in the course's order again."]
    assert names(notebook) == list(sheet.cells)
    assert notebook.cells.index(helper) < at(notebook, "perceptron")


def test_an_answer_above_the_only_cell_that_it_uses_is_put_before_a_person(submit, sheet):
    notebook, helper = with_helper(submit, "def perceptron(x, w, b):\n    return fires(w @ x + b)")
    notebook.cells = [cell for cell in notebook.cells if cell is not helper] + [helper]
    assert "stands below it" in restore(notebook, sheet).doubts["perceptron"]
    notebook.cells.insert(at(notebook, "perceptron"), copy.deepcopy(helper))
    assert restore(notebook, sheet).doubts == {}


@pytest.mark.parametrize("own", [False, True])
def test_an_exercise_that_would_come_before_its_helper_is_put_before_a_person(submit, sheet, own):
    """Where the helper's name is one of the function's own, it is no helper."""
    line = "    fires = lambda z: int(z > 0)\n" if own else ""
    answer = f"def perceptron(x, w, b):\n{line}    return fires(w @ x + b)"
    notebook, helper = with_helper(submit, answer)
    block = [at(notebook, "perceptron"), at(notebook, "test_perceptron")]
    cells = [helper, *(notebook.cells[i] for i in block)]
    notebook.cells = [cell for cell in notebook.cells if not any(cell is one for one in cells)] + cells
    doubts = restore(notebook, sheet).doubts
    assert doubts == {} if own else "can't be put in its order" in doubts["perceptron"]


@pytest.mark.parametrize("below", [0, 1])
def test_a_copy_of_the_stub_is_no_answer(submit, released, sheet, below):
    notebook = submit({"perceptron": FIRES})
    stub = copy.deepcopy(released.cells[at(released, "perceptron")])
    text = stub.source
    notebook.cells.insert(at(notebook, "perceptron") + below, stub)
    found = restore(notebook, sheet)
    assert found.doubts == {}
    assert source(notebook, "perceptron") == FIRES
    assert not any(cell.source == text for cell in notebook.cells)


def test_two_different_answers_are_put_before_a_person(submit, sheet):
    notebook = submit({"perceptron": FIRES})
    other = copy.deepcopy(notebook.cells[at(notebook, "perceptron")])
    other.source = "def perceptron(x, w, b):\n    return 1"
    notebook.cells.insert(at(notebook, "perceptron"), other)
    assert "they differ" in restore(notebook, sheet).doubts["perceptron"]


def test_code_in_a_cell_of_prose_is_put_before_a_person(submit, sheet):
    notebook = submit({"perceptron": f"Here is my answer.\n{FIRES}"})
    cell = notebook.cells[at(notebook, "perceptron")]
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"], cell.metadata["nbgrader"]
    assert "cell of text" in restore(notebook, sheet).doubts["perceptron"]


def test_an_untouched_notebook_beside_others_is_put_before_a_person(submit, sheet):
    untouched, answered = submit({}), submit({"perceptron": FIRES})
    for notebook in (untouched, answered):
        notebook.metadata[REPAIRS] = [f"{OTHERS}: final.ipynb."]
    graded = {exercise.name for exercise in sheet.unit.exercises} | set(sheet.unit.written)
    assert set(restore(untouched, sheet).doubts) == graded
    assert restore(answered, sheet).doubts == {}


def test_merged_and_cut_answers_keep_their_points(submit, marks):
    notebook = submit({"weighted_sum": f"{SUM}\n\n{FIRES}"})
    lower = copy.deepcopy(notebook.cells[at(notebook, "weighted_sum")])
    upper, lower.source = "\n".join(LINES[:2]), lower.source.partition("w @ x\n")[2]
    notebook.cells.insert(at(notebook, "weighted_sum") + 1, lower)
    notebook.cells[at(notebook, "weighted_sum")].source = upper
    found = marks(notebook)
    assert (found["perceptron"].score, found["perceptron"].verdict.value) == (2.0, "correct")
