"""Unit 01: one neuron."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from autograder.exercise import Case, Exercise, Misconception, Unit


def weighted_sum_cases(rng: np.random.Generator) -> list[Case]:
    """Samples of several lengths, awkward values, and lengths that differ."""
    x, w, b = _without_cancelling(rng, 3).args
    cases = [
        Case(np.array([1.0, 2.0, 3.0]), np.array([2.0, 0.0, -1.0]), 0.5),
        Case(np.array([4.0]), np.array([-0.5]), 3.0, note="one input"),
        Case(np.zeros(3), rng.normal(size=3), 2.5, note="all inputs zero"),
        Case(rng.normal(size=4), np.zeros(4), -1.5, note="all weights zero"),
        Case(np.array([3, -2, 5]), rng.normal(size=3), 1, note="whole numbers as inputs"),
        Case(x.astype(np.float32), w.astype(np.float32), b, note="float32"),
        Case(1e6 * rng.uniform(1, 2, size=3), rng.uniform(1, 2, size=3), 1e6, note="large numbers"),
    ]
    cases += [_without_cancelling(rng, d) for d in (2, 3, 5, 8, 40)]
    cases += [
        Case(rng.normal(size=n), rng.normal(size=m), 0.5, note="lengths that differ", raises=ValueError)
        for n, m in ((3, 2), (2, 3), (1, 3), (3, 1))
    ]
    return cases


def _without_cancelling(rng: np.random.Generator, d: int) -> Case:
    """A sample whose terms do not cancel: a sum near zero would keep few of the digits of float32 arithmetic."""
    while True:
        x, w, b = rng.normal(size=d), rng.normal(size=d), float(rng.normal())
        if abs(w @ x + b) > 0.1 * (abs(w) @ abs(x) + abs(b)):
            return Case(x, w, b)


def _off_by_one(x: Any, w: Any, b: Any) -> Any:
    total = b
    for i in range(len(x) - 1):
        total += w[i] * x[i]
    return total


def _bias_in_loop(x: Any, w: Any, b: Any) -> Any:
    total = 0.0
    for i in range(len(x)):
        total += w[i] * x[i] + b
    return total


WEIGHTED_SUM = Exercise(
    name="weighted_sum",
    points=2,
    explained="By hand first",
    reference=nnlib.weighted_sum,
    cases=weighted_sum_cases,
    hints=(
        "Write the sum for two inputs on paper first: one product for each input, and then one more term.",
        "Multiply each input by its own weight and add the products up. A loop does it; `@` between two 1-D arrays does it "
        "in one step. What is left to add, once?",
        "`@` already refuses two arrays whose lengths differ. If you use `*` or `zip`, compare the lengths first and raise "
        "`ValueError(...)` yourself: both would go on without a word.",
    ),
    misconceptions=(
        Misconception(
            "forgets-bias",
            lambda x, w, b: float(w @ x),
            "`b` is never used. Without it the sum is 0 whenever all inputs are 0, so the line that the neuron draws is "
            "nailed to the origin. Look at the last term of the formula.",
        ),
        Misconception(
            "bias-per-input",
            _bias_in_loop,
            "The bias is added once for every input. A neuron has one bias, however many inputs it has; yours grows with "
            "the length of `x`. Look at what stands inside the sum.",
        ),
        Misconception(
            "no-sum",
            lambda x, w, b: w * x + b,
            "You return one number for each input. A neuron boils all its inputs down to a single number; nothing here "
            "adds the products together.",
        ),
        Misconception(
            "subtracts-bias",
            lambda x, w, b: float(w @ x - b),
            "The bias has the wrong sign. Some books compare the sum with a threshold and subtract that; a bias is the "
            "same thing with the opposite sign, and this course adds it.",
        ),
        Misconception(
            "sums-before-multiplying",
            lambda x, w, b: float(np.sum(x) * np.sum(w) + b),
            "The inputs and the weights are summed first and multiplied after. Then every input gets the same weight, "
            "and the neuron can't tell an important input from an unimportant one.",
        ),
        Misconception(
            "adds-weights",
            lambda x, w, b: float(np.sum(x + w) + b),
            "Weights are added to the inputs. Then no weight can switch an input off or turn its effect around; "
            "a weight scales its input.",
        ),
        Misconception(
            "misses-last-input",
            _off_by_one,
            "The last input is left out. Whatever it says, the neuron doesn't hear it. Look at where your loop, or your "
            "slice, ends.",
        ),
        Misconception(
            "mean",
            lambda x, w, b: float(np.mean(w * x) + b),
            "You take the mean of the products. It shrinks as inputs are added, so the same weights mean less in a wider "
            "neuron; the formula has a sum.",
        ),
        Misconception(
            "scales-by-bias",
            lambda x, w, b: float((w @ x) * b),
            "The sum is multiplied by the bias. A bias of 0 would then silence the neuron, and a negative one turn it "
            "round; a bias shifts the sum.",
        ),
        Misconception(
            "squares",
            lambda x, w, b: float(np.sum(w * x**2) + b),
            "The inputs are squared. That loses their signs, and the boundary is no longer a straight line.",
        ),
        Misconception(
            "whole-numbers",
            lambda x, w, b: int(w @ x + b),
            "The digits after the point are cut off. Small changes of a weight then change nothing, and a network learns "
            "by small changes.",
        ),
        Misconception(
            "already-fires",
            lambda x, w, b: float(w @ x + b > 0),
            "This is already the decision, 0 or 1. `weighted_sum` is the step before: it gives `z` itself.",
        ),
        Misconception(
            "zip-stops-short",
            lambda x, w, b: float(sum(wi * xi for wi, xi in zip(w, x, strict=False)) + b),
            "The sums are right, but when `x` and `w` differ in length `zip` stops at the shorter one and says nothing. A "
            "missing weight would go unnoticed in a network; the function should raise `ValueError`.",
        ),
        Misconception(
            "broadcasts",
            lambda x, w, b: float(np.sum(w * x) + b),
            "The sums are right, but `*` stretches an array of length 1 to any length (broadcasting), so one weight "
            "against three inputs goes through. The function should raise `ValueError` there too.",
        ),
    ),
)


def perceptron_cases(rng: np.random.Generator) -> list[Case]:
    """Sums on both sides of zero, never near it but for exact zeros."""
    cases = [
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), 1.0),
        Case(np.array([2.0, -1.0]), np.array([0.5, 1.0]), -1.0),
        Case(np.array([1.0, 1.0]), np.array([1.0, 1.0]), -2.0, note="where z is exactly 0"),
        Case(np.zeros(3), np.ones(3), 0.0, note="where z is exactly 0"),
        Case(np.array([1.0, 1.0]), np.array([0.5, 0.5]), -0.75, note="where z is 0.25"),
        Case(np.array([3.0, 1.0]), np.array([1.0, -1.0]), 0.5, note="where z is 2.5"),
        Case(np.array([1.0, 4.0]), np.array([1.0, -1.0]), 1.0, note="where z is −2"),
        Case(np.array([-3.0, 2.0]), np.array([1.0, 1.0]), -0.5, note="where z is −1.5"),
    ]
    cases += [_away_from_zero(rng, d) for d in (1, 2, 2, 3, 3, 5, 8, 20)]
    cases.append(Case(cases[-1].args[0].astype(np.float32), *cases[-1].args[1:], note="float32"))
    return cases


def _away_from_zero(rng: np.random.Generator, d: int) -> Case:
    """A sample whose weighted sum is clearly positive or negative."""
    while True:
        x, w, b = rng.normal(size=d), rng.normal(size=d), float(rng.normal())
        if abs(w @ x + b) > 0.1:
            return Case(x, w, b)


PERCEPTRON = Exercise(
    name="perceptron",
    points=2,
    explained="From a number to a decision",
    reference=nnlib.perceptron,
    cases=perceptron_cases,
    builds_on=("weighted_sum",),
    hints=(
        "Half of the work is done: you have a function that gives `z`.",
        "Compare `z` with 0. What should come out where `z` is exactly 0? The text above the exercise says it.",
        "A comparison gives `True` or `False`. `int(...)` turns one into 1 or 0; an `if` with two `return`s does as well.",
    ),
    misconceptions=(
        Misconception(
            "fires-at-zero",
            lambda x, w, b: int(w @ x + b >= 0),
            "It fires where `z` is exactly 0. That is a convention, and this course's is: 1 only where z > 0. "
            "Points on the line itself get class 0.",
        ),
        Misconception(
            "forgets-bias",
            lambda x, w, b: int(w @ x > 0),
            "The bias plays no part in the decision, so the line goes through the origin whatever `b` is. Use the sum "
            "that includes it.",
        ),
        Misconception(
            "bias-as-threshold",
            lambda x, w, b: int(w @ x > b),
            "The products are compared with `b`, as if it were a threshold. A bias is added to the sum, and the sum is "
            "compared with 0: the sign is the other way round.",
        ),
        Misconception(
            "returns-sum",
            lambda x, w, b: float(w @ x + b),
            "This is `z`, the weighted sum. A perceptron decides: the step function still has to turn `z` into 0 or 1.",
        ),
        Misconception(
            "returns-bool",
            lambda x, w, b: bool(w @ x + b > 0),
            "The decision is right, but it comes as True or False. The next layer calculates with it, so the exercise asks for "
            "the numbers 1 and 0.",
        ),
        Misconception(
            "returns-float",
            lambda x, w, b: float(w @ x + b > 0),
            "The decision is right, but it comes as a float, 1.0 or 0.0. Here it is a class label, and the exercise asks for an "
            "int.",
        ),
        Misconception(
            "minus-one-or-one",
            lambda x, w, b: 1 if w @ x + b > 0 else -1,
            "The classes are called −1 and 1 here, as in some books. This course calls them 0 and 1.",
        ),
        Misconception(
            "inverted",
            lambda x, w, b: int(w @ x + b < 0),
            "The comparison points the wrong way: the neuron is silent where it should fire. A positive weight should make "
            "firing more likely as its input grows.",
        ),
        Misconception(
            "cuts-at-half",
            lambda x, w, b: int(w @ x + b > 0.5),
            "`z` is compared with 0.5. One half is the cut for a probability, which comes in unit 02; `z` can be any "
            "number, and the line is where it is 0.",
        ),
        Misconception(
            "rounds-sigmoid",
            lambda x, w, b: float(1 / (1 + np.exp(-(w @ x + b)))),
            "This is the sigmoid of `z`, a number between 0 and 1. It comes in unit 02. A perceptron uses the step: 0 or 1, "
            "nothing between.",
        ),
        Misconception(
            "counts-positive-products",
            lambda x, w, b: int(np.any(w * x + b > 0)),
            "The neuron fires as soon as one product with the bias is positive. Its inputs should be weighed against each "
            "other: first the sum, then one decision.",
        ),
        Misconception(
            "absolute-sum",
            lambda x, w, b: int(abs(w @ x + b) > 0),
            "The neuron fires for any sum but 0, negative ones too. Then there are not two sides of a line, only the line.",
        ),
    ),
)


def predict_all_cases(rng: np.random.Generator) -> list[Case]:
    """Batches of several shapes, square ones too, with exact zeros among them."""
    cases = [
        Case(np.array([[2.0, 1.0], [-2.0, 1.0], [0.0, 3.0]]), np.array([0.5, 1.0]), -2.5),
        Case(
            np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([1.0, 1.0]), -2.0, note="a row where z is exactly 0"
        ),
        Case(np.array([[3.0, 1.0, 0.5]]), np.array([1.0, -1.0, 2.0]), 0.5, note="one row"),
    ]
    cases += [_batch(rng, n, d) for n, d in ((4, 1), (5, 2), (3, 3), (2, 4), (8, 3), (50, 2))]
    cases.append(Case(cases[-1].args[0].astype(np.float32), *cases[-1].args[1:], note="float32"))
    return cases


def _batch(rng: np.random.Generator, n: int, d: int) -> Case:
    """A batch of samples with both classes in it, none of them near the line."""
    # No weight is small: with all of them near zero no sample could be far from the line.
    w = rng.uniform(0.5, 1.5, size=d) * rng.choice([-1.0, 1.0], size=d)
    b = float(rng.uniform(0.2, 0.6) * rng.choice([-1.0, 1.0]))
    while True:
        X = rng.normal(size=(n, d))
        z = X @ w + b
        if np.all(np.abs(z) > 0.02) and 0 < np.sum(z > 0) < n:
            return Case(X, w, b)


PREDICT_ALL = Exercise(
    name="predict_all",
    points=2,
    explained="Many samples at once",
    reference=nnlib.predict_all,
    cases=predict_all_cases,
    builds_on=("weighted_sum", "perceptron"),
    hints=(
        "You can decide for one sample. `for x in X` goes through the rows of `X`, and each row is one sample.",
        "Collect the decisions in a list and make an array of it at the end with `np.array(...)`. What shape has it, and "
        "what does it hold?",
        "Without a loop: `X @ w` gives one number for each row, all at once. Compare with 0, then `.astype(int)`.",
    ),
    misconceptions=(
        Misconception(
            "columns",
            lambda X, w, b: (w @ X + b > 0).astype(int),
            "It goes through the columns of `X`. A row is one sample, a column is one input across all samples; the "
            "weights belong to the inputs of one sample.",
        ),
        Misconception(
            "bools",
            lambda X, w, b: X @ w + b > 0,
            "The decisions are right, but the array holds True and False. The exercise asks for the integers 1 and 0.",
        ),
        Misconception(
            "floats",
            lambda X, w, b: (X @ w + b > 0).astype(float),
            "The decisions are right, but the array holds floats. They are class labels: the exercise asks for integers. "
            "`np.zeros(n)` makes floats unless it is told otherwise.",
        ),
        Misconception(
            "list",
            lambda X, w, b: [int(z > 0) for z in X @ w + b],
            "The decisions are right, but they come as a list. With an array you can compare all of them "
            "with the labels in one step: `predictions == y`.",
        ),
        Misconception(
            "column-vector",
            lambda X, w, b: (X @ w + b > 0).astype(int)[:, None],
            "The result is a column, shape (n, 1). Compared with labels of shape (n,) it would broadcast to an n × n "
            "table, and the accuracy would be nonsense without any error.",
        ),
        Misconception(
            "forgets-bias",
            lambda X, w, b: (X @ w > 0).astype(int),
            "`b` plays no part, so the line goes through the origin for every batch.",
        ),
        Misconception(
            "fires-at-zero",
            lambda X, w, b: (X @ w + b >= 0).astype(int),
            "Rows whose `z` is exactly 0 get class 1. The perceptron of this course fires only where z > 0.",
        ),
        Misconception(
            "one-decision",
            lambda X, w, b: int(np.sum(X @ w + b) > 0),
            "There is one decision for the whole batch. Every row is a sample of its own and gets its own.",
        ),
        Misconception(
            "returns-sums",
            lambda X, w, b: X @ w + b,
            "These are the weighted sums. The step still has to turn each of them into 0 or 1.",
        ),
        Misconception(
            "returns-early",
            lambda X, w, b: int(X[0] @ w + b > 0),
            "Only the first row is looked at. Is there a `return` inside the loop? It ends the function in the first round.",
        ),
        Misconception(
            "misses-last-row",
            lambda X, w, b: (X[:-1] @ w + b > 0).astype(int),
            "One row is missing at the end. Look at where your loop, or your slice, stops.",
        ),
        Misconception(
            "counts",
            lambda X, w, b: int(np.sum(X @ w + b > 0)),
            "This counts how many rows fire. The question is which ones: one decision a row, in the rows' order.",
        ),
    ),
)

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0)}


def truth_table(parameters: Any) -> tuple[int, ...]:
    """What a neuron with parameters ``(w, b)`` gives for the four pairs of inputs.

    >>> truth_table(([1, 1], -1.5))
    (0, 0, 0, 1)
    """
    w, b = parameters
    w = np.asarray(w, dtype=float)
    return tuple(nnlib.perceptron(x, w, float(b)) for x in INPUTS)


def truth_tables(result: Any, case: Case) -> dict[str, tuple[int, ...]]:
    """The tables of all gates: two answers with the same tables are the same."""
    return {name: truth_table(result[name]) for name in GATES}


def accepts_gates(result: Any, expected: Any, case: Case) -> str | None:
    """Any weights and bias will do that give the gate's table."""
    if not isinstance(result, dict):
        return f"It is {type(result).__name__}, it should be a dict with the keys AND, OR and NAND."
    for name, table in GATES.items():
        if name not in result:
            return f"The key {name!r} is missing. There are {sorted(map(str, result))}."
        pair = result[name]
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            return f"{name}: it should be a pair (w, b)."
        w, b = np.asarray(pair[0], dtype=float), np.asarray(pair[1], dtype=float)
        if w.shape != (2,) or b.shape != ():
            return f"{name}: w has shape {w.shape} and b {b.shape}; the neuron has two weights and one bias."
        if not (np.all(np.isfinite(w)) and np.isfinite(b)):
            return f"{name}: weights and bias should be finite numbers."
        for x, got, wanted in zip(INPUTS, truth_table((w, b)), table, strict=True):
            if got != wanted:
                z = nnlib.weighted_sum(x, w, float(b))
                return f"For the inputs ({x[0]:g}, {x[1]:g}) your {name} has z = {z:g}, so it gives {got}; it should give {wanted}."
    return None


