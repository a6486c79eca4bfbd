"""Unit 05: training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

import nnlib
from autograder.compare import describe, difference, no_finite_float, number
from autograder.exercise import Case, Drawn, Exercise, Misconception, Unit, fresh

Function = Callable[..., Any]


# ---------------------------------------------------------------------------------------------------------------- mse


def mse_cases(rng: np.random.Generator) -> list[Case]:
    """Predictions above and below, exact ones, large ones, one and many."""
    cases = [
        Case(np.array([1.0, 2.0]), np.array([3.0, 5.0])),
        Case(np.array([2.0, 0.0, -1.0, 3.0]), np.array([1.0, 2.0, -1.0, 0.0])),
        Case(np.array([4.0]), np.array([1.5]), note="one sample"),
        Case(np.array([1.0, -2.0, 3.0]), np.array([1.0, -2.0, 3.0]), note="every prediction is right"),
        Case(np.array([3.0, 4.0, 5.0]), np.array([1.0, 2.0, 3.0]), note="every prediction is 2 too large"),
    ]
    cases += [Case(rng.normal(size=n), rng.normal(size=n)) for n in (2, 3, 8, 50)]
    cases.append(Case(1e4 * rng.normal(size=5), rng.normal(size=5), note="large numbers"))
    cases.append(
        Case(rng.normal(size=6).astype(np.float32), rng.normal(size=6).astype(np.float32), note="float32")
    )
    return cases


MSE = Exercise(
    name="mse",
    points=1,
    explained="The cost",
    reference=nnlib.mse,
    cases=mse_cases,
    hints=(
        "Read the name backwards: error, squared, mean. Those are the three steps.",
        "`y_pred - y` holds all errors at once, shape (n,). Squaring works on arrays entry by entry.",
        "`np.mean` of an array gives one number. Is what you return one number, or one for each sample?",
    ),
    misconceptions=(
        Misconception(
            "sum",
            lambda y_pred, y: float(np.sum((y_pred - y) ** 2)),
            "The squared errors are summed, not averaged. Twice as many samples then cost twice as much, and every step of "
            "training would be twice as long. Look at the first word of the name.",
        ),
        Misconception(
            "half",
            lambda y_pred, y: float(np.mean((y_pred - y) ** 2) / 2),
            "There is a factor ½ in front. Some books put it there so that the 2 of the slope goes away; this course "
            "leaves it out. It would halve every gradient.",
        ),
        Misconception(
            "absolute",
            lambda y_pred, y: float(np.mean(np.abs(y_pred - y))),
            "This is the mean of the absolute errors. It has a corner at 0, and a large error pulls no harder than a small one. "
            "What should happen to each error before the mean?",
        ),
        Misconception(
            "no-square",
            lambda y_pred, y: float(np.mean(y_pred - y)),
            "The errors are averaged as they are, so one that is too large makes up for one that is too small. A network could "
            "be wrong everywhere and have a cost of 0.",
        ),
        Misconception(
            "squared-mean",
            lambda y_pred, y: float(np.mean(y_pred - y) ** 2),
            "The mean is taken first and squared after. By then errors of opposite sign have cancelled each other. "
            "Look at the order of the two steps.",
        ),
        Misconception(
            "root",
            lambda y_pred, y: float(np.sqrt(np.mean((y_pred - y) ** 2))),
            "A square root is taken at the end. That is a good number to report, in the units of `y`, but its slope is another "
            "one, and the gradient of the next exercise would not fit it.",
        ),
        Misconception(
            "divides-by-n-minus-1",
            lambda y_pred, y: float(np.sum((y_pred - y) ** 2) / np.float64(len(y) - 1)),
            "The sum is divided by n − 1. That belongs to a sample's variance; a cost is a plain mean over n samples, and "
            "has to work for one sample too.",
        ),
        Misconception(
            "one-for-each-sample",
            lambda y_pred, y: (y_pred - y) ** 2,
            "You return one squared error for each sample. Downhill needs one number to go down: the mean is missing.",
        ),
        Misconception(
            "largest",
            lambda y_pred, y: float(np.max((y_pred - y) ** 2)),
            "Only the largest squared error counts. All the other samples could get worse without the cost noticing.",
        ),
        Misconception(
            "divides-twice",
            lambda y_pred, y: float(np.mean((y_pred - y) ** 2) / len(y)),
            "The sum is divided by n twice: `np.mean` does so already. The more samples, the less an error would cost.",
        ),
        Misconception(
            "difference-of-squares",
            lambda y_pred, y: float(np.mean(y_pred**2 - y**2)),
            "Predictions and true values are squared before they are compared. Then −2 is a perfect prediction of 2. What "
            "should be squared is the error.",
        ),
        Misconception(
            "variance",
            lambda y_pred, y: float(np.var(y_pred - y)),
            "This is the variance of the errors: their mean is taken away first. A network that is 2 too high everywhere "
            "would cost nothing, and the bias would never be put right.",
        ),
    ),
)


# ----------------------------------------------------------------------------------------------- binary_cross_entropy


def binary_cross_entropy_cases(rng: np.random.Generator) -> list[Case]:
    """Probabilities away from 0 and 1 for the values; exactly 0 and 1 where only finiteness is asked for."""
    cases = [
        Case(np.array([0.5, 0.5]), np.array([0, 1])),
        Case(np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])),
        Case(np.array([0.25]), np.array([1]), note="one sample"),
        Case(np.array([0.25]), np.array([0]), note="one sample"),
    ]
    for n, share in ((2, 0.5), (3, 0.5), (8, 0.5), (40, 0.5), (5, 1.0), (4, 0.0)):
        cases.append(Case(rng.uniform(0.02, 0.98, size=n), (rng.random(n) < share).astype(int)))
    cases += [
        Case(
            rng.uniform(0.1, 0.9, size=6), np.array([1.0, 0.0, 0.0, 1.0, 1.0, 0.0]), note="labels as floats"
        ),
        Case(np.array([9e-4, 0.6]), np.array([1, 1]), note="a confident mistake"),
        Case(np.array([0.4, 1 - 9e-4]), np.array([0, 0]), note="a confident mistake"),
        Case(np.array([0.0, 1.0]), np.array([0, 1]), note="probabilities of exactly 0 and 1, both right"),
        Case(np.array([1.0, 0.0]), np.array([0, 1]), note="probabilities of exactly 0 and 1, both wrong"),
        Case(np.array([0.3, 0.0]), np.array([0, 1]), note="a probability of exactly 0, wrong"),
        Case(np.array([0.7, 1.0, 0.6]), np.array([1, 1, 1]), note="a probability of exactly 1, right"),
    ]
    return cases


def _is_certain(case: Case) -> bool:
    """Whether a probability is exactly 0 or 1, where the value depends on the learner's choice."""
    p = case.args[0]
    return bool(np.any((p == 0) | (p == 1)))


def accepts_binary_cross_entropy(result: Any, expected: Any, case: Case) -> str | None:
    """The value away from 0 and 1; any finite number there."""
    return no_finite_float(result) if _is_certain(case) else difference(result, expected)


def bce_traits(result: Any, case: Case) -> Any:
    """The value, or for probabilities of exactly 0 or 1 whether it is finite."""
    return bool(np.all(np.isfinite(result))) if _is_certain(case) else result


def _clipped(code: Function) -> Function:
    """A version of the cross-entropy that stays finite, so that it shows its own mistake alone."""
    return lambda p, y: code(np.clip(p, 1e-12, 1 - 1e-12), y)


BINARY_CROSS_ENTROPY = Exercise(
    name="binary_cross_entropy",
    points=2,
    explained="Probabilities need another cost",
    reference=nnlib.binary_cross_entropy,
    cases=binary_cross_entropy_cases,
    accepts=accepts_binary_cross_entropy,
    fingerprint=bce_traits,
    hints=(
        "What does one sample cost? If its label is 1, only log p counts; if its label is 0, only log(1 − p). In the formula, "
        "y and 1 − y switch the two terms on and off.",
        "`np.log` works entry by entry. After the sum of the two terms there is a mean over the samples, and a sign.",
        "`np.clip(p, low, high)` keeps p a little way from 0 and from 1 before the logarithm sees it. How little? "
        "Anything between 1e-16 and 1e-7 will do.",
    ),
    misconceptions=(
        Misconception(
            "no-clipping",
            lambda p, y: float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))),
            "Away from 0 and 1 the numbers are right, but a probability of exactly 0 or 1 meets log 0. One such sample makes "
            "the mean infinite, or not a number. Keep p away from both ends before the logarithm.",
        ),
        Misconception(
            "clips-too-much",
            lambda p, y: float(
                -np.mean(y * np.log(np.clip(p, 0.01, 0.99)) + (1 - y) * np.log(1 - np.clip(p, 0.01, 0.99)))
            ),
            "The probabilities are kept too far from 0 and 1, so a confident mistake costs too little and looks like a timid "
            "one. The text says how far the clipping may go.",
        ),
        Misconception(
            "no-minus",
            _clipped(lambda p, y: float(np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))),
            "The cost is negative. Logarithms of numbers below 1 are; going downhill would make the network as wrong as "
            "it can be. Look at the sign in front.",
        ),
        Misconception(
            "sum",
            _clipped(lambda p, y: float(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))),
            "The costs of the samples are summed. The cost of a training set is their mean: otherwise its size "
            "would decide how long the steps are.",
        ),
        Misconception(
            "only-ones",
            _clipped(lambda p, y: float(-np.mean(y * np.log(p)))),
            "Samples of class 0 cost nothing. A network that always says 1 would then be perfect. One of the two terms is missing.",
        ),
        Misconception(
            "only-zeros",
            _clipped(lambda p, y: float(-np.mean((1 - y) * np.log(1 - p)))),
            "Samples of class 1 cost nothing. A network that always says 0 would then be perfect. One of the two terms is missing.",
        ),
        Misconception(
            "log-p-twice",
            _clipped(lambda p, y: float(-np.mean(y * np.log(p) + (1 - y) * np.log(p)))),
            "Both terms use log p, so the label makes no difference. What is the probability of class 0, if that of class 1 is p?",
        ),
        Misconception(
            "labels-swapped",
            _clipped(lambda p, y: float(-np.mean((1 - y) * np.log(p) + y * np.log(1 - p)))),
            "A sample of class 1 is charged as if it were of class 0. The network would learn the opposite of its labels. "
            "`p` is the probability of class 1.",
        ),
        Misconception(
            "base-2",
            _clipped(lambda p, y: float(-np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p)))),
            "The logarithm has base 2. That measures the cost in bits, which is fine in itself, but the gradient of the "
            "next exercise belongs to the natural logarithm.",
        ),
        Misconception(
            "base-10",
            _clipped(lambda p, y: float(-np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p)))),
            "The logarithm has base 10. Every slope would be 2.3 times too small. In this course log is the natural "
            "logarithm, `np.log`.",
        ),
        Misconception(
            "squared-error",
            lambda p, y: float(np.mean((p - y) ** 2)),
            "This is the mean squared error. At a confident mistake its slope is almost 0, which is why the other cost "
            "exists: it has logarithms.",
        ),
        Misconception(
            "one-for-each-sample",
            _clipped(lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p))),
            "You return one cost for each sample. Downhill needs one number: the mean is missing.",
        ),
        Misconception(
            "share-of-mistakes",
            lambda p, y: float(np.mean((p > 0.5) != y)),
            "This is the share of wrong decisions. It stays the same while weights move a little, so it has no slope to "
            "follow; the cross-entropy looks at the probabilities themselves.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------- mse_gradient


def mse_gradient_cases(rng: np.random.Generator) -> list[Case]:
    """Batches of several shapes, square ones too."""
    cases = [
        Case(np.array([[1.0], [2.0]]), np.array([3.0, 5.0]), np.array([1.0]), 0.0),
        Case(np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1.0, 0.0]), np.array([1.0, 1.0]), -1.0),
        Case(
            np.array([[2.0, -1.0, 0.5]]), np.array([1.0]), np.array([1.0, 1.0, 2.0]), 0.5, note="one sample"
        ),
        Case(
            np.array([[1.0], [2.0], [3.0]]),
            np.array([3.0, 5.0, 7.0]),
            np.array([2.0]),
            1.0,
            note="a perfect fit",
        ),
    ]
    for n, d in ((5, 1), (6, 2), (3, 3), (2, 4), (8, 3), (50, 2)):
        cases.append(
            Case(rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), float(rng.normal()))
        )
    cases.append(
        Case(
            100 * rng.normal(size=(4, 2)), rng.normal(size=4), rng.normal(size=2), 50.0, note="large numbers"
        )
    )
    X, y, w = (rng.normal(size=shape).astype(np.float32) for shape in ((6, 2), 6, 2))
    cases.append(Case(X, y, w, 0.5, note="float32"))
    return cases


