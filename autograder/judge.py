"""Judging one function: call it, compare it with the reference, find the mistake that it makes."""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.compare import describe, difference, number
from autograder.exercise import Case, Exercise, Misconception
from autograder.verdict import Report, Verdict

# Warnings that tell of the garbage collector or of a library's age, not of the function that was called.
NOT_ITS_OWN = (ResourceWarning, DeprecationWarning, PendingDeprecationWarning, ImportWarning)


@dataclass(frozen=True)
class Outcome:
    """What one call did: a result or an error, and what it did on the side."""

    result: Any = None
    error: Exception | None = None
    changed: tuple[int, ...] = ()
    warned: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Attempt:
    """A function that was tried in calls of an exercise.

    Attributes
    ----------
    exercise : Exercise
    function : callable
    cases : sequence of Case
        The calls.
    outcomes : tuple of Outcome
        What they did; the last is that of a function which is not written yet, where one said so.
    fault : tuple of int and str, or None
        The first call that went wrong, and what is wrong with it.
    """

    exercise: Exercise
    function: Callable[..., Any]
    cases: Sequence[Case]
    outcomes: tuple[Outcome, ...] = ()
    fault: tuple[int, str] | None = None


def attempt(exercise: Exercise, function: Callable[..., Any], cases: Sequence[Case]) -> Attempt:
    """Try a function in all the given calls; where it is not written yet, no further."""
    if not callable(function):
        return Attempt(exercise, function, cases, fault=(0, f"`{exercise.name}` is no function."))
    outcomes: list[Outcome] = []
    first: tuple[int, str] | None = None
    for i, case in enumerate(cases):
        outcome = run(function, case)
        outcomes.append(outcome)
        if isinstance(outcome.error, NotImplementedError):
            first = (i, "It is not written yet.")
            break
        wrong = fault(exercise, case, outcome)
        if wrong and first is None:
            first = (i, wrong)
    return Attempt(exercise, function, cases, tuple(outcomes), first)


def judge(
    exercise: Exercise, function: Callable[..., Any], cases: Sequence[Case], hidden: bool = False
) -> Report:
    """Compare a function with an exercise's reference on the given calls.

    Parameters
    ----------
    exercise : Exercise
        The declaration.
    function : callable
        The learner's function.
    cases : sequence of Case
        The calls to try, in order.
    hidden : bool
        Leave inputs and results out of the report.

    Returns
    -------
    Report
        With the first difference as evidence, and the known mistake that explains all results, if there is one.
    """
    return told(attempt(exercise, function, cases), hidden)


def told(tried: Attempt, hidden: bool = False) -> Report:
    """The report on an attempt; see `judge`."""
    exercise, cases = tried.exercise, tried.cases
    if tried.fault is None:
        calls = f" in all {len(cases)} calls" if len(cases) > 1 else ""
        return Report(exercise.name, Verdict.CORRECT, f"`{exercise.signature}` is right{calls}.")
    if not callable(tried.function):
        return _incorrect(
            exercise, f"`{exercise.name}` is {describe(tried.function)}, it should be a function."
        )
    if isinstance(tried.outcomes[-1].error, NotImplementedError):
        return Report(
            exercise.name,
            Verdict.NOT_ATTEMPTED,
            f"`{exercise.signature}` is not written yet.",
            advice="Replace the line that raises NotImplementedError, run the cell, then run this one again.",
        )
    found = diagnose(exercise, cases, tried.outcomes)
    i, wrong = tried.fault
    report = _explain(exercise, cases[i], tried.outcomes[i], wrong)
    if hidden:
        report = replace(
            report,
            headline=f"`{exercise.signature}` is wrong for some inputs that are not shown.",
            details=(),
        )
    if found:
        report = replace(report, advice=found.says, misconception=found.name)
    return report


def passes(exercise: Exercise, function: Callable[..., Any], cases: Sequence[Case]) -> bool:
    """Whether a function is right in all the given calls; looks no further than the first that goes wrong."""
    return callable(function) and all(fault(exercise, case, run(function, case)) is None for case in cases)


def run(function: Callable[..., Any], case: Case) -> Outcome:
    """Call a function with a copy of the case's arguments, and watch what else it does."""
    args = copy.deepcopy(case.args)
    printed = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(printed),
        np.errstate(divide="warn", over="warn", invalid="warn"),
    ):
        warnings.simplefilter("always")
        for category in NOT_ITS_OWN:
            warnings.simplefilter("ignore", category)
        try:
            result, error = function(*args), None
        except Exception as raised:
            result, error = None, raised
    return Outcome(
        result,
        error,
        changed=tuple(i for i, (a, b) in enumerate(zip(args, case.args, strict=True)) if _changed(a, b)),
        warned=str(caught[0].message) if caught else "",
        printed=printed.getvalue(),
    )


def expected_of(exercise: Exercise, case: Case) -> Any:
    """The right result of a case."""
    if case.expected is not Case.MISSING:
        return case.expected
    return run(exercise.reference, case).result


