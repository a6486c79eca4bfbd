"""What an exercise is declared with: its reference, its inputs, its hints and its known mistakes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.compare import difference


class Case:
    """One call of the function under test.

    Parameters
    ----------
    *args
        Positional arguments. Each call gets its own copy.
    note : str
        What is special about this call, for the report: ``"lengths that differ"``.
    raises : type of Exception, optional
        The error that a right answer raises here, instead of giving a result.
    expected : object, optional
        The result, where it is not the reference's own.

    Examples
    --------
    >>> Case([2.0, -1.0], [0.5, 1.0], 1.0, note="by hand").note
    'by hand'
    """

    MISSING = object()

    def __init__(
        self,
        *args: Any,
        note: str = "",
        raises: type[Exception] | None = None,
        expected: Any = MISSING,
    ) -> None:
        self.args = args
        self.note = note
        self.raises = raises
        self.expected = expected


class Drawn(Case):
    """A call with a generator; it can be judged beside an earlier one, `like`, that differs only in the generator.

    Parameters
    ----------
    *args
        Arguments; one of them is a generator.
    like : Drawn, optional
        The earlier call.
    note : str
        What is special about this call.
    """

    def __init__(self, *args: Any, like: Drawn | None = None, note: str = "") -> None:
        super().__init__(*args, note=note)
        self.like = like
        self.results: list[Any] = []
        """What came of this call, from whatever function was asked: a learner's, or one with a known mistake."""

    def repeats(self, result: Any) -> bool:
        """Whether the earlier call has given this result."""
        return self.like is not None and any(
            difference(result, one, 1e-9) is None for one in self.like.results
        )

    @property
    def same_generator(self) -> bool:
        """Whether the earlier call had an equal generator, so that its result should come again."""
        states = [
            next(arg for arg in case.args if isinstance(arg, np.random.Generator)).bit_generator.state
            for case in (self, self.like)
            if case is not None
        ]
        return len(states) == 2 and states[0] == states[1]

    def compare(self, result: Any) -> str | None:
        """Keep a result; say what is wrong with it beside the earlier call's, or None."""
        self.results.append(result)
        if self.like is None or self.repeats(result) == self.same_generator:
            return None
        if self.same_generator:
            return "The same call with an equal generator gave another result. All chance should come from `rng`."
        return "The same call with another generator gave the same result. All chance should come from `rng`."


def fresh(rng: np.random.Generator) -> np.random.Generator:
    """A new generator, started with a number drawn from another."""
    return np.random.default_rng(int(rng.integers(2**32)))


@dataclass(frozen=True)
class Misconception:
    """A known mistake: code that makes it, and the sentence for a learner who made it.

    Attributes
    ----------
    name : str
        A short key, the same in every report: ``"forgets-bias"``.
    code : callable
        A wrong implementation with the exercise's signature.
    says : str
        What the code does, what that does to the network, where to look. Never the answer.
    """

    name: str
    code: Callable[..., Any]
    says: str


def the_result(result: Any, case: Case) -> Any:
    """The result as it is: the default fingerprint."""
    return result


@dataclass(frozen=True)
class Exercise:
    """One exercise, declared once. Checks, hints, the quality gate and the reports all read it from here.

    Attributes
    ----------
    name : str
        The function's name in the syllabus.
    points : int
        Points of its graded cell.
    reference : callable
        The right answer.
    cases : callable
        ``cases(rng)`` gives the calls to try; the same generator state gives the same calls.
    hints : sequence of str
        From a nudge to nearly there; never the answer.
    misconceptions : sequence of Misconception
        Known mistakes, most telling first.
    explained : str
        Heading of the section of its unit that explains what an answer needs.
    builds_on : tuple of str
        Earlier exercises that an answer may call.
    accepts : callable, optional
        ``accepts(result, expected, case)`` for exercises with more than one right answer: None where the result is
        right, otherwise a sentence that says what is wrong with it.
    fingerprint : callable
        ``fingerprint(result, case)``: what of a result is compared with that of a misconception.
    tolerance : float
        Largest relative difference between equal numbers; room for float32 arithmetic, for nothing else.
    """

    name: str
    points: int
    reference: Callable[..., Any]
    cases: Callable[[np.random.Generator], Sequence[Case]]
    hints: Sequence[str]
    misconceptions: Sequence[Misconception]
    explained: str = ""
    builds_on: tuple[str, ...] = ()
    accepts: Callable[[Any, Any, Case], str | None] | None = None
    fingerprint: Callable[[Any, Case], Any] = the_result
    tolerance: float = 1e-5

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's parameters."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def signature(self) -> str:
        """The call as the syllabus writes it: ``weighted_sum(x, w, b)``."""
        return f"{self.name}({', '.join(self.parameters)})"


@dataclass(frozen=True)
class Unit:
    """One unit of the course.

    Attributes
    ----------
    key : str
        Name of its folder and notebook: ``"01-neuron"``.
    title : str
        Its title.
    exercises : tuple of Exercise
        In the order of the notebook.
    written : tuple of str
        Grade ids of the answers that a person marks.
    provides : tuple of str
        What of ``nnlib`` a submission's own code may use, as ``"plots"`` or ``"activations.sigmoid"``.
    seconds : float
        Longest that one of its cells may take when it is graded.
    libraries : tuple of str
        Large libraries that it uses, loaded once before its submissions are graded.
    """

    key: str
    title: str
    exercises: tuple[Exercise, ...]
    written: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    seconds: float = 10.0
    libraries: tuple[str, ...] = ()