def _of_errors(code: Callable[[Any, Any, int], tuple[Any, Any]]) -> Function:
    """A version of the gradient from the rows, the errors and their number."""
    return lambda X, y, w, b: code(X, X @ w + b - y, len(y))


MSE_GRADIENT = Exercise(
    name="mse_gradient",
    points=2,
    explained="One neuron learns",
    reference=nnlib.mse_gradient,
    cases=mse_gradient_cases,
    hints=(
        "Compute the errors of all samples first: prediction minus true value, shape (n,). Both derivatives are made of them.",
        "`db` is twice the mean of the errors. In `dw` every error is weighted with that sample's input before the "
        "mean is taken, for each column of `X` by itself.",
        "The weighted sum over the samples is one product with `@`: `X` is (n, d), the errors are (n,), the result has to be "
        "(d,). Which side does `X` stand on, or does it have to be turned?",
    ),
    misconceptions=(
        Misconception(
            "no-two",
            _of_errors(lambda X, e, n: (e @ X / n, float(e.mean()))),
            "Both derivatives are half of what they should be: the 2 from the square is missing. It belongs to the MSE "
            "with ½ in front, and this course has none.",
        ),
        Misconception(
            "no-mean",
            _of_errors(lambda X, e, n: (2 * e @ X, float(2 * e.sum()))),
            "The samples are summed, not averaged, so the gradient grows with the size of the data, and the step with it. "
            "The cost is a mean: where did its 1/n go?",
        ),
        Misconception(
            "uphill",
            _of_errors(lambda X, e, n: (-2 * e @ X / n, float(-2 * e.mean()))),
            "Both signs are turned round. A step against this gradient goes uphill. The error is prediction minus true "
            "value; the other way round needs a minus in front.",
        ),
        Misconception(
            "forgets-bias",
            lambda X, y, w, b: (2 * (X @ w - y) @ X / len(y), float(2 * (X @ w - y).mean())),
            "The predictions are made without `b`. The neuron would be trained as if its line went through the origin.",
        ),
        Misconception(
            "db-without-two",
            _of_errors(lambda X, e, n: (2 * e @ X / n, float(e.mean()))),
            "`dw` is right, `db` is half of what it should be. The 2 comes from the square, before it is known which parameter "
            "is moved, so both have it.",
        ),
        Misconception(
            "db-sum",
            _of_errors(lambda X, e, n: (2 * e @ X / n, float(2 * e.sum()))),
            "`dw` is right, `db` is a sum over the samples and no mean. The bias would run ahead of the weights, n times too fast.",
        ),
        Misconception(
            "db-for-each-sample",
            _of_errors(lambda X, e, n: (2 * e @ X / n, 2 * e / n)),
            "`db` holds one number for each sample. There is one bias, so its derivative is one number: what is still "
            "to be done with the n parts?",
        ),
        Misconception(
            "dw-for-each-sample",
            _of_errors(lambda X, e, n: (2 * e[:, np.newaxis] * X / n, float(2 * e.mean()))),
            "`dw` has a row for each sample. Each row says what that sample wants; the gradient is what they want together, "
            "one number for each weight.",
        ),
        Misconception(
            "not-transposed",
            _of_errors(lambda X, e, n: (2 * X @ e / n, float(2 * e.mean()))),
            "`X @ errors` pairs the errors with the columns of `X`, but there is one error for each row. It fails unless "
            "`X` is square, and then it is wrong without a word.",
        ),
        Misconception(
            "forgets-inputs",
            _of_errors(lambda X, e, n: (np.full(X.shape[1], 2 * e.mean()), float(2 * e.mean()))),
            "All weights get the same derivative. A weight acts through its own input: if that is 0 the weight is not to "
            "blame. Where does x come in?",
        ),
        Misconception(
            "squares-errors",
            _of_errors(lambda X, e, n: (2 * e**2 @ X / n, float(2 * np.mean(e**2)))),
            "The errors are still squared. Their signs are gone, and the neuron can't tell whether it was too high or too low. "
            "What is the slope of e²?",
        ),
        Misconception(
            "divides-by-size",
            _of_errors(lambda X, e, n: (2 * e @ X / X.size, float(2 * e.mean()))),
            "`dw` is divided by the number of entries of `X`, n times d. The mean is over the n samples; with more "
            "inputs the weights would learn more slowly for no reason.",
        ),
        Misconception(
            "signs-only",
            _of_errors(lambda X, e, n: (2 * np.sign(e) @ X / n, float(2 * np.mean(np.sign(e))))),
            "Only the signs of the errors are used, so a hair's breadth counts as much as a mile. That belongs to the mean "
            "absolute error.",
        ),
    ),
)


# --------------------------------------------------------------------------------------------- gradient_descent_step


def gradient_descent_step_cases(rng: np.random.Generator) -> list[Case]:
    """Lists of one to six arrays, of one, two and three dimensions."""

    def arrays(*shapes: tuple[int, ...]) -> list[Any]:
        return [rng.normal(size=shape) for shape in shapes]

    cases = [
        Case([np.array([1.0, 2.0])], [np.array([10.0, -5.0])], 0.1),
        Case([np.array([1.0]), np.array([[2.0, 4.0]])], [np.array([2.0]), np.array([[0.0, -2.0]])], 0.5),
        Case(arrays((3,)), [np.zeros(3)], 0.1, note="a gradient of 0"),
        Case(arrays((3,), (2, 2)), arrays((3,), (2, 2)), 0.0, note="learning rate 0"),
        Case(arrays((1,)), arrays((1,)), 2.5),
    ]
    for shapes, rate in (
        (((4, 2), (1, 4), (4,), (1,)), 0.3),
        (((3, 3), (3, 3), (3,), (3,)), 1.0),
        (((2, 3, 2), (5,)), 1e-3),
        (((16, 2), (8, 16), (1, 8), (16,), (8,), (1,)), 0.05),
    ):
        cases.append(Case(arrays(*shapes), arrays(*shapes), rate))
    return cases


def _each(code: Callable[[Any, Any, float], Any]) -> Function:
    """A version of the step from what it does to one parameter."""
    return lambda params, grads, rate: [code(p, g, rate) for p, g in zip(params, grads, strict=True)]


def _step_in_place(params: Any, grads: Any, learning_rate: float) -> Any:
    for p, g in zip(params, grads, strict=True):
        p -= learning_rate * g
    return params


def _step_and_nothing(params: Any, grads: Any, learning_rate: float) -> None:
    _step_in_place(params, grads, learning_rate)


GRADIENT_DESCENT_STEP = Exercise(
    name="gradient_descent_step",
    points=1,
    explained="One neuron learns",
    reference=nnlib.gradient_descent_step,
    cases=gradient_descent_step_cases,
    hints=(
        "The formula moves one parameter. Here there is a list of them, and each has its own gradient at the same place in "
        "the other list.",
        "`zip(params, grads)` goes through both lists together. Collect what you get in a new list.",
        "`p -= ...` changes the array that you were given; `p - ...` makes a new one. Which of them leaves the old parameters "
        "untouched?",
    ),
    misconceptions=(
        Misconception(
            "uphill",
            _each(lambda p, g, rate: p + rate * g),
            "The gradient is added. It points to where the cost grows fastest, so the cost goes up with every step. "
            "Downhill is the other way.",
        ),
        Misconception(
            "in-place",
            _step_in_place,
            "The numbers are right, but the old parameters are overwritten: `-=` works on the array that was handed in. Whoever "
            "wanted to compare before and after has lost the before.",
        ),
        Misconception(
            "in-place-and-nothing",
            _step_and_nothing,
            "The arrays that were handed in are changed, and nothing is returned. The exercise asks for a list of new arrays "
            "and for the old ones untouched.",
        ),
        Misconception(
            "no-rate",
            _each(lambda p, g, rate: p - g),
            "The learning rate plays no part: every step is as long as the gradient itself. On a steep slope that "
            "leaps across the valley.",
        ),
        Misconception(
            "divides-by-rate",
            _each(lambda p, g, rate: p - g / (rate or 1.0)),
            "The gradient is divided by the learning rate, so a small rate makes large steps. It should make small ones.",
        ),
        Misconception(
            "only-the-change",
            _each(lambda p, g, rate: -rate * g),
            "This is the change alone. The new parameters are the old ones plus that change.",
        ),
        Misconception(
            "only-the-first",
            lambda params, grads, rate: [params[0] - rate * grads[0], *(p.copy() for p in params[1:])],
            "Only the first array moves. All layers have to learn; is there a `return` inside the loop, or an index that "
            "stays at 0?",
        ),
        Misconception(
            "tuple",
            lambda params, grads, rate: tuple(p - rate * g for p, g in zip(params, grads, strict=True)),
            "The arrays are right, but they come in a tuple. The exercise asks for a list.",
        ),
        Misconception(
            "signs-only",
            _each(lambda p, g, rate: p - rate * np.sign(g)),
            "Only the sign of the gradient is used, so every step has the same length. Near the bottom, where the slope gets "
            "small, the steps should get small too.",
        ),
        Misconception(
            "scales-parameters",
            _each(lambda p, g, rate: p * (1 - rate * g)),
            "The parameters are multiplied by something. A parameter of 0, as a bias is at the start, could then never move.",
        ),
        Misconception(
            "one-long-vector",
            lambda params, grads, rate: np.concatenate(
                [(p - rate * g).ravel() for p, g in zip(params, grads, strict=True)]
            ),
            "All parameters are laid into one long vector. The layers need their own arrays back, in their shapes.",
        ),
        Misconception(
            "minus-rate",
            _each(lambda p, g, rate: p - rate - g),
            "The rate is subtracted, not multiplied. Then the parameters drift even where the gradient is 0.",
        ),
    ),
)