GATE_PARAMETERS = Exercise(
    name="gate_parameters",
    points=3,
    explained="Choosing the weights yourself",
    reference=nnlib.gate_parameters,
    cases=lambda rng: [Case()],
    accepts=accepts_gates,
    fingerprint=truth_tables,
    hints=(
        "Mark the four points (0, 0), (0, 1), (1, 0), (1, 1) on paper, filled where the gate gives 1. Where could a straight "
        "line run that keeps the filled ones on one side?",
        "Start with both weights 1. Then w·x is 0, 1, 1 and 2 for the four points. Which of these numbers should be above the "
        "line, and what bias puts 0 between them and the rest?",
        "NAND gives the opposite of AND at every point. What happens to `z` if every weight and the bias change sign?",
    ),
    misconceptions=(
        Misconception(
            "zero-counts-as-firing",
            lambda: {"AND": ([1, 1], -2), "OR": ([1, 1], -1), "NAND": ([-1, -1], 1)},
            "Your biases put `z` at exactly 0 where a gate should fire. At 0 this course's perceptron gives 0. Put the line "
            "between the points, not through them.",
        ),
        Misconception(
            "threshold-not-bias",
            lambda: {"AND": ([1, 1], 1.5), "OR": ([1, 1], 0.5), "NAND": ([-1, -1], -1.5)},
            "Your biases look like thresholds. A neuron fires where w·x is *above* its threshold, which is the bias with "
            "the opposite sign.",
        ),
        Misconception(
            "swapped",
            lambda: {"AND": ([1, 1], -0.5), "OR": ([1, 1], -1.5), "NAND": ([-1, -1], 1.5)},
            "AND and OR have changed places: AND is the strict one, which needs both inputs.",
        ),
        Misconception(
            "nand-is-and",
            lambda: {"AND": ([1, 1], -1.5), "OR": ([1, 1], -0.5), "NAND": ([1, 1], -1.5)},
            "Your NAND computes AND. It should be silent exactly where AND fires: its weights have to work against firing.",
        ),
        Misconception(
            "nand-only-weights-turned",
            lambda: {"AND": ([1, 1], -1.5), "OR": ([1, 1], -0.5), "NAND": ([-1, -1], -1.5)},
            "Your NAND never fires: all its terms are negative. With weights that hold it back, what has to make it fire when "
            "both inputs are 0?",
        ),
        Misconception(
            "nand-only-bias-turned",
            lambda: {"AND": ([1, 1], -1.5), "OR": ([1, 1], -0.5), "NAND": ([1, 1], 1.5)},
            "Your NAND always fires: all its terms are positive. An input of 1 should count against firing.",
        ),
        Misconception(
            "nor-for-nand",
            lambda: {"AND": ([1, 1], -1.5), "OR": ([1, 1], -0.5), "NAND": ([-1, -1], 0.5)},
            "This is NOR, the opposite of OR. NAND fires unless both inputs are 1, so one input alone must not silence it.",
        ),
        Misconception(
            "all-or",
            lambda: {"AND": ([1, 1], -0.5), "OR": ([1, 1], -0.5), "NAND": ([-1, -1], 1.5)},
            "Your AND fires for one input alone, as OR does. Its bias has to ask for more than one input can give.",
        ),
        Misconception(
            "no-bias",
            lambda: {"AND": ([1, 1], 0), "OR": ([1, 1], 0), "NAND": ([-1, -1], 0)},
            "All biases are 0, so at (0, 0) `z` is 0 whatever the weights are, and every line goes through that corner. "
            "NAND should fire there, and AND should not fire for one input alone.",
        ),
    ),
)

UNIT = Unit(
    key="01-neuron",
    title="One neuron",
    exercises=(WEIGHTED_SUM, PERCEPTRON, PREDICT_ALL, GATE_PARAMETERS),
    written=("xor_limit",),
    provides=("plots", "live"),
)