def fault(exercise: Exercise, case: Case, outcome: Outcome) -> str | None:
    """Say what is wrong with the outcome of a case, or None."""
    if case.raises is not None:
        if isinstance(outcome.error, case.raises):
            return None
        got = f"raised {_kind(outcome.error)}" if outcome.error else "gave a result"
        return f"It {got}, it should raise {case.raises.__name__}."
    if outcome.error is not None:
        return f"It raised {_told(outcome.error)}"
    expected = expected_of(exercise, case)
    if outcome.result is None and expected is not None:
        return "It returned nothing (None)."
    try:
        if exercise.accepts is not None:
            wrong = exercise.accepts(outcome.result, expected, case)
        else:
            wrong = difference(outcome.result, expected, exercise.tolerance)
    except Exception as error:  # a result that can't even be looked at is wrong, whatever it is
        wrong = f"The result could not be read ({type(error).__name__}: {error})."
    if wrong:
        return wrong
    if outcome.changed:
        names = ", ".join(f"`{exercise.parameters[i]}`" for i in outcome.changed)
        return f"The call changed its argument {names}."
    if outcome.warned:
        return f"The call gave a warning: {outcome.warned}"
    return None


def diagnose(exercise: Exercise, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Misconception | None:
    """The known mistake that gives these outcomes, or None.

    A mistake is named where it gives the same outcome in every case; failing that, where it does so in every case that
    asks for a result (a learner can make one mistake and also forget an error), and is itself wrong there.
    """
    asks_result = [case.raises is None for case in cases]
    second: Misconception | None = None
    for misconception in exercise.misconceptions:
        wrong = [run(misconception.code, case) for case in cases]
        same = [
            _same(exercise, case, one, other) for case, one, other in zip(cases, outcomes, wrong, strict=True)
        ]
        if all(same):
            return misconception
        if second is None and all(s for s, asks in zip(same, asks_result, strict=True) if asks):
            shows = any(
                fault(exercise, case, one)
                for case, one in zip(cases, wrong, strict=True)
                if case.raises is None
            )
            second = misconception if shows else None
    return second


def _same(exercise: Exercise, case: Case, one: Outcome, other: Outcome) -> bool:
    if one.error is not None or other.error is not None:
        return _kind(one.error) == _kind(other.error)
    if one.changed != other.changed or bool(one.warned) != bool(other.warned):
        return False
    try:
        a, b = (exercise.fingerprint(o.result, case) for o in (one, other))
        return difference(a, b, exercise.tolerance) is None
    except Exception:  # a result that can't be compared matches no known mistake
        return False


def _kind(error: Exception | None) -> str:
    """The name of an error's class, also where the grader has only that of a class which lives with the student."""
    return getattr(error, "type_name", "") or type(error).__name__


def _told(error: Exception) -> str:
    """An error as Python prints it."""
    return str(error) if getattr(error, "type_name", "") else f"{_kind(error)}: {error}"


def _incorrect(exercise: Exercise, headline: str, advice: str = "") -> Report:
    return Report(exercise.name, Verdict.INCORRECT, headline, advice=advice)


def _explain(exercise: Exercise, case: Case, outcome: Outcome, wrong: str) -> Report:
    """The report of a case that failed: the call, what was expected, what came."""
    call = ", ".join(f"{name}={show(arg)}" for name, arg in zip(exercise.parameters, case.args, strict=False))
    details = [("Call", f"{exercise.name}({call})")]
    if case.note:
        details.append(("Case", case.note))
    headline, advice = f"`{exercise.signature}` is not right yet.", ""
    if case.raises is not None:
        details.append(("Expected", f"{case.raises.__name__}, raised"))
    elif exercise.accepts is None:
        details.append(("Expected", show(expected_of(exercise, case))))
    if outcome.error is not None:
        headline = f"`{exercise.signature}` raised {_kind(outcome.error)}."
        details.append(("Raised", _told(outcome.error)))
        advice = "Run this call in a cell of your own: the traceback shows the line."
    else:
        if outcome.result is None and case.raises is None:
            headline = f"`{exercise.signature}` returned nothing."
            advice = "Is there a `return` at the end of every path through the function?"
        details.append(("Got", show(outcome.result)))
        details.append(("Difference", wrong))
    if outcome.printed:
        details.append(("Printed", outcome.printed[:200]))
    return Report(exercise.name, Verdict.INCORRECT, headline, tuple(details), advice)


def show(value: Any) -> str:
    """A value as short text: small ones in full, large ones by shape.

    >>> show(np.array([1.0, 2.5])), show(np.zeros((40, 3))), show(np.float64(0.5))
    ('np.array([1. , 2.5])', 'array of shape (40, 3)', '0.5')
    """
    if isinstance(value, np.ndarray):
        if value.size > 16:
            return describe(value).removeprefix("an ")
        with np.printoptions(precision=4, linewidth=1000):
            return "np." + " ".join(repr(value).split())
    if isinstance(value, (bool, np.bool_, int, float, np.integer, np.floating)):
        return number(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(map(show, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(show, value[:12])) + (", …]" if len(value) > 12 else "]")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {show(v)}" for key, v in value.items()) + "}"
    if isinstance(value, np.random.Generator):
        return "a generator"
    if callable(value):
        return getattr(value, "__name__", "a function")
    text = repr(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _changed(after: Any, before: Any) -> bool:
    if isinstance(before, np.ndarray):
        return not (isinstance(after, np.ndarray) and np.array_equal(after, before))
    if isinstance(before, (list, tuple)):
        return len(after) != len(before) or any(_changed(a, b) for a, b in zip(after, before, strict=True))
    if isinstance(before, dict):
        return set(after) != set(before) or any(_changed(after[key], before[key]) for key in before)
    return False
