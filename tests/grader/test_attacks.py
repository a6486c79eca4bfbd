"""No attack gains a point, reads a secret, touches a file outside, calls out, outlives its run or harms another."""

from __future__ import annotations

import copy
import os
import socket
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet, grade_id
from autograder.verdict import Verdict
from tests.grader.attacks import HONEST, attacks
from tests.grader.test_marking import RIGHT

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
def quick(sheet: Sheet):
    """A marker with little patience and a canary for a seed."""
    os.environ["CANARY"] = CANARY
    patient = Sheet(replace(sheet.unit, seconds=2.0), sheet.notebook)
    with Marker(COURSE, patient, f"seed-{CANARY}") as marker:
        yield marker
    del os.environ["CANARY"]


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
    assert len(attacks()) >= 25


@pytest.mark.parametrize("name", attacks())
def test_an_attack_gains_nothing_and_harms_nobody(name, quick, submit, traps):
    first, answers = attacks()[name]
    notebook = submit({key: fill(code, traps) for key, code in answers.items()}, fill(first, traps))
    marks = quick.mark(notebook).marks

    assert [mark.score for mark in marks] == [0.0] * 5, marks
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
    after = {mark.exercise: mark for mark in quick.mark(submit(RIGHT)).marks}
    assert {after[name].verdict for name in HONEST} == {Verdict.CORRECT}


def test_a_reference_kept_from_a_later_test_is_no_use_in_an_earlier_one_moved_behind_it(quick, submit):
    _, answers = attacks()["the reference is kept when it comes as a call-back"]
    notebook = submit(answers)
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
