"""Unit 06: softmax, for many classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlib
from autograder.compare import describe, difference, no_finite_float, number
from autograder.exercise import Case, Drawn, Exercise, Misconception, Unit

Function = Callable[..., Any]


def _labels(rng: np.random.Generator, n: int, n_classes: int) -> Any:
    """Labels, the first few of them all different."""
    y = rng.integers(0, n_classes, size=n)
    first = rng.permutation(n_classes)[:n]
    y[: len(first)] = first
    return y


def _one_hot_labels(rng: np.random.Generator, n: int, n_classes: int) -> Any:
    return np.eye(n_classes)[_labels(rng, n, n_classes)]


# ------------------------------------------------------------------------------------------------------------ softmax


def softmax_cases(rng: np.random.Generator) -> list[Case]:
    """Lists, rows and tables, square ones too, then logits so large that their exponentials are not."""
    cases = [
        Case([1.0, 2.0], note="a list"),
        Case(np.array([1.0, 2.0, 3.0])),
        Case(np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]])),
        Case(np.array([0.0, 0.0, 0.0, 0.0]), note="equal scores"),
        Case(np.array([-1.0, -2.5, -4.0]), note="negative scores"),
        Case(np.array([7.0]), note="a single class"),
        Case([3, -1, 0], note="a list of whole numbers"),
    ]
    cases += [
        Case(rng.normal(scale=2.0, size=shape)) for shape in ((5,), (1, 4), (4, 1), (2, 3), (3, 3), (6, 2))
    ]
    cases += [
        Case(rng.normal(size=(4, 4)).astype(np.float32), note="float32"),
        Case(rng.normal(size=(2, 1000)), note="a thousand classes"),
        Case(np.array([1e4, 1e4 + 1.0, 1e4 - 2.0]), note="large scores"),
        Case(np.array([-1e4, -1e4 + 1.0, -1e4 - 2.0]), note="very negative scores"),
        Case(
            np.array([[1e4, 1e4 - 1.0], [0.0, 1.0], [-1e4, -1e4 + 2.0]]),
            note="rows that are far from each other",
        ),
        Case(np.array([1e4, 0.0, -1e4]), note="scores that are far from each other"),
    ]
    return cases


def _rows(weigh: Function) -> Function:
    """A version of softmax that weighs the scores in its own way, shifted so that nothing overflows, and divides by the sum."""

    def softmax(Z: Any) -> Any:
        E = weigh(np.asarray(Z, dtype=float))
        return E / np.sum(E, axis=-1, keepdims=True)

    return softmax


def _shifted(Z: Any) -> Any:
    return Z - np.max(Z, axis=-1, keepdims=True)


def _along_columns(Z: Any) -> Any:
    E = np.exp(Z - np.max(Z, axis=0))
    return E / np.sum(E, axis=0)


def _without_keepdims(Z: Any) -> Any:
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - np.max(Z, axis=-1))
    return E / np.sum(E, axis=-1)


def _rows_only(Z: Any) -> Any:
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.sum(E, axis=1, keepdims=True)


def _whole_table(Z: Any) -> Any:
    E = np.exp(np.asarray(Z, dtype=float) - np.max(Z))
    return E / np.sum(E)


def _arrays_only(Z: Any) -> Any:
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


SOFTMAX = Exercise(
    name="softmax",
    points=3,
    explained="By hand first",
    reference=nnlib.softmax,
    cases=softmax_cases,
    fingerprint=lambda result, case: np.nan_to_num(result, nan=-1.0),
    hints=(
        "Three steps: make the scores harmless, make them positive, make them sum to 1. The section above has each of them.",
        "`np.max` and `np.sum` take `axis=-1`: along the last axis, which is the classes for one row and for a table alike. What "
        "does `keepdims=True` do to the shape of what they give?",
        "A list knows no arithmetic: `np.asarray(Z)` makes an array of it, and leaves an array as it is. Subtract from each row its "
        "own largest score, then `np.exp`, then divide each row by its own sum.",
    ),
    misconceptions=(
        Misconception(
            "overflows",
            lambda Z: np.exp(Z) / np.sum(np.exp(Z), axis=-1, keepdims=True),
            "Small scores are right, but `np.exp(1e4)` is too large for a float, and infinity divided by infinity is not a number. "
            "After one such row every weight of the network is nan. What may be subtracted from all scores without changing the result?",
        ),
        Misconception(
            "overflows-and-whole-table",
            lambda Z: np.exp(Z) / np.sum(np.exp(Z)),
            "This is the formula for one row of small scores. In a table all rows share one sum, so the probabilities of a picture depend on the other "
            "pictures; and `np.exp(1e4)` is too large for a float. The section above this exercise deals with both.",
        ),
        Misconception(
            "powers-of-two",
            _rows(lambda Z: 2.0 ** _shifted(Z)),
            "The scores are made positive with another base than e. The rows sum to 1 all the same, but a difference of 1 between two scores "
            "should multiply the odds by e, and the gradient of exercise 4 relies on that.",
        ),
        Misconception(
            "columns",
            _along_columns,
            "A single row is right, but in a table the columns sum to 1. A row is one picture: here the pictures compete "
            "for a class, and the classes should compete for a picture. Look at the axis.",
        ),
        Misconception(
            "no-keepdims",
            _without_keepdims,
            "What belongs to the rows has the shape (n,), and NumPy lays it out along the columns: an error where n and k differ, and "
            "wrong numbers without any error where they are equal. Look at the shape of what you subtract and divide by.",
        ),
        Misconception(
            "whole-table",
            _whole_table,
            "A table is divided by the sum of all its entries, so the whole batch shares 1. Each picture should have a "
            "distribution of its own, whatever other pictures came with it.",
        ),
        Misconception(
            "largest-of-the-table",
            _rows(lambda Z: np.exp(Z - np.max(Z))),
            "The largest score of the whole table is subtracted from every row. In a row that lies far below it all exponentials "
            "become 0, and 0 divided by 0 is not a number. Each row needs its own.",
        ),
        Misconception(
            "mean-subtracted",
            _rows(lambda Z: np.exp(Z - np.mean(Z, axis=-1, keepdims=True))),
            "The mean is subtracted. That changes nothing in the result, but a score far above the mean still overflows. Which number "
            "has to go to 0 so that no exponent is above 0?",
        ),
        Misconception(
            "one-row-fails",
            _rows_only,
            "Tables are right, but a single row of scores fails: it has no axis 1. Count the axis from the end instead.",
        ),
        Misconception(
            "lists-fail",
            _arrays_only,
            "Arrays are right, but a list of scores fails: it has no `.max`. The docstring promises lists too. What makes an array of a list, "
            "and leaves an array as it is?",
        ),
        Misconception(
            "shares-of-scores",
            _rows(lambda Z: Z),
            "The scores themselves are divided by their sum. A negative score then gives a negative probability, and scores that sum to 0 give "
            "none at all. What has to be done to a score first?",
        ),
        Misconception(
            "shares-of-sizes",
            _rows(np.abs),
            "The scores lose their signs. −4 then counts as much as 4, so the network can't speak against a class.",
        ),
        Misconception(
            "squares",
            _rows(np.square),
            "The scores are squared to make them positive. −4 then counts as much as 4, so the network can't speak against a class.",
        ),
        Misconception(
            "from-the-smallest",
            _rows(lambda Z: Z - np.min(Z, axis=-1, keepdims=True)),
            "The smallest score is subtracted and the rest divided by its sum. The last class gets exactly 0, whose logarithm is no number, and equal "
            "scores give 0 divided by 0. Something is missing between the two steps.",
        ),
        Misconception(
            "sigmoids",
            lambda Z: nnlib.sigmoid(np.asarray(Z, dtype=float)),
            "Each score has gone through a sigmoid by itself. Then the classes don't compete, and a row can sum to 2 or to 0.3. Nothing is "
            "divided by a sum.",
        ),
        Misconception(
            "no-division",
            lambda Z: np.exp(_shifted(np.asarray(Z, dtype=float))),
            "The rows don't sum to 1: the last step is missing. As it is, the largest class always gets 1, however close the second is.",
        ),
        Misconception(
            "winner-takes-all",
            _rows(lambda Z: (_shifted(Z) == 0).astype(float)),
            "The largest class gets 1, all others 0. This has no slope, so training can't use it, and it doesn't say how sure the network is. "
            "That is why there is a *soft* maximum.",
        ),
        Misconception(
            "clips",
            _rows(lambda Z: np.exp(np.clip(Z, -500, 500))),
            "Large scores are clipped, which stops the overflow but makes all of them equal: 10,001 should still beat 10,000. There is a "
            "shift that changes nothing at all.",
        ),
        Misconception(
            "logarithms",
            lambda Z: (
                _shifted(np.asarray(Z, dtype=float))
                - np.log(np.sum(np.exp(_shifted(np.asarray(Z, dtype=float))), axis=-1, keepdims=True))
            ),
            "These are the logarithms of the probabilities. They are useful, but the exercise asks for the probabilities themselves.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------------ one_hot


def one_hot_cases(rng: np.random.Generator) -> list[Case]:
    """Labels in any order, classes that don't occur, and labels out of range."""
    cases = [
        Case(np.array([2, 0]), 3),
        Case(np.array([1, 3, 0, 3, 2]), 4),
        Case(np.array([1, 0, 1]), 5, note="three classes without a sample"),
        Case(np.array([0]), 1, note="one sample, one class"),
        Case(np.array([4]), 10, note="one sample"),
        Case(np.array([2, 2, 2]), 3, note="a label that repeats, as many samples as classes"),
    ]
    cases += [Case(_labels(rng, n, k), k) for n, k in ((6, 2), (3, 7), (20, 10), (5, 1000))]
    cases += [
        Case(np.array([0, 3, 1]), 3, note="a label that is too large", raises=ValueError),
        Case(np.array([10]), 10, note="a label that is too large", raises=ValueError),
        Case(np.array([0, -1, 2]), 3, note="a negative label", raises=ValueError),
        Case(np.array([1, 0, -3]), 3, note="a negative label", raises=ValueError),
        Case(np.array([-7, 1]), 3, note="a negative label", raises=ValueError),
    ]
    return cases


