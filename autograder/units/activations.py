"""Unit 02: what the activation decides."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

import nnlib
from autograder.exercise import Case, Exercise, Misconception, Unit


def elementwise_cases(rng: np.random.Generator) -> list[Case]:
    """Single numbers and arrays of several shapes; exact zeros, and otherwise nothing near 0."""
    cases = [
        Case(np.array([-2.0, 0.5, 3.0])),
        Case(1.5, note="a single number"),
        Case(-0.75, note="a single number"),
        Case(0.0, note="a single number"),
        Case(np.float64(2.5), note="a NumPy number"),
        Case(np.array([-1.0, 0.0, 1.0]), note="with a 0 among them"),
        Case(np.array([2.0]), note="one entry"),
        Case(np.array([-0.25]), note="one entry"),
        Case(np.array([-1e4, 1e4]), note="large numbers"),
    ]
    cases += [
        Case(_away_from_zero(rng, shape)) for shape in ((5,), (1, 4), (3, 1), (2, 3), (3, 3), (2, 2, 3))
    ]
    cases.append(Case(_away_from_zero(rng, (4,)).astype(np.float32), note="float32"))
    return cases


def _away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.1, 4.0, size=shape)


def whole_as_float(result: Any, case: Case) -> Any:
    """A Python int as a float: whoever writes `if` for one number writes 1 as often as 1.0, and makes the same mistake.

    >>> whole_as_float(1, Case()), whole_as_float(np.array([1, 0]), Case())
    (1.0, array([1, 0]))
    """
    return float(result) if type(result) is int else result


def _only_numbers(z: Any) -> Any:
    return 1.0 if z > 0 else 0.0


STEP = Exercise(
    name="step",
    points=1,
    explained="By hand first",
    reference=nnlib.step,
    cases=elementwise_cases,
    fingerprint=whole_as_float,
    hints=(
        "`z > 0` asks the question for every entry of an array at once, and for a single number as well. What does it "
        "give, and what should come out instead?",
        "True counts as 1 and False as 0 as soon as you calculate with them.",
        "The results are floats. What happens if you multiply the answer of `z > 0` by a float?",
    ),
    misconceptions=(
        Misconception(
            "fires-at-zero",
            lambda z: 1.0 * (z >= 0),
            "It gives 1 where z is exactly 0. That is a convention, and this course's is 0 there, as in the perceptron. "
            "Otherwise a point on the line would be class 1 in one unit and class 0 in another. Look at your comparison.",
        ),
        Misconception(
            "half-at-zero",
            lambda z: np.heaviside(z, 0.5),
            "At z = 0 it gives one half. A decision has no half: the next neuron would get a number that means neither "
            "class. This course's convention for z = 0 stands in the docstring.",
        ),
        Misconception(
            "bools",
            lambda z: z > 0,
            "It gives True and False. The next layer multiplies activations by weights, so the exercise asks for the "
            "numbers 1.0 and 0.0. Look at what your comparison gives, and do one thing more with it.",
        ),
        Misconception(
            "whole-numbers",
            lambda z: 1 * (z > 0),
            "The decisions are right, but they come as integers. All four activation functions give floats, so that they can "
            "take each other's place in a network. Look at the type of the 1.",
        ),
        Misconception(
            "where-gives-arrays",
            lambda z: np.where(z > 0, 1.0, 0.0),
            "Right for arrays. For a single number `np.where` still gives an array, one without axes, and a neuron's "
            "activation would be no number. The section above these exercises shows it, and a way out.",
        ),
        Misconception(
            "where-whole-numbers",
            lambda z: np.where(z > 0, 1, 0),
            "Two things: the 1 and the 0 are integers where floats are asked for, and `np.where` makes an array without axes "
            "of a single number. The section above these exercises shows the second.",
        ),
        Misconception(
            "astype-needs-an-array",
            lambda z: (z > 0).astype(float),
            "Right for arrays. For a plain Python number `z > 0` is a plain True or False, which has no `astype`, and a "
            "single neuron hands over a plain number. Is there an operation that both know?",
        ),
        Misconception(
            "if-needs-one-number",
            _only_numbers,
            "`if` asks one question and needs one yes or no. An array holds many, so a layer could not use this function. "
            "Compare the whole array at once instead.",
        ),
        Misconception(
            "sign",
            np.sign,
            "Negative sums give −1. This step says 1 or 0: a neuron that is silent adds nothing to the next layer's sum, "
            "yours would push it down.",
        ),
        Misconception(
            "inverted",
            lambda z: 1.0 * (z < 0),
            "It fires where z is negative. Then a positive weight would speak against firing. Look at the direction of your "
            "comparison.",
        ),
        Misconception(
            "keeps-the-size",
            lambda z: z * (z > 0),
            "Positive sums pass through as they are. That is another function of this unit, ReLU. The step forgets how "
            "large z is: all positive sums give the same.",
        ),
        Misconception(
            "grades",
            nnlib.sigmoid,
            "It gives numbers between 0 and 1. That is the sigmoid, the third function of this unit. The step knows two "
            "values and nothing between.",
        ),
    ),
)

LINEAR = Exercise(
    name="linear",
    points=1,
    explained="By hand first",
    reference=nnlib.linear,
    cases=elementwise_cases,
    hints=(
        "Look at its curve in the figure, and read the value at −2, at 0 and at 3.",
        "There is nothing to calculate.",
    ),
    misconceptions=(
        Misconception(
            "cuts-negatives",
            nnlib.relu,
            "Negative sums become 0. That is ReLU. A neuron that predicts a temperature or a loss of money has to be able to "
            "say a negative number.",
        ),
        Misconception(
            "drops-the-sign",
            np.abs,
            "The sign is lost: −2 and 2 give the same, and the neuron can't tell a loss from a profit. Compare with the "
            "curve in the figure on its left half.",
        ),
        Misconception(
            "constant-one",
            lambda z: z * 0.0 + 1.0,
            "It gives 1 everywhere. That is the slope of this function, not its value; a neuron with it would say the same to "
            "every sample. Read the curve's height, not how steep it is.",
        ),
        Misconception(
            "squeezes",
            lambda z: np.clip(z, 0.0, 1.0),
            "Everything below 0 becomes 0 and everything above 1 becomes 1. A price of 350 could never come out. This function "
            "has no bounds.",
        ),
        Misconception(
            "squeezes-both-sides",
            lambda z: np.clip(z, -1.0, 1.0),
            "Everything beyond −1 and 1 is cut off, so that a neuron can't tell 2 from 200. This function has no bounds.",
        ),
        Misconception(
            "rounds",
            np.round,
            "It rounds to whole numbers. A small change of a weight then changes nothing, and a network learns by small "
            "changes. Leave the digits as they are.",
        ),
        Misconception(
            "zero-dim",
            lambda z: np.array(z),
            "Right for arrays. For a single number it gives an array without axes, and a neuron's activation would be no number. "
            "What do you gain from the conversion?",
        ),
        Misconception(
            "turns-the-sign",
            lambda z: -z,
            "The sign is turned round, and every weight would do the opposite of what it says. Read the curve at z = 3.",
        ),
        Misconception(
            "adds-up",
            np.sum,
            "It adds up all entries. An activation works on each entry by itself: every neuron of a layer has its own z and its "
            "own a. The shape that goes in comes out.",
        ),
        Misconception(
            "divides-by-largest",
            lambda z: z / np.max(np.abs(z)) if np.any(z) else z * 1.0,
            "It divides by the largest entry. Then the activation of one neuron depends on its neighbours, and the unit of the "
            "prediction is lost. Each entry stands for itself.",
        ),
        Misconception(
            "flattens",
            lambda z: np.ravel(z),
            "The numbers are right but the shape is not: they come in one long row. The next layer would not know which "
            "sample a number belongs to.",
        ),
    ),
)


def _along_the_curve(rng: np.random.Generator, flat: list[float]) -> list[Case]:
    """Single numbers and arrays of several shapes where a sigmoid bends; one array goes out to where it is `flat`."""
    cases = [
        Case(np.array([-2.0, 0.0, 2.0])),
        Case(0.0, note="a single number, in the middle of the curve"),
        Case(1.5, note="a single number"),
        Case(-3.0, note="a single number"),
        Case(np.float64(2.5), note="a NumPy number"),
        Case(np.array([0.7]), note="one entry"),
        Case(np.array(flat), note="where the curve is nearly flat"),
    ]
    shapes = ((5,), (1, 4), (3, 1), (2, 3), (3, 3), (2, 2, 3))
    return [*cases, *(Case(rng.normal(scale=2.0, size=shape)) for shape in shapes)]


def sigmoid_cases(rng: np.random.Generator) -> list[Case]:
    """Moderate numbers first, then far out on either side."""
    cases = _along_the_curve(rng, [-8.0, 8.0, 12.0])
    cases += [
        Case(rng.normal(size=4).astype(np.float32), note="float32"),
        Case(np.array([30.0, 1e4]), note="far to the right"),
        Case(np.array([-1e4, -30.0]), note="far to the left"),
        Case(1e4, note="a single number far to the right"),
        Case(-1e4, note="a single number far to the left"),
        Case(np.array([[-1e4, -800.0, -1.0], [1.0, 800.0, 1e4]]), note="far to both sides"),
    ]
    return cases


def _where_computes_both(z: Any) -> Any:
    right, left = 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))
    return np.where(z >= 0, right, left)


def comparable(result: Any, case: Case) -> Any:
    """The result as mistakes are told apart by it: −1 for nan, which equals nothing, and a number for an array without axes.

    Whoever lets both forms overflow makes that mistake with and without `[()]` behind `np.where`.

    >>> comparable(np.array([0.5, np.nan]), Case())
    array([ 0.5, -1. ])
    """
    return np.where(np.isnan(result), -1.0, result)[()]


def _sigmoid_of_one_number(z: Any) -> Any:
    return 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))


SIGMOID = Exercise(
    name="sigmoid",
    points=3,
    explained="A classic mistake: the sigmoid as it stands in the book",
    reference=nnlib.sigmoid,
    cases=sigmoid_cases,
    fingerprint=comparable,
    hints=(
        "Start with the formula as it stands and run the check. It will tell you for which z a warning comes. Which number "
        "does `np.exp` get there?",
        "`np.exp` of a negative number never overflows: it comes closer and closer to 0. So arrange that `np.exp` gets no "
        "large positive number, on either side. You have two forms of the same function.",
        "One way: compute `e = np.exp(-np.abs(z))` once. Both forms can be written with `e`, one for z ≥ 0 and one for z < 0; "
        "`np.where` chooses. Another way: beyond |z| = 100 the sigmoid no longer changes in the first 40 digits, so what "
        "could you do to z before the formula?",
    ),
    misconceptions=(
        Misconception(
            "overflows-left",
            lambda z: 1 / (1 + np.exp(-z)),
            "The values are right, but for strongly negative z the exponential overflows with a warning. In a large network "
            "such warnings hide those that matter. Look at what `np.exp` gets when z is −10,000.",
        ),
        Misconception(
            "overflows-right",
            lambda z: np.exp(z) / (1 + np.exp(z)),
            "For large positive z this is infinity divided by infinity, which gives nan, and one nan makes every neuron after it "
            "nan. Look at what `np.exp` gets when z is 10,000.",
        ),
        Misconception(
            "where-computes-both",
            _where_computes_both,
            "The values are right, but `np.where` does not skip anything: both forms are computed for every z, and each "
            "overflows on the side where it isn't used. Keep large numbers away from `np.exp` itself. (And a single number comes "
            "back as an array without axes, unless you take it out.)",
        ),
        Misconception(
            "falls",
            lambda z: 1 / (1 + np.exp(np.clip(z, -500, 500))),
            "It falls from 1 to 0 where it should rise from 0 to 1. The more speaks for a class, the less probable the neuron "
            "would call it. Look at the sign in the exponent.",
        ),
        Misconception(
            "missing-brackets",
            lambda z: 1 / 1 + np.exp(-z),
            "Python divides before it adds, so this is 1 plus the exponential, and no probability comes out. Which part of the "
            "formula stands below the line?",
        ),
        Misconception(
            "math-exp",
            lambda z: 1 / (1 + math.exp(-z)),
            "`math.exp` takes one number only, so a layer could not use this function, and it raises an error where the "
            "number gets too large. NumPy has an `exp` of its own.",
        ),
        Misconception(
            "tanh",
            np.tanh,
            "This is tanh, a relative that runs from −1 to 1. A negative activation is no probability. What should come out at "
            "z = 0?",
        ),
        Misconception(
            "slope",
            nnlib.sigmoid_derivative,
            "This is the slope of the sigmoid, which comes later in this unit. It is smallest where the neuron is surest. "
            "Read the height of the curve in the figure.",
        ),
        Misconception(
            "if-needs-one-number",
            _sigmoid_of_one_number,
            "The right idea: each form on its own side. But `if` needs one yes or no, and an array holds many, so a layer could not "
            "use this function. What works entry by entry?",
        ),
        Misconception(
            "rounds",
            nnlib.step,
            "It gives 0 or 1 only, so a coin toss and a certainty look the same. The sigmoid says how sure the neuron is: keep "
            "what lies between.",
        ),
        Misconception(
            "shares-out",
            lambda z: np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z))),
            "The entries share a total of 1. That is softmax, for many classes, and comes in unit 06. Here each entry stands for "
            "a neuron of its own and must not depend on its neighbours.",
        ),
        Misconception(
            "zero-dim",
            lambda z: np.array(nnlib.sigmoid(z)),
            "Right for arrays. For a single number it gives an array without axes, and a neuron's activation would be no number. "
            "The section above these exercises shows a way to take the number out.",
        ),
    ),
)


def _relu_in_place(z: Any) -> Any:
    z[z < 0] = 0.0
    return z


RELU = Exercise(
    name="relu",
    points=1,
    explained="By hand first",
    reference=nnlib.relu,
    cases=elementwise_cases,
    fingerprint=whole_as_float,
    hints=(
        "For every entry, the larger of two numbers. Which two?",
        "The section before exercise 1 holds a function that does nearly this to a whole array: it takes the smaller of "
        "two numbers, entry by entry. It has a sister.",
    ),
    misconceptions=(
        Misconception(
            "in-place",
            _relu_in_place,
            "It writes the zeros into the array that it was given. The caller still needs those z: the slopes of unit 05 are "
            "computed from them. Make a new array. And a single number has no entries to write to.",
        ),
        Misconception(
            "max-needs-one-number",
            lambda z: max(0.0, z),
            "Python's `max`, or `if`, asks one question and needs one yes or no. An array holds many, so a layer could not use "
            "this function. NumPy compares entry by entry.",
        ),
        Misconception(
            "where-gives-arrays",
            lambda z: np.where(z > 0, z, 0.0),
            "Right for arrays. For a single number `np.where` still gives an array, one without axes, and a neuron's activation "
            "would be no number. The section above these exercises shows it, and a way out.",
        ),
        Misconception(
            "largest-entry",
            lambda z: np.max(z),
            "`np.max` gives the one largest entry of all. A layer of many neurons would end as a single number. You need the "
            "larger of two at every place.",
        ),
        Misconception(
            "one-for-positive",
            nnlib.step,
            "Positive sums all become 1. That is the step, and also the slope of ReLU, but not its value. How strongly a neuron "
            "fires would be lost. Read the curve at z = 3.",
        ),
        Misconception(
            "drops-the-sign",
            np.abs,
            "Negative sums come out positive, so a neuron would fire for what speaks against it as well. Read the curve on its "
            "left half.",
        ),
        Misconception(
            "negatives-only",
            lambda z: np.minimum(z, 0.0),
            "It keeps what is negative and cuts what is positive: the wrong half. Of the two numbers you want the other one.",
        ),
        Misconception(
            "leaks",
            lambda z: np.where(z > 0, z, 0.01 * z)[()],
            "A little of the negative sums comes through. That is leaky ReLU, a relative that keeps a small slope there. The "
            "one asked for is exactly 0 below 0.",
        ),
        Misconception(
            "stops-at-one",
            lambda z: np.clip(z, 0.0, 1.0),
            "It stays at 1 from z = 1 on, so it saturates as the sigmoid does, and large sums look alike. ReLU has no upper bound.",
        ),
        Misconception(
            "rounded-corner",
            lambda z: np.logaddexp(0.0, z),
            "This is softplus, a smooth relative: at z = 0 it gives about 0.69. ReLU has a sharp corner there and is exactly 0 "
            "from there down.",
        ),
        Misconception(
            "passes-all",
            lambda z: z * 1.0,
            "Negative sums pass through. Then it is the linear activation, and layers of such neurons collapse into one, as this "
            "unit shows. What should become of negative z?",
        ),
    ),
)

NEURON_ACTIVATIONS: tuple[Callable[..., Any], ...] = (
    nnlib.step,
    nnlib.linear,
    nnlib.sigmoid,
    nnlib.relu,
    np.tanh,
)


def neuron_cases(rng: np.random.Generator) -> list[Case]:
    """Every activation on samples of several lengths, with sums on both sides of 0."""
    cases = [
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), 1.5, nnlib.linear, note="where z is 1.5"),
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), 1.5, nnlib.sigmoid, note="where z is 1.5"),
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), -1.5, nnlib.relu, note="where z is −1.5"),
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), -1.5, nnlib.linear, note="where z is −1.5"),
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), 1.5, nnlib.step, note="where z is 1.5"),
        Case(np.array([4.0]), np.array([-0.5]), 3.0, nnlib.sigmoid, note="one input"),
        Case(np.zeros(3), np.array([1.0, -2.0, 0.5]), 0.75, np.tanh, note="all inputs zero"),
        Case(np.array([1.0, 1.0]), np.array([1.0, 1.0]), -2.0, nnlib.step, note="where z is exactly 0"),
    ]
    for d in (1, 2, 3, 8):
        cases += [_neuron_case(rng, d, g) for g in NEURON_ACTIVATIONS]
    x, w, b, _ = cases[-1].args
    cases.append(Case(x.astype(np.float32), w.astype(np.float32), b, nnlib.sigmoid, note="float32"))
    return cases


def _neuron_case(rng: np.random.Generator, d: int, g: Callable[..., Any]) -> Case:
    """A sample whose weighted sum is clear of 0, where the step jumps, and of the flat ends of the curves."""
    while True:
        x, w, b = rng.normal(size=d), rng.normal(size=d), float(rng.normal())
        if 0.2 < abs(w @ x + b) < 4:
            return Case(x, w, b, g)


NEURON = Exercise(
    name="neuron",
    points=2,
    explained="One neuron, any activation",
    reference=nnlib.neuron,
    cases=neuron_cases,
    hints=(
        "Two steps, as in unit 01: first the weighted sum, then the activation. Only the second one is new here.",
        "`g` is a function like any other. Call it with the weighted sum, under the name `g`, whichever it is.",
    ),
    misconceptions=(
        Misconception(
            "forgets-g",
            lambda x, w, b, g: float(w @ x + b),
            "`g` is never called, so this neuron is linear whatever it is given. It returns z; the activation still has to be "
            "taken.",
        ),
        Misconception(
            "forgets-bias",
            lambda x, w, b, g: float(g(w @ x)),
            "`b` is never used. Then z is 0 whenever all inputs are 0, and the neuron can't move its boundary away from the "
            "origin. What belongs to the weighted sum?",
        ),
        Misconception(
            "bias-outside",
            lambda x, w, b, g: float(g(w @ x) + b),
            "The bias is added after the activation. It then shifts the answer, so that a probability could be 1.7; it should "
            "shift z. Look at where the bracket of `g(...)` closes.",
        ),
        Misconception(
            "g-on-inputs",
            lambda x, w, b, g: float(w @ g(x) + b),
            "The activation is applied to the inputs, and the result is a plain weighted sum with no bounds. First the sum, then "
            "the activation.",
        ),
        Misconception(
            "g-on-products",
            lambda x, w, b, g: float(np.sum(g(w * x)) + b),
            "Every product gets an activation of its own, and these are added up. A neuron weighs its inputs against each other "
            "first and activates once. Look at what stands inside `g(...)`.",
        ),
        Misconception(
            "no-sum",
            lambda x, w, b, g: g(w * x + b),
            "You return one number for each input. A neuron boils its inputs down to a single number before it activates; "
            "nothing here adds the products.",
        ),
        Misconception(
            "always-sigmoid",
            lambda x, w, b, g: float(nnlib.sigmoid(w @ x + b)),
            "It takes the sigmoid whatever `g` is. The last argument is there so that one function serves as perceptron, as "
            "regression and as classifier. Whose name should stand before the bracket?",
        ),
        Misconception(
            "always-step",
            lambda x, w, b, g: float(w @ x + b > 0),
            "It decides whatever `g` is: this is unit 01's perceptron. The last argument says which function to use.",
        ),
        Misconception(
            "g-twice",
            lambda x, w, b, g: float(g(g(w @ x + b))),
            "`g` is applied twice. For the step or ReLU you don't notice, but a sigmoid of a sigmoid stays between 0.5 and 0.74 "
            "and can never say no.",
        ),
        Misconception(
            "subtracts-bias",
            lambda x, w, b, g: float(g(w @ x - b)),
            "The bias has the wrong sign. A threshold would be subtracted; a bias is added.",
        ),
        Misconception(
            "returns-both",
            lambda x, w, b, g: (float(w @ x + b), float(g(w @ x + b))),
            "It returns z together with a. Whole layers will do that from unit 04 on; here the exercise asks for the activation "
            "alone.",
        ),
        Misconception(
            "returns-g",
            lambda x, w, b, g: g,
            "It returns the function itself. A network needs the number that comes out of it: call it, with brackets and "
            "something inside.",
        ),
    ),
)


def regression_cases(rng: np.random.Generator) -> list[Case]:
    """Batches of several shapes, square ones and single rows too, with sums of both signs."""
    cases = [
        Case(np.array([[2.0, 1.0], [-2.0, 1.0], [0.0, 3.0]]), np.array([0.5, 1.0]), -1.5),
        Case(np.array([[3.0], [-1.0], [0.5]]), np.array([-2.0]), 1.0, note="one input"),
        Case(np.array([[3.0, 1.0, 0.5]]), np.array([1.0, -1.0, 0.4]), 0.5, note="one row"),
        Case(np.zeros((2, 3)), np.array([1.0, -2.0, 0.5]), 0.75, note="all inputs zero"),
        Case(np.array([[1.5]]), np.array([2.0]), -0.5, note="one row, one input"),
    ]
    for n, d in ((4, 1), (5, 2), (2, 2), (3, 3), (2, 4), (40, 3)):
        cases.append(Case(rng.normal(size=(n, d)), rng.normal(size=d), float(rng.normal())))
    X, w, b = cases[-2].args
    cases.append(Case(X.astype(np.float32), w.astype(np.float32), b, note="float32"))
    return cases


LINEAR_REGRESSION = Exercise(
    name="linear_regression",
    points=1,
    explained="One neuron, three jobs",
    reference=nnlib.linear_regression,
    cases=regression_cases,
    builds_on=("linear", "neuron"),
    hints=(
        "Unit 01's `predict_all` did this with the step: one neuron, every row. What changes if the activation is linear?",
        "Either a loop over the rows that collects the results of `neuron` and makes an array of them at the end, or `X @ w`, "
        "which gives the dot product of every row with `w`.",
    ),
    misconceptions=(
        Misconception(
            "forgets-bias",
            lambda X, w, b: X @ w,
            "`b` is never used. The line then runs through the origin: a kiosk on a day of 0 degrees would make exactly no profit. "
            "What belongs to the weighted sum?",
        ),
        Misconception(
            "subtracts-bias",
            lambda X, w, b: X @ w - b,
            "The bias has the wrong sign: it pulls the line down where it should lift it. A bias is added.",
        ),
        Misconception(
            "decides",
            lambda X, w, b: (X @ w + b > 0).astype(int),
            "It decides, 0 or 1: that is the perceptron of unit 01. A regression gives the number itself.",
        ),
        Misconception(
            "sigmoid",
            nnlib.logistic_regression,
            "It takes the sigmoid, so that all predictions lie between 0 and 1. That is logistic regression, the next exercise; a "
            "price or a profit needs another activation.",
        ),
        Misconception(
            "no-negatives",
            lambda X, w, b: np.maximum(X @ w + b, 0.0),
            "Negative predictions become 0, as with ReLU. A loss or a frost could never be predicted. The linear activation has "
            "no bounds.",
        ),
        Misconception(
            "columns",
            lambda X, w, b: w @ X + b,
            "It goes through the columns of `X`. A row is one sample, a column is one input across all samples; the weights "
            "belong to the inputs of one sample.",
        ),
        Misconception(
            "column-vector",
            lambda X, w, b: X @ w.reshape(-1, 1) + b,
            "The numbers are right, but the shape is (n, 1). Compared with labels of shape (n,), NumPy would stretch both to "
            "(n, n) and say nothing. One axis is enough.",
        ),
        Misconception(
            "no-sum",
            lambda X, w, b: X * w + b,
            "There is one number for every input of every sample. A neuron gives one number a sample; nothing here adds the "
            "products.",
        ),
        Misconception(
            "bias-per-input",
            lambda X, w, b: (X * w + b).sum(axis=1),
            "The bias is added once for every input, so it grows with their number. A neuron has one bias. Look at what stands "
            "inside the sum.",
        ),
        Misconception(
            "first-row",
            lambda X, w, b: float(X[0] @ w + b),
            "Only the first row gets a prediction. If you loop, the `return` may stand inside the loop: it ends the function at "
            "the first sample.",
        ),
        Misconception(
            "mean",
            lambda X, w, b: float(np.mean(X @ w + b)),
            "This is the mean over the batch. Every sample should get a prediction of its own, in the rows' order.",
        ),
        Misconception(
            "list",
            lambda X, w, b: [float(x @ w + b) for x in X],
            "The numbers are right, but they come as a list. A cost compares whole arrays, and one list can't be subtracted "
            "from another. Make it an array at the end.",
        ),
    ),
)

LOGISTIC_REGRESSION = Exercise(
    name="logistic_regression",
    points=2,
    explained="One neuron, three jobs",
    reference=nnlib.logistic_regression,
    cases=regression_cases,
    builds_on=("sigmoid", "neuron", "linear", "linear_regression"),
    hints=(
        "The same weighted sums as in linear regression. What is different is what happens to them.",
        "Your `sigmoid` takes a whole array. What array does it need here?",
    ),
    misconceptions=(
        Misconception(
            "forgets-sigmoid",
            nnlib.linear_regression,
            "These are the weighted sums themselves. They have no bounds, and a probability lies between 0 and 1. One step is "
            "missing.",
        ),
        Misconception(
            "decides",
            lambda X, w, b: (X @ w + b > 0).astype(float),
            "It decides, 0 or 1. Logistic regression says how probable class 1 is, so that one can tell a close call from a "
            "clear one. Which activation does that?",
        ),
        Misconception(
            "rounds",
            lambda X, w, b: (X @ w + b > 0).astype(int),
            "The probabilities have become class labels. That step comes after this function, if at all: return the "
            "probabilities.",
        ),
        Misconception(
            "forgets-bias",
            lambda X, w, b: nnlib.sigmoid(X @ w),
            "`b` is never used. Then a sample of zeros always gets a probability of 0.5, whatever the neuron has learnt. What "
            "belongs to the weighted sum?",
        ),
        Misconception(
            "bias-outside",
            lambda X, w, b: nnlib.sigmoid(X @ w) + b,
            "The bias is added after the sigmoid, and probabilities below 0 or above 1 come out. It belongs to the sum. Look at "
            "where the bracket closes.",
        ),
        Misconception(
            "sigmoid-first",
            lambda X, w, b: nnlib.sigmoid(X) @ w + b,
            "The sigmoid is applied to the inputs, and what comes out is a plain weighted sum, not a probability. First the sum, "
            "then the activation.",
        ),
        Misconception(
            "other-class",
            lambda X, w, b: nnlib.sigmoid(-(X @ w + b)),
            "These are the probabilities of class 0. Positive sums should give more than 0.5. Look for a sign that is "
            "turned round.",
        ),
        Misconception(
            "columns",
            lambda X, w, b: nnlib.sigmoid(w @ X + b),
            "It goes through the columns of `X`. A row is one sample; the weights belong to the inputs of one sample.",
        ),
        Misconception(
            "column-vector",
            lambda X, w, b: nnlib.sigmoid(X @ w.reshape(-1, 1) + b),
            "The numbers are right, but the shape is (n, 1). Compared with labels of shape (n,), NumPy would stretch both to "
            "(n, n) and say nothing. One axis is enough.",
        ),
        Misconception(
            "both-classes",
            lambda X, w, b: np.column_stack([nnlib.sigmoid(-(X @ w + b)), nnlib.sigmoid(X @ w + b)]),
            "Two columns, one for each class, as scikit-learn gives them. One neuron gives one number a sample: the probability "
            "of class 1. The other one follows from it.",
        ),
        Misconception(
            "tanh",
            lambda X, w, b: np.tanh(X @ w + b),
            "It takes tanh, which runs from −1 to 1. A negative number is no probability.",
        ),
        Misconception(
            "no-sum",
            lambda X, w, b: nnlib.sigmoid(X * w + b),
            "There is a number for every input of every sample. The inputs should be weighed against each other first: one sum, "
            "one probability a sample.",
        ),
    ),
)


def collapse_linear_cases(rng: np.random.Generator) -> list[Case]:
    """Pairs of layers of many shapes: all square, all different, one unit wide at either end or between."""
    cases = [
        Case(
            np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1.0, -1.0]), np.array([[3.0, 1.0]]), np.array([0.5])
        ),
        Case(
            np.array([[2.0]]),
            np.array([3.0]),
            np.array([[-4.0]]),
            np.array([0.5]),
            note="one unit, one input",
        ),
    ]
    for n_0, n_1, n_2 in ((2, 2, 2), (3, 3, 3), (2, 3, 1), (2, 1, 3), (1, 4, 2), (4, 3, 2), (2, 3, 5)):
        cases.append(Case(*_two_layers(rng, n_0, n_1, n_2)))
    W1, b1, W2, b2 = _two_layers(rng, 3, 2, 2)
    cases.append(Case(W1, np.zeros(2), W2, b2, note="first biases zero"))
    cases.append(Case(W1, b1, W2, np.zeros(2), note="second biases zero"))
    cases.append(Case(*(array.astype(np.float32) for array in (W1, b1, W2, b2)), note="float32"))
    return cases


def _two_layers(rng: np.random.Generator, n_0: int, n_1: int, n_2: int) -> tuple[np.ndarray, ...]:
    return (
        rng.normal(size=(n_1, n_0)),
        rng.normal(size=n_1),
        rng.normal(size=(n_2, n_1)),
        rng.normal(size=n_2),
    )


COLLAPSE_LINEAR = Exercise(
    name="collapse_linear",
    points=3,
    explained="Two linear layers are one",
    reference=nnlib.collapse_linear,
    cases=collapse_linear_cases,
    hints=(
        "Write the output as one formula: put W1 x + b1 in the place of h in W2 h + b2, and multiply out the bracket. Which "
        "terms contain x, and which don't?",
        "What stands before x is the new W, all the rest is the new b. W2 stays on the left of whatever it multiplies.",
        "`@` multiplies a matrix with a matrix, and a matrix with an array. Both are needed. Check the shapes: W is "
        "(n_2, n_0), b is (n_2,).",
    ),
    misconceptions=(
        Misconception(
            "other-order",
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
            "The matrices are multiplied in the other order, as if x met the second layer first. For matrices the order counts. "
            "Which layer does x meet first, and on which side of the product does x stand?",
        ),
        Misconception(
            "adds-biases",
            lambda W1, b1, W2, b2: (W2 @ W1, b1 + b2),
            "The two biases are added as they are. The first one is part of what the second layer reads, so its weights act on it "
            "as well. Multiply out the bracket once more.",
        ),
        Misconception(
            "forgets-first-bias",
            lambda W1, b1, W2, b2: (W2 @ W1, b2 * 1.0),
            "`b1` is lost. The outputs are then all off by the same amount. What happens to `b1` on its way through the second "
            "layer?",
        ),
        Misconception(
            "forgets-second-bias",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1),
            "`b2` is lost. It is added at the very end of the second layer, after all products, and it is still there when you "
            "multiply out.",
        ),
        Misconception(
            "bias-through-first",
            lambda W1, b1, W2, b2: (W2 @ W1, W1 @ b1 + b2),
            "The first bias goes through `W1`. It is added after `W1` has done its work; what comes after it?",
        ),
        Misconception(
            "bias-through-both",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ W1 @ b1 + b2),
            "The first bias goes through both matrices, as if it were an input. It is added between the layers. Which matrix does "
            "it still meet?",
        ),
        Misconception(
            "both-biases-through",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ (b1 + b2)),
            "Both biases go through `W2`. The second one is added after `W2` and meets no matrix any more.",
        ),
        Misconception(
            "element-by-element",
            lambda W1, b1, W2, b2: (W2 * W1, W2 @ b1 + b2),
            "`*` multiplies entry by entry. Then input 1 reaches output 1 through hidden neuron 1 alone; in the network every "
            "input reaches every output through all of them.",
        ),
        Misconception(
            "adds-matrices",
            lambda W1, b1, W2, b2: (W2 + W1, W2 @ b1 + b2),
            "The matrices are added. That would be two layers side by side which read the same x. Here the second one reads what "
            "the first one gives.",
        ),
        Misconception(
            "transposed",
            lambda W1, b1, W2, b2: ((W2 @ W1).T, W2 @ b1 + b2),
            "The numbers are right, but W lies on its side. In this course a row of W belongs to one neuron: here W has n_2 rows "
            "and n_0 columns.",
        ),
        Misconception(
            "column-bias",
            lambda W1, b1, W2, b2: (W2 @ W1, (W2 @ b1 + b2).reshape(-1, 1)),
            "The numbers are right, but b is a column of shape (n_2, 1). Added to the sums of one sample it would make a square of "
            "them. One axis is enough.",
        ),
        Misconception(
            "only-weights",
            lambda W1, b1, W2, b2: W2 @ W1,
            "The weights are right, and the bias is missing: without it the one layer equals the two at no input but by chance. "
            "Return both, W and b.",
        ),
    ),
)


def sigmoid_derivative_cases(rng: np.random.Generator) -> list[Case]:
    """Up to where the slope is all but gone."""
    return _along_the_curve(rng, [-30.0, -1.0, 100.0])


def _logistic(z: Any) -> Any:
    """The sigmoid in a form that is safe for the inputs of `sigmoid_derivative_cases`."""
    return 1 / (1 + np.exp(-z))


SIGMOID_DERIVATIVE = Exercise(
    name="sigmoid_derivative",
    points=2,
    explained="Slopes, for later",
    reference=nnlib.sigmoid_derivative,
    cases=sigmoid_derivative_cases,
    builds_on=("sigmoid",),
    hints=(
        "The table above holds the rule, if you look at the columns a, 1 − a and slope in one row.",
        "Two steps: first a, the sigmoid of z, then the product.",
    ),
    misconceptions=(
        Misconception(
            "of-a",
            lambda z: z * (1 - z),
            "It takes z for a. The product is right only if the number that comes in is already the sigmoid's value; here z "
            "comes in, and the slope would be −2 at z = 2. First compute a.",
        ),
        Misconception(
            "value",
            nnlib.sigmoid,
            "This is the height of the curve. The slope says how fast it rises: largest in the middle, close to 0 at both ends.",
        ),
        Misconception(
            "half-of-it",
            lambda z: 1 - _logistic(z),
            "One of the two factors is missing: this falls from 1 to 0, while the slope is small at both ends. If you "
            "differentiated by hand, check the square in the denominator.",
        ),
        Misconception(
            "squared",
            lambda z: _logistic(z) ** 2,
            "The two factors are both a. It gives a slope of nearly 1 far to the right, where the curve is flat. Compare with the "
            "table in the row z = 4.",
        ),
        Misconception(
            "plus",
            lambda z: _logistic(z) * (1 + _logistic(z)),
            "There is a plus where the table has a minus. Yours grows to 2 on the right, where the curve is flat, and a network "
            "would take giant steps there.",
        ),
        Misconception(
            "falls",
            lambda z: -_logistic(z) * (1 - _logistic(z)),
            "The sign is turned round: a slope below 0 says that the curve falls, and training would then walk the wrong way. "
            "The sigmoid rises everywhere.",
        ),
        Misconception(
            "tanh-slope",
            lambda z: 1 - _logistic(z) ** 2,
            "1 − a² is the slope of tanh. For the sigmoid it gives 0.75 at z = 0, three times too steep. Compare with the table.",
        ),
        Misconception(
            "sigmoid-twice",
            lambda z: nnlib.sigmoid_derivative(_logistic(z)),
            "The sigmoid is taken twice on the way. If your function calls `sigmoid` and passes the result on, look at what it is "
            "passed to.",
        ),
        Misconception(
            "factor-z",
            lambda z: z * _logistic(z) * (1 - _logistic(z)),
            "There is a factor z too many, so the slope would be 0 at z = 0, where the curve is steepest. Compare with the middle "
            "row of the table.",
        ),
        Misconception(
            "relu-slope",
            nnlib.relu_derivative,
            "This is the slope of ReLU, the next exercise: 0 or 1. The sigmoid bends gently, so its slope takes all values "
            "between 0 and its largest one.",
        ),
        Misconception(
            "zero-dim",
            lambda z: np.array(nnlib.sigmoid_derivative(z)),
            "Right for arrays. For a single number it gives an array without axes; the same shape should come back, a number for "
            "a number.",
        ),
    ),
)

RELU_DERIVATIVE = Exercise(
    name="relu_derivative",
    points=1,
    explained="Slopes, for later",
    reference=nnlib.relu_derivative,
    cases=elementwise_cases,
    fingerprint=whole_as_float,
    builds_on=("step",),
    hints=(
        "Read the figure of ReLU from left to right: how steep is it below 0, and how steep above?",
        "You have written a function with these values already, under another name.",
    ),
    misconceptions=(
        Misconception(
            "one-at-zero",
            lambda z: 1.0 * (z >= 0),
            "At z = 0 it gives 1. ReLU has a corner there and no slope, so any number from 0 to 1 is a convention; this course's "
            "is in the docstring, and `backward` in unit 05 keeps to it.",
        ),
        Misconception(
            "half-at-zero",
            lambda z: np.heaviside(z, 0.5),
            "At z = 0 it gives one half, the middle of both sides. A fair choice, but not this course's convention, which is in "
            "the docstring.",
        ),
        Misconception(
            "value",
            nnlib.relu,
            "This is ReLU itself, or z times its slope. The slope does not grow with z: a straight line is equally steep "
            "everywhere.",
        ),
        Misconception(
            "always-one",
            lambda z: z * 0.0 + 1.0,
            "It gives 1 everywhere, which is the slope of the linear activation. Then changes would pass back through neurons that "
            "are silent. How steep is ReLU on its left half?",
        ),
        Misconception(
            "bools",
            lambda z: z > 0,
            "It gives True and False. Slopes are multiplied with other slopes, so the exercise asks for the numbers 1.0 and 0.0.",
        ),
        Misconception(
            "whole-numbers",
            lambda z: 1 * (z > 0),
            "The slopes are right, but they come as integers. The exercise asks for floats, as all functions of this unit give.",
        ),
        Misconception(
            "where-gives-arrays",
            lambda z: np.where(z > 0, 1.0, 0.0),
            "Right for arrays. For a single number `np.where` gives an array without axes; the same shape should come back, a "
            "number for a number.",
        ),
        Misconception(
            "where-whole-numbers",
            lambda z: np.where(z > 0, 1, 0),
            "The 1 and the 0 are integers where floats are asked for, and `np.where` makes an array without axes of a single "
            "number.",
        ),
        Misconception(
            "astype-needs-an-array",
            lambda z: (z > 0).astype(float),
            "Right for arrays. For a plain Python number `z > 0` is a plain True or False, which has no `astype`. How did you "
            "manage in `step`?",
        ),
        Misconception(
            "if-needs-one-number",
            _only_numbers,
            "`if` needs one yes or no, and an array holds many, so a layer could not use this function. Compare the whole array "
            "at once.",
        ),
        Misconception(
            "sign",
            np.sign,
            "Negative z give −1, as if the curve fell there. To the left of 0 it is level. What is the slope of a level line?",
        ),
        Misconception(
            "inverted",
            lambda z: 1.0 * (z < 0),
            "The slopes of the two sides have changed places. Which half of the curve rises?",
        ),
    ),
)

UNIT = Unit(
    key="02-activations",
    title="What the activation decides",
    exercises=(
        STEP,
        LINEAR,
        SIGMOID,
        RELU,
        NEURON,
        LINEAR_REGRESSION,
        LOGISTIC_REGRESSION,
        COLLAPSE_LINEAR,
        SIGMOID_DERIVATIVE,
        RELU_DERIVATIVE,
    ),
    written=("which_activation",),
    provides=("plots", "live", "neuron.weighted_sum"),
)
