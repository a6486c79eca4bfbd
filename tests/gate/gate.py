"""Measuring one exercise's check: what it refuses, what it names, what it takes."""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from autograder import units
from autograder.course import COURSE, Course
from autograder.exercise import Exercise
from autograder.judge import fault, judge, run
from autograder.verdict import Verdict
from tests.answers import answers
from tests.course import solutions
from tests.gate.equivalent import EQUIVALENT
from tests.gate.graded import grading
from tests.gate.mutants import Mutant, mutants
from tests.gate.source import cell_text
from tests.gate.trial import each

# One check of these takes up to a second: they train networks.
TRAINS = {"train", "train_softmax", "train_classifier", "design_study", "best_design"}
# The mutants of these take minutes, those of all others together one.
LONG = TRAINS | {"decision_grid"}
SECONDS = 20.0  # what a mutant may take before it counts as an endless loop
SECRET = "a secret of the gate's"


@dataclass(frozen=True)
class Effort:
    """How many seeds to draw inputs from, each a check of its own; whether graded cells and long mutants are run."""

    right: int = 20
    wrong: int = 3
    isolated: bool = True
    long: bool = True

    def of(self, exercise: Exercise) -> Effort:
        """Less of it where a check trains networks."""
        return replace(self, right=min(self.right, 3), wrong=1) if exercise.name in TRAINS else self


@dataclass
class Row:
    """What was measured of one exercise. Every accept or reject that is wrong has a sentence in `faults`."""

    unit: str
    exercise: str
    wrong: int = 0
    refused: int = 0
    known: int = 0
    named: int = 0
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    right: int = 0
    taken: int = 0
    faults: list[str] = field(default_factory=list)

    def blame(self, said: str) -> None:
        self.faults.append(f"{self.unit} {self.exercise}: {said}")


@dataclass(frozen=True)
class Answer:
    """An answer to an exercise. `mistake` is the name of the misconception that it is, if it is a declared one."""

    label: str
    function: Callable[..., Any]
    mistake: str = ""


def wrong_answers(exercise: Exercise) -> list[Answer]:
    """The declared misconceptions, then wrong answers that the declaration does not know."""
    known = [Answer(one.name, one.code, one.name) for one in exercise.misconceptions]
    return known + _answers("WRONG", exercise)


def right_answers(exercise: Exercise) -> list[Answer]:
    """Right answers of several styles."""
    return _answers("RIGHT", exercise)


def _answers(kind: str, exercise: Exercise) -> list[Answer]:
    return [Answer(code.__name__, code) for name, code in answers(kind) if name == exercise.name]


def measure(key: str, exercise: Exercise, effort: Effort, course: Course = COURSE) -> Row:
    """Measure the check of one exercise of a unit."""
    row, effort = Row(key, exercise.name), effort.of(exercise)
    with contextlib.ExitStack() as stack:
        grade = stack.enter_context(grading(key, exercise.name, SECRET, course)) if effort.isolated else None
        for answer in wrong_answers(exercise):
            said = [_judged(exercise, answer, seed) for seed in range(effort.wrong)]
            said += [_graded(grade, exercise, answer)] if grade else []
            _count_wrong(row, answer, said)
        for answer in right_answers(exercise):
            said = [_judged(exercise, answer, seed) for seed in range(effort.right)]
            said += [_graded(grade, exercise, answer)] if grade else []
            _count_right(row, answer, said)
    if effort.long or exercise.name not in LONG:
        _count_mutants(row, exercise, effort)
    return row


@dataclass(frozen=True)
class _Said:
    where: str
    verdict: Verdict
    mistake: str


def _judged(exercise: Exercise, answer: Answer, seed: int) -> _Said:
    report = judge(exercise, answer.function, exercise.cases(np.random.default_rng(seed)))
    return _Said(f"seed {seed}", report.verdict, report.misconception)


def _graded(grade: Callable, exercise: Exercise, answer: Answer) -> _Said:
    mark = grade(cell_text(exercise.name, answer.function))
    return _Said("the graded cell", mark.verdict, mark.misconception)