def _in_range(code: Function) -> Function:
    """A version of one-hot coding that refuses labels out of range, so that it shows its own mistake alone."""

    def one_hot(y: Any, n_classes: int) -> Any:
        if np.any(y < 0) or np.any(y >= n_classes):
            raise ValueError
        return code(y, n_classes)

    return one_hot


def _checks_above_only(y: Any, n_classes: int) -> Any:
    if np.any(y >= n_classes):
        raise ValueError
    return np.eye(n_classes)[y]


def _first_class_is_one(y: Any, n_classes: int) -> Any:
    Y = np.zeros((len(y), n_classes))
    Y[np.arange(len(y)), y - 1] = 1.0
    return Y


def _one_for_each_label(y: Any, n_classes: int) -> Any:
    Y = np.zeros((len(y), n_classes))
    Y[:, y] = 1.0
    return Y


ONE_HOT = Exercise(
    name="one_hot",
    points=2,
    explained="Labels that softmax can aim at",
    reference=nnlib.one_hot,
    cases=one_hot_cases,
    hints=(
        "How many rows and columns has the table, and what stands in it before the ones are put in?",
        "Row s gets its 1 in the column `y[s]`. A loop over the samples does it, one assignment each.",
        "Two tests come first: is a label below 0, is one at or above `n_classes`? `np.any(y < 0)` asks about all labels at once. NumPy itself counts "
        "negative columns from the end and says nothing.",
    ),
    misconceptions=(
        Misconception(
            "no-check",
            lambda y, n_classes: np.eye(n_classes)[y],
            "The tables are right, but a label of −1 becomes the last class without a word, since NumPy counts from the end, and one "
            "that is too large raises an `IndexError`. A wrong label should not train the network: raise `ValueError` for both.",
        ),
        Misconception(
            "checks-above-only",
            _checks_above_only,
            "Labels that are too large are refused, but negative ones are not: NumPy counts them from the end, and −1 becomes the last "
            "class. −1 is a common sign for a missing label.",
        ),
        Misconception(
            "rows-of-zeros",
            lambda y, n_classes: (y[:, np.newaxis] == np.arange(n_classes)).astype(float),
            "The tables are right, but a label out of range gives a row of zeros. Such a sample would cost nothing, and nobody would know. "
            "Raise `ValueError`.",
        ),
        Misconception(
            "whole-numbers",
            _in_range(lambda y, n_classes: np.eye(n_classes, dtype=int)[y]),
            "The ones are in the right places, but the table holds integers. It is compared with probabilities: floats are asked for.",
        ),
        Misconception(
            "booleans",
            _in_range(lambda y, n_classes: y[:, np.newaxis] == np.arange(n_classes)),
            "The table holds True and False. NumPy can't subtract booleans from each other, and the gradient is a subtraction: floats are asked for.",
        ),
        Misconception(
            "transposed",
            _in_range(lambda y, n_classes: np.eye(n_classes)[:, y]),
            "The table lies on its side: a row for each class. In this course a row is a sample.",
        ),
        Misconception(
            "counts-the-classes",
            _in_range(lambda y, n_classes: np.eye(int(y.max()) + 1)[y]),
            "The number of classes is taken from the labels. A batch in which the last class does not occur gets a table that is too narrow, and no "
            "longer fits the network's output. It is handed in: `n_classes`.",
        ),
        Misconception(
            "first-class-is-one",
            _in_range(_first_class_is_one),
            "All ones are one column too far to the left, and class 0 ends up last. Labels start at 0 here, as columns do.",
        ),
        Misconception(
            "one-for-each-label",
            _in_range(_one_for_each_label),
            "Every row has a 1 for every label of the whole batch. Row s should get one for `y[s]` alone: rows and columns have to be "
            "gone through together.",
        ),
        Misconception(
            "identity",
            _in_range(lambda y, n_classes: np.eye(len(y), n_classes)),
            "The ones run down the diagonal, whatever the labels are. Which number says where the 1 of a row belongs?",
        ),
        Misconception(
            "zeros-and-ones-swapped",
            _in_range(lambda y, n_classes: 1.0 - np.eye(n_classes)[y]),
            "Every class but the right one has a 1. The table should say which class it is.",
        ),
        Misconception(
            "staircase",
            _in_range(lambda y, n_classes: (np.arange(n_classes) <= y[:, np.newaxis]).astype(float)),
            "All columns up to the label hold a 1. This says that class 2 contains class 1. Digits and cats have no such order: one 1 a row.",
        ),
        Misconception(
            "label-as-value",
            _in_range(lambda y, n_classes: np.eye(n_classes)[y] * y[:, np.newaxis]),
            "The label itself stands in its column. Then a 9 counts nine times as much as a 1, and a 0 not at all.",
        ),
        Misconception(
            "list",
            _in_range(lambda y, n_classes: np.eye(n_classes)[y].tolist()),
            "The numbers are right, but they come as a list of lists, which can't be subtracted from an array of probabilities as it is meant to. Make "
            "an array of them.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------ cross_entropy


def _distributions(rng: np.random.Generator, n: int, n_classes: int) -> Any:
    """Rows of probabilities that differ clearly from each other and are not near 0."""
    scores = rng.permuted(np.tile(np.arange(1.0, n_classes + 1), (n, 1)), axis=1)
    scores = (scores + rng.uniform(0, 0.3, size=scores.shape)) ** rng.uniform(0.6, 2.0, size=(n, 1))
    return scores / scores.sum(axis=1, keepdims=True)


def cross_entropy_cases(rng: np.random.Generator) -> list[Case]:
    """Probabilities away from 0 at the labels for the values; a 0 there only where finiteness is asked for."""
    cases = [
        Case(np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]])),
        Case(np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])),
        Case(np.full((3, 4), 0.25), np.eye(4)[[0, 3, 1]], note="every class gets the same"),
    ]
    cases += [
        Case(_distributions(rng, n, k), _one_hot_labels(rng, n, k))
        for n, k in ((1, 3), (2, 2), (4, 4), (3, 5), (6, 2), (40, 10))
    ]
    cases += [
        Case(
            _distributions(rng, 5, 3).astype(np.float32),
            np.eye(3)[[0, 1, 2, 1, 0]],
            note="float32 probabilities",
        ),
        Case(
            np.array([[1e-3, 0.899, 0.1], [0.2, 0.5, 0.3]]),
            np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
            note="a confident mistake",
        ),
        Case(
            np.array([[0.0, 0.4, 0.6], [0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]),
            np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]),
            note="a 0 off the label, which costs nothing",
        ),
        Case(
            np.array([[0.0, 1.0], [0.5, 0.5]]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            note="a 0 at the label, where any finite number will do",
        ),
        Case(
            np.array([[0.0, 0.0, 1.0]]),
            np.array([[0.0, 1.0, 0.0]]),
            note="a 0 at the label, where any finite number will do",
        ),
    ]
    return cases


