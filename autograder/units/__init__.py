"""The course's exercises, declared once each: a module a unit."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from autograder.exercise import Exercise, Unit

MODULES = {
    "01-neuron": "neuron",
    "02-activations": "activations",
    "03-mlp": "mlp",
    "04-matrix-form": "matrix",
    "05-training": "training",
    "06-softmax": "softmax",
    "07-scikit-learn": "practice",
}


class UnknownExercise(LookupError):
    """The course has no exercise, or no unit, of that name."""


@cache
def unit(key: str) -> Unit:
    """The declaration of a unit.

    Parameters
    ----------
    key : str
        Name of its folder: ``"01-neuron"``.

    Raises
    ------
    UnknownExercise
        If the course has no such unit.

    Examples
    --------
    >>> unit("01-neuron").exercises[0].name
    'weighted_sum'
    """
    if key not in MODULES:
        raise UnknownExercise(f"The course has no unit {key!r}. Its units are {', '.join(MODULES)}.")
    return import_module(f"autograder.units.{MODULES[key]}").UNIT


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise of the course by its name, in the course's order."""
    return {exercise.name: exercise for key in MODULES for exercise in unit(key).exercises}


def exercise(name: str) -> Exercise:
    """The declaration of one exercise.

    Raises
    ------
    UnknownExercise
        If the course has no such exercise.
    """
    if name not in exercises():
        raise UnknownExercise(f"No exercise is called {name!r}. There are: {', '.join(exercises())}.")
    return exercises()[name]