def _count_wrong(row: Row, answer: Answer, said: Sequence[_Said]) -> None:
    row.wrong += 1
    row.known += bool(answer.mistake)
    # Not only without points: an answer that fails for another reason was not judged.
    not_refused = [one for one in said if one.verdict is not Verdict.INCORRECT]
    misnamed = [one for one in said if one not in not_refused and one.mistake != answer.mistake]
    row.refused += not not_refused
    row.named += bool(answer.mistake) and not not_refused and not misnamed
    for one in not_refused:
        row.blame(f"the wrong answer {answer.label} is {one.verdict.value} ({one.where})")
    for one in misnamed:
        row.blame(f"the wrong answer {answer.label} is named {one.mistake or 'nothing'} ({one.where})")


def _count_right(row: Row, answer: Answer, said: Sequence[_Said]) -> None:
    row.right += 1
    refused = [one for one in said if one.verdict is not Verdict.CORRECT]
    row.taken += not refused
    for one in refused:
        row.blame(f"the right answer {answer.label} is {one.verdict.value} ({one.where})")


def _count_mutants(row: Row, exercise: Exercise, effort: Effort) -> None:
    listed = {change for changes in EQUIVALENT.get(exercise.name, {}).values() for change in changes}
    survived = set()
    for reference in _references(row.unit, exercise):
        made = list(mutants(reference.text))
        row.mutants += len(made)
        results = _mutants_judged(exercise, reference, made, effort.wrong)
        for mutant, result in zip(made, results, strict=True):
            if result == "taken":
                survived.add(mutant.change)
                row.equivalent += mutant.change in listed
            elif result == "died":  # of what, nobody knows: that is not to be taken for the check's merit
                row.blame(f"a mutant ended the process that judged it: {mutant.change}")
            else:
                row.killed += 1
    for change in sorted(survived - listed):
        row.blame(f"a mutant is taken: {change}")
    for change in sorted(listed - survived):
        row.blame(f"listed as equivalent, but no such mutant is taken: {change}")


@dataclass(frozen=True)
class _Reference:
    """The text of a reference solution, the function's name there, and what the text finds around it."""

    text: str
    name: str
    namespace: Mapping[str, Any]


def _references(key: str, exercise: Exercise) -> Iterator[_Reference]:
    """The notebook's solution, and the library's function."""
    yield _Reference(solutions(key)[exercise.name], exercise.name, _notebook(key))
    function = exercise.reference
    yield _Reference(inspect.getsource(function), function.__name__, vars(sys.modules[function.__module__]))


@cache
def _notebook(key: str) -> dict[str, Any]:
    """A unit's namespace with its setup and all its solutions run."""
    os.environ["MPLBACKEND"] = "Agg"
    cells = solutions(key)
    namespace: dict[str, Any] = {}
    for name in ("setup", *(exercise.name for exercise in units.unit(key).exercises)):
        exec(cells[name], namespace)
    return namespace


def _mutants_judged(
    exercise: Exercise, reference: _Reference, made: Sequence[Mutant], seeds: int
) -> list[str]:
    """For each mutant "taken", where inputs from any seed let it pass; otherwise how it was found out."""

    def judged(i: int) -> str:
        space = dict(reference.namespace)
        try:
            exec(made[i].text, space)
        except Exception:  # a default that can't be computed: there is no function
            return "refused"
        passes = (_passes(exercise, space[reference.name], seed) for seed in range(seeds))
        return "taken" if any(passes) else "refused"

    return each(judged, len(made), SECONDS)


def _passes(exercise: Exercise, function: Callable[..., Any], seed: int) -> bool:
    """What `judge` says, at the first fault: mutants are many, and nobody reads a report on them."""
    cases = exercise.cases(np.random.default_rng(seed))
    return all(fault(exercise, case, run(function, case)) is None for case in cases)


def exercises(unit: str | None = None) -> list[tuple[str, str]]:
    """The unit and name of every exercise of the course, or of one unit."""
    keys = [unit] if unit else list(units.MODULES)
    return [(key, exercise.name) for key in keys for exercise in units.unit(key).exercises]
