"""No attack gains a point, reads a secret, touches a file outside, calls out, outlives its run or harms another."""

from __future__ import annotations

import copy
import functools
import os
import socket
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder import units
from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet, grade_id
from autograder.verdict import Verdict
from tests.course import ROOT
from tests.grader.attacks import HONEST, Attack, attacks

CANARY = "canary-7f3a9"


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    """A secret file, a folder that stays empty, a listener that nobody calls."""
    folder = tmp_path_factory.mktemp("traps")
    (folder / "secret").write_text(CANARY)
    (folder / "outside").mkdir()
    os.chmod(folder, 0o755)
    os.chmod(folder / "outside", 0o777)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield {
            "secret": str(folder / "secret"),
            "outside": str(folder / "outside"),
            "port": listener.getsockname()[1],
            "listener": listener,
        }


@pytest.fixture(scope="module")
def markers(config):
    """A marker of a unit, with little patience and a canary for a seed."""
    os.environ["CANARY"] = CANARY
    with ExitStack() as stack:

        @functools.cache
        def marker(key: str) -> Marker:
            sheet = Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), config)
            patient = Sheet(replace(sheet.unit, seconds=2.0), sheet.notebook)
            return stack.enter_context(Marker(COURSE, patient, f"seed-{CANARY}"))

        yield marker
    del os.environ["CANARY"]


@pytest.fixture(scope="module")
def quick(markers):
    return markers("01-neuron")


def handed_in(attack: Attack, traps: dict) -> nbformat.NotebookNode:
    """The release with the attack's answers, and its first cell behind the setup."""
    notebook = nbformat.read(ROOT / "notebooks" / attack.unit / f"{attack.unit}.ipynb", as_version=4)
    for cell in notebook.cells:
        if grade_id(cell) in attack.answers:
            cell.source = fill(attack.answers[grade_id(cell)], traps)
    setup = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == "setup")
    if attack.first:
        notebook.cells.insert(setup + 1, nbformat.v4.new_code_cell(fill(attack.first, traps)))
    return notebook


def honest(unit: str) -> tuple[str, nbformat.NotebookNode]:
    """The release with the first exercise solved, and that exercise's name."""
    name = units.unit(unit).exercises[0].name
    solved = nbformat.read(ROOT / "solutions" / unit / f"{unit}.ipynb", as_version=4)
    answer = next(cell.source for cell in solved.cells if grade_id(cell) == name)
    return name, handed_in(Attack(unit, "", {name: answer}), {"secret": "", "outside": "", "port": ""})


def fill(text: str, traps: dict) -> str:
    for key in ("secret", "outside", "port"):
        text = text.replace(f"<{key.upper()}>", str(traps[key]))
    return text


def left_over() -> list[str]:
    """Processes of the fork attack that are still there."""
    found = []
    for comm in Path("/proc").glob("[0-9]*/comm"):
        try:
            if comm.read_text().strip() == "outlives-run":
                found.append(comm.parent.name)
        except OSError:
            continue
    return found


def test_the_bound_is_zero(quick, submit):
    marks = quick.mark(submit(HONEST)).marks
    assert [mark.score for mark in marks] == [0.0] * 5
    assert {mark.verdict for mark in marks} == {Verdict.INCORRECT, Verdict.NOT_ATTEMPTED}


def test_there_are_enough():
    assert len(attacks()) >= 75
    assert {attack.unit for attack in attacks().values()} >= {
        *("01-neuron", "04-matrix-form", "05-training", "06-softmax", "07-scikit-learn")
    }


@pytest.mark.parametrize("name", attacks())
def test_an_attack_gains_nothing_and_harms_nobody(name, markers, traps):
    attack = attacks()[name]
    marker = markers(attack.unit)
    notebook = handed_in(attack, traps)
    marks = marker.mark(notebook).marks

    assert [mark.score for mark in marks] == [0.0] * len(marks), marks
    assert all(mark.reason for mark in marks)
    assert CANARY not in nbformat.writes(notebook)
    assert os.listdir(traps["outside"]) == []
    assert not Path("/written-by-a-student").exists()
    with pytest.raises(BlockingIOError):
        traps["listener"].accept()
    for _ in range(20):
        if not left_over():
            break
        time.sleep(0.1)
    assert left_over() == []
    solved, submission = honest(attack.unit)
    after = {mark.exercise: mark for mark in marker.mark(submission).marks}
    assert after[solved].verdict is Verdict.CORRECT


def test_a_reference_kept_from_a_later_test_is_no_use_in_an_earlier_one_moved_behind_it(quick, submit):
    attack = attacks()["the reference is kept when it comes as a call-back"]
    notebook = submit(attack.answers)
    moved = next(cell for cell in notebook.cells if grade_id(cell) == "test_weighted_sum")
    notebook.cells.remove(moved)
    notebook.cells.append(moved)
    assert [mark.score for mark in quick.mark(notebook).marks] == [0.0] * 5


@pytest.mark.parametrize(
    "change",
    [
        {"points": 1000},
        {"points": -5},
        {"grade": False},
        {"locked": False, "solution": True},
        {"grade_id": "another"},
        {"schema_version": 99},
    ],
    ids=str,
)
def test_tampered_metadata_changes_no_mark(quick, submit, change):
    honest = [(mark.cell, mark.score, mark.max_score) for mark in quick.mark(submit(HONEST)).marks]
    notebook = submit(HONEST)
    for cell in notebook.cells:
        if grade_id(cell).startswith("test_"):
            cell.metadata.nbgrader.update(change)
            cell.source = "pass"
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "2.0"})]
    assert [(m.cell, m.score, m.max_score) for m in quick.mark(copy.deepcopy(notebook)).marks] == honest