def _impossible_label(case: Case) -> bool:
    """Whether a label has probability 0, where the value depends on the learner's choice."""
    P, Y = case.args
    return bool(np.any((P == 0) & (Y == 1)))


def accepts_cross_entropy(result: Any, expected: Any, case: Case) -> str | None:
    """The value where the labels are possible; any finite number elsewhere."""
    return no_finite_float(result) if _impossible_label(case) else difference(result, expected)


def cross_entropy_traits(result: Any, case: Case) -> Any:
    """The value, or for a label of probability 0 whether it is finite."""
    if _impossible_label(case):
        return bool(np.all(np.isfinite(result)))
    return np.nan_to_num(result, nan=-1.0)


def _clipped(code: Function) -> Function:
    """A version of the cross-entropy that stays finite, so that it shows its own mistake alone."""
    return lambda P, Y: code(np.clip(P, 1e-12, 1 - 1e-12), Y)


CROSS_ENTROPY = Exercise(
    name="cross_entropy",
    points=2,
    explained="The cost",
    reference=nnlib.cross_entropy,
    cases=cross_entropy_cases,
    accepts=accepts_cross_entropy,
    fingerprint=cross_entropy_traits,
    hints=(
        "What does one row cost? Only the probability that the true class was given counts. Which of the k products `Y * np.log(P)` are not 0?",
        "First a sum over the classes of each sample, then a mean over the samples: two different operations, along two different axes.",
        "`np.log(0)` is minus infinity, and 0 times that is not a number. `np.clip(P, low, 1.0)` before the logarithm keeps both away, "
        "with a `low` between 1e-16 and 1e-7.",
    ),
    misconceptions=(
        Misconception(
            "no-clipping",
            lambda P, Y: float(-np.sum(Y * np.log(P)) / len(P)),
            "Away from 0 the numbers are right, but a probability of exactly 0 meets the logarithm. Even off the label, 0 times minus infinity "
            "is not a number, and the whole mean is lost. Keep P away from 0 before the logarithm.",
        ),
        Misconception(
            "infinite",
            lambda P, Y: float(-np.mean(np.log(P[Y == 1]))),
            "The numbers are right as long as every label is given some probability. One label with probability 0 makes the cost infinite, whatever "
            "the other samples say. Keep P away from 0 before the logarithm.",
        ),
        Misconception(
            "clips-too-much",
            lambda P, Y: float(-np.sum(Y * np.log(np.clip(P, 0.01, 1.0))) / len(P)),
            "The probabilities are kept too far from 0, so a confident mistake costs no more than a timid one. The text says how far the "
            "clipping may go.",
        ),
        Misconception(
            "mean-of-all-entries",
            _clipped(lambda P, Y: float(-np.mean(Y * np.log(P)))),
            "The mean is taken over all n·k entries, most of which are 0 by the labels. The cost comes out k times too small, and the "
            "gradient of exercise 4 would not fit it. It is a mean over the samples.",
        ),
        Misconception(
            "sum",
            _clipped(lambda P, Y: float(-np.sum(Y * np.log(P)))),
            "The costs of the samples are summed. The cost of a training set is their mean: otherwise its size would decide how long "
            "the steps are.",
        ),
        Misconception(
            "no-minus",
            _clipped(lambda P, Y: float(np.sum(Y * np.log(P)) / len(P))),
            "The cost is negative. Logarithms of numbers below 1 are; going downhill would make the network as wrong as it can be. Look at the "
            "sign in front.",
        ),
        Misconception(
            "base-2",
            _clipped(lambda P, Y: float(-np.sum(Y * np.log2(P)) / len(P))),
            "The logarithm has base 2. That measures the cost in bits, which is fine in itself, but the gradient of the next exercise belongs to the "
            "natural logarithm.",
        ),
        Misconception(
            "base-10",
            _clipped(lambda P, Y: float(-np.sum(Y * np.log10(P)) / len(P))),
            "The logarithm has base 10, so every slope would be 2.3 times too small. In this course log is the natural logarithm, `np.log`.",
        ),
        Misconception(
            "both-terms",
            _clipped(lambda P, Y: float(-np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / len(P))),
            "Every class is charged by itself, with the two terms of unit 05. With softmax the other classes need no term of their own: what the true "
            "class is given, they can't have.",
        ),
        Misconception(
            "other-classes",
            _clipped(lambda P, Y: float(-np.sum((1 - Y) * np.log(P)) / len(P))),
            "The classes that are *not* the label are charged. The network would pay for every class that it rightly rules out.",
        ),
        Misconception(
            "arguments-swapped",
            lambda P, Y: float(-np.sum(P * np.log(np.clip(Y, 1e-12, 1.0))) / len(P)),
            "The logarithm is taken of the labels and not of the probabilities. Then every class that gets any probability costs as much as clipping lets it.",
        ),
        Misconception(
            "no-logarithm",
            lambda P, Y: float(np.mean(1 - np.sum(P * Y, axis=1))),
            "The cost is what the true class lacks of 1. It never gets above 1, so a certain mistake costs hardly more than a doubtful one. "
            "The logarithm is missing.",
        ),
        Misconception(
            "logarithm-last",
            _clipped(lambda P, Y: float(-np.log(np.mean(np.sum(P * Y, axis=1))))),
            "The probabilities of the true classes are averaged first, and the logarithm is taken after. One confident mistake then "
            "drowns in the mean. Which of the two comes first?",
        ),
        Misconception(
            "squared-error",
            lambda P, Y: float(np.sum((P - Y) ** 2) / len(P)),
            "This is a squared error. It is bounded, and at a confident mistake its slope is almost 0; the cross-entropy has a logarithm.",
        ),
        Misconception(
            "softmax-again",
            lambda P, Y: float(-np.sum(Y * np.log(nnlib.softmax(P))) / len(P)),
            "`P` goes through softmax once more. It holds probabilities already; a second softmax makes them all nearly equal, and the cost "
            "can never come near 0.",
        ),
        Misconception(
            "entropy",
            _clipped(lambda P, Y: float(-np.sum(P * np.log(P)) / len(P))),
            "The labels play no part. This is the entropy of the network's answer: it says how undecided the network is, and not whether it is right.",
        ),
        Misconception(
            "one-for-each-sample",
            _clipped(lambda P, Y: -np.sum(Y * np.log(P), axis=1)),
            "You return one cost for each sample. Downhill needs one number: the mean is missing.",
        ),
        Misconception(
            "share-of-mistakes",
            lambda P, Y: float(np.mean(np.argmax(P, axis=1) != np.argmax(Y, axis=1))),
            "This is the share of wrong decisions. It stays the same while weights move a little, so it has no slope to follow.",
        ),
    ),
)