# ---------------------------------------------------------------------------------------------------- init_parameters

ENOUGH = 2000
"""Layers with at least as many weights are large enough for statistics."""


def init_parameters_cases(rng: np.random.Generator) -> list[Case]:
    """Small networks for shapes and for equal generators, large ones for statistics.

    A right answer is refused with a probability below 7e-6. There are 9 layers of at least 2,500 weights, with three tests each:
    the standard deviation is off by 8 % (its own is 1/sqrt(2n) = 1.41 %: 5.6 sigma, 2e-8), the mean by 0.1 scale
    (1/sqrt(n) = 0.02: 5 sigma, 6e-7), the share beyond one scale, 0.317, by 0.06 (0.0093: 6.4 sigma, 2e-10).
    """
    seed = int(rng.integers(2**32))
    first = Drawn([2, 3, 1], np.random.default_rng(seed))
    cases: list[Case] = [
        first,
        Drawn(
            [2, 3, 1], np.random.default_rng(seed), like=first, note="the same call with an equal generator"
        ),
        Drawn([2, 3, 1], fresh(rng), like=first, note="the same call with another generator"),
        Drawn([4, 1], fresh(rng), note="no hidden layer"),
        Drawn([3, 3, 3, 1], fresh(rng), 0.5, note="layers of one size"),
        Drawn([1, 1, 1], fresh(rng)),
    ]
    for scale in (0.1, 0.5, 0.02):
        args = [[50, 60, 50, 70, 1], fresh(rng)] + ([] if scale == 0.1 else [scale])
        cases.append(Drawn(*args, note=f"with a scale of {scale:g} and layers large enough to count"))
    return cases


def _scale(case: Case) -> float:
    return case.args[2] if len(case.args) > 2 else 0.1


def _arrays_wrong(weights: Any, biases: Any, sizes: Sequence[int]) -> str | None:
    """Whether weights and biases are no lists of float64 arrays of the right shapes."""
    pairs = list(pairwise(sizes))
    for name, arrays, shapes in (
        ("weights", weights, [(n_out, n_in) for n_in, n_out in pairs]),
        ("biases", biases, [(n_out,) for _, n_out in pairs]),
    ):
        if not isinstance(arrays, list):
            return f"The {name} are {describe(arrays)}, they should be a list of arrays."
        if len(arrays) != len(shapes):
            return f"There are {len(arrays)} arrays of {name}, there should be {len(shapes)}: one for each layer but the input."
        for i, (array, shape) in enumerate(zip(arrays, shapes, strict=True)):
            if not isinstance(array, np.ndarray) or array.shape != shape:
                return f"{name}[{i}] is {describe(array)}, it should be an array of shape {shape}."
            if array.dtype != np.float64:
                return f"{name}[{i}] holds {array.dtype}, it should hold float64."
    return None


def _start_wrong(weights: Any, biases: Any, sizes: Sequence[int], scale: float) -> str | None:
    """Whether these can't be parameters as init_parameters should give them."""
    wrong = _arrays_wrong(weights, biases, sizes)
    if wrong:
        return wrong
    for i, b in enumerate(biases):
        if np.any(b != 0):
            return f"biases[{i}] is not all zeros."
    for i, W in enumerate(weights):
        wrong = _weights_wrong(W, scale) if W.size >= ENOUGH else None
        if wrong:
            return f"Layer {i + 1}: {wrong}"
    if _few_values(weights):
        return "Numbers come more than once. Every weight should be drawn by itself, or two neurons start as twins."
    return None


def _weights_wrong(W: Any, scale: float) -> str | None:
    """Whether a large array of weights can't be normal with this standard deviation."""
    if abs(W.std() / scale - 1) > 0.08:
        return f"{W.size} weights have a standard deviation of {W.std():.3g}; with a scale of {scale:g} it should be near that."
    if abs(W.mean() / scale) > 0.1:
        return f"{W.size} weights have a mean of {W.mean():.3g}; it should be near 0."
    if abs(np.mean(np.abs(W) > scale) - 0.3173) > 0.06:
        return f"{np.mean(np.abs(W) > scale):.0%} of {W.size} weights are farther from 0 than {scale:g}; of normal ones it is 32 %."
    return None


def _few_values(weights: Sequence[Any]) -> bool:
    """Whether numbers come more than once, within a layer or from layer to layer."""
    numbers = np.concatenate([np.ravel(W) for W in weights])
    return bool(len(np.unique(numbers)) < 0.99 * numbers.size)


def accepts_init_parameters(result: Any, expected: Any, case: Case) -> str | None:
    """Shapes, zero biases, and weights that are normal, each drawn by itself, from the given generator."""
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return f"It is {describe(result)}, it should be a pair (weights, biases)."
    weights, biases = result
    wrong = _start_wrong(weights, biases, case.args[0], _scale(case))
    if wrong:
        return wrong
    return case.compare(list(weights)) if isinstance(case, Drawn) else None


def init_traits(result: Any, case: Case) -> Any:
    """What is typical of initial parameters whatever was drawn."""
    weights, biases = result
    traits: list[Any] = [[np.shape(W) for W in weights], [np.shape(b) for b in biases]]
    traits.append([min(len(np.unique(b)), 3) if np.any(b) else 0 for b in biases])
    for W in weights:
        if np.size(W) >= ENOUGH:
            ratio = float(np.std(W)) / _scale(case)
            traits += [
                int(np.digitize(ratio, [0.01, 0.2, 0.45, 0.8, 1.2, 2.5, 5.0])),
                bool(np.mean(W) / _scale(case) > 0.2),
                bool(np.any(np.abs(W - np.mean(W)) > 2 * np.std(W))),
            ]
    if isinstance(case, Drawn):
        traits += [_few_values(weights), case.repeats(list(weights))]
        case.results.append(list(weights))
    return traits


def _initial(
    weight: Callable[[Any, int, int, float], Any], bias: Callable[[Any, int], Any] | None = None
) -> Function:
    """A version of init_parameters from how it makes one layer."""

    def init_parameters(layer_sizes: Sequence[int], rng: Any, scale: float = 0.1) -> Any:
        pairs = list(pairwise(layer_sizes))
        weights = [weight(rng, n_out, n_in, scale) for n_in, n_out in pairs]
        return weights, [np.zeros(n) if bias is None else bias(rng, n) for _, n in pairs]

    return init_parameters


def _same_generator_each_layer(layer_sizes: Sequence[int], rng: Any, scale: float = 0.1) -> Any:
    seed = int(rng.integers(2**32))
    return _initial(lambda _, n, m, s: np.random.default_rng(seed).normal(0, s, (n, m)))(
        layer_sizes, rng, scale
    )


