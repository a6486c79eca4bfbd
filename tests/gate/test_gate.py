"""The gate in short: every check in process, without the mutants that take minutes; and the gate itself, tested.

``make gate`` runs all of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder import units
from autograder.course import COURSE, prepare
from autograder.exercise import Exercise
from tests.gate import gate
from tests.gate.__main__ import table
from tests.gate.gate import Effort, Row, exercises, measure
from tests.gate.mutants import mutants
from tests.gate.source import cell_text
from tests.gate.trial import each

SHORT = Effort(right=2, wrong=1, isolated=False, long=False)
SUM = units.exercise("weighted_sum")


@pytest.mark.parametrize(("key", "name"), exercises(), ids=str)
def test_every_check_refuses_what_is_wrong_and_takes_what_is_right(key, name):
    row = measure(key, units.exercise(name), SHORT)
    assert row.faults == []
    assert row.wrong >= 8
    assert row.right >= 5
    assert (row.refused, row.named, row.taken) == (row.wrong, row.known, row.right)
    assert row.killed + row.equivalent == row.mutants


# A check weakened on purpose


def first_case(exercise: Exercise) -> Exercise:
    """The exercise with one friendly call."""
    return replace(exercise, cases=lambda rng: exercise.cases(rng)[:1])


def weak_prepare(emit: Callable[[dict[str, Any]], None], settings: dict[str, Any]) -> dict[str, Any]:
    """The trusted process with a check of one friendly case."""
    units.exercises()["weighted_sum"] = first_case(SUM)
    return prepare(emit, settings)


def faults(exercise: Exercise) -> str:
    row = measure("01-neuron", exercise, SHORT)
    assert row.refused < row.wrong or row.taken < row.right
    return "\n".join(row.faults)


def test_a_tolerance_of_ten_is_seen():
    said = faults(replace(SUM, tolerance=10.0))
    assert "the wrong answer subtracts-bias is correct (seed 0)" in said
    assert "a mutant is taken: return float(w @ x + b) => return float(w @ x - b)" in said


def test_a_single_friendly_case_is_seen():
    assert "the wrong answer broadcasts is correct (seed 0)" in faults(first_case(SUM))


def test_a_mistake_that_is_called_by_another_name_is_seen():
    again = replace(SUM.misconceptions[0], name="the-same-again")
    row = measure("01-neuron", replace(SUM, misconceptions=(*SUM.misconceptions, again)), SHORT)
    said = "01-neuron weighted_sum: the wrong answer the-same-again is named forgets-bias (seed 0)"
    assert row.faults == [said]
    assert (row.refused, row.named) == (row.wrong, row.known - 1)


def test_a_check_that_is_too_strict_is_seen():
    said = "the right answer weighted_sum_float32 is incorrect (seed 0)"
    assert said in faults(replace(SUM, tolerance=1e-12))


def test_a_graded_cell_that_takes_too_much_is_seen():
    """In process all is well; in the trusted process the check has one case."""
    weak = replace(COURSE, prepare=f"{weak_prepare.__module__}:weak_prepare")
    effort = replace(SHORT, isolated=True)
    row = measure("01-neuron", SUM, effort, weak)
    assert "01-neuron weighted_sum: the wrong answer broadcasts is correct (the graded cell)" in row.faults
    assert not any("seed" in fault for fault in row.faults)
    assert row.refused < row.wrong
    assert measure("01-neuron", SUM, effort).faults == []


def test_a_mutant_that_is_listed_and_found_out_is_seen(monkeypatch):
    monkeypatch.setitem(gate.EQUIVALENT, "predict_all", {"no reason": ("return 1 => return 2",)})
    said = measure("01-neuron", units.exercise("predict_all"), SHORT).faults
    assert said == [
        "01-neuron predict_all: listed as equivalent, but no such mutant is taken: return 1 => return 2"
    ]


def test_faults_end_the_command_with_an_error(monkeypatch, tmp_path, capsys):
    from tests.gate import __main__ as command

    row = Row("01-neuron", "weighted_sum", wrong=3, refused=2, faults=["a wrong answer is taken"])
    monkeypatch.setattr(command, "exercises", lambda unit=None: [("01-neuron", "weighted_sum")])
    monkeypatch.setattr(command, "measure", lambda *_: row)
    file = tmp_path / "checks.md"
    assert command.main(["--jobs", "1", "--write", str(file)]) == 1
    assert "a wrong answer is taken" in capsys.readouterr().out
    assert "a wrong answer is taken" in file.read_text()
    row.faults.clear()
    assert command.main(["--jobs", "1"]) == 0


def test_the_table_adds_up():
    rows = [Row("u", "f", wrong=2, refused=1), Row("u", "g", wrong=3, refused=3)]
    assert table(rows).splitlines()[-1].startswith("| **all** | 2 exercises | **5** | **4** | ")


# The parts of the gate


def test_mutants_make_the_changes_that_people_make():
    text = """
    def f(x, W, b):
        # A comment and a docstring are nobody's mistake.
        if x.size < 1 and not b:
            raise ValueError("with + in it")
        total = x[1:].sum(axis=0)
        for w in W:
            total += np.maximum(w, 0.5)
        return total / len(W) - W.T
    """
    changes = {one.change for one in mutants(text.replace("\n    ", "\n"))}
    for wanted in (
        "if x.size < 1 and (not b): => if x.size <= 1 and (not b):",
        "if x.size < 1 and (not b): => if x.size < 1 or not b:",
        "if x.size < 1 and (not b): => if not (x.size < 1 and (not b)):",
        "if x.size < 1 and (not b): => if x.size < 2 and (not b):",
        "raise ValueError('with + in it') => pass",
        "total = x[1:].sum(axis=0) => total = x[1:].sum(axis=1)",
        "total = x[1:].sum(axis=0) => total = x[1:].sum()",
        "total = x[1:].sum(axis=0) => total = x[2:].sum(axis=0)",
        "total = x[1:].sum(axis=0) => total = x[1:].mean(axis=0)",
        "for w in W: => for w in list(W)[1:]:",
        "for w in W: => for w in b:",
        "total += np.maximum(w, 0.5) => total -= np.maximum(w, 0.5)",
        "total += np.maximum(w, 0.5) => total = np.maximum(w, 0.5)",
        "total += np.maximum(w, 0.5) => total += np.minimum(w, 0.5)",
        "total += np.maximum(w, 0.5) => total += np.maximum(0.5, w)",
        "return total / len(W) - W.T => return total * len(W) - W.T",
        "return total / len(W) - W.T => return total / len(W) - W",
        "return total / len(W) - W.T => return total / len(W)",
        "return total / len(W) - W.T => return total",
    ):
        assert wanted in changes
    assert not any("with - in it" in change for change in changes)


def test_one_mutant_that_hangs_and_one_that_dies_stop_no_other():
    def judge(i: int) -> str:
        if i == 1:
            time.sleep(60)
        if i == 2:
            raise SystemExit
        return str(i)

    assert each(judge, 4, seconds=0.5) == ["0", "timed out", "died", "3"]


FACTOR = 3.0
PAIR = (lambda z: z + FACTOR, lambda z: z - FACTOR)


def made(inner: Callable[[Any], Any], power: int) -> Callable[[Any], Any]:
    def outer(z: Any) -> Any:
        return inner(z) ** power

    return outer


def remembering(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    kept: dict[tuple, Any] = {(1,): object()}
    return lambda z: kept.setdefault((z,), function(z))


def countdown(n: int) -> Any:
    return np.zeros(1) + (countdown(n - 1) if n else FACTOR)


@pytest.mark.parametrize(
    ("function", "gives"),
    [
        (PAIR[0], 5.0),
        (PAIR[1], -1.0),
        (made(PAIR[1], 2), 1.0),
        (remembering(PAIR[0]), 5.0),
        (countdown, 3.0),
        (np.square, 4.0),
    ],
)
def test_a_cells_text_does_what_the_function_does_with_nothing_around_it(function, gives):
    namespace: dict[str, Any] = {}
    exec(cell_text("answer", function), namespace)
    assert function(2) == gives
    assert namespace["answer"](2) == gives
    assert set(namespace) == {"__builtins__", "_answer", "answer"}