# --------------------------------------------------------------------------------------------------- softmax_gradient


def softmax_gradient_cases(rng: np.random.Generator) -> list[Case]:
    """Logits of several shapes, square ones too, and saturated ones on either side."""
    cases = [
        Case(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])),
        Case(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])),
        Case(np.array([[1.0, 2.0, 3.0]]), np.array([[0.0, 0.0, 1.0]]), note="one sample"),
    ]
    cases += [
        Case(rng.normal(scale=1.5, size=(n, k)), _one_hot_labels(rng, n, k))
        for n, k in ((2, 3), (3, 3), (5, 2), (4, 10), (30, 4))
    ]
    cases += [
        Case(rng.normal(size=(4, 3)).astype(np.float32), np.eye(3)[[0, 2, 1, 1]], note="float32 scores"),
        Case(
            np.array([[40.0, 0.0, -40.0], [0.0, 50.0, 1.0]]),
            np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
            note="a certain mistake and a certain hit",
        ),
        Case(
            np.array([[1e4, 1e4 + 1.0], [-1e4, -1e4 + 1.0]]),
            np.array([[1.0, 0.0], [0.0, 1.0]]),
            note="large scores",
        ),
    ]
    return cases


def _of_difference(code: Function) -> Function:
    """A version of the gradient from P, Y and the number of samples."""
    return lambda Z, Y: code(nnlib.softmax(Z), Y, len(Z))


SOFTMAX_GRADIENT = Exercise(
    name="softmax_gradient",
    points=2,
    explained="Why the gradient is so simple",
    reference=nnlib.softmax_gradient,
    cases=softmax_gradient_cases,
    builds_on=("softmax",),
    hints=(
        "The derivation above is for one sample. What is handed in, and what has to be made of it first?",
        "The cost is a *mean* over n samples. What does that do to the slope of each sample?",
        "Nothing has to be summed: the result has a number for every score of every sample, shape (n, k). The mean over n samples is in "
        "it as a factor.",
    ),
    misconceptions=(
        Misconception(
            "no-mean",
            _of_difference(lambda P, Y, n: P - Y),
            "The cost is the mean over the samples, so each has only an n-th of the say. Without that, twice as much data would mean steps twice as long.",
        ),
        Misconception(
            "uphill",
            _of_difference(lambda P, Y, n: (Y - P) / n),
            "The sign is turned round: this points downhill. The gradient points to where the cost grows; the minus comes in the step.",
        ),
        Misconception(
            "no-softmax",
            lambda Z, Y: (Z - Y) / len(Z),
            "The labels are subtracted from the scores. `Z` are logits, which can be any number; what is it that should equal `Y` in the end?",
        ),
        Misconception(
            "mean-of-all-entries",
            _of_difference(lambda P, Y, n: (P - Y) / P.size),
            "The difference is divided by n·k. The cost is a mean over n samples, not over all entries of the table.",
        ),
        Misconception(
            "divides-labels-only",
            _of_difference(lambda P, Y, n: P - Y / n),
            "Only the labels are divided by n: a division comes before a subtraction, unless brackets say otherwise. A row should sum to 0, and yours doesn't.",
        ),
        Misconception(
            "divides-by-classes",
            _of_difference(lambda P, Y, n: (P - Y) / P.shape[1]),
            "The difference is divided by the number of classes. The mean in the cost is over the samples: which axis of the table are they?",
        ),
        Misconception(
            "slope-too-much",
            _of_difference(lambda P, Y, n: (P - Y) * P * (1 - P) / n),
            "The difference is multiplied by P(1 − P). That slope has cancelled against the logarithm already; with it, a confident mistake "
            "would hardly be corrected.",
        ),
        Misconception(
            "stops-at-p",
            _of_difference(lambda P, Y, n: -Y / np.clip(P, 1e-12, 1.0) / n),
            "This is the gradient with respect to P, which is half of the way. The scores come before the softmax, and each of them moves "
            "all probabilities of its row.",
        ),
        Misconception(
            "true-class-only",
            _of_difference(lambda P, Y, n: (P - 1) * Y / n),
            "Only the true class gets a correction. The others were given something that isn't theirs, and their scores have to come down: in each row the "
            "corrections sum to 0.",
        ),
        Misconception(
            "sigmoids",
            lambda Z, Y: (nnlib.sigmoid(Z) - Y) / len(Z),
            "The scores go through a sigmoid each. For two classes and one output that was right; here the classes share 1, which takes a softmax.",
        ),
        Misconception(
            "columns",
            lambda Z, Y: (nnlib.softmax(Z.T).T - Y) / len(Z),
            "The probabilities sum to 1 down the columns. A row is one sample, and its classes compete: look at the axis of your softmax.",
        ),
        Misconception(
            "decisions",
            _of_difference(lambda P, Y, n: (np.eye(P.shape[1])[np.argmax(P, axis=1)] - Y) / n),
            "The decision stands in the place of the probability. A sample that is right by a hair then gets no correction. "
            "That is the perceptron's rule, not the slope of this cost.",
        ),
        Misconception(
            "summed",
            _of_difference(lambda P, Y, n: np.mean(P - Y, axis=0)),
            "The samples are summed up: one number for each class. That comes later, for the biases. Here each sample's scores need a slope of their own, shape (n, k).",
        ),
        Misconception(
            "squared",
            _of_difference(lambda P, Y, n: 2 * (P - Y) / n),
            "There is a factor 2, as for a squared error. The derivation of this cost has no square in it.",
        ),
    ),
)


