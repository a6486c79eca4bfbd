"""What a notebook imports: ``check``, ``hint`` and ``yours``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from autograder import panel, seed, units
from autograder.exercise import Case, Exercise
from autograder.judge import attempt, judge, passes, told
from autograder.progress import record
from autograder.verdict import CheckFailed, Report, Verdict

_hints_given: dict[str, int] = {}


def check(
    function: Callable[..., Any], *, given: tuple | None = None, gives: Any = None, hidden: bool = False
) -> None:
    """Check your function and show what was found.

    Parameters
    ----------
    function : callable
        The function that you wrote, under its name from the exercise.
    given : tuple, optional
        Arguments of a worked example, tried first.
    gives : object
        What the worked example should give.
    hidden : bool
        Draw the inputs from the course's secret seed and don't show them: for the grader.

    Raises
    ------
    CheckFailed
        If the function is not right, or not written yet. The panel above the error says why.
    UnknownExercise
        If no exercise has the function's name.
    """
    exercise = units.exercise(_name(function, sys._getframe(1).f_globals))
    report = _report(exercise, function, given, gives, hidden)
    if not hidden:
        record(report)
    if not (hidden and report.verdict is Verdict.CORRECT):
        offers_help = not hidden and report.verdict is not Verdict.CORRECT
        panel.panel(report, exercise if offers_help else None)
    if report.verdict is not Verdict.CORRECT:
        raise CheckFailed(report)


def yours(function: Callable[..., Any]) -> Callable[..., Any]:
    """Your function where it passes its check; else the course's own, and a line that says so.

    For cells that put a function to work before all of it is written.

    Parameters
    ----------
    function : callable
        The function that you wrote.

    Returns
    -------
    callable
        Your function, or the reference in its place.
    """
    exercise = units.exercise(_name(function, sys._getframe(1).f_globals))
    if _report(exercise, function).verdict is Verdict.CORRECT:
        return function
    panel.note(f"Your `{exercise.name}` does not pass its check yet, so this cell uses the course's own.")
    return exercise.reference


def hint(function: Callable[..., Any] | str) -> None:
    """Show the next hint for an exercise; after the last one, the last again.

    Parameters
    ----------
    function : callable or str
        The function that you are writing, or its name.
    """
    name = function if isinstance(function, str) else _name(function, sys._getframe(1).f_globals)
    exercise = units.exercise(name)
    tier = min(_hints_given.get(name, 0), len(exercise.hints) - 1)
    _hints_given[name] = tier + 1
    more = " Ask again for the next one." if tier + 1 < len(exercise.hints) else ""
    panel.note(exercise.hints[tier] + more, title=f"Hint {tier + 1} of {len(exercise.hints)}")


def _report(
    exercise: Exercise,
    function: Callable[..., Any],
    given: tuple | None = None,
    gives: Any = None,
    hidden: bool = False,
) -> Report:
    """Judge a function as it stands; where it is wrong, once more with earlier references in place."""
    example = [] if given is None else [Case(*given, note="the worked example", expected=gives)]
    cases = example + list(exercise.cases(seed.rng(exercise.name, hidden)))
    alone = None
    if _known_wrong.isdisjoint(exercise.builds_on):
        alone = attempt(exercise, function, cases)
        if alone.fault is None or not exercise.builds_on:
            return told(alone, hidden)
    with _references_in_place(function, exercise.builds_on, hidden) as replaced:
        if alone and not replaced:
            return told(alone, hidden)
        carried = judge(exercise, function, cases, hidden)
    return replace(carried, carried=replaced) if carried.verdict is Verdict.CORRECT else carried


_known_wrong: frozenset[str] = frozenset()


def know_wrong(names: Iterable[str]) -> None:
    """Never call the learner's functions of these names for a later exercise: they hang, say (for the grader)."""
    global _known_wrong
    _known_wrong = frozenset(names)


@contextmanager
def _references_in_place(
    function: Callable[..., Any], names: tuple[str, ...], hidden: bool
) -> Iterator[tuple[str, ...]]:
    """Where the learner's earlier functions are wrong or missing, put the references where ``function`` looks."""
    namespace = getattr(function, "__globals__", {})
    own: dict[str, Any] = {}
    try:
        for earlier in map(units.exercise, names):
            # One by one, so that a function that is wrong only because of an earlier one is left in place.
            mine = namespace.get(earlier.name, _ABSENT)
            if not _passes(earlier, mine, hidden):
                own[earlier.name] = mine
                namespace[earlier.name] = earlier.reference
        yield tuple(own)
    finally:
        for name, mine in own.items():
            if mine is _ABSENT:
                del namespace[name]
            else:
                namespace[name] = mine


_ABSENT = object()


def _passes(exercise: Exercise, function: Any, hidden: bool) -> bool:
    if function is _ABSENT or exercise.name in _known_wrong:
        return False
    cases = exercise.cases(seed.rng(exercise.name, hidden))
    return passes(exercise, function, cases)


def _name(function: Callable[..., Any], namespace: dict[str, Any]) -> str:
    """The name under which the caller knows the function: a lambda has no other."""
    own = getattr(function, "__name__", "")
    if own in units.exercises():
        return own
    return next(
        (name for name in units.exercises() if namespace.get(name) is function), own or repr(function)
    )
