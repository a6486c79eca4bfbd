"""Every check of the course against right answers, wrong answers and its own misconceptions."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import units
from autograder.judge import judge
from autograder.verdict import Verdict
from tests.answers import answers

ALL = list(units.exercises().values())
MISCONCEPTIONS = [(e, m) for e in ALL for m in e.misconceptions]
SEEDS = range(2)  # the gate takes 20


def verdict_of(exercise, function, seed):
    return judge(exercise, function, exercise.cases(np.random.default_rng(seed)))


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_is_right(exercise, seed):
    assert verdict_of(exercise, exercise.reference, seed).verdict is Verdict.CORRECT


@pytest.mark.parametrize(("name", "code"), answers("RIGHT"), ids=lambda a: getattr(a, "__name__", a))
@pytest.mark.parametrize("seed", SEEDS)
def test_right_answers_are_taken(name, code, seed):
    report = verdict_of(units.exercise(name), code, seed)
    assert report.verdict is Verdict.CORRECT, report


@pytest.mark.parametrize(("name", "code"), answers("WRONG"), ids=lambda a: getattr(a, "__name__", a))
@pytest.mark.parametrize("seed", SEEDS)
def test_wrong_answers_are_refused_and_not_misnamed(name, code, seed):
    report = verdict_of(units.exercise(name), code, seed)
    assert report.verdict is Verdict.INCORRECT
    assert report.misconception == ""


@pytest.mark.parametrize(
    ("exercise", "misconception"), MISCONCEPTIONS, ids=lambda value: getattr(value, "name", value)
)
@pytest.mark.parametrize("seed", SEEDS)
def test_misconceptions_are_refused_and_named(exercise, misconception, seed):
    report = verdict_of(exercise, misconception.code, seed)
    assert report.verdict is Verdict.INCORRECT
    assert report.misconception == misconception.name
    assert report.advice == misconception.says


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_enough_is_declared(exercise):
    assert len(exercise.hints) >= 2
    assert len(exercise.misconceptions) >= 6
    names = [m.name for m in exercise.misconceptions]
    assert len(set(names)) == len(names)
    assert len({m.says for m in exercise.misconceptions}) == len(names)


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_the_same_seed_draws_the_same_inputs_and_another_seed_others(exercise):
    def text(value):
        if isinstance(value, np.random.Generator):
            return str(value.bit_generator.state)
        return getattr(value, "__name__", repr(value))

    def inputs(seed):
        cases = exercise.cases(np.random.default_rng(seed))
        return [[text(value) for value in case.args] for case in cases]

    assert inputs(1) == inputs(1)
    if exercise.parameters:
        assert inputs(1) != inputs(2)


def test_a_mistake_is_named_the_same_whatever_was_checked_before():
    """Known mistakes set out from the learner's own start: not from that of another function."""

    def random_start(X, y, n_classes, learning_rate, epochs, rng):
        W = rng.normal(size=(n_classes, X.shape[1]))
        return W, np.zeros(n_classes), [0.0] * epochs

    exercise = units.exercise("train_softmax")
    (turned,) = (one for one in exercise.misconceptions if one.name == "turned")
    verdict_of(exercise, random_start, 0)
    assert verdict_of(exercise, turned.code, 0).misconception == "turned"