# ---------------------------------------------------------------------------------------------------- predict_classes


def predict_classes_cases(rng: np.random.Generator) -> list[Case]:
    """Clear winners with more and with less than one half, in tables of several shapes."""
    cases = [
        Case(np.array([[0.1, 0.9], [0.8, 0.2]])),
        Case(np.array([[0.2, 0.5, 0.3], [0.4, 0.35, 0.25], [0.1, 0.2, 0.7]])),
        Case(np.array([[0.3, 0.3, 0.4]]), note="one sample, and no class above one half"),
    ]
    cases += [Case(_distributions(rng, n, k)) for n, k in ((5, 2), (3, 3), (2, 6), (40, 10))]
    cases.append(Case(_distributions(rng, 6, 4).astype(np.float32), note="float32"))
    return cases


PREDICT_CLASSES = Exercise(
    name="predict_classes",
    points=1,
    explained="Deciding, and how good the decision is",
    reference=nnlib.predict_classes,
    cases=predict_classes_cases,
    hints=(
        "Each row has a largest entry. The question is not how large it is, but in which column it stands.",
        "NumPy has a function that gives the place of the maximum, beside `np.max`, which gives its value. Along which axis should it look?",
        "With a loop: `list(row).index(max(row))` is the place of the largest entry of one row. Make an array of all of them.",
    ),
    misconceptions=(
        Misconception(
            "columns",
            lambda P: np.argmax(P, axis=0),
            "It looks down the columns: for each class, the sample that has most of it. A row is one sample, and it is the row that needs an answer. Look at the axis.",
        ),
        Misconception(
            "whole-table",
            lambda P: np.argmax(P),
            "There is one answer for the whole table. Every row is a sample of its own; without an axis NumPy counts all entries through.",
        ),
        Misconception(
            "probabilities",
            lambda P: np.max(P, axis=1),
            "These are the largest probabilities: how sure the network is. The question is of which class.",
        ),
        Misconception(
            "least-probable",
            lambda P: np.argmin(P, axis=1),
            "This is the *least* probable class of each row. If it came from a sort: sorting puts the smallest first.",
        ),
        Misconception(
            "more-than-half",
            lambda P: np.argmax(P > 0.5, axis=1),
            "A class has to pass one half to win. With two classes one of them always does; with ten the winner often has less, and such a row gets "
            "class 0 here.",
        ),
        Misconception(
            "counts-from-one",
            lambda P: np.argmax(P, axis=1) + 1,
            "Every class is one too high: the first column is class 0.",
        ),
        Misconception(
            "floats",
            lambda P: np.argmax(P, axis=1).astype(float),
            "The classes are right, but they come as floats. They are labels, and an index: integers are asked for. `np.zeros(n)` makes floats unless it "
            "is told otherwise.",
        ),
        Misconception(
            "list",
            lambda P: [int(np.argmax(row)) for row in P],
            "The classes are right, but they come as a list. With an array all of them are compared with the labels in one step: `predictions == y`.",
        ),
        Misconception(
            "one-hot",
            lambda P: np.eye(P.shape[1])[np.argmax(P, axis=1)],
            "You return a row with a 1 for each sample. One number a sample is asked for: the class.",
        ),
        Misconception(
            "table-of-booleans",
            lambda P: P > 0.5,
            "This is a table of comparisons with one half. A class wins by having more than the other classes, and one number a sample is asked for.",
        ),
        Misconception(
            "column-vector",
            lambda P: np.argmax(P, axis=1, keepdims=True),
            "The result is a column, shape (n, 1). Compared with labels of shape (n,) it would become an n × n table, and the accuracy would be nonsense "
            "without any error.",
        ),
        Misconception(
            "first-row",
            lambda P: np.argmax(P[0]),
            "Only the first row is looked at. Is there a `return` inside the loop? It ends the function in the first round.",
        ),
        Misconception(
            "sorted-classes",
            lambda P: np.argsort(P, axis=1),
            "These are all classes of each row in order of probability. One number a sample is asked for: where in each row is the most probable?",
        ),
    ),
)


# ----------------------------------------------------------------------------------------------------- top_k_accuracy


def top_k_accuracy_cases(rng: np.random.Generator) -> list[Case]:
    """Every k from 1 to the number of classes, with labels that are often, but not always, among the best."""
    cases = [
        Case(np.array([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]]), np.array([1, 2]), 2),
        Case(np.array([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]]), np.array([1, 2]), 1),
        Case(
            np.array([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]]),
            np.array([1, 2]),
            3,
            note="k is the number of classes",
        ),
        Case(np.array([[0.2, 0.7, 0.1]]), np.array([1]), 1, note="one sample, right"),
        Case(np.array([[0.2, 0.7, 0.1]]), np.array([2]), 2, note="one sample, wrong"),
    ]
    for n, n_classes, k in (
        (4, 4, 2),
        (40, 3, 1),
        (40, 4, 3),
        (60, 10, 1),
        (60, 10, 3),
        (60, 10, 5),
        (25, 6, 6),
    ):
        P = _distributions(rng, n, n_classes)
        ranks = np.minimum(
            rng.geometric(0.4, size=n) - 1, n_classes - 1
        )  # how many classes stand before the label
        cases.append(Case(P, np.argsort(-P, axis=1)[np.arange(n), ranks], k))
    P, y, k = cases[-2].args
    cases.append(Case(P.astype(np.float32), y, k, note="float32"))
    return cases


def _ranks(P: Any, y: Any) -> Any:
    """How many classes are more probable than the label, shape (n,)."""
    own = P[np.arange(len(y)), y][:, np.newaxis]
    return np.sum(own < P, axis=1)


def _share(hits: Function) -> Function:
    """A version of the accuracy from which samples count as hits, given the ranks of their labels."""
    return lambda P, y, k: float(np.mean(hits(_ranks(P, y), k, P.shape[1])))