INIT_PARAMETERS = Exercise(
    name="init_parameters",
    points=2,
    explained="Where to start",
    reference=nnlib.init_parameters,
    cases=init_parameters_cases,
    accepts=accepts_init_parameters,
    fingerprint=init_traits,
    hints=(
        "One weight matrix and one bias for each layer but the input. For [2, 3, 1]: which shapes are that?",
        "Layer i has `layer_sizes[i]` neurons, and each of them has `layer_sizes[i - 1]` weights. Neurons are rows.",
        "`rng.normal(...)` takes a mean, a standard deviation and a shape, and draws every entry by itself. The biases need no "
        "chance: `np.zeros` of a shape.",
    ),
    misconceptions=(
        Misconception(
            "zeros",
            _initial(lambda rng, n, m, s: np.zeros((n, m))),
            "All weights are 0. Then every hidden neuron gives 0 and no gradient gets through: such a network learns nothing but "
            "the bias of its output.",
        ),
        Misconception(
            "all-equal",
            _initial(lambda rng, n, m, s: np.full((n, m), s)),
            "All weights have the same value. Neurons that start as twins get the same gradient and stay twins; sixteen of them "
            "do the work of one. Where does chance come in?",
        ),
        Misconception(
            "rows-alike",
            _initial(lambda rng, n, m, s: np.tile(rng.normal(0, s, m), (n, 1))),
            "All neurons of a layer get the same weights: one row is drawn and repeated. They will stay alike for ever. "
            "Every entry should be drawn by itself.",
        ),
        Misconception(
            "layers-alike",
            _same_generator_each_layer,
            "Every layer gets the same random numbers, since the generator is made anew for each. Use the one generator "
            "that is handed in, again and again: it goes on from where it was.",
        ),
        Misconception(
            "uniform",
            _initial(lambda rng, n, m, s: rng.uniform(-s, s, (n, m))),
            "The weights are uniform between −scale and scale. That would break the symmetry as well, but their standard "
            "deviation is only 0.58 of the scale; this exercise asks for normal ones.",
        ),
        Misconception(
            "positive-uniform",
            _initial(lambda rng, n, m, s: s * rng.random((n, m))),
            "All weights are positive: `rng.random` draws between 0 and 1. A layer of them can only add its inputs up, none "
            "of them speaks against. Normal weights have both signs.",
        ),
        Misconception(
            "absolute",
            _initial(lambda rng, n, m, s: np.abs(rng.normal(0, s, (n, m)))),
            "All weights are positive. Half of what a weight can say, that its input speaks against, is missing at "
            "the start.",
        ),
        Misconception(
            "ignores-scale",
            _initial(lambda rng, n, m, s: rng.normal(0, 0.1, (n, m))),
            "The standard deviation is always 0.1, whatever `scale` says. 0.1 is only its value when nothing else is given.",
        ),
        Misconception(
            "no-scale",
            _initial(lambda rng, n, m, s: rng.normal(0, 1, (n, m))),
            "The weights have a standard deviation of 1, whatever `scale` says. In a deep network weights that are too "
            "large blow the activations up from layer to layer.",
        ),
        Misconception(
            "variance",
            _initial(lambda rng, n, m, s: rng.normal(0, np.sqrt(s), (n, m))),
            "`scale` is used as the variance. `rng.normal` and this exercise speak of the standard deviation; for a scale of 0.1 "
            "the weights are three times too large.",
        ),
        Misconception(
            "scale-squared",
            _initial(lambda rng, n, m, s: rng.normal(0, s**2, (n, m))),
            "The standard deviation is the square of `scale`: for 0.1 the weights are ten times too small, and a deep network "
            "would sit still for a long time.",
        ),
        Misconception(
            "by-number-of-inputs",
            _initial(lambda rng, n, m, s: rng.normal(0, s, (n, m)) / np.sqrt(m)),
            "The weights are divided by the root of the number of inputs. That is a good idea for deep networks, and has a "
            "name; here the standard deviation is `scale` in every layer.",
        ),
        Misconception(
            "random-biases",
            _initial(lambda rng, n, m, s: rng.normal(0, s, (n, m)), lambda rng, n: rng.normal(0, 0.1, n)),
            "The biases are random too. It does little harm, but it isn't needed: the weights have broken the symmetry. Biases "
            "start at 0.",
        ),
        Misconception(
            "transposed",
            _initial(lambda rng, n, m, s: rng.normal(0, s, (m, n))),
            "The weight matrices are turned: a row for each input. In this course a row is a neuron, so that `Z = A W^T + b` "
            "fits. Look at the order of the two sizes.",
        ),
        Misconception(
            "bias-columns",
            _initial(lambda rng, n, m, s: rng.normal(0, s, (n, m)), lambda rng, n: np.zeros((n, 1))),
            "The biases are columns of shape (n_i, 1). Added to a batch (n, n_i) they would be laid out along the samples. "
            "The contract says (n_i,).",
        ),
        Misconception(
            "own-generator",
            _initial(lambda rng, n, m, s: np.random.default_rng(n * m).normal(0, s, (n, m))),
            "The generator that is handed in is never asked: the numbers are the same in every run. Twenty starts "
            "would be one start twenty times.",
        ),
        Misconception(
            "global-chance",
            _initial(lambda rng, n, m, s: np.random.normal(0, s, (n, m))),  # noqa: NPY002
            "The numbers come from `np.random`, not from `rng`. A run could then not be repeated, and a mistake that shows "
            "up once would be hard to find again.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------- numerical_gradient


def _named(name: str, f: Function) -> Function:
    """A function under the name that a report shows."""
    f.__name__ = name
    return f


def numerical_gradient_cases(rng: np.random.Generator) -> list[Case]:
    """Functions of one to three dimensions, and steps so large that other formulas give other numbers."""
    M, a, T = rng.normal(size=(4, 4)), rng.normal(size=3), rng.normal(size=(2, 3, 2))
    square = _named("the sum of w**2", lambda w: np.sum(w**2))
    cubes = _named("the sum of w**3", lambda w: float(np.sum(w**3)))
    cases = [
        Case(square, np.array([1.0, -3.0])),
        Case(_named("w[0] * w[1]", lambda w: w[0] * w[1]), np.array([2.0, 5.0])),
        Case(square, np.array([0.5]), note="a single weight"),
        Case(_named("w @ M @ w", lambda w: w @ M @ w), rng.normal(size=4)),
        Case(
            _named("the sum of sin(W @ a)", lambda W: np.sum(np.sin(W @ a))),
            rng.normal(size=(2, 3)),
            note="2×3 weights",
        ),
        Case(
            _named("the sum of W @ W", lambda W: np.sum(W @ W)), rng.normal(size=(3, 3)), note="3×3 weights"
        ),
        Case(
            _named("the sum of T * w**2", lambda w: np.sum(T * w**2)),
            rng.normal(size=(2, 3, 2)),
            note="three dimensions",
        ),
        Case(
            _named("w[0]**2", lambda w: float(w[0] ** 2)),
            rng.uniform(1, 2, size=3),
            note="two weights have no effect",
        ),
        Case(cubes, np.array([1.0, 2.0]), 0.1, note="with a large step, to tell formulas apart"),
        Case(cubes, rng.uniform(-1, 1, size=(2, 2)), 0.5, note="with a large step, to tell formulas apart"),
        Case(
            _named("the sum of exp(w)", lambda w: float(np.sum(np.exp(w)))),
            rng.uniform(-1, 1, size=3),
            0.25,
            note="with a large step, to tell formulas apart",
        ),
    ]
    return cases


def _entry_by_entry(code: Callable[[Function, Any, Any, float], Any]) -> Function:
    """A version of the numerical gradient from f, w, the step of one entry as an array, and eps."""

    def numerical_gradient(f: Function, w: Any, eps: float = 1e-6) -> Any:
        gradient = np.zeros_like(w)
        for index in np.ndindex(w.shape):
            step = np.zeros_like(w)
            step[index] = eps
            gradient[index] = code(f, w, step, eps)
        return gradient

    return numerical_gradient


_central = _entry_by_entry(lambda f, w, step, eps: (f(w + step) - f(w - step)) / (2 * eps))


def _never_put_back(f: Function, w: Any, eps: float = 1e-6) -> Any:
    above, below, gradient = w.copy(), w.copy(), np.zeros_like(w)
    for index in np.ndindex(w.shape):
        above[index] += eps
        below[index] -= eps
        gradient[index] = (f(above) - f(below)) / (2 * eps)
    return gradient


def _leaves_moved(f: Function, w: Any, eps: float = 1e-6) -> Any:
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w[index] += eps
        above = f(w)
        w[index] -= 2 * eps
        gradient[index] = (above - f(w)) / (2 * eps)
    return gradient


def _row_by_row(f: Function, w: Any, eps: float = 1e-6) -> Any:
    gradient = np.zeros_like(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = eps
        gradient[i] = (f(w + step) - f(w - step)) / (2 * eps)
    return gradient


NUMERICAL_GRADIENT = Exercise(
    name="numerical_gradient",
    points=2,
    explained="Can you trust it?",
    reference=nnlib.numerical_gradient,
    cases=numerical_gradient_cases,
    hints=(
        "Take one weight. Make two copies of `w`, one with that weight a little larger, one with it a little smaller. What does "
        "`f` say to each?",
        "Start from an array of zeros shaped like `w` and fill it entry by entry. `np.ndindex(w.shape)` gives the position of "
        "every entry, whatever the number of dimensions; `w[index]` takes such a position.",
        "Rise divided by run. How far apart are the two points at which you asked? And did you make the copies anew "
        "for every entry?",
    ),
    misconceptions=(
        Misconception(
            "one-sided",
            _entry_by_entry(lambda f, w, step, eps: (f(w + step) - f(w)) / eps),
            "You compare one step up with no step at all. Where the curve bends, that slope is off by about eps; with a step to "
            "either side the bend cancels. The formula has f twice, with a plus and with a minus.",
        ),
        Misconception(
            "backward-difference",
            _entry_by_entry(lambda f, w, step, eps: (f(w) - f(w - step)) / eps),
            "You compare no step with one step down. Where the curve bends, that slope is off; with a step to either side "
            "the bend cancels.",
        ),
        Misconception(
            "divides-by-eps",
            _entry_by_entry(lambda f, w, step, eps: (f(w + step) - f(w - step)) / eps),
            "Every slope is twice too steep. The two points are not eps apart: one lies to the right, one to the left.",
        ),
        Misconception(
            "no-division",
            _entry_by_entry(lambda f, w, step, eps: f(w + step) - f(w - step)),
            "This is the rise. A slope is rise divided by run.",
        ),
        Misconception(
            "turned-round",
            _entry_by_entry(lambda f, w, step, eps: (f(w - step) - f(w + step)) / (2 * eps)),
            "All signs are turned round: the smaller weight is asked first. A gradient check would call every right gradient wrong.",
        ),
        Misconception(
            "all-at-once",
            lambda f, w, eps=1e-6: (f(w + eps) - f(w - eps)) / (2 * eps),
            "All weights are moved at once, so what comes out is one number: the sum of all slopes. Move one, leave the "
            "others where they are.",
        ),
        Misconception(
            "never-put-back",
            _never_put_back,
            "The entries that were moved are not put back before the next one is tried, so more and more of them move together. "
            "Where is the copy made: inside the loop or before it?",
        ),
        Misconception(
            "leaves-w-moved",
            _leaves_moved,
            "The weights of the caller are moved and not put back. After a gradient check the network would be another one. "
            "Work on a copy, or restore every entry.",
        ),
        Misconception(
            "row-by-row",
            _row_by_row,
            "The loop runs over `len(w)`, the rows. With a matrix a whole row is moved at once and gets one slope for all "
            "its entries. How can you visit every entry, in any number of dimensions?",
        ),
        Misconception(
            "flat",
            lambda f, w, eps=1e-6: _central(f, w, eps).ravel(),
            "The slopes are right, but they come as one long vector. A gradient is shaped like what it is the gradient of, so "
            "that the two can be subtracted.",
        ),
        Misconception(
            "own-eps",
            lambda f, w, eps=1e-6: _central(f, w, 1e-6),
            "`eps` is never used: the step is the same whatever is asked for. The check calls with large steps too.",
        ),
        Misconception(
            "half-steps",
            lambda f, w, eps=1e-6: _central(f, w, eps / 2),
            "The steps are half as long as `eps`. For a tiny eps nobody would notice; the formula goes eps up and eps down.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------- output_delta


def output_delta_cases(rng: np.random.Generator) -> list[Case]:
    """Batches of several sizes, saturated outputs among them, right and wrong ones."""
    cases = [
        Case(np.array([[0.5], [0.75]]), np.array([1, 0])),
        Case(np.array([[0.2]]), np.array([1]), note="one sample"),
        Case(np.array([[0.9], [0.2], [0.6]]), np.array([1, 0, 0])),
        Case(np.array([[1.0], [0.0]]), np.array([0, 1]), note="saturated, both wrong"),
        Case(np.array([[1.0], [0.0], [0.25]]), np.array([1, 0, 1]), note="saturated, both right"),
        Case(
            np.array([[1e-14], [1 - 1e-14], [0.5]]), np.array([1, 0, 0]), note="nearly saturated, both wrong"
        ),
    ]
    for n in (2, 4, 9, 40):
        cases.append(Case(rng.uniform(0.02, 0.98, size=(n, 1)), rng.integers(0, 2, size=n)))
    cases.append(Case(rng.uniform(0.1, 0.9, size=(3, 1)), np.array([1.0, 0.0, 1.0]), note="labels as floats"))
    return cases


def _of_columns(code: Callable[[Any, Any, int], Any]) -> Function:
    """A version of the output's delta from outputs and labels as columns, and their number."""
    return lambda P, y: code(P, np.reshape(y, (-1, 1)), len(P))


def _through_clipped_division(P: Any, Y: Any, n: int) -> Any:
    C = np.clip(P, 1e-7, 1 - 1e-7)
    return (-Y / C + (1 - Y) / (1 - C)) * P * (1 - P) / n


OUTPUT_DELTA = Exercise(
    name="output_delta",
    points=2,
    explained="Exercise 5: where the way back starts",
    reference=nnlib.output_delta,
    cases=output_delta_cases,
    hints=(
        "The text above the exercise derives it for one sample: two factors, and almost everything in them cancels. What is left?",
        "The cost is a mean over n samples, so each sample has an n-th of the say.",
        "`P` is (n, 1) and `y` is (n,). Subtracted as they are, NumPy makes an n × n table of them. Make `y` a column "
        "first; `reshape(-1, 1)` does it.",
    ),
    misconceptions=(
        Misconception(
            "table",
            lambda P, y: (P - y) / len(P),
            "The result is an n × n table. (n, 1) minus (n,) compares every output with every label, without any error. "
            "The labels have to be a column as well.",
        ),
        Misconception(
            "flat",
            lambda P, y: (P[:, 0] - y) / len(P),
            "The numbers are right, but the shape is (n,). The next step multiplies by `W`, and for that each sample "
            "needs its row: (n, 1).",
        ),
        Misconception(
            "no-mean",
            _of_columns(lambda P, Y, n: P - Y),
            "The numbers are n times too large: the cost is a mean over n samples. With 200 samples every step would be 200 "
            "times too long.",
        ),
        Misconception(
            "turned-round",
            _of_columns(lambda P, Y, n: (Y - P) / n),
            "All signs are turned round. Where the output is too small the slope has to be negative, so that a step "
            "against it makes the output larger.",
        ),
        Misconception(
            "sigmoid-slope-left",
            _of_columns(lambda P, Y, n: (P - Y) * P * (1 - P) / n),
            "The slope of the sigmoid, p(1 − p), is still there. It cancels against the cost; left in, a confident "
            "mistake, where it is almost 0, would never be put right.",
        ),
        Misconception(
            "squared-error",
            _of_columns(lambda P, Y, n: 2 * (P - Y) * P * (1 - P) / n),
            "This is the slope of the mean squared error. At a confident mistake it is almost 0. The cost here is the "
            "cross-entropy, and with it the factor p(1 − p) cancels.",
        ),
        Misconception(
            "two",
            _of_columns(lambda P, Y, n: 2 * (P - Y) / n),
            "There is a 2 too many. It belongs to the square of the MSE; the cross-entropy has none.",
        ),
        Misconception(
            "with-respect-to-p",
            _of_columns(
                lambda P, Y, n: (np.clip(P, 1e-12, 1 - 1e-12) - Y) / (np.clip(P * (1 - P), 1e-12, 1)) / n
            ),
            "This is the slope with respect to the probability p, not to the weighted sum z. One factor of the chain is "
            "missing: how p moves with z.",
        ),
        Misconception(
            "dies-when-saturated",
            _of_columns(_through_clipped_division),
            "Away from 0 and 1 it is right, but where an output is exactly 0 or 1 and wrong, it gives 0. There the division was "
            "clipped and the factor p(1 − p) was not. Cancel them on paper first, then nothing needs clipping.",
        ),
        Misconception(
            "decisions",
            _of_columns(lambda P, Y, n: ((P > 0.5) - Y) / n),
            "The outputs are rounded to decisions first. A right but timid answer would then have no slope at all, and "
            "the network would stop learning half-way.",
        ),
        Misconception(
            "averaged",
            _of_columns(lambda P, Y, n: np.mean(P - Y, axis=0, keepdims=True)),
            "The samples are averaged here already. Going back, each sample passes through its own neurons, so each needs "
            "its own row. They are summed later, in the gradients.",
        ),
        Misconception(
            "absolute",
            _of_columns(lambda P, Y, n: np.abs(P - Y) / n),
            "The signs are gone, so an output that is too small is pushed down further.",
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------- hidden_delta


def _away_from_zero(rng: np.random.Generator, *shape: int) -> Any:
    """Numbers of both signs, none near 0, so that no rounding decides on a slope."""
    return rng.uniform(0.1, 2, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def hidden_delta_cases(rng: np.random.Generator) -> list[Case]:
    """Layers of equal and of different sizes, with weighted sums of exactly 0 among them."""
    cases = [
        Case(np.array([[1.0]]), np.array([[2.0, 3.0]]), np.array([[0.5, -0.5]])),
        Case(np.array([[-0.5], [0.25]]), np.array([[1.0, 2.0]]), np.array([[3.0, -1.0], [-2.0, 0.5]])),
        Case(
            np.array([[1.0, -1.0]]),
            np.array([[2.0, 3.0, 4.0], [1.0, 1.0, 0.0]]),
            np.array([[0.0, 2.0, 0.0]]),
            note="weighted sums of exactly 0",
        ),
        Case(rng.normal(size=(3, 1)), rng.normal(size=(1, 4)), -np.ones((3, 4)), note="no neuron fires"),
        Case(
            rng.normal(size=(3, 2)), rng.normal(size=(2, 4)), np.full((3, 4), 2.5), note="every neuron fires"
        ),
    ]
    for n, after, here in ((1, 1, 1), (4, 1, 3), (5, 3, 2), (3, 2, 5), (3, 3, 3), (6, 4, 4), (30, 1, 16)):
        Z = _away_from_zero(rng, n, here)
        if here > 1:
            Z[0, 0], Z[-1, -1] = 1.5, -1.5  # so that a slope of 0 and one of 1 are always there
        cases.append(Case(rng.normal(size=(n, after)), rng.normal(size=(after, here)), Z))
    return cases


HIDDEN_DELTA = Exercise(
    name="hidden_delta",
    points=2,
    explained="Backwards through the layers",
    reference=nnlib.hidden_delta,
    cases=hidden_delta_cases,
    hints=(
        "Two factors: what arrives from the layer after, and the slope of ReLU here. Write the shapes under the formula "
        "of the text.",
        "(n, n_{i+1}) times (n_{i+1}, n_i) gives (n, n_i), as `@` does it. Nothing has to be turned: compare with the "
        "forward pass, where `W` was.",
        "The slope of ReLU is 1 where `Z` is above 0, and 0 elsewhere. A comparison gives an array of True and False, and "
        "multiplied by numbers these count as 1 and 0.",
    ),
    misconceptions=(
        Misconception(
            "no-slope",
            lambda delta_next, W_next, Z: delta_next @ W_next,
            "The slope of ReLU is missing, so silent neurons get a share of the blame. The network is trained as if it were "
            "linear, and gets stuck where a straight line would. `Z` is never used.",
        ),
        Misconception(
            "slope-1-at-zero",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * (Z >= 0),
            "At exactly z = 0 the slope is 1 here. It is a convention, as in unit 02: ReLU's slope at 0 is 0.",
        ),
        Misconception(
            "relu-for-slope",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * np.maximum(Z, 0),
            "It multiplies by ReLU itself where its slope belongs. A neuron that fires strongly would be corrected more "
            "than it should.",
        ),
        Misconception(
            "z-for-slope",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * Z,
            "It multiplies by `Z` itself. Going back needs the slope of the activation at `Z`: 0 or 1.",
        ),
        Misconception(
            "sigmoid-slope",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * nnlib.sigmoid_derivative(Z),
            "This is the slope of the sigmoid. The hidden layers of this network are ReLU.",
        ),
        Misconception(
            "sign-for-slope",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * np.sign(Z),
            "The slope is −1 for negative z. ReLU is flat there: silent neurons pass nothing back, not the opposite.",
        ),
        Misconception(
            "leaky",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * np.where(Z > 0, 1.0, 0.01),
            "Silent neurons still pass a hundredth back. That is the leaky ReLU; this course's is flat below 0.",
        ),
        Misconception(
            "transposed",
            lambda delta_next, W_next, Z: (delta_next @ W_next.T) * (Z > 0),
            "`W_next` is turned. It fails unless the layers have the same size, and then it is wrong without a word: each "
            "neuron gets blamed for another one's connections.",
        ),
        Misconception(
            "divides-by-n",
            lambda delta_next, W_next, Z: (delta_next @ W_next) * (Z > 0) / len(Z),
            "It divides by n once more. That was done at the output and comes along by itself; done at every layer, early "
            "layers of a deep network would hardly learn.",
        ),
        Misconception(
            "turned-round",
            lambda delta_next, W_next, Z: -(delta_next @ W_next) * (Z > 0),
            "The sign is turned round. The minus of 'downhill' comes once, in the step, not in the gradient.",
        ),
        Misconception(
            "absolute-weights",
            lambda delta_next, W_next, Z: (delta_next @ np.abs(W_next)) * (Z > 0),
            "The weights lose their signs. A neuron that speaks against the output would be pushed the wrong way.",
        ),
        Misconception(
            "sums-over-batch",
            lambda delta_next, W_next, Z: np.sum((delta_next @ W_next) * (Z > 0), axis=0),
            "The samples are summed here already. The layer before needs the delta of each sample, since other neurons fired "
            "for each.",
        ),
        Misconception(
            "ignores-weights",
            lambda delta_next, W_next, Z: np.sum(delta_next, axis=1, keepdims=True) * (Z > 0),
            "`W_next` is never used, so all neurons get the same share. A neuron that the next layer hardly listens to should "
            "get little.",
        ),
    ),
)


# ----------------------------------------------------------------------------------------------------------- backward


def _network(rng: np.random.Generator, sizes: Sequence[int], n: int, gain: float = 1.0) -> tuple[Any, ...]:
    """A batch and a network whose weighted sums are not near 0, where rounding would decide on a slope."""
    while True:
        weights = [gain * rng.normal(size=(n_out, n_in)) for n_in, n_out in pairwise(sizes)]
        biases = [gain * 0.5 * rng.normal(size=n_out) for n_out in sizes[1:]]
        X, y = rng.normal(size=(n, sizes[0])), rng.integers(0, 2, size=n)
        A, alive = X, True
        smallest = np.inf
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            Z = A @ W.T + b
            smallest = min(smallest, float(np.abs(Z).min()))
            A = nnlib.relu(Z)
            # Of every hidden layer some neuron fires and some is silent, unless there is only one.
            alive = alive and bool(A.any()) and (A.size == 1 or bool((A == 0).any()))
        if alive and smallest > 1e-3:
            return X, y, weights, biases


def backward_cases(rng: np.random.Generator) -> list[Case]:
    """From no hidden layer to three, layers of one size, dead neurons, weighted sums of exactly 0, saturated outputs."""
    cases = [
        Case(
            np.array([[1.0, 1.0], [2.0, 0.0]]),
            np.array([1, 0]),
            [np.array([[1.0, -2.0], [0.5, 1.0]]), np.array([[1.0, -1.0]])],
            [np.array([0.0, 0.5]), np.array([0.5])],
        ),
        Case(
            np.array([[1.0, 2.0]]),
            np.array([1]),
            [np.array([[0.5, -0.25]])],
            [np.array([0.0])],
            note="no hidden layer",
        ),
    ]
    for sizes, n, note in (
        ([3, 1], 6, "no hidden layer"),
        ([1, 1, 1], 1, "one neuron in each layer, one sample"),
        ([2, 3, 1], 5, "one hidden layer"),
        ([3, 3, 1], 3, "as many samples as inputs as neurons"),
        ([2, 4, 3, 1], 7, "two hidden layers"),
        ([3, 3, 3, 1], 3, "layers of one size"),
        ([2, 5, 4, 3, 1], 9, "three hidden layers"),
        ([2, 16, 1], 40, "one hidden layer"),
    ):
        cases.append(Case(*_network(rng, sizes, n), note=note))
    X, y, weights, biases = _network(rng, [2, 4, 3, 1], 6)
    X[0], biases[0] = 0.0, np.zeros(4)  # the first sample: every z of layer 1 is exactly 0
    biases[1] = np.zeros(3)
    cases.append(Case(X, y, weights, biases, note="with weighted sums of exactly 0"))
    X, y, weights, biases = _network(rng, [2, 4, 1], 4)
    biases[-1] = np.array([-300.0])  # far below what four neurons can make up for: all outputs are 0
    cases.append(Case(X, np.ones(4, dtype=int), weights, biases, note="with saturated outputs, all wrong"))
    return cases


def _wrong_backward(
    start: Function = lambda P, Y: (P - Y) / len(P),
    slope: Function = lambda Z: Z > 0,
    back: Function = lambda delta, W: delta @ W,
    dW: Function = lambda delta, A: delta.T @ A,
    db: Function = lambda delta: delta.sum(axis=0),
    feed: Function = lambda A, Z, i: A[i],
    after: Function = lambda grads: grads,
) -> Function:
    """A version of backpropagation in which one of its lines can be replaced."""

    def backward(X: Any, y: Any, weights: Any, biases: Any) -> Any:
        A, Z = [X], []
        for W, b in zip(weights, biases, strict=True):
            Z.append(A[-1] @ W.T + b)
            A.append(nnlib.relu(Z[-1]))
        A[-1] = nnlib.sigmoid(Z[-1])
        delta = start(A[-1], y.reshape(-1, 1))
        weight_grads: list[Any] = []
        bias_grads: list[Any] = []
        for i in reversed(range(len(weights))):
            weight_grads.insert(0, dW(delta, feed(A, Z, i)))
            bias_grads.insert(0, db(delta))
            if i:
                delta = back(delta, weights[i]) * slope(Z[i - 1])
        return after(weight_grads), after(bias_grads)

    return backward


def _only_last_layer(grads: Any) -> Any:
    return [*(np.zeros_like(g) for g in grads[:-1]), grads[-1]]


def _sigmoid_hidden(X: Any, y: Any, weights: Any, biases: Any) -> Any:
    A = nnlib.forward(X, weights, biases, [nnlib.sigmoid] * len(weights))
    delta = (A[-1] - y.reshape(-1, 1)) / len(X)
    weight_grads: list[Any] = []
    bias_grads: list[Any] = []
    for i in reversed(range(len(weights))):
        weight_grads.insert(0, delta.T @ A[i])
        bias_grads.insert(0, delta.sum(axis=0))
        delta = (delta @ weights[i]) * A[i] * (1 - A[i])
    return weight_grads, bias_grads


BACKWARD = Exercise(
    name="backward",
    points=4,
    explained="Backwards through the layers",
    reference=nnlib.backward,
    cases=backward_cases,
    builds_on=("output_delta", "hidden_delta"),
    hints=(
        "Three parts: forward, keeping every `A`; then the delta of the output; then layer by layer back. `forward` gives the "
        "list [A0, …, AL], your two delta functions do the rest of the hard work.",
        "In the loop, `i` goes from the last layer to the first. With the delta of a layer in hand, two lines make its two "
        "gradients, and one makes the delta of the layer before. Write each line's shapes beside it.",
        "Python counts from 0: `weights[0]` are the weights of layer 1, and what they were fed is `A[0]`. `hidden_delta` needs `Z`. "
        "For ReLU a neuron's A tells as much: A is above 0 exactly where Z is.",
    ),
    misconceptions=(
        Misconception(
            "no-slope",
            _wrong_backward(slope=lambda Z: 1.0),
            "The slopes of the hidden layers are missing: the output layer's gradient is right and all before it are wrong. The "
            "network is trained as if it were linear, and gets stuck where a straight line would.",
        ),
        Misconception(
            "slope-1-at-zero",
            _wrong_backward(slope=lambda Z: Z >= 0),
            "All is right but where a weighted sum is exactly 0: there the slope of ReLU is 0 by convention. A neuron of "
            "zeros would otherwise be corrected for something that it didn't do.",
        ),
        Misconception(
            "sigmoid-hidden",
            _sigmoid_hidden,
            "The hidden layers are taken for sigmoid ones. In this network they are ReLU, only the output is a sigmoid.",
        ),
        Misconception(
            "no-mean",
            _wrong_backward(start=lambda P, Y: P - Y),
            "Every gradient is n times too large: the 1/n of the mean is missing. It is the same as a learning rate n times too "
            "large. Look at the output's delta.",
        ),
        Misconception(
            "mean-twice",
            _wrong_backward(dW=lambda delta, A: delta.T @ A / len(A), db=lambda delta: delta.mean(axis=0)),
            "Every gradient is n times too small: it is divided by n twice, in the output's delta and again in the gradients. "
            "The network would learn at a snail's pace.",
        ),
        Misconception(
            "bias-mean",
            _wrong_backward(db=lambda delta: delta.mean(axis=0)),
            "The gradients of the weights are right, those of the biases are n times too small: they are means where the 1/n "
            "is already inside the delta. The biases would hardly move.",
        ),
        Misconception(
            "bias-first-sample",
            _wrong_backward(db=lambda delta: delta[0]),
            "The biases get the delta of one sample alone. A bias acts on all samples, so all have a say.",
        ),
        Misconception(
            "bias-rows",
            _wrong_backward(db=lambda delta: delta.sum(axis=0, keepdims=True)),
            "The gradients of the biases have the shape (1, n_i). A gradient is shaped like what it belongs to: (n_i,). "
            "Subtracted from a bias, yours would turn it into a table.",
        ),
        Misconception(
            "bias-per-sample",
            _wrong_backward(db=lambda delta: delta),
            "The gradients of the biases still have a row for each sample. One bias acts on all samples: what they "
            "say is to be added up.",
        ),
        Misconception(
            "weights-transposed",
            _wrong_backward(dW=lambda delta, A: A.T @ delta),
            "The gradients of the weights are turned: inputs as rows. `W` has neurons as rows, and its gradient has to fit it.",
        ),
        Misconception(
            "squared-error-start",
            _wrong_backward(start=lambda P, Y: 2 * (P - Y) * P * (1 - P) / len(P)),
            "The output's delta is that of the squared error. With the cross-entropy the factor p(1 − p) has cancelled, and "
            "there is no 2.",
        ),
        Misconception(
            "sigmoid-slope-left",
            _wrong_backward(start=lambda P, Y: (P - Y) * P * (1 - P) / len(P)),
            "The output's delta has the sigmoid's slope in it once more. It has cancelled already; left in, a confident mistake "
            "is never put right.",
        ),
        Misconception(
            "uphill",
            _wrong_backward(start=lambda P, Y: (Y - P) / len(P)),
            "All gradients have the wrong sign, so training goes uphill. The output's delta is where it starts.",
        ),
        Misconception(
            "fed-with-z",
            _wrong_backward(feed=lambda A, Z, i: Z[i - 1] if i else A[0]),
            "Layers after the first are treated as if they were fed the weighted sums. What a layer gets are the activations of "
            "the layer before: silent neurons send 0.",
        ),
        Misconception(
            "reversed",
            _wrong_backward(after=lambda grads: grads[::-1]),
            "The gradients are right, but their order is from the last layer to the first. They have to stand beside "
            "their weights: first layer first.",
        ),
        Misconception(
            "only-last-layer",
            _wrong_backward(after=_only_last_layer),
            "Only the output layer has a gradient, all others get 0. Does your loop reach the first layer?",
        ),
        Misconception(
            "relu-for-slope",
            _wrong_backward(slope=lambda Z: np.maximum(Z, 0)),
            "Going back, it multiplies by ReLU itself where its slope belongs. The gradients grow or shrink with the "
            "activations, layer after layer.",
        ),
    ),
)


# -------------------------------------------------------------------------------------------------------- minibatches

MANY = 500
"""Calls with at least as many samples are large enough for statistics."""


def minibatches_cases(rng: np.random.Generator) -> list[Case]:
    """Numbers that divide and that don't, batches of one and of all, and enough samples to tell shuffles apart.

    A right answer is refused with a probability below 1e-9. For each of the two large calls: in a random order of n numbers each
    distance between neighbours comes about once (nearly Poisson, mean at most 1), so that one of the 2n distances comes more than 20 times
    with 2000 * 1e-20; the correlation of place and number has a standard deviation of 1/sqrt(n - 1) = 0.032, and 0.2 is 6.3 of them, 3e-10.
    30 numbers come twice in one order, or in their own, with 1/30! < 1e-30.
    """
    seed = int(rng.integers(2**32))
    first = Drawn(30, 8, np.random.default_rng(seed))
    return [
        Drawn(10, 4, fresh(rng)),
        Drawn(12, 4, fresh(rng), note="the batches come out even"),
        first,
        Drawn(30, 8, np.random.default_rng(seed), like=first, note="the same call with an equal generator"),
        Drawn(30, 8, fresh(rng), like=first, note="the same call with another generator"),
        Drawn(5, 5, fresh(rng), note="one batch of all"),
        Drawn(5, 20, fresh(rng), note="fewer samples than fit into a batch"),
        Drawn(6, 1, fresh(rng), note="one sample in each batch"),
        Drawn(1, 3, fresh(rng), note="a single sample"),
        Drawn(1003, 10, fresh(rng), note="many samples"),
        Drawn(1000, 50, fresh(rng), note="many samples"),
    ]


def _order(numbers: Any) -> tuple[bool, bool, int]:
    """Signs of too little shuffling: one distance comes again and again; small numbers come first; how often 'one more' is broken."""
    distances = np.diff(numbers)
    pattern = int(np.unique(distances, return_counts=True)[1].max()) > 20
    drift = abs(np.corrcoef(np.arange(len(numbers)), numbers)[0, 1]) > 0.2
    return pattern, bool(drift), int(np.digitize(np.sum(distances != 1), [1, 2, 150, 950]))


def _sizes(n: int, batch_size: int) -> list[int]:
    return [min(batch_size, n - start) for start in range(0, n, batch_size)]


def accepts_minibatches(result: Any, expected: Any, case: Case) -> str | None:
    """The right sizes, every sample once, in an order that only the generator explains."""
    n, batch_size, _ = case.args
    if not isinstance(result, list):
        return f"It is {describe(result)}, it should be a list of arrays."
    for i, batch in enumerate(result):
        if not isinstance(batch, np.ndarray):
            return f"Batch [{i}] is {describe(batch)}, it should be an array of sample numbers."
        if batch.ndim != 1 or batch.dtype.kind not in "iu":
            return f"Batch [{i}] has shape {batch.shape} and holds {batch.dtype}; it should be 1-D and hold whole numbers."
    sizes, wanted = [len(batch) for batch in result], _sizes(n, batch_size)
    if sizes != wanted:
        return f"The batches have the sizes {_few(sizes)}, they should have {_few(wanted)}."
    numbers = np.concatenate(result)
    if not np.array_equal(np.sort(numbers), np.arange(n)):
        never = np.setdiff1d(np.arange(n), numbers)
        if len(never):
            return f"Sample {never[0]} is in no batch ({len(never)} of {n} are not). Every sample should come once."
        return "The batches hold numbers that are no samples."
    if n >= 30 and np.array_equal(numbers, np.arange(n)):
        return "The samples come in their own order. They should be shuffled first."
    if n >= MANY:
        pattern, drift, _ = _order(numbers)
        if pattern:
            return "The order follows a pattern: one distance between neighbours comes again and again. Shuffle all samples."
        if drift:
            return "Small numbers come in early batches, large ones in late ones. Shuffle all samples before you cut."
    return case.compare(result) if isinstance(case, Drawn) else None


def _few(sizes: Sequence[int]) -> str:
    shown = ", ".join(map(str, sizes[:4]))
    return f"[{shown}, …, {sizes[-1]}] ({len(sizes)} of them)" if len(sizes) > 6 else str(list(sizes))


def minibatch_traits(result: Any, case: Case) -> Any:
    """What is typical of batches whatever was drawn."""
    n = case.args[0]
    traits: list[Any] = [type(result).__name__, [(type(batch).__name__, len(batch)) for batch in result]]
    if n >= MANY:
        numbers = np.concatenate([np.asarray(batch) for batch in result])
        values, counts = np.unique(numbers, return_counts=True)
        traits += [
            bool(values[0] == 0),
            bool(values[-1] == n),
            bool(np.any(counts > 1)),
            any(len(np.unique(batch)) < len(batch) for batch in result),
            _order(numbers),
        ]
    if isinstance(case, Drawn):
        traits.append(case.repeats(result))
        case.results.append(result)
    return traits


def _cut(order: Any, batch_size: int) -> list[Any]:
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def _blocks_shuffled(n: int, batch_size: int, rng: Any) -> Any:
    batches = _cut(np.arange(n), batch_size)
    full = rng.permutation(n // batch_size)
    return [batches[i] for i in full] + batches[n // batch_size :]


def _shuffled_inside(n: int, batch_size: int, rng: Any) -> Any:
    return [rng.permutation(batch) for batch in _cut(np.arange(n), batch_size)]


def _last_filled_up(n: int, batch_size: int, rng: Any) -> Any:
    order = rng.permutation(n)
    return _cut(np.resize(order, -(-n // batch_size) * batch_size), batch_size)


MINIBATCHES = Exercise(
    name="minibatches",
    points=2,
    explained="Mini-batches",
    reference=nnlib.minibatches,
    cases=minibatches_cases,
    accepts=accepts_minibatches,
    fingerprint=minibatch_traits,
    hints=(
        "Two steps: bring the numbers 0 to n − 1 into a random order, then cut that order into pieces.",
        "`rng.permutation(n)` gives the numbers in a random order, as an array. `order[4:8]` is a piece of it, and a slice that "
        "reaches beyond the end stops there by itself.",
        "Where do the pieces begin? `range` can count in steps of `batch_size`.",
    ),
    misconceptions=(
        Misconception(
            "no-shuffle",
            lambda n, batch_size, rng: _cut(np.arange(n), batch_size),
            "Nothing is shuffled. If the data are sorted by class, a batch holds one class only, and every step pulls to one side.",
        ),
        Misconception(
            "blocks-shuffled",
            _blocks_shuffled,
            "The batches come in a random order, but each holds neighbours in the data, the same in every epoch. Shuffle the "
            "samples first, then cut.",
        ),
        Misconception(
            "shuffled-inside",
            _shuffled_inside,
            "The samples are shuffled only inside their batch: it was cut first and shuffled after. A batch holds the same samples "
            "in every epoch.",
        ),
        Misconception(
            "drops-the-rest",
            lambda n, batch_size, rng: _cut(rng.permutation(n)[: n // batch_size * batch_size], batch_size),
            "The samples that don't fill a batch are left out. With 10 samples and batches of 4, two never count in that epoch. "
            "The last batch may be shorter.",
        ),
        Misconception(
            "last-filled-up",
            _last_filled_up,
            "The last batch is filled up with samples that came already. Every sample should come once in an epoch; the last batch "
            "may be shorter.",
        ),
        Misconception(
            "with-replacement",
            lambda n, batch_size, rng: [rng.integers(n, size=size) for size in _sizes(n, batch_size)],
            "Each number is drawn anew, so some samples come twice and about a third never. In an epoch every sample has its turn.",
        ),
        Misconception(
            "batches-drawn-apart",
            lambda n, batch_size, rng: [rng.permutation(n)[:size] for size in _sizes(n, batch_size)],
            "Each batch is drawn from all samples by itself, so a sample can be in two batches and another in none. Shuffle "
            "once, then cut.",
        ),
        Misconception(
            "even-sizes",
            lambda n, batch_size, rng: np.array_split(rng.permutation(n), -(-n // batch_size)),
            "The samples are spread evenly over the batches, so none has the size that was asked for. All but the last should "
            "have exactly `batch_size`.",
        ),
        Misconception(
            "number-of-batches",
            lambda n, batch_size, rng: np.array_split(rng.permutation(n), batch_size),
            "`batch_size` is taken for the number of batches. It is the number of samples in each.",
        ),
        Misconception(
            "empty-batch",
            lambda n, batch_size, rng: [
                order[i * batch_size : (i + 1) * batch_size]
                for order in [rng.permutation(n)]
                for i in range(n // batch_size + 1)
            ],
            "Where the batches come out even there is an empty one at the end. The mean over no samples is not a number, and "
            "one step with it spoils all weights.",
        ),
        Misconception(
            "lists",
            lambda n, batch_size, rng: [batch.tolist() for batch in _cut(rng.permutation(n), batch_size)],
            "The batches are lists. The exercise asks for arrays of numbers, as `rng.permutation` gives them.",
        ),
        Misconception(
            "from-one",
            lambda n, batch_size, rng: _cut(rng.permutation(n) + 1, batch_size),
            "The samples are counted from 1. Python counts from 0: the first would never be used, and the last doesn't exist.",
        ),
        Misconception(
            "own-generator",
            lambda n, batch_size, rng: _cut(np.random.default_rng(0).permutation(n), batch_size),
            "The generator that is handed in is never asked, so every epoch has the same batches. A fresh shuffle is asked for.",
        ),
        Misconception(
            "global-chance",
            lambda n, batch_size, rng: _cut(np.random.permutation(n), batch_size),  # noqa: NPY002
            "The shuffle comes from `np.random`, not from `rng`. A run could then not be repeated.",
        ),
    ),
)


# -------------------------------------------------------------------------------------------------------------- train


def moons(n: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[Any, Any]:
    """Two half circles, one in the hollow of the other, standardised: the data of units 03 and 07."""
    y = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, size=n)
    X = np.column_stack([y + (1 - 2 * y) * np.cos(angle), 0.5 * y + (1 - 2 * y) * np.sin(angle)])
    X += rng.normal(0, noise, size=(n, 2))
    return (X - X.mean(axis=0)) / X.std(axis=0), y


class Training(Drawn):
    """A call of `train` whose generator is equal to that of an earlier call, `start`, which had the learning rate 0.

    At rate 0 nothing moves, so that call gives the learner's own initial parameters, in whatever order they were drawn. From there
    the reference shows where this call should lead.
    """

    def __init__(
        self, *args: Any, start: Training | None = None, like: Drawn | None = None, note: str = ""
    ) -> None:
        super().__init__(*args, like=like, note=note)
        self.start = start
        self.expected = ()  # the reference's own draws say nothing about other orders of drawing: spare it the run
        self.parameters: Any = None
        """Weights and biases that this call last gave."""

    @property
    def is_long(self) -> bool:
        """Whether the call is judged by the accuracy that it reaches."""
        return self.args[4] >= 1000


def train_cases(rng: np.random.Generator) -> list[Case]:
    """Where training starts (learning rate 0), short walks from there, and one long run on the moons.

    A right answer is refused with a probability below 2e-7: one layer of 2,500 weights has the three tests of `init_parameters`.
    """

    def blobs(n: int, d: int) -> tuple[Any, Any]:
        y = rng.integers(0, 2, size=n)
        y[:2] = 0, 1
        return rng.normal(size=(n, d)) + y[:, np.newaxis], y

    cases: list[Case] = []
    for sizes, rate, epochs, n in (
        ([2, 3, 1], 0.5, 3, 6),
        ([3, 1], 1.0, 6, 7),
        ([2, 4, 3, 1], 2.0, 5, 5),
        ([1, 1], 0.25, 1, 4),
    ):
        X, y = blobs(n, sizes[0])
        seed = int(rng.integers(2**32))
        start = Training(
            X, y, sizes, 0.0, 2, np.random.default_rng(seed), note="learning rate 0: where it starts"
        )
        cases += [start, Training(X, y, sizes, rate, epochs, np.random.default_rng(seed), start=start)]
        if len(cases) == 2:
            cases.append(
                Training(
                    X,
                    y,
                    sizes,
                    0.0,
                    2,
                    fresh(rng),
                    like=start,
                    note="learning rate 0, another generator",
                )
            )
    X, y = blobs(5, 50)
    cases.append(Training(X, y, [50, 50, 1], 0.0, 1, fresh(rng), note="learning rate 0: where it starts"))
    X, y = moons(200, rng)
    seed = int(rng.integers(2**32))
    start = Training(
        X, y, [2, 16, 1], 0.0, 1, np.random.default_rng(seed), note="learning rate 0: where it starts"
    )
    long = Training(
        X, y, [2, 16, 1], 1.0, 1000, np.random.default_rng(seed), start=start, note="1000 epochs on the moons"
    )
    return [*cases, start, long]


def _activations(weights: Sequence[Any]) -> list[Any]:
    return [nnlib.relu] * (len(weights) - 1) + [nnlib.sigmoid]


def _output(X: Any, weights: Any, biases: Any) -> Any:
    return nnlib.forward(X, weights, biases, _activations(weights))[-1].ravel()


def _walk(X: Any, y: Any, weights: Any, biases: Any, rate: float, epochs: int) -> tuple[Any, Any, Any]:
    """Full-batch gradient descent from given parameters."""
    losses = []
    for _ in range(epochs):
        losses.append(nnlib.binary_cross_entropy(_output(X, weights, biases), y))
        grads = nnlib.backward(X, y, weights, biases)
        moved = nnlib.gradient_descent_step([*weights, *biases], [*grads[0], *grads[1]], rate)
        weights, biases = moved[: len(weights)], moved[len(weights) :]
    return weights, biases, losses


def _accuracy(X: Any, y: Any, weights: Any, biases: Any) -> float:
    return float(np.mean((_output(X, weights, biases) > 0.5) == y))


@np.errstate(all="ignore")  # a wrong answer may have blown up
def accepts_train(result: Any, expected: Any, case: Case) -> str | None:
    """Starts as init_parameters does, then walks as the reference does from that start."""
    assert isinstance(case, Training)
    X, y, sizes, rate, epochs, _ = case.args
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        return f"It is {describe(result)}, it should be three things: weights, biases, losses."
    weights, biases, losses = result
    if not isinstance(losses, (list, tuple, np.ndarray)):
        return f"The losses are {describe(losses)}, they should be a list of {epochs} numbers."
    if len(losses) != epochs:
        return f"There are {len(losses)} losses, there should be {epochs}: one for each epoch."
    if np.shape(losses) != (epochs,):
        return f"The losses have the shape {np.shape(losses)}; each should be one number."
    if rate == 0:
        return _before_training_wrong(weights, biases, losses, case)
    if case.start is None or case.start.parameters is None:
        return "The same call with a learning rate of 0 gave nothing to start from."
    start_weights, start_biases = case.start.parameters
    if case.is_long:
        wrong = _arrays_wrong(weights, biases, sizes)
        if wrong:
            return wrong
        reached = _accuracy(X, y, weights, biases)
        # Some starts get stuck. That is no fault of the learner's where the course's own training gets no further from there,
        # give or take a few points, as rounding errors grow over so many epochs.
        if reached >= 0.95:
            return None
        stuck = _accuracy(X, y, *_walk(X, y, start_weights, start_biases, rate, epochs)[:2]) - 0.02
        if reached >= stuck:
            return None
        return f"After {epochs} epochs {reached:.0%} of the training samples are right. It should be 95 % or more."
    want_weights, want_biases, want_losses = _walk(X, y, start_weights, start_biases, rate, epochs)
    first = difference(float(losses[0]), want_losses[0])
    if first:
        return (
            f"losses[0] is {number(float(losses[0]))}. It should be the loss before the first update, {number(want_losses[0])}, as "
            "it is at a learning rate of 0."
        )
    wrong = difference(np.asarray(losses, dtype=float), np.array(want_losses))
    if wrong:
        return f"The losses differ from those of gradient descent from your own start. {wrong}"
    for name, got, wanted in (("weights", weights, want_weights), ("biases", biases, want_biases)):
        wrong = difference(got, wanted)
        if wrong:
            return f"The {name} after {epochs} epochs differ from those of gradient descent from your own start. {wrong}"
    return None


def _before_training_wrong(weights: Any, biases: Any, losses: Any, case: Training) -> str | None:
    """Whether what came of a learning rate of 0 can't be what init_parameters gave, with its loss."""
    X, y, sizes, _, epochs, _ = case.args
    wrong = _start_wrong(weights, biases, sizes, 0.1)
    if wrong:
        return f"At a learning rate of 0 the parameters should stay as `init_parameters(layer_sizes, rng)` gives them. {wrong}"
    case.parameters = weights, biases
    loss = nnlib.binary_cross_entropy(_output(X, weights, biases), y)
    if difference(np.asarray(losses, dtype=float), np.full(epochs, loss)):
        return (
            f"At a learning rate of 0 every loss should be {number(loss)}, the mean binary cross-entropy of the initial parameters; "
            f"losses[0] is {number(float(losses[0]))}."
        )
    return case.compare(list(weights))


def train_traits(result: Any, case: Case) -> Any:
    """The result; of a long run only how it sets out, as rounding errors grow with the epochs."""
    weights, biases, losses = result
    first = [float(loss) for loss in losses[:3]]
    if isinstance(case, Training) and case.is_long:
        return len(losses), first
    return list(weights), list(biases), [float(loss) for loss in losses]


def _briefly(code: Function) -> Function:
    """A version of training that stops early and repeats its last loss: what is wrong with it has shown by then."""

    def train(X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any) -> Any:
        weights, biases, losses = code(X, y, layer_sizes, learning_rate, min(epochs, 10), rng)
        return weights, biases, losses + losses[-1:] * max(0, epochs - 10)

    return train


def _wrong_train(
    start: Function = nnlib.init_parameters,
    loss: Function = nnlib.binary_cross_entropy,
    gradient: Function = nnlib.backward,
    rate_factor: Function = lambda X: 1.0,
    after: Function = lambda old, new: new,
) -> Function:
    """A version of training in which one of its parts can be replaced."""

    def train(X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any) -> Any:
        weights, biases = start(layer_sizes, rng)
        losses = []
        for _ in range(epochs):
            losses.append(loss(_output(X, weights, biases), y))
            weight_grads, bias_grads = gradient(X, y, weights, biases)
            moved = nnlib.gradient_descent_step(
                [*weights, *biases],
                [*weight_grads, *bias_grads],
                learning_rate * rate_factor(X),
            )
            old, new = (weights, biases), (moved[: len(weights)], moved[len(weights) :])
            weights, biases = after(old, new)
        return weights, biases, losses

    return _briefly(train)


@_briefly
def _loss_after_update(X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any) -> Any:
    weights, biases = nnlib.init_parameters(layer_sizes, rng)
    weights, biases, losses = _walk(X, y, weights, biases, learning_rate, epochs)
    return weights, biases, [*losses[1:], nnlib.binary_cross_entropy(_output(X, weights, biases), y)]


@_briefly
def _last_and_all_losses(
    X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any
) -> Any:
    weights, biases, losses = nnlib.train(X, y, layer_sizes, learning_rate, epochs, rng)
    return weights, biases, [*losses, nnlib.binary_cross_entropy(_output(X, weights, biases), y)]


@_briefly
def _starts_again(X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any) -> Any:
    losses = []
    for _ in range(epochs):
        weights, biases, loss = nnlib.train(X, y, layer_sizes, learning_rate, 1, rng)
        losses += loss
    return weights, biases, losses


@_briefly
def _sample_by_sample(X: Any, y: Any, layer_sizes: Any, learning_rate: float, epochs: int, rng: Any) -> Any:
    weights, biases = nnlib.init_parameters(layer_sizes, rng)
    losses = []
    for _ in range(epochs):
        losses.append(nnlib.binary_cross_entropy(_output(X, weights, biases), y))
        for i in range(len(X)):
            weights, biases, _ = _walk(X[i : i + 1], y[i : i + 1], weights, biases, learning_rate, 1)
    return weights, biases, losses


def _table_loss(p: Any, y: Any) -> float:
    """What comes of outputs that are still a column."""
    p = np.clip(p[:, np.newaxis], 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


TRAIN = Exercise(
    name="train",
    points=4,
    explained="Training",
    reference=nnlib.train,
    cases=train_cases,
    builds_on=(
        "binary_cross_entropy",
        "gradient_descent_step",
        "init_parameters",
        "output_delta",
        "hidden_delta",
        "backward",
    ),
    accepts=accepts_train,
    fingerprint=train_traits,
    hints=(
        "You have every piece: a start, a forward pass, a cost, gradients, a step. Which of them come once, and which in every epoch?",
        "In an epoch: the outputs of the network, their loss into the list, the gradients, one step for all parameters. The "
        "last of `forward`'s list is (n, 1); the cost wants (n,).",
        "`gradient_descent_step` takes one flat list: `weights + biases` puts two lists behind each other. What comes "
        "back has to be cut in two again at `len(weights)`.",
    ),
    misconceptions=(
        Misconception(
            "loss-after-update",
            _loss_after_update,
            "Each loss is taken after its update. The first one, from which all the rest fell, is missing. Where in the loop "
            "is the loss computed?",
        ),
        Misconception(
            "one-loss-too-many",
            _last_and_all_losses,
            "There is one loss more than there are epochs. Each belongs to an epoch and is taken before its update; the one "
            "after the last update is not asked for.",
        ),
        Misconception(
            "uphill",
            _wrong_train(rate_factor=lambda X: -1.0),
            "The losses rise: the steps go uphill. Is the gradient added somewhere, or a sign turned twice?",
        ),
        Misconception(
            "starts-again",
            _starts_again,
            "Every epoch starts from new parameters, so nothing that was learnt is kept. What has to stand before the loop, and "
            "what inside?",
        ),
        Misconception(
            "never-updates",
            _wrong_train(after=lambda old, new: old),
            "The losses never change: the step is computed and not kept. Which names hold the parameters in the next epoch?",
        ),
        Misconception(
            "biases-stay",
            _wrong_train(after=lambda old, new: (new[0], old[1])),
            "The weights learn, the biases stay at 0. Every neuron's line is then nailed to the origin. Do the biases go into the "
            "step, and come back out of it?",
        ),
        Misconception(
            "weights-stay",
            _wrong_train(after=lambda old, new: (old[0], new[1])),
            "The biases learn, the weights stay as they were drawn. Do the weights come back out of the step?",
        ),
        Misconception(
            "only-output-layer",
            _wrong_train(after=lambda old, new: (old[0][:-1] + new[0][-1:], old[1][:-1] + new[1][-1:])),
            "Only the output layer learns; the hidden ones stay as they were drawn. All layers go into the step.",
        ),
        Misconception(
            "rate-over-n",
            _wrong_train(rate_factor=lambda X: 1 / len(X)),
            "The steps are n times too short: the gradient is divided by n once more. It is a mean already.",
        ),
        Misconception(
            "zero-start",
            _wrong_train(
                start=lambda sizes, rng: tuple(
                    [0 * a for a in part] for part in nnlib.init_parameters(sizes, rng)
                )
            ),
            "Training starts from weights of 0. No gradient gets through a hidden layer of zeros, so only the last bias moves. "
            "Small random weights are needed.",
        ),
        Misconception(
            "own-generator",
            _wrong_train(start=lambda sizes, rng: nnlib.init_parameters(sizes, np.random.default_rng(0))),
            "The generator that is handed in is never asked, so every run starts from the same weights. Twenty runs would "
            "show one.",
        ),
        Misconception(
            "squared-error-losses",
            _wrong_train(loss=nnlib.mse),
            "The losses are mean squared errors, while the gradients belong to the cross-entropy. The curve would show "
            "something else than what goes down.",
        ),
        Misconception(
            "summed-losses",
            _wrong_train(loss=lambda p, y: nnlib.binary_cross_entropy(p, y) * len(y)),
            "The losses are sums over the samples. The cost is the mean.",
        ),
        Misconception(
            "table-losses",
            _wrong_train(loss=_table_loss),
            "The outputs (n, 1) are compared with the labels (n,) as they are. NumPy makes a table of all pairs out of it, and the "
            "mean over that says nothing. Flatten the outputs first.",
        ),
        Misconception(
            "sample-by-sample",
            _sample_by_sample,
            "There is a step after every sample. That is training too, with batches of one, but here the whole set gives one "
            "gradient and one step an epoch.",
        ),
    ),
)

UNIT = Unit(
    key="05-training",
    title="Training",
    exercises=(
        MSE,
        MSE_GRADIENT,
        GRADIENT_DESCENT_STEP,
        BINARY_CROSS_ENTROPY,
        OUTPUT_DELTA,
        HIDDEN_DELTA,
        BACKWARD,
        NUMERICAL_GRADIENT,
        INIT_PARAMETERS,
        TRAIN,
        MINIBATCHES,
    ),
    written=("equal_weights",),
    provides=(
        "plots",
        "live",
        "neuron.weighted_sum",
        "activations.step",
        "activations.linear",
        "activations.sigmoid",
        "activations.relu",
        "activations.sigmoid_derivative",
        "activations.relu_derivative",
        "activations.neuron",
        "activations.linear_regression",
        "activations.logistic_regression",
        "mlp.hidden_activations",
        "mlp.two_layer_forward",
        "mlp.count_parameters",
        "mlp.dropout",
        "matrix.layer_shapes",
        "matrix.layer_forward",
        "matrix.forward",
    ),
)
