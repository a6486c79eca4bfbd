"""What is put back into a submission, and which files are refused."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

from autograder.grader.restoring import restore
from autograder.grader.results import Submitted
from autograder.grader.sheet import grade_id
from autograder.grader.submission import BrokenSubmission, read


def cell(notebook, name):
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def test_an_honest_submission_needs_no_repair_and_gets_its_hidden_tests(released, sheet):
    notebook = copy.deepcopy(released)
    assert "hidden=True" not in cell(notebook, "test_perceptron").source
    assert restore(notebook, sheet).repairs == []
    assert "hidden=True" in cell(notebook, "test_perceptron").source


def test_an_edited_test_is_put_back(released, sheet):
    notebook = copy.deepcopy(released)
    cell(notebook, "test_perceptron").source = "pass"
    assert restore(notebook, sheet).repairs == [
        "The cell test_perceptron was edited: the course's own text was put back."
    ]
    assert cell(notebook, "test_perceptron").source == sheet.cells["test_perceptron"].source


def test_points_and_locks_in_the_submission_do_not_count(released, sheet):
    notebook = copy.deepcopy(released)
    cell(notebook, "test_perceptron").metadata.nbgrader.update(points=1000, locked=False)
    said = restore(notebook, sheet).repairs
    assert said == ["The points of test_perceptron were changed: the course's own count."]
    assert (
        cell(notebook, "test_perceptron").metadata.nbgrader.points
        == sheet.cells["test_perceptron"].metadata.nbgrader.points
    )
    assert cell(notebook, "test_perceptron").metadata.nbgrader.locked


def test_a_deleted_test_comes_back_behind_its_answer(released, sheet):
    notebook = copy.deepcopy(released)
    notebook.cells.remove(cell(notebook, "test_perceptron"))
    assert restore(notebook, sheet).repairs == [
        "The cell test_perceptron was missing: it was put back as released."
    ]
    names = [grade_id(c) for c in notebook.cells if grade_id(c)]
    assert names == list(sheet.cells)


def test_a_second_cell_of_the_same_name_is_an_ordinary_one(released, sheet):
    notebook = copy.deepcopy(released)
    notebook.cells.append(copy.deepcopy(cell(notebook, "test_perceptron")))
    assert "appears a second time" in restore(notebook, sheet).repairs[0]
    assert [grade_id(c) for c in notebook.cells].count("test_perceptron") == 1


def answered_below(released, *texts):
    """A submission with the stub left as it was, and cells of the student's at its end."""
    notebook = copy.deepcopy(released)
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in texts]
    return notebook


def test_an_answer_in_a_cell_of_its_own_is_taken(released, sheet):
    notebook = answered_below(released, "def perceptron(x, w, b):\n    return 1")
    assert restore(notebook, sheet).doubts == {}
    assert "return 1" in cell(notebook, "perceptron").source


def test_an_answer_below_a_helper_that_it_uses_is_put_before_a_person(released, sheet):
    helper = "def fires(z):\n    return z > 0"
    notebook = answered_below(released, helper, "def perceptron(x, w, b):\n    return int(fires(b))")
    assert list(restore(notebook, sheet).doubts) == ["perceptron"]


def test_a_test_moved_to_the_end_is_moved_back(released, sheet):
    notebook = copy.deepcopy(released)
    moved = cell(notebook, "test_weighted_sum")
    notebook.cells.remove(moved)
    notebook.cells.append(moved)
    assert "another order" in restore(notebook, sheet).repairs[0]
    assert [grade_id(c) for c in notebook.cells if grade_id(c)] == list(sheet.cells)


def test_a_test_turned_into_text_is_code_again(released, sheet):
    notebook = copy.deepcopy(released)
    turned = cell(notebook, "test_perceptron")
    turned.cell_type = "markdown"
    del turned["outputs"], turned["execution_count"]
    assert "is a code cell again" in restore(notebook, sheet).repairs[0]
    nbformat.validate(notebook)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"cells": 3}',
        b'{"nbformat": 4}',
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b"# Python",
    ],
)
def test_files_that_are_no_notebook(tmp_path, content):
    path = tmp_path / "01-neuron.ipynb"
    path.write_bytes(content)
    with pytest.raises(BrokenSubmission, match="not a notebook"):
        read(path)


def test_a_missing_file_and_a_link_are_refused(tmp_path, released):
    with pytest.raises(BrokenSubmission, match="no notebook in the folder"):
        read(tmp_path / "none.ipynb")
    (tmp_path / "real.ipynb").write_text(nbformat.writes(released))
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    read(tmp_path / "real.ipynb")
    with pytest.raises(BrokenSubmission, match="link"):
        read(tmp_path / "link.ipynb")


def test_half_a_character_is_replaced_and_said(tmp_path, released):
    path = tmp_path / "01-neuron.ipynb"
    notebook = copy.deepcopy(released)
    notebook.cells[0].source += " \ud800"
    path.write_text(json.dumps(notebook))
    found = read(path)
    assert nbformat.writes(found).encode()
    assert found.cells[0].source == released.cells[0].source + " ?"
    assert found.metadata["repairs"] == ["Characters that do not exist were replaced."]


@pytest.mark.parametrize("minor", range(5))
def test_formats_that_know_no_ids_are_read(tmp_path, released, minor):
    notebook = json.loads(nbformat.writes(released))
    for one in notebook["cells"]:
        del one["id"]
    path = tmp_path / "01-neuron.ipynb"
    path.write_text(json.dumps({**notebook, "nbformat_minor": minor}))
    found = read(path)
    nbformat.validate(found)
    assert [c.source for c in found.cells] == [c.source for c in released.cells]
    assert found.metadata["repairs"] == []


@pytest.mark.parametrize(
    ("content", "time"),
    [
        (b"2026-03-01 12:00:00 UTC\n", "2026-03-01 12:00:00 UTC"),
        (b"\xff\xfe2\x006\x00", None),
        (b"yesterday", None),
        (b"", None),
    ],
)
def test_a_timestamp_that_cannot_be_read_is_none(tmp_path, content, time):
    one = Submitted("ada", "01-neuron", tmp_path / "01-neuron.ipynb")
    assert one.handed_in() == (None, "")
    (tmp_path / "timestamp.txt").write_bytes(content)
    found, said = one.handed_in()
    assert found == time
    assert bool(said) == (time is None)