def _sorts_values(P: Any, y: Any, k: int) -> Any:
    return float(np.mean([y[i] in np.sort(P[i])[-k:] for i in range(len(y))]))


def _sorts_columns(P: Any, y: Any, k: int) -> Any:
    best = np.argsort(P, axis=0)[-k:].T
    return float(np.mean([y[i] in best[i % len(best)] for i in range(len(y))]))


TOP_K_ACCURACY = Exercise(
    name="top_k_accuracy",
    points=2,
    explained="Deciding, and how good the decision is",
    reference=nnlib.top_k_accuracy,
    cases=top_k_accuracy_cases,
    builds_on=("predict_classes",),
    hints=(
        "For one sample it is a yes or a no: is the label among the k best? Start with that question for a single row.",
        "`np.argsort(row)` gives the columns of a row in the order of their entries, the smallest first. Which k of them are the best?",
        "Another way, without sorting: how many classes of the row are *more* probable than the label's? For a hit it has to be fewer than a certain number.",
    ),
    misconceptions=(
        Misconception(
            "k-worst",
            _share(lambda rank, k, c: rank >= c - k),
            "The k *least* probable classes are looked at. `np.argsort` puts the smallest first; the best are at the other end.",
        ),
        Misconception(
            "top-1",
            _share(lambda rank, k, c: rank == 0),
            "Only the most probable class counts, whatever `k` is. A label in second place should be a hit from k = 2 on.",
        ),
        Misconception(
            "exactly-k-th",
            _share(lambda rank, k, c: rank == k - 1),
            "Only the class in place k counts as a hit, and those before it don't. The label may be *anywhere* among the first k.",
        ),
        Misconception(
            "one-too-few",
            _share(lambda rank, k, c: rank < k - 1),
            "One class too few is looked at: k = 1 finds nothing. Look at where your slice, or your comparison, ends.",
        ),
        Misconception(
            "one-too-many",
            _share(lambda rank, k, c: rank <= k),
            "One class too many is looked at: k = 1 already takes the second place. Look at where your slice, or your comparison, ends.",
        ),
        Misconception(
            "sorts-probabilities",
            _sorts_values,
            "The label, a class, is looked for among the k largest probabilities. They are not classes: sort the columns' numbers, not the entries.",
        ),
        Misconception(
            "sorts-columns",
            _sorts_columns,
            "The sorting goes down the columns, so samples are ranked and not classes. A row is one sample: look at the axis.",
        ),
        Misconception(
            "mixes-samples",
            lambda P, y, k: float(np.mean(np.isin(y, np.argsort(P, axis=1)[:, -k:]))),
            "A label counts as a hit where it is among the k best of *any* sample. Each label has to be compared with its own row.",
        ),
        Misconception(
            "share-of-entries",
            lambda P, y, k: float(np.mean(np.argsort(P, axis=1)[:, -k:] == y[:, np.newaxis])),
            "The mean is taken over all n·k comparisons. A hit has one match among its k, so it would count only 1/k. First ask of each "
            "sample whether *any* of its k matches.",
        ),
        Misconception(
            "counts",
            lambda P, y, k: float(np.sum(_ranks(P, y) < k)),
            "This is the number of hits. An accuracy is a share: it should not depend on how many samples there are.",
        ),
        Misconception(
            "percent",
            lambda P, y, k: float(100 * np.mean(_ranks(P, y) < k)),
            "This is in percent. The exercise asks for a share between 0 and 1.",
        ),
        Misconception(
            "share-of-misses",
            _share(lambda rank, k, c: rank >= k),
            "This is the share of samples that are *not* hit: the error, which is 1 minus the accuracy.",
        ),
        Misconception(
            "above-threshold",
            lambda P, y, k: float(np.mean(P[np.arange(len(y)), y] > 1 / (k + 1))),
            "A label counts where its probability is above a bound that depends on k. How much the k-th best class has differs from sample to sample: compare within the row.",
        ),
        Misconception(
            "adds-probabilities",
            lambda P, y, k: float(np.mean(np.sum(np.sort(P, axis=1)[:, -k:], axis=1))),
            "The k largest probabilities are added up, and the labels play no part. That is how often the network *expects* to be right, not how often it is.",
        ),
        Misconception(
            "one-for-each-sample",
            lambda P, y, k: _ranks(P, y) < k,
            "You return one answer for each sample. The share of hits is asked for, one number.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------ train_softmax


class Descent(Drawn):
    """A call of `train_softmax`, to be judged from the learner's own start.

    The initial weights are the learner's choice: zeros, or drawn in any order. An earlier call with an equal generator and the
    learning rate 0, `start`, shows them. From there the reference says where this call should lead.

    Parameters
    ----------
    *args
        Arguments; the last is a generator.
    start : Descent, optional
        The call with the learning rate 0.
    fresh : pair of arrays, optional
        Samples and labels by which a long run is judged.
    like : Drawn, optional
        An earlier call that differs only in the generator.
    note : str
        What is special about this call.
    """

    def __init__(
        self,
        *args: Any,
        start: Descent | None = None,
        fresh: tuple[Any, Any] | None = None,
        like: Drawn | None = None,
        note: str = "",
    ) -> None:
        super().__init__(*args, like=like, note=note)
        self.start = start
        self.fresh = fresh
        self.parameters: Any = None
        """W and b that this call last gave."""


def train_softmax_cases(rng: np.random.Generator) -> list[Case]:
    """Where training starts (learning rate 0), short walks from there, and a long one judged on fresh samples."""
    _known_starts.clear()  # what an earlier function made of equal generators says nothing of this one

    def clouds(n: int, d: int, n_classes: int, spread: float = 1.0) -> tuple[Any, Any]:
        y = _labels(rng, n, n_classes)
        return rng.normal(size=(n, d)) + spread * rng.normal(size=(n_classes, d))[y], y

    cases: list[Case] = []
    for n, d, occurring, n_classes, rate, epochs, note in (
        (6, 2, 3, 3, 0.5, 3, ""),
        (5, 4, 2, 2, 1.0, 4, "two classes"),
        (7, 1, 3, 3, 0.3, 4, "one input"),
        (4, 4, 4, 4, 0.8, 3, "as many samples as inputs and classes"),
        (8, 3, 2, 5, 1.0, 4, "three classes without a sample"),
        (1, 3, 1, 2, 0.5, 1, "one sample, one epoch"),
    ):
        X, y = clouds(n, d, occurring)
        seed = int(rng.integers(2**32))
        still = "learning rate 0: where it starts"
        start = Descent(X, y, n_classes, 0.0, 2, np.random.default_rng(seed), note=still)
        cases.append(start)
        if len(cases) == 1:
            for other, how in ((seed, "an equal generator"), (seed + 1, "another generator")):
                again = np.random.default_rng(other)
                cases.append(
                    Descent(X, y, n_classes, 0.0, 2, again, like=start, note=f"learning rate 0, {how}")
                )
        cases.append(
            Descent(X, y, n_classes, rate, epochs, np.random.default_rng(seed), start=start, note=note)
        )

    X, y = clouds(240, 8, 5, spread=1.2)
    seed = int(rng.integers(2**32))
    start = Descent(
        X[:80], y[:80], 5, 0.0, 1, np.random.default_rng(seed), note="learning rate 0: where it starts"
    )
    many = Descent(
        X[:80],
        y[:80],
        5,
        0.2,
        300,
        np.random.default_rng(seed),
        start=start,
        fresh=(X[80:], y[80:]),
        note="300 epochs",
    )
    return [*cases, start, many]


def _walk(X: Any, y: Any, n_classes: int, rate: float, epochs: int, W: Any, b: Any) -> tuple[Any, Any, Any]:
    """Full-batch gradient descent from given parameters."""
    Y, losses = nnlib.one_hot(y, n_classes), []
    for _ in range(epochs):
        Z = X @ W.T + b
        losses.append(nnlib.cross_entropy(nnlib.softmax(Z), Y))
        delta = nnlib.softmax_gradient(Z, Y)
        W, b = W - rate * delta.T @ X, b - rate * delta.sum(axis=0)
    return W, b, losses


def _accuracy(fresh: tuple[Any, Any], W: Any, b: Any) -> float:
    X, y = fresh
    return float(np.mean(nnlib.predict_classes(X @ W.T + b) == y))


@np.errstate(all="ignore")  # a wrong answer may have blown up
def accepts_train_softmax(result: Any, expected: Any, case: Case) -> str | None:
    """Any finite start that depends on the generator alone, and from there the reference's steps."""
    assert isinstance(case, Descent)
    X, y, n_classes, rate, epochs, _ = case.args
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        return f"It is {describe(result)}, it should be three things: W, b, losses."
    W, b, losses = result
    for name, array, shape in (("W", W, (n_classes, X.shape[1])), ("b", b, (n_classes,))):
        if not isinstance(array, np.ndarray) or array.shape != shape:
            return f"{name} is {describe(array)}, it should be an array of shape {shape}."
        if array.dtype.kind != "f":
            return f"{name} holds {array.dtype}, it should hold floats."
        if not np.all(np.isfinite(array)):
            return f"{name} holds numbers that are not finite."
    if not isinstance(losses, (list, tuple, np.ndarray)):
        return f"The losses are {describe(losses)}, they should be a list of {epochs} numbers."
    if np.shape(losses) != (epochs,):
        return f"The losses have the shape {np.shape(losses)}, it should be {(epochs,)}: one number for each epoch."
    if rate == 0:
        return _start_wrong(W, b, losses, case)
    if case.start is None or case.start.parameters is None:
        return "The same call with a learning rate of 0 gave nothing to start from."
    want_W, want_b, want_losses = _walk(X, y, n_classes, rate, epochs, *case.start.parameters)
    if difference(float(losses[0]), want_losses[0]):
        return (
            f"losses[0] is {number(float(losses[0]))}. It should be the loss before the first update, {number(want_losses[0])}, as it is "
            "at a learning rate of 0."
        )
    tolerance = 1e-5
    if case.fresh is not None:
        # Over so many epochs rounding errors add up, and may tip a sample or two.
        tolerance = 1e-2
        reached, wanted = _accuracy(case.fresh, W, b), _accuracy(case.fresh, want_W, want_b)
        if reached < wanted - 0.02:
            return f"After {epochs} epochs {reached:.0%} of fresh samples are right. It should be about {wanted:.0%}."
    wrong = difference(np.asarray(losses, dtype=float), np.array(want_losses), tolerance)
    if wrong:
        return f"The losses differ from those of gradient descent from your own start. {wrong}"
    for name, got, want in (("W", W, want_W), ("b", b, want_b)):
        wrong = difference(got, want, tolerance)
        if wrong:
            return f"{name} after {epochs} epochs differs from that of gradient descent from your own start. {wrong}"
    return None


def _start_wrong(W: Any, b: Any, losses: Any, case: Descent) -> str | None:
    """Whether a learning rate of 0 gave other losses than those of its parameters, or chance that is not the generator's."""
    X, y, n_classes, _, epochs, rng = case.args
    case.parameters = W, b
    _known_starts[_state(rng)] = W, b
    loss = _walk(X, y, n_classes, 0.0, 1, W, b)[2][0]
    if difference(np.asarray(losses, dtype=float), np.full(epochs, loss)):
        return (
            f"At a learning rate of 0 every loss should be {number(loss)}, the mean cross-entropy of the weights at the start; "
            f"losses[0] is {number(float(losses[0]))}."
        )
    case.results.append(W)
    if case.like is None:
        return None
    if case.same_generator and not case.repeats(W):
        return "The same call with an equal generator started from other weights. All chance should come from `rng`."
    if not case.same_generator and np.ptp(W) > 0 and case.repeats(W):
        return "The weights at the start look random, but another generator gave the same ones. All chance should come from `rng`."
    return None


_known_starts: dict[str, tuple[Any, Any]] = {}
"""The start that a learner's function was last seen to make of a generator: known mistakes set out from there too."""


def _state(rng: np.random.Generator) -> str:
    return repr(rng.bit_generator.state)


def _start(X: Any, n_classes: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Where the learner started, if that is known and fits."""
    shape = (n_classes, X.shape[1])
    W, b = _known_starts.get(_state(rng), (None, None))
    return (W, b) if np.shape(W) == shape else (np.zeros(shape), np.zeros(n_classes))


def train_softmax_traits(result: Any, case: Case) -> Any:
    """The result; of a long run only how it sets out, as rounding errors grow with the epochs."""
    assert isinstance(case, Descent)
    if case.fresh is not None:
        return list(np.shape(result[0])), list(np.ravel(result[2])[:3])
    return list(result)


def _wrong_descent(
    outputs: Function = nnlib.softmax,
    loss: Function = nnlib.cross_entropy,
    delta: Function = lambda P, Y: (P - Y) / len(P),
    weights: Function = lambda X, delta: delta.T @ X,
    biases: Function = lambda delta: delta.sum(axis=0),
) -> Function:
    """A version of training in which one of its parts can be replaced."""

    def train_softmax(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
        (W, b), Y, losses = _start(X, n_classes, rng), nnlib.one_hot(y, n_classes), []
        for _ in range(epochs):
            P = outputs(X @ W.T + b)
            losses.append(loss(P, Y))
            step = delta(P, Y)
            W, b = W - learning_rate * weights(X, step), b - learning_rate * biases(step)
        return W, b, losses

    return train_softmax


_right_descent = _wrong_descent()


def _loss_after_update(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, epochs, rng)
    return W, b, [*losses[1:], _walk(X, y, n_classes, 0.0, 1, W, b)[2][0]]


def _one_loss_more(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, epochs, rng)
    return W, b, [*losses, _walk(X, y, n_classes, 0.0, 1, W, b)[2][0]]


def _last_loss_only(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, epochs, rng)
    return W, b, losses[-1]


def _losses_first(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, epochs, rng)
    return losses, W, b


def _starts_again(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, 1, rng)
    return W, b, losses * epochs


def _turned(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W, b, losses = _right_descent(X, y, n_classes, learning_rate, epochs, rng)
    return W.T.copy(), b, losses


def _counts_classes(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    return _right_descent(X, y, len(np.unique(y)), learning_rate, epochs, rng)


def _own_generator(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    W = np.random.default_rng(0).normal(0, 0.1, (n_classes, X.shape[1]))
    return _walk(X, y, n_classes, learning_rate, epochs, W, np.zeros(n_classes))


def _sample_by_sample(X: Any, y: Any, n_classes: int, learning_rate: float, epochs: int, rng: Any) -> Any:
    (W, b), losses = _start(X, n_classes, rng), []
    for _ in range(min(epochs, 20)):  # more is not needed to know it
        losses += _walk(X, y, n_classes, 0.0, 1, W, b)[2]
        for i in range(len(X)):
            W, b, _ = _walk(X[i : i + 1], y[i : i + 1], n_classes, learning_rate, 1, W, b)
    return W, b, losses + losses[-1:] * (epochs - len(losses))


TRAIN_SOFTMAX = Exercise(
    name="train_softmax",
    points=4,
    explained="A network that learns classes",
    reference=nnlib.train_softmax,
    cases=train_softmax_cases,
    builds_on=("softmax", "one_hot", "cross_entropy", "softmax_gradient"),
    accepts=accepts_train_softmax,
    fingerprint=train_softmax_traits,
    hints=(
        "You have all the pieces: labels as rows, scores, probabilities, a cost, its gradient. Which of them come once, and which in every epoch?",
        "In an epoch: the scores `X @ W.T + b`, the loss into the list, the gradient at the scores, shape (n, k), then one step for `W` and one for `b`.",
        "From the scores back to the parameters it is unit 05: the gradient of `W` is a product of two tables whose result has the shape of `W`, "
        "and that of `b` adds up the rows. The mean over the samples is in both already.",
    ),
    misconceptions=(
        Misconception(
            "loss-after-update",
            _loss_after_update,
            "Each loss is taken after its update. The first one, about log k, from which all the rest fell, is missing. Where in the loop is the loss computed?",
        ),
        Misconception(
            "one-loss-too-many",
            _one_loss_more,
            "There is one loss more than there are epochs. Each belongs to an epoch and is taken before its update; the one after the last update is not asked for.",
        ),
        Misconception(
            "last-loss-only",
            _last_loss_only,
            "Only the last loss is returned. Without the others nobody can see whether training went downhill all the way. Collect them in a list.",
        ),
        Misconception(
            "losses-first",
            _losses_first,
            "The three results are in another order. The docstring has it: W, b, losses.",
        ),
        Misconception(
            "uphill",
            _wrong_descent(delta=lambda P, Y: (Y - P) / len(P)),
            "The losses rise: the steps go uphill. Is the gradient added somewhere, or a sign turned twice?",
        ),
        Misconception(
            "starts-again",
            _starts_again,
            "Every epoch starts from the beginning, so nothing that was learnt is kept. What has to stand before the loop, and what inside?",
        ),
        Misconception(
            "never-updates",
            _wrong_descent(delta=lambda P, Y: 0 * P),
            "The losses never change: the step is computed and not kept. Which names hold the parameters in the next epoch?",
        ),
        Misconception(
            "biases-stay",
            _wrong_descent(biases=lambda delta: 0.0),
            "The weights learn, the biases stay where they were. The network then can't say that one class is more common than another. Does `b` take a step?",
        ),
        Misconception(
            "weights-stay",
            _wrong_descent(weights=lambda X, delta: 0.0),
            "The biases learn, the weights stay as they started. The network then never looks at its inputs. Does `W` take a step?",
        ),
        Misconception(
            "bias-mean",
            _wrong_descent(biases=lambda delta: delta.mean(axis=0)),
            "The step of `b` is n times too short: the mean over the samples is taken twice. The gradient at the scores has it already, so what is left is a sum.",
        ),
        Misconception(
            "rate-over-n",
            _wrong_descent(delta=lambda P, Y: (P - Y) / len(P) ** 2),
            "The steps are n times too short: the gradient is divided by n once more. `softmax_gradient` has the mean in it already.",
        ),
        Misconception(
            "summed-gradient",
            _wrong_descent(delta=lambda P, Y: P - Y),
            "The steps are n times too long: the gradient is a sum over the samples. With more data training would fly off. The cost is a mean.",
        ),
        Misconception(
            "softmax-twice",
            _wrong_descent(delta=lambda P, Y: (nnlib.softmax(P) - Y) / len(P)),
            "The losses are right, but the gradient is taken at the probabilities, which go through softmax once more there. What does `softmax_gradient` ask for: "
            "scores or probabilities?",
        ),
        Misconception(
            "sigmoids",
            _wrong_descent(outputs=nnlib.sigmoid),
            "The scores go through a sigmoid each, so the classes don't compete. The probabilities of a row have to share 1.",
        ),
        Misconception(
            "slope-too-much",
            _wrong_descent(delta=lambda P, Y: (P - Y) * P * (1 - P) / len(P)),
            "The gradient is multiplied by P(1 − P). That slope has cancelled against the logarithm already; with it, confident mistakes are hardly corrected.",
        ),
        Misconception(
            "summed-losses",
            _wrong_descent(loss=lambda P, Y: nnlib.cross_entropy(P, Y) * len(P)),
            "The losses are sums over the samples. The cost is the mean.",
        ),
        Misconception(
            "losses-over-all-entries",
            _wrong_descent(loss=lambda P, Y: nnlib.cross_entropy(P, Y) / P.shape[1]),
            "The losses are k times too small: the mean is taken over all n·k entries. It is a mean over the samples.",
        ),
        Misconception(
            "turned",
            _turned,
            "`W` is turned: a row for each input. In this course a row of `W` is a neuron, here a class, so its shape is (n_classes, d).",
        ),
        Misconception(
            "counts-the-classes",
            _counts_classes,
            "The number of classes is taken from the labels. Where a class has no sample, its row of `W` is missing. It is handed in: `n_classes`.",
        ),
        Misconception(
            "own-generator",
            _own_generator,
            "The weights at the start are drawn, but not from the generator that is handed in, so every run starts alike. Twenty runs would show one.",
        ),
        Misconception(
            "sample-by-sample",
            _sample_by_sample,
            "There is a step after every sample. That is training too, with batches of one, but here the whole set gives one gradient and one step an epoch.",
        ),
    ),
)

UNIT = Unit(
    key="06-softmax",
    title="Softmax",
    exercises=(
        SOFTMAX,
        ONE_HOT,
        CROSS_ENTROPY,
        SOFTMAX_GRADIENT,
        PREDICT_CLASSES,
        TOP_K_ACCURACY,
        TRAIN_SOFTMAX,
    ),
    written=("temperature",),
    provides=(
        "plots",
        "live",
        "activations.sigmoid",
        "activations.relu",
        "matrix.layer_shapes",
        "matrix.layer_forward",
        "training.init_parameters",
        "training.gradient_descent_step",
        "training.numerical_gradient",
    ),
)
